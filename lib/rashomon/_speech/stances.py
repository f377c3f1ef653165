"""Find the words that show a stance: the speaker's toward what is said, the article's toward the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rashomon._speech.phrases import Span, Token
from rashomon._speech.report import Report

_NEAR = 4  # tokens before the verb among which a negation or "falsely" stands
_SCOPE = 6  # tokens from "without" to "evidence"


def with_stance(tokens: Sequence[Token], first: int, last: int, report: Report) -> Report:
    """Add to a report the words that show how it is meant.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    first, last : int
        The sentence.
    report : Report
        A report in it.

    Returns
    -------
    Report
        With `shown` where its stance is another than "states", with `doubt` where the article says that it
        lacks proof or is false ("claimed without evidence").
    """
    start, end = report.cue
    if report.stance == "states" and any("doubt_noun" in t.classes for t in tokens[end : end + 3]):
        report = replace(report, stance="doubts", shown=(start, min(end + 1, last)))  # "voiced doubts about"
    elif report.stance != "states":
        negation = next(
            (k for k in range(max(first, start - _NEAR), start) if "negation" in tokens[k].classes), start
        )
        report = replace(report, shown=(negation, end))
    near = range(max(first, start - _NEAR), min(end + 2, last))
    adverb = next((k for k in near if "doubt_word" in tokens[k].classes), -1)
    if adverb >= 0 and not any(
        token.text in ".;:" for token in tokens[min(adverb, end) : max(adverb, start)]
    ):
        return replace(report, doubt=(adverb, adverb + 1))
    lack = _lack_of_proof(tokens, first, last, report)
    return replace(report, doubt=lack) if lack else report


def says_unverified(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Find "could not be independently verified" in a sentence.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    first, last : int
        The sentence.

    Returns
    -------
    tuple of int or None
        Its words; None when the sentence says no such thing.
    """
    for k in [k for k in range(first, last - 2) if "negation" in tokens[k].classes]:
        if any(t.lower in ("be", "been") for t in tokens[k + 1 : k + 3]):
            found = next((i for i in range(k + 2, min(k + 5, last)) if "verified" in tokens[i].classes), -1)
            if found >= 0:
                return k - (tokens[k - 1].lower in ("could", "can", "has", "have")), found + 1
    return None


def _lack_of_proof(tokens: Sequence[Token], first: int, last: int, report: Report) -> Span | None:
    """Find "without a shred of proof", "but offered no evidence" outside what is said."""
    for k in [k for k in range(first, last - 1) if tokens[k].lower in ("without", "no")]:
        word = tokens[k].lower
        is_lack = word == "without" or (word == "no" and k > first and "offers" in tokens[k - 1].classes)
        if not is_lack:
            continue
        found = next((i for i in range(k + 1, min(k + _SCOPE, last)) if "proof" in tokens[i].classes), -1)
        inside = any(a <= k < b - 1 and not a <= report.cue[0] < b for a, b in report.contents)
        if found >= 0 and not inside:
            return k, found + 1
    return None
