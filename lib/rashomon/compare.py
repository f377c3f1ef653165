"""Figures of several tellings side by side: one claim told eight times is one claim with eight tellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from rashomon._claimants import name_claims
from rashomon._conflicts import find_conflicts
from rashomon._counted import (
    PLANNED,
    SEPARATOR,
    find_dealing,
    find_fate,
    find_state,
    is_known_noun,
    join_slot,
    name_counted,
    split_noun,
    words_with,
)
from rashomon._cut_off import find_cut_off
from rashomon._quantities.lookalikes import NOT_COUNTED
from rashomon._slots import Counted, join_figures, name_slots
from rashomon._topics import figures_about, find_topic, group_tellings
from rashomon.corpus import Corpus
from rashomon.tables import TABLES, make_table

__all__ = [
    "compare_figures",
    "compare_wording",
    "figures_about",
    "figures_in",
    "find_conflicts",
    "find_topic",
    "group_tellings",
]

Row = Mapping[Any, Any]

_AHEAD = re.compile(
    r"\b(?:will|would|(?:could|may|might)(?! have\b)|plan\w*|expect\w*|likely|possib\w+|prepar\w+|speculat\w+"
    r"|by the end)\b",
    re.IGNORECASE,
)
_TOLL = re.compile(
    r"\bdeath toll\b|\btoll\b(?= (?:at|rose|rises|stands|stood|climbs|climbed|reached|is|to|was|has))", re.I
)
_NUMBER_OF = re.compile(
    r"\b(?:number|total|count|tally) of ((?:[^\W\d_][\w'’-]*\s+){1,8}?)"
    r"(?:at|to|is|was|are|were|stands|stood|rose|grew|fell|reached|climbed|had|has|could|would|will|may|as)\b",
    re.IGNORECASE,
)
# The age of a person says who somebody is, not what happened.
_NOT_COMPARED = NOT_COUNTED | {"age"}
# So many words on either side tell most of what a figure counts.
_N_NEAR = 6
# "One of the largest armies", "one such weapon": the word stands for a noun, nobody counts.
_PRONOUN = re.compile(r"\s+(?:of|such)\b")
_IS_MONEY = re.compile(r"[A-Z]{3}(?:/|$)|cent\b")
_PART_OF = re.compile(r"\s+of (?:the|those|these|its|their)\b")


def compare_figures(
    quantities: pd.DataFrame,
    sentences: pd.DataFrame | None = None,
    names: pd.DataFrame | None = None,
    *,
    events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Bring the figures of all articles into one matrix, by what is counted.

    Parameters
    ----------
    quantities : DataFrame
        Table `quantities`. Dates, times, years, ages, ordinals, identifiers and idioms are left out.
    sentences : DataFrame, optional
        Table `sentences` of the same corpus. With it, what became of the people or things counted
        (killed, injured, arrested …) is part of the slot, an estimate of what is to come is told
        from an estimate of what is, and a number that is cut off has a row that says so.
    names : DataFrame, optional
        Table `names` of the same corpus; with it, `place` is filled.
    events : DataFrame, optional, keyword-only
        Table `events`; tellings of different events are different claims.

    Returns
    -------
    DataFrame
        Table `figures`. `slot` is made of what is counted, what became of it, its unit and, when it is not a
        fact of now, `planned`, `hypothetical` or `historical`: "soldiers", "soldiers · planned",
        "people · killed", "damage · USD". It is empty when the text does not say what is counted. Rows of
        one `claim_id` tell the same: one slot, one amount, and no two named claimants.

    Notes
    -----
    Known limits. Figures of an event are brought together by their head noun (with a list of synonyms), what
    became of those counted, unit, equal amounts and the words around; two slots of one name get a word
    in brackets. "Soldiers" of two armies share a slot (`find_conflicts` keeps them apart by the words
    before the noun). Place is not part of the slot. Without `events` a folder is taken for one event.

    Examples
    --------
    >>> row = {"article_id": "x", "sentence_id": 1, "part_id": 1, "start": 0, "end": 5, "kind": "cardinal",
    ...        "phrase_start": 0, "phrase_end": 20, "counted": "North Korean troops", "status": "planned"}
    >>> compare_figures(make_table("quantities", [row]))["slot"].tolist()
    ['soldiers · planned']
    """
    texts = _sentence_texts(sentences)
    places, initials = _places_of(names), _initials_of(names)
    kept = [name for name in TABLES["figures"].names if name in TABLES["quantities"].names]
    rows: list[dict[str, Any]] = []
    counted: list[Counted] = []
    latest: tuple[Row, str] | None = None
    for row in quantities.to_dict("records"):
        before, behind, after = _words_around(row, texts)
        if row["kind"] in _NOT_COMPARED or (row["surface"].casefold() == "one" and _PRONOUN.match(behind)):
            continue
        noun, fate = _read_noun(row, before)
        if row["unit"] == "%" or _IS_MONEY.match(row["unit"]):
            fate = find_dealing(before, behind)
        elif noun or not row["unit"]:
            own = find_fate(before, after)
            if fate and _PART_OF.match(behind):
                fate = f"part of those {fate}"  # "two of the dead" are not the toll
            elif own and not _is_behind(row):
                fate = own  # "two dead, 20 in hospital"
            fate = fate or own
        if not noun and not row["unit"] and row["counted"] and latest and _is_close(latest[0], row):
            # "That number could rise to 12,000": it counts what the figure before it counts.
            noun = latest[1]
        elif not noun and not row["unit"] and fate in words_with("fate_of_things"):
            noun = latest[1] if latest and _is_close(latest[0], row) else ""
        elif not noun and not row["unit"] and fate:
            noun = "people"
        if noun and not row["unit"]:
            latest = (row, noun)
        figure = {name: row[name] for name in kept}
        # What is asked or offered is to come in any case; the asking has happened.
        time = "" if fate in words_with("one_at_all_times") else _time_of(row, f"{before} {after}")
        around = f"{' '.join(before.split()[-_N_NEAR:])} {' '.join(after.split()[:_N_NEAR])}"
        counted.append(Counted(noun, fate, row["unit"], time, around, f"{before} {after}"))
        figure["attributed_to"] = _spell_out(row, initials)
        figure["state"] = find_state(before, after)
        figure["place"] = _nearest_place(row, places)
        figure["is_increment"] = bool(row["is_increment"])
        rows.append(figure)
    _fill_slots(rows, counted, events)
    rows += list(_cut_off_rows(sentences, rows))
    _fill_claims(rows, events)
    return make_table("figures", rows)


