"""Say whose words the quotations and reports of an article are: owners, pronouns, turns, headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from rashomon._speech.paragraphs import Paragraph, is_imagined, is_sentence, is_title, n_words_in
from rashomon._speech.phrases import Span, Token, opening_subject, tokenize
from rashomon._speech.report import Report
from rashomon._speech.reports import find_reports
from rashomon._speech.speakers import collect_names, name_entity
from rashomon._speech.voices import Owner, Reading, Voice, remember_topic, voice_of

_LABEL = re.compile(r"\s*([^\W\d_][^:：\n]{0,79}?)\s*[:：]\s+")
_HEADINGS = frozenset(("headline", "subheadline", "section_heading"))
_TURNS = frozenset(("interview_question", "interview_answer"))
_REFERS_BACK = frozenset(["it", "he", "she", "they", "his", "her", "their", "its", "this", "that", "such"])
_LONG = 6  # words: a quotation this long is somebody's, even when the text does not say whose


def read_article(paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """Read the paragraphs of one article in order.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        As `read_paragraph` gives them.

    Returns
    -------
    list of dict
        Rows of the table `statements`, without article and surface; no two have the same span.
    """
    reading = Reading(collect_names((p.start, p.text, p.tokens) for p in paragraphs))
    left_open: Voice | None = None
    waiting: Voice | None = None
    for number, paragraph in enumerate(paragraphs):
        carried = (
            left_open if left_open and paragraph.tokens and paragraph.tokens[0].kind == "quote" else waiting
        )
        left_open, waiting = _read_voices(reading, paragraph, number, carried)
    return list(reading.rows.values())


def _read_voices(
    reading: Reading, paragraph: Paragraph, number: int, carried: Voice | None
) -> tuple[Voice | None, Voice | None]:
    """Read one paragraph.

    `carried` is whose words a quotation at its beginning is: one that the paragraph before left open or
    announced with a colon. Returned is the same for the next paragraph.
    """
    tokens = paragraph.tokens
    turn = _read_turn(reading, paragraph, number) if paragraph.zone in _TURNS else None
    owners = _read_heading(reading, paragraph, number) if paragraph.zone in _HEADINGS else {}
    alone: list[int] = []  # quotations that make sentences of their own and wait for "Gray asked."
    latest: Owner | None = (carried, None) if carried else None
    if latest and tokens and tokens[0].kind == "quote":
        owners[0] = latest
    waiting: Voice | None = None
    for first, last in paragraph.units:
        quotes = [k for k in range(first, last) if tokens[k].kind == "quote"]
        is_pure = not any(token.kind == "word" for token in tokens[first:last])
        reports = find_reports(tokens, first, last)
        for report in reports:
            voice = voice_of(reading, paragraph, number, report)
            owners.update({k: (voice, report) for k in quotes if any(a <= k < b for a, b in report.contents)})
            if not report.contents:
                owners.update(dict.fromkeys(alone, (voice, report)))
                alone = []
            if not report.is_generic:
                _keep_reported(reading, paragraph, report, voice, quotes, turn)
            if report.subject is not None and not report.is_generic:
                reading.voices.append(voice)
                latest = voice, report
        waiting = latest[0] if latest and reports and tokens[last - 1].text == ":" else None
        unowned = [k for k in quotes if k not in owners]
        named = (
            _read_unreported(reading, paragraph, number, (first, last))
            if not reports and not is_pure
            else None
        )
        if named:
            owners.update(dict.fromkeys([*unowned, *alone], (named, None)))
            alone, latest = [], (named, None)
        elif is_pure and not latest:
            alone += unowned
        elif latest and (is_pure or reports or _refers_back(tokens[first:last])):
            least = 1 if is_pure else _LONG if reports else 2
            if not (reports and reports[-1].is_generic):
                owners.update((k, latest) for k in unowned if n_words_in(tokens[k]) >= least)
        if not reports:
            remember_topic(reading, paragraph, number, (first, last))
    return _keep_quotations(reading, paragraph, owners), waiting


def _refers_back(tokens: Sequence[Token]) -> bool:
    """Say whether a sentence begins with "It", "His" and the like: it goes on with the speaker before."""
    return next(token for token in tokens if token.kind == "word").lower in _REFERS_BACK


def _read_unreported(reading: Reading, paragraph: Paragraph, number: int, unit: Span) -> Voice | None:
    """Read "“…” — Ann Gray" and "Ann Gray at her best: “…”", which have no reporting verb."""
    tokens, (first, last) = paragraph.tokens, unit
    dash = next((k for k in range(first, last) if tokens[k].text in "–—―"), -1)
    names = [token for token in tokens[dash + 1 : last] if token.text not in ".,"] if dash >= 0 else []
    mention: Span | None = None
    if 0 < len(names) <= 6 and all(token.is_capital for token in names):
        mention = (dash + 1, dash + 1 + len(names))
    elif any(tokens[k].kind == "quote" and tokens[k - 1].text == ":" for k in range(first + 1, last)):
        mention = opening_subject(tokens, first, last)
    if mention is None:
        return None
    voice = reading.meet(paragraph, number, mention)
    reading.voices.append(voice)
    return voice


def _keep_reported(
    reading: Reading,
    paragraph: Paragraph,
    report: Report,
    voice: Voice,
    quotes: Sequence[int],
    turn: Voice | None,
) -> None:
    """Keep what is reported in the narrator's wording; what is quotation only is kept as such."""
    tokens = paragraph.tokens
    if not report.frames & {"clause", "that", "object", "to", "person", "silence"}:
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
        if inside and least > 1 and len(words) < 3:
            continue
        if inside and first < inside[0] and last - 1 == inside[-1] and tokens[inside[-1] - 1].lower == "as":
            continue  # "dismissed these assertions as “rumors”": the quotation says it all
        _keep(reading, paragraph, paragraph.chars((first, last)), "indirect", voice, report, turn)


