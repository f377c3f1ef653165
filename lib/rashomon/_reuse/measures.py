"""Measure how much of one text may be taken from another: contained runs, order, long copies."""

from __future__ import annotations

from collections import Counter

from rashomon._reuse.words import number_runs, read_words

_RUNS = (1, 2, 3, 5)
_LONG_COPY = 8  # words in a row that nobody writes twice by chance

MEASURES = (
    *(f"contained_{n}" for n in _RUNS),
    "in_order",
    "longest_copy",
    "long_copies",
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
        same order; the share that the longest copy takes, and that all copies of at least eight words take.
        The root spreads small shares out, which is where light and heavy rewriting differ.
    """
    from rapidfuzz.distance import LCSseq

    words, others = read_words(text).numbers, read_words(model).numbers
    if not len(words) or not len(others):
        return [0.0] * len(MEASURES)
    values = []
    for n in _RUNS:
        mine, theirs = (Counter(number_runs(each, n).tolist()) for each in (words, others))
        values.append(((mine & theirs).total() / max(1, mine.total())) ** 0.5)
    values.append(LCSseq.similarity(words.tolist(), others.tolist()) / len(words))
    copies = _copies(words.tolist(), others.tolist())
    values.append(max(copies, default=0) / len(words))
    values.append(sum(n for n in copies if n >= min(_LONG_COPY, len(words))) / len(words))
    return values


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
