"""Find what is reported: where a content begins and ends, before or after the reporting verb."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._speech.cues import Cue, is_cue
from rashomon._speech.ends import content_end, is_finite
from rashomon._speech.phrases import Span, Token, is_abbreviation_point, words_of

_ASKS = frozenset(["how", "why", "what", "who", "where"])
_NOT_FINITE = frozenset(["be", "been", "being", "having"])
_MUST_FOLLOW = {"at": ("least", "most"), "as": ("many", "much", "few", "little")}
_APART = frozenset(["later", "ago", "before", "after"])
_FEELINGS = frozenset(["fear_noun", "doubt_noun"])


def content_before(tokens: Sequence[Token], first: int, end: int) -> Span | None:
    """Find what stands before ", X said": the sentence so far, if it is more than an opening phrase.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    first, end : int
        First token of the sentence, and the first of the reporting words.

    Returns
    -------
    tuple of int or None
        The content; None when there is none before.
    """
    if end <= first:
        return None
    if tokens[end - 1].kind == "quote":
        colon = end - 2 > first and tokens[end - 2].text == ":"  # "Gray scolded him: “…,” she said"
        return (end - 1 if colon else first), end
    if tokens[end - 1].text not in ",–—?!":
        return None
    stop = end - 1
    if any(token.kind == "quote" for token in tokens[first:stop]):
        return first, stop
    for k in range(stop - 2, first, -1):
        if tokens[k].text == ";" and any(is_cue(token) for token in tokens[first:k]):
            first = k + 1  # "The council denied it; money was lost, Gray said"
            break
    opening = tokens[first]
    is_opening = (
        opening.classes & {"preposition", "boundary", "adverb", "time"}
        or opening.is_manner
        or opening.lower.endswith("ing")
    )
    n_words = sum(token.kind == "word" for token in tokens[first:stop])
    is_opening = is_opening and n_words < 8 and not _is_clause(tokens, first, stop)
    return None if n_words < 2 or is_opening else (first, stop)


def _is_clause(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Say whether "In May it was closed", "About 40 houses burned" stands here, not "In a speech to all"."""
    follow = _MUST_FOLLOW.get(tokens[first].lower, ())
    if "about_number" in tokens[first].classes and (not follow or tokens[first + 1].lower in follow):
        for k in range(first + 1, min(first + 4, stop - 1)):
            if _is_number(tokens[k]):
                return not any("time" in t.classes or t.lower in _APART for t in tokens[k + 1 : k + 3])
    if "subordinator" in tokens[first].classes:
        return False  # "After the bridge was closed, Gray said"
    for k in range(first, stop):
        if tokens[k].classes & {"boundary", "subordinator"}:
            return False
        if "auxiliary" in tokens[k].classes and tokens[k].lower not in _NOT_FINITE:
            return k > first + 1 and tokens[k - 1].lower != "to"
    return False


def _is_number(token: Token) -> bool:
    """Say whether "40", "forty-two", "half", "two-thirds" stands here."""
    begins = token.lower.split("-")[0]
    return begins[:1].isdigit() or begins in words_of("number") or begins in words_of("share")


def content_after(tokens: Sequence[Token], start: int, last: int, cue: Cue) -> Span | None:
    """Find what is reported after the cue: past whom it is told to, when and where, and "that".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    start, last : int
        First token after the cue, and last + 1 token of the sentence.
    cue : Cue
        Its frames say what may follow.

    Returns
    -------
    tuple of int or None
        The content; None when what follows is none.
    """
    if start >= last:
        return None
    if "silence" in cue.frames:  # "declined to comment", "refrained from confirming"
        verb = start + (tokens[start].lower == "to")
        if verb >= last or not ("speaks" in tokens[verb].classes or is_cue(tokens[verb])):
            return None
        return verb, last
    that = find_that(tokens, start, last)
    if that is not None:
        return (that + 1, content_end(tokens, that + 1, last)) if that + 1 < last else None
    last = content_end(tokens, start, last)
    if "to" in cue.frames and is_infinitive(tokens, start, last, is_told="clause" in cue.frames):
        return start, last
    at = start
    if "person" in cue.frames:
        at = _skip_addressee(tokens, at, last)
    at = _skip_circumstances(tokens, at, last)
    while at < last and tokens[at].text in ",:–—":
        at = _skip_circumstances(tokens, at + 1, last)
    if at >= last:
        return None
    if tokens[at].kind == "quote" or tokens[at - 1].text == ":":
        return at, last
    if "naming" in cue.frames:
        return start, last
    if "object" in cue.frames:
        if all(token.classes & {"time", "adverb"} or token.is_manner for token in tokens[start:at]):
            start = at  # "revealed Tuesday the plan"
        return _content_object(tokens, start, last, cue)
    if "clause" in cue.frames and tokens[at].kind == "word" and tokens[at - 1].text not in ",–—":
        is_loose = (
            "preposition" in tokens[at].classes and at == start and "circumstance" not in tokens[at].classes
        )
        is_when = "when_said" in tokens[at].classes and cue.stance != "declines"
        if not is_loose and not is_when:
            return at, last
    has_quote = any(token.kind == "quote" for token in tokens[at:last])
    return (start, last) if has_quote else None


