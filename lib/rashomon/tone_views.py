"""Tone laid out for reading: by unit and voice, its words as marks, and what goes wrong with whole texts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pandas as pd

from rashomon._lexicon import is_english, tokenize
from rashomon._tone.weights import read_vader
from rashomon.corpus import Corpus
from rashomon.tone import score_tone
from rashomon.tone_summary import summarize_attitudes, summarize_tone
from rashomon.voices import split_voices

_MARKED = 0.25  # weight on valence from which a word is colored
_HEADING = "heading or caption"
_HEADING_ZONES = ("headline", "subheadline", "section_heading", "caption")
_TURNS = ("interview_question", "interview_answer")
_VOICES = {"narrator": "narrator", "mixed": "narrator and speaker", "speaker": "speaker"}
_UNITS = {"sentence": ("sentence_id",), "part": ("part_id",), "article": ()}
_LEAST_WORDS = 5  # of a stretch of one voice
_MOST_WORDS = 2000  # the work of VADER grows with the square of a text's words
_SHOWN = 48  # characters of a sentence that stand for it


def score_voices(corpus: Corpus, statements: pd.DataFrame, *, word_list: str = "") -> pd.DataFrame:
    """Score what the narrator and what speakers say of each sentence apart.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that may carry claims are cut where the voice changes (`split_voices`).
    statements : DataFrame
        Table `statements`.
    word_list : str
        As in `find_cues`.

    Returns
    -------
    DataFrame
        Table `tone`, a row a stretch of one voice, counted anew in each article (`sentence_id`). Stretches of
        fewer than five words ("the mayor said") are left out: they would make any narrator plain.

    Known limits
    ------------
    A stretch is scored without the rest of its sentence, so a negation before a quotation does not reach it.

    Examples
    --------
    >>> from rashomon import corpus_of, find_statements
    >>> corpus = corpus_of({"a": "It was a quiet day in town. “This is a shameful farce,” said Ana Ruiz."})
    >>> score_voices(corpus, find_statements(corpus))["voice"].tolist()
    ['narrator', 'speaker']
    """
    sentences = corpus.sentences[corpus.sentences["carries_claims"]]
    voices = split_voices(sentences, statements)
    said = voices[voices["n_words"] >= _LEAST_WORDS][["article_id", "sentence_id", "start", "end", "voice"]]
    keys = ["article_id", "sentence_id"]
    rest = sentences.drop(columns=["start", "end", "voice", "text"])
    pieces = said.merge(rest, on=keys).sort_values(["article_id", "start"], ignore_index=True)
    raw = dict(zip(corpus.articles["article_id"], corpus.articles["raw"], strict=True))
    places = zip(pieces["article_id"], pieces["start"], pieces["end"], strict=True)
    pieces["text"] = [raw[article][start:end] for article, start, end in places]
    pieces["sentence_id"] = pieces.groupby("article_id").cumcount() + 1
    return score_tone(replace(corpus, sentences=pieces), word_list=word_list)


def lay_out_tone(tone: pd.DataFrame, corpus: Corpus, *, unit: str = "part", seed: int = 0) -> pd.DataFrame:
    """Lay tone out by unit and voice, headings and captions apart from running text.

    Parameters
    ----------
    tone : DataFrame
        Table `tone`, with voices.
    corpus : Corpus
        Gives the articles their short names.
    unit : str
        "sentence", "part" or "article": what is compared.
    seed : int
        Seed of the bootstrap, as in `summarize_tone`.

    Returns
    -------
    DataFrame
        Parts and articles: as `summarize_tone` gives them, a row a unit and voice, with the columns `unit`
        ("002 part 1") and `voice` (narrator, narrator and speaker, speaker, heading or caption) in front, by
        name. Sentences: the rows of `tone` that have a score, with the same two columns, those whose interval
        leaves out 0 first, then by distance from 0.

    Raises
    ------
    ValueError
        When there is no such unit.

    Examples
    --------
    >>> from rashomon import corpus_of, score_tone
    >>> corpus = corpus_of({"a": "It may rain in June. " * 6})
    >>> lay_out_tone(score_tone(corpus), corpus)[["unit", "voice", "n_sentences"]].values.tolist()
    [['a part 1', 'not known', 6]]
    """
    if unit not in _UNITS:
        raise ValueError(f"no unit {unit!r}; there are {', '.join(_UNITS)}")
    labels = dict(zip(corpus.articles["article_id"], corpus.articles["label"], strict=True))
    voices = tone["voice"].map(_VOICES).fillna("not known")
    voices = voices.where(~tone["zone"].isin(_HEADING_ZONES), _HEADING)
    told = tone.assign(voice=voices, article=tone["article_id"].map(labels))
    if unit == "sentence":
        return _lay_out_sentences(told[told["note"] == ""], corpus)
    by = ["article", "article_id", *_UNITS[unit], "voice"]
    summary = summarize_tone(told, by, seed=seed)
    summary.insert(0, "unit", summary["article"])
    if unit == "part":
        summary["unit"] += " part " + summary["part_id"].astype(str)
    ranks = {name: place for place, name in enumerate([*_VOICES.values(), "not known", _HEADING])}
    summary = summary.assign(rank=summary["voice"].map(ranks))
    summary = summary.sort_values([*by[:-1], "rank"], ignore_index=True)
    return summary[["unit", "voice", *summary.columns.drop(["unit", "voice", "article", "rank"])]]


def _lay_out_sentences(told: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    keys = ["article_id", "sentence_id"]
    texts = corpus.sentences[[*keys, "text"]].assign(
        text=lambda table: [" ".join(text.split())[:_SHOWN] for text in table["text"]]
    )
    told = told.merge(texts, on=keys, how="left")
    told.insert(0, "unit", told["article"] + ": " + told["text"])
    is_clear = (told["valence_low"] > 0) | (told["valence_high"] < 0)
    told = told.assign(is_clear=is_clear, strength=told["valence"].abs())
    order = ["is_clear", "strength", "article", "sentence_id"]
    told = told.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    return told[["unit", "voice", *told.columns.drop(["unit", "voice", "article", "text", "strength"])]]


def compare_attitudes(targets: pd.DataFrame, corpus: Corpus, *, seed: int = 0) -> pd.DataFrame:
    """Compare how each name comes off with each teller with how names come off on the whole.

    Zero is no neutral point: in news of a disaster the words around any name are grim. Labels of who speaks
    in an interview are left out: they are no mentions.

    Parameters
    ----------
    targets : DataFrame
        Table `targets` of the articles to compare.
    corpus : Corpus
        Gives the tellers: outlets, or short names of articles that name none.
    seed : int
        Seed of the bootstrap, as in `summarize_attitudes`.

    Returns
    -------
    DataFrame
        A row a name and teller: `teller`, `entity`, `n_mentions`, `against_mean` (mean attitude less that of
        all mentions; up is better) with `low` and `high` (90 %), `is_apart` (the interval leaves out 0);
        `words`, `article_id`, `start` and `end` of the mention farthest from the mean; `note`. Those apart
        come first, then by distance, mentions and name.

    Examples
    --------
    >>> from rashomon import attitudes_in, corpus_of
    >>> text = "They praised Ann Gray as brave. " * 6 + "Bo Lund is corrupt. " * 6
    >>> found = compare_attitudes(attitudes_in(text, ["Ann Gray", "Bo Lund"]), corpus_of({"text": text}))
    >>> sorted(found.loc[found["is_apart"], "entity"])
    ['Ann Gray', 'Bo Lund']
    """
    raw = dict(zip(corpus.articles["article_id"], corpus.articles["raw"], strict=True))
    is_label = [
        zone in _TURNS and raw[article][end : end + 3].lstrip(" *\t").startswith(":")
        for article, end, zone in zip(targets["article_id"], targets["end"], targets["zone"], strict=True)
    ]
    targets = targets[~pd.Series(is_label, index=targets.index, dtype=bool)]
    outlets = zip(*(corpus.articles[name] for name in ("article_id", "outlet", "label")), strict=True)
    tellers = {article: outlet or label for article, outlet, label in outlets}
    targets = targets.assign(teller=targets["article_id"].map(tellers))
    usual = float(targets["attitude"].mean()) if len(targets) else 0.0
    summary = summarize_attitudes(targets, ("teller", "entity"), seed=seed)
    ends = {"attitude": "against_mean", "attitude_low": "low", "attitude_high": "high"}
    summary = summary.assign(**{name: summary[column].astype(float) - usual for column, name in ends.items()})
    farthest = targets.assign(distance=-(targets["attitude"] - usual).abs())
    columns = ["teller", "entity", "words", "article_id", "start", "end"]
    farthest = farthest.sort_values(["distance", "article_id", "start"]).drop_duplicates(columns[:2])
    summary = summary.merge(farthest[columns], on=columns[:2])
    summary["is_apart"] = (summary["low"] > 0) | (summary["high"] < 0)
    summary["distance"] = summary["against_mean"].abs()
    order = ["is_apart", "distance", "n_mentions", "entity", "teller"]
    summary = summary.sort_values(order, ascending=[False, False, False, True, True], ignore_index=True)
    shown = ["n_mentions", "against_mean", "low", "high", "is_apart", "words", "article_id", "start", "end"]
    return summary[["teller", "entity", *shown, "note"]]


def mark_cues(cues: pd.DataFrame) -> pd.DataFrame:
    """Choose the cues to color in a text, each once, and name them in plain words.

    Parameters
    ----------
    cues : DataFrame
        Table `cues`.

    Returns
    -------
    DataFrame
        Some of its rows, with a column `mark`: loaded word, hedge, harsher wording, kinder wording, event or
        topic, sign of opinion. Words whose weight on valence is below 0.25 stay unmarked: every sentence has
        some. Where one stretch is two things, the first of these names stands.

    Examples
    --------
    >>> from rashomon import corpus_of, find_cues
    >>> cues = find_cues(corpus_of({"a": "The shameful plan may fail."}))
    >>> dict(mark_cues(cues)[["surface", "mark"]].values)["may"]
    'hedge'
    """
    measure, weight = cues["measure"], cues["weight"]
    is_strong = weight.abs() >= _MARKED
    is_vague = cues["rule"].str.startswith("vague")
    marks = {
        "loaded word": measure == "loaded",
        "hedge": (measure == "hedging") & ~is_vague,
        "harsher wording": (measure == "polarity") & is_strong & (weight < 0),
        "kinder wording": (measure == "polarity") & is_strong & (weight > 0),
        "event or topic": (measure == "event_valence") & is_strong,
        "sign of opinion": (measure == "subjectivity") & (weight > 0),
    }
    marked = pd.concat([cues[chosen].assign(mark=name) for name, chosen in marks.items()])
    return marked.drop_duplicates(["article_id", "start", "end"])


def score_whole_texts(corpus: Corpus) -> pd.DataFrame:
    """Score whole texts with VADER as it comes, and name the two words that push each score most.

    This is how tone should not be measured; it is here to show why.

    Parameters
    ----------
    corpus : Corpus
        Its articles in English are scored, doubles left out.

    Returns
    -------
    DataFrame
        `article_id`; `n_words`, at most 2000, because VADER's work grows with the square; `compound`, -1 to
        1; `words`, the two whose valences in VADER's list add up to most in the direction of the score, with
        how often they stand there; `without_them`, the score of the text without these words; `start` and
        `end` of the first of them. A text whose score no such word makes has no row.

    References
    ----------
    Hutto, C. J., & Gilbert, E. (2014). VADER. ICWSM 8.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> text = "The intelligence service met. The intelligence chief spoke of a special attack."
    >>> scored = score_whole_texts(corpus_of({"a": text}))
    >>> scored[["words"]].values.tolist(), bool(scored["compound"][0] > scored["without_them"][0])
    ([['intelligence (2), special (1)']], True)
    """
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader, listed = SentimentIntensityAnalyzer(), read_vader()
    rows = []
    articles = corpus.articles[corpus.articles["duplicate_of"] == ""]
    sentences = dict(iter(corpus.sentences[corpus.sentences["carries_claims"]].groupby("article_id")))
    for article in articles[articles["language"].isin(["", "en"])]["article_id"]:
        text, places = _join(sentences.get(article))
        counts = Counter(word for word, _, _ in places if word in listed)
        compound = vader.polarity_scores(text)["compound"]
        pushing = {word: n * abs(listed[word]) for word, n in counts.items() if listed[word] * compound > 0}
        if not pushing or not is_english(tokenize(text)):
            continue
        two = sorted(pushing, key=lambda word: (-pushing[word], word))[:2]
        rest = re.sub(rf"\b(?:{'|'.join(map(re.escape, two))})\b", "", text, flags=re.IGNORECASE)
        start, end = next(place[1:] for place in places if place[0] == two[0])
        rows.append({
            "article_id": article, "n_words": len(places), "compound": compound,
            "words": ", ".join(f"{word} ({counts[word]})" for word in two),
            "without_them": vader.polarity_scores(rest)["compound"], "start": start, "end": end,
        })  # fmt: skip
    columns = ["article_id", "n_words", "compound", "words", "without_them", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


def _join(sentences: pd.DataFrame | None) -> tuple[str, list[tuple[str, int, int]]]:
    """Give the words of an article as one text, and where in the raw text each stands."""
    texts: list[str] = []
    places: list[tuple[str, int, int]] = []
    for sentence in () if sentences is None else sentences.itertuples():
        if len(places) >= _MOST_WORDS:
            break
        words = [token for token in tokenize(sentence.text) if token.is_word][: _MOST_WORDS - len(places)]
        if words:
            texts.append(sentence.text[: words[-1].end + 1])
            places += ((word.key, sentence.start + word.start, sentence.start + word.end) for word in words)
    return " ".join(texts), places
