"""Read the DOCX files of Nexis Uni and Lexis Advance: many articles after a cover page, or one a file.

An article begins with a bookmark, a title with the level or style of a heading, the end mark of the article
before; it has a date line under the outlet, and labeled fields. No one of these is always there, and each can
stand elsewhere: a text may quote *End of Document*. So a beginning needs three signs.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rashomon._formats.export_lines import check_count, is_rights_line, make_record
from rashomon._formats.nexis_articles import read_article
from rashomon._formats.nexis_labels import (
    BODY_HEADINGS,
    NUMBER_LINE,
    find_date_line,
    is_end_marker,
    label_kind,
)
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject

MAX_XML_BYTES = 100_000_000  # unpacked; 500 articles have a fifth of it

_MAIN = "word/document.xml"
_LINKS = "word/_rels/document.xml.rels"
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)
_AGAIN = "download it again, or open it in a word processor and save it again as .docx"
_TITLE_BOOKMARK = re.compile(r"_?(?:bookmark|doc(?:ument)?)_?\d+", re.IGNORECASE)
_OWN_BOOKMARKS = frozenset({"_goback"})  # of word processors
_TITLE_STYLE = re.compile(r"(?:heading|ü?berschrift|titre|título|titolo|kop)_?\s?1|title", re.IGNORECASE)
_DECLARED = re.compile(
    r"(?:documents?|dokumente?|documentos?|documenti|documenten)\s?\((?P<n>\d[\d.,]*)\)", re.IGNORECASE
)
_JOB = re.compile(r"(?:job number|auftragsnummer|numéro de t[âa]che|número de trabajo)\s?:", re.IGNORECASE)
_TAIL_FIELDS = ("language", "other")
_NEEDED = 3  # signs
_WINDOW = 25  # paragraphs in which the head of an article ends
_MAX_COVER_HEAD = 12  # paragraphs in which a cover page says that it is one
_MAX_LABELS = 2  # labeled fields that count as signs
_SIGNS = (
    rb"Job Number:|Auftragsnummer:", rb"Documents? ?\(\d+\)|Dokumente? ?\(\d+\)|Documentos ?\(\d+\)",
    rb"End of Document|Ende des Dokuments|Fin du document|Fin del documento", rb">Load-Date:",
    rb">(?:Length|L\xc3\xa4nge|Longueur|Longitud):", rb'name="Body"', rb'name="Bookmark_\d',
    rb"advance\.lexis\.com", rb"Copyright (?:19|20)\d\d",
)  # fmt: skip
_HEAD_XML = 1_000_000  # bytes of unpacked XML that are looked at to recognize a file


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[str, ...]
    bookmarks: tuple[str, ...]
    is_title: bool
    links: tuple[str, ...]
    ends_section: bool

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def read_nexis_docx(file: InputFile) -> Iterator[Item]:
    """Read a DOCX file of Nexis Uni or Lexis Advance.

    Parameters
    ----------
    file : InputFile
        Of one article or many.

    Yields
    ------
    Record, Reject or Note
        One an article; a reject also when the cover page promises another number, a note of what is left out.

    Raises
    ------
    UnreadableError
        When it is no DOCX file, or there is no article in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            if archive.getinfo(_MAIN).file_size > MAX_XML_BYTES:
                raise UnreadableError(
                    f"too large: more than {MAX_XML_BYTES:,} bytes unpacked", "export fewer articles"
                )
            paragraphs = list(_read_paragraphs(archive.read(_MAIN)))
            targets = _read_targets(archive)
    except KeyError as error:
        raise UnreadableError("not a DOCX document: it has no text", _AGAIN) from error
    except _BROKEN as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("not a DOCX document, or broken", _AGAIN) from error
    yield from _read(paragraphs, targets)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _read_paragraphs(xml: bytes) -> Iterator[_Paragraph]:
    """Read the paragraphs as they end, those of tables and text boxes too, a box's fallback never."""
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
    )
    in_fallback = 0
    try:
        for event, element in events:
            name = _name(element)
            if name == "Fallback":
                in_fallback += 1 if event == "start" else -1
            if event == "end" and name == "p" and not in_fallback:
                yield _make_paragraph(element)
            if event == "end" and name in ("p", "tbl", "Fallback"):
                element.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableError("the document's XML is broken or cut off", _AGAIN) from error


