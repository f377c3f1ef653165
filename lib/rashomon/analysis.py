"""Compute tables: one with the stages it needs, or all of them, each stage once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from rashomon.tables import TABLES

if TYPE_CHECKING:
    from rashomon.corpus import Corpus

# What looks across articles; all other tables are made of one article at a time.
ACROSS_ARTICLES = (
    "names",
    "figures",
    "conflicts",
    "claims",
    "omissions",
    "passages",
    "events",
    "words",
    "targets",
)


class _Stages:
    """The tables of a corpus, each computed when it is first asked for.

    Every public stage is a function of tables; this only remembers their results. Modules are imported
    where they are used: one table should not pay for the libraries of another.
    """

    def __init__(self, corpus: Corpus, word_list: str) -> None:
        self._read, self._word_list = corpus, word_list

    def table(self, name: str) -> pd.DataFrame:
        found: pd.DataFrame = getattr(self if hasattr(type(self), name) else self._read, name)
        return found

    @cached_property
    def statements(self) -> pd.DataFrame:
        from rashomon.speech import find_statements

        return find_statements(self._read)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        from rashomon.speech import mark_voices

        return mark_voices(self._read.sentences, self.statements)

    @cached_property
    def _corpus(self) -> Corpus:
        return replace(self._read, sentences=self.sentences)

    @cached_property
    def names(self) -> pd.DataFrame:
        from rashomon.names import find_names

        return find_names(self._read)

    @cached_property
    def quantities(self) -> pd.DataFrame:
        from rashomon.quantities import extract_quantities

        return extract_quantities(self._corpus, self.statements)

    @cached_property
    def _tone_and_cues(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        from rashomon.tone import score_with_cues

        return score_with_cues(self._corpus, self.statements, word_list=self._word_list)

    @cached_property
    def tone(self) -> pd.DataFrame:
        return self._tone_and_cues[0]

    @cached_property
    def cues(self) -> pd.DataFrame:
        return self._tone_and_cues[1]

    @cached_property
    def targets(self) -> pd.DataFrame:
        from rashomon.attitudes import find_attitudes

        return find_attitudes(self._corpus, self.statements, self.names)

    @cached_property
    def registers(self) -> pd.DataFrame:
        from rashomon.registers import score_registers

        return score_registers(self._corpus, self.cues)

    @cached_property
    def readability(self) -> pd.DataFrame:
        from rashomon.readability import score_readability

        return score_readability(self._corpus)

    @cached_property
    def timeline(self) -> pd.DataFrame:
        from rashomon.timeline import build_timeline

        return build_timeline(self._corpus, self.statements)

    @cached_property
    def figures(self) -> pd.DataFrame:
        from rashomon.compare import compare_figures

        return compare_figures(self.quantities, self.sentences, self.names, events=self.events)

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        from rashomon.compare import find_conflicts

        return find_conflicts(self.figures, self._read.articles, events=self.events)

    @cached_property
    def claims(self) -> pd.DataFrame:
        from rashomon.claims import compare_claims

        return compare_claims(self._corpus, self.statements, self.figures, self.names, events=self.events)

    @cached_property
    def omissions(self) -> pd.DataFrame:
        from rashomon.claims import find_omissions

        return find_omissions(self.claims)

    @cached_property
    def events(self) -> pd.DataFrame:
        from rashomon.events import group_events

        return group_events(self._read, self.names, self.quantities)

    @cached_property
    def passages(self) -> pd.DataFrame:
        from rashomon.reuse import find_passages

        return find_passages(self._read, self.statements)

    @cached_property
    def words(self) -> pd.DataFrame:
        from rashomon.distinctive import compare_words

        return compare_words(self._read)


def compute_table(corpus: Corpus, name: str, *, word_list: str = "") -> pd.DataFrame:
    """Compute one table of a corpus, and only the stages it needs.

    Parameters
    ----------
    corpus : Corpus
        As `read_corpus` gives it; it is not changed.
    name : str
        A key of `TABLES`.
    word_list : str, keyword-only
        Word list for tone; "" for the one that comes with the library.

    Returns
    -------
    DataFrame
        The table; `sentences` with `voice` filled.

    Raises
    ------
    KeyError
        When there is no such table.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> compute_table(corpus_of({"a": "Two bridges were closed."}), "quantities")["surface"].tolist()
    ['Two']
    """
    if name not in TABLES:
        raise KeyError(f"no table {name!r}; there are {', '.join(TABLES)}")
    return _Stages(corpus, word_list).table(name)


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
    stages = _Stages(corpus, word_list)
    return {name: stages.table(name) for name in TABLES}


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
        Every table of `TABLES` but those of `ACROSS_ARTICLES`.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> "passages" in analyze_articles(corpus_of({"a": "The mayor said two bridges were closed."}))
    False
    """
    stages = _Stages(corpus, word_list)
    return {name: stages.table(name) for name in TABLES if name not in ACROSS_ARTICLES}
