"""Read exports of ProQuest: HTML, the e-mail that brings the same HTML, and text.

All three hold labeled fields: some over the text, the text under *Full text:*, more below. In HTML a label is
bold and an anchor stands before each article. In text there are lines of underscores or *Document 1 of 20*,
which an article can also hold; so a piece between two of them is an article only when its fields are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from rashomon._formats.export_lines import (
    ExportLine,
    body_line,
    check_count,
    decode_page,
    html_lines,
    make_record,
    parse_export,
)
from rashomon._reading.days import read_day
from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import Format, InputFile, Item, Record, Reject

_KINDS = {  # labels in the languages of the interface, without spaces
    "author": "author autor autores auteur auteurs verfasser",
    "info": "publicationinfo informacióndepublicación informationssurlapublication publikationsinfo",
    "abstract": "abstract resumen résumé zusammenfassung resumo",
    "text": "fulltext textocompleto texteintégral volltext textointegral",
    "title": "title título titre titel",
    "outlet": "publicationtitle títulodepublicación titredelapublication publikationstitel títulodapublicação"
    " titelderpublikation",
    "published": "publicationdate fechadepublicación datedepublication erscheinungsdatum datadepublicação"
    " publikationsdatum veröffentlichungsdatum",
    "page": "pages páginas seiten firstpage",
    "section": "section sección seção",
    "edition": "edition edición édition ausgabe",
    "language": "languageofpublication idiomadelapublicación languedelapublication sprachederpublikation"
    " languedepublication idiomadapublicação",
    "rights": "copyright",
    "id": "proquestdocumentid iddeldocumentodeproquest iddudocumentproquest proquest-dokument-id"
    " iddodocumentodoproquest",
    "url": "documenturl urldeldocumento urldudocument dokument-url urldodocumento",
    "other": "subject links location company/organization people publicationyear publisher placeofpublication"
    " countryofpublication publicationsubject issn e-issn eissn sourcetype documenttype lastupdated database"
    " identifier/keyword credit columnname column volume issue documentfeature classification doi year"
    " narrowsubject broadsubject supplement dateline materia ubicación sujet thema ort editor éditeur"
    " basededatos basededonnées datenbank",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_TAIL = frozenset({"id", "url", "outlet", "published", "other", "rights", "language"})
_BELOW = _TAIL | {"title", "page", "section", "edition", "author", "unknown"}
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n]{2,40}?)\s?:(?:\s+|$)(?P<value>.*)")
_RULE = re.compile(r"_{20,}|\*{20,}|-{40,}")
_NUMBER = re.compile(r"(?:Document|Documento|Dokument)\s+(\d+)\s+(?:of|de|von)\s+(\d+)")
_ANCHOR = re.compile(r"DocID_\w*?(\d+)", re.IGNORECASE)
_NONE = re.compile(r"(?:none|not|no|nicht)\b.{0,20}(?:available|disponib\w+|verfügbar)\.?", re.IGNORECASE)
_INFO_DAY = re.compile(r"\b\d{1,2} [^\W\d_]{3,9}\.? \d{4}\b")
_LINK = re.compile(
    r"(?:ProQuest document link|Enlace al documento de ProQuest|Lien vers le document ProQuest)"
)
_SIGNS = (
    rb"DocID_\w*\d", rb"ProQuest document (?:link|ID)", rb"<title>ProQuest", rb"\b(?:www|search)\.proquest\.",
    rb"Your ProQuest Research", rb"noreply@proquest\.com", rb"Full text: ?<",
)  # fmt: skip
_MIN_LABELS = 2
_MAX_PARTS = 1_000
_NONE_FOUND = "no article found in what looks like an export of ProQuest"
_AGAIN = "export it again, or save the text as .txt"
_BROKEN_MAIL = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, the kind of its label, and whether it can part two articles."""

    text: str
    kind: str = ""
    is_mark: bool = False
    anchor: str = ""


def read_proquest_html(file: InputFile) -> Iterator[Item]:
    """Read an HTML export of ProQuest.

    Parameters
    ----------
    file : InputFile
        As the database saves it.

    Yields
    ------
    Record or Reject
        One an article.

    Raises
    ------
    UnreadableError
        When there is no article in it, or the page cannot be parsed.
    """
    text, encoding = decode_page(file.read())
    yield from _read(_lines_of_page(text), encoding)


