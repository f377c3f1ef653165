"""Bring nested records (JSON objects, nested columns) to rows: one cell a dotted path."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rashomon._reading.decoding import UnreadableError

MAX_DEPTH = 50
MAX_CELLS = 20_000  # of one record


def flatten(record: Mapping[str, Any]) -> dict[str, str]:
    r"""Bring a nested record to one cell a dotted path.

    Parameters
    ----------
    record : mapping
        Of strings, numbers, lists and mappings.

    Returns
    -------
    dict
        Text by path. Members of a list stand on lines of one cell; what is null is left out.

    Raises
    ------
    UnreadableError
        When it is nested too deep or has too many values.

    Examples
    --------
    >>> flatten({"source": {"name": "Daily"}, "authors": [{"name": "A"}, {"name": "B"}], "n": None})
    {'source.name': 'Daily', 'authors.name': 'A\nB'}
    """
    cells: dict[str, list[str]] = {}
    for n_cells, (path, value) in enumerate(_walk(record, "", 0)):
        if n_cells == MAX_CELLS:
            raise UnreadableError(f"a record of more than {MAX_CELLS:,} values", "give only articles")
        cells.setdefault(path, []).append(value)
    return {path: "\n".join(values) for path, values in cells.items()}


def _walk(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        raise UnreadableError(f"nested more than {MAX_DEPTH} deep", "give a list of articles")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk(inner, f"{path}.{name}" if path else str(name), depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            yield from _walk(inner, path, depth + 1)
    elif value is not None:
        yield path, _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
