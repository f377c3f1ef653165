"""Say of each line of a page what it is: by its element, its class, its place, and if it is main text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rashomon._formats.page_alignment import squeeze
from rashomon._formats.page_lines import PageLine
from rashomon._formats.page_main_text import is_sentence
from rashomon._formats.page_markup import names_of
from rashomon._reading.dates import describe_date_line
from rashomon._reading.marks import find_byline, label_line, shape_of

Label = tuple[str, str]

_LEVELS = 5  # elements around a line whose class still speaks of it
_FEW = 4  # lines; an element around more of them is no by-line, date or caption
_MAX_ABOVE = 6  # lines over the headline that can belong to the article
_MAX_LABEL = 25  # words of a by-line or a date
_MIN_CAPTION = 7  # words; a shorter line that names an agency is its credit alone
_LOOKED_AT = 2_000  # characters of a line
_MAX_TITLE = 400  # characters
_LIKE = 0.5  # share of a title that a heading of a lower level must be
_LOUD = frozenset({"b", "strong", "font", "big"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})

_CAPTION = frozenset({"caption", "captions", "cutline", "legend", "bildunterschrift", "legende"})
_CREDIT = frozenset({"credit", "credits", "copyright", "photographer"})
_BYLINE = frozenset(
    {"byline", "bylines", "author", "authors", "writer", "reporter", "autor", "autoren", "auteur", "autore"}
)
_BIOGRAPHY = frozenset({"bio", "biography", "about", "box", "profile", "description", "info"})
_DATE = frozenset(
    {
        "date",
        "dates",
        "dateline",
        "datetime",
        "timestamp",
        "pubdate",
        "published",
        "updated",
        "time",
        "posted",
        "datum",
    }
)
_STANDFIRST = frozenset(
    {
        "standfirst",
        "dek",
        "deck",
        "chapo",
        "strapline",
        "subtitle",
        "subheadline",
        "subhead",
        "subheading",
        "excerpt",
    }
    | {"summary", "intro", "introduction", "vorspann", "lede", "sapo", "entradilla", "bajada"}
)
_SUB, _TITLE = frozenset({"sub"}), frozenset({"title", "headline", "head", "heading"})
_OTHERS = frozenset((
    "related", "recommend", "recommended", "recommendation", "recommendations", "teaser", "teasers",
    "popular", "trending", "outbrain", "taboola", "latest", "further", "mostread", "readnext", "readmore",
))  # fmt: skip
_PROMOTION = frozenset(
    {"newsletter", "subscribe", "signup", "promo", "paywall", "share", "sharing", "social", "comments"}
)
_LEGAL = frozenset({"disclaimer", "legal", "imprint", "impressum"})
_CHROME_TAGS = frozenset({"header", "nav", "footer", "aside"})
_CHROME = frozenset(
    {"header", "masthead", "topbar", "top", "nav", "menu", "clock", "today", "weather", "sidebar"}
)
_PHRASE_RULES = frozenset(
    {
        "interface_phrase",
        "teaser_heading",
        "teaser_label",
        "disclaimer_phrase",
        "disclaimer_heading",
        "gallery_link",
    }
)


def label_page(
    root: Any, lines: Sequence[PageLine], chosen: Mapping[int, str], titles: Sequence[str]
) -> list[Label]:
    """Label every line of a page.

    Parameters
    ----------
    root : lxml element
        The page.
    lines : sequence of PageLine
        As rendered.
    chosen : mapping of int to str
        The lines of the main text, with the reason.
    titles : sequence of str
        What the page's data call the article, the surest first.

    Returns
    -------
    list of (zone, reason)
        One a line.

    Examples
    --------
    >>> from rashomon._formats.page_lines import render_lines
    >>> from rashomon._formats.page_markup import parse_page
    >>> markup = "<h1>Ferry sinks</h1><p class=byline>Ann Lee</p><p>The ferry sank.</p><p>About us</p>"
    >>> root = parse_page(markup)
    >>> [zone for zone, _ in label_page(root, render_lines(root), {2: "main_text"}, [])]
    ['headline', 'byline', 'body', 'furniture']
    """
    page = _Page(lines, chosen)
    page.headlines = _find_headline(page, titles)
    return [_label(page, i) for i in range(len(lines))]


class _Page:
    """The lines with what is known of their surroundings."""

    def __init__(self, lines: Sequence[PageLine], chosen: Mapping[int, str]) -> None:
        self.lines, self.chosen = lines, chosen
        self.around = [_around(line.block) for line in lines]
        self.n_lines: dict[Any, int] = {}
        for elements in self.around:
            for element in elements:
                self.n_lines[element] = self.n_lines.get(element, 0) + 1
        self.names: dict[Any, frozenset[str]] = {element: names_of(element) for element in self.n_lines}
        self.text = [i for i, line in enumerate(lines) if i in chosen and is_sentence(line.text)]
        self.first = self.text[0] if self.text else 0
        self.last = max(chosen, default=-1)
        self.headlines: list[int] = []
        self.titles: set[str] = set()

    @property
    def top(self) -> int:
        """Give the first line of the article: its headline, else its text."""
        return min(self.headlines[0], self.first) if self.headlines else self.first

    def names_near(self, i: int, most: int = _FEW) -> frozenset[str]:
        """Give the words in the classes of the elements that hold a line and few others."""
        found = [self.names[each] for each in self.around[i] if self.n_lines[each] <= most]
        return frozenset().union(*found, *(names_of(each) for each in _inside(self.lines[i])))


def _around(block: Any) -> list[Any]:
    elements = [block]
    for element in block.iterancestors():
        if len(elements) == _LEVELS or element.tag in {"body", "html", "main"}:
            break
        elements.append(element)
    return elements


def _inside(line: PageLine) -> list[Any]:
    """Give the elements inside a block that hold the whole of a line."""
    found: list[Any] = []
    element = line.wrapper
    while element is not None and len(found) < _LEVELS:
        found.append(element)
        is_wrapped = (
            len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()
        )
        element = element[0] if is_wrapped else None
    return found


def _find_headline(page: _Page, titles: Sequence[str]) -> list[int]:
    """Find the lines of the headline: the heading most like what the page's data call the article."""
    wanted = [key for title in titles if (key := squeeze(title[:_MAX_TITLE]))]
    page.titles = set(wanted)
    scores: dict[int, float] = {}
    over = -1  # the last first-level heading over the text
    for i, line in enumerate(page.lines[: page.last + 1]):
        level = _level_of(line)
        key = squeeze(line.text) if len(line.text) <= _MAX_TITLE else ""
        if line.is_hidden and i not in page.chosen:
            continue
        if level == "h1" or level in _HEADINGS or key in page.titles:
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
    return shape.heading and shape.n_words >= 3 and any(each.tag in _LOUD for each in _inside(line))


