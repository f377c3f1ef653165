"""Documents of word processors, PDF, e-mail: one article each, with nothing lost in silence."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest

from rashomon._formats import documents, mail, pdf, rich_text
from rashomon._formats.documents import read_docx, read_odt
from rashomon._formats.mail import read_mail, read_mhtml
from rashomon._formats.pdf import read_pdf
from rashomon._formats.rich_text import read_old_document, read_rtf
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import InputFile, Item, Note, Record, Reject

Read = Callable[[InputFile], Iterator[Item]]


def read(reader: Read, data: bytes, name: str = "a") -> list[Item]:
    return list(reader(InputFile(name, lambda: io.BytesIO(data), len(data))))


def record_of(reader: Read, data: bytes) -> Record:
    record = read(reader, data)[0]
    assert isinstance(record, Record)
    return record


def zones_of(record: Record) -> list[tuple[str, str]]:
    return [(record.raw[start:end], zone) for start, end, zone, _ in record.pins]


def make_package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


STYLES = """<w:styles xmlns:w="w">
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Unter"><w:name w:val="Subtitle"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Hausstil"><w:name w:val="Our own"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Kreis"><w:name w:val="Loop"/><w:basedOn w:val="Kreis"/></w:style>
</w:styles>"""


def make_docx(body: str, main: str = "word/document.xml") -> bytes:
    relations = f'<r xmlns="r"><R Type="http://x/officeDocument" Target="/{main}"/></r>'
    document = f'<w:document xmlns:w="w" xmlns:m="m"><w:body>{body}<w:sectPr/></w:body></w:document>'
    return make_package({"_rels/.rels": relations, main: document, "word/styles.xml": STYLES})


def paragraph(text: str, style: str = "") -> str:
    about = f'<w:pPr><w:pStyle w:val="{style}"/><w:rPr><w:del/></w:rPr></w:pPr>' if style else ""
    return f"<w:p>{about}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_docx_is_read_by_paragraph_with_the_zones_of_its_styles() -> None:
    body = paragraph("Tuesday") + paragraph("Ferry sinks", "Titel") + paragraph("All saved", "Unter")
    body += paragraph("The ferry sank.") + "<w:p/>" + paragraph("The rescue", "berschrift1")
    body += paragraph("The inquiry", "Hausstil") + paragraph("It is open.", "Kreis")
    record = record_of(read_docx, make_docx(body, "word/document2.xml"))
    assert record.raw == (
        "Tuesday\nFerry sinks\nAll saved\nThe ferry sank.\n\nThe rescue\nThe inquiry\nIt is open."
    )
    assert zones_of(record) == [
        ("Ferry sinks", "headline"),
        ("All saved", "subheadline"),
        ("The rescue", "section_heading"),
        ("The inquiry", "section_heading"),
    ]


@pytest.mark.parametrize(("n_above", "zone"), [(0, "headline"), (2, "headline"), (3, "section_heading")])
def test_first_heading_is_the_headline_only_near_the_beginning(n_above: int, zone: str) -> None:
    body = (
        paragraph("A line.") * n_above
        + paragraph("Ferry sinks", "berschrift1")
        + paragraph("The ferry sank.")
    )
    assert zones_of(record_of(read_docx, make_docx(body))) == [("Ferry sinks", zone)]


@pytest.mark.parametrize(
    ("inside", "text", "note"),
    [
        ("<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>", "One\ttwo\nthree", ""),
        ("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>", "a link", ""),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>", "7", ""),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new", ""),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "", "tracked deletions: 1"),
        ("<w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom>", "", "tracked deletions: 1"),
        ("<w:r><w:footnoteReference w:id='1'/></w:r>", "", "footnotes: 1"),
        ("<w:r><w:commentReference w:id='1'/></w:r>", "", "comments: 1"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>", "", "hidden passages: 1"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r>", "seen", ""),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r>", "co\u2011op", ""),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1", ""),
        ("<!-- c --><w:r><w:t>seen</w:t></w:r><?p i?>", "seen", ""),
    ],
)
def test_docx_shows_what_a_reader_sees(inside: str, text: str, note: str) -> None:
    items = read(read_docx, make_docx(f"<w:p>{inside}</w:p>" + paragraph("End.")))
    assert isinstance(items[0], Record)
    assert items[0].raw == f"{text}\nEnd.".lstrip("\n")
    assert items[1:] == ([Note(f"left out: {note}")] if note else [])


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    drawn = f"<AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent>"
    data = make_docx(f"<w:p><w:r>{drawn}</w:r><w:r><w:t>Beside it.</w:t></w:r></w:p>")
    assert record_of(read_docx, data).raw == "Beside it.\nIn the box."


def row(*cells: str) -> str:
    return "<w:tr><w:trPr/>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_table_keeps_its_rows_and_a_table_for_layout_its_paragraphs() -> None:
    rows = row(paragraph("Dead"), paragraph("12")) + row("<w:p/>", paragraph("30")) + row("<w:p/>", "<w:p/>")
    layout = row(paragraph("One.") + paragraph("Two."), paragraph("Three."))
    data = make_docx(f"<w:tbl><w:tblPr/>{rows}</w:tbl><w:tbl>{layout}</w:tbl>")
    assert record_of(read_docx, data).raw == "Dead\t12\n30\nOne.\nTwo.\nThree."


ODT = """<o:document-content xmlns:o="o" xmlns:s="s" xmlns:t="t" xmlns:tb="tb" xmlns:d="d">
<o:automatic-styles><s:style s:name="P1" s:parent-style-name="Title"/></o:automatic-styles>
<o:body><o:text><t:tracked-changes><t:changed-region><t:deletion><t:p>gone</t:p></t:deletion></t:changed-region>
</t:tracked-changes><t:p t:style-name="P1">Ferry
   sinks</t:p><t:h t:outline-level="2">The rescue</t:h>
