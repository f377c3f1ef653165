"""Choose the lines of a page that are its article: by trafilatura, the page's data, and their neighbors."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rashomon._formats.page_alignment import align_lines, squeeze
from rashomon._formats.page_lines import PageLine
from rashomon._formats.page_markup import class_words, names_of

MAX_EXTRACTED_LENGTH = 500_000  # characters shown; on a larger page the densest block is the article
MAX_EXTRACTED_LINES = 20_000
MAX_EXTRACTED_ELEMENTS = 40_000
MAX_EXTRACTED_DEPTH = 200

_INLINE = frozenset({"hi", "ref", "del"})  # of trafilatura's own vocabulary
_MIN_SHARE_FOUND = 0.3  # a text that the lines hold less of stands somewhere else in the page
_MIN_DATA = 200  # letters and digits; a shorter text in the data is a summary
_MIN_DATA_SHOWN = 0.5
_COMPLETE, _MAX_AFTER = (
    0.9,
    0.2,
)  # share of the data that is shown; share of it that can be an appendix to drop
_MAX_LINKED = 0.3
_MIN_PROSE = 8  # words
_MANY_LETTERS, _FEW_LETTERS = 40, 8  # of a sentence without spaces, as in Chinese; of the shortest sentence
_LOOKED_AT = 200  # characters
_SENTENCE_END = re.compile(r"[.!?…:。！？।؟][\"'”’»)\]]*$")
_CUT = re.compile(r"(?:\.\.\.|…)\W*$")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MISSED = 3  # a block of so many times the text found is the article that was missed
_MAX_BLOCKS = 20  # containers, the largest first
_LISTS = frozenset({"blockquote", "ol", "ul", "dl"})
_LOGGER = logging.getLogger("trafilatura")
_LOGGER.addHandler(logging.NullHandler())  # what it discards is said by our own reject


def is_sentence(text: str) -> bool:
    """Tell whether a line can be prose of an article, however short.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_sentence("The ferry sank."), is_sentence("Read more")
    (True, False)
    """
    n_letters = len(squeeze(text[:_LOOKED_AT]))  # enough to tell, however long the line is
    if n_letters >= _MANY_LETTERS or len(text[:_LOOKED_AT].split()) >= _MIN_PROSE:
        return True
    return n_letters >= _FEW_LETTERS and bool(_SENTENCE_END.search(text[-8:]))


def choose_lines(root: Any, lines: Sequence[PageLine], article_body: str) -> tuple[dict[int, str], list[str]]:
    """Choose the lines that are the article.

    Parameters
    ----------
    root : lxml element
        The page.
    lines : sequence of PageLine
        As rendered.
    article_body : str
        The article as the page's data for search engines (JSON-LD) states it; may be empty.

    Returns
    -------
    chosen : dict of int to str
        Place of each line, and the named reason.
    unseen : list of str
        Paragraphs of the article that only the data holds; empty when the lines are all of it.

    Examples
    --------
    >>> from rashomon._formats.page_lines import render_lines
    >>> from rashomon._formats.page_markup import parse_page
    >>> root = parse_page("<nav>Home</nav><p>The ferry sank on Monday, and all its crew got home.</p>")
    >>> choose_lines(root, render_lines(root), "")
    ({1: 'main_text'}, [])
    """
    hidden = frozenset(i for i, line in enumerate(lines) if line.is_hidden)
    chunks = _extract(root, lines)
    squeezed = [squeeze(line.text) for line in lines] if chunks or article_body else []
    found, share = align_lines(squeezed, [squeeze(chunk) for chunk in chunks], hidden=hidden)
    chosen = dict.fromkeys((i for i in sorted(found) if not lines[i].is_chrome), "main_text")
    data = [paragraph for line in article_body.split("\n") if (paragraph := " ".join(line.split()))]
    unseen: list[str] = []
    if sum(map(len, data)) >= _MIN_DATA:
        unseen = _compare_with_data(chosen, lines, squeezed, data, hidden)
    elif share < _MIN_SHARE_FOUND and sum(map(len, chunks)) >= _MIN_DATA:
        unseen = chunks
    if not unseen:
        chosen = _add_missed(chosen, root, lines)
        _add_between(chosen, lines)
    return dict(sorted(chosen.items())), unseen


def _add_missed(chosen: dict[int, str], root: Any, lines: Sequence[PageLine]) -> dict[int, str]:
    """Add the block that is so much larger than the text found that it is the article."""
    n_chosen = sum(
        len(lines[i].text) for i in chosen if is_sentence(lines[i].text) and lines[i].link_share < 0.5
    )
    blocks = {"article_body": _marked_block(root, lines), "densest_block": _densest_block(lines)}
    for reason, block in blocks.items():
        if sum(len(lines[i].text) for i in block) > _MISSED * n_chosen:
            return dict.fromkeys(block, reason) | (chosen if n_chosen else {})
    return chosen


def _extract(root: Any, lines: Sequence[PageLine]) -> list[str]:
    """Give the pieces of text that trafilatura keeps; none when it finds none, or the page is too large."""
    from lxml import etree
    from trafilatura import bare_extraction

    n_characters = sum(len(line.text) for line in lines)
    if n_characters > MAX_EXTRACTED_LENGTH or len(lines) > MAX_EXTRACTED_LINES:
        return []
    n_elements, depth = _size_of(root)
    if n_elements > MAX_EXTRACTED_ELEMENTS or depth > MAX_EXTRACTED_DEPTH:
        return []
    try:
        document = bare_extraction(root, include_comments=False, include_tables=True, deduplicate=False)
    except (
        etree.LxmlError,
        AttributeError,
        ArithmeticError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return []  # a fault in it on broken markup; the densest block remains
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    pieces: list[list[str]] = [[]]
    for event, element in etree.iterwalk(document.body, events=("start", "end")):
        if element.tag not in _INLINE:
            pieces.append([])
        text = element.text if event == "start" else element.tail
        if text:
            pieces[-1].append(text)
    return [text for piece in pieces if (text := " ".join("".join(piece).split()))]


def _size_of(root: Any) -> tuple[int, int]:
    """Count the elements of a page, and how deep they stand in each other."""
    from lxml import etree

    n_elements = depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        n_elements += event == "start"
        deepest = max(deepest, depth)
    return n_elements, deepest


def _compare_with_data(
    chosen: dict[int, str],
    lines: Sequence[PageLine],
    squeezed: Sequence[str],
    data: Sequence[str],
    hidden: frozenset[int],
) -> list[str]:
    """Add the lines that the page's data call the article; give the paragraphs that are on no line."""
    pieces = [squeeze(paragraph) for paragraph in data]
    stated, share = align_lines(squeezed, pieces, hidden=hidden)
    if share < _MIN_DATA_SHOWN:
        n_chosen = sum(len(squeezed[i]) for i in chosen)
        if n_chosen >= _MIN_DATA_SHOWN * sum(map(len, pieces)):
            return []  # the data hold another text
        shown = "".join(squeezed[i] for i in sorted(stated))
        return [text for text, piece in zip(data, pieces, strict=True) if piece and piece not in shown]
    for i in stated:
        if len(squeezed[i]) >= _MIN_PROSE and i not in chosen:
            chosen[i] = "json_ld_text"
    if share >= _COMPLETE and _SENTENCE_END.search(data[-1]) and not _CUT.search(data[-1]):
        _drop_after(max(stated), chosen, squeezed, n_stated=sum(len(squeezed[i]) for i in stated))
    return []


