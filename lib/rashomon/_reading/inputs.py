"""Find what there is to read: the files of a folder or a glob, and the members of archives."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rashomon._formats.archives import is_archive, members
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.folders import list_files
from rashomon._reading.records import InputFile, Reject

Found = tuple[InputFile, Reject | None]  # a file, and why it must not be read


def find_inputs(
    roots: list[Path], base: Path, open_file: Callable[[Path], BinaryIO], columns: Mapping[str, str]
) -> Iterator[Found]:
    """List every file that is to be read, archives opened, in the order of their names.

    Parameters
    ----------
    roots : list of Path
        Files and folders.
    base : Path
        The folder that names are relative to.
    open_file : callable
        Opens a file for reading bytes.
    columns : mapping of str to str
        What the user says about columns of tables.

    Yields
    ------
    file, problem
        A file, and why it must not be read, or None.
    """
    found = {entry[0]: entry for root in roots for entry in list_files(root, base)}
    for name in sorted(found):
        _, path, problem = found[name]
        if problem:
            yield InputFile(name, partial(open_file, path)), Reject(problem, "copy the file into the folder")
            continue
        try:
            file = InputFile(name, partial(open_file, path), _size_of(path), columns)
        except UnreadableError as error:
            yield InputFile(name, partial(open_file, path)), Reject(error.reason, error.action)
        else:
            yield from _open_archive(file) if is_archive(file) else [(file, None)]


def _size_of(path: Path) -> int:
    try:
        status = path.stat()
    except OSError as error:
        raise cannot_open(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("not a regular file", "leave it out")
    return status.st_size


def cannot_open(error: OSError) -> UnreadableError:
    """Say of an error of the operating system what the user can do.

    Parameters
    ----------
    error : OSError
        From opening or reading a file.

    Returns
    -------
    UnreadableError
        To be raised in its place.
    """
    reason = error.strerror or type(error).__name__
    return UnreadableError(f"cannot be opened: {reason}", "check the file's permissions")


def _open_archive(archive: InputFile) -> Iterator[Found]:
    n_members = 0
    try:
        for member in members(archive):
            n_members += 1
            yield (archive, member) if isinstance(member, Reject) else (member, None)
    except UnreadableError as error:
        yield archive, Reject(error.reason, error.action)
    else:
        if not n_members:
            yield archive, Reject("the archive holds no files", "leave it out")
