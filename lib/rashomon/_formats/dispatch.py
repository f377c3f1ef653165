"""The table of formats: which reader takes which file."""

from __future__ import annotations

import functools
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile

# In the order they are asked: an export in HTML is asked for before any HTML is taken for a saved page.
_MODULES = (
    "nexis",
    "nexis_docx",
    "factiva",
    "proquest",
    "europresse",
    "feeds",
    "bibliography",
    "delimited",
    "spreadsheets",
    "json_records",
    "parquet_rows",
    "web_archive",
    "documents",
    "rich_text",
    "pdf",
    "mail",
    "pages",
    "plain",
)
_HEAD = 65_536  # bytes a format may look at to recognize a file
_NO_TEXT = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".mp3", ".mp4", ".css", ".js", ".exe")
_INSTEAD = {
    **dict.fromkeys(_NO_TEXT, "leave it out: such files hold no article"),
    ".pages": "export it as .docx or .txt",
    ".msg": "save it as .eml",
    ".epub": "convert it to .html or .txt",
}


@functools.cache
def all_formats() -> tuple[Format, ...]:
    """Give every format that can be read, in the order they are asked.

    Returns
    -------
    tuple of Format
        First those that recognize a file by its content, then those that take any file of an ending.
    """
    modules = [import_module(f"rashomon._formats.{name}") for name in _MODULES]
    formats = [format_ for module in modules for format_ in module.FORMATS]
    return tuple(sorted(formats, key=lambda format_: format_.recognizes is None))


def choose_format(file: InputFile) -> Format:
    """Choose the reader of a file: by its ending, then by its first bytes.

    Parameters
    ----------
    file : InputFile
        A file.

    Returns
    -------
    Format
        The first format of the ending that recognizes the file.

    Raises
    ------
    UnreadableError
        When there is none.
    """
    formats = _formats_of(file)
    head = None
    for format_ in formats:
        if format_.recognizes is None:
            return format_
        if head is None:
            with file.open() as stream:
                head = stream.read(_HEAD)
        if format_.recognizes(head):
            return format_
    if formats:
        names = ", ".join(format_.name for format_ in formats)
        raise UnreadableError(f"its content is none of {names}", "save it as plain text (.txt)")
    known = ", ".join(sorted({ending for format_ in all_formats() for ending in format_.endings if ending}))
    raise UnreadableError(
        f"files ending in {file.ending} are not supported",
        _INSTEAD.get(file.ending, f"save it as plain text (.txt); these are read: {known}"),
    )


def may_describe(file: InputFile) -> bool:
    """Say whether a file can describe the texts of others, by its ending alone.

    Parameters
    ----------
    file : InputFile
        A file.

    Returns
    -------
    bool
        False when no format of the ending does.
    """
    return any(format_.describes_others for format_ in _formats_of(file))


def _formats_of(file: InputFile) -> list[Format]:
    ending = file.ending
    return [format_ for format_ in all_formats() if ending in format_.endings]


@functools.cache
def version_of(packages: tuple[str, ...]) -> str:
    """Say which versions read a file.

    Parameters
    ----------
    packages : tuple of str
        What the reader stands on, beside this library.

    Returns
    -------
    str
        Names with versions, commas between; this library first.
    """
    named = []
    for package in ("rashomon", *packages):
        try:
            named.append(f"{package} {version(package)}")
        except PackageNotFoundError:  # the library run from its folder
            named.append(package)
    return ", ".join(named)
