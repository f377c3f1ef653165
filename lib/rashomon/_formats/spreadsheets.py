"""Read spreadsheets: every sheet of an XLSX file is a table with one article a row."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from rashomon._formats.column_names import unique_names
from rashomon._formats.columns import HEADER_ROWS, Row, find_header, read_rows
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Reject

MAX_UNPACKED = 500_000_000  # bytes of all parts of a workbook together
MAX_PARTS = 10_000
MAX_ROWS = 1_048_576  # of a sheet; the format itself allows no more
MAX_COLUMNS = 5_000
MAX_CELLS = 50_000_000  # of a sheet, with the empty ones to the left of a full one
FULL_CELL = 32_767  # characters; a cell holds no more, and programs cut without a word

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RESAVE = "open it and save it again as .xlsx, or as .csv"


def read_workbook(file: InputFile) -> Iterator[Item]:
    """Read the sheets of an XLSX workbook.

    Parameters
    ----------
    file : InputFile
        A workbook; of a formula the value counts that was saved with it.

    Yields
    ------
    Note, Record, Metadata or Reject
        In the order of the sheets, the place among all rows as position. A sheet that holds no articles is a
        reject when another one does.

    Raises
    ------
    UnreadableError
        When it is no workbook, passes a limit, or no sheet holds articles.
    """
    data = file.read()
    _check_archive(data)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    faults = (
        *(zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, OSError, EOFError),
        *(NotImplementedError, KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError),
    )  # what openpyxl raises on broken parts, the XML parser's own error being a SyntaxError
    n_rows = 0
    rejects: list[Reject] = []
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = book.worksheets
    except faults as error:
        raise UnreadableError("a broken workbook", _RESAVE) from error
    is_read = False
    for sheet in sheets:
        rows = _rows_of(sheet, faults)
        first = list(islice(rows, HEADER_ROWS))
        if not first:
            continue
        try:
            for item in _read_sheet(first, rows, file, sheet.title, n_rows):
                is_read = True
                yield item
                n_rows = max(n_rows, getattr(item, "position", None) or 0)
        except UnreadableError as error:
            where = "" if error.reason.endswith(f"{sheet.title!r}") else f"sheet {sheet.title!r}: "
            rejects.append(Reject(f"{where}{error.reason}", error.action))
    if not is_read:
        if rejects:
            raise UnreadableError(rejects[0].reason, rejects[0].action)
        raise UnreadableError("the workbook is empty", "leave it out")
    yield from rejects


def _check_archive(data: bytes) -> None:
    """Look at what the archive says it holds before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableError("a broken workbook: its archive cannot be opened", _RESAVE) from error
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("the workbook is encrypted", "save it without a password")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableError(
            f"too large: more than {MAX_UNPACKED:,} bytes or {MAX_PARTS:,} parts when unpacked",
            "save it as .csv",
        )
    if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
        raise UnreadableError("not a workbook", _RESAVE)


def _rows_of(sheet: Any, faults: tuple[type[Exception], ...]) -> Iterator[list[str] | str]:
    """Give the rows of a sheet that are not empty; as a string what breaks it off."""
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    n_cells = 0
    try:
        for n, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            n_cells += len(values)
            if n > MAX_ROWS or n_cells > MAX_CELLS:
                yield f"more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells"
                return
            cells = [_as_text(value) for value in values[:MAX_COLUMNS]]
            if any(cells):
                yield cells
    except faults:
        yield "the sheet is broken from here on"


def _read_sheet(
    first: list[list[str] | str], rows: Iterator[list[str] | str], file: InputFile, title: str, n_before: int
) -> Iterator[Item]:
    at = find_header([cells if isinstance(cells, list) else [] for cells in first])
    header = first[at]
    if isinstance(header, str):
        raise UnreadableError(header, _RESAVE)
    names = unique_names(header)
    full: list[int] = []

    def give_rows() -> Iterator[Row | Reject]:
        for position, cells in enumerate(chain(first[at + 1 :], rows), start=n_before + 1):
            if isinstance(cells, str):
                yield Reject(f"{cells}, in sheet {title!r}", _RESAVE, position)
            elif any(cells[len(names) :]):
                yield Reject(
                    f"more cells than the {len(names)} named columns, in sheet {title!r}",
                    "name every column in the first row",
                    position,
                )
            else:
                if any(len(cell) == FULL_CELL for cell in cells):
                    full.append(position)
                yield Row(position, dict(zip(names, cells, strict=False)))

    for item in read_rows(give_rows(), file, encoding="utf-8", names=names):
        yield Note(f"sheet {title!r}: {item.text}") if isinstance(item, Note) else item
    if full:
        shown = ", ".join(map(str, full[:20])) + (", …" if len(full) > 20 else "")
        yield Note(
            f"sheet {title!r}: a cell holds {FULL_CELL:,} characters, the most it can, in rows {shown}: "
            "the text was probably cut off"
        )


def _as_text(value: object) -> str:
    """Write a value as text: days and times as in ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value).strip()
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def read_old_workbook(file: InputFile) -> Iterator[Item]:
    """Say how to convert a spreadsheet that cannot be read.

    Parameters
    ----------
    file : InputFile
        A spreadsheet of another kind than XLSX.

    Yields
    ------
    Item
        Nothing.

    Raises
    ------
    UnreadableError
        Always.
    """
    raise UnreadableError(f"spreadsheets ending in {file.ending} are not read", _RESAVE)
    yield


def _is_archive(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


FORMATS = (
    Format("xlsx", (".xls",), read_workbook, _is_archive, ("openpyxl",), describes_others=True),
    Format("xlsx", (".xlsx", ".xlsm", ".xltx"), read_workbook, None, ("openpyxl",), describes_others=True),
    Format("spreadsheet", (".xls", ".xlsb", ".ods", ".numbers"), read_old_workbook),
)
