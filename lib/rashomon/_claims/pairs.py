"""Compare two wordings of claims: features of the pair, and one score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rashomon._claims.alikeness import spell
from rashomon._claims.words import content_words, has_denial, has_hedge, is_negated

_CAPITALIZED = re.compile(r"\b[A-Z]\w+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_LEANS_BACK = re.compile(r"\W*(?:he|she|it|they|we|i|this|that|these|those|but|and)\b", re.IGNORECASE)


def claim_similarity(a: Sequence[str], b: Sequence[str]) -> list[list[float]]:
    """Measure how much the wordings of pairs have in common.

    Parameters
    ----------
    a, b : sequence of str
        The wordings; the first of `a` is compared with the first of `b`, and so on. Words and letters are
        weighed by how rare they are among all of them, so give the pairs of one study at once.

    Returns
    -------
    list of list of float
        A row a pair, nine numbers: the letter runs, then the words in common, weighed (0 to 1, up is more
        alike); the share of the shorter wording that the longer holds (0 to 1); how central both are among
        the wordings they are compared with; how many capitalized words they hold, up to three each;
        whether both hold back; whether one alone negates; how many lean on a sentence before (0 to 2);
        how many numbers they share.

    Raises
    ------
    ValueError
        When `a` and `b` are not of one length.

    Examples
    --------
    >>> rows = claim_similarity(["The bridge was closed."] * 2, ["They closed the bridge.", "Prices fell."])
    >>> rows[0][0] > rows[1][0]
    True
    """
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if len(a) != len(b):
        raise ValueError(f"{len(a)} wordings cannot be paired with {len(b)}")
    if not a:
        return []
    texts = list(dict.fromkeys([*a, *b]))
    place = {text: at for at, text in enumerate(texts)}
    left, right = (np.array([place[text] for text in side]) for side in (a, b))
    letters, words = spell(texts, n_letters=(2, 4)), _weigh_words(texts)
    pairs = coo_matrix((np.ones(len(a)), (left, right)), shape=(len(texts),) * 2)
    _, story = connected_components(pairs, directed=False)
    central = _centrality(letters, story)
    capitals = np.array([len(_CAPITALIZED.findall(text)) for text in texts])
    hedged, negated, leaning = (
        np.array([bool(tells(text)) for text in texts], dtype=float)
        for tells in (has_hedge, lambda text: is_negated(text) or has_denial(text), _LEANS_BACK.match)
    )
    numbers = [set(_NUMBER.findall(text)) for text in texts]
    mass = np.asarray(words.sum(axis=1)).ravel()
    shared = np.asarray(words[left].minimum(words[right]).sum(axis=1)).ravel()
    columns = [
        np.sqrt(_product(letters, left, right)),
        shared / np.maximum(mass[left] + mass[right] - shared, 1e-9),
        shared / np.maximum(np.minimum(mass[left], mass[right]), 1e-9),
        central[left] + central[right],
        np.minimum(capitals[left], 3) + np.minimum(capitals[right], 3),
        hedged[left] * hedged[right],
        np.abs(negated[left] - negated[right]),
        leaning[left] + leaning[right],
        np.array([len(numbers[i] & numbers[j]) for i, j in zip(left, right, strict=True)]),
    ]
    return [[float(value) for value in row] for row in np.column_stack(columns)]


def same_claim(a: str, b: str) -> float:
    """Say how likely two wordings tell the same claim, by the words they share.

    Parameters
    ----------
    a, b : str
        The wordings.

    Returns
    -------
    float
        0 (nothing in common) to 1 (the same words, synonyms counted as one); half of it when only one of
        them negates, or when both hold numbers and share none.

    Examples
    --------
    >>> same_claim("The army sent troops.", "The army deployed soldiers.")
    1.0
    >>> same_claim("The army sent 10 troops.", "The army sent 20 troops.") < 0.5
    True
    """
    ours, theirs = (set(content_words(text)) for text in (a, b))
    if not ours or not theirs:
        return 0.0
    score = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    numbers = [set(_NUMBER.findall(text)) for text in (a, b)]
    differs = (is_negated(a) or has_denial(a)) != (is_negated(b) or has_denial(b))
    return score / 2 if differs or (all(numbers) and not numbers[0] & numbers[1]) else score


def _weigh_words(texts: Sequence[str]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    try:
        held = CountVectorizer(analyzer=content_words, binary=True).fit_transform(texts).astype(float)
    except ValueError:  # not a word of content in any of them
        return csr_matrix((len(texts), 1))
    rarity = np.log((len(texts) + 1) / (np.asarray(held.sum(axis=0)).ravel() + 1)) + 1
    return held.multiply(rarity).tocsr()


def _product(vectors: Any, left: Any, right: Any) -> Any:
    import numpy as np

    return np.asarray(vectors[left].multiply(vectors[right]).sum(axis=1)).ravel()


def _centrality(vectors: Any, story: Any) -> Any:
    """Give the mean alikeness of each wording to the others it is linked with by pairs."""
    import numpy as np
    from scipy.sparse import coo_matrix

    n_rows = vectors.shape[0]
    member = coo_matrix(
        (np.ones(n_rows), (story, np.arange(n_rows))), shape=(story.max() + 1, n_rows)
    ).tocsr()
    totals = (member @ vectors).tocsr()
    sizes = np.asarray(member.sum(axis=1)).ravel()[story]
    own = _product(vectors, np.arange(n_rows), np.arange(n_rows))
    with_all = np.asarray(vectors.multiply(totals[story]).sum(axis=1)).ravel()
    return (with_all - own) / np.maximum(sizes - 1, 1)
