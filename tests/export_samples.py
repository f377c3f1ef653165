"""Samples of exports of news databases: invented articles in each one's form, with its traps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

# Nexis and Lexis, text: invented articles with what has misled readers of real files.
LEXIS = """



Download Request: Selected Items: 1-5
Time Of Request: Friday, March 20, 2020  16:51:31

Send To:
SOME LIBRARY

Terms: (ferry and harbor)



                               1 of 5 DOCUMENTS



                                 The Bay Gazette

                            January 11, 2020 Saturday
                                   Edition 1;
                                    Late Final

Ferry with forty people on board runs aground outside the harbor, nobody
hurt at all

BYLINE: By Ann Lee and Tom Vale

SECTION: NEWS; Pg. 3

LENGTH: 1,055 words

A ferry with forty people on board ran aground outside the harbor of Bay Town
on Friday night, and all of them were brought to land, the coast guard said.

The captain read aloud from the log, which ends with a line that puzzled all:

                               3 of 5 DOCUMENTS

"It was as if somebody had put an archive into the log," he said. The next page
began:

LOAD-DATE: the day on which the cargo came aboard

Nobody could say who wrote it. The ferry will, the coast guard has said, be
towed away.

GRAPHIC: The ferry on its sandbank. Picture: Ann Lee

LOAD-DATE: January 12, 2020

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                       Copyright 2020 Bay Gazette Limited
                              All Rights Reserved

                               2 of 5 DOCUMENTS



                                   Harbor Wire

                            January 12, 2020 Sunday

Correction: Ferry

A report on Saturday said that forty people were on board. There were 41.

LANGUAGE: ENGLISH

                            Copyright 2020 Harbor Wire
                              All Rights Reserved




                                 The Bay Gazette

                            January 13, 2020 Monday

Ferry towed away

LENGTH: 12 words

The ferry was towed away on Sunday.

LOAD-DATE: January 13, 2020

                       Copyright 2020 Bay Gazette Limited
                              All Rights Reserved

                               4 of 5 DOCUMENTS

                                 The Bay Gazette

                            January 14, 2020 Tuesday

Ferry towed away

SECTION: Pg. B2

LENGTH: 8 words

The same title again, another text.

LOAD-DATE: January 14, 2020

                       Copyright 2020 Bay Gazette Limited
                              All Rights Reserved

                               5 of 5 DOCUMENTS

                                 The Bay Gazette

                            January 15, 2020 Wednesday

HIGHLIGHT: What we know after a week.

LENGTH: 9 words

A text that has no title at all.

LOAD-DATE: January 15, 2020
"""


GERMAN = """
                             Dokument 7 von 9


                              Der Küstenbote

                        27. Februar 2020 Donnerstag

Fähre läuft vor dem Hafen auf Grund

AUTOR: Von Anna Lehr

RUBRIK: LOKALES; S. 14

LÄNGE: 85 Wörter

HIGHLIGHT: Niemand wurde verletzt.

Eine Fähre mit vierzig Menschen an Bord ist auf Grund gelaufen.

UPDATE: 28. Februar 2020

SPRACHE: GERMAN; DEUTSCH

                     Copyright 2020 Küstenbote GmbH
                        Alle Rechte vorbehalten

                             Dokument 8 von 9


                              Der Küstenbote

                        28. Februar 2020 Freitag

Fähre ist frei

LÄNGE: 5 Wörter

Sie schwimmt wieder.

SPRACHE: GERMAN; DEUTSCH
"""
FRENCH = """
                             Document 1 de 1

                              Le Quai

                        jeudi 27 février 2020

Un ferry s'échoue

AUTEUR: Anne Lepic

RUBRIQUE: FAITS DIVERS; Pg. 2

LONGUEUR: 40 mots

Un ferry s'est échoué jeudi devant le port.

LANGUE: FRENCH; FRANÇAIS
"""


OLD_LEXIS = """
                               1 of 2 DOCUMENTS

                   Copyright 1999 The Bay Gazette Company
                               The Bay Gazette

                 May 2, 1999, Sunday, Late Edition - Final

SECTION: Section 1; Page 12; Column 3; Metropolitan Desk

LENGTH: 11 words

HEADLINE: Ferry Sinks;
Nobody Hurt

BYLINE:  By ANN LEE

BODY:
   A ferry sank on Saturday.

   Nobody was hurt.

