"""What people are called besides their names: offices and descriptions, and whom a description means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rashomon._speech.phrases import MAX_PHRASE, Span, Token, is_abbreviation_point

_STEM = 4  # letters that "Morvenia" and "Morvenian", "Dutch" and "Dutchman" share
_LEADS = frozenset(
    ["heads", "runs", "leads", "chairs", "owns", "directs", "founded", "edits", "led", "chaired"]
)
_RANKS = frozenset(["deputy", "vice", "assistant", "acting", "associate", "former", "ex", "under", "sub"])


_SPELLED_OUT = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "col": "colonel",
    "lt": "lieutenant", "capt": "captain", "sgt": "sergeant", "pm": "minister", "premiere": "premier",
    "congressman": "representative", "congresswoman": "representative", "chairwoman": "chairman",
    "chair": "chairman", "spokeswoman": "spokesman", "spokesperson": "spokesman", "advisor": "adviser",
}  # fmt: skip


class Role(NamedTuple):
    """A description of somebody: its head ("adviser"), all its words, and those that say whose or where."""

    head: str
    words: frozenset[str]
    owners: frozenset[str]
    is_definite: bool = True  # not "a retired engineer"


def role_in(tokens: Sequence[Token], phrase: Span) -> Role | None:
    """Read a description such as "the Dutch prime minister" or "president of the Commission".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    phrase : tuple of int
        First and last + 1 token of the description, without a name.

    Returns
    -------
    Role or None
        None when the words describe nobody.
    """
    head, words, owners = "", set[str](), set[str]()
    is_open = True
    is_definite = phrase[0] < phrase[1] and tokens[phrase[0]].lower not in ("a", "an", "one")
    for token in tokens[slice(*phrase)]:
        if token.kind != "word" or token.classes & {"determiner", "adverb", "time"}:
            continue
        if "preposition" in token.classes:
            is_open = False
            continue
        word = _plain(token)
        word = _SPELLED_OUT.get(word, word)
        words.update(word.split())
        if is_open:
            head = word.split()[-1] if word else head
        if token.is_capital and not token.classes & {"title", "honorific"}:
            owners.add(word)
    return Role(head, frozenset(words), frozenset(owners), is_definite) if head else None


def roles_of(tokens: Sequence[Token], person: Span) -> list[Role]:
    """Read what stands around a name: "Finance chief Owen Pryce", "Jan Rask, the premier of Morvenia,".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    person : tuple of int
        The name.

    Returns
    -------
    list of Role
        Before the name, then after it.
    """
    spans = []
    start = person[0] - (person[0] > 1 and tokens[person[0] - 1].text == ",")
    k = start
    while k > 0 and start - k < 8 and (_describes(tokens, k - 1) or is_abbreviation_point(tokens, k - 1)):
        k -= 1  # "Norland Gov. Ann Gray" too
    ends_open = start > 0 and tokens[start - 1].classes & {"preposition", "determiner"}  # "head of the Union"
    if ends_open:
        k = start
    if start == person[0] or (k < start and (tokens[k].classes & {"determiner"} or tokens[k].is_possessive)):
        spans.append((k, start))
    end = person[1]
    if end < len(tokens) and tokens[end].text in ",(":
        last = end + 1
        while last < len(tokens) and last - end < MAX_PHRASE and tokens[last].kind == "word":
            if "boundary" in tokens[last].classes or "auxiliary" in tokens[last].classes:
                break
            last += 1
        if last < len(tokens) and tokens[last].text in ",.);:":
            spans.append((end + 1, last))  # "Jan Rask, the premier of Morvenia,"
    told = _told_after(tokens, end)
    spans += [told] if told else []
    roles = [role_in(tokens, span) for span in spans if span[0] < span[1]]
    return [role for role in roles if role]


def _told_after(tokens: Sequence[Token], end: int) -> Span | None:
    """Find what is said of somebody after the name: "of the League", "who heads it", "runs the museum"."""
    if end + 2 >= len(tokens):
        return None
    comma = tokens[end].text == ","
    at = end + comma
    if comma and tokens[at].lower == "who" and tokens[at + 1].lower in _LEADS:
        at += 1
    is_of = tokens[at].lower in ("of", "from", "at", "with") and tokens[at + 1].lower == "the"
    is_led = tokens[at].lower in _LEADS and "determiner" in tokens[at + 1].classes
    if not (is_of or is_led):
        return None
    last = at + 2
    while last < len(tokens) and last - at < MAX_PHRASE and _goes_on(tokens[last], at + 2 == last):
        last += 1
    return (at + 1, last) if last > at + 2 else None


def _goes_on(token: Token, is_first: bool) -> bool:
    return token.kind == "word" and (token.is_capital or is_first or token.lower in ("of", "the"))


def _describes(tokens: Sequence[Token], k: int) -> bool:
    token = tokens[k]
    is_of = token.lower in ("of", "for", "to") and k > 0 and tokens[k - 1].kind == "word"
    stops = token.classes & {"preposition", "boundary", "auxiliary", "adverb", "time", "pronoun", "honorific"}
    begins = k == 0 or tokens[k - 1].text in ".!?:"  # where a capital shows nothing
    can_begin = token.is_capital or token.classes & {"title", "determiner", "agent"}
    return token.kind == "word" and bool(is_of or not stops) and bool(can_begin or not begins)


def is_same_role(described: Role, known: Role) -> bool:
    """Say whether a description can mean somebody with a known one.

    Parameters
    ----------
    described, known : Role
        As a text says it later, and as it stands beside the name.

    Returns
    -------
    bool
        True when the heads and ranks are the same, no word says otherwise, and the owners do not differ.
    """
    if described.head not in known.words or described.words & _RANKS != known.words & _RANKS:
        return False
    if described.owners and not all(any(_is_akin(a, b) for b in known.words) for a in described.owners):
        return not known.owners
    return True


def _is_akin(a: str, b: str) -> bool:
    return a[:_STEM] == b[:_STEM]


def _plain(token: Token) -> str:
    return re.sub(r"[^\w ]", "", token.lower.removesuffix("'s").replace("-", " "))
