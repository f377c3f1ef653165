"""Say who says what, in whose words, and who passed it on.

Known limits
------------
Rules and word lists for English; no parser, no model. Found are quotations by their marks, interview turns,
and reports whose verb is in the list `speech_cues`. Not found: reports by a noun ("his claim that"), by a
passive ("was announced"), quotations in single marks that run over paragraphs, and speech told without a
reporting word. A content is one stretch of text: "The plan, she said, is dead" gives two rows. A surname
that several people share, a pronoun without a recent speaker it fits, and an interview turn that has lost its
label get no speaker. Speech inside a quotation is not taken apart; inside an interview turn it is. Stance is
read from the verb alone. A quotation of fewer than six words that no report claims counts as a scare quote.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from rashomon._speech.attribution import read_article
from rashomon._speech.paragraphs import Paragraph, read_paragraph
from rashomon._speech.phrases import Span
from rashomon.corpus import Corpus, corpus_of
from rashomon.tables import check_table, make_table

_WORD = re.compile(r"\w+")
_NOBODY = frozenset(("scare", "title"))


def find_statements(corpus: Corpus) -> pd.DataFrame:
    """Find quotations, interview turns and reported speech in every article.

    Parameters
    ----------
    corpus : Corpus
        As `read_corpus` gives it; the lines that are article text or carry claims are read.

    Returns
    -------
    DataFrame
        Table `statements`. Scare quotes and titles are in it, so that nobody counts them as speech: `kind`
        says what they are and `speaker` is empty.

    Notes
    -----
    The known limits stand at the head of the module.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> found = find_statements(corpus_of({"a": "It is late, Ann Gray said. “Go home,” she added."}))
    >>> found[["kind", "speaker", "surface"]].values.tolist()
    [['indirect', 'Ann Gray', 'It is late'], ['direct', 'Ann Gray', 'Go home,']]
    """
    rows: list[dict[str, Any]] = []
    for article_id, paragraphs in _paragraphs_by_article(corpus):
        raw = corpus.raw(article_id)
        rows.extend(
            {"article_id": article_id, "surface": raw[row["start"] : row["end"]], **row}
            for row in read_article(paragraphs)
        )
    return make_table("statements", rows)


def statements_in(text: str) -> pd.DataFrame:
    """Find quotations, interview turns and reported speech in one text; see `find_statements`.

    Parameters
    ----------
    text : str
        Any text; its name in the table is "text".

    Returns
    -------
    DataFrame
        Table `statements`.

    Examples
    --------
    >>> statements_in("The plan is dead, according to the mayor.")[["speaker", "cue"]].values.tolist()
    [['mayor', 'according to']]
    """
    return find_statements(corpus_of({"text": text}))


def mark_voices(sentences: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Fill in whose words every sentence is made of.

    Parameters
    ----------
    sentences : DataFrame
        Table `sentences`.
    statements : DataFrame
        Table `statements` of the same articles.

    Returns
    -------
    DataFrame
        The sentences with `voice`: `speaker` when every word is part of a statement, `narrator` when none is,
        else `mixed`. Scare quotes, titles, cues and mentions of the speaker are the narrator's words.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> corpus = corpus_of({"a": "It rained all day. “I hate it. It is wet,” Ann Gray said."})
    >>> mark_voices(corpus.sentences, find_statements(corpus))["voice"].tolist()
    ['narrator', 'speaker', 'mixed']
    """
    spoken: dict[str, list[Span]] = {}
    told: dict[str, list[Span]] = {}
    for row in statements[~statements["kind"].isin(_NOBODY)].to_dict("records"):
        spoken.setdefault(row["article_id"], []).append((row["start"], row["end"]))
        for prefix in ("cue", "speaker"):
            if not pd.isna(row[f"{prefix}_start"]):
                told.setdefault(row["article_id"], []).append((row[f"{prefix}_start"], row[f"{prefix}_end"]))
    covers = {
        article_id: (_merge(spoken[article_id]), _merge(told.get(article_id, []))) for article_id in spoken
    }
    voices = [
        _voice_at(text, start, *covers.get(article_id, ([], [])))
        for article_id, start, text in zip(
            sentences["article_id"], sentences["start"], sentences["text"], strict=True
        )
    ]
    marked = sentences.assign(voice=pd.Series(voices, index=sentences.index, dtype="str"))
    check_table("sentences", marked)
    return marked


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _voice_at(text: str, start: int, spoken: Sequence[Span], told: Sequence[Span]) -> str:
    words = [start + match.start() for match in _WORD.finditer(text)]
    n_spoken = sum(_is_in(spoken, at) and not (_is_in(told, at)) for at in words)
    return "narrator" if not n_spoken else "speaker" if n_spoken == len(words) else "mixed"


def _is_in(spans: Sequence[Span], at: int) -> bool:
    k = bisect_left(spans, (at + 1, 0)) - 1
    return k >= 0 and at < spans[k][1]


def _paragraphs_by_article(corpus: Corpus) -> Iterator[tuple[str, list[Paragraph]]]:
    inside: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    columns = ("article_id", "line_no", "start", "end", "sentence_id")
    for article_id, line_no, *sentence in zip(*(corpus.sentences[c].tolist() for c in columns), strict=True):
        inside.setdefault((article_id, line_no), []).append((sentence[0], sentence[1], sentence[2]))
    lines = corpus.lines[corpus.lines["is_article_text"] | corpus.lines["carries_claims"]]
    of_lines = ("article_id", "line_no", "start", "end", "zone", "part_id")
    articles: dict[str, list[Paragraph]] = {}
    for article_id, line_no, start, end, zone, part_id in zip(
        *(lines[c].tolist() for c in of_lines), strict=True
    ):
        text = corpus.raw(article_id)[start:end]
        sentences = tuple(inside.get((article_id, line_no), ()))
        articles.setdefault(article_id, []).append(read_paragraph(text, start, sentences, zone, part_id))
    yield from articles.items()
