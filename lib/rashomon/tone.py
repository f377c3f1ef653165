"""Tone of each sentence, as an account that adds up: which words moved which score, and by how much."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby

import pandas as pd

from rashomon._lexicon import is_english, load_polarity, tokenize
from rashomon._tone import emotion, hedging, loaded, neighbors, polarity, register, subjectivity
from rashomon._tone.account import Found
from rashomon.corpus import Corpus, corpus_of
from rashomon.speech import mark_voices
from rashomon.tables import make_table

MEASURES = ("polarity", "event_valence", "subjectivity", "hedging", "loaded")
_FINDERS = (subjectivity.find, hedging.find, loaded.find, emotion.find, register.find)
_COLUMNS = (
    *MEASURES,
    *(f"hedging_{kind}" for kind in hedging.KINDS),
    *emotion.EMOTIONS,
    *(f"register_{name}" for name in register.REGISTERS),
)

_SCARE = re.compile(r"(?<!\w)[“\"‘](?P<words>[a-z][\w’'-]*(?: [a-z][\w’'-]*)?)[”\"’](?!\w)")
# Words that hand the quoted word to somebody: then it is quoted, not held with tongs.
_NAMING = re.compile(
    r"\b(?:as|words?|phrase|said|meant|wrote|dubbed|(?:call|say|term|dub|describe|mean|write|read|name|title)"
    r"(?:s|d|ed|ing)?)\W+(?:\w+\W+){0,2}$"
)


def find_cues(corpus: Corpus, statements: pd.DataFrame | None = None, *, word_list: str = "") -> pd.DataFrame:
    """Find the words and phrases that move a score, and how far each moves it.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that may carry claims are searched; an article in another language is passed over.
    statements : DataFrame, optional
        Table `statements`; its scare quotes then replace the guess made from the marks alone.
    word_list : str
        "" for the VADER lexicon, or the path of an own CSV with the columns `word,weight`, weights from
        -4 to 4 (see `rashomon._lexicon.read_polarity_list`). It concerns polarity only.

    Returns
    -------
    DataFrame
        Table `cues`. The weights of one sentence and measure add up to its score in `score_tone`, exactly
        and in any order. `rule` is `word: …` for a word of the polarity list, kind and first form of an
        entry of `tone_cues`, or what changed the valence of a word: negation, booster, downtoner, but,
        scare quotes.

    Raises
    ------
    CorpusError
        When the own word list is missing or ill-formed; names the file and the line.

    Examples
    --------
    >>> cues = find_cues(corpus_of({"a": "The offer is not very good, they reportedly say."}))
    >>> cues.loc[cues["measure"] == "polarity", ["surface", "weight", "rule"]].round(2).values.tolist()
    [['not', -0.72, 'negation'], ['very', 0.1, 'booster'], ['good', 0.35, 'word: good']]
    """
    return _cues_of(_sentences_of(corpus, None), statements, word_list)


def score_tone(
    corpus: Corpus,
    statements: pd.DataFrame | None = None,
    *,
    word_list: str = "",
    cues: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""Score the wording of each sentence: polarity, subjectivity, hedging, loaded words.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that may carry claims are scored, each by itself, with zone and part.
    statements : DataFrame, optional
        Table `statements`; it tells whose words each sentence is. Without it `voice` is empty.
    word_list : str
        As in `find_cues`.
    cues : DataFrame, optional
        Table `cues` as `find_cues` gave it, to save finding it again.

    Returns
    -------
    DataFrame
        Table `tone`. With v the valence (-4 to 4) of a word of the polarity list after negation (x -0.6),
        boosters (x 1.3), downtoners (x 0.7), *but* (x 0.6 before, x 1.3 after) and scare quotes (x -0.5):

        * `polarity` = sum of v / (sum of \|v\| + 4), -1 to 1, up is more positive wording. NaN, "not enough
          text", when no word matched or the sentence has fewer than 3 words; never a confident 0.
        * `subjectivity`, `hedging`, `loaded` = words in cues / words, 0 to 1, up is more; a sentence with
          fewer than 10 words counts as 10. Exclamation marks count as a word, and as a cue of subjectivity.
        * `n_words`; `n_matched`, words of the polarity list.

        All measures are NaN for a sentence without words or not in English.

    References
    ----------
    Hutto, C. J., & Gilbert, E. (2014). VADER. ICWSM 8 (valences; the idea of the rules, not their code).
    Taboada, M., et al. (2011). Lexicon-based methods for sentiment analysis. Computational Linguistics
    37(2) (intensifiers multiply).
    Hyland, K. (1998). Hedging in scientific research articles. Benjamins (kinds of hedges).
    Recasens, M., Danescu-Niculescu-Mizil, C., & Jurafsky, D. (2013). Linguistic models for analyzing and
    detecting biased language. ACL 51 (loaded and one-sided words).

    Known limits
    ------------
    Lists and rules only: irony without marks, metaphors not listed and words with several senses are
    misread. Polarity is that of the wording: words of war, crime, death and disaster are left out, so a grim
    event told soberly has none. A sentence of two voices is scored as a whole, as `mixed`. Nothing says
    toward whom. Sentences of one or two matched words say little: compare means (`summarize_tone`).

    Examples
    --------
    >>> tone = score_tone(corpus_of({"a": "Critics say the shameful plan may fail. It was signed in June."}))
    >>> tone[["polarity", "hedging", "loaded", "n_matched"]].round(2).values.tolist()
    [[-0.54, 0.3, 0.1, 2.0], [nan, 0.0, 0.0, 0.0]]
    """
    sentences = _sentences_of(corpus, statements)
    if cues is None:
        cues = _cues_of(sentences, statements, word_list)
    totals: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    matched: dict[tuple[str, int], int] = defaultdict(int)
    for cue in cues.itertuples():
        sums = totals[cue.article_id, cue.sentence_id]
        sums[cue.measure] += cue.weight
        if cue.measure == "hedging":
            sums[f"hedging_{cue.rule.partition(':')[0]}"] += cue.weight
        matched[cue.article_id, cue.sentence_id] += cue.rule.startswith("word: ")
    rows = []
    for sentence in sentences.itertuples():
        key = (sentence.article_id, sentence.sentence_id)
        scores = {m: totals[key][m] if sentence.is_readable else None for m in _COLUMNS}
        if not matched.get(key):
            scores["polarity"] = scores["event_valence"] = None
        rows.append({
            "article_id": key[0], "sentence_id": key[1], "part_id": sentence.part_id, "start": sentence.start,
            "end": sentence.end, "zone": sentence.zone, "voice": sentence.voice, **scores,
            "n_words": sum(token.is_word for token in sentence.tokens), "n_matched": matched.get(key, 0),
        })  # fmt: skip
    return make_table("tone", rows)


