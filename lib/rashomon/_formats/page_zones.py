"""Say of each line of a page what it is: by its element, its class, its place, and if it is main text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rashomon._formats.page_alignment import squeeze
from rashomon._formats.page_lines import PageLine
from rashomon._formats.page_main_text import is_sentence
from rashomon._formats.page_markup import class_words
from rashomon._formats.page_places import (
    HEADINGS,
    MAX_TITLE,
    Page,
    elements_around_text,
    find_headline,
    level_of,
)
from rashomon._reading.dates import describe_date_line
from rashomon._reading.days import read_day
from rashomon._reading.marks import find_byline, label_line, shape_of

Label = tuple[str, str]

_MAX_ABOVE = 6  # lines over the headline that can belong to the article
_MAX_LABEL = 25  # words of a by-line or a date
_LIST = 10  # items of a list before and after one that are looked at
_ALONE = 2  # lines in an element that is a date
_NEAR = 3  # lines under the headline
_MIN_CAPTION = 7  # words; a shorter line that names an agency is its credit alone
_LOOKED_AT = 2_000  # characters of a line

_SUB, _TITLE = frozenset({"sub"}), frozenset({"title", "headline", "head", "heading"})
_CHROME_TAGS = frozenset({"header", "nav", "footer", "aside"})
_PHRASE_RULES = frozenset(
    (
        "interface_phrase",
        "teaser_heading",
        "teaser_label",
        "disclaimer_phrase",
        "disclaimer_heading",
        "gallery_link",
    )
)
_NUMERIC_DAY = re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)")


def label_page(lines: Sequence[PageLine], chosen: Mapping[int, str], titles: Sequence[str]) -> list[Label]:
    """Label every line of a page.

    Parameters
    ----------
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
    >>> [zone for zone, _ in label_page(render_lines(root), {2: "main_text"}, [])]
    ['headline', 'byline', 'body', 'furniture']
    """
    page = Page(lines, chosen)
    page.headlines = find_headline(page, titles)
    for i in page.headlines:
        page.trunk.update(page.around[i])
    labels = [_label(page, i) for i in range(len(lines))]
    _drop_last_headings(labels)
    return labels


def _drop_last_headings(labels: list[Label]) -> None:
    """Take a heading with no text under it for that of the lists after the article."""
    for i in range(len(labels) - 1, -1, -1):
        if labels[i][0] == "section_heading":
            labels[i] = ("furniture", "heading_without_text")
        elif labels[i][0] in {"body", "caption", "subheadline", "headline"}:
            return


def _label(page: Page, i: int) -> Label:
    line, reason = page.lines[i], page.chosen.get(i, "")
    if i in page.headlines:
        return "headline", "h1" if level_of(line) == "h1" else "title_of_page"
    in_reach = bool(reason) or page.top <= i <= page.last or _is_part_of_head(page, i)
    label = _label_by_element(page, i) if in_reach else _label_after(page, i)
    if label is None and reason:
        label = _label_main(page, i, reason)
    return label or _label_outside(page, i)


def _label_after(page: Page, i: int) -> Label | None:
    """Label the date and the by-line under the text; what else is there may belong to another article."""
    line = page.lines[i]
    if not page.last < i <= page.last + _NEAR or line.is_hidden or len(line.text) > _LOOKED_AT:
        return None
    if describe_date_line(line.text) == "date_label":
        return "date_line", "date_label"
    return ("byline", "byline_label") if find_byline(line.text) else None


def _is_part_of_head(page: Page, i: int) -> bool:
    """Tell a line over the headline that shares its container, such as a date, from the site's own."""
    if not page.top - _MAX_ABOVE <= i < page.top:
        return False
    top = page.lines[page.top].block
    around_top = {top, *top.iterancestors()}
    for element in page.around[i]:
        if element in around_top:
            return True
        if element.tag in _CHROME_TAGS or (
            element is not page.lines[i].block and page.names[element] & class_words("chrome")
        ):
            return False
    return False


