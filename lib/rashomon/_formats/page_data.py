"""Read what a page says about its article for search engines: JSON-LD and the meta elements of its head."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from rashomon._formats.page_alignment import squeeze

MAX_DATA_LENGTH = 5_000_000  # characters of one JSON-LD block
MAX_NODES = 100_000

_KINDS = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting|PressRelease)$")
_PAGES = re.compile(r"(?:WebPage|ItemPage|VideoObject)$")  # where no article is named
_OWN = (
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "itemReviewed",
    "item",
)  # what else is nested is another's
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TAG = re.compile(r"</?(?:p|div|li|h[1-6]|br|blockquote|ul|ol)\b[^<>]*>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def find_article_node(root: Any, titles: list[str]) -> dict[str, Any]:
    """Find what the JSON-LD of a page says of its own article.

    Parameters
    ----------
    root : lxml element
        The page.
    titles : list of str
        What else names the article, to tell it from its neighbors when several are there.

    Returns
    -------
    dict
        The node; empty when there is none, or when several are there and none is known to be the page's own.

    Examples
    --------
    >>> from rashomon._formats.page_markup import parse_page
    >>> text = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry"}</script><p>x'
    >>> find_article_node(parse_page(text), [])["headline"]
    'Ferry'
    """
    every = list(_nodes(root))
    nodes = _of_kind(every, _KINDS) or _of_kind(every, _PAGES)
    if len(nodes) <= 1:
        return nodes[0] if nodes else {}
    known = {squeeze(title) for title in titles if title}
    own = [node for node in nodes if squeeze(first_text(node, "headline", "name")) in known - {""}]
    merged: dict[str, Any] = {}
    headlines = {squeeze(first_text(node, "headline", "name")) for node in nodes} - {""}
    for node in own or (nodes if len(headlines) <= 1 else []):
        merged = {**node, **merged}
    return merged


def _of_kind(nodes: list[dict[str, Any]], kinds: re.Pattern[str]) -> list[dict[str, Any]]:
    return [node for node in nodes if any(kinds.search(kind) for kind in texts_of(node.get("@type")))]


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = []
    for script in root.iter("script"):
        if (
            "ld+json" in (script.get("type") or "").lower()
            and script.text
            and len(script.text) <= MAX_DATA_LENGTH
        ):
            try:
                waiting.append(json.loads(_WRAPPING.sub("", script.text), strict=False))
            except (ValueError, RecursionError):
                continue  # broken data of a page say nothing; its text is read all the same
    waiting.reverse()
    n_seen = 0
    while waiting and n_seen < MAX_NODES:
        node = waiting.pop()
        n_seen += 1
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in reversed(_OWN) if key in node)


def texts_of(value: Any) -> list[str]:
    """Give the texts of a JSON-LD value: of a string, of an object with a name, of a list of them.

    Parameters
    ----------
    value : object
        Any JSON value.

    Returns
    -------
    list of str
        In order, none empty.

    Examples
    --------
    >>> texts_of([{"@type": "Person", "name": "Ann Lee"}, "Bo Ek"])
    ['Ann Lee', 'Bo Ek']
    """
    found = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name") or item.get("@value") or item.get("@id")
            item = item[0] if isinstance(item, list) and item else item
        if isinstance(item, str):
            text = " ".join(html.unescape(item).split())
            if text:
                found.append(text)
    return found


def first_text(node: dict[str, Any], *keys: str) -> str:
    """Give the first text that a node has under one of several keys.

    Parameters
    ----------
    node : dict
        Of JSON-LD.
    keys : str
        In order of preference.

    Returns
    -------
    str
        Empty when it has none.

    Examples
    --------
    >>> first_text({"name": "Ferry"}, "headline", "name")
    'Ferry'
    """
    return next((text for key in keys for text in texts_of(node.get(key))), "")


def article_body(node: dict[str, Any]) -> str:
    r"""Give the text of the article that a node holds, a line a paragraph.

    Parameters
    ----------
    node : dict
        Of JSON-LD.

    Returns
    -------
    str
        Without markup; empty when it holds none.

    Examples
    --------
    >>> article_body({"articleBody": "&lt;p&gt;The ferry sank.&lt;/p&gt;&lt;p&gt;All are safe.&lt;/p&gt;"})
    'The ferry sank.\nAll are safe.'
    """
    value = node.get("articleBody") or node.get("reviewBody")
    if isinstance(value, list):
        value = "\n".join(item for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return ""
    text = _OTHER_TAG.sub("", _TAG.sub("\n", html.unescape(value)))
    lines = (" ".join(line.split()) for line in re.sub("[\x00\ud800-\udfff]", "\ufffd", text).split("\n"))
    return "\n".join(line for line in lines if line)


def meta_values(root: Any) -> dict[str, list[str]]:
    """Collect the meta elements of a page, by name, property or itemprop.

    Parameters
    ----------
    root : lxml element
        The page.

    Returns
    -------
    dict of str to list of str
        Names in small letters; values in the order of the page, none empty.

    Examples
    --------
    >>> from rashomon._formats.page_markup import parse_page
    >>> meta_values(parse_page('<meta property="og:title" content="Ferry sinks"><p>x'))
    {'og:title': ['Ferry sinks']}
    """
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").lower().split():
                if content:
                    values.setdefault(name, []).append(content)
    return values
