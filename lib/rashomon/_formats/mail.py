"""Read an e-mail as one article, and a page that a browser saved in the form of one (MHTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import Format, InputFile, Item, Note, Record, compose_text

MAX_MAIL_BYTES = 30_000_000  # with its attachments
MAX_PARTS = 1_000
MAX_HEADER_BYTES = 10_000  # of a header that is looked at; the parser's time grows with its square
MAX_DASHED_LINES = 50_000  # lines that may be the border of a part

_HEADER = re.compile(rb"(?:^|\n)(?:from|subject|date|mime-version|content-type|received):", re.IGNORECASE)
_LOOKED_AT = re.compile(rb"^(?:content-[a-z-]+|subject|from|date|message-id):.*(?:\n[ \t].*)*", re.I | re.M)
_SAVE_AS_TEXT = "save it as plain text (.txt), or leave it out"
# The standard library's parser takes any bytes; what it makes of them fails when it is asked for.
_BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


def read_mail(file: InputFile) -> Iterator[Item]:
    """Read an e-mail as one article.

    Parameters
    ----------
    file : InputFile
        An .eml file.

    Yields
    ------
    Record or Note
        Of the plain text, else of the HTML, with subject, sender and date. A note counts attachments.

    Raises
    ------
    UnreadableError
        When it is no e-mail, or has no text.
    """
    message, parts = _parse(file)
    plain = next((part for part in parts if part.get_content_type() == "text/plain" and _text_of(part)), None)
    html = next((part for part in parts if part.get_content_type() == "text/html"), None)
    fields = {
        "title": _header(message, "Subject"),
        "author": _sender(_header(message, "From")),
        "published": _header(message, "Date"),
        "id": _header(message, "Message-ID").strip("<>"),
    }
    fields = {name: value for name, value in fields.items() if value}
    if plain is not None:
        text, encoding = _decode(plain)
        raw, pins = compose_text(_unflow(plain, text), title=fields.get("title", ""))
        yield Record(raw, encoding, fields=fields, pins=pins)
    elif html is not None:
        record = _page_of(html)
        yield replace(record, fields={**record.fields, **fields})
    else:
        raise UnreadableError("an e-mail without text", "leave it out")
    n_attached = sum(part.get_filename() is not None for part in parts)
    if n_attached:
        yield Note(f"attachments left out: {n_attached}")


def read_mhtml(file: InputFile) -> Iterator[Item]:
    """Read a page saved as MHTML (.mht, .mhtml).

    Parameters
    ----------
    file : InputFile
        A page with its pictures and frames.

    Yields
    ------
    Record
        Of its first HTML, with its address and the day it was saved.

    Raises
    ------
    UnreadableError
        When there is no HTML, or no article in it.
    """
    message, parts = _parse(file)
    html = next((p for p in parts if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if html is None:
        raise UnreadableError("a saved page without HTML", "save the page again as HTML")
    url = _header(message, "Snapshot-Content-Location") or _header(html, "Content-Location")
    record = _page_of(html, url)
    saved = _header(message, "Date")
    yield replace(record, fields={**record.fields, **({"retrieved": saved} if saved else {})})


def _parse(file: InputFile) -> tuple[Message, list[Message]]:
    data = file.read(MAX_MAIL_BYTES)
    if not data.strip():
        raise UnreadableError("empty: no text in it", "leave it out")
    if not _HEADER.search(data[:65_536]):
        raise UnreadableError("not an e-mail: it has no headers", _SAVE_AS_TEXT)
    if data.count(b"\n--") > MAX_DASHED_LINES:
        raise UnreadableError(
            f"more than {MAX_DASHED_LINES:,} lines that begin with two dashes", _SAVE_AS_TEXT
        )
    if any(len(header[0]) > MAX_HEADER_BYTES for header in _LOOKED_AT.finditer(data)):
        raise UnreadableError(f"a header of more than {MAX_HEADER_BYTES:,} bytes", _SAVE_AS_TEXT)
    try:
        message = message_from_bytes(data)
        parts = _parts_of(message)
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise UnreadableError(f"broken e-mail: {error}", _SAVE_AS_TEXT) from error
    return message, parts


def _parts_of(message: Message) -> list[Message]:
    """List the parts of a message that hold content, not those of messages attached to it."""
    parts: list[Message] = []
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [each for each in part.get_payload() if isinstance(each, Message)]
        else:
            parts.append(part)
        if len(parts) > MAX_PARTS:
            raise UnreadableError(f"more than {MAX_PARTS:,} parts in it", _SAVE_AS_TEXT)
    return parts


def _header(message: Message, name: str) -> str:
    """Give a header as written, in one line, its encoded words decoded as far as they can be."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, *_BROKEN):
        pieces = [(str(value), None)]
    text, was_encoded = "", False
    for piece, charset in pieces:
        # White space counts beside an encoded word, and not between two of them.
        text += "" if was_encoded and charset else " "
        text += piece if isinstance(piece, str) else _decode_piece(piece, charset)
        was_encoded = charset is not None
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _decode_piece(piece: bytes, charset: str | None) -> str:
    for encoding in (charset, "utf-8"):
        try:
            return piece.decode(encoding or "ascii")
        except (LookupError, ValueError):
            continue
    return piece.decode("latin-1")


def _sender(value: str) -> str:
    name, address = parseaddr(value)
    return name or address or value


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _BROKEN as error:
        raise UnreadableError(f"broken e-mail: {error}", _SAVE_AS_TEXT) from error
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except _BROKEN:
        return ""


def _decode(part: Message) -> tuple[str, str]:
    return decode(_payload(part), declared=_charset(part))


def _text_of(part: Message) -> bool:
    return part.get_filename() is None and bool(_payload(part).strip())


def _page_of(part: Message, url: str = "") -> Record:
    from rashomon._formats.pages import page_record

    record: Record = page_record(_payload(part), declared=_charset(part), url=url)
    return record


def _unflow(part: Message, text: str) -> str:
    """Join the lines of format=flowed, whose lines go on after a space at their end (RFC 3676)."""
    if part.get_param("format") != "flowed":
        return text
    glue = "" if str(part.get_param("delsp")).lower() == "yes" else " "
    return re.sub(r"(?m)^((?!>|-- $).*?) \r?\n(?=[^\s>])", lambda line: line[1] + glue, text)


FORMATS = (
    Format("eml", (".eml",), read_mail, packages=()),
    Format("mhtml", (".mht", ".mhtml"), read_mhtml, packages=("lxml", "trafilatura")),
)
