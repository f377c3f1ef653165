"""Split a text into words, numbers and marks, and read numbers in digits exactly.

Known limits: ``1,5`` has two readings and gets none, unless the caller knows that the text writes
decimal commas; digits of any script are read, number words are not (see `numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal

MAX_DIGITS = 60
_NOTHING = [""] * 64


# Wide enough that no product of a printed number and a scale is ever rounded; `MAX_DIGITS` keeps it so.
EXACT = Context(prec=400, Emax=10**6, Emin=-(10**6))


_TO_28 = Context(prec=28)


VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")


# Every repetition is possessive (`++`) or short: a megabyte of digits is read once and never read back.
_TOKEN = re.compile(
    r"""[A-Za-z]++(?!['’\w])                      # plain words first: there are the most of them
      | [^\W\d_]++(?:['’][^\W\d_]++)*+
      | (?=[\d.]) (?: (?: \d{1,3}(?:[,’']\d{3}){1,20}+(?!\d)(?:\.\d++)?     # 1,500  1’500  1,500.25
          | \d{1,2}(?:,\d{2}(?=,)){1,20}+,\d{3}(?!\d)(?:\.\d++)?   # 1,00,000
          | \d{1,3}(?:\.\d{3}){1,20}+,\d++              # 1.500,25
          | \d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,20}+(?!\d)(?:[.,]\d++)?   # 1 500 with a hard or thin space
          | \d{1,3}(?:\ \d{3}){0,6}\ 000(?!\d) | \d{1,3}(?:\ \d{3}){2,6}+(?!\d)
          | (?<!,)\d++,\d{1,2}(?![\d,]|\.\d)             # 1,5
          | \d++(?:\.\d++)*+ | (?<![\w.])\.\d++ )
        (?: [eE][+−–-]?\d{1,4}(?!\w)
          | \s?[×x*·]\s?10(?:\^?[−–+-]?\d{1,3}|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?!\w) )?
      )
      | \S""",
    re.VERBOSE,
)


_PLAIN = re.compile(r"\d++|\d{1,3}(?:,\d{3})++(?:\.\d*[1-9])?|\d++\.\d*[1-9]")


_POWER = re.compile(r"(?:[eE]|\s?[×x*·]\s?10\^?)([⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+|[−–+-]?\d+)$")


_COMMA_DECIMALS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+")


_PLAINLY_COMMA_DECIMALS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")


_TWO_READINGS = re.compile(r"\d+,\d{1,2}")


@dataclass(slots=True, frozen=True)
class Tokens:
    """The words, numbers and marks of a text, in order, and where each stands."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    is_number: list[bool]
    # Give the token in lower case, or "" beyond either end: the most frequent call there is.
    at: Callable[[int], str]

    def __len__(self) -> int:
        return len(self.words)

    def is_glued(self, index: int) -> bool:
        """Tell whether nothing stands between the token and the one before it."""
        return 0 < index < len(self.words) and self.starts[index] == self.ends[index - 1]

    def surface(self, first: int, last: int) -> str:
        """Give the text from token `first` up to, not including, token `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def split_tokens(text: str) -> Tokens:
    """Split a text into words, numbers and marks.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Tokens
        In the order of the text, words in lower case.

    Examples
    --------
    >>> split_tokens("Over 1,500 men.").words
    ['over', '1,500', 'men', '.']
    """
    lower = text.lower()
    spans = [match.span() for match in _TOKEN.finditer(text)]
    if len(lower) == len(text):
        words = [lower[start:end] for start, end in spans]
    else:  # a letter that is two in lower case
        words = [text[start:end].lower() for start, end in spans]
    starts, ends = [span[0] for span in spans], [span[1] for span in spans]
    is_number = [word[0].isdecimal() or (word[0] == "." and len(word) > 1) for word in words]
    # A list takes a negative index from its end: there, as beyond it, nothing stands.
    return Tokens(text, words, starts, ends, is_number, (words + _NOTHING).__getitem__)


def read_digits(surface: str, *, decimal_comma: bool = False) -> Decimal | None:
    """Read a number in digits, exactly.

    Parameters
    ----------
    surface : str
        Digits with separators, and possibly a power of ten.
    decimal_comma : bool
        Whether the text writes 1.500 for one thousand five hundred.

    Returns
    -------
    Decimal or None
        None when the digits have more than one reading or more than 60 places.

    Examples
    --------
    >>> read_digits("1,500.25"), read_digits("1.500", decimal_comma=True), read_digits("1,5")
    (Decimal('1500.25'), Decimal('1500'), None)
    """
    mantissa, exponent = surface, 0
    if len(surface) <= MAX_DIGITS and not decimal_comma and _PLAIN.fullmatch(surface):  # most numbers
        return Decimal(surface.replace(",", ""))
    power = _POWER.search(surface[-24:])
    if power:
        mantissa, exponent = surface[: -len(power[0])], int(power[1].translate(_SUPERSCRIPTS))
    if len(mantissa) > MAX_DIGITS + 20:
        return None
    mantissa = re.sub(r"[\s’']", "", mantissa)
    if (_COMMA_DECIMALS if decimal_comma else _PLAINLY_COMMA_DECIMALS).fullmatch(mantissa):
        mantissa = mantissa.replace(".", "").replace(",", ".")
    elif _TWO_READINGS.fullmatch(mantissa):
        return None
    else:
        mantissa = mantissa.replace(",", "")
    if mantissa.count(".") > 1 or len(mantissa) > MAX_DIGITS:
        return None
    return tidy(Decimal(f"{mantissa}E{exponent}"))


def has_decimal_comma(text: str) -> bool:
    """Tell whether a text writes its numbers with points between thousands and a comma before decimals.

    Only unambiguous numbers vote: 1.500,25 or 1.200.000 for, 1,500 or 1,500.25 against.

    Examples
    --------
    >>> has_decimal_comma("1.200.000 people, 1.500 soldiers"), has_decimal_comma("1,500 men at 1.500 m")
    (True, False)
    """
    votes_for = re.search(r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3})++,\d|(?:\.\d{3}){2,}+(?![\d.]))", text)
    return votes_for is not None and re.search(r"(?<![\d.,])\d{1,3}(?:,\d{3})++(?![\d,])", text) is None


def divide(numerator: Decimal | int, denominator: Decimal | int) -> Decimal:
    """Divide exactly where the decimals end, else round at the 28th digit."""
    return tidy(_TO_28.divide(Decimal(numerator), Decimal(denominator)))


def multiply(value: Decimal, factor: Decimal) -> Decimal:
    """Multiply exactly."""
    return value if factor == 1 else tidy(EXACT.multiply(value, factor))


def tidy(value: Decimal) -> Decimal:
    """Write a value without trailing zeros and, as far as it is short, without an exponent."""
    value = value.normalize(EXACT)
    is_short = int(value.as_tuple().exponent) > 0 and value.adjusted() < MAX_DIGITS
    return value.quantize(Decimal(1), context=EXACT) if is_short else value
