"""Find the head of a text: its headline, the standfirst, who wrote it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate

from rashomon._reading.marks import ADDRESSED, BULLET, find_dateline, is_name
from rashomon._reading.page import Page
from rashomon._reading.signs import SIGNED, is_date, mark_signs

_PICTURES = frozenset({"caption", "credit"})
_WORDS = re.compile(r"\w+")
_BEFORE_SITE = (" | ", " - ", " – ", " — ", " :: ")
_MIN_TITLE_WORDS = 3
_MAX_TITLE_WORDS = 40
_MIN_SHARED = 0.75  # of the words of the headline, the title of the page has at least this share …
_MIN_SHARED_OF_TITLE = 0.4  # … and these are at least this share of its own: the rest names the site
_MIN_TEXT = 12  # words of a text of one paragraph
_NEAR = 30  # lines under a headline in which its text begins
_NEAR_BYLINE = 6
_TOP = 40  # lines among which the title of a browser window is
_LAST_HEADINGS = 30  # headings over a text among which its headline is
_MIN_AKIN = 0.5  # share of the longer words of a headline that its text uses too
_MAX_LOST, _MAX_SITE = 10, 60  # characters: marks that two copies need not share, the name of a site
_NEARLY = 0.6  # of the score of the best: with it a heading right over the best is the headline
_MIN_KIN = 0.5
_MAX_BETWEEN = 2  # lines from a headline to its standfirst
_MAX_STANDFIRST = 60  # words
_MIN_POINTS, _MAX_POINTS = 2, 6  # lines of a summary
_MIN_POINT, _MAX_POINT = 6, 30  # words of each of them
_MAX_ABOVE_TITLE = 0.3  # share of the prose of a page that can stand over a title told twice
_MAX_SHORT = 14  # words of a headline in full sentences
_MAX_BELOW = 5  # lines between the headline and its standfirst


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
        return -1
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
            page.mark(i, "subheadline", "summary_points")
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


def _score_headline(page: Page, i: int, said: Set[str]) -> tuple[float, float]:
    """Score what the text says of a line, and what the line itself and its place show."""
    text = page.lines[i].text
    words = {word for word in _WORDS.findall(text.casefold()) if len(word) > 3}
    shared = sum(word in said for word in words)
    kin = 2 * shared / len(words) if shared > 1 else 0.0
    signed = next((j - i for j in range(i + 1, i + 1 + _NEAR_BYLINE) if page.zone(j) in SIGNED), 0)
    own = min(page.shapes[i].n_words, 8) / 8 - is_name(text) - bool(ADDRESSED.search(text.lower())) / 2
    own += _says_something(text) / 2
    return kin, own + (1 - signed / 10 if signed else 0)


def _mark_copies_above(page: Page, start: int, headline: int) -> None:
    """Take what is over the headline and says the very same for the headline too."""
    for i in page.free(start, headline):
        if tells_again(page.lines[i].text, page.lines[headline].text):
            page.mark(i, "headline", "title_again")


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
        while end < first and page.is_free(end) and BULLET.match(page.lines[end].text):
            end += 1
        if end - i >= _MIN_POINTS and page.shapes[i].n_words > _MIN_POINTS:
            return range(i, end)
        end = i
        while end < last and _may_be_point(page, end) and (end == i or page.touch(i, end)):
            end += 1
        goes_on = end <= first or any(page.is_prose(j) for j in range(end, last + 1))
        if _MIN_POINTS <= end - i <= _MAX_POINTS and goes_on:
            return range(i, end)
    return range(0)


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
