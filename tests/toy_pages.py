"""Web pages in the structure of common systems, with invented text, and what is the article in each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

TITLE = "Harbor bridge to close for nine weeks after cracks are found"
PARAGRAPHS = (
    "The Orveth harbor bridge will close to all traffic for nine weeks from Monday after inspectors found "
    "cracks in "
    "two of its main beams, the city's transport office said.",
    "About 31,000 vehicles cross the bridge every day, and the office expects long queues at the northern "
    "tunnel, "
    "which is the only other way over the river.",
    "“We would rather close it too early than too late,” said Mira Tolland, who leads the office. She said "
    "that the "
    "repair would cost 4.2 million crowns.",
    "The cracks were seen during a routine inspection on Tuesday. An earlier inspection in spring had "
    "found nothing "
    "unusual, according to its report.",
    "Shop owners on the southern bank fear for their trade. The merchants' union asked the city to let "
    "ferries run "
    "free of charge until the bridge opens again.",
    "The council will vote on the ferries next week, and a spokesman said that it was likely to agree to "
    "the plan.",
)
MENU = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>'
    for name in ("home", "news", "sport", "culture", "weather")
)
RELATED = "".join(
    f'<li class="related-item"><a href="/{n}">{text}</a></li>'
    for n, text in enumerate(
        (
            "Northern tunnel: why the second tube was never built",
            "Ferry line to the islands opens a month late",
            "Ten quiet walks along the river for a Sunday",
        )
    )
)
FOOTER = "<footer><p>© Orveth Courier. All rights reserved.</p><p>About us</p><p>Privacy policy</p></footer>"


def _p(texts: tuple[str, ...] = PARAGRAPHS) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def _data(**more: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **more}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@dataclass(frozen=True, slots=True)
class ToyPage:
    """A page, and what a reader should make of it."""

    name: str
    markup: str
    texts: tuple[str, ...] = PARAGRAPHS  # lines that are body
    zones: tuple[tuple[str, str], ...] = ((TITLE, "headline"),)  # other lines, and their zones
    fields: dict[str, str] = field(default_factory=dict)


def _page(head: str, body: str, *, lang: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}<body>{body}</body></html>'


WORDPRESS = ToyPage(
    "wordpress",
    _page(
        f'<title>{TITLE} &#8211; Orveth Courier</title><meta property="og:site_name" content="Orveth '
        'Courier">'
        '<meta property="article:published_time" content="2024-10-24T06:30:00+00:00">'
        '<meta property="article:modified_time" content="2024-10-25T09:00:00+00:00">'
        '<link rel="canonical" href="https://courier.example/2024/10/24/harbor-bridge/">',
        '<header class="site-header"><p class="site-title"><a href="/">Orveth '
        f"Courier</a></p><nav><ul>{MENU}</ul></nav>"
        '</header><main><article class="post-81 post type-post hentry"><header class="entry-header">'
        f'<h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><span class="posted-on">Posted on '
        "<time "
        'class="entry-date published" datetime="2024-10-24T06:30:00+00:00">October 24, 2024</time></span> '
        "<span "
        'class="byline">by <span class="author vcard"><a rel="author" href="/a">Jon '
        "Felde</a></span></span></div></header>"
        f'<div class="entry-content">{_p(PARAGRAPHS[:2])}<figure class="wp-caption"><img '
        'src="data:image/png;base64,AAAA">'
        '<figcaption class="wp-caption-text">The bridge seen from the southern bank on Wednesday. <span '
        'class="credit">'
        f"Photo: Ola Brandt</span></figcaption></figure><h2>Queues expected</h2>{_p(PARAGRAPHS[2:])}"
        '<div class="sharedaddy"><h3 class="sd-title">Share this:</h3><ul><li><a '
        'href="#">Email</a></li></ul></div></div>'
        f'</article><aside class="related-posts"><h3>Related</h3><ul>{RELATED}</ul></aside>'
        '<div id="comments" class="comments-area"><h2>2 thoughts</h2><ol class="comment-list"><li '
        'class="comment"><p>I have '
        "crossed this bridge for forty years and never saw anybody inspect it, so I am not surprised at "
        "all.</p></li></ol>"
        f"</div></main>{FOOTER}",
    ),
    zones=(
        (TITLE, "headline"),
        ("Queues expected", "section_heading"),
        ("The bridge seen from the southern bank on Wednesday.", "caption"),
        ("Photo: Ola Brandt", "credit"),
        ("Home", "furniture"),
        ("Northern tunnel: why the second tube was never built", "teaser"),
    ),
    fields={
        "title": TITLE,
        "outlet": "Orveth Courier",
        "published": "2024-10-24T06:30:00+00:00",
        "updated": "2024-10-25T09:00:00+00:00",
        "url": "https://courier.example/2024/10/24/harbor-bridge/",
        "language": "en",
    },
)

ARC = ToyPage(
    "arc",
    _page(
        f"<title>{TITLE} - The Courier</title>"
        + _data(
            datePublished="2024-10-24T06:30:00Z",
            dateModified="2024-10-24T11:00:00Z",
            author=[{"@type": "Person", "name": "Jon Felde"}, {"@type": "Person", "name": "Ida Moss"}],
            publisher={"@type": "Organization", "name": "The Courier"},
            articleSection="City",
        ),
        f'<div id="fusion-app"><nav class="b-header-nav-chain"><ul>{MENU}</ul></nav><section '
        'class="b-article">'
        f'<h1 class="b-headline">{TITLE}</h1><h2 class="b-subheadline">Nine weeks of detours are ahead for '
        "the harbor "
        'district</h2><div class="b-byline"><span>By </span><a href="/x">Jon Felde</a> and <a '
        'href="/y">Ida Moss</a></div>'
        '<time class="b-date" datetime="2024-10-24T06:30:00Z">October 24, 2024 at 8:30 AM</time>'
        '<article class="b-article-body">'
        + "".join(f'<p class="b-paragraph">{text}</p>' for text in PARAGRAPHS[:3])
        + '<p class="b-interstitial-link"><a href="/z">Also read: Ferry line to the islands opens a month '
        "late</a></p>"
        + "".join(f'<p class="b-paragraph">{text}</p>' for text in PARAGRAPHS[3:])
        + '</article></section><section class="b-results-list"><h4>More on '
        f"this</h4><ul>{RELATED}</ul></section></div>{FOOTER}",
    ),
    zones=(
        (TITLE, "headline"),
        ("Nine weeks of detours are ahead for the harbor district", "subheadline"),
        ("By Jon Felde and Ida Moss", "byline"),
        ("October 24, 2024 at 8:30 AM", "date_line"),
        ("Also read: Ferry line to the islands opens a month late", "teaser"),
    ),
    fields={
        "title": TITLE,
        "author": "Jon Felde; Ida Moss",
        "outlet": "The Courier",
        "section": "City",
        "published": "2024-10-24T06:30:00Z",
    },
)

DRUPAL = ToyPage(
    "drupal",
    _page(
        f'<title>{TITLE} | City of Orveth</title><meta name="dcterms.date" content="2024-10-24">',
        f'<div class="region region-header"><ul class="menu">{MENU}</ul></div><div class="region '
        'region-content"><h1 '
        f'class="page-header"><span class="field field--name-title">{TITLE}</span></h1><article '
        'role="article" class="node '
        'node--type-press-release"><footer class="node__meta">Submitted by <span '
        'class="field--name-uid">press</span> on '
        'Thu, 10/24/2024 - 08:30</footer><div class="node__content"><div class="field field--name-body '
        'field__item">'
        f"{_p()}<ul><li>Start of the works: Monday at six in the morning, at both ends of the "
        "bridge.</li><li>End of the "
        "works: nine weeks later, if the weather allows for it.</li></ul></div></div></article></div>"
        f'<div class="region region-sidebar-second"><h2>Latest news</h2><ul>{RELATED}</ul></div>{FOOTER}',
    ),
    texts=(*PARAGRAPHS, "End of the works: nine weeks later, if the weather allows for it."),
    fields={"title": TITLE, "published": "2024-10-24"},
)

BLOGGER = ToyPage(
    "blogger",
    _page(
        f"<title>The River Diary: {TITLE}</title>",
        '<div id="header"><h1 class="title"><a href="/">The River Diary</a></h1></div><div class="main '
        'section"><div '
        "class='date-outer'><h2 class='date-header'><span>Thursday, October 24, 2024</span></h2><div "
        "class='post hentry'>"
        f"<h3 class='post-title entry-title'>{TITLE}</h3><div class='post-body entry-content'>"
        + "<br /><br />".join(PARAGRAPHS)
        + "</div><div class='post-footer'><span class='post-author'>Posted by <span>Jon "
        "Felde</span></span> at <a "
        "href='/p'>8:30 AM</a></div></div></div></div><div class='sidebar'><h2>Blog archive</h2><ul><li><a "
        "href='/1'>October "
        f"(4)</a></li><li><a href='/2'>September (9)</a></li></ul></div>{FOOTER}",
    ),
    fields={"title": TITLE, "published": "Thursday, October 24, 2024"},
)

TABLES = ToyPage(
    "tables",
    "<HTML><HEAD><TITLE>Orveth Courier - City</TITLE><META HTTP-EQUIV='Content-Type' CONTENT='text/html; "
    "charset=iso-8859-1'></HEAD><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=760><TR><TD WIDTH=140 VALIGN=top>"
    "<A HREF=/>Home</A><BR><A HREF=/n>News</A><BR><A HREF=/s>Sport</A></TD><TD VALIGN=top><FONT SIZE=5><B>"
    f"{TITLE}</B></FONT><BR><I>October 24, 2004</I><P>{'<P>'.join(PARAGRAPHS)}<P><TABLE "
    "BORDER=1><TR><TD>Week<TD>Work"
    "<TR><TD>1 to 4<TD>Northern beam<TR><TD>5 to 9<TD>Southern beam</TABLE></TD></TR></TABLE></BODY></HTML>",
    zones=(("1 to 4\tNorthern beam", "body"), ("Sport", "furniture")),
)

AMP = ToyPage(
    "amp",
    "<!doctype html><html ⚡ lang=en-US><head><meta charset=utf-8>"
    f"<title>{TITLE}</title>"
    + _data(
        datePublished="2024-10-24T06:30:00.000Z",
        publisher={"name": "Courier"},
        mainEntityOfPage="https://c.example/a",
    )
    + '<link rel="canonical" href="https://c.example/a"><style '
    "amp-boilerplate>body{opacity:0}</style></head><body>"
    f"<amp-sidebar id=s layout=nodisplay><ul>{MENU}</ul></amp-sidebar><amp-consent "
    "layout=nodisplay><div>We value your "
    'privacy and use cookies.</div></amp-consent><article class="amp-wp-article"><h1 '
    f'class="amp-wp-title">{TITLE}</h1>'
    '<div class="amp-wp-byline">Jon Felde</div><div class="amp-wp-article-content"><amp-img '
    "src=a.jpg></amp-img>"
    f"{_p(PARAGRAPHS[:3])}<amp-ad type=x></amp-ad>{_p(PARAGRAPHS[3:])}</div></article>{FOOTER}</body></html>",
    zones=((TITLE, "headline"), ("Jon Felde", "byline")),
    fields={
        "published": "2024-10-24T06:30:00.000Z",
        "outlet": "Courier",
        "language": "en-US",
        "url": "https://c.example/a",
    },
)

PAYWALL = ToyPage(
    "paywall",
    _page(
        f"<title>{TITLE}</title>" + _data(isAccessibleForFree=False, articleBody="\n\n".join(PARAGRAPHS)),
        f"<nav><ul>{MENU}</ul></nav><article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p></article><div "
        "class='paywall-box'>"
        "<h2>Keep reading</h2><p>Subscribe for 3 crowns a week to read this story.</p><a href=/s>Log "
        f"in</a></div>{FOOTER}",
    ),
)

SCRIPTED = ToyPage(
    "scripted",
    _page(
        f"<title>{TITLE}</title>" + _data(articleBody=" ".join(PARAGRAPHS), datePublished="2024-10-24"),
        "<div id=root></div><noscript>You need "
        f"JavaScript.</noscript><nav><ul>{MENU}</ul></nav><script>window.app={{}}</script>",
    ),
    texts=(" ".join(PARAGRAPHS),),
    zones=(("Home", "furniture"),),
    fields={"title": TITLE, "published": "2024-10-24"},
)

LIVE = ToyPage(
    "live",
    _page(
        f'<title>{TITLE} – live</title><meta property="article:published_time" '
        'content="2024-10-24T05:00:00Z">',
        f'<nav><ul>{MENU}</ul></nav><main><h1>{TITLE}</h1><p class="standfirst">What we know about the '
        "closing of the bridge "
        'so far, and what comes next.</p><div class="live-blog">'
        + "".join(
            f'<article class="block" id="b{n}"><time '
            f'datetime="2024-10-24T0{8 - n}:00:00Z">0{8 - n}:00</time><h2>Update '
            f"number {n + 1} from the bridge</h2><div class='block-elements'><p>{text}</p></div></article>"
            for n, text in enumerate(PARAGRAPHS)
        )
        + f"</div></main>{FOOTER}",
    ),
    zones=(
        (TITLE, "headline"),
        ("What we know about the closing of the bridge so far, and what comes next.", "subheadline"),
        ("07:00", "date_line"),
    ),
    fields={"published": "2024-10-24T05:00:00Z"},
)

GALLERY = ToyPage(
    "gallery",
    _page(
        f"<title>{TITLE} | In pictures</title>",
        f"<nav><ul>{MENU}</ul></nav><main><article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
        + "".join(
            f"<figure><img src=i{n}.jpg alt=''><figcaption>{text} Ola Brandt/Courier</figcaption></figure>"
            for n, text in enumerate(("Inspectors under the northern beam.", "Traffic on the last evening."))
        )
        + f"<p>{PARAGRAPHS[2]}</p></article></main>{FOOTER}",
    ),
    texts=PARAGRAPHS[:3],
    zones=((TITLE, "headline"), ("Inspectors under the northern beam. Ola Brandt/Courier", "caption")),
)

PRESS = ToyPage(
    "press",
    _page(
        f"<title>Press release: {TITLE}</title>",
        "<div class=topbar><a href=/>Company</a> <a href=/p>Press</a></div><div class=container><div "
        f"class=row><h2>{TITLE}"
        f"</h2><p class=date>24 October 2024</p><div class=text>{_p()}<p><strong>About Orveth "
        "Works</strong></p><p>Orveth "
        "Works builds and repairs bridges and has 900 employees in four countries.</p><p>Press contact: "
        "Ida Moss, "
        f"press@works.example</p></div></div></div>{FOOTER}",
    ),
    fields={"published": "24 October 2024"},
)

GERMAN = ToyPage(
    "german",
    _page(
        '<title>Hafenbrücke bleibt neun Wochen gesperrt | Kurier</title><meta name="date" '
        'content="2024-10-24T08:30:00+02:00">',
        f"<nav><ul>{MENU}</ul></nav><article><header><span class=kicker>Verkehr</span><h1>Hafenbrücke "
        "bleibt neun Wochen "
        "gesperrt</h1><p class=article-intro>Nach dem Fund von Rissen bleibt die Brücke bis zum Jahresende "
        "zu.</p><p "
        "class=meta><span class=author>Von Jon Felde</span> <time datetime=2024-10-24>24. Oktober "
        "2024</time></p></header>"
        "<p>Die Hafenbrücke wird ab Montag für neun Wochen gesperrt, weil Prüfer Risse in zwei Trägern "
        "gefunden haben.</p>"
        "<p>Täglich fahren rund 31.000 Fahrzeuge über die Brücke, nun rechnet das Amt mit langen Staus am "
        "Tunnel.</p>"
        "<p>„Wir sperren lieber zu früh als zu spät“, sagte Mira Tolland, die Leiterin des Amtes, am "
        "Mittwoch.</p>"
        f"</article>{FOOTER}",
        lang="de",
    ),
    texts=(
        "Die Hafenbrücke wird ab Montag für neun Wochen gesperrt, weil Prüfer Risse in zwei Trägern "
        "gefunden haben.",
    ),
    zones=(
        ("Hafenbrücke bleibt neun Wochen gesperrt", "headline"),
        ("Nach dem Fund von Rissen bleibt die Brücke bis zum Jahresende zu.", "subheadline"),
    ),
    fields={"published": "2024-10-24T08:30:00+02:00", "language": "de"},
)

PAGES = (WORDPRESS, ARC, DRUPAL, BLOGGER, TABLES, AMP, PAYWALL, SCRIPTED, LIVE, GALLERY, PRESS, GERMAN)
