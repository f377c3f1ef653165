"""Say whose words the quotations and reports of an article are: owners, pronouns, turns, headings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any

from rashomon._speech.paragraphs import Paragraph, inside_of, n_words_in
from rashomon._speech.phrases import Span, Token, phrase_before
from rashomon._speech.quotes import Quotation
from rashomon._speech.report import Report
from rashomon._speech.reports import find_reports
from rashomon._speech.rows import LONG, doubt_rows, keep_quotations, keep_reported, keep_row
from rashomon._speech.speakers import collect_names
from rashomon._speech.stances import says_unverified
from rashomon._speech.subjects import opening_subject
from rashomon._speech.turns import has_script_label, read_heading, read_script_label, read_turn, script_labels
from rashomon._speech.voices import Owner, Reading, Voice, remember_topic, voice_of

_HEADINGS = frozenset(("headline", "subheadline", "section_heading"))
_TURNS = frozenset(("interview_question", "interview_answer"))
_REFERS_BACK = frozenset(["it", "he", "she", "they", "his", "her", "their", "its", "this", "that", "such"])


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
    labels = script_labels(paragraphs)
    left_open: Owner | None = None
    waiting: Owner | None = None
    for number, paragraph in enumerate(paragraphs):
        opens_quoted = bool(paragraph.tokens) and paragraph.tokens[0].kind == "quote"
        if waiting and waiting[1] and not opens_quoted and paragraph.zone == "body":
            told_in = paragraphs[number - 1]
            whole = (0, len(paragraph.text.rstrip()))
            keep_row(reading, paragraph, whole, "direct", *waiting, None, told_in=told_in)
            left_open = waiting = None  # a block: "She wrote:", and a paragraph without marks
            continue
        carried = left_open if left_open and opens_quoted else waiting
        is_turn = paragraph.zone in _TURNS or has_script_label(paragraph, labels)
        left_open, waiting = _read_voices(reading, paragraph, number, carried, is_turn=is_turn)
    people = {row["speaker"]: row for row in reading.rows.values() if row.get("speaker")}
    for row in reading.rows.values():  # all rows of one speaker agree
        if row.get("speaker"):
            row["is_checkable"] = people[row["speaker"]]["is_checkable"]
            row["speaker_kind"] = people[row["speaker"]]["speaker_kind"]
    return list(reading.rows.values())


def _read_voices(
    reading: Reading, paragraph: Paragraph, number: int, carried: Owner | None, *, is_turn: bool
) -> tuple[Owner | None, Owner | None]:
    """Read one paragraph.

    `carried` is whose words a quotation at its beginning is: one that the paragraph before left open or
    announced with a colon. Returned is the same for the next paragraph.
    """
    tokens = paragraph.tokens
    turn = read_turn(reading, paragraph, number) if is_turn else None
    owners = read_heading(reading, paragraph, number) if paragraph.zone in _HEADINGS and not is_turn else {}
    alone: list[int] = []  # quotations that make sentences of their own and wait for "Gray asked."
    latest: Owner | None = (carried[0], None) if carried else None
    if latest and tokens and tokens[0].kind == "quote":
        owners[0] = latest
    waiting: Owner | None = None
    marked = [k for k, token in enumerate(tokens) if token.kind == "quote"] if paragraph.quotations else []
    for first, last in paragraph.units:
        quotes = marked[bisect_left(marked, first) : bisect_left(marked, last)]
        is_pure = not any(token.kind == "word" for token in tokens[first:last])
        reports = find_reports(tokens, first, last)
        for report in reports:
            voice = voice_of(reading, paragraph, number, report)
            if tokens[report.cue[0]].lower == "according" and _is_passed_on(reports, report):
                # “…,” Gray said, according to the Courier: Gray speaks, the Courier passes it on
                owners |= {
                    k: (replace(v, via=voice.entity), r) for k, (v, r) in owners.items() if k in quotes
                }
                continue
            inside = [k for k in quotes if any(a <= k < b for a, b in report.contents)]
            if not _is_of_same_speaker(tokens, reports, report):
                owners.update(dict.fromkeys(inside, (voice, report)))
            if not report.contents:
                owners.update(dict.fromkeys(alone, (voice, report)))
                alone = []
            if not report.is_generic:
                keep_reported(reading, paragraph, report, voice, quotes, turn)
            if report.subject is not None and not report.is_generic:
                reading.voices.append(voice)
                latest = voice, report
        waiting = latest if latest and reports and tokens[last - 1].text == ":" else None
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
            least = 1 if is_pure else LONG if reports else 2
            if not (reports and reports[-1].is_generic):
                owners.update((k, latest) for k in unowned if n_words_in(tokens[k]) >= least)
        unverified = says_unverified(tokens, first, last) if latest and latest[1] else None
        if unverified and latest and latest[1]:
            doubt_rows(reading, paragraph, latest[1], unverified)
        if not any(report.subject for report in reports):
            remember_topic(reading, paragraph, number, (first, last))
    before = reading.voices[-1] if reading.voices else None
    if alone and not latest and before and before.entity and before.number >= number - 1:
        # sentences in marks after one about somebody, or a paragraph in marks after somebody's words
        owners.update(dict.fromkeys(alone, (replace(before, mention=None, via="", number=number), None)))
    for k in marked:
        if label := read_script_label(reading, paragraph, number, tokens[k].start):
            owners[k] = (label, None)
    spoken = keep_quotations(reading, paragraph, owners)
    for quotation, owner in spoken:
        _read_inside(reading, paragraph, number, quotation, owner)
    is_open = bool(spoken) and not spoken[-1][0].is_closed
    return (spoken[-1][1] if is_open else None), waiting


def _read_inside(
    reading: Reading, paragraph: Paragraph, number: int, quotation: Quotation, owner: Owner
) -> None:
    """Read who speaks inside a quotation: whoever is quoted there is quoted via the speaker."""
    start = bisect_left(paragraph.quotations, quotation.start, key=lambda q: q.outer_start)
    after = takewhile(lambda q: q.outer_end <= quotation.end, islice(paragraph.quotations, start, None))
    nested = tuple(after)
    inner = inside_of(paragraph, (quotation.start, quotation.end), nested)
    owners: dict[int, Owner] = {}
    for first, last in inner.units:
        quotes = [k for k in range(first, last) if inner.tokens[k].kind == "quote"]
        for report in find_reports(inner.tokens, first, last):
            if report.is_generic or report.subject is None:
                continue
            voice = voice_of(reading, inner, number, report, besides=owner[0].entity)
            if not voice.entity:
                continue
            owners.update({k: (voice, report) for k in quotes if any(a <= k < b for a, b in report.contents)})
            is_pronoun = "pronoun" in inner.tokens[report.subject[0]].classes
            if not is_pronoun and report.frames != {"object"} and not report.frames >= {"object", "clause"}:
                keep_reported(reading, inner, report, voice, quotes, owner[0])
    keep_quotations(reading, inner, owners, owner[0])


def _is_passed_on(reports: Sequence[Report], according: Report) -> bool:
    """Say whether somebody else of the sentence is said to say what "according to" stands behind."""
    return any(r.subject and r.contents and r.contents[0][1] <= r.cue[0] < according.cue[0] for r in reports)


def _is_of_same_speaker(tokens: Sequence[Token], reports: Sequence[Report], report: Report) -> bool:
    """Say whether "he believes" stands in what he says: what is quoted in it has its speaker already."""
    if report.subject is None or "pronoun" not in tokens[report.subject[0]].classes:
        return False
    return any(
        a <= report.subject[0] and report.cue[1] <= b
        for r in reports
        if r is not report
        for a, b in r.contents
    )


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
    else:
        quoted = (
            k for k in range(first + 1, last) if tokens[k].kind == "quote" and tokens[k - 1].text == ":"
        )
        colon = next(quoted, first) - 1
        if colon > first:
            named = phrase_before(
                tokens, colon, first
            )  # "Polls agree - Ann Gray: “…”", "From the report: “…”"
            is_named = named and named[1] == colon and all(t.is_capital for t in tokens[slice(*named)])
            is_from = named and tokens[named[0] - 1].lower == "from" and named[0] > first
            mention = named if is_named or is_from else opening_subject(tokens, first, last)
    if mention is None:
        return None
    voice = reading.meet(paragraph, number, mention)
    reading.voices.append(voice)
    return voice
