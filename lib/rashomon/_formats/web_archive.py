"""Read the pages in a web archive (WARC), as crawlers such as Common Crawl News write them.

The framing is read here, not by a library: a record that is cut off, or a broken stretch, must be told, and
what there is passes over both in silence.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject

MAX_PAGE_BYTES = 10_000_000  # unpacked
MAX_HEADERS = 1_000

_LINE_BYTES = 65_536
_STEP_BYTES = 1_000_000
_WITH_PAGE = {"response", "resource", "conversion"}  # the last is plain text made of a page
_HTML = ("text/html", "application/xhtml+xml")
_SNIFFED = 1_024  # bytes of a page without a declared type in which its markup begins
_GET_AGAIN = "get the file again"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A record of the archive: its headers, and its content when it may hold a page."""

    headers: dict[str, str]
    content: bytes
    is_too_large: bool = False


def read_warc(file: InputFile) -> Iterator[Item]:
    """Read the pages in a WARC file.

    Parameters
    ----------
    file : InputFile
        A web archive, unpacked; what is packed is unpacked as any packed file is.

    Yields
    ------
    Record, Reject or Note
        A record a page of HTML or text that was found (status 200), with its address and the time it was
        fetched; its position counts what was fetched, pages or not. A page without an article is a reject.
        The note counts what was passed over.

    Raises
    ------
    UnreadableError
        When it is no WARC file.
    """
    passed_over: Counter[str] = Counter()
    position = 0
    for entry in _read_entries(file):
        if isinstance(entry, Reject):
            yield replace(entry, position=position + 1)
            continue
        kind = entry.headers.get("warc-type", "").lower()
        if kind not in _WITH_PAGE:
            passed_over[f"{kind or 'nameless'} records"] += 1
            continue
        position += 1
        url = entry.headers.get("warc-target-uri", "").strip("<>")
        try:
            record = _read_page(entry, kind, url, passed_over)
        except UnreadableError as error:
            yield Reject(f"{url or 'a page without an address'}: {error.reason}", error.action, position)
            continue
        if record is not None:
            fields = {"retrieved": entry.headers.get("warc-date", ""), "url": url}
            stated = {name: value for name, value in fields.items() if value}
            yield replace(record, position=position, fields={**record.fields, **stated})
    if passed_over:
        yield Note("passed over: " + ", ".join(f"{n} {what}" for what, n in sorted(passed_over.items())))


def _read_entries(file: InputFile) -> Iterator[_Entry | Reject]:
    """Read the records one after the other; rejects tell of bytes that are none, and of an early end."""
    with file.open() as stream:
        n_read = 0
        while True:
            try:
                n_lost = _find_next(stream)
                if n_lost and not n_read:
                    raise UnreadableError("not a WARC file", _GET_AGAIN)
                if n_lost:
                    yield Reject(f"{n_lost:,} bytes before it belong to no record", _GET_AGAIN)
                entry = _read_entry(stream)
            except UnreadableError as error:
                if not n_read:
                    raise
                yield Reject(
                    f"{error.reason}; nothing after its first {n_read} records is read", error.action
                )
                return
            if entry is None:
                break
            n_read += not isinstance(entry, Reject)
            yield entry
    if not n_read:
        raise UnreadableError("empty: no record in it", "leave it out")


def _find_next(stream: BinaryIO) -> int:
    """Go to behind the line that begins the next record, and count the bytes on the way that say anything."""
    n_lost = 0
    while line := stream.readline(_LINE_BYTES):
        if line.startswith(b"WARC/"):
            break
        n_lost += len(line.strip())
    return n_lost


def _read_entry(stream: BinaryIO) -> _Entry | Reject | None:
    """Read a record from its second line on; None at the end of the file."""
    lines: list[bytes] = []
    while (line := stream.readline(_LINE_BYTES)).strip():
        lines.append(line)
        if len(lines) > MAX_HEADERS:
            raise UnreadableError(f"a record has more than {MAX_HEADERS:,} headers", _GET_AGAIN)
    if not line and not lines:
        return None
    headers = _parse_headers(lines)
    length = headers.get("content-length", "")
    if not (length.isdecimal() and len(length) < 16):
        return Reject(f"a record does not say its length: {length[:20]!r}", _GET_AGAIN)
    n_bytes = int(length)
    wanted = n_bytes if headers.get("warc-type", "").lower() in _WITH_PAGE else 0
    content = _read_exactly(stream, min(wanted, MAX_PAGE_BYTES))
    left = n_bytes - len(content)
    while left:
        left -= len(_read_exactly(stream, min(left, _STEP_BYTES)))
    return _Entry(headers, content, is_too_large=wanted > MAX_PAGE_BYTES)


