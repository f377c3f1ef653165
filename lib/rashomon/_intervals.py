"""Read the amount that a telling gives as an interval, and compare two of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rashomon._claimants import size_of

Row = Mapping[Any, Any]
Interval = tuple[Decimal, Decimal]

_NEAR_SHARE = Decimal("0.1")
# "7 percent" and "7.3 percent", "30,000" and "31,000": one is the other, rounded.
_ROUNDED_SHARE, _LEAST_ROUNDED = Decimal("0.05"), 1000
_OPEN = Decimal("Infinity")


def size_in(row: Row) -> Decimal:
    """Give how large the amount is that a telling names, bounds and sign aside; 0 without one.

    Examples
    --------
    >>> size_in({"low": Decimal(-3), "high": None})
    Decimal('3')
    """
    return abs(size_of(row) or Decimal(0))


def _allowed(row: Row) -> Interval:
    """Say which amounts the words allow."""
    low, high = row["low"], row["high"]
    if row["bound"] == "~":
        low = None if low is None else low - abs(low) * _NEAR_SHARE
        high = None if high is None else high + abs(high) * _NEAR_SHARE
    return (-_OPEN if low is None else low), (_OPEN if high is None else high)


def is_disjoint(a: Row, b: Row) -> bool:
    """Whether two amounts cannot both hold: their intervals lie apart, and neither is the other, rounded.

    Examples
    --------
    >>> five, nine = ({"low": Decimal(n), "high": Decimal(n), "bound": "="} for n in (5, 9))
    >>> is_disjoint(five, nine), is_disjoint(five | {"high": None}, nine)
    (True, False)
    """
    (low_a, high_a), (low_b, high_b) = _allowed(a), _allowed(b)
    return (high_a < low_b or high_b < low_a) and not _is_rounded(a, b)


def _is_rounded(a: Row, b: Row) -> bool:
    """Whether one amount is the other, rounded; small whole numbers are counted one by one."""
    small, large = sorted((size_in(a), size_in(b)))
    is_whole = small == int(small) and large == int(large)
    if is_whole and large < _LEAST_ROUNDED:
        return False
    if large - small > large * (_ROUNDED_SHARE if is_whole else _NEAR_SHARE):
        return False
    digits = [size.normalize().as_tuple().exponent for size in (small, large)]
    step = Decimal(1).scaleb(max(int(digit) for digit in digits))
    return (small / step).to_integral_value() == (large / step).to_integral_value()


def is_open(row: Row) -> bool:
    """Whether an amount has no end on one side: "more than 12".

    Examples
    --------
    >>> is_open({"low": Decimal(12), "high": None})
    True
    """
    return row["low"] is None or row["high"] is None


def is_near(a: Row, b: Row) -> bool:
    """Whether the amounts named are one amount, more or less, bounds aside.

    Examples
    --------
    >>> hundred, more = ({"low": None, "high": Decimal(n)} for n in (100, 109))
    >>> is_near(hundred, more)
    True
    """
    small, large = sorted((size_in(a), size_in(b)))
    return small >= large - large * _NEAR_SHARE