def _likeness(text: str, title: str) -> float:
    """Say which share of the longer one the other is part of: a title can have the site's name around it."""
    shorter, longer = sorted((text, title), key=len)
    return len(shorter) / len(longer) if len(shorter) >= 3 and shorter in longer else 0.0


def _level_of(line: PageLine) -> str:
    parent = line.block.getparent()
    return (
        "h1" if line.block.tag == "h1" or (parent is not None and parent.tag == "h1") else str(line.block.tag)
    )


def _whole(page: _Page, place: int) -> list[int]:
    """Take all lines of a heading that <br> breaks."""
    block = page.lines[place].block
    if page.n_lines[block] > _FEW or block.tag not in {"h1", *_HEADINGS}:
        return [place]
    return [
        i
        for i in range(max(0, place - _FEW), min(len(page.lines), place + _FEW))
        if page.lines[i].block is block
    ]


def _label(page: _Page, i: int) -> Label:
    line, reason = page.lines[i], page.chosen.get(i, "")
    if i in page.headlines:
        return "headline", "h1" if _level_of(line) == "h1" else "title_of_page"
    in_reach = bool(reason) or page.top <= i <= page.last + 1 or _is_part_of_head(page, i)
    label = _label_by_element(page, i) if in_reach else None
    if label is None and reason:
        label = _label_main(page, i, reason)
    return label or _label_outside(page, i)


