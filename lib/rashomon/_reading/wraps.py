"""Bring lines that were broken to a width, as in e-mail and copies of print, back to their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from rashomon.normalize import Line

_MAX_WIDTH = 120  # characters: a longer line was not broken to a width
_MIN_BROKEN = 3  # so many lines that go on in small letters show that a page is broken …
_MIN_BROKEN_SHARE = 0.25  # … when they are this share of the lines that are about as long
_ABOUT = 0.6  # of the width of the page
_STOPS = (".", "!", "?", ":", ".”", '."', ".’", ".)")
_ITEM = re.compile(r"(?:[-–—•·*▪●>]|\(?\w{1,2}[.)])\s")
_OPENS = re.compile(r"[\w\"'“‘«(€$£]")
_SIGNED = re.compile(r"by:? [A-Z]")  # a by-line in small letters
_MIN_QUOTED, _MIN_QUOTED_SHARE = 4, 0.4  # lines with the mark of a quoted mail
_SOFT_END = re.compile(r"=(?:20)?$")  # how a mail encodes the end of a line
_WIDE_GAP = "  "  # pieces of a row, not words of a sentence


def join_wrapped(lines: Sequence[Line], *, alone: Collection[int] = ()) -> list[range]:
    r"""Group the lines that belong to one paragraph or title.

    A line goes on in the next when that begins in small letters; on a page that is broken to a width, also
    when the next word would not have fitted.

    Parameters
    ----------
    lines : sequence of Line
        As `split_lines` gives them.
    alone : collection of int, keyword-only
        Lines that are joined with no other.

    Returns
    -------
    list of range
        Places in `lines`, in order, each once.

    Examples
    --------
    >>> from rashomon.normalize import split_lines
    >>> join_wrapped(split_lines("Ferry Sinks\nThe ferry sank with\nall that was in it."))
    [range(0, 1), range(1, 3)]
    """
    if not any(map(str.islower, [line.text[0] for line in lines])):
        return [range(i, i + 1) for i in range(len(lines))]
    width = _find_width(lines)
    groups = []
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and _goes_on(lines, i - 1, width) and i not in alone and i - 1 not in alone:
            continue
        groups.append(range(start, i))
        start = i
    return groups


def unquote(lines: Sequence[Line]) -> list[Line | None]:
    r"""Take the mark of a quoted mail off the lines of a page that quotes one.

    Parameters
    ----------
    lines : sequence of Line
        As `split_lines` gives them.

    Returns
    -------
    list of Line or None
        One a line; None for a mark alone, which is an empty line of the mail. Empty when the page quotes
        next to nothing.

    Examples
    --------
    >>> from rashomon.normalize import split_lines
    >>> lines = unquote(split_lines("> It sank\n>\n> with\n> all in it.\n> So it was."))
    >>> [line and line.text for line in lines]
    ['It sank', None, 'with', 'all in it.', 'So it was.']
    """
    n_quoted = [line.text[0] for line in lines].count(">")
    if n_quoted < _MIN_QUOTED or n_quoted < _MIN_QUOTED_SHARE * len(lines):
        return []
    bare: list[Line | None] = []
    for line in lines:
        text = _SOFT_END.sub("", line.text[1:].strip()) if line.text[0] == ">" else line.text
        bare.append(Line(line.line_no, line.start, line.end, text) if text else None)
    return bare


def paragraphs_of(lines: Sequence[Line], groups: Sequence[range]) -> Sequence[Line]:
    r"""Make one line of each group, numbered as if the paragraphs had never been broken.

    Parameters
    ----------
    lines : sequence of Line
        As `split_lines` gives them.
    groups : sequence of range
        As `join_wrapped` gives them.

    Returns
    -------
    sequence of Line
        One a group; its span and text are good for looking at, not for reporting.

    Examples
    --------
    >>> from rashomon.normalize import split_lines
    >>> lines = split_lines("It sank with\nall in it.\n\nNo.")
    >>> [(line.line_no, line.text) for line in paragraphs_of(lines, join_wrapped(lines))]
    [(1, 'It sank with all in it.'), (3, 'No.')]
    """
    if len(groups) == len(lines):
        return lines
    paragraphs = []
    n_joined = 0
    for group in groups:
        first = lines[group.start]
        text = first.text
        for i in group[1:]:
            text = text[:-1] + lines[i].text if _is_hyphenated(text) else f"{text} {lines[i].text}"
        paragraphs.append(Line(first.line_no - n_joined, first.start, first.end, text))
        n_joined += len(group) - 1
    return paragraphs


def _is_hyphenated(text: str) -> bool:
    return text[-1] in "-\u00ad" and text[-2:-1].isalpha()


def _find_width(lines: Sequence[Line]) -> int:
    """Find the width to which a page is broken; 0 when it is not."""
    broken = [
        len(a.text) for a, b in pairwise(lines) if b.text[0].islower() and _is_broken(a, b, is_known=False)
    ]
    if len(broken) < _MIN_BROKEN:
        return 0
    width = max(broken)
    long = sum(
        _ABOUT * width <= len(a.text) <= width and b.line_no == a.line_no + 1 for a, b in pairwise(lines)
    )
    return width if len(broken) >= _MIN_BROKEN_SHARE * long else 0


def _is_broken(line: Line, after: Line, *, is_known: bool) -> bool:
    """Say whether a sentence goes on in small letters in the next line.

    One small word alone is believed to be its end only where the page `is_known` to be broken.
    """
    if not after.text[0].islower() or after.line_no != line.line_no + 1 or len(line.text) > _MAX_WIDTH:
        return False
    if line.text.endswith(_STOPS) or _WIDE_GAP in line.text or " " not in line.text:
        return False
    is_more = is_known or " " in after.text or after.text.endswith(_STOPS) or _is_hyphenated(line.text)
    return is_more and not _SIGNED.match(after.text)


def _goes_on(lines: Sequence[Line], i: int, width: int) -> bool:
    line, after = lines[i], lines[i + 1]
    if not (width or after.text[0].islower()) or after.line_no != line.line_no + 1:
        return False
    if len(line.text) > _MAX_WIDTH:
        return False
    if i and line.text[-1].isdigit() and lines[i - 1].text.isdigit():  # the number and the head of a page
        return False
    if _is_broken(line, after, is_known=width > 0):
        return True
    if not width:
        return False
    if _is_hyphenated(line.text) and after.text[0].isalpha():
        return True
    fits = len(line.text) + 1 + len(after.text.split(None, 1)[0]) <= width
    if fits or not _OPENS.match(after.text) or _ITEM.match(after.text) or _WIDE_GAP in line.text:
        return False
    is_ended = after.text.endswith(_STOPS)
    ends = is_ended or (i + 2 < len(lines) and _is_broken(after, lines[i + 2], is_known=True))
    return ends or len(after.text) >= _ABOUT * width  # else it is a heading
