"""Find what is said without a speaker: "reportedly", "is said to", "it was announced that"."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._speech.contents import content_before
from rashomon._speech.phrases import Span, Token
from rashomon._speech.report import Report
from rashomon._speech.subjects import subject_before


def read_passive(tokens: Sequence[Token], i: int, j: int, first: int, last: int) -> Report | None:
    """Read "is said to", "it was reported that", "is quoted as saying".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i, j : int
        The participle, and the last token before it that is no helper of the verb.
    first, last : int
        The sentence.

    Returns
    -------
    Report or None
        None when the passive reports nothing.
    """
    following = tokens[i + 1].lower if i + 1 < last else ""
    if tokens[i].lower in ("quoted", "cited") and following == "as" and i + 2 < last:
        subject = subject_before(tokens, j, first)
        if subject is None:
            return None
        left = content_before(tokens, first, subject[0])
        at = i + 3
        while at < last and (tokens[at].text in ",:" or tokens[at].lower == "that"):
            at += 1
        contents = [left] if left else [(at, last)] if at < last else []
        return Report((i, i + 3), subject, tuple(contents), "states", frozenset({"clause"}))
    if "hearsay_verb" not in tokens[i].classes:
        return None
    if following == "to":
        return hearsay_at(tokens, (i, i + 1), first, last)
    if following == "that" and j >= first and tokens[j].lower == "it" and i + 2 < last:
        return Report((i, i + 1), None, ((i + 2, last),), "states", frozenset({"clause"}), is_hearsay=True)
    return None


def hearsay_at(tokens: Sequence[Token], cue: Span, first: int, last: int) -> Report:
    """Take the clause around the cue; nobody is named.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    cue : tuple of int
        "reportedly", or the participle of "is said to".
    first, last : int
        The sentence.

    Returns
    -------
    Report
        Marked as hearsay.
    """
    start, end = first, last
    for k in range(cue[0] - 1, first, -1):
        is_comma = tokens[k].text == "," and "boundary" in tokens[k + 1].classes
        if tokens[k].text in ";:—–" or is_comma:
            start = k + 1
            break
    if start > first and "joiner" in tokens[start].classes and start + 1 < cue[0]:
        start += 1
    for k in range(cue[1], last - 1):
        goes_on = "joiner" in tokens[k + 1].classes or tokens[k + 1].lower in ("according", "with")
        if tokens[k].text == ";" or (tokens[k].text == "," and goes_on):
            end = k
            break
    return Report(cue, None, ((start, end),), "states", frozenset({"clause"}), is_hearsay=True)
