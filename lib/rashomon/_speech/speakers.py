"""Say who a mention names: surnames, titles, offices, acronyms. Unknown stays empty."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rashomon._speech.kinds import Kind, is_checkable_phrase, kind_of_phrase
from rashomon._speech.phrases import Span, Token, is_abbreviation_point, is_name_too
from rashomon._speech.roles import Role, is_same_role, role_in, roles_of

_ACRONYM = re.compile(r"[(\[]([A-Z][A-Z.&]{1,8})[)\]]")
_MANY = 50  # people of whom one word is told; "the judge" then means none of them
_NEAR = 400  # characters within which a surname that several people share means the last of them named
_SURE = 5  # votes: a title says more about who "she" is than a pronoun that stands near
_ARTICLES = frozenset(["the", "a", "an", "that", "this", "these", "those"])
_CARRIERS = frozenset(("agency", "newspaper", "broadcaster", "magazine", "daily"))  # "the News Agency X"
_OF = frozenset(["of", "from", "at", "with"])
_VAGUE = frozenset(
    ["expert", "analyst", "doctor", "dr", "mr", "mrs", "ms", "professor", "observer", "retired"]
)
_NO_NAME = frozenset(
    ["determiner", "preposition", "boundary", "adverb", "pronoun", "auxiliary", "time", "generic"]
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one article, each as first written in full."""

    mentions: tuple[tuple[int, str], ...] = ()  # where each full name stands
    by_key: dict[str, str] = field(default_factory=dict)
    by_last: dict[str, dict[str, None]] = field(default_factory=dict)
    by_first: dict[str, dict[str, None]] = field(default_factory=dict)
    acronyms: dict[str, str] = field(default_factory=dict)
    roles: dict[str, dict[tuple[Role, str], None]] = field(default_factory=dict)  # by the head of the role
    alone: set[str] = field(default_factory=set)  # of people whose name is never given in full
    checkable: set[str] = field(default_factory=set)  # people of whom the text says more than a name
    genders: dict[str, str] = field(default_factory=dict)


def collect_names(paragraphs: Iterable[tuple[int, str, Sequence[Token]]]) -> Names:
    """Collect the names of an article, in the order they stand.

    Parameters
    ----------
    paragraphs : iterable of (start, text, tokens)
        Paragraphs with their place in the article. A quotation is one token and gives no names.

    Returns
    -------
    Names
        To be asked by `name_entity`.
    """
    mentions: list[tuple[int, str]] = []
    names = Names()
    votes: dict[str, Counter[str]] = {}
    for start, text, tokens in paragraphs:
        for match in _ACRONYM.finditer(text):
            acronym = match[1].replace(".", "")
            full = _spelled_out(text[max(0, match.start() - 120) : match.start()], acronym)
            if full:
                names.acronyms.setdefault(acronym, full)
        latest = ""
        runs = dict(name_runs(tokens))
        told = [i for i, token in enumerate(tokens) if i in runs or (token.classes and _gender(token))]
        for i in told:
            if i in runs:
                person = person_in(tokens, i, runs[i])
                words = _key_words(tokens, *person) if person else []
                if len(words) > 1 and person:
                    latest = names.by_key.setdefault("".join(words), written(text, tokens, person))
                    mentions.append((start + tokens[person[0]].start, latest))
                    _add(names.by_last, words[-1], latest)
                    _add(names.by_first, words[0], latest)
                    _add_roles(names, tokens, person, latest)
                elif words:
                    known = names.by_last.get(words[0]) or names.by_first.get(words[0], {})
                    latest = next(iter(known)) if len(known) == 1 else ""
                    if person and _is_introduced(tokens, i, person[0]):
                        names.alone.add(words[0])
                if person and latest:  # "Mrs. Gray"
                    titles = [g for g in map(_gender, tokens[i : person[0]]) if g]
                    votes.setdefault(latest, Counter()).update(titles * _SURE)
            elif latest:  # "Ann Gray … her": the last person named before the pronoun
                votes.setdefault(latest, Counter())[_gender(tokens[i])] += 1
    names.genders.update({name: vote.most_common(1)[0][0] for name, vote in votes.items() if vote})
    return Names(
        tuple(mentions),
        names.by_key,
        names.by_last,
        names.by_first,
        names.acronyms,
        names.roles,
        names.alone,
        names.checkable,
        names.genders,
    )


def _is_introduced(tokens: Sequence[Token], run: int, name: int) -> bool:
    """Say whether a word before a lone name says that it is a person's: "expert Gerry", "Mr. Gray"."""
    before = tokens[max(0, run - 1) : name]
    return any(t.kind == "word" and t.classes & {"title", "honorific", "agent"} for t in before)


def _gender(token: Token) -> str:
    """Give f or m for a word that shows it; empty for all others."""
    return "f" if "feminine" in token.classes else "m" if "masculine" in token.classes else ""


