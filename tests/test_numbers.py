from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._quantities.digits import divide, has_decimal_comma, multiply, read_digits, split_tokens
from rashomon._quantities.number_words import has_number
from rashomon._quantities.numbers import find_numbers, read_number

SMALL = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int) -> str:
    """Write a whole number in words: the other way round, to check against."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            tail = (" and " if rest < 100 else " ") + spell(rest) if rest else ""
            return f"{spell(number // size)} {name}{tail}"
    if number >= 100:
        return f"{SMALL[number // 100]} hundred" + (f" and {spell(number % 100)}" if number % 100 else "")
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    return SMALL[number]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_words_are_read_as_they_are_spelled(number: int) -> None:
    assert read_number(spell(number)) == number


@settings(max_examples=100, deadline=None)
@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, places=3))
def test_digits_are_read_exactly(number: Decimal) -> None:
    assert read_number(f"{number:f}") == number
    assert read_number(f"{number:,f}") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,500", "1500"), ("1’500", "1500"), ("1,500.25", "1500.25"), ("2.636.043", "2636043"),
        (".08", "0.08"),
        ("1.500", "1.5"), ("2 636 043", "2636043"), ("10 000", "10000"), ("1\u202f500", "1500"),
        ("1,00,000", "100000"),
        ("7 hundred million", "700000000"), ("6 thousand 5 hundred and 43", "6543"), ("fifty two", "52"),
        ("a hundred", "100"), ("hundred", "100"), ("three hundred point zero six", "300.06"),
        ("1.2bn", "1200000000"),
        ("hundred thousand million", "100000000000"), ("3 dozens", "36"), ("half a dozen", "6"),
        ("six crore", "60000000"),
        ("1,5 million", "1500000"), ("two and a half", "2.5"), ("one and a half thousand", "1500"),
        ("3 million and a half", "3500000"), ("five and a half million", "5500000"), ("2½", "2.5"),
        ("¾", "0.75"),
        ("2 1/2", "2.5"), ("1/4", "0.25"), ("three quarters", "0.75"), ("two-fifths", "0.4"),
        ("a quarter million", "250000"),
        ("one eighth", "0.125"), ("one and three quarters", "1.75"), ("1.99×10⁻³", "0.00199"),
        ("5.5x10-3", "0.0055"),
        ("1e13", "10000000000000"), ("5e-2", "0.05"), ("twenty-first", "21"), ("21st", "21"),
        ("twice", "2"), ("١٢٣", "123"),
    ],
)  # fmt: skip
def test_readings(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)
    assert str(read_number(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "many", "1,2,3", "1,5", "192.168.1.2", "two three", "5 and 6", "nineteen ninety", "dozens",
        "a third country",
        "4 hundred and 3 hundred", "six-nought-two", "1/0", "1/2/2024", "9" * 61, "5 half",
        "quarters", "tens", "point five",
    ],
)  # fmt: skip
def test_what_is_not_one_number_with_one_value(text: str) -> None:
    assert read_number(text) is None


def forms(text: str) -> list[tuple[str, str]]:
    tokens = split_tokens(text)
    return [(tokens.surface(n.first, n.last), n.form) for n in find_numbers(tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tens of thousands", [("tens of thousands", "many")]),
        ("a few thousand", [("a few thousand", "many")]),
        ("a couple of hundred", [("a couple of hundred", "many")]),
        ("scores of men and scores in sport", [("scores", "many")]),
        ("a few men", []),
        ("the first half", [("first", "ordinal")]),
        ("half-time", []),
        ("more than half", [("half", "part")]),
        ("profit for a quarter", []),
        ("a quarter of it", [("a quarter", "part")]),
        ("a third.", [("a third", "part")]),
        ("a third man", [("third", "ordinal")]),
        ("three hundred and two thirds", [("three hundred and two thirds", "plain")]),
        ("once", [("once", "idiom")]),
        ("9" * 61, [("9" * 61, "endless")]),
        ("1,5", [("1,5", "unclear")]),
        ("five point", [("five", "plain")]),
        ("twenty-one and twenty-", [("twenty-one", "plain"), ("twenty", "plain")]),
        ("two hundred and 5 men", [("two hundred and 5", "plain")]),
        ("two million 200 men", [("two million", "plain"), ("200", "plain")]),
        ("bn", []),
    ],
)
def test_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert forms(text) == expected


def test_thirds_are_rounded_at_the_28th_digit() -> None:
    assert str(divide(1, 3)) == "0." + "3" * 28


def test_products_are_exact() -> None:
    assert multiply(Decimal("9" * 60), Decimal(10**12)) == Decimal("9" * 60 + "0" * 12)


def test_the_locale_hint_decides_a_point() -> None:
    assert read_digits("1.500", decimal_comma=True) == 1500
    assert read_digits("1,5", decimal_comma=True) == Decimal("1.5")
    assert has_decimal_comma("Es waren 1.200.000 Leute und 1.500 Soldaten.")
    assert not has_decimal_comma("1.500 and 1,500")
    assert not has_decimal_comma("1.200.000 or 1,200")


def test_a_power_may_be_huge_but_not_silently_wrong() -> None:
    assert read_number("1e999") == Decimal("1e999")
    assert read_number("1e99999") is None


def test_the_gate() -> None:
    assert [word for word in ("5", "Dozens", "half", "¼", "٣", "anyone", "tone", "",
    "halfway") if has_number(word)] == [
        "5", "Dozens", "half", "¼", "٣",
    ]  # fmt: skip


def test_tokens_know_where_they_stand() -> None:
    tokens = split_tokens("Over 1,500 km²")
    assert [tokens.text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)] == [
        "Over",
        "1,500",
        "km²",
    ]
    assert tokens.surface(1, 3) == "1,500 km²"
    assert (tokens.at(-1), tokens.at(9), tokens.is_glued(0), tokens.is_glued(2)) == ("", "", False, False)
