"""Readability of texts by published formulas: how long are the sentences and the words."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from rashomon._tone.syllables import count_syllables
from rashomon.corpus import Corpus
from rashomon.tables import make_table

LEAST_WORDS, LEAST_SENTENCES, LEAST_SENTENCES_SMOG = 100, 5, 30
_POLYSYLLABLE = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’‐-][^\W\d_]+)*")
_ZONES = frozenset(("body", "interview_question", "interview_answer"))
_NONE = dict.fromkeys(("flesch", "flesch_kincaid", "smog", "coleman_liau"))


def measure_readability(sentences: Sequence[str]) -> dict[str, float | int | str | None]:
    """Measure how hard English sentences are to read.

    Parameters
    ----------
    sentences : sequence of str
        Whole sentences; headings and lists make every formula wrong.

    Returns
    -------
    dict
        `n_sentences`, `n_words`, `words_per_sentence`, `syllables_per_word`; with w words, s sentences, y
        syllables, c letters and p words of three and more syllables:

        * `flesch` = 206.835 - 1.015 w/s - 84.6 y/w, about 0 (hard) to 100 (easy): **down** is harder;
        * `flesch_kincaid` = 0.39 w/s + 11.8 y/w - 15.59, school years: up is harder;
        * `smog` = 3.1291 + 1.0430 sqrt(30 p/s), school years; only from 30 sentences on, as it was made;
        * `coleman_liau` = 5.88 c/w - 29.6 s/w - 15.8, school years; needs no syllables;
        * `note`, why a score is missing. All are None under 100 words or 5 sentences.

        Numbers are no words here (Flesch advises so); words joined by hyphens are one word.

    References
    ----------
    Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology 32(3).
    Kincaid, J. P., et al. (1975). Derivation of new readability formulas. Naval Technical Training, 8-75.
    McLaughlin, G. H. (1969). SMOG grading: a new readability formula. Journal of Reading 12(8).
    Coleman, M., & Liau, T. L. (1975). A computer readability formula designed for machine scoring. Journal
    of Applied Psychology 60(2).

    Known limits
    ------------
    Syllables are counted by rule: foreign names and words such as *fired* are off by one now and then. The
    formulas know nothing of sense: short words in short sentences can be obscure.

    Examples
    --------
    >>> easy = measure_readability(["The cat sat on the mat and the dog sat by the door in the sun."] * 10)
    >>> easy["n_words"], round(easy["flesch"], 1), easy["note"]
    (160, 106.0, 'smog: fewer than 30 sentences')
    """
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    w, s = len(words), sum(1 for sentence in sentences if _WORD.search(sentence))
    counted: dict[str, float | int | str | None] = {"n_sentences": s, "n_words": w}
    syllables = [count_syllables(word) for word in words]
    length, weight = (w / s, sum(syllables) / w) if w else (None, None)
    counted |= {"words_per_sentence": length, "syllables_per_word": weight, **_NONE, "note": ""}
    if length is None or weight is None or w < LEAST_WORDS or s < LEAST_SENTENCES:
        return counted | {"note": "not enough text"}
    letters = sum(char.isalpha() for word in words for char in word)
    counted |= {
        "flesch": 206.835 - 1.015 * length - 84.6 * weight,
        "flesch_kincaid": 0.39 * length + 11.8 * weight - 15.59,
        "coleman_liau": 5.88 * letters / w - 29.6 * s / w - 15.8,
    }
    if s < LEAST_SENTENCES_SMOG:
        return counted | {"note": f"smog: fewer than {LEAST_SENTENCES_SMOG} sentences"}
    long_words = sum(n >= _POLYSYLLABLE for n in syllables)
    return counted | {"smog": 3.1291 + 1.0430 * math.sqrt(30 * long_words / s)}


def score_readability(corpus: Corpus) -> pd.DataFrame:
    """Measure the readability of each part of each article.

    Parameters
    ----------
    corpus : Corpus
        Sentences of the body and of interviews are read, those that are cut off left out; articles in
        another language than English get a note instead of scores.

    Returns
    -------
    DataFrame
        Table `readability`, one row a part, with the columns of `measure_readability`.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> score_readability(corpus_of({"a": "It rained."}))["note"].tolist()
    ['not enough text']
    """
    texts: dict[tuple[str, int], list[str]] = defaultdict(list)
    mine = corpus.sentences[corpus.sentences["zone"].isin(_ZONES) & ~corpus.sentences["is_truncated"]]
    for article, part, text in zip(*(mine[c] for c in ("article_id", "part_id", "text")), strict=True):
        texts[article, part].append(text)
    languages = dict(zip(corpus.articles["article_id"], corpus.articles["language"], strict=True))
    rows: list[dict[str, object]] = []
    for article, part in zip(corpus.parts["article_id"], corpus.parts["part_id"], strict=True):
        measured = measure_readability(texts[article, part])
        if languages[article] not in ("", "en"):
            measured |= {**_NONE, "note": f"language: {languages[article]}"}
        rows.append({"article_id": article, "part_id": part, **measured})
    return make_table("readability", rows)
