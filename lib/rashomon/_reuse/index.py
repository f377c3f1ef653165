"""Find the texts that share runs of words without comparing every text with every other.

An inverted index made by sorting: each run of words of each text is one number, which holds the run in its
upper bits and the text in its lower ones. Sorted, the texts that hold a run stand side by side (Broder 1997;
Manber 1994 for keeping only the runs whose number ends on a zero). Nothing depends on the order of the
texts, and time and memory grow with their number, not with its square.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon._reuse.words import Numbers, Places, number_runs, read_words

RUN_WORDS = 5
SAMPLED_ONE_IN = 2
_ALL_RUNS_BELOW = 64  # of a text with fewer runs all are kept, else one in SAMPLED_ONE_IN
_BLOCK_LENGTH = 100_000  # characters that are read at once: their arrays fit the processor's cache
_SLICE = 1 << 22


class SharedRuns(NamedTuple):
    """Pairs of texts, the smaller number first, and how many runs each pair was found to share."""

    first: Places
    second: Places
    n_shared: Places


class Index(NamedTuple):
    """The runs of many texts: one number a run and text, how many runs a text has, and the order of texts."""

    keys: Numbers
    n_runs: Places
    ranks: Places


def bits_for(n_texts: int) -> int:
    """Say how many lower bits of a key hold the text.

    Parameters
    ----------
    n_texts : int
        How many texts there are.

    Returns
    -------
    int

    Examples
    --------
    >>> bits_for(1), bits_for(1000)
    (1, 10)
    """
    return max(1, (n_texts - 1).bit_length())


def index_texts(texts: Sequence[str]) -> Index:
    """Index a sample of the runs of five words of each text.

    Parameters
    ----------
    texts : sequence of str
        Any texts. Of one with fewer than five words its whole is the one run.

    Returns
    -------
    Index
        `ranks` orders the texts by what they say, so that it is the same in whatever order they come.
    """
    bits = bits_for(len(texts))
    keys = bytearray()  # grows in place: a list of arrays would have to be copied, and memory held twice
    n_runs = [np.zeros(0, np.int64)]
    first = 0
    for block in _blocks_of(texts):
        numbers, owners = _sample_runs(block)
        n_runs.append(np.bincount(owners, minlength=len(block)))
        keys += _join(numbers, owners + first, bits).tobytes()
        first += len(block)
    return Index(np.frombuffer(keys, np.uint64), np.concatenate(n_runs), _rank_texts(texts))


def index_words(texts: Sequence[Numbers], length: int) -> Index:
    """Index every run of words of some texts that are read already.

    Parameters
    ----------
    texts : sequence of array
        The numbers of their words.
    length : int
        Words of a run.

    Returns
    -------
    Index
        `ranks` is the order of the texts as given.
    """
    runs = [number_runs(words, length) for words in texts]
    n_runs = np.array([len(each) for each in runs], np.int64)
    owners = np.repeat(np.arange(len(texts)), n_runs)
    numbers = np.concatenate([np.zeros(0, np.uint64), *runs])
    return Index(_join(numbers, owners, bits_for(len(texts))), n_runs, np.arange(len(texts)))


def find_shared_runs(
    index: Index, *, min_shared: int, most_holders: int, least_share_of_many: float = 0.0
) -> SharedRuns:
    """Find the pairs of texts that share so many runs.

    Parameters
    ----------
    index : Index
        Its keys are sorted in place.
    min_shared : int
        Fewest runs; of a text that has fewer, all.
    most_holders : int
        A run in so many texts joins each of them with each. A run in more joins each to the one of them that
        comes first by rank: a text carried a thousand times gives a thousand pairs, not half a million, and
        a turn of phrase hardly any.
    least_share_of_many : float
        Share of the runs of the shorter text that a pair must share to be joined by runs that many hold:
        phrases that many texts use add up between long texts.

    Returns
    -------
    SharedRuns
        In the order of the texts.
    """
    bits = bits_for(len(index.ranks))
    in_order = np.argsort(index.ranks)
    index.keys.sort()
    by_few, by_many = bytearray(), bytearray()
    for keys in _slices(index.keys, bits):
        runs, owners = _split(keys[_starts_of(keys)], bits)  # a run that a text has twice counts once
        starts = _starts_of(runs)
        n_holders = np.repeat(sizes := np.diff(starts, append=len(runs)), sizes)
        is_few = (n_holders > 1) & (n_holders <= most_holders)
        for first, second in _join_each(runs[is_few], owners[is_few], most_holders):
            by_few += _join(first.astype(np.uint64), second, bits).tobytes()
        is_many = n_holders > most_holders
        first, second = _join_to_head(owners[is_many], sizes[sizes > most_holders], index.ranks, in_order)
        by_many += _join(first.astype(np.uint64), second, bits).tobytes()
    found = [np.zeros((3, 0), np.int64)]
    for pairs, least_share in ((by_few, 0.0), (by_many, least_share_of_many)):
        met = np.frombuffer(pairs, np.uint64)
        met.sort()
        for some in _slices(met, 0):
            starts = _starts_of(some)
            first, second = _split(some[starts], bits)
            n_shared = np.diff(starts, append=len(some))
            n_runs = np.minimum(index.n_runs[first], index.n_runs[second])
            is_enough = n_shared >= np.maximum(np.minimum(min_shared, n_runs), least_share * n_runs)
            found.append(np.stack((first, second, n_shared))[:, is_enough])
    first, second, n_shared = np.concatenate(found, axis=1)
    order = np.lexsort((-n_shared, second, first))
    order = order[_starts_of(_join(first.astype(np.uint64), second, bits)[order])]
    return SharedRuns(first[order], second[order], n_shared[order])


def _blocks_of(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    first = length = 0
    for i, text in enumerate(texts):
        if i > first and length + len(text) > _BLOCK_LENGTH:
            yield texts[first:i]
            first, length = i, 0
        length += len(text)
    if first < len(texts):
        yield texts[first:]


def _sample_runs(texts: Sequence[str]) -> tuple[Numbers, Places]:
    """Give the runs of some texts that are kept, each with the place of its text."""
    words, starts, _ = read_words("\n".join(texts))
    ends = np.cumsum([len(text) + 1 for text in texts])
    bounds = np.searchsorted(starts, np.append(0, ends))
    owners = np.repeat(np.arange(len(texts)), np.diff(bounds))
    runs = number_runs(words, RUN_WORDS)
    lasts = owners[len(owners) - len(runs) :]
    n_runs = np.maximum(np.diff(bounds) - RUN_WORDS + 1, 0)
    owners = owners[: len(runs)]
    is_kept = (owners == lasts) & (
        (runs % np.uint64(SAMPLED_ONE_IN) == 0) | (n_runs < _ALL_RUNS_BELOW)[owners]
    )
    short = [i for i in np.flatnonzero(n_runs == 0).tolist() if bounds[i] < bounds[i + 1]]
    wholes = [number_runs(words[bounds[i] : bounds[i + 1]], bounds[i + 1] - bounds[i]) for i in short]
    return np.concatenate([runs[is_kept], *wholes]), np.append(owners[is_kept], np.array(short, np.int64))


def _rank_texts(texts: Sequence[str]) -> Places:
    """Order texts by length, the longest first, and then by what they say."""
    digests = [-len(text) << 32 | zlib.crc32(text.encode("utf-8", "surrogatepass")) for text in texts]
    ranks = np.empty(len(texts), np.int64)
    ranks[np.argsort(np.array(digests, np.int64), kind="stable")] = np.arange(len(texts))
    return ranks


def _join(upper: Numbers, lower: Places, bits: int) -> Numbers:
    return upper << np.uint64(bits) | lower.astype(np.uint64)


def _split(keys: Numbers, bits: int) -> tuple[Places, Places]:
    lower = keys & np.uint64((1 << bits) - 1)
    return (keys >> np.uint64(bits)).astype(np.int64), lower.astype(np.int64)


def _starts_of(values: NDArray[np.generic]) -> Places:
    """Say where each value begins in values that are sorted."""
    is_new = np.ones(len(values), bool)
    is_new[1:] = values[1:] != values[:-1]
    return np.flatnonzero(is_new)


def _slices(keys: Numbers, bits: int) -> Iterator[Numbers]:
    """Cut sorted keys into slices, none of which ends between keys that agree in their upper bits."""
    start = 0
    while start < len(keys):
        end = min(start + _SLICE, len(keys))
        last = keys[end - 1] | np.uint64((1 << bits) - 1)
        end = int(np.searchsorted(keys, last, side="right"))
        yield keys[start:end]
        start = end


def _join_each(runs: Places, owners: Places, most_holders: int) -> Iterator[tuple[Places, Places]]:
    """Yield each pair of texts that hold a run together, the smaller first."""
    for step in range(1, most_holders):
        at = np.flatnonzero(runs[step:] == runs[:-step])
        if not len(at):
            return
        yield owners[at], owners[at + step]


def _join_to_head(owners: Places, sizes: Places, ranks: Places, in_order: Places) -> tuple[Places, Places]:
    """Pair each text that holds a run with the one of them that comes first by rank."""
    if not len(sizes):
        return owners, owners
    heads = np.minimum.reduceat(ranks[owners], np.append(0, np.cumsum(sizes)[:-1]))
    head = np.repeat(in_order[heads], sizes)
    is_other = head != owners
    return np.minimum(head, owners)[is_other], np.maximum(head, owners)[is_other]
