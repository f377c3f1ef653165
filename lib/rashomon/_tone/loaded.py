"""Words that put strongly what could be put plainly."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._lexicon import Token
from rashomon._tone.account import Found, find_listed


def find(tokens: Sequence[Token]) -> list[Found]:
    """Find loaded words."""
    return find_listed(tokens, "loaded")