def compare_wording(corpus: Corpus) -> pd.DataFrame:
    """Compare the words of the articles: cosine similarity of their tf-idf vectors.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that carry claims are compared.

    Returns
    -------
    DataFrame
        One row and one column an article, named and ordered by its short name; 0 no word in common, 1
        the same words in the same shares. NaN where an article has no words to compare.

    References
    ----------
    Salton, G. and Buckley, C. (1988), "Term-weighting approaches in automatic text retrieval",
    *Information Processing & Management* 24.

    Notes
    -----
    Known limits. Words, not meaning: a paraphrase scores low, and two articles of one outlet about
    different events can score high.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> texts = {"a": "The river rose.", "b": "The river rose.", "c": "Prices fell again."}
    >>> compare_wording(corpus_of(texts)).round(2).loc["a"].tolist()
    [1.0, 1.0, 0.0]
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    articles = corpus.articles.sort_values("label")
    claims = corpus.sentences[corpus.sentences["carries_claims"]]
    said = claims.groupby("article_id")["text"].agg(" ".join)
    texts = [str(said.get(article, "")) for article in articles["article_id"]]
    spoken = [bool(re.search(r"\w", text)) for text in texts]
    names = pd.Index(articles["label"], name="article")
    alike = pd.DataFrame(float("nan"), index=names, columns=list(names))
    if any(spoken):
        kept = names[spoken]
        vectors = TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True).fit_transform(
            [text for text, speaks in zip(texts, spoken, strict=True) if speaks]
        )
        alike.loc[kept, list(kept)] = cosine_similarity(vectors).clip(0.0, 1.0)
    return alike


def figures_in(texts: Mapping[str, str]) -> pd.DataFrame:
    """Bring the figures of some texts into one matrix.

    Parameters
    ----------
    texts : mapping of str to str
        Name to text; the names become `article_id`.

    Returns
    -------
    DataFrame
        Table `figures`; see `compare_figures`.

    Examples
    --------
    >>> figures_in({"a": "Nothing is counted here."}).empty
    True
    """
    from rashomon.corpus import corpus_of
    from rashomon.quantities import extract_quantities
    from rashomon.speech import find_statements

    corpus = corpus_of(texts)
    return compare_figures(extract_quantities(corpus, find_statements(corpus)), corpus.sentences)


def _cut_off_rows(sentences: pd.DataFrame | None, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Give a row without an amount for each number that a text announces and no longer gives."""
    if sentences is None:
        return
    counted = {(row["article_id"], row["sentence_id"]): row for row in rows if row["slot"]}
    for row in sentences[sentences["is_truncated"] & sentences["carries_claims"]].to_dict("records"):
        span = find_cut_off(row["text"])
        if span is None:
            continue
        start, end = span
        told = counted.get((row["article_id"], row["sentence_id"]))
        is_ahead = bool(_AHEAD.search(row["text"][:start]))
        noun = told["slot"].split(SEPARATOR)[0] if told and not told["unit"] else ""
        yield {
            **{name: row[name] for name in ("article_id", "sentence_id", "part_id")},
            "start": row["start"] + start,
            "end": row["start"] + end,
            "surface": row["text"][start:end],
            "slot": join_slot(noun, "", "", PLANNED if is_ahead else ""),
            "status": PLANNED if is_ahead else "",
            **dict.fromkeys(("low", "high")),
            "is_increment": False,
            "note": "cut off, figure missing",
        }


