"""Extract every figure of a corpus: how much, of what, who says so, and as of when.

A cheap scan decides whether a sentence holds a number at all; everything else is done on the words
around it (modules `numbers`, `units`, `amounts`, `amount_phrases`).

Known limits: the status is decided by cue words in the same clause, without a parse; `as_of` is read from
explicit dates in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from rashomon._quantities.amount_phrases import Span, find_bound, find_trend, is_step
from rashomon._quantities.amounts import find_amounts
from rashomon._quantities.claims import Cues, find_cues, judge_status
from rashomon._quantities.counting import find_all_counted
from rashomon._quantities.digits import Tokens, has_decimal_comma
from rashomon._quantities.givers import Giver, Place, find_announcer, find_giver, is_part_of_speaker, may_give
from rashomon._quantities.lookalikes import NOT_COUNTED, Amount
from rashomon._quantities.moments import Moment, date_amount, date_itself, find_moments
from rashomon._quantities.units import find_per
from rashomon.corpus import Corpus, corpus_of
from rashomon.normalize import normalize
from rashomon.speech import find_statements
from rashomon.tables import make_table

_OF_STATEMENTS = (
    "start", "end", "kind", "speaker", "speaker_start", "speaker_end", "cue", "cue_start", "cue_end", "via",
    "stance",
)  # fmt: skip
_OF_SENTENCES = ("article_id", "sentence_id", "part_id", "start", "text")
_OF_THESE = (" of these", " of those", " of them")
_NOT_NEWS = "1960"  # what happened before is told as background
_PERIODS = ("day", "week", "month", "year", "h")  # 40 a day
_TO_A_LEVEL = frozenset(("to", "a", "an", "the", "average", "total", "record", "of", "just", "only"))
_ANAPHOR = re.compile(r"\b(?:[Tt]hat|[Tt]his|[Tt]he|[Tt]heir)\s+(?:number|figure|total|count|tally|toll)\b")


def extract_quantities(corpus: Corpus, statements: pd.DataFrame | None = None) -> pd.DataFrame:
    """Extract every numeric expression from the sentences that carry claims.

    Parameters
    ----------
    corpus : Corpus
        From `read_corpus`.
    statements : DataFrame, optional
        Table `statements` of the same corpus: who says what. Without it nobody is named.

    Returns
    -------
    DataFrame
        Table `quantities`, one row a number. Dates, times, years, ordinals, identifiers and idioms have
        rows of their own kind, so that they are seen and not counted. `low` and `high` hold the
        interval the words allow: *thousands* is 1,000 to 10,000, for of more one says *tens of thousands*;
        *about* leaves them at the number itself and says so in `bound`.

    Notes
    -----
    Known limits: see the module. A third is rounded at the 28th digit; every other value is exact.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> table = extract_quantities(corpus_of({"a": "More than 1,500 soldiers have arrived."}))
    >>> table[["surface", "bound", "counted", "status"]].values.tolist()
    [['1,500', '>', 'soldiers', 'happened']]
    """
    speech: dict[Any, list[dict[str, Any]]] = {}
    if statements is not None:
        told_by = (statements[name].tolist() for name in _OF_STATEMENTS)
        for article_id, *values in zip(statements["article_id"].tolist(), *told_by, strict=True):
            speech.setdefault(article_id, []).append(dict(zip(_OF_STATEMENTS, values, strict=True)))
    published = dict(zip(corpus.articles["article_id"], corpus.articles["published"], strict=True))
    rows: list[dict[str, Any]] = []
    told = corpus.sentences[corpus.sentences["carries_claims"]]
    sentences = zip(*(told[name].tolist() for name in _OF_SENTENCES), strict=True)
    for article_id, of_article in groupby(sentences, key=itemgetter(0)):
        raw = corpus.raw(str(article_id))
        rows += _read_article(raw, of_article, speech.get(article_id, []), str(published[article_id]))
    return make_table("quantities", rows)


def quantities_in(text: str) -> pd.DataFrame:
    """Extract every numeric expression from one text; see `extract_quantities`.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    DataFrame
        Table `quantities`, with `article_id` "text".

    Examples
    --------
    >>> table = quantities_in("It costs between $89 and $93 billion.")
    >>> table[["kind", "low", "high", "unit"]].astype(str).values.tolist()
    [['range', '89000000000', '93000000000', 'USD']]
    """
    corpus = corpus_of({"text": text})
    return extract_quantities(corpus, find_statements(corpus))


def _read_article(
    raw: str, sentences: Iterable[tuple[Any, ...]], speech: list[dict[str, Any]], published: str
) -> Iterator[dict[str, Any]]:
    decimal_comma = has_decimal_comma(raw)
    last: dict[str, Any] | None = None
    announcer: Giver | None = None
    to_come = sorted(speech, key=itemgetter("start"), reverse=True)
    near: list[dict[str, Any]] = []
    for article_id, sentence_id, part_id, at, text in sentences:
        announced = announcer
        announcer = find_announcer(text, start=at) if speech else None
        while to_come and to_come[-1]["start"] < at + len(text):
            near.append(to_come.pop())
        near = [s for s in near if at < s["end"]]
        for row in read_sentence(
            text, start=at, decimal_comma=decimal_comma, speech=near, published=published, announced=announced
        ):
            row |= {"article_id": article_id, "sentence_id": sentence_id, "part_id": part_id}
            row["surface"] = raw[row["start"] : row["end"]]
            if row["kind"] not in NOT_COUNTED:
                if last is not None and sentence_id - last["sentence_id"] < 3:
                    before = raw[max(at, row["start"] - 120) : row["start"]]
                    _inherit_counted(row, last, before, raw[row["end"] : row["end"] + 12])
                last = row if row.get("counted") and row["value"] is not None else last
            yield row


def read_sentence(
    text: str,
    *,
    start: int = 0,
    decimal_comma: bool = False,
    speech: Sequence[Mapping[str, Any]] = (),
    published: str = "",
    announced: Giver | None = None,
) -> list[dict[str, Any]]:
    """Read the quantities of one sentence into rows of the table `quantities`, keys and surface left out.

    Parameters
    ----------
    text : str
        The sentence as it stands in the raw text.
    start : int
        Where it begins there.
    decimal_comma : bool
        As in `numbers.read_digits`.
    speech : sequence of mapping
        The rows of `statements` that touch the sentence.
    published : str
        Day of publication, ISO 8601, or "".
    announced : Giver, optional
        Who announced figures in the sentence before.

    Returns
    -------
    list of dict
        One a number, in the order of the text.

    Examples
    --------
    >>> [row["unit"] for row in read_sentence("It flew 15 km.")]
    ['km']
    """
    clean = normalize(text)
    tokens, amounts = find_amounts(clean.text, decimal_comma=decimal_comma)
    if not amounts:
        return []

    is_as_written = clean.text is text

    def place(first: int, last: int) -> tuple[int, int]:
        if not is_as_written:
            first, last = clean.to_raw(first, last)
        return start + first, start + last

    def put(words: Span, prefix: str) -> None:
        if words is not None:
            begin, end = place(tokens.starts[words[0]], tokens.ends[words[1] - 1])
            row[f"{prefix}_start"], row[f"{prefix}_end"] = begin, end

    moments = find_moments(clean.text, published=published)
    counts = find_all_counted(tokens, amounts)
    found = find_cues(tokens) if any(amount.is_quantity for amount in amounts) else None
    may_have_subject = may_give(tokens)
    rows: list[dict[str, Any]] = []
    before = amounts[0]
    for amount, counted in zip(amounts, counts, strict=True):
        is_beside = counted and -8 < counted[0] - amount.last < 8
        last = max(amount.last, counted[1] if counted and is_beside else 0)
        row: dict[str, Any] = {
            "kind": amount.kind, "value": amount.value, "low": amount.low, "high": amount.high,
            "bound": amount.bound, "unit": amount.unit, "is_increment": False, "as_of": "",
        }  # fmt: skip
        row["start"], row["end"] = place(amount.start, amount.end)
        first = amount.first
        if found and amount.is_quantity:
            bound, first, last, words = find_bound(tokens, amount, last)
            _set_bound(row, bound)
            row["trend"], at = find_trend(tokens, amount, first)
            if amount.kind == "range" and tokens.at(first - 1) == "from":
                row["trend"], at = "", -1  # jumped from 240 to 273: it holds what was and what is
            row["is_increment"] = is_step(tokens, amount, at, first)
            put(words, "bound")
            put((at, at + 1) if at >= 0 else None, "trend")
            if not row["trend"] and rows and tokens.at(first - 1) == "by" and before.unit == amount.unit:
                # fell by 3% here and by 4% there
                row |= {key: value for key, value in rows[-1].items() if key.startswith("trend")}
            if not row["trend"] and rows and rows[-1].get("trend") and _is_reached(tokens, before, first):
                row |= {key: value for key, value in rows[-1].items() if key.startswith("trend")}
            if rows and not bound and _is_conversion(tokens, before, amount):
                _set_bound(row, rows[-1]["bound"])
                row |= {key: value for key, value in rows[-1].items() if key.startswith(("bound_", "trend"))}
                row["is_increment"] = rows[-1]["is_increment"]
            row |= _read_claim(
                clean.text, amount, found, speech, place, announced, may_have_subject=may_have_subject
            )
        if counted:
            row["counted"] = tokens.surface(*counted)
            put(counted, "counted")
        put(_unit_words(amount), "unit")
        row |= _read_moment(clean.text, amount, moments, place)
        if row.get("status") == "happened" and "1" < row["as_of"] < _NOT_NEWS:  # in 1912 it sank with 900
            row |= {"status": "historical", "status_evidence": "", "status_start": None, "status_end": None}
        if per := _read_rate(tokens, amount, counted, last):  # 90 flights per week
            row |= {"kind": "rate", "unit": f"/{per[0]}"}
            put((last, per[1]), "unit")
            last = per[1]
        first = min(first, counted[0]) if counted and is_beside else first
        row["phrase_start"], row["phrase_end"] = place(
            min(tokens.starts[first], amount.start), max(tokens.ends[last - 1], amount.end)
        )
        rows.append(row)
        before = amount
    return rows


def _read_claim(
    text: str,
    amount: Amount,
    found: Cues,
    speech: Sequence[Mapping[str, Any]],
    place: Place,
    announced: Giver | None,
    *,
    may_have_subject: bool,
) -> dict[str, Any]:
    at = (amount.start, amount.end)
    is_apart = amount.kind == "age" and text[at[0] - 2 : at[0]] == ", " and text.startswith(",", at[1])
    if is_apart or (speech and is_part_of_speaker(place(*at), speech)):  # its author, 34, said
        return {"status": "happened"}
    giver = find_giver(text, at, speech, place, may_have_subject=may_have_subject) or announced
    status, words, begin, end = judge_status(text, amount, found, giver, place)
    row: dict[str, Any] = {
        "status": status,
        "status_evidence": words,
        "status_start": begin,
        "status_end": end,
    }
    if giver:
        row |= {"attributed_to": giver.who, "via": giver.via}
        row |= {"attributed_start": giver.start, "attributed_end": giver.end}
    return row


def _read_moment(text: str, amount: Amount, moments: Sequence[Moment], place: Place) -> dict[str, Any]:
    if amount.kind in NOT_COUNTED:
        told = amount.kind in ("date", "time", "year")
        return {"as_of": date_itself(text, amount, moments)} if told else {}
    moment = date_amount(text, amount, moments)
    if moment is None:
        return {}
    begin, end = place(moment.start, moment.end)
    return {"as_of": moment.value, "as_of_start": begin, "as_of_end": end}


def _unit_words(amount: Amount) -> Span:
    """Give the tokens of the unit as written: behind the number, else before it."""
    if not amount.unit or amount.kind == "range":
        return None
    if amount.first < amount.number_first:
        return amount.first, amount.number_first
    return (amount.number_last, amount.last) if amount.last > amount.number_last else None


def _read_rate(tokens: Tokens, amount: Amount, counted: Span, last: int) -> tuple[str, int] | None:
    is_beside = counted is not None and counted[1] == last
    if amount.kind != "cardinal" or not (is_beside or last == amount.last):
        return None
    per = find_per(tokens, last)
    return per if is_beside or (per and per[0] in _PERIODS) else None


def _is_conversion(tokens: Tokens, one: Amount, two: Amount) -> bool:
    """Tell whether the second says the first again in another unit: *more than 5 miles (8 km)*."""
    between = tokens.words[one.last : two.first]
    return between in (["("], ["/"]) and one.unit != two.unit and bool(one.unit and two.unit)


def _is_reached(tokens: Tokens, step: Amount, first: int) -> bool:
    """Tell the total from the step before it: *fell by 3 percent to an average of 40*, *doubled to 9*."""
    between = tokens.words[step.last : first]
    is_step = step.kind == "multiple" or tokens.at(step.first - 1) == "by"
    return is_step and between[:1] == ["to"] and set(between) <= _TO_A_LEVEL


def _set_bound(row: dict[str, Any], bound: str) -> None:
    if not bound or row["value"] is None:
        if bound and row["low"] is not None and row["bound"] == "=":
            row["bound"] = bound
        return
    row["bound"] = bound
    if bound == ">":
        row["high"] = None
    elif bound == "<":
        row["low"] = None


def _inherit_counted(row: dict[str, Any], last: Mapping[str, Any], before: str, after: str) -> None:
    """Give *that number could rise to 12,000* and *3,500 of these* what the figure before counted."""
    is_anaphor = _ANAPHOR.search(before) or after.startswith(_OF_THESE)
    is_open = not row.get("counted") or row["counted_end"] <= row["start"]
    if is_open and not row["unit"] and row["kind"] in ("cardinal", "range") and is_anaphor:
        row |= {name: last[name] for name in ("counted", "counted_start", "counted_end")}