def _add(index: dict[str, dict[str, None]], word: str, name: str) -> None:
    index.setdefault(word, {})[name] = None


def _add_roles(names: Names, tokens: Sequence[Token], person: Span, name: str) -> None:
    for role in roles_of(tokens, person):
        for word in role.words - role.owners:
            holders = names.roles.setdefault(word, {})
            if len(holders) <= _MANY:
                holders[role, name] = None
        if role.owners or (role.is_definite and not role.words <= _VAGUE):
            names.checkable.add(name)


def name_runs(tokens: Sequence[Token]) -> list[Span]:
    """Find the runs of capitalized words; a possessive ends a run.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.

    Returns
    -------
    list of tuple
        First and last + 1 token of each run, in order.
    """
    runs: list[Span] = []
    end = 0
    for i in [k for k, token in enumerate(tokens) if token.is_capital]:
        if i < end or not _is_name_word(tokens, i):
            continue
        end = i + 1
        while end < len(tokens) and not tokens[end - 1].is_possessive:
            if tokens[end].is_capital and _is_name_word(tokens, end):
                end += 1
            elif (
                end + 1 < len(tokens)
                and tokens[end + 1].is_capital
                and (is_abbreviation_point(tokens, end) or "particle" in tokens[end].classes)
            ):
                end += 2
            else:
                break
        runs.append((i, end))
    return runs


