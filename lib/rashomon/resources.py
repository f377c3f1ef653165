"""Find and read what comes with the project: its folder, its word lists, its hand labels."""

from __future__ import annotations

import csv
import functools
import json
from pathlib import Path
from typing import Any


class CorpusError(ValueError):
    """Something asked for cannot be read; the message is one line: what is wrong, which path, what to do."""


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
