"""When things happened, were said and were published: every date of the texts on one line, with its words.

Known limits
------------
Days are named in English. A weekday is the last one before publication, or the next one after words that
look ahead. What a date belongs to is told by the words around it, not by parsing: *said on Monday* dates the
saying when it stands beside the cue, outside what was said. Times of day are left to `quantities`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from rashomon._quantities.moments import find_moments
from rashomon.tables import make_table

if TYPE_CHECKING:
    from rashomon.corpus import Corpus

Days = tuple[datetime.date, datetime.date]
Said = Sequence[tuple[int, int, int, int]]

_WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}
_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_COUNTS = {word: number for number, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1}
_UNIT_DAYS = {"day": 1, "week": 7}
_POINTING = re.compile(
    rf"""\b(?:
        (?P<shift>(?:last|next|this|coming|past)\s+)?(?P<weekday>{"|".join(_WEEKDAYS)})(?!\s+(?:Times|Post|Mail|Night))
      | (?P<near>(?i:yesterday|today|tonight|tomorrow))(?!['’]s\b)
      | (?P<which>(?i:last|next|this))\s+(?P<period>week|month|year)(?!['’]s\b)
      | (?P<count>\d{{1,2}}|{"|".join(_COUNTS)})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago|earlier)
    )\b""",
    re.VERBOSE,
)
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|would|shall|to\s+be|plan\w*|expect\w*|due|schedul\w+|set\s+to|likely|may|might|could"
    r"|next|coming|by\s+the\s+end|until|before|deadline|tomorrow)\b",
    re.IGNORECASE,
)
_NEAR_CUE = 45


class _Date(NamedTuple):
    """A date in a sentence, with offsets into it; `days` are the first and the last day it may mean."""

    start: int
    end: int
    value: str
    days: Days | None
    is_relative: bool


def build_timeline(corpus: Corpus, statements: pd.DataFrame | None = None) -> pd.DataFrame:
    r"""Collect every date of the articles: when they were published, what happened, was said or is to come.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that carry claims are searched; days that only point (*on Tuesday*, *last week*,
        *two days ago*) are resolved against the day of publication, where that is known.
    statements : DataFrame, optional
        Table `statements`; with it a date beside the words that report (*said on Monday*) dates the saying.

    Returns
    -------
    DataFrame
        Table `timeline`, in the order of the texts. `date` is ISO 8601 in its own precision, ``--MM-DD`` when
        the year is unknown and "" when a word points and the day of publication is unknown; `first_day` and
        `last_day` are then empty. `is_relative` marks what was resolved. Sort by `first_day` for a line.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> text = "Published: 4 June 2024\n\nThe bridge fell on 2 June 2024. Work will begin in July 2024."
    >>> build_timeline(corpus_of({"a": text}))[["what", "date"]].values.tolist()[-2:]
    [['happened', '2024-06-02'], ['planned', '2024-07']]
    """
    rows: list[dict[str, Any]] = []
    published: dict[str, str] = {}
    for article in corpus.articles.itertuples():
        published[article.article_id] = article.published
        if article.published:
            rows.append(_publication(article, corpus))
    told = _cues_by_sentence(statements)
    for sentence in corpus.sentences[corpus.sentences["carries_claims"]].itertuples():
        day = published[sentence.article_id]
        said = told.get((sentence.article_id, sentence.sentence_id), ())
        for found in _dates_in(sentence.text, day):
            what = _what_is_dated(sentence.text, found, sentence.start, said, day)
            surface = sentence.text[found.start : found.end]
            rows.append(_row(sentence.article_id, sentence.sentence_id, sentence.start, surface, found, what))
    return make_table("timeline", rows)


def timeline_in(text: str, *, published: str = "") -> pd.DataFrame:
    """Collect the dates of one sentence.

    Parameters
    ----------
    text : str
        A sentence.
    published : str, keyword-only
        Day of publication, ISO 8601, or "" when it is not known.

    Returns
    -------
    DataFrame
        Table `timeline`; see `build_timeline`.

    Raises
    ------
    ValueError
        When `published` is no day.

    Examples
    --------
    >>> timeline_in("It closed last Friday.", published="2024-10-23")[["surface", "date"]].values.tolist()
    [['last Friday', '2024-10-18']]
    """
    if published:
        datetime.date.fromisoformat(published)
    rows = [
        _row(
            "text", 1, 0, text[found.start : found.end], found, _what_is_dated(text, found, 0, (), published)
        )
        for found in _dates_in(text, published)
    ]
    return make_table("timeline", rows)


def _row(
    article_id: str, sentence_id: int | None, offset: int, surface: str, found: _Date, what: str
) -> dict[str, Any]:
    first, last = found.days or ("", "")
    return {
        "article_id": article_id, "sentence_id": sentence_id, "start": offset + found.start,
        "end": offset + found.end, "surface": surface, "what": what, "date": found.value,
        "first_day": str(first), "last_day": str(last), "is_relative": found.is_relative,
    }  # fmt: skip


def _publication(article: Any, corpus: Corpus) -> dict[str, Any]:
    """Give the row of an article's own date; one that its record or file gives has no place in the text."""
    days = _days_of(article.published[:10])
    if pd.isna(article.published_start):
        row = _row(article.article_id, None, 0, "", _Date(0, 0, article.published, days, False), "published")
        return row | {"start": None, "end": None}
    start, end = int(article.published_start), int(article.published_end)
    surface = corpus.raw(article.article_id)[start:end]
    found = _Date(start, end, article.published, days, False)
    return _row(article.article_id, None, 0, surface, found, "published")


def _dates_in(text: str, published: str) -> Iterator[_Date]:
    explicit = find_moments(text, published=published)
    for moment in explicit:
        has_year = re.search(r"\d{4}", text[moment.start : moment.end]) is not None
        yield _Date(moment.start, moment.end, moment.value, _days_of(moment.value), not has_year)
    day = datetime.date.fromisoformat(published) if len(published) == 10 else None
    for match in _POINTING.finditer(text):
        if any(m.start <= match.end() + 2 and match.start() <= m.end + 2 for m in explicit):
            continue  # "Monday, June 3": the date says it all
        days = None if day is None else _point(match, text, day)
        yield _Date(match.start(), match.end(), _written(days), days, True)


def _point(match: re.Match[str], text: str, day: datetime.date) -> Days | None:
    """Say which days a word means that points from the day of publication."""
    try:
        if match["weekday"]:
            return _nearest_weekday(match, text, day)
        if match["near"]:
            day += datetime.timedelta(_NEAR[match["near"].lower()])
            return day, day
        if match["which"]:
            step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
            return _period(day, match["period"], step)
        if match["way"] == "earlier":
            return None  # earlier than what it tells, not than today
        count = _COUNTS.get(match["count"]) or int(match["count"])
        if match["unit"] in _UNIT_DAYS:
            day -= datetime.timedelta(count * _UNIT_DAYS[match["unit"]])
            return (day, day) if match["unit"] == "day" else _period(day, "week", 0)
        return _period(day, match["unit"], -count)
    except (OverflowError, ValueError):  # before the year 1
        return None


def _nearest_weekday(match: re.Match[str], text: str, day: datetime.date) -> Days:
    number = _WEEKDAYS[match["weekday"]]
    shift = (match["shift"] or "").strip()
    before = text[max(0, match.start() - 60) : match.start()]
    is_ahead = shift in ("next", "coming") or (not shift and _LOOKS_AHEAD.search(before) is not None)
    back = (day.weekday() - number) % 7
    if shift in ("last", "past") and back == 0:
        back = 7
    day += datetime.timedelta((number - day.weekday()) % 7 or 7) if is_ahead else -datetime.timedelta(back)
    return day, day


def _period(day: datetime.date, period: str, step: int) -> Days:
    if period == "week":
        first = day - datetime.timedelta(day.weekday() - 7 * step)
        return first, first + datetime.timedelta(6)
    if period == "year":
        return datetime.date(day.year + step, 1, 1), datetime.date(day.year + step, 12, 31)
    months = day.year * 12 + day.month - 1 + step
    year, month = months // 12, months % 12 + 1
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def _written(days: Days | None) -> str:
    if days is None:
        return ""
    first, last = days
    if first == last:
        return first.isoformat()
    length = (last - first).days
    if length == 6:
        return f"{first.isocalendar().year:04}-W{first.isocalendar().week:02}"
    return f"{first.year:04}" if length > 31 else f"{first.year:04}-{first.month:02}"


def _days_of(value: str) -> Days | None:
    """Give the first and the last day of an ISO date in its own precision."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    if found is None or found[1] == "0000":
        return None
    year = int(found[1])
    if found[2] is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    month = int(found[2])
    if found[3] is None:
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    try:
        day = datetime.date(year, month, int(found[3]))
    except ValueError:
        return None
    return day, day


def _cues_by_sentence(
    statements: pd.DataFrame | None,
) -> dict[tuple[str, int], Said]:
    """Give, for each sentence, where the cue and the content of what is said in it begin and end."""
    told: dict[tuple[str, int], list[tuple[int, int, int, int]]] = {}
    if statements is not None:
        for row in statements[statements["cue"] != ""].itertuples():
            spans = (int(row.cue_start), int(row.cue_end), int(row.start), int(row.end))
            told.setdefault((row.article_id, row.sentence_id), []).append(spans)
    return dict(told)


def _what_is_dated(text: str, found: _Date, offset: int, said: Said, published: str) -> str:
    start, end = offset + found.start, offset + found.end
    for cue_start, cue_end, content_start, content_end in said:
        is_inside = content_start <= start and end <= content_end
        if not is_inside and max(start - cue_end, cue_start - end) <= _NEAR_CUE:
            return "said"
    if found.days and published and str(found.days[0]) > published:
        return "planned"
    before = text[max(0, found.start - 60) : found.start]
    if _LOOKS_AHEAD.search(before) and not (found.days and published and str(found.days[1]) < published):
        return "planned"
    return "happened"


def merge_days(timeline: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Bring the rows of one date and kind together: which articles tell it.

    Parameters
    ----------
    timeline : DataFrame
        Table `timeline`.
    labels : mapping of str to str
        Name to show for each `article_id`.

    Returns
    -------
    DataFrame
        Columns `date`, `what`, `n_articles`, `articles` (names with commas between), `first_day`,
        `last_day`; earliest first, dates without a day left out.

    Examples
    --------
    >>> day = {"article_id": "x", "start": 0, "end": 5, "what": "said", "date": "2024-05-01",
    ...        "first_day": "2024-05-01", "last_day": "2024-05-01", "is_relative": False}
    >>> merge_days(make_table("timeline", [day]), {"x": "Bell"})["articles"].tolist()
    ['Bell']
    """
    known = timeline[timeline["first_day"] != ""]
    rows = []
    for (first, last, date, what), told in known.groupby(
        ["first_day", "last_day", "date", "what"], sort=True
    ):
        names = sorted({labels[article] for article in told["article_id"]})
        rows.append([date, what, len(names), ", ".join(names), first, last])
    return pd.DataFrame(rows, columns=["date", "what", "n_articles", "articles", "first_day", "last_day"])
