"""Write a report: run the notebooks, analyze the corpus beside them, and put all of it in one folder.

The folder is built aside and renamed, so a reader finds the old report or the new one, never half.
For equal input its bytes are equal, but for one line of the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rashomon._output_folders import check_target, replace_folder
from rashomon._pages.article_pages import article_file, article_page, list_findings, locate_in
from rashomon._pages.notebooks import list_notebooks
from rashomon.corpus import Corpus, read_corpus
from rashomon.export import write_table
from rashomon.pages import NOT_RUN_TAGS, index_page, notebook_page, notebook_title
from rashomon.parameters import PARAMETERS, Value, check_parameters
from rashomon.read import project_root, resolve_path
from rashomon.runner import run_notebooks

if TYPE_CHECKING:
    import pandas as pd

GENERATOR = "rashomon report"
_PACKAGES = ("rashomon", "pandas", "numpy", "matplotlib", "scikit-learn", "pyarrow", "sentencex", "ftfy")
_READ = ("outlets", "since", "until", "limit")


def write_report(
    corpus: str = "seeds",
    *,
    out: str | Path,
    only: Iterable[str] = (),
    parameters: Mapping[str, Value] | None = None,
    jobs: int = 2,
    progress: bool = True,
    notebooks: str | Path = "",
) -> Path:
    """Run the notebooks on a corpus and write their pages, the articles' pages and all tables.

    Parameters
    ----------
    corpus : str
        Folder or file of articles.
    out : str or Path
        Folder of the report. An earlier report in it is replaced; any other folder must be empty.
    only : iterable of str
        Notebooks to run: ``04_tone``, ``04`` or ``tone``; all when left out.
    parameters : mapping of str to (str or int)
        Values for the notebooks' parameters.
    jobs : int
        How many notebooks to run at a time.
    progress : bool
        Whether to draw a bar, when standard error is a terminal.
    notebooks : str or Path
        Folder of the notebooks; that of the project when empty.

    Returns
    -------
    Path
        The folder, which then holds `index.html`, a page a notebook, `articles/`, `tables/` and
        `manifest.json`.

    Raises
    ------
    ParameterError
        When a parameter or a notebook is unknown, or `out` may not be replaced.
    CorpusError
        When the corpus cannot be read.
    RunError
        When a notebook fails; it is kept beside `out` as ``NAME.failed.ipynb``, and the earlier report
        stays as it was.
    """
    values: dict[str, Value] = {**(parameters or {}), "corpus": corpus}
    check_parameters(**values)
    target = Path(out).expanduser().resolve()
    check_target(target, resolve_path(corpus).resolve(), generator=GENERATOR)
    chosen = list_notebooks(notebooks or project_root() / "notebooks", only=only)
    read = read_corpus(corpus, **{name: values[name] for name in _READ if name in values})  # type: ignore[arg-type]
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    work = aside / "notebooks"
    shutil.rmtree(aside, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        nav = [("index.html", "Report"), *((f"{path.stem}.html", _name(path)) for path in chosen)]
        tables: dict[str, pd.DataFrame] = {}

        def write_rest() -> None:
            tables.update(_analyze(read, str(values.get("word_list", ""))))
            _write_articles(aside / "articles", read, tables, nav)
            _write_tables(aside / "tables", tables)

        executed = run_notebooks(
            {path: work / path.name for path in chosen},
            parameters=_for_kernels(values),
            jobs=jobs,
            leave_out=NOT_RUN_TAGS,
            keep=target.parent,
            during=write_rest,
            progress=progress,
        )
        locate = locate_in(read)
        for stem, notebook in executed.items():
            page = notebook_page(notebook, f"{stem}.html", nav=nav, locate=locate)
            _write(aside / f"{stem}.html", page)
        overview_first = sorted(chosen, key=lambda path: (path.stem < "90", path.stem))
        cards = [
            (f"{path.stem}.html", _name(path), notebook_title(executed[path.stem])) for path in overview_first
        ]
        _write(aside / "index.html", index_page(read, tables, cards=cards, nav=nav))
        shutil.rmtree(work)
        _write(aside / "manifest.json", _manifest(aside, read, tables, values=values, notebooks=chosen))
        replace_folder(target, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def path_from_root(path: str | Path) -> str:
    """Write a path so that it means the same from the project root, where notebooks run.

    Parameters
    ----------
    path : str or Path
        An existing file or folder, from the working directory or the project root.

    Returns
    -------
    str
        Relative to the project root, with forward slashes; it names no home folder where that can be
        helped.

    Raises
    ------
    CorpusError
        When there is no such file or folder.

    Examples
    --------
    >>> path_from_root("seeds")
    'seeds'
    """
    found = resolve_path(path).resolve()
    try:
        return Path(os.path.relpath(found, project_root().resolve())).as_posix()
    except ValueError:  # another drive
        return found.as_posix()


def _for_kernels(values: Mapping[str, Value]) -> dict[str, Value]:
    """Write paths as the notebooks see them, which run in the project's folder."""
    paths = {name: path_from_root(str(values[name])) for name in ("corpus", "word_list") if values.get(name)}
    return {**values, **paths}


def _analyze(corpus: Corpus, word_list: str) -> dict[str, pd.DataFrame]:
    from rashomon.analysis import analyze

    return analyze(corpus, word_list=word_list)


def _write_articles(
    folder: Path, corpus: Corpus, tables: Mapping[str, pd.DataFrame], nav: list[tuple[str, str]]
) -> None:
    folder.mkdir()
    findings = list_findings(tables)
    for article_id in corpus.articles["article_id"]:
        page = article_page(corpus, article_id, findings=findings.get(article_id, ()), nav=nav)
        _write(folder / article_file(article_id), page)


def _write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    folder.mkdir()
    for name, frame in tables.items():
        for ending in ("csv", "parquet"):
            write_table(frame, folder / f"{name}.{ending}")


def _manifest(
    folder: Path,
    corpus: Corpus,
    tables: Mapping[str, pd.DataFrame],
    *,
    values: Mapping[str, Value],
    notebooks: list[Path],
) -> str:
    """Write what the report was made from; all that may differ between equal runs is on the line `run`."""
    run = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _PACKAGES},
    }
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    body: dict[str, Any] = {
        "generator": GENERATOR,
        "parameters": {name: values.get(name, each.default) for name, each in PARAMETERS.items()},
        "inputs": corpus.articles[["path", "article_id", "sha256"]].to_dict("records"),
        "notebooks": {path.name: _digest(path) for path in notebooks},
        "rejects": json.loads(corpus.rejects.to_json(orient="records")),
        "rows": {name: len(frame) for name, frame in tables.items()},
        "files": {path.relative_to(folder).as_posix(): _digest(path) for path in written},
    }
    if values.get("word_list"):
        body["inputs"].append(
            {"path": values["word_list"], "sha256": _digest(resolve_path(str(values["word_list"])))}
        )
    return '{\n "run": ' + json.dumps(run) + "," + json.dumps(body, indent=1, ensure_ascii=False)[1:] + "\n"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(path: Path, text: str) -> None:
    """Write a text; half a surrogate pair, which UTF-8 cannot hold, becomes a character reference."""
    path.write_bytes(text.encode("utf-8", "xmlcharrefreplace"))


def _name(path: Path) -> str:
    return path.stem.replace("_", " ")
