"""Words that set one outlet apart from the others, with intervals, false discoveries and stability.

The unit that is drawn, shuffled and counted is the article, never the word: an article that uses a word once
is likely to use it again, and a measure that forgets it takes every topic for a habit.

Known limits
------------
Single words as written, case aside; no phrases, no senses. A word can mark a topic of few articles as well as
the way an outlet speaks: read its places. With five articles or fewer no shuffle of them is rare enough to
call any word distinctive, and the q-values say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rashomon.tables import make_table

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from rashomon.corpus import Corpus

Floats = npt.NDArray[np.float64]

_WORD = re.compile(r"\b(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Words of the whole corpus, in its own shares, added to each side: what the prior is worth.
_PRIOR_WORDS = 100
_LEVEL = 0.95
_MOST_FALSE = 0.05
# A word of two articles is their topic, however often they use it.
_LEAST_ARTICLES = 10
_TOP, _STABLE_SHARE = 20, 0.5
_LEAST_DISPERSION = 0.85
# How many articles the dispersion of words about as frequent is worth, and how many words that is.
_NEIGHBOR_WEIGHT, _N_NEIGHBORS = 6, 50
_GRID_STEPS, _GRID = 100, 4000
_FAR_OUT, _NORMAL_FAR_OUT = 0.01, 2.576  # share of words, and where the normal distribution has it
_BLOCK = 2_000_000  # cells of words x draws that are held at a time


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each article uses each word: `table` is articles x words; words and articles are sorted."""

    words: list[str]
    table: csr_matrix
    lengths: Floats

    @property
    def totals(self) -> Floats:
        return np.asarray(self.table.sum(axis=0), dtype=np.float64).ravel()


def compare_words(
    corpus: Corpus,
    *,
    by: str = "outlet",
    least_count: int = 10,
    draws: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Find the words that set each group of articles apart from all other articles.

    Parameters
    ----------
    corpus : Corpus
        The words of its sentences that carry claims are counted.
    by : str, keyword-only
        Column of table `articles` whose values form the groups, such as "outlet" or "label". Articles
        where it is empty are no group, but belong to the others of every group.
    least_count : int, keyword-only
        Words used less often in the whole corpus are left out, and those of fewer than a quarter of the
        articles, or ten: of one article only in the smallest corpora.
    draws : int, keyword-only
        How often articles are shuffled between groups, and how often they are drawn anew.
    seed : int, keyword-only
        Seed of both.

    Returns
    -------
    DataFrame
        Table `words`, all words that were compared, one row a group and word. Empty with fewer than three
        articles or with one group. With k the count of the word in the group, n the words of the group, a
        the word's share of the corpus times 100:

        * `log_odds` = log((k + a) / (n + 100 - k - a)) less the same of the other articles; above 0 the
          group uses it more.
        * `low`, `high`: 95 % interval. The variance of Monroe et al. is multiplied by how unevenly articles
          of one group use the word, drawn toward that of words about as frequent; Student's t.
        * `q_value`: share of false discoveries among all words at least as far from 0, from shuffled
          articles (Benjamini and Hochberg over all words and groups).
        * `stability`: share of resamples of the articles in which the word stays among the 20 with the
          largest z in its group.
        * `is_distinctive`: above 0, `q_value` at most .05, `stability` at least .5.

    Raises
    ------
    ValueError
        When table `articles` has no column `by`.

    References
    ----------
    Monroe, B., Colaresi, M., & Quinn, K. (2008). Fightin' words. Political Analysis 16(4) (log-odds with an
    informative Dirichlet prior). Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate.
    JRSS B 57(1). McCullagh, P., & Nelder, J. (1989). Generalized linear models, 4.5 (overdispersion).

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> texts = {f"{n}": "The plan is bold. " * 3 for n in range(4)}
    >>> compare_words(corpus_of(texts), by="label")["is_distinctive"].tolist().count(True)
    0
    """
    if by not in corpus.articles.columns:
        raise ValueError(
            f"articles have no column {by!r}; there are {', '.join(map(repr, corpus.articles.columns))}"
        )
    articles = corpus.articles.sort_values("article_id", kind="stable")
    claims = corpus.sentences[corpus.sentences["carries_claims"]]
    pieces: dict[str, list[tuple[int, str]]] = {article: [] for article in articles["article_id"]}
    for article, start, text in zip(claims["article_id"], claims["start"], claims["text"], strict=True):
        pieces[article].append((start, text))
    groups = dict(zip(articles["article_id"], articles[by].astype(str), strict=True))
    return _compare(pieces, groups, least_count, draws, seed)


def words_between(
    a: Sequence[str], b: Sequence[str], *, least_count: int = 10, draws: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Find the words that set two collections of texts apart.

    Parameters
    ----------
    a, b : sequence of str
        The texts; each is one article.
    least_count, draws, seed : int, keyword-only
        As in `compare_words`.

    Returns
    -------
    DataFrame
        Table `words` with the groups "a" and "b"; article names are "a1", "a2", … "b1", …

    Examples
    --------
    >>> bold, plain = ["The bold plan works. " * 9] * 6, ["The plan works. " * 12] * 6
    >>> found = words_between(bold, plain)
    >>> found.loc[found["is_distinctive"] & (found["group"] == "a"), "word"].tolist()
    ['bold']
    """
    width = len(str(max(len(a), len(b))))
    texts = {
        f"{name}{n + 1:0{width}}": text for name, side in (("a", a), ("b", b)) for n, text in enumerate(side)
    }
    pieces = {name: [(0, text)] for name, text in texts.items()}
    return _compare(pieces, {name: name[0] for name in texts}, least_count, draws, seed)


