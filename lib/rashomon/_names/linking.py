"""Say whom a short mention means: first within the article, then across the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rashomon._names.entities import Name, key_of, parts_of
from rashomon._names.lists import words_of
from rashomon._names.mentions import Piece
from rashomon._names.spelling import is_syllabic

SCORES = {
    "exact": 1.0, "alias": 1.0, "demonym": 0.95, "acronym": 0.95, "spelling": 0.9, "surname": 0.9,
    "initials": 0.8, "part": 0.8, "capital": 0.7, "given": 0.7, "alone": 0.5, "ambiguous": 0.0,
}  # fmt: skip
_DOMINANT = 2  # times as often written in full as any other of the same surname
_AMONG_SEVERAL = 0.2  # less trust when several people of the article share the surname …
_ELSEWHERE = 0.3  # … and when only other articles give the full name


@dataclass(frozen=True, slots=True)
class Link:
    """Whom a mention means: key of the group, or empty; by which rule, how much to be trusted."""

    group: str
    rule: str
    score: float


@dataclass(slots=True)
class Person:
    """A full name in one article: by which words it can be called, and where it was last mentioned."""

    roles: dict[tuple[str, ...], str] = field(default_factory=dict)
    initials: set[tuple[str, str]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    n_full: int = 0
    last: int = -1  # mention
    last_full: int = -1  # sentence


def roles_of(words: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Say by which shorter forms a full name can be called, and what each is.

    Parameters
    ----------
    words : sequence of str
        Words of the full name as written.

    Returns
    -------
    dict
        `surname`, `given` or `part`, by the words of the shorter form.

    Examples
    --------
    >>> roles_of(["Kim", "Jong-un"])
    {('kim',): 'surname', ('iongun',): 'given'}
    >>> roles_of(["Pedro", "Sánchez", "Pérez"])[("sanches",)]
    'surname'
    """
    parts = parts_of(words)
    if is_syllabic(words):
        given = "".join(parts[1:])
        return {(parts[0],): "surname", (given,): "given", **{(part,): "given" for part in parts[2:]}}
    roles: dict[tuple[str, ...], str] = {}
    for first in range(len(parts)):
        for last in range(first + 1, len(parts) + 1):
            if last - first < len(parts):
                role = "part" if last - first > 1 else "given" if first == 0 else "surname"
                roles.setdefault(parts[first:last], role)
    if len(parts) > 2:
        roles.setdefault((parts[0], parts[-1]), "part")
    return roles


def is_full(piece: Piece, name: Name) -> bool:
    """Say whether a mention is a full personal name.

    Parameters
    ----------
    piece : Piece
        The mention.
    name : Name
        What the corpus shows about it.

    Returns
    -------
    bool
    """
    parts = parts_of(piece.words)
    return len(parts) > 1 and name.kind == "person" and len(parts[0]) > 1


def index_people(names: Mapping[str, Name], groups: Mapping[str, str]) -> dict[tuple[str, ...], set[str]]:
    """Index the full personal names of the corpus by the shorter forms that can name them elsewhere.

    Parameters
    ----------
    names : mapping
        Names by key.
    groups : mapping
        Group by key.

    Returns
    -------
    dict
        Groups by words. A given name alone names nobody in another article.
    """
    index: dict[tuple[str, ...], set[str]] = {}
    for key, name in names.items():
        if name.kind == "person" and len(parts_of(name.words)) > 1 and len(name.words[0]) > 1:
            for words, role in roles_of(name.words).items():
                if role != "given":
                    index.setdefault(words, set()).add(groups[key])
            parts = parts_of(name.words)
            index.setdefault((parts[0][0], parts[-1]), set()).add(groups[key])  # J. Smith
    return index


def link_article(
    mentions: Sequence[tuple[int, Piece]],
    names: Mapping[str, Name],
    groups: Mapping[str, str],
    people: Mapping[tuple[str, ...], set[str]],
) -> list[Link]:
    """Link the mentions of one article that are not listed names.

    Parameters
    ----------
    mentions : sequence of (sentence, piece)
        In the order they stand.
    names, groups, people : mapping
        As `collect_names`, `group_names` and `index_people` give them.

    Returns
    -------
    list of Link
        One a mention.
    """
    there: dict[str, Person] = {}
    for _, piece in mentions:
        name = names[key_of(piece)]
        if is_full(piece, name):
            person = there.setdefault(groups[key_of(piece)], Person())
            person.n_full += 1
            person.roles.update(roles_of(piece.words))
            parts = parts_of(piece.words)
            person.initials.add((parts[0][0], parts[-1]))
            person.titles.update([piece.title] if piece.title else [])
    absorbed = _shorter_forms(there)
    links = []
    for number, (sentence, piece) in enumerate(mentions):
        link = _link(sentence, piece, there, absorbed, names, groups, people)
        links.append(link)
        if link.group in there:
            person = there[link.group]
            person.last = number
            person.last_full = sentence if len(parts_of(piece.words)) > 1 else -1
    return links