<t:p>The <t:span>ferry<t:s t:c="3"/>sank</t:span>.<t:note><t:p>foot</t:p></t:note> Then
<t:line-break/>help came.</t:p>
<t:list><t:list-item><t:p>First</t:p></t:list-item></t:list>
<tb:table><tb:table-row><tb:table-cell><t:p>Dead</t:p></tb:table-cell><tb:table-cell><t:p>12</t:p></tb:table-cell>
</tb:table-row></tb:table>
<t:p><d:frame><d:text-box><t:p>In the box.</t:p></d:text-box></d:frame>Beside it.</t:p>
</o:text></o:body></o:document-content>"""


def test_odt_is_read_like_docx() -> None:
    record, note = read(read_odt, make_package({"content.xml": ODT}))
    assert isinstance(record, Record)
    assert record.raw == (
        "Ferry sinks\nThe rescue\nThe ferry   sank. Then \nhelp came.\nFirst\n"
        "Dead\t12\nBeside it.\nIn the box."
    )
    assert zones_of(record) == [("Ferry sinks", "headline"), ("The rescue", "section_heading")]
    assert note == Note("left out: footnotes: 1, tracked deletions: 1")


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({}, "broken: no _rels/.rels in it"),
        ({"_rels/.rels": "<r/>"}, "broken: no text in it"),
        ({"_rels/.rels": "<r><x Type='/officeDocument' Target='d.xml'/></r>"}, "broken: no d.xml in it"),
        ({"_rels/.rels": "<r><x"}, "broken: "),
        ({"_rels/.rels": "<a>" * 300}, "broken: "),
        ({"_rels/.rels": BOMB}, "broken: no text in it"),
    ],
)
def test_package_without_a_document_says_what_is_missing(parts: dict[str, str], reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(read_docx, make_package(parts))


@pytest.mark.parametrize(
    ("reader", "data", "reason"),
    [
        (read_docx, b"", "not a DOCX document"),
        (read_docx, b"PK\x03\x04 cut off", "not a DOCX document"),
        (read_docx, b"\xd0\xcf\x11\xe0", "encrypted"),
        (read_docx, make_docx("<w:p/>"), "no text in it"),
        (read_odt, make_package({"mimetype": "x"}), "no content.xml in it"),
        (read_rtf, b"plain text", "not an RTF document"),
        (read_rtf, b"{\\rtf1 }", "no text in it"),
        (read_rtf, b"{\\rtf1 \\uc99999999999 x\\'zz \\u99999999 ", "RTF"),
        (read_rtf, b"{\\rtf1 " + b"{\\b " * 100_000, "no text in it"),
        (read_rtf, b"{\\rtf1 {\\fonttbl" + b"\\f1" * 100_000, "no text in it"),
        (read_old_document, b"\xd0\xcf\x11\xe0 old", "old word processor"),
        (read_pdf, b"", "not a PDF"),
        (read_pdf, b"%PDF-1.4\n", "broken PDF"),
        (read_pdf, b"%PDF-1.4\n" + b"<<" * 100_000, "PDF"),
        (read_mail, b"", "no text in it"),
        (read_mail, b"no headers at all", "not an e-mail"),
        (read_mail, b"Subject: Ferry\n\n  \n", "without text"),
        (read_mail, b"Subject: Ferry\nContent-Type: multipart/mixed\n\nx", "without text"),
        (read_mhtml, b"From: <Saved>\nContent-Type: image/png\n\nx", "without HTML"),
    ],
)
def test_what_cannot_be_read_says_why(reader: Read, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(reader, data)


def test_part_of_a_document_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_XML_BYTES", 1_000)
    with pytest.raises(UnreadableError, match="too large"):
        read(read_docx, make_docx(paragraph("The ferry sank.") * 99))


RTF = (
    rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Arial;}}
{\stylesheet{\s1 heading 1;}}{\info{\title Not this}}{\header Nor this\par}
\pard\b Ferry \'93sinks\'94\b0\par
\pard The {\deleted old }ferry \u8211\'96 sank \u-10179?\u-8704?.{\v hidden} See {\field{\*\fldinst{HYPERLINK
"http://a.example/"}}{\fldrslt{the report}}}.{\footnote Not here}\par
{\f1 \'cf\'f0\'e8}\par
\trowd\cellx100\cellx200 Dead\cell 12\cell\row
{\pict\pngblip """
    + b"89504e47" * 200
    + rb"""}Last\line line\emdash\par}"""
)


