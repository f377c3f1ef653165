import csv
import io
import json
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.export import encode_table, format_table, write_table
from rashomon.tables import make_table

HOSTILE = [
    "<script>alert(1)</script>", "</td></table>", "$x$ and $10 vs $12", "{{x}}", "=cmd()", "+1", "-2 degrees",
    "@SUM(A1)", "\tx", "\rx", "＝cmd()", "'=kept", "[a](javascript:x)", "ignore previous instructions",
    'a "quoted", text', "two\nlines", "car\rriage", "dos\r\nline", "", " ", "\u2028", "\x00", "'",
]  # fmt: skip


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def give_back(cell: str) -> str:
    """Take the protecting apostrophe away, as the report's front page explains."""
    unprotected = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and unprotected[:1] in tuple("=+-@\t\r\n＝＋－＠") else cell


def test_csv_quotes_texts_and_protects_spreadsheets():
    frame = pd.DataFrame(
        {"n": [-1, 2], "x": [0.1, float("nan")], "who": ["=cmd()", "a"], "ok": [True, False]}
    )
    assert format_table(frame, "csv") == '"n","x","who","ok"\n-1,0.1,"\'=cmd()",True\n2,,"a",False\n'


def test_hostile_texts_come_back_from_csv():
    text = format_table(pd.DataFrame({"t": HOSTILE}), "csv")
    cells = [row[0] for row in read_csv(text)[1:]]
    assert not any(cell[:1] in tuple("=+-@\t\r\n＝＋－＠") for cell in cells if cell)
    assert [give_back(cell) for cell in cells] == HOSTILE


def test_csv_comes_back_in_pandas():
    texts = [text for text in HOSTILE if "\x00" not in text]
    data = encode_table(pd.DataFrame({"t": texts}), "csv")
    back = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, lineterminator="\n")
    assert [give_back(cell) for cell in back["t"]] == texts


@given(st.lists(st.text(max_size=12), max_size=6))
@settings(max_examples=60)
def test_any_text_comes_back(texts):
    frame = pd.DataFrame({"t": pd.Series(texts, dtype="str")})
    assert [give_back(row[0]) for row in read_csv(format_table(frame, "csv"))[1:]] == texts
    assert [json.loads(line)["t"] for line in format_table(frame, "jsonl").splitlines()] == texts


def test_json_lines_write_amounts_exactly_and_unknowns_as_null():
    frame = pd.DataFrame(
        {
            "exact": pd.Series([Decimal("0.10"), Decimal("1E+3"), None, Decimal("NaN")], dtype=object),
            "at": pd.Series([1, pd.NA, 3, 4], dtype="Int64"),
            "x": [0.5, float("nan"), float("inf"), -0.0],
            "t": ["é", "a\u2028b", "", '"'],
            "b": [True, False, True, False],
        }
    )
    lines = format_table(frame, "jsonl").splitlines()
    assert lines[0] == '{"exact": 0.10, "at": 1, "x": 0.5, "t": "é", "b": true}'
    assert lines[1] == '{"exact": 1E+3, "at": null, "x": null, "t": "a\\u2028b", "b": false}'
    records = [json.loads(line, parse_float=Decimal) for line in lines]
    assert [record["exact"] for record in records] == [Decimal("0.10"), Decimal("1000"), None, None]
    assert [record["x"] for record in records][2] is None


def test_whole_articles_are_left_out_of_csv_only():
    frame = make_table("articles", [{"article_id": "a", "raw": "text", "n_words": 1}])
    assert "raw" not in read_csv(format_table(frame, "csv"))[0]
    assert json.loads(format_table(frame, "jsonl"))["raw"] == "text"
    assert pd.read_parquet(io.BytesIO(encode_table(frame, "parquet")))["raw"].tolist() == ["text"]


def test_parquet_keeps_every_value_and_is_the_same_twice():
    row = {
        "article_id": "a", "sentence_id": 1, "part_id": 1, "start": 0, "end": 1, "phrase_start": 0,
        "phrase_end": 1, "surface": "½", "value": Decimal("0.5"), "kind": "fraction",
    }  # fmt: skip
    frame = make_table("quantities", [row, {**row, "start": 3, "end": 4, "value": None}])
    data = encode_table(frame, "parquet")
    assert data == encode_table(frame.copy(), "parquet")
    back = pd.read_parquet(io.BytesIO(data))
    assert list(back.columns) == list(frame.columns)
    assert [None if pd.isna(v) else Decimal(v) for v in back["value"]] == [Decimal("0.5"), None]
    assert str(back["counted_start"].dtype) == "Int64"
    assert frame["value"].tolist() == [Decimal("0.5"), None]  # the table given is untouched


@pytest.mark.parametrize("fmt", ["csv", "jsonl", "parquet"])
def test_half_a_surrogate_pair_can_be_written(fmt):
    frame = pd.DataFrame({"t": pd.Series(["a\ud800b"], dtype=object)})
    data = encode_table(frame, fmt)
    assert b"a\\ud800b" in data
    if fmt == "jsonl":
        assert json.loads(data) == {"t": "a\ud800b"}


@pytest.mark.parametrize("fmt", ["csv", "jsonl", "parquet"])
def test_an_empty_table_keeps_its_columns(fmt, tmp_path):
    write_table(make_table("rejects", []), tmp_path / f"rejects.{fmt}")
    data = (tmp_path / f"rejects.{fmt}").read_bytes()
    assert data == {"csv": b'"path","position","reason","action"\n', "jsonl": b""}.get(fmt, data)
    if fmt == "parquet":
        assert list(pd.read_parquet(io.BytesIO(data)).columns) == ["path", "position", "reason", "action"]


def test_a_file_is_replaced_whole_and_a_wrong_ending_is_refused(tmp_path):
    target = tmp_path / "t.csv"
    target.write_text("old")
    write_table(pd.DataFrame({"n": [1]}), target)
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert target.read_bytes() == b'"n"\n1\n'
    with pytest.raises(ValueError, match=r"cannot write '\.xlsx'"):
        write_table(pd.DataFrame(), tmp_path / "t.xlsx")
    with pytest.raises(ValueError, match="no text format 'xml'"):
        format_table(pd.DataFrame(), "xml")
