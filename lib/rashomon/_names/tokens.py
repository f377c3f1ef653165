"""Cut a sentence into words for finding names: hyphens part words, possessives and dots are put aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon._names.lists import classes_of

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")
_HYPHENS = "-‐‑"
_OPENERS = re.compile(r"(?:^|[.!?:;…]|[“\"‘(\[—–|•*-]\s*|\s['’])\s*$")
_HEADINGS = ("headline", "subheadline", "section_heading", "teaser")
_MIN_TITLE_WORDS = 4  # in running text; a heading is short


@dataclass(frozen=True, slots=True)
class Word:
    """A word with half-open span, without possessive; `key` is lower case without dots."""

    start: int
    end: int
    text: str
    key: str
    gap: str  # what stands between the word before and this one
    is_capital: bool
    is_possessive: bool
    is_first: bool  # its capital says nothing: it begins a sentence, a quotation, a label
    classes: frozenset[str]

    def has(self, *names: str) -> bool:
        """Whether the word is in one of these classes of `name_words`, or `small`."""
        return not self.classes.isdisjoint(names)

    @property
    def is_glued(self) -> bool:
        """Whether a hyphen alone parts it from the word before."""
        return len(self.gap) == 1 and self.gap in _HYPHENS


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence, and whether its capitals say something."""

    text: str
    words: tuple[Word, ...]
    is_title_case: bool
    is_shouted: bool
    bare: tuple[str, ...] = field(default=())  # the words without dots, for look-up


def read_sentence(text: str, zone: str = "body") -> Sentence:
    """Cut a sentence into words and see whether it is set in title case or capitals.

    Parameters
    ----------
    text : str
        One sentence.
    zone : str
        Zone of its line: in a heading fewer words show that capitals say nothing; in a caption none do.

    Returns
    -------
    Sentence

    Examples
    --------
    >>> [word.key for word in read_sentence("The U.S.-led plan of Kim Jong-un’s aide").words]
    ['the', 'us', 'led', 'plan', 'of', 'kim', 'jong', 'un', 'aide']
    >>> read_sentence("Ferry Sinks Off Lintown Harbor", "headline").is_title_case
    True
    """
    words: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        possessive = _POSSESSIVE.search(match[0])
        if possessive:
            end -= len(possessive[0])
        bare = text[start:end]
        gap = text[last:start]
        first = not words or (not gap.isspace() and gap not in _HYPHENS and bool(_OPENERS.search(gap)))
        key = bare.lower().replace(".", "").replace("’", "'")
        capital = bare[:1].isupper() or (len(bare) > 3 and bare[1] in "'’" and bare[2].isupper())
        words.append(Word(start, end, bare, key, gap, capital, bool(possessive), first, classes_of(key)))
        last = end if not possessive else match.end()
    shouted = text.isupper() and len(words) > _MIN_TITLE_WORDS
    return Sentence(
        text,
        tuple(words),
        shouted or _is_title_case(text, words, zone),
        shouted,
        tuple(word.text.replace(".", "").replace("’", "'") for word in words),
    )


def _is_title_case(text: str, words: Sequence[Word], zone: str) -> bool:
    """Say whether nearly all words that carry meaning begin with a capital, as in headlines."""
    telling = [word for word in words[1:] if not word.has("small") and word.text[0].isalpha()]
    least = 1 if zone in _HEADINGS else _MIN_TITLE_WORDS
    if zone == "caption" or len(telling) < least or text.rstrip(" \"”’')").endswith("."):
        return False
    # "Interview with Dr. Lee Hyun-Sook, Geopolitical Analyst" is all names and titles.
    capital = sum(word.is_capital or word.is_glued for word in telling)
    return capital >= 0.8 * len(telling) and not any(word.has("honorific") for word in words)
