"""Find quotations by their marks: a state machine over one paragraph.

It says where marks open and close, nothing of what the quotation is; `speech` decides that.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Role = Literal["open", "close", "either", "none"]

_OPENING = "“„‟«‹「『〝"
_CLOSING = "”»›」』〞"
_SINGLE = "'‘’‚‛"
_MARK = re.compile(f"``|''|[\"＂{_OPENING}{_CLOSING}{_SINGLE}]")
_ELISIONS = "[Tt]is|[Tt]was|[Tt]ill?|[Ee]m|[Cc]ause|[Nn]|[Bb]out|[Rr]ound"
_ATTRIBUTION = re.compile(
    r",(?= (?:he|she|they|(?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+) (?:said|says|told|tells|added)\b)"
)
_REOPENS = re.compile(rf"\s*['‘‚‛](?!(?:{_ELISIONS})\b)(?=[^\W\d_])")
_BEFORE_OPEN = set("([{—–-―/…|:=>") | set(_OPENING) | set(_SINGLE) | set('"')
_AFTER_CLOSE = set(")]}—–-―/…|,;:!?.*<") | set(_CLOSING) | set(_SINGLE) | set('"')


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: its words (`start`, `end`), the same with marks, and how deep it is nested."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    is_closed: bool


@dataclass(slots=True)
class _Open:
    mark: tuple[int, int]
    is_single: bool


def reopens_single(text: str) -> bool:
    """Say whether a paragraph begins with a single mark, so that one before it may have been left open.

    Parameters
    ----------
    text : str
        One paragraph.

    Returns
    -------
    bool
        False for an apostrophe there ("'Twas", "'90s") and for words that do not begin a sentence.

    Examples
    --------
    >>> [reopens_single(text) for text in ("'We left.", "‘We left,’ he said.", "'Twas late.", "We left.")]
    [True, True, False, False]
    """
    match = _REOPENS.match(text)
    return match is not None and text[match.end()].isupper()


def find_quotations(text: str, *, runs_on: bool = False) -> list[Quotation]:
    r"""Find the quotations of one paragraph, nested ones too.

    Parameters
    ----------
    text : str
        One paragraph; offsets count from its first character.
    runs_on : bool, keyword-only
        Whether the next paragraph begins with a single mark (`reopens_single`): a single mark that opens a
        sentence here and never closes then runs to the end.

    Returns
    -------
    list of Quotation
        In order of their beginning. A double mark that never closes ends before ", she said" or with the
        paragraph; a single mark that never closes is an apostrophe, unless the quotation runs on. Any text
        gives a result; the time grows with its length.

    Notes
    -----
    *Known limits.* A closing mark that is missing in mid-paragraph is only noticed at the next opening
    one. Single marks around words that end in a plural possessive (‘the Smiths’ house’) close at the
    best looking mark.

    Examples
    --------
    >>> text = 'He said "no" and «never».'
    >>> [text[q.start:q.end] for q in find_quotations(text)]
    ['no', 'never']
    """
    marks = [match.span() for match in _MARK.finditer(text)]
    if not marks:
        return []
    roles = [_role(text, start, end) for start, end in marks]
    doubles = _closers_ahead(text, marks, roles, is_single=False)
    singles = _closers_ahead(text, marks, roles, is_single=True)
    found: list[Quotation] = []
    stack: list[_Open] = []
    n_double = 0
    begin = len(text) - len(text.lstrip())
    last_double = max((i for i, mark in enumerate(marks) if not _is_single(text, mark)), default=-1)
    for i, (mark, role) in enumerate(zip(marks, roles, strict=True)):
        is_single = _is_single(text, mark)
        if role == "none":
            continue
        if is_single:
            is_inside = bool(stack) and stack[-1].is_single
            if role in ("close", "either") and is_inside:
                if role == "close" and _is_possessive(text, mark) and (singles[i] > 0 or runs_on):
                    continue  # ‘the Smiths’ house’: a better mark follows
                found.append(_quotation(text, stack.pop().mark, mark, depth=len(stack)))
            elif (
                role == "open"
                and not is_inside
                and (singles[i] > 0 or (runs_on and not stack and _opens_sentence(text, mark[0])))
            ):
                stack.append(_Open(mark, True))
            continue
        if role == "either":
            role = "close" if n_double else "open" if i < last_double else "none"
        if role == "open":
            if n_double and doubles[i] <= n_double and not _is_around(text, stack, mark, begin):
                # fewer closing marks ahead than open ones: the one before was never closed
                n_double -= _close_to(stack, found, text, mark[0], is_closed=False)
            stack.append(_Open(mark, False))
            n_double += 1
        elif role == "close" and n_double:
            while stack[-1].is_single:
                stack.pop()
            found.append(_quotation(text, stack.pop().mark, mark, depth=len(stack)))
            n_double -= 1
    if runs_on and len(stack) == 1 and stack[0].is_single and _opens_sentence(text, stack[0].mark[0]):
        found.append(_quotation(text, stack.pop().mark, (len(text), len(text)), depth=0))
    while stack:
        _close_to(stack, found, text, _end_of_unclosed(text, stack[-1].mark[1]), is_closed=False)
    return sorted((q for q in found if q.start < q.end), key=lambda q: (q.start, -q.end))


def _opens_sentence(text: str, at: int) -> bool:
    """Say whether a single mark opens a sentence that somebody says: "said: 'We left"."""
    before = text[max(0, at - 3) : at].rstrip()
    is_set_off = before[-1:] in (":", ",") if before else at < 3
    return is_set_off and reopens_single(text[at : at + 20])


def _is_around(text: str, stack: list[_Open], mark: tuple[int, int], begin: int) -> bool:
    """Say whether the open mark begins a paragraph in another shape: it goes on around “what is nested”."""
    outer = stack[-1].mark
    is_straight, is_other = text[outer[0]] in '"＂', text[mark[0]] in '"＂'
    return is_straight != is_other and outer[0] == begin and not stack[-1].is_single


def _end_of_unclosed(text: str, start: int) -> int:
    """End a quotation that is never closed before ", she said": else with the paragraph."""
    match = _ATTRIBUTION.search(text, start)
    return match.start() + 1 if match else len(text)


def _close_to(stack: list[_Open], found: list[Quotation], text: str, end: int, *, is_closed: bool) -> int:
    """Close the innermost double mark at `end`; return how many double marks that closed (0 or 1)."""
    last = stack.pop()
    if last.is_single:
        return _close_to(stack, found, text, end, is_closed=is_closed) if stack else 0
    found.append(_quotation(text, last.mark, (end, end), depth=len(stack)))
    return 1


def _quotation(text: str, opened: tuple[int, int], closed: tuple[int, int], *, depth: int) -> Quotation:
    start, end = opened[1], closed[0]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    is_closed = closed[1] > closed[0]
    return Quotation(start, end, opened[0], closed[1] if is_closed else end, depth, is_closed)


def _is_single(text: str, mark: tuple[int, int]) -> bool:
    return mark[1] - mark[0] == 1 and text[mark[0]] in _SINGLE


def _role(text: str, start: int, end: int) -> Role:
    """Say what a mark can be, by its shape and its neighbors."""
    glyph = text[start:end]
    left, right = text[start - 1 : start], text[end : end + 1]
    free_left, free_right = not left or left.isspace(), not right or right.isspace()
    can_open = (free_left or left in _BEFORE_OPEN) and not free_right and right not in ",;:!?)]}"
    can_close = not free_left and (free_right or right in _AFTER_CLOSE)
    if glyph in _SINGLE:
        if left.isalnum() and right.isalnum():
            return "none"  # an apostrophe
        if _is_shortened_and(text, start) or _is_shortened_and(text, start - 2):
            return "none"
        if can_open and not can_close and glyph != "’":
            return "none" if right.isdigit() and text[end + 2 : end + 3] == "s" else "open"  # '90s
        return "close" if can_close and glyph not in "‘‚‛" else "none"
    if glyph == "``" or (glyph in _OPENING and not (can_close and not can_open)):
        return "open"
    if (glyph == "''" and not can_open) or (glyph in _CLOSING and not (can_open and not can_close)):
        return "close"
    if can_open != can_close:
        return "open" if can_open else "close"
    # Hebrew writes abbreviations with a straight mark before the last letter
    is_inside_word = left.isalpha() and unicodedata.bidirectional(left) in ("R", "AL") and right.isalpha()
    return "none" if is_inside_word else "either"


def _is_shortened_and(text: str, at: int) -> bool:
    """Say whether "rock 'n' roll" has its first apostrophe here."""
    return (
        at >= 0 and text[at + 1 : at + 2] in ("n", "N") and {text[at], text[at + 2 : at + 3]} <= set(_SINGLE)
    )


def _closers_ahead(
    text: str, marks: list[tuple[int, int]], roles: list[Role], *, is_single: bool
) -> list[int]:
    """Count, for every mark, the closing marks after it that no later opening mark takes."""
    ahead, unmatched = [0] * len(marks), 0
    for i in range(len(marks) - 1, -1, -1):
        ahead[i] = unmatched
        if _is_single(text, marks[i]) != is_single or roles[i] == "none":
            continue
        if roles[i] == "close":
            unmatched += 1
        elif roles[i] == "open" and unmatched:
            unmatched -= 1
    return ahead


def _is_possessive(text: str, mark: tuple[int, int]) -> bool:
    return (
        text[mark[0] - 1] in "sS" and text[mark[1] : mark[1] + 1] == " " and text[mark[1] + 1 :][:1].islower()
    )
