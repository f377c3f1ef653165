"""Points with intervals for several measures, each in a panel of its own beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rashomon._figures.labels import amount_of, shorten
from rashomon._figures.picture import COLORS, SHAPES, Picture, draw_picture, name_rows

_GAP = 0.05  # between two panels, as a share of the whole width
_STEP = 0.17  # between two kinds in one row, as a share of the row's height


def draw_panels(
    frame: pd.DataFrame,
    title: str,
    *,
    label: str,
    measures: Mapping[str, str],
    by: str,
    kinds: Sequence[str] = (),
) -> Picture:
    """Draw measures side by side: a panel each, a row each thing, a point with its interval each kind.

    Parameters
    ----------
    frame : DataFrame
        Holds the columns named below; for a measure m also `m_low` and `m_high`, where an interval is known.
    title : str
        States what is shown, with n.
    label : str
        Column of the rows' names; rows of one name are drawn in one row.
    measures : mapping of str to str
        Columns of the points, with the words for each axis.
    by : str
        Column that colors and shapes the points.
    kinds : sequence of str
        Values of `by` in the order of the colors; others follow as they appear.

    Returns
    -------
    Picture
        Rows from top to bottom in the order of the table. A row without any number says "not enough text".

    Examples
    --------
    >>> rows = pd.DataFrame({"who": ["a", "b"], "kind": "x", "m": [0.5, float("nan")]})
    >>> draw_panels(rows, "Two rows", label="who", measures={"m": "share"}, by="kind").alt
    'Two rows. Points: a x (share 0.5); b x (not enough text).'
    """
    names = list(dict.fromkeys(frame[label].astype(str)))
    found = list(dict.fromkeys(frame[by].astype(str)))
    kinds = [kind for kind in kinds if kind in found] + [kind for kind in found if kind not in kinds]
    rows = [
        (names.index(str(row[label])), kinds.index(str(row[by])), row)
        for row in frame.to_dict("records")
        if any(row[measure] == row[measure] for measure in measures)
    ]
    beside = [sorted({kind for at, kind, _ in rows if at == place}) for place in range(len(names))]

    def paint(axes: Axes) -> None:
        axes.set_axis_off()
        width = (1 + _GAP) / len(measures)
        for column, (measure, words) in enumerate(measures.items()):
            panel = axes.inset_axes((column * width, 0, width - _GAP, 1))
            for place, kind, row in rows:
                step = beside[place].index(kind) - (len(beside[place]) - 1) / 2
                y, color = place + _STEP * step, COLORS[kind % len(COLORS)]
                panel.plot([row[measure]], [y], SHAPES[kind % len(SHAPES)], color=color, markersize=6)
                if f"{measure}_low" in row:
                    panel.plot([row[f"{measure}_low"], row[f"{measure}_high"]], [y, y], color=color)
            name_rows(panel, names if column == 0 else [""] * len(names))
            panel.axvline(0, color="#999999", linewidth=0.8, zorder=0)
            panel.xaxis.set_major_locator(MaxNLocator(3))
            panel.xaxis.set_major_formatter(amount_of)
            panel.grid(axis="y", color="#eeeeee", linewidth=0.7)
            panel.set_axisbelow(True)
            panel.set_xlabel(words)
            for place in range(len(names)):
                if beside[place] or column:
                    continue
                at = panel.get_yaxis_transform()
                panel.text(0.05, place, "not enough text", va="center", color="#555555", transform=at)
        for kind, name in enumerate(kinds):
            shape, color = SHAPES[kind % len(SHAPES)], COLORS[kind % len(COLORS)]
            panel.plot([], [], shape, color=color, label=shorten(name))
        panel.legend(frameon=False, bbox_to_anchor=(1.03, 1), loc="upper left", borderaxespad=0)

    seen = "; ".join(
        f"{row[label]} {row[by]} ({_in_words(row, measures)})" for row in frame.head(12).to_dict("records")
    )
    seen = f"Points: {seen}." if seen else ""
    most = max(map(len, beside), default=1)
    return draw_picture(title, seen, paint, rows=names, keys=kinds, row_height=min(0.24 + 0.12 * most, 0.6))


def _in_words(row: Mapping[str, float], measures: Mapping[str, str]) -> str:
    known = [f"{words} {row[m]:.2g}" for m, words in measures.items() if row[m] == row[m]]
    return ", ".join(known) or "not enough text"