def _make_paragraph(paragraph: Any) -> _Paragraph:
    pieces: list[str] = []
    bookmarks: list[str] = []
    links: list[str] = []
    is_title = ends_section = False
    for element in paragraph.iter():
        name = _name(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("br", "cr"):
            pieces.append("\n")
        elif name == "tab":
            pieces.append(" ")
        elif name == "bookmarkStart":
            bookmarks.append(_value(element, "name"))
        elif name == "hyperlink":
            links.append(_value(element, "id"))
        elif name == "sectPr":
            ends_section = True
        elif name == "outlineLvl":
            is_title = is_title or _value(element, "val") == "0"
        elif name == "pStyle":
            is_title = is_title or bool(_TITLE_STYLE.fullmatch(_value(element, "val")))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return _Paragraph(tuple(filter(None, lines)), tuple(bookmarks), is_title, tuple(links), ends_section)


def _read_targets(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Read where the links of the document lead; none when the part is missing or broken."""
    from lxml import etree

    try:
        if archive.getinfo(_LINKS).file_size > MAX_XML_BYTES:
            return {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(archive.read(_LINKS), parser)
    except (KeyError, etree.XMLSyntaxError):
        return {}
    return {str(link.get("Id", "")): str(link.get("Target", "")) for link in root}


def _find_starts(paragraphs: Sequence[_Paragraph], marks: Sequence[bool]) -> list[int]:
    """Find the first paragraph of each article; `marks` are bookmarks and breaks just before."""
    starts: list[int] = []
    has_cover = any(
        _DECLARED.fullmatch(each.text) or _JOB.match(each.text) for each in paragraphs[:_MAX_COVER_HEAD]
    )
    for i, paragraph in enumerate(paragraphs):
        after_end = not has_cover if i == 0 else is_end_marker(paragraphs[i - 1].text)
        is_numbered = bool(NUMBER_LINE.fullmatch(paragraph.text))
        is_marked = (
            marks[i] or is_numbered or any(_TITLE_BOOKMARK.fullmatch(name) for name in paragraph.bookmarks)
        )
        continues = i > 0 and paragraph.is_title and paragraphs[i - 1].is_title and not is_marked
        is_field, was_field = (label_kind(paragraphs[max(at, 0)].text) in _TAIL_FIELDS for at in (i, i - 1))
        after_tail = was_field and not is_field
        can_start = after_end or after_tail or is_marked or paragraph.is_title
        continues = continues or (
            i - 1 in starts[-1:] and bool(NUMBER_LINE.fullmatch(paragraphs[i - 1].text))
        )
        if continues or not can_start or is_end_marker(paragraph.text):
            continue
        window = _window(paragraphs, marks, i)
        has_date = find_date_line([each.lines for each in window]) is not None
        after_end = after_end or (after_tail and has_date)
        signs = after_end + is_marked + paragraph.is_title + has_date + _count_labels(window)
        if signs >= _NEEDED:
            starts.append(i)
    return starts


def _window(paragraphs: Sequence[_Paragraph], marks: Sequence[bool], i: int) -> Sequence[_Paragraph]:
    """Give the paragraphs that can be the head of an article that begins at `i`."""
    end = i + 1
    while end < min(i + _WINDOW, len(paragraphs)):
        text = paragraphs[end].text
        is_other = marks[end] or (paragraphs[end].is_title and not paragraphs[end - 1].is_title)
        if is_other or is_end_marker(text) or NUMBER_LINE.fullmatch(text):
            break
        end += 1
        if text.casefold() in BODY_HEADINGS:
            break
    return paragraphs[i:end]


def _count_labels(window: Sequence[_Paragraph]) -> int:
    kinds = {label_kind(each.text) or "rights" * is_rights_line(each.text) for each in window[1:]}
    if window[-1].text.casefold() in BODY_HEADINGS:
        return _MAX_LABELS
    return min(len(kinds - {""}), _MAX_LABELS)


def _read(found: Sequence[_Paragraph], targets: Mapping[str, str]) -> Iterator[Item]:
    paragraphs: list[_Paragraph] = []
    marks: list[bool] = []
    is_marked = False
    for paragraph in found:
        names = [name for name in paragraph.bookmarks if name.lower() not in _OWN_BOOKMARKS]
        if paragraph.lines:
            paragraphs.append(paragraph)
            marks.append(is_marked)
        is_marked = paragraph.ends_section or (not paragraph.lines and (is_marked or bool(names)))
    starts = _find_starts(paragraphs, marks)
    if not starts:
        raise UnreadableError(
            "no article found in what looks like an export of Nexis", "export it again, or save it as .txt"
        )
    if starts[0]:
        yield Note(f"the cover page, {starts[0]:,} paragraphs, is no part of an article")
    for position, (start, end) in enumerate(zip(starts, [*starts[1:], len(paragraphs)], strict=True), 1):
        yield _read_one(paragraphs[start:end], targets, position)
    declared = 0
    for paragraph in paragraphs[: starts[0]]:
        match = _DECLARED.fullmatch(paragraph.text)
        declared += int(re.sub(r"\D", "", match["n"])) if match else 0
    yield from check_count(declared, len(starts))


def _read_one(paragraphs: Sequence[_Paragraph], targets: Mapping[str, str], position: int) -> Record | Reject:
    headings = frozenset(i for i, each in enumerate(paragraphs) if each.bookmarks and not each.is_title)
    n_title = next((i for i, each in enumerate(paragraphs) if not each.is_title), len(paragraphs))
    chunks = [each.lines for each in paragraphs]
    lines, fields = read_article(chunks, n_title=max(n_title, 1), headings=headings)
    url = next((targets[link] for link in paragraphs[0].links if link in targets), "")
    content = re.search(r"contentItem(?::|%3A)([\w-]+)", url, re.IGNORECASE)
    fields |= {"url": url, "id": content[1] if content else ""}
    return make_record(lines, fields, encoding="utf-8", position=position)


def _recognizes(head: bytes) -> bool:
    """Look into the beginning of the document's own part, wherever it begins within the first bytes."""
    for header in re.finditer(rb"PK\x03\x04.{22}(..)(..)" + _MAIN.encode(), head, re.DOTALL):
        start = header.end() + int.from_bytes(header[2], "little")
        try:
            xml = zlib.decompressobj(-15).decompress(head[start:], _HEAD_XML)
        except zlib.error:
            xml = head[start:]
        return sum(bool(re.search(sign, xml)) for sign in _SIGNS) >= 2
    return False


FORMATS = (Format("Nexis DOCX", (".docx",), read_nexis_docx, _recognizes, ("lxml",)),)
