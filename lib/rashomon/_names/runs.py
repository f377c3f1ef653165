"""Find the runs of words that can be one name with its offices: "U.S. Defense Secretary Lloyd Austin"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rashomon._names.listed import Run, is_joined
from rashomon._names.lists import Known
from rashomon._names.tokens import Sentence, Word

_NOT_FREE = frozenset(("do", "y", "la", "le"))  # particles that are also words of English, or go-betweens
_LONGEST = 12  # words


def find_runs(sentence: Sentence, listed: Mapping[Run, Known]) -> Iterator[Run]:
    """Find runs of capitalized words, with the small words that stand inside names.

    Parameters
    ----------
    sentence : Sentence
        As `read_sentence` gives it.
    listed : mapping
        As `find_listed` gives it.

    Yields
    ------
    tuple of int
        First and last + 1 word.
    """
    starts = dict(listed.keys())
    i = 0
    while i < len(sentence.words):
        first = i
        while i - first < _LONGEST and (step := _step(sentence.words, starts, first, i)):
            i = step
        if i > first:
            yield first, i
        else:
            i += 1


def _step(words: Sequence[Word], starts: Mapping[int, int], first: int, i: int) -> int:
    """Give the word after what joins the run at word `i`; 0 when the run ends before it."""
    if i >= len(words) or (i > first and not is_joined(words, i)):
        return 0
    if i in starts:
        return starts[i]
    word, following = words[i], words[i + 1] if i + 1 < len(words) and is_joined(words, i + 1) else None
    if word.is_capital:
        return i + 1 if _can_name(words, first, i, following) else 0
    if following is None:
        tied = i > first and word.is_glued and _is_tied(words, starts, first, i)
        return i + 1 if tied else 0
    if following.is_capital and i + 1 not in starts and not following.has("small"):
        if word.has("glued_particle") if following.is_glued else word.has("particle"):
            return i + 2
    elif word.has("particle") and word.key not in _NOT_FREE and following.has("particle"):
        last = i + 2  # "van der Bellen"
        is_led = last < len(words) and is_joined(words, last) and words[last].is_capital
        return last + 1 if is_led and last not in starts and not words[last].has("small") else 0
    if i == first:
        return 0
    if word.is_glued:
        return i + 1 if _is_tied(words, starts, first, i) else 0
    if word.has("connector") and _goes_on(words, first, i, following):
        after = i + 2 if following.key == "the" and word.key != "and" else i + 1
        if after < len(words) and words[after].is_capital and words[after].gap.isspace():
            return starts.get(after, after + 1)
    return 0


def _can_name(words: Sequence[Word], first: int, i: int, following: Word | None) -> bool:
    """Say whether a capitalized word can be part of a name here."""
    word = words[i]
    if word.is_glued and len(words[i - 1].text) == 1 and words[i - 1].gap.endswith("("):
        return False  # "(D-Vt.)"
    if len(word.text) == 1:  # "J. Smith", "T-Mobile"; not "A" or "I"
        is_tied = following is not None and (following.is_glued or following.gap.startswith("."))
        return is_tied and following is not None and following.is_capital and not word.gap.endswith("(")
    if not word.has("small"):
        return True
    if i > first:
        is_date = following is not None and following.text[0].isdigit()
        return (
            word.is_glued or word.has("direction", "inside_name") or (word.has("given_small") and not is_date)
        )
    if following is None or not following.is_capital:
        return False
    is_date = word.has("calendar") and i > 0 and (words[i - 1].text[0].isdigit() or words[i - 1].has("small"))
    is_given = word.has("given_small") and not word.is_first and not is_date  # "on 3 May Ann Gray left"
    return following.is_glued or word.has("direction", "name_opener") or is_given


def _is_tied(words: Sequence[Word], starts: Mapping[int, int], first: int, i: int) -> bool:
    """Say whether a lower-case word after a hyphen is part of a name ("Kim Jong-un"), not "Trump-backed"."""
    word, before = words[i], words[i - 1]
    if not before.is_capital or i - 1 in starts:
        return False
    if word.key.isdigit():
        return True
    return i - first >= 2 and not word.has("compound_tail") and not word.key.endswith(("ed", "ing"))


def _goes_on(words: Sequence[Word], first: int, i: int, following: Word) -> bool:
    """Say whether "of", "for", "and" … at word `i` goes on with the name of a body or of an office."""
    word, before = words[i], words[i - 1]
    if before.has("title") and word.key in ("of", "for"):
        return following.has("portfolio")  # "Minister of Defense", not "Director of the Ministry of Health"
    if following.has("state_body"):
        return False
    if word.key == "of" and before.has("state_body", "body"):
        return True
    if word.key == "and":
        inner = words[first:i]
        is_list = before.has("portfolio") or any(each.key in ("of", "for", "on") for each in inner)
        return (
            is_list
            and any(each.has("group_head", "title") for each in inner)
            and not following.text.isupper()
        )
    return word.key in ("for", "on") and before.has("group_head")
