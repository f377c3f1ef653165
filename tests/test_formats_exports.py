"""Exports of news databases: each article once, with title, outlet and day."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from email.message import EmailMessage

import pytest
from export_samples import (
    EUROPRESSE,
    FACTIVA_CODES,
    FACTIVA_DISPLAY,
    FACTIVA_XML,
    FRENCH,
    GERMAN,
    LEXIS,
    LEXIS_HTML,
    OLD_EUROPRESSE,
    OLD_LEXIS,
    PROQUEST,
    PROQUEST_TEXT,
    QUOTING,
    SAMPLES,
    UNI,
    UNI_TITLES,
    cover,
    docx,
    mail,
    paragraph,
    uni_article,
)

from rashomon._formats import europresse as europresse_reader
from rashomon._formats import factiva, nexis, nexis_docx, proquest
from rashomon._formats.nexis_docx import read_nexis_docx
from rashomon._reading.days import read_day
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import FIELDS, Format, InputFile, Item, Note, Reader, Record, Reject


def read(reader: Reader, data: bytes, name: str = "export") -> list[Item]:
    """Read a file, and check what holds for every record of any format."""
    items = list(reader(InputFile(name, lambda: io.BytesIO(data), len(data))))
    positions = [item.position for item in items if isinstance(item, Record)]
    assert positions == sorted(set(positions))
    for item in items:
        if isinstance(item, Record):
            assert item.raw.strip()
            assert set(item.fields) <= set(FIELDS)
            ends = [0]
            for start, end, zone, reason in item.pins:
                assert ends[-1] <= start < end <= len(item.raw)
                assert item.raw[start:end].strip()
                assert "\n" not in item.raw[start:end]
                assert zone
                assert reason
                ends.append(end)
    return items


def records(items: Sequence[Item]) -> list[Record]:
    return [item for item in items if isinstance(item, Record)]


def rejects(items: Sequence[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Reject)]


def zone(record: Record, name: str) -> list[str]:
    return [record.raw[start:end] for start, end, zone, _ in record.pins if zone == name]


def head_of(items: Sequence[Item]) -> list[tuple[str, str, str]]:
    """Title, outlet and day of each article."""
    return [
        (r.fields.get("title", ""), r.fields.get("outlet", ""), read_day(r.fields.get("published", "")))
        for r in records(items)
    ]


def test_lexis_text_is_split_by_more_than_its_numbers() -> None:
    items = read(nexis.read_nexis_text, LEXIS.encode())
    assert head_of(items) == [
        (
            "Ferry with forty people on board runs aground outside the harbor, nobody hurt at all",
            "The Bay Gazette",
            "2020-01-11",
        ),
        ("Correction: Ferry", "Harbor Wire", "2020-01-12"),
        ("Ferry towed away", "The Bay Gazette", "2020-01-13"),
        ("Ferry towed away", "The Bay Gazette", "2020-01-14"),
        ("", "The Bay Gazette", "2020-01-15"),
    ]
    assert rejects(items) == []


def test_lexis_text_explains_every_line() -> None:
    first = records(read(nexis.read_nexis_text, LEXIS.encode()))[0]
    assert first.fields | {"title": ""} == {
        "title": "",
        "provider": "Nexis",
        "outlet": "The Bay Gazette",
        "published": "January 11, 2020 Saturday",
        "edition": "Edition 1; Late Final",
        "author": "Ann Lee and Tom Vale",
        "section": "NEWS",
        "page": "3",
        "length_declared": "1055",
        "language": "ENGLISH",
        "rights": "Copyright 2020 Bay Gazette Limited All Rights Reserved",
    }
    body = zone(first, "body")
    assert body[0].endswith(
        "harbor of Bay Town on Friday night, and all of them were brought to land, the coast guard said."
    )
    assert "LOAD-DATE: the day on which the cargo came aboard" in body
    assert (
        body[-1] == "Nobody could say who wrote it. The ferry will, the coast guard has said, be towed away."
    )
    assert zone(first, "byline") == ["BYLINE: By Ann Lee and Tom Vale"]
    assert zone(first, "date_line") == ["January 11, 2020 Saturday"]
    assert zone(first, "caption") == ["The ferry on its sandbank. Picture: Ann Lee"]
    assert "LOAD-DATE: January 12, 2020" in zone(first, "furniture")
    pinned = {start for start, *_ in first.pins}
    assert {match.start() for match in re.finditer(r"^.", first.raw, re.MULTILINE)} == pinned


@pytest.mark.parametrize("missing", [1, 2, 4])
def test_lexis_text_says_what_is_missing(missing: int) -> None:
    blocks = re.split(r"(?m)^(?= +[1245] of 5 DOCUMENTS\n)", LEXIS)
    cut = "".join(block for block in blocks if not block.lstrip().startswith(f"{missing} of 5 "))
    items = read(nexis.read_nexis_text, cut.encode())
    n_found = len(records(items))
    assert n_found < 5
    assert rejects(items) == [f"the export says that it holds 5 articles, {n_found} were found"]


def test_lexis_text_in_other_languages() -> None:
    items = read(nexis.read_nexis_text, GERMAN.encode("cp1252"))
    assert head_of(items) == [
        ("Fähre läuft vor dem Hafen auf Grund", "Der Küstenbote", "2020-02-27"),
        ("Fähre ist frei", "Der Küstenbote", "2020-02-28"),
    ]
    first = records(items)[0].fields
    assert (first["author"], first["section"], first["page"]) == ("Anna Lehr", "LOKALES", "14")
    assert zone(records(items)[0], "subheadline") == ["Niemand wurde verletzt."]
    assert [item.text for item in items if isinstance(item, Note)] == [
        "the database counts 9 documents; this file holds 7 to 8"
    ]
    items = read(nexis.read_nexis_text, FRENCH.encode())
    assert head_of(items) == [("Un ferry s'échoue", "Le Quai", "2020-02-27")]
    assert records(items)[0].fields["length_declared"] == "40"


def test_lexis_text_with_the_title_in_a_field() -> None:
    items = read(nexis.read_nexis_text, OLD_LEXIS.encode())
    assert head_of(items) == [
        ("Ferry Sinks; Nobody Hurt", "The Bay Gazette", "1999-05-02"),
        ("Ferry Raised", "The Bay Gazette", "1999-05-03"),
    ]
    first = records(items)[0]
    assert zone(first, "body") == ["A ferry sank on Saturday.", "Nobody was hurt."]
    assert first.fields["rights"] == "Copyright 1999 The Bay Gazette Company"
    assert first.fields["edition"] == "Late Edition - Final"


def test_lexis_html() -> None:
    items = read(nexis.read_nexis_html, LEXIS_HTML)
    assert head_of(items) == [
        ("Fähre läuft auf Grund", "Küstenbote Online", "2020-02-27"),
        ("", "The Bay Gazette", "2019-12-31"),
        ("New Year's ferry", "The Bay Gazette", "2020-01-01"),
    ]
    first, second, third = records(items)
    assert zone(first, "body") == [
        "Eine Fähre ist gestrandet.",
        "2 of 4 DOCUMENTS",
        "Das stand auf einem Zettel.",
    ]
    assert (second.fields["page"], second.fields["edition"]) == ("B22", "City Final Edition")
    assert zone(second, "body") == ["Rank", "Harbor", "1", "Bay Town"]
    assert zone(third, "body") == ["It sailed without a word on its length."]
    assert rejects(items) == ["the database gave no article, but a notice that it has none"]
    assert rejects(read(nexis.read_nexis_html, LEXIS_HTML.replace(b'DOCUMENTS="4"', b'DOCUMENTS="5"')))[
        1:
    ] == ["the export says that it holds 5 articles, 4 were found"]


def test_nexis_uni() -> None:
    items = read(read_nexis_docx, docx(cover(UNI_TITLES) + UNI))
    assert head_of(items) == [
        ("Ferry runs aground", "The Bay Gazette (Bay Town)", "2020-01-11"),
        ("Length: 12 hours on a sandbank", "Harbor Wire", "2020-01-12"),
        ("Ferry runs aground", "The Bay Gazette (Bay Town)", ""),
        ("Correction: Ferry", "Harbor Wire", ""),
    ]
    assert rejects(items) == []
    first, second, third, _ = records(items)
    assert zone(first, "body") == [
        "A ferry ran aground.",
        "The log says:",
        "End of Document",
        "Then nothing.",
        "Load-Date: unknown.",
        "So it was.",
    ]
    assert first.fields["edition"] == "FINAL EDITION"
    assert (first.fields["section"], first.fields["page"], first.fields["length_declared"]) == (
        "NEWS",
        "3",
        "1823",
    )
    assert (first.fields["author"], first.fields["id"]) == ("Ann Lee", "4ABC-1XY0")
    assert zone(first, "subheadline") == ["Nobody was hurt."]
    assert zone(second, "body") == ["The ferry waited for the tide.", "Body", "is what it lay on."]
    assert zone(second, "caption") == ["Photo: the sandbank"]
    assert second.fields["language"] == "ENGLISH"
    assert third.fields["published"] == "January 2020"


def test_nexis_uni_without_cover_bookmarks_and_levels() -> None:
    bare = re.sub(r"<w:bookmarkStart[^>]*/>|<w:outlineLvl[^>]*/>|<w:hyperlink[^>]*>|</w:hyperlink>", "", UNI)
    items = read(read_nexis_docx, docx(bare))
    assert [title for title, *_ in head_of(items)] == list(UNI_TITLES)
    whole = uni_article(
        1,
        "One",
        "The Bay Gazette",
        "January 11, 2020",
        "Copyright 2020 B",
        "Length: 9 words",
        body=("Text.",),
    )
    bare = re.sub(
        r"<w:bookmarkStart[^>]*/>|<w:outlineLvl[^>]*/>|<w:hyperlink[^>]*>|</w:hyperlink>", "", whole
    )
    assert [title for title, *_ in head_of(read(read_nexis_docx, docx(bare * 3)))] == ["One"] * 3


def test_nexis_uni_says_what_is_missing() -> None:
    items = read(read_nexis_docx, docx(cover([*UNI_TITLES, "Lost"]) + UNI))
    assert rejects(items) == ["the export says that it holds 5 articles, 4 were found"]


def test_nexis_uni_in_other_languages() -> None:
    german = (
        cover(["Fähre läuft auf Grund", "Fähre ist frei"], "Dokumente ({})")
        + paragraph("Fähre läuft auf Grund", style="berschrift1")
        + "".join(
            map(
                paragraph, ("Der Küstenbote", "27. Februar 2020 Donnerstag", "Copyright 2020 Küstenbote GmbH")
            )
        )
        + "".join(
            map(
                paragraph,
                ("Länge: 85 Wörter", "Autor: Anna Lehr", "Text", "Sie liegt fest.", "Ende des Dokuments"),
            )
        )
        + paragraph("Fähre ist frei", style="Heading1")
        + "".join(
            map(
                paragraph,
                ("Der Küstenbote", "28. Februar 2020 Freitag", "Länge: 5 Wörter", "Text", "Sie ist frei."),
            )
        )
    )
    items = read(read_nexis_docx, docx(german))
    assert head_of(items) == [
        ("Fähre läuft auf Grund", "Der Küstenbote", "2020-02-27"),
        ("Fähre ist frei", "Der Küstenbote", "2020-02-28"),
    ]
    assert rejects(items) == []
    assert zone(records(items)[0], "body") == ["Sie liegt fest."]
    assert records(items)[0].fields["author"] == "Anna Lehr"


def test_nexis_docx_with_numbers() -> None:
    head = ("The Bay Gazette", "January 11, 2020", "Length: 9 words", "Body")
    lines = (
        "1 of 2 DOCUMENTS",
        "One",
        *head,
        "Text.",
        "2 of 2 DOCUMENTS",
        "he read aloud.",
        "2 of 2 DOCUMENTS",
        "Two",
        *head,
    )
    items = read(read_nexis_docx, docx("".join(map(paragraph, (*lines, "Another text.")))))
    assert [title for title, *_ in head_of(items)] == ["One", "Two"]
    assert zone(records(items)[0], "body") == ["Text.", "2 of 2 DOCUMENTS", "he read aloud."]


def test_nexis_docx_is_recognized_by_more_than_one_sign() -> None:
    recognizes = nexis_docx.FORMATS[0].recognizes
    assert recognizes is not None
    assert recognizes(docx(cover(UNI_TITLES) + UNI)[:65_536])
    assert recognizes(docx(UNI)[:65_536])
    assert not recognizes(docx(paragraph("He wrote End of Document under it."))[:65_536])
    assert not recognizes(b"PK\x03\x04 nothing")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", docx(UNI)[:900], docx("<w:p>" * 600), docx(paragraph("Only a text."))],
    ids=["empty", "broken", "cut off", "deep", "no export"],
)
def test_hopeless_docx_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(read_nexis_docx, data)


def test_factiva_with_field_codes() -> None:
    items = read(factiva.read_factiva_html, FACTIVA_CODES)
    assert head_of(items) == [("Un ferry s'échoue", "Le Quai", "2019-12-29"), ("", "Le Quai", "2019-12-30")]
    first = records(items)[0]
    assert first.fields == {
        "provider": "Factiva",
        "title": "Un ferry s'échoue",
        "author": "Anne Lepic",
        "section": "Faits divers",
        "page": "26",
        "length_declared": "1295",
        "outlet": "Le Quai",
        "language": "Français",
        "published": "29 décembre 2019",
        "rights": "(c) Le Quai.",
        "id": "QUAIFR0020191229efct0001r",
    }
    assert zone(first, "body") == ["Un ferry s'est échoué.", "HD est un code, dit-il."]
    assert zone(first, "date_line") == ["29 décembre 2019"]


def test_factiva_for_display() -> None:
    items = read(factiva.read_factiva_html, FACTIVA_DISPLAY)
    assert head_of(items) == [
        ("Ferry runs aground", "The Bay Gazette", "2019-10-24"),
        ("Fähre ist frei", "Der Küstenbote", "2019-10-25"),
        ("渡輪", "海港日報", "2019-10-26"),
        ("", "Harbor Wire", "2019-10-27"),
        ("Ferry runs aground", "Harbor Wire", "2019-10-24"),
    ]
    first, second, *_ = records(items)
    assert first.fields | {"title": ""} == {
        "title": "",
        "provider": "Factiva",
        "section": "News; 3",
        "author": "Ann Lee",
        "length_declared": "1055",
        "published": "24 October 2019",
        "outlet": "The Bay Gazette",
        "page": "B3",
        "edition": "Late Edition - Final",
        "language": "English",
        "rights": "Copyright 2019 Bay Gazette Limited",
        "id": "BAYGZ00020191024eaao0001a",
    }
    assert zone(first, "body") == ["A ferry ran aground.", "23 October 2019", "Document BAYGZ was on board."]
    assert zone(first, "byline") == ["By Ann Lee"]
    assert zone(second, "headline") == ["Fähre ist frei"]
    assert [item.text for item in items if isinstance(item, Note)] == [
        "1 articles are more than once in the export, the first is BAYGZ00020191024eaao0001a"
    ]


def test_blocks_around_many_articles_are_none() -> None:
    page = FACTIVA_DISPLAY.replace(b"<body>", b'<body><div class="enArticle">').replace(
        b"</body>", b"</div></body>"
    )
    items = read(factiva.read_factiva_html, page)
    assert head_of(items) == head_of(read(factiva.read_factiva_html, FACTIVA_DISPLAY))
    page = (
        EUROPRESSE.encode().replace(b"<body>", b"<body><article>").replace(b"</body>", b"</article></body>")
    )
    assert len(records(read(europresse_reader.read_europresse, page))) == 3


def test_factiva_xml() -> None:
    items = read(factiva.read_factiva_xml, FACTIVA_XML.encode())
    assert head_of(items) == [("Ferry runs aground", "The Bay Gazette", "2019-10-24")]
    only = records(items)[0]
    assert zone(only, "body") == ["A ferry ran aground.", "Nobody was hurt."]
    assert (only.fields["page"], only.fields["length_declared"], only.fields["language"]) == (
        "3",
        "942",
        "EN",
    )
    assert rejects(items) == ["an article of the export has no headline and no text"]
    cut = FACTIVA_XML.encode()[: FACTIVA_XML.index("<accessionNo>X")]
    assert rejects(read(factiva.read_factiva_xml, cut)) == [
        "the XML is broken or cut off",
        "the export says that it holds 2 articles, 1 were found",
    ]


PROQUEST_HEADS = [
    ("Ferry runs aground", "The Bay Gazette", "2010-05-08"),
    ("Ferry towed away", "Harbor Wire", "2010-05-09"),
    ("Ferry runs aground", "Harbor Wire", "2010-05-10"),
]


def test_proquest_html() -> None:
    items = read(proquest.read_proquest_html, PROQUEST.encode())
    assert head_of(items) == PROQUEST_HEADS
    first, second, third = records(items)
    assert first.fields | {"title": ""} == {
        "title": "",
        "provider": "ProQuest",
        "author": "Lee, Ann; Vale, Tom",
        "outlet": "The Bay Gazette",
        "page": "AA.2",
        "published": "May 8, 2010",
        "section": "NEWS",
        "language": "English",
        "id": "251439970",
        "url": "https://search.proquest.com/docview/251439970",
        "rights": "(Copyright (c) 2010 Bay Gazette)",
        "length_declared": "239",
    }
    assert zone(first, "body") == [
        "A ferry ran aground.",
        "Full text: of the log.",
        "Who: forty people.",
        "They left.",
    ]
    assert zone(second, "body")[-1] == "It was towed away."
    assert (zone(third, "body"), zone(third, "snippet")) == ([], ["A ferry, in short."])


def test_proquest_mail() -> None:
    assert head_of(read(proquest.read_proquest_mail, mail(PROQUEST))) == PROQUEST_HEADS
    inner = EmailMessage()
    inner.set_content(PROQUEST, subtype="html", cte="base64")
    assert head_of(read(proquest.read_proquest_mail, mail("I pass this on.", inner))) == PROQUEST_HEADS
    assert len(records(read(proquest.read_proquest_mail, mail(PROQUEST_TEXT)))) == 2


def test_proquest_text() -> None:
    items = read(proquest.read_proquest_text, PROQUEST_TEXT.encode())
    assert head_of(items) == PROQUEST_HEADS[:2]
    first = records(items)[0]
    assert zone(first, "body") == [
        "A ferry ran aground.",
        "Title: that is what the log began with.",
        "_" * 60,
        "A line of the log, as long as any.",
    ]
    assert zone(first, "headline") == ["Ferry runs aground"]


def test_proquest_text_with_numbers() -> None:
    article = "Document {} of 9\n\nFerry\n\nFull text: It sank.\n\nPublication date: May {}, 2010\n\n"
    article += "ProQuest document ID: {}\n\n"
    items = read(proquest.read_proquest_text, "".join(article.format(n, n, n) for n in (1, 2, 4)).encode())
    assert [day for *_, day in head_of(items)] == ["2010-05-01", "2010-05-02", "2010-05-04"]
    assert rejects(items) == ["the export says that it holds 4 articles, 3 were found"]


def test_europresse() -> None:
    items = read(europresse_reader.read_europresse, EUROPRESSE.encode())
    assert head_of(items) == [
        ("Un ferry s'échoue", "Le Quai", "2006-03-14"),
        ("Un ferry s'échoue", "Le Quai (site web)", "2023-03-31"),
        ("Ferry runs aground", "The Bay Gazette", "2019-10-24"),
    ]
    first, second, third = records(items)
    assert first.fields | {"title": ""} == {
        "title": "",
        "provider": "Europresse",
        "outlet": "Le Quai",
        "published": "mardi 14 mars 2006",
        "section": "Mer",
        "page": "16",
        "subtitle": "Aucun blessé",
        "author": "Anne Lepic",
        "rights": "© 2006 Le Quai. Tous droits réservés.",
        "id": "news·20060315·LQ·0q1503_1256056",
    }
    assert zone(first, "body") == ["Un ferry s'est échoué.", "Non news·20060315·LQ·0q99, dit-il."]
    assert zone(first, "caption") == ["Le ferry."]
    assert (second.fields["author"], second.fields["length_declared"]) == ("Jean Port", "1142")
    assert (third.fields["section"], third.fields["page"]) == ("News", "A3")
    assert zone(third, "body") == ["It ran aground.", "It lay there."]


def test_old_europresse_without_article_elements() -> None:
    items = read(europresse_reader.read_europresse, OLD_EUROPRESSE.encode("cp1252"))
    assert head_of(items) == [
        ("Un ferry", "Le Quai", "2006-03-13"),
        ("Deux ferrys", "La Digue", "2006-03-14"),
    ]
    assert zone(records(items)[0], "body") == ["Il s'est échoué."]


ALL_FORMATS = (
    *nexis.FORMATS,
    *nexis_docx.FORMATS,
    *factiva.FORMATS,
    *proquest.FORMATS,
    *europresse_reader.FORMATS,
)


@pytest.mark.parametrize("format_", ALL_FORMATS, ids=lambda each: each.name)
def test_format_is_recognized_and_no_other(format_: Format) -> None:
    assert format_.recognizes is not None
    rivals = {each.name for each in ALL_FORMATS if set(each.endings) & set(format_.endings)}
    assert [name for name in SAMPLES if name in rivals and format_.recognizes(SAMPLES[name][:65_536])] == [
        format_.name
    ]
    for text in (QUOTING, f"<html><body><p>{QUOTING}</p></body></html>", "", "\x00\xff"):
        assert not format_.recognizes(text.encode("latin-1"))


@pytest.mark.parametrize("format_", ALL_FORMATS, ids=lambda each: each.name)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        b"<",
        b"\x00\x01\x02",
        b"<div>" * 50_000,
        b"<?xml version='1.0'?><a/>",
        b"PK\x03\x04" + bytes(99),
    ],
    ids=["empty", "text", "bracket", "zeros", "deep", "other xml", "zip"],
)
def test_hopeless_file_is_unreadable(format_: Format, data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(format_.read, data)


@pytest.mark.parametrize("format_", ALL_FORMATS, ids=lambda each: each.name)
def test_cut_off_file_raises_nothing_else(format_: Format) -> None:
    data = SAMPLES[format_.name]
    whole = len(records(read(format_.read, data)))
    for tenth in range(1, 10):
        try:
            found = records(read(format_.read, data[: len(data) * tenth // 10]))
        except UnreadableError:
            continue
        assert len(found) <= whole
