"""Points with their intervals, one a row, on a plain or a logarithmic axis."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from rashomon._figures.labels import amount_of, shorten, words_for
from rashomon._figures.picture import COLORS, SHAPES, Picture, add_key, draw_picture, name_rows, set_log

_FAINT = "#AAAAAA"


def draw_intervals(
    frame: pd.DataFrame,
    title: str,
    *,
    label: str,
    value: str = "value",
    low: str = "low",
    high: str = "high",
    by: str = "",
    faint: str = "",
    unit: str = "",
    log: bool = False,
) -> Picture:
    """Draw a point with its interval for each row, colored and shaped by a second column.

    Parameters
    ----------
    frame : DataFrame
        Holds the columns named below; a row is drawn as far as it is known, a lone end hollow.
    title : str
        States what is shown, with n.
    label, value, low, high : str
        Columns of the rows' names, the points and the ends of the intervals. An open end is drawn
        as an arrow.
    by, faint : str
        Column that colors the points, and the one of its values that is drawn gray: what says little.
    unit : str
        Words for the horizontal axis.
    log : bool
        Whether the axis is logarithmic (values of 0 and less are then left out).

    Returns
    -------
    Picture
        Rows from top to bottom in the order of the table.

    Examples
    --------
    >>> rows = pd.DataFrame({"who": ["a"], "n": [2.0], "low": [1.0], "high": [float("nan")]})
    >>> draw_intervals(rows, "One claim", label="who", value="n", low="low", high="high").alt
    'One claim. Points: a 2.'
    """
    kinds = list(dict.fromkeys(frame[by].astype(str))) if by else [""]
    numbers = frame[[value, low, high]].astype(float)

    def paint(axes: Axes) -> None:
        for row, (point, first, last) in enumerate(numbers.itertuples(index=False)):
            kind = kinds.index(str(frame[by].iloc[row])) if by else 0
            color = _color_of(kinds, kind, faint)
            if first == first and last == last and first < last:
                axes.plot([first, last], [row, row], color=color, linewidth=2)
            elif (first == first) != (last == last):
                end = first if first == first else last
                if point != point:  # "thousands": only the end is known, so it is drawn hollow
                    axes.plot([end], [row], SHAPES[kind % len(SHAPES)], color=color, fillstyle="none")
                axes.annotate(
                    "",
                    xy=(end if point != point else point, row),
                    xytext=(24 if first == first else -24, 0),
                    textcoords="offset points",
                    arrowprops={"arrowstyle": "<-", "color": color},
                )
            if point == point:
                axes.plot([point], [row], SHAPES[kind % len(SHAPES)], color=color, markersize=7)
        for place, kind_name in enumerate(kinds if by else []):
            name, color = shorten(kind_name or "not stated"), _color_of(kinds, place, faint)
            axes.plot([], [], SHAPES[place % len(SHAPES)], color=color, label=name)
        if log and (numbers > 0).any(axis=None):
            known = numbers[numbers > 0]
            set_log(axes, known.min(axis=None), known.max(axis=None))
        axes.xaxis.set_major_formatter(amount_of)
        name_rows(axes, list(frame[label].astype(str)))
        axes.grid(axis="x", color="#dddddd", linewidth=0.7)
        axes.set_axisbelow(True)
        axes.set_xlabel(unit)
        if by:
            add_key(axes)

    seen = "; ".join(
        f"{name} {words_for(*values)}"
        for name, values in zip(frame[label].head(12), numbers.head(12).itertuples(index=False), strict=True)
        if any(value == value for value in values)
    )
    seen = f"Points: {seen}." if seen else ""
    return draw_picture(title, seen, paint, rows=list(frame[label].astype(str)), keys=kinds if by else ())


def _color_of(kinds: Sequence[str], place: int, faint: str) -> str:
    return _FAINT if faint and kinds[place] == faint else COLORS[place % len(COLORS)]
