"""Mark texts that are the same, or nearly: by the runs of words they share, sampled by a stable hash.

The sample of a text is its `SAMPLE` smallest hashes of four words in a row. The smallest hashes of two texts
together are a fair sample of all their runs, so the share of them that both hold estimates the share of runs
in common (Broder, 1997); for texts of up to `SAMPLE` runs it is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE = 64
THRESHOLD = 0.7  # share of runs in common from which a text counts as nearly the same
_RUN = 4  # words
_PROBES = 12  # smallest hashes by which candidates are found …
_MIN_SHARED = 2  # … that share so many of them; texts alike by .7 share fewer with p < 1e-4
_MAX_HOLDERS = 20  # a run that so many different texts hold, as a notice does, finds no more candidates


def sample_runs(text: str) -> NDArray[np.uint32]:
    """Sample the runs of four words of a text.

    Parameters
    ----------
    text : str
        The text; words are letters and digits in a row, in whatever case.

    Returns
    -------
    array of uint32, shape (at most `SAMPLE`,)
        The smallest hashes, rising, each once. A text of fewer than four words has one run.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. Compression and Complexity of
    Sequences.

    Examples
    --------
    >>> len(sample_runs("a b c d e")), len(sample_runs("a")), len(sample_runs(""))
    (2, 1, 0)
    """
    import numpy as np

    from rashomon._reuse.words import number_runs, read_words

    words = read_words(text).numbers
    runs = number_runs(words, min(_RUN, len(words))) if len(words) else words
    found = np.sort((runs >> np.uint64(32)).astype(np.uint32))
    is_new = np.append(True, found[1:] != found[:-1])  # np.unique would hash first, which is slower here
    sample: NDArray[np.uint32] = found[is_new[: len(found)]][:SAMPLE].copy()  # a view would hold all runs
    return sample


def share_of_runs(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Estimate the share of runs that two texts have in common.

    Parameters
    ----------
    a, b : array of uint32
        As `sample_runs` gives them.

    Returns
    -------
    float
        0 to 1; 1 when the samples are the same.

    Examples
    --------
    >>> share_of_runs(sample_runs("a b c d e"), sample_runs("A b c d f"))
    0.3333333333333333
    """
    import numpy as np

    both = np.sort(np.concatenate([a, b]))
    if not len(both):
        return 0.0
    is_last = np.append(both[1:] != both[:-1], True)  # what both hold stands there twice
    last = np.flatnonzero(is_last)[:SAMPLE]
    n_twice = int(last[-1]) + 1 - len(last)
    return n_twice / len(last)


def find_duplicates(
    keys: Sequence[tuple[str, str]], samples: Sequence[NDArray[np.uint32]]
) -> dict[str, tuple[str, float]]:
    """Find the texts that say the same, or nearly, as an earlier one.

    Parameters
    ----------
    keys : sequence of (str, str)
        Day of publication (ISO 8601, empty when unknown) and article_id of each text.
    samples : sequence of array
        Their samples, in the same order.

    Returns
    -------
    dict
        For each text that has a double: the article_id of the one that stands for it, and the share of
        runs in common. Of doubles the one published first stands for the others; without days, and on
        one day, the one whose id sorts first. The order of the texts does not matter.
    """
    order = sorted(range(len(keys)), key=lambda i: (keys[i][0] or "9999", keys[i][1]))
    repeated = _repeated_probes(samples)
    holders: dict[int, list[int]] = {}  # places in the order
    found: dict[str, tuple[str, float]] = {}
    for place, i in enumerate(order):
        n_probes = len(samples[i][:_PROBES])
        probes = [probe for probe in samples[i][:_PROBES].tolist() if probe in repeated]
        shared = Counter(chain.from_iterable([holders.get(probe, ()) for probe in probes]))
        near = [other for other, n in shared.items() if n >= min(_MIN_SHARED, n_probes)]
        shares = [(share_of_runs(samples[i], samples[order[other]]), -other) for other in near]
        share, first = max(shares, default=(0.0, 0))
        if share >= THRESHOLD:
            found[keys[i][1]] = (keys[order[-first]][1], share)
            continue
        for probe in probes:
            mine = holders.setdefault(probe, [])
            if len(mine) < _MAX_HOLDERS:
                mine.append(place)
    return found


def _repeated_probes(samples: Sequence[NDArray[np.uint32]]) -> frozenset[int]:
    """Give the probes that several texts have: most runs are of one text, and need not be remembered."""
    import numpy as np

    probes = np.sort(np.concatenate([np.zeros(0, np.uint32), *(sample[:_PROBES] for sample in samples)]))
    return frozenset(probes[1:][probes[1:] == probes[:-1]].tolist())
