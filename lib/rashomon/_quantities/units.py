"""Find the unit beside a number: money before or after it, measures, durations, shares and rates.

The lexicon is `data/word_lists/units.csv`. The longest entry that fits wins. Short symbols are
the classic trap (*in*, *m*, *C*): a lone letter counts only when it is glued to digits or is one of
the few that are commonly set apart, and *in* is never an inch.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rashomon._quantities.digits import Tokens, split_tokens
from rashomon.read import read_word_list

_PREFIXES = {
    "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "h": "hecto", "c": "centi", "m": "milli",
    "µ": "micro", "μ": "micro", "n": "nano", "p": "pico",
}  # fmt: skip
_APART = frozenset("mgCFVWLltph")  # single letters often written with a space: 5 m, 12 C, 30 W
# "three more years", "20 long years"
_BEFORE_TIME = frozenset((
    "more", "previous", "past", "additional", "consecutive", "straight", "full", "whole", "further",
    "extra", "long", "other",
))  # fmt: skip
_AFTER_SECOND = frozenset(("and", "or", "in", "on", "at", "by", "for", "from", "to", "when", "with"))
_SHARED = frozenset((
    "share", "person", "head", "piece", "unit", "night", "game", "capita", "household", "student",
    "vehicle", "child",
))  # fmt: skip
MONEY_SCALES = {
    "k": Decimal(1000), "K": Decimal(1000), "m": Decimal(10**6), "M": Decimal(10**6),
    "b": Decimal(10**9), "B": Decimal(10**9), "t": Decimal(10**12), "T": Decimal(10**12),
}  # fmt: skip


@dataclass(slots=True, frozen=True)
class Unit:
    """A unit: its symbol, its English name and its kind (money, percent, duration, measure, rate)."""

    symbol: str
    name: str
    kind: str


MAGNITUDE = Unit("magnitude", "magnitude", "measure")
POUND_STERLING = Unit("GBP", "pound sterling", "money")


@dataclass(slots=True, frozen=True)
class _Lexicon:
    words: dict[str, list[tuple[tuple[str, ...], Unit]]]
    symbols: dict[str, Unit]
    money: dict[str, Unit]
    money_ends: frozenset[str]
    symbol_starts: frozenset[str]


def find_unit_after(tokens: Tokens, index: int, *, is_word: bool = False) -> tuple[Unit, int] | None:
    """Find the unit that begins at a token, with what it is per.

    Parameters
    ----------
    tokens : Tokens
        From `numbers.split_tokens`.
    index : int
        The token after the number.
    is_word : bool
        Whether the number is written in words: lone letters are no units then.

    Returns
    -------
    tuple of Unit and int, or None
        The unit and the token after it.

    Examples
    --------
    >>> from rashomon._quantities.numbers import split_tokens
    >>> unit, last = find_unit_after(split_tokens("90 miles per hour"), 1)
    >>> unit.symbol, unit.kind, last
    ('mi/h', 'rate', 4)
    """
    start = index + (
        tokens.at(index) in ("-", "‑", "–") and tokens.is_glued(index) and tokens.is_glued(index + 1)
    )
    found = _match_words(tokens, start) or _match_symbol(tokens, start, is_word=is_word)
    if found is None:
        found = _match_behind(tokens, start)
    return _add_per(tokens, *found) if found else None


def _match_behind(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    """Read the unit behind one word more: *three more years*, *40 rushing yards*, *one US gallon*."""
    word = tokens.at(index)
    is_time = word in _BEFORE_TIME
    if not (is_time or word == "us" or (word.endswith("ing") and len(word) > 5)):
        return None
    found = _match_words(tokens, index + 1)
    return found if found and found[0].kind == ("duration" if is_time else "measure") else None


def find_unit_before(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    """Find the money sign or code that ends just before a token: $, US$, HK $, USD, RM.

    Parameters
    ----------
    tokens : Tokens
        From `numbers.split_tokens`.
    index : int
        First token of the number.

    Returns
    -------
    tuple of Unit and int, or None
        The unit and its first token.

    Examples
    --------
    >>> from rashomon._quantities.numbers import split_tokens
    >>> unit, first = find_unit_before(split_tokens("worth US$ 40"), 3)
    >>> unit.symbol, first
    ('USD', 1)
    """
    if index == 0 or tokens.at(index - 1) not in _lexicon().money_ends:
        return None
    money = _lexicon().money
    for first in range(max(0, index - 3), index):
        unit = money.get("".join(tokens.surface(i, i + 1) for i in range(first, index)))
        if unit is not None and _is_money_prefix(tokens, first, index):
            return unit, first
    return None


def find_per(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """Find what an amount is per: *per day*, */s*, *a barrel*, *-a-day*; gives its symbol or noun.

    Examples
    --------
    >>> from rashomon._quantities.numbers import split_tokens
    >>> find_per(split_tokens("per person"), 0), find_per(split_tokens("a man"), 0)
    (('person', 2), None)
    """
    index += tokens.at(index) == "-"
    word = tokens.at(index)
    if word not in ("per", "/", "a", "an"):
        return None
    start = index + 1 + (tokens.at(index + 1) == "-")
    if word == "per" and start < len(tokens) and tokens.is_number[start]:
        return _find_per_number(tokens, start)
    if word == "/" and not tokens.is_glued(start) and not tokens.at(start).isalpha():
        return None
    after = tokens.at(start + 1)
    if tokens.at(start) == "second" and after.isalpha() and after not in _AFTER_SECOND:  # a second dose
        return None
    if after in ("earlier", "ago", "later") or (after == "before" and not tokens.at(start + 2).isalpha()):
        return None  # $3 million a month earlier
    found = _match_words(tokens, start) or (
        _match_symbol(tokens, start, is_word=False) if word in ("/", "per") else None
    )
    if found and found[0].kind in ("duration", "measure"):
        return found[0].symbol, found[1]
    noun = tokens.at(start)
    if (word == "per" and noun.isalpha()) or noun in _SHARED:
        return noun, start + 1
    return None


def _find_per_number(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """Read the *100 km* of *6 liters per 100 km* and the *100,000* of *per 100,000 people*."""
    number = tokens.words[index].replace(",", "")
    found = _match_words(tokens, index + 1) or _match_symbol(tokens, index + 1, is_word=False)
    if not number.isdigit():
        return None
    return (number + found[0].symbol, found[1]) if found else (number, index + 1)


@cache
def unit_names() -> dict[str, str]:
    """Give the English name of every unit symbol in the lexicon, prefixes included."""
    lexicon = _lexicon()
    units = [unit for entries in lexicon.words.values() for _, unit in entries] + list(
        lexicon.symbols.values()
    )
    return {unit.symbol: unit.name for unit in units}


@cache
def money_units() -> frozenset[str]:
    """Give the symbols of the currencies."""
    return frozenset(row["unit"] for row in read_word_list("units") if row["kind"] == "money")


@cache
def _lexicon() -> _Lexicon:
    words: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    symbols: dict[str, Unit] = {}
    money: dict[str, Unit] = {}

    def add(unit: Unit, names: list[str], signs: list[str]) -> None:
        for name in names:
            for form in dict.fromkeys((name, name + "s", name + "es" if name.endswith("ch") else name)):
                parts = tuple(form.split())
                words.setdefault(parts[0], []).append((parts, unit))
        for sign in signs:
            if unit.kind == "money":
                money.setdefault(sign, unit)
            else:
                symbols.setdefault(sign, unit)

    for row in read_word_list("units"):
        names, signs = ([part for part in row[column].split("|") if part] for column in ("words", "symbols"))
        unit = Unit(row["unit"], row["name"], row["kind"])
        add(unit, names, signs)
        for prefix in row["prefixes"].split("|") if row["prefixes"] else ():
            before = _PREFIXES[prefix]
            power, _, base = unit.name.rpartition(" ")  # square kilometer, not kilosquare meter
            longer = Unit(prefix + unit.symbol, f"{power} {before}{base}".strip(), unit.kind)
            spelled = [name.replace(" ", f" {before}", 1) if power else f"{before}{name}" for name in names]
            short = [f"sq {prefix}m"] if power == "square" else []
            marks = (prefix, "μ") if prefix == "µ" else (prefix,)
            add(longer, spelled + short, [mark + sign for mark in marks for sign in signs])
    for entries in words.values():
        entries.sort(key=lambda entry: len(entry[0]), reverse=True)
    # behind a number 150 PS is power, before it PS 150 a pound sign that lost its way
    ends = frozenset(split_tokens(sign).words[-1] for sign in money)
    symbols = money | symbols
    starts = frozenset(split_tokens(sign).words[0] for sign in symbols)
    return _Lexicon(words, symbols, money, ends, starts)


def _match_words(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    for parts, unit in _lexicon().words.get(tokens.at(index), ()):
        last = index
        for part in parts:
            last += last > index and tokens.at(last) == "-"  # kilowatt-hour
            if tokens.at(last) != part:
                break
            last += 1
        else:
            return unit, last
    return None


def _match_symbol(tokens: Tokens, index: int, *, is_word: bool) -> tuple[Unit, int] | None:
    if tokens.at(index) not in _lexicon().symbol_starts:
        return None
    symbols, is_glued = _lexicon().symbols, tokens.is_glued(index)
    last = index + 1
    while last < min(index + 4, len(tokens)) and tokens.is_glued(last):
        last += 1
    for end in range(last, index, -1):
        sign = tokens.surface(index, end)
        unit = symbols.get(sign)
        if unit is None or (is_word and sign.isalpha()):
            continue
        if sign.isalpha() and end < len(tokens) and tokens.is_glued(end) and tokens.at(end).isalnum():
            continue  # part of a longer code
        is_lone = len(sign) == 1 and sign.isalpha() and not is_glued and tokens.at(end) != "/"
        if is_lone and (sign not in _APART or not _ends_phrase(tokens, end)):
            continue
        if sign in ('"', "′", "″") and (is_word or not is_glued or _closes_quotation(tokens, index, end)):
            continue
        return unit, end
    return None


def _closes_quotation(tokens: Tokens, index: int, end: int) -> bool:
    """Tell the end of *"We need 40"* from the inches of *a 40" screen*."""
    is_open = tokens.text.count('"', 0, tokens.starts[index]) % 2 == 1
    return is_open or (tokens.is_glued(end) and tokens.at(end).isalpha())


