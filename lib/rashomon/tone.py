"""Tone of each sentence, as an account that adds up: which words moved which score, and by how much."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from rashomon._lexicon import is_english, tokenize
from rashomon._tone import emotion, hedging, neighbors, polarity, register, style
from rashomon._tone.account import Found
from rashomon._tone.intervals import half_width
from rashomon._tone.texts import corpus_of_text
from rashomon._tone.weights import LEARNED, load_weights
from rashomon.corpus import Corpus
from rashomon.speech import mark_voices
from rashomon.tables import make_table

NEUTRAL = 0.4  # valence nearer to 0 than this is read as neither good nor bad
MEASURES = ("polarity", "event_valence", "subjectivity", "hedging", "loaded")
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
        "" for the learned weights (`valence_words`), "vader" for the VADER lexicon, or the path of an own
        CSV with the columns `word,weight`, weights from -4 to 4 (see
        `rashomon._lexicon.read_polarity_list`). It concerns polarity and event valence only.

    Returns
    -------
    DataFrame
        Table `cues`. The weights of one sentence and measure add up to its score in `score_tone`, exactly
        and in any order. `rule` is `word: …` for a word of the polarity list, kind and first form of an
        entry of another list, or what changed the valence of a word: negation, booster, downtoner,
        modality, but, scare quotes; the row then stands at the words of the rule.

    Raises
    ------
    CorpusError
        When the own word list is missing or ill-formed; names the file and the line.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> corpus = corpus_of({"a": "The offer is not very good, they reportedly say."})
    >>> cues = find_cues(corpus, word_list="vader")
    >>> cues.loc[cues["measure"] == "polarity", ["surface", "weight", "rule"]].round(2).values.tolist()
    [['not', -2.88, 'negation'], ['very', 0.42, 'booster'], ['good', 1.39, 'word: good']]
    """
    found = _find_all(_sentences_of(corpus, None), statements, word_list)
    return make_table("cues", [_cue_row(sentence, cue) for sentence, cues in found for cue in cues])


def score_tone(
    corpus: Corpus,
    statements: pd.DataFrame | None = None,
    *,
    word_list: str = "",
) -> pd.DataFrame:
    """Score the wording of each sentence: polarity, subjectivity, hedging, loaded words, and more.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that may carry claims are scored, each by itself, with zone and part.
    statements : DataFrame, optional
        Table `statements`; it tells whose words each sentence is. Without it `voice` is empty.
    word_list : str
        As in `find_cues`.

    Returns
    -------
    DataFrame
        Table `tone`. Each score is the sum of the sentence's weights in `cues`:

        * `valence`, -4 to 4: how good or bad the sentence reads, on the scale of VADER's raters, 0 neutral;
          it is `polarity` (what the wording brings) + `event_valence` (what words for war, death, crime,
          disaster and topics bring). Formula in `rashomon._tone.polarity`. Between `valence_low` and
          `valence_high` the mean rating of 20 readers lies for 9 sentences of 10, also where no word
          matched; unknown for other lists. To compare with ratings of whole sentences take `valence`.
        * `subjectivity`, `hedging` and its kinds, `loaded`, emotions, 0 to 1; evidence for registers: see the
          modules of `rashomon._tone`. Up is more.
        * `n_words`; `n_matched`, words of the list of polarity.
        * `note`: "not enough text" where no word matched or the sentence has fewer than 3 words; valence is
          then NaN, never a confident 0. "not English": all measures are NaN.

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
    Words and rules only: irony without marks, metaphors and words with several senses are misread. Which
    words name an event is a list (`event_words`); a grim word that is not on it counts as wording. A sentence
    of two voices is scored as a whole, as `mixed`. Toward whom, see `find_attitudes`. One sentence says
    little, as its interval shows: compare means (`summarize_tone`).

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> tone = score_tone(corpus_of({"a": "Critics say the shameful plan may fail. It rained."}))
    >>> tone["polarity"].lt(-0.5).tolist(), tone["note"].tolist()
    ([True, False], ['', 'not enough text'])
    """
    sentences = _sentences_of(corpus, statements)
    found = {(s.article_id, s.sentence_id): own for s, own in _find_all(sentences, statements, word_list)}
    return _tone_table(sentences, found, word_list)


