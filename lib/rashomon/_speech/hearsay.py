"""Read passives and hearsay: "was condemned by", "was announced", "reportedly", "is said to"."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._speech.contents import after_when, content_before
from rashomon._speech.cues import Cue
from rashomon._speech.phrases import Span, Token, phrase_after
from rashomon._speech.report import Report, make_report
from rashomon._speech.subjects import subject_before


def read_passive(
    tokens: Sequence[Token], verb: Span, j: int, first: int, last: int, cue: Cue
) -> Report | None:
    """Read "is said to", "it was reported that", "is quoted as saying", "was condemned by".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    verb : tuple of int
        The participle with its particle.
    j : int
        The last token before it that is no helper of the verb.
    first, last : int
        The sentence.
    cue : Cue
        The verb as the list has it.

    Returns
    -------
    Report or None
        None when the passive reports nothing.
    """
    i = verb[0]
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
    is_impersonal = following == "that" and j >= first and tokens[j].lower == "it" and i + 2 < last
    if is_impersonal and cue.frames & {"clause", "that"}:
        return Report((i, i + 1), None, ((i + 2, last),), cue.stance, frozenset({"clause"}), is_hearsay=True)
    if "hearsay_verb" in tokens[i].classes and following == "to":
        return hearsay_at(tokens, (i, i + 1), first, last)
    told = subject_before(tokens, j, first) if "object" in cue.frames else None
    if told is None or "pronoun" in tokens[told[0]].classes:
        return None
    by = after_when(tokens, verb[1], last)
    agent = phrase_after(tokens, by + 1, last) if by + 1 < last and tokens[by].lower == "by" else None
    if agent and agent[0] == by + 1:  # "The plan was condemned by the council"
        return make_report(tokens, verb, agent, [told], cue)
    is_last = by >= last or ("preposition" in tokens[by].classes and tokens[by].lower != "to")
    is_told = "clause" in cue.frames and is_last
    if is_told and cue.stance == "states":  # "The sale was announced (in Lintown)"
        return Report(verb, None, (told,), "states", frozenset({"clause"}), is_hearsay=True)
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
