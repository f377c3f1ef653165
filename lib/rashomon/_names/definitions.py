"""Short forms an article explains: "National Intelligence Service (NIS)", "the North" after North Korea."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rashomon._names.lists import Known, is_small, listed_names, words_of
from rashomon._names.tokens import read_sentence
from rashomon.read import read_word_list

_BRACKET = re.compile(r"[(\[]\s*([A-Z][A-Za-z.&-]{1,9})\s*[)\]]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 12  # words
_LONGEST_TEXT = 300  # characters


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
            near = max(0, match.start() - _LONGEST_TEXT)
            start = _spelled_from(text[near : match.start()], acronym)
            if start >= 0:
                start += near
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
    # Short for words of another language: "Kurdistan Workers' Party (PKK)", but not "Ann Gray (SPD)".
    first = len(words)
    while first and words[first - 1][0][0].isupper():
        first -= 1
        if first and before[words[first - 1].end() : words[first].start()] not in (" ", "' ", "’ ", "-"):
            break
    while first < len(words) and is_small(words[first][0].lower()):
        first += 1
    bodies = words_of("body") | words_of("state_body")
    is_body = len(words) - first > 1 and words[-1][0].lower() in bodies
    return words[first].start() if is_body else -1


def halves_in(sentences: Sequence[str]) -> dict[str, Known]:
    """Give "North" and "South" the one country of the article whose name begins so, for "the North".

    Parameters
    ----------
    sentences : sequence of str
        Sentences of one article.

    Returns
    -------
    dict
        What "North" and "South" stand for after "the".

    Examples
    --------
    >>> halves_in(["South Sudan is young.", "The South left in 2011."])["South"].entity
    'South Sudan'
    """
    sides: dict[str, Known] = {}
    for side in ("North", "South"):
        halves = [row["name"] for row in read_word_list("countries") if row["name"].startswith(f"{side} ")]
        there = [name for name in halves if any(name in text for text in sentences)]
        if len(there) == 1:
            sides[side] = Known(there[0], "country", "part")
    return sides


def definitions_in(sentences: Sequence[str]) -> dict[str, Known]:
    """Give what an article spells out, the short form and the words; what is listed stays as listed.

    Parameters
    ----------
    sentences : sequence of str
        Sentences of one article.

    Returns
    -------
    dict
        What each form stands for.

    Examples
    --------
    >>> definitions_in(["The Lintown Ferry Company (LFC) closed."])["LFC"].entity
    'Lintown Ferry Company'
    """
    listed = listed_names()
    found: dict[str, Known] = {}
    for acronym, (_, full, _) in find_definitions(sentences).items():
        words = read_sentence(full).bare
        match = listed.match(words, 0)
        if match and match[0] == len(words):
            known = match[1]
            found[acronym] = Known(known.entity, known.kind, "acronym")
        else:
            found[full] = Known(full, "organization", "exact")
            found[acronym] = Known(full, "organization", "acronym")
    return found


def agreed_definitions(spelled: Iterable[dict[str, Known]]) -> dict[str, Known]:
    """Keep the short forms that mean the same in all articles that spell them out.

    Parameters
    ----------
    spelled : iterable of dict
        What each article spells out.

    Returns
    -------
    dict
        What a form stands for in an article that does not spell it out.
    """
    meanings: dict[str, set[Known]] = {}
    for found in spelled:
        for form, known in found.items():
            meanings.setdefault(form, set()).add(known)
    return {form: known.pop() for form, known in sorted(meanings.items()) if len(known) == 1}
