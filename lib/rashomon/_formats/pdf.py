"""Read the text layer of a PDF document as one article."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Any

from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject

if TYPE_CHECKING:
    from pypdf import Configuration

MAX_PAGES = 1_000
MAX_CHARACTERS = 10_000_000
MAX_STREAM_BYTES = 5_000_000  # of one page or font, unpacked
MAX_FORMS = 500  # drawings used again on one page
MAX_STEPS = 300_000  # drawing instructions; a page of text has a thousand, one of a newspaper 30,000

_PARAGRAPH_GAP = 1.35  # of the usual distance between lines
_LINE_HEIGHT = 1.2  # of the size of its letters
_MIN_LINES = 4  # below which a page shows no usual distance
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|/g(?:id)?\\d+|\\(cid:\\d+\\)")
_MAX_NO_LETTER_SHARE = 0.1
_SPLIT = "split it into its articles"
_OCR = "run OCR over it, for instance with OCRmyPDF, or leave it out"
# A library that follows the pointers of a broken file fails in every way that a lookup can fail.
_BROKEN = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RuntimeError,
    OSError, EOFError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    y: float  # above the lower edge of the page, in points, as is the size of its letters
    size: float


def read_pdf(file: InputFile) -> Iterator[Item]:
    """Read a PDF document as one article.

    Parameters
    ----------
    file : InputFile
        A document.

    Yields
    ------
    Record, Reject or Note
        The record has a line a printed line, an empty one where the print leaves a gap, and a form feed
        between pages, whose headers and footers are in it. Rejects name pages that cannot be read, a note
        counts those without text.

    Raises
    ------
    UnreadableError
        When it is no PDF, encrypted, scanned, or its fonts do not say which letters they draw.
    """
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import PyPdfError

    data = file.read()
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("not a PDF document", "get the file again, or save it as plain text (.txt)")
    mended: list[str] = []
    try:
        with apply_configuration(_limits()), _hear(mended):
            reader = PdfReader(io.BytesIO(data))
            _check_readable(reader)
            pages, problems = _read_pages(reader, (PyPdfError, *_BROKEN))
    except UnreadableError:
        raise
    except (PyPdfError, *_BROKEN) as error:
        reason = f"broken PDF: {_say(error)}"
        raise UnreadableError(reason, "get the file again, or print it to PDF again") from error
    yield from problems
    if problems and not pages:
        raise UnreadableError("no page of it can be read", "print it to PDF again, or save its text as .txt")
    yield from _compose(pages)
    if mended:
        yield Note(f"damaged, and mended where it could be: {mended[0]}")


def _limits() -> Configuration:
    from pypdf import Configuration

    return Configuration(
        zlib_maximum_output_length=MAX_STREAM_BYTES,
        lzw_maximum_output_length=MAX_STREAM_BYTES,
        run_length_maximum_output_length=MAX_STREAM_BYTES,
        array_based_stream_maximum_output_length=MAX_STREAM_BYTES,
        stream_decoding_work_maximum_length=2 * MAX_STREAM_BYTES,
        xform_maximum_invocations_per_extraction=MAX_FORMS,
    )


@contextmanager
def _hear(mended: list[str]) -> Iterator[None]:
    """Collect what pypdf says of damage that it passes over, in place of showing it."""
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: mended.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("pypdf")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _say(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


def _check_readable(reader: Any) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("encrypted: it needs a password", "save it without a password")
    n_pages = len(reader.pages)
    if n_pages > MAX_PAGES:
        raise UnreadableError(f"{n_pages:,} pages, at most {MAX_PAGES:,} are read", _SPLIT)


def _read_pages(reader: Any, errors: tuple[type[Exception], ...]) -> tuple[list[str], list[Reject]]:
    pages: list[str] = []
    problems: list[Reject] = []
    steps = count(1)
    for number, page in enumerate(reader.pages, start=1):
        try:
            pages.append(_read_page(page, steps))
        except UnreadableError:
            raise
        except errors as error:
            problems.append(Reject(f"page {number} cannot be read: {_say(error)}", _OCR))
        if sum(map(len, pages)) > MAX_CHARACTERS:
            raise UnreadableError(f"more than {MAX_CHARACTERS:,} characters in it", _SPLIT)
    return pages, problems


def _read_page(page: Any, steps: Iterator[int]) -> str:
    """Read the lines of a page, an empty one where the distance to the line above is more than the usual."""
    pieces: list[_Line] = []

    def see(text: str, matrix: list[float], text_matrix: list[float], font: object, size: float) -> None:
        x, y = text_matrix[4:6]
        height = size * abs(text_matrix[3] * matrix[3])
        pieces.append(_Line(text, x * matrix[1] + y * matrix[3] + matrix[5], height))

    def step(*_: object) -> None:
        if next(steps) > MAX_STEPS:
            raise UnreadableError(f"more than {MAX_STEPS:,} drawing instructions in it", _SPLIT)

    page.extract_text(visitor_operand_before=step, visitor_text=see)
    lines = _lines_of(pieces)
    falls = [above.y - below.y for above, below in pairwise(lines) if above.y > below.y]
    usual = median_low(falls) if len(falls) >= _MIN_LINES else 0.0
    text = ""
    for i, line in enumerate(lines):
        least = _PARAGRAPH_GAP * max(usual, _LINE_HEIGHT * line.size)
        is_apart = i and usual and lines[i - 1].y - line.y > least
        text += ("\n" if is_apart else "") + line.text + "\n"
    return text


def _lines_of(pieces: list[_Line]) -> list[_Line]:
    """Put pieces together to lines, each where its first letter stands."""
    lines: list[_Line] = []
    text, first = "", None
    for piece in [*pieces, _Line("\n", 0.0, 0.0)]:
        for part in re.split("(\n)", piece.text):
            if part != "\n":
                first = piece if first is None and part.strip() else first
                text += part
                continue
            if first is not None:
                lines.append(_Line(text.strip(), first.y, first.size))
            text, first = "", None
    return lines


def _compose(pages: list[str]) -> Iterator[Item]:
    raw = "\f".join(pages).strip()
    if not raw:
        raise UnreadableError("no text in it: scanned, or drawn", _OCR)
    n_unknown = sum(len(match[0]) for match in _NO_LETTER.finditer(raw))
    if n_unknown > _MAX_NO_LETTER_SHARE * len(raw):
        raise UnreadableError("its fonts do not say which letters they draw", _OCR)
    yield Record(raw, "pdf")
    n_empty = sum(not page.strip() for page in pages)
    if n_empty:
        yield Note(f"pages without text: {n_empty} of {len(pages)}")


FORMATS = (Format("pdf", (".pdf",), read_pdf, packages=("pypdf",)),)
