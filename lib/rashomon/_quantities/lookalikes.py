"""Tell what only looks like a quantity: dates, times, years, identifiers, names, scores and idioms.

They are kept with a kind of their own, so that they are seen and not counted.

Known limits: a bare year between 1950 and 2049 is a year even before a plural (*2019 rents*).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from rashomon._quantities.digits import Tokens, read_digits, split_tokens
from rashomon._quantities.number_words import has_number, numerals
from rashomon._quantities.numbers import Number
from rashomon._quantities.units import Unit, find_unit_after
from rashomon.read import read_word_list

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w)\.?+)(?!\w)"
)


_DAY = (
    r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
    r"(?!\w|[.,]\d|\s?%|\s(?:percent|per cent|million|billion|thousand|hundred)\b)"
)


_YEAR = r"(?:1[5-9]|20)\d\d(?![\d\w])"


_ZONE = r"(?:\s?(?:GMT|UTC|BST|CET|CEST|KST|IST|[ECMP][DS]?T)\b)?"


_SET_APART = re.compile(
    rf"""(?=[0-9JFMASOND+(\#\[])(?<![\w$€£¥])(?<!\d[.,:])(?:
      (?P<date> (?:19|20)\d\d[-/]\d\d?[-/]\d\d?(?:T\d\d:\d\d\S*)?(?!\d)
        | {_MONTH}\s+{_DAY}(?:\s?[-–]\s?{_DAY})?(?:,?\s+{_YEAR})?
        | {_DAY}(?:\s?[-–]\s?{_DAY})?(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?
        | {_MONTH},?(?:\s+of)?\s+{_YEAR}
        | \d\d?/\d\d?/(?:\d{{4}}|\d\d)(?![\d/]) | \d\d?\.\d\d?\.(?:19|20)\d\d(?!\d) )
      | (?P<time> [0-2]\d[0-5]\d\s?(?:GMT|UTC)\b
        | \d\d?(?:[:.]\d\d){{0,2}}\s?(?:[ap]\.\s?m(?:\.|\b)|[aApP][mM]\b){_ZONE}
        | [0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d){_ZONE} | \d\d?\s?o['’]clock )
      | (?P<idiom> (?:24/7|9/11|50[-–/]50)(?!\w) )
      | (?P<identifier> \+\d{{1,3}}(?:[\s.-]?\(?\d{{1,4}}\)?){{2,5}}(?!\w)
        | (?:\(\d{{2,4}}\)\s?|\d{{2,4}}[.-])\d{{3,4}}[.-]\d{{3,4}}(?![\w-]) | \#\w++
        | 0\d{{1,4}}(?:\s\d{{2,4}}){{1,4}}(?![\w.,])
        | \d{{2,3}}\.\d\s?[AF]M\b | (\d)x\5(?!\w)
        | \d{{1,3}}-(?:of|for)-\d{{1,3}}(?!\w) | \d{{1,4}}(?:\(\w{{1,3}}\))+(?!\w)
        | \[\d{{1,3}}(?:\s?[,–-]\s?\d{{1,3}})*\] | (?:\d{{1,2}}-\d{{1,2}},\s){{1,4}}\d{{1,2}}-\d{{1,2}}(?!\w)
        | \d{{1,5}}(?:[-–]\d{{1,5}})?\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][\w'’.]*|\d+(?:st|nd|rd|th))\s){{1,3}}
          (?:St|Street|Rd|Road|Ave|Avenue|Blvd|Boulevard|Lane|Drive|Way|Square|Terrace|Crescent|Highway|Place)\b
        | \d{{1,5}}\s(?:[A-Z][\w'’.]*\s){{1,3}}(?:Court|Close|Gardens|Circle)
          (?=\s*(?:[,.;:)]|$)|\s(?:in|on|near|was)\b)
        | \d{{1,5}}\s(?:Rue|Ave|Avenue|Via|Calle|Avenida|Boulevard|Place)\s[A-Z] )
    )""",
    re.VERBOSE,
)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S++|[\w.+-]{1,64}@\w[\w.-]*+")


NOT_COUNTED = frozenset(("date", "time", "year", "identifier", "idiom", "ordinal"))


class Amount(NamedTuple):
    """A number with its unit: tokens `first` up to `last`, and the number alone within them.

    `start` and `end` are the characters of the number. A named tuple, as are numbers and cues: a frozen
    dataclass takes five times as long to make.
    """

    first: int
    last: int
    number_first: int
    number_last: int
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str = ""
    scale: Decimal = Decimal(1)
    bound: str = "="
    start: int = -1
    end: int = -1

    @property
    def is_quantity(self) -> bool:
        """Whether it says how much or how many."""
        return self.kind not in NOT_COUNTED


@cache
def cues(role: str) -> dict[str, str]:
    """Give the phrases of a role in `quantity_cues` with their mark."""
    return {row["phrase"]: row["mark"] for row in read_word_list("quantity_cues") if row["role"] == role}


@lru_cache(maxsize=20_000)
def is_plural(word: str) -> bool:
    """Tell whether a lower-case word looks like a plural noun.

    Examples
    --------
    >>> is_plural("soldiers"), is_plural("people"), is_plural("various"), is_plural("mass")
    (True, True, False, False)
    """
    if word in cues("plural"):
        return True
    if word.endswith("men") and len(word) > 5 and word not in cues("singular"):  # fishermen
        return True
    return (
        len(word) > 3
        and word[-1] == "s"
        and word[-2] not in "su'’i"
        and word not in cues("singular")
        and word not in cues("stop")
    )


def counts_plural(tokens: Tokens, index: int) -> bool:
    """Tell whether a plural noun follows within three lower-case words, as it does after a count."""
    for i in range(index, min(index + 3, len(tokens))):
        word = tokens.words[i]
        if not word[0].isalpha() or word in cues("stop"):
            return False
        if is_plural(word) and word not in cues("verb_s") and tokens.text[tokens.starts[i]].islower():
            return True
    return False


def starts_noun(tokens: Tokens, index: int) -> bool:
    """Tell whether a noun phrase may begin at a token."""
    word = tokens.at(index)
    return word[:1].isalpha() and word not in cues("stop") and not word.endswith("ly")


def plain(tokens: Tokens, first: int, last: int, kind: str, value: Decimal | None = None) -> Amount:
    """Make an amount without unit or range from its tokens."""
    bound = "=" if value is not None else ""
    return Amount(
        first, last, first, last, kind, value, value, value, "", Decimal(1), bound,
        tokens.starts[first], tokens.ends[last - 1],
    )  # fmt: skip


def find_spans(text: str) -> list[tuple[int, int, str]]:
    """Find the dates, times, idioms and addresses of a text: start, end and kind."""
    spans = [(m.start(), m.end(), m.lastgroup or "") for m in _SET_APART.finditer(text)]
    if "@" in text or "://" in text or "www." in text:
        spans = sorted(spans + [(m.start(), m.end(), "identifier") for m in _ADDRESS.finditer(text)])
    return spans


def read_idiom(tokens: Tokens, first: int) -> Amount | None:
    """Read *back to square one*, *third parties*: the number word at a token counts nothing there."""
    for before, words in _idioms().get(tokens.words[first], ()):
        start = first - before
        if start >= 0 and tokens.words[start : start + len(words)] == words:
            return plain(tokens, start, start + len(words), "idiom")
    return None


@cache
def _idioms() -> dict[str, list[tuple[int, list[str]]]]:
    """Give the idioms by their first number word and how many words stand before it, the longest first."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    for phrase in sorted(cues("idiom"), key=lambda text: (-len(text), text)):
        words = split_tokens(phrase).words
        at = next(i for i, word in enumerate(words) if word in numerals())
        found.setdefault(words[at], []).append((at, words))
    return found


def make_special(tokens: Tokens, number: Number, money: tuple[Unit, int] | None) -> Amount | None:
    """Deal with *once*, *first*, *twice*, versions and endless digits; None means: nothing to report."""
    first, last = number.first, number.last
    after, before = tokens.at(last), tokens.at(first - 1)
    if number.form == "ordinal":
        if tokens.at(first) == "second" and (before in ("a", "per", "every", "split") or after in ("s",)):
            return None
        if tokens.at(first) == "first" and before == "at" and not starts_noun(tokens, last):
            return plain(tokens, first - 1, last, "idiom")
        return plain(tokens, first, last, "ordinal", number.value)
    if number.form in ("idiom", "multiple"):
        symbol_of_times = "times" if number.form == "multiple" else ""
        return plain(tokens, first, last, number.form, number.value)._replace(unit=symbol_of_times)
    if number.form == "endless" or (number.form == "unclear" and "." in tokens.words[first]):
        return plain(tokens, first, last, "identifier")
    digits = read_digits(tokens.words[first], decimal_comma=True)
    unit = find_unit_after(tokens, last)
    if digits is None or not (unit or money):
        return plain(tokens, first, last, "cardinal")
    symbol = (money or unit or (Unit("", "", ""), 0))[0]
    return plain(tokens, first, last, symbol.kind, digits)._replace(
        last=unit[1] if unit else last, unit=symbol.symbol
    )


def counts_one(tokens: Tokens, number: Number) -> bool:
    """Tell the number *one* from the pronoun: *one mosque*, *one of the*; not *each one we met*."""
    before, after = tokens.at(number.first - 1), tokens.at(number.last)
    if before in _PRONOUN_ONE_AFTER and not (before in ("the", "only") and starts_noun(tokens, number.last)):
        return False
    if find_unit_after(tokens, number.last, is_word=True):
        return True
    if after in ("of", "or", "such", "in", "out", "to"):
        following = number.last + (2 if after == "out" else 1)
        return after in ("of", "such") or has_number(tokens.at(following))
    return after != "-" and starts_noun(tokens, number.last)


# "no one", "this one": a pronoun, not a number
_PRONOUN_ONE_AFTER = frozenset((
    "no", "this", "that", "the", "each", "every", "which", "any", "another", "some", "only",
))  # fmt: skip


def read_year(tokens: Tokens, number: Number, before: Amount | None) -> Amount | None:
    """Read *2018*, *the 1960s*, *2012–13*: four digits without a comma that stand where a year stands."""
    first, last, digits = number.first, number.last, tokens.words[number.first]
    if not digits.isdigit() or last - first > 1 or number.form != "plain" or number.value is None:
        return None
    previous, after = tokens.at(first - 1), tokens.at(last)
    if (
        after == "s"
        and tokens.is_glued(last)
        and (len(digits) == 4 or (len(digits) == 2 and digits[1] == "0"))
    ):
        high = number.value + (99 if digits.endswith("00") else 9)
        return plain(tokens, first, last + 1, "year", number.value)._replace(value=None, high=high)
    if (
        len(digits) != 4
        or not "1500" <= digits < ("2200" if previous in ("by", "in", "until") else "2100")
        or find_unit_after(tokens, last)
    ):
        return None
    is_recent = "1950" <= digits < "2050"
    goes_on = before is not None and before.kind == "year" and before.last == first - 1
    is_named = previous in cues("year_before") and (is_recent or previous not in _LOOSE)
    is_named |= previous == "by" and digits >= "2050" and before is not None and not starts_noun(tokens, last)
    is_named |= previous == "of" and digits[2:] != "00" and tokens.at(last) in ("the", "in", "and")
    if not goes_on:
        if previous in _APPROXIMATE and not is_named:
            return None
        # "2019 rents soared", but "2000 people" and "1500 soldiers"
        may_count = (digits.endswith("00") and previous != "by") or not is_recent
        if may_count and (
            (counts_plural(tokens, last) and previous not in ("in", "since"))
            or not (is_named or after in (")", ",", ""))
        ):
            return None
    is_dash = after in ("-", "–", "/") and tokens.is_glued(last) and tokens.is_glued(last + 1)
    if is_dash and tokens.is_number[last + 1] and len(tokens.words[last + 1]) in (2, 4):
        end = tokens.words[last + 1]
        high = Decimal(end if len(end) == 4 else digits[:2] + end) if end.isdigit() else number.value
        return plain(tokens, first, last + 2, "year", number.value)._replace(value=None, high=high)
    return plain(tokens, first, last, "year", number.value)


# "a box of 1700", "rose to 1600": these dates only years of our time
_LOOSE = frozenset(("of", "to", "and", "the", "for", "around", "by", "through"))
_APPROXIMATE = frozenset((
    "about", "around", "over", "than", "approximately", "roughly", "some", "nearly", "almost", "to",
))  # fmt: skip
