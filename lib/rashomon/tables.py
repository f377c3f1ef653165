"""The dictionary of every table: columns, types, units, ranges and closed vocabularies.

Every stage takes tables and returns a table. What a column means stands here once; the checks,
the documentation and the notebooks' column cards are made from it.

Conventions held by every table
-------------------------------
* Offsets are half-open character positions in the raw text of the article:
  ``raw[start:end] == surface``.
* Unknown is an answer: an unknown text is ``""``, an unknown whole number is ``<NA>``, an unknown
  measure is ``NaN`` and an unknown amount is ``None``. A bool is never unknown.
* Amounts are exact (`decimal.Decimal`); measures are floats and are never rounded in the data.
* Rows are in the order of the table's key, so equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

Kind = Literal["text", "int", "float", "bool", "exact"]

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "zone": (
        "headline", "subheadline", "byline", "date_line", "body", "section_heading", "caption",
        "interview_question", "interview_answer", "snippet", "teaser", "disclaimer", "credit", "furniture",
    ),
    "register": (
        "wire", "analysis", "opinion", "comic", "interview", "aggregation", "promotional", "unknown",
    ),
    "date_kind": ("machine_id", "byline", "as_of", "dateline", "page_clock", "teaser"),
    "voice": ("", "narrator", "speaker", "mixed"),
    "statement_kind": ("direct", "partial", "interview", "indirect", "scare", "title"),
    "stance": ("states", "denies", "declines", "hedges", "doubts"),
    "quantity_kind": (
        "cardinal", "ordinal", "range", "percent", "fraction", "money", "measure", "duration", "age", "rate",
        "date", "time", "year", "vague", "multiple", "identifier", "idiom",
    ),
    "bound": ("", "=", "~", ">", "<"),
    "trend": ("", "up", "down"),
    "status": ("", "happened", "claimed", "planned", "estimated", "hypothetical", "historical"),
    "measure": ("polarity", "subjectivity", "hedging", "loaded"),
    "passage_kind": ("copied", "edited", "paraphrased"),
    "verdict": ("real", "partly real", "false agreement", "unresolved", "apparent"),
}  # fmt: skip


class TableError(ValueError):
    """A table does not say what the dictionary promises; the message names table, column and value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, kind, meaning, and what values it may hold."""

    name: str
    kind: Kind
    meaning: str
    vocabulary: str = ""
    low: float | None = None
    high: float | None = None
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, the columns in order, and the key that orders and identifies rows."""

    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def _text(name: str, meaning: str, vocabulary: str = "") -> Column:
    return Column(name, "text", meaning, vocabulary)


def _at(name: str, meaning: str, nullable: bool = False) -> Column:
    return Column(name, "int", meaning, low=0, nullable=nullable)


def _share(name: str, meaning: str, low: float = 0.0, high: float = 1.0) -> Column:
    return Column(name, "float", meaning, low=low, high=high, nullable=True)


def _span(of: str, prefix: str = "", nullable: bool = False) -> tuple[Column, Column]:
    first, last = f"where {of} begins in the raw text", f"where {of} ends in the raw text (exclusive)"
    return _at(f"{prefix}start", first, nullable), _at(f"{prefix}end", last, nullable)


_ARTICLE = _text("article_id", "article, from the digest of its content (12 hexadecimal digits)")
_PART = _at("part_id", "part of the file, counted from 1")
_SENTENCE = _at("sentence_id", "sentence of the article, counted from 1")
_SURFACE = _text("surface", "the words themselves, raw[start:end]")

