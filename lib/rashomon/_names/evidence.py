"""What the rest of the corpus shows about a capital that its place in the sentence explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rashomon._names.entities import parts_of
from rashomon._names.lists import is_small, words_of
from rashomon._names.mentions import Piece
from rashomon._names.spelling import word_key
from rashomon._names.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words seen in lower case, and the words of sure names, in the corpus and by article."""

    lower: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    full: set[tuple[str, ...]] = field(default_factory=set)
    by_article: dict[str, set[str]] = field(default_factory=dict)


def gather_evidence(articles: Mapping[str, Sequence[tuple[Sentence, Sequence[Piece]]]]) -> Evidence:
    """Gather what running text shows; headings in title case show nothing.

    Parameters
    ----------
    articles : mapping
        Sentences with their names, by article.

    Returns
    -------
    Evidence
    """
    evidence = Evidence()
    for article_id, lines in articles.items():
        here = evidence.by_article.setdefault(article_id, set())
        for sentence, pieces in lines:
            if sentence.is_title_case:
                continue
            evidence.lower.update(
                word.key for word in sentence.words if not word.is_capital and not word.is_glued
            )
            for piece in pieces:
                if piece.known and piece.known.rule != "alias":
                    continue
                sure = piece.words[1:] if piece.is_uncertain else piece.words
                if len(piece.words) > 1:
                    here.update(parts_of(piece.words))
                if len(sure) > 1 and not piece.is_uncertain:
                    evidence.full.add(parts_of(sure))
                here.update(word_key(word) for word in sure)
                evidence.words.update(word_key(word) for word in sure)
    return evidence


def settle(piece: Piece, article_id: str, evidence: Evidence) -> Piece | None:
    """Decide whether a name at the beginning of a sentence is one, and whether its first word belongs to it.

    Parameters
    ----------
    piece : Piece
        A name as found.
    article_id : str
        Its article.
    evidence : Evidence
        As `gather_evidence` gives it.

    Returns
    -------
    Piece or None
        The name, without a first word that is none; None when it is no name.
    """
    if piece.known:
        return piece
    if all(word.isupper() for word in piece.words) and evidence.lower & {
        word.lower() for word in piece.words
    }:
        return None  # "BREAKING", "LIVE TEXT"
    if not piece.is_uncertain:
        return piece
    first = piece.words[0].lower()
    is_word = len(first) > 1 and first not in words_of("particle")
    is_common = is_word and (first in evidence.lower or is_small(first))
    if len(piece.words) == 1:
        here, key = evidence.by_article[article_id], word_key(first)
        if is_common:
            is_name = key in here and not piece.has_article and piece.is_subject and not is_small(first)
        else:
            is_name = key in here or key in evidence.words or _looks_named(piece, first)
        return piece if is_name else None
    rest = parts_of(piece.words[1:])
    if parts_of(piece.words) in evidence.full:
        return piece
    if (len(rest) > 1 and (rest in evidence.full or is_common)) or (
        is_common and rest[0] in evidence.by_article[article_id] - {word_key(first)}
    ):
        return replace(piece, start=piece.second, words=piece.words[1:], is_uncertain=False)
    return piece


def _looks_named(piece: Piece, word: str) -> bool:
    """Say whether a lone first word can only be a name: a verb, no article, no ending of mass nouns."""
    if piece.kind == "organization":
        return True
    is_noun = word.endswith(tuple(words_of("abstract_ending"))) or (
        word.endswith("s") and word[-2:] not in ("ss", "us", "is")
    )
    return piece.is_subject and not is_noun and not piece.has_article and len(word) > 2
