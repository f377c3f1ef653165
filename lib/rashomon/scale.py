"""The same stages over partitions: one process, a pool of processes, or a cluster that is already there.

A partition is a folder with one Parquet file a table. The stages that look at one article at a time run
on each partition by itself, so the results together are, row for row, those of one run in memory. A
result is written under another name and then renamed: it is there whole or not at all, and a second run
does what is missing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from rashomon.analysis import ACROSS_ARTICLES, analyze_articles
from rashomon.corpus import READ_TABLES, Corpus
from rashomon.export import MADE_OF, write_folder
from rashomon.read import CorpusError, find_partitions, read_parquet_tables
from rashomon.tables import TABLES

# What is made of a partition alone; `sentences` is read too, but gets its voices here.
MADE_TABLES = tuple(
    name
    for name in TABLES
    if name not in ACROSS_ARTICLES and (name == "sentences" or name not in READ_TABLES)
)


def write_partitions(corpus: Corpus, folder: str | Path, *, articles_per_part: int = 1000) -> list[Path]:
    """Write a corpus as partitions, each with some of its articles and all their rows.

    Parameters
    ----------
    corpus : Corpus
        As `read_corpus` gives it.
    folder : str or Path
        Made when missing. Partitions of the same names are replaced; rejects go to the first.
    articles_per_part : int, keyword-only
        Most articles of one partition, at least 1.

    Returns
    -------
    list of Path
        The partitions, `part-00000`, `part-00001` …, in the order of `article_id`.

    Raises
    ------
    ValueError
        When `articles_per_part` is below 1.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> write_partitions(corpus_of({"a": "One text."}), "parts", articles_per_part=0)
    Traceback (most recent call last):
    ValueError: articles_per_part is 0, must be at least 1
    """
    if articles_per_part < 1:
        raise ValueError(f"articles_per_part is {articles_per_part}, must be at least 1")
    part_of = {article: at // articles_per_part for at, article in enumerate(corpus.articles["article_id"])}
    n_parts = max(part_of.values(), default=0) + 1
    groups = {name: _split(getattr(corpus, name), part_of) for name in READ_TABLES}
    written = []
    for at in range(n_parts):
        tables = {name: groups[name].get(at, getattr(corpus, name).iloc[:0]) for name in READ_TABLES}
        digest = hashlib.sha256(
            repr(tables["articles"][["article_id", "path", "sha256"]].values.tolist()).encode()
        )
        about = {"articles": len(tables["articles"]), "digest": digest.hexdigest()}
        written.append(write_folder(Path(folder) / f"part-{at:05}", tables, about))
    return written


def analyze_partitions(
    source: str | Path, out: str | Path, *, workers: int = 1, client: Any = None, word_list: str = ""
) -> list[Path]:
    """Run the stages that look at one article at a time on every partition.

    Parameters
    ----------
    source : str or Path
        Folder of partitions, as `write_partitions` makes it.
    out : str or Path
        Folder of results, one a partition, with the tables sentences (voices filled), statements, quantities,
        tone and cues. A result that is there, made of the same articles with the same word list by the
        same version, is kept.
    workers : int, keyword-only
        Processes; 1 runs in this one.
    client : keyword-only
        A client of a running cluster with `submit` and `gather`, such as Dask's; `workers` then does
        not matter. The library must be installed on the workers and both folders be reachable from them.
    word_list : str, keyword-only
        Word list for tone; "" for the one that comes with the library.

    Returns
    -------
    list of Path
        The results, in the order of the partitions.

    Raises
    ------
    CorpusError
        When `source` holds no partition, or one cannot be read.
    concurrent.futures.BrokenExecutor
        When a worker process dies; finished parts are kept, so running again does the rest.

    Notes
    -----
    Known limits. Stages that compare articles (figures, conflicts, passages) are not run: they need all
    partitions at once. `read_partitions` brings results together when they fit into memory.

    Examples
    --------
    >>> analyze_partitions("no_such_folder", "results")
    Traceback (most recent call last):
    rashomon.resources.CorpusError: no partitions in 'no_such_folder'; rashomon read makes them
    """
    parts = find_partitions(source)
    wanted = {part: {**_read_about(part), **_settings(word_list)} for part in parts}
    todo = [part for part in parts if _read_about(Path(out) / part.name) != wanted[part]]
    jobs = [(str(part), str(Path(out) / part.name), wanted[part], word_list) for part in todo]
    for _ in _show_progress(_run(jobs, workers, client), len(jobs)):
        pass
    return [Path(out) / part.name for part in parts]


def _split(table: pd.DataFrame, part_of: Mapping[str, int]) -> dict[int, pd.DataFrame]:
    if "article_id" not in table:
        return {0: table}
    return {
        int(at): rows.reset_index(drop=True) for at, rows in table.groupby(table["article_id"].map(part_of))
    }


def _read_about(part: Path) -> dict[str, Any]:
    about = part / MADE_OF
    return json.loads(about.read_text("utf-8")) if about.is_file() else {}


def _settings(word_list: str) -> dict[str, str]:
    from rashomon import __version__
    from rashomon._tone.weights import load_weights

    rows = repr(load_weights(word_list)) if word_list else ""
    return {"version": __version__, "word_list": hashlib.sha256(rows.encode("utf-8", "replace")).hexdigest()}


def _run(jobs: list[tuple[str, str, dict[str, Any], str]], workers: int, client: Any) -> Iterator[str]:
    """Yield finished results, in the order they finish."""
    if client is not None:
        yield from client.gather([client.submit(_run_part, *job, pure=False) for job in jobs])
    elif workers == 1 or len(jobs) < 2:
        yield from (_run_part(*job) for job in jobs)
    else:
        # Not a fork of this process: a notebook's kernel has threads, and a fork may hang on their locks.
        with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=get_context("spawn")) as pool:
            try:
                for done in as_completed([pool.submit(_run_part, *job) for job in jobs]):
                    yield done.result()
            except BrokenExecutor as error:
                error.add_note("A worker process died. Finished parts are kept; run again to do the rest.")
                raise


def _run_part(source: str, out: str, about: dict[str, Any], word_list: str) -> str:
    """Analyze one partition; also what a worker process or a cluster runs."""
    read = read_parquet_tables(source)
    missing = [name for name in READ_TABLES if name not in read]
    if missing:
        raise CorpusError(f"partition {source!r} lacks {', '.join(missing)}; make it again")
    made = analyze_articles(Corpus(**{name: read[name] for name in READ_TABLES}), word_list=word_list)
    return str(write_folder(Path(out), {name: made[name] for name in MADE_TABLES}, about))


def _show_progress(finished: Iterable[str], total: int) -> Iterable[str]:
    from tqdm import tqdm

    bar: Iterable[str] = tqdm(finished, total=total, unit="part", disable=not sys.stderr.isatty())
    return bar
