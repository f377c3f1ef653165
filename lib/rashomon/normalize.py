"""Repair text for analysis and keep the way back: where each character stood in the raw text."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5


@dataclass(frozen=True, slots=True)
class _Pass:
    """What one pass over a text replaced: spans of its result, in order, and the spans they came from."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    old_starts: tuple[int, ...]
    old_ends: tuple[int, ...]

    def origin(self, at: int) -> tuple[int, int]:
        """Give the span that the character at a place came from."""
        i = bisect_right(self.starts, at) - 1
        if i < 0:
            return at, at + 1
        if at < self.ends[i]:
            return self.old_starts[i], self.old_ends[i]
        at += self.old_ends[i] - self.ends[i]
        return at, at + 1


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text repaired for analysis, with a map back to the raw text.

    `repairs` names what was done, in alphabetical order; empty when nothing was.
    """

    raw: str
    text: str
    repairs: tuple[str, ...] = ()
    _passes: tuple[_Pass, ...] = ()

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Translate a span of `text` into the span of `raw` it came from."""
        if start >= len(self.text):
            return len(self.raw), len(self.raw)
        first, last = start, max(start, min(end, len(self.text)) - 1)
        for each in reversed(self._passes):
            first, last = each.origin(first)[0], each.origin(last)[1] - 1
        return first, last + 1 if start < end else first


