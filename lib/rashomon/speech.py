"""Say who says what, in whose words, and who passed it on.

Known limits
------------
Rules and word lists for English; no parser, no model. Found are quotations by their marks, blocks that a
colon announces, interview turns and scripts, and reports by a verb of the list `speech_cues` or a noun that
reports. Not found: nouns without "that" ("fears of a flood"), mere attitudes ("supports the plan"), speech
after a dash that no verb reports, and speech told without a reporting word ("They would share their
findings"). After a dash, what a verb reports is reported speech: a list looks the same as a dialogue. Where
a content ends is guessed from commas: it can run on into the narrator's words. A quotation cut in two by
"she said" is two rows with one cue; so is each paragraph of a long one. A partial quotation stands beside
the clause it is part of.

Inside a quotation only those are read who are named there. A surname that several people share, a pronoun
without a recent speaker it fits, and an interview question without label get no speaker; an answer without
label is given to the one who alone has answered before. "The former mayor" means the last person spoken of.
A lone capitalized name that the text never gives in full counts as an institution. Stance is read from the
reporting words alone; irony is not seen. A quotation of fewer than six words that no report claims counts
as a scare quote, one in title case as a title.

Entities are those of the article (`_speech/speakers`); `find_names` links across articles and is slower.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from rashomon._reading.articles import describe_text
from rashomon._speech.attribution import read_article
from rashomon._speech.paragraphs import Paragraph, read_paragraph
from rashomon._speech.phrases import Span
from rashomon._speech.quotes import reopens_single
from rashomon.corpus import Corpus
from rashomon.read import CorpusError, RawDocument
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
        rows += _rows_of(article_id, corpus.raw(article_id), paragraphs)
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

    Raises
    ------
    CorpusError
        When the text holds a lone surrogate, which no encoding can write.

    Examples
    --------
    >>> statements_in("The plan is dead, according to the mayor.")[["speaker", "cue"]].values.tolist()
    [['mayor', 'according to']]
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise CorpusError(f"the text holds half a character at {error.start}; decode it anew") from error
    document = RawDocument("text", text, "str", "", "text", "text")
    tables = describe_text(document, "text")  # not corpus_of: seven tables take longer than the speech
    paragraphs = _read_paragraphs(text, tables["lines"], tables["sentences"])
    return make_table("statements", _rows_of("text", text, paragraphs))


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
        The sentences with `voice`: `speaker` when every word is part of a statement, `narrator` when none
        is, else `mixed`. Scare quotes, titles, a statement's own cue and the mention of its speaker are the
        words of whoever speaks around them.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> corpus = corpus_of({"a": "It rained all day. “I hate it. It is wet,” Ann Gray said."})
    >>> mark_voices(corpus.sentences, find_statements(corpus))["voice"].tolist()
    ['narrator', 'speaker', 'mixed']
    """
    said = statements[~statements["kind"].isin(_NOBODY)]
    spoken = {
        str(article_id): _spoken(rows.to_dict("records"))
        for article_id, rows in said.groupby("article_id", sort=False)
    }
    columns = (sentences[column] for column in ("article_id", "start", "text"))
    voices = [_voice_at(text, start, spoken.get(a, [])) for a, start, text in zip(*columns, strict=True)]
    marked = sentences.assign(voice=pd.Series(voices, index=sentences.index, dtype="str"))
    check_table("sentences", marked)
    return marked


def _spoken(rows: Sequence[dict[Hashable, Any]]) -> list[Span]:
    """Give the stretches that are a speaker's: of each statement all but its own cue and mention."""
    pieces: list[Span] = []
    for row in rows:
        at = row["start"]
        own = [(row[f"{of}_start"], row[f"{of}_end"]) for of in ("cue", "speaker")]
        for start, end in sorted((a, b) for a, b in own if not pd.isna(a) and row["start"] <= a < row["end"]):
            pieces.append((at, start))
            at = max(at, end)
        pieces.append((at, row["end"]))
    merged: list[Span] = []
    for start, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _voice_at(text: str, start: int, spoken: Sequence[Span]) -> str:
    words = [start + match.start() for match in _WORD.finditer(text)]
    n_spoken = sum(_is_in(spoken, at) for at in words)
    return "narrator" if not n_spoken else "speaker" if n_spoken == len(words) else "mixed"


def _is_in(spans: Sequence[Span], at: int) -> bool:
    k = bisect_left(spans, (at + 1, 0)) - 1
    return k >= 0 and at < spans[k][1]


def _rows_of(article_id: str, raw: str, paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    return [
        {"article_id": article_id, "surface": raw[row["start"] : row["end"]], **row}
        for row in read_article(paragraphs)
    ]


def _paragraphs_by_article(corpus: Corpus) -> Iterator[tuple[str, list[Paragraph]]]:
    columns = ("article_id", "line_no", "start", "end", "sentence_id")
    inside = _records(corpus.sentences, columns)
    of_lines = ("line_no", "start", "end", "zone", "part_id", "is_article_text", "carries_claims")
    for article_id, lines in _records(corpus.lines, ("article_id", *of_lines)).items():
        paragraphs = _read_paragraphs(corpus.raw(article_id), lines, inside.get(article_id, []))
        if paragraphs:
            yield article_id, paragraphs


def _records(table: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of each article as records, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for values in zip(*(table[column].tolist() for column in columns), strict=True):
        found.setdefault(values[0], []).append(dict(zip(columns, values, strict=True)))
    return found


def _read_paragraphs(
    raw: str, lines: Sequence[dict[str, Any]], sentences: Sequence[dict[str, Any]]
) -> list[Paragraph]:
    """Read the lines of one article that are article text or carry claims."""
    inside: dict[int, list[tuple[int, int, int]]] = {}
    for row in sentences:
        inside.setdefault(row["line_no"], []).append((row["start"], row["end"], row["sentence_id"]))
    read = [row for row in lines if row["is_article_text"] or row["carries_claims"]]
    texts = [raw[row["start"] : row["end"]] for row in read]
    return [
        read_paragraph(
            text,
            row["start"],
            tuple(inside.get(row["line_no"], ())),
            row["zone"],
            row["part_id"],
            runs_on=reopens_single(following),
        )
        for row, (text, following) in zip(read, pairwise([*texts, ""]), strict=True)
    ]
