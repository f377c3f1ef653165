"""Read files as they are: find them, decode them, and say why one could not be read.

The only module that opens input files. A file that cannot be read becomes a row of `rejects`; a
corpus that cannot be read at all is a `CorpusError` of one line.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import json
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rashomon._reading.decoding import UnreadableError, decode, parse_line
from rashomon._reading.folders import list_files

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 50_000_000


class CorpusError(ValueError):
    """A corpus cannot be read; the message is one line: what is wrong, which path, what to do."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One text as it was read, before anything looks at it.

    `format` is the reader that understood it; `line` marks running text that is not a page. `position` is the
    line it stands on when the file holds a text a line.
    """

    path: str
    raw: str
    encoding: str
    sha256: str
    format: str
    article_id: str
    position: int | None = None


def project_root() -> Path:
    """Find the project folder, walking up from the working directory, then from the package.

    Returns
    -------
    Path
        The first folder that holds both `pyproject.toml` and `lib/rashomon`; the working directory
        when there is none, as with an installed wheel.

    Examples
    --------
    >>> project_root().is_dir()
    True
    """
    here, package = Path.cwd(), Path(__file__).resolve().parent
    for folder in (here, *here.parents, *package.parents):
        if (folder / "pyproject.toml").is_file() and (folder / "lib" / "rashomon").is_dir():
            return folder
    return here


def resolve_path(path: str | Path) -> Path:
    """Resolve a path as given, from the working directory, else from the project root.

    Parameters
    ----------
    path : str or Path
        A file or a folder.

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
    path: str | Path, *, limit: int = 0, as_lines: bool = False
) -> tuple[list[RawDocument], list[dict[str, Any]]]:
    r"""Read a file, or every file under a folder, as text.

    Parameters
    ----------
    path : str or Path
        A file, or a folder that is read recursively. Hidden files are skipped, and so are a
        folder's README and manifest.csv, which describe articles.
    limit : int
        Read only the first so many texts, by path; 0 reads all.
    as_lines : bool
        Take each non-empty line (of a JSON-lines file: its `text`) as a text of its own, named by its
        `id` or its line number.

    Returns
    -------
    documents : list of RawDocument
        Sorted by path, then by place in the file.
    rejects : list of dict
        Rows of the table `rejects`.

    Raises
    ------
    CorpusError
        When the path does not exist, or nothing under it can be read.

    Examples
    --------
    >>> documents, rejects = read_documents("seeds/003_56a4dbe1fb74cd9a.txt")
    >>> documents[0].encoding, len(rejects)
    ('utf-8', 0)

    Notes
    -----
    Skipped without a row: hidden files, and what documents a folder rather than belongs to it
    (`README.*`, `LICENSE.*`, `manifest.csv`). A linked folder is read where it really is.

    Known limits: plain text only, one article a file.
    """
    root = resolve_path(path)
    documents: list[RawDocument] = []
    rejects: list[dict[str, Any]] = []
    taken: set[str] = set()
    n_files = 0
    for name, file, problem in list_files(root):
        if limit and len(documents) >= limit:
            break
        n_files += 1
        try:
            texts = _read_file(name, file, problem, as_lines, rejects)
        except UnreadableError as error:
            rejects.append(_reject(name, None, error))
            continue
        for document in texts:
            article_id = _make_unique(document.article_id, taken)
            taken.add(article_id)
            documents.append(replace(document, article_id=article_id))
    if not documents:
        raise CorpusError(_nothing_read(str(path), n_files, rejects))
    return (documents[:limit] if limit else documents), rejects


def _reject(path: str, position: int | None, error: UnreadableError) -> dict[str, Any]:
    return {"path": path, "position": position, "reason": error.reason, "action": error.action}


def _make_unique(article_id: str, taken: set[str]) -> str:
    """Make the second and further texts of one name or content a-2, a-3 and so on."""
    named, n = article_id, 2
    while named in taken:
        named, n = f"{article_id}-{n}", n + 1
    return named


def _nothing_read(path: str, n_files: int, rejects: list[dict[str, Any]]) -> str:
    if not n_files:
        return f"nothing to read in {path!r}: the folder holds no files; put texts (.txt, .md) into it"
    if n_files == 1 and len(rejects) == 1:
        return f"cannot read {path!r}: {rejects[0]['reason']}; {rejects[0]['action']}"
    first = f"{rejects[0]['path']}: {rejects[0]['reason']}" if rejects else "all are empty"
    return (
        f"nothing to read in {path!r}: none of {n_files} files is readable ({first}); give .txt or .md files"
    )


