"""Find the time a figure speaks of: explicit dates, in ISO 8601 with the precision they are given in.

Known limits: *last year*, *on Tuesday* and other words that only point are left unknown; a day
without a year belongs to the year that brings it nearest to the day of publication.
"""

from __future__ import annotations

import bisect
import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon._quantities.lookalikes import Amount

_MONTHS = {name[:3]: number for number, name in enumerate(calendar.month_name) if number}
# the dot belongs to an abbreviated month, not to "in June."
_MONTH = (
    r"(?P<month{}>(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w)\.?+))"
)
_MOMENT = re.compile(
    rf"""\b(?:
        (?P<day0>(?:19|20)\d\d-\d\d-\d\d)
      | (?P<edge>end|close|start|beginning|middle)\s+of\s+{_MONTH.format(1)}(?:,?\s+(?P<year1>\d{{4}}))?
      | {_MONTH.format(2)}\s+(?P<day2>\d\d?)(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?
      | (?P<day3>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH.format(3)}(?:,?\s+(?P<year3>\d{{4}}))?
      | {_MONTH.format(4)},?(?:\s+of)?\s+(?P<year4>(?:19|20)\d\d)
      | (?i:in|by|of|since|until|during|at\s+least|(?:end|close|start|beginning|middle)\s+of)\s+
        (?:(?P<year5>(?:1[6-9]|20|21)\d\d)(?!-\d\d-)|{_MONTH.format(5)}(?!,?\s+\d))
    )(?!\w|,\d|\s?%)""",
    re.VERBOSE,
)
_MAY_HOLD_ONE = re.compile(r"(?=[0-9JFMASOND])(?:\d{4}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))")
_CLOCK = re.compile(r"(\d\d?)(?:[:.](\d\d))?(?:[:.]\d\d)?\s?(?:([apAP])\.?\s?[mM])?\.?\s?(GMT|UTC)?")


# "opened in 1932", "born in 2030", "the 2028 Games": dates of something else
_OF_ANOTHER = re.compile(
    r"\b(?:born|opened|founded|built|established|created|launched|elected|compared\s+with)\W*(?:on\s+)?$"
)
_FAR = 300
_OLD_VALUE = re.compile(r"\b(?:(?:up|down)\s+from|compared\s+with|since|(?:best|worst|highest|lowest)\b)")


@dataclass(frozen=True, slots=True)
class Moment:
    """An explicit date in a text. `value` is ISO 8601, or ``--MM-DD`` as long as the year is unknown."""

    start: int
    end: int
    value: str

    @property
    def is_known(self) -> bool:
        """Whether the year is known."""
        return not self.value.startswith("--")


def find_moments(text: str, *, published: str = "") -> list[Moment]:
    """Find the explicit dates of a text.

    Parameters
    ----------
    text : str
        Any text.
    published : str
        Day of publication, ISO 8601, or "" when it is not known.

    Returns
    -------
    list of Moment
        In the order of the text.

    Examples
    --------
    >>> [m.value for m in find_moments("by the end of December", published="2024-10-23")]
    ['2024-12-31']
    >>> [m.value for m in find_moments("on June 19")]
    ['--06-19']
    """
    if not _MAY_HOLD_ONE.search(text):
        return []
    return [
        Moment(match.start(), match.end(), _resolve(match, published)) for match in _MOMENT.finditer(text)
    ]


def date_amount(text: str, amount: Amount, moments: Sequence[Moment]) -> Moment | None:
    """Give the time an amount speaks of: the nearest known date of its sentence, or None.

    What follows an amount dates it sooner than what stands before it: *from 7 in 2011 to 9 in 2016*. A date
    behind *since*, *up from* or *opened in* speaks of something else, and so does one beyond a semicolon.
    """
    if not moments or amount.kind == "duration" or text.startswith("-", amount.end):  # a 40-page report
        return None
    at = bisect.bisect_left(moments, amount.start, key=lambda moment: moment.start)
    known = [
        moment
        for moment in moments[max(0, at - 3) : at + 3]
        if moment.is_known and _dates(text, amount, moment)
    ]

    def distance(moment: Moment) -> int:
        return moment.start - amount.end if moment.start >= amount.end else (amount.start - moment.end) * 3

    return min(known, key=distance) if known else None


def _dates(text: str, amount: Amount, moment: Moment) -> bool:
    if text.startswith(("since", "Since"), moment.start) or text[moment.start - 6 : moment.start] == "since ":
        return False
    if _OF_ANOTHER.search(text, max(0, moment.start - 24), moment.start):
        return False
    between = text[min(amount.end, moment.end) : max(amount.start, moment.start)]
    if len(between) > _FAR:
        return False
    if moment.start >= amount.end:
        return ";" not in between and not _OLD_VALUE.search(between)
    return ";" not in between


def date_itself(text: str, amount: Amount, moments: Sequence[Moment]) -> str:
    """Give a date, a year or a clock time of the text as ISO 8601, or "" when its day is unknown."""
    if amount.kind == "year":
        return str(amount.low) if amount.low == amount.high else f"{amount.low}/{amount.high}"
    if amount.kind == "date":
        return next((m.value for m in moments if m.start < amount.end and amount.start < m.end), "")
    clock = _CLOCK.match(text, amount.start)
    days = [m.value for m in moments if len(m.value) == 10 and m.is_known and m.end <= amount.start]
    if clock is None or not days:
        return ""
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if clock[3]:
        hour = hour % 12 + 12 * (clock[3].lower() == "p")
    return f"{days[-1]}T{hour:02}:{minute:02}{'Z' if clock[4] else ''}" if hour < 24 and minute < 60 else ""


def _resolve(match: re.Match[str], published: str) -> str:
    found = {name[:-1]: part for name, part in match.groupdict().items() if part and name != "edge"}
    day, year, month_name = found.get("day", ""), found.get("year", ""), found.get("month", "")
    if not month_name:
        return day or year
    month = _MONTHS[month_name[:3]]
    if not year and not published:
        return f"--{month:02}-{int(day):02}" if day else f"--{month:02}"
    number = int(year) if year else _nearest_year(published, month, int(day or 28))
    last_day = calendar.monthrange(number, month)[1] if number else 31
    edge = match["edge"]
    if edge in ("end", "close"):
        day = str(last_day)
    elif edge in ("start", "beginning"):
        day = "1"
    return f"{number:04}-{month:02}" + (f"-{int(day):02}" if day and 0 < int(day) <= last_day else "")


def _nearest_year(published: str, month: int, day: int) -> int:
    """Choose the year that brings a day nearest to the day of publication: at most half a year away."""
    then = datetime.date.fromisoformat(published)
    years = [then.year + step for step in (-1, 0, 1) if 1 <= then.year + step <= 9999]
    return min(years, key=lambda year: abs((datetime.date(year, month, max(1, min(day, 28))) - then).days))
