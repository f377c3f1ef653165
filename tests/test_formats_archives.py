"""Archives and web archives: what is in them is read in place, and what cannot be read is said."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rashomon._formats import archives
from rashomon._formats.archives import members
from rashomon._formats.web_archive import read_warc
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import InputFile, Item, Note, Record, Reject
from rashomon.read import read_documents

# Without the clock in it: equal in every process that collects the tests.
gzipped = partial(gzip.compress, mtime=0)

TEXT = b"The ferry sank off Brennoy.\n"


def input_of(name: str, data: bytes) -> InputFile:
    return InputFile(name, lambda: io.BytesIO(data), len(data))


def make_zip(
    entries: Iterable[tuple[str | zipfile.ZipInfo, bytes]], packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def make_tar(entries: Iterable[tuple[str, bytes]], links: Iterable[str] = ()) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in entries:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, "a.txt"
            archive.addfile(info)
    return stream.getvalue()


def look(name: str, data: bytes) -> list[tuple[str, bytes | str]]:
    """Name what is in an archive, with its content, or with the reason why there is none."""
    found: list[tuple[str, bytes | str]] = []
    for member in members(input_of(name, data)):
        if isinstance(member, Reject):
            assert member.action
            name, _, reason = member.reason.partition(": ")
            found.append((name, reason))
            continue
        try:
            found.append((member.name, member.read()))
        except UnreadableError as error:
            found.append((member.name, error.reason))
    return found


def directory_of(data: bytes) -> int:
    return data.rindex(b"PK\x01\x02")


def test_members_come_by_name_and_what_is_no_text_of_the_corpus_is_passed_over() -> None:
    hidden = [".git/a.txt", "b/.a.txt", "__MACOSX/b/._a.txt", "README.md", "b/LICENSE", "manifest.csv", "b/"]
    entries = [(name, TEXT) for name in ["c.txt", "b/a.txt", *hidden]]
    assert look("x/a.zip", make_zip(entries)) == [("x/a.zip/b/a.txt", TEXT), ("x/a.zip/c.txt", TEXT)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\texts\\a.txt", "texts/a.txt"),
        ("b\\..\\a.txt", "b/a.txt"),
        ("..", "unnamed"),
        ("a\x07\u202e.txt", "a\\x07\\u202e.txt"),
        ("Zürich/日本.txt", "Zürich/日本.txt"),
    ],
)
def test_name_is_shown_inside_the_archive(name: str, shown: str) -> None:
    assert look("a.zip", make_zip([(name, TEXT)])) == [(f"a.zip/{shown}", TEXT)]


def test_name_in_utf8_that_does_not_say_so_is_understood() -> None:
    data = bytearray(make_zip([("Zürich.txt", TEXT)]))
    for at in (data.index(b"PK\x03\x04") + 6, directory_of(data) + 8):
        data[at : at + 2] = b"\0\0"
    assert look("a.zip", bytes(data)) == [("a.zip/Zürich.txt", TEXT)]


def test_two_members_of_one_name_are_both_read() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = make_zip([("a.txt", b"one"), ("a.txt", b"two")])
    assert look("a.zip", data) == [("a.zip/a.txt", b"one"), ("a.zip/a.txt", b"two")]


@pytest.mark.parametrize(
    ("name", "ending", "pack"),
    [
        ("b/a.html.gz", ".html", gzipped),
        ("a.jsonl.bz2", ".jsonl", bz2.compress),
        ("a.CSV.XZ", ".csv", lzma.compress),
        ("crawl.warc.gz", ".warc", lambda data: gzipped(data[:9]) + gzipped(data[9:])),
        ("a.gz", "", gzipped),
    ],
)
def test_file_packed_alone_keeps_its_name(name: str, ending: str, pack: object) -> None:
    assert callable(pack)
    (member,) = members(input_of(name, pack(TEXT)))
    assert isinstance(member, InputFile)
    assert (member.name, member.ending, member.read()) == (name, ending, TEXT)


def test_archives_in_archives_are_read_to_a_depth() -> None:
    inner = make_zip([("i.txt", TEXT)])
    entries = [("a.zip", inner), ("b.zip", make_zip([("c.zip", inner)])), ("d.txt.gz", gzipped(TEXT))]
    entries += [("e.tar", make_tar([("t.txt", TEXT)])), ("f.gz.gz", TEXT)]
    assert look("x.zip", make_zip(entries)) == [
        ("x.zip/a.zip/i.txt", TEXT),
        ("x.zip/b.zip/c.zip", "more than 2 archives inside one another"),
        ("x.zip/d.txt.gz", TEXT),
        ("x.zip/e.tar/t.txt", TEXT),
        ("x.zip/f.gz.gz", "packed twice"),
    ]
    assert look("x.zip.gz", gzipped(inner)) == [("x.zip.gz/i.txt", TEXT)]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.tar", bytes), ("a.tar.gz", gzipped), ("a.tgz", gzipped), ("a.txz", lzma.compress)],
)
def test_tar_is_read_as_it_stands(name: str, pack: object) -> None:
    assert callable(pack)
    data = make_tar([("b.txt", TEXT * 40), ("../a.txt", TEXT), (".hidden", TEXT)], links=["l.txt"])
    assert look(name, pack(data)) == [
        (f"{name}/b.txt", TEXT * 40),
        (f"{name}/a.txt", TEXT),
        (f"{name}/l.txt", "a link or a device, no file"),
    ]


def test_member_that_is_no_file_or_encrypted_is_told() -> None:
    link = zipfile.ZipInfo("l.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert look("a.zip", make_zip([(link, b"/etc/passwd")])) == [
        ("a.zip/l.txt", "a link or a device, no file")
    ]
    data = bytearray(make_zip([("a.txt", TEXT)]))
    data[directory_of(data) + 8] |= 1
    assert look("a.zip", bytes(data)) == [("a.zip/a.txt", "encrypted: it needs a password")]


def test_bomb_is_refused_and_its_neighbors_are_read() -> None:
    zeros = bytes(archives.FREE_BYTES + 1)
    found = look("a.zip", make_zip([("b.txt", zeros), ("c.txt", TEXT)]))
    assert found[1] == ("a.zip/c.txt", TEXT)
    assert "200 times" in str(found[0])
    for name, pack in (("a.txt.gz", gzipped), ("a.txt.bz2", bz2.compress), ("a.txt.xz", lzma.compress)):
        assert "200 times" in str(look(name, pack(zeros)))


_allowance = archives._Allowance


def test_limits_count_inner_archives_too(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = make_zip([("a.txt", TEXT), ("b.txt", TEXT)])
    data = make_zip([("1.zip", inner), ("2.zip", inner)], zipfile.ZIP_STORED)
    monkeypatch.setattr(archives, "_Allowance", lambda: _allowance(n_members=5))
    assert "files in it" in str(look("a.zip", data)[-1])
    monkeypatch.setattr(archives, "_Allowance", lambda: _allowance(n_bytes=2 * len(inner) + 3 * len(TEXT)))
    assert [name for name, _ in look("a.zip", data)] == [
        "a.zip/1.zip/a.txt",
        "a.zip/1.zip/b.txt",
        "a.zip/2.zip",
    ]


def test_members_over_one_another_are_refused() -> None:
    data = bytearray(make_zip([("a.txt", TEXT * 9), ("b.txt", TEXT * 9)], zipfile.ZIP_STORED))
    second = directory_of(data)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    with pytest.raises(UnreadableError, match="lie over one another"):
        look("a.zip", bytes(data))


def test_stated_size_of_a_member_is_not_trusted() -> None:
    data = bytearray(make_zip([("a.txt", TEXT)]))
    at = directory_of(data) + 24
    data[at : at + 4] = struct.pack("<I", 3)
    ((_, reason),) = look("a.zip", bytes(data))
    assert str(reason).startswith("broken archive: Bad CRC-32")
    data[at : at + 4] = struct.pack("<I", 400)
    assert look("a.zip", bytes(data)) == [("a.zip/a.txt", TEXT)]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
@pytest.mark.parametrize("data", [b"", b"no archive at all", b"no archive at all" * 99])
def test_what_is_no_archive_says_so(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError, match="broken archive"):
        look(name, data)


def test_cut_off_archive_says_what_is_lost() -> None:
    packed = gzipped(b"".join(f"{n} {n * n % 7919}\n".encode() for n in range(5000)))
    ((_, reason),) = look("a.txt.gz", packed[:-20])
    assert f"near byte {len(packed) - 20:,} of the packed file" in str(reason)
    tar = make_tar([("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT * 999)])
    found = look("a.tar", tar[:4000])
    assert found[:2] == [("a.tar/a.txt", TEXT), ("a.tar/b.txt", TEXT)]
    assert str(found[2][1]).endswith("nothing after its first 2 files is read")
    with pytest.raises(UnreadableError, match="broken archive"):
        look("a.zip", make_zip([("a.txt", TEXT)])[:-9])


class Watched(io.BytesIO):
    """Remembers how far it was read."""

    furthest = 0

    def readinto(self, buffer: Any, /) -> int:
        n_bytes = super().readinto(buffer)
        self.furthest = max(self.furthest, self.tell())
        return n_bytes


def test_member_is_unpacked_only_as_far_as_it_is_read() -> None:
    rows = b"".join(b'{"id": %d, "text": "%d ferries"}\n' % (n, n * n) for n in range(40_000))
    stream = Watched(make_zip([("a.jsonl", rows), ("b.jsonl", rows)]))
    directory = directory_of(stream.getvalue())
    listed = members(InputFile("a.zip", lambda: stream))
    member = next(listed)
    assert isinstance(member, InputFile)
    stream.furthest = 0
    with member.open() as opened:
        assert opened.readline() == b'{"id": 0, "text": "0 ferries"}\n'
    assert 0 < stream.furthest < directory / 4


PAGE = b"""<!DOCTYPE html><html><head><title>Ferry sinks off Brennoy</title></head><body><article>
<h1>Ferry sinks off Brennoy</h1>
<p>The ferry had left the island at noon with 212 passengers on board, the harbor master said on Tuesday.</p>
<p>Nobody had asked him for advice, although a warning of storm had been in force since the early morning.</p>
<p>All passengers were taken ashore by fishermen of the village, who had seen the ship list to one side.</p>
</article></body></html>"""


def make_record(kind: str, block: bytes, **headers: str) -> bytes:
    lines = [f"WARC-Type: {kind}", f"Content-Length: {len(block)}", "WARC-Date: 2024-10-22T08:15:00Z"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return b"WARC/1.0\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def make_response(
    body: bytes, *, url: str = "https://a.example/1", status: str = "200 OK", **headers: str
) -> bytes:
    headers = {"Content_Type": "text/plain; charset=utf-8", **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return make_record("response", head + body, WARC_Target_URI=url)


def read_crawl(data: bytes) -> list[Item]:
    return list(read_warc(input_of("crawl.warc", data)))


def records_of(items: list[Item]) -> list[Record]:
    return [item for item in items if isinstance(item, Record)]


def test_pages_of_a_crawl_are_read_and_the_rest_is_counted() -> None:
    data = make_record("warcinfo", b"software: none") + make_record("request", b"GET / HTTP/1.1")
    data += (
        make_response(TEXT) + make_record("metadata", b"x") + make_response(b"gone", status="404 Not Found")
    )
    data += make_response(b"GIF89a", Content_Type="image/gif") + make_record("revisit", b"")
    data += make_record("resource", TEXT, WARC_Target_URI="<https://a.example/2>", Content_Type="text/plain")
    data += make_response(b"  ", url="https://a.example/3")
    first, second, reject, note = read_crawl(data)
    assert isinstance(first, Record)
    assert (first.raw, first.position) == (TEXT.decode(), 1)
    assert first.fields == {"url": "https://a.example/1", "retrieved": "2024-10-22T08:15:00Z"}
    assert isinstance(second, Record)
    assert (second.position, second.fields["url"]) == (4, "https://a.example/2")
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.position) == ("https://a.example/3: empty: no text in it", 5)
    assert note == Note(
        "passed over: 1 files that are no page, 1 metadata records, 1 pages of status 404, "
        "1 request records, 1 revisit records, 1 warcinfo records"
    )


def in_chunks(data: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (data[:7], data[7:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (in_chunks(TEXT), {"Transfer_Encoding": "chunked"}),
        (TEXT, {"Transfer_Encoding": "chunked"}),
        (gzipped(TEXT), {"Content_Encoding": "gzip"}),
        (TEXT, {"Content_Encoding": "gzip"}),
        (zlib.compress(TEXT), {"Content_Encoding": "deflate"}),
        (zlib.compress(TEXT, wbits=-15), {"Content_Encoding": "deflate"}),
        (in_chunks(gzipped(TEXT)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
    ],
)
def test_page_is_unpacked_as_it_was_sent(body: bytes, headers: dict[str, str]) -> None:
    assert [record.raw for record in records_of(read_crawl(make_response(body, **headers)))] == [
        TEXT.decode()
    ]


def test_page_in_html_is_read_like_a_saved_one() -> None:
    data = make_response(PAGE, Content_Type="text/html; charset=utf-8")
    data += make_response(b"<html></html>", url="https://a.example/2", Content_Type="text/html")
    record, reject = read_crawl(data)
    assert isinstance(record, Record)
    assert "212 passengers" in record.raw
    assert record.fields["url"] == "https://a.example/1"
    assert isinstance(reject, Reject)
    assert reject.reason.startswith("https://a.example/2: ")


def test_broken_stretch_of_a_crawl_is_told() -> None:
    good = make_response(TEXT)
    found = read_crawl(good + b"spoiled\r\n\r\n" + good)
    assert [type(item) for item in found] == [Record, Reject, Record]
    assert found[1] == Reject("7 bytes before it belong to no record", "get the file again", 2)
    found = read_crawl(good + good.replace(b"Content-Length: ", b"Content-Length: x") + good)
    assert [record.position for record in records_of(found)] == [1, 2]
    assert "does not say its length" in str(found[1])
    found = read_crawl(good + good[:-40])
    assert found[1] == Reject(
        "cut off inside a record; nothing after its first 1 records is read", "get the file again", 2
    )


def test_broken_packing_of_a_crawl_is_told_where_it_breaks() -> None:
    good = gzipped(make_response(TEXT))
    packed = good + good[:30] + bytes([good[30] ^ 255]) + good[31:] + good
    (member,) = members(input_of("crawl.warc.gz", packed))
    assert isinstance(member, InputFile)
    record, reject = read_warc(member)
    assert isinstance(record, Record)
    assert isinstance(reject, Reject)
    assert "broken archive near byte" in reject.reason
    assert "nothing after its first 1 records" in reject.reason


def test_page_that_grows_too_large_is_told() -> None:
    found = read_crawl(make_response(gzipped(bytes(10_000_001)), Content_Encoding="gzip"))
    assert found == [
        Reject("https://a.example/1: too large: more than 10,000,000 bytes", "save the page itself", 1)
    ]


@pytest.mark.parametrize("data", [b"", b"\r\n", b"no crawl", b"<html>", gzipped(TEXT)])
def test_what_is_no_crawl_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_crawl(data)


def test_articles_of_archives_are_named_by_where_they_stand(tmp_path: Path) -> None:
    crawl = make_response(TEXT) + make_response(b"gone", status="410 Gone") + make_response(TEXT * 2)
    (tmp_path / "crawl.warc.gz").write_bytes(gzipped(crawl))
    (tmp_path / "texts.zip").write_bytes(make_zip([("b/page.html", PAGE), ("a.exe", b"MZ")]))
    documents, rows = read_documents(tmp_path)
    assert [(document.path, document.position, document.format) for document in documents] == [
        ("crawl.warc.gz", 1, "warc"),
        ("crawl.warc.gz", 3, "warc"),
        ("texts.zip/b/page.html", None, "html"),
    ]
    assert [reject["path"] for reject in rows["rejects"]] == ["texts.zip/a.exe"]