def _read_bytes(file: Path) -> bytes:
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("not a regular file", "leave it out")
        if status.st_size > MAX_BYTES:
            raise UnreadableError(
                f"too large: {status.st_size:,} bytes, at most {MAX_BYTES:,} are read",
                "split it into one file an article",
            )
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(f"cannot be opened: {reason}", "check the file's permissions") from error


def _read_file(
    name: str, file: Path, problem: str, as_lines: bool, rejects: list[dict[str, Any]]
) -> list[RawDocument]:
    if problem:
        raise UnreadableError(problem, "copy the file into the folder")
    read = _read_lines if as_lines else _reader_of(file)
    return read(name, file, rejects)


def _read_text(name: str, file: Path, rejects: list[dict[str, Any]]) -> list[RawDocument]:
    data = _read_bytes(file)
    text, encoding = decode(data)
    if not text.strip():
        raise UnreadableError("empty: no text in it", "leave it out")
    digest = hashlib.sha256(data).hexdigest()
    return [RawDocument(name, text, encoding, digest, file.suffix.lower().lstrip(".") or "txt", digest[:12])]


READERS: dict[str, Callable[[str, Path, list[dict[str, Any]]], list[RawDocument]]] = {
    ".txt": _read_text,
    ".md": _read_text,
}


def _reader_of(file: Path) -> Callable[[str, Path, list[dict[str, Any]]], list[RawDocument]]:
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        kind = f"files ending in {file.suffix}" if file.suffix else "files without an ending"
        raise UnreadableError(f"{kind} are not supported", f"save it as plain text ({', '.join(READERS)})")
    return reader


def _read_lines(name: str, file: Path, rejects: list[dict[str, Any]]) -> list[RawDocument]:
    """Read each line as a text of its own; a line that says it is JSON and is not is a reject."""
    text, encoding = decode(_read_bytes(file))
    must_be_json = file.suffix.lower() in (".jsonl", ".ndjson", ".json")
    documents = []
    for number, line in enumerate(re.split(r"\r\n|[\n\r]", text), start=1):
        if not line.strip():
            continue
        try:
            content, article_id = parse_line(line, must_be_json=must_be_json)
        except UnreadableError as error:
            rejects.append(_reject(name, number, error))
            continue
        digest = hashlib.sha256(content.encode()).hexdigest()
        documents.append(
            RawDocument(name, content, encoding, digest, "line", article_id or str(number), number)
        )
    return documents


@functools.cache
def read_word_list(name: str) -> list[dict[str, str]]:
    """Read a word list or rule table that comes with the library.

    Parameters
    ----------
    name : str
        File stem under `data/word_lists`.

    Returns
    -------
    list of dict
        One dictionary a row, column name to text. The list is cached: do not change it.

    Raises
    ------
    CorpusError
        When there is no such list.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "word_lists", package.parents[1] / "data" / "word_lists"):
        file = folder / f"{name}.csv"
        if file.is_file():
            with file.open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))
    raise CorpusError(f"no word list {name!r}; word lists are data/word_lists/NAME.csv")


def read_gold(name: str) -> list[dict[str, Any]]:
    """Read hand labels: `speech/statements` reads `data/gold/speech/statements.jsonl`.

    Parameters
    ----------
    name : str
        Path under `data/gold`, without the ending.

    Returns
    -------
    list of dict
        One record a line, in file order.

    Raises
    ------
    CorpusError
        When there are no such labels.
    """
    file = project_root() / "data" / "gold" / f"{name}.jsonl"
    if not file.is_file():
        raise CorpusError(f"no gold labels {name!r}; they are data/gold/NAME.jsonl in the repository")
    with file.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


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
        text, _ = decode(_read_bytes(file))
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        return [(reader.line_num, row) for row in reader]
    except UnreadableError as error:
        raise CorpusError(f"cannot read {str(path)!r}: {error.reason}; {error.action}") from error
    except csv.Error as error:
        raise CorpusError(f"cannot read {str(path)!r}: {error}; give comma-separated text") from error


def read_parquet_tables(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read the tables in a folder, one Parquet file a table, as `write_table` wrote them.

    Parameters
    ----------
    folder : str or Path
        Holds `articles.parquet`, `sentences.parquet` …; other files are passed over.

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
        if not file.is_file():
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
