"""What all exports of news databases share: lines with a zone, one article as a record, declared counts.

An export says itself what each line of an article is, so the lines come with their zones; only what looks
like a caption inside a body is left to the rules that label any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rashomon._formats.page_markup import declared_encoding, parse_page
from rashomon._reading.days import read_day
from rashomon._reading.decoding import decode
from rashomon._reading.marks import label_line, shape_of
from rashomon._reading.records import Pin, Record, Reject

_SAYS_SOMETHING = frozenset({"headline", "subheadline", "body", "caption", "snippet", ""})
_BY_ITS_OWN_LOOK = frozenset({"caption", "credit"})
_RIGHTS = re.compile(
    r"(?:\W{0,2}copyright\b|\W{0,2}©|\(c\)|all rights reserved|alle rechte vorbehalten"
    r"|tous droits r[ée]serv[ée]s|todos los derechos reservados|tutti i diritti riservati"
    r"|todos os direitos reservados|alle rechten voorbehouden)",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_]+[.,]*"
_DATE_FIRST = re.compile(rf"(?:{_WORD}\s+){{0,2}}(?:{_WORD}\s*)?\d")
_MONTH_OR_SEASON = re.compile(rf"(?:{_WORD}[\s/–-]+){{1,3}}(?:1[6-9]|20)\d\d\.?")
_MAX_DATE_LINE = 110  # characters, with weekday, time and edition
_DOCUMENT_TAGS = re.compile(r"</?(?:html|head|body)(?=[\s/>])[^<>]{0,2000}>", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"<\?xml[^<>]{0,200}\?>")


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A line of an article and the zone that the export gives it; an empty zone leaves it to the rules."""

    text: str
    zone: str
    reason: str = "export_field"


def body_line(text: str) -> ExportLine:
    """Make a line of the article's own text.

    Parameters
    ----------
    text : str
        The line.

    Returns
    -------
    ExportLine
        Body, or without a zone where the line looks like a caption or a credit.

    Examples
    --------
    >>> body_line("The ferry sank off the coast on Monday, the ministry said.").zone
    'body'
    """
    own = label_line(text, shape_of(text))[0]
    return ExportLine(text, "" if own in _BY_ITS_OWN_LOOK else "body", "export_body")


def make_record(
    lines: Iterable[ExportLine], fields: Mapping[str, str], *, encoding: str, position: int
) -> Record | Reject:
    """Make one article of an export.

    Parameters
    ----------
    lines : iterable of ExportLine
        In order; lines without a character are left out.
    fields : mapping
        Keys of `FIELDS`; empty values are left out.
    encoding : str
        Of the file.
    position : int
        Place in the file, counted from 1.

    Returns
    -------
    Record or Reject
        A reject when neither headline nor text is there.

    Examples
    --------
    >>> make_record([ExportLine("Ferry sinks", "headline")], {}, encoding="utf-8", position=1).pins
    ((0, 11, 'headline', 'export_field'),)
    """
    texts: list[str] = []
    pins: list[Pin] = []
    at, says_something = 0, False
    for line in lines:
        text = " ".join(line.text.split())
        if not text:
            continue
        if line.zone:
            pins.append((at, at + len(text), line.zone, line.reason))
        says_something = says_something or line.zone in _SAYS_SOMETHING
        texts.append(text)
        at += len(text) + 1
    if not says_something:
        return Reject("an article of the export has no headline and no text", "export it again", position)
    stated = {name: " ".join(value.split()) for name, value in fields.items() if value.strip()}
    return Record("\n".join(texts), encoding, position, stated, tuple(pins))


def check_count(declared: int, found: int) -> Iterator[Reject]:
    """Compare how many articles an export says it holds with how many were found.

    Parameters
    ----------
    declared : int
        As the export says; 0 when it does not.
    found : int
        Articles read and rejected.

    Yields
    ------
    Reject
        When they differ.

    Examples
    --------
    >>> [reject.reason for reject in check_count(3, 2)]
    ['the export says that it holds 3 articles, 2 were found']
    """
    if declared and declared != found:
        yield Reject(
            f"the export says that it holds {declared:,} articles, {found:,} were found",
            "compare the file with the database's list, and export again what is missing",
        )


def is_rights_line(text: str) -> bool:
    """Say whether a line is a note of copyright.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    bool
        By how it begins.

    Examples
    --------
    >>> is_rights_line("Copyright 2024 The Example Post"), is_rights_line("Copyright law is old, he said.")
    (True, False)
    """
    match = _RIGHTS.match(text)
    if match is None or len(text) > 300:
        return False
    return (
        bool(re.search(r"\d{4}|©|\(c\)|[^\W\d_]{3}\W{0,3}$", text))
        and not text.endswith((".”", '."'))
        and (bool(re.search(r"\d{4}|©|\(c\)", text, re.IGNORECASE)) or match.end() > len(text) - 4)
    )


