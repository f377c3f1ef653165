"""Repair text for analysis and keep the way back: where each character stood in the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text repaired for analysis, with a map back to the raw text.

    `repairs` names what was done, in alphabetical order; empty when nothing was.
    """

    raw: str
    text: str
    repairs: tuple[str, ...] = ()
    _starts: tuple[int, ...] = ()  # for each character of `text`, where its raw characters begin …
    _ends: tuple[int, ...] = ()  # … and end; both empty when nothing was repaired

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Translate a span of `text` into the span of `raw` it came from."""
        if not self._starts:
            return start, end
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else len(self.raw)
            return at, at
        return self._starts[start], self._ends[end - 1]


_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ODD = re.compile(
    r"(?P<spaces>[" + _SPACES + r"])"
    r"|(?P<line_separators>[\u2028\u2029\x0b\x0c])"
    r"|(?P<soft_hyphens>\u00ad)"
    r"|(?P<zero_width>[" + _INVISIBLE + r"]|(?<=[ -~])[\u200c\u200d])"
    r"|(?P<ligatures>[ﬀ-ﬆ])"
    r"|(?P<control_characters>[\x00-\x08\x0e-\x1f\x7f-\x9f])"
)
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200c\u200d\u2028\u2029ﬀ-ﬆ" + _SPACES + _INVISIBLE + "]"
)
_MAX_COMPARED = 2_000
_ASCII_OR_NOT = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
# A character that is the first byte of a UTF-8 sequence read in the wrong code page, then one more
# outside ASCII. Only such lines are worth asking ftfy about.
_MAYBE_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4\u0102\u0139\u0393\u0412\u0413\u0420\u0421\u0432\u201a\u221a][^\x00-\x7f]"
)


def normalize(raw: str) -> Normalized:
    r"""Repair what hinders analysis: mojibake, odd spaces, invisible and control characters, ligatures.

    Parameters
    ----------
    raw : str
        The text as read.

    Returns
    -------
    Normalized
        The repaired text with the names of the repairs and the map back. Quotation marks, dashes and
        line ends stay as they are. Normalizing the result again changes nothing.

    References
    ----------
    Speer, R. (2019). ftfy. Zenodo. https://doi.org/10.5281/zenodo.2591652 (mojibake)

    Examples
    --------
    >>> fixed = normalize("10\u00a0km of \ufb01re")
    >>> fixed.text, fixed.repairs, fixed.to_raw(9, 13)
    ('10 km of fire', ('ligatures', 'spaces'), (9, 12))
    """
    if _is_clean(raw):
        return Normalized(raw, raw)
    text, starts, ends = raw, list(range(len(raw))), list(range(1, len(raw) + 1))
    repairs: set[str] = set()
    while True:  # a removed character can complete another fault; every round shortens or ends
        before = text
        if _MAYBE_MOJIBAKE.search(text):
            text, starts, ends = _repair_mojibake(text, starts, ends)
            if text != before:
                repairs.add("mojibake")
        if _ODD.search(text):
            text, starts, ends = _repair_characters(text, starts, ends, repairs)
        if text == before:
            break
    if not repairs:
        return Normalized(raw, raw)
    return Normalized(raw, text, tuple(sorted(repairs)), tuple(starts), tuple(ends))


def _is_clean(raw: str) -> bool:
    """Say quickly whether nothing in a text can need a repair."""
    return not _SUSPECT.search(raw) and (raw.isascii() or not _MAYBE_MOJIBAKE.search(raw))


def _repair_characters(
    text: str, starts: list[int], ends: list[int], repairs: set[str]
) -> tuple[str, list[int], list[int]]:
    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    done = 0
    for match in _ODD.finditer(text):
        at = match.start()
        pieces.append(text[done:at])
        new_starts += starts[done:at]
        new_ends += ends[done:at]
        repairs.add(match.lastgroup or "")
        instead = _replacement(match.lastgroup or "", match[0])
        pieces.append(instead)
        new_starts += [starts[at]] * len(instead)
        new_ends += [ends[at]] * len(instead)
        done = match.end()
    pieces.append(text[done:])
    return "".join(pieces), new_starts + starts[done:], new_ends + ends[done:]


def _replacement(repair: str, character: str) -> str:
    if repair == "spaces":
        return " "
    if repair == "line_separators":
        return "\n"
    if repair == "ligatures":
        return _LIGATURES[character]
    if repair == "control_characters" and "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("cp1252", "ignore")  # Windows characters read as Latin-1
    return ""


def _repair_mojibake(text: str, starts: list[int], ends: list[int]) -> tuple[str, list[int], list[int]]:
    from ftfy import fix_encoding

    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        fixed = fix_encoding(line) if _MAYBE_MOJIBAKE.search(line) else line
        pairs = [(0, len(line), 0, len(line))] if fixed == line else _align(line, fixed)
        for i1, i2, j1, j2 in pairs:
            if line[i1:i2] == fixed[j1:j2]:
                new_starts += starts[at + i1 : at + i2]
                new_ends += ends[at + i1 : at + i2]
            else:
                first, last = min(at + i1, len(starts) - 1), max(at + i1, at + i2 - 1)
                new_starts += [starts[first]] * (j2 - j1)
                new_ends += [ends[last]] * (j2 - j1)
        pieces.append(fixed)
        at += len(line)
    return "".join(pieces), new_starts, new_ends


def _align(line: str, fixed: str) -> Iterator[tuple[int, int, int, int]]:
    """Pair the pieces of a line with those of its repair, as `SequenceMatcher.get_opcodes` does.

    The ASCII characters stay, so only what stands between two of them need be compared; unless a repair
    took in an ASCII character too, as the space that a half-lost letter ended in.
    """
    from difflib import SequenceMatcher

    old = [match.span() for match in _ASCII_OR_NOT.finditer(line)]
    new = [match.span() for match in _ASCII_OR_NOT.finditer(fixed)]
    kept = [
        [line[i:j] for i, j in old if line[i].isascii()],
        [fixed[i:j] for i, j in new if fixed[i].isascii()],
    ]
    if len(old) != len(new) or kept[0] != kept[1] or line[0].isascii() != fixed[0].isascii():
        old, new = [(0, len(line))], [(0, len(fixed))]
    for (i1, i2), (j1, j2) in zip(old, new, strict=True):
        if line[i1:i2] == fixed[j1:j2] or i2 - i1 > _MAX_COMPARED:
            yield i1, i2, j1, j2
            continue
        matcher = SequenceMatcher(None, line[i1:i2], fixed[j1:j2], autojunk=False)
        for _, a1, a2, b1, b2 in matcher.get_opcodes():
            yield i1 + a1, i1 + a2, j1 + b1, j1 + b2


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line: its number in the file, its span without the spaces around it, its repaired text."""

    line_no: int
    start: int
    end: int
    text: str
    _repaired: Normalized | None = None  # None when the line needed no repair
    _skipped: int = 0  # spaces that the repair left at the head

    @property
    def repairs(self) -> tuple[str, ...]:
        """Names of the repairs that were made."""
        return self._repaired.repairs if self._repaired is not None else ()

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Translate a span of `text` into a span of the raw text of the file."""
        if self._repaired is not None:
            start, end = self._repaired.to_raw(start + self._skipped, end + self._skipped)
        return self.start + start, self.start + end


_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")


def split_lines(raw: str) -> list[Line]:
    r"""Split a text into its non-empty lines, each repaired for analysis.

    Parameters
    ----------
    raw : str
        The text as read.

    Returns
    -------
    list of Line
        In order; empty lines are counted in `line_no` but not listed.

    Examples
    --------
    >>> [(line.line_no, line.start, line.end) for line in split_lines("One\r\n\r\n two ")]
    [(1, 0, 3), (3, 8, 11)]
    """
    clean = _is_clean(raw)
    lines: list[Line] = []
    line_no, at = 1, 0
    for end in [*_LINE_END.finditer(raw), None]:
        stop = end.start() if end else len(raw)
        text = raw[at:stop]
        stripped = text.strip()
        if stripped:
            start = at + text.index(stripped)
            line = Line(line_no, start, start + len(stripped), stripped)
            if not clean:
                line = _repair_line(line)
            if line.text:
                lines.append(line)
        line_no += 1
        at = end.end() if end else stop
    return lines


def _repair_line(line: Line) -> Line:
    repaired = normalize(line.text)
    if not repaired.repairs:
        return line
    text = repaired.text.replace("\n", " ")
    skipped = len(text) - len(text.lstrip())
    return Line(line.line_no, line.start, line.end, text.strip(), repaired, skipped)
