"""How good or bad a sentence reads: a valence for each word, and named rules that change it.

A word's valence v is multiplied by the factor of each rule that reaches it: negation, booster, downtoner,
modality (`shifters`), *but* (x 0.6 before it, x 1.3 after), scare quotes (x -0.5). What a rule changes is a
row at the rule's own words. Words of `event_words` move `event_valence`, all others `polarity`.

Learned weights are then divided by the root of n / 20, n the words of the sentence, at least 8; a sum of more
than 4 is scaled to 4. Valences of a list are damped: 4 v / (sum of |v| + 4). Both end between -4 and 4.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rashomon._lexicon import Match, Shifter, Token, load_shifters
from rashomon._tone.account import Found, cut
from rashomon._tone.weights import Weights

LEAST_WORDS = 3  # one or two words ("Great!", "Home page") are too little to call the wording good or bad
_USUAL_LENGTH, _LEAST_LENGTH = 20, 8
_GREATEST = 4.0  # valence of the strongest word, and of the strongest sentence
# Words between the rule's word and the one it changes, plus one.
_REACH = {"negation": 4, "booster": 2, "downtoner": 2, "modality": 4}
_BEFORE_BUT, _AFTER_BUT = 0.6, 1.3
_IRONY = -0.5


def find(tokens: Sequence[Token], weights: Weights, scare: Sequence[tuple[int, int]]) -> list[Found]:
    """Find the valence of each listed word, then what each rule adds to it."""
    words = [match for match in weights.words.matches(tokens) if match.payload.valence]
    if not words or len(tokens) < LEAST_WORDS:
        return []
    shifters = list(load_shifters().matches(tokens))
    moves: dict[tuple[int, int, str, str], float] = defaultdict(float)
    total = 0.0
    for first, last, (valence, is_event) in words:
        measure = "event_valence" if is_event else "polarity"
        form = " ".join(token.key for token in tokens[first:last])
        moves[tokens[first].start, tokens[last - 1].end, measure, f"word: {form}"] += valence
        for start, end, rule, factor in rules_on(first, tokens, shifters, scare):
            moves[start, end, measure, rule] += valence * (factor - 1)
            valence *= factor
        total += abs(valence)
    if weights.is_learned:
        unit = min(unit_of(len(tokens)), _GREATEST / total)
    else:
        unit = _GREATEST / (total + _GREATEST)
    return [Found(s, e, measure, cut(move * unit), rule) for (s, e, measure, rule), move in moves.items()]


def unit_of(n_words: int) -> float:
    """Tell how much a learned weight moves a sentence of so many words."""
    return math.sqrt(_USUAL_LENGTH / max(n_words, _LEAST_LENGTH))


def rules_on(
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
