"""Measure how much of one text may be taken from another: contained runs, order, long copies."""

from __future__ import annotations

from collections import Counter

import numpy as np

from rashomon._reuse.alignment import align, read_pieces
from rashomon._reuse.words import number_runs

_RUNS = (1, 2, 3, 5)
_LONG_COPY = 8  # words in a row that nobody writes twice by chance

MEASURES = (
    *(f"contained_{n}" for n in _RUNS),
    "in_order",
    "longest_copy",
    "long_copies",
    "aligned",
)


def measure_pair(text: str, model: str) -> list[float]:
    """Measure one pair.

    Parameters
    ----------
    text : str
        Text that may reuse the model.
    model : str
        Text that may have been reused.

    Returns
    -------
    list of float
        One value for each of `MEASURES`, 0 to 1: the square root of the share of the text's runs of one, two,
        three and five words that the model contains; the share of its words that stand in the model in the
        same order; the share that the longest copy takes, that all copies of at least eight words take, and
        that stands in passages which share wording with the model. The root spreads small shares out, where
        light and heavy rewriting differ.
    """
    from rapidfuzz.distance import LCSseq

    mine, its = read_pieces("", [(0, text)]), read_pieces("", [(0, model)])
    words, others = mine.words.numbers, its.words.numbers
    if not len(words) or not len(others):
        return [0.0] * len(MEASURES)
    values = []
    for n in _RUNS:
        runs, known = (Counter(number_runs(each, n).tolist()) for each in (words, others))
        values.append(((runs & known).total() / max(1, runs.total())) ** 0.5)
    values.append(LCSseq.similarity(words.tolist(), others.tolist()) / len(words))
    copies = _copies(words.tolist(), others.tolist())
    values.append(max(copies, default=0) / len(words))
    values.append(sum(n for n in copies if n >= min(_LONG_COPY, len(words))) / len(words))
    is_aligned = np.zeros(len(words), bool)
    for passage in align(mine, its, _LONG_COPY):
        is_aligned |= (mine.words.starts >= passage.start_a) & (mine.words.ends <= passage.end_a)
    return [*values, float(is_aligned.mean())]


def _copies(words: list[int], others: list[int]) -> list[int]:
    """Cover a text, from left to right, with the longest runs that stand in the other; give lengths."""
    places: dict[int, list[int]] = {}
    for j, word in enumerate(others):
        places.setdefault(word, []).append(j)
    lengths = []
    i = 0
    while i < len(words):
        longest = 0
        for j in places.get(words[i], ()):
            n = 0
            while i + n < len(words) and j + n < len(others) and words[i + n] == others[j + n]:
                n += 1
            longest = max(longest, n)
        if longest:
            lengths.append(longest)
        i += max(1, longest)
    return lengths