def _drop_after(last: int, chosen: dict[int, str], squeezed: Sequence[str], *, n_stated: int) -> None:
    """Drop what stands after the end of the article as the data state it whole, if it is little."""
    after = [i for i in chosen if i > last]
    if sum(len(squeezed[i]) for i in after) <= _MAX_AFTER * n_stated:
        for i in after:
            del chosen[i]


def _add_between(chosen: dict[int, str], lines: Sequence[PageLine]) -> None:
    """Add the paragraphs and headings that stand between two chosen paragraphs of one container."""
    holders = {i: _holder_of(lines[i]) for i in chosen}
    first_of: dict[Any, int] = {}
    last_of: dict[Any, int] = {}
    for i in sorted(chosen):
        first_of.setdefault(holders[i], i)
        last_of[holders[i]] = i
    for holder, first in first_of.items():
        for i in range(first + 1, last_of[holder]):
            line = lines[i]
            if i in chosen or line.is_hidden:
                continue
            if i - 1 in chosen and lines[i - 1].block is line.block and _goes_on(i, chosen, lines):
                chosen[i] = "between_main_text"
            if line.link_share > _MAX_LINKED or _holder_of(line) is not holder:
                continue
            is_heading = line.block.tag in _HEADINGS and i + 1 in chosen
            if (is_heading or _is_paragraph(line)) and class_words("side").isdisjoint(names_of(line.block)):
                chosen[i] = "between_main_text"


def _goes_on(i: int, chosen: dict[int, str], lines: Sequence[PageLine]) -> bool:
    """Tell whether the block of a line, broken into lines by <br> or as code, has a chosen line after it."""
    after = i + 1
    while after < len(lines) and after not in chosen and lines[after].block is lines[i].block:
        after += 1
    return after in chosen and lines[after].block is lines[i].block


def _holder_of(line: PageLine) -> Any:
    """Give the element that a line's paragraph, its list, or a wrapper of it alone is a direct part of."""
    element = line.block
    parent = element.getparent()
    while parent is not None and parent.getparent() is not None:
        is_alone = element.getprevious() is None and element.getnext() is None
        is_wrapper = parent.tag in _LISTS or is_alone
        if not is_wrapper or not class_words("side").isdisjoint(names_of(parent)):
            break
        element, parent = parent, parent.getparent()
    return parent


def _is_paragraph(line: PageLine) -> bool:
    return (
        line.block.tag in {"p", "li", "blockquote"}
        and len(line.text[:_LOOKED_AT].split()) >= _MIN_PROSE
        and bool(_SENTENCE_END.search(line.text[-8:]))
    )


def _marked_block(root: Any, lines: Sequence[PageLine]) -> list[int]:
    """Find the paragraphs in the one element that the page itself marks as the body of the article."""
    marked = root.xpath("//*[contains(@itemprop, 'articleBody') and not(self::meta)]")
    inside = set(marked[0].iter()) if len(marked) == 1 else set()
    return [i for i, line in enumerate(lines) if line.block in inside and _is_prose(line)]


def _densest_block(lines: Sequence[PageLine]) -> list[int]:
    """Find the paragraphs of the container with most prose, readers' comments apart."""
    n_lines = Counter(line.block for line in lines)
    prose: dict[Any, list[int]] = {}
    for i, line in enumerate(lines):
        if _is_prose(line):
            prose.setdefault(line.block if n_lines[line.block] > 1 else _holder_of(line), []).append(i)
    blocks = sorted(prose.items(), key=lambda block: (-sum(len(lines[i].text) for i in block[1]), block[1]))
    for holder, found in blocks[:_MAX_BLOCKS]:
        around = [each for each in (holder, *holder.iterancestors()) if each.tag not in {"body", "html"}]
        if not any(names_of(each) & class_words("promotion") for each in around):
            return found
    return []


def _is_prose(line: PageLine) -> bool:
    is_shown = not line.is_hidden and not line.is_chrome
    return is_shown and line.link_share <= _MAX_LINKED and is_sentence(line.text)