def is_date_line(text: str) -> bool:
    """Say whether a line of an article's head is its date: a day first, then at most weekday, time, edition.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    bool
        Also true for a month or a season with its year.

    Examples
    --------
    >>> [is_date_line(s) for s in ("May 2, 2024, Thursday, Late Edition", "What we knew on May 2, 2024")]
    [True, False]
    """
    if len(text) > _MAX_DATE_LINE:
        return False
    return bool((_DATE_FIRST.match(text) and read_day(text)) or _MONTH_OR_SEASON.fullmatch(text))


def choose_blocks(blocks: Sequence[Any]) -> list[Any]:
    """Choose which of some blocks, that can stand in each other, are the articles.

    Parameters
    ----------
    blocks : sequence of lxml element
        In the order of the page.

    Returns
    -------
    list of lxml element
        The outermost ones; but of a block around several the ones inside.
    """
    known = set(blocks)
    inside: dict[Any, list[Any]] = {}
    top: list[Any] = []
    for block in blocks:
        around = next((outer for outer in block.iterancestors() if outer in known), None)
        (top if around is None else inside.setdefault(around, [])).append(block)
    chosen, waiting = [], top[::-1]
    while waiting:
        block = waiting.pop()
        within = inside.get(block, [])
        if len(within) > 1:
            waiting += within[::-1]
        else:
            chosen.append(block)
    return chosen


@dataclass(frozen=True, slots=True)
class HtmlLine:
    """A line of a page: its text, the block it stands in, its opening in bold; or an empty named anchor."""

    text: str
    block: Any
    lead: str = ""
    anchor: str = ""

    def classes(self) -> list[str]:
        """Name the classes of the block and of all that is around it, the innermost first."""
        names: list[str] = []
        element: Any = self.block
        while element is not None:
            names += str(element.get("class") or "").split()
            element = element.getparent()
        return names


def parse_export(text: str) -> Any:
    """Parse an export that is a page.

    Parameters
    ----------
    text : str
        The page.

    Returns
    -------
    lxml element
        Its root. Tags of whole documents are taken out first: some databases put documents into documents,
        and all after the first end of one would be lost.
    """
    return parse_page(f"<html><body>{_DOCUMENT_TAGS.sub(' ', _XML_DECLARATION.sub('', text))}</body></html>")


def decode_page(data: bytes) -> tuple[str, str]:
    """Decode a page or a document in XML.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    text, encoding : str
        As `decode` gives them.
    """
    return decode(data, declared=declared_encoding(data))


_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul",
    )
)  # fmt: skip
_UNSEEN = frozenset(("script", "style", "noscript", "template", "title", "meta", "link", "head"))
_BOLD = frozenset(("b", "strong"))


def html_lines(root: Any) -> list[HtmlLine]:
    """Give the lines of a page in the order of the page, as a reader sees them.

    Parameters
    ----------
    root : lxml element
        A page, or a part of one.

    Returns
    -------
    list of HtmlLine
        White space made one space; named anchors as lines of their own, without text.
    """
    from lxml import etree

    lines: list[HtmlLine] = []
    pieces: list[tuple[str, bool]] = []  # text of the line so far, and whether it is bold
    blocks: list[Any] = [root]
    bold = unseen = 0

    def end_line() -> None:
        text = " ".join("".join(piece for piece, _ in pieces).split())
        if text:
            lead = ""
            for piece, is_bold in pieces:
                if piece.strip() and not is_bold:
                    break
                lead += piece
            lines.append(HtmlLine(text, blocks[-1], " ".join(lead.split())))
        pieces.clear()

    def add(text: Any) -> None:
        if text and not unseen:
            pieces.append((str(text), bold > 0))

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            add(element.tail)
            continue
        tag = element.tag
        starts = event == "start"
        unseen += (tag in _UNSEEN) * (1 if starts else -1)
        bold += (tag in _BOLD) * (1 if starts else -1)
        if tag in _BLOCKS:
            end_line()
        if starts:
            if tag in _BLOCKS:
                blocks.append(element)
            if tag == "a" and (element.get("name") or element.get("id")):
                end_line()
                lines.append(HtmlLine("", blocks[-1], anchor=str(element.get("name") or element.get("id"))))
            add(element.text)
        else:
            if tag in _BLOCKS:
                blocks.pop()
            if element is not root:
                add(element.tail)
    end_line()
    return lines


def join_texts(lines: Sequence[HtmlLine]) -> str:
    """Join the texts of lines to one.

    Parameters
    ----------
    lines : sequence of HtmlLine
        May be empty.

    Returns
    -------
    str
        With a space between.
    """
    return " ".join(line.text for line in lines if line.text)
