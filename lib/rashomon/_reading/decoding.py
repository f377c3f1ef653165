"""Turn the bytes of a file into text, or say why they are no text."""

from __future__ import annotations

import json
import re
from typing import Any

# What a wrongly named file really is, by its first bytes: the reject can then say how to convert it.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (  # the UTF-32 mark begins with the UTF-16 one, so it comes first
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # a surrogate alone, which no encoding can write
_SAVE_AS_TEXT = "save it as plain text (.txt), or leave it out"
_MAX_CONTROL_SHARE = 0.01
_SAMPLE = 100_000  # characters that are looked at for control characters


class UnreadableError(ValueError):
    """Something is no readable text: the reason, and what to do about it."""

    def __init__(self, reason: str, action: str) -> None:
        super().__init__(f"{reason}; {action}")
        self.reason, self.action = reason, action


def decode(data: bytes) -> tuple[str, str]:
    r"""Decode the bytes of a text file.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    text, encoding : str
        The text, unchanged but for a byte-order mark, and the name of its encoding.

    Raises
    ------
    UnreadableError
        When the bytes are no text.

    Notes
    -----
    Known limits: an encoding that is neither Unicode nor Windows-1252 is read as Windows-1252, and what that
    does not know as Latin-1.

    Examples
    --------
    >>> decode("caf\u00e9".encode("cp1252"))
    ('café', 'cp1252')
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"not text: {what}", _SAVE_AS_TEXT)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding)
    if b"\0" in data:
        return _decode_as(data, _utf16_order(data))
    for encoding in ("utf-8", "cp1252"):
        try:
            return _reject_binary(data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    return _reject_binary(data.decode("latin-1")), "latin-1"


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return _reject_binary(data.decode(encoding)), encoding
    except UnicodeDecodeError as error:
        raise UnreadableError(f"broken {encoding} at byte {error.start}", "save it again as UTF-8") from error


def _utf16_order(data: bytes) -> str:
    """UTF-16 without a mark shows as a NUL in nearly every second byte of Latin text."""
    sample = data[:4096]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 == 0 and half:
        if odd > 0.4 * half and even < 0.05 * half + 1:
            return "utf-16-le"
        if even > 0.4 * half and odd < 0.05 * half + 1:
            return "utf-16-be"
    raise UnreadableError("not text: it holds NUL bytes", _SAVE_AS_TEXT)


def _reject_binary(text: str) -> str:
    n_control = len(_CONTROL.findall(text, 0, _SAMPLE))
    if "\0" in text or n_control > _MAX_CONTROL_SHARE * min(len(text), _SAMPLE):
        raise UnreadableError("not text: it holds control characters", _SAVE_AS_TEXT)
    return text


def parse_line(line: str, *, must_be_json: bool = False) -> tuple[str, str]:
    """Find the text on a line that stands for itself, and the name it brings.

    Parameters
    ----------
    line : str
        Running text, or a JSON object with `text` and maybe `id`.
    must_be_json : bool
        Whether a line without such an object is a fault, as in a JSON-lines file, or running text.

    Returns
    -------
    text, name : str
        The name is empty when the line brings none.

    Raises
    ------
    UnreadableError
        When there is no text on the line.

    Examples
    --------
    >>> parse_line('{"id": 7, "text": "The ferry sank."}')
    ('The ferry sank.', '7')
    """
    action = 'give each line as {"id": …, "text": …}'
    record: Any = None
    if must_be_json or line.lstrip().startswith("{"):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            if must_be_json:
                raise UnreadableError("the line is not JSON", action) from error
    if isinstance(record, dict) and isinstance(record.get("text"), str):
        if not record["text"].strip():
            raise UnreadableError("the line's text is empty", "leave it out")
        if _HALF_CHARACTER.search(record["text"]):
            raise UnreadableError(
                "the line's text holds half a character", "write it as UTF-8 without \\ud800 escapes"
            )
        article_id = record.get("id", "")
        return record["text"], "" if article_id is None else str(article_id)
    if must_be_json:
        raise UnreadableError("the line has no text", action)
    return line, ""