LOAD-DATE: May 2, 1999

                               2 of 2 DOCUMENTS

                   Copyright 1999 The Bay Gazette Company
                               The Bay Gazette

                 May 3, 1999, Monday, Late Edition - Final

LENGTH: 4 words

HEADLINE: Ferry Raised

BODY:
   It was raised on Sunday.

LOAD-DATE: May 3, 1999
"""


def lexis_html(*articles: Sequence[str], documents: int) -> bytes:
    """Write the old HTML: an anchor and hidden tags before each article, classes of style, labels in bold."""
    page = "<HTML><HEAD><STYLE><!--\n.c0 { }\n--></STYLE>\n"
    page += f'<META TOPIC="null" DOCUMENTS="{documents}" /></HEAD><BODY>'
    page += (
        '<DIV CLASS="c5"><P CLASS="c6"><SPAN>Download Request: Selected Items<BR>SOMEBODY</SPAN></P></DIV>'
    )
    for number, blocks in enumerate(articles, 1):
        page += f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section\n<DOC NUMBER=1>\n<DOCFULL> -->\n'
        page += "".join(f'<BR><DIV CLASS="c5"><P CLASS="c6">{block}</P>\n</DIV>\n' for block in blocks)
        page += "<!-- Hide XML section\n</DOCFULL>\n</DOC> -->\n"
    return (page + "</BODY></HTML>").encode("cp1252")


def field(label: str, value: str) -> str:
    return f'<SPAN CLASS="c8">{label}: </SPAN><SPAN CLASS="c2">{value}</SPAN>'


LEXIS_HTML = lexis_html(
    (
        '<SPAN CLASS="c2">1 of 4 DOCUMENTS</SPAN>',
        '<BR><IMG SRC="logo"><BR><SPAN CLASS="c2">K&uuml;stenbote Online</SPAN>',
        '<SPAN CLASS="c4">27.</SPAN><SPAN CLASS="c2"> Februar 2020 Donnerstag 9:50 PM GMT+1</SPAN>&nbsp;',
        '<SPAN CLASS="c7">F&auml;hre l&auml;uft auf Grund</SPAN>',
        field("AUTOR", "Anna Lehr"),
        field("L&Auml;NGE", "1285 W&ouml;rter"),
        '<SPAN CLASS="c2">Eine </SPAN><SPAN CLASS="c4">F&auml;hre</SPAN><SPAN> ist gestrandet.</SPAN>',
        '<SPAN CLASS="c2">2 of 4 DOCUMENTS</SPAN>',
        "Das stand auf einem Zettel.",
        field("UPDATE", "28. Februar 2020"),
        field("SPRACHE", "GERMAN"),
        "Copyright 2020 K&uuml;stenbote GmbH<BR>Alle Rechte vorbehalten",
    ),
    (
        '<SPAN CLASS="c2">2 of 4 DOCUMENTS</SPAN>',
        "The Bay Gazette",
        '<SPAN CLASS="c4">December</SPAN><SPAN> 31, 2019 Tuesday</SPAN>&nbsp;<BR>City Final Edition',
        field("SECTION", "Pg. B22"),
        field("LENGTH", "4 words"),
        "<TABLE><TR><TD>Rank</TD><TD>Harbor</TD></TR><TR><TD>1</TD><TD>Bay Town</TD></TR></TABLE>",
        field("LOAD-DATE", "December 31, 2019"),
        "Copy 2019 The Bay Gazette<BR>All Rights Reserved",
    ),
    ("We are sorry but there is an error in this document and it is not possible to display it.",),
    (
        "<SPAN>4 of 4 DOCUMENTS</SPAN>",
        "The Bay Gazette",
        "January 1, 2020 Wednesday",
        "New Year's ferry",
        "It sailed without a word on its length.",
        "Copyright 2020 The Bay Gazette",
    ),
    documents=4,
)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(
    text: str = "", *, bookmark: str = "", title: bool = False, style: str = "", link: str = ""
) -> str:
    """Write a paragraph as Lexis does: runs broken anywhere, the level of a heading, a link on the title."""
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
        if part
    )
    if link:
        runs = f'<w:hyperlink r:id="{link}" w:history="1">{runs}</w:hyperlink>'
    mark = f'<w:bookmarkStart w:id="1" w:name="{bookmark}"/><w:bookmarkEnd w:id="1"/>' if bookmark else ""
    level = '<w:outlineLvl w:val="0"/>' if title else f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{level}</w:pPr>{mark}{runs}</w:p>"


def docx(body: str) -> bytes:
    links = '<Relationship Id="rId9" Target="https://advance.lexis.com/api/document?id=urn:contentItem:4ABC-1XY0"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        )
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
    return buffer.getvalue()


def cover(titles: Sequence[str], heading: str = "Documents ({})") -> str:
    lines = [
        paragraph("User Name: SOMEBODY", bookmark="_GoBack"),
        paragraph("Date and Time: Friday, March 20, 2020 7:08:00 PM JST"),
    ]
    lines += [paragraph("Job Number: 79564983"), paragraph(heading.format(len(titles)))]
    for n, title in enumerate(titles, 1):
        lines += [
            paragraph(f"{n}. {title}", link="rId7"),
            paragraph("Client/Matter: -None-"),
            paragraph("Search Terms: ferry"),
        ]
        lines.append(
            "<w:tbl><w:tr><w:tc>"
            + paragraph("Content Type")
            + "</w:tc><w:tc>"
            + paragraph("News")
            + "</w:tc></w:tr></w:tbl>"
        )
    return "".join(lines)


def uni_article(
    n: int,
    title: str,
    *head: str,
    body: Sequence[str],
    tail: Sequence[str] = (),
    end: str = "End of Document",
) -> str:
    mark = paragraph(bookmark=f"Bookmark_{n}") + paragraph(title, title=True, link="rId9")
    text = paragraph("Body", bookmark="Body") + paragraph() + "".join(map(paragraph, body))
    return (
        mark
        + "".join(map(paragraph, head))
        + text
        + "".join(map(paragraph, tail))
        + (paragraph(end) if end else "")
    )


UNI_TITLES = (
    "Ferry runs aground",
    "Length: 12 hours on a sandbank",
    "Ferry runs aground",
    "Correction: Ferry",
)
UNI = (
    uni_article(
        1,
        UNI_TITLES[0],
        "The Bay Gazette (Bay Town)",
        "January 11, 2020 Saturday, FINAL EDITION",
        "Copyright 2020 Bay Gazette Limited All Rights Reserved",
        "Section: NEWS; Pg. 3",
        "Length: 1,823 words",
        "Byline: By Ann Lee",
        "Highlight: Nobody was hurt.",
        body=(
            "A ferry ran aground.",
            "The log says:",
            "End of Document",
            "Then nothing.",
            "Load-Date: unknown.",
            "So it was.",
        ),
        tail=("Load-Date: January 12, 2020",),
    )
    + uni_article(
        2,
        UNI_TITLES[1],
        "Harbor Wire",
        "January 12, 2020 Sunday 9:15 AM GMT",
        "Copyright 2020 Harbor Wire",
        body=(
            "ABSTRACT",
            "A ferry waited.",
            "FULL TEXT",
            "The ferry waited for the tide.",
            "Body",
            "is what it lay on.",
        ),
        tail=(
            "Graphic",
            "Photo: the sandbank",
            "Classification",
            "Language: ENGLISH",
            "Subject: FERRIES (90%)",
        ),
        end="",
    )
    + uni_article(
        3,
        UNI_TITLES[2],
        "The Bay Gazette (Bay Town)",
        "January 2020",
        body=("The same title, another text.",),
    )
    + uni_article(
        4,
        UNI_TITLES[3],
        "Harbor Wire",
        body=("There were 41 people on board.",),
        tail=("Load-Date: January 14, 2020",),
    )
)


def factiva_page(*articles: str) -> bytes:
    page = "<html><head><title>Factiva</title><style>.fcpNavContainer{margin:0}</style></head><body>"
    page += '<div class="headlines"><span class="articleCount">9 Headlines</span></div>'
    page += "<br><span></span>".join(articles)
    return (
        page + '<div id="pageFooter"><span class="copyright">© 2020 Factiva, Inc.</span></div></body></html>'
    ).encode()


def codes(language: str, *rows: tuple[str, str], paragraphs: Sequence[str] = ()) -> str:
    """Write the layout with field codes."""
    cell = '<td align="right" valign="top" class="index"><b>{}</b>&nbsp;</td><td>{}</td>'
    texts = "".join(
        f'<p class="articleParagraph {language}articleParagraph">{text}</p>\n' for text in paragraphs
    )
    table = "".join(f"<tr>{cell.format(code, value)}</tr>" for code, value in rows if code != "AN")
    table += f"<tr>{cell.format('TD', texts)}</tr>" if texts else ""
    table += "".join(f"<tr>{cell.format(code, '<br/>' + value)}</tr>" for code, value in rows if code == "AN")
    return f'<div class="article {language}Article"><table>{table}</table><br/></div>'


def display(
    language: str, headline: str, *lines: str, paragraphs: Sequence[str], end: Sequence[str], before: str = ""
) -> str:
    """Write the layout for display, inside a wrapper of nearly the same class."""
    texts = "".join(
        f'<p class="articleParagraph {language}articleParagraph">{text}  </p>\n' for text in paragraphs
    )
    head = f'<div id="hd"><span class="{language}Headline">{headline}  </span>\n</div>' if headline else ""
    head = (f"<div>{before}</div>" if before else "") + head + "".join(f"<div>{line}</div>" for line in lines)
    foot = "".join(f"<p>{line}</p>" for line in end)
    inside = f'<div class="article {language}Article"><p>\n</p>{head}<p></p>{texts}{foot}</div>'
    return f'<div id="article-X" class="article">{inside}</div>'


FACTIVA_CODES = factiva_page(
    codes(
        "fr",
        ("SE", "Faits divers"),
        ("HD", "<b class='frHeadline'>Un ferry <b>s'échoue</b></b>\n"),
        ("BY", "Par Anne Lepic"),
        ("WC", "1 295 mots"),
        ("PD", "29 décembre 2019"),
        ("ET", "15:32"),
        ("SN", "Le Quai"),
        ("SC", "QUAIFR"),
        ("PG", "26"),
        ("LA", "Français"),
        ("CY", "(c) Le Quai.   "),
        ("NS", "gcat : Political/General News"),
        ("AN", "Document QUAIFR0020191229efct0001r"),
        paragraphs=("Un ferry s'est échoué.", "HD est un code, dit-il."),
    ),
    codes(
        "fr",
        ("WC", "65 mots"),
        ("PD", "30 décembre 2019"),
        ("SN", "Le Quai"),
        ("AN", "Document QUAIFR0020191230efct0015j"),
        paragraphs=("Il flotte.",),
    ),
    '<div class="article frArticle"><span></span></div>',
)


FACTIVA_DISPLAY = factiva_page(
    display(
        "en",
        "Ferry runs <b>aground</b>",
        "By Ann Lee",
        "1,055 words",
        "24 October 2019",
        "19:04",
        "The Bay Gazette",
        "BAYGZ",
        "B3",
        "Late Edition - Final",
        "English",
        "Copyright 2019 Bay Gazette Limited",
        paragraphs=("A ferry ran aground.", "23 October 2019", "Document BAYGZ was on board."),
        end=("Bay Gazette Publishers", "Document BAYGZ00020191024eaao0001a"),
        before="News; 3",
    ),
    display(
        "de",
        "2) Fähre ist frei",
        "85 Wörter",
        "25 Oktober 2019",
        "Der Küstenbote",
        "KUEBO",
        "Deutsch",
        "Copyright 2019 Küstenbote GmbH",
        paragraphs=("Sie schwimmt wieder.",),
        end=("Dokument KUEBO00020191025eaap0002b",),
    ),
    display(
        "zhtw",
        "渡輪",
        "120 字",
        "2019 年 10 月 26 日",
        "海港日報",
        "HARBD",
        "中文",
        "Copyright 2019",
        paragraphs=("渡輪擱淺。",),
        end=("文件 HARBD00020191026eaaq0003c",),
    ),
    display("en", "", "9 words", "27 October 2019", "Harbor Wire", paragraphs=("No headline.",), end=()),
    display(
        "en",
        "Ferry runs aground",
        "11 words",
        "24 October 2019",
        "Harbor Wire",
        "HARBW",
        "English",
        "(c) 2019 Harbor Wire",
        paragraphs=("The same title, another text.",),
        end=("Document BAYGZ00020191024eaao0001a",),
    ),
)


FACTIVA_XML = """<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="2">
<ppsarticle><article><accessionNo>BAYGZ00020191024eaao0001a</accessionNo><baseLanguage>EN</baseLanguage>
<copyright>(c) 2019 Bay Gazette   </copyright><headline><paragraph><hlt>Ferry</hlt> runs
 aground</paragraph></headline>
