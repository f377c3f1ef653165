"""Read Parquet files, a few rows at a time; our own tables of articles are read as what they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from rashomon._formats.columns import Row, read_rows
from rashomon._formats.nested import flatten
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Reject

_BATCH = 64  # rows in memory at a time
# Columns of the table `articles` that this library writes; the others say how it was read.
_OWN = {"text": "raw", "id": "article_id"}
_OWN_FIELDS = ("title", "outlet", "author", "published", "language")
_RESAVE = "write it again, or save it as .csv"


def read_parquet_rows(file: InputFile) -> Iterator[Item]:
    """Read a Parquet file with one article a row.

    Parameters
    ----------
    file : InputFile
        Of any length; nested columns are named by dotted paths.

    Yields
    ------
    Note, Record, Metadata or Reject
        In the order of the file, the place among the rows as position.

    Raises
    ------
    UnreadableError
        When it is no Parquet, or no column tells of an article.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    faults = (pa.ArrowException, OSError, ValueError, OverflowError)
    with closing(file.open()) as stream:
        try:
            table = ParquetFile(stream if stream.seekable() else io.BytesIO(file.read()))
            names = list(table.schema_arrow.names)
        except faults as error:
            raise UnreadableError("a broken Parquet file", _RESAVE) from error
        is_own = set(_OWN.values()) <= set(names)
        if is_own and not file.columns:
            file = replace(file, columns=_OWN)
            names = [name for name in names if name in (*_OWN.values(), *_OWN_FIELDS)]
        nested = any(pa.types.is_nested(kind) for kind in table.schema_arrow.types)
        rows = _rows_of(table, names, faults)
        yield from read_rows(
            rows, file, encoding="utf-8", names=() if nested else names, is_titled=not is_own
        )


def _rows_of(table: Any, names: list[str], faults: tuple[type[Exception], ...]) -> Iterator[Row | Reject]:
    position = 0
    try:
        for batch in table.iter_batches(batch_size=_BATCH, columns=names):
            for record in batch.to_pylist():
                position += 1
                try:
                    yield Row(position, flatten(record))
                except UnreadableError as error:
                    yield Reject(error.reason, error.action, position)
    except faults:
        yield Reject("the file is broken from this row on", _RESAVE, position + 1)


FORMATS = (
    Format("parquet", (".parquet", ".pq"), read_parquet_rows, None, ("pyarrow",), describes_others=True),
)