def _read_noun(row: Row, before: str) -> tuple[str, str]:
    """Read what is counted, from the phrase itself or from "the number of … rose to" before it."""
    phrase = row["counted"]
    noun, fate = split_noun(name_counted(phrase)[0])
    if row["unit"] and phrase.istitle() and not is_known_noun(phrase):
        noun = ""  # "Ostby Airways lost 3 million euros": the owner of an amount is not what it is of
    if not row["unit"] and phrase.casefold().endswith("toll"):
        return "people", "killed"
    if noun or row["unit"]:
        return noun, fate
    if _TOLL.search(before):
        return "people", "killed"
    told = _NUMBER_OF.findall(before)
    if not told:
        return "", ""
    noun, fate = split_noun(name_counted(told[-1])[0])
    return noun, fate or find_fate("", told[-1])


def _is_behind(row: Row) -> bool:
    """Whether what is counted stands behind its number, or in no place that is known."""
    return bool(pd.isna(row["counted_start"]) or row["counted_start"] >= row["start"])


def _by_event(rows: Sequence[Row], events: pd.DataFrame | None) -> list[list[int]]:
    """Group the places of rows by event, each in the order of article and place."""
    event_of = {} if events is None else dict(zip(events["article_id"], events["event_id"], strict=True))
    places: dict[Any, list[int]] = {}
    for at in sorted(range(len(rows)), key=lambda at: (rows[at]["article_id"], rows[at]["start"])):
        places.setdefault(event_of.get(rows[at]["article_id"]), []).append(at)
    return list(places.values())


def _fill_slots(
    rows: Sequence[dict[str, Any]], counted: Sequence[Counted], events: pd.DataFrame | None
) -> None:
    for places in _by_event(rows, events):
        told = [counted[at] for at in places]
        names = name_slots(told, join_figures([rows[at] for at in places], told))
        for at, name in zip(places, names, strict=True):
            rows[at]["slot"] = name


def _fill_claims(rows: Sequence[dict[str, Any]], events: pd.DataFrame | None) -> None:
    for places in _by_event(rows, events):
        for at, claim in zip(places, name_claims([rows[at] for at in places]), strict=True):
            rows[at]["claim_id"] = claim


def _places_of(names: pd.DataFrame | None) -> dict[tuple[str, int], list[tuple[int, str]]]:
    places: dict[tuple[str, int], list[tuple[int, str]]] = {}
    if names is not None:
        for row in names[names["kind"].isin(("place", "country"))].to_dict("records"):
            if row["entity"] and row["rule"] != "demonym":  # "Danish troops" need not be in Denmark
                key = (row["article_id"], row["sentence_id"])
                places.setdefault(key, []).append((row["start"], row["entity"]))
    return places


def _initials_of(names: pd.DataFrame | None) -> dict[tuple[str, int], str]:
    """Give the names written as initials, "NIS", by where they begin, with whom they mean."""
    if names is None:
        return {}
    return {
        (row["article_id"], row["start"]): row["entity"]
        for row in names[names["rule"] == "acronym"].to_dict("records")
        if row["surface"].isupper() and row["entity"]
    }


def _spell_out(row: Row, initials: Mapping[tuple[str, int], str]) -> str:
    """Give who a figure comes from; initials that the mention begins with are spelled out."""
    if pd.isna(row["attributed_start"]):
        return str(row["attributed_to"])
    begins = (int(row["attributed_start"]) + skipped for skipped in (0, len("the ")))
    meant = (initials.get((row["article_id"], at)) for at in begins if at < row["attributed_end"])
    return next(filter(None, meant), str(row["attributed_to"]))


def _nearest_place(row: Row, places: Mapping[tuple[str, int], list[tuple[int, str]]]) -> str:
    """Give the first place behind the number, or else the last before it."""
    named = places.get((row["article_id"], row["sentence_id"]), [])
    behind = [place for start, place in named if start >= row["phrase_end"]]
    ahead = [place for start, place in named if start < row["start"]]
    return behind[0] if behind else ahead[-1] if ahead else ""


def _sentence_texts(sentences: pd.DataFrame | None) -> dict[tuple[str, int], tuple[int, str]]:
    if sentences is None:
        return {}
    columns = (sentences[name] for name in ("article_id", "sentence_id", "start", "text"))
    return {(article, number): (start, text) for article, number, start, text in zip(*columns, strict=True)}


def _words_around(row: Row, texts: Mapping[tuple[str, int], tuple[int, str]]) -> tuple[str, str, str]:
    """Give the words of the sentence before the number, behind it, and behind what is counted."""
    offset, text = texts.get((row["article_id"], row["sentence_id"]), (0, ""))
    start, end = (max(0, at - offset) for at in (row["start"], row["end"]))
    return text[:start], text[end:], text[max(end, row["phrase_end"] - offset) :]


def _is_close(earlier: Row, row: Row) -> bool:
    return (earlier["article_id"], earlier["part_id"]) == (row["article_id"], row["part_id"]) and bool(
        row["sentence_id"] - earlier["sentence_id"] <= 1
    )


def _time_of(row: Row, words: str) -> str:
    if row["status"] in (PLANNED, "hypothetical", "historical"):
        return str(row["status"])
    return PLANNED if row["status"] == "estimated" and _AHEAD.search(words) else ""
