"""Shared wording: passages that stand, word for word or edited, in two texts.

Seed, chain, extend, as sequence search does it (Altschul et al. 1990). Every run of four words gets
a number that is the same on every machine; an inverted index from number to places finds the runs
two texts share without comparing all pairs of texts; runs that follow one another closely in both
texts form a chain; the ends of a chain move outward while enough of the words they take in are shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from rashomon.normalize import normalize
from rashomon.tables import make_table

if TYPE_CHECKING:
    from rashomon.corpus import Corpus

Numbers = npt.NDArray[np.uint64]

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SEED_WORDS = 4
# Odd 64-bit multipliers, one a place in the run, so that the same words in another order differ.
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
_NEAREST_TEXTS = 30
_GAP_WORDS = 12
_WINDOW_WORDS = 10
_SHARED_AT_EDGE = 0.5
_EDITED_FROM = 0.5
_LEAST_SIMILARITY = 0.35


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one part: a number for each word, and where it stands in the raw text."""

    article_id: str
    words: Numbers
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


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


def find_passages(corpus: Corpus, *, min_words: int = 12) -> pd.DataFrame:
    """Find passages that share wording, between articles and between parts of one article.

    Parameters
    ----------
    corpus : Corpus
        Lines of article text and snippets are compared; captions too. Furniture, teasers, bylines
        and disclaimers are not.
    min_words : int, keyword-only
        Fewest words of the shorter passage, at least 4.

    Returns
    -------
    DataFrame
        Table `passages`. `similarity` is twice the words both passages have in the same order,
        divided by the words of both: 0 to 1, up is closer. `kind` says no more than the wording
        shows: `copied` is the same word for word (case and punctuation aside), `edited` from .5,
        `paraphrased` below. Always ``article_a <= article_b``; equal only when two parts of one
        article share wording. The order in which articles are read does not matter.

    Raises
    ------
    ValueError
        When `min_words` is below 4.

    Notes
    -----
    Known limits. A retelling without four words in a row in common is not found: same claims in other
    words are a question for the comparison of claims. Who copied whom is not said. A run of four words
    counts once a part, at its first place. A run that stands in very many texts joins each of them to
    the next 30 only (by article_id), so that a text carried a thousand times gives a chain of pairs
    and not half a million. An outlet's boilerplate is not told apart from copying.

    References
    ----------
    Altschul, Gish, Miller, Myers and Lipman (1990), "Basic local alignment search tool".

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> told = "The ferry sank off the northern coast on Monday after it struck a rock in thick fog."
    >>> find_passages(corpus_of({"x": told, "y": "Police said this. " + told}))["kind"].tolist()
    ['copied']
    """
    return _find_passages(_texts_of(corpus), min_words)


def passages_between(a: str, b: str, *, min_words: int = 12) -> pd.DataFrame:
    """Find the passages two texts share; every word of both texts is compared.

    Parameters
    ----------
    a, b : str
        The texts.
    min_words : int, keyword-only
        Fewest words of the shorter passage, at least 4.

    Returns
    -------
    DataFrame
        Table `passages` with `article_a` "a" and `article_b` "b"; offsets point into the texts as given.

    Raises
    ------
    ValueError
        When `min_words` is below 4.

    Examples
    --------
    >>> text = "He said that the old bridge had been closed to heavy trucks since the spring."
    >>> found = passages_between(text, "On Friday he told us: " + text)
    >>> text[found.at[0, "start_a"] : found.at[0, "end_a"]]
    'He said that the old bridge had been closed to heavy trucks since the spring'
    """
    return _find_passages([_read_words("a", [(0, a)]), _read_words("b", [(0, b)])], min_words)


def _texts_of(corpus: Corpus) -> list[_Text]:
    """One text a part, in the order of article and part, so that the first of a pair is the smaller."""
    lines = corpus.lines
    lines = lines[lines["is_article_text"] | (lines["zone"] == "snippet")]
    texts = []
    for (article_id, _), rows in lines.groupby(["article_id", "part_id"], sort=True):
        raw = corpus.raw(str(article_id))
        pieces = [(start, raw[start:end]) for start, end in zip(rows["start"], rows["end"], strict=True)]
        texts.append(_read_words(str(article_id), pieces))
    return texts


