"""Find the names of a corpus and say which of them mean the same person, country or institution.

No model: rules on capitals, offices, brackets and lists (`countries`, `known_names`, `name_words`). The text
is not touched. How spellings are joined stands at the head of `_names/spelling.py`; how short forms are:

* a surname or a given name means the full name in the same article that holds it. Of several people of one
  surname it means the one with the same office, else the one mentioned last, but not one named in full in the
  same sentence; before any full name, the one written at least twice as often; else it is `ambiguous`;
* without a full name in the article, a surname means the one full name of the corpus that holds it;
* a short form in brackets means the words before it, there and in articles that do not say otherwise;
* a capital or a seat of government means the country, unless it is plainly a place ("in Seoul", "SEOUL –").

Known limits
------------
Written for English text in Latin letters. A capital at the beginning of a sentence shows nothing: a lone word
there is a name when the corpus has it elsewhere with a capital inside a sentence, or when a verb or a
possessive follows and it never stands in lower case. In title case only names known from running text are
found. Two people with one full name are one. A capital that is a place without a preposition ("Paris is
hosting the Games") is taken for the country. Bodies named by one common word ("the Senate") are not found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from rashomon._names.aliases import read_aliases
from rashomon._names.definitions import agreed_definitions, definitions_in, halves_in
from rashomon._names.entities import Name, collect_names, group_names, key_of
from rashomon._names.evidence import gather_evidence, settle
from rashomon._names.linking import SCORES, Link, index_people, link_article
from rashomon._names.lists import Known, Phrases, listed_names
from rashomon._names.mentions import Piece, find_pieces
from rashomon._names.spelling import plain
from rashomon._names.tokens import Sentence, read_sentence
from rashomon.corpus import Corpus, corpus_of
from rashomon.normalize import Normalized, normalize
from rashomon.tables import make_table

_IN_TITLE_CASE = 0.9  # a heading's capitals show nothing, so its names are trusted less


@dataclass(slots=True)
class _Line:
    """A sentence of the corpus with its names."""

    sentence_id: int
    part_id: int
    start: int
    fixed: Normalized
    read: Sentence
    pieces: list[Piece]


class _Entity(NamedTuple):
    """What a group of spellings is called, of what kind it is, and its most often written spelling."""

    name: str
    kind: str
    written: str


_NOBODY = _Entity("", "person", "")


def find_names(corpus: Corpus, *, aliases: str = "") -> pd.DataFrame:
    """Find names and link those that mean the same, within articles and across them.

    Parameters
    ----------
    corpus : Corpus
        As `read_corpus` gives it; the sentences that carry claims are read.
    aliases : str
        Path of a CSV file with the columns `alias`, `entity` and, if wanted, `kind`: each a name as written
        (capitals count) and the name it means. Empty for none.

    Returns
    -------
    DataFrame
        Table `names`. `score` runs from 0 to 1, more is surer; it orders the rules by trust and is no
        probability. `entity` is empty when a mention could mean several.

    Raises
    ------
    CorpusError
        When the table of aliases cannot be read, lacks a column, or a row is ill-formed.

    Notes
    -----
    The rules and known limits stand at the head of the module. The result does not depend on the order of
    articles, but on which articles are there.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> corpus = corpus_of({"a": "Mayor Ann Gray left. It rained. Gray was late.", "b": "I trust Gray."})
    >>> find_names(corpus)[["surface", "entity", "rule"]].values.tolist()
    [['Ann Gray', 'Ann Gray', 'exact'], ['Gray', 'Ann Gray', 'surname'], ['Gray', 'Ann Gray', 'surname']]
    """
    own = read_aliases(aliases) if aliases else {}
    articles = _read_articles(corpus)
    texts = {article_id: [line.read.text for line in lines] for article_id, lines in articles.items()}
    spelled = {article_id: definitions_in(sentences) for article_id, sentences in texts.items()}
    everywhere = agreed_definitions(spelled.values())
    always = (Phrases.of(own.items()), listed_names())
    for article_id, lines in articles.items():
        sides = halves_in(texts[article_id])
        phrases = (always[0], Phrases.of({**everywhere, **spelled[article_id], **sides}.items()), always[1])
        for line in lines:
            if not line.read.is_title_case:
                line.pieces = find_pieces(line.read, phrases)
    evidence = gather_evidence(
        {article_id: [(line.read, line.pieces) for line in lines] for article_id, lines in articles.items()}
    )
    for article_id, lines in articles.items():
        for line in lines:
            line.pieces = [piece for each in line.pieces if (piece := settle(each, article_id, evidence))]
        _read_headings(lines, (*always, Phrases.of({**everywhere, **spelled[article_id]}.items())))
    _give_owners(articles.values())
    return make_table("names", _rows(corpus, articles, own))


def names_in(text: str) -> pd.DataFrame:
    """Find the names of one text and link them; see `find_names`.

    Parameters
    ----------
    text : str
        Any text; its name in the table is "text".

    Returns
    -------
    DataFrame
        Table `names`.

    Examples
    --------
    >>> names_in("Seoul and Kim Jong-un’s aides met in Oslo.")[["entity", "kind", "rule"]].values.tolist()
    [['South Korea', 'country', 'capital'], ['Kim Jong-un', 'person', 'alone'], ['Oslo', 'place', 'exact']]
    """
    return find_names(corpus_of({"text": text}))


def _read_articles(corpus: Corpus) -> dict[str, list[_Line]]:
    columns = ("article_id", "sentence_id", "part_id", "start", "zone", "text", "carries_claims")
    articles: dict[str, list[_Line]] = {}
    for article_id, number, part, start, zone, text, carries in zip(
        *(corpus.sentences[column].tolist() for column in columns), strict=True
    ):
        if carries:
            fixed = normalize(text)
            line = _Line(number, part, start, fixed, read_sentence(fixed.text, zone), [])
            articles.setdefault(article_id, []).append(line)
    return articles


def _read_headings(lines: Sequence[_Line], phrases: Sequence[Phrases]) -> None:
    """Find in title case what running text of the article or a list has for a name."""
    headings = [line for line in lines if line.read.is_title_case]
    if not headings:
        return
    seen: dict[str, Known] = {}
    for line in lines:
        for piece in line.pieces:
            if not piece.known and piece.kind != "unknown":
                for words in (piece.words, piece.words[-1:], piece.words[:1]):
                    form = " ".join(words)
                    seen.setdefault(form, Known(form, piece.kind if words == piece.words else "", ""))
    names = (*phrases, Phrases.of(sorted(seen.items())))
    for line in headings:
        line.pieces = [_unlisted(piece) for piece in find_pieces(line.read, names)]


def _unlisted(piece: Piece) -> Piece:
    return replace(piece, known=None) if piece.known and not piece.known.rule else piece


def _give_owners(articles: Iterable[Sequence[_Line]]) -> None:
    """Give a body of state named without its country the one it has elsewhere, when there is only one."""
    whole: dict[str, set[str]] = {}
    for lines in articles:
        here: dict[str, set[str]] = {}
        for line in lines:
            for piece in line.pieces:
                if piece.owner:
                    here.setdefault(_bare_key(piece), set()).add(piece.owner)
        for key, owners in here.items():
            whole.setdefault(key, set()).update(owners)
        for line in lines:
            line.pieces = [_owned(piece, here) for piece in line.pieces]
    for lines in articles:
        for line in lines:
            line.pieces = [_owned(piece, whole) for piece in line.pieces]


def _bare_key(piece: Piece) -> str:
    return key_of(replace(piece, owner="", words=(piece.known.entity,) if piece.known else piece.words))


def _owned(piece: Piece, owners: dict[str, set[str]]) -> Piece:
    if piece.owner or piece.kind != "organization":
        return piece
    known = owners.get(_bare_key(piece), set())
    return replace(piece, owner=min(known)) if len(known) == 1 else piece


def _rows(
    corpus: Corpus, articles: dict[str, list[_Line]], own: dict[str, Known]
) -> Iterator[dict[str, object]]:
    names = collect_names(
        (article_id, line.read.text[piece.start : piece.end], piece)
        for article_id, lines in articles.items()
        for line in lines
        for piece in line.pieces
        if not _is_listed(piece)
    )
    groups = group_names(names, {alias: known.entity for alias, known in own.items()})
    people = index_people(names, groups)
    linked: list[tuple[str, _Line, Piece, Link]] = []
    for article_id, lines in articles.items():
        there = [(line, piece) for line in lines for piece in line.pieces]
        for line, piece in there:
            if piece.known and _is_listed(piece):
                entity, kind, rule, _ = piece.known
                yield _row(corpus, article_id, line, piece, (entity, kind, rule, SCORES[rule]))
        mentions = [(line, piece) for line, piece in there if not _is_listed(piece)]
        links = link_article([(line.sentence_id, piece) for line, piece in mentions], names, groups, people)
        linked += [(article_id, *mention, link) for mention, link in zip(mentions, links, strict=True)]
    called = _call(names, groups, own)
    n_mentions = Counter(link.group for *_, link in linked)
    for article_id, line, piece, link in linked:
        entity, kind, written = called.get(link.group, _NOBODY)
        rule, score = "alias" if piece.known else link.rule, link.score
        if not rule:
            same = line.read.text[piece.start : piece.end] == written
            rule = "alone" if n_mentions[link.group] == 1 else "exact" if same else "spelling"
        yield _row(corpus, article_id, line, piece, (entity, kind, rule, score or SCORES[rule]))


def _is_listed(piece: Piece) -> bool:
    """Say whether a list knows what a name stands for; an alias is linked as any other name."""
    return piece.known is not None and piece.known.rule != "alias"


def _call(names: dict[str, Name], groups: dict[str, str], own: dict[str, Known]) -> dict[str, _Entity]:
    """Give each group its most often written spelling, and its kind; one spelling for two gets the owner."""
    members: dict[str, list[str]] = {}
    for key, group in groups.items():
        members.setdefault(group, []).append(key)
    called: dict[str, _Entity] = {}
    for group, keys in members.items():
        surfaces: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for key in keys:
            surfaces.update(names[key].surfaces)
            kinds[names[key].kind] += names[key].surfaces.total()
        best = max(surfaces, key=lambda s: (surfaces[s], len(s), s))
        kind = max(kinds, key=lambda k: (kinds[k], k))
        called[group] = _Entity(" ".join(best.split()), kind, best)
    shared = Counter(entity.name for entity in called.values())
    for group, entity in called.items():
        if shared[entity.name] > 1 and names[group].owner:
            called[group] = entity._replace(name=f"{entity.name} ({names[group].owner})")
    for alias, known in own.items():
        if plain(alias) in groups:
            group = groups[plain(alias)]
            kind = known.kind or called[group].kind
            called[group] = called[group]._replace(name=known.entity, kind=kind)
    return called


def _row(
    corpus: Corpus, article_id: str, line: _Line, piece: Piece, found: tuple[str, str, str, float]
) -> dict[str, object]:
    entity, kind, rule, score = found
    start, end = (line.start + at for at in line.fixed.to_raw(piece.start, piece.end))
    return {
        "article_id": article_id,
        "sentence_id": line.sentence_id,
        "part_id": line.part_id,
        "start": start,
        "end": end,
        "surface": corpus.raw(article_id)[start:end],
        "entity": entity,
        "kind": kind,
        "rule": rule,
        "score": score * (_IN_TITLE_CASE if line.read.is_title_case else 1),
    }
