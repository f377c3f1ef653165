"""A grid of shades with the number in each cell."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from rashomon._figures.labels import shorten
from rashomon._figures.picture import Picture, draw_picture


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
    return draw_picture(title, cells, paint, rows=list(map(str, frame.index)), keys=["scale"], below=0.9)
