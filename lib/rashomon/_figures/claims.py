"""Claims with a number on one logarithmic axis: who says how much, in which article."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from rashomon._figures.claim_rows import NOBODY, ClaimRow, arrange_claims
from rashomon._figures.labels import short_amount_of, shorten
from rashomon._figures.picture import COLORS, SHAPES, Picture, draw_picture, name_rows, set_log
from rashomon.tables import VOCABULARIES

# A status looks the same in every picture.
_STATUSES = [status for status in VOCABULARIES["status"] if status]
_LOOKS = dict(zip(_STATUSES, zip(SHAPES, COLORS, strict=False), strict=False))
_UNKNOWN = (SHAPES[-1], COLORS[-1])
_ROW, _KEY, _AXIS = 0.27, 0.24, 0.55  # inches of a row, of a line of the key, of the axis below
_IN_A_LINE = 6  # keys
_ARROW = 24  # points
_LONGEST_WHO = 46  # characters: "South Korea's National Intelligence Service"


def draw_claims(frame: pd.DataFrame, title: str, *, unit: str = "", limit: int = 24) -> Picture:
    """Draw each claim as a point or an interval, by article and status, with who says it.

    Parameters
    ----------
    frame : DataFrame
        Table `figures` after a column `article` (`name_articles` makes it), of one thing counted.
    title : str
        States what is shown, with n.
    unit : str
        Words for the horizontal axis.
    limit : int
        Most rows, at least 1. Tellings that are the same share a row. When there are more, those of all
        articles share one, the most told are drawn (of equally told ones some from the smallest to the
        largest), and what is left out is said under the picture.

    Returns
    -------
    Picture
        An open end is an arrow; hollow where only the end is known ("thousands"). An amount of 0 or less
        has no place on the axis, so only its words stand there.

    Examples
    --------
    >>> row = {"article": "a", "attributed_to": "NIS", "via": "", "status": "claimed", "unit": "",
    ...        "bound": "~", "surface": "1,500", "value": 1500, "low": 1500, "high": 1500}
    >>> draw_claims(pd.DataFrame([row]), "Soldiers, n = 1").alt
    'Soldiers, n = 1. Claims: a: about 1,500, claimed, NIS.'
    """
    arranged = arrange_claims(frame, limit=limit)
    rows = arranged.rows
    statuses = [status for status in [*_LOOKS, ""] if any(row.status == status for row in rows)]
    firsts = [
        arranged.is_joined or not at or rows[at - 1].article != rows[at].article for at in range(len(rows))
    ]
    lines = math.ceil(len(statuses) / _IN_A_LINE)

    def paint(axes: Axes) -> None:
        places = [place for row in rows for place in (row.value, row.low, row.high) if place == place]
        middle = set_log(axes, min(places), max(places), room=0.22) if places else 1.0
        _shade_every_other(axes, firsts)
        for at, row in enumerate(rows):
            _draw_row(axes, at, row, middle=middle)
            color = COLORS[-1] if row.who.startswith(NOBODY) else "black"
            edge = {"xycoords": axes.get_yaxis_transform(), "color": color}
            _write(axes, (1.0, at), (8, 0), shorten(row.who, _LONGEST_WHO), **edge)
        name_rows(axes, [row.article if is_first else "" for row, is_first in zip(rows, firsts, strict=True)])
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color="#dddddd", linewidth=0.7)
        axes.set_axisbelow(True)
        axes.set_xlabel(f"{unit or 'amount'} (logarithmic axis)")
        axes.xaxis.set_major_formatter(short_amount_of)
        for status in statuses:
            shape, color = _LOOKS.get(status, _UNKNOWN)
            axes.plot([], [], shape, color=color, label=status or "not stated")
        tall = _ROW * max(len(rows), 2)
        close: dict[str, Any] = {"borderaxespad": 0, "columnspacing": 1.2, "handletextpad": 0.2}
        below: dict[str, Any] = {
            "bbox_to_anchor": (0, -_AXIS / tall),
            "loc": "upper left",
            "ncol": _IN_A_LINE,
        }
        axes.legend(frameon=False, **below, **close)
        if arranged.left_out:
            note = (0.0, -(_AXIS + _KEY * lines) / tall)
            axes.text(
                *note, arranged.left_out, transform=axes.transAxes, va="top", fontsize=9, color=COLORS[-1]
            )

    seen = "; ".join(f"{r.article}: {r.amount}, {r.status or 'not stated'}, {r.who}" for r in rows[:12])
    return draw_picture(
        title,
        f"Claims: {seen}. {arranged.left_out}".strip() if seen else "",
        paint,
        rows=[row.article for row in rows],
        keys=[row.who for row in rows],
        below=_AXIS + _KEY * (lines + bool(arranged.left_out)) + 0.1,
        row_height=_ROW,
        longest_key=_LONGEST_WHO,
    )


def _draw_row(axes: Axes, at: int, row: ClaimRow, *, middle: float) -> None:
    """Draw point, interval and open end of a row, and write its amount where there is room."""
    shape, color = _LOOKS.get(row.status, _UNKNOWN)
    known = [place for place in (row.value, row.low, row.high) if place == place]
    if not known:
        _write(axes, (0.01, at), (0, 0), row.amount, xycoords=axes.get_yaxis_transform())
        return
    if len(set(known)) > 1:
        axes.plot([min(known), max(known)], [at, at], color=color, linewidth=3, solid_capstyle="butt")
    fill = "none" if row.opens and row.value != row.value else "full"
    for place in {row.value} if row.value == row.value else set(known):
        axes.plot([place], [at], shape, color=color, markersize=7, fillstyle=fill)
    left, right = min(known), max(known)
    if row.opens:
        arrow = {"arrowstyle": "<-", "color": color}
        end, away = (right, _ARROW) if row.opens == "up" else (left, -_ARROW)
        axes.annotate("", (end, at), (away, 0), textcoords="offset points", arrowprops=arrow)
    # Words stand on the side that has room, behind the arrow if it is on that side too.
    if right < middle:
        _write(axes, (right, at), (9 + _ARROW * (row.opens == "up"), 0), row.amount)
    else:
        _write(axes, (left, at), (-9 - _ARROW * (row.opens == "down"), 0), row.amount, ha="right")


def _write(axes: Axes, at: tuple[float, float], off: tuple[float, float], words: str, **style: Any) -> None:
    style = {"ha": "left", "va": "center", "annotation_clip": False, **style}
    axes.annotate(words, at, off, textcoords="offset points", **style)


def _shade_every_other(axes: Axes, firsts: list[bool]) -> None:
    """Tell the rows of one article from those of the next."""
    shade = False
    for at, is_first in enumerate(firsts):
        shade ^= is_first
        if shade:
            axes.axhspan(at - 0.5, at + 0.5, color="#f4f4f4", linewidth=0, zorder=0)
