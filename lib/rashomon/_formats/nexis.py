"""Read the older files of Nexis and Lexis: text and HTML, with a number over each article.

No sign of a beginning is trusted alone. A number line can be quoted in a text, or be missing; an anchor can
stand for a part of an article. So each is weighed with the number before it, the date and the labeled fields
below it, and the tail of an article above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rashomon._formats.export_lines import (
    check_count,
    decode_page,
    html_lines,
    is_rights_line,
    make_record,
    parse_export,
)
from rashomon._formats.nexis_articles import read_article
from rashomon._formats.nexis_labels import (
    NUMBER_LINE,
    Chunk,
    find_date_line,
    is_end_marker,
    label_kind,
)
from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject

_kind = partial(label_kind, capitals=True)
_find_date = partial(find_date_line, capitals=True)

_ANCHOR = re.compile(r"DOC_ID_(\d+)(?:_\d+)*", re.IGNORECASE)
_SELECTED = re.compile(
    r"(?:Selected Items|Ausgabeauftrag: Dokument\(?e?\)?|Documents? s[ée]lectionn[ée]s?)\s?:?\s*([\d,\s–-]+)"
)
_META_COUNT = re.compile(r"<meta\b[^<>]{0,300}?\bdocuments=\"?(\d+)", re.IGNORECASE)
_SIGNS = (rb"doc_id_\d", rb"<docfull>", rb"lxncomment", rb"<meta topic=", rb"\d of \d+ documents")
_NUMBER_SIGN = re.compile(rb"\d\s+(?:of|von|de|di|van|sur)\s+\d[\d.,]*(?:\s+DO[CK]UMENT|\s*[\r\n])")
_MAX_HEAD = 12  # chunks in which the labeled fields of a head begin
_MAX_WRAP, _MAX_LONG_SHARE = 100, 0.02  # characters; a file with more lines that are longer is not wrapped
_MAX_ERROR_WORDS = 60
_NONE_FOUND = "no article found in what looks like an export of Nexis"


@dataclass(frozen=True, slots=True)
class _Document:
    """The chunks of a file, the numbers in the anchors before some of them, and the declared count."""

    chunks: Sequence[Chunk]
    anchors: Mapping[int, int]
    declared: int


def read_nexis_text(file: InputFile) -> Iterator[Item]:
    """Read a text file of Nexis or Lexis.

    Parameters
    ----------
    file : InputFile
        `1 of 100 DOCUMENTS`, outlet, date, title, labeled fields, text.

    Yields
    ------
    Record, Reject or Note
        One an article; a reject also when articles are missing.

    Raises
    ------
    UnreadableError
        When there is no article in it.
    """
    text, encoding = decode(file.read())
    chunks = _chunk_text(text)
    yield from _read(_Document(chunks, {}, _declared(chunks)), encoding)


def read_nexis_html(file: InputFile) -> Iterator[Item]:
    """Read an HTML file of Nexis or Lexis.

    Parameters
    ----------
    file : InputFile
        The same as in text files, with an anchor before each article.

    Yields
    ------
    Record, Reject or Note
        One an article; a reject also when articles are missing.

    Raises
    ------
    UnreadableError
        When there is no article in it, or the page cannot be parsed.
    """
    text, encoding = decode_page(file.read())
    chunks: list[Chunk] = []
    anchors: dict[int, int] = {}
    block = None
    for line in html_lines(parse_export(text)):
        anchor = _ANCHOR.fullmatch(line.anchor)
        if anchor:
            anchors[len(chunks)] = int(anchor[1])
            block = None
        elif line.text and line.block is block:
            chunks[-1] = (*chunks[-1], line.text)
        elif line.text:
            chunks.append((line.text,))
            block = line.block
    counted = _META_COUNT.search(text)
    yield from _read(_Document(chunks, anchors, int(counted[1]) if counted else _declared(chunks)), encoding)


def _chunk_text(text: str) -> list[Chunk]:
    """Split a text at empty lines, and join the lines that were wrapped to its width."""
    lines = [line.rstrip() for line in text.splitlines()]
    n_long = sum(len(line) > _MAX_WRAP for line in lines)
    is_wrapped = n_long <= _MAX_LONG_SHARE * len(lines)  # an address of a page is longer than any line
    width = max((len(line) for line in lines if len(line) <= _MAX_WRAP), default=0) if is_wrapped else 0
    chunks: list[Chunk] = []
    chunk: list[str] = []
    for line in [*lines, ""]:
        bare = line.strip()
        if not bare:
            if chunk:
                chunks.append(tuple(_unwrap(chunk, width)))
            chunk = []
        else:
            chunk.append(line)
    return chunks


def _unwrap(lines: Sequence[str], width: int) -> Iterator[str]:
    """Join a line with the next one where its first word found no place on it: verses keep their lines."""
    joined = ""
    for i, line in enumerate(lines):
        bare = line.strip()
        joined = f"{joined} {bare}" if joined else bare
        next_word = lines[i + 1].split()[0] if i + 1 < len(lines) else ""
        is_indented = i + 1 < len(lines) and lines[i + 1][0].isspace()
        if not next_word or is_indented or width == 0 or len(line) + 1 + len(next_word) <= width:
            yield joined
            joined = ""


def _declared(chunks: Sequence[Chunk]) -> int:
    """Count the items that the cover says were asked for: 1-49 or 1,3-5."""
    for line in [line for chunk in chunks[:20] for line in chunk]:
        match = _SELECTED.search(line)
        if match:
            spans = re.findall(r"(\d+)(?:\s?[–-]\s?(\d+))?", match[1])
            return sum(int(last or first) - int(first) + 1 for first, last in spans)
    return 0


def _number_of(chunk: Chunk) -> tuple[int, int]:
    """Give the number of a document and of all; zeros when the chunk begins with no number line."""
    match = NUMBER_LINE.fullmatch(chunk[0])
    if match is None:
        return 0, 0
    n, of = (re.sub(r"\D", "", match[a] or match[b] or "") for a, b in (("n", "n2"), ("of", "of2")))
    return int(n or 0), int(of or 0)


def find_starts(chunks: Sequence[Chunk], anchors: Mapping[int, int]) -> list[int]:
    """Find where the articles of a file begin.

    Parameters
    ----------
    chunks : sequence of Chunk
        The file.
    anchors : mapping of int to int
        Chunk that follows an anchor to the number in the anchor's name.

    Returns
    -------
    list of int
        Chunks, in order.

    Examples
    --------
    >>> head = (("2 of 9 DOCUMENTS",), ("The Post",), ("May 2, 2024",), ("Ferry sinks",), ("LENGTH: 9 w.",))
    >>> find_starts([*head, ("All of them were saved.",), ("3 of 9 DOCUMENTS",), ("he read aloud.",)], {})
    [0]
    """
    starts: list[int] = []
    last_number = last_anchor = 0
    for i, chunk in enumerate(chunks):
        number, _ = _number_of(chunk)
        if not number and i not in anchors:
            continue
        window = _head_of(chunks, i, anchors)
        in_sequence = number > 0 and (number == last_number + 1 or number == 1 or not starts)
        has_date = _find_date(window) is not None
        has_labels = any(_kind(below[0]) in ("length", "body") for below in window)
        after_tail = i == 0 or is_tail_chunk(chunks[i - 1])
        is_part = anchors.get(i) == last_anchor and not number and not has_date
        signs = in_sequence + has_date + has_labels + after_tail
        if (i in anchors and not is_part) or (number and signs >= 2):
            starts.append(i)
            last_number = number or last_number + 1
            last_anchor = anchors.get(i, last_anchor)
    return _add_unmarked(chunks, starts)


def _head_of(chunks: Sequence[Chunk], i: int, anchors: Mapping[int, int]) -> Sequence[Chunk]:
    """Give the chunks that can be the head of an article that begins at `i`."""
    end = i + 1
    while end < min(i + _MAX_HEAD, len(chunks)) and end not in anchors:
        if _kind(chunks[end][0]) in ("language", "other") or any(_number_of(chunks[end])):
            break
        end += 1
    return chunks[i:end]


def is_tail_chunk(chunk: Chunk) -> bool:
    """Say whether a chunk can be the end of an article: a note of copyright or a field of its tail.

    Parameters
    ----------
    chunk : Chunk
        Any.

    Returns
    -------
    bool
        By its first lines.
    """
    kind = _kind(chunk[0])
    return any(map(is_rights_line, chunk)) or is_end_marker(chunk[0]) or kind in ("language", "other")


def _add_unmarked(chunks: Sequence[Chunk], starts: Sequence[int]) -> list[int]:
    """Add articles whose mark is missing: a whole head, with date and length, under the tail of another."""
    added = set(starts)
    for i in range(1, len(chunks)):
        if (
            i in added
            or not starts
            or i < starts[0]
            or is_tail_chunk(chunks[i])
            or not is_tail_chunk(chunks[i - 1])
        ):
            continue
        window = chunks[i : i + _MAX_HEAD]
        at = _find_date(window)
        above = max(start for start in starts if start <= i)
        if (
            at
            and _find_date(chunks[above:i])
            and any(_kind(below[0]) == "length" for below in window[at[0] :])
        ):
            added.add(i)
    return sorted(added)


def _read(document: _Document, encoding: str) -> Iterator[Item]:
    chunks = document.chunks
    starts = find_starts(chunks, document.anchors)
    if not starts:
        raise UnreadableError(_NONE_FOUND, "export it again, or save the text alone as .txt")
    for position, (start, end) in enumerate(zip(starts, [*starts[1:], len(chunks)], strict=True), 1):
        yield _read_one(chunks[start:end], encoding, position)
    numbers = [_number_of(chunks[start]) for start in starts]
    first, last, of = numbers[0][0], numbers[-1][0], numbers[-1][1]
    declared = document.declared or (last - first + 1 if last > first > 0 else 0)
    yield from check_count(declared, len(starts))
    if of and not document.declared and of != len(starts):
        yield Note(f"the database counts {of:,} documents; this file holds {first:,} to {last:,}")


def _read_one(chunks: Sequence[Chunk], encoding: str, position: int) -> Record | Reject:
    has_fields = _find_date(chunks) or any(_kind(chunk[0]) or is_tail_chunk(chunk) for chunk in chunks)
    if (
        not has_fields
        and len(" ".join(line for chunk in chunks for line in chunk).split()) <= _MAX_ERROR_WORDS
    ):
        return Reject(
            "the database gave no article, but a notice that it has none", "export it again", position
        )
    lines, fields = read_article(chunks)
    return make_record(lines, fields, encoding=encoding, position=position)


def _recognizes_text(head: bytes) -> bool:
    if not _NUMBER_SIGN.search(head.replace(b"\0", b"")):
        return False
    try:
        text, _ = decode(head[: len(head) - len(head) % 4])
    except UnreadableError:
        return False
    chunks = _chunk_text(text)
    starts = find_starts(chunks, {})
    return any(_find_date(chunks[i : i + _MAX_HEAD]) for i in starts)


def _recognizes_html(head: bytes) -> bool:
    head = head.replace(b"\0", b"").lower()
    return sum(bool(re.search(sign, head)) for sign in _SIGNS) >= 2


FORMATS = (
    Format("Nexis text", (".txt",), read_nexis_text, _recognizes_text),
    Format("Nexis HTML", (".html", ".htm", ".xhtml"), read_nexis_html, _recognizes_html, ("lxml",)),
)
