"""Find which lines of a page an extracted text is made of, whatever the extractor did to spaces and marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

_NO_LETTER = re.compile(r"[\W_]+")
_MIN_ANCHOR = 24  # letters and digits; a shorter line also stands in menus and lists
_MAX_OCCURRENCES = 4  # of one line in the text
_MIN_NEXT = 2  # letters and digits of a line that goes on where the line before stopped
_MAX_TRIES = 50  # places of a short line in the text that are looked at
_SHINGLE = 10  # letters and digits
_MIN_COVERED = 0.6  # share of a line that the rest of the text holds, when words inside the line were dropped
_HIDDEN_WEIGHT = 0.5  # of two copies of a paragraph, the one that is shown


def squeeze(text: str) -> str:
    """Keep only what no extractor changes: letters and digits, in small letters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str

    Examples
    --------
    >>> squeeze("The “ferry” sank – all safe.")
    'theferrysankallsafe'
    """
    return _NO_LETTER.sub("", text).lower()


def align_lines(
    lines: Sequence[str], chunks: Sequence[str], *, hidden: frozenset[int] = frozenset()
) -> tuple[set[int], float]:
    """Find the lines of which a text is made.

    Parameters
    ----------
    lines : sequence of str
        The lines of the page, squeezed.
    chunks : sequence of str
        The pieces of the text, squeezed, nearly in the order of the lines.
    hidden : frozenset of int
        Lines that are not shown; each counts less than a shown copy of it.

    Returns
    -------
    found : set of int
        Places in `lines`. Each piece of the text is found once: a teaser that repeats a paragraph is not.
    share : float
        How much of the text was found, 0 to 1.

    Examples
    --------
    >>> align_lines(["news", "theferrysankonmondayevening", "news"], ["theferrysankonmondayevening", "news"])
    ({1, 2}, 1.0)
    """
    text = "".join(chunks)
    edges, at = {0}, 0
    for chunk in chunks:
        at += len(chunk)
        edges.add(at)
    places = _chain(lines, text, hidden)
    free: list[str] = []
    ends = [(-1, 0, 0), *((i, *span) for i, span in sorted(places.items())), (len(lines), at, at)]
    for n, ((before, _, start), (after, end, _)) in enumerate(pairwise(ends)):
        if start < end:
            gap = range(before + 1, after)
            spans = _fill(lines, gap, text, (start, end), edges, backward=n == 0 and bool(places))
            places.update(spans)
            free += _rest(text, start, end, sorted(spans.values()))
    shingles = {piece[k : k + _SHINGLE] for piece in free for k in range(len(piece) - _SHINGLE + 1)}
    n_found = sum(end - start for start, end in places.values())
    found = set(places)
    for i, line in enumerate(lines) if shingles else ():
        if i not in found and len(line) >= _MIN_ANCHOR:
            own = range(len(line) - _SHINGLE + 1)
            n_covered = sum(line[k : k + _SHINGLE] in shingles for k in own)
            if n_covered >= _MIN_COVERED * len(own):
                found.add(i)
                n_found += len(line)
    return found, min(1.0, n_found / at) if at else 0.0


def _chain(lines: Sequence[str], text: str, hidden: frozenset[int]) -> dict[int, tuple[int, int]]:
    """Place the long lines in the text, in order and without overlap, so that they cover most of it."""
    ends, scores = [0], [0.0]  # the best score of a chain that ends here or before; both rise
    links: list[tuple[int, int, int, int]] = [(-1, 0, 0, -1)]  # line, start, end, link before
    tips = [0]
    for i, line in enumerate(lines):
        if len(line) < _MIN_ANCHOR:
            continue
        new: list[tuple[int, float, int, int]] = []
        at = text.find(line)
        while at >= 0 and len(new) < _MAX_OCCURRENCES:
            k = bisect_right(ends, at) - 1
            weight = len(line) * (_HIDDEN_WEIGHT if i in hidden else 1.0)
            new.append((at + len(line), scores[k] + weight, at, tips[k]))
            at = text.find(line, at + 1)
        for end, score, start, tip in new:
            k = bisect_right(ends, end)
            if scores[k - 1] >= score:
                continue
            last = bisect_right(scores, score)
            first = bisect_left(ends, end)
            links.append((i, start, end, tip))
            ends[first:last], scores[first:last], tips[first:last] = [end], [score], [len(links) - 1]
    places: dict[int, tuple[int, int]] = {}
    at = tips[-1]
    while at > 0:
        i, start, end, at = links[at]
        places[i] = (start, end)
    return places


def _fill(
    lines: Sequence[str],
    gap: range,
    text: str,
    span: tuple[int, int],
    edges: set[int],
    *,
    backward: bool,
) -> dict[int, tuple[int, int]]:
    """Place the lines between two placed ones in the text between them.

    Over the first placed line stands the page's menu, so there the nearest lines come first.
    """
    places = {}
    start, end = span
    for i in reversed(gap) if backward else gap:
        line = lines[i]
        if not line or start >= end:
            continue
        at = text.rfind(line, start, end) if backward else text.find(line, start, end)
        for _ in range(_MAX_TRIES):
            if at < 0:
                break
            stop = at + len(line)
            next_to = stop == end if backward else at == start  # nothing of the text is passed over
            whole = at in edges and (stop in edges or len(line) >= _MIN_ANCHOR)
            if whole or (next_to and len(line) >= _MIN_NEXT):
                places[i] = (at, stop)
                start, end = (start, at) if backward else (stop, end)
                break
            at = text.rfind(line, start, stop - 1) if backward else text.find(line, at + 1, end)
    return places


def _rest(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[str]:
    pieces = []
    for first, last in spans:
        pieces.append(text[start:first])
        start = last
    return [piece for piece in [*pieces, text[start:end]] if piece]
