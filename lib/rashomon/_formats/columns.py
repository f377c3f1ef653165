"""Tell which column of a table is the text, the title, the day: by name, in doubt by its values.

Shared by all readers of tables. Nothing is ever known by its position. What was taken for what is a note
of the load report, and the user's own choice comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NoReturn

from rashomon._formats.column_names import MAX_NAME, fields_of, known_names, squeeze
from rashomon._formats.fragments import has_markup, is_page, render_fragment
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import (
    FIELDS,
    InputFile,
    Item,
    Metadata,
    Note,
    Record,
    Reject,
    compose_text,
)

Cells = Mapping[str, str]

_SAMPLE_ROWS = 100
_SAMPLE_CHARACTERS = 4_000_000
_MAX_AHEAD = 1_000  # rejects and rows in memory before the first one is given
HEADER_ROWS = 20  # of which one names the columns
_HEADER_NAMES = 2  # known ones that make a row of names
_MAX_LISTED = 30  # columns named in a note or an error
_MIN_PROSE = 40  # characters of a cell that may be prose
_MIN_TEXT = 200  # mean characters of an unknown column that is taken for the text
_SUMMARY_RANK = 2  # of the text: from here on names say summary
_MARKUP_WORTH = 0.5  # the same text comes plain and marked up; tags are not worth characters

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|www\.\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_CODE = re.compile(r"[\x21-\x7e]+")
_LINE_END = re.compile(r"\r\n?")
_CHOOSE = "choose it with --column text=NAME"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its place among the rows, counted from 1, and its cells by column."""

    position: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are the text (the first one that is not empty counts), a field, names of files."""

    texts: tuple[str, ...]
    fields: Mapping[str, str]
    files: str
    note: str


def read_rows(
    rows: Iterable[Row | Reject],
    file: InputFile,
    *,
    encoding: str,
    names: Sequence[str] = (),
    is_titled: bool = True,
) -> Iterator[Item]:
    r"""Make articles of the rows of a table.

    Parameters
    ----------
    rows : iterable of Row or Reject
        In the order of the file; read lazily, a hundred ahead.
    file : InputFile
        The file, with the columns that its user chose.
    encoding : str
        Of the file.
    names : sequence of str
        All columns; empty when only the rows tell.
    is_titled : bool
        Whether a title goes before the text; False when the text holds it already.

    Yields
    ------
    Note, then Record, Metadata or Reject
        `Metadata` when no column holds a text, and the rows name articles.

    Raises
    ------
    UnreadableError
        When there is no row, or no column that tells of an article.

    Examples
    --------
    >>> rows = [Row(1, {"Headline": "Ferry sinks", "Body": "The ferry sank."})]
    >>> for item in read_rows(rows, InputFile("a.csv", open), encoding="utf-8"):
    ...     print(item.text if isinstance(item, Note) else item.raw.split("\n"))
    columns: text = "Body", title = "Headline"
    ['Ferry sinks', '', 'The ferry sank.']
    """
    ahead: list[Row | Reject] = []
    iterator = iter(rows)
    n_rows = n_characters = 0
    for row in iterator:
        ahead.append(row)
        if isinstance(row, Row):
            n_rows += 1
            n_characters += sum(map(len, row.cells.values()))
        if n_rows >= _SAMPLE_ROWS or n_characters > _SAMPLE_CHARACTERS or len(ahead) >= _MAX_AHEAD:
            break
    sample = [row.cells for row in ahead if isinstance(row, Row)]
    if not sample:
        if ahead and isinstance(first := ahead[0], Reject):
            raise UnreadableError(f"no row of it can be read: {first.reason}", first.action)
        raise UnreadableError("the table has no rows", "leave it out")
    names = names or list(dict.fromkeys(name for cells in sample for name in cells))
    columns = choose_columns(names, sample, file.columns)
    yield Note(columns.note)
    for row in chain(ahead, iterator):
        yield row if isinstance(row, Reject) else _read_row(row, columns, encoding, is_titled)


def choose_columns(names: Sequence[str], sample: Sequence[Cells], chosen: Mapping[str, str]) -> Columns:
    """Tell the columns of a table.

    Parameters
    ----------
    names : sequence of str
        All columns, as written.
    sample : sequence of mapping
        Some rows.
    chosen : mapping
        Columns by field, or by `text` or `files`, as the user chose.

    Returns
    -------
    Columns
        Without `texts` when the table only describes articles.

    Raises
    ------
    UnreadableError
        When a chosen column or field is not there, or nothing tells of an article; names the columns.

    Examples
    --------
    >>> choose_columns(["Full_Text", "hl"], [{"Full_Text": "The ferry sank."}], {"title": "hl"}).fields
    {'title': 'hl'}
    """
    left = {name: _Column(name, [cells.get(name, "").strip() for cells in sample]) for name in names}
    fields = {field: _find_chosen(field, name, names) for field, name in chosen.items()}
    for name in fields.values():
        left.pop(name, None)
    files = fields.pop("files", "")
    texts = [fields.pop("text")] if "text" in fields else []
    ranks = {field: _rank_columns(field, left.values()) for field in ("text", "files")}
    remark = ""
    if not texts:
        files = files or next(iter(ranks["files"]), "")
        texts, remark = _find_texts(left, ranks["text"], has_files=bool(files))
        for name in texts:
            left.pop(name, None)
    left.pop(files, None)
    if any(squeeze(name) == "dateadded" for name in names):  # then it is the entry that was modified
        fields.setdefault("updated", "")
    for field in ("title", "subtitle", *FIELDS):
        if field not in fields and (ranked := _rank_columns(field, left.values())):
            fields[field] = ranked[0]
            del left[ranked[0]]
    fields = {field: name for field, name in fields.items() if name}
    if not texts and not (files or "title" in fields or "url" in fields):
        _raise_no_text(names)
    return Columns(tuple(texts), fields, files, _describe(texts, fields, files, list(left), remark))


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Find the row that names the columns: lines about the whole table may stand before it.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows that are not empty.

    Returns
    -------
    int
        The first of the first twenty rows that has two known names, else 0.

    Examples
    --------
    >>> find_header([["Search of May 3"], ["Title", "Date", "Text"]])
    1
    """
    for i, cells in enumerate(rows[:HEADER_ROWS]):
        if known_names(cells) >= _HEADER_NAMES:
            return i
    return 0


