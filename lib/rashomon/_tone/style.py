"""How a sentence is worded: opinion, hedges, loaded words, emotions, signs of a register, in one go."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._lexicon import Token
from rashomon._tone import emotion, hedging, loaded, register, subjectivity
from rashomon._tone.account import Found
from rashomon._tone.listed import load_wording


def find(tokens: Sequence[Token], text: str) -> list[Found]:
    """Find all that moves these measures; three of them read the same list, which is matched once."""
    wording = list(load_wording().matches(tokens))
    return [
        *subjectivity.find(tokens, text, wording),
        *hedging.find(tokens),
        *loaded.find(tokens, wording),
        *emotion.find(tokens),
        *register.find(tokens, text, wording),
    ]
