"""Means of tone over groups of sentences, with intervals that say how far they can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rashomon.tone import MEASURES

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
    >>> tone = tone_of("It may rain in June. " * 5 + "What a shameful farce!")
    >>> summarize_tone(tone, ["zone"])[["n_sentences", "hedging_n", "note"]].values.tolist()
    [[6, 6, 'not enough text for polarity, event_valence']]
    """
    missing = [column for column in by if column not in tone.columns]
    if missing:
        raise ValueError(f"cannot group by {missing[0]!r}; there are {', '.join(map(repr, tone.columns))}")
    groups = tone.groupby(list(by), sort=True) if by else [((), tone)] if len(tone) else []
    rows = [dict(zip(by, key, strict=True)) | _summary_of(group, seed) for key, group in groups]
    columns = [*by, "n_sentences"]
    for measure in MEASURES:
        columns += [measure, f"{measure}_low", f"{measure}_high", f"{measure}_n"]
    return pd.DataFrame(rows, columns=[*columns, "note"])


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
