"""Draw the figures: a title that states what is shown, units, n, a palette for every eye, words for none.

Nothing here computes a result: each function draws a table that the reader has already seen. Text
from articles is drawn as it stands (``$`` is no mathematics), pictures are the same bytes each time,
and each carries an alternative text.
"""

from __future__ import annotations

from rashomon._figures.bars import draw_bars
from rashomon._figures.claims import draw_claims
from rashomon._figures.days import draw_days
from rashomon._figures.intervals import draw_intervals
from rashomon._figures.matrix import draw_matrix
from rashomon._figures.network import draw_network
from rashomon._figures.panels import draw_panels
from rashomon._figures.picture import COLORS, Picture
from rashomon._figures.stances import draw_stances

__all__ = [
    "COLORS", "Picture", "draw_bars", "draw_claims", "draw_days", "draw_intervals", "draw_matrix",
    "draw_network", "draw_panels", "draw_stances",
]  # fmt: skip
