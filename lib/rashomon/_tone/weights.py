"""Valence of words: weights learned from rated sentences, the VADER lexicon, or the user's own list."""

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple

from rashomon._lexicon import PhraseList, read_polarity_list
from rashomon.read import read_word_list

LEARNED, VADER = "", "vader"  # values of `word_list` that are no path

_PLAIN_WORD = 3  # VADER also rates emoticons and chat abbreviations; news is scored by its words alone


class Weight(NamedTuple):
    """Valence of a word, and whether it names what happened rather than judges it."""

    valence: float
    is_event: bool


class Weights(NamedTuple):
    """A list of weights; learned ones add up as they stand, listed valences are damped."""

    words: PhraseList[Weight]
    is_learned: bool


def load_weights(word_list: str = "") -> Weights:
    """Load the weights of words.

    Parameters
    ----------
    word_list : str
        "" for the learned weights, "vader" for the VADER lexicon, else the path of the user's own list, which
        is taken as it stands: nothing in it counts as an event.

    Returns
    -------
    Weights
        By word; forms of `event_words` are marked as events in the first two.
    """
    if word_list == LEARNED:
        return _load_learned()
    if word_list == VADER:
        return _load_vader()
    own = read_polarity_list(word_list)
    return Weights(PhraseList.of((form, Weight(value, False)) for form, value in own.items()), False)


@functools.cache
def _load_learned() -> Weights:
    weights = {row["word"]: float(row["weight"]) for row in read_word_list("valence_words")}
    return Weights(PhraseList.of(_mark_events(weights).items()), True)


@functools.cache
def _load_vader() -> Weights:
    return Weights(PhraseList.of(_mark_events(read_vader()).items()), False)


def read_vader() -> dict[str, float]:
    """Read the valences, -4 to 4, of VADER's plain words.

    References
    ----------
    Hutto, C. J., & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis of
    social media text. ICWSM 8.
    """
    lexicon = resources.files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in lexicon.splitlines())
    return {
        word: float(valence)
        for word, valence, *_ in rows
        if len(word) >= _PLAIN_WORD and word[0].isalpha() and word.replace("'", "").replace("-", "").isalpha()
    }


def _mark_events(weights: dict[str, float]) -> dict[str, Weight]:
    """Mark what `event_words` lists; a phrase there keeps its words from being judged singly."""
    events = {form for row in read_word_list("event_words") for form in row["forms"].split("|")}
    marked = {word: Weight(weight, word in events) for word, weight in weights.items()}
    return marked | {form: Weight(0.0, True) for form in events if form not in marked}
