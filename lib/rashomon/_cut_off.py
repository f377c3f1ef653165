"""See where a text breaks off right before a number: "with plans to send up ..."."""

from __future__ import annotations

import re

from rashomon._counted import words_with

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ELLIPSIS = re.compile(r"\s*(?:\.{2,}|…)[\s\"”’)\]]*$")
_N_WORDS = 4


def find_cut_off(text: str) -> tuple[int, int] | None:
    """Say where the words stand that announce a number which the text no longer gives.

    Parameters
    ----------
    text : str
        A sentence that breaks off.

    Returns
    -------
    tuple of int, or None
        Where these words begin and end; None when the text breaks off elsewhere. "Up" alone is enough only
        behind a verb that does not go with it: one sends up to so many, but one sets up a camp.

    Examples
    --------
    >>> text = "Its army has 300 tanks, with plans to buy up ..."
    >>> text[slice(*find_cut_off(text))]
    'up'
    >>> find_cut_off("It has 300 tanks and wants to set up ...") is None
    True
    """
    whole = _ELLIPSIS.sub("", text)
    if whole == text:
        return None
    words = list(_WORD.finditer(whole))[-_N_WORDS:]
    if not words or words[-1].end() != len(whole):
        return None
    said = [word.group().casefold() for word in words]
    for first in range(len(words)):
        if " ".join(said[first:]) in words_with("before_number"):
            return words[first].start(), len(whole)
    goes_with_up = len(said) > 1 and said[-2] not in words_with("verb_with_up") and _is_verb(said[-3:-1])
    return (words[-1].start(), len(whole)) if said[-1] == "up" and goes_with_up else None


def _is_verb(words: list[str]) -> bool:
    """Whether the last word is a verb, as far as "to" before it or its ending shows."""
    return words[-1].endswith(("ing", "ed")) or (
        len(words) > 1 and words[-2] in ("to", "will", "would", "could")
    )
