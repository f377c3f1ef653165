"""Say who gets to speak: whose each word is, how words are shared out, who is heard where and through whom.

Known limits
------------
What `speech` does not see is counted as the narrator's. Words are runs of letters and digits. Intervals draw
sentences as if they were independent; neighbors are not, so they are somewhat narrow, and they say nothing of
statements that were missed. Speakers are joined across articles only by their names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from rashomon.tables import check_table

LEAST_SENTENCES = 5
_DRAWS, _BLOCK = 1000, 20  # in blocks, so that a large group fits into memory
_LEVEL = 0.90
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOBODY = frozenset(("scare", "title"))
_MANY = frozenset(("anonymous", "crowd", "unknown"))
_TOLD = ("kind", "speaker", "speaker_kind", "is_checkable", "via")
_NARRATOR = {"kind": "", "speaker": "", "speaker_kind": "", "is_checkable": False, "via": ""}


def link_speakers(statements: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Call every speaker, and who passed the words on, by one name in all articles.

    Parameters
    ----------
    statements, names : DataFrame
        The tables of the same corpus.

    Returns
    -------
    DataFrame
        Table `statements`. `speaker` and `via` are the entity of `names` where the whole speaker is a name
        with one meaning (that of the mention, else the only one in the article), and else as they were.

    Examples
    --------
    >>> from rashomon import corpus_of, find_names, find_statements
    >>> corpus = corpus_of({"a": "Seoul said it was late.", "b": "South Korea said it was early."})
    >>> link_speakers(find_statements(corpus), find_names(corpus))["speaker"].tolist()
    ['South Korea', 'South Korea']
    """
    meant: dict[tuple[str, int], str] = {}
    meanings: dict[tuple[str, str], set[str]] = {}
    columns = ("article_id", "end", "surface", "entity")
    for article_id, end, surface, entity in zip(*(names[c].tolist() for c in columns), strict=True):
        meant[article_id, end] = entity
        meanings.setdefault((article_id, _folded(surface)), set()).add(entity)

    def entity_of(article_id: str, name: str, end: Any) -> str:
        known = meanings.get((article_id, _folded(name)), set())
        here = "" if pd.isna(end) else meant.get((article_id, int(end)), "")
        return (here if here in known else "") or (min(known) if len(known) == 1 else "") or name

    articles, ends = statements["article_id"], statements["speaker_end"]
    speakers = [entity_of(*row) for row in zip(articles, statements["speaker"], ends, strict=True)]
    relays = [entity_of(*row, None) for row in zip(articles, statements["via"], strict=True)]
    linked = statements.assign(
        speaker=pd.Series(speakers, index=statements.index, dtype="str"),
        via=pd.Series(relays, index=statements.index, dtype="str"),
    )
    check_table("statements", linked)
    return linked


def join_statements(statements: pd.DataFrame) -> pd.DataFrame:
    """Join the pieces of one act of saying: “Go,” she said, “and stay there.” is one act in two pieces.

    Parameters
    ----------
    statements : DataFrame
        Table `statements`. Pieces that share a cue belong together; scare quotes and titles are left out.

    Returns
    -------
    DataFrame
        One row an act, in the order of the text: `article_id`, `start` of its first and `end` of its last
        piece (its cue may stand between), `n_pieces`, and `kind`, `speaker`, `speaker_start`, `speaker_end`,
        `speaker_kind`, `cue`, `via` and `stance` of its longest piece.

    Examples
    --------
    >>> from rashomon import statements_in
    >>> acts = join_statements(statements_in("“Go,” Ann Gray said, “and stay there.”"))
    >>> acts[["start", "end", "n_pieces", "speaker"]].values.tolist()
    [[1, 37, 2, 'Ann Gray']]
    """
    said = statements[~statements["kind"].isin(_NOBODY)].copy()
    has_cue = said["cue_start"].notna()
    said["act"] = said["start"].astype("int64").mask(has_cue, said["cue_start"])
    said["is_alone"] = ~has_cue
    said["length"] = said["end"] - said["start"]
    groups = said.groupby(["article_id", "act", "is_alone"], sort=False)
    said["n_pieces"] = groups["start"].transform("size")
    said["first"], said["last"] = groups["start"].transform("min"), groups["end"].transform("max")
    longest = said.sort_values(["length", "start"], ascending=[False, True], kind="stable")
    acts = longest.drop_duplicates(["article_id", "act", "is_alone"])
    acts = acts.assign(start=acts["first"], end=acts["last"]).sort_values(["article_id", "start", "end"])
    columns = ["speaker", "speaker_start", "speaker_end", "speaker_kind", "cue", "via", "stance"]
    return acts[["article_id", "start", "end", "n_pieces", "kind", *columns]].reset_index(drop=True)


