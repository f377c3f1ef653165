"""Parse the markup of a web page, however broken, within limits checked before the parser sees it."""

from __future__ import annotations

import functools
import re
from typing import Any

from rashomon._reading.decoding import UnreadableError
from rashomon.resources import read_word_list

MAX_LENGTH = 30_000_000  # characters, without the pictures and other data inside
MAX_TAGS = 1_000_000  # opening and closing
MAX_ATTRIBUTES = 500  # of one tag: the parser compares each with all before it
MAX_ALL_ATTRIBUTES = 2_000_000
MAX_DEPTH = 2_048  # elements inside each other; the parser's own limit

_EMBEDDED = re.compile(r"""\bdata:[a-z]{1,20}/[\w.+;=-]{1,200}+,[^"'()<>\s]*+""")
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")  # a browser shows each as the replacement character
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_INTERNAL_SUBSET = re.compile(r"<!DOCTYPE[^<>\[]*\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*>", re.IGNORECASE)
_CLOSED_AT_ONCE = re.compile(r"<(script|style|title|textarea|iframe)\b([^<>]*)/>", re.IGNORECASE)
_ATTRIBUTE = r"""=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)"  # what stands in these is no tag
    rf"|<[a-zA-Z][^\s/>]*+((?:[\s/]++|{_ATTRIBUTE})*+)",
    re.DOTALL | re.IGNORECASE,
)
_CHARSET = re.compile(
    rb"""<meta\b[^<>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^<>]{0,100}?encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_MAX_VALUE = 10_000  # characters of an attribute
_HEAD = 16_384  # bytes in which a page says how it is encoded

SMALLER = "save only the article's page, without the frames and data inside it, or as plain text"
_HEAD_TAGS = frozenset(
    ["base", "basefont", "bgsound", "link", "meta", "noscript", "script", "style", "template", "title"]
)
_WORDS_IN_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def declared_encoding(data: bytes) -> str:
    """Find the encoding that a page says it is in.

    Parameters
    ----------
    data : bytes
        The page.

    Returns
    -------
    str
        As written; empty when it says nothing.

    Examples
    --------
    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">')
    'koi8-r'
    """
    match = _CHARSET.search(data, 0, _HEAD)
    return (match[1] or match[2]).decode("ascii") if match else ""


def parse_page(text: str) -> Any:
    """Parse a page, however broken, when it keeps within the limits.

    Parameters
    ----------
    text : str
        The markup.

    Returns
    -------
    lxml.html.HtmlElement
        The root. Nothing is fetched, no entity of the page's own is expanded.

    Raises
    ------
    UnreadableError
        When the page is empty, or passes a limit.

    Examples
    --------
    >>> parse_page("<p>The ferry<p>sank.").tag
    'html'
    """
    from lxml import etree, html

    text = _FORBIDDEN.sub("\ufffd", _EMBEDDED.sub("", text))
    is_xml = _DECLARATION.match(text)
    text = _INTERNAL_SUBSET.sub("<!DOCTYPE html>", text[is_xml.end() :] if is_xml else text, count=1)
    if is_xml:
        text = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text)
    _check_limits(text)
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError("the page has no content", "save the page again") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableError(f"its tags are nested more than {MAX_DEPTH:,} deep", SMALLER)
    for element in root.iter(etree.Element):
        for name, value in element.items():
            if len(value) > _MAX_VALUE and name != "content":  # state of a script, or a picture
                del element.attrib[name]
    _end_head(root)
    return root


def _end_head(root: Any) -> None:
    """End the head where the standard does: the parser keeps an <article> in it when <body> is left out."""
    head = root.find("head")
    inside = [] if head is None else list(head)
    start = next((n for n, each in enumerate(inside) if each.tag not in _HEAD_TAGS), None)
    if head is None or start is None:
        return
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    text, body.text = body.text, None
    for n, element in enumerate(inside[start:]):
        body.insert(n, element)
    inside[-1].tail = (inside[-1].tail or "") + (text or "")


def _check_limits(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise UnreadableError(f"more than {MAX_LENGTH:,} characters of markup", SMALLER)
    if text.count("<") > MAX_TAGS:
        raise UnreadableError(f"more than {MAX_TAGS:,} tags", SMALLER)
    n_all = 0
    for tag in _TAG.finditer(text):
        n_all += (n := len(_ATTRIBUTES.findall(tag[2] or "")))
        if n > MAX_ATTRIBUTES:
            raise UnreadableError(f"a tag of more than {MAX_ATTRIBUTES:,} attributes", SMALLER)
    if n_all > MAX_ALL_ATTRIBUTES:
        raise UnreadableError(f"more than {MAX_ALL_ATTRIBUTES:,} attributes", SMALLER)


def names_of(element: Any) -> frozenset[str]:
    """Give the words of an element's class and id.

    Parameters
    ----------
    element : lxml element
        Any.

    Returns
    -------
    frozenset of str
        In small letters.

    Examples
    --------
    >>> sorted(names_of(parse_page('<p class="ArticleBody photo__credit">x').find(".//p")))
    ['article', 'body', 'credit', 'photo']
    """
    name = f"{element.get('class', '')} {element.get('id', '')}"
    return frozenset(word.lower() for word in _WORDS_IN_NAME.findall(name[:500]))


@functools.cache
def class_words(meaning: str) -> frozenset[str]:
    """Give the words in classes and ids that say the same of the text inside.

    Parameters
    ----------
    meaning : str
        As in the word list `page_classes`.

    Returns
    -------
    frozenset of str
        In small letters.

    Examples
    --------
    >>> "standfirst" in class_words("standfirst")
    True
    """
    return frozenset(row["name"] for row in read_word_list("page_classes") if row["means"] == meaning)
