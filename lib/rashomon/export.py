"""Write tables for other programs: CSV for spreadsheets, JSON lines for scripts, Parquet for keeping.

Equal tables give equal bytes. Parquet holds every value exactly; CSV protects a reader's spreadsheet
from cells that would be run as formulas; JSON lines write exact amounts as the number they are.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import shutil
import uuid
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pandas as pd

Format = Literal["csv", "jsonl", "parquet"]
FORMATS: tuple[Format, ...] = ("jsonl", "csv", "parquet")

# The whole text of every article would make the CSV unreadable; it is in the Parquet file.
LEFT_OUT_OF_CSV = ("raw",)
MADE_OF = "made_of.json"  # in a folder of tables: what they were made of
# What a spreadsheet may run as a formula (OWASP, "CSV injection"); the wide forms count in East Asian
# editions. Leading apostrophes are included so that taking one away gives the text back.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# JSON allows these inside a text, but many readers end a line at them.
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def format_table(frame: pd.DataFrame, fmt: Format) -> str:
    r"""Write a table as text, row by row in its own order.

    Parameters
    ----------
    frame : DataFrame
        Any table.
    fmt : {"csv", "jsonl"}
        CSV: every text in quotation marks, unknown values empty, ``\n`` line ends; a text that a
        spreadsheet would run is preceded by an apostrophe; the column `raw` is left out.
        JSON lines: exact amounts as number literals, unknown and non-finite values as null.

    Returns
    -------
    str
        The table; it ends in a line end unless it is empty.

    Raises
    ------
    ValueError
        When the format is unknown or is not text.

    Examples
    --------
    >>> table = pd.DataFrame({"n": [1500], "who": ["=cmd()"]})
    >>> print(format_table(table, "csv"), end="")
    "n","who"
    1500,"'=cmd()"
    >>> print(format_table(table, "jsonl"), end="")
    {"n": 1500, "who": "=cmd()"}
    """
    if fmt == "csv":
        frame = frame[[name for name in frame.columns if name not in LEFT_OUT_OF_CSV]]
        lines = [",".join(_quote(str(name)) for name in frame.columns)]
        lines += [",".join(map(_csv_cell, row)) for row in _rows(frame)]
    elif fmt == "jsonl":
        keys = [json.dumps(str(name), ensure_ascii=False) for name in frame.columns]
        lines = [
            "{" + ", ".join(f"{key}: {_json_cell(cell)}" for key, cell in zip(keys, row, strict=True)) + "}"
            for row in _rows(frame)
        ]
    else:
        raise ValueError(f"no text format {fmt!r}; there are csv and jsonl")
    return "".join(f"{line}\n" for line in lines)


def encode_table(frame: pd.DataFrame, fmt: Format) -> bytes:
    r"""Write a table as the bytes of a file.

    Parameters
    ----------
    frame : DataFrame
        Any table.
    fmt : {"csv", "jsonl", "parquet"}
        As in `format_table`; Parquet keeps every column, exact amounts as their digits.

    Returns
    -------
    bytes
        UTF-8 for the text formats. Half a surrogate pair, which no encoding can hold, becomes its
        escape, ``\ud800``.

    Raises
    ------
    ValueError
        When the format is unknown.

    Examples
    --------
    >>> encode_table(pd.DataFrame({"n": [1]}), "csv")
    b'"n"\n1\n'
    """
    if fmt != "parquet":
        return format_table(frame, fmt).encode("utf-8", "backslashreplace")
    import pyarrow as pa
    import pyarrow.parquet as pq

    exact = frame.copy()
    for name in exact.columns:
        if exact[name].dtype == object:
            exact[name] = pd.Series([_text_or_none(v) for v in exact[name]], dtype="str", index=exact.index)
    try:
        arrow = pa.Table.from_pandas(exact, preserve_index=False)
    except UnicodeEncodeError:  # half a character somewhere; looking at every cell first would take longest
        for name in exact.columns:
            if str(exact[name].dtype) == "str":
                exact[name] = exact[name].map(_encodable).astype("str")
        arrow = pa.Table.from_pandas(exact, preserve_index=False)
    stream = io.BytesIO()
    pq.write_table(arrow, stream)
    return stream.getvalue()


def write_table(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a table to a file, in the format its ending names.

    Parameters
    ----------
    frame : DataFrame
        Any table.
    path : str or Path
        A file ending in ``.csv``, ``.jsonl`` or ``.parquet``; replaced when it is there.

    Raises
    ------
    ValueError
        When the ending names no format.

    Examples
    --------
    >>> write_table(pd.DataFrame({"n": [1]}), "table.xlsx")
    Traceback (most recent call last):
    ValueError: cannot write '.xlsx'; give a file ending in .jsonl, .csv or .parquet
    """
    target = Path(path)
    for fmt in FORMATS:
        if target.suffix.lower() == f".{fmt}":
            write_whole(target, encode_table(frame, fmt))
            return
    raise ValueError(f"cannot write {target.suffix!r}; give a file ending in .jsonl, .csv or .parquet")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file aside, then rename it: it is there whole or not at all.

    Parameters
    ----------
    path : Path
        The file; replaced when it is there.
    data : bytes
        All of it.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(data)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_folder(target: Path, tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> Path:
    """Write tables as a folder of Parquet files aside, then rename it: it is there whole or not at all.

    Parameters
    ----------
    target : Path
        The folder; replaced when it is there.
    tables : mapping of str to DataFrame
        Table by name.
    about : mapping
        What they were made of; written beside them as JSON.

    Returns
    -------
    Path
        The folder.
    """
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    aside.mkdir(parents=True)
    try:
        for name, table in tables.items():
            write_table(table, aside / f"{name}.parquet")
        (aside / MADE_OF).write_text(json.dumps(about, sort_keys=True), "utf-8")
        if target.exists():
            shutil.rmtree(target)
        aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def _rows(frame: pd.DataFrame) -> zip[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in frame.columns), strict=True)


def _is_unknown(cell: Any) -> bool:
    if isinstance(cell, Decimal):
        return not cell.is_finite()
    return cell is None or cell is pd.NA or (isinstance(cell, float) and not math.isfinite(cell))


def _csv_cell(cell: Any) -> str:
    if _is_unknown(cell):
        return ""
    if isinstance(cell, str):
        return _quote(f"'{cell}" if _FORMULA.match(cell) else cell)
    return str(cell)


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _json_cell(cell: Any) -> str:
    if _is_unknown(cell):
        return "null"
    if isinstance(cell, Decimal):
        return str(cell)
    return json.dumps(cell, ensure_ascii=False, default=str).translate(_LINE_ENDS)


def _text_or_none(cell: Any) -> str | None:
    return None if _is_unknown(cell) else _encodable(str(cell))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