# Places to mend: from, to, what stands there instead, name of the repair.
_Edit = tuple[int, int, str, str]

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
_INVISIBLE = "\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_ACCENTS = "\u0300-\u036f\u3099\u309a"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_QUOTATION_MARKS = {"‘‘": "“", "’’": "”", "‚‚": "„", "❛": "‘", "❜": "’", "❝": "“", "❞": "”"}
_SINGLE = rf"{_SPACES}{_INVISIBLE}{_CONTROL}\x0b\x0c\u00ad\u200c\u200d\u2028\u2029ﬀ-ﬆ❛-❞`´ʼ&"
_ODD = re.compile(
    rf"(?=[{_SINGLE}‘’‚])(?:"  # so that most characters are looked at once
    rf"(?P<spaces>[{_SPACES}])"
    r"|(?P<line_separators>[\u2028\u2029\x0b\x0c])"
    r"|(?P<soft_hyphens>\u00ad)"
    rf"|(?P<zero_width>[{_INVISIBLE}]|(?<=[ -~])[\u200c\u200d]+)"
    r"|(?P<ligatures>[ﬀ-ﬆ])"
    rf"|(?P<control_characters>[{_CONTROL}])"
    # an ampersand can have been escaped again and again
    r"|(?P<entities>&(?:(?:amp|AMP|#0*38|#[xX]0*26);)*(?:#\d{1,7};|#[xX][\da-fA-F]{1,6};|[A-Za-z]\w{1,31};)?)"
    r"|(?P<quotation_marks>‘‘|’’|‚‚|[❛-❞])"
    r"|(?P<apostrophes>(?<=[^\W\d_])[`´ʼ](?=[^\W\d_])))"
)
_LOOSE = re.compile(f"[{_ACCENTS}\u1161-\u1175]")
_ACCENTED = re.compile(rf"[^\W\d_][{_ACCENTS}]{{1,3}}|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
# Typed low marks, only where something closes them: a line of a table can begin with two commas too.
_LOW_MARKS = re.compile(
    r"(?<![^\s(\[])(,,)(?=[^\W\d_])[^\n]{1,300}?(?:(?<=[\w.!?…])(,,)(?![\w,])|(?=[“”\"]|''|’’))"
)
# The first byte of a UTF-8 sequence read in the wrong code page, then what the next ones can be read as. Only
# lines with such are worth asking ftfy about; a Russian or Greek text is full of the first alone.
_CONTINUING = bytes(range(0x80, 0xC0))
_NEXT = f"[\x80-\xbf{_CONTINUING.decode('cp1252', 'ignore')}{_CONTINUING.decode('cp1250', 'ignore')}]"
_NEXT_CYRILLIC = f"[{_CONTINUING.decode('cp1251', 'ignore')}]"
_MAYBE_MOJIBAKE = re.compile(
    "(?=[\u00c2-\u00f4\u0102\u0139ВГРСв\u0192\u201a\u221a\u2248\u25caΓαΩ∞\u2500-\u256c])(?:"
    f"[\u00c2-\u00df\u0102\u0139]{_NEXT}|[\u00e0-\u00f4]{_NEXT}{{2}}|â€|[ВГРСв]{_NEXT_CYRILLIC}"
    "|[\u0192\u201a\u221a\u2248\u25ca][^\x00-\x7f]"  # read as Macintosh
    "|[ΓαΩ∞][\x80-\xff\u2500-\u25a0]|[\u2500-\u256c][^\x00-\x7f\u2500\u2550])"  # read as DOS
)
_SUSPECT = re.compile(f"[{_SINGLE}{_ACCENTS}\u1161-\u1175]")
_PLAIN = bytes({*range(0x20, 0x7F), *b"\t\n\r"} - set(b"&`"))
_PAIRS = (",,", "‘‘", "’’", "‚‚")
_MAX_COMPARED = 2_000
_ASCII_OR_NOT = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")


def normalize(raw: str) -> Normalized:
    r"""Repair what hinders analysis: mojibake, entities, ligatures, odd spaces and marks.

    Parameters
    ----------
    raw : str
        The text as read.

    Returns
    -------
    Normalized
        The repaired text with the names of the repairs and the map back. Normalizing the result again
        changes nothing.

    Notes
    -----
    Of quotation marks only those that are typed as two (,,so‘‘) or drawn as ornaments are mended, and an
    accent that stands for an apostrophe: “ ” ' " « » say more as they are. ``So'' stays too. Letters with a
    loose accent are joined to one character. Dashes, ellipses and line ends stay.

    References
    ----------
    Speer, R. (2019). ftfy. Zenodo. https://doi.org/10.5281/zenodo.2591652 (mojibake)

    Examples
    --------
    >>> fixed = normalize("10\u00a0km of \ufb01re &amp; smoke")
    >>> fixed.text, fixed.repairs, fixed.to_raw(9, 13)
    ('10 km of fire & smoke', ('entities', 'ligatures', 'spaces'), (9, 12))
    """
    if _is_clean(raw):
        return Normalized(raw, raw)
    text, repairs, passes = raw, set[str](), list[_Pass]()
    while True:  # a removed character can complete another fault; every round mends what none undoes
        before = text
        for find in (_find_mojibake, _find_odd, _find_loose_accents, _find_low_marks):
            edits = list(find(text))
            if edits:
                repairs.update(repair for *_, repair in edits)
                text, each = _apply(text, edits)
                passes.append(each)
        if text == before:
            break
    return Normalized(raw, text, tuple(sorted(repairs)), tuple(passes))


def _is_clean(raw: str) -> bool:
    """Say quickly whether nothing in a text can need a repair: less its plain characters, it is short."""
    odd = raw.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")
    return not (_SUSPECT.search(odd) or _MAYBE_MOJIBAKE.search(odd) or any(pair in raw for pair in _PAIRS))


def _apply(text: str, edits: list[_Edit]) -> tuple[str, _Pass]:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = length = 0
    for start, end, instead, _ in edits:
        length += start - done
        starts.append(length)
        length += len(instead)
        ends.append(length)
        pieces += (text[done:start], instead)
        done = end
    pieces.append(text[done:])
    old_starts, old_ends, *_ = zip(*edits, strict=True)
    return "".join(pieces), _Pass(tuple(starts), tuple(ends), old_starts, old_ends)


def _find_odd(text: str) -> Iterator[_Edit]:
    for match in _ODD.finditer(text):
        repair = match.lastgroup or ""
        instead = _replacement(repair, match[0])
        if instead != match[0]:
            yield match.start(), match.end(), instead, repair


def _replacement(repair: str, odd: str) -> str:
    match repair:
        case "spaces":
            return " "
        case "line_separators":
            return "\n"
        case "ligatures":
            return _LIGATURES[odd]
        case "quotation_marks":
            return _QUOTATION_MARKS[odd]
        case "apostrophes":
            return "'"
        case "entities":
            return _unescape(odd)
        case "control_characters" if "\x80" <= odd <= "\x9f":
            return odd.encode("latin-1").decode("cp1252", "ignore")  # Windows characters read as Latin-1
    return ""


def _unescape(entity: str) -> str:
    """Read an entity, escaped again or not; what is none stays, and what could be a part of another."""
    name = entity[entity[:-1].rfind(";") + 1 :].lstrip("&")
    sign = html.unescape(f"&{name}") if name.startswith("#") else html5.get(name, "")
    if name in ("amp;", "AMP;") or sign == "&":
        return "&"
    if not sign or sign == ";" or sign == "#" or (sign.isascii() and sign.isalnum()):
        return entity if entity.count(";") < 2 else "&" + name
    return sign


def _find_loose_accents(text: str) -> Iterator[_Edit]:
    if _LOOSE.search(text):
        for match in _ACCENTED.finditer(text):
            joined = unicodedata.normalize("NFC", match[0])
            if len(joined) < len(match[0]):
                yield *match.span(), joined, "accents"


def _find_low_marks(text: str) -> Iterator[_Edit]:
    if ",," in text:
        for match in _LOW_MARKS.finditer(text):
            yield *match.span(1), "„", "quotation_marks"
            if match[2]:
                yield *match.span(2), "“", "quotation_marks"


def _find_mojibake(text: str) -> Iterator[_Edit]:
    if not _MAYBE_MOJIBAKE.search(text):
        return
    from ftfy import fix_encoding

    at = 0
    for line in text.splitlines(keepends=True):
        fixed = fix_encoding(line) if _MAYBE_MOJIBAKE.search(line) else line
        if fixed != line:
            for i1, i2, j1, j2 in _align(line, fixed):
                if i1 == i2 and j1 < j2:  # what was put in is said to come from its neighbor
                    i1, j1, i2, j2 = (i1 - 1, j1 - 1, i2, j2) if i1 else (i1, j1, i2 + 1, j2 + 1)
                if line[i1:i2] != fixed[j1:j2]:
                    yield at + i1, at + i2, fixed[j1:j2], "mojibake"
        at += len(line)


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


_ENDS = r"\n\r\x0b\x0c\u2028\u2029"
_LINE = re.compile(rf"[^{_ENDS}]*(?:\r\n|[{_ENDS}])|[^{_ENDS}]+")


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
    pieces = (
        raw.splitlines(keepends=True) if clean else _LINE.findall(raw)
    )  # alike but for control characters
    lines: list[Line] = []
    at = 0
    for line_no, piece in enumerate(pieces, start=1):
        text = piece.strip()
        if text:
            start = at + piece.index(text)
            line = Line(line_no, start, start + len(text), text)
            if not clean:
                line = _repair_line(line)
            if line.text:
                lines.append(line)
        at += len(piece)
    return lines


def _repair_line(line: Line) -> Line:
    repaired = normalize(line.text)
    if not repaired.repairs:
        return line
    text = repaired.text.replace("\n", " ")
    skipped = len(text) - len(text.lstrip())
    return Line(line.line_no, line.start, line.end, text.strip(), repaired, skipped)
