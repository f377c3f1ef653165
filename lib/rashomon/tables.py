"""Tables as the dictionary describes them: made from rows, and checked at each public boundary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from rashomon._columns import Column, Kind, Table
from rashomon.dictionary import TABLES, VOCABULARIES

__all__ = [
    "TABLES",
    "VOCABULARIES",
    "Column",
    "Table",
    "TableError",
    "check_table",
    "describe_table",
    "make_table",
]


class TableError(ValueError):
    """A table does not say what the dictionary promises; the message names table, column and value."""


_DTYPES: dict[Kind, str] = {
    "text": "str",
    "int": "int64",
    "float": "float64",
    "bool": "bool",
    "exact": "object",
}
_TYPES: dict[Kind, type] = {"text": str, "int": int, "float": float, "bool": bool, "exact": Decimal}


def make_table(name: str, rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> pd.DataFrame:
    """Build the table `name` from rows: columns in order, typed, sorted by key, checked.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    rows : iterable of mapping, or DataFrame
        One mapping a row; columns that are left out get the unknown value of their kind.

    Returns
    -------
    DataFrame
        The table, with a fresh index from 0.

    Raises
    ------
    TableError
        When a column is unknown to the dictionary or a value is not allowed.

    Examples
    --------
    >>> make_table("rejects", [{"path": "a.bin", "reason": "not text", "action": "leave it out"}]).shape
    (1, 4)
    """
    table = _table(name)
    records = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else list(rows)
    unknown = sorted({key for record in records for key in record} - set(table.names))
    if unknown:
        raise TableError(f"{name}: no such column: {', '.join(unknown)}; it has {', '.join(table.names)}")
    columns = {c.name: _known(name, c, [r.get(c.name) for r in records]) for c in table.columns}
    order = _order_of([columns[key] for key in table.key])
    if order != list(range(len(records))):
        columns = {column: [values[row] for row in order] for column, values in columns.items()}
    _check_values(name, table, columns)
    return pd.DataFrame({c.name: _array(columns[c.name], _dtype(c)) for c in table.columns}, copy=False)


def check_table(name: str, frame: pd.DataFrame) -> None:
    """Raise `TableError` unless `frame` is a table `name` as the dictionary describes it.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    frame : DataFrame
        Checked for column names and order, types, vocabularies, ranges, start <= end and a unique key.

    Raises
    ------
    TableError
        On the first fault, naming the table, the column and the value.

    Examples
    --------
    >>> check_table("rejects", make_table("rejects", []))
    """
    table = _table(name)
    if list(frame.columns) != table.names:
        raise TableError(f"{name}: columns are {list(frame.columns)}, must be {table.names}")
    for column in table.columns:
        found = str(frame[column.name].dtype)
        if found != _dtype(column):
            raise TableError(f"{name}.{column.name}: type is {found}, must be {_dtype(column)}")
    texts = [c.name for c in table.columns if c.kind == "text" and frame[c.name].isna().any()]
    if texts:
        raise TableError(f"{name}.{texts[0]}: a value is missing; unknown text is the empty string")
    _check_values(name, table, {c.name: _known(name, c, frame[c.name].tolist()) for c in table.columns})


def describe_table(name: str) -> pd.DataFrame:
    """Describe the columns of a table, for reading.

    Parameters
    ----------
    name : str
        A key of `TABLES`.

    Returns
    -------
    DataFrame
        One row a column: `column`, `kind`, `meaning`, `allowed` (vocabulary or range, may be empty).

    Examples
    --------
    >>> describe_table("rejects")["column"].tolist()
    ['path', 'position', 'reason', 'action']
    """
    rows = []
    for column in _table(name).columns:
        allowed = " | ".join(value or "(none)" for value in VOCABULARIES.get(column.vocabulary, ()))
        if column.low is not None and not allowed:
            allowed = (
                f"{column.low:g} to {column.high:g}" if column.high is not None else f"from {column.low:g}"
            )
        rows.append(
            {"column": column.name, "kind": column.kind, "meaning": column.meaning, "allowed": allowed}
        )
    return pd.DataFrame(rows, columns=["column", "kind", "meaning", "allowed"])


def _table(name: str) -> Table:
    if name not in TABLES:
        raise TableError(f"no table {name!r}; there are {', '.join(TABLES)}")
    return TABLES[name]


def _dtype(column: Column) -> str:
    return "Int64" if column.kind == "int" and column.nullable else _DTYPES[column.kind]


def _array(values: list[Any], dtype: str) -> Any:
    """Make a column of known values; twice as quick as a Series of its own for each."""
    if dtype in ("str", "Int64"):
        return pd.array(values, dtype=dtype)
    column = np.empty(len(values), dtype=dtype)
    column[:] = values
    return column


def _order_of(keys: Sequence[list[Any]]) -> list[int]:
    """Order rows by the columns of their key, unknown values last."""
    if any(None in values for values in keys):
        keys = [[(v is None, v) for v in values] for values in keys]
    rows = list(zip(*keys, strict=True))
    return sorted(range(len(rows)), key=rows.__getitem__)


def _known(table: str, column: Column, values: list[Any]) -> list[Any]:
    """Put the unknown value of the column's kind where one is missing, and refuse values of another kind."""
    wanted = _TYPES[column.kind]
    if column.kind in ("text", "int", "bool") and set(map(type, values)) <= {wanted}:
        return values  # these kinds have no unknown value of their own
    unknown = "" if column.kind == "text" else None
    values = [unknown if v is None or v is pd.NA or v != v else v for v in values]
    if {type(v) for v in values} <= {wanted, type(None)}:
        return values
    if column.kind in ("int", "float", "bool"):  # numpy's own numbers
        values = [v.item() if hasattr(v, "item") else v for v in values]
    for value in values:
        if not (value is None or isinstance(value, wanted) or (wanted is float and type(value) is int)):
            raise TableError(f"{table}.{column.name}: {value!r} is not of type {wanted.__name__}")
    return values


def _check_values(name: str, table: Table, columns: Mapping[str, list[Any]]) -> None:
    for column in table.columns:
        where, values = f"{name}.{column.name}", columns[column.name]
        known = [v for v in values if v is not None] if None in values else values
        if column.kind in ("int", "bool", "float") and not column.nullable and len(known) < len(values):
            raise TableError(f"{where}: a value is missing")
        if column.vocabulary:
            allowed = VOCABULARIES[column.vocabulary]
            outside = sorted(set(known).difference(allowed))
            if outside:
                raise TableError(f"{where}: {outside[0]!r} is not one of {', '.join(map(repr, allowed))}")
        if known and column.low is not None and min(known) < column.low:
            raise TableError(f"{where}: {min(known)} is below {column.low:g}")
        if known and column.high is not None and max(known) > column.high:
            raise TableError(f"{where}: {max(known)} is above {column.high:g}")
    for start in (n for n in table.names if n.endswith("start") or n.startswith("start_")):
        end = start.replace("start", "end")
        for first, last in zip(columns[start], columns[end], strict=True):
            if first is not None and last is not None and first > last:
                raise TableError(f"{name}: {start} {first} lies after {end} {last}")
    keys = list(zip(*(columns[key] for key in table.key), strict=True))
    if len(set(keys)) < len(keys):
        first = next(key for key, n in Counter(keys).items() if n > 1)
        raise TableError(f"{name}: two rows have the key {first}")
