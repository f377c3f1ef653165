"""Read saved feeds (RSS, Atom, RDF): an item with a text is an article."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from rashomon._formats.fragments import render_fragment
from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject, compose_text

MAX_FEED = 20_000_000  # bytes
MAX_TAGS = 1_000_000
MAX_TAG_LENGTH = 20_000  # bytes; each attribute of a tag is compared with all before it
MAX_OPEN = 100  # sections without an end; for each of them the parser looks through all that follows
MAX_DEPTH = 500  # elements inside each other, as the feed's own tags open and close

# What may stand before the first element: a declaration, comments, instructions, a document type.
_ROOT = re.compile(
    rb"(?>\xef\xbb\xbf|\s|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+<(?:\w+:)?(?:rss|feed|RDF)\b",
    re.DOTALL | re.IGNORECASE,
)
_ITEM_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
_ROOT_END = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>", re.IGNORECASE)
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
_HIDDEN = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CLOSING_TAG = re.compile(r"</[a-z]+[0-9]?>|<(?:br|p)\b[^<>]*>", re.IGNORECASE)
_MARKUP = ("text/html", "application/xhtml+xml")
_AGAIN = "download the feed again"


def read_feed(file: InputFile) -> Iterator[Item]:
    """Read a saved feed.

    Parameters
    ----------
    file : InputFile
        RSS, Atom or RDF; nothing is fetched.

    Yields
    ------
    Note, Record or Reject
        In the order of the feed, the place among the items as position. A summary that breaks off is a text.

    Raises
    ------
    UnreadableError
        When it is no feed, has no items, or passes a limit.
    """
    import feedparser

    data = _as_utf8(file.read(MAX_FEED))
    _check_limits(data)
    try:
        parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except UnicodeError as error:  # half a character, written as a reference
        raise UnreadableError("half a character in the feed", _AGAIN) from error
    items = parsed.entries
    if not items:
        raise UnreadableError("no items in the feed", "leave it out, or " + _AGAIN)
    is_cut = not _ROOT_END.search(data)
    n_whole = len(_ITEM_END.findall(data)) if is_cut else len(items)
    if parsed.bozo and not is_cut:
        yield Note("the feed is no clean XML; it was read as far as it can be understood")
    is_dated_once = b"http://purl.org/dc/" in data and not str(parsed.version).startswith("atom")
    for position, item in enumerate(items, start=1):
        if position > n_whole:
            yield Reject("the feed breaks off inside this item", _AGAIN, position)
            continue
        try:
            yield _read_item(dict(item), parsed, position, is_dated_once=is_dated_once)
        except UnreadableError as error:
            yield Reject(error.reason, error.action, position)
    if is_cut and len(items) <= n_whole:
        yield Reject("the feed breaks off after this item", _AGAIN, len(items))


def _as_utf8(data: bytes) -> bytes:
    """Write a feed that begins with the mark of UTF-16 or 32 as UTF-8, which the parser knows best."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return data
    return _DECLARATION.sub("", decode(data)[0]).encode("utf-8", "replace")


def _check_limits(data: bytes) -> None:
    """Count before a parser does: it keeps every open element, and each of their names."""
    if data.count(b"<") > MAX_TAGS:
        raise UnreadableError(f"more than {MAX_TAGS:,} tags", _AGAIN)
    for opening, closing in ((b"<![CDATA[", b"]]>"), (b"<!--", b"-->")):
        if data.count(opening) > data.count(closing) + MAX_OPEN:
            raise UnreadableError(f"more than {MAX_OPEN} sections that are not closed", _AGAIN)
    depth = 0
    for match in _TAG.finditer(_HIDDEN.sub(b"", data)):
        if len(match[0]) > MAX_TAG_LENGTH:
            raise UnreadableError(f"a tag of more than {MAX_TAG_LENGTH:,} characters", _AGAIN)
        depth += -1 if match[1] else (0 if match[2] else 1)
        if depth > MAX_DEPTH:
            raise UnreadableError(f"its tags are nested more than {MAX_DEPTH:,} deep", _AGAIN)


# A plain dict, because feedparser's own gives `published` where `updated` is asked for.
def _read_item(item: Mapping[str, Any], parsed: Any, position: int, *, is_dated_once: bool) -> Item:
    title = " ".join(_render(item.get("title_detail") or {}).split())
    texts = [_render(detail) for detail in item.get("content", [])] or [""]
    text = max(texts, key=len) or _render(item.get("summary_detail") or {})
    if not text:
        return Reject("only a title, no text" if title else "an empty item", "leave it out", position)
    fields = _fields_of(item, parsed.feed, is_dated_once=is_dated_once)
    if title:
        fields["title"] = title
    raw, pins = compose_text(text, title=title)
    return Record(raw, str(parsed.get("encoding") or "utf-8"), position, fields, pins)


def _render(detail: Mapping[str, Any]) -> str:
    value = str(detail.get("value") or "")
    return (
        render_fragment(value)
        if detail.get("type") in _MARKUP or _CLOSING_TAG.search(value)
        else value.strip()
    )


def _fields_of(item: Mapping[str, Any], feed: Mapping[str, Any], *, is_dated_once: bool) -> dict[str, str]:
    feed_title = str(feed.get("title") or "")
    outlet = str((item.get("source") or {}).get("title") or "")  # an aggregator names whom it passes on
    authors = [str(author["name"]) for author in item.get("authors", []) if author.get("name")]
    published, updated = str(item.get("published") or ""), str(item.get("updated") or "")
    if is_dated_once and not published:  # Dublin Core has one date, which feedparser takes for a change
        published, updated = updated, ""
    fields = {
        "id": item.get("id"),
        "author": "; ".join(authors) or item.get("author"),
        "outlet": outlet or feed_title,
        "provider": feed_title if outlet else "",
        "section": "; ".join(str(tag["term"]) for tag in item.get("tags", []) if tag.get("term")),
        "language": item.get("language") or feed.get("language"),
        "rights": item.get("rights") or feed.get("rights"),
        "url": item.get("link"),
        "published": published,
        "updated": updated,
    }
    return {field: tidy for field, value in fields.items() if (tidy := " ".join(str(value or "").split()))}


def is_feed(head: bytes) -> bool:
    r"""Tell a feed by its first element.

    Parameters
    ----------
    head : bytes
        The first bytes of a file.

    Returns
    -------
    bool
        Whether it is `rss`, `feed` or `RDF`.

    Examples
    --------
    >>> is_feed(b'<?xml version="1.0"?>\n<rss version="2.0">'), is_feed(b"<html><p>rss</p>")
    (True, False)
    """
    return _ROOT.match(head.replace(b"\0", b"").lstrip(b"\xff\xfe")) is not None


FORMATS = (Format("feed", (".xml", ".rss", ".atom", ".rdf"), read_feed, is_feed, ("feedparser",)),)