<leadParagraph><paragraph>A <hlt>ferry</hlt> ran aground.</paragraph></leadParagraph>
<pages><page>3</page></pages><publicationDate><dateTime>2019-10-24T23:35:58Z</dateTime></publicationDate>
<sourceName>The Bay Gazette</sourceName><region code="usa"><name>United States</name></region>
<tailParagraphs><paragraph>Nobody was hurt.</paragraph></tailParagraphs><wordCount>942</wordCount>
</article></ppsarticle>
<ppsarticle><article><accessionNo>X</accessionNo></article></ppsarticle>
</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""


def proquest_block(anchor: str, title: str, *rows: tuple[str, str], text: str, words: int = 0) -> str:
    """Write an article as ProQuest does: a document inside the document, and another one in the abstract."""
    rows_above = "".join(
        f"<p><strong>{label}:  </strong>{value}</p>"
        for label, value in rows
        if label in ("Author", "Publication info")
    )
    rows_below = "".join(
        f"<p><strong>{label}: </strong>{value}</p>"
        for label, value in rows
        if label not in ("Author", "Publication info")
    )
    document = f"<html><head><title></title></head><body>{text}</body></html>"
    inner = f'<Text WordCount="{words}" HTMLContent="true">{document}</Text>'
    abstract = "<p><strong>Abstract:  </strong><body></p><p>A ferry, in short.</p><p></body></p>"
    link = '<p><a href="https://search.proquest.com/docview/1">ProQuest document link</a></p>'
    full = f"<p><strong>Full text: </strong>{inner}</p>" if text else ""
    head = f'<a name="{anchor}"></a><p></p><p style="font-weight:bold;">{title}</p>'
    return f'<div style="x">{head}{rows_above}{link}{abstract}{full}{rows_below}</div>'


