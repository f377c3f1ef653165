"""Read JSON: a list of articles, an object that holds one somewhere, one article, or an object a line.

Numbers stay as they are written, and a name that stands twice in an object names two values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TextIO

from rashomon._formats.column_names import fields_of, known_names, unique_names
from rashomon._formats.columns import Row, read_rows
from rashomon._formats.nested import flatten
from rashomon._formats.streams import stream_text
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import MAX_FILE_BYTES, Format, InputFile, Item, Reject

MAX_RECORD = 20_000_000  # characters of one article in a list or on a line
_CHUNK = 1 << 16
_LIST_DEPTH = 4  # levels down to which a list of articles is looked for
_LOOKED_AT = 20  # members of a list that tell what it lists
_MIN_PROSE = 40  # characters of a text at the top, beside a list of other things
_MEND = "write it again as JSON: a list of objects, each with its text under a name"


def _keep_all(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    return dict(zip(unique_names(name for name, _ in pairs), (value for _, value in pairs), strict=True))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_keep_all,
    parse_int=str,
    parse_float=str,
    parse_constant=lambda name: None if name == "NaN" else name,  # what tables write for an empty cell
)


class _Source:
    """Values of a JSON text, one after the other, with no more of it in memory than the present one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._is_ended = False

    def _read_on(self) -> None:
        new = self._stream.read(max(_CHUNK, len(self._text) - self._at))
        self._is_ended = not new
        self._text = self._text[self._at :] + new
        self._at = 0

    def peek(self) -> str:
        while True:
            while self._at < len(self._text):
                if not self._text[self._at].isspace() and self._text[self._at] != "\ufeff":
                    return self._text[self._at]
                self._at += 1
            if self._is_ended:
                return ""
            self._read_on()

    def skip(self) -> None:
        self._at += 1

    def take(self, limit: int) -> Any:
        """Take the next value; a ValueError when there is none."""
        self.peek()  # past what stands between values
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise UnreadableError("JSON nested too deep", "give a list of articles") from error
            except ValueError:
                if self._is_ended:
                    raise
            else:
                if end < len(self._text) or self._is_ended:  # a number may go on
                    self._at = end
                    return value
            if len(self._text) - self._at > limit:
                raise UnreadableError(f"a value of more than {limit:,} characters, or broken JSON", _MEND)
            self._read_on()


def read_json(file: InputFile) -> Iterator[Item]:
    """Read a JSON file.

    Parameters
    ----------
    file : InputFile
        A list of articles may be of any length.

    Yields
    ------
    Note, Record, Metadata or Reject
        In the order of the file, the place in the list as position.

    Raises
    ------
    UnreadableError
        When it is no JSON, or nothing in it is an article.
    """
    stream, encoding = stream_text(file)
    with stream:
        source = _Source(stream)
        opening = source.peek()
        if opening == "[":
            source.skip()
            values = _members(source)
        elif opening == "{":
            first = _take_first(source)
            # More than one value: objects one below the other, as in JSON lines but for the line ends.
            values = chain([first], _following(source)) if source.peek() else iter(_articles_in(first))
        else:
            raise UnreadableError("not JSON: neither a list nor an object", _MEND)
        yield from read_rows(_rows_of(values), file, encoding=encoding)


def read_json_lines(file: InputFile) -> Iterator[Item]:
    """Read JSON lines: an article a line.

    Parameters
    ----------
    file : InputFile
        Of any length.

    Yields
    ------
    Note, Record, Metadata or Reject
        In the order of the file, the line as position.

    Raises
    ------
    UnreadableError
        When it is no text, or nothing in it is an article.
    """
    stream, encoding = stream_text(file)
    with stream:
        yield from read_rows(_rows_of_lines(stream), file, encoding=encoding)


def _take_first(source: _Source) -> dict[str, Any]:
    try:
        value: dict[str, Any] = source.take(MAX_FILE_BYTES)
    except ValueError as error:
        raise _broken(error) from error
    return value


def _broken(error: ValueError) -> UnreadableError:
    if isinstance(error, UnreadableError):
        return error
    return UnreadableError("broken JSON, or cut off", _MEND)