def split_voices(sentences: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Split sentences into stretches of words of one voice.

    Parameters
    ----------
    sentences, statements : DataFrame
        The tables of the same articles; some of the sentences will do.

    Returns
    -------
    DataFrame
        One row a stretch, in the order of the text: `article_id`, `sentence_id`, `part_id`, `start`, `end`,
        `surface` (from the first word to the last), `n_words`; `voice`, narrator or speaker; and of the
        statement `kind`, `speaker`, `speaker_kind`, `is_checkable` and `via`, empty for the narrator. Every
        word is in one stretch: that of the innermost statement that holds it, whose own cue and mention of
        the speaker are not part of it. Scare quotes and titles are nobody's statement.

    Examples
    --------
    >>> from rashomon import corpus_of, find_statements
    >>> corpus = corpus_of({"a": "It rained. “Go home,” Ann Gray said."})
    >>> voices = split_voices(corpus.sentences, find_statements(corpus))
    >>> voices[["speaker", "surface"]].values.tolist()
    [['', 'It rained'], ['Ann Gray', 'Go home'], ['', 'Ann Gray said']]
    """
    said: dict[str, list[dict[str, Any]]] = {}
    for row in statements[~statements["kind"].isin(_NOBODY)].to_dict("records"):
        said.setdefault(row["article_id"], []).append(row)
    inside: dict[str, list[dict[str, Any]]] = {}
    for row in sentences.to_dict("records"):
        inside.setdefault(row["article_id"], []).append(row)
    rows = [
        stretch
        for article_id, mine in inside.items()
        for stretch in _stretches(mine, said.get(article_id, []))
    ]
    columns = ("article_id", "sentence_id", "part_id", "start", "end", "surface", "n_words", "voice", *_TOLD)
    voices = pd.DataFrame(rows, columns=list(columns))
    counts = dict.fromkeys(("sentence_id", "part_id", "start", "end", "n_words"), "int64")
    texts = dict.fromkeys(("article_id", "surface", "voice", "kind", "speaker", "speaker_kind", "via"), "str")
    return voices.astype(counts | texts | {"is_checkable": "bool"})


def share_voices(
    voices: pd.DataFrame, of: str = "voice", *, by: Sequence[str] = ("article_id",), seed: int = 0
) -> pd.DataFrame:
    """Say how the words of each group are shared out, with bootstrap intervals.

    Parameters
    ----------
    voices : DataFrame
        As `split_voices` gives it, or with more columns.
    of : str
        Column whose values share the words, such as `voice` or `speaker_kind`.
    by : sequence of str
        Columns whose values form the groups; none makes one group of all.
    seed : int
        Seed of the bootstrap. Each group draws from its own generator, so that its interval does not depend
        on the other groups.

    Returns
    -------
    DataFrame
        One row a group and value, also where the group has none of it (both voices always have one): the
        columns of `by`, `of`, `n_words`, `share` (0 to 1), `low` and `high` (90 % percentile interval over
        the group's sentences) and `n_sentences`. No interval below 5 sentences, nor for a share of 0 or 1,
        which drawing again can only repeat.

    Raises
    ------
    ValueError
        When a column is missing.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall (percentile
    interval).

    Examples
    --------
    >>> from rashomon import corpus_of, find_statements
    >>> corpus = corpus_of({"a": "It rained. “Go home,” Ann Gray said."})
    >>> shares = share_voices(split_voices(corpus.sentences, find_statements(corpus)))
    >>> shares[["voice", "n_words", "share"]].round(2).values.tolist()
    [['narrator', 5, 0.71], ['speaker', 2, 0.29]]
    """
    missing = [column for column in (*by, of) if column not in voices.columns]
    if missing:
        raise ValueError(f"no column {missing[0]!r}; there are {', '.join(map(repr, voices.columns))}")
    values = sorted({*voices[of], *(("narrator", "speaker") if of == "voice" else ())})
    rows: list[dict[str, Any]] = []
    for key, group in voices.groupby(list(by), sort=True) if by else [((), voices)] if len(voices) else []:
        place = dict(zip(by, key, strict=True))
        table = group.pivot_table(
            index=["article_id", "sentence_id"], columns=of, values="n_words", aggfunc="sum", fill_value=0
        ).reindex(columns=values, fill_value=0)
        shares = _drawn_shares(table.to_numpy(), np.random.default_rng(seed))
        total = int(group["n_words"].sum())
        for value, n_words, (low, high) in zip(values, table.sum().tolist(), shares, strict=True):
            is_sure = 0 < n_words < total and len(table) >= LEAST_SENTENCES
            row = {of: value, "n_words": n_words, "share": n_words / total}
            row |= {"low": low, "high": high} if is_sure else {"low": np.nan, "high": np.nan}
            rows.append(place | row | {"n_sentences": len(table)})
    return pd.DataFrame(rows, columns=[*by, of, "n_words", "share", "low", "high", "n_sentences"])


def compare_speakers(voices: pd.DataFrame, *, by: str = "article_id") -> pd.DataFrame:
    """Say who is heard by how many: by all, by some, by one only.

    Parameters
    ----------
    voices : DataFrame
        As `split_voices` gives it, or with more columns; from statements with linked speakers.
    by : str
        Column that names the tellers: articles or outlets.

    Returns
    -------
    DataFrame
        One row a speaker, the one heard by most first: `speaker`, `speaker_kind` (that of most words),
        `is_checkable` (in any), `n_tellers`, `n_words`, `told_by` (the tellers, with semicolons). Only who
        can be the same in two articles is in it: people with a name, and bodies, posts and papers that can be
        checked. "Experts" here and "experts" there need not be the same.

    Raises
    ------
    ValueError
        When there is no column `by`.

    Examples
    --------
    >>> from rashomon import corpus_of, find_statements
    >>> corpus = corpus_of({"a": "“Go home,” Ann Gray said.", "b": "Ann Gray said it rained."})
    >>> voices = split_voices(corpus.sentences, find_statements(corpus))
    >>> compare_speakers(voices)[["speaker", "n_tellers", "told_by"]].values.tolist()
    [['Ann Gray', 2, 'a; b']]
    """
    if by not in voices.columns:
        raise ValueError(f"no column {by!r}; there are {', '.join(map(repr, voices.columns))}")
    is_known = (voices["is_checkable"] & ~voices["speaker_kind"].isin(_MANY)) | (
        voices["speaker_kind"] == "person"
    )
    rows: list[dict[str, Any]] = []
    for speaker, group in voices[is_known & (voices["speaker"] != "")].groupby("speaker"):
        kinds = group.groupby("speaker_kind")["n_words"].sum()
        tellers = sorted(group[by].astype(str).unique())
        rows.append(
            {
                "speaker": speaker,
                "speaker_kind": min(kinds.index, key=lambda kind: (-kinds[kind], kind)),
                "is_checkable": bool(group["is_checkable"].any()),
                "n_tellers": len(tellers),
                "n_words": int(group["n_words"].sum()),
                "told_by": "; ".join(tellers),
            }
        )
    rows.sort(key=lambda row: (-row["n_tellers"], -row["n_words"], row["speaker"]))
    columns = ["speaker", "speaker_kind", "is_checkable", "n_tellers", "n_words", "told_by"]
    return pd.DataFrame(rows, columns=columns)


def trace_relays(voices: pd.DataFrame) -> pd.DataFrame:
    """List the chains by which words reached an article: article ← who passed them on ← who spoke.

    Parameters
    ----------
    voices : DataFrame
        As `split_voices` gives it.

    Returns
    -------
    DataFrame
        One row an article, `via` and `speaker` (empty when the text does not say): `speaker_kind`,
        `n_words`, and the longest stretch as evidence: `start`, `end`, `surface`. Most words first.

    Examples
    --------
    >>> from rashomon import corpus_of, find_statements
    >>> corpus = corpus_of({"a": "“The bridge is closed,” the mayor told Reuters. It rained."})
    >>> voices = split_voices(corpus.sentences, find_statements(corpus))
    >>> trace_relays(voices)[["via", "speaker", "surface"]].values.tolist()
    [['Reuters', 'mayor', 'The bridge is closed']]
    """
    rows: list[dict[str, Any]] = []
    for _, group in voices[voices["via"] != ""].groupby(["article_id", "via", "speaker"]):
        longest = max(group.to_dict("records"), key=lambda row: (row["n_words"], -row["start"]))
        rows.append(longest | {"n_words": int(group["n_words"].sum())})
    rows.sort(key=lambda row: (-row["n_words"], row["article_id"], row["start"]))
    columns = ["article_id", "via", "speaker", "speaker_kind", "n_words", "start", "end", "surface"]
    return pd.DataFrame(rows, columns=columns)


def _stretches(
    sentences: Sequence[dict[str, Any]], statements: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Give the stretches of one article: the longest statements are laid first, so the innermost stays."""
    words = sorted(
        (sentence["start"] + word.start(), sentence["start"] + word.end(), place)
        for place, sentence in enumerate(sentences)
        for word in _WORD.finditer(sentence["text"])
    )
    starts = [start for start, _, _ in words]
    owners: list[dict[str, Any] | None] = [None] * len(words)
    for row in sorted(statements, key=lambda each: (each["start"] - each["end"], each["start"])):
        own = [
            (row[f"{prefix}_start"], row[f"{prefix}_end"])
            for prefix in ("cue", "speaker")
            if not pd.isna(row[f"{prefix}_start"])
        ]
        for k in range(bisect_left(starts, row["start"]), bisect_left(starts, row["end"])):
            if not any(first <= starts[k] < last for first, last in own):
                owners[k] = row
    for (place, _), run in groupby(range(len(words)), key=lambda k: (words[k][2], id(owners[k]))):
        ks = list(run)
        sentence, owner = sentences[place], owners[ks[0]]
        start, end = words[ks[0]][0], words[ks[-1]][1]
        yield {
            **{column: sentence[column] for column in ("article_id", "sentence_id", "part_id")},
            "start": start,
            "end": end,
            "surface": sentence["text"][start - sentence["start"] : end - sentence["start"]],
            "n_words": len(ks),
            "voice": "narrator" if owner is None else "speaker",
            **({column: owner[column] for column in _TOLD} if owner else _NARRATOR),
        }


def _drawn_shares(counts: np.ndarray, draw: np.random.Generator) -> list[tuple[float, float]]:
    """Give the ends of the interval of each column's share, over rows drawn again and again."""
    n = len(counts)
    blocks = [draw.multinomial(n, np.full(n, 1 / n), _BLOCK) @ counts for _ in range(_DRAWS // _BLOCK)]
    drawn = np.concatenate(blocks)
    shares = drawn / drawn.sum(axis=1, keepdims=True)
    low, high = np.quantile(shares, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2], axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())
