"""Means of tone over groups of sentences, with intervals that say how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from rashomon.tone import MEASURES, NEUTRAL

LEAST_SENTENCES = 5
_DRAWS, _BLOCK = 1000, 100  # in blocks, so that a large group fits into memory
_LEVEL = 0.90


def summarize_tone(
    tone: pd.DataFrame, by: Sequence[str] = ("article_id", "part_id", "zone", "voice"), *, seed: int = 0
) -> pd.DataFrame:
    """Average the tone of groups of sentences, with bootstrap intervals.

    Parameters
    ----------
    tone : DataFrame
        Table `tone`, or one with more columns to group by, such as the register of the part.
    by : sequence of str
        Columns whose values form the groups; none makes one group of all.
    seed : int
        Seed of the bootstrap. Each group draws from its own generator, so that a group's interval does not
        depend on the other groups.

    Returns
    -------
    DataFrame
        One row a group, in the order of `by`: `n_sentences`; for each measure its mean over the group's
        sentences (range and direction as in `score_tone`), `<measure>_low` and `<measure>_high`, a 90 %
        percentile interval, and `<measure>_n`, the sentences that have a score. With fewer than 5 of these
        all three are NaN, and `note` says "not enough text" (for: the measures without enough).

    Raises
    ------
    ValueError
        When a column of `by` is missing.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall (percentile
    interval).

    Known limits
    ------------
    Sentences are drawn as if they were independent; neighbors are not, so intervals are somewhat narrow.
    The interval speaks of which sentences were written, not of whether the lists measure the right thing.

    Examples
    --------
    >>> from rashomon.tone import tone_of
    >>> tone = tone_of("It may rain in June. " * 5 + "What a shameful farce!", word_list="vader")
    >>> summarize_tone(tone, ["zone"])[["n_sentences", "hedging_n", "note"]].values.tolist()
    [[6, 6, 'not enough text for polarity, event_valence']]
    """
    rows = [dict(zip(by, key, strict=True)) | _summary_of(group, seed) for key, group in _groups_of(tone, by)]
    columns = [*by, "n_sentences"]
    for measure in MEASURES:
        columns += [measure, f"{measure}_low", f"{measure}_high", f"{measure}_n"]
    return pd.DataFrame(rows, columns=[*columns, "note"])


def summarize_attitudes(
    targets: pd.DataFrame, by: Sequence[str] = ("article_id", "entity"), *, seed: int = 0
) -> pd.DataFrame:
    """Average the attitude toward targets, with bootstrap intervals.

    Parameters
    ----------
    targets : DataFrame
        Table `targets`, or one with more columns to group by, such as the outlet.
    by : sequence of str
        Columns whose values form the groups; none makes one group of all.
    seed : int
        Seed of the bootstrap, as in `summarize_tone`.

    Returns
    -------
    DataFrame
        One row a group: `n_mentions`, `attitude` (mean, up is better), `attitude_low`, `attitude_high` (90 %
        percentile interval), `negative_share` and `positive_share` (0 to 1, of the labels), `note`. With
        fewer than 5 mentions mean and interval are NaN and the note says "not enough text".

    Raises
    ------
    ValueError
        When a column of `by` is missing.

    Examples
    --------
    >>> from rashomon.attitudes import attitudes_in
    >>> targets = attitudes_in("They praised Ann Gray as brave. " * 6, ["Ann Gray"])
    >>> summarize_attitudes(targets)[["entity", "n_mentions", "positive_share"]].values.tolist()
    [['Ann Gray', 6, 1.0]]
    """
    rows = []
    for key, group in _groups_of(targets, by):
        mean, low, high = _mean_interval(group["attitude"].to_numpy(), np.random.default_rng(seed))
        rows.append({
            **dict(zip(by, key, strict=True)), "n_mentions": len(group), "attitude": mean,
            "attitude_low": low, "attitude_high": high,
            "negative_share": float((group["label"] == "negative").mean()),
            "positive_share": float((group["label"] == "positive").mean()),
            "note": "not enough text" if len(group) < LEAST_SENTENCES else "",
        })  # fmt: skip
    columns = ["n_mentions", "attitude", "attitude_low", "attitude_high", "negative_share", "positive_share"]
    return pd.DataFrame(rows, columns=[*by, *columns, "note"])


def compare_methods(tone: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Set the valence that two methods give the same sentences side by side.

    Parameters
    ----------
    tone, other : DataFrame
        Tables `tone` of the same corpus, such as one with the learned weights and one with
        ``word_list="vader"``.

    Returns
    -------
    DataFrame
        One row a sentence that both score: `article_id`, `sentence_id`, `start`, `end`, `valence`, `other`;
        `agreement`: "same", "opposite" or "one is neutral" (nearer to 0 than 0.4); `gap`, how far the two
        lie apart, each in its own standard deviations; the widest gap first.

    Examples
    --------
    >>> from rashomon.tone import tone_of
    >>> text = "What a shameful farce! The offer was generous and kind. The bus left at noon."
    >>> compare_methods(tone_of(text), tone_of(text, word_list="vader"))["agreement"].tolist()
    ['same', 'same']
    """
    keys = ["article_id", "sentence_id"]
    theirs = other[[*keys, "valence"]].rename(columns={"valence": "other"})
    both = tone[[*keys, "start", "end", "valence"]].merge(theirs, on=keys).dropna()
    signs = [(both[name] > NEUTRAL).astype(int) - (both[name] < -NEUTRAL) for name in ("valence", "other")]
    same, opposite = signs[0] == signs[1], signs[0] == -signs[1]
    agreement = np.select([same, opposite], ["same", "opposite"], "one is neutral")
    own, listed = (both[name] / (both[name].std(ddof=0) or 1.0) for name in ("valence", "other"))
    both = both.assign(agreement=agreement, gap=(own - listed).abs())
    return both.sort_values(["gap", *keys], ascending=[False, True, True], ignore_index=True)


def _groups_of(table: pd.DataFrame, by: Sequence[str]) -> Iterable[tuple[tuple[Any, ...], pd.DataFrame]]:
    missing = [column for column in by if column not in table.columns]
    if missing:
        raise ValueError(f"cannot group by {missing[0]!r}; there are {', '.join(map(repr, table.columns))}")
    if by:
        return list(table.groupby(list(by), sort=True))
    return [((), table)] if len(table) else []


def _summary_of(group: pd.DataFrame, seed: int) -> dict[str, object]:
    summary: dict[str, object] = {"n_sentences": len(group)}
    thin = []
    for measure in MEASURES:
        scores = group[measure].dropna().to_numpy()
        mean, low, high = _mean_interval(scores, np.random.default_rng(seed))
        summary |= {
            measure: mean,
            f"{measure}_low": low,
            f"{measure}_high": high,
            f"{measure}_n": len(scores),
        }
        if len(scores) < LEAST_SENTENCES:
            thin.append(measure)
    note = "not enough text" if thin else ""
    if thin and len(thin) < len(MEASURES):
        note += f" for {', '.join(thin)}"
    return summary | {"note": note}


def _mean_interval(scores: np.ndarray, draw: np.random.Generator) -> tuple[float, float, float]:
    if len(scores) < LEAST_SENTENCES:
        return float("nan"), float("nan"), float("nan")
    n = len(scores)
    blocks = [scores[draw.integers(0, n, (_BLOCK, n))].mean(axis=1) for _ in range(_DRAWS // _BLOCK)]
    low, high = np.quantile(np.concatenate(blocks), [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(scores.mean()), float(low), float(high)
