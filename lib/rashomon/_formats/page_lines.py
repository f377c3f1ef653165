"""Render a web page to the lines that a reader of it sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rashomon._formats.page_markup import SMALLER, names_of
from rashomon._reading.decoding import UnreadableError

MAX_LINES = 100_000  # shown
_INVISIBLE = frozenset((
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "iframe", "frame",
    "frameset", "noframes", "object", "embed", "applet", "audio", "video", "canvas", "svg", "math",
    "select", "datalist", "option", "textarea", "input", "map", "area", "param", "source", "track",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "caption", "ul",
))  # fmt: skip
_CHROME = frozenset({"nav", "footer"})
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r"[ \t]{2,}")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CREDIT_NAMES = frozenset({"credit", "credits", "copyright", "photographer"})


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page as shown: its text, the elements it stands in, how much of it is link text."""

    text: str
    block: Any  # the lxml element
    wrapper: Any  # the outermost element inside the block that holds the whole line; None without one
    n_linked: int  # characters inside links
    is_hidden: bool
    is_chrome: bool  # in a menu or in the foot of the page

    @property
    def link_share(self) -> float:
        """Give the share of the line's characters that are link text."""
        return min(1.0, self.n_linked / len(self.text))


def render_lines(root: Any) -> list[PageLine]:
    """Render a page as a browser lays it out: one line a block, spaces collapsed, a tab between table cells.

    Parameters
    ----------
    root : lxml element
        The page.

    Returns
    -------
    list of PageLine
        In the order of the page, none empty.

    Raises
    ------
    UnreadableError
        When there are too many.

    Examples
    --------
    >>> from rashomon._formats.page_markup import parse_page
    >>> [line.text for line in render_lines(parse_page("<h1>Ferry <i>sinks</i></h1><p>All<br>safe."))]
    ['Ferry sinks', 'All', 'safe.']
    """
    from lxml import etree

    page = _Rendering()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            page.leave(element)
        elif element.tag in _INVISIBLE or (element.tag not in _BLOCKS and _is_hidden(element)):
            walker.skip_subtree()
            page.skipped = element
        else:
            page.enter(element)
    page.break_line()
    return page.lines


def _is_hidden(element: Any) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN_STYLE.search(element.get("style", "")))


class _Rendering:
    """The state of a walk through a page: the line being written, and what it stands in."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self.pieces: list[str] = []
        self.blocks: list[Any] = []
        self.inlines: list[Any] = []
        self.wrappers: set[Any] = set()
        self.inline_cells: set[Any] = set()
        self.n_linked = self.link_depth = self.hidden_depth = self.pre_depth = self.chrome_depth = 0
        self.skipped: Any = None

    def enter(self, element: Any) -> None:
        tag = element.tag
        if self._is_block(element):
            self.break_line()
            self.blocks.append(element)
            self.hidden_depth += _is_hidden(element)
            self.pre_depth += tag == "pre"
            self.chrome_depth += tag in _CHROME
            if tag == "tr" and _is_row(element):
                self.inline_cells.update(element)
        elif tag == "br":
            self.break_line()
        else:
            self.inlines.append(element)
            self.link_depth += tag == "a" and "href" in element.attrib
            if tag in _CELLS and self.pieces:
                self.pieces.append("\t")
        self._write(element.text)

    def leave(self, element: Any) -> None:
        if element is self.skipped:
            self.skipped = None
        elif self._is_block(element):
            self.break_line()
            self.blocks.pop()
            self.hidden_depth -= _is_hidden(element)
            self.pre_depth -= element.tag == "pre"
            self.chrome_depth -= element.tag in _CHROME
        elif element.tag != "br":
            self.inlines.pop()
            self.link_depth -= element.tag == "a" and "href" in element.attrib
            if element.tag == "a" and not element.tail:  # neighbors in a menu have a margin between them
                self.pieces.append(" ")
        self._write(element.tail)

    def _is_block(self, element: Any) -> bool:
        tag = element.tag
        if tag in _CELLS:
            return element not in self.inline_cells
        if tag in _BLOCKS:
            return tag != "button" or element.getparent() is None or element.getparent().tag != "p"
        return tag == "span" and not _CREDIT_NAMES.isdisjoint(names_of(element))

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self.pre_depth and "\n" in text:
            first, *others = text.split("\n")
            self._write(first)
            for other in others:
                self.break_line()
                self._write(other)
            return
        text = _SPACE.sub(" ", _UNSEEN.sub("", text))
        self.pieces.append(text)
        if text != " ":
            self.wrappers.add(self.inlines[0] if self.inlines else None)
        if self.link_depth:
            self.n_linked += len(text)

    def break_line(self) -> None:
        text = "".join(self.pieces)
        self.pieces.clear()
        text = _SPACES.sub(lambda run: "\t" if "\t" in run[0] else " ", text).strip()
        if text and self.blocks:
            wrapper = next(iter(self.wrappers)) if len(self.wrappers) == 1 else None
            if len(self.lines) == MAX_LINES:
                raise UnreadableError(f"more than {MAX_LINES:,} lines", SMALLER)
            is_hidden, is_chrome = self.hidden_depth > 0, self.chrome_depth > 0
            self.lines.append(PageLine(text, self.blocks[-1], wrapper, self.n_linked, is_hidden, is_chrome))
        self.n_linked = 0
        self.wrappers.clear()


def _is_row(row: Any) -> bool:
    """Tell a row of data from one that lays out a page: no cell has a line break or a block in it."""
    return not any(
        inside.tag in _BLOCKS or inside.tag == "br"
        for inside in row.iterdescendants()
        if inside.tag not in _CELLS
    )
