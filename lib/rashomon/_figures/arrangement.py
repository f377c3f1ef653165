"""Where the points and lines of a network stand: numbers only, drawn by `network`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

Sums = dict[tuple[tuple[str, ...], str], float]  # by chain of names and kind
_WIDEST = 8.0  # points


@dataclass(frozen=True, slots=True)
class Link:
    """A line from a column to the next: the rows of its ends, its width in points, and its kind."""

    column: int
    rows: tuple[float, float]
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Network:
    """Chains with their sums, the points of each column (row and kind by name), the lines between them."""

    chains: tuple[tuple[tuple[str, ...], float], ...]
    points: tuple[dict[str, tuple[float, str]], ...]
    links: tuple[Link, ...]
    kinds: tuple[str, ...]
    left_out: str


def arrange_network(
    frame: pd.DataFrame, columns: Sequence[str], *, value: str, by: str, limit: int
) -> Network:
    """Give every point a row, so that lines cross little, and every line a width.

    Parameters
    ----------
    frame : DataFrame
        One row a chain, or several.
    columns : sequence of str
        Columns whose values are the points.
    value, by : str, keyword-only
        Columns of numbers above 0 and of kinds.
    limit : int, keyword-only
        Most points in a column.

    Returns
    -------
    Network
        The same for rows in any order.

    Examples
    --------
    >>> rows = pd.DataFrame({"by": ["a", "a", "b"], "who": ["x", "y", "y"], "n": [3, 2, 4], "kind": "person"})
    >>> arrange_network(rows, ["by", "who"], value="n", by="kind", limit=12).points[0]
    {'a': (0.0, ''), 'b': (1.0, '')}
    """
    sums: Sums = {}
    for *names, amount, kind in frame[[*columns, value, by]].itertuples(index=False):
        key = tuple(str(name) or "not stated" for name in names), str(kind)
        sums[key] = sums.get(key, 0) + amount
    kept = dict(sums)
    for column in range(len(columns)):
        kept = _largest(kept, column, limit)
    order = sorted(kept, key=lambda key: (-kept[key], key))
    rows: list[dict[str, float]] = []
    for column in range(len(columns)):
        rows.append(_rows_of(kept, column, rows[-1] if rows else {}))
    tallest = max(map(len, rows), default=0)
    # A short column is spread over the height of the tallest.
    placed = [{name: (row + 0.5) * tallest / len(mine) - 0.5 for name, row in mine.items()} for mine in rows]
    kind_of = {chain[-1]: kind for chain, kind in reversed(order)}
    points = tuple(
        {name: (row, kind_of[name] if column == len(columns) - 1 else "") for name, row in mine.items()}
        for column, mine in enumerate(placed)
    )
    whole = sum(sums.values())
    every = [len({chain[column] for chain, _ in sums}) for column in range(len(columns))]
    out = [
        f"{n - len(mine)} of {n} under {column.replace('_', ' ')}"
        for column, n, mine in zip(columns, every, rows, strict=True)
        if n > len(mine)
    ]
    share = 1 - sum(kept.values()) / whole if whole else 0
    return Network(
        chains=tuple((chain, kept[chain, kind]) for chain, kind in order),
        points=points,
        links=tuple(_links(kept, placed)),
        kinds=tuple(sorted({kind for _, kind in kept})),
        left_out=f"Not drawn: {', '.join(out)}; {share:.0%} of the whole." if out else "",
    )


def _largest(sums: Sums, column: int, limit: int) -> Sums:
    totals: dict[str, float] = defaultdict(float)
    for (chain, _), amount in sums.items():
        totals[chain[column]] += amount
    names = set(sorted(totals, key=lambda name: (-totals[name], name))[:limit])
    return {key: amount for key, amount in sums.items() if key[0][column] in names}


def _rows_of(sums: Sums, column: int, before: dict[str, float]) -> dict[str, float]:
    """Order the names of a column: the largest first, or each near the middle of what it is joined with."""
    totals: dict[str, float] = defaultdict(float)
    middles: dict[str, float] = defaultdict(float)
    for (chain, _), amount in sums.items():
        totals[chain[column]] += amount
        middles[chain[column]] += amount * before[chain[column - 1]] if before else 0
    order = sorted(totals, key=lambda name: (middles[name] / totals[name], -totals[name], name))
    return {name: float(row) for row, name in enumerate(order)}


def _links(sums: Sums, rows: Sequence[dict[str, float]]) -> list[Link]:
    joined: dict[tuple[int, str, str, str], float] = defaultdict(float)
    for (chain, kind), amount in sums.items():
        for column, (first, second) in enumerate(pairwise(chain)):
            joined[column, first, second, kind] += amount
    most = max(joined.values(), default=1)
    return [
        Link(column, (rows[column][first], rows[column + 1][second]), 0.8 + _WIDEST * amount / most, kind)
        for (column, first, second, kind), amount in sorted(joined.items())
    ]
