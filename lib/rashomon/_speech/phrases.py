"""Tokens and noun phrases of English, found with closed word classes and no model.

A quotation counts as one token, so that the grammar around it can be read as if it were a word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon._speech.quotes import Quotation
from rashomon.read import read_word_list

_SHORT = r"[’'](?:s|re|ve|d|ll|m)\b"
_SHORTENED = (
    rf"(?i:he|she|it|they|we|you|i|who|that|there|here|what)(?={_SHORT})|{_SHORT}"  # "she's" is two words
)
_WORD = rf"{_SHORTENED}|(?:[^\W\d_][-‑])?(?:[^\W\d_]\.){{2,}}|\d[\d,.]*\d|[^\W_]+(?:[’'\-‑.&/][^\W_]+)*"
_TOKEN = re.compile(rf"{_WORD}|-{{2,}}|\S")
_MONTH = frozenset(["time"])
_NICKNAME = frozenset(["nickname"])  # Marcia “Cia” Price
_NO_CLASS: frozenset[str] = frozenset()
MAX_PHRASE = 14  # words; a mention longer than this is not worth guessing at

Span = tuple[int, int]  # first and last + 1 token


class Token(NamedTuple):
    """A word, a mark, or a whole quotation with its marks; `kind` says which."""

    start: int
    end: int
    text: str
    lower: str
    kind: str
    classes: frozenset[str] = _NO_CLASS
    is_capital: bool = False  # a word that begins with a capital letter

    @property
    def is_possessive(self) -> bool:
        """Whether it ends in 's."""
        return self.lower.endswith("'s") and len(self.lower) > 2

    @property
    def is_manner(self) -> bool:
        """Whether it is an adverb in -ly."""
        lower = self.lower
        return lower.endswith("ly") and len(lower) > 5 and lower != "family" and self.kind == "word"


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for row in read_word_list("speech_words"):
        classes.setdefault(row["word"], set()).add(row["class"])
    return {word: frozenset(found) for word, found in classes.items()}


@functools.cache
def words_of(name: str) -> frozenset[str]:
    """Give the words of a class of the list `speech_words`.

    Parameters
    ----------
    name : str
        The class.

    Returns
    -------
    frozenset of str
        In lower case.
    """
    return frozenset(word for word, classes in _classes().items() if name in classes)


def tokenize(
    text: str, quotations: Sequence[Quotation] = (), span: tuple[int, int] | None = None
) -> list[Token]:
    """Cut a paragraph into words, marks and outermost quotations.

    Parameters
    ----------
    text : str
        One paragraph.
    quotations : sequence of Quotation
        As `find_quotations` gives them; nested ones are passed over.
    span : tuple of int, optional
        The characters to read; all by default.

    Returns
    -------
    list of Token
        In order, with offsets into `text`; `classes` are those of the list `speech_words`.

    Examples
    --------
    >>> [token.text for token in tokenize("Dr. Lee didn't say 1,500.")]
    ['Dr', '.', 'Lee', "didn't", 'say', '1,500', '.']
    """
    tokens: list[Token] = []
    places: list[int] = []  # of the quotations
    at, end = span or (0, len(text))
    for quotation in quotations:
        if quotation.outer_start < at:
            continue
        tokens += _plain_tokens(text, at, quotation.outer_start)
        start, at = quotation.outer_start, quotation.outer_end
        places.append(len(tokens))
        tokens.append(Token(start, at, text[start:at], "", "quote"))
    tokens += _plain_tokens(text, at, end)
    for k in places:
        is_between = 0 < k < len(tokens) - 1 and tokens[k - 1].is_capital and tokens[k + 1].is_capital
        if is_between and tokens[k].text.count(" ") < 2:
            tokens[k] = tokens[k]._replace(classes=_NICKNAME)
    return tokens


def _plain_tokens(text: str, start: int, end: int) -> list[Token]:
    new, read = tuple.__new__, _read_word  # what Token(…) does, without its detour: here the time goes
    return [new(Token, match.span() + read(match[0])) for match in _TOKEN.finditer(text, start, end)]


@functools.lru_cache(maxsize=50_000)
def _read_word(word: str) -> tuple[str, str, str, frozenset[str], bool]:
    """Read what a word or mark is wherever it stands; most words of a corpus are few."""
    if word[:2] == "--":
        return "—", "—", "mark", _NO_CLASS, False
    lower = word.lower().replace("’", "'")
    if not (word[0].isalnum() or lower[1:2].isalpha()):
        return word, word, "mark", _NO_CLASS, False
    if word == "May":
        return word, lower, "word", _MONTH, True  # the month, not the verb
    return word, lower, "word", _classes().get(lower, _NO_CLASS), word[0].isupper()


def is_abbreviation_point(tokens: Sequence[Token], i: int) -> bool:
    """Say whether token `i` is the point of an abbreviation ("Dr.", "J."), not of a sentence.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i : int
        The token.

    Returns
    -------
    bool
        True after an abbreviated title or a single letter that it touches.
    """
    if tokens[i].text != "." or not i or tokens[i - 1].end != tokens[i].start:
        return False
    before = tokens[i - 1]
    return len(before.text) == 1 or "abbreviation" in before.classes


