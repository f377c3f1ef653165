"""When are two written names one name? Folding of transliterations, and slips of the pen.

The rules, in order; the first that holds decides:

1. the same letters once capitals, accents, hyphens, spaces and dots are put aside (*Yoon Suk-yeol*, *Yoon
   Suk Yeol*);
2. the same after the rewrite rules of transliteration in `fold` (*Zelenskyj*, *Zelensky*);
3. the same words in another order (*Orbán Viktor*);
4. a middle name or its initial more or less, where the corpus knows only one such name (*Donald J. Trump*);
5. one shared word, given name or surname, and in the other the same first and last letter with at most two
   letters left out of at least seven, or one letter changed among at least nine (*Volodyr*, *Volodymyr*).

Rules 2 to 5 hold for people only. Rule 5 never joins names of East Asian shape, where one letter makes
another person (*Kim Jong-un*, *Kim Jong-nam*), nor two spellings that stand in one article.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Indel, Levenshtein

from rashomon._names.lists import words_of

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"}
)
# Each rule brings common romanizations of one sound to one form; order matters.
_REWRITES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"[’'ʼʹ`]", ""),
        (r"(?<=[szc])k(?:yy|yj|yi|ij|ii|iy|y|i)$", "ki"),  # Zelensky, Zelenskyj, Zelenskiy, Zelenskyy
        (r"(?:yy|yj|yi|iy|ij|ii)$", "i"),  # Dmitriy, Dmitrij, Andriy
        (r"kh", "h"),  # Kharkiv, Mikhail
        (r"ph", "f"),
        (r"ou|oo", "u"),  # Yousef, Yusuf
        (r"ee", "i"),  # Rasheed, Rashid
        (r"eo", "u"),  # Suk-yeol, Seok-youl
        (r"ae|oe(?=[^u]|$)", "e"),
        (r"q|ck", "k"),
        (r"w", "v"),
        (r"y|j", "i"),
        (r"z", "s"),  # Selenskyj
        (r"([a-z])\1+", r"\1"),  # Mohammed, Mohamed
    )
)
_NOT_LETTER = re.compile(r"[\W_]+")


def plain(word: str) -> str:
    """Put capitals, accents, hyphens, spaces and dots aside.

    Parameters
    ----------
    word : str
        A word or a whole name.

    Returns
    -------
    str
        Its letters and digits in lower case.

    Examples
    --------
    >>> plain("Yoon Suk-yeol"), plain("Erdoğan"), plain("Jakobsdóttir")
    ('yoonsukyeol', 'erdogan', 'jakobsdottir')
    """
    lower = word.casefold().translate(_LETTERS)
    if not lower.isascii():
        lower = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return _NOT_LETTER.sub("", lower)


@functools.lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Bring the romanizations of one word to one form, for comparing only.

    Parameters
    ----------
    word : str
        A word of a name.

    Returns
    -------
    str

    Examples
    --------
    >>> {fold(word) for word in ("Zelensky", "Zelenskyj", "Zelenskiy", "Zelenskyy", "Selenskyj")}
    {'selenski'}
    """
    text = plain(word)
    for pattern, to in _REWRITES:
        text = pattern.sub(to, text)
    return text


def word_key(word: str) -> str:
    """Bring one word of a name to the form by which short mentions are matched; short words are not folded.

    Parameters
    ----------
    word : str
        A word of a name.

    Returns
    -------
    str

    Examples
    --------
    >>> word_key("Zelenskyj") == word_key("Zelenskiy"), word_key("Lee") == word_key("Li")
    (True, False)
    """
    bare = plain(word)
    return fold(bare) if len(bare) > 4 else bare


def is_syllabic(words: Sequence[str]) -> bool:
    """Tell a name of East Asian shape: surname first, then short syllables, or a surname from the list.

    Parameters
    ----------
    words : sequence of str
        Words of the name as written, hyphens kept.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_syllabic(["Choo", "Kyung-ho"]), is_syllabic(["Xi", "Jinping"]), is_syllabic(["Ann", "Gray"])
    (True, True, False)
    """
    if len(words) < 2 or not 1 < len(words[0]) < 9:
        return False
    rest = [part for word in words[1:] for part in re.split(r"[-‐‑]", word)]
    if plain(words[0]) in words_of("family_first"):
        return len(rest) < 4
    hyphened = len(words) == 2 and len(rest) == 2 and rest[1][:1].islower()
    return hyphened and all(2 <= len(part) <= 5 for part in rest)


def is_slip(one: str, other: str) -> bool:
    """Say whether two folded words differ as a slip of the pen does.

    Parameters
    ----------
    one, other : str
        As `fold` gives them.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_slip(fold("Volodyr"), fold("Volodymyr")), is_slip("daniel", "daniela"), is_slip("jansen", "hansen")
    (True, False, False)
    """
    short, long = sorted((one, other), key=lambda w: (len(w), w))
    if len(short) < 7 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    left_out = len(long) - len(short)
    if 0 < left_out <= 2:
        return bool(Indel.distance(short, long) == left_out)
    return left_out == 0 and len(short) >= 9 and bool(Levenshtein.distance(short, long) == 1)
