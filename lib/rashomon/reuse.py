"""Shared wording: passages that stand, word for word or edited, in two texts, and texts that share any.

A run of words has a number that is the same on every machine. An index of runs, made by sorting, finds the
texts that share some without comparing all pairs (`_reuse.index`); two texts are then aligned word by word
(`_reuse.alignment`), and what days, outlets and credits say about a passage is set beside it
(`_reuse.lineage`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rashomon._reuse.alignment import SEED_WORDS, Text, align, read_pieces
from rashomon._reuse.index import RUN_WORDS, SAMPLED_ONE_IN, find_shared_runs, index_texts, index_words
from rashomon._reuse.lineage import trace_lineage
from rashomon._reuse.measures import MEASURES, measure_pair
from rashomon.tables import make_table

if TYPE_CHECKING:
    from rashomon.corpus import Corpus

__all__ = ["MEASURES", "find_near_duplicates", "find_passages", "measure_reuse", "passages_between"]

_MOST_HOLDERS = 30  # of a run that seeds passages between all who hold it
_FEW_HOLDERS = 8  # the same, among very many texts


def find_passages(
    corpus: Corpus, statements: pd.DataFrame | None = None, *, min_words: int = 12
) -> pd.DataFrame:
    """Find passages that share wording, between articles and between parts of one article.

    Parameters
    ----------
    corpus : Corpus
        Lines of article text and snippets are compared; captions too. Furniture, teasers, bylines
        and disclaimers are not.
    statements : DataFrame, optional
        Table `statements` of the same corpus. With it, agencies that passed statements on count as credited.
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

        `lineage` is `boilerplate` when at least three articles of one outlet carry the passage and the
        two have less than half of the shorter one in common; without an outlet nothing is boilerplate.
        `direction` is said only when the two were published on different days and credit no agency in
        common; it says which text can have been the model, not that it was.

    Raises
    ------
    ValueError
        When `min_words` is below 4.

    Notes
    -----
    Known limits. A retelling without five words in common, in a row or in two runs of four, is not found:
    same claims in other words are a question for the comparison of claims. Of a passage that stands in more
    than 30 texts each is paired with the first of them, by day and article_id, and `n_articles` counts all.

    References
    ----------
    Altschul, Gish, Miller, Myers and Lipman (1990), "Basic local alignment search tool".

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> told = "The ferry sank off the northern coast on Monday after it struck a rock in thick fog."
    >>> found = find_passages(corpus_of({"x": told, "y": "Police said this. " + told}))
    >>> found[["kind", "lineage", "direction"]].values.tolist()
    [['copied', 'copy', 'not decidable']]
    """
    _check(min_words, SEED_WORDS)
    texts = list(_texts_of(corpus))
    index = index_words([text.words.numbers for text in texts], SEED_WORDS)
    shared = find_shared_runs(
        index, min_shared=min(2, min_words - SEED_WORDS + 1), most_holders=_MOST_HOLDERS
    )
    rows: list[dict[str, Any]] = []
    for i, j in zip(shared.first.tolist(), shared.second.tolist(), strict=True):
        a, b = sorted((i, j), key=lambda n: texts[n].article_id)
        rows += _rows_between(texts[a], texts[b], min_words)
    rows.sort(key=lambda row: tuple(row.values()))
    return make_table("passages", trace_lineage(rows, corpus, statements))


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
        What only articles show (outlet, day, agencies) is left empty.

    Raises
    ------
    ValueError
        When `min_words` is below 4.

    Examples
    --------
    >>> text = "He said that the old bridge had been closed to heavy trucks since the spring."
    >>> found = passages_between(text, "On Friday he told us: " + text)
    >>> found[["start_a", "end_a", "start_b", "end_b"]].values.tolist()
    [[0, 76, 22, 98]]
    >>> text[0:76]
    'He said that the old bridge had been closed to heavy trucks since the spring'
    """
    _check(min_words, SEED_WORDS)
    rows = _rows_between(read_pieces("a", [(0, a)]), read_pieces("b", [(0, b)]), min_words)
    return make_table("passages", rows)


