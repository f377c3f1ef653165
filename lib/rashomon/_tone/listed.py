"""Lists of style: hedges, loaded words, words of opinion and emotion; each entry with kind and strength."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from rashomon._lexicon import PhraseList
from rashomon.read import read_word_list

NO_CUE = "not a cue"  # entries that are there to keep a shorter one from matching


class Listed(NamedTuple):
    """An entry: its kind, its first form, how strong it is (0 to 1), and whether it is loaded wording."""

    kind: str
    entry: str
    strength: float
    is_loaded: bool = False

    @property
    def rule(self) -> str:
        """Name of the entry as `cues` shows it."""
        return f"{self.kind}: {self.entry}"


@functools.cache
def load_hedges() -> PhraseList[Listed]:
    """Load `hedges`."""
    return PhraseList.of(_read("hedges"))


@functools.cache
def load_wording() -> PhraseList[Listed]:
    """Load `opinion_words` and `loaded_words`; a form that stands in both is loaded."""
    return PhraseList.of((*_read("opinion_words"), *_read("loaded_words", is_loaded=True)))


@functools.cache
def load_emotions() -> PhraseList[Listed]:
    """Load `emotion_words`; the kind is the emotion."""
    return PhraseList.of(_read("emotion_words"))


def _read(name: str, *, is_loaded: bool = False) -> Iterator[tuple[str, Listed]]:
    for row in read_word_list(name):
        forms = row["forms"].split("|")
        entry = Listed(row["kind"], forms[0], float(row["strength"]), is_loaded)
        yield from ((form, entry) for form in forms)