def person_in(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Take the personal name out of a run, without titles: "U.S. Defense Secretary Lloyd Austin".

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    first, last : int
        The run.

    Returns
    -------
    tuple of int or None
        The name; None when the run names a body, an office or an acronym.
    """
    for i in range(last - 1, first - 1, -1):
        is_carrier = tokens[i].lower in _CARRIERS and i + 1 < last
        if "title" in tokens[i].classes or "honorific" in tokens[i].classes or is_carrier:
            first = i + 1
            break
    else:
        if first and tokens[first - 1].lower == "the":
            return None  # "the Lintown Courier"
    while first < last and tokens[first].kind == "mark":
        first += 1
    words = [token for token in tokens[first:last] if token.kind == "word"]
    if not 0 < len(words) <= 5 or all(token.text.isupper() and len(token.text) > 1 for token in words):
        return None
    if any("organization" in token.classes or not token.text[0].isalpha() for token in words):
        return None
    return first, last


class Named(NamedTuple):
    """Whom a mention means: the entity, of what kind, and whether a reader could find out who it is."""

    entity: str
    kind: Kind
    is_checkable: bool


def name_entity(names: Names, text: str, tokens: Sequence[Token], phrase: Span, *, at: int) -> Named:
    """Say whom a noun phrase names, and of what kind.

    Parameters
    ----------
    names : Names
        The names of the article.
    text, tokens : str, sequence of Token
        The paragraph.
    phrase : tuple of int
        First and last + 1 token of the mention.
    at : int
        Where the mention stands in the article, in characters.

    Returns
    -------
    Named
        The entity as first named in full, without article, office and honorific. Empty and `unknown` when
        the mention could mean several people.
    """
    start, end = phrase
    while start < end - 1 and _is_left_out(tokens, start, phrase[0]):
        start += 1
    ends = (k for k in range(start + 1, end) if tokens[k].text in "([" or _is_made_by(tokens, k, end))
    end = next(ends, end)
    run = next(
        ((a + start, b + start) for a, b in reversed(name_runs(tokens[start:end])) if b == end - start), None
    )
    if run is not None and not any(
        "preposition" in token.classes or token.lower == "and" for token in tokens[start : run[0]]
    ):
        found = _named(names, text, tokens, (start, run[0], end), at)
        if found is not None:
            return found
    head = next((k for k in range(start, end) if tokens[k].lower in _OF), start)
    if head > start + 1 and all(token.is_capital or token.text == "." for token in tokens[start:head]):
        found = _named(names, text, tokens, (start, start, head), at)  # "Ann Gray of the Boatmen's League"
        if found is not None and found.kind == "person":
            return found
    holder = _holder(names, tokens, (start, end))
    if holder:
        return Named(holder, "person", holder in names.checkable)
    is_name = all(
        token.is_capital or token.kind == "mark" or token.classes & {"preposition", "determiner"}
        for token in tokens[start:end]
    )
    kind = kind_of_phrase(tokens, (phrase[0], end), is_name=is_name)
    return Named(
        written(text, tokens, (start, end)), kind, is_checkable_phrase(tokens, (phrase[0], end), kind)
    )


def _is_left_out(tokens: Sequence[Token], k: int, first: int) -> bool:
    """Say whether a word before a noun is no part of the name: "the", "its own", "the company's"."""
    token = tokens[k]
    is_owner = token.is_possessive and not token.is_capital and k > first
    return token.lower in _ARTICLES or token.lower == "own" or "own" in token.classes or is_owner


def _is_made_by(tokens: Sequence[Token], k: int, end: int) -> bool:
    """Say whether "seen by", "obtained by" begins here: that is said of the noun and is no part of it."""
    return k + 1 < end and tokens[k + 1].lower == "by" and not tokens[k].is_capital


def _named(
    names: Names, text: str, tokens: Sequence[Token], phrase: tuple[int, int, int], at: int
) -> Named | None:
    """Read a mention that ends in a run of capitals, which begins at the second place of `phrase`."""
    first, last = phrase[1:]
    acronym = re.sub(r"[’']s$|\.", "", tokens[last - 1].text)
    if last - first == 1 and acronym in names.acronyms:
        return Named(names.acronyms[acronym], kind_of_phrase(tokens, (first, last), is_name=True), True)
    person = person_in(tokens, first, last)
    if person is None:
        return None
    words = _key_words(tokens, *person)
    if len(words) > 1:
        name = names.by_key.get("".join(words)) or written(text, tokens, person)
        return Named(name, "person", name in names.checkable)
    all_known = names.by_last.get(words[0]) or names.by_first.get(words[0], {})
    known = [*all_known] if len(all_known) == 1 else []
    if len(all_known) > 1:  # four people called Kim
        window = slice(*(bisect_left(names.mentions, (place, "")) for place in (at - _NEAR, at)))
        known = sorted({name for _, name in names.mentions[window] if name in all_known})
        if len(known) != 1:
            return Named("", "unknown", False)
    if known:
        return Named(known[0], "person", known[0] in names.checkable)
    has_title = any(
        token.classes & {"title", "honorific", "agent"} for token in tokens[phrase[0] : person[0]]
    )
    name = written(text, tokens, person)
    if has_title or phrase[0] < person[0] or words[0] in names.alone:  # "his agent Ika", "Mrs. Gray"
        return Named(name, "person", False)
    kind = kind_of_phrase(tokens, person, is_name=True)
    if kind == "document":  # "Reports suggest" has a capital and names none
        return Named(name, kind, is_checkable_phrase(tokens, person, kind))
    return Named(name, kind, kind not in ("crowd", "anonymous"))


def _holder(names: Names, tokens: Sequence[Token], phrase: Span) -> str:
    """Find the one person whom a description means; empty when there is none or several."""
    role = role_in(tokens, phrase)
    known = names.roles.get(role.head, {}) if role else {}
    if len(known) > _MANY or (role and _is_body(tokens, phrase, role.head)):
        return ""  # the union is not its president
    found = {name for other, name in known if role and is_same_role(role, other)}
    return found.pop() if len(found) == 1 else ""


def _is_body(tokens: Sequence[Token], phrase: Span, head: str) -> bool:
    heads = (t for t in tokens[slice(*phrase)] if t.lower.removesuffix("'s") == head)
    return any("organization" in token.classes for token in heads)


def _key_words(tokens: Sequence[Token], first: int, last: int) -> list[str]:
    """Bring the words of a name to one form: no hyphen, no possessive."""
    return [re.sub(r"\W", "", t.lower.removesuffix("'s")) for t in tokens[first:last] if t.kind == "word"]


def written(text: str, tokens: Sequence[Token], span: Span) -> str:
    """Give the words of a span as written, without a possessive at the end.

    Parameters
    ----------
    text : str
        The paragraph.
    tokens : sequence of Token
        Tokens of the paragraph.
    span : tuple of int
        First and last + 1 token.

    Returns
    -------
    str
        The words, white space brought to single spaces.
    """
    words = text[tokens[span[0]].start : tokens[span[1] - 1].end]
    return re.sub(r"[’']s?$", "", " ".join(words.split()))


def _is_name_word(tokens: Sequence[Token], i: int) -> bool:
    """Say whether a capitalized word can be part of a name (not "Recently", "The", "On", "Tuesday")."""
    token = tokens[i]
    return not (token.classes & _NO_NAME or token.is_manner) or is_name_too(tokens, i)


def _spelled_out(before: str, acronym: str) -> str:
    """Find the words whose capitals spell an acronym, with whose it is ("South Korea's")."""
    words = list(re.finditer(r"[^\W_]+(?:[’'-][^\W_]+)*", before))[-12:]
    letters = list(acronym)
    for i in range(len(words) - 1, -1, -1):
        word = words[i][0]
        if word[0] == letters[-1]:
            letters.pop()
            if not letters:
                return before[words[_owner(words, i)].start() :].strip()
        elif word[0].isupper() or len(word) > 3:
            return ""
    return ""


def _owner(words: Sequence[re.Match[str]], i: int) -> int:
    """Step back over whose it is: "South Korea's National Intelligence Service"."""
    if not i or not words[i - 1][0].endswith(("'s", "’s")):
        return i
    i -= 1
    while i and words[i - 1][0][0].isupper() and words[i - 1].end() + 1 == words[i].start():
        if words[i - 1][0].lower() in _ARTICLES:
            break
        i -= 1
    return i
