"""Find the dates a file shows about itself, and rank them as evidence for the day of publication.

What ranks above what, and why: a machine id is written once, by a system, when the text is published;
a by-line or *As of:* label speaks of this very text; a date line beside the headline usually does; the
clock of a page says when the page was served or copied, never when the text appeared; the date of a
teaser belongs to another text; a date in a file's name may be the day it was saved. Only what ranks up to a
date line ever decides. What a record states (a database's field, a page's metadata) ranks with a machine id.
A date in body prose is a date of the story and no evidence at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

RANKS = {
    "machine_id": 1,
    "record": 1,
    "byline": 2,
    "as_of": 2,
    "dateline": 3,
    "page_clock": 4,
    "teaser": 5,
    "file": 6,
}
WEAKEST_DECIDING_RANK = 3

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:n]: number for number, name in enumerate(_MONTH_NAMES, 1) for n in (3, len(name))}
_MONTHS["sept"] = 9
CALENDAR_WORDS = frozenset(
    {*_MONTH_NAMES, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
_MONTH = "(?P<{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_WRITTEN = re.compile(
    r"(?<![\w/.-])(?:"
    + _DAY.format("d1") + r"(?: of)?[ /-]" + _MONTH.format("m1") + r",?[ /-]" + _YEAR.format("y1")
    + "|" + _MONTH.format("m2") + r" ?" + _DAY.format("d2") + r"(?:,\s?|\s)" + _YEAR.format("y2")
    + "|" + _YEAR.format("y3") + r"(?P<s>[-/.])(?P<m3>[01]?\d)(?P=s)" + _DAY.format("d3") + r"(?![\d-])"
    + r"|(?P<d4>[0-3]?\d)\. ?(?P<m4>[01]?\d)\. ?" + _YEAR.format("y4")
    + r"|(?P<a>[0-3]?\d)[/-](?P<b>[0-3]?\d)[/-]" + _YEAR.format("y5")
    + ")",
    re.IGNORECASE,
)  # fmt: skip

_WEEKDAY = r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_CLOCK = r"\b\d{1,2}(?:[:.h]\d\d(?::\d\d)?)?\s?[ap]\.?\s?m\b\.?|\bT?\d{1,2}[:.h]\d\d(?::\d\d(?:\.\d+)?)?Z?\b"
_ZONE = (
    r"\b(?:GMT|UTC|[BCEIJKMPWS](?:[SD]|ES)?T|AE[SD]T|SAST|HKT|SGT|local time)\b"
    r"(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?"
)
_LABEL = (
    r"\b(?:as of|(?:first |last |originally |article |date |was )*"
    r"(?:published|updated|posted|modified|issued|released|uploaded|edited|created)(?: date)?"
    r"|(?:publication|release|publish|post)(?: date)?|last update|update|date)\b\s*:?"
)
_AS_OF = re.compile(r"\b(?:as of|updated?|modified|edited|last)\b", re.IGNORECASE)
_UPDATE = re.compile(r"\b(?:updated?|modified|edited|update)\b", re.IGNORECASE)
_PADDING = re.compile(
    r"\b(?:at|on|in|is|the|ago|and|\d+\s*(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?)(?:\s*read)?)\b|[^\w]+",
    re.IGNORECASE,
)
_KNOWN = re.compile("|".join([_LABEL, _WEEKDAY, _CLOCK, _ZONE]), re.IGNORECASE)
_HAS_LABEL = re.compile(_LABEL, re.IGNORECASE)
_HAS_WEEKDAY = re.compile(_WEEKDAY, re.IGNORECASE)
_HAS_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_TODAY = re.compile(
    r"(?:today(?:['’]s date)?|current (?:date|time)|it)(?: is(?: now)?\b|\s*[:,–-])", re.IGNORECASE
)
_ID_LABEL = re.compile(r"(?:(?:document|article|story|news|reference|ref|id|doc)\W{1,2}){0,2}", re.IGNORECASE)
_ID = re.compile(r"(?=[\w-]*[A-Za-z])[\w-]{16,}")
_DIGITS = re.compile(r"\d{8,}")


@dataclass(frozen=True, slots=True)
class Day:
    """A written calendar day: where it stands in its text, and which day it is (ISO 8601)."""

    start: int
    end: int
    value: str


def find_days(text: str) -> list[Day]:
    """Find every calendar day written in full, with day, month and year.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Day
        In order. A day that does not exist, or that day-first and month-first readers take differently
        (3/4/2024), is left out.

    Examples
    --------
    >>> [day.value for day in find_days("Oct. 23, 2024; 24.10.2024; 10/24/2024; 3/4/2024")]
    ['2024-10-23', '2024-10-24', '2024-10-24']
    """
    days = []
    for match in _WRITTEN.finditer(text):
        value = _value_of(match)
        if value:
            days.append(Day(match.start(), match.end(), value))
    return days


def _value_of(match: re.Match[str]) -> str:
    group = match.groupdict()
    for n in "1234":
        if group[f"y{n}"]:
            month = group[f"m{n}"].lower()
            return _iso(group[f"y{n}"], _MONTHS.get(month) or int(month), group[f"d{n}"])
    first, second = int(group["a"]), int(group["b"])
    if first == second or second > 12:
        return _iso(group["y5"], first, second)
    return _iso(group["y5"], second, first) if first > 12 else ""


def _iso(year: str | int, month: str | int, day: str | int) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def find_id_day(text: str) -> Day | None:
    """Find the day inside a line that is a machine id.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    Day or None
        The first DDMMYYYY or YYYYMMDD at the head of a run of digits, leading zeros skipped. None when
        the line is no long id of letters and digits, or no day is in it. The two forms never both hold.

    Examples
    --------
    >>> find_id_day("Document NEWS000020241024eka1000xy").value
    '2024-10-24'
    >>> find_id_day("NEWSFEED22102024007421")
    Day(start=8, end=16, value='2024-10-22')
    """
    label = _ID_LABEL.match(text)
    at = label.end() if label else 0
    if not _ID.fullmatch(text, at):
        return None
    for run in _DIGITS.finditer(text, at):
        digits = run[0]
        for skipped in range(len(digits) - len(digits.lstrip("0")) + 1):
            eight = digits[skipped : skipped + 8]
            if len(eight) == 8:
                for year, month, day in (
                    (eight[4:], eight[2:4], eight[:2]),
                    (eight[:4], eight[4:6], eight[6:]),
                ):
                    value = _iso(year, month, day) if year[:2] in ("19", "20") else ""
                    if value:
                        start = run.start() + skipped
                        return Day(start, start + 8, value)
    return None


def describe_date_line(text: str) -> str:
    """Say what kind of date line a line is.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    str
        `page_clock` (it says *Today*), `date_label` (*As of*, *Updated* …); and where the place of the line
        must decide: `clock` (with weekday and time of day, as a page clock has), `weekday`, `date_alone`.
        Empty when the line says more than a date.

    Examples
    --------
    >>> [describe_date_line(s) for s in ("Updated: 3 May 2024, 7 p.m.", "3 May 2024", "In May 2024 he left.")]
    ['date_label', 'date_alone', '']
    """
    if len(text) > 160 or not re.search(r"\d", text):
        return ""
    days = find_days(text)
    if days and _TODAY.match(text):
        return "page_clock"
    kept = text
    for day in reversed(days):
        kept = kept[: day.start] + " " + kept[day.end :]
    label = _HAS_LABEL.search(kept)
    if not days and not label:
        return ""
    rest = _PADDING.sub(" ", _KNOWN.sub(" ", kept)).split()
    if not days:
        return "date_label" if not rest else ""
    if rest and not _may_be_signed(text, rest, days, has_label=label is not None):
        return ""
    if label:
        return "date_label"
    if not _HAS_WEEKDAY.search(text):
        return "date_alone"
    return "clock" if _HAS_CLOCK.search(text) else "weekday"


def _may_be_signed(text: str, rest: list[str], days: list[Day], *, has_label: bool) -> bool:
    """Say whether the words beside the date can be a place, a name or a section, set off from it."""
    if len(rest) > 4 or not all(word[0].isupper() for word in rest):
        return False
    set_off = re.search(r"[,|•·–—-]\s*$", text[: days[0].start]) or re.match(
        r"\s*[|•·–—-]", text[days[-1].end :]
    )
    return bool(has_label or set_off or re.search(_ZONE, text))


_KINDS = {  # the named rule that decided a line's zone, and the kind of evidence its dates are
    "machine_id": "machine_id",
    "byline_label": "byline",
    "under_author_label": "byline",
    "name_and_date": "byline",
    "time_and_name": "byline",
    "post_head": "byline",
    "date_label": "as_of",
    "date_alone": "byline",  # a date by itself beside the headline stands where a by-line does
    "page_clock": "page_clock",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A day a text shows about itself: where, which, what kind, and whether it is called an update.

    What stands beside the text (a field of its record, the file's name) has no offsets, but a place and the
    words there.
    """

    start: int | None
    end: int | None
    value: str
    kind: str
    is_update: bool = False
    place: str = "text"
    surface: str = ""


