"""What figures are about, and which tellings give one amount: choosing rows of the table `figures`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from rashomon._counted import SEPARATOR, name_counted

_TIMES = ("planned", "hypothetical", "historical")


def find_topic(figures: pd.DataFrame) -> str:
    """Find what the figures of most articles are about.

    Parameters
    ----------
    figures : DataFrame
        Table `figures`.

    Returns
    -------
    str
        A slot without its time, such as "soldiers" or "damage · USD": that of most articles, then of most
        tellings, then the first by name. One that names what is counted goes before a mere unit; "" when no
        text says what it counts.

    Examples
    --------
    >>> from rashomon import figures_in
    >>> find_topic(figures_in({"a": "It sent 9 troops and plans to send 80 soldiers.", "b": "2 boats sank."}))
    'soldiers'
    """
    told = pd.DataFrame(
        {
            "topic": figures["slot"].map(_without_time),
            "is_unit": figures["slot"].map(_without_time) == figures["unit"],
            "article_id": figures["article_id"],
        }
    )
    counts: dict[tuple[bool, str], tuple[int, int]] = {
        key: (rows["article_id"].nunique(), len(rows))
        for key, rows in told[told["topic"] != ""].groupby(["is_unit", "topic"])
    }
    ranked = sorted(counts, key=lambda key: (key[0], -counts[key][0], -counts[key][1], key[1]))
    return ranked[0][1] if ranked else ""


def figures_about(figures: pd.DataFrame, topic: str, *, is_slot: bool = False) -> pd.DataFrame:
    """Keep the figures that count one thing.

    Parameters
    ----------
    figures : DataFrame
        Table `figures`.
    topic : str
        Words for what is counted, whatever became of it. One word finds its synonyms too ("troops" finds
        soldiers); several must stand in `counted` as they are. Capitals do not matter. "" keeps all.
    is_slot : bool, keyword-only
        Take `topic` for a slot without its time, as `find_topic` gives it, and keep just that: people, not
        people killed; "" keeps what does not say what it counts.

    Returns
    -------
    DataFrame
        Rows of the table, in their order; none when nothing counts that.

    Examples
    --------
    >>> from rashomon import figures_in
    >>> found = figures_in({"a": "It sent 9 special forces and two boats.", "b": "It sent 80 soldiers."})
    >>> [figures_about(found, topic)["surface"].tolist() for topic in ("Troops", "special forces")]
    [['9', '80'], ['9']]
    """
    if is_slot:
        return figures[figures["slot"].map(_without_time) == topic]
    words = " ".join(topic.split()).casefold()
    if not words:
        return figures
    noun = "" if " " in words else name_counted(words)[0]
    written = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    is_about = [
        _without_time(slot).casefold() == words
        or (noun != "" and slot.split(SEPARATOR)[0] == noun)
        or bool(written.search(counted.casefold()))
        for slot, counted in zip(figures["slot"], figures["counted"], strict=True)
    ]
    return figures[pd.Series(is_about, index=figures.index, dtype=bool)]


def group_tellings(figures: pd.DataFrame) -> pd.DataFrame:
    """Bring tellings of one amount of one thing together.

    Parameters
    ----------
    figures : DataFrame
        Table `figures`, in the order in which first and equal ones are to be taken.

    Returns
    -------
    DataFrame
        `slot`, `surface` (of the first telling), `tellings`, `articles`, `claims`
        (each `claim_id` once: where it is more than 1, two named claimants give the amount), `statuses` and
        `claimants` (each once, joined by "; "; who is not named is left out), `unnamed` (tellings that name
        nobody), and `article_id`, `start`, `end` of the first telling. Bounds are put aside: "over 1,500"
        and "about 1,500" are one amount. Figures whose text does not say what they count are left out. Most
        tellings first, then most articles.

    Examples
    --------
    >>> from rashomon import figures_in
    >>> told = {"a": "The storm sank over 90 boats.", "b": "It sank 90 boats, 90 boats, and one bridge."}
    >>> group_tellings(figures_in(told))[["slot", "surface", "tellings", "articles"]].values.tolist()
    [['ships', '90', 3, 2], ['bridges', 'one', 1, 1]]
    """

    def names(told: Sequence[Mapping[Any, Any]], column: str) -> str:
        return "; ".join(dict.fromkeys(str(row[column]) for row in told if row[column]))

    groups: dict[tuple[str, Any], list[Mapping[Any, Any]]] = {}
    has_amount = figures["low"].notna() | figures["high"].notna()  # not where the text breaks off before it
    for row in figures[has_amount & (figures["slot"] != "")].to_dict("records"):
        amount = (row["low"], row["high"]) if row["value"] is None else row["value"]
        groups.setdefault((row["slot"], amount), []).append(row)
    columns = ["slot", "surface", "tellings", "articles", "claims", "statuses", "claimants", "unnamed"]
    rows = [
        {
            **{name: told[0][name] for name in ("slot", "surface", "article_id", "start", "end")},
            "tellings": len(told),
            "articles": len({row["article_id"] for row in told}),
            "claims": len({row["claim_id"] for row in told}),
            "statuses": names(told, "status"),
            "claimants": names(told, "attributed_to"),
            "unnamed": sum(not row["attributed_to"] for row in told),
        }
        for told in groups.values()
    ]
    # The sort keeps the order of equals.
    rows.sort(key=lambda row: (-row["tellings"], -row["articles"]))
    return pd.DataFrame(rows, columns=[*columns, "article_id", "start", "end"])


def _without_time(slot: str) -> str:
    *pieces, last = slot.split(SEPARATOR)
    return SEPARATOR.join(pieces) if last in _TIMES and pieces else slot
