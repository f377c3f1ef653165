"""Describe one text completely: the rows it gives to every table of reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import filterfalse
from typing import Any

from rashomon._reading.dates import Evidence, find_evidence, rank_evidence
from rashomon._reading.days import read_day
from rashomon._reading.files import RawDocument
from rashomon._reading.languages import guess_language, language_code
from rashomon._reading.marks import Label, find_byline, find_dateline
from rashomon._reading.parts import register_of, split_parts
from rashomon._reading.records import Pin
from rashomon._reading.sentences import is_truncated, split_sentences
from rashomon._reading.turns import find_turns
from rashomon._reading.zones import ARTICLE_TEXT, CLAIMS, label_lines
from rashomon.normalize import Line, split_lines

Rows = list[dict[str, Any]]

_WORD = re.compile(r"\w++(?:['’-]\w++)*+")
_OUTLET = re.compile(r"\((?P<provider>[A-Z][A-Za-z.]{1,20}) ?[-–—] ?(?P<outlet>[A-Z][^()]{1,60})\)")
_FILE_DAY = re.compile(r"(?<!\d)(?:(?:19|20)\d\d[-_.][01]\d[-_.][0-3]\d|(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)")
_NAME_END = re.compile(r"\s*[,|•·–—]\s*")
_DATED = frozenset({"byline_label", "name_and_date", "date_label", "date_alone"})
_FOREIGN_DAY = re.compile(  # 24. Oktober 2024, 24 de octubre de 2024, 2024年10月24日
    r"(?<!\w)[0-3]?\d(?:er|re|[.ºª])?\s(?:de\s)?[^\W\d]{3,12}\.?,?\s(?:de\s|del\s)?(?:19|20)\d\d(?!\w)"
    r"|(?:19|20)\d\d\s?年\s?[01]?\d\s?月\s?[0-3]?\d\s?日"
)
# Zones that a format states, and the rule under which such a line would be evidence for a date.
_PINNED_EVIDENCE = {"byline": "byline_label", "date_line": "date_alone"}
_REPEATS = frozenset({"title_again"})  # what says once more what was said would count twice
_TITLE_ZONES = ("headline", "section_heading")


def describe_text(document: RawDocument, label: str) -> dict[str, Rows]:
    """Make every row that one text gives.

    Parameters
    ----------
    document : RawDocument
        The text as read.
    label : str
        Its short name.

    Returns
    -------
    dict of str to list of dict
        Rows of `articles` (one), `parts`, `lines`, `dates` and `sentences`.

    Examples
    --------
    >>> document = RawDocument("a.txt", "The ferry sank. All got home.", "utf-8", "", "txt", "a")
    >>> [row["text"] for row in describe_text(document, "a")["sentences"]]
    ['The ferry sank.', 'All got home.']
    """
    lines = split_lines(document.raw)
    pinned = _pin_lines(lines, document.pins)
    if document.format == "line":
        labels = [("body", "running_text")] * len(lines)
    else:
        labels = label_lines(lines, pinned=pinned)
    parts = split_parts(lines, labels)
    line_rows = _line_rows(lines, labels, parts)
    tables = {
        "parts": _part_rows(document.raw, lines, labels, parts),
        "lines": line_rows,
        "dates": _date_rows(document, lines, labels, parts, pinned),
        "sentences": _sentence_rows(document.raw, lines, line_rows),
    }
    tables["articles"] = [_article_row(document, label, lines, labels, tables)]
    for rows in tables.values():
        for row in rows:
            row["article_id"] = document.article_id
    return tables


def article_text(tables: Mapping[str, Rows]) -> str:
    """Give the article text among the rows of one text; all of the text when none of it is.

    Parameters
    ----------
    tables : mapping of str to list of dict
        As `describe_text` gives them.

    Returns
    -------
    str
        Its lines, a line end between.
    """
    raw: str = tables["articles"][0]["raw"]
    lines = [raw[row["start"] : row["end"]] for row in tables["lines"] if row["is_article_text"]]
    return "\n".join(lines) or raw


def _pin_lines(lines: Sequence[Line], pins: Sequence[Pin]) -> dict[int, Label]:
    """Find the lines whose zone the format states; a pin holds for every line that begins in it."""
    pinned: dict[int, Label] = {}
    at = 0
    for start, end, zone, reason in pins:
        while at < len(lines) and lines[at].start < start:
            at += 1
        while at < len(lines) and lines[at].start < end:
            pinned[at] = (zone, reason)
            at += 1
    return pinned | _find_pinned_turns(lines, pinned)


def _find_pinned_turns(lines: Sequence[Line], pinned: Mapping[int, Label]) -> dict[int, Label]:
    """Find the turns of an interview in what a format calls body; formats know of no turns."""
    body = [i for i, (zone, _) in pinned.items() if zone == "body"]
    turns = find_turns([lines[i].text for i in body])
    found: dict[int, Label] = {}
    speaking = ""
    for i, turn in zip(body, turns, strict=True):
        if turn or speaking:
            found[i] = (turn, "speaker_label") if turn else (speaking, "turn_goes_on")
        speaking = turn or speaking
    return found


def _line_rows(lines: Sequence[Line], labels: Sequence[Label], parts: Sequence[int]) -> Rows:
    return [
        {
            "line_no": line.line_no,
            "start": line.start,
            "end": line.end,
            "zone": zone,
            "reason": reason,
            "part_id": part,
            "is_article_text": zone in ARTICLE_TEXT,
            "carries_claims": zone in CLAIMS and reason not in _REPEATS,
        }
        for line, (zone, reason), part in zip(lines, labels, parts, strict=True)
    ]


def _part_rows(raw: str, lines: Sequence[Line], labels: Sequence[Label], parts: Sequence[int]) -> Rows:
    members: dict[int, list[int]] = {}
    for i, part in enumerate(parts):
        members.setdefault(part, []).append(i)
    rows = []
    for part, at in members.items():
        zones = {labels[i][0] for i in at}
        titles = [lines[i] for i in at if labels[i][0] in _TITLE_ZONES or labels[i][1] == "teaser_heading"]
        rows.append(
            {
                "part_id": part,
                "start": lines[at[0]].start,
                "end": lines[at[-1]].end,
                "title": _title_of(raw, titles[0]) if titles else "",
                "register": register_of(zones),
                "is_article_text": bool(zones & ARTICLE_TEXT),
                "n_words": _count_words("\n".join(lines[i].text for i in at if labels[i][0] in ARTICLE_TEXT)),
            }
        )
    return rows


def _count_words(text: str) -> int:
    """Count the words, as `_WORD` finds them; what stands between spaces and is all letters is one."""
    pieces = text.split()
    odd = list(filterfalse(str.isalnum, pieces))
    return len(pieces) - len(odd) + len(_WORD.findall(" ".join(odd)))


def _date_rows(
    document: RawDocument,
    lines: Sequence[Line],
    labels: Sequence[Label],
    parts: Sequence[int],
    pinned: Mapping[int, Label],
) -> Rows:
    """Collect the dates that the record states, those beside the text, and the one that opens a part."""
    found = _record_evidence(document)
    opened: set[int] = set()
    for i, (line, (zone, reason), part) in enumerate(zip(lines, labels, parts, strict=True)):
        opening = ""
        if i in pinned:
            reason = _PINNED_EVIDENCE.get(zone, reason)
        if zone == "body" and part not in opened:
            opened.add(part)
            opening = find_dateline(line.text)
        days = find_evidence(line.text, zone=zone, reason=reason, dateline=opening)
        for day in days or _foreign_evidence(line.text, reason):
            start, end = line.to_raw(day.start or 0, day.end or 0)
            surface = document.raw[start:end]
            found.append(Evidence(start, end, day.value, day.kind, day.is_update, "text", surface))
    return rank_evidence(found)


def _foreign_evidence(text: str, reason: str) -> list[Evidence]:
    """Find the days that a by-line or a date line writes in another language."""
    if reason not in _DATED:
        return []
    found = ((match, read_day(match[0])) for match in _FOREIGN_DAY.finditer(text))
    return [Evidence(match.start(), match.end(), value, "byline") for match, value in found if value]


def _record_evidence(document: RawDocument) -> list[Evidence]:
    """Read the days that stand beside the text: in the fields of its record, in the name of its file."""
    found = []
    language = language_code(document.fields.get("language", ""))
    for name in ("published", "updated"):
        stated = document.fields.get(name, "")
        if stated:
            value = read_day(stated, language=language)
            found.append(Evidence(None, None, value, "record", name == "updated", name, stated))
    day = _FILE_DAY.search(document.path.rsplit("/", 1)[-1]) if document.position is None else None
    value = read_day(re.sub(r"[_.]", "-", day[0])) if day else ""
    if day and value:
        found.append(Evidence(None, None, value, "file", False, "file name", day[0]))
    return found


def _sentence_rows(raw: str, lines: Sequence[Line], line_rows: Rows) -> Rows:
    rows: Rows = []
    for line, about in zip(lines, line_rows, strict=True):
        zone = about["zone"]
        for start, end, text in _tile(raw, line, split_sentences(line.text, zone=zone)):
            rows.append(
                {
                    "sentence_id": len(rows) + 1,
                    "line_no": line.line_no,
                    "part_id": about["part_id"],
                    "start": start,
                    "end": end,
                    "zone": zone,
                    "voice": "",
                    "is_truncated": is_truncated(text, zone=zone),
                    "carries_claims": about["carries_claims"],
                    "text": raw[start:end],
                }
            )
    return rows


def _tile(raw: str, line: Line, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Bring sentences from the repaired line to the raw one: what a repair took out stays with a neighbor."""
    if not line.repairs:
        return [(line.start + start, line.start + end, line.text[start:end]) for start, end in spans]
    tiles = []
    at = line.start
    for n, (start, end) in enumerate(spans, start=1):
        stop = line.end if n == len(spans) else line.to_raw(start, end)[1]
        skipped = raw[at:stop]
        if not skipped.strip():
            continue  # a character that one repair made into two sentences stays with the first
        at += len(skipped) - len(skipped.lstrip())
        tiles.append((at, stop, line.text[start:end]))
        at = stop
    return tiles


