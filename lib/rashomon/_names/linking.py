"""Say whom a short mention means: first within the article, then across the corpus."""

from __future__ import annotations

import functools
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
_FAR_DOMINANT = 5  # the same, over the corpus, for an article that names none of them in full
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
    is_sure: bool = False  # as `Name.is_surely_person`
    is_shown: bool = False  # an office or the like shows a person
    last: int = -1  # mention
    last_full: int = -1  # sentence


@functools.lru_cache(maxsize=65536)
def roles_of(words: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Say by which shorter forms a full name can be called, and what each is.

    Parameters
    ----------
    words : tuple of str
        Words of the full name as written.

    Returns
    -------
    dict
        `surname`, `given` or `part`, by the words of the shorter form; not to be changed.

    Examples
    --------
    >>> roles_of(("Kim", "Jong-un"))
    {('kim',): 'surname', ('iongun',): 'given'}
    >>> roles_of(("Pedro", "Sánchez", "Pérez"))[("sanches",)]
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


def index_people(names: Mapping[str, Name], groups: Mapping[str, str]) -> dict[tuple[str, ...], Counter[str]]:
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
        By words, how often each group is written in full. Only sure people; not by given name alone.
    """
    index: dict[tuple[str, ...], Counter[str]] = {}
    for key, name in names.items():
        if name.is_surely_person and len(parts_of(name.words)) > 1 and len(name.words[0]) > 1:
            parts = parts_of(name.words)
            forms = [words for words, role in roles_of(name.words).items() if role != "given"]
            for words in [*forms, (parts[0][0], parts[-1])]:  # J. Smith
                index.setdefault(words, Counter())[groups[key]] += name.surfaces.total()
    return index


def link_article(
    mentions: Sequence[tuple[int, Piece]],
    names: Mapping[str, Name],
    groups: Mapping[str, str],
    people: Mapping[tuple[str, ...], Counter[str]],
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
    cast = _cast_of([piece for _, piece in mentions], names, groups)
    links = []
    for number, (sentence, piece) in enumerate(mentions):
        key = key_of(piece)
        link = _link(sentence, piece, names[key], groups[key], cast, people)
        links.append(link)
        if link.group in cast.people:
            person = cast.people[link.group]
            person.last = number
            person.last_full = sentence if len(parts_of(piece.words)) > 1 else -1
    return links


@dataclass(slots=True)
class _Cast:
    """The people of one article, by the forms they can be called; who is the short form of whom."""

    people: dict[str, Person] = field(default_factory=dict)
    by_form: dict[tuple[str, ...], dict[str, None]] = field(default_factory=dict)
    longer: dict[str, str] = field(default_factory=dict)


def _cast_of(pieces: Sequence[Piece], names: Mapping[str, Name], groups: Mapping[str, str]) -> _Cast:
    cast = _Cast()
    full = [(piece, key_of(piece)) for piece in pieces if is_full(piece, names[key_of(piece)])]
    # "Bin Salman" at the beginning of a sentence waits until it is known whether somebody has that surname.
    for piece, key in sorted(full, key=lambda each: _without_particle(each[0]) != ()):
        group, parts = groups[key], parts_of(piece.words)
        if _called(cast, _without_particle(piece)):
            continue
        if group not in cast.people:
            # The full name stands first: Pedro Sánchez Pérez, then Pedro Sánchez.
            wholes = [g for g, p in _called(cast, parts).items() if p.is_shown and p.roles[parts] == "part"]
            if len(wholes) == 1 and not words_of("person_after") & {word.lower() for word in piece.words}:
                cast.longer[group] = wholes[0]
        person = cast.people.setdefault(group, Person())
        person.n_full += 1
        person.is_sure |= names[key].is_surely_person
        person.is_shown |= names[key].kinds["person"] > 0 or is_syllabic(piece.words)
        person.initials.add((parts[0][0], parts[-1]))
        person.titles.update([piece.title] if piece.title else [])
        for form, role in roles_of(piece.words).items():
            person.roles[form] = role
            cast.by_form.setdefault(form, {})[group] = None
    for group, person in cast.people.items():
        for form in person.initials:
            cast.by_form.setdefault(form, {})[group] = None
    return cast


def _called(cast: _Cast, form: tuple[str, ...]) -> dict[str, Person]:
    """Give the people of the article who can be called so."""
    found = {group: cast.people[group] for group in cast.by_form.get(form, ())}
    return {group: person for group, person in found.items() if form in person.roles}


def _without_particle(piece: Piece) -> tuple[str, ...]:
    """Give a surname whose particle has a capital, as at the beginning of a sentence; else nothing."""
    first, rest = piece.words[0], piece.words[1:]
    is_led = len(rest) > 0 and first[0].isupper() and first.lower() in words_of("particle")
    return parts_of(rest) if is_led else ()


def _link(
    sentence: int,
    piece: Piece,
    name: Name,
    group: str,
    cast: _Cast,
    people: Mapping[tuple[str, ...], Counter[str]],
) -> Link:
    parts, own = parts_of(piece.words), Link(group, "", 0)
    is_body = piece.kind == name.kind == "organization"
    if name.kind in ("organization", "place") and (len(parts) > 1 or is_body):
        return own
    called = _called(cast, _without_particle(piece))
    if called and group not in cast.people:
        return _choose(sentence, piece, _without_particle(piece), called)
    if is_full(piece, name):
        return Link(cast.longer[group], "part", SCORES["part"]) if group in cast.longer else own
    if words_of("person_after") & {word.lower() for word in piece.words}:  # a father is not his son
        return own
    if len(parts) == 2 and len(parts[0]) == 1:
        fits = {g for g in cast.by_form.get(parts, ()) if parts in cast.people[g].initials}
        return _by_initial(own, parts, fits, people)
    in_place = name.kind == "place" or piece.kind == "place"  # "in California" is nobody's surname, or is it?
    called = {
        g: person
        for g, person in _called(cast, parts).items()
        if (person.is_shown if person.roles[parts] == "given" else person.is_sure or not in_place)
    }
    if called:
        return _choose(sentence, piece, parts, called)
    if piece.kind in ("", "person") and name.kind in ("person", "unknown"):
        elsewhere = people.get(parts, Counter()).most_common()
        if len(elsewhere) == 1:
            return Link(elsewhere[0][0], "surname", SCORES["surname"] - _ELSEWHERE)
        if elsewhere and elsewhere[0][1] >= _FAR_DOMINANT * elsewhere[1][1]:
            return Link(elsewhere[0][0], "surname", SCORES["surname"] - _ELSEWHERE - _AMONG_SEVERAL)
        if elsewhere:
            return Link("", "ambiguous", 0)
    return own


def _by_initial(
    own: Link, parts: tuple[str, ...], fits: set[str], people: Mapping[tuple[str, ...], Counter[str]]
) -> Link:
    score = SCORES["initials"]
    if not fits:
        fits, score = set(people.get(parts, ())), score - _ELSEWHERE
    return Link(min(fits), "initials", score) if len(fits) == 1 else own


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
