"""Read a document of a word processor as one article: DOCX and ODT."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Record

MAX_XML_BYTES = 20_000_000  # of one part of a document; a book of a thousand pages has half as many

_SAVE_AGAIN = "open it in a word processor and save it again, or as .txt"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    IndexError,
    OverflowError,
    RuntimeError,
)
_HEADLINE_WITHIN = 3  # a first-level heading further down opens a section of a text whose title has no style
_OLE = b"\xd0\xcf\x11\xe0"  # how files of old word processors begin, and encrypted ones of new

# What stands beside the text or was taken out of it, and what the note about it is called.
_LEFT_OUT = {
    **dict.fromkeys(("del", "moveFrom", "deletion"), "tracked deletions"),
    **dict.fromkeys(("footnoteReference", "endnoteReference", "note"), "footnotes"),
    **dict.fromkeys(("commentReference", "annotation"), "comments"),
}
# Settings, codes of fields, spoken forms, descriptions of pictures, and second versions for older programs.
_NEVER = {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr", "instrText", "delText", "Fallback"}
_NEVER |= {"rt", "ruby-text", "title", "desc", "change-info", "forms", "sequence-decls"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "line-break": "\n"}
_SIGNS |= {"noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": "\N{SOFT HYPHEN}"}
_SPACES = re.compile(r"[ \t\r\n]+")
_MAX_SPACES = 8  # more are layout


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of a document and the name of its style in small letters, such as "heading 1"."""

    text: str
    style: str = ""


def read_docx(file: InputFile) -> Iterator[Item]:
    """Read a DOCX document as one article.

    Parameters
    ----------
    file : InputFile
        A document.

    Yields
    ------
    Record or Note
        A line a paragraph, empty ones too, and a row of a table, with tabs between its cells unless one holds
        several paragraphs; a text box follows what it hangs on. Pins for what has the style of a title or a
        heading. Notes count what is left out: footnotes, comments, tracked deletions, hidden passages.

    Raises
    ------
    UnreadableError
        When it is no document, or there is no text in it.

    Notes
    -----
    Headers and footers are left out. The properties of the file (title, creator, day of creation) are not
    taken: they tell of the file, which somebody made of an article, not of the article.
    """
    parts = _Package(file.read(), "a DOCX document")
    main = parts.find_main()
    styles = _docx_styles(parts.parse(main.rpartition("/")[0] + "/styles.xml", is_needed=False))
    walk = _Walk(styles, is_docx=True)
    walk.take_blocks(_body_of(parts.parse(main), "body"))
    yield from _compose(walk.paragraphs, walk.left_out)


def read_odt(file: InputFile) -> Iterator[Item]:
    """Read an ODT document as one article.

    Parameters
    ----------
    file : InputFile
        A document.

    Yields
    ------
    Record or Note
        As of a DOCX document.

    Raises
    ------
    UnreadableError
        When it is no document, or there is no text in it.
    """
    content = _Package(file.read(), "an ODT document").parse("content.xml")
    walk = _Walk(_odt_styles(content), is_docx=False)
    walk.take_blocks(_body_of(content, "text"))
    yield from _compose(walk.paragraphs, walk.left_out)


