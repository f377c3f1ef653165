"""Look into archives without unpacking them: members are read in place and nothing is written to disk."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from bz2 import BZ2File
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from gzip import GzipFile
from lzma import LZMAError, LZMAFile
from tarfile import TarError, TarFile, TarInfo
from typing import IO, Any, BinaryIO, cast

from rashomon._reading.decoding import UnreadableError
from rashomon._reading.folders import ABOUT
from rashomon._reading.records import MAX_FILE_BYTES, InputFile, Reject

MAX_DEPTH = 2  # archives inside one another, the outermost counted
MAX_MEMBERS = 100_000  # with those of inner archives
MAX_UNPACKED_BYTES = 10_000_000_000  # likewise
MAX_RATIO = 200  # unpacked to packed; texts reach 20, only a bomb a thousand
FREE_BYTES = 10_000_000  # unpacked bytes up to which the ratio does not matter
MAX_DIRECTORY_BYTES = 30_000_000  # of a list of members, which must be in memory as a whole

_WRAPPERS: dict[str, Callable[[BinaryIO], Any]] = {
    **dict.fromkeys((".gz", ".tgz"), lambda stream: GzipFile(fileobj=stream)),
    **dict.fromkeys((".bz2", ".tbz2"), BZ2File),
    **dict.fromkeys((".xz", ".txz"), LZMAFile),
}
ENDINGS = (".zip", ".tar", *_WRAPPERS)

_BROKEN = (
    zipfile.BadZipFile, TarError, zlib.error, LZMAError, struct.error, OSError, EOFError, MemoryError,
    ValueError, IndexError, OverflowError,
    RuntimeError,  # zipfile has it for a compression that it does not know
)  # fmt: skip
_BUFFER_BYTES = 65_536
_STEP_BYTES = 1_000_000
_STEP_BYTES_UNBOUNDED = 4_096  # in a ZIP, bzip2 and LZMA are unpacked at once, however much it gives
_UNPACK = "unpack it and give the folder"
_DRIVE = re.compile(r"^[A-Za-z]:(?=/)")


def is_archive(file: InputFile) -> bool:
    """Tell whether a file is an archive, or packed, by its ending.

    Parameters
    ----------
    file : InputFile
        Any file.

    Returns
    -------
    bool
        Whether `members` takes it.

    Examples
    --------
    >>> is_archive(InputFile("crawl.warc.gz", io.BytesIO)), is_archive(InputFile("a.docx", io.BytesIO))
    (True, False)
    """
    return file.ending in ENDINGS


def members(file: InputFile) -> Iterator[InputFile | Reject]:
    """List what is in an archive, archives in it included.

    Parameters
    ----------
    file : InputFile
        A ZIP or tar archive, or one file packed by gzip, bzip2 or xz, as its ending (of `ENDINGS`) says.

    Yields
    ------
    InputFile
        A member, to be read before the next one is asked for, named like a file in a folder of the archive's
        name. What is packed alone keeps the name of its file; its ending is the one before the packing's.
    Reject
        A member, or the rest of an archive, that is not read; the reason names it.

    Raises
    ------
    UnreadableError
        When the archive as a whole cannot be read; also by a member when it is read and proves broken.

    Notes
    -----
    The members of a ZIP come sorted by name, those of a tar as they stand. Passed over like in a folder:
    hidden files, what describes a folder, and what macOS adds. A name is only shown, never a place to write
    to: its drive and its `..` are left out. Two members of one name are both given.

    Examples
    --------
    >>> data = io.BytesIO()
    >>> with zipfile.ZipFile(data, "w") as archive:
    ...     archive.writestr("b.txt", "The ferry sank.")
    ...     archive.writestr("a.txt", "All got home.")
    >>> [file.name for file in members(InputFile("c.zip", lambda: io.BytesIO(data.getvalue())))]
    ['c.zip/a.txt', 'c.zip/b.txt']
    """
    yield from _look_into(file, 1, _Allowance())


@dataclass(slots=True)
class _Allowance:
    """What an archive may still hold, together with the archives in it."""

    n_members: int = MAX_MEMBERS
    n_bytes: int = MAX_UNPACKED_BYTES

    def take(self, n_members: int, n_bytes: int) -> None:
        self.n_members -= n_members
        self.n_bytes -= n_bytes
        if self.n_members < 0:
            raise UnreadableError(f"more than {MAX_MEMBERS:,} files in it", "split it, or " + _UNPACK)
        if self.n_bytes < 0:
            raise UnreadableError(f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes", _UNPACK)


@dataclass(frozen=True, slots=True)
class _Unwrapped(InputFile):
    """A file that was packed alone: it keeps its name, its ending is the one before the packing's."""

    @property
    def ending(self) -> str:
        stem, _, packing = self.name.rpartition(".")
        return ".tar" if packing.lower() in ("tgz", "tbz2", "txz") else InputFile(stem, self.open).ending


