"""Words that name or show an emotion.

Score of a sentence and emotion: words of that emotion / words; a sentence of fewer than ten words counts as
ten.

References
----------
Ekman, P. (1992). An argument for basic emotions. Cognition & Emotion 6 (the six).
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._lexicon import Token
from rashomon._tone.account import Found, share_of
from rashomon._tone.listed import load_emotions

EMOTIONS = ("anger", "disgust", "fear", "joy", "sadness", "surprise")  # each is a measure of its own


def find(tokens: Sequence[Token]) -> list[Found]:
    """Find words of emotion; a negated one ("no reason to panic") still tells of it."""
    share = share_of(tokens)
    return [
        Found(tokens[a].start, tokens[b - 1].end, word.kind, share * (b - a), word.rule)
        for a, b, word in load_emotions().matches(tokens)
        if word.kind in EMOTIONS
    ]