class _Package:
    """The parts of a document, which is a ZIP archive of XML files."""

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        if data.startswith(_OLE):
            raise UnreadableError(
                "an encrypted document, or one of an old word processor",
                "save it as .docx without a password",
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self._broken(error) from error

    def _broken(self, error: object) -> UnreadableError:
        what = (str(error) or type(error).__name__).splitlines()[0]
        return UnreadableError(f"not {self._what}, or broken: {what}", _SAVE_AGAIN)

    def parse(self, name: str, *, is_needed: bool = True) -> Any:
        """Parse a part; None when there is none and it is not needed."""
        from lxml import etree

        try:
            info = self._archive.getinfo(name)
        except KeyError as error:
            if not is_needed:
                return None
            raise self._broken(f"no {name} in it") from error
        if info.file_size > MAX_XML_BYTES:
            raise UnreadableError(
                f"too large: {name} in it has more than {MAX_XML_BYTES:,} bytes", "split it"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(self._archive.read(info), parser)
        except (*_BROKEN, etree.XMLSyntaxError) as error:
            raise self._broken(error) from error

    def find_main(self) -> str:
        """Find the part that holds the text: not every program calls it `word/document.xml`."""
        for relation in self.parse("_rels/.rels"):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        raise self._broken("no text in it")


def _name(element: Any) -> str:
    """Give the name of an element without its namespace, of which DOCX has two sets; a comment has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _body_of(root: Any, name: str) -> Any:
    return next((element for element in root.iter() if _name(element) == name), root)


def _docx_styles(root: Any) -> dict[str, str]:
    """Map the ids of styles, which are in the user's language, to names: their own, or that of their base."""
    own: dict[str, tuple[str, str]] = {}
    for style in root if root is not None else ():
        about = {_name(child): _attribute(child, "val") for child in style}
        own[_attribute(style, "styleId")] = (about.get("name", "").lower(), about.get("basedOn", ""))
    return {style: _resolve_style(style, own) for style in own}


def _odt_styles(root: Any) -> dict[str, str]:
    own = {}
    for style in root.iter("{*}style"):
        parent = _attribute(style, "parent-style-name")
        own[_attribute(style, "name")] = (_odt_style_name(parent), parent)
    return {style: _resolve_style(style, own) for style in own}


def _odt_style_name(style: str) -> str:
    return style.replace("_20_", " ").lower()


def _resolve_style(style: str, own: Mapping[str, tuple[str, str]]) -> str:
    seen: set[str] = set()
    first = own[style][0]
    while style in own and style not in seen:
        seen.add(style)
        name, style = own[style]
        if name in ("title", "subtitle") or name.startswith("heading "):
            return name
    return first


class _Walk:
    """A way through a document that collects its paragraphs."""

    def __init__(self, styles: Mapping[str, str], *, is_docx: bool) -> None:
        self._styles, self._is_docx = styles, is_docx
        self.paragraphs: list[_Paragraph] = []
        self.left_out: Counter[str] = Counter()

    def take_blocks(self, parent: Any) -> None:
        """Take every paragraph and row that stands in an element, at any depth."""
        for element in parent:
            name = _name(element)
            if name in _LEFT_OUT:
                self.left_out[_LEFT_OUT[name]] += 1
            elif name in ("p", "h"):
                self._take_paragraph(element)
            elif name in ("tr", "table-row"):
                self._take_row(element)
            elif name and name not in _NEVER:
                self.take_blocks(element)

    def _take_paragraph(self, element: Any) -> None:
        pieces: list[str] = []
        boxes: list[Any] = []
        self._take_inline(element, pieces, boxes)
        self.paragraphs.append(_Paragraph("".join(pieces).strip(), self._style_of(element)))
        for box in boxes:
            self.take_blocks(box)

    def _take_row(self, row: Any) -> None:
        cells = []
        for cell in row:
            if _name(cell) in _NEVER:
                continue
            inside = _Walk(self._styles, is_docx=self._is_docx)
            inside.take_blocks([cell] if _name(cell) in ("sdt", "customXml") else cell)
            cells.append([paragraph for paragraph in inside.paragraphs if paragraph.text])
            self.left_out += inside.left_out
        texts = [paragraph.text for cell in cells for paragraph in cell]
        if len(texts) > 1 and all(len(cell) <= 1 for cell in cells) and "\n" not in "".join(texts):
            self.paragraphs.append(
                _Paragraph("\t".join(cell[0].text if cell else "" for cell in cells).strip())
            )
        else:
            self.paragraphs += [paragraph for cell in cells for paragraph in cell]

    def _take_inline(self, element: Any, pieces: list[str], boxes: list[Any]) -> None:
        # In ODT any element holds text, with white space of no meaning; in DOCX only a `t` does.
        if not self._is_docx:
            pieces.append(_SPACES.sub(" ", element.text or ""))
        for child in element:
            name = _name(child)
            if name in _LEFT_OUT:
                self.left_out[_LEFT_OUT[name]] += 1
            elif name == "t":
                pieces.append(child.text or "")
            elif name in _SIGNS:
                pieces.append(_SIGNS[name])
            elif name == "s":
                pieces.append(" " * _number(_attribute(child, "c")))
            elif name in ("txbxContent", "text-box"):
                boxes.append(child)
            elif name == "r" and _is_hidden(child):
                self.left_out["hidden passages"] += 1
            elif name and name not in _NEVER:
                self._take_inline(child, pieces, boxes)
            if not self._is_docx:
                pieces.append(_SPACES.sub(" ", child.tail or ""))

    def _style_of(self, element: Any) -> str:
        if _name(element) == "h":
            return f"heading {_attribute(element, 'outline-level') or 1}"
        style = _attribute(element, "style-name")
        for properties in element:
            if _name(properties) == "pPr":
                style = next((_attribute(p, "val") for p in properties if _name(p) == "pStyle"), "")
        return self._styles.get(style, _odt_style_name(style))


def _is_hidden(run: Any) -> bool:
    marks = [
        p for properties in run if _name(properties) == "rPr" for p in properties if _name(p) == "vanish"
    ]
    return any(_attribute(mark, "val") not in ("0", "false", "off") for mark in marks)


def _number(text: str) -> int:
    return min(int(text), _MAX_SPACES) if text.isdecimal() else 1


def _compose(paragraphs: Sequence[_Paragraph], left_out: Mapping[str, int]) -> Iterator[Item]:
    """Make the one record of a document, with the zones that its styles state."""
    filled = [paragraph for paragraph in paragraphs if paragraph.text]
    if not filled:
        raise UnreadableError(
            "empty: no text in it", "leave it out, or run OCR when it is a picture of a text"
        )
    titles = [p for p in filled if p.style == "title"]
    titles += [p for p in filled[:_HEADLINE_WITHIN] if p.style == "heading 1"]
    raw, pins = "", []
    for paragraph in paragraphs:
        if paragraph.text:
            zone = _zone_of(paragraph, titles[0] if titles else None)
            if zone:
                pins.append((len(raw), len(raw) + len(paragraph.text), zone, "paragraph_style"))
        if raw or paragraph.text:
            raw += paragraph.text + "\n"
    yield Record(raw.rstrip("\n"), "utf-8", pins=tuple(pins))
    if left_out:
        yield Note("left out: " + ", ".join(f"{what}: {n}" for what, n in sorted(left_out.items())))


def _zone_of(paragraph: _Paragraph, headline: _Paragraph | None) -> str:
    if paragraph is headline:
        return "headline"
    if paragraph.style == "subtitle":
        return "subheadline"
    return "section_heading" if paragraph.style == "title" or paragraph.style.startswith("heading ") else ""


FORMATS = (
    Format("docx", (".docx", ".docm", ".dotx"), read_docx, packages=("lxml",)),
    Format("odt", (".odt", ".ott"), read_odt, packages=("lxml",)),
)
