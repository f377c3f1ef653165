"""Bars, one a row, stacked where a second column divides them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from rashomon._figures.labels import amount_of, hatch_of, shorten
from rashomon._figures.picture import COLORS, Picture, add_key, draw_picture, name_rows


def draw_bars(
    frame: pd.DataFrame,
    title: str,
    *,
    label: str,
    value: str,
    by: str = "",
    low: str = "",
    high: str = "",
    unit: str = "",
) -> Picture:
    """Draw horizontal bars, one a row, stacked by a second column where one is given.

    Parameters
    ----------
    frame : DataFrame
        Holds the columns named below.
    title : str
        States what is shown, with n.
    label, value : str
        Columns of the bars' names and lengths.
    by : str
        Column whose values share a bar, stacked in order of first appearance.
    low, high : str
        Columns of an interval drawn on each bar (not with `by`).
    unit : str
        Words for the horizontal axis.

    Returns
    -------
    Picture
        Bars from top to bottom in the order of the rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"who": ["a", "b"], "n": [2, 1]})
    >>> draw_bars(rows, "Words by article, n = 3", label="who", value="n").alt
    'Words by article, n = 3. Bars: a 2; b 1.'
    """
    names = list(dict.fromkeys(frame[label].astype(str)))
    kinds = list(dict.fromkeys(frame[by].astype(str))) if by else [""]

    def paint(axes: Axes) -> None:
        left = dict.fromkeys(names, 0.0)
        for place, kind in enumerate(kinds):
            color = COLORS[place % len(COLORS)]
            look: dict[str, Any] = {"color": color, "hatch": hatch_of(place), "edgecolor": "white"}
            rows = frame[frame[by].astype(str) == kind] if by else frame
            for name, length in zip(rows[label].astype(str), rows[value].astype(float), strict=True):
                axes.barh(names.index(name), length, left=left[name], height=0.7, **look)
                left[name] += length if length == length else 0.0
            axes.barh(0, 0, label=shorten(kind or " "), **look)
        if low and high:
            for name, first, last in zip(frame[label].astype(str), frame[low], frame[high], strict=True):
                axes.plot([first, last], [names.index(name)] * 2, color="black", linewidth=1.5)
        name_rows(axes, names)
        axes.xaxis.set_major_formatter(amount_of)
        axes.set_xlabel(unit)
        if by:
            add_key(axes)

    seen = "; ".join(
        f"{row[label]} {f'{row[by]} ' if by else ''}{round(row[value], 3):,g}"
        for row in (frame[frame[value] != 0] if by else frame).head(12).to_dict("records")
    )
    return draw_picture(title, f"Bars: {seen}." if seen else "", paint, rows=names, keys=kinds if by else ())
