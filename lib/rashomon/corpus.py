"""Read a corpus into its tables: articles, parts, lines, dates, sentences, files and rejects."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from rashomon._reading.articles import Rows, article_text, describe_text
from rashomon._reading.duplicates import find_duplicates, sample_runs
from rashomon.read import CorpusError, RawDocument, read_documents, read_partitions, resolve_path
from rashomon.tables import make_table

READ_TABLES = ("articles", "parts", "lines", "dates", "sentences", "files", "rejects")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables of a corpus, all keyed by `article_id`; nothing clever.

    Attributes
    ----------
    articles, parts, lines, dates, sentences, files, rejects : DataFrame
        As `TABLES` describes them.

    Examples
    --------
    >>> corpus = corpus_of({"a": "The ferry sank. All got home."})
    >>> corpus.raw("a")[0:15]
    'The ferry sank.'
    """

    articles: pd.DataFrame
    parts: pd.DataFrame
    lines: pd.DataFrame
    dates: pd.DataFrame
    sentences: pd.DataFrame
    files: pd.DataFrame
    rejects: pd.DataFrame
    _raws: dict[str, str] = field(init=False, repr=False, compare=False)
    _labels: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids = self.articles["article_id"]
        object.__setattr__(self, "_raws", dict(zip(ids, self.articles["raw"], strict=True)))
        object.__setattr__(self, "_labels", dict(zip(ids, self.articles["label"], strict=True)))

    def raw(self, article_id: str) -> str:
        """Give the untouched text of an article; every offset points into it."""
        return self._raws[article_id]

    def label(self, article_id: str) -> str:
        """Give the short name of an article."""
        return self._labels[article_id]

    def originals(self) -> Corpus:
        """Leave out articles that double another: two copies are one witness."""
        doubles = self.articles.loc[self.articles["duplicate_of"] != "", "article_id"]
        return Corpus(**{name: _rows_without(getattr(self, name), doubles) for name in READ_TABLES})


def read_corpus(
    path: str | Path,
    *,
    outlets: str = "",
    since: str = "",
    until: str = "",
    limit: int = 0,
    as_lines: bool = False,
    columns: Mapping[str, str] | None = None,
) -> Corpus:
    """Read a file, a folder, a glob or an archive of articles into tables.

    Parameters
    ----------
    path : str or Path
        From the working directory or else from the project root. Texts, saved pages, tables, database
        exports, feeds, archives: README.md lists the formats. A folder that `rashomon read` wrote is taken
        as it is.
    outlets : str
        Keep only these, comma-separated: each a label, an outlet or an article_id. Empty keeps all.
    since, until : str
        Keep only articles published from, and up to, these days (ISO 8601, both included). An article
        without a date is left out then, and becomes a row of `rejects`.
    limit : int
        Read only the first so many texts, by path, before anything is filtered; 0 reads all.
    as_lines : bool
        Take each line as running text of its own, not as a page; see `iterate_documents`.
    columns : mapping of str to str, optional
        For tables of articles: "text", "title", "published" … to the column that holds it. What is not
        named is guessed by the columns' names, and told in the table `files`.

    Returns
    -------
    Corpus
        Tables in the order of their keys.

    Raises
    ------
    CorpusError
        When nothing can be read, an outlet is unknown, a day is no day, or nothing is left.

    Examples
    --------
    >>> corpus = read_corpus("seeds", outlets="002, 004")
    >>> corpus.articles[["label", "published", "page_date"]].values.tolist()
    [['002', '2024-10-22', '2025-04-27'], ['004', '2024-10-23', '2024-10-23']]
    """
    first, last = _day_of(since, "since"), _day_of(until, "until")
    if _is_partitioned(path):
        return _select(read_partitions(resolve_path(path)), outlets, first, last, limit, str(path))
    documents, rows = read_documents(path, limit=limit, as_lines=as_lines, columns=columns)
    labels = name_files([row["path"] for row in rows["files"]] + [each.path for each in documents])
    found = [describe_text(document, label_of(document, labels)) for document in documents]
    kept, undated = _choose([tables["articles"][0] for tables in found], outlets, first, last, str(path))
    rows["rejects"] += undated
    return _assemble([tables for tables in found if tables["articles"][0]["article_id"] in kept], rows)


