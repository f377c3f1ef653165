"""Read text of any length as a stream, in the encoding that the whole of it shows."""

from __future__ import annotations

import codecs
import io
from typing import TextIO

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
_MAX_BAD_SHARE = 0.1  # bytes that are no UTF-8 to characters outside ASCII that are, in a damaged file


def stream_text(file: InputFile) -> tuple[TextIO, str]:
    r"""Give a file as a stream of text that keeps its line ends.

    Parameters
    ----------
    file : InputFile
        Of any length; it is looked through twice.

    Returns
    -------
    stream, encoding : TextIO, str
        Bytes that the encoding does not know are `UNKNOWN`. NUL characters are left in.

    Raises
    ------
    UnreadableError
        When the file is empty or no text.

    Examples
    --------
    >>> stream, encoding = stream_text(InputFile("a.csv", lambda: io.BytesIO(b"caf\xe9")))
    >>> stream.read(), encoding
    ('café', 'cp1252')
    """
    encoding = _find_encoding(file)
    stream = io.TextIOWrapper(file.open(), encoding=encoding, errors="replace", newline="")
    return stream, encoding


def _find_encoding(file: InputFile) -> str:
    with file.open() as stream:
        chunk = stream.read(_CHUNK)
        if not chunk:
            raise UnreadableError("empty: no text in it", "leave it out")
        for mark, name in _MARKS:
            if chunk.startswith(mark):
                return name
        n_nul = chunk.count(0)
        is_damaged = 0 < n_nul <= _MAX_NUL_SHARE * len(chunk)
        # What follows the last line end may be half a character.
        encoding = decode(_whole_lines(chunk.replace(b"\0", b"") if is_damaged else chunk))[1]
        if encoding == "utf-8-sig" or encoding.startswith(("utf-16", "utf-32")):
            return encoding
        decoder = codecs.getincrementaldecoder("utf-8")()
        n_wide = 0  # characters outside ASCII, as a rule of thumb: in UTF-8 each has a byte more
        while chunk:
            following = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not following)
            except UnicodeDecodeError:
                break
            n_wide += len(chunk) - len(text)
            chunk = following
        else:
            return "utf-8"
    text = chunk.decode("utf-8", "replace")
    n_bad = text.count(UNKNOWN)
    n_wide += sum(c > "\x7f" for c in text) - n_bad
    if n_bad <= _MAX_BAD_SHARE * n_wide:
        return "utf-8"
    if 0 <= file.size <= MAX_FILE_BYTES:
        chunk = file.read()
    return decode(chunk.replace(b"\0", b""))[1]


def _whole_lines(data: bytes) -> bytes:
    return data[: data.rfind(b"\n") + 1] or data if len(data) >= _CHUNK else data
