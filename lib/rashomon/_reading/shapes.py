"""Measure the outer form of a line: how long it is, how it ends, whether it is prose or a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = "\"'”’»“‘)]*_"
_QUESTION = re.compile(r"(?:what|why|who|whose|when|where|which|how)\b", re.IGNORECASE)
_MAX_CAPITALS = 0.6  # share of capitalized words from which a long line without a stop is a menu
_MAX_CAPITALS_STOPPED = 0.75  # … and one that stops: names are many in some sentences, but not so many
_MIN_CAPITALS, _MAX_HEADING = 2, 8  # words of a heading in capitals that ends in a stop
_SAMPLE = 20  # words at the head of a line that settle most cases


@dataclass(frozen=True, slots=True)
class Shape:
    """The outer form of a line."""

    n_words: int
    stops: bool  # ends as a sentence does
    cut: bool  # breaks off in an ellipsis
    heading: bool  # could stand over a text
    prose: bool  # a paragraph, beyond doubt


def shape_of(text: str) -> Shape:
    """Measure the outer form of a line.

    Parameters
    ----------
    text : str
        A line without spaces around it; not empty.

    Returns
    -------
    Shape

    Examples
    --------
    >>> shape_of("Ferry Sinks Off Coast").heading, shape_of("The ferry sank.").heading
    (True, False)
    """
    words = text.split()
    bare = text.rstrip(_CLOSERS)
    cut = bare.endswith(("...", "…")) and len(text) - len(bare) <= 1
    stops = bare[-1:] in (".", "!", "?", "…")
    ends = stops or text[-1] == ":"
    long = len(words) >= 25 or (len(words) >= 10 and ends and not text.isupper())
    prose = long and not cut and not _is_menu(text, words, stops=stops)
    heading = not prose and not cut and _is_heading(text, words, stops=stops)
    return Shape(len(words), stops, cut, heading, prose)


def _is_menu(text: str, words: list[str], *, stops: bool) -> bool:
    """Tell names of sections and titles on one line from prose: nearly every word has a capital."""
    if sum(map(str.islower, [word[0] for word in words[:_SAMPLE]])) > (1 - _MAX_CAPITALS) * _SAMPLE:
        return False
    if stops and text.isupper():
        return False
    initials = [word[0] for word in words]
    capitals, small = sum(map(str.isupper, initials)), sum(map(str.islower, initials))
    return capitals > (_MAX_CAPITALS_STOPPED if stops else _MAX_CAPITALS) * (capitals + small)


def _is_heading(text: str, words: list[str], *, stops: bool) -> bool:
    if len(words) > 24 or text[-1] in ",;:" or (text[0].isalpha() and not text[0].isupper()):
        return False
    if not stops:
        return any(character.isalpha() for character in text)
    bare = text.rstrip("\"'”’)*_")
    if bare.endswith("."):
        if text.isupper() and _MIN_CAPITALS <= len(words) <= _MAX_HEADING:
            return True  # as print sets a heading
        return text.endswith((" U.S.", " U.N.", " U.K.", " Jr.", " Inc.", " Co.")) and len(words) <= 14
    if bare.endswith("?") and (len(words) <= 5 or (_QUESTION.match(text) and len(words) <= 9)):
        return text[0].isalpha()
    return len(words) <= 3 or _is_title_case(words)


def _is_title_case(words: list[str]) -> bool:
    """Say whether most of the longer words begin with a capital letter."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.7 * len(long)