def read_proquest_mail(file: InputFile) -> Iterator[Item]:
    """Read an e-mail that ProQuest sent, or one that forwards it.

    Parameters
    ----------
    file : InputFile
        With the articles as HTML, or as text.

    Yields
    ------
    Record or Reject
        One an article.

    Raises
    ------
    UnreadableError
        When there is no article in it, or it is broken.
    """
    try:
        parts = _parts_of(message_from_bytes(file.read()))
        pages = [_text_of(part) for part in parts if part.get_content_type() == "text/html"]
        plain = [_text_of(part) for part in parts if part.get_content_type() == "text/plain"]
    except _BROKEN_MAIL as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError("a broken e-mail", _AGAIN) from error
    lines = [line for text, _ in pages for line in _lines_of_page(text)]
    encoding = (pages or plain or [("", "utf-8")])[0][1]
    if not _find_articles(lines):
        lines = [line for text, _ in plain for line in _lines_of_text(text)]
    yield from _read(lines, encoding)


def read_proquest_text(file: InputFile) -> Iterator[Item]:
    """Read a text export of ProQuest.

    Parameters
    ----------
    file : InputFile
        Articles with lines of underscores between, or *Document 1 of 20* over each.

    Yields
    ------
    Record or Reject
        One an article; a reject also for numbers that are missing.

    Raises
    ------
    UnreadableError
        When there is no article in it.
    """
    text, encoding = decode(file.read())
    yield from _read(_lines_of_text(text), encoding)


def _parts_of(message: Message) -> list[Message]:
    parts, waiting = [], [message]
    while waiting:
        part = waiting.pop(0)
        inside = part.get_payload()
        if isinstance(inside, list):
            waiting[:0] = [each for each in inside if isinstance(each, Message)]
        else:
            parts.append(part)
        if len(parts) > _MAX_PARTS:
            raise UnreadableError(f"more than {_MAX_PARTS:,} parts in the e-mail", _AGAIN)
    return parts


def _text_of(part: Message) -> tuple[str, str]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", "utf-8"
    return decode(data, declared=part.get_content_charset() or "")


def _kind_of(label: str) -> str:
    return _KIND_OF.get("".join(label.casefold().split()), "")


def _lines_of_page(text: str) -> list[_Line]:
    root = parse_export(text)
    lengths: dict[str, str] = {}
    anchor = ""
    for element in root.iter("a", "text"):
        name = str(element.get("name") or element.get("id") or "")
        anchor = name if _ANCHOR.fullmatch(name) else anchor
        if element.tag == "text" and element.get("wordcount"):
            lengths.setdefault(anchor, str(element.get("wordcount")))
    lines = []
    for line in html_lines(root):
        label = line.lead.removesuffix(":").strip() if line.lead.endswith(":") else ""
        if _ANCHOR.fullmatch(line.anchor):
            lines.append(_Line(lengths.get(line.anchor, ""), is_mark=True, anchor=line.anchor))
        elif line.text:
            is_mark = bool(_RULE.fullmatch(line.text) or _NUMBER.fullmatch(line.text))
            lines.append(_Line(line.text, (_kind_of(label) or "unknown") if label else "", is_mark))
    return lines


def _lines_of_text(text: str) -> list[_Line]:
    """Take a label for one only at the beginning of a paragraph."""
    lines = []
    is_first = True
    for line in text.splitlines():
        bare = " ".join(line.split())
        match = _LABEL.match(bare) if is_first else None
        kind = _kind_of(match["label"]) if match else ""
        if bare:
            lines.append(_Line(bare, kind, bool(_RULE.fullmatch(bare) or _NUMBER.fullmatch(bare))))
        is_first = not bare or kind not in ("", "text", "abstract")
    return lines