def _compare(
    pieces: dict[str, list[tuple[int, str]]], groups: dict[str, str], least: int, draws: int, seed: int
) -> pd.DataFrame:
    names = sorted({group for group in groups.values() if group})
    member = np.array([[groups[article] == name for name in names] for article in pieces], dtype=bool)
    if len(pieces) < 3 or not names or member.all():
        return make_table("words", [])
    counts = _count(pieces, least)
    if not counts.words:
        return make_table("words", [])
    draw = np.random.default_rng(seed)
    z = np.empty((len(names), len(counts.words)))
    estimates = []
    for place in range(len(names)):
        estimate = _estimate(counts, member[:, place : place + 1].astype(np.float64))
        estimates.append([column[:, 0] for column in estimate])
        z[place] = estimates[-1][0] / np.sqrt(estimates[-1][1])
    q_values = _false_discoveries(counts, member, np.abs(z), draws, draw)
    places = _first_places(pieces, groups, set(counts.words))
    rows: list[dict[str, Any]] = []
    for place, name in enumerate(names):
        inside = member[:, place]
        stability = _stability(counts, inside, estimates[place][2], draws, draw)
        rows += _rows_of(counts, name, inside, estimates[place], q_values[place], stability, places)
    return make_table("words", rows)


def _count(pieces: dict[str, list[tuple[int, str]]], least: int) -> _Counts:
    from sklearn.feature_extraction.text import CountVectorizer

    texts = ["\n".join(text for _, text in found) for found in pieces.values()]
    vectorizer = CountVectorizer(analyzer=_words_of)
    try:
        table = vectorizer.fit_transform(texts).tocsr()
    except ValueError:  # no article has a word
        return _Counts([], None, np.zeros(len(texts)))
    lengths = np.asarray(table.sum(axis=1), dtype=np.float64).ravel()
    totals, in_articles = np.asarray(table.sum(axis=0)).ravel(), np.asarray((table > 0).sum(axis=0)).ravel()
    least_articles = min(_LEAST_ARTICLES, max(2, len(texts) // 4))
    kept = np.flatnonzero((totals >= max(1, least)) & (in_articles >= least_articles))
    names = vectorizer.get_feature_names_out()
    return _Counts([str(names[n]) for n in kept], table[:, kept].astype(np.float64), lengths)


def _words_of(text: str) -> list[str]:
    return [_folded(match.group()) for match in _WORD.finditer(text)]


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _estimate(counts: _Counts, inside: Floats) -> tuple[Floats, Floats, Floats]:
    """Give log-odds, variance and dispersion, each words x draws, for groups given as articles x draws."""
    table, lengths, totals = counts.table, counts.lengths[:, None], counts.totals[:, None]
    prior = _PRIOR_WORDS * totals / max(1.0, counts.lengths.sum())
    squares, weighted = table.multiply(table).tocsr(), table.multiply(lengths).tocsr()
    logit, variance = [], []
    spread, freedom = np.zeros((2, len(totals), inside.shape[1]))
    for side in (inside, 1.0 - inside):
        n_articles, n_words = side.sum(axis=0), (lengths * side).sum(axis=0)
        used = table.T @ side
        share = used / np.maximum(n_words, 1.0)
        squared = (
            squares.T @ side - 2 * share * (weighted.T @ side) + share**2 * (lengths**2 * side).sum(axis=0)
        )
        # Sum of (n - 1) times the dispersion of this side: squared * n / used.
        known = used > 0
        spread += np.where(known, np.maximum(squared, 0.0) * n_articles / np.where(known, used, 1.0), 0.0)
        freedom += known * np.maximum(n_articles - 1, 0)
        logit.append(np.log((used + prior) / (n_words + _PRIOR_WORDS - used - prior)))
        variance.append(1.0 / (used + prior))
    dispersion = _smooth(spread / np.maximum(freedom, 1.0), counts)
    return logit[0] - logit[1], dispersion * (variance[0] + variance[1]), dispersion


def _smooth(dispersion: Floats, counts: _Counts) -> Floats:
    """Draw the dispersion of each word toward what words about as frequent suggest.

    What is above 1 grows with the count of a word (negative binomial), so the neighbors tell its slope.
    """
    totals = counts.totals[:, None]
    order = np.lexsort((np.arange(len(totals)), counts.totals))
    at = np.arange(len(order))
    first, last = np.maximum(at - _N_NEIGHBORS, 0), np.minimum(at + _N_NEIGHBORS, len(order))
    above, size = (
        np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values[order], axis=0)])
        for values in (dispersion - 1.0, totals)
    )
    near = np.empty_like(dispersion)
    near[order] = 1.0 + totals[order] * (above[last] - above[first]) / (size[last] - size[first])
    freedom = len(counts.lengths) - 2
    mixed = (dispersion * freedom + near * _NEIGHBOR_WEIGHT) / (freedom + _NEIGHBOR_WEIGHT)
    return np.maximum(mixed, _LEAST_DISPERSION)


