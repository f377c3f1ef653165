"""Registers of the parts of a file: evidence for each way of writing, a name only where one leads clearly."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

import pandas as pd

from rashomon._tone.register import REGISTERS
from rashomon.corpus import Corpus
from rashomon.tables import make_table

# Plain prose of any kind shows this much evidence; only what is above it speaks for a register. Rounded means
# of the parts with another register in our own labels (data/gold/tone, odd texts and the five articles).
_COMMON = {
    "wire": 0.12, "analysis": 0.18, "opinion": 0.13, "comic": 0.1, "promotional": 0.05, "interview": 0.1,
    "aggregation": 0.1,
}  # fmt: skip
_LEAD = 0.015
_MOSTLY = 0.5
_LEAST_SENTENCES = 3
_SHOWN = 5
_TURNS = frozenset(("interview_question", "interview_answer"))
_PIECES = frozenset(("snippet", "teaser"))
_LEAST_QUESTIONS, _TALK = 4, 0.6  # of lines; rhetorical questions do not come in every second line


def score_registers(corpus: Corpus, cues: pd.DataFrame) -> pd.DataFrame:
    """Score how far each part of a file is written like a report, an analysis, a comic retelling and so on.

    Parameters
    ----------
    corpus : Corpus
        The texts; parts whose shape shows their register (`parts`: interview, aggregation) keep it.
    cues : DataFrame
        Table `cues` of the same corpus, as `find_cues` gives it.

    Returns
    -------
    DataFrame
        Table `registers`, one row a part and register. `score` is the mean evidence of its sentences above
        what plain prose shows anyway; 0 is common, up is more, and shares of interview turns or of snippets
        are added for these two. `signs` are the kinds of sign with the greatest weight and their number.
        `label` is the register that leads the next by 0.015 and is above 0, the same on all rows of a part;
        a part with more comic signs than plain prose is never `wire`, for satire wears the form of a report;
        `unknown` when none leads or the part has fewer than three sentences; `aggregation` where most lines
        are snippets or teasers.

    References
    ----------
    Biber, D. (1988). Variation across speech and writing. Cambridge.

    Known limits
    ------------
    Signs are counted, not understood: deadpan satire without a lively word reads as a report. Opinion and
    comic share many signs. Rhetoric of people quoted is left out, that of people reported is not.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> from rashomon.tone import find_cues
    >>> corpus = corpus_of({"a": "Folks, it did it again! Who knew? Grab a towel, it is like a bath!"})
    >>> score_registers(corpus, find_cues(corpus)).query("register == label")["label"].tolist()
    ['comic']
    """
    sentences = corpus.sentences[corpus.sentences["carries_claims"]]
    part_of = dict(zip(zip(sentences["article_id"], sentences["sentence_id"], strict=True),
                       sentences["part_id"], strict=True))  # fmt: skip
    counts = Counter(zip(sentences["article_id"], sentences["part_id"], strict=True))
    zones: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for article, part, zone in zip(
        *(corpus.lines[c] for c in ("article_id", "part_id", "zone")), strict=True
    ):
        zones[article, part][zone] += 1
    asked = _questions(sentences)
    sums, signs = _add_up(cues, part_of)
    rows: list[dict[str, object]] = []
    for part in corpus.parts.itertuples():
        key = (part.article_id, part.part_id)
        n = counts[key]
        turns = max(_share(zones[key], _TURNS), asked[key])
        shares = {"interview": turns, "aggregation": _share(zones[key], _PIECES)}
        scores = {
            name: shares.get(name, 0.0) + (sums[*key, name] / n if n else 0.0) - _COMMON[name]
            for name in (*REGISTERS, "aggregation")
        }
        label = part.register if part.register != "unknown" else _leading(scores, n, shares["aggregation"])
        rows += (
            {
                "article_id": key[0], "part_id": key[1], "register": name, "score": score, "label": label,
                "signs": ", ".join(f"{kind} {count}" for kind, count in _strongest(signs[*key, name])),
                "n_sentences": n,
            }
            for name, score in scores.items()
        )  # fmt: skip
    return make_table("registers", rows)


def _add_up(
    cues: pd.DataFrame, part_of: dict[tuple[str, int], int]
) -> tuple[dict[tuple[str, int, str], float], dict[tuple[str, int, str], dict[str, list[float]]]]:
    """Sum weights by part and register, and gather them by kind of sign; neighbors would count twice."""
    sums: dict[tuple[str, int, str], float] = defaultdict(float)
    signs: dict[tuple[str, int, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    mine = cues[cues["measure"].str.startswith("register_") & (cues["rule"] != "neighboring sentences")]
    columns = ("article_id", "sentence_id", "measure", "weight", "rule")
    for article, sentence, measure, weight, rule in zip(*(mine[c].tolist() for c in columns), strict=True):
        key = (article, part_of[article, sentence], measure.removeprefix("register_"))
        sums[key] += weight
        signs[key][rule.partition(":")[0]].append(weight)
    return sums, signs


def _questions(sentences: pd.DataFrame) -> dict[tuple[str, int], float]:
    """Share of lines by part that ask or are asked, where an interview names nobody before its turns."""
    lines: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for article, part, line, text in zip(
        *(sentences[c] for c in ("article_id", "part_id", "line_no", "text")), strict=True
    ):
        lines[article, part][line] = text.rstrip(" ”\"'")
    shares: dict[tuple[str, int], float] = defaultdict(float)
    for key, last in lines.items():
        asks = [text.endswith("?") for text in last.values()]
        pairs = sum(ask and not after for ask, after in itertools.pairwise(asks))
        share = 2 * pairs / len(asks)
        if pairs >= _LEAST_QUESTIONS and share >= _TALK:
            shares[key] = share
    return shares


def _share(zones: Counter[str], some: frozenset[str]) -> float:
    return sum(zones[zone] for zone in some) / zones.total() if zones else 0.0


def _strongest(signs: dict[str, list[float]]) -> list[tuple[str, int]]:
    ranked = sorted(signs.items(), key=lambda item: (-sum(item[1]), item[0]))
    return [(kind, len(weights)) for kind, weights in ranked[:_SHOWN]]


def _leading(scores: dict[str, float], n_sentences: int, pieces: float) -> str:
    if pieces > _MOSTLY:
        return "aggregation"
    rivals = {name: score for name, score in scores.items() if name != "wire" or scores["comic"] <= 0}
    (first, best), (_, second), *_ = sorted(rivals.items(), key=lambda item: (-item[1], item[0]))
    clear = n_sentences >= _LEAST_SENTENCES and best > 0 and best - second >= _LEAD
    return first if clear else "unknown"
