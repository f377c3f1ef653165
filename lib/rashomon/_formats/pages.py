"""Read a saved web page: every line it shows, with the lines of the article told from the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rashomon._formats.page_alignment import squeeze
from rashomon._formats.page_data import article_body, find_article_node, meta_values
from rashomon._formats.page_fields import fields_of, titles_of
from rashomon._formats.page_lines import render_lines
from rashomon._formats.page_main_text import choose_lines, is_sentence
from rashomon._formats.page_markup import declared_encoding, parse_page
from rashomon._formats.page_zones import label_page
from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import Format, InputFile, Item, Pin, Record

_TEXT_ZONES = frozenset({"body", "caption", "section_heading", "subheadline"})
_SAVE_WHOLE = "open the page, let it load, and save it as HTML again, or save its text as .txt"


def page_record(data: bytes | str, *, declared: str = "", url: str = "") -> Record:
    """Read one web page as an article.

    Parameters
    ----------
    data : bytes or str
        The page.
    declared : str
        Its encoding as whoever served it says; empty when unknown. What the page says itself comes after it.
    url : str
        Its address; empty when unknown. What the page says itself comes before it.

    Returns
    -------
    Record
        `raw` is what the page shows, a line a block. Every line has a pin: its zone and the reason.

    Raises
    ------
    UnreadableError
        When the page passes a limit, or no article is in it.

    Examples
    --------
    >>> page = "<title>Ferry sinks</title><nav>Home</nav><h1>Ferry sinks</h1><p>The ferry sank on Monday.</p>"
    >>> record = page_record(page)
    >>> [(zone, record.raw[start:end]) for start, end, zone, _ in record.pins]
    [('furniture', 'Home'), ('headline', 'Ferry sinks'), ('body', 'The ferry sank on Monday.')]
    """
    text, encoding = (
        (data, "") if isinstance(data, str) else decode(data, declared=declared or declared_encoding(data))
    )
    if not text.strip():
        raise UnreadableError("the page is empty", _SAVE_WHOLE)
    root = parse_page(text)
    meta = meta_values(root)
    node = find_article_node(root, titles_of(root, {}, meta))
    titles = titles_of(root, node, meta)
    lines = render_lines(root)
    chosen, unseen = choose_lines(root, lines, article_body(node))
    labels = label_page(lines, chosen, titles)
    if not unseen and not any(
        zone == "body" and is_sentence(line.text) and line.link_share < 0.5
        for line, (zone, _) in zip(lines, labels, strict=True)
    ):
        raise UnreadableError(_reason_of_none(root), _SAVE_WHOLE)
    rows = [
        (line.text, *label)
        for line, label in zip(lines, labels, strict=True)
        if not line.is_hidden or label[0] in _TEXT_ZONES | {"headline"}
    ]
    if unseen:
        rows = _insert(rows, unseen)
    raw, pins = _join(rows)
    return Record(raw, encoding, fields=fields_of(root, node, meta, lines, labels, url=url), pins=pins)


def _reason_of_none(root: Any) -> str:
    if root.find(".//frameset") is not None:
        return "a frame around other pages: no article text found in the page"
    return "no article text found in the page"


def _insert(rows: list[tuple[str, str, str]], unseen: list[str]) -> list[tuple[str, str, str]]:
    """Put the paragraphs that only the page's data hold after the last line of the article that is shown."""
    places = [i for i, (_, zone, _) in enumerate(rows) if zone in _TEXT_ZONES]
    heads = [i for i, (_, zone, _) in enumerate(rows) if zone == "headline"]
    at = (places or heads or [-1])[-1] + 1
    stated = "".join(squeeze(text) for text in unseen)
    # What the page shows beside its data, such as "Turn on JavaScript", and what it shows of them twice.
    shown = [
        (text, "furniture", "repeats_page_data")
        if zone == "body" and squeeze(text) in stated
        else (text, zone, reason)
        for text, zone, reason in rows
    ]
    return [*shown[:at], *((text, "body", "json_ld_text") for text in unseen), *shown[at:]]


def _join(rows: list[tuple[str, str, str]]) -> tuple[str, tuple[Pin, ...]]:
    pins, at = [], 0
    for text, zone, reason in rows:
        pins.append((at, at + len(text), zone, reason))
        at += len(text) + 1
    return "\n".join(text for text, _, _ in rows), tuple(pins)


def read_page(file: InputFile) -> Iterator[Item]:
    """Read a saved web page.

    Parameters
    ----------
    file : InputFile
        The page.

    Yields
    ------
    Record
        The article.

    Raises
    ------
    UnreadableError
        When the page passes a limit, or no article is in it.
    """
    yield page_record(file.read())


FORMATS = (Format("html", (".html", ".htm", ".xhtml"), read_page, packages=("lxml", "trafilatura")),)
