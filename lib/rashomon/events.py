"""Group the articles of a mixed folder into events, and show what holds each group together."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rashomon._likeness import OTHER_ARTICLES, common_words, content_words, measure_likeness, names_in
from rashomon.tables import make_table

if TYPE_CHECKING:
    from rashomon.corpus import Corpus

_LEAST_LIKENESS = 0.1
_MOST_SHOWN = 6
_MOST_TOGETHER = 4000
_SHARED = ("shared_words", "shared_names", "shared_figures", "shared_dates")
_NO_FIGURES = ("date", "time", "year", "identifier", "idiom", "ordinal", "vague")


def event_similarity(texts: Sequence[str]) -> NDArray[np.float64]:
    """Measure how far texts tell of the same event.

    Parameters
    ----------
    texts : sequence of str
        Any texts; their order does not matter.

    Returns
    -------
    array of float, shape (n, n)
        0 to 1, up is more alike; symmetric, 1 on the diagonal. It depends on all the texts: a word counts
        the more the fewer of them have it, and near neighbors in common count too.

    References
    ----------
    Jarvis, R. A. and Patrick, E. A. (1973), "Clustering using a similarity measure based on shared near
    neighbors", *IEEE Transactions on Computers* 22.

    Examples
    --------
    >>> texts = ["A ferry sank off Ostby.", "The ferry of Ostby sank.", "Milk prices rose in Nural."]
    >>> alike = event_similarity(texts)
    >>> bool(alike[0, 1] > alike[0, 2]), alike[0, 0]
    (True, np.float64(1.0))
    """
    return measure_likeness(texts)


def group_events(
    corpus: Corpus,
    names: pd.DataFrame | None = None,
    quantities: pd.DataFrame | None = None,
    *,
    least_likeness: float = _LEAST_LIKENESS,
) -> pd.DataFrame:
    """Group articles that tell of the same event.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that carry claims are compared.
    names, quantities : DataFrame, optional
        Tables of the same corpus. With them the names, figures and days are listed that articles of one
        event share; the grouping is by words, pairs of words and words with a capital, figures among them.
    least_likeness : float, keyword-only
        0 to 1. Groups are joined while the mean likeness between their articles (`event_similarity`) is at
        least this; more makes more and smaller groups.

    Returns
    -------
    DataFrame
        Table `events`: one row an article. Events are counted from 1, by the day of their first article and
        then by article_id. The order in which articles are read does not matter.

    Raises
    ------
    ValueError
        When `least_likeness` is not between 0 and 1.

    Notes
    -----
    Average linkage (Sokal and Michener 1958). Known limits. Likeness of wording in one language: a
    translation stands alone. Two rounds of one affair may be joined, the more so in a small folder. More than
    4,000 articles are grouped 4,000 at a time, by their day of publication, so that time and memory do not
    grow with the square of their number: an event on the edge is then two.

    References
    ----------
    Sokal, R. R. and Michener, C. D. (1958), "A statistical method for evaluating systematic relationships",
    *University of Kansas Science Bulletin* 38.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> texts = {"a": "A ferry sank off Ostby.", "b": "The ferry of Ostby sank.", "c": "Milk prices rose."}
    >>> group_events(corpus_of(texts))[["article_id", "event_id", "shared_words"]].values.tolist()
    [['a', 1, 'ferry; ostby; sank'], ['b', 1, 'ferry; ostby; sank'], ['c', 2, '']]
    """
    if not 0 <= least_likeness <= 1:
        raise ValueError(f"least_likeness is {least_likeness}, must be between 0 and 1")
    claims = corpus.sentences[corpus.sentences["carries_claims"]]
    said = claims.groupby("article_id")["text"].agg(" ".join)
    labels = dict(zip(corpus.articles["article_id"], corpus.articles["label"], strict=True))
    found = (_names_of(names), _figures_of(quantities), _days_of(quantities))
    rows: list[dict[str, Any]] = []
    groups: list[tuple[int, int]] = []
    for number, ids in enumerate(_blocks(corpus.articles)):
        texts = [str(said.get(article_id, "")) for article_id in ids]
        alike = event_similarity(texts)
        own = _cluster(alike, least_likeness)
        groups += [(number, group) for group in own]
        held = [[_words_of(text, names) for text in texts], *(_of_articles(ids, each) for each in found)]
        shared = [_share(each, own) for each in held]
        for i, article_id in enumerate(ids):
            members = [j for j, group in enumerate(own) if group == own[i] and j != i]
            nearest = _nearest(alike[i], members or [j for j in range(len(ids)) if j != i])
            row = {"article_id": article_id, "n_articles": len(members) + 1}
            row |= zip(_SHARED, (each[i] for each in shared), strict=True)
            if nearest is not None:
                row |= {"nearest": ids[nearest], "likeness": float(alike[i, nearest])}
            rows.append(row | {"reason": _say_why(members, nearest, ids, labels, alike[i])})
    numbers = _number_groups(groups, [row["article_id"] for row in rows], corpus.articles)
    return make_table("events", [row | {"event_id": n} for row, n in zip(rows, numbers, strict=True)])


def _blocks(articles: pd.DataFrame) -> Iterator[list[str]]:
    """Give the articles that are compared with each other: all, or as many as memory allows, by day."""
    days = articles["published"].where(articles["published"] != "", "9999")
    order = articles.assign(day=days).sort_values(["day", "article_id"])["article_id"].tolist()
    for at in range(0, len(order), _MOST_TOGETHER):
        yield sorted(order[at : at + _MOST_TOGETHER])


def _share(held: Sequence[Mapping[str, str]], groups: Sequence[int]) -> list[str]:
    """List what each article shares with others of its event: what most of them and few others have first.

    `held` says what each article holds, by what makes it the same as another's, and how it is shown.
    """
    everywhere = Counter(key for each in held for key in each)
    rarity = {}
    for key, n in everywhere.items():
        n_elsewhere = OTHER_ARTICLES * common_words().get(key, 0.0)
        rarity[key] = 1 + math.log((1 + len(held) + OTHER_ARTICLES) / (n + n_elsewhere))
    inside: dict[int, Counter[str]] = defaultdict(Counter)
    for group, each in zip(groups, held, strict=True):
        inside[group].update(each.keys())
    shared = []
    for group, each in zip(groups, held, strict=True):
        met = inside[group]
        rare = {key: (met[key] - 1) * rarity[key] for key in each if met[key] > 1}
        best = sorted(rare, key=lambda key: (-round(rare[key], 9), key))[:_MOST_SHOWN]
        shared.append("; ".join(each[key] for key in best))
    return shared


def _of_articles(ids: Sequence[str], found: Mapping[str, dict[str, str]]) -> list[dict[str, str]]:
    return [found.get(article_id, {}) for article_id in ids]


def _words_of(text: str, names: pd.DataFrame | None) -> dict[str, str]:
    """Give the words of a text that are shown nowhere else: figures and, where they are known, names are."""
    elsewhere = frozenset() if names is None else frozenset(names_in(text))
    return {word: word for word in content_words(text) if word not in elsewhere and not word[0].isdigit()}


def _names_of(names: pd.DataFrame | None) -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, str]] = defaultdict(dict)
    if names is not None:
        for article_id, entity in zip(names["article_id"], names["entity"], strict=True):
            if entity:
                held[article_id].setdefault(entity, entity)
    return held


def _figures_of(quantities: pd.DataFrame | None) -> dict[str, dict[str, str]]:
    """Give the figures of each article, by amount and unit or last word of what is counted."""
    held: dict[str, dict[str, str]] = defaultdict(dict)
    if quantities is not None:
        for row in quantities[~quantities["kind"].isin(_NO_FIGURES)].to_dict("records"):
            what = row["unit"] or row["counted"]
            if what and (row["low"] is not None or row["high"] is not None or row["value"] is not None):
                amounts = [row[name] for name in ("value", "low", "high")]
                key = " ".join(map(str, (*amounts, row["unit"] or row["counted"].casefold().split()[-1])))
                held[row["article_id"]].setdefault(key, f"{row['surface']} {what}")
    return held


def _days_of(quantities: pd.DataFrame | None) -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, str]] = defaultdict(dict)
    if quantities is not None:
        for article_id, day in zip(quantities["article_id"], quantities["as_of"], strict=True):
            if len(day) == len("2024-10-24") and not day.startswith("-"):
                held[article_id].setdefault(day, day)
    return held


def _cluster(alike: NDArray[np.float64], least_likeness: float) -> list[int]:
    if len(alike) < 2:
        return [1] * len(alike)
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(1 - alike, checks=False), method="average")
    groups: list[int] = fcluster(tree, 1 - least_likeness, criterion="distance").tolist()
    return groups


def _number_groups(
    groups: Sequence[tuple[int, int]], ids: Sequence[str], articles: pd.DataFrame
) -> list[int]:
    """Count the groups from 1, by the day of their first article and its id."""
    days = dict(zip(articles["article_id"], articles["published"], strict=True))
    firsts: dict[tuple[int, int], tuple[str, str]] = {}
    for group, article_id in zip(groups, ids, strict=True):
        firsts[group] = min(firsts.get(group, ("~", "")), (days[article_id] or "9999", article_id))
    order = {group: number for number, group in enumerate(sorted(firsts, key=firsts.__getitem__), start=1)}
    return [order[group] for group in groups]


def _nearest(row: NDArray[np.float64], others: Sequence[int]) -> int | None:
    return max(others, key=lambda j: (round(float(row[j]), 9), -j), default=None)


def _say_why(
    members: Sequence[int],
    nearest: int | None,
    ids: Sequence[str],
    labels: Mapping[str, str],
    row: NDArray[np.float64],
) -> str:
    if nearest is None:
        return "the only article: there is nothing to group it with"
    told = f"{labels[ids[nearest]]} is nearest ({row[nearest]:.2f})"
    if not members:
        return f"alone: no other article tells of its event as far as the words show; {told}"
    mean = float(np.mean([row[j] for j in members]))
    return f"mean likeness {mean:.2f} to the rest of its event ({len(members) + 1} articles), {told}"
