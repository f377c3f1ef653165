"""Attitude toward each named target: how it comes off in a sentence, and by which words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from rashomon._lexicon import Token, is_english, tokenize
from rashomon._tone.account import Found
from rashomon._tone.targets import factors_of, find, label_of
from rashomon._tone.texts import corpus_of_text
from rashomon.corpus import Corpus
from rashomon.names import find_names
from rashomon.speech import mark_voices
from rashomon.tables import make_table

_MOST_WORDS = 3  # shown as what carries an attitude


def find_attitudes(
    corpus: Corpus, statements: pd.DataFrame | None = None, names: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Score how each named target comes off in the sentence that names it.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that may carry claims are read; those in another language are passed over.
    statements : DataFrame, optional
        Table `statements`; it tells whose words each sentence is. Without it `voice` is empty.
    names : DataFrame, optional
        Table `names`, or rows of it; found when left out.

    Returns
    -------
    DataFrame
        Table `targets`, a row per mention. `attitude` runs from about -1 to 1, up is better. `charge` is up
        where the target comes off in some way at all; `label` is neutral unless charge + abs(attitude) / 2
        is above 0. Both are sums of weights of words (`find_attitude_cues`). `words` are the up to three
        that speak most for the label; the window from `window_start` to `window_end` holds them and the
        target.

    References
    ----------
    Hamborg, F., & Donnay, K. (2021). NewsMTSC: A dataset for (multi-)target-dependent sentiment
    classification in political news articles. EACL (task and ratings).

    Known limits
    ------------
    Words and where they stand, no grammar: who does what to whom is seen only by the side of the target. How
    a target comes off is not who says so: see `voice`. Of three labels about two in three are right.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> found = find_attitudes(corpus_of({"a": "The corrupt and brutal regime of Ann Gray lied again."}))
    >>> found[["entity", "label"]].values.tolist()
    [['Ann Gray', 'negative']]
    """
    names = find_names(corpus) if names is None else names
    sentences = corpus.sentences[corpus.sentences["carries_claims"]]
    if statements is not None:
        sentences = mark_voices(sentences, statements)
    by_sentence: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for mention in names[names["entity"] != ""].itertuples():
        by_sentence[mention.article_id, mention.sentence_id].append(mention)
    languages = dict(zip(corpus.articles["article_id"], corpus.articles["language"], strict=True))
    rows: list[dict[str, object]] = []
    for sentence in sentences.itertuples():
        mentions = by_sentence.get((sentence.article_id, sentence.sentence_id))
        if mentions is None:
            continue
        tokens = tokenize(sentence.text)
        if is_english(tokens, languages[sentence.article_id]):
            factors = factors_of(tokens)
            rows += (_row_of(sentence, mention, tokens, factors) for mention in mentions)
    return make_table("targets", rows)


def find_attitude_cues(corpus: Corpus, targets: pd.DataFrame) -> pd.DataFrame:
    """Find the words that move the attitude toward each target, and how far.

    Parameters
    ----------
    corpus : Corpus
        As `find_attitudes` was given it.
    targets : DataFrame
        Table `targets`, or rows of it.

    Returns
    -------
    DataFrame
        Table `cues`, measures attitude and charge. The weights of one mention and measure add up to its
        score. `rule` names the target and where it begins, and the word with its narrowest window.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> corpus = corpus_of({"a": "The corrupt and brutal regime of Ann Gray lied again."})
    >>> targets = find_attitudes(corpus)
    >>> cues = find_attitude_cues(corpus, targets)
    >>> sum(cues.loc[cues["measure"] == "attitude", "weight"]) == targets["attitude"].tolist()[0]
    True
    """
    texts = {(s.article_id, s.sentence_id): s for s in corpus.sentences.itertuples()}
    rows: list[dict[str, object]] = []
    for target in targets.itertuples():
        sentence = texts[target.article_id, target.sentence_id]
        at = sentence.start
        tokens = tokenize(sentence.text)
        for cue in find(tokens, target.start - at, target.end - at, factors_of(tokens)):
            row = {
                "article_id": target.article_id, "sentence_id": target.sentence_id,
                "start": at + cue.start, "end": at + cue.end, "surface": sentence.text[cue.start : cue.end],
                "measure": cue.measure, "weight": cue.weight,
                "rule": f"toward {target.surface} at {target.start}, {cue.rule}",
            }  # fmt: skip
            rows.append(row)
    return make_table("cues", rows)


