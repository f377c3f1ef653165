"""Words that name or show an emotion."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._lexicon import Token
from rashomon._tone.account import Found

EMOTIONS = ("anger", "disgust", "fear", "joy", "sadness", "surprise")  # each is a measure of its own


def find(tokens: Sequence[Token]) -> list[Found]:
    """Find words of emotion."""
    del tokens
    return []
