"""What a reader of a file format takes and gives: a file to read, records, rejects and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from rashomon._reading.decoding import UnreadableError

# What a format may state about an article beside its text. Values are as written, never guessed.
FIELDS = (
    "id",  # the database's own name for the article
    "title",
    "subtitle",
    "author",  # several with "; " between
    "outlet",  # who published it
    "provider",  # who passed it on: a database, an aggregator
    "section",
    "page",
    "edition",
    "language",  # ISO 639-1 code or the name as written
    "rights",
    "url",
    "published",  # day of publication, in any writing that `read_day` knows
    "updated",
    "retrieved",
    "length_declared",  # words, as the format states them
)

Pin = tuple[int, int, str, str]  # start and end in the raw text, zone, named reason
MAX_FILE_BYTES = 50_000_000  # of a file that must be in memory as a whole


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file, or a member of an archive, that nobody has looked into yet.

    `name` is its path for tables; `open` gives a new binary stream at its beginning; `size` is in bytes,
    -1 when only reading can tell.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int = -1
    columns: Mapping[str, str] = field(default_factory=dict)  # field or "text" to a column, as the user chose

    @property
    def ending(self) -> str:
        """Give the ending of the name, in small letters, with its point; empty without one."""
        last = self.name.rsplit("/", 1)[-1]
        return "." + last.rsplit(".", 1)[1].lower() if "." in last.lstrip(".") else ""

    def read(self, limit: int = MAX_FILE_BYTES) -> bytes:
        """Read the whole file.

        Parameters
        ----------
        limit : int
            Most bytes.

        Returns
        -------
        bytes
            All of it.

        Raises
        ------
        UnreadableError
            When there is more.
        """
        if self.size <= limit:  # a size of -1 is not known
            with self.open() as stream:
                data = stream.read(limit + 1)
            if len(data) <= limit:
                return data
        raise UnreadableError(
            f"too large: more than {limit:,} bytes",
            "split it into one file an article",
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a format states it.

    `position` is its place in the file, counted from 1, None when the file is the article; `fields` has keys
    of `FIELDS`; `pins` are zones that the format itself states.
    """

    raw: str
    encoding: str
    position: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that cannot be read: what is wrong, what to do about it, and its place in the file."""

    reason: str
    action: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something the load report says about a file, such as which column was taken for what."""

    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one file states about the text of another: matched by file name, address or title."""

    fields: Mapping[str, str]
    files: tuple[str, ...] = ()  # names of files, without folders
    position: int | None = None


Item = Record | Reject | Note | Metadata
Reader = Callable[[InputFile], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: its name, the endings it has, how it is recognized and read.

    `recognizes` looks at the first bytes; None takes every file of the ending.
    """

    name: str
    endings: tuple[str, ...]
    read: Reader
    recognizes: Callable[[bytes], bool] | None = None
    packages: tuple[str, ...] = ()  # what it stands on; their versions are recorded
    describes_others: bool = False  # whether it may give `Metadata`


def compose_text(
    body: str, *, title: str = "", subtitle: str = "", body_zone: str = ""
) -> tuple[str, tuple[Pin, ...]]:
    r"""Put a title, a subtitle and a text that a format keeps apart into one raw text.

    Parameters
    ----------
    body : str
        The text, with its own line ends.
    title, subtitle : str
        May be empty. Left out where the text already begins with the same line.
    body_zone : str
        A zone for every line of the text; empty lets the rules decide.

    Returns
    -------
    raw : str
        Title, subtitle and text, an empty line between.
    pins : tuple of Pin
        The zones of what the format states.

    Examples
    --------
    >>> compose_text("The ferry sank.", title="Ferry sinks")
    ('Ferry sinks\n\nThe ferry sank.', ((0, 11, 'headline', 'title_field'),))
    """
    raw, pins = "", []
    first_line = body.strip().split("\n", 1)[0].strip()
    for text, zone, reason in (
        (title, "headline", "title_field"),
        (subtitle, "subheadline", "subtitle_field"),
    ):
        line = " ".join(text.split())
        if line and line != first_line:
            pins.append((len(raw), len(raw) + len(line), zone, reason))
            raw += line + "\n\n"
        elif line:
            at = len(raw) + body.index(first_line)
            pins.append((at, at + len(first_line), zone, reason))
    if body_zone:
        pins.append((len(raw), len(raw) + len(body), body_zone, "text_field"))
    return raw + body, tuple(sorted(pins))