def _members(source: _Source) -> Iterator[Any]:
    if source.peek() == "]":
        return
    while True:
        try:
            yield source.take(MAX_RECORD)
        except ValueError as error:
            yield _lost_from_here(error)
            return
        mark = source.peek()
        source.skip()
        if mark == "]" and not source.peek():
            return
        if mark != ",":
            yield _lost_from_here(UnreadableError("broken JSON, or cut off", _MEND))
            return


def _following(source: _Source) -> Iterator[Any]:
    while mark := source.peek():
        if mark == ",":
            source.skip()
            continue
        try:
            yield source.take(MAX_RECORD)
        except ValueError as error:
            yield _lost_from_here(error)
            return


def _lost_from_here(error: ValueError) -> Reject:
    fault = _broken(error)
    return Reject(f"{fault.reason}; lost from this article to the end", fault.action)


def _rows_of(values: Iterator[Any]) -> Iterator[Row | Reject]:
    for position, value in enumerate(values, start=1):
        yield _row_of(value, position)


def _rows_of_lines(stream: TextIO) -> Iterator[Row | Reject]:
    position = 0
    while line := stream.readline(MAX_RECORD):
        position += 1
        if len(line) == MAX_RECORD and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = stream.readline(MAX_RECORD)
            yield Reject(f"a line of more than {MAX_RECORD:,} characters", _MEND, position)
        elif content := line.strip("\ufeff \t\r\n"):
            try:
                value = _DECODER.decode(content)
            except RecursionError:
                yield Reject("JSON nested too deep", "give a list of articles", position)
            except ValueError:
                yield Reject("the line is not JSON", 'give each line as {"id": …, "text": …}', position)
            else:
                yield _row_of(value, position)


def _row_of(value: Any, position: int) -> Row | Reject:
    if isinstance(value, Reject):
        return Reject(value.reason, value.action, position)
    if not isinstance(value, dict):
        return Reject("not an object with named values", _MEND, position)
    try:
        return Row(position, flatten(value))
    except UnreadableError as error:
        return Reject(error.reason, error.action, position)


def _articles_in(value: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """Find the articles in an object: what it lists, unless it is an article itself."""
    plain = {name: inner for name, inner in value.items() if isinstance(inner, str)}
    if any(fields_of(name).get("text") == 1 and len(text) >= _MIN_PROSE for name, text in plain.items()):
        return [value]
    best = max(_lists_in(value, 0), key=_worth, default=[value])
    return best if _worth(best) > (False, 1) else [value]


def _worth(records: Sequence[dict[str, Any]]) -> tuple[bool, int]:
    """Tell how much a list looks like one of articles: has it texts, how many names are known."""
    try:
        names = {name for record in records[:_LOOKED_AT] for name in flatten(record)}
    except UnreadableError:
        return False, 0
    return any("text" in fields_of(name) for name in names), known_names(names)


def _lists_in(value: Mapping[str, Any], depth: int) -> Iterator[list[dict[str, Any]]]:
    """Give every list of objects; objects by name, and columns by name, are lists, too."""
    inner = [member for member in value.values() if isinstance(member, dict)]
    if len(inner) == len(value) > 1:
        keys = list(inner[0])
        if all(list(column) == keys for column in inner) and known_names(value) > known_names(keys):
            yield [{name: column[key] for name, column in value.items()} for key in keys]
        elif not known_names(value):
            yield [{"id": name, **member} for name, member in value.items()]
    for member in value.values():
        if isinstance(member, list) and member and all(isinstance(each, dict) for each in member):
            yield member
        elif isinstance(member, dict) and depth < _LIST_DEPTH:
            yield from _lists_in(member, depth + 1)


def _has_lines(head: bytes) -> bool:
    """Tell JSON lines under another ending: the first line is an object, and another one begins below."""
    first, _, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not (first.startswith(b"{") and rest.lstrip().startswith(b"{")):
        return False
    try:
        return isinstance(_DECODER.decode(first.decode("utf-8", "replace").strip()), dict)
    except (ValueError, RecursionError):
        return False


FORMATS = (
    Format("jsonl", (".json",), read_json_lines, _has_lines, describes_others=True),
    Format("jsonl", (".jsonl", ".ndjson", ".jsonlines"), read_json_lines, describes_others=True),
    Format("json", (".json",), read_json, describes_others=True),
)