def _is_partitioned(path: str | Path) -> bool:
    """Tell a folder that `rashomon read` wrote: its tables are there already."""
    try:
        return any(resolve_path(path).glob("part-*/made_of.json"))
    except CorpusError:  # a glob, or nothing
        return False


def _select(
    tables: dict[str, pd.DataFrame], outlets: str, first: str, last: str, limit: int, path: str
) -> Corpus:
    """Take the articles that are asked for out of tables that were read before."""
    articles = tables["articles"].sort_values(["path", "position"], kind="stable")
    articles = articles.head(limit) if limit else articles
    kept, undated = _choose(articles.to_dict("records"), outlets, first, last, path)
    chosen = {
        name: frame[frame["article_id"].isin(kept)].reset_index(drop=True) if "article_id" in frame else frame
        for name, frame in tables.items()
        if name in READ_TABLES
    }
    rejects = pd.concat([chosen["rejects"], make_table("rejects", undated)]) if undated else chosen["rejects"]
    return Corpus(**(chosen | {"rejects": make_table("rejects", rejects)}))


def _rows_without(frame: pd.DataFrame, articles: pd.Series) -> pd.DataFrame:
    return (
        frame[~frame["article_id"].isin(articles)].reset_index(drop=True) if "article_id" in frame else frame
    )


def corpus_of(texts: Mapping[str, str]) -> Corpus:
    """Build a corpus from texts in memory, the same way as from files.

    Parameters
    ----------
    texts : mapping of str to str
        Name to text; the name is the article_id, the label and the path.

    Returns
    -------
    Corpus

    Raises
    ------
    CorpusError
        When a text holds a lone surrogate, which no encoding can write.

    Examples
    --------
    >>> corpus_of({"a": "The ferry sank. All got home."}).sentences["text"].tolist()
    ['The ferry sank.', 'All got home.']
    """
    documents = []
    for name, text in texts.items():
        try:
            digest = hashlib.sha256(text.encode()).hexdigest()
        except UnicodeEncodeError as error:
            raise CorpusError(
                f"text {name!r} holds half a character at {error.start}; decode it anew"
            ) from error
        documents.append(RawDocument(name, text, "str", digest, "text", name))
    found = [describe_text(document, document.article_id) for document in documents]
    return _assemble(found, {"files": [], "rejects": []})


def lines_in(text: str) -> pd.DataFrame:
    r"""Label the lines of one text.

    Parameters
    ----------
    text : str
        A text as copied from a page.

    Returns
    -------
    DataFrame
        The table `lines`; the article_id is `text`.

    Examples
    --------
    >>> text = "Ferry Sinks\nThe ferry sank on Monday and all of its crew got safely home."
    >>> lines_in(text)["zone"].tolist()
    ['headline', 'body']
    """
    return corpus_of({"text": text}).lines


def dates_in(text: str) -> pd.DataFrame:
    r"""Find the dates one text shows about itself.

    Parameters
    ----------
    text : str
        A text as copied from a page.

    Returns
    -------
    DataFrame
        The table `dates`; the article_id is `text`.

    Examples
    --------
    >>> found = dates_in("Updated: 24 Oct. 2024\nThe ferry sank on 3 May 2024.")
    >>> found[["surface", "value", "kind"]].values.tolist()
    [['24 Oct. 2024', '2024-10-24', 'as_of']]
    """
    return corpus_of({"text": text}).dates


def sentences_in(text: str) -> pd.DataFrame:
    """Split one text into sentences.

    Parameters
    ----------
    text : str
        A text as copied from a page.

    Returns
    -------
    DataFrame
        The table `sentences`; the article_id is `text`.

    Examples
    --------
    >>> sentences_in("Rep. Choo left at 7 p.m. on Monday. She stayed.")[["start", "end"]].values.tolist()
    [[0, 35], [36, 47]]
    """
    return corpus_of({"text": text}).sentences


def _assemble(found: Sequence[dict[str, Rows]], rows: dict[str, Rows]) -> Corpus:
    mark_duplicates(found)
    return Corpus(**make_tables(found, rows))


def make_tables(found: Sequence[dict[str, Rows]], rows: Mapping[str, Rows]) -> dict[str, pd.DataFrame]:
    """Make the tables of reading.

    Parameters
    ----------
    found : sequence of dict
        What `describe_text` gave for each text.
    rows : mapping of str to list of dict
        Rows of `files` and `rejects`.

    Returns
    -------
    dict of str to DataFrame
        Every table of `READ_TABLES`.
    """
    in_order = sorted(found, key=lambda tables: tables["articles"][0]["article_id"])  # as the keys are
    tables = {}
    for name in READ_TABLES:
        some = chain.from_iterable(each.get(name, ()) for each in in_order)
        tables[name] = make_table(name, [*rows.get(name, ()), *some])
    return tables


