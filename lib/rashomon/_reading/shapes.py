"""Measure the outer form of a line: how long it is, how it ends, whether it is prose or a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rashomon.normalize import Line

_CLOSERS = "\"'”’»)]*_"
_QUESTION = re.compile(r"(?:what|why|who|whose|when|where|which|how)\b", re.IGNORECASE)
_MAX_CAPITALS = 0.6  # share of capitalized words from which a long line without a stop is a menu
_MAX_CAPITALS_STOPPED = 0.75  # … and one that stops: names are many in some sentences, but not so many
_SAMPLE = 20  # words at the head of a line that settle most cases
_MIN_WRAPPED = 4  # lines from which a run can be a column
_MIN_WRAPPED_LOWER = 0.4  # share of lines of a column that go on in small letters
_MIN_WRAPPED_LENGTH = 0.6  # of the longest line of its run a line of a column has at least this share
_MAX_WRAPPED = 120  # characters: a longer line was not broken to a width


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
        return text.endswith((" U.S.", " U.N.", " U.K.", " Jr.", " Inc.", " Co.")) and len(words) <= 14
    if bare.endswith("?") and _QUESTION.match(text) and len(words) <= 9:
        return True
    return len(words) <= 3 or _is_title_case(words)


def _is_title_case(words: list[str]) -> bool:
    """Say whether most of the longer words begin with a capital letter."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.7 * len(long)


def join_wrapped(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Shape]:
    r"""Let lines of a paragraph that was broken to a width, as in copies of print, count as the paragraph.

    Parameters
    ----------
    lines : sequence of Line
        As `split_lines` gives them.
    shapes : sequence of Shape
        Their shapes.

    Returns
    -------
    list of Shape
        The shapes, with `prose` and `heading` as the whole paragraph has them.

    Examples
    --------
    >>> from rashomon.normalize import split_lines
    >>> lines = split_lines("The ferry sank with\nall that was in it\nand was not found.")
    >>> [shape.prose for shape in join_wrapped(lines, [shape_of(line.text) for line in lines])]
    [True, True, True]
    """
    joined = list(shapes)
    start = run = 0
    for i in range(1, len(lines) + 1):
        is_next = i < len(lines) and lines[i].line_no == lines[i - 1].line_no + 1
        if not is_next:
            _join_column(lines, joined, run, i)
            run = i
        if is_next and lines[i].text[0].islower():
            continue
        if i - start > 1 and not joined[start].stops and not _is_wrapped_title(joined[start:i]):
            _join(joined, range(start, i))
        start = i
    return joined


def _is_wrapped_title(shapes: Sequence[Shape]) -> bool:
    return not shapes[-1].stops and shapes[0].heading and sum(shape.n_words for shape in shapes) <= 24


def _join(shapes: list[Shape], at: Sequence[int]) -> None:
    n_words = sum(shapes[i].n_words for i in at)
    for i in at:
        shapes[i] = replace(shapes[i], heading=False, prose=n_words >= 10)


def _skip_wrapped_title(lines: Sequence[Line], shapes: Sequence[Shape], start: int, end: int) -> int:
    """Find the end of a title that goes on in small letters near the head of a column."""
    for i in range(start, min(start + _MIN_WRAPPED, end - 1)):
        if lines[i + 1].text[0].islower():
            stop = next((j for j in range(i + 1, end) if not lines[j].text[0].islower()), end)
            return stop if stop < end and _is_wrapped_title(shapes[i:stop]) else start
    return start


def _join_column(lines: Sequence[Line], shapes: list[Shape], start: int, end: int) -> None:
    """Take a run of lines of one length, many of which begin in small letters, for a column of print."""
    if end - start < _MIN_WRAPPED:
        return
    start = _skip_wrapped_title(lines, shapes, start, end)
    small = sum(lines[i].text[0].islower() for i in range(start, end))
    longest = max(len(lines[i].text) for i in range(start, end))
    if small < _MIN_WRAPPED_LOWER * (end - start) or longest > _MAX_WRAPPED:
        return
    column = [
        i
        for i in range(start, end)
        if lines[i].text[0].islower() or len(lines[i].text) >= _MIN_WRAPPED_LENGTH * longest
    ]
    _join(shapes, column)
