"""Chains from the left to the right, a line as thick as what goes along it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from rashomon._figures.arrangement import arrange_network
from rashomon._figures.labels import shorten
from rashomon._figures.picture import COLORS, SHAPES, Picture, draw_picture

_BESIDE: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}


def draw_network(
    frame: pd.DataFrame,
    title: str,
    *,
    columns: Sequence[str],
    value: str,
    by: str,
    kinds: Sequence[str] = (),
    limit: int = 12,
) -> Picture:
    """Draw chains from the left to the right, a line as thick as what goes along it.

    Parameters
    ----------
    frame : DataFrame
        One row a chain, with the columns named below; rows of one chain are added up.
    title : str
        States what is shown, with n.
    columns : sequence of str
        Two or more columns whose values are the points, from left to right.
    value : str
        Column of numbers above 0.
    by : str
        Column that colors the chain and shapes its last point.
    kinds : sequence of str
        All values of `by`, where a figure beside this one holds others too: each keeps its color.
    limit : int
        Most points in a column, those with the largest sums; what is left out is said under the picture.

    Returns
    -------
    Picture
        Points of the first column from the largest down, the others near what they are joined with.

    Examples
    --------
    >>> rows = pd.DataFrame({"by": ["a"], "who": ["x"], "n": [2], "kind": ["person"]})
    >>> draw_network(rows, "One chain", columns=["by", "who"], value="n", by="kind").alt
    'One chain. Chains: a – x 2.'
    """
    network = arrange_network(frame, columns, value=value, by=by, limit=limit)
    colored = kinds or network.kinds
    looks = {kind: (SHAPES[place % 8], COLORS[place % 8]) for place, kind in enumerate(colored)}
    tallest, last = max(map(len, network.points)), len(columns) - 1

    def paint(axes: Axes) -> None:
        for link in network.links:
            places = [link.column, link.column + 1]
            axes.plot(places, link.rows, color=looks[link.kind][1], linewidth=link.width, alpha=0.6)
        for column, points in enumerate(network.points):
            side, off = {0: ("right", (-9, 0)), last: ("left", (9, 0))}.get(column, ("center", (0, 9)))
            axes.text(column, -1.0, columns[column].replace("_", " "), ha="center", color=COLORS[-1])
            for name, (row, kind) in points.items():
                shape, color = looks.get(kind, ("o", COLORS[-1]))
                axes.plot([column], [row], shape, color=color, markersize=8)
                axes.annotate(shorten(name), (column, row), off, ha=side, va="center", **_BESIDE)
        for kind in network.kinds:
            axes.plot([], [], looks[kind][0], color=looks[kind][1], label=shorten(kind or "not stated"))
        axes.set_xlim(-0.05, last + 0.05)
        axes.set_ylim(tallest - 0.4, -1.4)
        axes.set_axis_off()
        axes.set_title(network.left_out, y=0, pad=-14, fontsize=9, color=COLORS[-1], loc="left")
        axes.legend(frameon=False, ncol=4, bbox_to_anchor=(0, -0.4 / tallest), loc="upper left")

    seen = "; ".join(f"{' – '.join(chain)} {amount:,g}" for chain, amount in network.chains[:12])
    first, *_, end = (list(points) for points in network.points)
    return draw_picture(
        title,
        f"Chains: {seen}. {network.left_out}".strip() if seen else "",
        paint,
        rows=[*first, *[""] * (tallest + 1 - len(first))] if seen else (),
        keys=end,
        below=0.6 + 0.22 * ((len(network.kinds) + 3) // 4),
    )