def mark_duplicates(found: Sequence[dict[str, Rows]]) -> None:
    """Fill `duplicate_of` and `similarity` of the article rows, in place.

    Parameters
    ----------
    found : sequence of dict
        What `describe_text` gave for each text.
    """
    articles = [tables["articles"][0] for tables in found]
    keys = [(row["published"], row["article_id"]) for row in articles]
    doubles = find_duplicates(keys, [sample_runs(article_text(tables)) for tables in found])
    for row in articles:
        row["duplicate_of"], row["similarity"] = doubles.get(row["article_id"], ("", None))


def name_files(paths: Iterable[str]) -> dict[str, str]:
    """Give each file the shortest of its names that is unique: stem up to `_`, stem, path.

    Parameters
    ----------
    paths : iterable of str
        All files of a corpus, repeated or not.

    Returns
    -------
    dict of str to str
        Path to name.

    Examples
    --------
    >>> name_files(["a/1_x.txt", "b/2_x.txt", "b/2_y.txt"])
    {'a/1_x.txt': '1', 'b/2_x.txt': '2_x', 'b/2_y.txt': '2_y'}
    """
    different = list(dict.fromkeys(paths))
    stems = [PurePosixPath(path).stem for path in different]
    shorts = [stem.split("_")[0] for stem in stems]
    n_short, n_stem = Counter(shorts), Counter(stems)
    names = {}
    for path, short, stem in zip(different, shorts, stems, strict=True):
        if short and n_short[short] == 1:
            names[path] = short
        else:
            names[path] = stem if n_stem[stem] == 1 else path
    return names


def label_of(document: RawDocument, names: Mapping[str, str]) -> str:
    """Give a text the name of its file, with its place where the file holds several.

    Parameters
    ----------
    document : RawDocument
        The text.
    names : mapping of str to str
        As `name_files` gives them.

    Returns
    -------
    str
        Such as `004`, or `export-12`; of running text its article_id.
    """
    if document.format == "line":
        return document.article_id
    name = names[document.path]
    return name if document.position is None else f"{name}-{document.position}"


def _choose(articles: Rows, outlets: str, first: str, last: str, path: str) -> tuple[set[str], Rows]:
    """Choose articles by outlet and day; give their ids, and rows of `rejects` for those without a day."""
    undated: Rows = []
    if outlets.strip(" ,"):
        articles = _keep_outlets(articles, outlets)
    if first or last:
        undated = [_undated(row) for row in articles if not row["published"]]
        articles = [row for row in articles if _is_within(row["published"], first, last)]
        if not articles:
            period = " ".join(word for pair in (("from", first), ("up to", last)) for word in pair if pair[1])
            raise CorpusError(
                f"no article in {path!r} was published {period}; give other days for since and until"
            )
    return {row["article_id"] for row in articles}, undated


def _keep_outlets(articles: Rows, outlets: str) -> Rows:
    wanted = {name.strip().casefold() for name in outlets.split(",") if name.strip()}
    names = [{row[key].casefold() for key in ("label", "outlet", "article_id")} - {""} for row in articles]
    unknown = sorted(wanted - set().union(*names))
    if unknown:
        listed = ", ".join(
            sorted({row["label"] for row in articles} | {row["outlet"] for row in articles if row["outlet"]})
        )
        raise CorpusError(f"no outlet {unknown[0]!r} in the corpus; there are {listed}")
    return [row for row, mine in zip(articles, names, strict=True) if mine & wanted]


def _undated(article: Mapping[str, Any]) -> dict[str, Any]:
    """Make a row of `rejects` for an article that a filter by day must leave out unseen."""
    return {
        "path": article["path"],
        "position": article["position"],
        "reason": "left out by since or until: the text shows no day of publication",
        "action": "leave since and until empty to keep it",
    }


def _is_within(published: str, first: str, last: str) -> bool:
    return bool(published) and first <= published and (not last or published <= last)


def _day_of(text: str, name: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError as error:
        raise CorpusError(f"{name} is {text!r}, which is no day; write it as 2024-10-24") from error
