"""Find the names of a corpus and say which of them mean the same person, country or institution.

No model: rules on capitals, offices, brackets and lists (`countries`, `known_names`, `name_words`). The text is
not touched. How spellings are joined stands at the head of `_names/spelling.py`; how short forms are, here:

* a surname or a given name means the full name in the same article that holds it. Of several people of one
  surname it means the one with the same office, else the one mentioned last, but not one named in full in the
  same sentence; before any full name, the one written at least twice as often; else it is `ambiguous`;
* without a full name in the article, a surname means the one full name of the corpus that holds it;
* a short form in brackets means the words before it, there and in articles that do not spell it out otherwise;
* a capital or a seat of government means the country, unless it is plainly a place ("in Seoul", "SEOUL –").

Known limits
------------
Written for English text in Latin letters. A capital at the beginning of a sentence shows nothing: a lone word
there is a name when the corpus has it elsewhere with a capital inside a sentence, or when a verb or a possessive
follows and it never stands in lower case. In title case only names known from running text are found. Two
people with one full name are one. A capital that is a place without a preposition ("Paris is hosting the
Games") is taken for the country. Bodies named without their modifier ("the Senate") are not found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from rashomon._names.acronyms import find_definitions
from rashomon._names.entities import Name, collect_names, group_names, key_of
from rashomon._names.evidence import gather_evidence, settle
from rashomon._names.linking import SCORES, Link, index_people, link_article
from rashomon._names.lists import Known, Phrases, listed_names
from rashomon._names.mentions import Piece, find_pieces
from rashomon._names.tokens import Sentence, read_sentence
from rashomon.corpus import Corpus, corpus_of
from rashomon.normalize import Normalized, normalize
from rashomon.read import CorpusError, read_csv_rows, read_word_list
from rashomon.dictionary import VOCABULARIES
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
    >>> corpus = corpus_of({"a": "Mayor Ann Gray left Oslo. It rained. Gray was late.", "b": "I met Anne-Marie Gray."})
    >>> find_names(corpus)[["surface", "entity", "rule"]].values.tolist()[:3]
    [['Ann Gray', 'Ann Gray', 'exact'], ['Oslo', 'Oslo', 'exact'], ['Gray', 'Ann Gray', 'surname']]
    """
    own = _read_aliases(aliases) if aliases else {}
    articles = _read_articles(corpus)
    spelled = {article_id: _definitions(lines) for article_id, lines in articles.items()}
    everywhere = _agreed(spelled.values())
    always = (Phrases.of(own.items()), listed_names())
    for article_id, lines in articles.items():
        sides = _sides(lines)
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


def _sides(lines: Sequence[_Line]) -> dict[str, Known]:
    """Give "North" and "South" the one country of the article whose name begins so, for "the North"."""
    sides: dict[str, Known] = {}
    for side in ("North", "South"):
        halves = [row["name"] for row in read_word_list("countries") if row["name"].startswith(f"{side} ")]
        there = [name for name in halves if any(name in line.read.text for line in lines)]
        if len(there) == 1:
            sides[side] = Known(there[0], "country", "part")
    return sides


def _definitions(lines: Sequence[_Line]) -> dict[str, Known]:
    """Give what an article spells out, the short form and the words; what is listed stays as listed."""
    listed = listed_names()
    found: dict[str, Known] = {}
    for acronym, (_, full, _) in find_definitions(line.read.text for line in lines).items():
        words = read_sentence(full).bare
        match = listed.match(words, 0)
        if match and match[0] == len(words):
            known = match[1]
            found[acronym] = Known(known.entity, known.kind, "acronym")
        else:
            found[full] = Known(full, "organization", "exact")
            found[acronym] = Known(full, "organization", "acronym")
    return found


def _agreed(spelled: Iterable[dict[str, Known]]) -> dict[str, Known]:
    """Keep the short forms that mean the same in all articles that spell them out."""
    meanings: dict[str, set[Known]] = {}
    for found in spelled:
        for form, known in found.items():
            meanings.setdefault(form, set()).add(known)
    return {form: known.pop() for form, known in sorted(meanings.items()) if len(known) == 1}


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
                    seen.setdefault(form, Known(form, piece.kind, "") if words == piece.words else Known(form, "", ""))
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
        if not piece.known
    )
    groups = group_names(names)
    people = index_people(names, groups)
    linked: list[tuple[str, _Line, Piece, Link]] = []
    for article_id, lines in articles.items():
        mentions = [(line.sentence_id, line, p) for line in lines for p in line.pieces if not p.known]
        links = link_article([(number, piece) for number, _, piece in mentions], names, groups, people)
        linked += [(article_id, m[1], m[2], link) for m, link in zip(mentions, links, strict=True)]
    called = _call(names, groups)
    for article_id, lines in articles.items():
        for line in lines:
            for piece in line.pieces:
                if piece.known:
                    known = piece.known
                    yield _row(corpus, article_id, line, piece, known.entity, known.kind, known.rule, SCORES[known.rule])
    n_mentions = Counter(link.group for *_, link in linked)
    for article_id, line, piece, link in linked:
        entity, kind = called.get(link.group, ("", "person"))
        rule, score = link.rule, link.score
        if not rule:
            same = line.read.text[piece.start : piece.end] == entity
            rule = "alone" if n_mentions[link.group] == 1 else "exact" if same else "spelling"
            score = SCORES[rule]
        if entity in own:
            entity, kind, rule = own[entity].entity, own[entity].kind, "alias"
        yield _row(corpus, article_id, line, piece, entity, kind, rule, score)


def _call(names: dict[str, Name], groups: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Give each group its most often written spelling, and its kind; one spelling for two gets the owner."""
    members: dict[str, list[str]] = {}
    for key, group in groups.items():
        members.setdefault(group, []).append(key)
    called: dict[str, tuple[str, str]] = {}
    for group, keys in members.items():
        surfaces: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for key in keys:
            surfaces.update(names[key].surfaces)
            kinds[names[key].kind] += names[key].surfaces.total()
        best = max(surfaces, key=lambda s: (surfaces[s], len(s), s))
        kind = max(kinds, key=lambda k: (kinds[k], k))
        called[group] = (" ".join(best.split()), kind)
    shared = Counter(entity for entity, _ in called.values())
    for group, (entity, kind) in called.items():
        owner = names[group].owner
        if shared[entity] > 1 and owner:
            called[group] = (f"{entity} ({owner})", kind)
    return called


def _row(
    corpus: Corpus, article_id: str, line: _Line, piece: Piece, entity: str, kind: str, rule: str, score: float
) -> dict[str, object]:
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


def _read_aliases(path: str) -> dict[str, Known]:
    rows = read_csv_rows(path)
    if not rows:
        raise CorpusError(f"{path}: the table of aliases has no rows; give the columns alias,entity")
    own: dict[str, Known] = {}
    for line, row in rows:
        alias, entity = ((row.get(column) or "").strip() for column in ("alias", "entity"))
        kind = (row.get("kind") or "").strip() or "unknown"
        if not alias or not entity:
            raise CorpusError(f"{path}, line {line}: each line must hold alias,entity; one of them is empty")
        if kind not in VOCABULARIES["name_kind"]:
            raise CorpusError(f"{path}, line {line}: kind {kind!r} is none of {VOCABULARIES['name_kind']}")
        if alias in own:
            raise CorpusError(f"{path}, line {line}: {alias!r} stands there twice; keep one of them")
        own[alias] = Known(entity, kind, "alias")
    return own
