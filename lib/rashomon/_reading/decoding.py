"""Turn the bytes of a file into text, or say why they are no text."""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections import Counter
from typing import Any

from rashomon._reading.encodings import common_letters, guess_encoding, known_encodings

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
_CONTROL_BYTES = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # a surrogate alone, which no encoding can write
_ESCAPES: tuple[tuple[re.Pattern[bytes], tuple[str, ...]], ...] = (  # these are ASCII, and so UTF-8 too
    (re.compile(rb"\x1b\$[@B(]"), ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004", "iso2022_jp_2")),
    (re.compile(rb"\x1b\$\)C"), ("iso2022_kr",)),
)
_DECLARED = {"x-sjis": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp", "x-mac-roman": "mac-roman"}
_NEWER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"}
_NEWER |= {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "cp950"}
_BROKEN = re.compile("[\udc80-\udcff]+")  # how Python marks bytes that are no UTF-8
_BYTE = re.compile("[\udc80-\udcff]")
_OUTSIDE_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]+")
_MOSTLY = 4  # so many good characters for each broken one, and it is UTF-8 with faults
_MIN_VARIED = 20  # bytes of a file that cannot all be the same
_UNICODE_SAMPLE = 400  # characters
_MIN_FAMILIAR = 0.45
_WIDE = ("gb", "cp9", "big5", "euc", "shift", "johab", "utf")
_SAVE_AS_TEXT = "save it as plain text (.txt), or leave it out"
_MAX_CONTROL_SHARE = 0.01
_SAMPLE = 100_000  # characters that are looked at for control characters


class UnreadableError(ValueError):
    """Something is no readable text: the reason, and what to do about it."""

    def __init__(self, reason: str, action: str) -> None:
        super().__init__(f"{reason}; {action}")
        self.reason, self.action = reason, action


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    r"""Decode the bytes of a text file.

    Parameters
    ----------
    data : bytes
        The whole file.
    declared : str
        The encoding that the file names inside, as HTML and XML do; tried when the bytes have no mark and
        are no UTF-8, passed over when it is unknown or does not fit.

    Returns
    -------
    text, encoding : str
        The text, unchanged but for a byte-order mark, and the name of its encoding. A name with a question
        mark is a guess, by what the text then looks like: `cp1251?`, or `utf-8?` of UTF-8 with a few bytes
        that are none, which are then read as Windows-1252.

    Raises
    ------
    UnreadableError
        When the bytes are no text, or no text in an encoding that is known.

    Notes
    -----
    Bytes that an encoding does not know become the control characters of their number, or the replacement
    character where characters are wider than a byte.

    Examples
    --------
    >>> decode("Un café à Orléans".encode("cp1252"))
    ('Un café à Orléans', 'cp1252?')
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"not text: {what}", _SAVE_AS_TEXT)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding)
    has_controls = len(data.translate(None, _CONTROL_BYTES)) < len(data)
    if has_controls:  # UTF-16 of Thai is all ASCII, with control characters
        encoding = _find_unmarked_unicode(data)
        if encoding:
            return _decode_as(data, encoding)[0], f"{encoding}?"
        if b"\0" in data:
            raise UnreadableError("not text: it holds NUL bytes", _SAVE_AS_TEXT)
    for mark, encodings in _ESCAPES:
        if mark.search(data):
            for encoding in encodings:
                try:
                    return _reject_binary(data.decode(encoding)), encoding
                except UnicodeDecodeError:
                    continue
    try:
        text = data.decode("utf-8")
        return _reject_binary(text) if has_controls else text, "utf-8"
    except UnicodeDecodeError:
        pass
    encoding = _known_name(declared)
    if encoding:
        try:
            return _reject_binary(data.decode(encoding)), encoding
        except UnicodeDecodeError:
            pass
    return _guess(data)


def _decode_as(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return _reject_binary(data.decode(encoding)), encoding
    except UnicodeDecodeError as error:
        raise UnreadableError(f"broken {encoding} at byte {error.start}", "save it again as UTF-8") from error


def _known_name(declared: str) -> str:
    """Give Python's name of an encoding that a page declares; empty when it is none of a text in it.

    Pages that declare the older of two encodings are written in the newer, which adds to it.
    """
    name = declared.strip().lower()
    try:
        name = codecs.lookup(_DECLARED.get(name, name)).name
    except (LookupError, ValueError):  # the name can hold anything
        return ""
    name = _NEWER.get(name, name)
    return name if name in known_encodings() else ""


def _guess(data: bytes) -> tuple[str, str]:
    text = data.decode("utf-8", "surrogateescape")
    n_broken = len(_BROKEN.findall(text))
    n_wide = sum(map(len, _OUTSIDE_ASCII.findall(text, 0, _SAMPLE)))
    if n_wide > _MOSTLY * n_broken:
        return _reject_binary(_BROKEN.sub(_mend, text)), "utf-8?"
    encoding = _find_unmarked_unicode(data) or guess_encoding(data)
    if not encoding or data.count(data[-1:]) == len(data) >= _MIN_VARIED:
        raise UnreadableError("not text in any encoding that is known", "save it as UTF-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding.startswith(_WIDE):
            text = data.decode(encoding, "replace")
        else:
            text = _BYTE.sub(lambda m: chr(ord(m[0]) - 0xDC00), data.decode(encoding, "surrogateescape"))
    return _reject_binary(text), f"{encoding}?"


def _mend(broken: re.Match[str]) -> str:
    """Read bytes that are no UTF-8 as Windows-1252; those at the end are half a character."""
    if broken.end() == len(broken.string):
        return "\ufffd"
    data = broken[0].encode("utf-8", "surrogateescape")
    return data.decode("cp1252", "replace")


def _find_unmarked_unicode(data: bytes) -> str:
    """Name the UTF-32 or UTF-16 that bytes without a mark are; empty when they look like neither."""
    for width, encodings in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        sample = data[: _UNICODE_SAMPLE * width]
        if len(data) % width or not sample:
            continue
        shares = {encoding: _familiar_share(sample, encoding) for encoding in encodings}
        best = max(shares, key=lambda encoding: shares[encoding])
        if shares[best] > _MIN_FAMILIAR and shares[best] > 1.5 * min(shares.values()):
            return best
    return ""


def _familiar_share(sample: bytes, encoding: str) -> float:
    """Share of characters that are ASCII text, common ideographs or of the one script they are mostly of."""
    text = sample.decode(encoding, "replace")
    kinds = Counter(map(unicodedata.category, text))
    n_wrong = kinds["Cn"] + kinds["Co"] + kinds["Cs"] + text.count("\ufffd") + text.count("\0")
    if n_wrong > 0.02 * len(text):
        return 0.0
    blocks = Counter(ord(character) >> 7 for character in text if not "\u2e80" <= character < "\ue000")
    blocks.pop(0, None)
    n_script = max(blocks.values(), default=0)
    n_plain = sum(1 for character in text if " " <= character <= "~" or character in "\t\r\n")
    n_common = sum(1 for character in text if character >= "\u2e80" and character in common_letters())
    return (n_plain + n_script + n_common) / len(text)


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