def _blocks(draws: int, counts: _Counts) -> Iterator[int]:
    size = max(1, _BLOCK // len(counts.words))
    yield from (min(size, draws - done) for done in range(0, draws, size))


def _false_discoveries(
    counts: _Counts, member: npt.NDArray[np.bool_], z: Floats, draws: int, draw: np.random.Generator
) -> Floats:
    """Give the q-value of every group and word; `z` is groups x words, without sign.

    Words of few articles, and those of a small group, are far out by chance more often: z is told in the
    spread that shuffled words of about as many articles have in that group. A q-value is never below the
    share of shuffles that give as small a one, so that articles that do not differ raise an alarm in no
    more of all corpora.
    """
    n_articles = np.asarray((counts.table > 0).sum(axis=0)).ravel()
    strata = np.log2(n_articles).astype(np.int64)
    layers = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata)]
    alike = [(place, layer) for place in range(member.shape[1]) for layer in layers]
    histograms = [[_histogram(z[place, layer][:, None])] for place, layer in alike]
    for size in _blocks(draws, counts):
        orders = np.array([draw.permutation(len(member)) for _ in range(size)]).T
        for place in range(member.shape[1]):
            log_odds, variance, _ = _estimate(counts, member[:, place][orders].astype(np.float64))
            shuffled = np.abs(log_odds) / np.sqrt(variance)
            for known, (group, layer) in zip(histograms, alike, strict=True):
                if group == place:
                    known.append(_histogram(shuffled[layer]))
    scaled, places = np.zeros((draws + 1, _GRID)), np.empty(z.shape, np.int64)
    for known, (place, layer) in zip(histograms, alike, strict=True):
        histogram = np.vstack(known)
        moved = _scaled_places(histogram.sum(axis=0))
        np.add.at(scaled.T, moved, histogram.T)
        places[place, layer] = moved[_grid_of(z[place, layer])]
    beyond = np.cumsum(scaled[:, ::-1], axis=1)[:, ::-1]
    p_values = beyond.sum(axis=0) / beyond[:, 0].sum()
    q_values = np.where(beyond > 0, p_values * z.size / np.maximum(beyond, 1), np.inf)
    q_values = np.minimum(1.0, np.minimum.accumulate(q_values, axis=1))
    alarms = np.sort(q_values.min(axis=1))
    at_least = np.searchsorted(alarms, q_values[0], side="right") / len(alarms)
    calibrated: Floats = np.maximum(q_values[0], at_least)
    return np.asarray(calibrated[places], np.float64)