def _is_part_of_head(page: _Page, i: int) -> bool:
    """Tell a line over the headline that shares its container, such as a date, from the site's own."""
    if not page.top - _MAX_ABOVE <= i < page.top:
        return False
    top = page.lines[page.top].block
    around_top = {top, *top.iterancestors()}
    for element in page.around[i]:
        if element in around_top:
            return True
        if element.tag in _CHROME_TAGS or (
            element is not page.lines[i].block and page.names[element] & _CHROME
        ):
            return False
    return False


def _label_by_element(page: _Page, i: int) -> Label | None:
    """Label captions, by-lines, dates and standfirsts, which stand in elements of their own."""
    line, names = page.lines[i], page.names_near(i)
    n_words = len(line.text[:_LOOKED_AT].split())
    others = page.names_near(i, len(page.lines)) & (_OTHERS | _PROMOTION)
    if (others and i not in page.chosen) or line.is_hidden:
        return None
    in_figure = any(each.tag == "figcaption" for each in page.around[i])
    if page.top <= i <= page.last and line.link_share < 0.8 and n_words <= 120:
        if names & _CREDIT and n_words <= _MAX_LABEL:
            return "credit", "credit_class"
        if in_figure or names & _CAPTION:
            zone, rule = label_line(line.text, shape_of(line.text))
            is_credit = zone == "credit" and n_words < _MIN_CAPTION
            return (
                ("credit", rule) if is_credit else ("caption", "figcaption" if in_figure else "caption_class")
            )
    if n_words <= _MAX_LABEL and not (is_sentence(line.text) and i in page.chosen and n_words > 12):
        label = _label_short(page, i, names)
        if label is not None:
            return label
    if page.headlines and page.headlines[-1] < i <= page.first and line.link_share < 0.5 and n_words >= 4:
        is_under = names & _STANDFIRST or (names & _SUB and names & _TITLE)
        if is_under or any(
            each.get("itemprop") in {"description", "alternativeHeadline"} for each in page.around[i]
        ):
            return "subheadline", "standfirst_class"
        if line.block.tag in _HEADINGS and i <= page.headlines[-1] + 3 and n_words >= 6:
            return "subheadline", "heading_under_headline"
    return None


def _label_short(page: _Page, i: int, names: frozenset[str]) -> Label | None:
    line = page.lines[i]
    elements = [*page.around[i][:2], *_inside(line)]
    if find_byline(line.text):
        return "byline", "byline_label"
    if describe_date_line(line.text) not in {"", "page_clock"} and (i >= page.top or names & _DATE):
        return "date_line", "date_label"
    if any(each.tag == "time" for each in elements):
        return "date_line", "time_element"
    is_author = any("author" in f"{each.get('itemprop')} {each.get('rel')}".split() for each in elements)
    if is_author or (names & _BYLINE and not names & _BIOGRAPHY):
        return ("byline", "author_class") if any(map(str.isalpha, line.text)) else None
    if page.names_near(i, 2) & _DATE and any(map(str.isdigit, line.text)) and len(line.text.split()) <= 15:
        return "date_line", "date_class"
    return None


def _label_main(page: _Page, i: int, reason: str) -> Label | None:
    """Label a line of the main text; None when it is none after all."""
    line = page.lines[i]
    shape = shape_of(line.text)
    label = label_line(line.text, shape)
    if label[1] in _PHRASE_RULES:
        return label
    if (
        len(line.text) <= _MAX_TITLE
        and squeeze(line.text) in page.titles
        and page.headlines
        and not is_sentence(line.text + " ")
    ):
        return "furniture", "repeated_headline"
    tag = line.block.tag
    if tag not in {"li", "tr", "h1", *_HEADINGS} and line.link_share > 0.9 and not shape.prose:
        return ("teaser", "linked_paragraph") if shape.n_words >= 3 else ("furniture", "linked_words")
    if tag in {"h1", *_HEADINGS}:
        return "section_heading", str(tag)
    inside = _inside(line)
    if any(each.tag in {"b", "strong"} for each in inside) and shape.heading and shape.n_words <= 12:
        return "section_heading", "bold_paragraph"
    return "body", reason


def _label_outside(page: _Page, i: int) -> Label:
    names = page.names_near(i, len(page.lines))
    if names & _LEGAL:
        return "disclaimer", "legal_class"
    if names & _OTHERS and len(page.lines[i].text.split()) >= 4:
        return "teaser", "related_class"
    return "furniture", "outside_main_text"
