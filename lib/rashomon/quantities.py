"""Extract every figure of a corpus: how much, of what, who says so, and as of when.

A cheap scan decides whether a sentence holds a number at all; everything else is done on the words
around it (modules `numbers`, `units`, `amounts`, `amount_phrases`).

Known limits: a figure is given to the speaker of the statement that holds it, not yet to one named
only in the sentence before; the status is decided by cue words in the same clause, without a parse;
`as_of` is read from explicit dates in the same sentence.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from rashomon._quantities.amount_phrases import find_bound, find_counted, find_trend
from rashomon._quantities.amounts import find_amounts
from rashomon._quantities.digits import Tokens, has_decimal_comma
from rashomon._quantities.lookalikes import NOT_COUNTED, Amount, cues
from rashomon._quantities.moments import date_amount, date_itself, find_moments
from rashomon._quantities.numbers import has_number
from rashomon._quantities.units import find_per
from rashomon.corpus import Corpus, corpus_of
from rashomon.normalize import normalize
from rashomon.speech import find_statements
from rashomon.tables import make_table

_CLAUSE_BREAK = re.compile(
    r"[;:—()]|,\s+(?=(?:and|as|but|while|which|who|where|when|although|though)\b)|\s(?=(?:but|while|although|because|whereas)\b)"
)


# A cue further away than this many others decides nothing.
_REACH = 8
_ANAPHOR = re.compile(r"\b(?:[Tt]hat|[Tt]his|[Tt]he|[Tt]heir)\s+(?:number|figure|total|count|tally|toll)\b")


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    status: str


@dataclass(frozen=True, slots=True)
class _Cues:
    """The words of a sentence that bear on the status, where they begin, and where its clauses do."""

    found: list[_Cue]
    starts: list[int]
    breaks: list[int]


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
        interval the words allow; *about* leaves them at the number itself and says so in `bound`.

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
    speech = (
        {}
        if statements is None
        else {key: group.to_dict("records") for key, group in statements.groupby("article_id")}
    )
    published = dict(zip(corpus.articles["article_id"], corpus.articles["published"], strict=True))
    rows: list[dict[str, Any]] = []
    told = corpus.sentences[corpus.sentences["carries_claims"]]
    for article_id, sentences in told.groupby("article_id", sort=False):
        raw = corpus.raw(str(article_id))
        rows += _read_article(raw, sentences, speech.get(article_id, []), str(published[article_id]))
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
    raw: str, sentences: pd.DataFrame, speech: Sequence[Mapping[str, Any]], published: str
) -> Iterator[dict[str, Any]]:
    decimal_comma = has_decimal_comma(raw)
    last: dict[str, Any] | None = None
    columns = (sentences[name] for name in ("article_id", "sentence_id", "part_id", "start", "text"))
    for article_id, sentence_id, part_id, start, text in zip(*columns, strict=True):
        if not has_number(text):
            continue
        near = [s for s in speech if s["start"] < start + len(text) and start < s["end"]]
        for row in read_sentence(
            text, start=int(start), decimal_comma=decimal_comma, speech=near, published=published
        ):
            row |= {"article_id": article_id, "sentence_id": sentence_id, "part_id": part_id}
            row["surface"] = raw[row["start"] : row["end"]]
            if row["kind"] not in NOT_COUNTED:
                if last is not None and sentence_id - last["sentence_id"] < 3:
                    _inherit_counted(row, last, raw[max(int(start), row["start"] - 120) : row["start"]])
                last = row if row.get("counted") and row["value"] is not None else last
            yield row


def read_sentence(
    text: str,
    *,
    start: int = 0,
    decimal_comma: bool = False,
    speech: Sequence[Mapping[str, Any]] = (),
    published: str = "",
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

    def place(first: int, last: int, prefix: str = "") -> dict[str, int]:
        begin, end = clean.to_raw(first, last)
        return {f"{prefix}start": start + begin, f"{prefix}end": start + end}

    found = _find_cues(clean.text) if any(amount.is_quantity for amount in amounts) else _Cues([], [], [])
    moments = find_moments(clean.text, published=published)
    rows: list[dict[str, Any]] = []
    counts = _find_all_counted(tokens, amounts)
    before = amounts[0]
    for amount, counted in zip(amounts, counts, strict=True):
        last = max(amount.last, counted[1] if counted else 0)
        first = amount.first
        row: dict[str, Any] = {
            name: getattr(amount, name) for name in ("kind", "value", "low", "high", "bound", "unit")
        }
        row |= place(amount.start, amount.end)
        if amount.is_quantity:
            bound, first, last = find_bound(tokens, amount, last)
            _set_bound(row, bound)
            row["trend"] = find_trend(tokens, amount, first)
            if rows and not bound and _is_conversion(tokens, before, amount):
                _set_bound(row, rows[-1]["bound"])
                row["trend"] = row["trend"] or rows[-1].get("trend", "")
            row |= _judge(clean.text, amount, found, speech, start)
            row["as_of"] = date_amount(amount, moments)
        elif amount.kind in ("date", "time", "year"):
            row["as_of"] = date_itself(clean.text, amount, moments)
        if counted:
            row["counted"] = tokens.surface(*counted)
            row |= place(tokens.starts[counted[0]], tokens.ends[counted[1] - 1], "counted_")
        per = (
            find_per(tokens, last)
            if counted and amount.kind == "cardinal" and tokens.at(last) == "per"
            else None
        )
        if per:  # 90 flights per week
            row["kind"], row["unit"], last = "rate", f"/{per[0]}", per[1]
        first = min(first, counted[0]) if counted and counted[1] <= amount.first else first
        row |= place(
            min(tokens.starts[first], amount.start), max(tokens.ends[last - 1], amount.end), "phrase_"
        )
        rows.append(row)
        before = amount
    return rows


def _find_all_counted(tokens: Tokens, amounts: list[Amount]) -> list[tuple[int, int] | None]:
    """Find what each amount counts; *two-, three- and four-room* and *two or three men* share it."""
    ends = {amount.first: amount.last for amount in amounts}
    counts = [find_counted(tokens, amount, ends) for amount in amounts]
    for i in range(len(amounts) - 2, -1, -1):
        between = tokens.words[amounts[i].last : amounts[i + 1].first]
        is_list = (
            between and len(between) <= 3 and set(between) <= {"-", ",", "and", "or"} and between != ["-"]
        )
        if (
            is_list
            and counts[i] is None
            and amounts[i].is_quantity
            and not amounts[i].unit
            and not amounts[i + 1].unit
        ):
            counts[i] = counts[i + 1]
    return counts


def _is_conversion(tokens: Tokens, one: Amount, two: Amount) -> bool:
    """Tell whether the second says the first again in another unit: *more than 5 miles (8 km)*."""
    between = tokens.words[one.last : two.first]
    return between in (["("], ["/"]) and one.unit != two.unit and bool(one.unit and two.unit)


def _set_bound(row: dict[str, Any], bound: str) -> None:
    if not bound or row["value"] is None:
        if row["kind"] == "vague":  # "thousands": at least one thousand, open above
            row["bound"], row["high"] = ">", None
        elif bound and row["low"] is not None and row["bound"] == "=":
            row["bound"] = bound
        return
    row["bound"] = bound
    if bound == ">":
        row["high"] = None
    elif bound == "<":
        row["low"] = None


def _inherit_counted(row: dict[str, Any], last: Mapping[str, Any], before: str) -> None:
    """Give *that number could rise to 12,000* what the figure before it counted."""
    if (
        not row.get("counted")
        and not row["unit"]
        and row["kind"] in ("cardinal", "range")
        and _ANAPHOR.search(before)
    ):
        row |= {name: last[name] for name in ("counted", "counted_start", "counted_end")}


@cache
def _cue_pattern() -> re.Pattern[str]:
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted(cues("status"), key=len, reverse=True):
        by_letter.setdefault(phrase[0], []).append(phrase[1:].replace(" ", r"\s+"))
    words = "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in by_letter.items())
    return re.compile(rf"\b(?:{words}|[a-z]{{2,20}}ed)\b", re.IGNORECASE)


def _find_cues(text: str) -> _Cues:
    status = cues("status")
    found = [
        _Cue(m.start(), m.end(), status.get(" ".join(m[0].lower().split()), "happened"))
        for m in _cue_pattern().finditer(text)
    ]
    return _Cues(found, [cue.start for cue in found], [m.end() for m in _CLAUSE_BREAK.finditer(text)])


def _judge(
    text: str, amount: Amount, cues_here: _Cues, speech: Sequence[Mapping[str, Any]], start: int
) -> dict[str, str]:
    """Decide status, evidence, who gives the figure and who passes it on."""
    left, right, further = _cues_around(text, amount, cues_here)
    cue = left[-1] if left else right[0] if right else further
    status = cue.status if cue else ""
    evidence = text[cue.start : cue.end] if cue else ""
    if status in ("happened", ""):
        doubt = next((c for c in reversed(left) if c.status in ("claimed", "historical")), None)
        doubt = doubt or next((c for c in right if c.status == "claimed"), None)
        if doubt:
            status, evidence = doubt.status, text[doubt.start : doubt.end]
    holding = [
        s for s in speech
        if s["start"] <= start + amount.start and start + amount.end <= s["end"]
        and s["kind"] not in ("scare", "title")
    ]  # fmt: skip
    holding.sort(key=lambda s: (s["end"] - s["start"], s["start"]))
    if holding and status in ("happened", ""):
        status = "claimed"
        evidence = next((str(s["cue"]) for s in holding if s["cue"]), evidence)
    named = [s for s in holding if s["speaker"]]
    speaker = str(named[0]["speaker"]) if named else ""
    via = next((str(s["via"]) for s in holding if s["via"]), "")
    if not via and len(named) > 1 and named[1]["speaker"] != speaker:
        via = str(named[1]["speaker"])
    return {"status": status, "status_evidence": evidence, "attributed_to": speaker, "via": via}


def _cues_around(text: str, amount: Amount, cues_here: _Cues) -> tuple[list[_Cue], list[_Cue], _Cue | None]:
    """Give the cues of the clause left and right of an amount, and the nearest on the left beyond it."""
    at = bisect.bisect_right(cues_here.breaks, amount.start)
    low = cues_here.breaks[at - 1] if at else 0
    high = cues_here.breaks[at] if at < len(cues_here.breaks) else len(text)
    middle = bisect.bisect_left(cues_here.starts, amount.start)
    near = cues_here.found[max(0, middle - _REACH) : middle + _REACH]
    finite = [cue for cue in near if cue.end <= amount.start and not _is_infinitive(text, cue)]
    left = [cue for cue in finite if cue.start >= low]
    right = [cue for cue in near if amount.end <= cue.start < high]
    return left, right, finite[-1] if finite else None


_BEFORE_INFINITIVE = ("to ", "will ", "could ", "would ", "may ", "might ", "should ", "can ", "must ")


def _is_infinitive(text: str, cue: _Cue) -> bool:
    """Tell *to have*, *will have* from *have*: what is not finite tells of no fact."""
    is_have = text[cue.start : cue.end].lower() in ("have", "been", "put", "set", "cut", "hit", "beat")
    return is_have and text[max(0, cue.start - 7) : cue.start].lower().endswith(_BEFORE_INFINITIVE)
