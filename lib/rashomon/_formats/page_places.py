"""Know where each line of a page stands: which elements hold it and few others, where the headline is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rashomon._formats.page_alignment import squeeze
from rashomon._formats.page_lines import PageLine
from rashomon._formats.page_main_text import is_sentence
from rashomon._formats.page_markup import names_of
from rashomon._reading.dates import describe_date_line
from rashomon._reading.marks import find_byline, shape_of

_MIN_UNSTOPPED = 25  # words of a paragraph that does not end as a sentence does
_LEVELS = 5  # elements around a line whose class still speaks of it
MAX_TITLE = 400  # characters
_LIKE = 0.5  # share of a title that a heading of a lower level must be
_LOUD = frozenset({"b", "strong", "font", "big"})
_FEW = 4  # lines; an element around more of them is no by-line, date or caption
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


_NO_PARAGRAPH = HEADINGS | {"h1", "figcaption"}


class Page:
    """The lines of a page with what is known of their surroundings.

    `chosen` are the lines of the main text, with the reason; `around` the elements that hold a line, `names`
    the words of their classes and `n_lines` how many lines each holds; `first` and `last` the ends of the
    main text; `trunk` the elements that hold its beginning and its headline.
    """

    def __init__(self, lines: Sequence[PageLine], chosen: Mapping[int, str]) -> None:
        self.lines, self.chosen = lines, chosen
        self.around = [_around(line.block) for line in lines]
        self.n_lines: dict[Any, int] = {}
        for elements in self.around:
            for element in elements:
                self.n_lines[element] = self.n_lines.get(element, 0) + 1
        self.names: dict[Any, frozenset[str]] = {element: names_of(element) for element in self.n_lines}
        text = [i for i, line in enumerate(lines) if i in chosen and is_sentence(line.text)] or [0]
        self.first = next((i for i in text if i in chosen and _opens_text(lines[i])), text[0])
        self.last = max(chosen, default=-1)
        self.headlines: list[int] = []
        self.trunk = set(self.around[self.first]) if lines else set()
        self.titles: set[str] = set()

    @property
    def top(self) -> int:
        """Give the first line of the article: its headline, else its text."""
        return min(self.headlines[0], self.first) if self.headlines else self.first

    def names_near(self, i: int, most: int = _FEW) -> frozenset[str]:
        """Give the words in the classes of the elements that hold a line and few others.

        Parameters
        ----------
        i : int
            Place of the line.
        most : int
            How many lines an element may hold.

        Returns
        -------
        frozenset of str
            In small letters.
        """
        found = [self.names[each] for each in self.around[i] if self.n_lines[each] <= most]
        return frozenset().union(*found, *(names_of(each) for each in elements_around_text(self.lines[i])))

    def names_aside(self, i: int) -> frozenset[str]:
        """Give the words in the classes of the elements that hold a line, but not the text nor its headline.

        Parameters
        ----------
        i : int
            Place of the line.

        Returns
        -------
        frozenset of str
            In small letters.
        """
        return frozenset().union(*(self.names[each] for each in self.around[i] if each not in self.trunk))


def _opens_text(line: PageLine) -> bool:
    """Tell the first paragraph from the by-line, the date and the caption of a picture over it."""
    shape = shape_of(line.text)
    is_prose = line.block.tag not in _NO_PARAGRAPH and (shape.stops or shape.n_words >= _MIN_UNSTOPPED)
    return is_prose and not find_byline(line.text) and not describe_date_line(line.text)


def _around(block: Any) -> list[Any]:
    elements = [block]
    for element in block.iterancestors():
        if len(elements) == _LEVELS or element.tag in {"body", "html", "main"}:
            break
        elements.append(element)
    return elements


def elements_around_text(line: PageLine) -> list[Any]:
    """Give the elements inside a block that hold the whole of a line.

    Parameters
    ----------
    line : PageLine
        As rendered.

    Returns
    -------
    list of lxml elements
        The outermost first.
    """
    found: list[Any] = []
    element = line.wrapper
    while element is not None and len(found) < _LEVELS:
        found.append(element)
        only = next(iter(element), None)
        is_wrapped = only is not None and only.getnext() is None and not (element.text or "").strip()
        element = only if only is not None and is_wrapped and not (only.tail or "").strip() else None
    return found


def find_headline(page: Page, titles: Sequence[str]) -> list[int]:
    """Find the lines of the headline: the heading most like what the page's data call the article.

    Parameters
    ----------
    page : Page
        Its `titles` are set.
    titles : sequence of str
        What the page's data call the article.

    Returns
    -------
    list of int
        Places of its lines; empty when there is none.
    """
    wanted = [key for title in titles if (key := squeeze(title[:MAX_TITLE]))]
    page.titles = set(wanted)
    scores: dict[int, float] = {}
    over = -1  # the last first-level heading over the text
    for i, line in enumerate(page.lines[: page.last + 1]):
        level = level_of(line)
        key = squeeze(line.text) if len(line.text) <= MAX_TITLE else ""
        if line.is_hidden and i not in page.chosen:
            continue
        if level == "h1" or level in HEADINGS or key in page.titles:
            likeness = max((_likeness(key, title) for title in wanted), default=0.0)
            if level == "h1" or likeness >= _LIKE:
                scores[i] = likeness + 0.5 * (i in page.chosen) + 0.25 * (level == "h1")
            over = i if level == "h1" and i <= page.first else over
    if over in scores:
        scores[over] += 0.25
    if scores:
        # A title is repeated over the menu and in the path to the page: the nearest over the text counts.
        return _whole(
            page, max(scores, key=lambda i: (scores[i], i <= page.first, i if i <= page.first else -i))
        )
    first = min(page.chosen, default=0)
    set_off = [i for i in range(first, page.first + 1) if i in page.chosen and _is_set_off(page.lines[i])]
    return set_off[:1]


def _is_set_off(line: PageLine) -> bool:
    """Tell a line in bold or large type that can be a heading, as on pages from before there were classes."""
    shape = shape_of(line.text)
    is_loud = any(each.tag in _LOUD for each in elements_around_text(line))
    return is_loud and shape.heading and shape.n_words >= 3


def _likeness(text: str, title: str) -> float:
    """Say which share of the longer one the other is part of: a title can have the site's name around it."""
    shorter, longer = sorted((text, title), key=len)
    return len(shorter) / len(longer) if len(shorter) >= 3 and shorter in longer else 0.0


def level_of(line: PageLine) -> str:
    """Give the tag of a line's block, or `h1` when that is around it.

    Parameters
    ----------
    line : PageLine
        As rendered.

    Returns
    -------
    str
        In small letters.
    """
    parent = line.block.getparent()
    return (
        "h1" if line.block.tag == "h1" or (parent is not None and parent.tag == "h1") else str(line.block.tag)
    )


def _whole(page: Page, place: int) -> list[int]:
    """Take all lines of a heading that <br> breaks."""
    block = page.lines[place].block
    if page.n_lines[block] > _FEW or block.tag not in {"h1", *HEADINGS}:
        return [place]
    return [
        i
        for i in range(max(0, place - _FEW), min(len(page.lines), place + _FEW))
        if page.lines[i].block is block
    ]
