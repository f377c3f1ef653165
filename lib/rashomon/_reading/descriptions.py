"""Join what one file states about texts (Zotero, RIS, Media Cloud) to the texts in other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rashomon._reading.records import Metadata

_NAMING = ("id", "p", "article", "story")  # parts of a query that can say which article it is
_NO_TEXT = "describes a text that is not here"
Place = tuple[str, int | None]  # the file that describes, and the place in it


def title_key(title: str) -> str:
    """Bring a title to what two writings of it have in common: its letters and digits.

    Parameters
    ----------
    title : str
        As written.

    Returns
    -------
    str
        Case folded, everything else left out.

    Examples
    --------
    >>> title_key("Ferry sinks: ‘All safe’") == title_key("Ferry Sinks – All Safe")
    True
    """
    return "".join(character for character in title.casefold() if character.isalnum())


def url_key(url: str) -> str:
    """Bring an address to what two writings of it have in common: host and path, without what follows.

    Parameters
    ----------
    url : str
        As written.

    Returns
    -------
    str
        Without scheme, `www.`, query, fragment and a closing slash.

    Examples
    --------
    >>> url_key("https://www.news.example/a/1/?utm=x#top")
    'news.example/a/1'
    """
    bare = url.strip().split("#", 1)[0]
    path, _, query = bare.partition("?")
    path = path.split("://", 1)[-1].removeprefix("www.").rstrip("/").casefold()
    named = "&".join(sorted(part for part in query.split("&") if part.split("=")[0] in _NAMING))
    return f"{path}?{named}" if named else path


@dataclass(slots=True)
class Descriptions:
    """What the files of a corpus state about texts in other files of it; each text takes what names it."""

    _found: dict[tuple[str, str], list[tuple[Place, Mapping[str, str]]]] = field(default_factory=dict)
    _titles: dict[Place, str] = field(default_factory=dict)
    _used: set[Place] = field(default_factory=set)
    _doubtful: set[Place] = field(default_factory=set)
    _paths: set[str] = field(default_factory=set)

    def add(self, path: str, metadata: Metadata) -> None:
        """Keep a description under each name its text may have.

        Parameters
        ----------
        path : str
            The file that describes.
        metadata : Metadata
            What it states.
        """
        place = (path, metadata.position)
        self._paths.add(path)
        fields = metadata.fields
        self._titles[place] = fields.get("title") or fields.get("url") or ", ".join(metadata.files)
        keys = [("file", name.casefold()) for name in metadata.files]
        keys += [("url", url_key(fields["url"]))] if fields.get("url") else []
        keys += [("title", title_key(fields["title"]))] if title_key(fields.get("title", "")) else []
        for key in keys:
            self._found.setdefault(key, []).append((place, fields))

    def describe(self, path: str, fields: Mapping[str, str], title: str = "") -> dict[str, str]:
        """Complete what a text states about itself by what others state about it.

        Parameters
        ----------
        path : str
            The text's file.
        fields : mapping
            What its own record states; it is never replaced.
        title : str
            The first line of the text, tried as its title when the record states none.

        Returns
        -------
        dict
            The fields together.
        """
        name = path.rsplit("/", 1)[-1].casefold()
        own_title = fields.get("title") or title
        keys = [("file", name)]
        keys += [("url", url_key(fields["url"]))] if fields.get("url") else []
        keys += [("title", title_key(own_title))] if title_key(own_title) else []
        for key in keys:
            matches = self._found.get(key, [])
            places = [place for place, _ in matches]
            if any(other != matches[0][1] for _, other in matches):
                self._doubtful.update(places)
            elif matches:
                self._used.update(places)
                return {**matches[0][1], **{name: value for name, value in fields.items() if value}}
        return dict(fields)

    def knows(self, path: str) -> bool:
        """Say whether a file is one of those that describe others.

        Parameters
        ----------
        path : str
            Its name.

        Returns
        -------
        bool
        """
        return path in self._paths

    def unused(self) -> Iterator[tuple[Place, str]]:
        """Yield the descriptions that no text took, once all texts are described.

        Yields
        ------
        place, reason
            Where it stands and what is wrong, in the order they were added.
        """
        for place, title in self._titles.items():
            if place not in self._used:
                doubtful = place in self._doubtful
                problem = "describes a text that another row describes otherwise" if doubtful else _NO_TEXT
                yield place, f"{problem}: {title[:80]}"

    def __bool__(self) -> bool:
        return bool(self._titles)
