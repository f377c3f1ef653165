"""Which written names are one entity, over the whole corpus; and of what kind each is."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rashomon._names.lists import words_of
from rashomon._names.mentions import Piece
from rashomon._names.spelling import fold, is_slip, is_syllabic, plain, word_key

KINDS = ("person", "organization", "country", "place", "unknown")
_MAX_PERSON_WORDS = 5
_DOMINANT = 5  # a middle name is the one that is meant when written so many times as often as all others
_PLACE_PART = 3  # a third of the mentions of a place stand after "in", "near" …


@functools.lru_cache(maxsize=65536)
def parts_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the words of a name by which it is known: without particles, articles and later additions.

    Parameters
    ----------
    words : tuple of str
        Words as written.

    Returns
    -------
    tuple of str
        As `word_key` gives them.

    Examples
    --------
    >>> parts_of(("Alexander", "van", "der", "Bellen")), parts_of(("Bashar", "al-Assad"))
    (('alexander', 'belen'), ('bashar', 'asad'))
    """
    skipped = words_of("particle") | words_of("person_after")
    parts: list[str] = []
    for word in words:
        head, hyphen, tail = word.partition("-")
        if hyphen and head.lower() in words_of("glued_particle"):
            word = tail
        elif word[1:2] in ("'", "’") and word[0].lower() in "dl" and word[0].islower():
            word = word[2:]
        is_led = not parts and word[0].isupper()  # Al Gore, Ben Carson
        if word.lower() not in skipped or is_led:
            parts.append(word_key(word))
    return tuple(part for part in parts if part) or tuple(word_key(word) for word in words)


@dataclass(slots=True)
class Name:
    """One written name, capitals, accents and hyphens aside, with all that the corpus shows about it."""

    words: tuple[str, ...]
    owner: str = ""
    kinds: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    n_with_article: int = 0

    @property
    def is_surely_person(self) -> bool:
        """Whether an office or its shape shows a person, or the full name stands more than once."""
        return self.kind == "person" and (self.kinds["person"] > 0 or self.surfaces.total() > 1)

    @property
    def kind(self) -> str:
        """What most mentions show; a name of two or three words that nothing tells apart is a person."""
        # "in X" alone is weak: it must hold for a good part of the mentions, not for a lone "in Facebook".
        is_place = self.kinds["place"] * _PLACE_PART >= self.surfaces.total()
        shown = [
            (self.kinds[kind], -KINDS.index(kind))
            for kind in KINDS
            if self.kinds[kind] and (kind != "place" or is_place)
        ]
        if shown:
            return KINDS[-max(shown)[1]]
        plain_person = 1 < len(self.words) <= 3 and not self.n_with_article
        return "person" if plain_person else "unknown"


def key_of(piece: Piece) -> str:
    """Give the key of a name: letters alone; a body of state keeps its country.

    Parameters
    ----------
    piece : Piece
        A name that is not listed.

    Returns
    -------
    str
    """
    return plain("".join(piece.words)) + (f"@{piece.owner}" if piece.owner else "")


def collect_names(pieces: Iterable[tuple[str, str, Piece]]) -> dict[str, Name]:
    """Collect the names of a corpus.

    Parameters
    ----------
    pieces : iterable of (article_id, surface, piece)
        Names that are not listed.

    Returns
    -------
    dict
        Name by key.
    """
    names: dict[str, Name] = {}
    for article_id, surface, piece in pieces:
        name = names.setdefault(key_of(piece), Name(piece.words, piece.owner))
        name.words = min(name.words, piece.words, key=lambda words: (-len(words), words))
        name.kinds[piece.kind] += bool(piece.kind)
        name.surfaces[surface] += 1
        name.articles.add(article_id)
        name.n_with_article += piece.has_article
    return names


def group_names(names: dict[str, Name], own: Mapping[str, str]) -> dict[str, str]:
    """Join the spellings of one name; see `spelling` for the rules.

    Parameters
    ----------
    names : dict
        As `collect_names` gives them.
    own : mapping
        Aliases of the user: entity by alias.

    Returns
    -------
    dict
        For each key the key that stands for its group; the same whatever the order of articles.
    """
    leader = {key: key for key in names}
    blocks: dict[tuple[str, ...], list[str]] = {}
    for key in sorted(names):
        name = names[key]
        folded = [fold(word) for word in name.words]
        if name.kind == "person" and 1 < len(folded) <= _MAX_PERSON_WORDS:
            blocks.setdefault(("whole", fold("".join(name.words))), []).append(key)
            blocks.setdefault(("words", *sorted(folded)), []).append(key)
            if not is_syllabic(name.words):
                first, rest = folded[0], "".join(folded[1:])
                blocks.setdefault(("given", first, rest[0], rest[-1]), []).append(key)
                first, rest = folded[-1], "".join(folded[:-1])
                blocks.setdefault(("surname", first, rest[0], rest[-1]), []).append(key)
    for block, keys in sorted(blocks.items()):
        for i, one in enumerate(keys):
            for other in keys[:i]:
                if block[0] in ("whole", "words") or _is_slip(block[0], names[one], names[other]):
                    _join(leader, one, other)
    for one, other in _by_middle_name(names):
        _join(leader, one, other)
    for alias, entity in own.items():
        if plain(alias) in leader and plain(entity) in leader:
            _join(leader, plain(alias), plain(entity))
    return {key: _leader(leader, key) for key in names}


def _by_middle_name(names: dict[str, Name]) -> Iterator[tuple[str, str]]:
    """Pair names that differ by a middle name or its initial, where the corpus knows only one such name."""
    ends: dict[tuple[str, str], list[str]] = {}
    for key in sorted(names):
        parts = parts_of(names[key].words)
        if names[key].kind == "person" and len(parts) > 1 and not is_syllabic(names[key].words):
            ends.setdefault((parts[0], parts[-1]), []).append(key)
    for (first, _), keys in ends.items():
        middles: Counter[tuple[str, ...]] = Counter()
        for key in keys:
            middles[parts_of(names[key].words)[1:-1]] += names[key].surfaces.total()
        middles.pop((), None)
        top = max(middles, key=lambda middle: (middles[middle], middle), default=())
        same = {middle for middle in middles if _is_same_middle(middle, top)} | {()}
        n_others = sum(n for middle, n in middles.items() if middle not in same)
        n_same = sum(n for middle, n in middles.items() if middle in same)
        if len(first) > 1 and n_same >= _DOMINANT * n_others:
            fits = [key for key in keys if _may_join(names[key].words, same)]
            yield from ((fits[0], key) for key in fits[1:])


def _is_same_middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two middle names agree, or one is the initial of the other."""
    short, long = sorted(("".join(one), "".join(other)), key=len)
    return one == other or (len(one) == len(other) == len(short) == 1 and long.startswith(short))


def _may_join(words: tuple[str, ...], middles: set[tuple[str, ...]]) -> bool:
    has_addition = any(word.lower() in words_of("person_after") for word in words)
    return parts_of(words)[1:-1] in middles and not has_addition


def _is_slip(shared: str, one: Name, other: Name) -> bool:
    cut = slice(1, None) if shared == "given" else slice(None, -1)
    words = ["".join(fold(word) for word in name.words[cut]) for name in (one, other)]
    return is_slip(*words) and not one.articles & other.articles


def _leader(leader: dict[str, str], key: str) -> str:
    while leader[key] != key:
        key = leader[key]
    return key


def _join(leader: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_leader(leader, one), _leader(leader, other)))
    leader[second] = first