def _find_articles(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Find the articles; a mark inside one, by the fields that are still to come, is a line of its text."""
    has_anchors = sum(bool(line.anchor) for line in lines) > 0
    pieces: list[list[_Line]] = [[]]
    for line in lines:
        if line.anchor or (line.is_mark and not has_anchors):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    articles: list[list[_Line]] = []
    is_open = False
    for piece in pieces:
        kinds = [line.kind for line in piece if line.kind]
        has_head = any(kind in ("text", "abstract", "author") for kind in kinds)
        if is_open and not has_head and not piece[0].anchor:
            articles[-1] += piece
        elif len(kinds) >= _MIN_LABELS or (piece and piece[0].anchor and piece[1:]):
            articles.append(piece)
        else:
            continue
        is_open = not any(line.kind in ("id", "url") for line in articles[-1]) and not has_anchors
    return articles


def _read(lines: Sequence[_Line], encoding: str) -> Iterator[Item]:
    articles = _find_articles(lines)
    if not articles:
        raise UnreadableError(_NONE_FOUND, _AGAIN)
    for position, article in enumerate(articles, 1):
        yield _read_article(article, encoding, position)
    numbers = [int(match[1]) for article in articles if (match := _NUMBER.fullmatch(article[0].text))]
    if len(numbers) > 1:
        yield from check_count(numbers[-1] - numbers[0] + 1, len(articles))


def _read_article(article: Sequence[_Line], encoding: str, position: int) -> Record | Reject:
    text_at = next((i for i, line in enumerate(article) if line.kind == "text"), -1)
    tail_at = _tail_of(article, text_at)
    read: list[ExportLine] = []
    fields = {"provider": "ProQuest"}
    first = article[0]
    if first.anchor:
        match = _ANCHOR.fullmatch(first.anchor)
        fields |= {"id": match[1] if match else "", "length_declared": first.text}
    within = ""
    has_text = text_at >= 0 and not _has_no_text(article, text_at, tail_at)
    for i, line in enumerate(article):
        if line.anchor:
            continue
        in_text = 0 <= text_at < i < tail_at
        if line.kind and not in_text:
            within = line.kind
            read += _read_field(line, fields, has_text=has_text)
        elif in_text:
            read.append(body_line(line.text) if has_text else ExportLine(line.text, "furniture"))
        elif within == "abstract":
            read.append(ExportLine(line.text, "furniture" if has_text else "snippet", "export_abstract"))
        elif not within and "title" not in fields and not line.is_mark and not _LINK.match(line.text):
            fields["title"] = line.text
            read.append(ExportLine(line.text, "headline"))
        else:
            if not within and "published" not in fields:
                _state_info(fields, line.text, outlet=False)
            read.append(ExportLine(line.text, "furniture"))
    return make_record(read, fields, encoding=encoding, position=position)


def _tail_of(article: Sequence[_Line], text_at: int) -> int:
    """Find where the fields under the text begin; one of them can go over two lines."""
    below = [i for i in range(text_at + 1, len(article)) if article[i].kind in _TAIL]
    at = below[-1] + 1 if below else len(article)
    while at > text_at + 1 and article[at - 1].kind in _BELOW:
        at -= 1
        if at > text_at + 2 and not article[at - 1].kind and article[at - 2].kind in _TAIL:
            at -= 1
    return at


def _has_no_text(article: Sequence[_Line], text_at: int, tail_at: int) -> bool:
    value = _value_of(article[text_at].text)
    return tail_at == text_at + 1 and (not value or bool(_NONE.fullmatch(value)))


def _value_of(text: str) -> str:
    match = _LABEL.match(text)
    return match["value"].strip() if match else text


def _read_field(line: _Line, fields: dict[str, str], *, has_text: bool) -> list[ExportLine]:
    value = _value_of(line.text)
    kind = line.kind
    if kind == "text":
        return [
            ExportLine(line.text.removesuffix(value), "furniture"),
            *([body_line(value)] if value and has_text else []),
        ]
    if kind == "abstract":
        zone = "furniture" if has_text or _NONE.fullmatch(value) else "snippet"
        return [ExportLine(line.text if zone == "furniture" else value, zone, "export_abstract")]
    if kind == "outlet":
        fields["outlet"] = value.split(";")[0].strip()
    elif kind == "info":
        _state_info(fields, value, outlet=True)
    elif kind == "published":
        fields["published"] = value
    elif kind == "title" and "title" not in fields:
        fields["title"] = value
        return [ExportLine(value, "headline")]
    elif kind not in ("other", "unknown", "title") and value:
        fields.setdefault(kind, value)
    return [ExportLine(line.text, {"author": "byline", "published": "date_line"}.get(kind, "furniture"))]


def _state_info(fields: dict[str, str], text: str, *, outlet: bool) -> None:
    """Take outlet and day from a citation; fields that say them alone come later and count more."""
    day = _INFO_DAY.search(text)
    if day and read_day(day[0]):
        fields.setdefault("published", day[0])
    if outlet:
        fields.setdefault("outlet", text.split(";")[0].strip())


def _recognizes_markup(head: bytes) -> bool:
    head = head.replace(b"\0", b"").replace(b"=\r\n", b"").replace(b"=\n", b"")
    return sum(bool(re.search(sign, head)) for sign in _SIGNS) >= 2


def _recognizes_text(head: bytes) -> bool:
    if b"ProQuest" not in head.replace(b"\0", b""):
        return False
    try:
        text, _ = decode(head[: len(head) - len(head) % 4])
    except UnreadableError:
        return False
    lines = _lines_of_text(text)
    labels = {line.kind for line in lines}
    marks = any(line.is_mark for line in lines)
    return (marks or "id" in labels) and len(
        labels & {"text", "title", "outlet", "published", "id", "url"}
    ) >= 4


FORMATS = (
    Format("ProQuest HTML", (".html", ".htm", ".xhtml"), read_proquest_html, _recognizes_markup, ("lxml",)),
    Format("ProQuest e-mail", (".eml",), read_proquest_mail, _recognizes_markup, ("lxml",)),
    Format("ProQuest text", (".txt",), read_proquest_text, _recognizes_text),
)
