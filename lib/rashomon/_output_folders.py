"""Put a folder of results in place whole; replace only what the same command has written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from rashomon.parameters import ParameterError


def check_target(target: Path, corpus: Path, *, generator: str) -> None:
    """See that a folder may be written, or replaced when it is an earlier result of the same command.

    Parameters
    ----------
    target : Path
        The folder, absolute.
    corpus : Path
        What is read, absolute.
    generator : str
        The command, as its manifest.json names it.

    Raises
    ------
    ParameterError
        When the folder holds the corpus, lies in it, or holds something else.
    """
    if target == corpus or target in corpus.parents:
        raise ParameterError(f"{target} holds the corpus, it would be replaced; give another --out")
    if corpus in target.parents:
        raise ParameterError(f"{target} lies in the corpus, the next run would read it; give another --out")
    if not target.exists():
        return
    problem = f"{target} is not empty and not of {generator}; give another --out"
    if not target.is_dir():
        raise ParameterError(problem)
    found = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file() or p.is_symlink()}
    found = {name for name in found if not name.rpartition("/")[2].startswith(".")}
    if not found:
        return
    try:
        manifest = json.loads((target / "manifest.json").read_bytes())
        ours = {*manifest["files"], "manifest.json"} if manifest["generator"] == generator else set()
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    if not ours:
        raise ParameterError(problem)
    if found - ours:
        raise ParameterError(
            f"{target} holds {sorted(found - ours)[0]!r}, not of {generator}; move it or give another --out"
        )


def replace_folder(target: Path, aside: Path) -> None:
    """Put a new folder where an old one stands; the old one comes back should that fail.

    Parameters
    ----------
    target : Path
        Where it belongs; may be there or not.
    aside : Path
        The new folder, beside it.

    Raises
    ------
    OSError
        When it cannot be put there.
    """
    old = aside.with_suffix(".old")
    if target.exists():
        os.replace(target, old)
    try:
        os.replace(aside, target)
    except OSError:
        if old.exists():
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)
