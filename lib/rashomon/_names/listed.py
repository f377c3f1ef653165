"""Find listed names in a sentence, and tell a capital that is a government from one that is a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon._names.lists import Known, Phrases, listed_names
from rashomon._names.tokens import Sentence, Word

Run = tuple[int, int]  # first and last + 1 word
HEADS = ("title", "honorific", "title_modifier", "state_body", "body", "place_head", "thing_head")
LANGUAGE = "language"  # the rule of a listed form that is no name here
_DATELINE = re.compile(r"\s*(?:[–—(]|-\s|,\s[A-Z])")
_OWNERS = frozenset(("a", "an", "the", "its", "his", "her", "their", "our", "my"))
_LANGUAGE_AFTER = frozenset(("in", "into", "speak", "speaks", "spoke", "speaking"))


def is_joined(words: Sequence[Word], i: int, *, over_possessive: bool = False) -> bool:
    """Say whether a word belongs with the one before: a space, a hyphen or an abbreviation's dot between.

    Parameters
    ----------
    words : sequence of Word
        Words of the sentence.
    i : int
        The later word.
    over_possessive : bool, keyword-only
        Whether an *'s* parts them no more than a space does.

    Returns
    -------
    bool
    """
    gap, before = words[i].gap, words[i - 1]
    if "\n" in gap or (before.is_possessive and not over_possessive):
        return False
    if gap.isspace() or words[i].is_glued or gap.strip() == "&":
        return True
    if gap[:1] in "'’" and gap[1:].isspace():
        return over_possessive
    is_short = len(before.text) == 1 or before.has("abbreviation")
    return is_short and gap[:1] == "." and (len(gap) == 1 or gap[1:].isspace())


def is_plain(word: Word) -> bool:
    """Say whether a word looks like part of a personal name.

    Parameters
    ----------
    word : Word

    Returns
    -------
    bool
    """
    return word.is_capital and not word.has("small", *HEADS) and not word.text.isupper()


def find_listed(sentence: Sentence, phrases: Sequence[Phrases]) -> dict[Run, Known]:
    """Find listed names, longest first from left to right.

    Parameters
    ----------
    sentence : Sentence
        As `read_sentence` gives it.
    phrases : sequence of Phrases
        The lists; of forms equally long the first list counts.

    Returns
    -------
    dict
        What each span of words stands for; a language has the rule `LANGUAGE`.
    """
    found: dict[Run, Known] = {}
    i = 0
    while i < len(sentence.words):
        matches = [m for p in phrases if (m := p.match(sentence.bare, i, shouted=sentence.is_shouted))]
        length, known = max(matches, key=lambda match: match[0]) if matches else (0, None)
        span = (i, i + length)
        is_whole = all(is_joined(sentence.words, k, over_possessive=True) for k in range(i + 1, span[1]))
        if known and is_whole and not _is_other(sentence, span, known):
            found[span] = known._replace(rule=LANGUAGE) if _is_language(sentence, span, known) else known
            i = span[1]
        else:
            i += 1
    return found


def _is_other(sentence: Sentence, span: Run, known: Known) -> bool:
    """Say whether a listed form is a person's name, part of a word or a language here."""
    words, (first, last) = sentence.words, span
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) and is_joined(words, last) else None
    if known.rule == "alias":
        return False
    if known.rule == "part":  # "the North", not "North Street" or "up North"
        return before is None or before.key != "the" or (after is not None and after.is_capital)
    if before and words[first].is_glued and before.is_capital and len(before.text) > 1:
        return listed_names().match(sentence.bare, first - 1) is None  # "Russia-Ukraine", not "Anglo-German"
    if sentence.is_title_case or last - first > 1 or not words[first].has("given_too"):
        return False
    if before and is_joined(words, first) and is_plain(before):  # "Jack London"
        return not before.has("direction")
    return after is not None and is_plain(after) and not (before and before.has("locative"))


def _is_language(sentence: Sentence, span: Run, known: Known) -> bool:
    """Say whether a demonym names a language: "in French", but not "in French schools"."""
    words, (first, last) = sentence.words, span
    if known.rule != "demonym" or not first or words[first - 1].key not in _LANGUAGE_AFTER:
        return False
    return last == len(words) or not is_joined(words, last) or words[last].has("small")


def stands_for(sentence: Sentence, span: Run, known: Known) -> Known:
    """Take a capital for its country, unless it is plainly a place.

    Parameters
    ----------
    sentence : Sentence
        As `read_sentence` gives it.
    span : tuple of int
        The words of the name.
    known : Known
        What the list says.

    Returns
    -------
    Known
    """
    if known.rule == "capital" and known.place and _is_place(sentence, span):
        return Known(known.place, "place", "exact")
    return known


def _is_place(sentence: Sentence, span: Run) -> bool:
    """Say whether a capital is a place: "in Seoul", "SEOUL –", "a London court", "Paris, France"."""
    words, (first, last) = sentence.words, span
    rest = sentence.text[words[last - 1].end :]
    if not sentence.is_title_case and words[first].text.isupper() and len(words[first].text) > 3:
        return True
    if first == 0 and _DATELINE.match(rest):
        return True
    if rest.startswith(", ") and last < len(words) and listed_names().match(sentence.bare, last):
        return True
    if first == 0 or not words[first].gap.isspace() or words[last - 1].is_possessive:
        return False  # "in Moscow's war"
    before = words[first - 1]
    if before.key in ("to", "from", "for"):
        return any(word.has("motion") for word in words[max(0, first - 4) : first - 1])
    return (
        before.is_possessive or before.key in _OWNERS or before.has("place_after", "direction", "place_verb")
    )
