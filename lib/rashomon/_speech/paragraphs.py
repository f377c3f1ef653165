"""Paragraphs as they are read for speech: marks, tokens, sentences, and what quotations look like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rashomon._speech.phrases import Span, Token, is_abbreviation_point, tokenize
from rashomon._speech.quotes import Quotation, find_quotations
from rashomon.normalize import Normalized, normalize

MAX_UNIT = 300  # tokens read together as one sentence; bounds the time a page without stops can take
_MARKS = "\"“”„‟«»‹›「」『』'‘’` "


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of an article, read: its text, marks, tokens, and its sentences as token spans."""

    start: int
    zone: str
    part_id: int
    sentences: tuple[tuple[int, int, int], ...]  # start, end, sentence_id; offsets in the article
    normalized: Normalized
    quotations: tuple[Quotation, ...]
    tokens: tuple[Token, ...]
    units: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The text to analyze; `raw_span` brings its offsets back."""
        return self.normalized.text

    def raw_span(self, start: int, end: int) -> Span:
        """Bring a span of `text` back to the raw text of the article."""
        if not self.normalized.repairs:
            return self.start + start, self.start + end
        first, last = self.normalized.to_raw(start, end)
        return self.start + first, self.start + last

    def chars(self, span: Span) -> Span:
        """Give the characters of `text` that a span of tokens covers."""
        return self.tokens[span[0]].start, self.tokens[span[1] - 1].end


def read_paragraph(
    text: str,
    start: int,
    sentences: tuple[tuple[int, int, int], ...],
    zone: str,
    part_id: int,
    *,
    runs_on: bool = False,
) -> Paragraph:
    """Read one line into tokens and sentences.

    Parameters
    ----------
    text : str
        The line as written.
    start : int
        Where it begins in the article.
    sentences : tuple of (start, end, sentence_id)
        Its sentences, with offsets in the article.
    zone : str
        What the line is.
    part_id : int
        The part it belongs to.
    runs_on : bool, keyword-only
        Whether the next line begins with a single quotation mark, as `find_quotations` takes it.

    Returns
    -------
    Paragraph
        No sentence of it ends inside a quotation or is longer than `MAX_UNIT` tokens.
    """
    normalized = normalize(text)
    quotations = tuple(find_quotations(normalized.text, runs_on=runs_on))
    tokens = tuple(tokenize(normalized.text, quotations))
    begins = _token_bounds(tokens, normalized, [at - start for at, _, _ in sentences[1:]])
    marked = [k for k, token in enumerate(tokens) if token.kind == "quote"] if quotations else []
    stops = (k for k in marked if k and tokens[k - 1].text in ".!?")
    bounds = sorted({*begins, *stops, 0, len(tokens)})
    units: list[Span] = []
    for first, last in pairwise(bounds):
        while last - first > MAX_UNIT:  # no sentence: a list, or a page without stops
            units.append((first, first + MAX_UNIT))
            first += MAX_UNIT
        is_short = bool(units) and last - units[-1][0] <= MAX_UNIT
        goes_on = tokens[first].text[:1].islower() or tokens[first].text in ",;–—.)"
        if is_short and (goes_on or is_abbreviation_point(tokens, first - 1)):
            units[-1] = (units[-1][0], last)  # “Why?” he asked; Ms. Gray
        else:
            units.append((first, last))
    return Paragraph(start, zone, part_id, sentences, normalized, quotations, tokens, tuple(units))


def inside_of(paragraph: Paragraph, span: Span, nested: tuple[Quotation, ...]) -> Paragraph:
    """Read the words inside a quotation as if they were a paragraph.

    Parameters
    ----------
    paragraph : Paragraph
        The paragraph.
    span : tuple of int
        The quotation, in characters of its text.
    nested : tuple of Quotation
        The quotations inside it.

    Returns
    -------
    Paragraph
        The same text and offsets, but only the tokens inside; a full stop ends a sentence.
    """
    tokens = tuple(tokenize(paragraph.text, nested, span))
    ends = [
        k + 1
        for k, token in enumerate(tokens[:-1])
        if token.text in ".!?" and tokens[k + 1].text[:1].isupper() and not is_abbreviation_point(tokens, k)
    ]
    units = tuple(
        (first + shift, min(last, first + shift + MAX_UNIT))
        for first, last in pairwise([0, *ends, len(tokens)])
        for shift in range(0, last - first, MAX_UNIT)
    )
    return replace(paragraph, quotations=nested, tokens=tokens, units=units)


def _token_bounds(tokens: Sequence[Token], normalized: Normalized, starts: Sequence[int]) -> Iterator[int]:
    """Give the tokens at which sentences begin; one that begins inside a quotation is passed over."""
    if not starts:
        return
    is_same = not normalized.repairs
    spans = [(t.start, t.end) if is_same else normalized.to_raw(t.start, t.end) for t in tokens]
    for at in starts:
        k = bisect_left(spans, (at, 0))
        if not k or tokens[k - 1].kind != "quote" or at + 1 >= spans[k - 1][1]:
            yield k
        elif at <= spans[k - 1][0] + 2:
            yield k - 1  # within its opening mark


def n_words_in(token: Token) -> int:
    """Count the words of a quotation.

    Parameters
    ----------
    token : Token
        Of kind "quote".

    Returns
    -------
    int
        Words between its marks.
    """
    return len(token.text.strip(_MARKS).split())


def is_sentence(tokens: Sequence[Token], k: int) -> bool:
    """Say whether a quotation is a sentence of its own, not a piece of the narrator's.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    k : int
        The quotation.

    Returns
    -------
    bool
        True when it begins with a capital where a sentence can begin, and looks finished or is long.
    """
    text = tokens[k].text.strip(_MARKS)
    first = next((c for c in text if c.isalpha()), "")
    is_set_off = k == 0 or tokens[k - 1].kind != "word" or tokens[k - 1].lower in ("said", "says")
    return first.isupper() and is_set_off and (text[-1:] in ",.!?…—–" or len(text.split()) > 3)


def is_title(tokens: Sequence[Token], k: int) -> bool:
    """Say whether a quotation is the name of a work, by its capitals.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    k : int
        The quotation.

    Returns
    -------
    bool
        True when all its longer words are capitalized, unless it ends as a sentence and no word near
        it ("book", "song") says that it is a work.
    """
    text = tokens[k].text.strip(_MARKS)
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    long = [word for word in words if len(word) > 3]
    if len(words) < 2 or not long or not all(word[0].isupper() for word in [words[0], *long]):
        return False
    n_capitals = sum(word[0].isupper() for word in words)
    return is_work_near(tokens, k) or text[-1] not in ".!?…" or (text[-1] == "." and n_capitals > 2)


def is_work_near(tokens: Sequence[Token], k: int) -> bool:
    """Say whether a word near a quotation announces the name of a work ("book", "song").

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    k : int
        The quotation.

    Returns
    -------
    bool
        True for such a word within two words of it.
    """
    return any("work" in token.classes for token in tokens[max(0, k - 3) : k + 3])


def is_imagined(paragraph: Paragraph, k: int) -> bool:
    """Say whether the sentence, or the one before it, asks to imagine ("Imagine passing …").

    Parameters
    ----------
    paragraph : Paragraph
        The paragraph.
    k : int
        A quotation in it.

    Returns
    -------
    bool
        True when one of the two begins with such a word.
    """
    tokens = paragraph.tokens
    n = bisect_left(paragraph.units, (k + 1, 0)) - 1
    for first, last in paragraph.units[max(0, n - 1) : n + 1]:
        word = next((token for token in paragraph.tokens[first:last] if token.kind == "word"), None)
        if word is not None and "imagined" in word.classes:
            return True
        if any("imagined" in tokens[i].classes and _is_thought(tokens, i) for i in range(first + 1, last)):
            return True
    return False


def _is_thought(tokens: Sequence[Token], i: int) -> bool:
    """Say whether "you can picture", "one imagines" stands here, not "in the picture"."""
    return bool(tokens[i - 1].classes & {"modal", "pronoun", "generic"})
