"""Read numbers in English text: digits, words, scales, parts and ordinals, as exact amounts.

The grammar works on tokens, so that each number knows where it stands. A cheap scan (`has_number`)
decides first whether a text is worth the work.

Known limits: a third has no exact decimal, so parts that do not come out even are rounded at the
28th digit; ``1,5`` is one and a half only where a scale stands beside it; number words are English.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from rashomon._quantities.digits import (
    EXACT,
    MAX_DIGITS,
    VULGAR,
    Tokens,
    divide,
    multiply,
    read_digits,
    split_tokens,
    tidy,
)
from rashomon._quantities.number_words import BEFORE_MANY, continuers, numerals, openers, role_of
from rashomon.read import read_word_list

Form = Literal["plain", "part", "ordinal", "many", "multiple", "idiom", "unclear", "endless"]


class Number(NamedTuple):
    """A number: tokens `first` up to `last`, its value, and how it is built.

    `scale` is the power of ten (or dozen) its words multiplied it by, 1 when none did.
    """

    first: int
    last: int
    value: Decimal | None
    form: Form = "plain"
    scale: Decimal = Decimal(1)


def find_numbers(tokens: Tokens, *, decimal_comma: bool = False) -> list[Number]:
    """Find the numbers of a text, longest reading first, left to right, never overlapping.

    Parameters
    ----------
    tokens : Tokens
        From `split_tokens`.
    decimal_comma : bool
        As in `read_digits`.

    Returns
    -------
    list of Number
        `value` is None for words without one (*dozens*) and digits that cannot be read as one amount.

    Examples
    --------
    >>> [str(n.value) for n in find_numbers(split_tokens("one and a half thousand of 1.2 million"))]
    ['1500', '1200000']
    """
    found: list[Number] = []
    starts, last = openers(), 0
    for index, word in enumerate(tokens.words):
        if index >= last and (tokens.is_number[index] or word in starts):
            number = _read_at(tokens, index, decimal_comma)
            if number is not None:
                found.append(number)
                last = number.last
    return found


def read_number(text: str) -> Decimal | None:
    """Read a text that is one number and nothing else.

    Parameters
    ----------
    text : str
        A number in digits or words.

    Returns
    -------
    Decimal or None
        None when the text is not one number with one value.

    Examples
    --------
    >>> read_number("three million and a half"), read_number("1,2,3")
    (Decimal('3500000'), None)
    """
    tokens = split_tokens(text)
    found = find_numbers(tokens)
    if len(found) != 1 or (found[0].first, found[0].last) != (0, len(tokens)):
        return None
    return found[0].value


def _read_at(tokens: Tokens, first: int, decimal_comma: bool) -> Number | None:
    word = tokens.words[first]
    if tokens.is_number[first]:
        after = tokens.at(first + 1)
        if after not in continuers() and not after[:1].isdecimal():  # most numbers
            value = read_digits(word, decimal_comma=decimal_comma)
            if value is not None:
                return Number(first, first + 1, value)
        return _read_ordinal_digits(tokens, first) or _read_cardinal(tokens, first, decimal_comma)
    if word in VULGAR:
        return Number(first, first + 1, divide(*VULGAR[word]), "part")
    if word in BEFORE_MANY:
        many = _read_many(tokens, first)
        return many or (_read_article(tokens, first, decimal_comma) if word in ("a", "an") else None)
    roles = numerals()[word]
    if "many" in roles:
        return _read_many_of_many(tokens, first, roles["many"])
    if "multiple" in roles or "idiom" in roles:
        return Number(first, first + 1, roles.get("multiple"), "multiple" if "multiple" in roles else "idiom")
    if "ordinal" in roles:
        return Number(first, first + 1, roles["ordinal"], "ordinal")
    if word == "half":
        return _read_half(tokens, first, decimal_comma)
    return _read_cardinal(tokens, first, decimal_comma)


def _read_many(tokens: Tokens, first: int) -> Number | None:
    """Read *several hundred*, *a few thousand*, *a couple of dozen*: an order of magnitude, not a number."""
    index = first + (tokens.at(first) in ("a", "an"))
    if tokens.at(index) not in ("several", "few", "couple"):
        return None
    index += 1 + (tokens.at(index) == "couple" and tokens.at(index + 1) == "of")
    scale, last = _read_scales(tokens, index)
    return Number(first, last, None, "many", scale) if last > index else None


def _read_many_of_many(tokens: Tokens, first: int, scale: Decimal) -> Number | None:
    """Read *thousands*, *tens of thousands*, *hundreds of millions*."""
    last = first + 1
    inner = role_of(tokens.at(last + 1), "many") if tokens.at(last) == "of" else None
    if inner:
        return Number(first, last + 2, None, "many", multiply(scale, inner))
    if scale == 10 or (scale == 20 and tokens.at(last) != "of"):  # "in their tens"; "scores in the exam"
        return None
    return Number(first, last, None, "many", scale)


def _read_article(tokens: Tokens, first: int, decimal_comma: bool) -> Number | None:
    """Read *a hundred*, *a dozen*, *a third of*."""
    after = tokens.at(first + 1)
    if role_of(after, "hundred") or role_of(after, "scale"):
        number = _read_cardinal(tokens, first + 1, decimal_comma, is_bare=True)
        return number and number._replace(first=first)
    return _read_part(tokens, first, first + 1, Decimal(1))


def _read_half(tokens: Tokens, first: int, decimal_comma: bool) -> Number | None:
    """Read *half a million*, *half a dozen*, *half of*; not the half of a match or of a compound."""
    after = tokens.at(first + 2)
    if tokens.at(first + 1) in ("a", "an") and (role_of(after, "scale") or role_of(after, "hundred")):
        whole = _read_cardinal(tokens, first + 2, decimal_comma, is_bare=True)
        if whole and whole.value is not None:
            return whole._replace(first=first, value=divide(whole.value, 2))
    if tokens.at(first - 1) in _NAMED_HALVES or tokens.at(first + 1) == "-":
        return None
    return Number(first, first + 1, Decimal("0.5"), "part")


_NAMED_HALVES = frozenset((
    "first", "second", "other", "better", "latter", "this", "last", "next", "final", "opening",
    "early", "later",
))  # fmt: skip


def _read_ordinal_digits(tokens: Tokens, first: int) -> Number | None:
    """Read *21st*."""
    if tokens.at(first + 1) not in ("st", "nd", "rd", "th") or not tokens.is_glued(first + 1):
        return None
    return Number(first, first + 2, read_digits(tokens.words[first]), "ordinal")


def _read_cardinal(
    tokens: Tokens, first: int, decimal_comma: bool, *, is_bare: bool = False
) -> Number | None:
    """Read groups and their scales: *4 hundred million*, *four thousand three hundred and twenty-one*.

    With `is_bare` the first scale may stand without a number: the *million* of *a million*.
    """
    total, smallest, index = Decimal(0), None, first
    while True:
        start = index
        if smallest is not None and tokens.at(index) == "and":
            start += 1
        group = _read_group(tokens, start, decimal_comma)
        if group is None and is_bare and index == first:
            group = (Decimal(1), index)
        if group is None:
            break
        value, after = group
        scale, last = _read_scales(tokens, after)
        if value is None:  # digits with two readings: the scale beside them decides, 1,5 million
            value = read_digits(tokens.words[start], decimal_comma=True) if last > after else None
            if value is None:
                form: Form = "endless" if len(tokens.words[start]) > MAX_DIGITS else "unclear"
                return Number(first, after, None, form) if start == first else None
        amount = multiply(value, scale)
        if smallest is not None:
            is_loose = (
                tokens.is_number[start] and after == start + 1 == last and (start == index or value >= 100)
            )
            if amount >= smallest or not amount or is_loose or role_of(tokens.at(last), "part"):
                break
        total, index = tidy(EXACT.add(total, amount)) if total else amount, last
        if scale < 1000:
            smallest = None
            break
        smallest = scale
    if index == first:
        return _read_tens_ordinal(tokens, first)
    scale = smallest or (scale if index == last else Decimal(1))
    return _read_tail(tokens, Number(first, index, total, "plain", scale))


def _read_tens_ordinal(tokens: Tokens, first: int) -> Number | None:
    """Read *twenty-first*."""
    tens, ones = role_of(tokens.words[first], "tens"), role_of(tokens.at(first + 2), "ordinal")
    if tens and ones and ones < 10 and tokens.at(first + 1) == "-":
        return Number(first, first + 3, tens + ones, "ordinal")
    return None


def _read_group(tokens: Tokens, index: int, decimal_comma: bool) -> tuple[Decimal | None, int] | None:
    """Read what stands before a scale: digits, or words below a thousand. The value is None when unclear."""
    value: Decimal | None
    if index < len(tokens) and tokens.is_number[index]:
        value, index = read_digits(tokens.words[index], decimal_comma=decimal_comma), index + 1
        if value is None or not role_of(tokens.at(index), "hundred"):
            return value, index
    elif role_of(tokens.at(index), "hundred"):
        value = Decimal(1)
    else:
        value, after = _read_below_hundred(tokens, index)
        if after == index:
            return None
        index = after
    if not role_of(tokens.at(index), "hundred"):
        return _read_decimals(tokens, index, value)
    value, index = multiply(value, Decimal(100)), index + 1
    start = index + (tokens.at(index) == "and")
    rest, after = _read_below_hundred(tokens, start)
    if after == start and start > index and tokens.is_number[start : start + 1] == [True]:
        digits = read_digits(tokens.words[start])
        rest, after = (digits, start + 1) if digits and digits < 100 else (Decimal(0), start)
    following = numerals().get(tokens.at(after), {})
    if not rest or "hundred" in following or "part" in following:  # three hundred and | two thirds
        return _read_decimals(tokens, index, value)
    return _read_decimals(tokens, after, value + rest)


def _read_below_hundred(tokens: Tokens, index: int) -> tuple[Decimal, int]:
    """Read *seven*, *fifty*, *fifty-two*, *fifty two*; the index does not move when there is none."""
    roles = numerals().get(tokens.at(index), {})
    if "small" in roles:
        return roles["small"], index + 1
    if "tens" not in roles:
        return Decimal(0), index
    after = index + 1 + (tokens.at(index + 1) == "-" and tokens.is_glued(index + 1))
    ones = role_of(tokens.at(after), "small")
    if ones and ones < 10:
        return roles["tens"] + ones, after + 1
    if after > index + 1 and role_of(tokens.at(after), "ordinal"):  # twenty-first is no twenty
        return Decimal(0), index
    return roles["tens"], index + 1


def _read_decimals(tokens: Tokens, index: int, whole: Decimal) -> tuple[Decimal, int]:
    """Read *point zero three* after a whole number; the index does not move when no digits follow."""
    digits, after = "", index + 1
    if tokens.at(index) != "point":
        return whole, index
    while (value := role_of(tokens.at(after), "small")) is not None and value < 10:
        digits, after = f"{digits}{value}", after + 1
    return (whole + Decimal(f"0.{digits}"), after) if digits else (whole, index)


def _read_scales(tokens: Tokens, index: int) -> tuple[Decimal, int]:
    """Read *million*, *hundred thousand*, *bn*, *dozens* after a number: their product and where they end."""
    scale = Decimal(1)
    while roles := numerals().get(tokens.at(index)):
        step = roles.get("scale") or roles.get("scale_mark") or roles.get("hundred") or roles.get("many")
        if step is None:
            break
        scale, index = multiply(scale, step), index + 1
    return scale, index


def _read_tail(tokens: Tokens, number: Number) -> Number:
    """Read what may follow a whole number: *two-thirds*, ½, /2, *1/2*, *and a half* (thousand)."""
    index, value = number.last, number.value or Decimal(0)
    part = _read_part(tokens, number.first, index, value) or _read_slash(tokens, number.first, index, value)
    if part:
        return part
    if tokens.at(index) in VULGAR and value == value.to_integral_value():
        return _read_scaled(
            tokens, number._replace(last=index + 1, value=value + divide(*VULGAR[tokens.at(index)]))
        )
    if index < len(tokens) and tokens.is_number[index] and tokens.is_number[index - 1]:  # 2 1/2
        part = _read_slash(tokens, index, index + 1, read_digits(tokens.words[index]))
    elif tokens.at(index) == "and":
        numerator = (
            Decimal(1) if tokens.at(index + 1) in ("a", "an") else role_of(tokens.at(index + 1), "small")
        )
        part = _read_part(tokens, index + 1, index + 2, numerator) if numerator else None
    if part is None or part.value is None or part.value >= 1:
        return number
    # "3 million and a half" is half a million more, "two and a half million" half of one more, then scaled
    mixed = tidy(EXACT.add(value, EXACT.multiply(part.value, number.scale)))
    return _read_scaled(tokens, number._replace(last=part.last, value=mixed))


def _read_scaled(tokens: Tokens, number: Number) -> Number:
    scale, last = _read_scales(tokens, number.last)
    if last == number.last or number.value is None:
        return number
    return number._replace(last=last, value=multiply(number.value, scale), form="plain", scale=scale)


def _read_slash(tokens: Tokens, first: int, index: int, above: Decimal | None) -> Number | None:
    """Read the /2 of 1/2; not of a date."""
    if tokens.at(index) not in ("/", "⁄") or not (tokens.is_glued(index) and tokens.is_glued(index + 1)):
        return None
    below = read_digits(tokens.words[index + 1]) if tokens.is_number[index + 1] else None
    if not below or above is None or tokens.at(index + 2) == "/":
        return None
    return Number(first, index + 2, divide(above, below), "part")


def _read_part(tokens: Tokens, first: int, index: int, above: Decimal) -> Number | None:
    """Read the part word at `index`: *two-thirds*, *three quarters*, *a third of*, *and a half*."""
    index += tokens.at(index) == "-"
    word, after = tokens.at(index), tokens.at(index + 1)
    below = role_of(word, "part")
    if above != 1:
        is_plural = below is not None and word not in ("half", "quarter")
        return Number(first, index + 1, divide(above, below), "part") if is_plural and below else None
    if word == "half":
        return Number(first, index + 1, Decimal("0.5"), "part")
    below = below if word == "quarter" else role_of(word, "ordinal")
    if below is None or below < 3:
        return None
    part = Number(first, index + 1, divide(1, below), "part")
    if after == "of":
        return part
    # "a quarter million", but "profit for a quarter"; "a third", but "a third country"
    if word == "quarter" and tokens.at(first - 1) != "and":
        return _read_scaled(tokens, part) if role_of(after, "scale") else None
    return None if after == "-" or (after[:1].isalpha() and after not in _after_part()) else part


@cache
def _after_part() -> frozenset[str]:
    return frozenset(row["phrase"] for row in read_word_list("quantity_cues") if row["role"] == "after_part")