def _read_words(article_id: str, pieces: Iterable[tuple[int, str]]) -> _Text:
    words: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for offset, piece in pieces:
        clean = normalize(piece)
        is_same = clean.text == piece
        for match in _WORD.finditer(clean.text):
            start, end = match.span() if is_same else clean.to_raw(*match.span())
            # An apostrophe is written in two ways; a copy may change one into the other.
            words.append(crc32(match.group().casefold().replace("’", "'").encode("utf-8", "surrogatepass")))
            starts.append(offset + start)
            ends.append(offset + end)
    return _Text(article_id, np.array(words, np.uint64), np.array(starts, np.int64), np.array(ends, np.int64))


def _find_passages(texts: list[_Text], min_words: int) -> pd.DataFrame:
    if min_words < _SEED_WORDS:
        raise ValueError(f"min_words is {min_words}, must be at least {_SEED_WORDS}")
    rows: list[dict[str, Any]] = []
    for a, b, seeds in _shared_runs(texts):
        rows += _align(texts[a], texts[b], seeds, min_words)
    return make_table("passages", rows)


def _shared_runs(texts: list[_Text]) -> Iterator[tuple[int, int, npt.NDArray[np.int64]]]:
    """Yield pairs of texts with the word positions of the runs both have."""
    if not texts:
        return
    runs = [_number_runs(text.words) for text in texts]
    number = np.concatenate(runs)
    owner = np.repeat(np.arange(len(texts)), [len(run) for run in runs])
    place = np.concatenate([np.arange(len(run)) for run in runs])
    order = np.lexsort((place, owner, number))
    number, owner, place = number[order], owner[order], place[order]
    is_first = np.ones(len(number), bool)
    is_first[1:] = (number[1:] != number[:-1]) | (owner[1:] != owner[:-1])
    number, owner, place = number[is_first], owner[is_first], place[is_first]

    found = [np.empty((0, 4), np.int64)]
    for step in range(1, _NEAREST_TEXTS + 1):
        at = np.flatnonzero(number[step:] == number[:-step])
        if not len(at):
            break
        found.append(np.column_stack((owner[at], owner[at + step], place[at], place[at + step])))
    seeds = np.concatenate(found)
    seeds = seeds[np.lexsort((seeds[:, 3], seeds[:, 2], seeds[:, 1], seeds[:, 0]))]
    is_new = (np.diff(seeds[:, :2], axis=0) != 0).any(axis=1)
    for group in np.split(seeds, np.flatnonzero(is_new) + 1):
        if len(group):
            yield int(group[0, 0]), int(group[0, 1]), group[:, 2:]


def _number_runs(words: Numbers) -> Numbers:
    """Give every run of four words its number; the arithmetic is meant to wrap at 64 bits."""
    n = max(0, len(words) - _SEED_WORDS + 1)
    numbers = np.zeros(n, np.uint64)
    for shift, multiplier in enumerate(_MULTIPLIERS):
        numbers += words[shift : shift + n] * np.uint64(multiplier)
    return numbers


def _align(a: _Text, b: _Text, seeds: npt.NDArray[np.int64], min_words: int) -> Iterator[dict[str, Any]]:
    """Yield rows of `passages` for one pair of texts."""
    from rapidfuzz.distance import Indel

    words_a, words_b = a.words.tolist(), b.words.tolist()
    chains = _join([_Chain(i, i + _SEED_WORDS, j, j + _SEED_WORDS) for i, j in seeds.tolist()])
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
        yield {
            "article_a": a.article_id,
            "start_a": int(a.starts[chain.start_a]),
            "end_a": int(a.ends[chain.end_a - 1]),
            "article_b": b.article_id,
            "start_b": int(b.starts[chain.start_b]),
            "end_b": int(b.ends[chain.end_b - 1]),
            "kind": _name_kind(shared_a, shared_b, similarity),
            "similarity": similarity,
            "n_words": n_words,
        }


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
