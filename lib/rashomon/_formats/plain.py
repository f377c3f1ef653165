"""Read plain text: one article a file, or one text a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon._reading.decoding import UnreadableError, decode, parse_line
from rashomon._reading.records import Format, InputFile, Item, Record, Reject

_LINE_END = re.compile(r"\r\n|[\n\r]")
_JSON_ENDINGS = (".jsonl", ".ndjson", ".json")


def read_text(file: InputFile) -> Iterator[Item]:
    """Read a file of plain text or Markdown as one article.

    Parameters
    ----------
    file : InputFile
        Any text file.

    Yields
    ------
    Record
        Its raw text is the decoded file, unchanged but for a byte-order mark.

    Raises
    ------
    UnreadableError
        When the bytes are no text, or there is nothing in it.
    """
    text, encoding = decode(file.read())
    if not text.strip():
        raise UnreadableError("empty: no text in it", "leave it out")
    yield Record(text, encoding)


def read_lines(file: InputFile) -> Iterator[Item]:
    """Read each line as a text of its own; of JSON lines the `text`, named by the `id`.

    Parameters
    ----------
    file : InputFile
        A text file, or JSON lines.

    Yields
    ------
    Record or Reject
        In file order, the line as position; a line that says it is JSON and is not is a reject.

    Raises
    ------
    UnreadableError
        When the bytes are no text.
    """
    text, encoding = decode(file.read())
    must_be_json = file.ending in _JSON_ENDINGS
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if not line.strip():
            continue
        try:
            content, name = parse_line(line, must_be_json=must_be_json)
        except UnreadableError as error:
            yield Reject(error.reason, error.action, number)
        else:
            yield Record(content, encoding, number, {"id": name or str(number)})


FORMATS = (
    Format("txt", (".txt", ".text", ""), read_text),
    Format("md", (".md", ".markdown"), read_text),
)
