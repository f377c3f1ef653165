"""Measure how alike texts are in what they are about: words, pairs of words, names, and nearest neighbors."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rashomon.resources import read_word_list

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NAMED = re.compile(r"[A-Z][\w'’-]*")
OTHER_ARTICLES = 100  # what the knowledge of common words is worth against the folder itself
_NEAREST_SHARE = 0.7  # a neighbor this near, by the nearest one, is one of the nearest


def measure_likeness(texts: Sequence[str]) -> NDArray[np.float64]:
    """Measure how alike texts are in what they are about.

    Parameters
    ----------
    texts : sequence of str
        In any order.

    Returns
    -------
    array of float, shape (n, n)
        0 to 1, more is more alike; symmetric, 1 on the diagonal. The mean of two measures: the cosine of
        the texts' words, pairs of words and names, the rarer the weightier, and the cosine of their nearest
        neighbors, so that two texts which are near to the same others are nearer than their words show.

    References
    ----------
    Jarvis, R. A. and Patrick, E. A. (1973), "Clustering using a similarity measure based on shared near
    neighbors", *IEEE Transactions on Computers* 22.
    """
    from scipy import sparse

    n = len(texts)
    alike = np.zeros((n, n))
    words = [content_words(text) for text in texts]
    pairs = [[f"{one} {two}" for one, two in pairwise(each)] for each in words]
    names = [names_in(text) for text in texts]
    for features, common in ((words, common_words()), (pairs, {}), (names, common_words())):
        if any(features):
            alike += _cosines(features, common) / 3
    alike = np.clip((alike + alike.T) / 2, 0.0, 1.0)
    if n < 2:
        return np.ones((n, n))
    np.fill_diagonal(alike, 0.0)
    nearest = alike.max(axis=1, keepdims=True)
    near = np.where((alike >= _NEAREST_SHARE * nearest) & (alike > 0), alike, 0.0)
    np.fill_diagonal(near, 1.0)
    near /= np.linalg.norm(near, axis=1, keepdims=True)
    kept = sparse.csr_matrix(near)
    np.fill_diagonal(alike, 1.0)
    both: NDArray[np.float64] = np.clip((alike + (kept @ kept.T).toarray()) / 2, 0.0, 1.0)
    np.fill_diagonal(both, 1.0)
    return both


def content_words(text: str) -> list[str]:
    """List the words of a text, folded, without the commonest small ones.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        In the order of the text; figures are words too.

    Examples
    --------
    >>> content_words("The river’s banks broke on 3 March.")
    ["river's", 'banks', 'broke', '3', 'march']
    """
    folded = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    return [word for word in folded if word not in small_words()]


def names_in(text: str) -> list[str]:
    """List the words that are written with a capital, folded, without the commonest small ones.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        In the order of the text.

    Examples
    --------
    >>> names_in("The mayor of Ostby met Ann Gray.")
    ['ostby', 'ann', 'gray']
    """
    return [word for word in map(str.casefold, _NAMED.findall(text)) if word not in small_words()]


@functools.cache
def small_words() -> frozenset[str]:
    """Give the commonest small words of the languages that are told apart.

    Returns
    -------
    frozenset of str
    """
    return frozenset(form for row in read_word_list("function_words") for form in row["forms"].split("|"))


@functools.cache
def common_words() -> dict[str, float]:
    """Give the share of news articles that have a word, for the words that many have.

    Returns
    -------
    dict of str to float
    """
    return {row["word"]: float(row["share"]) for row in read_word_list("common_words")}


def _cosines(features: list[list[str]], common: Mapping[str, float]) -> NDArray[np.float64]:
    """Give the cosines of texts: what few texts of this and of other folders have weighs more.

    In a folder of five articles on one event its name is in all five, and yet it is no common word.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    vectorizer = CountVectorizer(analyzer=list)
    counts = vectorizer.fit_transform(features).astype(np.float64)
    elsewhere = np.array([common.get(name, 0.0) for name in vectorizer.get_feature_names_out()])
    n_elsewhere = OTHER_ARTICLES if common else 0
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + len(features) + n_elsewhere) / (1 + held + n_elsewhere * elsewhere))
    counts.data = (1 + np.log(counts.data)) * (rarity + (not common))[counts.indices]
    vectors = normalize(counts)
    cosines: NDArray[np.float64] = (vectors @ vectors.T).toarray()
    return cosines
