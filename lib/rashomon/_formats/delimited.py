"""Read tables of text (CSV, TSV, with semicolons), row by row, whatever is broken in them.

One broken row is one reject. After it, rows are read only when they look like the good rows before: a line
of prose that happens to have the right number of commas is no row.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TextIO

from rashomon._formats.column_names import known_names, unique_names
from rashomon._formats.columns import Row, find_header, read_rows
from rashomon._formats.streams import UNKNOWN, stream_text
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject

MAX_ROW = 5_000_000  # characters of one row
MAX_COLUMNS = 5_000
MAX_BREAKS = 200  # broken quotation marks; the lines that each swallowed are read again

_HEAD_LINES, _HEAD_CHARACTERS, _HEAD_BREAKS = 300, 500_000, 20  # looked at to tell how the table is written
_SEPARATOR = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_DELIMITERS = ",;\t|"
_SPACED: Mapping[str, Any] = {"skipinitialspace": True}
_ESCAPED: Mapping[str, Any] = {"escapechar": "\\", "doublequote": False}
_UNQUOTED: Mapping[str, Any] = {"quoting": csv.QUOTE_NONE, "quotechar": None}
_MAX_FIELD = 2**31 - 1
_MEND = "write quotation marks inside a cell twice, or save the table as .xlsx"

_QUOTE, _LONG = "quote", "long"

_MODEL_ROWS = 100  # good rows that tell what a row looks like
_ROWS_PER_SHAPE = 3  # so that three short titles do not yet have a shape
_MAX_SHAPES = 3  # of the cells of a column that has a shape
_MAX_SHAPED = 80  # characters of a cell that has a shape
_ENOUGH = 5  # rows of the right number of cells in succession, which prose does not give
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://\S+")


class _TooLongError(Exception):
    """A row passes the limit."""


class _Lines(Iterator[str]):
    """The lines of a file, which can be put back, and those the present row has used."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self.used: list[str] = []
        self.n_used = 0  # characters
        self.number = 0  # of the line given last

    def look_ahead(self) -> list[str]:
        n = 0
        while len(self._waiting) < _HEAD_LINES and n < _HEAD_CHARACTERS:
            line = self._stream.readline(MAX_ROW)
            if not line:
                break
            n += len(line)
            self._waiting.append(line)
        return list(self._waiting)

    def __next__(self) -> str:
        line = self._take()
        if not line:
            raise StopIteration
        self.number += 1
        self.used.append(line)
        self.n_used += len(line)
        if self.n_used >= MAX_ROW:
            while len(self.used) == 1 and line and line[-1] not in "\r\n":  # the rest of this line
                line = self._take()
            raise _TooLongError
        return line.replace("\0", UNKNOWN) if "\0" in line else line

    def _take(self) -> str:
        return self._waiting.popleft() if self._waiting else self._stream.readline(MAX_ROW)

    def begin_row(self) -> None:
        self.used, self.n_used = [], 0

    def put_back(self, lines: Sequence[str]) -> None:
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A row as parsed: the number of its first line, that line, its cells, what is wrong with it."""

    first: int
    line: str
    cells: list[str]
    problem: str = ""


def read_delimited(file: InputFile) -> Iterator[Item]:
    """Read a table of text with one article a row.

    Parameters
    ----------
    file : InputFile
        Comma, semicolon, tab or bar between cells; of any length.

    Yields
    ------
    Note, Record, Metadata or Reject
        In the order of the file, the place among the rows as position.

    Raises
    ------
    UnreadableError
        When it is no text, has no rows, or no column tells of an article.
    """
    stream, encoding = stream_text(file)
    with stream:
        lines = _Lines(stream)
        head = lines.look_ahead()
        separator = _SEPARATOR.fullmatch(head[0]) if head else None
        if separator:
            next(lines)
        dialect, n_before = _choose_dialect("".join(head[bool(separator) :]), separator)
        parsed = _parse(lines, dialect)
        for _ in islice(parsed, n_before):
            pass
        header = next(parsed, None)
        if header is None or header.problem:
            raise UnreadableError("the table has no row that names its columns", _MEND)
        if len(header.cells) > MAX_COLUMNS:
            raise UnreadableError(f"more than {MAX_COLUMNS:,} columns", "check what stands between its cells")
        while not header.cells[-1].strip():
            header.cells.pop()
        if n_before:
            yield Note(f"the columns are named in line {header.first}; the lines before it are no rows")
        names = unique_names(header.cells)
        damaged = []
        for item in read_rows(_check(parsed, names), file, encoding=encoding, names=names):
            yield item
            if isinstance(item, Record) and UNKNOWN in item.raw:
                damaged.append(item.position)
    if damaged:
        shown = ", ".join(map(str, damaged[:20])) + (", …" if len(damaged) > 20 else "")
        yield Note(f"{UNKNOWN} stands for bytes that are no {encoding} text, in {len(damaged)} rows: {shown}")


def _choose_dialect(head: str, separator: re.Match[str] | None) -> tuple[Mapping[str, Any], int]:
    """Tell how a table is written: most rows have as many cells as the row of names, which it finds, too."""
    best = (-1.0, -1.0)
    choice: tuple[Mapping[str, Any], int] = ({}, 0)
    for delimiter in separator[1] if separator else _DELIMITERS:
        styles: list[Mapping[str, Any]] = [{}, _SPACED]  # the first one that fits as well as any other
        if '\\"' in head:
            styles.append(_ESCAPED)
        if delimiter in "\t|" and not re.search(rf'(?m)(?:^|\{delimiter})"[^"]*"(?:\{delimiter}|$)', head):
            styles.append(_UNQUOTED)
        for style in styles:
            dialect = {"delimiter": delimiter, "strict": True, **style}
            lines = _Lines(io.StringIO(head, newline=""))
            rows = list(islice(_parse(lines, dialect, _HEAD_BREAKS), _HEAD_LINES))
            at = find_header([row.cells for row in rows])
            names = rows[at].cells if rows else []
            below = rows[at + 1 :]
            n_full = sum(len(_cells_of(row, len(names))) == len(names) for row in below)
            share = (n_full + 1) / (len(below) + 1)
            if len(names) > 1:  # names that nobody knows are still more than one column
                score = (max(known_names(names), 0.5) * share, share)
            else:
                is_undivided = any(other in "".join(names) for other in _DELIMITERS)
                score = (0.0 if is_undivided else known_names(names) * share, share)
            if score > best:
                best, choice = score, (dialect, at)
    return choice


def _parse(lines: _Lines, dialect: Mapping[str, Any], max_breaks: int = MAX_BREAKS) -> Iterator[_Parsed]:
    """Parse rows. Where one is broken, go on in the line after its first; empty rows are left out."""
    reader = csv.reader(lines, **dialect)
    n_breaks = 0
    while n_breaks <= max_breaks:
        lines.begin_row()
        cells: list[str] = []
        problem = ""
        limit = csv.field_size_limit(_MAX_FIELD)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problem = _QUOTE
        except _TooLongError:
            problem = _QUOTE if len(lines.used) > 1 else _LONG
        finally:
            csv.field_size_limit(limit)
        parsed = _Parsed(lines.number - len(lines.used) + 1, lines.used[0], cells, problem)
        if problem == _QUOTE:
            n_breaks += 1
            lines.put_back(lines.used[1:])
        if problem or any(map(str.strip, cells)):
            yield parsed


def _check(parsed: Iterator[_Parsed], names: Sequence[str]) -> Iterator[Row | Reject]:
    """Give the rows that have a cell for each column; the others are rejects."""
    model = _Model()
    position = 0
    lost_from = 0  # the line in which a quotation mark was opened, until a row fits again
    for row in parsed:
        cells = _cells_of(row, len(names))
        is_full = len(cells) == len(names)
        if row.problem == _QUOTE:
            lost_from = lost_from or row.first
            model.doubt()
        elif is_full and model.accepts(cells, row.line, must_fit=lost_from > 0):
            if lost_from:
                position += 1
                yield _lose(lost_from, f"line {row.first - 1}", position)
                lost_from = 0
            position += 1
            yield Row(position, dict(zip(names, cells, strict=True)))
        else:
            model.doubt(is_full=is_full)
            if not lost_from:
                position += 1
                yield Reject(f"line {row.first}: {_fault_of(row, len(names), is_full)}", _MEND, position)
    if lost_from:
        yield _lose(lost_from, "the end", position + 1)


def _cells_of(row: _Parsed, n_columns: int) -> list[str]:
    """Give the cells of a row; empty ones to the right of the table are none."""
    return row.cells if any(row.cells[n_columns:]) else row.cells[:n_columns]


def _fault_of(row: _Parsed, n_columns: int, is_full: bool) -> str:
    if row.problem:
        return f"a row of more than {MAX_ROW:,} characters"
    if is_full:
        return "it follows a broken row and does not look like the rows before"
    return f"{len(row.cells)} cells in a table of {n_columns} columns"


def _lose(first: int, last: str, position: int) -> Reject:
    return Reject(
        f"line {first}: a quotation mark is not closed where its cell ends; lost from this line to {last}",
        _MEND,
        position,
    )


@dataclass(slots=True)
class _Model:
    """What the good rows have in common: the shapes of short cells, a quotation mark in front."""

    n_rows: int = 0
    shapes: dict[int, set[str]] = field(default_factory=dict)
    is_quoted: bool = True
    is_doubtful: bool = False
    n_full: int = 0  # rows in succession, while in doubt, that have a cell for each column

    def doubt(self, *, is_full: bool = False) -> None:
        self.is_doubtful = True
        self.n_full = self.n_full + 1 if is_full else 0

    def accepts(self, cells: Sequence[str], line: str, *, must_fit: bool) -> bool:
        if self.is_doubtful and self.n_full < _ENOUGH and not self._fits(cells, line, must_fit):
            return False
        self.is_doubtful, self.n_full = False, 0
        if self.n_rows < _MODEL_ROWS:
            self._learn(cells, line)
        return True

    def _fits(self, cells: Sequence[str], line: str, must_fit: bool) -> bool:
        """Compare with the good rows; where those do not tell what a row looks like, give `not must_fit`."""
        limit = min(_MAX_SHAPES, self.n_rows // _ROWS_PER_SHAPE)
        known = {i: shapes for i, shapes in self.shapes.items() if 0 < len(shapes) <= limit}
        if not known and not (self.is_quoted and self.n_rows >= _ROWS_PER_SHAPE):
            return not must_fit
        if self.is_quoted and not line.startswith('"'):
            return False
        return all(not cells[i] or _shape_of(cells[i]) in shapes for i, shapes in known.items())

    def _learn(self, cells: Sequence[str], line: str) -> None:
        for i, cell in enumerate(cells):
            if self.n_rows == 0:
                self.shapes[i] = set()
            if cell and i in self.shapes:
                self.shapes[i].add(_shape_of(cell))
                if len(self.shapes[i]) > _MAX_SHAPES or "" in self.shapes[i]:
                    del self.shapes[i]
        self.is_quoted = self.is_quoted and line.startswith('"')
        self.n_rows += 1


def _shape_of(cell: str) -> str:
    """Give what stands between the words of a short cell; empty for a long one."""
    if _ADDRESS.fullmatch(cell):
        return "address"
    return _WORD.sub("w", cell) if len(cell) <= _MAX_SHAPED else ""


FORMATS = (Format("table", (".csv", ".tsv", ".tab"), read_delimited, describes_others=True),)