def find_evidence(text: str, *, zone: str, reason: str, dateline: str = "") -> list[Evidence]:
    """Find the days on one line that say when something was published or shown.

    Parameters
    ----------
    text : str
        The line.
    zone, reason : str
        What the line is and the rule that decided it.
    dateline : str
        The opening of a report, PLACE, date (Agency) –, when the line is the first of a text; else empty.

    Returns
    -------
    list of Evidence
        In order; kinds of the vocabulary `date_kind`. Days in prose are not among them.

    Examples
    --------
    >>> find_evidence("Updated 24 May 2024", zone="date_line", reason="date_label")
    [Evidence(start=8, end=19, value='2024-05-24', kind='as_of', is_update=True, place='text', surface='')]
    """
    kind = _KINDS.get(reason, "dateline" if dateline else "")
    if zone == "teaser":  # its prose tells of days of its own
        kind = "teaser" if describe_date_line(text) else ""
    if not kind:
        return []
    if kind == "as_of" and not _AS_OF.search(text):
        kind = "byline"  # "Published: …"
    if kind == "machine_id":
        day = find_id_day(text)
        return [Evidence(day.start, day.end, day.value, kind)] if day else []
    found, at = [], 0
    for day in find_days(dateline or text):
        is_update = bool(_UPDATE.search(text, at, day.start))
        found.append(Evidence(day.start, day.end, day.value, kind, is_update))
        at = day.end
    return found


def rank_evidence(found: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Rank the days a text shows about itself, and mark the one that counts.

    Parameters
    ----------
    found : sequence of Evidence
        With offsets into the raw text.

    Returns
    -------
    list of dict
        Rows of the table `dates` without `article_id`. At most one `is_used`: of the strongest
        kind that may decide, the first; and a day of publication before a day of an update.

    Examples
    --------
    >>> clock = Evidence(0, 12, "2025-04-27", "page_clock")
    >>> rank_evidence([clock])[0]["is_used"]
    False
    """
    deciding = [each for each in found if each.value and RANKS[each.kind] <= WEAKEST_DECIDING_RANK]
    used = min(deciding, key=lambda each: (RANKS[each.kind], each.is_update, each.start or 0), default=None)
    return [
        {
            "start": each.start,
            "end": each.end,
            "place": each.place,
            "surface": each.surface,
            "value": each.value,
            "kind": each.kind,
            "rank": RANKS[each.kind],
            "is_update": each.is_update,
            "is_used": each is used,
            "is_conflict": used is not None and each.value not in ("", used.value),
        }
        for each in found
    ]
