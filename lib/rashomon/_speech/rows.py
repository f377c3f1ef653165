"""Make the rows of the table `statements` from what is read of a paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from typing import Any

from rashomon._speech.cues import Cue, choose_cue, is_cue
from rashomon._speech.paragraphs import (
    Paragraph,
    is_imagined,
    is_sentence,
    is_title,
    is_work_near,
    n_words_in,
)
from rashomon._speech.phrases import Span, Token
from rashomon._speech.quotes import Quotation
from rashomon._speech.report import Report
from rashomon._speech.voices import Owner, Reading, Voice

_LATEST = 30  # rows among which those of the sentence before are
LONG = 6  # words: a quotation this long is somebody's, even when the text does not say whose


def keep_reported(
    reading: Reading,
    paragraph: Paragraph,
    report: Report,
    voice: Voice,
    quotes: Sequence[int],
    outer: Voice | None,
) -> None:
    """Keep what is reported in the narrator's wording; what is quotation only is kept as such.

    Parameters
    ----------
    reading : Reading
        The article so far; rows are added to it.
    paragraph : Paragraph
        The paragraph.
    report, voice : Report, Voice
        What is reported, and who speaks.
    quotes : sequence of int
        The quotations of the sentence.
    outer : Voice or None
        Whose quotation or interview turn all of it is part of.
    """
    tokens = paragraph.tokens
    if report.subject and tokens[report.subject[0]].lower == "i":
        return  # the author, who is the narrator
    if not report.frames & {"clause", "that", "object", "to", "person", "silence", "naming"}:
        return
    for first, last in report.contents:
        colon = next((k for k in range(first, last - 1) if tokens[k].text == ":" and k + 1 in quotes), last)
        last = min(last, colon)
        while first < last and tokens[first].kind == "mark" and tokens[first].text not in "([$€£#@":
            first += 1
        while last > first and tokens[last - 1].kind == "mark" and tokens[last - 1].text not in ")]%":
            last -= 1
        inside = [k for k in quotes if first <= k < last]
        words = [token for token in tokens[first:last] if token.kind == "word"]
        least = 1 if report.frames & {"silence"} or _adds_subject(tokens, first, inside, report) else 2
        if len(words) < least or any(is_sentence(tokens, k) for k in inside):
            continue
        is_short = len(words) < 3 and not (words[0].lower == "any" or words[0].lower.endswith("ing"))
        if (
            least > 1
            and is_short
            and (inside or report.frames == {"object"} or "clause" not in report.frames)
        ):
            continue
        if inside and first < inside[0] and last - 1 == inside[-1] and tokens[inside[-1] - 1].lower == "as":
            continue  # "dismissed these assertions as “rumors”": the quotation says it all
        keep_row(reading, paragraph, paragraph.chars((first, last)), "indirect", voice, report, outer)


def _adds_subject(tokens: Sequence[Token], first: int, inside: Sequence[int], report: Report) -> bool:
    """Say whether a clause puts a subject of its own before what it quotes: she “would go”."""
    if not inside or first == inside[0]:
        return False
    own = tokens[first : inside[0]]
    if own[0].lower.endswith("ing") and len(own) > 1:
        return True  # accused him of using boats “as a lever”
    if "clause" not in report.frames:
        return False
    is_loose = own[0].classes & {"preposition", "boundary"} or own[0].lower in ("to", "a", "an")
    return not is_loose and any(t.kind == "word" and "determiner" not in t.classes for t in own)


def keep_quotations(
    reading: Reading, paragraph: Paragraph, owners: dict[int, Owner], outer: Voice | None = None
) -> list[tuple[Quotation, Owner]]:
    """Keep every outermost quotation as what it is.

    Parameters
    ----------
    reading : Reading
        The article so far; rows are added to it.
    paragraph : Paragraph
        The paragraph.
    owners : dict of int to Owner
        Whose the quotations are, by their tokens.
    outer : Voice or None
        Whose quotation all of it is part of.

    Returns
    -------
    list of (Quotation, Owner)
        The quotations that are somebody's words, with whose.
    """
    if not paragraph.quotations:
        return []
    places = {token.start: k for k, token in enumerate(paragraph.tokens) if token.kind == "quote"}
    spoken: list[tuple[Quotation, Owner]] = []
    for quotation in paragraph.quotations:
        k = places.get(quotation.outer_start)
        if k is None:
            continue
        voice, report = owners.get(k, (None, None))
        kind = _kind_of(paragraph, k, voice, report)
        is_nobodys = kind in ("scare", "title") or (outer is not None and voice is None)
        if is_nobodys:
            voice, report, kind = None, None, "title" if kind == "title" else "scare"
        keep_row(reading, paragraph, (quotation.start, quotation.end), kind, voice, report, outer)
        if not is_nobodys:
            spoken.append((quotation, (voice or Voice(), report)))
    return spoken


def _kind_of(paragraph: Paragraph, k: int, voice: Voice | None, report: Report | None) -> str:
    tokens = paragraph.tokens
    n_words = n_words_in(tokens[k])
    if is_imagined(paragraph, k) or (report and report.is_generic):
        return "scare"
    is_whole = is_sentence(tokens, k)
    is_owned = voice is not None and not (report and report.is_hearsay)
    is_next = report is not None and min(abs(report.cue[0] - k), abs(report.cue[1] - 1 - k)) < 5
    announced = announcing_cue(tokens, k)
    is_said = announced is not None and n_words > 3 and bool(announced.frames & {"clause", "that"})
    is_whole_next = is_said or (is_owned and is_next and is_whole)
    if is_title(tokens, k) and (is_work_near(tokens, k) or not is_whole_next):
        return "title"
    if not is_owned and n_words < (4 if is_whole or announced else LONG):
        return "scare"
    return "direct" if is_whole else "partial"


def announcing_cue(tokens: Sequence[Token], k: int) -> Cue | None:
    """Find the reporting verb right before a quotation: said “…”, calling it a “…”.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    k : int
        The quotation.

    Returns
    -------
    Cue or None
        None when no verb stands there, whoever its subject is.
    """
    j = k - 1
    if j > 0 and (tokens[j].text in ",:" or tokens[j].lower in ("that", "a", "an", "the")):
        j -= 1
    cue = choose_cue(tokens, j, len(tokens)) if j >= 0 and is_cue(tokens[j]) else None
    if cue is None and j > 0 and is_cue(tokens[j - 1]) and "preposition" not in tokens[j].classes:
        cue = choose_cue(tokens, j - 1, len(tokens))  # "calling her “…”"
        return cue if cue and "naming" in cue.frames else None
    return cue


def keep_row(
    reading: Reading,
    paragraph: Paragraph,
    span: Span,
    kind: str,
    voice: Voice | None,
    report: Report | None,
    outer: Voice | None,
    *,
    told_in: Paragraph | None = None,
) -> None:
    """Keep one row, unless the same words are kept already.

    Parameters
    ----------
    reading : Reading
        The article so far; rows are added to it.
    paragraph : Paragraph
        The paragraph.
    span : tuple of int
        Its words, in characters of the paragraph.
    kind : str
        As the vocabulary `statement_kind` has it.
    voice, report : Voice, Report
        Who speaks and where the text says so; None when it does not.
    outer : Voice or None
        Whose quotation or interview turn it is part of.
    told_in : Paragraph, keyword-only
        Where the report stands, when it is another paragraph.
    """
    if span[0] >= span[1]:
        return
    start, end = paragraph.raw_span(*span)
    k = max(0, bisect_left(paragraph.sentences, (start + 1, 0, 0)) - 1)
    via = (voice.via if voice else "") or (outer.entity if outer else "")
    row: dict[str, Any] = {
        "sentence_id": paragraph.sentences[k][2] if paragraph.sentences else 0,
        "part_id": paragraph.part_id, "start": start, "end": end, "kind": kind,
        "stance": report.stance if report else "states", "via": via,
        "speaker_kind": "unknown", "is_checkable": False, "is_doubted": False,
    }  # fmt: skip
    if voice:
        row |= {"speaker": voice.entity, "speaker_kind": voice.kind, "is_checkable": voice.is_checkable}
        if voice.mention:
            row["speaker_start"], row["speaker_end"] = voice.mention
    if report:
        told = told_in or paragraph
        cue = told.chars(report.cue)
        row["cue"] = told.text[slice(*cue)]
        row["cue_start"], row["cue_end"] = told.raw_span(*cue)
        shown = report.doubt or report.shown
        if shown:
            row["stance_start"], row["stance_end"] = told.raw_span(*told.chars(shown))
        if report.doubt:
            row["is_doubted"] = True
            row["stance"] = "doubts" if report.stance == "states" else report.stance
    reading.rows.setdefault((start, end), row)


def doubt_rows(reading: Reading, paragraph: Paragraph, report: Report, words: Span) -> None:
    """Mark what a report says as doubted by the article, when a later sentence says so.

    Parameters
    ----------
    reading : Reading
        The article so far; its rows are changed.
    paragraph : Paragraph
        The paragraph.
    report : Report
        A report in it.
    words : tuple of int
        The tokens that show the doubt.
    """
    cue_start = paragraph.raw_span(*paragraph.chars(report.cue))[0]
    start, end = paragraph.raw_span(*paragraph.chars(words))
    for row in islice(reversed(reading.rows.values()), _LATEST):
        if row.get("cue_start") == cue_start:
            row |= {"is_doubted": True, "stance_start": start, "stance_end": end}
            row["stance"] = "doubts" if row["stance"] == "states" else row["stance"]
