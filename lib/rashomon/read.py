"""Read files as they are: find them, choose the reader of their format, and say why one could not be read.

The only module that opens input files. A file or a record that cannot be read becomes a row of `rejects`; a
corpus that cannot be read at all is a `CorpusError` of one line.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.descriptions import Descriptions
from rashomon._reading.files import Found, RawDocument, file_row, read_descriptions, read_file, reject_row
from rashomon._reading.inputs import cannot_open, find_inputs
from rashomon._reading.records import InputFile, Reject
from rashomon.resources import CorpusError, project_root, read_gold, read_word_list

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CorpusError",
    "RawDocument",
    "explain_nothing",
    "find_partitions",
    "iterate_documents",
    "list_names",
    "project_root",
    "read_csv_rows",
    "read_documents",
    "read_gold",
    "read_parquet_tables",
    "read_partitions",
    "read_word_list",
    "resolve_path",
]


def resolve_path(path: str | Path) -> Path:
    """Resolve a path as given, from the working directory, else from the project root.

    Parameters
    ----------
    path : str or Path
        A file or a folder; the folder of a glob, such as `texts/*.html`, is resolved the same way.

    Returns
    -------
    Path
        An existing file or folder.

    Raises
    ------
    CorpusError
        When there is none, naming the path as given.

    Examples
    --------
    >>> resolve_path("seeds").name
    'seeds'
    """
    given = Path(path).expanduser() if str(path) else Path("\0")
    for candidate in (given, project_root() / given):
        try:
            if candidate.exists():
                return candidate
        except (OSError, ValueError):  # a name too long, or with a NUL character
            break
    raise CorpusError(f"cannot read {str(path)!r}: no such file or folder; give a file or a folder of texts")


def read_documents(
    path: str | Path, *, limit: int = 0, as_lines: bool = False, columns: Mapping[str, str] | None = None
) -> tuple[list[RawDocument], dict[str, list[dict[str, Any]]]]:
    r"""Read a file, every file under a folder, the files a glob names, or an archive, as texts.

    Parameters
    ----------
    path, limit, as_lines, columns
        As `iterate_documents` takes them.

    Returns
    -------
    documents : list of RawDocument
        Sorted by path, then by place in the file.
    rows : dict of str to list of dict
        Rows of the tables `files` and `rejects`.

    Raises
    ------
    CorpusError
        When the path does not exist, or nothing under it can be read.

    Examples
    --------
    >>> documents, rows = read_documents("seeds/003_56a4dbe1fb74cd9a.txt")
    >>> documents[0].encoding, len(rows["rejects"])
    ('utf-8', 0)
    """
    documents: list[RawDocument] = []
    rows: dict[str, list[dict[str, Any]]] = {"files": [], "rejects": []}
    for found in iterate_documents(path, limit=limit, as_lines=as_lines, columns=columns):
        if isinstance(found, RawDocument):
            documents.append(found)
        else:
            rows[found[0]].append(found[1])
    if not documents:
        raise CorpusError(explain_nothing(str(path), rows))
    return documents, rows


def iterate_documents(
    path: str | Path,
    *,
    limit: int = 0,
    as_lines: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Found]:
    """Read texts one after the other, in constant memory where the formats allow it.

    Parameters
    ----------
    path : str or Path
        A file, a folder that is read recursively, a glob, or an archive of any of these. Hidden files are
        passed over, and so are a folder's README, LICENSE and manifest.csv, which describe articles.
    limit : int
        Read only the first so many texts, by path; 0 reads all.
    as_lines : bool
        Take each non-empty line (of a JSON-lines file: its `text`) as a text of its own, named by its
        `id` or its line number.
    columns : mapping of str to str, optional
        For tables: a field, or "text", to the column that holds it. What is not named is guessed by name.

    Yields
    ------
    RawDocument, or a pair
        A text; or the name of a table, `files` or `rejects`, and a row of it.

    Raises
    ------
    CorpusError
        When the path does not exist.

    Examples
    --------
    >>> [found.path for found in iterate_documents("seeds", limit=1) if isinstance(found, RawDocument)]
    ['000_295ebcbb94af1cee.txt']
    """
    roots, base = _resolve_all(path)
    list_all = functools.partial(find_inputs, roots, base, _open, columns or {})
    descriptions = Descriptions() if as_lines else read_descriptions(list_all())
    taken: dict[str, int] = {}  # each id, and how many times it had to be numbered
    for file, problem in list_all():
        if problem is not None:
            yield reject_row(file.name, problem)
            yield file_row(file.name, None, {"n_rejects": 1}, [])
            continue
        for found in read_file(file, as_lines=as_lines, descriptions=descriptions):
            yield _make_unique(found, taken) if isinstance(found, RawDocument) else found
            if limit and len(taken) >= limit:
                return
    for (name, position), reason in descriptions.unused():
        yield reject_row(name, Reject(reason, "put the text beside it, or leave the row out", position))


def list_names(path: str | Path) -> list[str]:
    """List the names of all files that are read, those in archives too.

    Parameters
    ----------
    path : str or Path
        As `iterate_documents` takes it.

    Returns
    -------
    list of str
        In order.

    Raises
    ------
    CorpusError
        When the path does not exist.
    """
    roots, base = _resolve_all(path)
    return [file.name for file, _ in find_inputs(roots, base, _open, {})]


def explain_nothing(path: str, rows: Mapping[str, list[dict[str, Any]]]) -> str:
    """Say why no text at all was read.

    Parameters
    ----------
    path : str
        As given.
    rows : mapping
        Rows of `files` and `rejects`.

    Returns
    -------
    str
        One line: what is wrong and what to do.
    """
    n_files, rejects = len(rows["files"]), rows["rejects"]
    if not n_files:
        return f"nothing to read in {path!r}: it holds no files; put texts (.txt, .html, .csv, …) into it"
    if n_files == 1 and len(rejects) == 1:
        return f"cannot read {path!r}: {rejects[0]['reason']}; {rejects[0]['action']}"
    first = f"{rejects[0]['path']}: {rejects[0]['reason']}" if rejects else "they hold no text"
    return (
        f"nothing to read in {path!r}: none of {n_files} files is readable ({first}); "
        "give texts, pages, tables or exports"
    )


def _resolve_all(path: str | Path) -> tuple[list[Path], Path]:
    """Resolve a path or a glob to files and folders, and to the folder that names are relative to."""
    text = str(path)
    try:
        root = resolve_path(path)
        return [root], root if root.is_dir() else root.parent
    except CorpusError:
        sign = re.search(r"[*?\[]", text)
        if sign is None:
            raise
    folder, slash, _ = text[: sign.start()].rpartition("/")
    base = resolve_path(folder or slash or ".")
    found = sorted(base.glob(text[len(folder + slash) :]))
    if not found:
        raise CorpusError(f"cannot read {text!r}: no file has such a name; check the pattern")
    return found, base


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise cannot_open(error) from error


def _make_unique(document: RawDocument, taken: dict[str, int]) -> RawDocument:
    """Make the second and further texts of one name or content a-2, a-3 and so on."""
    named, n = document.article_id, taken.get(document.article_id, 0) + 1
    while named in taken:
        n += 1
        named = f"{document.article_id}-{n}"
    taken[document.article_id] = max(n - 1, 0)
    taken.setdefault(named, 0)
    return document if named == document.article_id else replace(document, article_id=named)


def read_csv_rows(path: str | Path) -> list[tuple[int, dict[str, str | None]]]:
    """Read the rows of a CSV file that a user brings, each with the line it ends on.

    Parameters
    ----------
    path : str or Path
        A comma-separated file whose first line names the columns; resolved like a corpus.

    Returns
    -------
    list of (int, dict)
        Line number counted from 1, and column name to text; None where the line is too short.

    Raises
    ------
    CorpusError
        When the file cannot be read or is no CSV text.
    """
    file = resolve_path(path)
    try:
        text, _ = decode(InputFile(file.name, functools.partial(_open, file)).read())
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        return [(reader.line_num, row) for row in reader]
    except UnreadableError as error:
        raise CorpusError(f"cannot read {str(path)!r}: {error.reason}; {error.action}") from error
    except csv.Error as error:
        raise CorpusError(f"cannot read {str(path)!r}: {error}; give comma-separated text") from error


def read_parquet_tables(folder: str | Path, *, only: Sequence[str] = ()) -> dict[str, pd.DataFrame]:
    """Read the tables in a folder, one Parquet file a table, as `write_table` wrote them.

    Parameters
    ----------
    folder : str or Path
        Holds `articles.parquet`, `sentences.parquet` …; other files are passed over.
    only : sequence of str
        Read these tables only; all when empty.

    Returns
    -------
    dict of str to DataFrame
        Table by name, in the order of `TABLES`, each checked; exact amounts are `Decimal` again.

    Raises
    ------
    CorpusError
        When the folder holds no table, or a file is no Parquet table as the dictionary describes it.
    """
    from decimal import Decimal

    import pandas as pd
    import pyarrow as pa

    from rashomon.tables import TABLES, TableError, check_table

    tables: dict[str, pd.DataFrame] = {}
    for name, table in TABLES.items():
        file = Path(folder) / f"{name}.parquet"
        if not file.is_file() or (only and name not in only):
            continue
        try:
            frame = pd.read_parquet(file)
            for column in table.columns:
                if column.kind == "exact" and column.name in frame:
                    amounts = [None if pd.isna(v) else Decimal(v) for v in frame[column.name]]
                    frame[column.name] = pd.Series(amounts, dtype="object", index=frame.index)
            check_table(name, frame)
        except (pa.ArrowInvalid, TableError) as error:
            reason = str(error).splitlines()[0]
            raise CorpusError(f"cannot read {str(file)!r}: {reason}; make the partition again") from error
        tables[name] = frame
    if not tables:
        raise CorpusError(f"no tables in {str(folder)!r}; give a folder with articles.parquet and the others")
    return tables


def find_partitions(folder: str | Path) -> list[Path]:
    """List the partitions in a folder.

    Parameters
    ----------
    folder : str or Path
        As `rashomon read` or `write_partitions` wrote it.

    Returns
    -------
    list of Path
        Folders `part-00000`, `part-00001` …, in order.

    Raises
    ------
    CorpusError
        When there is none.

    Examples
    --------
    >>> find_partitions("seeds")
    Traceback (most recent call last):
    rashomon.resources.CorpusError: no partitions in 'seeds'; rashomon read makes them
    """
    parts = sorted(path for path in Path(folder).glob("part-*") if path.is_dir())
    if not parts:
        raise CorpusError(f"no partitions in {str(folder)!r}; rashomon read makes them")
    return parts


def read_partitions(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read partitions, or results made from them, as one table each.

    Parameters
    ----------
    folder : str or Path
        As `write_partitions` or `analyze_partitions` left it.

    Returns
    -------
    dict of str to DataFrame
        Table by name, rows in the order of its key.

    Raises
    ------
    CorpusError
        When there is no partition, or one cannot be read.

    Examples
    --------
    >>> read_partitions("no_such_folder")
    Traceback (most recent call last):
    rashomon.resources.CorpusError: no partitions in 'no_such_folder'; rashomon read makes them
    """
    import pandas as pd

    from rashomon.dictionary import TABLES

    found = [read_parquet_tables(part) for part in find_partitions(folder)]
    tables = {}
    for name, table in TABLES.items():
        frames = [tables_of_part[name] for tables_of_part in found if name in tables_of_part]
        if frames:
            # An empty frame among them would not change the rows, but pandas warns of its types.
            full = pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)
            tables[name] = full.sort_values(list(table.key), kind="stable", ignore_index=True)
    return tables
