"""Read exports of Europresse (Eureka) in HTML: an article element each, or in old files a publication's name.

The export names its parts by class: publication, header with section, day and page, title, authors, text,
certificate. A class alone is no article: two of the parts must be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rashomon._formats.export_lines import (
    ExportLine,
    HtmlLine,
    body_line,
    choose_blocks,
    decode_page,
    html_lines,
    is_rights_line,
    make_record,
    parse_export,
)
from rashomon._reading.dates import CALENDAR_WORDS
from rashomon._reading.days import read_day
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject

_OUTLET = frozenset({"docpublicationname", "rdp__docpublicationname"})
_HEADER = frozenset({"docheader", "rdp__docheader"})
_TITLE = frozenset({"titrearticlevisu", "rdp__articletitle", "grandtitre"})
_TITLE_BLOCK = frozenset({"titrearticle"})
_SUBTITLE = frozenset({"rdp__subtitle", "soustitrearticle", "soustitre"})
_AUTHOR = frozenset({"docauthors", "sm-margin-bottomnews"})
_TEXT = frozenset({"doctext", "dococurrcontainer"})
_NAMED = _OUTLET | _HEADER | _TITLE | _TITLE_BLOCK | _SUBTITLE | _AUTHOR
_PARTS = (_OUTLET, _HEADER, _TITLE | _TITLE_BLOCK, _TEXT)

_ID = re.compile(r"(?:news|web|publi|tv|twitter|biz)·\d{8}·[\w.-]+·[\w.·-]+")
_ISSUE = re.compile(r",\s*(?:no|n°|nº|nr|vol|num|#)\.?\s*\S.*$", re.IGNORECASE)
_PAGE = re.compile(r"(?:pp?|pages?|s)\.?\s?(?P<page>[\w*-]*\d[\w*,;\s-]*)", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,3}(?:[\s.,]\d{3})*|\d+) (?:mots|words|wörter|palabras|parole)\b", re.IGNORECASE)
_BY = re.compile(r"(?:par|by|von|por)\s+(?=\S)", re.IGNORECASE)
_PICTURES = re.compile(r"(?:illustration|photo|image|légende|caption)", re.IGNORECASE)
_SIGNS = (
    rb"DocPublicationName", rb"titreArticle", rb"DocHeader", rb"docOcurrContainer", rb"DocText",
    rb"ubliC_lblNodoc", rb"nouveau\.(?:eureka\.cc|europresse\.com)", rb"news\xc2\xb7\d{8}",
    rb"divPubliC",
)  # fmt: skip
_MAX_AUTHOR_WORDS = 25


def read_europresse(file: InputFile) -> Iterator[Item]:
    """Read an HTML export of Europresse.

    Parameters
    ----------
    file : InputFile
        As the database saves it.

    Yields
    ------
    Record, Reject or Note
        One an article; a note when one is in it twice.

    Raises
    ------
    UnreadableError
        When there is no article in it, or the page cannot be parsed.
    """
    text, encoding = decode_page(file.read())
    articles = _find_articles(parse_export(text))
    if not articles:
        raise UnreadableError(
            "no article found in what looks like an export of Europresse",
            "export it again, or save it as .txt",
        )
    ids: list[str] = []
    for position, lines in enumerate(articles, 1):
        record = _read_article(lines, encoding, position)
        if isinstance(record, Record):
            ids.append(record.fields.get("id", ""))
        yield record
    repeated = sorted({name for name in ids if name and ids.count(name) > 1})
    if repeated:
        yield Note(f"{len(repeated):,} articles are more than once in the export, the first is {repeated[0]}")


def _find_articles(root: Any) -> list[list[HtmlLine]]:
    """Find the articles; in old files, which have none, what is under each publication's name."""
    blocks = {each: [line for line in html_lines(each) if line.text] for each in root.iter("article")}
    articles = [blocks[each] for each in choose_blocks([each for each in blocks if _has_parts(blocks[each])])]
    if articles:
        return articles
    found: list[list[HtmlLine]] = []
    was_outlet = False
    lines = [line for line in html_lines(root) if line.text]
    for line, names in zip(lines, _name_lines(lines), strict=True):
        is_outlet = bool(_OUTLET & names)
        if is_outlet and not was_outlet:
            found.append([])
        if found:
            found[-1].append(line)
        was_outlet = is_outlet
    return [lines for lines in found if _has_parts(lines)]


def _name_lines(lines: Sequence[HtmlLine]) -> list[set[str]]:
    """Name the classes around each line, and of spans that are the line, or begin it as a header."""
    named: list[set[str]] = []
    spans: list[tuple[str, set[str]]] = []
    for i, line in enumerate(lines):
        if i == 0 or line.block is not lines[i - 1].block:
            classes = (
                (element, str(element.get("class") or "").lower()) for element in line.block.iterdescendants()
            )
            marked = ((element, set(names.split()) & _NAMED) for element, names in classes if names)
            spans = [(_text_of(element), names) for element, names in marked if names]
        names = {name.lower() for name in line.classes()}
        for text, own in spans:
            if text == line.text or (own & _HEADER and line.text.startswith(text)):
                names |= own
        named.append(names)
    return named