def _ends_phrase(tokens: Tokens, index: int) -> bool:
    """Tell whether a lone letter is no initial: *a 40 C bath*, not *3 C. Smith*."""
    return index >= len(tokens) or not (tokens.words[index] == "." and tokens.at(index + 1).isalpha())


def _is_money_prefix(tokens: Tokens, first: int, index: int) -> bool:
    """Tell whether a code of letters stands alone as a code: *USD 10*, *RM23*, not the end of a word."""
    surface = tokens.surface(first, index)
    if not surface.isalpha():  # US $5, but "A $5 loan"
        is_letter = tokens.ends[first] - tokens.starts[first] == 1 and index - first > 1
        return not is_letter or tokens.is_glued(first + 1)
    return (
        surface[:1].isupper()
        and not (tokens.is_glued(first) and tokens.at(first - 1).isalnum())
        and len(surface) > 1
    )


def _add_per(tokens: Tokens, unit: Unit, last: int) -> tuple[Unit, int]:
    start = last
    if unit.kind == "money" and tokens.at(last) == "more" and tokens.at(last + 1) in ("a", "per"):
        start += 1  # 300 euros more a month
    per = find_per(tokens, start) if unit.kind not in ("percent", "rate") else None
    if per is None or (unit.kind == "duration" and tokens.at(last) in ("a", "an")):
        return unit, last
    below, end = per
    return Unit(
        f"{unit.symbol}/{below}",
        f"{unit.name} per {unit_names().get(below, below)}",
        "rate",
    ), end