def phrase_before(tokens: Sequence[Token], end: int, first: int) -> Span | None:
    """Find the noun phrase that ends before token `end`, not reaching back before `first`.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    end, first : int
        Where it ends (exclusive), and how far back it may reach.

    Returns
    -------
    tuple of int or None
        Its tokens, without time expressions at either side ("On Tuesday Austin"). None when the words
        there cannot name anybody.
    """
    start = end
    while start > first and end - start < MAX_PHRASE:
        if tokens[start - 1].text == ")":  # "the National Intelligence Service (NIS)"
            window = range(start - 2, max(first, start - 8), -1)
            opened = next((k for k in window if tokens[k].text == "("), -1)
            if opened < 0:
                break
            start = opened
            continue
        if _ends_phrase(tokens, start - 1, first, end):
            break
        start -= 1
    return _trim(tokens, start, end)


def phrase_after(tokens: Sequence[Token], start: int, last: int) -> Span | None:
    """Find the noun phrase that begins at token `start`, not going beyond `last`.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    start, last : int
        Where it begins, and how far it may reach.

    Returns
    -------
    tuple of int or None
        Its tokens; None when the words there cannot name anybody.
    """
    end = start
    while end < last and end - start < MAX_PHRASE and not _ends_phrase(tokens, end, start, last):
        end += 1
    return _trim(tokens, start, end)


def _ends_phrase(tokens: Sequence[Token], i: int, first: int, last: int) -> bool:
    token = tokens[i]
    if token.kind == "mark":
        return not (token.text in "’'&" or is_abbreviation_point(tokens, i))
    if "nickname" in token.classes:
        return False
    if token.kind == "quote" or "auxiliary" in token.classes:
        return True
    joins_names = (
        token.lower == "and"
        and first < i < last - 1
        and tokens[i - 1].is_capital
        and tokens[i + 1].is_capital
    )
    return "boundary" in token.classes and not joins_names


_NAMES_TOO = frozenset(("may", "april", "june", "august"))
_LOOSE = frozenset(("preposition", "time", "adverb"))


def _trim(tokens: Sequence[Token], start: int, end: int) -> Span | None:
    for k in range(start, end - 2):
        if "time" in tokens[k].classes and "determiner" in tokens[k + 1].classes:
            start = k + 1  # "the next day the mayor"
    while start < end:
        token = tokens[start]
        if token.classes & _LOOSE or token.text.isdigit() or token.kind == "mark" or token.is_manner:
            start += 1
        elif token.lower in ("this", "the") and start + 1 < end and "time" in tokens[start + 1].classes:
            start += 2
        else:
            break
    while end > start and not is_name_too(tokens, end - 1):
        is_mark = tokens[end - 1].kind == "mark" and tokens[end - 1].text != ")"
        if not (tokens[end - 1].classes & _LOOSE or (is_mark and not is_abbreviation_point(tokens, end - 1))):
            break
        end -= 1
    names = any(token.kind == "word" and "determiner" not in token.classes for token in tokens[start:end])
    return (start, end) if names else None


def is_name_too(tokens: Sequence[Token], k: int) -> bool:
    """Say whether a month is part of a name: "Theresa May said".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    k : int
        Any token.

    Returns
    -------
    bool
        True for such a month after a capitalized word.
    """
    if tokens[k].lower not in _NAMES_TOO or not k:
        return False
    return tokens[k - 1].is_capital and not tokens[k - 1].classes & {"time", "preposition", "determiner"}


def head_of(tokens: Sequence[Token], phrase: Span) -> Token:
    """Give the head of a noun phrase: its last word before the first preposition or bracket.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    phrase : tuple of int
        First and last + 1 token of the phrase.

    Returns
    -------
    Token
        The head.
    """
    head = tokens[phrase[0]]
    for token in tokens[phrase[0] + 1 : phrase[1]]:
        if token.text in "([" or "preposition" in token.classes:
            break
        if token.kind == "word":
            head = token
    return head


def is_plural(tokens: Sequence[Token], phrase: Span) -> bool:
    """Say whether a noun phrase can go with a verb in the plural ("say", "believe").

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    phrase : tuple of int
        First and last + 1 token.

    Returns
    -------
    bool
        True for a plural head, for two that are joined, and for "we", "police" and the like.
    """
    head = head_of(tokens, phrase)
    word = head.lower
    if tokens[phrase[0]].lower in ("those", "these", "many", "several", "some", "both"):
        return True
    is_joined = any(
        token.lower in ("and", "&") and (tokens[k - 1].is_capital or tokens[k - 1].lower.endswith("s"))
        for k, token in enumerate(tokens[max(1, phrase[0] - 1) : phrase[1]], max(1, phrase[0] - 1))
    )
    ends_as_plural = word.endswith("s") and not word.endswith(("'s", "ss", "us", "is"))
    is_many = "plural" in head.classes or ("number" in head.classes and word != "one")
    return is_joined or is_many or ends_as_plural or word.endswith(("people", "men"))
