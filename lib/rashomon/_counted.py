"""Name what a figure counts in one form for all articles: noun, fate, unit, time."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rashomon.read import read_word_list

SEPARATOR = " · "
PLANNED = "planned"

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_PLURAL_OF = (("men", "man"), ("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"))
# "killed 12 and wounded 30": a conjunction or another number begins the next figure's words.
_ENDS_AHEAD = re.compile(r"[.;:!?—,]|\d|\b(?:and|but|while)\b")
_ENDS_BEHIND = re.compile(r"[.;:!?—]|\d|\b(?:and|but|while)\b")
_N_WORDS_AHEAD, _N_WORDS_BEHIND = 4, 8


def name_counted(counted: str) -> tuple[str, frozenset[str]]:
    """Bring what is counted to one noun, and give the words that narrow it down.

    Parameters
    ----------
    counted : str
        What is counted, as written, such as "North Korean special forces members".

    Returns
    -------
    tuple of str and frozenset
        The noun of the synonym list, or else the plural of the head noun; "" when there is none. The words
        before it, in lower case.

    Examples
    --------
    >>> name_counted("members of the riot police")
    ('police officers', frozenset())
    >>> name_counted("wooden bridges")
    ('bridges', frozenset({'wooden'}))
    """
    phrases = list(_phrases(counted.casefold().replace("’", "'")))
    while phrases and _singular(phrases[0][-1]) in words_with("measure_word"):
        # "special forces members" keeps its first words, "members of the crew" goes on behind "of".
        phrases[0].pop()
        if not phrases[0]:
            phrases.pop(0)
    if not phrases:
        return "", frozenset()
    words = phrases[0]
    for first in range(len(words)):
        for last in (words[-1], _singular(words[-1])):
            noun = _synonyms().get(" ".join([*words[first:-1], last]))
            if noun:
                return noun, frozenset(words[:first])
    return _plural(_singular(words[-1])), frozenset(words[:-1])


def find_fate(before: str, after: str) -> str:
    """Name what became of those counted, from the words around a figure.

    Parameters
    ----------
    before, after : str
        The words of its sentence before the number and behind what is counted. A verb right before the
        number decides ("killed at least 12"), else the first one behind ("12 people were killed").

    Returns
    -------
    str
        Such as "killed"; "" when no word of the list says so.

    Examples
    --------
    >>> find_fate("The storm killed at least ", " people and wounded 30.")
    'killed'
    >>> find_fate("The storm killed 12 people and ", " were wounded.")
    'injured'
    """
    ahead = _WORD.findall(_ENDS_AHEAD.split(before.casefold())[-1])[-_N_WORDS_AHEAD:]
    behind = _WORD.findall(_ENDS_BEHIND.split(after.casefold(), maxsplit=1)[0])[:_N_WORDS_BEHIND]
    fates = words_with("fate")
    return next((fates[word] for word in (*reversed(ahead), *behind) if word in fates), "")


def find_state(before: str, after: str) -> str:
    """Name how those counted are now, from the words around a figure; the nearest behind it decides.

    Parameters
    ----------
    before, after : str
        As for `find_fate`.

    Returns
    -------
    str
        Such as "training"; "" when no word of the list says so.

    Examples
    --------
    >>> find_state("The army sent ", " recruits for training.")
    'training'
    """
    behind = _WORD.findall(_ENDS_BEHIND.split(after.casefold(), maxsplit=1)[0])[:_N_WORDS_BEHIND]
    ahead = _WORD.findall(_ENDS_AHEAD.split(before.casefold())[-1])[-_N_WORDS_AHEAD:]
    states = words_with("state")
    return next((states[word] for word in (*behind, *reversed(ahead)) if word in states), "")


def join_slot(noun: str, fate: str, unit: str, time: str) -> str:
    """Join the pieces of a slot that are known; without a noun and a unit there is none.

    Examples
    --------
    >>> join_slot("soldiers", "", "", "planned"), join_slot("", "", "", "planned")
    ('soldiers · planned', '')
    """
    if not noun and not unit:
        return ""
    return SEPARATOR.join(piece for piece in (noun, fate if noun else "", unit, time) if piece)


def split_noun(noun: str) -> tuple[str, str]:
    """Take apart a noun that holds its fate: deaths are people killed.

    Examples
    --------
    >>> split_noun("people · killed")
    ('people', 'killed')
    """
    word, _, fate = noun.partition(SEPARATOR)
    return word, fate


def is_known_noun(counted: str) -> bool:
    """Whether the list of synonyms knows what is counted.

    Examples
    --------
    >>> is_known_noun("Spending"), is_known_noun("Ostby Airways")
    (True, False)
    """
    words = _WORD.findall(counted.casefold())
    return bool(words) and _singular(words[-1]) in _synonyms()


@functools.cache
def words_with(role: str) -> dict[str, str]:
    """Give the words that play a role in the comparison, each with what it means there.

    Examples
    --------
    >>> words_with("fate")["wounded"]
    'injured'
    """
    return {row["word"]: row["means"] for row in read_word_list("comparison_words") if row["role"] == role}


@functools.cache
def _synonyms() -> dict[str, str]:
    return {row["word"]: row["slot"] for row in read_word_list("counted_synonyms")}


def _phrases(text: str) -> Iterator[list[str]]:
    """Split what is counted where a preposition begins: "soldiers | to the border", "members | of a crew"."""
    words: list[str] = []
    for word in [*_WORD.findall(text), "of"]:
        if word not in words_with("phrase_end"):
            if word not in words_with("no_part_of_it"):
                words.append(word.removesuffix("'s"))
        elif words:
            yield words
            words = []


def _singular(word: str) -> str:
    if word in words_with("plural_is_singular") or word.endswith(("ss", "us", "is")):
        return word
    if word in words_with("plural"):
        return words_with("plural")[word]
    for ending, singular in _PLURAL_OF:
        # Not "men" itself, nor "ties" and "lies", which lose their s only.
        if word.endswith(ending) and len(word) > len(ending) + (ending == "ies"):
            return word.removesuffix(ending) + singular
    return word.removesuffix("s") if len(word) > 3 else word


def _plural(word: str) -> str:
    irregular = next((many for many, one in words_with("plural").items() if one == word), "")
    if irregular or word in words_with("plural_is_singular"):
        return irregular or word
    if word.endswith("man") and word not in ("human", "german", "norman", "ottoman", "roman", "shaman"):
        return f"{word[:-3]}men"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