def is_infinitive(tokens: Sequence[Token], start: int, last: int, *, is_told: bool) -> bool:
    """Say whether "(him) to leave" follows; after "told the council the plan to sell …" it does not.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    start, last : int
        First token after the cue, and last + 1 token of the sentence.
    is_told : bool, keyword-only
        Whether a clause may follow too, so that only one phrase may stand before "to".

    Returns
    -------
    bool
        False for "not to be named".
    """
    n_determiners = 0
    if start < last and tokens[start].lower == "not":
        return False  # "asked not to be named"
    for token in tokens[start : min(start + 8, last)]:
        if token.lower == "to":
            return True
        n_determiners += "determiner" in token.classes
        if token.kind != "word" or "auxiliary" in token.classes or n_determiners > 1 + (not is_told):
            return False
    return False


def names_something(tokens: Sequence[Token], start: int, last: int) -> bool:
    """Say whether "the plan a farce", "him as a liar" follows.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    start, last : int
        First token after the cue, and last + 1 token of the sentence.

    Returns
    -------
    bool
        False for "(called) for help", "(called) her the next day", and where only marks follow.
    """
    if start >= last or tokens[start].kind != "word" or "preposition" in tokens[start].classes:
        return False
    for k in range(start + 1, min(start + 12, last - 1)):
        token = tokens[k]
        if token.lower == "as":
            return True
        if token.lower in ("a", "an") and "preposition" not in tokens[k - 1].classes:
            return "time" not in tokens[k + 1].classes
        if token.kind == "mark" or token.classes & {"auxiliary", "boundary"}:
            return False
    return False


def _content_object(tokens: Sequence[Token], start: int, last: int, cue: Cue) -> Span | None:
    """Take the phrase after "denied", "warned of", "accused X of"."""
    if tokens[start].kind == "quote":
        return start, last
    if (
        tokens[start].lower in ("in", "at", "during", "by", "after", "to", "as")
        or tokens[start].kind == "mark"
    ):
        return None
    if cue.lemma == "accuse":
        of = next((k for k in range(start, min(start + 10, last)) if tokens[k].lower == "of"), start)
        return (of + 1, last) if start < of < last - 1 else None
    feeling = next((k for k in range(start, min(start + 3, last)) if tokens[k].classes & _FEELINGS), -1)
    if 0 <= feeling < last - 2 and tokens[feeling + 1].lower in ("over", "about", "at", "for", "regarding"):
        return feeling + 2, last  # "voiced concern over the deal"
    start += tokens[start].lower in ("of", "on", "about", "against", "over", "for")
    return start, content_end(tokens, start, last, is_phrase=True)


def find_that(tokens: Sequence[Token], start: int, last: int) -> int | None:
    """Find the "that" which opens the content, past an addressee or a time: "told CNN on Friday that".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    start, last : int
        First token after the cue, and last + 1 token of the sentence.

    Returns
    -------
    int or None
        Its place; None when a clause, a verb or a quotation stands before it.
    """
    for k in range(start, min(last, start + 14)):
        token = tokens[k]
        if token.lower in ("that", "whether"):
            is_relative = k > start and k + 1 < last and is_finite(tokens, k + 1)
            return None if is_relative else k  # "revealed a plan that could fail"
        if token.lower in _ASKS and (k == start or token.lower in ("how", "why")) and k + 2 < last:
            return k - 1  # "asked how it fell": the word itself is said
        if token.lower == "if" and k == start and tokens[k - 1].lower[:3] in ("ask", "won", "inq", "kno"):
            return k
        is_clause = "auxiliary" in token.classes or "pronoun" in token.classes
        is_verb = (
            k > start
            and tokens[k - 1].is_capital
            and token.kind == "word"
            and not (token.is_capital or token.classes or (k + 1 < last and tokens[k + 1].is_capital))
        )
        is_verb = is_verb or (
            k > start and is_cue(token) and not token.is_capital and tokens[k - 1].lower != "without"
        )
        if is_clause or is_verb or token.kind == "quote" or token.text in ":;":
            return None
        if "boundary" in token.classes and token.lower != "and":
            return None
    return None


