"""Find the line that is the title of a page: it comes back, or is as long as a paragraph over a by-line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

from rashomon._reading.marks import BULLET
from rashomon._reading.page import Page
from rashomon._reading.signs import SIGNED

_WORDS = re.compile(r"\w+")
_BEFORE_SITE = (" | ", " - ", " – ", " — ", " :: ")
_QUOTES = "\"'”’"
_MIN_TITLE_WORDS = 3
_MAX_TITLE_WORDS = 40
_MIN_SHARED = 0.75  # of the words of the headline, the title of the page has at least this share …
_MIN_SHARED_OF_TITLE = 0.4  # … and these are at least this share of its own: the rest names the site
_NEAR = 30  # lines under a headline in which its text begins
_NEAR_BYLINE = 6
_NEAR_TITLE = 9  # lines of a summary that can be between a long title and its by-line
_TOP = 40  # lines among which the title of a browser window is
_MIN_AKIN = 0.5  # share of the longer words of a headline that its text uses too
_MAX_LOST, _MAX_SITE = 10, 60  # characters: marks that two copies need not share, the name of a site
_MAX_BETWEEN = 2  # lines from a headline to its standfirst
_MAX_ABOVE_TITLE = 0.3  # share of the prose of a page that can stand over a title told twice


def find_title(page: Page) -> int:
    """Find the line that is the headline because the title of the page, its first line, says the same.

    Parameters
    ----------
    page : Page
        With the labels that each line gives itself.

    Returns
    -------
    int
        The line; -1 when the file does not open with a title that comes back. Of several copies the one
        that a by-line or the text follows soonest.

    Examples
    --------
    >>> find_title(Page([], [], []))
    -1
    """
    told = page.headline()
    if told >= 0:  # the file says so itself
        return told
    candidates = _find_copies(page)
    if not candidates:
        return _find_long_title(page)
    upto = _prose_upto(page)
    best, best_score = -1, 0.0
    for i, shared in candidates:
        near = range(i + 1, min(i + _NEAR, len(page.lines)))
        signed = any(page.zone(j) in SIGNED for j in near[:_NEAR_BYLINE])
        n_near = sum(page.shapes[j].n_words for j in near if page.is_free(j) and page.shapes[j].prose)
        score = shared + signed + min(n_near, 100) / 50
        if 2 * upto[i + 1] <= upto[-1] and score >= best_score:
            best, best_score = i, score
    return best


def _find_long_title(page: Page) -> int:
    """Find a title as long as a paragraph: it has no stop, and a by-line before any paragraph under it.

    Under a heading whose words the page uses it is a standfirst.
    """
    i = next((i for i in range(min(_TOP, len(page.lines))) if page.is_free(i) and page.is_prose(i)), -1)
    if (
        i < 0
        or not page.lines[i].text.rstrip(_QUOTES)[-1:].isalnum()
        or page.shapes[i].n_words > _MAX_TITLE_WORDS
    ):
        return -1
    text = " ".join(page.lines[j].text for j in range(i, len(page.lines))).casefold()
    for j in page.free(max(0, i - _MAX_BETWEEN), i):
        words = [word for word in _WORDS.findall(page.lines[j].text.casefold()) if len(word) > 3]
        if page.shapes[j].heading and 2 * sum(word in text for word in words) >= len(words) > 1:
            return -1
    for j in range(i + 1, min(i + 1 + _NEAR_TITLE, len(page.lines))):
        if page.zone(j) in SIGNED:
            return i
        if page.is_prose(j) and not BULLET.match(page.lines[j].text):
            break
    return -1


def _prose_upto(page: Page) -> list[int]:
    """Count the words of the paragraphs over each line, and last those of all."""
    return list(accumulate((shape.n_words * shape.prose for shape in page.shapes), initial=0))


def _find_copies(page: Page) -> list[tuple[int, float]]:
    """Find the lines that say what the first line or another one says, with how much they have in common."""
    upto = _prose_upto(page)
    end = bisect_right(upto, upto[-1] / 2)  # a headline has at least half of the prose under it
    may_be = [i for i in range(min(end, len(page.lines))) if _may_be_title(page, i)]
    keys = {i: plain(page.lines[i].text) for i in may_be}
    said = Counter(keys.values())
    said.update(plain(text) for text in (_without_site(page.lines[i].text) for i in may_be[:_TOP]) if text)
    title = set(keys[0].split()) if 0 in keys else set()
    found, again = [], []
    for i in may_be:
        words = set(keys[i].split())
        if not i or not (page.is_free(i) or page.labels[i][1] == "heading_mark"):
            continue
        n_shared = len(words & title)
        few, many = sorted((len(words), len(title)))
        n_long = sum(len(word) > 3 and word.isalpha() for word in words & title)
        is_told = n_shared >= _MIN_SHARED_OF_TITLE * many and n_long >= 2
        alike = n_shared / few if is_told else 0.0
        if alike >= _MIN_SHARED or (alike >= _MIN_AKIN and said[keys[i]] > 1):  # what comes back needs less
            found.append((i, n_shared / many))
        elif said[keys[i]] > 1 and len(words) > _MIN_TITLE_WORDS and page.shapes[i].heading:
            again.append(i)
    return found or _find_doubled(page, again, keys)


def _without_site(text: str) -> str:
    """Give the title of a page without the name of the site behind it; empty when there is none."""
    return text[: max(0, *(text.rfind(mark) for mark in _BEFORE_SITE))]


def _find_doubled(page: Page, again: Sequence[int], keys: Mapping[int, str]) -> list[tuple[int, float]]:
    """Of lines that come back, find those over the text whose words it uses."""
    if not again:
        return []
    upto = _prose_upto(page)
    text = " ".join(line.text for line, shape in zip(page.lines, page.shapes, strict=True) if shape.prose)
    text = text.casefold()
    above = [i for i in keys if upto[i] <= _MAX_ABOVE_TITLE * upto[-1]]
    said = Counter(plain(_without_site(page.lines[i].text)) for i in above)
    said.update(keys[i] for i in above)
    found = []
    for i in set(again) & set(above):
        words = [word for word in keys[i].split() if len(word) > 3]
        if said[keys[i]] > 1 and 3 * sum(word in text for word in words) >= len(words):
            found.append((i, 1.0))
    return sorted(found)


def _may_be_title(page: Page, i: int) -> bool:
    shape, text = page.shapes[i], page.lines[i].text
    if not _MIN_TITLE_WORDS <= shape.n_words <= _MAX_TITLE_WORDS or shape.cut:
        return False
    return shape.heading or not text.rstrip("\"'”’)").endswith(".")


def tells_again(text: str, headline: str) -> bool:
    """Say whether a line is a headline again, be it with the name of the site behind it.

    Parameters
    ----------
    text, headline : str
        A line and the headline.

    Returns
    -------
    bool

    Examples
    --------
    >>> tells_again("Ferry sinks - Harbor Times", "Ferry Sinks"), tells_again("Ferry sank", "Ferry sinks")
    (True, False)
    """
    if len(text) < len(headline) - _MAX_LOST or len(text) > len(headline) + _MAX_SITE:
        return False
    told = plain(headline)
    return plain(text) == told or plain(_without_site(text)) == told


def plain(title: str) -> str:
    """Bring a title to what two copies of it have in common.

    Parameters
    ----------
    title : str
        A title.

    Returns
    -------
    str

    Examples
    --------
    >>> plain("Ferry 'sinks'!") == plain("FERRY ’SINKS’")
    True
    """
    return " ".join(_WORDS.findall(title.casefold()))
