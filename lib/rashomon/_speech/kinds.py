"""Say of what kind a speaker is, and whether a reader could find out who it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rashomon._speech.phrases import Span, Token, head_of, is_plural

Kind = Literal["unknown", "person", "office", "institution", "document", "anonymous", "outlet", "crowd"]

_VOICES = frozenset(
    ["spokesman", "spokeswoman", "spokesperson", "spokespeople", "representative", "representatives"]
)
_LOOSE = frozenset(["recent", "various", "several", "new", "many", "some"])


def kind_of_phrase(tokens: Sequence[Token], phrase: Span, *, is_name: bool) -> Kind:
    """Say of what kind somebody is who is not a named person.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    phrase : tuple of int
        The mention.
    is_name : bool
        Whether it is the name of a body, place or work.

    Returns
    -------
    str
        A word of the vocabulary `speaker_kind`.
    """
    head = head_of(tokens, phrase)
    words = tokens[slice(*phrase)]
    classes = head.classes
    has_name = _has_name(tokens, phrase)
    counted = any(token.text.isdigit() or "number" in token.classes for token in words)
    if "@" in {token.text for token in words} or (phrase[0] and tokens[phrase[0] - 1].text == "@"):
        return "anonymous"
    opens = len(words) == 1 or "preposition" in words[1].classes  # "Analysts expect", "Residents of Lintown"
    is_lone = opens and head.lower.endswith("s") and "agent" in classes
    is_name = is_name and not is_lone
    if (
        "outlet" in classes
        or (is_name and "outlet" in words[-1].classes)
        or (is_name and _names_outlet(words))
    ):
        return "outlet"
    if "document" in classes:
        return "document"
    if head.lower in _VOICES:
        return "institution" if has_name else "anonymous"
    if is_name or "institution" in classes:
        return "institution"
    if is_plural(tokens, phrase):
        at = any(token.lower in ("at", "from") for token in words) and has_name
        return "institution" if at else "anonymous" if counted else "crowd"
    if "organization" in classes and "title" not in classes:
        return "institution"
    is_definite = words[0].lower in ("the", "its", "their", "his", "her") or has_name or words[0] is head
    if "title" in classes and is_definite and words[0].lower not in ("a", "an", "one", "another"):
        return "office"
    return "anonymous"


def is_checkable_phrase(tokens: Sequence[Token], phrase: Span, kind: Kind) -> bool:
    """Say whether a reader could find out who an unnamed speaker is.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    phrase : tuple of int
        The mention.
    kind : str
        As `kind_of_phrase` gives it.

    Returns
    -------
    bool
        Never for a crowd or an anonymous speaker; for others when the text names whose they are.
    """
    if kind in ("anonymous", "crowd", "unknown"):
        return False
    return _has_name(tokens, phrase) and not any(t.lower in _LOOSE for t in tokens[slice(*phrase)])


def _has_name(tokens: Sequence[Token], phrase: Span) -> bool:
    """Say whether a capital inside the phrase names somebody; a capital at its beginning may name nobody."""
    opens = phrase[0] == 0 or tokens[phrase[0] - 1].text in ".!?:—–" or tokens[phrase[0] - 1].kind == "quote"
    for k in range(*phrase):
        token = tokens[k]
        if not token.is_capital or token.classes & {"determiner", "time"}:
            continue
        is_lone_plural = phrase[1] - phrase[0] == 1 and token.lower.endswith("s")
        if not (opens and k == phrase[0]) or not (token.classes or is_lone_plural):
            return True
    return False


def _names_outlet(words: Sequence[Token]) -> bool:
    return any(token.is_capital and "outlet_name" in token.classes for token in words)