def _adds_subject(tokens: Sequence[Token], first: int, inside: Sequence[int], report: Report) -> bool:
    """Say whether a clause puts a subject of its own before what it quotes: she “would go”."""
    if not inside or first == inside[0] or "clause" not in report.frames:
        return False
    own = tokens[first : inside[0]]
    is_loose = own[0].classes & {"preposition", "boundary"} or own[0].lower in ("to", "a", "an")
    return not is_loose and any(t.kind == "word" and "determiner" not in t.classes for t in own)


def _keep_quotations(reading: Reading, paragraph: Paragraph, owners: dict[int, Owner]) -> Voice | None:
    """Keep every quotation as what it is; return whose quotation the paragraph leaves open."""
    places = {token.start: k for k, token in enumerate(paragraph.tokens) if token.kind == "quote"}
    left_open: Voice | None = None
    for quotation in paragraph.quotations:
        k = places.get(quotation.outer_start)
        span = (quotation.start, quotation.end)
        if k is None:  # words that the speaker quotes in turn
            _keep(reading, paragraph, span, "scare", None, None, None)
            continue
        voice, report = owners.get(k, (None, None))
        kind = _kind_of(paragraph, k, voice, report)
        if kind in ("scare", "title"):
            voice = report = None
        _keep(reading, paragraph, span, kind, voice, report, None)
        left_open = voice if not quotation.is_closed else None
    return left_open


def _kind_of(paragraph: Paragraph, k: int, voice: Voice | None, report: Report | None) -> str:
    tokens = paragraph.tokens
    n_words = n_words_in(tokens[k])
    if is_imagined(paragraph, k) or (report and report.is_generic):
        return "scare"
    is_whole = is_sentence(tokens, k)
    if is_title(tokens, k):
        return "title"
    is_owned = voice is not None and not (report and report.is_hearsay)
    if not is_owned and n_words < (4 if is_whole else _LONG):
        return "scare"
    return "direct" if is_whole else "partial"


def _read_heading(reading: Reading, paragraph: Paragraph, number: int) -> dict[int, Owner]:
    """Read "NATO on the war: …", where the name is an acronym or known as a speaker or full name."""
    tokens = paragraph.tokens
    colon = next((k for k, token in enumerate(tokens) if token.text == ":"), -1)
    topic = next((k for k in range(1, max(colon, 1)) if tokens[k].lower in ("on", "to", "about")), -1)
    if (
        not 1 <= topic <= 4
        or colon + 2 >= len(tokens)
        or not all(token.is_capital for token in tokens[:topic])
    ):
        return {}
    voice = reading.meet(paragraph, number, (0, topic))
    is_known = voice.kind == "person" or (topic == 1 and tokens[0].text.isupper() and len(tokens[0].text) > 1)
    if not is_known:
        return {}
    _keep(reading, paragraph, paragraph.chars((colon + 1, len(tokens))), "indirect", voice, None, None)
    return {k: (voice, None) for k in range(colon, len(tokens)) if tokens[k].kind == "quote"}


def _read_turn(reading: Reading, paragraph: Paragraph, number: int) -> Voice:
    """Keep an interview turn; a turn that has lost its label has no speaker."""
    match = _LABEL.match(paragraph.text)
    voice, start = Voice(number=number), 0
    if match and _is_label(match[1]):
        start = match.end()
        tokens = tokenize(match[1])
        last = next((k for k, token in enumerate(tokens) if k and token.text in ",(["), len(tokens))
        named = name_entity(reading.names, match[1], tokens, (0, last), at=paragraph.start)
        mention = (match.start(1) + tokens[0].start, match.start(1) + tokens[last - 1].end)
        voice = Voice(*named, mention, number)
        reading.voices.append(voice)
    _keep(reading, paragraph, (start, len(paragraph.text.rstrip())), "interview", voice, None, None)
    return voice


def _is_label(text: str) -> bool:
    words = text.split()
    return len(words) <= 9 and all(
        not word[0].islower() or word in ("of", "at", "for", "the", "and") for word in words
    )


def _keep(
    reading: Reading,
    paragraph: Paragraph,
    span: Span,
    kind: str,
    voice: Voice | None,
    report: Report | None,
    turn: Voice | None,
) -> None:
    """Keep one row, unless the same words are kept already."""
    if span[0] >= span[1]:
        return
    start, end = paragraph.raw_span(*span)
    k = max(0, bisect_left(paragraph.sentences, (start + 1, 0, 0)) - 1)
    via = (voice.via if voice else "") or (turn.entity if turn else "")
    row: dict[str, Any] = {
        "sentence_id": paragraph.sentences[k][2] if paragraph.sentences else 0,
        "part_id": paragraph.part_id, "start": start, "end": end, "kind": kind,
        "stance": report.stance if report else "states", "via": via,
        "speaker_kind": "unknown", "is_checkable": False, "is_doubted": False,
    }  # fmt: skip
    if voice:
        row |= {"speaker": voice.entity, "speaker_kind": voice.kind, "is_checkable": voice.is_checkable}
        if voice.mention:
            row["speaker_start"], row["speaker_end"] = paragraph.raw_span(*voice.mention)
    if report:
        cue = paragraph.chars(report.cue)
        row["cue"] = paragraph.text[slice(*cue)]
        row["cue_start"], row["cue_end"] = paragraph.raw_span(*cue)
    reading.rows.setdefault((start, end), row)