def _text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _has_parts(lines: Sequence[HtmlLine]) -> bool:
    names = {name for each in _name_lines(lines) for name in each}
    return sum(bool(names & part) for part in _PARTS) >= 2


def _around(line: HtmlLine) -> str:
    """Name the part of the article element that a line stands in."""
    for element in (line.block, *line.block.iterancestors()):
        if element.tag in ("header", "section", "aside", "footer"):
            return str(element.tag)
    return ""


def _read_article(lines: Sequence[HtmlLine], encoding: str, position: int) -> Record | Reject:
    names = _name_lines(lines)
    title_at = [i for i, each in enumerate(names) if each & _TITLE]
    if not title_at:  # the block of the title holds the section too
        title_at = [
            i for i, each in enumerate(names) if each & _TITLE_BLOCK and "sm-margin-bottom" not in each
        ]
    text_at = [i for i, line in enumerate(lines) if names[i] & _TEXT or _around(line) == "section"] or [
        i for i, line in enumerate(lines) if not _around(line) and i > max(title_at, default=-1)
    ]
    fields = {"provider": "Europresse", "title": " ".join(lines[i].text for i in title_at)}
    # Only old files have copyright and number in the same block as the text.
    unparted = [i for i in text_at if not _around(lines[i])]
    foot = next(
        (i for i in unparted if is_rights_line(lines[i].text) or _ID.search(lines[i].text)), len(lines)
    )
    read: list[ExportLine] = []
    in_pictures = False
    for i, line in enumerate(lines):
        name, where = names[i], _around(line)
        if i in title_at:
            read.append(ExportLine(line.text, "headline"))
        elif name & _SUBTITLE:
            fields.setdefault("subtitle", line.text)
            read.append(ExportLine(line.text, "subheadline"))
        elif name & _OUTLET:
            fields.setdefault("outlet", _ISSUE.sub("", line.text).strip())
            read.append(ExportLine(line.text, "furniture"))
        elif name & _HEADER:
            fields |= {key: value for key, value in _read_header(line.text).items() if key not in fields}
            read.append(ExportLine(line.text, "date_line"))
        elif _is_author(line, name, after_title=bool(title_at) and i > title_at[-1] and where == "header"):
            fields.setdefault("author", _BY.sub("", line.text, count=1))
            read.append(ExportLine(line.text, "byline"))
        elif i in text_at and i < foot and where not in ("header", "aside", "footer"):
            read.append(body_line(line.text))
        elif where == "aside":
            is_label = line.text.rstrip().endswith(":")
            in_pictures = bool(_PICTURES.match(line.text)) if is_label else in_pictures
            read.append(ExportLine(line.text, "caption" if in_pictures and not is_label else "furniture"))
        else:
            _read_foot(line.text, fields)
            is_open = where == "header" and bool(title_at) and i > title_at[-1]  # a lead that has no class
            read.append(ExportLine(line.text, "" if is_open else "furniture"))
    return make_record(read, fields, encoding=encoding, position=position)


def _is_author(line: HtmlLine, names: set[str], *, after_title: bool) -> bool:
    if len(line.text.split()) > _MAX_AUTHOR_WORDS:
        return False
    return bool(names & _AUTHOR) or after_title


def _read_header(text: str) -> dict[str, str]:
    """Read section, day and page, which stand in any order: *Politique, mardi 14 mars 2006, p. 12*."""
    parts = [part.strip() for part in text.split(",")]
    for length in (1, 2, 3):
        for at in range(len(parts) - length + 1):
            day = ", ".join(parts[at : at + length])
            if read_day(day):
                rest = parts[:at], parts[at + length :]
                pages = [match["page"] for part in (*rest[1], *rest[0]) if (match := _PAGE.fullmatch(part))]
                section = [part for part in rest[0] if part and not _PAGE.fullmatch(part)]
                if section and section[-1].casefold() in CALENDAR_WORDS:
                    section.pop()
                words = _LENGTH.search(text)
                return {
                    "published": day,
                    "section": ", ".join(section),
                    "page": pages[0] if pages else "",
                    "length_declared": re.sub(r"\D", "", words[1]) if words else "",
                }
    return {}


def _read_foot(text: str, fields: dict[str, str]) -> None:
    match = _ID.search(text)
    if match:
        fields.setdefault("id", match[0])
    if is_rights_line(text):
        fields.setdefault("rights", text)


def _recognizes(head: bytes) -> bool:
    head = head.replace(b"\0", b"")
    return sum(bool(re.search(sign, head)) for sign in _SIGNS) >= 2


FORMATS = (Format("Europresse HTML", (".html", ".htm", ".xhtml"), read_europresse, _recognizes, ("lxml",)),)
