"""How far a sentence's valence can be trusted: half the width of its 90 % interval.

Split conformal: the widths are quantiles of how far ratings lay from the valence in articles that the weights
were not learned from, apart for sentences of little and of much weight (`valence_intervals`). Fewer than two
matched words say little, whatever their weight: such sentences get the widest interval.

References
----------
Lei, J., G'Sell, M., Rinaldo, A., Tibshirani, R. J., & Wasserman, L. (2018). Distribution-free predictive
inference for regression. Journal of the American Statistical Association 113(523).
"""

from __future__ import annotations

import functools
from bisect import bisect_right

from rashomon.read import read_word_list

_FEW = 2  # matched words below which the list knows too little


def half_width(mass: float, n_matched: int) -> float:
    """Give half the width of the interval of a sentence.

    Parameters
    ----------
    mass : float
        Sum of the absolute weights of its matched words.
    n_matched : int
        Number of its matched words.

    Returns
    -------
    float
        In points of the scale from -4 to 4.

    Examples
    --------
    >>> half_width(0.5, 1) > half_width(0.5, 4)
    True
    """
    masses, widths = _load_widths()
    return max(widths) if n_matched < _FEW else widths[bisect_right(masses, mass) - 1]


@functools.cache
def _load_widths() -> tuple[list[float], list[float]]:
    rows = read_word_list("valence_intervals")
    return [float(row["least_mass"]) for row in rows], [float(row["half_width"]) for row in rows]
