"""Align two texts: seed, chain, extend, as sequence search does it (Altschul et al. 1990).

Runs of four words that stand in both texts are seeds; seeds that follow one another closely in both texts
form a chain; the ends of a chain move outward while enough of the words they take in are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rashomon._reuse.words import Numbers, Places, Words, number_runs, read_words
from rashomon.normalize import normalize

SEED_WORDS = 4
_MOST_PLACES = 8  # a run that a text repeats on and on seeds no more chains
_GAP_WORDS = 12
_WINDOW_WORDS = 10
_SHARED_AT_EDGE = 0.5
_EDITED_FROM = 0.5
_LEAST_SIMILARITY = 0.35


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one text, and where each of its runs of four stands."""

    article_id: str
    words: Words
    runs: Numbers
    order: Places  # that sorts the runs


class Passage(NamedTuple):
    """A passage that stands in two texts; half-open offsets into both."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    kind: str
    similarity: float
    n_words: int


@dataclass(slots=True)
class _Chain:
    """Runs of words that follow one another in both texts; word positions, ends exclusive."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int

    def reaches(self, other: _Chain) -> bool:
        """Whether `other` begins close enough behind this chain, or inside it, in both texts."""
        return (
            self.start_a <= other.start_a <= self.end_a + _GAP_WORDS
            and self.start_b <= other.start_b <= self.end_b + _GAP_WORDS
        )

    def take(self, other: _Chain) -> None:
        """Grow to cover `other` as well."""
        self.end_a, self.end_b = max(self.end_a, other.end_a), max(self.end_b, other.end_b)


def read_pieces(article_id: str, pieces: Iterable[tuple[int, str]]) -> Text:
    """Read the words of a text, repaired, each with its place in the raw text.

    Parameters
    ----------
    article_id : str
        Whose text it is.
    pieces : iterable of (int, str)
        Where each piece begins in the raw text, and its words there.

    Returns
    -------
    Text
    """
    offsets, originals = zip(*pieces, strict=True) if (pieces := list(pieces)) else ((), ())
    clean = [normalize(piece) for piece in originals]
    numbers, starts, ends = read_words("\n".join(each.text for each in clean))
    begins = np.cumsum([0, *(len(each.text) + 1 for each in clean)])
    bounds = np.searchsorted(starts, begins).tolist()
    for i, (offset, piece, each) in enumerate(zip(offsets, originals, clean, strict=True)):
        mine = slice(bounds[i], bounds[i + 1])
        starts[mine] -= begins[i]
        ends[mine] -= begins[i]
        if each.text != piece:
            spans = zip(starts[mine].tolist(), ends[mine].tolist(), strict=True)
            raw = np.array([each.to_raw(*span) for span in spans], np.int64).reshape(-1, 2)
            starts[mine], ends[mine] = raw.T
        starts[mine] += offset
        ends[mine] += offset
    runs = number_runs(numbers, SEED_WORDS)
    return Text(article_id, Words(numbers, starts, ends), runs, np.argsort(runs, kind="stable"))


def align(a: Text, b: Text, min_words: int) -> Iterator[Passage]:
    """Find the passages that two texts share.

    Parameters
    ----------
    a, b : Text
        The texts.
    min_words : int
        Fewest words of the shorter passage.

    Yields
    ------
    Passage
        In the order of `a`.
    """
    from rapidfuzz.distance import Indel

    words_a, words_b = a.words.numbers.tolist(), b.words.numbers.tolist()
    chains = _join([_Chain(i, i + SEED_WORDS, j, j + SEED_WORDS) for i, j in _find_seeds(a, b)])
    for chain in chains:
        forward = _reach(words_a[chain.end_a :], words_b[chain.end_b :])
        backward = _reach(words_a[: chain.start_a][::-1], words_b[: chain.start_b][::-1])
        chain.end_a, chain.end_b = chain.end_a + forward[0], chain.end_b + forward[1]
        chain.start_a, chain.start_b = chain.start_a - backward[0], chain.start_b - backward[1]
    for chain in _join(sorted(chains, key=lambda c: (c.start_a, c.start_b))):
        shared_a, shared_b = words_a[chain.start_a : chain.end_a], words_b[chain.start_b : chain.end_b]
        n_words = min(len(shared_a), len(shared_b))
        similarity = float(Indel.normalized_similarity(shared_a, shared_b))
        if n_words < min_words or similarity < _LEAST_SIMILARITY:
            continue
        yield Passage(
            int(a.words.starts[chain.start_a]),
            int(a.words.ends[chain.end_a - 1]),
            int(b.words.starts[chain.start_b]),
            int(b.words.ends[chain.end_b - 1]),
            _name_kind(shared_a, shared_b, similarity),
            similarity,
            n_words,
        )


def _find_seeds(a: Text, b: Text) -> list[tuple[int, int]]:
    """Find where the runs that both texts have stand in each, in the order of the first."""
    in_order = b.runs[b.order]
    first = np.searchsorted(in_order, a.runs, side="left")
    n_places = np.minimum(np.searchsorted(in_order, a.runs, side="right") - first, _MOST_PLACES)
    at_a = np.repeat(np.arange(len(a.runs)), n_places)
    nth = np.arange(len(at_a)) - np.repeat(np.cumsum(n_places) - n_places, n_places)
    at_b = b.order[first[at_a] + nth]
    return list(zip(at_a.tolist(), at_b.tolist(), strict=True))


def _join(chains: list[_Chain]) -> list[_Chain]:
    """Join chains that follow one another closely in both texts; `chains` come in the order of the first."""
    joined: list[_Chain] = []
    growing: list[_Chain] = []
    for chain in chains:
        growing = [earlier for earlier in growing if chain.start_a <= earlier.end_a + _GAP_WORDS]
        for earlier in reversed(growing):
            if earlier.reaches(chain):
                earlier.take(chain)
                break
        else:
            joined.append(chain)
            growing.append(chain)
    return joined


def _reach(words_a: list[int], words_b: list[int]) -> tuple[int, int]:
    """Say how far a passage goes on: words of each text, ending on a shared word."""
    from rapidfuzz.distance import LCSseq

    at_a = at_b = 0
    while True:
        window_a = words_a[at_a : at_a + _WINDOW_WORDS]
        window_b = words_b[at_b : at_b + _WINDOW_WORDS]
        best, n_shared = (0, 0), 0
        for code in LCSseq.opcodes(window_a, window_b):
            if code.tag != "equal":
                continue
            for k in range(1, code.src_end - code.src_start + 1):
                n_shared += 1
                end_a, end_b = code.src_start + k, code.dest_start + k
                if n_shared >= _SHARED_AT_EDGE * max(end_a, end_b):
                    best = (end_a, end_b)
        if best == (0, 0):
            return at_a, at_b
        at_a, at_b = at_a + best[0], at_b + best[1]


def _name_kind(words_a: list[int], words_b: list[int], similarity: float) -> str:
    if words_a == words_b:
        return "copied"
    return "edited" if similarity >= _EDITED_FROM else "paraphrased"
