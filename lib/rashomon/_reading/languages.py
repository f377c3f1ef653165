"""Tell the language of a text by its script and its commonest words, and read what a format calls it."""

from __future__ import annotations

import functools
import re
from collections import Counter
from itertools import chain

from rashomon.resources import read_word_list

_SAMPLE = 200  # words looked at
_MIN_SHARE = 0.15  # prose has a quarter to a third of such words, that of a neighbor often under a tenth
_CLEAR_SHARE = 0.3
_MIN_WORDS = 2  # fewer of them show nothing
_WORD = re.compile(r"[^\W\d_]+")
# Scripts that one language mostly writes; Japanese and Korean texts hold Chinese signs too, so come first.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0620-\u064a]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("hi", re.compile(r"[\u0904-\u0939]")),
    ("th", re.compile(r"[\u0e01-\u0e2e]")),
    ("el", re.compile(r"[\u0391-\u03c9]")),
)
_MIN_SCRIPT_SHARE = 0.1  # of the characters
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2,8})*$")


@functools.cache
def _words() -> dict[str, tuple[str, ...]]:
    """Give each common word the languages that have it."""
    languages: dict[str, list[str]] = {}
    for row in read_word_list("language_words"):
        for word in dict.fromkeys(row["words"].split()):
            languages.setdefault(word, []).append(row["language"])
    return {word: tuple(codes) for word, codes in languages.items()}


@functools.cache
def _english() -> frozenset[str]:
    return frozenset(word for word, codes in _words().items() if "en" in codes)


def guess_language(text: str) -> str:
    """Guess the language of a text.

    Parameters
    ----------
    text : str
        Its article text; the first 200 words are looked at.

    Returns
    -------
    str
        ISO 639-1 code; empty when nothing decides.

    Examples
    --------
    >>> guess_language("The ferry sank and all of its crew got home."), guess_language("Fähre 7")
    ('en', '')
    """
    sample = text[: _SAMPLE * 8]
    if len(sample.encode("ascii", "ignore")) < (1 - _MIN_SCRIPT_SHARE) * len(sample):
        for code, script in _SCRIPTS:
            if len(script.findall(sample)) > _MIN_SCRIPT_SHARE * len(sample):
                return code
    known = _words()
    words: list[str] = []
    for piece in sample.lower().split():
        if piece.isalpha():  # most are one word
            words.append(piece)
        else:
            words += _WORD.findall(piece)
            if len(words) >= _SAMPLE:
                break
    del words[_SAMPLE:]
    if sum(map(_english().__contains__, words)) > _CLEAR_SHARE * len(words):
        return "en"  # most texts; no other language has so many of its words
    counts = Counter(chain.from_iterable([known.get(word, ()) for word in words]))
    ranked = counts.most_common(2)
    if not ranked:
        return ""
    code, n = ranked[0]
    decided = len(ranked) == 1 or ranked[1][1] < n
    return code if decided and n >= _MIN_WORDS and n >= _MIN_SHARE * len(words) else ""


@functools.cache
def _names() -> dict[str, str]:
    """Give the names of languages, in some languages, their codes (CLDR, through babel)."""
    from babel import Locale

    names: dict[str, str] = {}
    for ui in ("en", "de", "fr", "es", "it", "nl", "pt"):
        for code, name in Locale(ui).languages.items():
            if len(code) == 2:
                names.setdefault(name.casefold(), code)
    return names


def language_code(stated: str) -> str:
    """Bring what a format calls a language to its code.

    Parameters
    ----------
    stated : str
        A code with or without a region, or a name.

    Returns
    -------
    str
        ISO 639-1 code; empty when it is neither.

    Examples
    --------
    >>> language_code("en-GB"), language_code("ENGLISH"), language_code("Anglais"), language_code("?")
    ('en', 'en', 'en', '')
    """
    match = _CODE.match(stated.strip())
    if match:
        return match[1].lower()
    return _names().get(stated.strip().casefold(), "")