def tone_of(text: str, *, word_list: str = "") -> pd.DataFrame:
    """Score the tone of a text, sentence by sentence.

    Parameters
    ----------
    text : str
        One text; it may be empty, or in any language.
    word_list : str
        As in `find_cues`.

    Returns
    -------
    DataFrame
        Table `tone`, as `score_tone` gives it.

    Examples
    --------
    >>> tone_of("What a shameful farce! It may rain.")["subjectivity"].tolist()[0] > 0.3
    True
    """
    return score_tone(corpus_of({"text": text}), word_list=word_list)


def _sentences_of(corpus: Corpus, statements: pd.DataFrame | None) -> pd.DataFrame:
    """Sentences that may carry claims, with voices, their tokens, and whether they may be English."""
    sentences = corpus.sentences[corpus.sentences["carries_claims"]]
    if statements is not None:
        sentences = mark_voices(sentences, statements)
    languages = dict(zip(corpus.articles["article_id"], corpus.articles["language"], strict=True))
    tokens = [tokenize(text) for text in sentences["text"]]
    readable = [
        languages[article] in ("", "en") and is_english(found)
        for article, found in zip(sentences["article_id"], tokens, strict=True)
    ]
    return sentences.assign(tokens=tokens, is_readable=readable)


def _cues_of(sentences: pd.DataFrame, statements: pd.DataFrame | None, word_list: str) -> pd.DataFrame:
    words = load_polarity(word_list)
    scares: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    if statements is not None:
        for scare in statements[statements["kind"] == "scare"].itertuples():
            scares[scare.article_id, scare.sentence_id].append((scare.start, scare.end))
    read = list(sentences[sentences["is_readable"]].itertuples())
    found: list[list[Found]] = []
    for sentence in read:
        if statements is None:
            spans = _guess_scare_quotes(sentence.text)
        else:
            scare = scares[sentence.article_id, sentence.sentence_id]
            spans = [(start - sentence.start, end - sentence.start) for start, end in scare]
        cues = polarity.find(sentence.tokens, words, spans)
        found.append(cues + [cue for find in _FINDERS for cue in find(sentence.tokens, sentence.text)])
    rows: list[dict[str, object]] = []
    for _, part in groupby(zip(read, found, strict=True), lambda pair: (pair[0].article_id, pair[0].part_id)):
        own, theirs = zip(*part, strict=True)
        around = neighbors.find(theirs, [len(sentence.text) for sentence in own])
        for sentence, cues, more in zip(own, theirs, around, strict=True):
            rows += (
                {
                    "article_id": sentence.article_id, "sentence_id": sentence.sentence_id,
                    "start": sentence.start + start, "end": sentence.start + end,
                    "surface": sentence.text[start:end], "measure": measure, "weight": weight, "rule": rule,
                }
                for start, end, measure, weight, rule in (*cues, *more)
            )  # fmt: skip
    return make_table("cues", rows)


def _guess_scare_quotes(text: str) -> list[tuple[int, int]]:
    return [m.span("words") for m in _SCARE.finditer(text) if not _NAMING.search(text[: m.start()])]
