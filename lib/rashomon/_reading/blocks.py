"""Find the blocks of paragraphs of a file by a score with few parts, each of which can be told.

The main block has the most words, those of a block that uses the words of the title counting for more.
From there a block is kept when what it brings is more than what lies between: its words, as far as its
longer words are the text's too, against a cost of each line to be bridged. So a long report goes on over a
box of links, and the notices at the foot of a page, one under each short line, do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rashomon._reading.marks import LIST_ITEM
from rashomon._reading.page import PROSE, Page

_GAP = 8  # so many lines without a paragraph separate two blocks
_MIN_DENSITY = 0.5  # share of paragraphs among the lines of a second text
_MIN_SHARE = 0.15  # a second text has at least this share of the words of the largest
_PIECE_GAP = 2  # so many lines from one paragraph to the next are no gap inside a block
_MAX_PIECE = 90  # words; a piece that is longer is no notice
_MAX_PIECE_SHARE = 0.25
_MIN_KIN = 0.2  # share of the longer words of a piece that the rest of its block uses too
_NOT_AKIN = 0.2  # what the words of a block count for that says nothing of the title
_LONG_WORD = re.compile(r"\w{5,}")
_KNOWN = 150  # longer words of a text that tell what belongs to it
_FULL_KIN = 0.25  # from which share on all words of a farther block count
_OPENING = frozenset(
    {"teaser_heading", "disclaimer_heading", "agency_credit", "comments_heading", "item_mark", "post_head"}
)
_ITEMS = frozenset({"item_mark", "post_head"})  # each is kept
_MAX_COUNTED = 60  # words of one paragraph: one long notice is no text
_COSTS = {  # words that a line between two blocks must be made up for
    "caption": 0,
    "credit": 0,
    "time_alone": 0,
    "teaser": 2,
    "disclaimer": 8,
    "comments_heading": 40,
    "copyright_sign": 20,
    "disclaimer_heading": 20,
}
_COST = 2.5
_COST_OF_ITEM = 0.5  # of a list

Block = tuple[int, int]


def find_blocks(page: Page) -> list[Block]:
    """Find the blocks of paragraphs; a text too short for paragraphs is one block.

    Parameters
    ----------
    page : Page
        With everything marked that is seen as a whole.

    Returns
    -------
    list of (int, int)
        First and last line of each, in order.

    Examples
    --------
    >>> find_blocks(Page([], [], []))
    []
    """
    blocks = _split(page, page.title)
    if not blocks and page.title >= 0:
        blocks = _split(page, -1)
    if not blocks:
        free = page.free(page.title + 1, len(page.labels)) or page.free(0, len(page.labels))
        text = [i for i in free if not page.shapes[i].heading] or free[-1:]
        return [(text[0], text[-1])] if text else []
    return _keep(page, blocks)


def _split(page: Page, title: int) -> list[list[int]]:
    """Group the paragraphs under the title: few lines between them, and no heading of something else."""
    blocks: list[list[int]] = []
    opens = True
    for i, (zone, reason) in enumerate(page.labels):
        opens = opens or reason in _OPENING
        if (zone not in PROSE and zone != "snippet" and not page.is_prose(i)) or i <= title:
            continue
        if opens or i - blocks[-1][-1] > _GAP:
            blocks.append([])
        blocks[-1].append(i)
        opens = False
    return blocks


def _keep(page: Page, blocks: Sequence[Sequence[int]]) -> list[Block]:
    words = [sum(page.shapes[i].n_words for i in block) for block in blocks]
    main = _choose_main(page, blocks, words)
    kept = {main} | _reach(page, blocks, main, 1) | _reach(page, blocks, main, -1)
    above = 0
    for n, block in enumerate(blocks):
        dense = len(block) > _MIN_DENSITY * (block[-1] - block[0] + 1)
        signed = any(page.zone(i) == "byline" for i in range(above, block[0]))
        is_item = any(page.labels[i][1] in _ITEMS for i in range(above, block[0]))
        if is_item or (words[n] >= _MIN_SHARE * words[main] and signed and dense):
            kept.add(n)
        above = block[-1] + 1
    return [_trim(page, blocks[n]) for n in sorted(kept)]


def _choose_main(page: Page, blocks: Sequence[Sequence[int]], words: Sequence[int]) -> int:
    """Choose the block with most words, each counting for more when the block uses those of the title."""
    title = set(_LONG_WORD.findall(page.lines[page.title].text.casefold())) if page.title >= 0 else set()
    if len(blocks) == 1 or not title:
        return max(range(len(blocks)), key=lambda n: words[n])
    akin = [len(title & _long_words(page, block)) / len(title) for block in blocks]
    return max(range(len(blocks)), key=lambda n: words[n] * (_NOT_AKIN + akin[n]))


def _reach(page: Page, blocks: Sequence[Sequence[int]], main: int, step: int) -> set[int]:
    """Go from the main block up or down as long as what is gained makes up for what is between."""
    reached: set[int] = set()
    waiting: set[int] = set()
    said = _long_words(page, blocks[main]) if len(blocks) > 1 else set()
    balance = 0.0
    n = main + step
    while 0 <= n < len(blocks):
        upper, lower = (blocks[n - 1], blocks[n]) if step > 0 else (blocks[n], blocks[n + 1])
        balance -= sum(_cost_of(page, i) for i in range(upper[-1] + 1, lower[0]))
        block = blocks[n]
        own = set(block)
        saying = _long_words(page, block)
        kin = len(saying & said) / max(len(saying), 1)
        trust = max(
            min(kin / _FULL_KIN, 1.0), 1.0 - len(said) / _KNOWN
        )  # a short text says little of its words
        balance += trust * sum(min(page.shapes[i].n_words, _MAX_COUNTED) for i in block)
        balance -= sum(_cost_of(page, i) for i in range(block[0], block[-1] + 1) if i not in own)
        waiting.add(n)
        if balance > 0:
            reached |= waiting
            said |= saying
            waiting, balance = set(), 0.0
        n += step
    return reached


def _trim(page: Page, block: Sequence[int]) -> Block:
    """Cut off small pieces at the end of a block that have next to no words in common with the rest."""
    pieces = [[block[0]]]
    for before, i in pairwise(block):
        if i - before > _PIECE_GAP:
            pieces.append([])
        pieces[-1].append(i)
    words = [sum(page.shapes[i].n_words for i in piece) for piece in pieces]
    total = sum(words)
    if len(pieces) == 1 or words[-1] >= min(_MAX_PIECE, _MAX_PIECE_SHARE * total):
        return block[0], block[-1]
    said = [_long_words(page, piece) for piece in pieces]
    count = Counter(word for piece in said for word in piece)
    while len(pieces) > 1 and words[-1] < min(_MAX_PIECE, _MAX_PIECE_SHARE * total):
        if sum(count[word] > 1 for word in said[-1]) >= _MIN_KIN * len(said[-1]):
            break
        pieces.pop()
        total -= words.pop()
        count.subtract(said.pop())
    return block[0], pieces[-1][-1]


def _long_words(page: Page, piece: Sequence[int]) -> set[str]:
    return {word for i in piece for word in _LONG_WORD.findall(page.lines[i].text.casefold())}


def _cost_of(page: Page, i: int) -> float:
    if page.is_free(i) and page.shapes[i].stops and page.shapes[i].n_words >= 3:
        return 0.0  # a short sentence of the text
    if page.is_free(i) and LIST_ITEM.match(page.lines[i].text):
        return _COST_OF_ITEM
    zone, reason = page.labels[i]
    return _COSTS.get(reason, _COSTS.get(zone, _COST))
