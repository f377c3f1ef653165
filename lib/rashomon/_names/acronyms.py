"""Short forms that a text spells out itself: "National Intelligence Service (NIS)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rashomon._names.lists import is_small, words_of

_BRACKET = re.compile(r"[(\[]\s*([A-Z][A-Za-z.&-]{1,9})\s*[)\]]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 12  # words


class Definition(NamedTuple):
    """A short form and the words it stands for, as written, with their place in the sentence."""

    acronym: str
    full: str
    start: int


def find_definitions(sentences: Iterable[str]) -> dict[str, Definition]:
    """Find the short forms that sentences spell out; of several the first counts.

    Parameters
    ----------
    sentences : iterable of str
        Sentences of one article, in order.

    Returns
    -------
    dict
        Definition by short form, dots left out.

    Examples
    --------
    >>> found = find_definitions(["It joined the Food and Agriculture Organization (FAO)."])
    >>> found["FAO"].full
    'Food and Agriculture Organization'
    """
    found: dict[str, Definition] = {}
    for text in sentences:
        for match in _BRACKET.finditer(text):
            acronym = match[1].replace(".", "")
            if sum(char.isupper() for char in acronym) < 2:
                continue
            start = _spelled_from(text[: match.start()], acronym)
            if start >= 0:
                full = text[start : match.start()].rstrip(" ,\"”’'")
                found.setdefault(acronym, Definition(acronym, full, start))
    return found


def _spelled_from(before: str, acronym: str) -> int:
    """Find where the words begin that end `before` and that the acronym shortens; -1 when there are none."""
    words = list(_WORD.finditer(before))[-_LONGEST:]
    if not words or before[words[-1].end() :].strip(" ,\"”’'"):
        return -1
    letters = [char.lower() for char in acronym if char.isalpha()]
    for i in range(len(words) - 1, -1, -1):
        word = words[i][0]
        if letters and word[0].lower() == letters[-1] and (word[0].isupper() or is_small(word.lower())):
            letters.pop()
            if not letters:
                return words[i].start() if word[0].isupper() else -1
        elif word[0].isupper() or len(word) > 3:
            break
    # Short forms in another language: "Kurdistan Workers' Party (PKK)" names a body, "Ann Gray (SPD)" does not.
    first = len(words)
    while first and words[first - 1][0][0].isupper():
        first -= 1
        if first and before[words[first - 1].end() : words[first].start()] not in (" ", "' ", "’ ", "-"):
            break
    bodies = words_of("body") | words_of("state_body")
    is_body = len(words) - first > 1 and words[-1][0].lower() in bodies
    return words[first].start() if is_body else -1
