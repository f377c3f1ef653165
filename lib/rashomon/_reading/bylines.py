"""Tell by-lines and names."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from rashomon._reading.dates import CALENDAR_WORDS, describe_date_line, find_days
from rashomon.read import read_word_list

_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŻŠŽČĐİА-ЯЁІЇЄ"
_PARTICLE = r"(?:de|del|di|da|du|la|van|von|der|den|bin|al|el|ten)\b"
_NAME = rf"(?:[{_CAPITAL}][\w.’'-]*|{_PARTICLE}|(?:and|at|for|in|of|with|und|et|y|e|och|og|en)\b|&)"
_BYLINE = re.compile(
    r"(?:(?:(?i:photographs?|photos?|pictures|video|illustrations?|words|text) (?:and|&) )?"
    r"(?i:written|story|words|text|report|reported|analysis|opinion|review|exclusive|interview|photographs"
    r"|photos|pictures) )?"
    rf"(?i:by)(?: ?: ?| |&nbsp;? ?)(?P<name>{_NAME}(?:(?:,| \||) {_NAME}){{0,12}})"
    # Of other languages only a full name, for "Von Hamburg" is no by-line.
    r"|(?i:von|par|por|door|di|da|автор|autor|auteur|autore)(?: ?: ?| )"
    rf"(?P<full>{_NAME}(?:,? {_NAME}){{1,9}})"
)
_BYLINE_STARTS = (
    *("by", "wri", "sto", "wor", "tex", "rep", "ana", "opi", "rev", "exc", "int", "pho", "pic", "vid", "ill"),
    *("von", "par", "por", "door", "di", "da", "авт", "aut"),
)
_ASIDE = re.compile(r" ?\([^()]*\)")
_NAME_ALONE = re.compile(
    rf"[{_CAPITAL}][\w’'-]+(?: (?:[{_CAPITAL}]\.|[{_CAPITAL}][\w’'-]+|{_PARTICLE})){{1,4}}"
)
_GAP = re.compile(r"\s{2,}|\t")
_PIECES = re.compile(r"\s*[|•·]\s*")  # what stands beside the name
_MAX_ROLE = 5  # words
_LINKING = frozenset(
    {
        *("and", "und", "et", "y", "e", "og", "och", "with", "in", "for", "from", "of", "the", "&"),
        *("de", "di", "da", "la", "le", "du", "van", "von", "der", "den"),
    }
)
_ROLE_LABEL = re.compile(  # Court reporter: Ann Lee; Quelle: dpa
    r"(?:[A-Z][a-z]+ )?(?i:reporter|correspondent|author|autor|autorin|auteur|autore|editor|writer|"
    rf"journalist|redaktion|redakteur|redakteurin|quelle): ?(?:[{_CAPITAL}][\w.’'/-]+,? ?){{1,5}}(?:\W|@|$)"
)
ADDRESS = re.compile(
    r"(?:\S+ (?:\S+ )?)?(?:[-–—:] )?(?:https?://|www\.)\S+$|\S+@\S+\.\w+$|@\w+$|(?:#\w+\s*)+$"
)


def find_byline(text: str) -> str:
    """Find the name in a by-line.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    str
        The name as written; empty when the line is no by-line.

    Examples
    --------
    >>> find_byline("By: Ann Lee | 24 October 2024"), find_byline("By Monday it was over.")
    ('Ann Lee', '')
    """
    bare = text.strip("*_ ")
    if bare[:7].casefold() == "byline:":
        bare = bare[7:].strip()
        bare = bare if bare[:3].casefold() == "by " else f"By {bare}"
    if len(bare) > 160 or not bare.casefold().startswith(_BYLINE_STARTS):
        return ""
    bare = _ASIDE.sub("", _GAP.split(bare, maxsplit=1)[0])
    days = find_days(bare)
    match = _BYLINE.match(bare[: days[0].start] if days else bare)
    if match is None:
        return ""
    group = "name" if match["name"] else "full"
    name = match[group]
    while name.endswith("day") and name.split()[-1].casefold() in CALENDAR_WORDS and " " in name:
        name = name.rsplit(" ", 1)[0].rstrip(" ,|")
    words, rest = name.split(), bare[match.start(group) + len(name) :].strip(" ,|&•·–—-")
    if not words[0][0].isupper() or name.casefold() in CALENDAR_WORDS:
        return ""
    if words[0] in ("The", "A", "An") and len(words) <= 2:  # the heading "By The Numbers" names nobody
        return ""
    if all(_may_be_beside(piece) for piece in _PIECES.split(rest)):
        return name
    name, _, role = bare[match.start(group) :].partition(", ")  # By Ann Lee, political editor
    return name if is_name(name) and len(role.split()) <= _MAX_ROLE and role[-1:].isalnum() else ""


def _may_be_beside(text: str) -> bool:
    """Say whether a piece of a by-line, behind the name and a bar, is a date, an address or an outlet."""
    if not text or describe_date_line(text) or ADDRESS.match(text):
        return True
    words = text.split()
    return len(words) <= _MAX_ROLE and all(word[0].isupper() for word in words)


def is_name(text: str) -> bool:
    """Say whether a line can be nothing but the name of a person.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    bool
        Two to five words in capitals, initials and particles among them, none of which pages are made of.

    Examples
    --------
    >>> is_name("Ann M. van der Berg"), is_name("Share Article")
    (True, False)
    """
    if len(text) > 40 or not _NAME_ALONE.fullmatch(text):
        return False
    return not says_page_words(text.split())


def says_page_words(words: Sequence[str]) -> bool:
    """Say whether one of some words is one that pages are made of.

    Parameters
    ----------
    words : sequence of str
        The words of a short line.

    Returns
    -------
    bool

    Examples
    --------
    >>> says_page_words(["Share", "Article"]), says_page_words(["Ann", "Lee"])
    (True, False)
    """
    return not _page_words().isdisjoint(word.casefold() for word in words)


@functools.cache
def _page_words() -> frozenset[str]:
    rows = read_word_list("page_phrases")
    return frozenset(word for row in rows if row["match"] != "any" for word in row["phrase"].split())


def has_role_label(text: str) -> bool:
    """Say whether a line names somebody behind the word for who writes.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_role_label("Court reporter: Ann Lee"), has_role_label("Reporter: a hard life")
    (True, False)
    """
    return _ROLE_LABEL.match(text) is not None


def is_signature(words: list[str]) -> bool:
    """Say whether words are names and what links names, none of those that pages are made of.

    Parameters
    ----------
    words : list of str
        The words of a line.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_signature("Ann Lee in Harbor City and Bo Ek".split()), is_signature("Ferry sinks".split())
    (True, False)
    """
    named = [word for word in words if word.casefold() not in _LINKING]
    if len(named) < 2 or not words[0][0].isupper() or not all(word[0].isupper() for word in named):
        return False
    return not says_page_words(named)
