"""How a figure looks, and the words and numbers that stand in it."""

from __future__ import annotations

from typing import Any

STYLE: dict[Any, Any] = {
    "text.parse_math": False,
    "font.family": ["DejaVu Sans"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.dpi": 100,
    "savefig.dpi": 100,
    "svg.hashsalt": "rashomon",
    "hatch.linewidth": 0.6,
}
_HATCHES = ("", "//", "..", "xx", "\\\\", "oo", "++", "--")
_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
LONGEST = 34  # characters of a name


def shorten(text: str, longest: int = LONGEST) -> str:
    """Bring a name to one line that fits beside a figure."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def hatch_of(place: int) -> str:
    """Move the hatches on by one when the eight colors begin again, so that no two kinds look the same."""
    return _HATCHES[(place + place // len(_HATCHES)) % len(_HATCHES)]


def amount_of(x: float, _: float) -> str:
    """Write the number beside a tick, whose place on the axis does not matter."""
    return f"{x:,.0f}" if x == round(x) else f"{x:,g}"


def short_amount_of(x: float, place: float) -> str:
    """Write the number beside a tick of an axis that may reach from one to a trillion."""
    for size, name in _LARGE:
        if size <= x < 1000 * size:
            return f"{x / size:g} {name}"
    return amount_of(x, place) if x < _LARGE[-1][0] else f"{x:g}"


def words_for(point: float, low: float, high: float) -> str:
    """Say a point in words, or the ends that are known where there is none."""
    if point == point:
        return f"{point:,g}"
    ends = [f"from {low:,g}"] * (low == low) + [f"to {high:,g}"] * (high == high)
    return " ".join(ends)
