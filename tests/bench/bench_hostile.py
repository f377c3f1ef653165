"""Measure the costliest files that are just let in, or just refused: seconds and memory, a process each."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

TEXT = b"The ferry sank off Brennoy. All 212 passengers were taken ashore.\n"
MEASURE = """
import json, resource, sys
from rashomon.read import iterate_documents, RawDocument
n = [0, 0]
for found in iterate_documents(sys.argv[1]):
    n[0] += isinstance(found, RawDocument)
    n[1] += not isinstance(found, RawDocument) and found[0] == "rejects"
used = resource.getrusage(resource.RUSAGE_SELF)
memory = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(json.dumps([*n, used.ru_utime + used.ru_stime, memory]))
"""


def make_zip(entries: Iterator[tuple[str, bytes]]) -> bytes:
    """Pack members into a ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def make_docx(body: bytes) -> bytes:
    """Make a document of the XML of its paragraphs."""
    main = b'<w:document xmlns:w="w"><w:body>' + body + b"</w:body></w:document>"
    relations = b'<r><R Type="http://x/officeDocument" Target="d.xml"/></r>'
    return make_zip(iter([("_rels/.rels", relations), ("d.xml", main)]))


def make_rows(n_rows: int) -> bytes:
    """Make JSON lines, each another text."""
    return b"".join(
        json.dumps({"text": f"{n * n} ferries sank. " * 30}).encode() + b"\n" for n in range(n_rows)
    )


CASES: dict[str, Callable[[], bytes]] = {
    "plain.txt": lambda: TEXT,
    "one_line.txt": lambda: TEXT.replace(b"\n", b" ") * 150_000,
    "deep.html": lambda: b"<div>" * 1_000_000 + TEXT,
    "attributes.html": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">" + TEXT,
    "deep.json": lambda: b"[" * 10_000_000,
    "quoted.csv": lambda: b'text\n"' + b"".join(b"%d ferries sank.\n" % n for n in range(500_000)),
    "same.csv": lambda: b"text\n" + TEXT * 5_000,
    "paragraphs.docx": lambda: make_docx(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 580_000),
    "groups.rtf": lambda: b"{\\rtf1 " + b"{\\b\\i a" * 600_000,
    "mail.eml": lambda: b"Subject: Ferry\n\n" + TEXT * 400_000,
    "bomb.zip": lambda: make_zip(iter([("a.txt", bytes(500_000_000))])),
    "bomb.txt.gz": lambda: gzip.compress(bytes(500_000_000)),
    "members.zip": lambda: make_zip((f"{n}.txt", b"%d ferries sank." % n) for n in range(20_000)),
    "rows.zip": lambda: make_zip(iter([("a.jsonl", make_rows(200_000))])),
}


def main() -> None:
    """Print the table."""
    print(f"{'file':<18}{'MB':>8}{'texts':>9}{'rejects':>9}{'CPU s':>8}{'peak MB':>9}")
    for name in CASES:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, name)
            # Made by a process of its own: the peak of a process begins with that of the one it comes from.
            subprocess.run([sys.executable, __file__, str(file)], check=True)
            command = [sys.executable, "-c", MEASURE, folder]
            child = subprocess.run(command, check=True, capture_output=True, text=True)
            n_texts, n_rejects, seconds, memory = json.loads(child.stdout)
            size = file.stat().st_size / 1e6
        print(f"{name:<18}{size:>8.1f}{n_texts:>9,}{n_rejects:>9,}{seconds:>8.1f}{memory:>9.0f}")


if __name__ == "__main__":
    if sys.argv[1:]:
        made = Path(sys.argv[1])
        made.write_bytes(CASES[made.name]())
    else:
        main()