def _read_exactly(stream: BinaryIO, n_bytes: int) -> bytes:
    data = stream.read(n_bytes)
    if len(data) < n_bytes:
        raise UnreadableError("cut off inside a record", _GET_AGAIN)
    return data


def _parse_headers(lines: list[bytes]) -> dict[str, str]:
    """Map names in small letters to values; of two of one name the first counts."""
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _read_page(entry: _Entry, kind: str, url: str, passed_over: Counter[str]) -> Record | None:
    """Read the page in a record; None, counted, when it is none."""
    headers, body = entry.headers, entry.content
    if kind == "response" and body.startswith(b"HTTP/"):
        head, body = _split_head(body)
        status = head[0].decode("latin-1").split(None, 2)[1:2]
        headers = _parse_headers(head[1:])
        if status != ["200"]:
            passed_over[
                f"pages of status {status[0] if status and status[0].isdecimal() else 'unknown'}"
            ] += 1
            return None
    declared, _, parameters = headers.get("content-type", "").partition(";")
    declared = declared.strip().lower()
    if declared and declared != "text/plain" and declared not in _HTML:
        passed_over["files that are no page"] += 1
        return None
    if entry.is_too_large:
        raise UnreadableError(f"too large: more than {MAX_PAGE_BYTES:,} bytes", "save the page itself")
    if entry.headers.get("warc-truncated"):
        passed_over["ends of pages that the crawler cut off"] += 1
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _join_chunks(body)
    body = _unpack(body, headers.get("content-encoding", "").lower())
    charset = (
        parameters.rpartition("charset=")[2].split(";")[0].strip("\"' ") if "charset=" in parameters else ""
    )
    if declared == "text/plain":
        text, encoding = decode(body, declared=charset)
        if not text.strip():
            raise UnreadableError("empty: no text in it", "leave it out")
        return Record(text, encoding)
    if not declared and b"<" not in body[:_SNIFFED]:
        passed_over["files that are no page"] += 1
        return None
    from rashomon._formats.pages import page_record

    record: Record = page_record(body, declared=charset, url=url)
    return record


def _split_head(block: bytes) -> tuple[list[bytes], bytes]:
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0]
    at, length = min(ends, default=(len(block), 0))
    return block[:at].splitlines(), block[at + length :]


def _join_chunks(body: bytes) -> bytes:
    """Join a body that was sent in chunks; one that the crawler has joined already comes back as it is."""
    joined: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\n", at, at + 100)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            n_bytes = int(size, 16)
        except ValueError:
            return b"".join(joined) if joined else body
        if n_bytes <= 0:
            break
        joined.append(body[end + 1 : end + 1 + n_bytes])
        at = end + 1 + n_bytes + 2
    return b"".join(joined)


def _unpack(body: bytes, encoding: str) -> bytes:
    """Undo the compression a page was sent in; many crawlers keep its name after they have undone it."""
    if not encoding or encoding == "identity" or body.lstrip()[:1] == b"<":
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise UnreadableError(f"packed in a way that is not read: {encoding[:20]}", "save the page itself")
    for bits in (47, -15):  # with a header of gzip or zlib, or without any
        unpacker = zlib.decompressobj(bits)
        try:
            data = unpacker.decompress(body, MAX_PAGE_BYTES + 1)
        except zlib.error:
            continue
        if len(data) > MAX_PAGE_BYTES:
            raise UnreadableError(f"too large: more than {MAX_PAGE_BYTES:,} bytes", "save the page itself")
        if not unpacker.eof:
            raise UnreadableError("cut off inside the page", "save the page itself")
        return data
    return body


FORMATS = (Format("warc", (".warc", ".wet"), read_warc, packages=("lxml", "trafilatura")),)
