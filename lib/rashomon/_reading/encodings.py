"""Guess the encoding of bytes without a mark: the one in which they look most like a language.

Every encoding of every known language is tried on a sample. A reading is worth what its characters outside
ASCII are worth: a letter of the language the more the commoner it is, a quotation mark where such marks
stand, less than nothing a symbol inside a word, a capital after a small letter, a box; and what those of its
words are worth that are among the commonest of the language.
"""

from __future__ import annotations

import codecs
import functools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rashomon.resources import read_word_list

_SAMPLE = 600  # so many bytes of words outside ASCII are looked at …
_SHORT, _N_PLACES = 10_000, 4  # … in a file of more bytes at several places
_MAX_WORD = 400  # bytes; what is longer has no spaces, as Chinese
_PLAIN_SAMPLE = 6_000  # bytes at the head whose plain words tell the language
_HIGH = re.compile(rb"[\x80-\xff]")
_SPACE = re.compile(rb"[ \t\r\n]")
_PLAIN_WORD = re.compile(rb"(?<![^ \t\r\n(\"'])[A-Za-z]+(?![^ \t\r\n.,;:!?)\"'])")
_WORD = re.compile(r"[^\W\d_]+")

# Worths are about the natural logarithm of how much likelier a byte is in such a text than in noise.
_STEEPNESS = 4.5  # letters of an alphabet by frequency: the last is exp(-4.5) as common as the first
_FOREIGN, _RARE_IDEOGRAPH = -2.5, -1.0  # not among the letters of the language
_COMMON_WORD = 1.5
_OTHER_SCRIPT = 2  # common words must make up for letters of another script among plain words
_MANY_WORDS = 8  # so many common words in ASCII, and only the languages that have them are tried
_FAIR, _POOR = 1.0, -0.5  # a byte is worth more in every text that is read right; less in none
_FEW = 20  # bytes outside ASCII that say too little to call a file unreadable
_OLD = re.compile("mac|cp[4-8]|cp11|johab|iso8859_(?:3|4|10|14|16)$")  # encodings seldom met today …
_OLD_COST = 3.0  # … must be this much better
_LATER_COST = 0.01  # of two encodings that read the same, the first named
_WIDE = frozenset(
    ["gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "euc_jis_2004", "shift_jis_2004", "cp949", "johab"]
)

# The kind of a character: a letter in (a, A) and outside ASCII (l, u), of a script that is not Latin (g, G;
# s without case), an ideograph (i), an accent (m), an opening or closing mark, a box (#), half a kana (h),
# a sign that can follow a word (o), another sign (+) or mark (:), or no character (x).
_CATEGORIES = {"Ll": "l", "Lu": "u", "Lt": "u", "Lo": "i", "Lm": "i", "Mn": "m", "Mc": "i", "Nd": "0"}
_CATEGORIES |= {"Pd": "-", "Sc": "$", "So": "+", "Sm": "+", "Sk": "+", "No": "+", "Zs": " "}
_CATEGORIES |= dict.fromkeys(("Cc", "Cn", "Co", "Cs"), "x")
_SPECIAL = dict.fromkeys("“«‘‹„‚", "(") | dict.fromkeys("”»›", ")") | dict.fromkeys("ªº°©®™½№", "o")
_SPECIAL |= dict.fromkeys("\t\n\r", " ") | {"’": "'", "¤": "+"}
_SAME = str.maketrans("İȘșȚț", "iŞşŢţ")  # Romanian is written either way; İ has no one small letter
_IN_WORD = frozenset("aAlugGs")
_CAPITAL_INSIDE = frozenset(("au", "lu", "lA", "gG"))
_CAPITALS = frozenset(("uu", "Au", "uA", "GG"))
_TWO_SCRIPTS = frozenset(a + b for x, y in (("aAlu", "gGs"), ("gGs", "aAlu")) for a in x for b in y)


class _Kinds(dict[int, str]):
    """The kind of each character, found once: `str.translate` asks for it by number."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        kind = _SPECIAL.get(character) or _CATEGORIES.get(unicodedata.category(character), ":")
        if number < 0x80:
            kind = {"l": "a", "u": "A", "0": "0", " ": " "}.get(kind, ".")
        elif 0x370 <= number < 0x1100 or 0xFB50 <= number < 0xFF00:
            kind = {"l": "g", "u": "G", "i": "s"}.get(kind, kind)
        elif 0x2500 <= number < 0x2600:
            kind = "#"
        elif 0xFF61 <= number < 0xFFA0:
            kind = "h"
        self[number] = kind
        return kind


_KINDS = _Kinds()


@functools.cache
def _worth_of(left: str, kind: str, right: str) -> float:
    """Say what a character is worth in any language, by its kind and those of its neighbors."""
    follows, precedes = left in _IN_WORD or left == "0", right in _IN_WORD or right == "0"
    match kind:
        case "x" | "#" | "h":
            return {"x": -8.0, "#": -4.0, "h": -3.0}[kind]
        case "m":
            return 0.0 if left in _IN_WORD or left in "im" else -4.0
        case "'" if follows:
            return 2.0
        case "(" | ")":
            return -2.0 if follows and precedes else 2.0 if follows or precedes or left == "." else 0.0
        case "-":
            return 1.5 if (follows and precedes) or left == right == " " else 0.0
        case "+" | ":" | "$" if left in _IN_WORD and right in _IN_WORD:
            return -3.0
        case "$":
            return 1.5 if "0" in (left, right) else 0.0
        case "+":
            return -0.5
        case "o":
            return -1.5 if precedes else 0.5
        case ":":
            return 0.5 if follows != precedes else 0.0
    pair = kind + right
    return -3.0 if pair in _CAPITAL_INSIDE or pair in _TWO_SCRIPTS else -0.7 if pair in _CAPITALS else 0.0


@dataclass(frozen=True, slots=True)
class _Language:
    name: str
    encodings: tuple[str, ...]  # the likelier first
    worth: dict[str, float]  # of its letters outside ASCII
    words: frozenset[str]


@functools.cache
def _languages() -> tuple[_Language, ...]:
    found = []
    for row in read_word_list("language_letters"):
        letters, encodings = row["letters"], tuple(row["encodings"].split())
        if encodings[0] in _WIDE:  # thousands of characters: the n-th has a share of about 0.2 / (n + 12)
            worth = {letter: math.log(10_000 * 0.2 / (n + 12)) for n, letter in enumerate(letters)}
        else:
            falls = _STEEPNESS / len(letters)
            worth = {letter: math.log(128 * falls) - falls * n for n, letter in enumerate(letters)}
        found.append(_Language(row["language"], encodings, worth, frozenset(row["words"].split())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a sample is in one encoding: its worth in any language, its letters and its words."""

    worth: float
    letters: tuple[tuple[str, int], ...]
    words: Counter[str]


@functools.cache
def common_letters() -> frozenset[str]:
    """Give the letters outside ASCII that any known language has, of Chinese, Japanese, Korean the common.

    Returns
    -------
    frozenset of str
        One character each.

    Examples
    --------
    >>> "の" in common_letters(), "龘" in common_letters()
    (True, False)
    """
    return frozenset(letter for language in _languages() for letter in language.worth)


@functools.cache
def known_encodings() -> frozenset[str]:
    """Name every encoding that a guess can give.

    Returns
    -------
    frozenset of str
        Names as Python's `codecs.lookup` gives them.

    Examples
    --------
    >>> "koi8-r" in known_encodings()
    True
    """
    return frozenset(codecs.lookup(name).name for each in _languages() for name in each.encodings)


def guess_encoding(data: bytes) -> str:
    r"""Guess the encoding of a text that is no Unicode.

    Parameters
    ----------
    data : bytes
        The whole file, or much of it; samples are looked at.

    Returns
    -------
    str
        The name as Python's `codecs.lookup` gives it; empty when the bytes look like no language.

    Examples
    --------
    >>> guess_encoding("Он ничего не сказал.".encode("koi8-r"))
    'koi8-r'
    """
    sample = _take_sample(data)
    n_high = len(_HIGH.findall(sample))
    head = data[:_PLAIN_SAMPLE]
    plain = Counter(word.decode().lower() for word in _PLAIN_WORD.findall(head))
    if not n_high:
        return "cp1252"
    known = {each.name: sum(plain[word] for word in each.words & plain.keys()) for each in _languages()}
    if plain.total() > n_high:  # a few odd bytes among plain words are seldom of another script
        known |= {each.name: -_OTHER_SCRIPT for each in _languages() if min(each.worth) >= "\u0370"}
    most = max(known.values())
    is_likely = {name: most >= _MANY_WORDS and 2 * n >= most for name, n in known.items()}
    read = functools.cache(functools.partial(_read_as, sample, n_high=n_high))
    for languages in ([each for each in _languages() if is_likely[each.name]], _languages()):
        _, worth, encoding = max(_judge(languages, known, read), default=(0.0, -math.inf, "cp1252"))
        if worth >= _FAIR * n_high:
            break
    is_noise = worth < _POOR * n_high and n_high >= _FEW and 4 * len(_HIGH.findall(head)) > len(head)
    return "" if is_noise else codecs.lookup(encoding).name


def _judge(
    languages: Iterable[_Language], known: dict[str, int], read: Callable[[str], _Reading | None]
) -> Iterator[tuple[float, float, str]]:
    """Give for each encoding of each language the worth with words, the worth without, and its name."""
    for language in languages:
        for place, encoding in enumerate(language.encodings):
            reading = read(encoding)
            if reading is None:
                continue
            worth = reading.worth
            for letter, n in reading.letters:
                foreign = _RARE_IDEOGRAPH if letter >= "\u2e80" else _FOREIGN
                worth += n * language.worth.get(letter, foreign)
            common = sum(reading.words[word] for word in language.words & reading.words.keys())
            cost = _OLD_COST * bool(_OLD.match(encoding)) + _LATER_COST * place
            yield worth + (common + known[language.name]) * _COMMON_WORD - cost, worth, encoding


def _read_as(sample: bytes, encoding: str, *, n_high: int) -> _Reading | None:
    try:
        text = codecs.getincrementaldecoder(encoding)("surrogateescape").decode(sample)
    except UnicodeDecodeError:
        return None
    kinds = text.translate(_KINDS)
    triples = Counter(zip(" " + kinds, kinds, kinds[1:] + " ", strict=False))
    worth = sum(n * _worth_of(*triple) for triple, n in triples.items())
    if worth < _POOR * n_high:  # no letters can make up for that
        return None
    small = text.translate(_SAME).lower()
    is_wide = encoding in _WIDE
    letters = tuple(
        (letter, n)
        for letter, n in Counter(small).items()
        if letter > "\x7f" and (is_wide or _KINDS[ord(letter)] in "lgsimh")
    )
    return _Reading(worth, letters, Counter(word for word in _WORD.findall(small) if not word.isascii()))


def _take_sample(data: bytes) -> bytes:
    """Join words that hold bytes outside ASCII, from one or several places of a file."""
    pieces: list[bytes] = []
    n_places = _N_PLACES if len(data) > _SHORT else 1
    for n in range(n_places):
        at, stop = (len(data) * place // n_places for place in (n, n + 1))
        if n:  # not into the middle of a character
            space = _SPACE.search(data, at, stop)
            at = space.end() if space else stop
        size = 0
        while size < _SAMPLE // n_places and (high := _HIGH.search(data, at, stop)):
            first = max(at, high.start() - _MAX_WORD // 4)
            spaces = [data.rfind(mark, first, high.start()) for mark in (b" ", b"\n", b"\t")]
            start = max(first, max(spaces) + 1)
            space = _SPACE.search(data, high.end(), high.start() + _MAX_WORD)
            end = space.start() if space else min(high.start() + _MAX_WORD, stop)
            pieces.append(data[start:end])
            size += end - start
            space = _SPACE.search(data, end, stop)
            at = space.start() if space else stop
    return b" ".join(pieces)
