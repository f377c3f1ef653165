"""Say how alike tellings are: words of content, spelling, names and figures in one vector each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rashomon._claims.words import content_words

if TYPE_CHECKING:
    from rashomon._claims.units import Telling

# What each kind of evidence weighs in the score; together 1. Set by hand, checked on labels of the seeds.
WEIGHTS = {"words": 0.45, "spelling": 0.25, "names": 0.05, "figures": 0.25}
# "Their immediate withdrawal": the rest of the sentence, and the sentence before, say whose.
_SENTENCE_SHARE, _BEFORE_SHARE = 0.25, 0.1
# A word that every telling holds still says a little.
_LEAST_WEIGHT = 0.3


def vectorize(tellings: Sequence[Telling]) -> Any:
    """Make one vector a telling, so that the product of two is their score.

    Parameters
    ----------
    tellings : sequence of Telling
        Of one event: what all of them hold tells nothing.

    Returns
    -------
    scipy.sparse.csr_matrix
        One row a telling; the product of two rows is 0 (nothing in common) to 1 (the same).
    """
    from scipy.sparse import hstack
    from sklearn.preprocessing import normalize

    blocks = {
        "words": _words_of(tellings),
        "spelling": spell(" ".join(content_words(each.said)) for each in tellings),
        "names": _marks_of([each.names for each in tellings]),
        "figures": _marks_of([each.figures for each in tellings]),
    }
    return hstack([normalize(block) * WEIGHTS[name] ** 0.5 for name, block in blocks.items()]).tocsr()


def spell(texts: Iterable[str], *, n_letters: tuple[int, int] = (3, 5)) -> Any:
    """Weigh the runs of letters of some texts by how rare they are; spellings of one word share most."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _fit(TfidfVectorizer, list(texts), analyzer="char_wb", ngram_range=n_letters, sublinear_tf=True)


def _words_of(tellings: Sequence[Telling]) -> Any:
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    places = [
        [content_words(part) for part in parts]
        for parts in zip(*((each.said, each.sentence, each.before) for each in tellings), strict=True)
    ]
    counter = CountVectorizer(analyzer=_as_is)
    try:
        counter.fit(words for place in places for words in place)
    except ValueError:  # not a word of content in any of them
        return _nothing(len(tellings))
    own, sentence, before = (counter.transform(place).sign() for place in places)
    held = own.maximum(sentence * _SENTENCE_SHARE).maximum(before * _BEFORE_SHARE)
    n_holding = np.asarray(sentence.sum(axis=0)).ravel()
    return held.multiply(np.log((len(tellings) + 1) / (n_holding + 1)) + _LEAST_WEIGHT).tocsr()


def _marks_of(marks: Sequence[Sequence[Hashable]]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _fit(TfidfVectorizer, marks, analyzer=_as_is)


def _fit(vectorizer: Callable[..., Any], texts: Sequence[Any], **settings: Any) -> Any:
    try:
        return vectorizer(**settings).fit_transform(texts)
    except ValueError:  # nothing to count in any of them
        return _nothing(len(texts))


def _nothing(n_rows: int) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((n_rows, 1))


def _as_is(words: Sequence[Hashable]) -> Sequence[Hashable]:
    return words