def test_rtf_shows_what_a_reader_sees() -> None:
    record, note = read(read_rtf, RTF)
    assert isinstance(record, Record)
    assert record.raw == ("Ferry “sinks”\nThe ferry – sank 😀. See the report.\nПри\nDead\t12\nLast\nline—")
    assert record.encoding == "cp1252"
    assert note == Note("left out: footnotes: 1, deleted or hidden passages: 2")


def test_document_with_the_ending_of_another_is_read_for_what_it_is() -> None:
    assert record_of(read_old_document, RTF).raw.startswith("Ferry")
    assert record_of(read_old_document, make_docx(paragraph("The ferry sank."))).raw == "The ferry sank."


def test_rtf_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rich_text, "MAX_CHARACTERS", 100)
    with pytest.raises(UnreadableError, match="too large"):
        read(read_rtf, RTF)


def make_pdf(*pages: str, extra: str = "") -> bytes:
    """Write a PDF of one font; a page is its drawing instructions."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    streams: dict[int, bytes] = {}
    for n, page in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * n} 0 R >>"
        )
        streams[len(objects)] = zlib.compress(page.encode("cp1252"))
        objects.append(f"<< /Length {len(streams[len(objects)])} /Filter /FlateDecode >>")
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\n".encode()
        if number - 1 in streams:
            data += b"stream\n" + streams[number - 1] + b"\nendstream\n"
        data += b"endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {extra}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode() + trailer.encode()


def draw(*lines: tuple[int, str], size: int = 12) -> str:
    return "BT " + " ".join(f"/F1 {size} Tf 1 0 0 1 72 {y} Tm ({text}) Tj" for y, text in lines) + " ET"


def test_pdf_is_read_by_printed_line_with_gaps_and_pages() -> None:
    first = draw(
        (700, "Ferry sinks"), (670, "The ferry had left"), (655, "the island at noon."), (640, "Nobody")
    )
    first += draw((625, "had been asked."), (595, "“All” were saved."), (580, "So it – ended."))
    items = read(read_pdf, make_pdf(first, draw((700, "More of it."))))
    assert items == [
        Record(
            "Ferry sinks\n\nThe ferry had left\nthe island at noon.\nNobody\nhad been asked.\n\n"
            "“All” were saved.\nSo it – ended.\n\fMore of it.",
            "pdf",
        )
    ]


def test_pdf_without_letters_asks_for_ocr() -> None:
    with pytest.raises(UnreadableError, match="run OCR") as caught:
        read(read_pdf, make_pdf("0 0 100 100 re f", ""))
    assert caught.value.reason == "no text in it: scanned, or drawn"
    items = read(read_pdf, make_pdf(draw((700, "The ferry sank.")), ""))
    assert items[1] == Note("pages without text: 1 of 2")


def test_pdf_in_signs_of_its_own_asks_for_ocr() -> None:
    with pytest.raises(UnreadableError, match="fonts do not say"):
        read(read_pdf, make_pdf(draw((700, "\\(cid:12\\)\\(cid:99\\) \\(cid:7\\) a"))))


def test_encrypted_pdf_is_refused() -> None:
    extra = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >> "
    extra += "/ID [<41414141> <41414141>] "
    with pytest.raises(UnreadableError, match="password"):
        read(read_pdf, make_pdf(draw((700, "The ferry sank.")), extra=extra))


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("MAX_PAGES", "2 pages"), ("MAX_CHARACTERS", "characters"), ("MAX_STEPS", "instructions")],
)
def test_pdf_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, reason: str) -> None:
    monkeypatch.setattr(pdf, limit, 1)
    with pytest.raises(UnreadableError, match=reason):
        read(read_pdf, make_pdf(*[draw((700, "The ferry sank."))] * 2))


def test_damaged_pdf_is_read_with_a_note() -> None:
    data = make_pdf(draw((700, "The ferry sank."))).replace(b"0000000009", b"0000000007")
    record, note = read(read_pdf, data)
    assert record == Record("The ferry sank.", "pdf")
    assert isinstance(note, Note)
    assert note.text.startswith("damaged, and mended where it could be: ")


def test_page_of_a_pdf_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_STREAM_BYTES", 1_000)
    reject, record = read(read_pdf, make_pdf(draw((700, "x" * 2_000)), draw((700, "The ferry sank."))))
    assert isinstance(reject, Reject)
    assert reject.reason.startswith("page 1 cannot be read: ")
    assert record == Record("The ferry sank.", "pdf")


MAIL = """From: =?utf-8?q?Zo=C3=AB?= Writer <zoe@a.example>
Date: Tue, 22 Oct 2024 08:15:00 +0200
Subject: =?iso-8859-1?q?F=E4hre?=
 sinks
