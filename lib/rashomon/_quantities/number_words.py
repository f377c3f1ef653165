"""Give the words that numbers are made of, and tell at a glance whether a text holds any.

Known limits: number words are English.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from rashomon._quantities.digits import VULGAR
from rashomon.read import read_word_list

BEFORE_MANY = frozenset(("a", "an", "several", "few", "couple"))


def has_number(text: str) -> bool:
    """Tell whether a text may hold a number: the cheap scan before all other work.

    Examples
    --------
    >>> has_number("Dozens came."), has_number("Nobody came.")
    (True, False)
    """
    return _gate().search(text.lower()) is not None


@cache
def numerals() -> dict[str, dict[str, Decimal]]:
    """Give number words by role; a word may have two (*third*: ordinal and, after *one*, a part)."""
    table: dict[str, dict[str, Decimal]] = {}
    for row in read_word_list("number_words"):
        table.setdefault(row["word"], {})[row["role"]] = Decimal(row["value"] or 0)
    return table


@cache
def openers() -> frozenset[str]:
    """Give the words and marks that a number may begin with."""
    return frozenset(numerals()) | BEFORE_MANY | frozenset(VULGAR)


@cache
def continuers() -> frozenset[str]:
    """Give the words and marks behind digits that may belong to the same number."""
    return openers() | {"and", "point", "-", "/", "⁄", "st", "nd", "rd", "th"}


@cache
def _gate() -> re.Pattern[str]:
    by_letter: dict[str, list[str]] = {}
    for word in sorted(numerals(), key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    words = "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in by_letter.items())
    return re.compile(rf"[\d{''.join(VULGAR)}]|\b(?:{words})\b")


def role_of(word: str, role: str) -> Decimal | None:
    return numerals().get(word, {}).get(role)
