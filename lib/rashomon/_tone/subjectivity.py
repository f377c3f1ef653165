"""Words and marks that show an opinion."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._lexicon import Token
from rashomon._tone.account import Found, find_listed, share_of


def find(tokens: Sequence[Token]) -> list[Found]:
    """Find signs of opinion; exclamation marks are one word each."""
    share = share_of(tokens)
    marks = [
        Found(t.start, t.end, "subjectivity", share, "exclamation mark") for t in tokens if not t.is_word
    ]
    return find_listed(tokens, "subjectivity") + marks