PROQUEST_ARTICLES = (
    proquest_block(
        "DocID_MSTAR_251439970",
        "Ferry runs aground",
        ("Author", "Lee, Ann; Vale, Tom"),
        ("Subject", "Ferries; Harbors"),
        ("Publication title", "The Bay Gazette; Bay Town"),
        ("Pages", "AA.2"),
        ("Publication date", "May 8, 2010"),
        ("Section", "NEWS"),
        ("Language of publication", "English"),
        ("ProQuest document ID", "251439970"),
        (
            "Document URL",
            '<a href="https://search.proquest.com/docview/251439970">https://search.proquest.com/docview/251439970</a>',
        ),
        ("Copyright", "(Copyright (c) 2010 Bay Gazette)"),
        ("Database", "Dailies"),
        text='<a name="1"></a><p>A ferry ran aground.</p><p>Full text: of the log.</p>'
        "<p><strong>Who:</strong> forty people.</p><p>They left.</p>",
        words=239,
    ),
    proquest_block(
        "DocID_MSTAR_251439971",
        "Ferry towed away",
        ("Publication info", "Harbor Wire ; Bay Town [Bay Town]09 May 2010: B.1."),
        ("ProQuest document ID", "251439971"),
        text="html&gt;<head></head><body><p>It was towed away.</p></body></html>",
    ),
    proquest_block(
        "DocID_MSTAR_251439972",
        "Ferry runs aground",
        ("Publication title", "Harbor Wire"),
        ("Publication date", "May 10, 2010"),
        ("ProQuest document ID", "251439972"),
        text="",
    ),
)
PROQUEST = (
    "<!DOCTYPE html><html><head><title>ProQuest Export</title></head><body>"
    '<div class="mainCopyBlock">Somebody sent you the following:</div>'
    "<p>Email 4 of 5</p>"
    + "".join(PROQUEST_ARTICLES)
    + '<div class="copyright">Copyright © 2020 ProQuest LLC. All rights reserved.</div></body></html>'
)