def _article_row(
    document: RawDocument,
    label: str,
    lines: Sequence[Line],
    labels: Sequence[Label],
    tables: Mapping[str, Rows],
) -> dict[str, Any]:
    raw, fields = document.raw, document.fields
    first = {zone: i for i, (zone, _) in reversed(list(enumerate(labels)))}
    part_of = [row["part_id"] for row in tables["lines"]]
    headline = lines[first["headline"]] if "headline" in first else None
    standfirst = lines[first["subheadline"]] if "subheadline" in first else None
    if standfirst and part_of[first["subheadline"]] != part_of[first.get("headline", 0)]:
        standfirst = None  # it stands over another text of the file
    provider, outlet = _find_outlet(lines, labels)
    dates = tables["dates"]
    used: dict[str, Any] = next((row for row in dates if row["is_used"]), {})
    text = " ".join(line.text for line, (zone, _) in zip(lines, labels, strict=True) if zone in ARTICLE_TEXT)
    return {
        "label": label,
        "path": document.path,
        "position": document.position,
        "sha256": document.sha256,
        "format": document.format,
        "reader_version": document.reader_version,
        "encoding": document.encoding,
        "external_id": fields.get("id", ""),
        "title": fields.get("title") or (_title_of(raw, headline) if headline else ""),
        "subtitle": fields.get("subtitle") or (_title_of(raw, standfirst) if standfirst else ""),
        "author": fields.get("author") or _find_author(lines, labels),
        "outlet": fields.get("outlet") or outlet,
        "provider": fields.get("provider") or provider,
        **{name: fields.get(name, "") for name in ("section", "page", "edition", "rights", "url")},
        "published": used.get("value", ""),
        "published_kind": used.get("kind", ""),
        "published_start": used.get("start"),
        "published_end": used.get("end"),
        "updated": next((row["value"] for row in dates if row["is_update"] and row["value"]), ""),
        "page_date": next((row["value"] for row in dates if row["kind"] == "page_clock"), ""),
        "language": language_code(fields.get("language", "")) or guess_language(text),
        "repairs": ";".join(sorted({repair for line in lines for repair in line.repairs})),
        "n_words": sum(row["n_words"] for row in tables["parts"]),
        "length_declared": _whole_number(fields.get("length_declared", "")),
        "raw": raw,
    }


def _whole_number(text: str) -> int | None:
    digits = re.sub(r"(?<=\d)[,. ](?=\d{3}\b)", "", text)
    found = re.search(r"\d{1,9}", digits)
    return int(found[0]) if found else None


def _title_of(raw: str, line: Line) -> str:
    return raw[line.start : line.end].strip("#*_ ")


def _find_outlet(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[str, str]:
    """Find provider and outlet that a provider names at the head of the text: (PROVIDER- Outlet) Text."""
    for line, (zone, _) in zip(lines, labels, strict=True):
        match = _OUTLET.match(line.text) if zone == "body" else None
        if match:
            return match["provider"], match["outlet"].strip()
    return "", ""


def _find_author(lines: Sequence[Line], labels: Sequence[Label]) -> str:
    for line, (_, reason) in zip(lines, labels, strict=True):
        if reason == "byline_label":
            return find_byline(line.text)
        if reason in ("under_author_label", "name_alone"):
            return line.text
        if reason in ("name_and_role", "name_and_date"):
            return _NAME_END.split(line.text)[0]
    return ""
