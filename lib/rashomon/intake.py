"""Read a corpus of any size into partitions, in constant memory, and say on one page what was read.

Texts are read one after the other and described in batches, each of which becomes a partition (a folder with
one Parquet file a table). Only a sample of each text's word runs stays in memory, by which doubles are found
when all are read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import uuid
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rashomon._output_folders import check_target, replace_folder
from rashomon._pages.load_page import Load, load_page
from rashomon._reading.articles import Rows, article_text, describe_text
from rashomon._reading.duplicates import find_duplicates, sample_runs
from rashomon.corpus import label_of, make_tables, name_files
from rashomon.export import write_folder, write_table
from rashomon.read import (
    CorpusError,
    RawDocument,
    explain_nothing,
    iterate_documents,
    list_names,
    read_parquet_tables,
    resolve_path,
)
from rashomon.tables import make_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GENERATOR = "rashomon read"
REPORT = "load_report.html"
_MAX_BATCH = 8_000_000  # characters of text that are described at a time


def load_corpus(
    path: str | Path,
    *,
    out: str | Path,
    columns: Mapping[str, str] | None = None,
    as_lines: bool = False,
    articles_per_part: int = 1000,
    jobs: int = 1,
    progress: bool = True,
) -> Load:
    """Read a corpus into partitions, and write the load report.

    Parameters
    ----------
    path, columns, as_lines
        As `read_corpus` takes them.
    out : str or Path
        Folder of the partitions `part-00000` … and of `load_report.html`. What this command has written
        there before is replaced; any other folder must be empty.
    articles_per_part : int
        Most articles of a partition, at least 1.
    jobs : int
        Processes that describe texts; the result is the same.
    progress : bool
        Show a bar on a terminal.

    Returns
    -------
    Load
        Counts of what was read.

    Raises
    ------
    CorpusError
        When nothing can be read; `out` then stays as it was.
    ParameterError
        When `out` holds something else, or the corpus.
    ValueError
        When `articles_per_part` or `jobs` is below 1.

    Examples
    --------
    >>> load_corpus("seeds", out="parts", articles_per_part=0)
    Traceback (most recent call last):
    ValueError: articles_per_part and jobs must be at least 1
    """
    if min(articles_per_part, jobs) < 1:
        raise ValueError("articles_per_part and jobs must be at least 1")
    target = Path(out).expanduser().resolve()
    check_target(target, _source_of(path), generator=GENERATOR)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    aside.mkdir()
    try:
        load = Load()
        found = iterate_documents(path, as_lines=as_lines, columns=columns)
        batches = _batch(_show_progress(found, progress), articles_per_part)
        made = []
        for each in _describe_all(batches, aside, name_files(list_names(path)), jobs):
            _add(load, each.load)
            made.append(each)
        if not load.n_articles:
            raise CorpusError(_explain(path, load))
        _mark_doubles(aside, made, load)
        (aside / REPORT).write_text(load_page(load), "utf-8", "xmlcharrefreplace")
        files = sorted(each.relative_to(aside).as_posix() for each in aside.rglob("*") if each.is_file())
        manifest = {"generator": GENERATOR, "files": files}
        (aside / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf-8")
        replace_folder(target, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return load


@dataclass(frozen=True, slots=True)
class _Made:
    """What one partition holds: its counts, and of each article the day, the id and the sample of runs."""

    part: str
    load: Load
    keys: list[tuple[str, str]]
    samples: list[NDArray[np.uint32]]


_Batch = list[RawDocument | tuple[str, dict[str, Any]]]


def _source_of(path: str | Path) -> Path:
    """Give the folder or file that is read; of a glob the folder it begins in."""
    text = str(path)
    fixed = text[: min((text.find(sign) for sign in "*?[" if sign in text), default=len(text))]
    return resolve_path(path if fixed == text else fixed.rpartition("/")[0] or ".").resolve()


def _show_progress(found: Iterable[Any], progress: bool) -> Iterator[Any]:
    """Pass on what was found, counting articles and files on a terminal."""
    from tqdm import tqdm

    n_files = 0
    with tqdm(unit=" articles", disable=not (progress and sys.stderr.isatty())) as bar:
        for each in found:
            if isinstance(each, RawDocument):
                bar.update()
            elif each[0] == "files":
                n_files += 1
                bar.set_postfix_str(f"{n_files:,} files", refresh=False)
            yield each


def _batch(found: Iterable[Any], articles_per_part: int) -> Iterator[_Batch]:
    batch: _Batch = []
    n_articles = n_characters = 0
    for each in found:
        if isinstance(each, RawDocument):
            if n_articles == articles_per_part or (n_characters + len(each.raw) > _MAX_BATCH and n_articles):
                yield batch
                batch, n_articles, n_characters = [], 0, 0
            n_articles += 1
            n_characters += len(each.raw)
        batch.append(each)
    if batch:
        yield batch


def _describe_all(
    batches: Iterable[_Batch], folder: Path, names: Mapping[str, str], jobs: int
) -> Iterator[_Made]:
    """Describe batches in order; with several processes, only a few batches wait in memory."""
    work = ((batch, folder / f"part-{n:05}", names) for n, batch in enumerate(batches))
    if jobs == 1:
        yield from (_describe(*each) for each in work)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[_Made]] = deque()
        for each in work:
            waiting.append(pool.submit(_describe, *each))
            if len(waiting) > jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _describe(batch: _Batch, folder: Path, names: Mapping[str, str]) -> _Made:
    """Describe one batch and write it as a partition; also what a worker process runs."""
    rows: dict[str, Rows] = {"files": [], "rejects": []}
    found: list[dict[str, Rows]] = []
    load, keys, samples = Load(), [], []
    for each in batch:
        if isinstance(each, RawDocument):
            tables = describe_text(each, label_of(each, names))
            article = tables["articles"][0]
            keys.append((article["published"], article["article_id"]))
            samples.append(sample_runs(article_text(tables)))
            _count(load, tables)
            found.append(tables)
        else:
            name, row = each
            rows[name].append(row)
            if name == "files":
                load.n_files += 1
                load.count("format", row["format"] or "none", row["n_articles"])
            else:
                load.n_rejects += 1
                load.count("reject", row["reason"])
            if name == "rejects" or row["note"]:
                load.show(name, row)
    digest = hashlib.sha256(repr(keys).encode()).hexdigest()
    write_folder(folder, make_tables(found, rows), {"articles": len(keys), "digest": digest})
    return _Made(folder.name, load, keys, _pack(samples))


def _pack(samples: list[NDArray[np.uint32]]) -> list[NDArray[np.uint32]]:
    """Put samples beside each other: small arrays that lie between others would waste most of the memory."""
    import numpy as np

    ends = np.cumsum([len(sample) for sample in samples])
    return np.split(np.concatenate(samples), ends[:-1]) if samples else []


def _count(load: Load, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    article = tables["articles"][0]
    load.n_articles += 1
    load.n_words += article["n_words"]
    load.count("encoding", article["encoding"])
    load.count("language", article["language"] or "not recognized")
    load.count("date", article["published_kind"] or "none")
    for line in tables["lines"]:
        load.count("zone", line["zone"])
        load.count("zone_characters", line["zone"], line["end"] - line["start"])
    conflicts = [row for row in tables["dates"] if row["is_conflict"] and row["kind"] != "teaser"]
    load.n_conflicts += bool(conflicts)
    for row in conflicts:
        load.show("conflicts", {"label": article["label"], "published": article["published"],
                                "published_kind": article["published_kind"], **row})  # fmt: skip


def _add(load: Load, more: Load) -> None:
    for name in ("n_files", "n_articles", "n_words", "n_rejects", "n_conflicts"):
        setattr(load, name, getattr(load, name) + getattr(more, name))
    for what, counter in more.counts.items():
        load.counts.setdefault(what, Counter()).update(counter)
    for what, rows in more.shown.items():
        for row in rows:
            load.show(what, row)


def _mark_doubles(folder: Path, made: list[_Made], load: Load) -> None:
    """Find doubles among all articles, and fill their columns in the partitions that hold some."""
    keys = [key for each in made for key in each.keys]
    doubles = find_duplicates(keys, [sample for each in made for sample in each.samples])
    load.n_duplicates = len(doubles)
    for each in made:
        if not any(article in doubles for _, article in each.keys):
            continue
        file = folder / each.part / "articles.parquet"
        articles = read_parquet_tables(file.parent, only=("articles",))["articles"]
        found = [doubles.get(article, ("", None)) for article in articles["article_id"]]
        articles["duplicate_of"] = [first for first, _ in found]
        articles["similarity"] = [share for _, share in found]
        articles = make_table("articles", articles)
        write_table(articles, file)
        shown = articles.loc[articles["duplicate_of"] != "", ["label", "path", "duplicate_of", "similarity"]]
        for row in shown.to_dict("records"):
            load.show(
                "duplicates", {name: row[name] for name in ("label", "path", "duplicate_of", "similarity")}
            )


def _explain(path: str | Path, load: Load) -> str:
    rows: dict[str, list[dict[str, Any]]] = {
        "files": [{}] * load.n_files,
        "rejects": load.shown.get("rejects", []),
    }
    return explain_nothing(str(path), rows)
