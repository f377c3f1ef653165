"""Read nouns that report: "Gray's claim that …", "warnings from the army that …", "expressed hope that …"."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._speech.cues import is_cue
from rashomon._speech.ends import content_end
from rashomon._speech.phrases import Span, Token, phrase_after, phrase_before
from rashomon._speech.report import Report
from rashomon._speech.subjects import subject_before

_SCOPE = 10  # words between the noun and its "that": "the claim, made by fishermen's groups, that"
_BY = frozenset(["by", "from", "among", "of"])


def read_noun(tokens: Sequence[Token], i: int, first: int, last: int) -> Report | None:
    """Read the clause that a noun at token `i` reports.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i : int
        A noun of the class "reporting_noun".
    first, last : int
        The sentence.

    Returns
    -------
    Report or None
        None when no clause follows; without subject when the text does not say whose claim it is.
    """
    that = next((k for k in range(i + 1, min(i + _SCOPE, last)) if tokens[k].lower == "that"), -1)
    if that < 0 or that + 2 >= last:
        return None
    between = tokens[i + 1 : that]
    if any(
        "auxiliary" in t.classes or t.kind == "quote" or t.text in ".;:" or (is_cue(t) and t.lower != "made")
        for t in between
    ):
        return None
    if tokens[that + 1].classes & {"auxiliary", "adverb"} and tokens[that + 1].lower != "there":
        return None  # "the claims that were made"
    subject = _whose(tokens, i, first, that)
    stance = "hedges" if "fear_noun" in tokens[i].classes else "states"
    stance = "denies" if "denial_noun" in tokens[i].classes else stance
    content = (that + 1, _end_of_subject(tokens, i, first, that + 1, content_end(tokens, that + 1, last)))
    return Report((i, i + 1), subject, (content,), stance, frozenset({"clause"}), is_hearsay=subject is None)


def _whose(tokens: Sequence[Token], i: int, first: int, that: int) -> Span | None:
    by = next((k for k in range(i + 1, that) if tokens[k].lower in _BY), -1)
    if by >= 0 and not tokens[i - 1].is_possessive:  # but "her lawyer's warning by e-mail"
        return phrase_after(tokens, by + 1, that)
    k = i - 1
    while k > first and "determiner" in tokens[k].classes and "own" not in tokens[k].classes:
        k -= 1
    if k > first and "gives_noun" in tokens[k].classes:  # "made the claim that", "issued a warning that"
        while k > first and tokens[k - 1].classes & {"auxiliary", "adverb"}:
            k -= 1
        return subject_before(tokens, k - 1, first)
    for k in range(i - 1, max(first, i - 4) - 1, -1):
        if tokens[k].is_possessive or tokens[k].text in "’'":
            whose = phrase_before(tokens, k + 1, first)
            opens = [m for m in range(whose[0], k) if "determiner" in tokens[m].classes] if whose else []
            return (opens[-1], k + 1) if opens else whose  # "(read) her lawyer's warning"
        if "own" in tokens[k].classes:
            return (k, k + 1)
        if tokens[k].kind != "word" or tokens[k].classes & {"preposition", "auxiliary", "boundary"}:
            return None
    return None


def _end_of_subject(tokens: Sequence[Token], i: int, first: int, start: int, last: int) -> int:
    """End the clause before the verb of the sentence: "Gray's claim that it is closed | was denied"."""
    if any("auxiliary" in token.classes or is_cue(token) for token in tokens[first:i]):
        return last  # the verb stands before the noun
    verbs = [k for k in range(start, last) if "auxiliary" in tokens[k].classes]
    groups = [k for n, k in enumerate(verbs) if not n or verbs[n - 1] < k - 1]
    is_joined = len(groups) > 1 and tokens[groups[-1] - 1].classes & {"boundary", "pronoun"}
    return groups[-1] if len(groups) > 1 and not is_joined and groups[-1] > start + 1 else last
