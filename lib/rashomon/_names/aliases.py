"""The user's own table of names: whom a nickname, a title or a far-off spelling means."""

from __future__ import annotations

from rashomon._names.lists import Known
from rashomon.dictionary import VOCABULARIES
from rashomon.read import CorpusError, read_csv_rows


def read_aliases(path: str) -> dict[str, Known]:
    r"""Read and check a table of aliases.

    Parameters
    ----------
    path : str
        A CSV file with the columns `alias`, `entity` and, if wanted, `kind`.

    Returns
    -------
    dict
        What each alias stands for.

    Raises
    ------
    CorpusError
        When the file cannot be read, lacks a column, or a row is ill-formed; names the file and the line.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = f"{folder}/own.csv"
    ...     _ = Path(path).write_text("alias,entity,kind\nIron Lady,Ann Gray,person\n", encoding="utf-8")
    ...     read_aliases(path)["Iron Lady"].entity
    'Ann Gray'
    """
    rows = read_csv_rows(path)
    if not rows:
        raise CorpusError(f"{path}: the table of aliases has no rows; give the columns alias,entity")
    own: dict[str, Known] = {}
    for line, row in rows:
        alias, entity = ((row.get(column) or "").strip() for column in ("alias", "entity"))
        kind = (row.get("kind") or "").strip()
        if not alias or not entity:
            raise CorpusError(f"{path}, line {line}: each line must hold alias,entity; one of them is empty")
        if kind and kind not in VOCABULARIES["name_kind"]:
            raise CorpusError(f"{path}, line {line}: kind {kind!r} is none of {VOCABULARIES['name_kind']}")
        if alias in own:
            raise CorpusError(f"{path}, line {line}: {alias!r} stands there twice; keep one of them")
        own[alias] = Known(entity, kind, "alias")
    return own
