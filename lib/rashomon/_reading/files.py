"""Read one file by the reader of its format: its articles, what is wrong with it, and a line about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rashomon._formats.dispatch import choose_format, may_describe, version_of
from rashomon._formats.plain import read_lines
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.descriptions import Descriptions
from rashomon._reading.inputs import Found as Listed
from rashomon._reading.inputs import cannot_open
from rashomon._reading.records import Format, InputFile, Metadata, Note, Pin, Record, Reject

_LINES = Format("line", (), read_lines)
_TITLE_LENGTH = 300  # a longer first line is no title


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One text as it was read, before anything looks at it.

    `format` is the reader that understood it, "line" for running text that is no page; `position` its place
    in a file that holds several; `fields` what the format states beside the text (keys of `FIELDS`), `pins`
    the zones it states.
    """

    path: str
    raw: str
    encoding: str
    sha256: str
    format: str
    article_id: str
    position: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()
    reader_version: str = ""


Found = RawDocument | tuple[str, dict[str, Any]]  # a text, or a table's name and a row of it


def reject_row(path: str, problem: Reject | UnreadableError) -> tuple[str, dict[str, Any]]:
    """Make a row of `rejects`.

    Parameters
    ----------
    path : str
        The file's name.
    problem : Reject or UnreadableError
        What is wrong.

    Returns
    -------
    table, row
        "rejects" and the row.
    """
    position = problem.position if isinstance(problem, Reject) else None
    return "rejects", {
        "path": path,
        "position": position,
        "reason": problem.reason,
        "action": problem.action,
    }


def file_row(path: str, about: Format | None, counts: Mapping[str, int], notes: list[str]) -> Found:
    """Make a row of `files`.

    Parameters
    ----------
    path : str
        The file's name.
    about : Format or None
        The reader that took it.
    counts : mapping
        `n_articles` and `n_rejects`; what is not there is 0.
    notes : list of str
        What its reader says.

    Returns
    -------
    table, row
        "files" and the row.
    """
    row = {"path": path, "format": about.name if about else "", "note": "; ".join(notes)}
    return "files", {**row, **{name: counts.get(name, 0) for name in ("n_articles", "n_rejects")}}


def read_descriptions(files: Iterator[Listed]) -> Descriptions:
    """Read the files that describe the texts of others, before any text.

    Parameters
    ----------
    files : iterator of (InputFile, Reject or None)
        All files.

    Returns
    -------
    Descriptions
        What they state. A file counts as one when it begins with a description.
    """
    descriptions = Descriptions()
    for file, problem in files:
        if problem is not None or not may_describe(file):
            continue
        try:
            about = choose_format(file)
            items = (item for item in about.read(file) if not isinstance(item, Note))
            if about.describes_others and isinstance(first := next(items, None), Metadata):
                for item in (first, *items):
                    if isinstance(item, Metadata):
                        descriptions.add(file.name, item)
        except (UnreadableError, OSError):
            continue  # said when the file is read
    return descriptions


def read_file(file: InputFile, *, as_lines: bool, descriptions: Descriptions) -> Iterator[Found]:
    """Read one file.

    Parameters
    ----------
    file : InputFile
        The file.
    as_lines : bool
        Take each line as a text of its own.
    descriptions : Descriptions
        What other files state.

    Yields
    ------
    RawDocument, or a pair
        Its texts and rows of `rejects`, in its order; last its row of `files`.
    """
    about: Format | None = None
    counts = {"n_articles": 0, "n_rejects": 0, "n_described": 0}
    notes: list[str] = []
    seen: set[tuple[int | None, str]] = set()

    def reject(problem: Reject) -> Iterator[Found]:
        counts["n_rejects"] += 1
        if (problem.position, problem.reason) not in seen:
            seen.add((problem.position, problem.reason))
            yield reject_row(file.name, problem)

    try:
        about = _LINES if as_lines else choose_format(file)
        for item in about.read(file):
            if isinstance(item, Note):
                notes.append(item.text)
            elif isinstance(item, Reject):
                yield from reject(item)
            elif isinstance(item, Metadata) and descriptions.knows(file.name):
                counts["n_described"] += 1
            elif isinstance(item, Metadata):
                yield from reject(Reject("has no text", "give the text, or leave it out", item.position))
            else:
                try:
                    document = _make_document(file, about, item, descriptions)
                except UnreadableError as error:
                    yield from reject(Reject(error.reason, error.action, item.position))
                else:
                    counts["n_articles"] += 1
                    yield document
    except UnreadableError as error:
        yield from reject(Reject(error.reason, error.action))
    except OSError as error:
        problem = cannot_open(error)
        yield from reject(Reject(problem.reason, problem.action))
    except Exception as error:  # a fault of a reader must not end the reading of a million files
        reason = f"its reader ({about.name if about else 'none'}) failed: {type(error).__name__}"
        yield from reject(Reject(reason, "please report it; save the file as plain text (.txt) meanwhile"))
    if not any(counts.values()):
        yield from reject(Reject("empty: no article in it", "leave it out"))
    if counts["n_described"]:
        notes.append(f"describes {counts['n_described']:,} texts")
    yield file_row(file.name, about, counts, notes)


def _make_document(file: InputFile, about: Format, record: Record, descriptions: Descriptions) -> RawDocument:
    try:
        digest = hashlib.sha256(record.raw.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise UnreadableError(f"half a character at {error.start}", "save it again as UTF-8") from error
    fields = dict(record.fields)
    if descriptions:
        head = record.raw.lstrip()[:_TITLE_LENGTH].split("\n", 1)
        fields = descriptions.describe(file.name, fields, head[0] if len(head) > 1 else "")
    if about is _LINES:
        article_id = fields.pop("id", "") or str(record.position)
    else:
        digest = digest if record.position is not None else _digest(file.open)
        article_id = digest[:12]
    return RawDocument(
        file.name,
        record.raw,
        record.encoding,
        digest,
        about.name,
        article_id,
        record.position,
        fields,
        record.pins,
        version_of(about.packages),
    )


def _digest(open_file: Callable[[], Any]) -> str:
    with open_file() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
