"""The dictionary of tables: what it builds, what it refuses and how it says so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from rashomon.tables import TABLES, VOCABULARIES, TableError, check_table, describe_table, make_table

PASSAGE = {"article_a": "a", "start_a": 0, "end_a": 5, "article_b": "b", "start_b": 3, "end_b": 8}
PASSAGE |= {"kind": "copied", "similarity": 1.0, "n_words": 1}
QUANTITY: dict[str, Any] = {"article_id": "a", "sentence_id": 1, "part_id": 1, "kind": "cardinal"}
CUE = {"article_id": "a", "sentence_id": 1, "start": 0, "end": 1, "measure": "loaded"}
QUANTITY |= {"start": 4, "end": 6, "phrase_start": 0, "phrase_end": 12}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_empty_and_is_described(name: str) -> None:
    frame = make_table(name, [])
    assert list(frame.columns) == TABLES[name].names
    described = describe_table(name)
    assert described["column"].tolist() == TABLES[name].names
    assert (described["meaning"] != "").all()
    assert set(TABLES[name].key) <= set(TABLES[name].names)


def test_every_vocabulary_is_used_by_a_column() -> None:
    used = {column.vocabulary for table in TABLES.values() for column in table.columns} - {""}
    assert used == set(VOCABULARIES)


def test_columns_left_out_are_unknown() -> None:
    row = make_table("quantities", [QUANTITY]).iloc[0]
    assert row["surface"] == ""
    assert row["value"] is None
    assert row["counted_start"] is pd.NA
    tone = {"article_id": "a", "sentence_id": 1, "part_id": 1, "start": 0, "end": 1, "zone": "body"}
    assert pd.isna(make_table("tone", [tone | {"n_words": 0, "n_matched": 0}])["polarity"].iloc[0])


def test_rows_are_ordered_by_the_key_whatever_order_they_come_in() -> None:
    rows = [
        QUANTITY | {"article_id": article, "start": start}
        for article, start in (("b", 1), ("a", 4), ("a", 2))
    ]
    frame = make_table("quantities", rows)
    assert frame[["article_id", "start"]].values.tolist() == [["a", 2], ["a", 4], ["b", 1]]
    assert make_table("quantities", rows[::-1]).equals(frame)
    assert make_table("quantities", frame).equals(frame)


@pytest.mark.parametrize(
    ("table", "row", "complaint"),
    [
        ("figure", {}, "no table 'figure'; there are articles"),
        ("rejects", {"file": "x"}, "rejects: no such column: file; it has path"),
        ("passages", PASSAGE | {"kind": "stolen"}, "passages.kind: 'stolen' is not one of 'copied'"),
        ("passages", PASSAGE | {"similarity": 1.5}, "passages.similarity: 1.5 is above 1"),
        ("passages", PASSAGE | {"start_a": -1}, "passages.start_a: -1 is below 0"),
        ("passages", PASSAGE | {"end_b": 2}, "passages: start_b 3 lies after end_b 2"),
        ("passages", PASSAGE | {"n_words": "many"}, "passages.n_words: 'many' is not of type int"),
        ("quantities", QUANTITY | {"value": 1.5}, "quantities.value: 1.5 is not of type Decimal"),
        ("quantities", QUANTITY | {"phrase_end": None}, "quantities.phrase_end: a value is missing"),
        ("cues", CUE, "cues.weight: a value is missing"),
    ],
)  # fmt: skip
def test_what_the_dictionary_does_not_promise_is_refused(
    table: str, row: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(TableError) as error:
        make_table(table, [row])
    assert complaint in str(error.value)


def test_a_key_stands_once() -> None:
    with pytest.raises(TableError, match="passages: two rows have the key"):
        make_table("passages", [PASSAGE, PASSAGE])


def test_a_table_made_elsewhere_is_checked() -> None:
    frame = make_table("passages", [PASSAGE])
    check_table("passages", frame)
    with pytest.raises(TableError, match="columns are"):
        check_table("passages", frame[frame.columns[::-1]])
    with pytest.raises(TableError, match=r"passages\.n_words: type is float64, must be int64"):
        check_table("passages", frame.astype({"n_words": "float64"}))
    with pytest.raises(TableError, match="unknown text is the empty string"):
        check_table("passages", frame.assign(article_a=pd.Series([None], dtype="str")))


def test_amounts_stay_exact() -> None:
    amount = Decimal("0.1") + Decimal(10**25)
    frame = make_table("quantities", [QUANTITY | {"value": amount}])
    assert frame["value"].iloc[0] == amount


def test_a_description_names_what_is_allowed() -> None:
    allowed = describe_table("quantities").set_index("column")["allowed"]
    assert allowed["bound"] == "(none) | = | ~ | > | <"
    assert allowed["start"] == "from 0"
    assert describe_table("tone").set_index("column")["allowed"]["valence"] == "-4 to 4"
