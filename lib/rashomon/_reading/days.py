"""Read the day out of a date field, as databases, feeds, pages and tables write it.

A field is short and says one date, so more is read here than `find_days` dares to in running text: month
names of thirty languages, digits without marks, seconds since 1970. What can be read in two ways is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate
from functools import cache

from rashomon._reading.dates import find_days

_FIRST_YEAR, _LAST_YEAR = 1600, 2100  # the oldest newspapers; a year of another calendar is outside
_MAX_LENGTH = 200  # characters; a longer field is prose

# Month names come from the locale data of these languages; English is tried first.
_LANGUAGES = (
    "en", "de", "de_AT", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro",
    "hr", "sl", "bg", "ru", "uk", "el", "tr", "ca", "id", "ms", "lt", "lv", "et", "ar", "fa",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})\.?(?![\d-])")
_CHARACTERS = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}|T?\d{6})?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_HOUR_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[01]\d|2[0-3])")
_EPOCH = re.compile(r"(\d{10}|\d{13})(?:\.\d+)?")
_OLD_MAIL = re.compile(r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d\d \d\d:\d\d")  # RFC 822: two digits of year
_TWO_WAYS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
_SEVERAL = re.compile(
    r"(?<![\d:/.-])\d{1,2}\.?\s?[-–—/]\s?\d{1,2}\.?\s+[^\W\d_]{3}|[^\W\d_]{3}\.? \d{1,2}\s?[-–—/]\s?\d{1,2}\b"
)
_CLOCK = re.compile(
    r"\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)?|\b\d{1,2}\s?h\s?\d\d\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-–—/]")
_DASHES = frozenset("-–—/")
# Words that may stand between day, month and year, and what may follow the digits of a day or a year.
_BETWEEN = frozenset(
    (
        "of", "de", "del", "di", "da", "do", "den", "d", "la", "le", "el", "og", "du", "st", "nd", "rd", "th",
        "er", "ère", "e", "o", "a", "ª", "º", "m", "r", "г", "р", "года", "году", "року", "год", "al",
    )
)  # fmt: skip


def read_day(text: str, *, language: str = "", day_first: bool | None = None) -> str:
    """Read the one day that a date field names.

    Parameters
    ----------
    text : str
        The field, as written.
    language : str
        ISO 639-1 code of the language of the month names, where it is known. It decides what *listopad* is.
    day_first : bool or None
        How 3/4/2024 is meant; None when unknown.

    Returns
    -------
    str
        The day in ISO 8601, as written, never moved to another time zone; seconds since 1970 are UTC. Empty
        when the field names no day, an impossible one, several, or one that can be read in two ways.

    Examples
    --------
    >>> [read_day(s) for s in ("2024-10-24T23:30:00-05:00", "jeudi 24 octobre 2024", "3/4/2024")]
    ['2024-10-24', '2024-10-24', '']
    >>> read_day("3/4/2024", day_first=True)
    '2024-04-03'
    """
    match = _ISO.match(text)
    if match and not _ISO.search(text, match.end()):
        return _iso(*match.groups())
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(text) > _MAX_LENGTH:
        return ""
    if text[0].isdigit() and _COMPACT_OR_EPOCH.fullmatch(text):
        return _read_digits(text)
    year_first = {_iso(*match) for match in _CHARACTERS.findall(text)}
    year_first |= {_iso(year, month, day) for year, _, month, day in _YEAR_FIRST.findall(text)}
    if year_first:
        return _only(year_first | {day.value for day in find_days(text)})
    if _SEVERAL.search(text):  # 24-25 October 2024
        return ""
    if _OLD_MAIL.match(text):
        parsed = parsedate(text)
        return _iso(*parsed[:3]) if parsed else ""
    days = {day.value for day in find_days(text)} | set(_read_pairs(text, day_first))
    if not days:
        days = set(_read_named(text, language))
    return _only(days)


def _only(days: set[str]) -> str:
    return next(iter(days)) if len(days) == 1 else ""


_COMPACT_OR_EPOCH = re.compile(f"(?:{_COMPACT.pattern})|(?:{_EPOCH.pattern})")


def _iso(year: str | int, month: str | int, day: str | int) -> str:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _read_digits(text: str) -> str:
    """Digits without marks: a day, a day and a time, or seconds or milliseconds since 1970."""
    if not _EPOCH.fullmatch(text):
        match = _COMPACT.fullmatch(text)
        return _iso(*match.groups()) if match else ""
    digits = text.partition(".")[0]
    stamp = _HOUR_STAMP.fullmatch(digits)
    if stamp and _iso(*stamp.groups()):
        return ""  # 2024102419 is an hour of 2024 and a second of 2034
    seconds = int(digits) // (1000 if len(digits) == 13 else 1)
    day = datetime.fromtimestamp(seconds, UTC).date()
    return _iso(day.year, day.month, day.day)


def _read_pairs(text: str, day_first: bool | None) -> Iterable[str]:
    """3/4/2024 and the like, as the caller says it is meant; empty for one that stays unknown."""
    for first, mark, second, year in _TWO_WAYS.findall(text):
        as_day, as_month = _iso(year, second, first), _iso(year, first, second)
        if as_day and as_month and mark != ".":
            known = as_day == as_month or day_first is not None
            yield (as_day if day_first is not False else as_month) if known else ""
        elif mark == ".":
            yield as_day
        else:
            yield as_day or as_month


def _read_named(text: str, language: str) -> Iterable[str]:
    """Read a day written with the name of its month, in any of the languages."""
    tokens = [token.casefold() for token in _TOKEN.findall(_CLOCK.sub(" ", text))]
    tokens = [token for token in tokens if token not in _BETWEEN]
    months = [_month_of(token, language) for token in tokens]
    for at, month in enumerate(months):
        if month:
            around = [tokens[i] if 0 <= i < len(tokens) else "" for i in range(at - 2, at + 3)]
            value = _read_around(around, month)
            if value:
                yield value


def _read_around(tokens: list[str], month: int) -> str:
    """Day and year beside a month, which is the third of five tokens; a dash between joins 24-Oct-2024."""
    before2, before, _, after, after2 = tokens
    if _is_day(before) and before2 not in _DASHES and _is_year(after):
        return _iso(after, month, before)
    if _is_day(after) and _is_year(after2):
        return _iso(after2, month, after)
    if _is_year(before) and _is_day(after) and after2 not in _DASHES:
        return _iso(before, month, after)
    return ""


def _is_day(token: str) -> bool:
    return token.isdecimal() and len(token) <= 2


def _is_year(token: str) -> bool:
    return token.isdecimal() and len(token) == 4


def _month_of(token: str, language: str) -> int:
    """Give the number of a month by its name, 0 when it is none or another one in another language."""
    if token.isdecimal() or token in _DASHES:
        return 0
    own = _month_names(language.lower()[:2]) if language else {}
    found = own.get(token) or _all_month_names().get(token) or frozenset()
    return next(iter(found)) if len(found) == 1 else 0


@cache
def _month_names(language: str) -> Mapping[str, frozenset[int]]:
    from babel import Locale, UnknownLocaleError

    try:
        contexts = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, set[int]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in contexts[context][width].items():
                words = _TOKEN.findall(unicodedata.normalize("NFKC", name).casefold())
                if len(words) == 1 and not words[0].isdecimal():
                    names.setdefault(words[0], set()).add(number)
    return {name: frozenset(numbers) for name, numbers in names.items()}


@cache
def _all_month_names() -> Mapping[str, frozenset[int]]:
    merged: dict[str, frozenset[int]] = {"sept": frozenset({9})}
    for language in _LANGUAGES:
        for name, numbers in _month_names(language).items():
            merged[name] = merged.get(name, frozenset()) | numbers
    return merged
