"""Read bibliographies in RIS, as databases and reference managers write them: about other files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.records import Format, InputFile, Item, Metadata, Note, Reject

# For each field the tags of RIS that say it, by the names rispy gives them; the first one there counts.
_KEYS = {
    "id": ("id", "accession_number"),
    "title": ("title", "primary_title"),
    "author": ("authors", "first_authors"),
    "outlet": ("secondary_title", "journal_name", "alternate_title3", "alternate_title2", "publisher"),
    "provider": ("name_of_database", "database_provider"),
    "section": ("section",),
    "edition": ("edition",),
    "language": ("language",),
    "url": ("urls",),
    "published": ("date", "year", "publication_year"),
    "retrieved": ("access_date",),
}
_FILES = ("file_attachments1", "file_attachments2", "figure")
_END = re.compile(r"^ER  ?-.*$", re.MULTILINE)
_START = re.compile(r"^TY  - ", re.MULTILINE)
_ADDRESS = re.compile(r"(?!file:)[a-z][a-z+.-]+://", re.IGNORECASE)


def read_ris(file: InputFile) -> Iterator[Item]:
    """Read a bibliography in RIS.

    Parameters
    ----------
    file : InputFile
        Its abstracts are not read: they are not the articles.

    Yields
    ------
    Metadata or Reject
        In the order of the file, the place among the references as position.

    Raises
    ------
    UnreadableError
        When it is no text, or holds no reference.
    """
    text = re.sub(r"\r\n?", "\n", decode(file.read())[0])
    *references, rest = _END.split(text)
    if _START.search(rest):
        references.append(rest)
    if not references:
        raise UnreadableError("no RIS: it holds no reference", "export the bibliography again as RIS")
    yield Note("a bibliography: its references describe articles, abstracts are not read")
    for position, reference in enumerate(references, start=1):
        is_cut = reference is rest
        starts = len(_START.findall(reference))
        parsed = _parse(reference) if starts == 1 else []
        if not parsed or is_cut:
            yield Reject(
                "the reference is cut off or broken", "export the bibliography again as RIS", position
            )
        else:
            yield _describe(parsed[0], position)


def _parse(reference: str) -> list[dict[str, Any]]:
    import rispy

    # Several of these may stand in a reference, and none is split at semicolons, which addresses have, too.
    lists = [*rispy.LIST_TYPE_TAGS, "UR", "L1", "L2", "L4"]
    try:
        parsed: list[dict[str, Any]] = rispy.loads(
            reference.lstrip() + "\nER  - \n", list_tags=lists, delimiter_tags_mapping={}
        )
    except (KeyError, TypeError, AttributeError):  # lines where none may stand
        return []
    return parsed


def _describe(reference: dict[str, Any], position: int) -> Item:
    fields = {}
    for field, keys in _KEYS.items():
        found = next((reference[key] for key in keys if reference.get(key)), "")
        if isinstance(found, list):
            found = "; ".join(map(str, found)) if field == "author" else str(found[0])
        if value := " ".join(found.split()):
            fields[field] = value
    pages = [reference[key] for key in ("start_page", "end_page") if reference.get(key)]
    if pages:
        fields["page"] = "-".join(dict.fromkeys(pages))
    files: list[str] = []
    for key in _FILES:
        attached = reference.get(key, [])
        for path in [attached] if isinstance(attached, str) else attached:
            name = re.split(r"[/\\]", path.strip())[-1]
            if name and not _ADDRESS.match(path):
                files.append(name)
    if not (files or "title" in fields or "url" in fields):
        return Reject("the reference names no article, file or address", "leave it out", position)
    return Metadata(fields, tuple(files), position)


FORMATS = (Format("ris", (".ris",), read_ris, None, ("rispy",), describes_others=True),)
