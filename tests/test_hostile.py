"""Files made to break a reader: each gives a text, or a reject that says what to do, never an exception."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rashomon.read import read_documents

TEXT = "The ferry sank off Brennoy. All 212 passengers were taken ashore.\n"


def zip_of(*entries: tuple[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def link_in_zip() -> bytes:
    stream = io.BytesIO()
    link = zipfile.ZipInfo("l.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def locked_zip() -> bytes:
    data = bytearray(zip_of(("a.txt", TEXT)))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying_zip() -> bytes:
    data = bytearray(zip_of(("a.txt", TEXT)))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 5)
    return bytes(data)


def lapping_zip() -> bytes:
    """Let many members be one and the same stretch of the file."""
    data = zip_of(("a.txt", TEXT * 99))
    at = data.rindex(b"PK\x01\x02")
    entry, end = data[at : data.rindex(b"PK\x05\x06")], data[data.rindex(b"PK\x05\x06") :]
    counts = struct.pack("<HHI", 500, 500, 500 * len(entry))
    return data[:at] + entry * 500 + end[:8] + counts + end[16:]


def endless_tar() -> bytes:
    """State a header of eight gigabytes."""
    info = tarfile.TarInfo("a")
    info.type, info.size = tarfile.XHDTYPE, 8_000_000_000
    return info.tobuf() + bytes(1024)


def nested_zip(depth: int) -> bytes:
    data = zip_of(("a.txt", TEXT))
    for _ in range(depth):
        data = zip_of(("a.zip", data))
    return data


XML_BOMB = '<!DOCTYPE a [<!ENTITY b "ferry">' + "".join(
    f'<!ENTITY b{n} "{"&b" + str(n - 1 or "") + ";"}{"&b" + str(n - 1 or "") + ";"}">' for n in range(1, 40)
)
FETCHING = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
PACKED_XML = zip_of(("_rels/.rels", "<r/>"), ("word/document.xml", "<w" * 9), ("xl/workbook.xml", "<x"))

FILES: dict[str, bytes | Callable[[], bytes]] = {
    "empty.txt": b"",
    "spaces.txt": b" \n\t\r\n" * 99,
    "zeros.txt": bytes(5_000),
    "one_zero.txt": TEXT.encode() + b"\0" + TEXT.encode(),
    "utf16_without_mark.txt": TEXT.encode("utf-16-le"),
    "half_utf16.txt": b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
    "half_utf8.txt": (TEXT + "é").encode()[:-1],
    "noise.txt": bytes(range(256)) * 40,
    "control.txt": ("\x1b[31m" + TEXT + "\x07\u202e\ufeff").encode(),
    "one_line.txt": b"ferry " * 200_000,
    "line_ends.txt": b"\r\n\r\x0b\x0c\n" * 50_000 + TEXT.encode(),
    "marks.txt": ("a" + "\u0301" * 50_000 + " " + TEXT).encode(),
    "surrogate.txt": b"The ferry \xed\xa0\x80 sank. " * 5,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(99),
    "page_as.txt": b"PK\x03\x04" + bytes(99),
    "deep.html": b"<div>" * 100_000 + TEXT.encode(),
    "attributes.html": b"<p " + b"".join(b"a%d='x' " % n for n in range(200_000)) + b">" + TEXT.encode(),
    "unclosed.html": b"<!--" + b"<p>" * 1_000 + b"<script>" + TEXT.encode(),
    "empty.html": b"<html><body></body></html>",
    "entities.html": b"&#0;&#xD800;&#x110000;&bogus;&amp" * 500,
    "no_html.html": bytes(range(128, 256)) * 9,
    "bomb.xml": (XML_BOMB + "]><a>&b39;</a>").encode(),
    "fetching.xml": FETCHING.encode(),
    "deep.xml": b"<a>" * 100_000,
    "cut.rss": b"<rss><channel><item><title>Ferry",
    "ragged.csv": b'id,text\n1,"a\n2,b,c,d\n\n3\n' + b"," * 5_000,
    "quoted.csv": b'text\n"' + b"ferry, " * 100_000,
    "zeros.tsv": b"a\tb\n\0\t\0\n",
    "deep.json": b"[" * 100_000,
    "deep.jsonl": b'{"text": ' + b'{"a":' * 100_000 + b"\n" + json.dumps({"text": TEXT}).encode(),
    "numbers.json": b'{"text": ' + b"9" * 5_000 + b"}",
    "half.jsonl": b'{"text": "\\ud800"}\n{"text": NaN}\n{"text": null}\n[]\n"x"\n',
    "broken.parquet": b"PAR1" + bytes(99) + b"PAR1",
    "broken.docx": zip_of(("word/document.xml", "<w:document")),
    "cut.docx": PACKED_XML[:-30],
    "other.docx": b"\xd0\xcf\x11\xe0" + bytes(600),
    "broken.xlsx": PACKED_XML,
    "broken.odt": zip_of(("content.xml", "<a>" * 5_000)),
    "broken.rtf": b"{\\rtf1" + b"{\\b" * 50_000 + b"\\u\\'zz\\bin99999999",
    "broken.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    "broken.eml": b"Subject: =?utf-8?b?!?=\nContent-Type: multipart/mixed; boundary=\n\n--\n--",
    "broken.warc": b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx",
    "broken.ris": b"TY  - \nER  - \nTY\n",
    "bomb.zip": lambda: zip_of(("a.txt", bytes(20_000_000))),
    "bomb.txt.gz": lambda: gzip.compress(bytes(20_000_000)),
    "bomb.txt.xz": lambda: lzma.compress(bytes(20_000_000)),
    "outside.zip": lambda: zip_of(
        ("../../outside.txt", TEXT), ("/etc/outside.txt", TEXT), ("C:\\o.txt", TEXT)
    ),
    "nested.zip": lambda: nested_zip(9),
    "link.zip": link_in_zip,
    "locked.zip": locked_zip,
    "lying.zip": lying_zip,
    "lapping.zip": lapping_zip,
    "cut.zip": lambda: zip_of(("a.txt", TEXT))[:-30],
    "hollow.zip": lambda: zip_of(),
    "endless.tar": endless_tar,
    "cut.tar.gz": lambda: gzip.compress(endless_tar())[:-9],
    "unheard.of": b"x",
    "no_ending": b"\0\1\2",
}


def check_all_told(folder: Path, n_files: int) -> None:
    """Read a folder that also holds one good text: each other file must give a text or a reject."""
    (folder / "0.txt").write_text(TEXT, encoding="utf-8")
    documents, rows = read_documents(folder)
    assert all(document.raw.strip() for document in documents)
    assert all(reject["reason"] and reject["action"] for reject in rows["rejects"])
    said = {document.path for document in documents} | {reject["path"] for reject in rows["rejects"]}
    told = {path.split("/")[0] for path in said}
    assert told == {path.name for path in folder.iterdir() if path.name[0] != "."}
    assert len(told) == n_files + 1
    assert not [reject for reject in rows["rejects"] if " failed: " in reject["reason"]]


@pytest.mark.parametrize("name", FILES)
def test_hostile_file_gives_a_text_or_a_reject(tmp_path: Path, name: str) -> None:
    data = FILES[name]
    (tmp_path / name).write_bytes(data() if callable(data) else data)
    check_all_told(tmp_path, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"0.txt", name}  # nothing is unpacked


def test_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "a.docx", "a.pdf", "a.eml"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(200_000_000)
    check_all_told(tmp_path, 5)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    check_all_told(tmp_path, 4)


def test_folder_with_the_name_of_a_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    (tmp_path / "x.txt" / "a.html").write_bytes(b"<html></html>")
    check_all_told(tmp_path, 1)


def test_odd_names_are_told(tmp_path: Path) -> None:
    names = ["a\nb.txt", "-rf.txt", "%s{}.txt", "é" * 100 + ".txt", "a.txt.", "CON.txt", "a b.html.txt"]
    for name in [os.fsencode(name) for name in names] + [b"\xff\xfe.txt"]:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
            stream.write(TEXT.encode())
    documents, rows = read_documents(tmp_path)
    assert len(documents) + len(rows["rejects"]) == len(names) + 1
    assert all(document.path.encode() for document in documents)
