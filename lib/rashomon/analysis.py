"""Run all stages in order and give every table by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from rashomon.compare import compare_figures, find_conflicts
from rashomon.distinctive import compare_words
from rashomon.names import find_names
from rashomon.quantities import extract_quantities
from rashomon.reuse import find_passages
from rashomon.speech import find_statements, mark_voices
from rashomon.tables import TABLES
from rashomon.tone import find_cues, score_tone

if TYPE_CHECKING:
    from rashomon.corpus import Corpus


def analyze(corpus: Corpus, *, word_list: str = "") -> dict[str, pd.DataFrame]:
    """Run every stage on a corpus.

    Parameters
    ----------
    corpus : Corpus
        As `read_corpus` gives it; it is not changed.
    word_list : str, keyword-only
        Word list for tone; "" for the one that comes with the library.

    Returns
    -------
    dict of str to DataFrame
        Every table of `TABLES` by its name, in that order; `sentences` with `voice` filled.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> list(analyze(corpus_of({"a": "The mayor said two bridges were closed."}))) == list(TABLES)
    True
    """
    tables = analyze_articles(corpus, word_list=word_list)
    tables["figures"] = compare_figures(tables["quantities"], tables["sentences"])
    tables["conflicts"] = find_conflicts(tables["figures"], corpus.articles)
    tables["passages"] = find_passages(corpus)
    tables["names"] = find_names(corpus)
    tables["words"] = compare_words(corpus)
    return {name: tables[name] for name in TABLES}


def analyze_articles(corpus: Corpus, *, word_list: str = "") -> dict[str, pd.DataFrame]:
    """Run the stages that look at one article at a time, so that parts of a corpus can be run apart.

    Parameters
    ----------
    corpus : Corpus
        As `read_corpus` gives it, or some of its articles.
    word_list : str, keyword-only
        Word list for tone; "" for the one that comes with the library.

    Returns
    -------
    dict of str to DataFrame
        Every table of `TABLES` but names, figures, conflicts and passages, which look across articles.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> "passages" in analyze_articles(corpus_of({"a": "The mayor said two bridges were closed."}))
    False
    """
    statements = find_statements(corpus)
    sentences = mark_voices(corpus.sentences, statements)
    corpus = replace(corpus, sentences=sentences)
    cues = find_cues(corpus, statements, word_list=word_list)
    return {
        "articles": corpus.articles,
        "parts": corpus.parts,
        "lines": corpus.lines,
        "dates": corpus.dates,
        "sentences": sentences,
        "files": corpus.files,
        "rejects": corpus.rejects,
        "statements": statements,
        "quantities": extract_quantities(corpus, statements),
        "tone": score_tone(corpus, statements, word_list=word_list, cues=cues),
        "cues": cues,
    }
