"""Make amounts of numbers: add sign, unit, scale and age, join ranges, share units.

Known limits: a range with *from … to* may have two words inside and no more; a dollar without a
country is a US dollar; a step and the total it leads to (*rose 5 to 40*) are told from a range by
the verb before them.
"""

from __future__ import annotations

from decimal import Decimal

from rashomon._quantities.digits import Tokens, multiply, split_tokens
from rashomon._quantities.identifiers import read_code, read_name, read_word_name
from rashomon._quantities.lookalikes import (
    Amount,
    counts_one,
    cues,
    find_spans,
    is_plural,
    make_special,
    plain,
    read_idiom,
    read_year,
)
from rashomon._quantities.number_words import has_number
from rashomon._quantities.numbers import Number, find_numbers
from rashomon._quantities.ranges import join_ranges, read_points, share_units
from rashomon._quantities.units import (
    MAGNITUDE,
    MONEY_SCALES,
    POUND_STERLING,
    Unit,
    find_per,
    find_unit_after,
    find_unit_before,
)

_MINUSES = frozenset(("-", "−", "–", "minus", "negative"))


def find_amounts(text: str, *, decimal_comma: bool = False) -> tuple[Tokens, list[Amount]]:
    """Find every numeric expression of a text, quantities and what only looks like one.

    Parameters
    ----------
    text : str
        A sentence, or any text.
    decimal_comma : bool
        As in `numbers.read_digits`.

    Returns
    -------
    tuple of Tokens and list of Amount
        In the order of the text, never overlapping. Both are empty when no number stands in it.

    Examples
    --------
    >>> _, found = find_amounts("On May 5 between $89 and $93 billion went to KN-23.")
    >>> [(a.kind, str(a.low), a.unit) for a in found]
    [('date', 'None', ''), ('range', '89000000000', 'USD'), ('identifier', 'None', '')]
    """
    if not has_number(text):
        return split_tokens(""), []
    tokens = split_tokens(text)
    apart = find_spans(text)
    numbers = find_numbers(tokens, decimal_comma=decimal_comma)
    amounts: list[Amount] = []
    for number in numbers:
        start, end = tokens.starts[number.first], tokens.ends[number.last - 1]
        if amounts and number.first < amounts[-1].last:
            continue
        while apart and apart[0][1] <= start:
            apart.pop(0)
        if apart and apart[0][0] < end:
            amounts.append(_whole(tokens, number, apart[0]))
            continue
        amount = read_idiom(tokens, number.first)
        amount = amount or _make_amount(tokens, number, amounts[-1] if amounts else None)
        if amount is not None and not (amounts and tokens.starts[amount.first] < amounts[-1].end):
            amounts.append(amount)
    return tokens, join_ranges(tokens, read_points(tokens, share_units(tokens, amounts)))


def _whole(tokens: Tokens, number: Number, span: tuple[int, int, str]) -> Amount:
    start, end, kind = span
    first = last = number.first
    while first > 0 and tokens.starts[first - 1] >= start:
        first -= 1
    while last < len(tokens) and tokens.starts[last] < end:
        last += 1
    return Amount(first, last, first, last, kind, None, None, None, bound="", start=start, end=end)


