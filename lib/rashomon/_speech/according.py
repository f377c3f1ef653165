"""Read who is named beside the reporting verb: "according to", "as noted by", "citing"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rashomon._speech.cues import Cue
from rashomon._speech.phrases import Span, Token, head_of, phrase_after
from rashomon._speech.report import Report, make_report


def is_named_after(tokens: Sequence[Token], i: int) -> bool:
    """Say whether "per" means "according to" (", per the rules"), not "for each".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i : int
        The token "per"; neither the first nor the last of its sentence.

    Returns
    -------
    bool
        True when it names somebody.
    """
    is_set_off = tokens[i - 1].kind == "quote" or tokens[i - 1].text == ","
    return is_set_off and (tokens[i + 1].is_capital or tokens[i + 1].lower == "the")


def read_according(tokens: Sequence[Token], cue: Span, first: int, last: int) -> Report | None:
    """Read "According to X, …" and "…, according to X".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    cue : tuple of int
        The words "according to", or "per".
    first, last : int
        The sentence.

    Returns
    -------
    Report or None
        None when nobody is named or nothing is said.
    """
    i = cue[0]
    subject = phrase_after(tokens, cue[1], last)
    if subject is None:
        return None
    before = i - (i > first and tokens[i - 1].text in ",–—(")
    if sum(1 + 2 * (token.kind == "quote") for token in tokens[first:before] if token.kind != "mark") > 2:
        content = (first, before)
    else:
        after = subject[1]
        if after < last and tokens[after].text in "–—":  # an aside on the speaker, between dashes
            after = next((k for k in range(after + 1, last) if tokens[k].text == tokens[after].text), last)
        else:
            after = next((k for k in range(after, last) if tokens[k].text == ","), last)
        content = (after + 1, last)
    if content[0] >= content[1]:
        return None
    return Report(cue, subject, (content,), "states", frozenset({"clause"}))


def read_noted_by(tokens: Sequence[Token], i: int, first: int, last: int, cue: Cue) -> Report | None:
    """Read "as noted by X, …".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i : int
        The participle.
    first, last : int
        The sentence.
    cue : Cue
        The verb.

    Returns
    -------
    Report or None
        None when it does not open a clause.
    """
    subject = phrase_after(tokens, i + 2, last)
    if subject is None or subject[1] + 1 >= last or tokens[subject[1]].text != ",":
        return None
    return make_report(tokens, (i, i + 1), subject, [(subject[1] + 1, last)], cue)


def read_relay(tokens: Sequence[Token], i: int, last: int, report: Report) -> Report:
    """Read ", citing a government source,": it is that source who speaks, and the first one relays.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i, last : int
        The token "citing", and last + 1 token of the sentence.
    report : Report
        The report before it.

    Returns
    -------
    Report
        The report with the cited one as its speaker, where somebody is cited.
    """
    cited = phrase_after(tokens, i + 1, last)
    if cited is None or report.subject is None or report.via is not None:
        return report
    head = head_of(tokens, cited)
    contents = tuple((a, min(b, i - 1)) for a, b in report.contents if a < i - 1)
    if not (
        head.is_capital or "agent" in head.classes
    ):  # "citing health concerns" names a reason, not a speaker
        return replace(report, contents=contents) if contents else report
    after = cited[1] + (cited[1] < last and tokens[cited[1]].text == ",")
    after += after < last and tokens[after].lower == "that"
    if not contents and after < last:
        contents = ((after, last),)
    return replace(report, subject=cited, via=report.subject, contents=contents)
