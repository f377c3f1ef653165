"""Turn a piece of HTML, as it stands in a feed or a cell of a table, into lines of text."""

from __future__ import annotations

import html
import re

from rashomon._formats.page_markup import parse_page

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_SILENT = re.compile("script|style|template|noscript|head|title|iframe|object|svg|math|textarea|select")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|h[1-6]|blockquote|td|figure)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_PAGE = re.compile(r"\s*(?:<\?xml[^<>]*\?>\s*)?<(?:!doctype html|html|head)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r"\r\n?")


def has_markup(text: str) -> bool:
    """Tell a piece of HTML from plain text: it has a tag that begins a line or a block.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    bool
        False for text that only mentions a tag such as <b>.

    Examples
    --------
    >>> has_markup("<p>The ferry sank.</p>"), has_markup("a < b, and <b> is bold")
    (True, False)
    """
    return "<" in text and _BLOCK_TAG.search(text) is not None


def is_page(text: str) -> bool:
    """Tell a whole web page, which holds more than an article.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    bool
        Whether it begins as a page does.

    Examples
    --------
    >>> is_page("<!DOCTYPE html><title>Ferry sinks</title>")
    True
    """
    return _PAGE.match(text) is not None


def render_fragment(markup: str) -> str:
    r"""Give what a reader of a piece of HTML sees.

    Parameters
    ----------
    markup : str
        HTML, or plain text with or without entities.

    Returns
    -------
    str
        A line for each block; spaces and line ends inside a block as a browser shows them. Without any block
        the line ends stay.

    Raises
    ------
    UnreadableError
        When the markup passes a limit.

    Examples
    --------
    >>> render_fragment("<p>The ferry\n sank.</p><ul><li>All&nbsp;<b>got</b> home.</ul>")
    'The ferry sank.\nAll\xa0got home.'
    >>> render_fragment("Fish &amp; chips\nwin")
    'Fish & chips\nwin'
    """
    if not _TAG.search(markup):
        return _trim(html.unescape(_LINE_END.sub("\n", markup)))
    if not has_markup(markup):
        markup = _LINE_END.sub("\n", markup).replace("\n", "<br>")
    from lxml import etree

    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(parse_page(markup), events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_start = event == "start"
        silent += (_SILENT.fullmatch(tag) is not None) * (1 if is_start else -1)
        if _BLOCK.fullmatch(tag):
            pieces.append("\n")
        text = element.text if is_start else element.tail
        if text and not silent and tag:
            pieces.append(_SPACE.sub(" ", text))
    return _trim("".join(pieces))


def _trim(text: str) -> str:
    lines = (line.strip(" \t\n\r\f") for line in text.split("\n"))
    return "\n".join(" ".join(re.split(r"[ \t]+", line)) for line in lines if line)
