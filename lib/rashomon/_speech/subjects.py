"""Find who speaks, going left from a verb or right from the beginning of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._speech.phrases import (
    Span,
    Token,
    is_abbreviation_point,
    is_name_too,
    phrase_after,
    phrase_before,
)

_WHEN = frozenset(("on", "in", "at", "since", "during", "last", "this", "just", "late", "early"))
_HELPERS = frozenset(("auxiliary", "adverb", "negation"))
_OPENS_PHRASE = frozenset(("determiner", "pronoun", "agent", "title", "generic", "plural"))


def before_verb(tokens: Sequence[Token], i: int, first: int) -> int:
    """Step back over the helpers of a verb, and when it was done: "who in 2010 | has already | said".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i, first : int
        The verb, and the first token of its sentence.

    Returns
    -------
    int
        The token before them all.
    """
    j = i - 1
    while j >= first:
        token = tokens[j]
        if token.classes & _HELPERS or token.is_manner:
            j -= 1
        elif j > first and _is_when(tokens, j):
            j -= 1
            while j > first and (tokens[j].lower in _WHEN or "time" in tokens[j].classes):
                j -= 1
        else:
            break
    return j


def subject_before(tokens: Sequence[Token], j: int, first: int) -> Span | None:
    """Find the phrase that says who speaks, going left from token `j`.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    j, first : int
        The token before the verb and its helpers, and the first of the sentence.

    Returns
    -------
    tuple of int or None
        The phrase, past an apposition ("Jeon Ha-kyou, spokesman for the ministry, said") or "who".
    """
    if j < first:
        return None
    if tokens[j].text in ",–—":
        window = range(j - 1, max(first, j - 30), -1)
        opened = next((k for k in window if tokens[k].text == tokens[j].text), -1)
        if opened < 0 or any(
            token.kind == "quote" and "nickname" not in token.classes for token in tokens[opened:j]
        ):
            return None
        before = phrase_before(tokens, opened, first)
        is_tag = before is not None and before[1] - before[0] == 1 and tokens[before[0]].text[1:2] == "-"
        if before and is_tag and before[0] > first:  # "Ann Gray, D-N.Y., the chief, said"
            before = phrase_before(tokens, before[0] - 1, first)
        is_name = j - opened - 1 in (2, 3, 4) and all(token.is_capital for token in tokens[opened + 1 : j])
        if before and is_name and _is_described(tokens, before):
            return opened + 1, j  # "the envoy to the U.N., Barbara Woodward, said"
        if (
            before
            and before[0] > first + 1
            and tokens[before[0] - 1].text == ","
            and _is_described(tokens, before)
        ):
            named = phrase_before(tokens, before[0] - 1, first)  # "Ann Gray, the chief -- a friend -- said"
            if named and all(token.is_capital for token in tokens[slice(*named)]):
                return named
        return before
    if tokens[j].lower in ("who", "which"):
        return phrase_before(tokens, j - (j > first and tokens[j - 1].text == ","), first)
    phrase = phrase_before(tokens, j + 1, first)
    if phrase and not (tokens[phrase[0]].is_capital or tokens[phrase[0]].classes & _OPENS_PHRASE):
        for k in range(phrase[0] - 1, max(first, phrase[0] - 8), -1):
            if tokens[k].kind != "word":
                break
            if tokens[k].lower == "who":  # "an aide who asked not to be named said"
                return phrase_before(tokens, k, first) or phrase
    return phrase


def opening_subject(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Take the phrase a sentence begins with, past "In a speech,".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    first, last : int
        The sentence, or its part before the verb.

    Returns
    -------
    tuple of int or None
        The phrase; None when it names nobody.
    """
    start = first
    if tokens[first].classes & {"preposition", "boundary", "adverb", "time"} or tokens[first].lower.endswith(
        "ing"
    ):
        comma = next((k for k in range(first, min(last, first + 12)) if tokens[k].text == ","), -1)
        if comma < 0 or comma + 1 >= last:
            return None
        start = comma + 1
    end = start
    while end < last and (
        tokens[end].is_capital
        or tokens[end].classes & {"determiner", "title", "agent"}
        or end == start
        or is_abbreviation_point(tokens, end)
    ):
        end += 1
    phrase = phrase_after(tokens, start, end)
    head = tokens[phrase[1] - 1] if phrase else None
    if head and (head.is_capital or head.classes & {"agent", "title", "pronoun"}):
        return phrase
    if "determiner" not in tokens[start].classes or end >= last:
        return None
    stop = next((k for k in range(end, min(last, end + 3)) if _looks_like_verb(tokens[k])), -1)
    return phrase_after(tokens, start, stop) if stop > start + 1 else None  # "The town voted and"


def _is_when(tokens: Sequence[Token], k: int) -> bool:
    """Say whether a time ends here that can stand before a verb: "Tuesday", "in 2010", "this week"."""
    token = tokens[k]
    if token.text.isdigit():
        return "preposition" in tokens[k - 1].classes
    is_dated = token.is_capital or tokens[k - 1].lower in _WHEN
    return "time" in token.classes and is_dated and not is_name_too(tokens, k)


def _is_described(tokens: Sequence[Token], phrase: Span) -> bool:
    """Say whether a phrase describes somebody ("the envoy to the U.N.") and does not give the name."""
    return any(
        t.kind == "word" and not t.is_capital and not t.classes & {"determiner", "preposition"}
        for t in tokens[slice(*phrase)]
    )


def _looks_like_verb(token: Token) -> bool:
    return "auxiliary" in token.classes or (token.lower.endswith("ed") and not token.is_capital)
