"""Word lists of tone: load them once, match words and phrases by dictionary look-up.

Lists are data: `event_words` (what is reported, not how), `shifters` (negation, intensifiers, contrast) and
`function_words` (which language); those of style are in `_tone.listed`. Polarity comes from
the VADER lexicon of the installed package, or from the user's own list.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from rashomon.normalize import normalize
from rashomon.read import CorpusError, read_csv_rows, read_word_list

T = TypeVar("T")

NUMBER = "#"  # in a listed phrase, stands for any number: "about #"
_NUMBER_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|[mbtr]+illions?|dozens?|half)(?:-\w+)?"
)
_TOKEN = re.compile(r"(?P<word>[^\W\d_]+(?:['’‐-][^\W\d_]+)*['’]?(?=\W|\d|_|$))|\d[\d.,]*|(?P<mark>!+)")
_CLAUSE_BREAK = re.compile(r"[,;:.?!()—–\[\]]|\s-\s")
_OPENERS = (":", "“", '"', "‘", "(", "—", "–")
_LEAST_VOTES = 2  # one small word of another language may be an English one ("Gray met Dean")
_CONTRACTED = re.compile(r"(?:it|let|that|what|who|there|here|he|she|how|where|when)'s")


class Token(NamedTuple):
    """A word, a number or exclamation marks with half-open span; lists are asked for its `key`."""

    start: int
    end: int
    key: str
    is_name: bool
    is_word: bool
    opens_clause: bool


class Match(NamedTuple, Generic[T]):
    """Tokens first <= i < last are an entry of a list, with what the list says about it."""

    first: int
    last: int
    payload: T


@dataclass(frozen=True, slots=True)
class PhraseList(Generic[T]):
    """Phrases by first and second word ("" for single words); a capitalized one also matches capitals."""

    phrases: dict[str, dict[str, tuple[tuple[tuple[str, ...], bool, T], ...]]]

    @classmethod
    def of(cls, entries: Iterable[tuple[str, T]]) -> PhraseList[T]:
        """Index (form, payload) pairs; of equal forms the last one counts."""
        unique = {_key_of(form): (form, payload) for form, payload in entries}
        index: dict[str, dict[str, tuple[tuple[tuple[str, ...], bool, T], ...]]] = {}
        for key, (form, payload) in unique.items():
            words = tuple(key.split())
            seconds = index.setdefault(words[0], {})
            second = words[1] if len(words) > 1 else ""
            seconds[second] = (*seconds.get(second, ()), (words, form != form.lower(), payload))
        return cls(index)

    def matches(self, tokens: Sequence[Token]) -> Iterator[Match[T]]:
        """Yield the longest match at each token, from left to right, never overlapping.

        A capital letter inside a sentence marks a name (May, Hope, Great Lakes), which is no wording.
        """
        free, phrases = 0, self.phrases
        for i in [i for i, token in enumerate(tokens) if token.key in phrases]:
            if i < free:
                continue
            seconds, is_name = phrases[tokens[i].key], tokens[i].is_name
            found: tuple[tuple[str, ...], T] | None = None
            following = (tokens[i + 1].key, NUMBER) if i + 1 < len(tokens) else ()
            for second in (*following, "") if len(seconds) > 1 or "" not in seconds else ("",):
                for words, cased, payload in seconds.get(second, ()):
                    is_longer = found is None or len(words) > len(found[0])
                    if is_longer and (cased or not is_name) and (not second or _follows(words, tokens, i)):
                        found = words, payload
            if found:
                free = i + len(found[0])
                yield Match(i, free, found[1])


def _follows(words: tuple[str, ...], tokens: Sequence[Token], i: int) -> bool:
    if i + len(words) > len(tokens):
        return False
    return all(
        word == token.key or (word == NUMBER and _is_number(token.key))
        for word, token in zip(words, tokens[i : i + len(words)], strict=True)
    )


def _is_number(key: str) -> bool:
    return key[0].isdigit() or _NUMBER_WORD.fullmatch(key) is not None


def _key_of(form: str) -> str:
    if form.isalpha() and form.islower():
        return form
    return " ".join(form.lower().replace("’", "'").split())


class Shifter(NamedTuple):
    """An entry of `shifters`: its kind and the factor it multiplies a valence by."""

    kind: str
    factor: float


@functools.cache
def load_shifters() -> PhraseList[Shifter]:
    """Load `shifters`."""
    rows = read_word_list("shifters")
    return PhraseList.of(
        (form, Shifter(row["kind"], float(row["factor"]))) for row in rows for form in row["forms"].split("|")
    )


@functools.cache
def load_function_words() -> dict[str, frozenset[str]]:
    """Load `function_words`: for each word the languages it belongs to."""
    languages: dict[str, set[str]] = {}
    for row in read_word_list("function_words"):
        for form in row["forms"].split("|"):
            languages.setdefault(form, set()).add(row["language"])
    return {form: frozenset(found) for form, found in languages.items()}


def read_polarity_list(path: str) -> dict[str, float]:
    r"""Read and check the user's own polarity list.

    Parameters
    ----------
    path : str
        A CSV file with the columns `word` (a word or a phrase) and `weight`. Weights run from -4 (most
        negative) to 4, as in VADER; a list whose weights all lie between -1 and 1 is read as running from
        -1 to 1 and multiplied by 4.

    Returns
    -------
    dict
        Valence from -4 to 4 by word, as written.

    Raises
    ------
    CorpusError
        When the file cannot be read, lacks a column, or a row is ill-formed; names the file and the line.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = f"{folder}/own.csv"
    ...     _ = Path(path).write_text("word,weight\nfine,0.5\nin tatters,-1\n", encoding="utf-8")
    ...     read_polarity_list(path)
    {'fine': 2.0, 'in tatters': -4.0}
    """
    rows = read_csv_rows(path)
    if not rows:
        raise CorpusError(f"{path}: the word list has no rows; give the columns word,weight, one word a line")
    weights: dict[str, float] = {}
    known: set[str] = set()
    for line, row in rows:
        missing = [name for name in ("word", "weight") if row.get(name) is None]
        if missing:
            raise CorpusError(f"{path}, line {line}: no {missing[0]!r}; each line must hold word,weight")
        word = _key_of(row["word"] or "")
        if not word or not any(c.isalpha() for c in word):
            raise CorpusError(f"{path}, line {line}: {row['word']!r} is not a word; write a word or a phrase")
        if word in known:
            raise CorpusError(f"{path}, line {line}: {word!r} stands there twice; keep one of them")
        known.add(word)
        weights[(row["word"] or "").strip()] = _weight_of(row["weight"] or "", f"{path}, line {line}")
    unit = 4.0 if all(abs(weight) <= 1 for weight in weights.values()) else 1.0
    return {word: weight * unit for word, weight in weights.items()}


def _weight_of(written: str, where: str) -> float:
    try:
        weight = float(written)
    except ValueError as error:
        raise CorpusError(f"{where}: weight {written!r} is not a number; write one from -4 to 4") from error
    if not -4 <= weight <= 4:
        raise CorpusError(f"{where}: weight {written!r} is outside -4 to 4; rescale the list")
    return weight


def tokenize(raw: str) -> list[Token]:
    """Cut a text into words, numbers and exclamation marks, with offsets into the raw text.

    Capitals tell names from words, except in a headline set in capitals, where they say nothing.
    """
    fixed = normalize(raw)
    text = fixed.text
    found = list(_TOKEN.finditer(text))
    capitals = [m[0][0].isupper() for m in found if m["word"] and len(m[0]) > 3]
    is_title = len(capitals) > 2 and sum(capitals) > 0.6 * len(capitals) and not text.rstrip().endswith(".")
    is_title = is_title or text.isupper()
    tokens: list[Token] = []
    last, is_unchanged = 0, text == raw
    for m in found:
        (start, end), word = m.span(), m[0]
        between = text[last:start]
        key = word.lower()
        if not key.isalpha():
            key = key.replace("’", "'").replace("‐", "-").rstrip("'.,")
            if key.endswith("'s") and not _CONTRACTED.fullmatch(key):
                key = key[:-2]
        is_plain = between == " "
        is_name = False
        if word[0].isupper() and not is_title:
            is_first = not tokens or (not is_plain and between.rstrip()[-1:] in _OPENERS)
            is_name = not (is_first or key == "i" or key.startswith("i'"))
        breaks = not is_plain and _CLAUSE_BREAK.search(between) is not None
        last = end
        if not is_unchanged:
            start, end = fixed.to_raw(start, end)
        tokens.append(Token(start, end, key or word, is_name, m.lastgroup != "mark", breaks))
    return tokens


def is_english(tokens: Sequence[Token], language: str = "") -> bool:
    """Tell whether words may be English: Latin letters, and small words of no other language prevail.

    Where the text as a whole was taken for another language, English small words must prevail clearly: the
    language of a short text is a guess.
    """
    languages = load_function_words()
    words = [t.key for t in tokens if t.is_word and t.key[0].isalpha()]
    if not words or sum(w[0] > "\u024f" for w in words) * 2 > len(words):
        return False
    votes = Counter(language for word in words for language in languages.get(word, ()))
    others = max((n for name, n in votes.items() if name != "en"), default=0)
    if language not in ("", "en"):
        return votes["en"] >= _LEAST_VOTES and votes["en"] > others
    return votes["en"] >= others or others < _LEAST_VOTES