def find_near_duplicates(texts: Sequence[str], *, min_words: int = 18) -> Iterator[tuple[int, int]]:
    """Find the pairs of texts that share wording, be it a whole text, a part of it or an excerpt.

    Parameters
    ----------
    texts : sequence of str
        As many as memory holds; for a million texts of 300 words it takes some 2 GB more than they.
    min_words : int, keyword-only
        How much wording makes a pair, in words in a row, at least 6; scattered over several runs it takes
        somewhat more. As runs are sampled, it is a level to pass rather than a limit that holds to the word.

    Yields
    ------
    tuple of int
        Places of two texts in `texts`, the smaller first, in order. Neither the order of the texts nor the
        number of processors changes which pairs there are.

    Raises
    ------
    ValueError
        When `min_words` is below 6.

    Notes
    -----
    A run of five words that more than eight texts hold joins each of them only to the longest of them, and
    only when they share a fair part of the shorter text. So a text carried a thousand times gives a star of
    pairs, and a turn of phrase none. What both texts of a pair share is shown by `passages_between`.

    References
    ----------
    Broder, A. Z. (1997), "On the resemblance and containment of documents". Manber, U. (1994), "Finding
    similar files in a large file system".

    Examples
    --------
    >>> told = "The ferry sank off the coast on Monday after it struck a rock that all sailors here know of."
    >>> list(find_near_duplicates([told, "Milk prices rose.", "Police: " + told]))
    [(0, 2)]
    """
    _check(min_words, RUN_WORDS + 1)
    min_shared = max(1, (min_words - RUN_WORDS + 1) // SAMPLED_ONE_IN)
    shared = find_shared_runs(
        index_texts(texts), min_shared=min_shared, most_holders=_FEW_HOLDERS, least_share_of_many=0.15
    )
    yield from zip(shared.first.tolist(), shared.second.tolist(), strict=True)


def measure_reuse(texts: Sequence[str], models: Sequence[str]) -> NDArray[np.float64]:
    """Measure, pair by pair, how much of a text may be taken from another, for a classifier to learn from.

    Parameters
    ----------
    texts : sequence of str
        Texts that may reuse a model.
    models : sequence of str
        The text that each may have reused, in the same order.

    Returns
    -------
    array of float, shape (n, len(MEASURES))
        One row a pair, columns as `MEASURES` names them: 0 to 1, up is more reuse.

    Raises
    ------
    ValueError
        When there are not as many models as texts.

    References
    ----------
    Clough, P. and Stevenson, M. (2011), "Developing a corpus of plagiarised short answers", *Language
    Resources and Evaluation* 45.

    Examples
    --------
    >>> model = "The old bridge had been closed to heavy trucks since the spring."
    >>> copy, own = measure_reuse([model, "Nobody knows when it opens."], [model, model])
    >>> bool(copy.min() == 1), bool(own.max() == 0)
    (True, True)
    """
    if len(texts) != len(models):
        raise ValueError(f"{len(texts)} texts and {len(models)} models: each text needs its own")
    rows = [measure_pair(text, model) for text, model in zip(texts, models, strict=True)]
    return np.array(rows, float).reshape(-1, len(MEASURES))


def _check(min_words: int, least: int) -> None:
    if min_words < least:
        raise ValueError(f"min_words is {min_words}, must be at least {least}")


def _texts_of(corpus: Corpus) -> Iterator[Text]:
    """Give one text a part, by day and id of its article: the first to carry a text comes first."""
    days = dict(zip(corpus.articles["article_id"], corpus.articles["published"], strict=True))
    lines = corpus.lines[corpus.lines["is_article_text"] | (corpus.lines["zone"] == "snippet")]
    parts = {(str(article), part): rows for (article, part), rows in lines.groupby(["article_id", "part_id"])}
    for article_id, part_id in sorted(parts, key=lambda key: (days[key[0]] or "9999", key)):
        rows = parts[article_id, part_id]
        raw = corpus.raw(article_id)
        spans = zip(rows["start"].tolist(), rows["end"].tolist(), strict=True)
        yield read_pieces(article_id, [(start, raw[start:end]) for start, end in spans])


def _rows_between(a: Text, b: Text, min_words: int) -> Iterator[dict[str, Any]]:
    for passage in align(a, b, min_words):
        yield {
            "article_a": a.article_id,
            "start_a": passage.start_a,
            "end_a": passage.end_a,
            "article_b": b.article_id,
            "start_b": passage.start_b,
            "end_b": passage.end_b,
            "kind": passage.kind,
            "similarity": passage.similarity,
            "n_words": passage.n_words,
        }