class _Unpacking(io.RawIOBase):
    """A stream out of an archive: its errors are of one class, and it grows only so far."""

    def __init__(self, opener: Callable[[], Any], packed: BinaryIO | None, step: int) -> None:
        with _one_class_of_errors():
            self._stream = opener()
        self._packed, self._step = packed, step

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._stream.seekable())

    def tell(self) -> int:
        return int(self._stream.tell())

    def seek(self, offset: int, whence: int = 0) -> int:
        with _one_class_of_errors():
            return int(self._stream.seek(offset, whence))

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _one_class_of_errors(self._packed):
            data = self._stream.read1(min(len(buffer), self._step))
        buffer[: len(data)] = data
        if self._packed is not None:
            _check_growth(self._stream.tell(), self._packed.tell())
        return len(data)

    def close(self) -> None:
        self._stream.close()
        if self._packed is not None:
            self._packed.close()
        super().close()


class _Sparing(io.BufferedReader):
    """A stream that is not asked for more at once than fits: lists of members state their own lengths."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise UnreadableError(f"its list of members says it has {size:,} bytes", _UNPACK)
        return super().read(size)


@contextmanager
def _one_class_of_errors(packed: BinaryIO | None = None) -> Iterator[None]:
    """Turn what the unpackers raise over broken data into the one error that readers raise."""
    try:
        yield
    except UnreadableError:
        raise
    except _BROKEN as error:
        place = f" near byte {packed.tell():,} of the packed file" if packed else ""
        what = str(error) or type(error).__name__
        raise UnreadableError(f"broken archive{place}: {what}", f"get it again, or {_UNPACK}") from error


def _check_growth(unpacked: int, packed: int) -> None:
    if unpacked > FREE_BYTES and unpacked > MAX_RATIO * max(packed, 1):
        raise UnreadableError(
            f"grows to more than {MAX_RATIO} times its packed size, as no text does",
            f"leave it out, or {_UNPACK}",
        )
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableError(f"unpacks to more than {MAX_UNPACKED_BYTES:,} bytes", _UNPACK)


def _look_into(file: InputFile, depth: int, allowance: _Allowance) -> Iterator[InputFile | Reject]:
    if file.ending in _WRAPPERS:
        unwrapped = _unwrap(file)
        if unwrapped.ending in _WRAPPERS:
            raise UnreadableError("packed twice", _UNPACK)
        yield from _expand(unwrapped, depth, allowance, outermost=depth == 1)
    elif file.ending == ".tar":
        yield from _tar_members(file, depth, allowance)
    else:
        yield from _zip_members(file, depth, allowance)


def _expand(
    file: InputFile, depth: int, allowance: _Allowance, *, outermost: bool = False
) -> Iterator[InputFile | Reject]:
    """Give a member or, when it is an archive itself, what is in it."""
    if not is_archive(file):
        yield file
        return
    try:
        if depth > MAX_DEPTH:
            raise UnreadableError(f"more than {MAX_DEPTH} archives inside one another", _UNPACK)
        yield from _look_into(file, depth, allowance)
    except UnreadableError as error:
        if outermost:
            raise
        yield _reject(file.name, error)


def _reject(name: str, error: UnreadableError) -> Reject:
    return Reject(f"{name}: {error.reason}", error.action)


def _unwrap(file: InputFile) -> InputFile:
    def unpack() -> BinaryIO:
        packed = file.open()
        opener = partial(_WRAPPERS[file.ending], packed)
        return _unpacking(opener, packed, _STEP_BYTES)

    return _Unwrapped(file.name, unpack, columns=file.columns)


def _zip_members(file: InputFile, depth: int, allowance: _Allowance) -> Iterator[InputFile | Reject]:
    # The list of members stands at the end, which packed data has to be unpacked for: so into memory.
    inner = depth > 1 or isinstance(file, _Unwrapped)
    with io.BytesIO(file.read()) if inner else file.open() as stream:
        with _one_class_of_errors():
            sparing = _Sparing(cast(io.RawIOBase, stream))
            archive = zipfile.ZipFile(sparing)
        listed = archive.infolist()
        allowance.take(len(listed), sum(info.file_size for info in listed))
        _check_places(archive, listed)
        named = [
            (_clean_name(_zip_name(info)), info) for info in listed if not info.filename.endswith(("/", "\\"))
        ]
        for name, info in sorted(named, key=lambda entry: (entry[0], entry[1].header_offset)):
            if _is_passed_over(name):
                continue
            full = f"{file.name}/{name}"
            try:
                _check_zip_member(info)
            except UnreadableError as error:
                yield _reject(full, error)
                continue
            is_bounded = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            step = _STEP_BYTES if is_bounded else _STEP_BYTES_UNBOUNDED
            opener = partial(_unpacking, partial(archive.open, info), None, step)
            member = InputFile(full, opener, info.file_size, file.columns)
            yield from _expand(member, depth + 1, allowance)


def _unpacking(opener: Callable[[], IO[bytes]], packed: BinaryIO | None, step: int) -> BinaryIO:
    return io.BufferedReader(_Unpacking(opener, packed, step), _BUFFER_BYTES)


def _check_places(archive: zipfile.ZipFile, listed: list[zipfile.ZipInfo]) -> None:
    """Refuse members that lie over one another: a small file would hold far more than it has room for."""
    starts = sorted((info.header_offset, info.compress_size) for info in listed)
    ends = [start for start, _ in starts[1:]] + [archive.start_dir]
    for (start, size), end in zip(starts, ends, strict=False):
        if start + size > end or start == end:
            raise UnreadableError("its members lie over one another", "leave it out, or pack it again")


def _check_zip_member(info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UnreadableError("a link or a device, no file", "pack the file itself")
    if info.flag_bits & 1:
        raise UnreadableError("encrypted: it needs a password", "unpack it with its password")
    # What is read of a member ends at the size stated here, also when there is more.
    _check_growth(info.file_size, info.compress_size)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Give the name; what old programs wrote as UTF-8 without saying so is read as code page 437."""
    if not info.flag_bits & 0x800:
        try:
            return info.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return info.filename