def attitudes_in(text: str, targets: Iterable[str | tuple[int, int]] | None = None) -> pd.DataFrame:
    """Score how targets come off in a text.

    Parameters
    ----------
    text : str
        One text; it may be empty, or in any language.
    targets : iterable of str or (int, int), optional
        Names, of which every mention is taken, word for word; or half-open spans of the text. The names that
        the text holds when left out.

    Returns
    -------
    DataFrame
        Table `targets`, as `find_attitudes` gives it. A target outside of every sentence has no row; one that
        goes beyond a sentence is scored where it begins.

    Raises
    ------
    ValueError
        When a span lies outside the text.

    Examples
    --------
    >>> attitudes_in("They praised him as a brave and honest man.", ["him"])["label"].tolist()
    ['positive']
    """
    corpus = corpus_of_text(text)
    if targets is None:
        return find_attitudes(corpus)
    rows = []
    spans = dict(sorted(_spans_of(text, targets)))  # of two that begin together the longer one stands
    for start, end in spans.items():
        inside = corpus.sentences[(corpus.sentences["start"] <= start) & (corpus.sentences["end"] > start)]
        rows += [
            {
                "article_id": sentence.article_id, "sentence_id": sentence.sentence_id,
                "part_id": sentence.part_id, "start": start, "end": end, "surface": text[start:end],
                "entity": text[start:end], "kind": "unknown", "rule": "exact", "score": 1.0,
            }
            for sentence in inside.itertuples()
        ]  # fmt: skip
    return find_attitudes(corpus, names=make_table("names", rows))


def _spans_of(text: str, targets: Iterable[str | tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for target in targets:
        if isinstance(target, str):
            if target.strip():
                yield from (m.span() for m in re.finditer(rf"(?<!\w){re.escape(target.strip())}(?!\w)", text))
            continue
        start, end = target
        if not 0 <= start < end <= len(text):
            raise ValueError(f"target {target!r} lies outside the text of {len(text)} characters")
        yield start, end


def _row_of(
    sentence: Any, mention: Any, tokens: Sequence[Token], factors: Sequence[float]
) -> dict[str, object]:
    at = sentence.start
    found = find(tokens, mention.start - at, mention.end - at, factors)
    attitude, charge = (sum(cue.weight for cue in found if cue.measure == m) for m in ("attitude", "charge"))
    label = label_of(attitude, charge)
    carrying = _strongest(found, label)
    return {
        "article_id": mention.article_id, "sentence_id": mention.sentence_id, "part_id": mention.part_id,
        "start": mention.start, "end": mention.end, "surface": mention.surface, "entity": mention.entity,
        "kind": mention.kind, "zone": sentence.zone, "voice": sentence.voice, "attitude": attitude,
        "charge": charge, "label": label,
        "window_start": min([mention.start, *(at + cue.start for cue in carrying)]),
        "window_end": max([mention.end, *(at + cue.end for cue in carrying)]),
        "words": "; ".join(sentence.text[cue.start : cue.end] for cue in carrying),
    }  # fmt: skip


def _strongest(found: Sequence[Found], label: str) -> list[Found]:
    """Choose the words that speak most for the label, in the order of the text."""
    sign = {"negative": -1, "neutral": 0, "positive": 1}[label]
    words = [c for c in found if c.measure == "attitude" and c.rule != "base rate" and c.weight * sign > 0]
    strongest = sorted(words, key=lambda cue: (-abs(cue.weight), cue.start))[:_MOST_WORDS]
    return sorted(strongest, key=lambda cue: cue.start)