Message-ID: <1@a.example>
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset="iso-8859-1"; format=flowed
Content-Transfer-Encoding: quoted-printable

The f=E4hre had left=20
the island at noon.

> Quoted=20
> line
--=20
Zoe
--c
Content-Type: text/html

<p>The same</p>
--c--
--b
Content-Type: text/plain
Content-Disposition: attachment; filename="a.txt"

not the text
--b--
"""


def test_mail_is_one_article() -> None:
    record, note = read(read_mail, MAIL.encode())
    assert isinstance(record, Record)
    assert record.raw == (
        "Fähre sinks\n\nThe fähre had left the island at noon.\n\n> Quoted \n> line\n-- \nZoe"
    )
    assert zones_of(record) == [("Fähre sinks", "headline")]
    assert record.fields == {
        "title": "Fähre sinks",
        "author": "Zoë Writer",
        "published": "Tue, 22 Oct 2024 08:15:00 +0200",
        "id": "1@a.example",
    }
    assert note == Note("attachments left out: 1")


@pytest.mark.parametrize(
    "spoiled",
    [
        'charset="no-such-charset"',
        "charset*0*=x''%zz",
        'charset="' + "=?x?q?" * 999 + '"',
    ],
)
def test_mail_with_spoiled_headers_keeps_its_text(spoiled: str) -> None:
    data = f"Subject: =?x?b?!!?= ferry\nFrom: <<\nContent-Type: text/plain; {spoiled}\n\nThe ferry sank.\n"
    assert "The ferry sank." in record_of(read_mail, data.encode()).raw


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?F=C3=A4hre?= =?utf-8?b?IHNpbmt0?=", "Fähre sinkt"),
        ("=?utf-8?b?RsM=?= =?utf-8?b?pGhyZQ==?=", "Fähre"),
        ("Re: =?iso-8859-15?q?=A4?= 5", "Re: € 5"),
        ("=?no-such?q?F=C3=A4hre?=", "Fähre"),
        ("Ferry\n\tsinks", "Ferry sinks"),
    ],
)
def test_encoded_words_of_a_subject_are_joined(subject: str, title: str) -> None:
    data = f"Subject: {subject}\n\nThe ferry sank.\n".encode()
    assert record_of(read_mail, data).fields["title"] == title


def test_mail_that_takes_the_parser_long_is_refused() -> None:
    for data in (b"Subject: " + b"=?utf-8?q?x?= " * 9_999, b"Subject: x\n" + b"\n--b" * 99_999):
        with pytest.raises(UnreadableError, match="more than"):
            read(read_mail, data)


def test_mail_with_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_PARTS", 1)
    with pytest.raises(UnreadableError, match=r"^more than 1 parts in it"):
        read(read_mail, MAIL.encode())


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://a.example/ferry
Subject: Ferry sinks
Date: Wed, 23 Oct 2024 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://a.example/ferry

<html><head><title>Ferry sinks off Brennoy</title></head><body><article><h1>Ferry sinks off Brennoy</h1>
<p class=3D"t">The ferry had left the island at noon with 212 passengers on board, the harbor master said=
 on Tuesday.</p>
<p>Nobody had asked him for advice, although a warning of storm had been in force since the early morning.</p>
<p>All passengers were taken ashore by fishermen of the village, who had seen the ship list to one side.</p>
</article></body></html>
--b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
"""


def test_saved_page_is_read_with_its_address() -> None:
    record = record_of(read_mhtml, MHTML.encode())
    assert "the harbor master said on Tuesday" in record.raw
    assert record.fields["url"] == "https://a.example/ferry"
    assert record.fields["retrieved"] == "Wed, 23 Oct 2024 10:00:00 -0000"


def test_mail_of_html_alone_is_read_like_a_page() -> None:
    record = record_of(read_mail, MHTML.replace("Snapshot-", "X-").encode())
    assert "212 passengers" in record.raw
    assert record.fields["published"] == "Wed, 23 Oct 2024 10:00:00 -0000"
