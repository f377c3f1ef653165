"""Describe one text completely: the rows it gives to every table of reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rashomon._reading.dates import Evidence, find_evidence, rank_evidence
from rashomon._reading.marks import Label, find_byline, find_dateline
from rashomon._reading.parts import register_of, split_parts
from rashomon._reading.sentences import is_truncated, split_sentences
from rashomon._reading.zones import ARTICLE_TEXT, CLAIMS, label_lines
from rashomon.normalize import Line, split_lines
from rashomon.read import RawDocument

Rows = list[dict[str, Any]]

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_OUTLET = re.compile(r"\([A-Z][A-Za-z.]{1,20} ?[-–—] ?(?P<outlet>[A-Z][^()]{1,60})\)")
_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|in|that|is|was|for|with|on|said|has|have|it|are|as|by|from)\b", re.IGNORECASE
)
_ENGLISH_SHARE = 0.15  # English prose has a quarter to a third of these words, its neighbors under a tenth
_LANGUAGE_SAMPLE = 300  # words looked at
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
    labels = [("body", "running_text")] * len(lines) if document.format == "line" else label_lines(lines)
    parts = split_parts(lines, labels)
    line_rows = _line_rows(lines, labels, parts)
    tables = {
        "parts": _part_rows(document.raw, lines, labels, parts),
        "lines": line_rows,
        "dates": _date_rows(document.raw, lines, labels, parts),
        "sentences": _sentence_rows(document.raw, lines, line_rows),
    }
    tables["articles"] = [_article_row(document, label, lines, labels, tables)]
    for rows in tables.values():
        for row in rows:
            row["article_id"] = document.article_id
    return tables


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
            "carries_claims": zone in CLAIMS,
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
                "n_words": sum(len(_WORD.findall(lines[i].text)) for i in at if labels[i][0] in ARTICLE_TEXT),
            }
        )
    return rows


def _date_rows(raw: str, lines: Sequence[Line], labels: Sequence[Label], parts: Sequence[int]) -> Rows:
    """Collect the dates beside the text, and the one in the dateline that opens a part."""
    found = []
    opened: set[int] = set()
    for line, (zone, reason), part in zip(lines, labels, parts, strict=True):
        opening = ""
        if zone == "body" and part not in opened:
            opened.add(part)
            opening = find_dateline(line.text)
        for day in find_evidence(line.text, zone=zone, reason=reason, dateline=opening):
            start, end = line.to_raw(day.start, day.end)
            found.append(Evidence(start, end, day.value, day.kind, day.is_update))
    rows = rank_evidence(found)
    for row in rows:
        row["surface"] = raw[row["start"] : row["end"]]
    return rows


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
    raw = document.raw
    headline = next((line for line, (zone, _) in zip(lines, labels, strict=True) if zone == "headline"), None)
    used: dict[str, Any] = next((row for row in tables["dates"] if row["is_used"]), {})
    return {
        "label": label,
        "path": document.path,
        "sha256": document.sha256,
        "format": document.format,
        "encoding": document.encoding,
        "title": _title_of(raw, headline) if headline else "",
        "outlet": _find_outlet(lines, labels),
        "author": _find_author(lines, labels),
        "published": used.get("value", ""),
        "published_start": used.get("start"),
        "published_end": used.get("end"),
        "page_date": next((row["value"] for row in tables["dates"] if row["kind"] == "page_clock"), ""),
        "language": _guess_language(lines),
        "repairs": ";".join(sorted({repair for line in lines for repair in line.repairs})),
        "n_words": sum(row["n_words"] for row in tables["parts"]),
        "raw": raw,
    }


def _title_of(raw: str, line: Line) -> str:
    return raw[line.start : line.end].strip("#*_ ")


def _find_outlet(lines: Sequence[Line], labels: Sequence[Label]) -> str:
    """Find the outlet that a provider names at the head of the text: (PROVIDER- Outlet) Text."""
    for line, (zone, _) in zip(lines, labels, strict=True):
        match = _OUTLET.match(line.text) if zone == "body" else None
        if match:
            return match["outlet"].strip()
    return ""


def _find_author(lines: Sequence[Line], labels: Sequence[Label]) -> str:
    for line, (_, reason) in zip(lines, labels, strict=True):
        if reason == "byline_label":
            return find_byline(line.text)
        if reason == "under_author_label":
            return line.text
    return ""


def _guess_language(lines: Sequence[Line]) -> str:
    """Tell English by the share of its commonest words; anything else is not recognized yet."""
    n_words = n_english = 0
    for line in lines:
        n_words += line.text.count(" ") + 1
        n_english += len(_ENGLISH.findall(line.text))
        if n_words > _LANGUAGE_SAMPLE:
            break
    return "en" if n_english > 1 and n_english / n_words >= _ENGLISH_SHARE else ""
