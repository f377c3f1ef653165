"""Know columns by their names, whatever the language, the case and what stands between the words."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping

from rashomon.resources import read_word_list

MAX_NAME = 100  # characters; a longer "name" is a text, so the table has no row of names


def known_names(names: Iterable[str]) -> int:
    """Count the names that say what a column holds.

    Parameters
    ----------
    names : iterable of str
        Cells of what may be a table's row of names.

    Returns
    -------
    int
        How many are listed in the word list `column_names`.

    Examples
    --------
    >>> known_names(["Title", "publish_date", "The ferry sank."])
    2
    """
    return sum(bool(fields_of(name)) for name in names)


def unique_names(names: Iterable[str]) -> list[str]:
    """Give each column a name of its own, nothing left out.

    Parameters
    ----------
    names : iterable of str
        As written; some may be empty or stand twice.

    Returns
    -------
    list of str
        The second "text" is "text (2)", a nameless third column "column 3".

    Examples
    --------
    >>> unique_names(["text", " text", ""])
    ['text', 'text (2)', 'column 3']
    """
    unique: dict[str, None] = {}
    for i, written in enumerate(names, start=1):
        name = base = " ".join(written.split()) or f"column {i}"
        n = 1
        while name in unique:
            n += 1
            name = f"{base} ({n})"
        unique[name] = None
    return list(unique)


@functools.lru_cache(maxsize=4096)
def fields_of(name: str) -> Mapping[str, int]:
    """Give the fields that a name may stand for.

    Parameters
    ----------
    name : str
        As written; points mark levels of nesting.

    Returns
    -------
    mapping
        Ranks by field, 1 the surest; empty for a name that is not listed.

    Examples
    --------
    >>> fields_of("response.Source_Name"), fields_of("fields.bodyText"), fields_of("Überschrift")
    ({}, {'text': 1}, {'title': 1})
    """
    if len(name) > MAX_NAME:
        return {}
    forms, wrappers = _load_names()
    parts = [part.strip() for part in name.split(".") if part.strip()]
    inner = [part for part in parts if part.casefold() not in wrappers]
    return forms.get(squeeze("".join(inner))) or forms.get(squeeze(name)) or {}


@functools.cache
def _load_names() -> tuple[dict[str, dict[str, int]], frozenset[str]]:
    forms: dict[str, dict[str, int]] = {}
    wrappers: set[str] = set()
    for row in read_word_list("column_names"):
        for form in row["forms"].split("|"):
            if row["field"] == "wrapper":
                wrappers.add(form.casefold())
            else:
                forms.setdefault(squeeze(form), {}).setdefault(row["field"], int(row["rank"]))
    return forms, frozenset(wrappers)


def squeeze(name: str) -> str:
    """Leave only the letters and digits of a name.

    Parameters
    ----------
    name : str
        As written.

    Returns
    -------
    str
        In small letters.

    Examples
    --------
    >>> squeeze("Full_Text:") == squeeze("fullText")
    True
    """
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
