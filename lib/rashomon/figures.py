"""Draw the figures: a title that states what is shown, units, n, a palette for every eye, words for none.

Nothing here computes a result: each function draws a table that the reader has already seen. Text
from articles is drawn as it stands (``$`` is no mathematics), pictures are the same bytes each time,
and each carries an alternative text.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import LogLocator

from rashomon._labels import STYLE, amount_of, hatch_of, shorten, words_for
from rashomon._networks import arrange_network

# Okabe and Ito (2008), "Color universal design": told apart by every kind of color vision.
COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#555555")
_BESIDE: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
_WIDTH = 5.4  # inches of the plot itself; names and keys stand beside it
_SHAPES = "osD^vPX*"
_CHARACTER = 0.09  # inches of a character of the title


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure: PNG bytes, the title, and an alternative text that says what one would see."""

    title: str
    alt: str
    png: bytes
    figure: Figure

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        return self.png, {"alt": self.alt}

    def __repr__(self) -> str:
        return f"Picture: {self.title}"


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
        _name_rows(axes, names)
        axes.xaxis.set_major_formatter(amount_of)
        axes.set_xlabel(unit)
        if by:
            _add_key(axes)

    seen = "; ".join(
        f"{row[label]} {f'{row[by]} ' if by else ''}{round(row[value], 3):,g}"
        for row in (frame[frame[value] != 0] if by else frame).head(12).to_dict("records")
    )
    return _picture(title, f"Bars: {seen}." if seen else "", paint, rows=names, keys=kinds if by else ())