def _make_amount(tokens: Tokens, number: Number, before: Amount | None) -> Amount | None:
    is_word = not tokens.is_number[number.first]
    negative = _find_minus(tokens, number.first)
    money = find_unit_before(tokens, number.first if negative is None else negative)
    first = number.first if negative is None else negative
    if money:
        first = money[1]
        negative = _find_minus(tokens, first) if negative is None else negative
    if money is None and not is_word and (code := read_code(tokens, number)):
        return code
    if number.form in ("idiom", "ordinal", "multiple", "unclear", "endless"):
        return make_special(tokens, number, money)
    if (
        number.last == number.first + 1
        and tokens.words[number.first] == "one"
        and not counts_one(tokens, number)
    ):
        return (
            plain(tokens, number.first, number.last, "idiom") if tokens.at(number.first - 1) == "no" else None
        )
    if is_word and money is None and (name := read_word_name(tokens, number)):
        return name
    is_slashed = number.form == "part" and not is_word and "/" in tokens.words[number.first : number.last]
    label = tokens.at(number.first - 1)
    if is_slashed and (label == "case" or label in cues("label")):  # Case 4471/22
        return plain(tokens, number.first, number.last, "identifier")
    value, scale, last = number.value, number.scale, number.last
    if money or not is_word:
        value, scale, last = _scale_letter(tokens, number, is_money=money is not None)
    number_first, number_last = number.first, last
    if money is None and is_word and number.form == "part" and (whole := _add_part(tokens, number)):
        return whole
    if money is None and (year := read_year(tokens, number, before)):
        return year
    unit, last = _find_unit(tokens, last, money[0] if money else None, is_word=is_word, scale=scale)
    if unit is None and number.form == "many" and tokens.at(last) == "of":  # millions of dollars
        unit, last = find_unit_after(tokens, last + 1, is_word=True) or (None, last)
    if unit is None and number.form == "part":
        unit, last = _find_part_unit(tokens, last)
    # "two Gate 7s" are no seconds
    may_name = negative is None and (unit is None or (unit.symbol == "s" and last == number.last + 1))
    if may_name and (named := read_name(tokens, number, before)):
        return named
    if negative is not None and value is not None:
        value, first, number_first = -value, min(first, negative), negative
    kind = _kind_of(tokens, number, unit)
    low = high = value
    if number.form == "many":
        low, high = scale, multiply(scale, Decimal(10))
        kind = "vague"
    if unit is None and kind == "cardinal" and _is_magnitude(tokens, first):
        kind, unit = "measure", MAGNITUDE
    symbol = unit.symbol if unit else {"age": "year", "multiple": "times"}.get(kind, "")
    if kind == "age":
        last = _end_of_age(tokens, last)
    bound = "=" if low is not None else ""
    return Amount(
        first, last, number_first, number_last, kind, value, low, high, symbol, scale, bound,
        tokens.starts[number_first], tokens.ends[number_last - 1],
    )  # fmt: skip


def _is_magnitude(tokens: Tokens, first: int) -> bool:
    """Tell *a magnitude 6.1 quake*, *a magnitude of 7*."""
    return "magnitude" in tokens.words[max(0, first - 2) : first] and tokens.at(first - 1) in _OF_MAGNITUDE


_OF_MAGNITUDE = frozenset(("magnitude", "of", "-", "was"))


def _add_part(tokens: Tokens, number: Number) -> Amount | None:
    """Read *an hour and a half*: the part stands behind the unit."""
    first = number.first - 3
    if tokens.words[max(0, first) : first + 1] not in (["a"], ["an"]) or tokens.at(first + 2) != "and":
        return None
    found = find_unit_after(tokens, first + 1, is_word=True)
    if found is None or found[1] != first + 2 or number.value is None:
        return None
    whole = plain(tokens, first, number.last, found[0].kind, number.value + 1)
    return whole._replace(unit=found[0].symbol)


def _find_part_unit(tokens: Tokens, last: int) -> tuple[Unit | None, int]:
    """Find the unit of *half an hour*, *a quarter of a liter*."""
    index = last + (tokens.at(last) == "of")
    if tokens.at(index) not in ("a", "an", "one"):
        return None, last
    index += 1 + (tokens.at(index + 1) == "us")  # a US pint
    return find_unit_after(tokens, index, is_word=True) or (None, last)


def _scale_letter(tokens: Tokens, number: Number, *, is_money: bool) -> tuple[Decimal | None, Decimal, int]:
    """Apply the letter in $13.6M, 80K, 30m users; a lower-case m alone stays a meter."""
    last = number.last
    letter = tokens.surface(last, last + 1) if last < len(tokens) and tokens.is_glued(last) else ""
    step = MONEY_SCALES.get(letter)
    if step is None or number.value is None or number.scale != 1:
        return number.value, number.scale, last
    is_counted = letter in "KkMB" or (letter == "m" and is_plural(tokens.at(last + 1)))
    if not (is_money or is_counted) or (tokens.is_glued(last + 1) and tokens.at(last + 1)[:1].isalnum()):
        return number.value, number.scale, last
    return multiply(number.value, step), step, last + 1


def _find_minus(tokens: Tokens, first: int) -> int | None:
    """Find the minus of -5, minus 5, minus-5, $-5; the dash of a range or of a pause is none."""
    index = first - 1
    if tokens.at(index) == "-" and tokens.at(index - 1) in ("minus", "negative"):
        return index - 1
    mark = tokens.at(index)
    if mark not in _MINUSES:
        return None
    if mark in ("minus", "negative"):
        return index
    if not tokens.is_glued(first):
        return None
    before = tokens.at(index - 1)
    is_free = index == 0 or not tokens.is_glued(index) or before in ("(", "[", "=", "$", "€", "£", "¥")
    return index if is_free and before != mark and not (before and tokens.is_number[index - 1]) else None