def _scaled_places(histogram: Floats) -> npt.NDArray[np.int64]:
    """Say where each place of the grid moves when one word in a hundred is to be as far out as if normal."""
    reached = np.searchsorted(np.cumsum(histogram), (1 - _FAR_OUT) * histogram.sum())
    scale = max(1.0, (reached + 1) / _GRID_STEPS / _NORMAL_FAR_OUT)
    moved: npt.NDArray[np.int64] = (np.arange(_GRID) / scale).astype(np.int64)
    return moved


def _histogram(z: Floats) -> Floats:
    """Count the words of each draw at each place of the grid, draws x grid; `z` is words x draws."""
    counted = [np.bincount(places, minlength=_GRID) for places in _grid_of(z).T]
    return np.array(counted, np.float64)


def _grid_of(z: Floats) -> npt.NDArray[np.int64]:
    return np.minimum(z * _GRID_STEPS, _GRID - 1).astype(np.int64)


def _stability(
    counts: _Counts, inside: npt.NDArray[np.bool_], dispersion: Floats, draws: int, draw: np.random.Generator
) -> Floats:
    """Give the share of resamples in which each word is among the first of its group."""
    totals = counts.totals
    prior = _PRIOR_WORDS * totals[:, None] / max(1.0, counts.lengths.sum())
    kept = np.zeros(len(totals))
    for size in _blocks(draws, counts):
        weights = np.zeros((len(inside), size))
        for side in (inside, ~inside):
            places = np.flatnonzero(side)
            weights[places] = draw.multinomial(len(places), np.full(len(places), 1 / len(places)), size).T
        logit, variance = [], []
        for side in (inside, ~inside):
            drawn = weights * side[:, None]
            used, n_words = counts.table.T @ drawn, counts.lengths @ drawn
            logit.append(np.log((used + prior) / (n_words + _PRIOR_WORDS - used - prior)))
            variance.append(1.0 / (used + prior))
        z = (logit[0] - logit[1]) / np.sqrt(dispersion[:, None] * (variance[0] + variance[1]))
        first = np.argsort(-z, axis=0, kind="stable")[:_TOP]
        kept += np.bincount(first.ravel(), minlength=len(totals))
    return kept / draws


def _first_places(
    pieces: dict[str, list[tuple[int, str]]], groups: dict[str, str], words: set[str]
) -> dict[tuple[str, str], tuple[str, int, int]]:
    """Give the first place of each word in each group: article, start and end."""
    places: dict[tuple[str, str], tuple[str, int, int]] = {}
    for article, found in pieces.items():
        for start, text in found:
            for match in _WORD.finditer(text):
                word = _folded(match.group())
                if word in words:
                    span = (article, start + match.start(), start + match.end())
                    places.setdefault((groups[article], word), span)
    return places


def _rows_of(
    counts: _Counts,
    name: str,
    inside: npt.NDArray[np.bool_],
    estimate: Sequence[Floats],
    q_values: Floats,
    stability: Floats,
    places: dict[tuple[str, str], tuple[str, int, int]],
) -> Iterator[dict[str, Any]]:
    from scipy.stats import t as students_t

    log_odds, variance, _ = estimate
    reach = students_t.ppf((1 + _LEVEL) / 2, len(inside) - 2 + _NEIGHBOR_WEIGHT) * np.sqrt(variance)
    used = np.asarray(counts.table[inside].sum(axis=0)).ravel()
    rest = counts.totals - used
    in_articles = np.asarray((counts.table[inside] > 0).sum(axis=0)).ravel()
    n_words, n_rest = counts.lengths[inside].sum(), counts.lengths[~inside].sum()
    is_clear = (log_odds > 0) & (q_values <= _MOST_FALSE) & (stability >= _STABLE_SHARE)
    for n, word in enumerate(counts.words):
        article, start, end = places.get((name, word), ("", None, None))
        yield {
            "group": name, "word": word, "n_group": int(used[n]), "n_rest": int(rest[n]),
            "n_articles": int(in_articles[n]), "per_1000_words": 1000 * used[n] / max(1.0, n_words),
            "per_1000_words_rest": 1000 * rest[n] / max(1.0, n_rest), "log_odds": log_odds[n],
            "low": log_odds[n] - reach[n], "high": log_odds[n] + reach[n], "q_value": q_values[n],
            "stability": stability[n], "is_distinctive": bool(is_clear[n]),
            "article_id": article, "start": start, "end": end,
        }  # fmt: skip
