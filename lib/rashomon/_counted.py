"""Name what a figure counts in one form for all articles: noun, fate, unit, time."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rashomon.read import read_word_list

SEPARATOR = " · "
PLANNED = "planned"
TOLD_EARLIER = "counted earlier"

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_PLURAL_OF = (("men", "man"), ("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"))
# "killed 12 and wounded 30", "nine dead, three missing": a conjunction or another number begins the next
# figure's words.
_NUMBER_WORD = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    "|dozens?|scores|hundreds|thousands"
)
_ENDS_AHEAD = re.compile(rf"[.;:!?—,]|\d|\b(?:and|but|while|said|says|told|that|{_NUMBER_WORD})\b")
_ENDS_BEHIND = re.compile(rf"[.;:!?—]|, (?:{_NUMBER_WORD})\b|\d|\b(?:and|but|while|one of)\b")
# "40 guests and two guides were aboard": what is said of both is said of the first.
_AND_SO_MANY = re.compile(rf"\s*and (?:\d[\d,.]*|an?|one|{_NUMBER_WORD})\b")
_TWO_BEFORE_A_HEAD = re.compile(r"\b([^\W\d_]+) and (?=[^\W\d_]+ [^\W\d_]+)")
# "Earlier, police had spoken of seven dead"; not "earlier this year".
_EARLIER = re.compile(
    r"\b(?:(?:earlier|previous|initial) (?:count|estimate|figure|number|report|tally|toll|version)s?"
    r"|earlier(?! (?:this|in|on|that)\b)|previously|initially|at first|first (?:put|said|reported|spoke)"
    r"|had (?:counted|given|put|reported|said|spoken)|(?:up|down|revised|corrected) from)\b",
    re.IGNORECASE,
)
_ENDS_AHEAD_OF_ALL = re.compile(r"[.;:!?—]|\b(?:and|but|while|now)\b")
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
    text = counted.casefold().replace("’", "'").strip()
    if text.endswith(("'s", "s'")):
        return "", frozenset()  # "14 of the city's 16 bridges": an owner is not counted
    # "Bus and metro workers" are workers; "boys and girls under ten" are two heads.
    text = _TWO_BEFORE_A_HEAD.sub(lambda two: two[0] if _is_plural(two[1]) else f"{two[1]} ", text)
    phrases = list(_phrases(text))
    while phrases and _singular(phrases[0][-1]) in words_with("measure_word"):
        # "special forces members" keeps its first words, "members of the crew" goes on behind "of".
        phrases[0].pop()
        if not phrases[0]:
            phrases.pop(0)
    while phrases and _is_participle(phrases[0][-1]):
        phrases[0].pop()  # "people killed", "stranded": what is counted is a noun
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
    ahead, behind = _words_beside(before, after)
    fate = _last_of(_phrases_with("fate"), ahead) or _first_of(_phrases_with("fate"), behind)
    shared = None if fate else _AND_SO_MANY.match(after.casefold())
    return find_fate("", after[shared.end() :]) if shared else fate


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
    if _EARLIER.search(_ENDS_AHEAD_OF_ALL.split(before)[-1]):
        return TOLD_EARLIER
    ahead, behind = _words_beside(before, after)
    return _first_of(_phrases_with("state"), behind) or _last_of(_phrases_with("state"), ahead)


def find_dealing(before: str, after: str) -> str:
    """Name what is done with an amount of money or a share: asked, offered, paid, lost.

    Parameters
    ----------
    before, after : str
        As for `find_fate`, but behind the number itself.

    Returns
    -------
    str
        Such as "offered"; "" when no word of the list says so.

    Examples
    --------
    >>> find_dealing("The company offered its staff ", " percent more.")
    'offered'
    """
    ahead, behind = _words_beside(before, after, n_ahead=2 * _N_WORDS_AHEAD)
    return _last_of(_phrases_with("dealing"), ahead) or _first_of(_phrases_with("dealing"), behind)


def join_slot(noun: str, fate: str, unit: str, time: str) -> str:
    """Join the pieces of a slot that are known; without a noun and a unit there is none.

    Examples
    --------
    >>> join_slot("soldiers", "", "", "planned"), join_slot("", "", "", "planned")
    ('soldiers · planned', '')
    """
    if not noun and not unit:
        return ""
    is_said = noun in words_with("dealing") or noun.removesuffix("s") in words_with("dealing")
    return SEPARATOR.join(piece for piece in (noun, "" if is_said else fate, unit, time) if piece)


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


def _words_beside(before: str, after: str, n_ahead: int = _N_WORDS_AHEAD) -> tuple[str, str]:
    """Give the words of the clause before a figure and behind it."""
    ahead = _WORD.findall(_ENDS_AHEAD.split(before.casefold())[-1])[-n_ahead:]
    behind = _WORD.findall(_ENDS_BEHIND.split(after.casefold(), maxsplit=1)[0])[:_N_WORDS_BEHIND]
    return " ".join(ahead), " ".join(behind)


@functools.cache
def _phrases_with(role: str) -> tuple[dict[str, str], re.Pattern[str]]:
    means = words_with(role)
    # Of two that begin at one place the longer one: "not found" says more than "not".
    longest_first = sorted(means, key=lambda phrase: (-len(phrase), phrase))
    return means, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _first_of(phrases: tuple[dict[str, str], re.Pattern[str]], words: str) -> str:
    found = phrases[1].search(words)
    return phrases[0][found[0]] if found else ""


def _last_of(phrases: tuple[dict[str, str], re.Pattern[str]], words: str) -> str:
    found = phrases[1].findall(words)
    return phrases[0][found[-1]] if found else ""


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


def _is_participle(word: str) -> bool:
    is_one = word in words_with("fate") or (word.endswith("ed") and not word.endswith(("bed", "eed", "hed")))
    return is_one and word not in _synonyms() and _singular(word) not in _synonyms()


def _is_plural(word: str) -> bool:
    return word in words_with("plural_is_singular") or _singular(word) != word


def _plural(word: str) -> str:
    irregular = next((many for many, one in words_with("plural").items() if one == word), "")
    if irregular or word in words_with("plural_is_singular"):
        return irregular or word
    if word.endswith("man") and word not in ("human", "german", "norman", "ottoman", "roman", "shaman"):
        return f"{word[:-3]}men"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