def draw_intervals(
    frame: pd.DataFrame,
    title: str,
    *,
    label: str,
    value: str = "value",
    low: str = "low",
    high: str = "high",
    by: str = "",
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
    by : str
        Column that colors the points.
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
            color = COLORS[kind % len(COLORS)]
            if first == first and last == last and first < last:
                axes.plot([first, last], [row, row], color=color, linewidth=2)
            elif (first == first) != (last == last):
                end = first if first == first else last
                if point != point:  # "thousands": only the end is known, so it is drawn hollow
                    axes.plot([end], [row], _SHAPES[kind % len(_SHAPES)], color=color, fillstyle="none")
                axes.annotate(
                    "",
                    xy=(end if point != point else point, row),
                    xytext=(24 if first == first else -24, 0),
                    textcoords="offset points",
                    arrowprops={"arrowstyle": "<-", "color": color},
                )
            if point == point:
                axes.plot([point], [row], _SHAPES[kind % len(_SHAPES)], color=color, markersize=7)
        for place, kind_name in enumerate(kinds if by else []):
            name, color = shorten(kind_name or "not stated"), COLORS[place % len(COLORS)]
            axes.plot([], [], _SHAPES[place % len(_SHAPES)], color=color, label=name)
        if log and (numbers > 0).any(axis=None):
            axes.set_xscale("log")
            known = numbers[numbers > 0]
            is_wide = known.max(axis=None) > 500 * known.min(axis=None)
            axes.xaxis.set_major_locator(LogLocator(subs=(1.0,) if is_wide else (1.0, 2.0, 5.0)))
            axes.minorticks_off()
        axes.xaxis.set_major_formatter(amount_of)
        _name_rows(axes, list(frame[label].astype(str)))
        axes.grid(axis="x", color="#dddddd", linewidth=0.7)
        axes.set_axisbelow(True)
        axes.set_xlabel(unit)
        if by:
            _add_key(axes)

    seen = "; ".join(
        f"{name} {words_for(*values)}"
        for name, values in zip(frame[label].head(12), numbers.head(12).itertuples(index=False), strict=True)
        if any(value == value for value in values)
    )
    seen = f"Points: {seen}." if seen else ""
    return _picture(title, seen, paint, rows=list(frame[label].astype(str)), keys=kinds if by else ())


def draw_matrix(
    frame: pd.DataFrame, title: str, *, unit: str = "", low: float = 0.0, high: float = 1.0
) -> Picture:
    """Draw a table of numbers as a grid of shades with the number written in each cell.

    Parameters
    ----------
    frame : DataFrame
        Rows and columns named by its index and columns; numbers from `low` to `high`, NaN for unknown.
    title : str
        States what is shown, with n.
    unit : str
        Words for the color scale.
    low, high : float
        Ends of the color scale.

    Returns
    -------
    Picture
        Unknown cells are left white with a dash.

    Examples
    --------
    >>> grid = pd.DataFrame({"a": [1.0], "b": [float("nan")]}, index=["x"])
    >>> draw_matrix(grid, "A grid").alt
    'A grid. Rows: x (a 1).'
    """

    def paint(axes: Axes) -> None:
        if frame.size:
            image = axes.imshow(
                frame.to_numpy(dtype=float), cmap="cividis", vmin=low, vmax=high, aspect="auto"
            )
            axes.figure.colorbar(image, cax=axes.inset_axes((1.04, 0.0, 0.03, 1.0)), label=unit)
        for row in range(len(frame)):
            for column in range(len(frame.columns)):
                number = float(frame.iat[row, column])
                dark = number == number and (number - low) < 0.6 * (high - low)
                axes.text(
                    column,
                    row,
                    f"{number:.2g}" if number == number else "–",
                    ha="center",
                    va="center",
                    color="white" if dark else "black",
                )
        axes.set_xticks(
            range(len(frame.columns)), [shorten(str(name)) for name in frame.columns], rotation=20
        )
        axes.set_yticks(range(len(frame)), [shorten(str(name)) for name in frame.index])

    cells = "; ".join(
        f"{name} ({', '.join(f'{c} {v:.2g}' for c, v in row.items() if v == v)})"
        for name, row in frame.head(12).iterrows()
    )
    cells = f"Rows: {cells}." if cells else ""
    return _picture(title, cells, paint, rows=list(map(str, frame.index)), keys=["scale"], below=0.9)


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
    looks = {kind: (_SHAPES[place % 8], COLORS[place % 8]) for place, kind in enumerate(colored)}
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
    return _picture(
        title,
        f"Chains: {seen}. {network.left_out}".strip() if seen else "",
        paint,
        rows=[*first, *[""] * (tallest + 1 - len(first))] if seen else (),
        keys=end,
        below=0.6 + 0.22 * ((len(network.kinds) + 3) // 4),
    )


def _picture(
    title: str,
    seen: str,
    paint: Callable[[Axes], None],
    *,
    rows: Sequence[str],
    keys: Sequence[str] = (),
    below: float = 0.6,
) -> Picture:
    """Draw once, into margins measured beforehand: letting matplotlib find them draws everything twice."""
    tall = max(0.36 * max(len(rows), 2), 0.1 + 0.22 * len(keys))
    # Writing without glyphs in the font is drawn as boxes: no reason for noise in a notebook.
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=(_WIDTH, tall))
        canvas = FigureCanvasAgg(figure)
        before = 0.25 + _width_of(rows, canvas)
        after = 0.75 + _width_of(keys, canvas) if keys else 0.3
        width = before + _WIDTH + after
        lines = textwrap.wrap(title, int(width / _CHARACTER)) or [""]
        above = 0.15 + 0.2 * len(lines)
        height = above + tall + below
        figure.set_size_inches(width, height)
        axes = figure.add_axes((before / width, below / height, _WIDTH / width, 1 - (above + below) / height))
        if rows:
            paint(axes)
        else:
            axes.text(0.5, 0.5, "nothing found to draw", ha="center", va="center", transform=axes.transAxes)
            axes.set_axis_off()
        figure.text(0.1 / width, 1 - 0.05 / height, "\n".join(lines), va="top", fontsize=11)
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return Picture(title, f"{title}. {seen or 'Nothing to draw.'}", out.getvalue(), figure)


def _width_of(names: Sequence[str], canvas: Any) -> float:
    """Measure the longest of the names as drawn, in inches."""
    font, renderer = FontProperties(size=STYLE["font.size"]), canvas.get_renderer()
    measured = [renderer.get_text_width_height_descent(shorten(name), font, False)[0] for name in names]
    return float(max(measured, default=0.0)) / float(STYLE["figure.dpi"])


def _name_rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [shorten(name) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)


def _add_key(axes: Axes) -> None:
    axes.legend(frameon=False, bbox_to_anchor=(1.01, 1), loc="upper left", borderaxespad=0)
