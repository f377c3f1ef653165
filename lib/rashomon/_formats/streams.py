"""Read text of any length as a stream, in the encoding that the whole of it shows."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, TextIO

from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import MAX_FILE_BYTES, InputFile

UNKNOWN = "\ufffd"  # stands for bytes that are no text, so that one of them does not cost the whole file

_CHUNK = 1 << 20
_MARKS = (  # the UTF-32 mark begins with the UTF-16 one, so it comes first
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_NUL_SHARE = 0.01  # more NUL bytes are no accident


def stream_text(file: InputFile) -> tuple[TextIO, str]:
    r"""Give a file as a stream of text that keeps its line ends.

    Parameters
    ----------
    file : InputFile
        Of any length; it is looked through before it is read.

    Returns
    -------
    stream, encoding : TextIO, str
        The text, and the name of its encoding as `decode` gives it. In a long file bytes that the encoding
        does not know are `UNKNOWN`. NUL characters are left in.

    Raises
    ------
    UnreadableError
        When the file is empty or no text.

    Examples
    --------
    >>> stream, encoding = stream_text(InputFile("a.csv", lambda: io.BytesIO(b"Un caf\xe9 \xe0 Lyon"), 15))
    >>> stream.read(), encoding
    ('Un café à Lyon', 'cp1252?')
    """
    with file.open() as stream:
        encoding, puzzling = _find_encoding(stream)
        is_long = len(puzzling) + len(stream.read(MAX_FILE_BYTES)) >= MAX_FILE_BYTES if puzzling else True
    if not is_long:
        with file.open() as stream:
            text, encoding = decode(stream.read().replace(b"\0", b"?"))
        return _wrap(io.BytesIO(text.encode("utf-8")), "utf-8"), encoding
    encoding = encoding or decode(_whole_lines(puzzling))[1]
    return _wrap(file.open(), encoding.rstrip("?")), encoding


def _wrap(stream: BinaryIO, encoding: str) -> TextIO:
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def _find_encoding(stream: BinaryIO) -> tuple[str, bytes]:
    """Name an encoding that the bytes tell; else give the piece from which it must be guessed."""
    chunk = stream.read(_CHUNK)
    if not chunk:
        raise UnreadableError("empty: no text in it", "leave it out")
    for mark, name in _MARKS:
        if chunk.startswith(mark):
            return name, b""
    is_damaged = 0 < chunk.count(0) <= _MAX_NUL_SHARE * len(chunk)
    encoding = decode(_whole_lines(chunk.replace(b"\0", b"?") if is_damaged else chunk))[1]
    if encoding.startswith(("utf-8-sig", "utf-16", "utf-32")):
        return encoding, b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_wide = False
    while chunk:
        following = stream.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not following)
        except UnicodeDecodeError:
            # So far it was UTF-8 by more than chance: then it is, and damaged here.
            return ("utf-8", b"") if has_wide else ("", chunk)
        has_wide = has_wide or not text.isascii()
        chunk = following
    return "utf-8", b""


def _whole_lines(data: bytes) -> bytes:
    """Leave out what follows the last line end of a piece: it may end inside a character."""
    return data[: data.rfind(b"\n") + 1] or data if len(data) >= _CHUNK else data
