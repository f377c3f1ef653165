"""The frame of every picture: margins, title, alternative text, colors and shapes."""

from __future__ import annotations

import io
import math
import textwrap
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import LogLocator

from rashomon._figures.labels import LONGEST, STYLE, shorten

# Okabe and Ito (2008), "Color universal design": told apart by every kind of color vision.
COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#555555")
SHAPES = "osD^vPX*"
_WIDTH = 5.4  # inches of the plot itself; names and keys stand beside it
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


def draw_picture(
    title: str,
    seen: str,
    paint: Callable[[Axes], None],
    *,
    rows: Sequence[str],
    keys: Sequence[str] = (),
    below: float = 0.6,
    row_height: float = 0.36,
    longest_key: int = LONGEST,
    longest_row: int = LONGEST,
) -> Picture:
    """Draw into margins measured beforehand: letting matplotlib find them draws everything twice.

    Parameters
    ----------
    title : str
        What is shown, with n.
    seen : str
        What one would see, for the alternative text.
    paint : callable
        Takes the axes and draws.
    rows, keys : sequence of str, keyword-only
        Names to the left and to the right of the plot. Without rows nothing is painted.
    below, row_height : float, keyword-only
        Margin under the plot, and height of a row, in inches.
    longest_key, longest_row : int, keyword-only
        Characters to which the names to the right, and those to the left, are shortened.

    Returns
    -------
    Picture
        The same bytes each time.

    Examples
    --------
    >>> draw_picture("None", "", lambda axes: None, rows=())
    Picture: None
    """
    tall = max(row_height * max(len(rows), 2), 0.1 + 0.22 * len(keys))
    # Writing without glyphs in the font is drawn as boxes: no reason for noise in a notebook.
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=(_WIDTH, tall))
        canvas = FigureCanvasAgg(figure)
        before = 0.25 + _width_of(rows, canvas, longest_row)
        after = 0.75 + _width_of(keys, canvas, longest_key) if keys else 0.3
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


def _width_of(names: Sequence[str], canvas: Any, longest: int = LONGEST) -> float:
    """Measure the longest of the names as drawn, in inches."""
    font, renderer = FontProperties(size=STYLE["font.size"]), canvas.get_renderer()
    measured = [
        renderer.get_text_width_height_descent(shorten(name, longest), font, False)[0] for name in names
    ]
    return float(max(measured, default=0.0)) / float(STYLE["figure.dpi"])


def name_rows(axes: Axes, names: Sequence[str], *, longest: int = LONGEST) -> None:
    """Write the names of the rows to the left, from top to bottom."""
    axes.set_yticks(range(len(names)), [shorten(name, longest) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)


def add_key(axes: Axes) -> None:
    """Write the key to the right of the plot."""
    axes.legend(frameon=False, bbox_to_anchor=(1.01, 1), loc="upper left", borderaxespad=0)


def set_log(axes: Axes, low: float, high: float, *, room: float = 0.0) -> float:
    """Make the horizontal axis logarithmic, with ticks that fit the numbers from `low` to `high` above 0.

    Parameters
    ----------
    axes : Axes
        Is changed.
    low, high : float
        Smallest and largest number drawn.
    room : float, keyword-only
        Room for words to the left and to the right, as a share of the span; 0 leaves matplotlib's.

    Returns
    -------
    float
        The middle of the axis.
    """
    axes.set_xscale("log")
    is_wide = high > 500 * low
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0,) if is_wide else (1.0, 2.0, 5.0)))
    axes.minorticks_off()
    if room:
        first, last = math.log10(low), math.log10(high)
        more = room * max(last - first, 1.0)
        axes.set_xlim(10 ** (first - more), 10 ** (last + more))
    return math.sqrt(low) * math.sqrt(high)