def _find_unit(
    tokens: Tokens, last: int, money: Unit | None, *, is_word: bool, scale: Decimal
) -> tuple[Unit | None, int]:
    found = find_unit_after(tokens, last, is_word=is_word)
    if money is None:
        if found and found[0].symbol == "lb" and tokens.at(found[1]) != "of":
            is_paid = not cues("spend").keys().isdisjoint(tokens.words[max(0, last - 5) : last])
            if scale >= 10**6 or is_paid:  # nobody weighs millions of pounds, but of something
                return POUND_STERLING, found[1]
        return found if found else (None, last)
    index = last
    if tokens.at(last) in ("us", "u"):  # $40 US a ton, $41 U.S. per ton
        index = last + (4 if tokens.at(last) == "u" else 1)
    elif found and found[0].kind == "money":
        index = found[1]
    per = find_per(tokens, index + (tokens.at(index) == "more" and tokens.at(index + 1) in ("a", "per")))
    if per is None:
        return money, index
    return Unit(f"{money.symbol}/{per[0]}", f"{money.name} per {per[0]}", "rate"), per[1]


def _kind_of(tokens: Tokens, number: Number, unit: Unit | None) -> str:
    if _is_age(tokens, number, unit):
        return "age"
    if unit is not None:
        return unit.kind
    if number.form == "part":
        return "fraction"
    is_multiple = (
        tokens.at(number.last) == "times" and tokens.surface(number.last, number.last + 1) == "times"
    )
    return "multiple" if is_multiple else "cardinal"


_AGES = frozenset(("age", "expectancy"))
_IS = frozenset(("is", "was", "be", "turned", "turns", "turning"))
_PERSONS = frozenset(("he", "she", "who"))


def _is_age(tokens: Tokens, number: Number, unit: Unit | None) -> bool:
    """Tell *50-year-old*, *aged 25* and *Lopez, 48,* from durations and counts."""
    if unit is not None:
        if unit.kind != "duration":
            return False
        index = number.last + (tokens.at(number.last) == "-") + 1
        index += tokens.at(index) == "-"
        return tokens.at(index) == "old" or tokens.words[index : index + 2] == ["of", "age"]
    value, before = number.value, tokens.at(number.first - 1)
    if value is None or not 0 < value < 120 or value != value.to_integral_value() or number.form != "plain":
        return False
    if before in ("aged", "age") or (before == "of" and tokens.at(number.first - 2) in ("age", "ages")):
        return True
    is_end = tokens.at(number.last) in ("", ".", ",") or tokens.at(number.last) in cues("stop")
    clause = tokens.words[max(0, number.first - 12) : number.first]
    is_age_end = is_end or tokens.at(number.last).endswith("ing")
    if (
        is_age_end
        and before != "by"
        and not set(clause).isdisjoint(_AGES)
        and not set(clause).isdisjoint(_IS)
    ):
        return True  # the average age in the home is 81
    if is_end and before in _IS and set(tokens.words[max(0, number.first - 4) : number.first]) & _PERSONS:
        return True  # he will be 35 by then
    if (
        is_end
        and before == "be"
        and tokens.words[number.first - 3 : number.first - 1] in (["live", "to"], ["lived", "to"])
    ):
        return True
    name = number.first - 2
    is_name = before == "," and name >= 0 and tokens.text[tokens.starts[name]].isupper()
    is_name = is_name or tokens.at(name - 1) in ("its", "their", "his", "her", "whose")  # its author, 34,
    is_person = tokens.at(name - 1) in ("the", "a", "an") and value > 14 and not is_plural(tokens.at(name))
    is_name = is_name or (is_person and before == "," and tokens.at(number.last) == ",")  # the keeper, 34,
    is_name = is_name and tokens.at(name) not in cues("stop")
    return is_name and tokens.at(number.last) in (",", ".") and not tokens.is_glued(number.first)


def _end_of_age(tokens: Tokens, last: int) -> int:
    index = last + (tokens.at(last) == "-")
    return index + 1 if tokens.at(index) == "old" else last
