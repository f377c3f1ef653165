"""Make amounts of numbers: add sign, unit, scale and age, join ranges, share units.

Known limits: a range with *from … to* may have two words inside and no more; a dollar without a
country is a US dollar; a step and the total it leads to (*rose 5 to 40*) are told from a range by
the verb before them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from rashomon._quantities.digits import Tokens, divide, multiply, split_tokens
from rashomon._quantities.identifiers import is_score, read_code, read_name
from rashomon._quantities.lookalikes import (
    Amount,
    counts_one,
    cues,
    find_spans,
    is_plural,
    make_special,
    plain,
    read_year,
)
from rashomon._quantities.numbers import Number, find_numbers, has_number
from rashomon._quantities.units import (
    MONEY_SCALES,
    POUND_STERLING,
    Unit,
    find_per,
    find_unit_after,
    find_unit_before,
)
from rashomon.read import read_word_list

_RANGE_MARKS = frozenset(("to", "-", "–", "‑", "−", "through"))


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
        amount = _make_amount(tokens, number, amounts[-1] if amounts else None)
        if amount is not None and not (amounts and tokens.starts[amount.first] < amounts[-1].end):
            amounts.append(amount)
    return tokens, _join_ranges(tokens, _share_units(tokens, amounts))


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
    value, scale, last = number.value, number.scale, number.last
    if money or not is_word:
        value, scale, last = _scale_letter(tokens, number, is_money=money is not None)
    number_first, number_last = number.first, last
    if money is None and (year := read_year(tokens, number, before)):
        return year
    unit, last = _find_unit(tokens, last, money[0] if money else None, is_word=is_word, scale=scale)
    if unit is None and number.form == "part" and tokens.at(last) in ("a", "an"):  # half an hour
        unit, last = find_unit_after(tokens, last + 1, is_word=True) or (None, last)
    # "two Gate 7s" are no seconds
    if (unit is None or (unit.symbol == "s" and last == number.last + 1)) and (
        named := read_name(tokens, number, before)
    ):
        return named
    if negative is not None and value is not None:
        value, first, number_first = -value, min(first, negative), negative
    kind = _kind_of(tokens, number, unit)
    low = high = value
    if number.form == "many":
        low, high = scale, multiply(scale, Decimal(10))
        kind = "vague"
    symbol = unit.symbol if unit else "year" if kind == "age" else ""
    if kind == "age":
        last = _end_of_age(tokens, last)
    bound = {"many": "~"}.get(number.form, "=" if value is not None else "")
    return Amount(
        first, last, number_first, number_last, kind, value, low, high, symbol, scale, bound,
        tokens.starts[number_first], tokens.ends[number_last - 1],
    )  # fmt: skip


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
        if found and found[0].symbol == "lb" and scale >= 10**6 and tokens.at(found[1]) != "of":
            return POUND_STERLING, found[1]  # nobody weighs millions of pounds, but of something
        return found if found else (None, last)
    index = last
    if tokens.at(last) in ("us", "u"):  # $40 US a ton, $41 U.S. per ton
        index = last + (4 if tokens.at(last) == "u" else 1)
    elif found and found[0].kind == "money":
        index = found[1]
    per = find_per(tokens, index)
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
    return (
        "multiple"
        if tokens.at(number.last) == "times" and tokens.at(number.last + 1) in _TIMES_MORE
        else "cardinal"
    )


_TIMES_MORE = frozenset((
    "as", "more", "higher", "larger", "bigger", "greater", "the", "that", "its", "their", "less",
    "lower", "faster",
))  # fmt: skip


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
    is_name = is_name and tokens.at(name) not in cues("stop")
    return is_name and tokens.at(number.last) in (",", ".") and not tokens.is_glued(number.first)


def _end_of_age(tokens: Tokens, last: int) -> int:
    index = last + (tokens.at(last) == "-")
    return index + 1 if tokens.at(index) == "old" else last


def _share_units(tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
    """Give *5 and 6 kg*, *two-, three- and four-ton* and *35, 20 and 15 percent* one unit each."""
    shared = list(amounts)
    for i in range(len(shared) - 2, -1, -1):
        one, two = shared[i], shared[i + 1]
        if one.unit or not two.unit or one.kind not in ("cardinal",) or two.first - one.last > 3:
            continue
        between = tokens.words[one.last : two.first]
        is_list = between and set(between) <= {"and", "or", ",", "-"} and between != ["-"]
        if is_list or between == ["of", "the"]:  # 40 million of the 90 million euros
            shared[i] = replace(one, unit=two.unit, kind=two.kind)
    for i, two in enumerate(shared[1:], 1):
        if (
            two.kind == "cardinal"
            and not two.unit
            and (one_before := _unit_left_out(tokens, shared[:i], two))
        ):
            shared[i] = replace(two, unit=one_before.unit, kind=one_before.kind)
    return shared


def _unit_left_out(tokens: Tokens, before: list[Amount], two: Amount) -> Amount | None:
    """Find the amount whose unit is left out: *from 9 km to 12*, *3 km in 2018 and 4 in 2019*."""
    link, after = tokens.at(two.first - 1), tokens.at(two.last)
    if not (after in ("", ".", ",", ";") or after in cues("stop")):
        return None
    one = next((a for a in reversed(before[-2:]) if a.kind not in ("year", "date")), None)
    if one is None or one.kind not in ("measure", "percent", "rate", "money") or two.first - one.last > 12:
        return None
    start = tokens.at(one.first - 1)
    between = tokens.words[one.last : two.first]
    if link == "by" and start == "by":
        return one
    if link == "to" and "from" in tokens.words[max(0, one.first - 5) : one.first] and len(between) < 5:
        return one
    return one if link == "and" and before[-1].kind == "year" else None


def _join_ranges(tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
    joined: list[Amount] = []
    for amount in amounts:
        pair = _join(tokens, joined[-1], amount) if joined else None
        if pair is None:
            joined.append(amount)
        else:
            joined[-1] = pair
    return joined


def _join(tokens: Tokens, one: Amount, two: Amount) -> Amount | None:
    """Join two amounts that belong together: to a range, a part (*one in four*), a score, a span of years."""
    between = tokens.words[one.last : two.first]
    if (
        tokens.at(one.first - 1) == "from"
        and between[-1:] == ["to"]
        and len(between) < 5
        and not set(between) & set(",;:(")
    ):
        between = ["to"]  # from 8 km inland to 11
    if not between or len(between) > 4:
        return None
    if one.kind == two.kind == "year" and one.value is not None and two.value is not None:
        opened = tokens.at(one.first - 1) in ("between", "from")
        if between == ["to"] or (between == ["and"] and opened):
            return replace(
                one, value=None, high=two.value, last=two.last, number_last=two.number_last, end=two.end
            )
        return None
    if not (one.is_quantity and two.is_quantity) or one.value is None or two.value is None:
        return None
    if "multiple" in (one.kind, two.kind):
        return None
    words = [w for w in between if w not in ("about", "around", "nearly", "as", "many", "much", "a", "just")]
    before = tokens.at(one.first - 1)
    if words in (["in"], ["out", "of"], ["in", "every"]) and _is_part(tokens, one, two):
        value = divide(one.value, two.value)
        part = replace(one, kind="fraction", value=value, low=value, high=value)
        return replace(part, last=two.last, number_last=two.number_last, end=two.end)
    is_dash = len(words) == 1 and words[0] in ("-", "–", "‑", "−")
    is_range = (
        (len(words) == 1 and words[0] in _RANGE_MARKS)
        or words in (["-", "to", "-"], ["-", "to"], ["to", "-"])
        or (words == ["and"] and "between" in tokens.words[max(0, one.first - 3) : one.first])
        or (words == ["or"] and two.value > one.value and not (one.unit and not two.unit))
    )  # fmt: skip
    if not is_range or (one.unit and two.unit and one.unit.split("/")[0] != two.unit.split("/")[0]):
        return None
    if words == ["to"] and (_is_reached(tokens, one) or (before == "by" and one.unit)):
        return None  # rose by 3 km to 10 km
    if is_dash and is_score(tokens, one, two):
        return plain(tokens, one.first, two.last, "identifier")
    return _range(one, two)


def _is_part(tokens: Tokens, one: Amount, two: Amount) -> bool:
    """Tell *one in four* from *40 in two rooms* and from *7 in 9 races*."""
    if (
        one.unit
        or two.unit
        or one.value is None
        or two.value is None
        or not 0 < one.value < min(two.value, Decimal(10))
    ):
        return False
    return one.value == one.value.to_integral_value() and (
        one.value == 1 or not tokens.is_number[one.number_first]
    )


def _range(one: Amount, two: Amount) -> Amount:
    assert one.value is not None
    assert two.value is not None
    value, top = one.value, two.value
    if (
        two.scale != 1
        and one.scale == 1
        and abs(value) < abs(top / two.scale) * 10
        and value <= top / two.scale
    ):
        value = multiply(value, two.scale)  # $89 to $93 billion
    unit = two.unit or one.unit
    if one.unit and two.unit and len(one.unit) > len(two.unit):
        unit = one.unit
    kind = "age" if "age" in (one.kind, two.kind) else "range"
    bound = "~" if "~" in (one.bound, two.bound) else "="
    return Amount(
        one.first, two.last, one.number_first, two.number_last, kind, None, min(value, top), max(value, top),
        unit, Decimal(1), bound, one.start, two.end,
    )  # fmt: skip


def _is_reached(tokens: Tokens, one: Amount) -> bool:
    """Tell *rose 5 cents to 40 cents* and *up 5 to 40* from a range: there the first amount is the step."""
    if one.unit == "" or tokens.at(one.first - 1) == "from":
        return False
    back = tokens.words[max(0, one.first - 4) : one.first]
    return "from" not in back and any(word in trend_words() for word in back) and "by" not in back


@cache
def trend_words() -> dict[str, str]:
    """Give the words that tell of a rise or a fall, left of a number."""
    return {
        row["phrase"]: row["trend"]
        for row in read_word_list("bounds")
        if row["trend"] and row["side"] == "left"
    }
