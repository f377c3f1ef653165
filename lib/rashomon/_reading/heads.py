"""Find the head of a text: its headline, the standfirst, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from rashomon._reading.marks import ADDRESSED, BULLET, find_dateline, is_name
from rashomon._reading.page import Page
from rashomon._reading.signs import SIGNED, is_date, mark_signs
from rashomon._reading.titles import plain, tells_again

_PICTURES = frozenset({"caption", "credit"})
_WORDS = re.compile(r"\w+")
_MIN_TEXT = 12  # words of a text of one paragraph
_NEAR = 30  # lines under a headline in which its text begins
_NEAR_BYLINE = 6
_LAST_HEADINGS = 30  # headings over a text among which its headline is
_NEARLY = 0.6  # of the score of the best: with it a heading right over the best is the headline
_MIN_KIN = 0.5
_MAX_BETWEEN = 2  # lines from a headline to its standfirst
_MAX_STANDFIRST = 60  # words
_MAX_HEADING = 6  # words of the heading of a list of points
_MIN_POINTS, _MAX_POINTS = 2, 6  # lines of a summary
_MIN_POINT, _MAX_POINT = 6, 30  # words of each of them
_MAX_SHORT = 14  # words of a headline in full sentences
_MAX_BELOW = 5  # lines between the headline and its standfirst


def mark_head(page: Page, start: int, first: int, last: int) -> tuple[int, int]:
    """Label headline, standfirst and author over a block of text.

    Parameters
    ----------
    page : Page
        Its labels are changed.
    start, first, last : int
        The lines from `start` to `first` are over the block, which ends with the line `last`.

    Returns
    -------
    headline, begins : int
        The headline, -1 when the block has none of its own; and the line with which its text begins.

    Examples
    --------
    >>> mark_head(Page([], [], []), 0, 0, 0)
    (-1, 0)
    """
    headline = _choose_headline(page, start, first, last)
    if headline < 0:
        if start and page.is_free(first - 1) and page.shapes[first - 1].heading:
            page.mark(first - 1, "section_heading", "short_line_over_text")
        return -1, first
    page.mark(headline, "headline", "first_heading")
    _mark_copies_above(page, start, headline)
    mark_signs(page, headline, first)
    begins = first
    if _is_standfirst(page, headline, first, last):
        is_caption = page.zone(first + 1) == "credit"
        page.mark(first, *(("caption", "over_credit") if is_caption else ("subheadline", "over_byline")))
        begins = _next_prose(page, first + 1, last)
    else:
        points = _find_points(page, headline, first, last)
        for i in points:
            is_call = "@" in page.lines[i].text
            page.mark(
                i, *(("furniture", "call_to_readers") if is_call else ("subheadline", "summary_points"))
            )
        begins = _next_prose(page, points.stop, last) if points.stop > first else first
    if begins > first:
        mark_signs(page, headline, begins)
    if begins == first and not any(page.zone(i) == "subheadline" for i in range(headline, first)):
        _mark_under(page, headline, first)
    return headline, begins


def _next_prose(page: Page, start: int, last: int) -> int:
    return next(i for i in range(start, last + 1) if page.is_prose(i))


def _choose_headline(page: Page, start: int, first: int, last: int) -> int:
    """Choose the line that repeats the page's title; else the heading that is most akin to the text."""
    if start <= page.title < first:
        return page.title
    marked = [i for i in range(start, first) if page.labels[i][1] == "heading_mark"]
    if marked:
        return marked[0]
    opens = any(page.zone(i) in SIGNED or page.labels[i][1] == "item_mark" for i in range(start, first))
    if start and (not opens or (first == last and page.shapes[first].n_words < _MIN_TEXT)):
        return -1
    headings = [i for i in page.free(start, first) if _may_be_headline(page, i)]
    if not headings:
        return -1
    byline = next((i for i in range(start, first) if page.zone(i) == "byline"), first)
    headings = [i for i in headings if i < byline] or headings
    return _most_like_headline(page, headings[-_LAST_HEADINGS:], first, last)


def _may_be_headline(page: Page, i: int) -> bool:
    shape, text = page.shapes[i], page.lines[i].text
    if shape.n_words < 2 or BULLET.match(text) or is_date(page, i):
        return False
    is_signed = shape.n_words <= _MAX_SHORT and any(page.zone(j) in SIGNED for j in range(i + 1, i + 4))
    return shape.heading or (is_signed and not shape.prose)


def _most_like_headline(page: Page, headings: Sequence[int], first: int, last: int) -> int:
    """Choose by what the text says of it, what it stands over, and its length; of a row of such the first."""
    if len(headings) == 1:
        return headings[0]
    said = {
        word
        for i in range(first, min(last + 1, first + 40))
        if page.is_prose(i)
        for word in _WORDS.findall(page.lines[i].text.casefold())
    }
    scores = {i: _score_headline(page, i, said) for i in headings}
    best = max(headings, key=lambda i: (sum(scores[i]), i))
    while True:  # the best can be the standfirst
        near = [
            i
            for i in headings
            if best - _MAX_BETWEEN <= i < best
            and sum(scores[i]) >= _NEARLY * sum(scores[best])
            and (scores[i][0] >= _MIN_KIN or _says_something(page.lines[i].text))
        ]
        if not near:
            return best
        best = near[0]