class _Column:
    """A column to be told: its name, its filled cells of the sample, how much prose is in them."""

    def __init__(self, name: str, values: Sequence[str]) -> None:
        self.name = name
        self.known = fields_of(name)
        self.values = [value for value in values if value]
        self.n_prose = sum(
            len(value) * (_MARKUP_WORTH if has_markup(value) else 1)
            for value in self.values
            if len(value) >= _MIN_PROSE and not _CODE.fullmatch(value)
        )
        self.n_values = len(self.values)

    def suits(self, field: str) -> bool:
        """Tell whether the values may be what the name says; an empty column may be anything."""
        if not self.values:
            return True
        n_addresses = sum(_ADDRESS.fullmatch(value) is not None for value in self.values)
        if field == "url":
            return 2 * n_addresses >= self.n_values
        if field in ("published", "updated", "retrieved", "length_declared"):
            return 2 * sum(any(c.isdigit() for c in value) for value in self.values) >= self.n_values
        return field in ("id", "files", "rights") or 2 * n_addresses < self.n_values


def _rank_columns(field: str, columns: Iterable[_Column]) -> list[str]:
    """List the columns whose names say the field, the surest first: filled, by rank, by cells filled."""
    found = [column for column in columns if field in column.known and column.suits(field)]
    found.sort(key=lambda column: (not column.values, column.known[field], -column.n_values))
    return [column.name for column in found]


def _find_texts(
    left: Mapping[str, _Column], ranked: Sequence[str], *, has_files: bool
) -> tuple[list[str], str]:
    """Find the columns of the text: by name the one with most prose, else summaries, else by value."""
    by_prose = sorted((left[name] for name in ranked), key=lambda column: -column.n_prose)
    plain = [column.name for column in by_prose if column.known["text"] < _SUMMARY_RANK]
    if any(left[name].values for name in plain) or (has_files and not plain):
        return plain, ""
    summaries = [column.name for column in by_prose if column.name not in plain and column.values]
    if summaries and not has_files:
        return [*plain, summaries[0]], "a summary, for want of the text"
    unknown = [
        column
        for column in left.values()
        if not column.known and column.n_prose > _MIN_TEXT * max(1, column.n_values)
    ]
    if unknown and not plain and max(map(len, left)) <= MAX_NAME:
        return [max(unknown, key=lambda column: column.n_prose).name], "by its values, not by its name"
    return ([] if has_files else plain), ""