TABLES: dict[str, Table] = {
    "articles": Table("a file read as one article", ("article_id",), (
        _ARTICLE,
        _text("label", "short name for tables and figures, unique in the corpus"),
        _text("path", "file relative to the corpus folder, with forward slashes"),
        _text("sha256", "digest of the file's bytes"),
        _text("format", "reader that understood the file"),
        _text("encoding", "character encoding the bytes were decoded with"),
        _text("title", "headline, as written"),
        _text("outlet", "publisher, as written in the text; not the provider that carried it"),
        _text("author", "by-line name, as written"),
        _text("published", "day of publication, ISO 8601; empty when the text does not say"),
        *_span("the evidence for the day of publication", "published_", nullable=True),
        _text("page_date", "day shown by the page's own clock, ISO 8601; not a publication date"),
        _text("language", "ISO 639-1 code; empty when not recognized"),
        _text("repairs", "repairs that analysis needs, by name, with semicolons; raw is untouched"),
        _at("n_words", "words of article text (furniture, teasers and snippets not counted)"),
        _text("raw", "the text as read, untouched; every offset points into it"),
    )),
    "parts": Table("a text inside a file", ("article_id", "part_id"), (
        _ARTICLE, _PART, *_span("the part"),
        _text("title", "first heading of the part, as written; empty when it has none"),
        _text("register", "way of writing as far as its shape shows it", "register"),
        Column("is_article_text", "bool", "false for a part that is not this article, such as a sidebar"),
        _at("n_words", "words on the part's article-text lines"),
    )),
    "lines": Table("a non-empty line", ("article_id", "line_no"), (
        _ARTICLE, _at("line_no", "line in the file, counted from 1, empty lines counted"), *_span("the line"),
        _text("zone", "what the line is", "zone"),
        _text("reason", "the named rule that decided the zone"), _PART,
        Column("is_article_text", "bool", "whether the line is text of the article itself"),
        Column("carries_claims", "bool", "whether what the line says may count as a claim about the event"),
    )),
    "dates": Table("a date the file shows about itself", ("article_id", "start"), (
        _ARTICLE, *_span("the date"), _SURFACE,
        _text("value", "the day, ISO 8601"),
        _text("kind", "what kind of evidence it is", "date_kind"),
        _at("rank", "1 is the strongest kind of evidence"),
        Column("is_used", "bool", "whether it decided `published`"),
        Column("is_conflict", "bool", "whether it names another day than `published`"),
    )),
    "sentences": Table("a sentence, or a heading that stands for one", ("article_id", "sentence_id"), (
        _ARTICLE, _SENTENCE, _at("line_no", "line the sentence stands on"), _PART, *_span("the sentence"),
        _text("zone", "zone of its line", "zone"),
        _text("voice", "whose words: filled by `mark_voices`, empty before", "voice"),
        Column("is_truncated", "bool", "whether the text breaks off, as search snippets do"),
        Column("carries_claims", "bool", "as in `lines`"),
        _text("text", "the words themselves, raw[start:end]"),
    )),
    "rejects": Table("something that could not be read", ("path", "position"), (
        _text("path", "file relative to the corpus folder"),
        _at("position", "place in the file: byte, line or record, by reader", nullable=True),
        _text("reason", "what is wrong"), _text("action", "what to do about it"),
    )),
    "statements": Table("a quotation or a piece of reported speech", ("article_id", "start", "end"), (
        _ARTICLE, _SENTENCE, _PART, *_span("what is said, without its marks"), _SURFACE,
        _text("kind", "scare quotes and titles are recognized and are nobody's statement", "statement_kind"),
        _text("speaker", "whose words, as first named in full in the text; empty when the text does not say"),
        *_span("the mention that names the speaker", "speaker_", nullable=True),
        _text("cue", "word that reports, as written"), *_span("the cue", "cue_", nullable=True),
        _text("via", "who passed it on, as written; empty when nobody stands between"),
        _text("stance", "what the speaker does with the content", "stance"),
    )),
    "quantities": Table("a numeric expression", ("article_id", "start", "end"), (
        _ARTICLE, _SENTENCE, _PART, *_span("the number"), _SURFACE,
        *_span("the whole phrase, with bound, unit and what is counted", "phrase_"),
        _text("kind", "identifiers and idioms are recognized so as not to be counted", "quantity_kind"),
        Column("value", "exact", "the amount, scale applied; empty for ranges and words without a number",
               nullable=True),
        Column("low", "exact", "smallest amount the words allow; empty when open", nullable=True),
        Column("high", "exact", "largest amount the words allow; empty when open", nullable=True),
        _text("bound", "= exact, ~ about, > at least or more than, < at most or less than", "bound"),
        _text("trend", "whether the words say it rises or falls", "trend"),
        _text("unit", "canonical unit: ISO 4217 for money, SI or common symbol; empty for counts"),
        _text("counted", "what is counted, as written"),
        *_span("what is counted", "counted_", nullable=True),
        _text("status", "whether it has happened, is claimed, planned …", "status"),
        _text("status_evidence", "the words that decided the status, as written; empty when none did"),
        _text("attributed_to", "who gives the figure, by the text; empty when it does not say"),
        _text("via", "who passed it on; empty when nobody stands between"),
        _text("as_of", "the time the figure speaks of, ISO 8601 with its own precision; empty when unknown"),
    )),
    "tone": Table("a sentence", ("article_id", "sentence_id"), (
        _ARTICLE, _SENTENCE, _PART, *_span("the sentence"), _text("zone", "zone of its line", "zone"),
        _text("voice", "whose words", "voice"),
        _share("polarity", "wording: -1 most negative, +1 most positive; NaN when no word matched", -1.0),
        _share("subjectivity", "share of words that show an opinion"),
        _share("hedging", "share of words that hold back certainty"),
        _share("loaded", "share of words with strong wording"),
        _at("n_words", "words in the sentence"),
        _at("n_matched", "words found in the word list"),
    )),
    "cues": Table("a word or phrase that moved a score", ("article_id", "start", "end", "measure", "rule"), (
        _ARTICLE, _SENTENCE, *_span("the word"), _SURFACE,
        _text("measure", "which score it moved", "measure"),
        Column("weight", "float", "what it added to the score; a sentence's weights sum to its score"),
        _text("rule", "word list entry or named rule that applied"),
    )),
    "figures": Table("a claim with a number, in one article", ("slot", "article_id", "start"), (
        _text("slot", "what is counted, brought to one form across articles"),
        _ARTICLE, _SENTENCE, _PART, *_span("the number"), _SURFACE,
        _text("counted", "what is counted, as written"),
        _text("unit", "canonical unit; empty for counts"),
        Column("value", "exact", "the amount, scale applied; empty for ranges and vague words",
               nullable=True),
        Column("low", "exact", "smallest amount the words allow; empty when open", nullable=True),
        Column("high", "exact", "largest amount the words allow; empty when open", nullable=True),
        _text("bound", "as in `quantities`", "bound"), _text("status", "as in `quantities`", "status"),
        _text("attributed_to", "who gives the figure, by the text"), _text("via", "who passed it on"),
        _text("as_of", "as in `quantities`"),
    )),
    "conflicts": Table("two tellings of one figure that differ or only seem to agree",
                       ("slot", "article_a", "start_a", "article_b", "start_b"), (
        _text("slot", "as in `figures`"),
        _text("article_a", "article of the first telling"), _at("start_a", "start of its number"),
        _at("end_a", "end of its number"),
        _text("article_b", "article of the second telling"), _at("start_b", "start of its number"),
        _at("end_b", "end of its number"),
        _text("verdict", "what the difference amounts to", "verdict"),
        _text("reason", "why, in one sentence"),
    )),
    "passages": Table("two passages that share wording", ("article_a", "start_a", "article_b", "start_b"), (
        _text("article_a", "article of the first"), _at("start_a", "its start"), _at("end_a", "its end"),
        _text("article_b", "article of the second"), _at("start_b", "its start"), _at("end_b", "its end"),
        _text("kind", "how close the wording is", "passage_kind"),
        _share("similarity", "share of words in common, 1 when the same word for word"),
        _at("n_words", "words in the shorter passage"),
    )),
}  # fmt: skip

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
    keys = list(zip(*(columns[key] for key in table.key), strict=True))
    order = sorted(range(len(records)), key=lambda row: tuple((v is None, v) for v in keys[row]))
    columns = {column: [values[row] for row in order] for column, values in columns.items()}
    _check_values(name, table, columns)
    return pd.DataFrame({c.name: pd.Series(columns[c.name], dtype=_dtype(c)) for c in table.columns})


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


def _known(table: str, column: Column, values: list[Any]) -> list[Any]:
    """Put the unknown value of the column's kind where one is missing, and refuse values of another kind."""
    unknown = "" if column.kind == "text" else None
    values = [unknown if v is None or v is pd.NA or v != v else v for v in values]
    wanted = _TYPES[column.kind]
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
    seen = set()
    for key in zip(*(columns[key] for key in table.key), strict=True):
        if key in seen:
            raise TableError(f"{name}: two rows have the key {key}")
        seen.add(key)
