"""Polarity of the wording, and event valence beside it: a valence a word, and named rules that change it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rashomon._lexicon import Match, PhraseList, Shifter, Token, load_shifters
from rashomon._tone.account import Found, cut

# One or two words ("Great!", "Home page") are too little to call the wording good or bad.
_LEAST_WORDS_POLARITY = 3
_DAMPING = 4.0  # the greatest valence: a lone word of that valence gives a polarity of 1/2
_REACH = {
    "negation": 4,
    "booster": 2,
    "downtoner": 2,
}  # words between the rule's word and the one it changes, + 1
_BEFORE_BUT, _AFTER_BUT = 0.6, 1.3
_IRONY = -0.5


def find(
    tokens: Sequence[Token], words_of: PhraseList[float | None], scare: Sequence[tuple[int, int]]
) -> list[Found]:
    """Find the valence of each listed word, then what each rule adds to it."""
    words = list(words_of.matches(tokens))
    if not words or len(tokens) < _LEAST_WORDS_POLARITY:
        return []
    shifters = list(load_shifters().matches(tokens))
    moves: dict[tuple[int, int, str], float] = defaultdict(float)
    total = 0.0
    for first, last, valence in words:
        if valence is None:
            continue
        form = " ".join(token.key for token in tokens[first:last])
        moves[tokens[first].start, tokens[last - 1].end, f"word: {form}"] += valence
        for start, end, rule, factor in _rules_on(first, tokens, shifters, scare):
            moves[start, end, rule] += valence * (factor - 1)
            valence *= factor
        total += abs(valence)
    unit = 1 / (total + _DAMPING)
    return [Found(s, e, "polarity", cut(move * unit), rule) for (s, e, rule), move in moves.items()]


def _rules_on(
    word: int, tokens: Sequence[Token], shifters: Sequence[Match[Shifter]], scare: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str, float]]:
    """Yield start, end, name and factor of each rule that changes the valence of tokens[word], in order."""
    clause = word
    while clause > 0 and not tokens[clause].opens_clause:
        clause -= 1
    for first, last, (kind, factor) in reversed(shifters):
        if kind in _REACH and clause <= first and 0 <= word - last < _REACH[kind]:
            yield tokens[first].start, tokens[last - 1].end, kind, factor
            if kind == "negation":
                break
    for start, end in scare:
        if start <= tokens[word].start < end:
            yield start, end, "scare quotes", _IRONY
    but = next((m.first for m in reversed(shifters) if m.payload.kind == "contrast" and m.first > 0), None)
    if but is not None:
        factor = _BEFORE_BUT if word < but else _AFTER_BUT
        yield tokens[but].start, tokens[but].end, "but", factor
