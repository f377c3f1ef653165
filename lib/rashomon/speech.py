"""Say who says what, in whose words, and who passed it on.

Known limits
------------
Rules and word lists for English; no parser, no model. Found are quotations by their marks, blocks that a
colon announces, interview turns and scripts, and reports by a verb of the list `speech_cues` or a noun that
reports. Not found: passives other than hearsay ("was announced"), nouns without "that" ("fears of a
flood"), mere attitudes ("supports the plan"), quotations in single marks or after a dash that run over
paragraphs, and speech told without a reporting word ("They would share their findings"). Where a content
ends is guessed from commas: it can run on into the narrator's words. A quotation cut in two by "she said"
is two rows with one cue; so is each paragraph of a long one. A partial quotation stands beside the clause
it is part of.

Inside a quotation only those are read who are named there. A surname that several people share, a pronoun
without a recent speaker it fits, and an interview turn that has lost its label get no speaker. "The former
mayor" means the last person spoken of. A lone capitalized name that the text never gives in full counts as an
institution. Stance is read from the reporting words alone; irony is not seen. A quotation of fewer than six
words that no report claims counts as a scare quote, one in title case as a title.

Entities are those of the article (`_speech/speakers`); `find_names` links across articles and is slower.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Hashable, Iterator, Sequence
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
        else `mixed`, as `voice_spans` has it.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> corpus = corpus_of({"a": "It rained all day. “I hate it. It is wet,” Ann Gray said."})
    >>> mark_voices(corpus.sentences, find_statements(corpus))["voice"].tolist()
    ['narrator', 'speaker', 'mixed']
    """
    spans = voice_spans(statements)
    spoken: dict[str, list[Span]] = {}
    for article_id, start, end in zip(spans["article_id"], spans["start"], spans["end"], strict=True):
        spoken.setdefault(article_id, []).append((start, end))
    columns = (sentences[column] for column in ("article_id", "start", "text"))
    voices = [_voice_at(text, start, spoken.get(a, [])) for a, start, text in zip(*columns, strict=True)]
    marked = sentences.assign(voice=pd.Series(voices, index=sentences.index, dtype="str"))
    check_table("sentences", marked)
    return marked


def voice_spans(statements: pd.DataFrame) -> pd.DataFrame:
    """Say of every character that is not the narrator's whose words it is part of.

    Parameters
    ----------
    statements : DataFrame
        Table `statements`.

    Returns
    -------
    DataFrame
        `article_id`, `start`, `end` and `speaker`, in order and without overlaps: each stretch belongs to the
        innermost statement around it, without that statement's own cue and mention of its speaker. Scare
        quotes and titles change nothing. What no row covers is the narrator's.

    Examples
    --------
    >>> spans = voice_spans(statements_in("The plan, Ann Gray said, is dead. It rained."))
    >>> spans[["start", "end", "speaker"]].values.tolist()
    [[0, 10, 'Ann Gray'], [18, 19, 'Ann Gray'], [23, 32, 'Ann Gray']]
    """
    said = statements[~statements["kind"].isin(_NOBODY)]
    rows: list[tuple[str, int, int, str]] = []
    for article_id, group in said.groupby("article_id", sort=False):
        rows.extend((str(article_id), *span) for span in _innermost(group.to_dict("records")))
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "speaker"])


def _innermost(rows: Sequence[dict[Hashable, Any]]) -> Iterator[tuple[int, int, str]]:
    """Sweep over the rows of one article; the shortest row around a place has it."""
    events: list[tuple[int, int, int, str]] = []
    for row in rows:
        pieces, at = [], row["start"]
        own = [(row[f"{of}_start"], row[f"{of}_end"]) for of in ("cue", "speaker")]
        for start, end in sorted((a, b) for a, b in own if not pd.isna(a) and row["start"] <= a < row["end"]):
            pieces.append((at, start))
            at = max(at, end)
        for start, end in [*pieces, (at, row["end"])]:
            if start < end:
                events += [(start, 1, row["end"] - row["start"], row["speaker"])]
                events += [(end, 0, row["end"] - row["start"], row["speaker"])]
    active: list[tuple[int, str]] = []
    latest: tuple[int, int, str] | None = None
    before = 0
    for at, is_start, length, speaker in sorted(events):
        if active and at > before:
            owner = active[0][1]
            if latest and latest[1] == before and latest[2] == owner:
                latest = (latest[0], at, owner)
            else:
                if latest:
                    yield latest
                latest = (before, at, owner)
        before = at
        if is_start:
            insort(active, (length, speaker))
        else:
            active.remove((length, speaker))
    if latest:
        yield latest


def _voice_at(text: str, start: int, spoken: Sequence[Span]) -> str:
    words = [start + match.start() for match in _WORD.finditer(text)]
    n_spoken = sum(_is_in(spoken, at) for at in words)
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
