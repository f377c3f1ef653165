"""Group tellings into claims: average linkage, then one more look for articles that seem not to tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# Set on labels of the five articles; between .2 and .3 little changes.
LEAST_ALIKE = 0.22
LEAST_TO_JOIN = 0.25
# Average linkage looks at all pairs, so it is done within groups that some pair links at all.
_LINK, _STEP, _MOST_AT_ONCE = 0.2, 0.05, 2500
_ROWS_AT_ONCE = 500


def group_claims(vectors: Any) -> list[int]:
    """Group tellings that tell the same, by average linkage.

    Parameters
    ----------
    vectors : scipy.sparse.csr_matrix
        As `vectorize` gives them.

    Returns
    -------
    list of int
        A number a telling; the same number, the same claim.
    """
    groups = [-1] * vectors.shape[0]
    n_groups = 0
    waiting = [(list(range(vectors.shape[0])), _LINK)]
    while waiting:
        rows, link = waiting.pop()
        for members in _linked(vectors, rows, link):
            if len(members) > _MOST_AT_ONCE:
                waiting.append((members, link + _STEP))
                continue
            for row, group in zip(members, _average_linkage(vectors[members]), strict=True):
                groups[row] = n_groups + group
            n_groups = max(n_groups, *(groups[row] + 1 for row in members))
    return groups


def join_late(
    vectors: Any, groups: Sequence[int], articles: Sequence[str]
) -> dict[int, list[tuple[int, float]]]:
    """Look for the telling of each claim in the articles that have none so far.

    Parameters
    ----------
    vectors : scipy.sparse.csr_matrix
        As `vectorize` gives them.
    groups : sequence of int
        As `group_claims` gives them.
    articles : sequence of str
        The article of each telling.

    Returns
    -------
    dict of int to list
        By group, for each article without a telling the row that comes closest and its score: the mean of
        its scores with the tellings of the claim, 0 to 1.
    """
    import numpy as np

    members: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    rows_of: dict[str, list[int]] = {}
    for row, article in enumerate(articles):
        rows_of.setdefault(article, []).append(row)
    nearest: dict[int, list[tuple[int, float]]] = {}
    for group, told in members.items():
        if len(told) == 1:
            nearest[group] = []  # a telling that stands alone is most alike to none
            continue
        middle = np.asarray(vectors[told].mean(axis=0)).ravel()
        scores = vectors @ middle
        has_it = {articles[row] for row in told}
        missing = [rows for article, rows in sorted(rows_of.items()) if article not in has_it]
        best = (max(rows, key=lambda row: (scores[row], -row)) for rows in missing)
        nearest[group] = [(row, float(scores[row])) for row in best]
    return nearest


def _linked(vectors: Any, rows: list[int], link: float) -> list[list[int]]:
    """Split rows where no pair is alike enough to link the pieces."""
    from scipy.sparse import csr_matrix, vstack
    from scipy.sparse.csgraph import connected_components

    chosen = vectors[rows]
    blocks = []
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        block = (chosen[first : first + _ROWS_AT_ONCE] @ chosen.T).tocsr()
        block.data[block.data < link] = 0
        block.eliminate_zeros()
        blocks.append(block)
    alike = vstack(blocks) if blocks else csr_matrix((0, 0))
    n_pieces, piece_of = connected_components(alike, directed=False)
    pieces: list[list[int]] = [[] for _ in range(n_pieces)]
    for row, piece in zip(rows, piece_of, strict=True):
        pieces[piece].append(row)
    return pieces


def _average_linkage(vectors: Any) -> list[int]:
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if vectors.shape[0] == 1:
        return [0]
    apart = np.clip(1 - (vectors @ vectors.T).toarray(), 0, None)
    np.fill_diagonal(apart, 0)
    # Rounding, so that the order in which sums are made decides no tie.
    tree = linkage(squareform(apart.round(9), checks=False), method="average")
    return [int(group) - 1 for group in fcluster(tree, 1 - LEAST_ALIKE, "distance")]
