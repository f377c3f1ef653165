"""What a measure reports: a word or phrase, and how far it moves which score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rashomon._lexicon import Token

# Weights are cut to a grid of 2**-40, so that adding them up is exact in any order, on any machine.
_GRID = 2.0**40
# A heading of four words is not the more opinionated because its one cue is a quarter of it.
_LEAST_WORDS = 10


class Found(NamedTuple):
    """A cue in a sentence, with half-open offsets into the sentence; `rule` reads `kind: entry`."""

    start: int
    end: int
    measure: str
    weight: float
    rule: str


def cut(weight: float) -> float:
    """Put a weight on the grid on which sums are exact."""
    return int(weight * _GRID) / _GRID


def share_of(tokens: Sequence[Token]) -> float:
    """Tell which share of its sentence one word is; a sentence of fewer than ten words counts as ten."""
    return cut(1 / max(_LEAST_WORDS, len(tokens)))