def _shorter_forms(there: Mapping[str, Person]) -> dict[str, str]:
    """Find full names that are part of one longer name of the article: Pedro Sánchez, Pedro Sánchez Pérez."""
    absorbed = {}
    for group, person in there.items():
        longer = [
            other
            for other, its in there.items()
            if other != group and any(its.roles.get(words) == "part" for words in _full_parts(person))
        ]
        if len(longer) == 1:
            absorbed[group] = longer[0]
    return absorbed


def _full_parts(person: Person) -> list[tuple[str, ...]]:
    given = [words[0] for words, role in person.roles.items() if role == "given" and len(words) == 1]
    surnames = [words[0] for words, role in person.roles.items() if role == "surname"]
    return [(first, last) for first in given for last in surnames]


def _link(
    sentence: int,
    piece: Piece,
    there: Mapping[str, Person],
    absorbed: Mapping[str, str],
    names: Mapping[str, Name],
    groups: Mapping[str, str],
    people: Mapping[tuple[str, ...], set[str]],
) -> Link:
    key = key_of(piece)
    group, name, parts = groups[key], names[key], parts_of(piece.words)
    if name.kind in ("organization", "place") and (
        len(parts) > 1 or piece.kind == name.kind == "organization"
    ):
        return Link(group, "", 0)
    if is_full(piece, name):
        if group in absorbed:
            return Link(absorbed[group], "part", SCORES["part"])
        elsewhere = people.get(parts, set()) - {group}
        if len(elsewhere) == 1:
            (other,) = elsewhere
            return Link(other, "part", SCORES["part"] - _ELSEWHERE / 2)
        return Link(group, "", 0)
    if words_of("person_after") & {word.lower() for word in piece.words}:  # a father is not his son
        return Link(group, "", 0)
    if len(parts) == 2 and len(parts[0]) == 1:
        return _by_initial(group, parts, there, people)
    called = {other: person for other, person in there.items() if parts in person.roles}
    if called:
        return _choose(sentence, piece, parts, called)
    if piece.kind in ("", "person") and name.kind in ("person", "unknown"):
        elsewhere = people.get(parts, set())
        if len(elsewhere) == 1:
            (other,) = elsewhere
            return Link(other, "surname", SCORES["surname"] - _ELSEWHERE)
        if elsewhere:
            return Link("", "ambiguous", 0)
    return Link(group, "", 0)


def _by_initial(
    group: str,
    parts: tuple[str, ...],
    there: Mapping[str, Person],
    people: Mapping[tuple[str, ...], set[str]],
) -> Link:
    fits = {other for other, person in there.items() if parts in person.initials}
    score = SCORES["initials"]
    if not fits:
        fits, score = people.get(parts, set()), score - _ELSEWHERE
    return Link(min(fits), "initials", score) if len(fits) == 1 else Link(group, "", 0)


def _choose(sentence: int, piece: Piece, parts: tuple[str, ...], called: Mapping[str, Person]) -> Link:
    """Choose among the people of the article who share a name: by office, by last mention, by weight."""
    rule = next(iter(Counter(person.roles[parts] for person in called.values()).most_common(1)))[0]
    if len(called) == 1:
        return Link(next(iter(called)), rule, SCORES[rule])
    family = {g: p for g, p in called.items() if p.roles[parts] == "surname"}
    if len(family) == 1:  # Kim Gray and Kim Jong-un
        return Link(next(iter(family)), "surname", SCORES["surname"] - _AMONG_SEVERAL)
    score = SCORES[rule] - _AMONG_SEVERAL
    titled = [group for group, person in called.items() if piece.title and piece.title in person.titles]
    if len(titled) == 1:
        return Link(titled[0], rule, score)
    # Nobody is named in full and by surname in one clause: there the surname is another's.
    before = {g: p for g, p in called.items() if p.last >= 0}
    others = {g: p for g, p in before.items() if p.last_full != sentence} or before
    if others:
        (_, latest), *rest = sorted(((p.last, g) for g, p in others.items()), reverse=True)
        # Two of them named in full in one sentence, and then the surname alone: nobody can tell.
        together = called[latest].last_full >= 0 and any(
            called[group].last_full == called[latest].last_full for _, group in rest
        )
        return Link("", "ambiguous", 0) if together else Link(latest, rule, score)
    ranked = sorted(((person.n_full, group) for group, person in called.items()), reverse=True)
    if ranked[0][0] >= _DOMINANT * ranked[1][0]:
        return Link(ranked[0][1], rule, score)
    return Link("", "ambiguous", 0)
