"""Find where a content ends and the narrator's words begin again."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._speech.cues import is_cue
from rashomon._speech.phrases import Span, Token

_ENDS_PHRASE = frozenset(["when", "while", "but", "although", "though", "because"])
_ENDS_BEFORE_CLAUSE = frozenset(["after", "before", "until", "as", "since"])
_LEAVES_PHRASE = frozenset(["boundary", "joiner", "subordinator"])
_OPENS_CLAUSE = frozenset(["pronoun", "determiner", "generic", "agent", "title"])


def content_end(tokens: Sequence[Token], start: int, last: int, *, is_phrase: bool = False) -> int:
    """End a content before the narrator's own words: ", but offered no proof", "— a sign of weakness".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    start, last : int
        Its first token, and last + 1 token of the sentence.
    is_phrase : bool, keyword-only
        Whether it is a noun with what belongs to it, not a clause.

    Returns
    -------
    int
        Its last + 1 token.
    """
    for k in range(start + 1, last - 2):
        if tokens[k].text not in ",–—":
            if is_phrase and k > start + 1 and _opens_clause(tokens, k):
                return k
            continue
        after = tokens[k + 1]
        then = tokens[k + 2]
        is_left = after.classes & _LEAVES_PHRASE or after.lower.endswith("ing")
        if is_phrase and is_left and after.lower != "that":
            return k
        is_told = is_cue(then) and "offers" not in then.classes
        if after.lower in ("but", "and") and then.lower.endswith("ed") and not is_told:
            return k
        if after.lower in ("a", "an", "the") and "gloss" in tokens[k + 2].classes:
            return k
        if "gloss" in after.classes and tokens[k + 2].lower == "of":
            return k
    return last


def before_main_clause(tokens: Sequence[Token], content: Span) -> Span:
    """End a content before the main clause: "Although she denied the plan, | her letters told of it".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    content : tuple of int
        What is reported in the clause that opens the sentence.

    Returns
    -------
    tuple of int
        The content up to the first comma that a subject follows.
    """
    for k in range(content[0] + 1, content[1] - 1):
        after = tokens[k + 1]
        if tokens[k].text == "," and (after.is_capital or after.classes & _OPENS_CLAUSE):
            return content[0], k
    return content


def before_main_verb(tokens: Sequence[Token], content: Span) -> Span:
    """End a content before the main verb: "Ann Gray, who said it rained, | left".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    content : tuple of int
        What is reported in a clause with "who".

    Returns
    -------
    tuple of int
        The content up to the first comma that a verb follows.
    """
    for k in range(content[0] + 1, content[1] - 1):
        if tokens[k].text == "," and is_finite(tokens, k + 1):
            return content[0], k
    return content


def _opens_clause(tokens: Sequence[Token], k: int) -> bool:
    """Say whether "when the town slept", "after she left" stands here, not "after the storm"."""
    is_told = "pronoun" in tokens[k + 1].classes or (tokens[k + 1].is_capital and tokens[k].lower != "as")
    return tokens[k].lower in _ENDS_PHRASE or (tokens[k].lower in _ENDS_BEFORE_CLAUSE and is_told)


def is_finite(tokens: Sequence[Token], k: int) -> bool:
    """Say whether a finite verb stands here: what is before it then is its subject.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    k : int
        Any token.

    Returns
    -------
    bool
        True for helpers, for reporting verbs, and for what looks like a past.
    """
    token = tokens[k]
    if token.is_capital or token.kind != "word":
        return False
    looks_past = token.lower.endswith("ed") and len(token.lower) > 4 and not token.classes
    return "auxiliary" in token.classes or looks_past or is_cue(token)
