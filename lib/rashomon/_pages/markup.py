"""Make HTML that cannot run or style anything: escape texts, clean markup, render our Markdown.

Whatever a notebook displays may hold words of an article. So every piece of HTML on a page passes
through one list of allowed elements; the rest is shown as the characters it is made of.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files

from rashomon._views import MARK_COLORS

# Where words stand: (article_id, start) -> address on our pages, "" when it is not known.
Locate = Callable[[str, int], str]

_ELEMENTS = frozenset(
    ("table", "thead", "tbody", "tr", "th", "td", "caption", "span", "div", "p", "mark", "b", "i", "em",
     "strong", "code", "pre", "ul", "ol", "li", "h1", "h2", "h3", "h4", "a", "small", "abbr", "br", "figure",
     "figcaption", "details", "summary")
)  # fmt: skip
_OWN_ELEMENTS = _ELEMENTS | {"h5", "h6", "hr", "blockquote", "sub", "sup", "del"}
_EMPTY = frozenset(("br", "hr"))
_ATTRIBUTES = frozenset(
    ("class", "scope", "colspan", "rowspan", "id", "title", "lang", "dir",
     "data-article", "data-start", "data-end")
)  # fmt: skip
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STEP = r"[A-Za-z0-9_-][A-Za-z0-9_.-]*"  # no dot first: an address stays inside the report
_RELATIVE = re.compile(rf"(?:{_STEP}/)*(?:{_STEP})?(?:#[A-Za-z0-9_.:-]*)?")
_WEB = re.compile(r"https?://[!-~]+")
_EVIDENCE = "rashomon-at"
# The colors that `show_article` gives its marks, by name, so that the style sheet can answer a dark screen.
_COLOR_CLASSES = {f"background:{color}": f"color-{n}" for n, color in enumerate(MARK_COLORS, start=1)}
# Control characters a browser would hide or refuse, drawn as the pictures Unicode has for them.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {127: 0x2421}


def escape_text(text: str) -> str:
    r"""Write a text so that a browser shows its characters and does nothing else.

    Parameters
    ----------
    text : str
        Any text, of an article or ours.

    Returns
    -------
    str
        HTML for element content and quoted attributes; control characters become visible.

    Examples
    --------
    >>> escape_text("<b> & \x00")
    '&lt;b&gt; &amp; ␀'
    """
    return html.escape(text.translate(_PICTURES))


def clean_html(markup: str, *, locate: Locate | None = None, own: bool = False) -> str:
    """Keep the harmless elements of a piece of HTML and show the rest as text.

    Parameters
    ----------
    markup : str
        HTML that may hold anything.
    locate : callable, optional
        Gives the address of an article's words. An element ``span.rashomon-at`` that names them
        becomes a link there; without an address it stays text.
    own : bool
        Whether we wrote the markup: then links to the web and a few more elements are kept.

    Returns
    -------
    str
        Balanced HTML: no script, style, event, form, image or address of another kind.

    Examples
    --------
    >>> clean_html("<p onclick='x()'>a<script>x()</script>")
    '<p>a&lt;script&gt;x()&lt;/script&gt;</p>'
    """
    return _Cleaner(locate, own).clean(markup)


def render_markdown(text: str, *, link: Callable[[str], str] | None = None) -> str:
    """Render a Markdown cell of ours.

    Parameters
    ----------
    text : str
        Markdown, tables included.
    link : callable, optional
        Gives the new target of each local link, ``""`` to leave its words only.

    Returns
    -------
    str
        Clean HTML.

    Examples
    --------
    >>> render_markdown("*see* [two](02.ipynb)", link=lambda target: "")
    '<p><em>see</em> two</p>'
    """
    import mistune

    rendered = str(mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(text))
    return _Cleaner(None, own=True, link=link).clean(rendered).strip()


def render_rows(header: Sequence[str], rows: Sequence[str]) -> str:
    """Put rows into a table that scrolls in its own box.

    Parameters
    ----------
    header : sequence of str
        Names of the columns, clean.
    rows : sequence of str
        Each a clean ``tr`` element.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> "<tbody><tr><td>1</td></tr></tbody>" in render_rows(["n"], ["<tr><td>1</td></tr>"])
    True
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in header)
    return (
        f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def frame_page(title: str, body: str, *, nav: Sequence[tuple[str, str]], here: str, up: str = "") -> str:
    """Put the frame of every page around its body: policy, style, navigation.

    Parameters
    ----------
    title : str
        Title of the page, as text.
    body : str
        Clean HTML.
    nav : sequence of (str, str)
        File name and name of each page of the report.
    here : str
        File name of this page.
    up : str
        The way from this page to the report's folder.

    Returns
    -------
    str
        The page: one file that loads nothing.

    Examples
    --------
    >>> "<title>a &lt; b – Rashomon</title>" in frame_page("a < b", "<p>c</p>", nav=[], here="")
    True
    """
    links = "".join(
        f'<li><a href="{escape_text(up + href)}"{" aria-current=page" if href == here else ""}>'
        f"{escape_text(name)}</a></li>"
        for href, name in nav
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape_text(title)} – Rashomon</title>
<style>
{_style_sheet()}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<nav aria-label="Pages of this report"><ul>{links}</ul></nav>
<main id="main">
{body}
</main>
<footer>Made with Rashomon. Nothing on this page is loaded from anywhere, and nothing in it runs.</footer>
</body>
</html>
"""


@cache
def _style_sheet() -> str:
    return files("rashomon").joinpath("report.css").read_text(encoding="utf-8")


class _Cleaner(HTMLParser):
    def __init__(self, locate: Locate | None, own: bool, link: Callable[[str], str] | None = None) -> None:
        super().__init__(convert_charrefs=True)
        self._locate, self._own, self._link = locate, own, link
        self._allowed = _OWN_ELEMENTS if own else _ELEMENTS
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # element as opened, what closes it on our page
        self._style: list[str] | None = None

    def clean(self, markup: str) -> str:
        self.feed(markup)
        self.close()
        self._text(self.rawdata)  # some versions of the parser keep back what follows an open <script>
        self._end_style(closed=False)
        return "".join([*self._out, *(closing for _, closing in reversed(self._open))])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        if tag == "style":  # pandas puts one before each table; shown as text it would be noise
            self._end_style(closed=False)
            self._style = [written]
        elif tag not in self._allowed:
            self._text(written)
        else:
            first = dict(reversed(attrs))
            opening, closing = self._element(tag, {name: first[name] or "" for name, _ in attrs})
            self._out.append(opening)
            if tag not in _EMPTY:
                self._open.append((tag, closing))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in self._allowed or tag == "style":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "style" and self._style is not None:
            self._end_style(closed=True)
        elif tag in (opened for opened, _ in self._open):
            while self._open:
                opened, closing = self._open.pop()
                self._out.append(closing)
                if opened == tag:
                    break
        elif tag not in _EMPTY:
            self._text(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text(data)

    def handle_comment(self, data: str) -> None:
        self._text(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._text(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self._text(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self._text(f"<?{data}>")

    def _text(self, text: str) -> None:
        if self._style is None:
            self._out.append(escape_text(text))
        else:
            self._style.append(text)

    def _end_style(self, *, closed: bool) -> None:
        """Drop a style sheet; one that never ends has swallowed words, which are shown."""
        swallowed, self._style = self._style, None
        if swallowed and not closed:
            self._text("".join(swallowed))

    def _element(self, tag: str, attributes: dict[str, str]) -> tuple[str, str]:
        kept = {name: value for name, value in attributes.items() if name in _ATTRIBUTES}
        if tag == "mark":
            color = _COLOR_CLASSES.get(attributes.get("style", ""), "")
            kept["class"] = f"{kept.get('class', '')} {color}".strip()
        address = self._address(attributes.get("href", "")) if tag == "a" else ""
        if tag == "span" and kept.get("class") == _EVIDENCE:
            address = self._evidence(kept)
            kept = {"class": _EVIDENCE} if address else kept
        if tag == "a" and not address:
            return "", ""
        shown = "a" if address else tag
        kept = {"href": address, **kept} if address else kept
        written = "".join(f' {name}="{escape_text(value)}"' for name, value in kept.items())
        if shown == "table":  # a wide table scrolls in its own box, and by keyboard
            return f'<div class="scroll" tabindex="0"><table{written}>', "</table></div>"
        return f"<{shown}{written}>", f"</{shown}>"

    def _evidence(self, attributes: dict[str, str]) -> str:
        start = attributes.get("data-start", "")
        if self._locate is None or not re.fullmatch(r"[0-9]{1,12}", start):
            return ""
        return self._locate(attributes.get("data-article", ""), int(start))

    def _address(self, href: str) -> str:
        if self._own and _WEB.fullmatch(href):
            return href
        if self._link is not None and not href.startswith("#"):
            href = self._link(href)
        return href if _RELATIVE.fullmatch(href) else ""
