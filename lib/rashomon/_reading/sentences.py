"""Split lines into sentences that tile them, and say which break off."""

from __future__ import annotations

import re
from itertools import pairwise

# A heading or a label stands for one sentence, whatever points are in it.
_ONE_PIECE = frozenset({"headline", "section_heading", "byline", "date_line", "credit"})
_CUT_OFF = re.compile(r"(?:\.\.\.|…)[\"'”’)\]]*$")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_MAX_QUOTATION = 10_000  # characters; marks farther apart enclose no quotation
# These begin with one set of characters, so that `re` scans for it and does not try at every place.
_POINT_INSIDE = re.compile(r"[.!?…](?:[\"'”’)]*\s|(?<=\w[.!?])[A-Z])")
_MARK = re.compile(r"[“«\"(‘']")
_OPENING = re.compile(r"[“«\"(‘'](?<!\w[‘'])")
_ENCLOSED = re.compile(
    r"“[^“”]*(?:”|$)|«[^«»]*»|\"[^\"]*\"|\([^()]*\)|(?<!\w)[‘'](?=\S)[^\n]*?[.,!?…][’'](?=[\s)\]]|$)"
)


def split_sentences(text: str, *, zone: str = "body") -> list[tuple[int, int]]:
    r"""Split one line into sentences.

    Parameters
    ----------
    text : str
        A line, without line ends.
    zone : str
        Its zone; a headline, a section heading, a by-line, a date line or a credit is one sentence.

    Returns
    -------
    list of (start, end)
        Half-open spans in order, without the spaces around them; together they hold every other character.

    References
    ----------
    sentencex, Wikimedia Foundation: the rules for abbreviations and ends of sentences.

    Examples
    --------
    >>> text = 'Rep. Choo left at 7 p.m. on Monday. He said: "We go. You stay."'
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Rep. Choo left at 7 p.m. on Monday.', 'He said: "We go.', 'You stay."']
    """
    cuts = [0, len(text)] if zone in _ONE_PIECE else _find_cuts(text)
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        stripped = piece.strip()
        if not stripped:
            continue
        first = start + len(piece) - len(piece.lstrip())
        if spans and not (stripped[0].isalnum() or any(map(str.isalnum, stripped))):
            spans[-1] = (spans[-1][0], first + len(stripped))  # a bracket or mark that closes what was said
        else:
            spans.append((first, first + len(stripped)))
    return spans


def _find_cuts(text: str) -> list[int]:
    if not _POINT_INSIDE.search(text):
        # One sentence, but for the credit that sentencex and readers set apart: "…in June.© AGENCY".
        return (
            [0, len(text)]
            if "©" not in text
            else [0, *(m.start() for m in re.finditer("©", text)), len(text)]
        )
    cuts, at = [0], 0
    has_marks = _MARK.search(text) is not None
    for piece in _segment(text):
        if has_marks:
            cuts += [at + cut for cut in _cuts_inside_marks(piece)]
        at += len(piece)
        cuts.append(at)
    return cuts


def _segment(text: str) -> list[str]:
    from sentencex import segment

    pieces: list[str] = segment("en", text)
    return pieces if "".join(pieces) == text else [text]


def _cuts_inside_marks(piece: str) -> list[int]:
    """Cut inside quotation marks and brackets too; sentencex keeps what they enclose in one piece."""
    if not (_OPENING.search(piece) and _POINT_INSIDE.search(piece)):
        return []
    if piece.count('"') % 2 or len(piece) > _MAX_QUOTATION:
        return []
    cuts = []
    for match in _ENCLOSED.finditer(piece):
        if _POINT_INSIDE.search(match[0]):
            at = match.start() + 1
            for inner in _segment(match[0][1:])[:-1]:
                at += len(inner)
                cuts.append(at)
        closed = match[0][-1:] == ")" and match.start() == 0 and match[0][-2:-1] in '.!?…”"'
        if closed and re.match(r"\s+[A-Z“\"]", piece[match.end() :]):
            cuts.append(match.end())
    return cuts


def is_truncated(text: str, *, zone: str) -> bool:
    """Say whether a sentence was cut off: a teaser in an ellipsis, a snippet there or in mid-sentence.

    Parameters
    ----------
    text : str
        A sentence.
    zone : str
        Its zone. Only snippets and teasers are cut off by others; an author's own "…" is no truncation.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_truncated("with plans to send up ...", zone="snippet"), is_truncated("Well …", zone="body")
    (True, False)
    """
    if zone not in ("snippet", "teaser"):
        return False
    tail = text[-8:]
    return bool(_CUT_OFF.search(tail)) or (zone == "snippet" and not _ENDED.search(tail))