def _label_by_element(page: Page, i: int) -> Label | None:
    """Label captions, by-lines, dates and standfirsts, which stand in elements of their own."""
    line, names = page.lines[i], page.names_near(i)
    n_words = len(line.text[:_LOOKED_AT].split())
    others = page.names_aside(i) & (class_words("others") | class_words("promotion"))
    if (others and i not in page.chosen) or line.is_hidden:
        return None
    in_figure = any(each.tag == "figcaption" for each in page.around[i])
    if page.top <= i <= page.last and line.link_share < 0.8 and n_words <= 120:
        if names & class_words("credit") and n_words <= _MAX_LABEL:
            return "credit", "credit_class"
        if in_figure or names & class_words("caption"):
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
        is_under = names & class_words("standfirst") or (names & _SUB and names & _TITLE)
        if is_under or any(
            each.get("itemprop") in {"description", "alternativeHeadline"} for each in page.around[i]
        ):
            return "subheadline", "standfirst_class"
        if i <= page.headlines[-1] + _NEAR and n_words >= 6:
            if line.block.tag in HEADINGS:
                return "subheadline", "heading_under_headline"
            beside = line.block.getparent() is page.lines[page.headlines[-1]].block.getparent()
            if beside and i not in page.chosen and shape_of(line.text).prose:
                return "subheadline", "paragraph_under_headline"
    return None


def _label_short(page: Page, i: int, names: frozenset[str]) -> Label | None:
    line = page.lines[i]
    elements = [*page.around[i][:2], *elements_around_text(line)]
    dated = bool(page.names_near(i, _ALONE) & class_words("date"))
    if find_byline(line.text):
        return "byline", "byline_label"
    if describe_date_line(line.text) not in {"", "page_clock"} and (i >= page.top or dated):
        return "date_line", "date_label"
    under = bool(page.headlines) and page.headlines[-1] < i < page.first
    has_time = under and page.n_lines[line.block] <= _ALONE and line.block.find(".//time") is not None
    if has_time or any(each.tag == "time" for each in elements):
        return "date_line", "time_element"
    is_author = any("author" in f"{each.get('itemprop')} {each.get('rel')}".split() for each in elements)
    if is_author or (names & class_words("byline") and not names & class_words("biography")):
        return ("byline", "author_class") if any(map(str.isalpha, line.text)) else None
    if dated and any(map(str.isdigit, line.text)) and len(line.text.split()) <= 15:
        return "date_line", "date_class"
    if under and line.link_share < 0.5 and _names_day(line.text):
        return "date_line", "day_under_headline"
    return None


def _names_day(text: str) -> bool:
    """Tell a short line with a day in it, in any language, maybe one that can be read in two ways."""
    if len(text.split()) > 12 or not any(map(str.isdigit, text)):
        return False
    return bool(_NUMERIC_DAY.search(text) or read_day(text))


def _label_main(page: Page, i: int, reason: str) -> Label | None:
    """Label a line of the main text; None when it is none after all."""
    line = page.lines[i]
    shape = shape_of(line.text)
    label = label_line(line.text, shape)
    if label[1] in _PHRASE_RULES:
        return label
    is_title = len(line.text) <= MAX_TITLE and squeeze(line.text) in page.titles
    if is_title and page.headlines and not shape.stops:
        return "furniture", "repeated_headline"
    tag = line.block.tag
    if tag == "li" and _is_list_of_links(page, i):
        return "teaser", "linked_list"
    if tag not in {"li", "tr", "h1", *HEADINGS} and line.link_share > 0.9 and not shape.prose:
        return ("teaser", "linked_paragraph") if shape.n_words >= 3 else ("furniture", "linked_words")
    if tag in {"h1", *HEADINGS}:
        return "section_heading", str(tag)
    inside = elements_around_text(line)
    if any(each.tag in {"b", "strong"} for each in inside) and shape.heading and shape.n_words <= 12:
        return "section_heading", "bold_paragraph"
    return "body", reason


def _is_list_of_links(page: Page, i: int) -> bool:
    """Tell a list of other articles in the text: two items or more, each a link and nothing else."""
    holder = page.lines[i].block.getparent()
    items = [page.lines[k] for k in range(max(0, i - _LIST), min(len(page.lines), i + _LIST))]
    own = [item for item in items if item.block.getparent() is holder]
    return len(own) > 1 and all(item.link_share > 0.9 for item in own)


def _label_outside(page: Page, i: int) -> Label:
    names = page.names_aside(i)
    if names & class_words("legal"):
        return "disclaimer", "legal_class"
    if names & class_words("others") and len(page.lines[i].text.split()) >= 4:
        return "teaser", "related_class"
    return "furniture", "outside_main_text"
