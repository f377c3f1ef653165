"""Names known beforehand (countries, capitals, world bodies) and the word classes around names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rashomon.read import read_word_list


class Known(NamedTuple):
    """What a listed form stands for; `place` is the city itself when the form is a capital or a seat."""

    entity: str
    kind: str
    rule: str
    place: str = ""


@functools.cache
def words_of(name: str) -> frozenset[str]:
    """Load one class of `name_words`, in lower case.

    Parameters
    ----------
    name : str
        Class in the list.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> "gen" in words_of("title")
    True
    """
    return frozenset(
        word
        for row in read_word_list("name_words")
        if row["class"] == name
        for word in row["words"].split("|")
    )


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for row in read_word_list("name_words"):
        for word in row["words"].split("|"):
            classes.setdefault(word, set()).add(row["class"])
    function = {"auxiliary", "negation", "modal", "adverb", "preposition", "determiner", "pronoun", "generic"}
    function |= {"boundary", "joiner", "cannot_speak", "addressee", "hearsay", "time"}
    small = [row["word"] for row in read_word_list("speech_words") if row["class"] in function]
    for row in read_word_list("function_words"):
        small += row["forms"].split("|") if row["language"] == "en" else []
    for word in [*small, *words_of("common"), *words_of("calendar")]:
        classes.setdefault(word, set()).add("small")
    return {word: frozenset(found) for word, found in classes.items()}


@functools.lru_cache(maxsize=65536)
def classes_of(key: str) -> frozenset[str]:
    """Give the classes of a word in `name_words`.

    Parameters
    ----------
    key : str
        The word in lower case, without dots.

    Returns
    -------
    frozenset of str
        With `small` for what is no name of its own: function words, contractions, adverbs in -ly, months.

    Examples
    --------
    >>> "small" in classes_of("i'll"), "small" in classes_of("apparently"), "title" in classes_of("gen")
    (True, True, True)
    """
    stem, mark, tail = key.partition("'")
    if mark and key not in _classes() and tail in ("ll", "m", "ve", "re", "d", "s", "t"):
        key = stem
    found = _classes().get(key, frozenset())
    is_manner = len(key) > 5 and key.endswith("ly") and key not in ("family", "assembly")
    return found | {"small"} if is_manner else found


def is_small(key: str) -> bool:
    """Say whether a word is no name of its own; see `classes_of`.

    Parameters
    ----------
    key : str
        The word in lower case.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_small("tuesday"), is_small("gray")
    (True, False)
    """
    return "small" in classes_of(key)


class Phrases(NamedTuple):
    """Forms by their first word, longest first; each form is the words of a name, dots left out."""

    by_first: Mapping[str, Sequence[tuple[tuple[str, ...], Known]]]

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Known]]) -> Phrases:
        """Index forms; of equal forms the first one counts."""
        unique: dict[tuple[str, ...], Known] = {}
        for form, known in entries:
            words = split_form(form)
            if words:
                unique.setdefault(words, known)
        index: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for words, known in unique.items():
            index.setdefault(words[0].lower(), []).append((words, known))
        return cls({first: sorted(found, key=lambda f: (-len(f[0]), f[0])) for first, found in index.items()})

    def match(self, words: Sequence[str], at: int, *, shouted: bool = False) -> tuple[int, Known] | None:
        """Find the longest form that begins at word `at`; give its number of words and what it stands for.

        Capitals must agree: "US" is a country and "us" is not. In `shouted` text all words are capitals.
        """
        for form, known in self.by_first.get(words[at].lower(), ()):
            found = words[at : at + len(form)]
            if found == form or (len(found) == len(form) and _agree(found, form, shouted)):
                return len(form), known
        return None


def _agree(written: Sequence[str], form: Sequence[str], shouted: bool) -> bool:
    return all(_agrees(one, other, shouted) for one, other in zip(written, form, strict=True))


def _agrees(written: str, form: str, shouted: bool) -> bool:
    if written == form:
        return True
    if written.casefold() != form.casefold():
        return False
    if form[:1].isupper() and form.isupper() and len(form) < 5 and len(form) > 1:
        return shouted and len(form) > 2
    return written[:1].isupper() or form[:1].islower()


def split_form(form: str) -> tuple[str, ...]:
    """Split a listed form into words as `tokenize` does: at spaces and hyphens, dots left out.

    Parameters
    ----------
    form : str
        A name as listed.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> split_form("Washington D.C."), split_form("Guinea-Bissau"), split_form("People's Party")
    (('Washington', 'DC'), ('Guinea', 'Bissau'), ('People', 'Party'))
    """
    words = re.sub(r"'s\b|'(?=\s|$)", "", form.replace("’", "'")).replace(".", "").replace("-", " ")
    return tuple(words.split())


@functools.cache
def listed_names() -> Phrases:
    """Load countries with capitals and demonyms, and the other names known beforehand.

    Returns
    -------
    Phrases
    """
    entries: list[tuple[str, Known]] = []
    for row in read_word_list("countries"):
        name = row["name"]
        entries += [(form, Known(name, "country", "exact")) for form in [name, *_forms(row["others"])]]
        for form in _forms(row["demonyms"]):
            entries += [(each, Known(name, "country", "demonym")) for each in _with_plural(form)]
        for form in _forms(row["capitals"]):
            entries.append((form, Known(name, "country", "capital", _forms(row["capitals"])[0])))
        entries += [(form, Known(name, "country", "capital")) for form in _forms(row["seats"])]
    for row in read_word_list("known_names"):
        name, kind = row["name"], row["kind"]
        entries += [(form, Known(name, kind, "exact")) for form in [name, *_forms(row["forms"])]]
        entries += [(form, Known(name, kind, "capital", form)) for form in _forms(row["seats"])]
    adjectives = [(f, k) for f, k in entries if k.kind == "place" and f.endswith(("an", "ian", "er"))]
    entries += [(f"{form}s", known) for form, known in adjectives]
    return Phrases.of(entries)


def _forms(cell: str) -> list[str]:
    return [form for form in cell.split("|") if form]


def _with_plural(form: str) -> list[str]:
    return [form] if form.endswith(("s", "sh", "ch", "ese", "men")) else [form, f"{form}s"]
