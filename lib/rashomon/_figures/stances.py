"""Which telling carries, attributes, hedges or denies which claim: a grid of words and colors."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rashomon._figures.labels import shorten
from rashomon._figures.picture import Picture, draw_picture, name_rows

# From Okabe and Ito's colors, lightened so that black words stand on them.
_LOOKS = {"asserts": "#8FC3E8", "attributes": "#CBE3F4", "hedges": "#F6D79B", "denies": "#F0A57A"}
_ABSENT = "–"
_LONGEST_CLAIM = 72
_LINE = 0.3  # inches of a row


def draw_stances(frame: pd.DataFrame, title: str) -> Picture:
    """Draw what each telling does with each claim.

    Parameters
    ----------
    frame : DataFrame
        Rows are claims, columns are articles, named by its index and columns; a cell holds a stance of
        table `claims`, several with a comma between, or "" where the article leaves the claim out.
    title : str
        States what is shown, with n.

    Returns
    -------
    Picture
        A claim left out is a white cell with a dash; told and denied at once, its cell has both colors.

    Examples
    --------
    >>> grid = pd.DataFrame({"a": ["asserts"], "b": ["attributes, denies"]}, index=["The dam broke"])
    >>> draw_stances(grid, "Claims, n = 1").alt
    'Claims, n = 1. Claims: The dam broke (a asserts, b attributes, denies).'
    """

    def paint(axes: Axes) -> None:
        n_columns = len(frame.columns)
        for row in range(len(frame)):
            for column in range(n_columns):
                stances = [word for word in str(frame.iat[row, column]).split(", ") if word]
                for at, stance in enumerate(stances):
                    width = 1 / len(stances)
                    corner = (column - 0.5 + at * width, row - 0.5)
                    color = _LOOKS.get(stance, "white")
                    axes.add_patch(Rectangle(corner, width, 1.0, facecolor=color, edgecolor="white"))
                words = " / ".join(stances) if n_columns <= 5 else "/".join(word[:4] for word in stances)
                axes.text(column, row, words or _ABSENT, ha="center", va="center", fontsize=8, clip_on=True)
        name_rows(axes, list(map(str, frame.index)), longest=_LONGEST_CLAIM)
        axes.set_ylim(len(frame) - 0.5, -0.5)
        axes.set_xlim(-0.5, n_columns - 0.5)
        axes.set_xticks(range(n_columns), [shorten(str(name), 22) for name in frame.columns], rotation=20)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)

    seen = "; ".join(
        f"{name} ({', '.join(f'{column} {cell}' for column, cell in row.items() if cell)})"
        for name, row in frame.head(12).iterrows()
    )
    rows = [str(name) for name in frame.index] if len(frame.columns) else []
    return draw_picture(
        title,
        f"Claims: {seen}." if seen else "",
        paint,
        rows=rows,
        below=0.8,
        row_height=_LINE,
        longest_row=_LONGEST_CLAIM,
    )
