"""Group tellings into claims: average linkage, then one more look for articles that seem not to tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

# Set on labels of the five articles; between .2 and .3 little changes.
LEAST_ALIKE = 0.22
LEAST_TO_JOIN = 0.25
# Average linkage looks at all pairs, so it is done within groups that some pair links at all.
_LINK, _STEP, _MOST_AT_ONCE = 0.2, 0.05, 2500
_ROWS_AT_ONCE = 500
# What more tellings hold than this makes no pair a candidate by itself, or work grows with their square.
_MOST_HOLDING, _LEAST_RARE = 1000, 0.05


def group_claims(vectors: Any, figures: Sequence[frozenset[str]]) -> list[int]:
    """Group tellings that tell the same, by average linkage.

    Parameters
    ----------
    vectors : scipy.sparse.csr_matrix
        As `vectorize` gives them.
    figures : sequence of frozenset of str
        The claims with a number that each telling holds. Where both hold some and none in common, two
        tellings are not alike: other figures make another claim.

    Returns
    -------
    list of int
        A number a telling; the same number, the same claim.
    """
    from scipy.sparse import coo_matrix

    n_rows = vectors.shape[0]
    left, right, scores = find_pairs(vectors, vectors, _LINK)
    alike = coo_matrix((scores, (left, right)), shape=(n_rows, n_rows)).tocsr()
    groups = [-1] * n_rows
    n_groups = 0
    waiting = [(list(range(n_rows)), _LINK)]
    while waiting:
        rows, link = waiting.pop()
        for members in _linked(alike, rows, link):
            if len(members) > _MOST_AT_ONCE:
                waiting.append((members, link + _STEP))
                continue
            for row, group in zip(
                members, _average_linkage(vectors[members], [figures[row] for row in members]), strict=True
            ):
                groups[row] = n_groups + group
            n_groups = max(n_groups, *(groups[row] + 1 for row in members))
    return groups


def find_pairs(left: Any, right: Any, least: float) -> tuple[Any, Any, Any]:
    """Find the pairs that are alike, without a look at all pairs when there are many.

    Parameters
    ----------
    left, right : scipy.sparse.csr_matrix
        As `vectorize` gives them, or means of such rows.
    least : float
        The lowest score to keep.

    Returns
    -------
    tuple of numpy.ndarray
        Rows of `left`, rows of `right`, scores.
    """
    import numpy as np

    is_rare = right.getnnz(axis=0) <= _MOST_HOLDING
    rare_left, rare_right = left[:, is_rare], right[:, is_rare].T.tocsr()
    common_left, common_right = (side[:, ~is_rare].toarray() for side in (left, right))
    found = []
    for first in range(0, left.shape[0], _ROWS_AT_ONCE):
        block = (rare_left[first : first + _ROWS_AT_ONCE] @ rare_right).tocoo()
        rows, columns, scores = block.row + first, block.col, block.data
        if not is_rare.all():
            kept = scores >= _LEAST_RARE
            rows, columns = rows[kept], columns[kept]
            scores = scores[kept] + _product(common_left, common_right, rows, columns)
        kept = scores.round(9) >= least
        found.append((rows[kept], columns[kept], scores[kept]))
    if not found:
        return (np.empty(0, int), np.empty(0, int), np.empty(0))
    rows, columns, scores = (np.concatenate(each) for each in zip(*found, strict=True))
    return rows, columns, scores


def average(vectors: Any, members: Iterable[Sequence[int]]) -> Any:
    """Give the mean of the rows of each group.

    Parameters
    ----------
    vectors : scipy.sparse.csr_matrix
        As `vectorize` gives them.
    members : iterable of sequence of int
        The rows of each group.

    Returns
    -------
    scipy.sparse.csr_matrix
        A row a group.
    """
    from scipy.sparse import csr_matrix

    cells = [(at, row, 1 / len(rows)) for at, rows in enumerate(members) for row in rows]
    at, row, share = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (max(at, default=-1) + 1, vectors.shape[0])
    return csr_matrix((share, (at, row)), shape=shape, dtype=float) @ vectors


def join_late(vectors: Any, groups: Sequence[int], articles: Sequence[str]) -> dict[int, list[int]]:
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
        By group, the rows that join: of each article without a telling the one whose mean score with those
        of the claim is highest, if it is high enough. A telling that stands alone is joined by none.
    """
    members = {group: told for group, told in members_of(groups).items() if len(told) > 1}
    has_it = [{articles[row] for row in told} for told in members.values()]
    best: dict[tuple[int, str], tuple[float, int]] = {}
    pairs = find_pairs(average(vectors, members.values()), vectors, LEAST_TO_JOIN)
    for at, row, score in zip(*(each.tolist() for each in pairs), strict=True):
        article = articles[row]
        if article not in has_it[at]:
            best[at, article] = max(best.get((at, article), (0.0, 0)), (round(score, 9), -row))
    joined: dict[int, list[int]] = {group: [] for group in members}
    names = list(members)
    for (at, _), (_, row) in best.items():
        joined[names[at]].append(-row)
    return joined


def find_nearest(vectors: Any, told: Sequence[int], articles: Sequence[str]) -> dict[str, float]:
    """Say how near each article comes to a claim: the highest mean score of a row with those that tell it.

    Parameters
    ----------
    vectors : scipy.sparse.csr_matrix
        As `vectorize` gives them.
    told : sequence of int
        Rows that tell the claim.
    articles : sequence of str
        The article of each row.

    Returns
    -------
    dict of str to float
        By article, 0 to 1.
    """
    scores = (vectors @ average(vectors, [told]).T).toarray().ravel()
    nearest: dict[str, float] = {}
    for article, score in zip(articles, scores.tolist(), strict=True):
        nearest[article] = max(nearest.get(article, 0.0), score)
    return nearest


def members_of(groups: Sequence[int]) -> dict[int, list[int]]:
    """Give the rows of each group, in order of their first."""
    members: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    return members


def _product(left: Any, right: Any, rows: Any, columns: Any) -> Any:
    import numpy as np

    steps = range(0, len(rows), _ROWS_AT_ONCE)
    some = (slice(first, first + _ROWS_AT_ONCE) for first in steps)
    products = [np.einsum("ij,ij->i", left[rows[each]], right[columns[each]]) for each in some]
    return np.concatenate([np.empty(0), *products])


def _linked(alike: Any, rows: list[int], link: float) -> list[list[int]]:
    """Split rows where no pair is alike enough to link the pieces."""
    from scipy.sparse.csgraph import connected_components

    block = alike[rows][:, rows]
    block.data[block.data < link] = 0
    block.eliminate_zeros()
    n_pieces, piece_of = connected_components(block, directed=False)
    pieces: list[list[int]] = [[] for _ in range(n_pieces)]
    for row, piece in zip(rows, piece_of, strict=True):
        pieces[piece].append(row)
    return pieces


def _average_linkage(vectors: Any, figures: Sequence[frozenset[str]]) -> list[int]:
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if vectors.shape[0] == 1:
        return [0]
    apart = np.clip(1 - (vectors @ vectors.T).toarray(), 0, None)
    counting = [at for at, held in enumerate(figures) if held]
    for a, b in combinations(counting, 2):
        if figures[a].isdisjoint(figures[b]):
            apart[a, b] = apart[b, a] = 1.0
    np.fill_diagonal(apart, 0)
    # Rounding, so that the order in which sums are made decides no tie.
    tree = linkage(squareform(apart.round(9), checks=False), method="average")
    return [int(group) - 1 for group in fcluster(tree, 1 - LEAST_ALIKE, "distance")]
