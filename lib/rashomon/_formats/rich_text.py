"""Read RTF, and files that only have the ending of an old word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon._formats.documents import read_docx
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Record

MAX_CHARACTERS = 5_000_000  # without its pictures; a book of a thousand pages has half as many

_PICTURE = re.compile(r"[0-9a-fA-F\s]{512,}")  # in hexadecimal digits, longer than any word
# Deleted under tracked changes, or hidden: groups that a reader would show are made ones that it passes over.
_UNSHOWN = re.compile(r"\{((?:\\[a-z]+-?\d* ?){0,50})\\(?:deleted|v)(?![a-z\d])")
_FONT = re.compile(r"(?<!\\)(?=\\f\d)")
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")
_FOOTNOTE = re.compile(r"\\footnote(?![a-z])")
_TEXT_BOX = re.compile(r"\\(?:shptxt|dptxbxtext)(?![a-z])")
_LINK = re.compile("HYPERLINK", re.IGNORECASE)
_BROKEN = (ValueError, LookupError, TypeError, OverflowError, RecursionError)


def read_rtf(file: InputFile) -> Iterator[Item]:
    """Read an RTF document as one article.

    Parameters
    ----------
    file : InputFile
        A document.

    Yields
    ------
    Record or Note
        A line a paragraph or row of a table, with tabs between its cells; a note counts what is left out.

    Raises
    ------
    UnreadableError
        When it is no RTF, or there is no text in it.

    Notes
    -----
    Left out: headers and footers, comments, footnotes, text boxes, and what tracked changes have deleted.
    """
    from striprtf.striprtf import rtf_to_text

    data = file.read()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("not an RTF document", "save it again as .rtf, .docx or .txt")
    code = _PICTURE.sub(" ", data.decode("latin-1"))
    if len(code) > MAX_CHARACTERS:
        raise UnreadableError(f"too large: more than {MAX_CHARACTERS:,} characters", "save it as .txt")
    code, n_unshown = _UNSHOWN.subn(r"{\\*\1", _CELL.sub(r"\\tab", code))
    code = _FONT.sub(
        "\n", code
    )  # striprtf looks for the end of each font on its line, over and over on a long one
    code = _LINK.sub("LINK", code)  # striprtf would write the address of a link into the text
    try:
        text = rtf_to_text(code, errors="replace")  # type: ignore[no-untyped-call]
        raw = text.encode("utf-16", "surrogatepass").decode("utf-16")  # pairs of half characters made whole
    except _BROKEN as error:
        raise UnreadableError(
            f"broken RTF: {error}", "open it in a word processor and save it again"
        ) from error
    raw = "\n".join(line.rstrip() for line in raw.split("\n")).strip("\n")
    if not raw.strip():
        raise UnreadableError(
            "empty: no text in it", "leave it out, or run OCR when it is a picture of a text"
        )
    left_out = [("footnotes", len(_FOOTNOTE.findall(code))), ("text boxes", len(_TEXT_BOX.findall(code)))]
    left_out += [("deleted or hidden passages", n_unshown)]
    page = _CODE_PAGE.search(code)
    yield Record(raw, f"cp{page[1]}" if page else "cp1252")
    if any(n for _, n in left_out):
        yield Note("left out: " + ", ".join(f"{what}: {n}" for what, n in left_out if n))


def read_old_document(file: InputFile) -> Iterator[Item]:
    """Say how to convert a document of an old word processor.

    Parameters
    ----------
    file : InputFile
        A document.

    Yields
    ------
    Item
        What is in it when it only has the ending: RTF and DOCX often do.

    Raises
    ------
    UnreadableError
        When it really is one.
    """
    data = file.read()
    if data.startswith(b"{\\rtf"):
        yield from read_rtf(file)
    elif data.startswith(b"PK"):
        yield from read_docx(file)
    else:
        raise UnreadableError("a document of an old word processor", "save it as .docx or .txt")


FORMATS = (
    Format("rtf", (".rtf",), read_rtf, packages=("striprtf",)),
    Format("doc", (".doc",), read_old_document),
)