def score_with_cues(
    corpus: Corpus, statements: pd.DataFrame | None = None, *, word_list: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score the wording of each sentence and give what moved the scores, in one pass.

    Parameters
    ----------
    corpus, statements, word_list
        As in `score_tone`.

    Returns
    -------
    tuple of DataFrame
        Tables `tone` and `cues`.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> tone, cues = score_with_cues(corpus_of({"a": "Critics say the shameful plan may fail."}))
    >>> bool(cues["weight"].where(cues["measure"] == "polarity", 0).sum() == tone["polarity"][0])
    True
    """
    sentences = _sentences_of(corpus, statements)
    pairs = list(_find_all(sentences, statements, word_list))
    cues = make_table("cues", [_cue_row(sentence, cue) for sentence, own in pairs for cue in own])
    found = {(sentence.article_id, sentence.sentence_id): own for sentence, own in pairs}
    return _tone_table(sentences, found, word_list), cues


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
        Table `tone`, as `score_tone` gives it; one row with the note "not enough text" for a text without
        sentences.

    Examples
    --------
    >>> tone_of("What a shameful farce! It may rain.")["polarity"].tolist()[0] < 0
    True
    """
    tone = score_tone(corpus_of_text(text), word_list=word_list)
    if len(tone):
        return tone
    nothing = {
        "article_id": "text",
        "sentence_id": 1,
        "part_id": 1,
        "start": 0,
        "end": len(text),
        "n_words": 0,
        "n_matched": 0,
    }
    return make_table("tone", [nothing | {"zone": "body", "note": "not enough text"}])


def _sentences_of(corpus: Corpus, statements: pd.DataFrame | None) -> pd.DataFrame:
    """Sentences that may carry claims, with voices, their tokens, and whether they may be English."""
    sentences = corpus.sentences[corpus.sentences["carries_claims"]]
    if statements is not None:
        sentences = mark_voices(sentences, statements)
    languages = dict(zip(corpus.articles["article_id"], corpus.articles["language"], strict=True))
    tokens = [tokenize(text) for text in sentences["text"]]
    readable = [
        is_english(found, languages[article])
        for article, found in zip(sentences["article_id"], tokens, strict=True)
    ]
    return sentences.assign(tokens=tokens, is_readable=readable)


def _find_all(
    sentences: pd.DataFrame, statements: pd.DataFrame | None, word_list: str
) -> Iterator[tuple[Any, list[Found]]]:
    """Give each readable sentence with all that moves its scores; offsets are the sentence's own."""
    weights = load_weights(word_list)
    scares: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    if statements is not None:
        for scare in statements[statements["kind"] == "scare"].itertuples():
            scares[scare.article_id, scare.sentence_id].append((scare.start, scare.end))
    readable = sentences[sentences["is_readable"]].itertuples()
    for _, part in groupby(readable, lambda sentence: (sentence.article_id, sentence.part_id)):
        own, found = list(part), []
        for sentence in own:
            if statements is None:
                spans = _guess_scare_quotes(sentence.text)
            else:
                scare = scares[sentence.article_id, sentence.sentence_id]
                spans = [(start - sentence.start, end - sentence.start) for start, end in scare]
            cues = polarity.find(sentence.tokens, weights, spans)
            found.append(cues + style.find(sentence.tokens, sentence.text))
        around = neighbors.find(found, [len(sentence.text) for sentence in own])
        for sentence, cues, more in zip(own, found, around, strict=True):
            yield sentence, cues + more


def _tone_table(
    sentences: pd.DataFrame, found: Mapping[tuple[str, int], Sequence[Found]], word_list: str
) -> pd.DataFrame:
    rows = [
        _tone_row(s, found.get((s.article_id, s.sentence_id), ()), is_learned=word_list == LEARNED)
        for s in sentences.itertuples()
    ]
    return make_table("tone", rows)


def _cue_row(sentence: Any, cue: Found) -> dict[str, object]:
    return {
        "article_id": sentence.article_id, "sentence_id": sentence.sentence_id,
        "start": sentence.start + cue.start, "end": sentence.start + cue.end,
        "surface": sentence.text[cue.start : cue.end], "measure": cue.measure, "weight": cue.weight,
        "rule": cue.rule,
    }  # fmt: skip


def _tone_row(sentence: Any, cues: Iterable[Found], *, is_learned: bool) -> dict[str, object]:
    n_words = sum(token.is_word for token in sentence.tokens)
    row: dict[str, Any] = {
        "article_id": sentence.article_id, "sentence_id": sentence.sentence_id, "part_id": sentence.part_id,
        "start": sentence.start, "end": sentence.end, "zone": sentence.zone, "voice": sentence.voice,
        "n_words": n_words, "n_matched": 0,
    }  # fmt: skip
    if not sentence.is_readable:
        has_letters = any(token.key[0].isalpha() for token in sentence.tokens)
        return row | {"note": "not English" if has_letters else "not enough text"}
    sums = dict.fromkeys(_COLUMNS, 0.0)
    mass, n_matched = 0.0, 0
    for cue in cues:
        sums[cue.measure] += cue.weight
        if cue.measure == "hedging":
            sums[f"hedging_{cue.rule.partition(':')[0]}"] += cue.weight
        elif cue.rule.startswith("word: "):
            n_matched += 1
            mass += abs(cue.weight)
    row |= sums
    valence = sums["polarity"] + sums["event_valence"]
    if is_learned and len(sentence.tokens) >= polarity.LEAST_WORDS:
        width = half_width(mass, n_matched)
        row |= {"valence_low": max(-4.0, valence - width), "valence_high": min(4.0, valence + width)}
    if not n_matched:
        return row | {"polarity": None, "event_valence": None, "note": "not enough text"}
    return row | {"n_matched": n_matched, "valence": valence}


def _guess_scare_quotes(text: str) -> list[tuple[int, int]]:
    return [m.span("words") for m in _SCARE.finditer(text) if not _NAMING.search(text[: m.start()])]