def _skip_addressee(tokens: Sequence[Token], at: int, last: int) -> int:
    if tokens[at].kind != "word":
        return at
    if "addressee" in tokens[at].classes:
        return at + 1
    end = at + ("determiner" in tokens[at].classes)
    while end < last and (tokens[end].is_capital or (is_abbreviation_point(tokens, end) and end + 1 < last)):
        end += 1
    if end == at or not tokens[end - 1].is_capital:
        end = min(end + 1, last)
    while end < last and tokens[end].lower in ("of", "at", "in", "from") and end + 1 < last:
        end += 2
    return end


def _skip_circumstances(tokens: Sequence[Token], at: int, last: int) -> int:
    """Skip when, where and to whom: "to reporters", "in a statement", "on Tuesday", "earlier this week"."""
    while at < last:
        token = tokens[at]
        if token.classes & {"time", "adverb"} or token.is_manner:
            at += 1
            continue
        if "determiner" in token.classes and at + 1 < last and "time" in tokens[at + 1].classes:
            at += 2  # "this week"
            continue
        if "circumstance" not in token.classes or at + 1 >= last:
            return at
        end = at + 1 + ("determiner" in tokens[at + 1].classes)
        while end < last and end - at < 8 and tokens[end].kind == "word":
            if tokens[end].classes & {"boundary", "preposition", "determiner", "pronoun", "auxiliary"}:
                break
            end += 1
        is_whole = end >= last or tokens[end].kind != "word" or "preposition" in tokens[end].classes
        is_whole = is_whole or "time" in tokens[end - 1].classes  # "on Monday the bridge was closed"
        if not is_whole or end - at < 2:
            return at
        at = end
    return at


def after_when(tokens: Sequence[Token], at: int, last: int) -> int:
    """Step over when it was said: "months ago", "on Monday", "sharply".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    at, last : int
        First token after the cue, and last + 1 token of the sentence.

    Returns
    -------
    int
        The first token after it.
    """
    while at < last and (tokens[at].classes & {"time", "adverb"} or tokens[at].is_manner):
        at += 1
    return at


def is_circumstance(tokens: Sequence[Token], at: int, last: int, cue: Cue) -> bool:
    """Say whether nothing but whom, when and where stands from `at` to the end.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    at, last : int
        First token after the cue, and last + 1 token of the sentence.
    cue : Cue
        Its frames say whether it is told to somebody.

    Returns
    -------
    bool
        True too when only an aside, or a clause of its own after a semicolon, follows that.
    """
    at = after_circumstances(tokens, at, last, cue)
    return at >= last or tokens[at].text == ";" or (tokens[at].text == "," and is_aside(tokens, at + 1, last))


def after_circumstances(tokens: Sequence[Token], at: int, last: int, cue: Cue) -> int:
    """Step over whom it is told to, when and where.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    at, last : int
        First token after the cue, and last + 1 token of the sentence.
    cue : Cue
        Its frames say whether it is told to somebody.

    Returns
    -------
    int
        The first token after them.
    """
    if "person" in cue.frames and at < last:
        at = _skip_addressee(tokens, at, last)
    return _skip_circumstances(tokens, at, last)


def is_aside(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Say whether what follows ", X said," is about the saying: "referring to", "a lawyer".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    at, last : int
        First token after the comma, and last + 1 token of the sentence.

    Returns
    -------
    bool
        False when a quotation follows: the speaker goes on.
    """
    if at >= last:
        return True
    if any(token.kind == "quote" for token in tokens[at:last]):
        return False
    if tokens[at].lower in ("and", "but", "because", "since", "until", "if", "unless") and at + 1 < last:
        follows = tokens[at + 1]
        has_subject = follows.classes & {"determiner", "pronoun"} or follows.is_capital
        if has_subject and not any(is_cue(token) for token in tokens[at:last]):
            return False  # "Taxes fell, the agency said, and those of the poor rose": all of it is said
    is_linked = tokens[at].classes & {"boundary", "preposition", "determiner"} or tokens[at].lower.endswith(
        "ing"
    )
    return bool(is_linked) or tokens[at].lower == "according"
