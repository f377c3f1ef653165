"""List the files of a corpus folder in a fixed order, and say which lead out of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

# What people put beside articles to describe them; given as a path of its own it is read like any file.
ABOUT = re.compile(r"(?:readme|licen[sc]e)(?:\.\w+)?|manifest\.csv", re.IGNORECASE)
_LEADS_OUT = "a symbolic link that leads out of the corpus folder"


def list_files(root: Path, base: Path | None = None) -> Iterator[tuple[str, Path, str]]:
    """List the files under a folder, sorted by name.

    Parameters
    ----------
    root : Path
        A folder, or a file, which is then the only one.
    base : Path, optional
        The folder that names are relative to; else `root`, or the folder of the file.

    Yields
    ------
    name, file, problem : str, Path, str
        The name for tables, relative to the folder and with forward slashes; the file; why it must not be
        read, mostly empty. Not listed: hidden files, what describes a folder (`README`, `LICENSE`,
        `manifest.csv`), and linked folders inside the corpus, whose files are listed where they really are.
    """
    if not root.is_dir():
        name = root.relative_to(base).as_posix() if base else root.name
        leads_out = base is not None and root.is_symlink() and not _is_inside(root, base.resolve())
        yield _printable(name), root, _LEADS_OUT if leads_out else ""
        return
    real_root = root.resolve()
    found: list[tuple[str, Path, str]] = []
    for folder, folders, files in os.walk(root):
        above = Path(folder).relative_to(base or root).as_posix()
        above = "" if above == "." else above + "/"
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in [*files, *links]:
            if name.startswith(".") or ABOUT.fullmatch(name):
                continue
            file = Path(folder, name)
            problem = ""
            if os.path.islink(file) and not _is_inside(file, real_root):
                problem = _LEADS_OUT
            elif name in links:
                continue  # its files are read where they really are
            found.append((_printable(above + name), file, problem))
    yield from sorted(found, key=lambda entry: entry[0])


def _is_inside(file: Path, root: Path) -> bool:
    try:
        return file.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a broken link or a loop of links
        return False


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")