def _read_row(row: Row, columns: Columns, encoding: str, is_titled: bool) -> Item:
    cells = row.cells
    if any(_HALF_CHARACTER.search(value) for value in cells.values()):
        return Reject(
            "the row holds half a character", "write it as UTF-8 without \\ud800 escapes", row.position
        )
    fields = {}
    for field, name in columns.fields.items():
        try:
            value = _plain(cells.get(name, ""))
        except UnreadableError as error:
            return Reject(error.reason, error.action, row.position)
        if value := _tidy(value, "; " if field == "author" else " "):
            fields[field] = value
    if not columns.texts:
        files = _base_names(cells.get(columns.files, ""))
        if not (files or "title" in fields or "url" in fields):
            return Reject("the row names no article, file or address", "leave it out", row.position)
        return Metadata(fields, files, row.position)
    text = next((value for name in columns.texts if (value := cells.get(name, "")).strip()), "")
    if is_page(text):
        return Reject(
            "the cell holds a whole web page", "save each page as an .html file of its own", row.position
        )
    try:
        text = _plain(text)
    except UnreadableError as error:
        return Reject(error.reason, error.action, row.position)
    if not text.strip():
        listed = " or ".join(f'"{name}"' for name in columns.texts[:_MAX_LISTED])
        return Reject(
            f"no text in {listed}", f"leave the row out, or, is it elsewhere, {_CHOOSE}", row.position
        )
    if not is_titled:
        return Record(text, encoding, row.position, fields)
    raw, pins = compose_text(text, title=fields.get("title", ""), subtitle=fields.get("subtitle", ""))
    return Record(raw, encoding, row.position, fields, pins)


def _plain(value: str) -> str:
    return render_fragment(value) if has_markup(value) else _LINE_END.sub("\n", value)


def _tidy(value: str, between: str) -> str:
    """Bring a cell to one line; several values stand on lines of their own."""
    return between.join(" ".join(line.split()) for line in value.splitlines() if line.strip())


def _base_names(value: str) -> tuple[str, ...]:
    paths = re.split(r";|\n", value)
    return tuple(name for path in paths if (name := re.split(r"[/\\]", path.strip())[-1]))


def _find_chosen(field: str, name: str, names: Sequence[str]) -> str:
    if field not in (*FIELDS, "text", "files"):
        raise UnreadableError(
            f"no field {field!r} for a column", f"give one of text, files, {', '.join(FIELDS)}"
        )
    for candidate in names:
        if candidate == name:
            return candidate
    for candidate in names:
        if squeeze(candidate) == squeeze(name) != "":
            return candidate
    raise UnreadableError(f'no column "{name}"', f"choose one of {_list_names(names)}")


def _raise_no_text(names: Sequence[str]) -> NoReturn:
    if any(len(name) > MAX_NAME for name in names):
        raise UnreadableError(
            "the first row does not name the columns", 'put names above them, such as "title" and "text"'
        )
    if not names:
        raise UnreadableError("no values with names in it", "give the text of each article a name")
    raise UnreadableError(f"no column holds a text; it has {_list_names(names)}", _CHOOSE)


def _describe(
    texts: Sequence[str], fields: Mapping[str, str], files: str, unused: Sequence[str], remark: str
) -> str:
    taken = [f"{field} = {_list_names([name])}" for field, name in fields.items()]
    if files and not texts:
        taken.insert(0, f"files = {_list_names([files])}")
    if texts:
        other = f", else {_list_names(texts[1:])}" if len(texts) > 1 else ""
        taken.insert(0, f"text = {_list_names(texts[:1])}{other}" + (f" ({remark})" if remark else ""))
    parts = ["columns: " + ", ".join(taken)]
    if not texts:
        parts.append("no text: the rows describe articles")
    if unused:
        parts.append(f"not used: {_list_names(unused)}")
    return "; ".join(parts)


def _list_names(names: Sequence[str]) -> str:
    shown = [f'"{name[:MAX_NAME]}"' for name in names[:_MAX_LISTED]]
    return ", ".join(shown) + (f" and {len(names) - _MAX_LISTED} more" if len(names) > _MAX_LISTED else "")