def mail(*parts: EmailMessage | str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "noreply@proquest.com", "Your ProQuest Research"
    for part in parts:
        if isinstance(part, str):
            message.set_content(part, subtype="html" if "<div" in part else "plain", cte="quoted-printable")
        else:
            message.add_attachment(part)
    return message.as_bytes()


PROQUEST_TEXT = """

____________________________________________________________

Ferry runs aground

Author: Lee, Ann; Vale, Tom

Publication info: The Bay Gazette ; Bay Town [Bay Town]. 08 May 2010: AA.2.

https://search.proquest.com/docview/251439970

Abstract: A ferry, in short.

Links: None

Full text: A ferry ran aground.

Title: that is what the log began with.

____________________________________________________________

A line of the log, as long as any.

Subject: Ferries; Harbors

Title: Ferry runs aground

Publication title: The Bay Gazette; Bay Town

Publication date: May 8, 2010

ProQuest document ID: 251439970

Document URL: https://search.proquest.com/docview/251439970

Database: Dailies

____________________________________________________________

Ferry towed away

Full text: It was towed away.

Title: Ferry towed away

Publication title: Harbor Wire

Publication date: May 9, 2010

ProQuest document ID: 251439971

____________________________________________________________

Contact us at: http://www.proquest.com/go/contactsupport

Copyright © 2020 ProQuest LLC. All rights reserved.
"""


def europresse(
    header: str, title: str, text: str, *, authors: str = "", aside: str = "", foot: str = ""
) -> str:
    return (
        '<article><header><div class="rdp__DocPublicationName">'
        f'<span class="DocPublicationName">{header}</span></div>'
        f'<div class="titreArticle">{title}</div>{authors}</header><section><div class="DocText clearfix">'
        f"<div class='docOcurrContainer'>{text}</div></div></section>"
        f"<aside>{aside}</aside><footer>{foot}</footer></article>"
    )


EUROPRESSE = (
    "<!DOCTYPE html><html><head><title></title></head><body>"
    + europresse(
        'Le Quai, no. 43018</span></div><div><span class="DocHeader">Mer, mardi 14 mars 2006, p. 16',
        '<p class="sm-margin-bottom">MER</p><p class="titreArticleVisu">Un ferry s\'échoue</p>'
        '<div class="rdp__subtitle">Aucun blessé</div>',
        "<p>Un <mark>ferry</mark> s'est échoué.</p><p>Non news·20060315·LQ·0q99, dit-il.</p>",
        authors='<div class="docAuthors">Par Anne Lepic</div>',
        aside="<div><p><b>Illustration(s) : </b></p><div><p>Le ferry.</p></div></div>",
        foot="<small>© 2006 Le Quai. Tous droits réservés.</small>"
        "<p>Numéro de document : news·20060315·LQ·0q1503_1256056</p>",
    )
    + europresse(
        'Le Quai (site web)</span></div><div><span class="DocHeader">'
        "Vendredi 31 mars 2023 - 07:04 UTC +02:00 1142 mots",
        '<p class="titreArticleVisu rdp__articletitle">Un ferry s\'échoue</p>',
        "<p>Le même titre.</p>",
        authors='<p class="sm-margin-bottomNews">Jean Port</p>',
    )
    + europresse(
        'The Bay Gazette</span></div><div><span class="DocHeader">News, Thursday, October 24, 2019, p. A3',
        '<p class="titreArticleVisu">Ferry runs aground</p>',
        "<p>It ran aground.</p></div></div><p>It lay there.</p>",
    )
    + "<article><p>An article element that is none.</p></article></body></html>"
)


OLD_EUROPRESSE = """<html><body><table><tr><td><span class="DocPublicationName">Le Quai, no. 12</span><br>
<span class="DocHeader">Mer, </span><span class="DocHeader">lundi, </span>
<span class="DocHeader">13 mars 2006, p. 3</span><br>
<span class="TitreArticleVisu">Un ferry</span><br>Il s'est échoué.<br>© 2006 Le Quai</td></tr></table>
<table><tr><td><span class="DocPublicationName">La Digue</span><br>
<span class="DocHeader">14 mars 2006</span><br>
<span class="TitreArticleVisu">Deux ferrys</span><br>Ils flottent.</td></tr></table></body></html>"""
SAMPLES = {
    "Nexis text": LEXIS.encode(),
    "Nexis HTML": LEXIS_HTML,
    "Nexis DOCX": docx(cover(UNI_TITLES) + UNI),
    "Factiva HTML": FACTIVA_DISPLAY,
    "Factiva XML": FACTIVA_XML.encode(),
    "ProQuest HTML": PROQUEST.encode(),
    "ProQuest e-mail": mail(PROQUEST),
    "ProQuest text": PROQUEST_TEXT.encode(),
    "Europresse HTML": EUROPRESSE.encode(),
}
QUOTING = """Files of Lexis have a line over each article, such as

1 of 100 DOCUMENTS

and under it LENGTH: 300 words and LOAD-DATE: May 2, 2020. ProQuest writes Full text: and a line

____________________________________________________________

between two. Factiva has class="article enArticle", Europresse the class DocText.

Title: how to read them

End of Document
"""