def _clean_name(name: str) -> str:
    parts = _DRIVE.sub("", name.replace("\\", "/")).split("/")
    kept = "/".join(part for part in parts if part not in ("", ".", ".."))
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in kept)
    return shown or "unnamed"


def _is_passed_over(name: str) -> bool:
    parts = name.split("/")
    is_hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return is_hidden or bool(ABOUT.fullmatch(parts[-1]))


def _tar_members(file: InputFile, depth: int, allowance: _Allowance) -> Iterator[InputFile | Reject]:
    n_members = 0
    with file.open() as stream:
        archive: TarFile | None = None
        while True:
            try:
                with _one_class_of_errors():
                    if archive is None:
                        archive = TarFile(fileobj=_Sparing(cast(io.RawIOBase, stream)))
                    info = archive.next()
                    if info is None:
                        break
                    setattr(archive, "members", [])  # noqa: B010 - else it keeps every one; typeshed does not know it
                    allowance.take(1, info.size)
                    name = _clean_name(info.name)
                    if info.isdir() or _is_passed_over(name):
                        continue
                    data = _read_tar_member(archive, info)
            except UnreadableError as error:
                if not n_members:
                    raise
                lost = f"nothing after its first {n_members} files is read"
                yield Reject(f"{file.name}: {error.reason}; {lost}", error.action)
                return
            n_members += 1
            full = f"{file.name}/{name}"
            if isinstance(data, UnreadableError):
                yield _reject(full, data)
            else:
                yield from _expand(
                    InputFile(full, partial(io.BytesIO, data), len(data)), depth + 1, allowance
                )


def _read_tar_member(archive: TarFile, info: TarInfo) -> bytes | UnreadableError:
    """Read a member where it stands, since a packed tar cannot be gone back in, or say why it is not read."""
    if not info.isreg():
        return UnreadableError("a link or a device, no file", "pack the file itself")
    if info.size > MAX_FILE_BYTES:
        return UnreadableError(f"too large in a tar archive: more than {MAX_FILE_BYTES:,} bytes", _UNPACK)
    stream = archive.extractfile(info)
    data = stream.read() if stream is not None else b""
    if len(data) < info.size:
        raise EOFError("cut off")
    return data