def _says_something(text: str) -> bool:
    """Tell a sentence from the name of a site or a section: one of its longer words is in small letters."""
    return any(word[0].islower() and len(word) > 3 for word in text.split())


def _count_names(text: str) -> int:
    """Count the names of a line that could be nothing but names."""
    names = text.replace(", ", " and ").split(" and ")
    return len(names) if all(map(is_name, names)) else 0


def _score_headline(page: Page, i: int, said: Set[str]) -> tuple[float, float]:
    """Score what the text says of a line, and what the line itself and its place show."""
    text = page.lines[i].text
    words = {word for word in _WORDS.findall(text.casefold()) if len(word) > 3}
    shared = sum(word in said for word in words)
    kin = 2 * shared / len(words) if shared > 1 else 0.0
    signed = next((j - i for j in range(i + 1, i + 1 + _NEAR_BYLINE) if page.zone(j) in SIGNED), 0)
    own = min(page.shapes[i].n_words, 8) / 8 - _count_names(text) - bool(ADDRESSED.search(text.lower())) / 2
    own += _says_something(text) / 2
    return kin, own + (1 - signed / 10 if signed else 0)


def _mark_copies_above(page: Page, start: int, headline: int) -> None:
    """Take what is over the headline and says the very same for the headline too."""
    for i in page.free(start, headline):
        if tells_again(page.lines[i].text, page.lines[headline].text):
            page.mark(i, "headline", "title_again")


def _is_standfirst(page: Page, headline: int, first: int, last: int) -> bool:
    """Say whether the first paragraph is a standfirst: what no text has inside is between it and the text."""
    if headline + _MAX_BELOW < first or first >= last or not page.is_free(first):
        return False
    if page.shapes[first].n_words > _MAX_STANDFIRST or find_dateline(page.lines[first].text):
        return False
    is_signed = any(page.zone(i) in SIGNED for i in range(headline + 1, first))
    for i in range(first + 1, min(first + _MAX_BELOW, last + 1)):
        if page.is_prose(i):
            return False
        if is_signed:
            ends = page.zone(i) in _PICTURES
        else:
            ends = page.zone(i) in SIGNED and page.labels[i][1] != "time_alone"
            ends = ends or (page.is_free(i) and is_name(page.lines[i].text))
        if ends:
            return any(page.is_prose(j) for j in range(i + 1, last + 1))
    return False


def _find_points(page: Page, headline: int, first: int, last: int) -> range:
    """Find the points that sum a text up over it: a list, or lines that touch where paragraphs do not."""
    for i in range(headline + 1, min(first + 1, headline + _NEAR)):
        end = i
        while end < last and page.is_free(end) and BULLET.match(page.lines[end].text):
            end += 1
        if end - i >= _MIN_POINTS and _heads_points(page, headline, i - 1):
            return range(0)
        if end > first and not _goes_on(page, end, last):
            end = i
        if end - i >= _MIN_POINTS and page.shapes[i].n_words > _MIN_POINTS:
            return range(i, end)
        end = i
        while end < last and _may_be_point(page, end) and (end == i or page.touch(i, end)):
            end += 1
        if _MIN_POINTS <= end - i <= _MAX_POINTS and (end <= first or _goes_on(page, end, last)):
            return range(i, end)
    return range(0)


def _heads_points(page: Page, headline: int, i: int) -> bool:
    """Say whether a line is the heading of a list of points, which then is text, not a standfirst."""
    if i > headline and page.is_free(i) and page.shapes[i].heading and page.shapes[i].n_words <= _MAX_HEADING:
        page.mark(i, "section_heading", "summary_heading")
    return page.labels[i][1] == "summary_heading"


def _goes_on(page: Page, start: int, last: int) -> bool:
    return any(page.is_prose(j) for j in range(start, last + 1))


def _may_be_point(page: Page, i: int) -> bool:
    shape = page.shapes[i]
    if not _MIN_POINT <= shape.n_words <= _MAX_POINT or not page.is_free(i):
        return False
    words = page.lines[i].text.split()
    return shape.stops or 2 * sum(word[0].islower() for word in words) >= len(words)


def _mark_under(page: Page, headline: int, first: int) -> None:
    """Take the line under the headline for the standfirst when it is more than a label."""
    for i in range(headline + 1, min(headline + 1 + _MAX_BELOW, first)):
        if not page.is_free(i):
            if page.zone(i) == "byline":
                return
            continue
        shape = page.shapes[i]
        if plain(page.lines[i].text) == plain(page.lines[headline].text):
            page.mark(i, "headline", "title_again")
            continue
        if shape.cut:
            return
        if shape.stops or (shape.n_words >= 4 and _may_be_under(page.lines[i].text)):
            page.mark(i, "subheadline", "under_headline")
            return


def _may_be_under(text: str) -> bool:
    """Tell a standfirst from notes in brackets, rows of sections and names of sites."""
    return _says_something(text) and not text.startswith("(") and " | " not in text
