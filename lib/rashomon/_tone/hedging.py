"""Words that hold back certainty: epistemic, attribution, approximation, condition."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._lexicon import Token
from rashomon._tone.account import Found, find_listed

KINDS = ("epistemic", "attribution", "approximation", "condition")  # a rule begins with one of them


def find(tokens: Sequence[Token]) -> list[Found]:
    """Find hedges; their rule begins with the kind."""
    return find_listed(tokens, "hedging")
