from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon._formats import delimited, json_records
from rashomon._formats.columns import choose_columns
from rashomon._formats.delimited import read_delimited
from rashomon._formats.fragments import render_fragment
from rashomon._formats.json_records import read_json, read_json_lines
from rashomon._formats.parquet_rows import read_parquet_rows
from rashomon._formats.spreadsheets import read_old_workbook, read_workbook
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import FIELDS, InputFile, Item, Metadata, Note, Reader, Record, Reject

CASES = json.loads((Path(__file__).parent / "cases" / "columns.json").read_text("utf-8"))
PROSE = "The ferry sank at noon off the long pier, officials said. All forty aboard got home before dark."


def read(reader: Reader, data: bytes | str, name: str = "a.csv", **columns: str) -> list[Item]:
    data = data.encode() if isinstance(data, str) else data
    items = list(reader(InputFile(name, lambda: io.BytesIO(data), len(data), columns)))
    for item in items:
        if isinstance(item, Record):
            assert item.raw.strip()
            assert all(0 <= start < end <= len(item.raw) for start, end, _, _ in item.pins)
            assert "\r" not in item.raw
        if isinstance(item, Record | Metadata):
            assert set(item.fields) <= set(FIELDS)
            assert all(item.fields.values())
    positions = [item.position for item in items if isinstance(item, Record | Metadata)]
    assert positions == sorted(set(positions))
    return items


def texts(items: list[Item]) -> list[str]:
    return [item.raw for item in items if isinstance(item, Record)]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Reject)]


def notes(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Note)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_columns_are_known_by_name(case: dict[str, Any]) -> None:
    for names in (list(case["text"]), list(reversed(case["text"]))):
        columns = choose_columns(names, [case["text"]], {})
        found: dict[str, Any] = dict(columns.fields)
        if columns.texts:
            found["text"] = list(columns.texts)
        if columns.files:
            found["files"] = columns.files
        assert found == case["expected"]


def test_own_choice_comes_first_and_is_checked() -> None:
    data = f"hl,content,other\nFerry sinks,short,{PROSE.replace(',', '')}\n"
    items = read(read_delimited, data, text="other", title="HL")
    assert texts(items) == ["Ferry sinks\n\n" + PROSE.replace(",", "")]
    assert notes(items) == ['columns: text = "other", title = "hl"; not used: "content"']
    with pytest.raises(UnreadableError, match='no column "body"; choose one of "hl", "content", "other"'):
        read(read_delimited, data, text="body")
    with pytest.raises(UnreadableError, match="no field 'txt'"):
        read(read_delimited, data, txt="content")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_way_to_write_a_table(delimiter: str, encoding: str, end: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    body = f'Die Fähre sank, „ganz schnell“; sagte er | sie.\nEin "Zitat" über\tdie Brücke in Köln. {PROSE}'
    writer.writerows(
        [["id", "Überschrift", "Volltext"], ["007", "NA", body], ["8", "Zwei", "Kürzer, aber schön."]]
    )
    items = read(read_delimited, stream.getvalue().encode(encoding))
    assert texts(items) == [f"NA\n\n{body}", "Zwei\n\nKürzer, aber schön."]
    assert [item.fields["id"] for item in items if isinstance(item, Record)] == ["007", "8"]
    assert [item.encoding.rstrip("?") for item in items if isinstance(item, Record)] == [encoding] * 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("text\nOne, two\nThree; four\n", ["One, two", "Three; four"]),
        ("sep=;\r\nid;text\r\n1;One, two\r\n", ["One, two"]),
        ("Search of 1 March\n\nHits: 2\nTitle,Text\nA,One\n", ["A\n\nOne"]),
        ('id, text\n1, "One, two"\n', ["One, two"]),
        ('id,text\n1,"He said \\"one, two\\" twice"\n2,"b"\n', ['He said "one, two" twice', "b"]),
        ('id\ttext\n1\t"Yes", he said\n2\tb\n', ['"Yes", he said', "b"]),
        ("id,text,,\n1,One,,\n,,,\n2,Two,,\n", ["One", "Two"]),
        ("id,text\n1,One,,\n2,Two\n", ["One", "Two"]),
        ("id,text\n1,<p>One &amp; two</p><p>Three</p>\n2,a < b\n", ["One & two\nThree", "a < b"]),
        ("text,text,title\nOne two,Three,A\n", ["A\n\nOne two"]),
        ("id,text\n1,NaN\n", ["NaN"]),
    ],
)
def test_what_tables_look_like(data: str, expected: list[str]) -> None:
    items = read(read_delimited, data)
    assert texts(items) == expected
    assert not reasons(items)


TABLE = "id,date,text\n" + "".join(f'{n},2024-03-{n:02},"{PROSE} Number {n}"\n' for n in range(1, 13))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("13,2024-03-13\n", "line 14: 2 cells in a table of 3 columns"),
        ("13,2024-03-13,a,b\n", "line 14: 4 cells in a table of 3 columns"),
        (
            '13,2024-03-13,"He said "yes", twice"\n',
            "line 14: a quotation mark is not closed where its cell ends",
        ),
        ('13,2024-03-13,"never closed\n', "line 14: a quotation mark is not closed where its cell ends"),
        ('13,2024-03-13,"never closed\nprose, with two, commas\nand more\n', "line 14: a quotation mark"),
        ("13,2024-03-13,broken by\n", None),
        ("13,2024-03-13,\n", 'no text in "text"'),
    ],
)
def test_one_broken_row_is_one_reject(bad: str, reason: str | None) -> None:
    after = '14,2024-03-14,"Fourteen"\n15,2024-03-15,"Fifteen"\n'
    items = read(read_delimited, TABLE + bad + after)
    if reason is None:
        assert len(texts(items)) == 15
        return
    assert len(reasons(items)) == 1
    assert reasons(items)[0].startswith(reason)
    assert texts(items)[12:] == ["Fourteen", "Fifteen"]


def test_prose_with_the_right_number_of_commas_is_no_row() -> None:
    items = read(read_delimited, TABLE + "13,2024-03-13,begins here\nand goes, on, so\n14,2024-03-14,b\n")
    assert "so" in "".join(texts(items))  # nothing was broken so far: a row like any other
    items = read(read_delimited, TABLE + "13,2024-03-13\nand goes, on, so\n14,2024-03-14,b\n")
    assert texts(items)[12:] == ["b"]
    assert reasons(items)[1] == "line 15: it follows a broken row and does not look like the rows before"


def test_quotation_mark_that_swallows_the_rest_says_what_is_lost() -> None:
    items = read(read_delimited, TABLE + '13,2024-03-13,"never closed\nsome prose\nmore of it\n')
    assert len(texts(items)) == 12
    assert reasons(items) == [
        "line 14: a quotation mark is not closed where its cell ends; lost from this line to the end"
    ]


def test_bytes_that_are_no_text_cost_no_row() -> None:
    items = read(read_delimited, TABLE.replace("Number 3", "Number\0 3").encode())
    assert len(texts(items)) == 12
    assert "Number\ufffd 3" in texts(items)[2]
    assert notes(items)[-1].endswith("in 1 rows: 3")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty: no text in it"),
        (b"\n\n \n", "the table has no row that names its columns"),
        (b"title,text\n", "the table has no rows"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text: a PNG image"),
        (bytes(range(1, 256)) * 50, "not text"),
        (b"a,b\n1,2\n", 'no column holds a text; it has "a", "b"'),
        (f"1\t{'no name ' * 30}\n2\t{PROSE * 3}\n".encode(), "the first row does not name the columns"),
        (b"x" * delimited.MAX_ROW + b"\n1\n", "the table has no row that names its columns"),
        (b"," * (delimited.MAX_COLUMNS + 1) + b"a\n", f"more than {delimited.MAX_COLUMNS:,} columns"),
    ],
)
def test_hopeless_table_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(read_delimited, data)
    assert caught.value.reason.startswith(reason)
    assert caught.value.action


def test_row_past_the_limit_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROW", 1_000)
    items = read(read_delimited, "id,text\n1," + "x" * 5_000 + "\n2,ok\n")
    assert texts(items) == ["ok"]
    assert reasons(items) == ["line 2: a row of more than 1,000 characters"]


def test_limit_of_the_csv_module_is_left_as_it_was() -> None:
    before = csv.field_size_limit()
    assert texts(read(read_delimited, "id,text\n1," + "x" * (2 * before) + "\n")) == ["x" * (2 * before)]
    assert csv.field_size_limit() == before


def test_long_table_is_read_as_a_stream() -> None:
    line = f'7,"{PROSE}"\n'.encode()

    class Endless(io.RawIOBase):
        """So many rows, made as they are read; counts what has been given."""

        n_given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            data = b"id,text\n" if Endless.n_given == 0 else line * (len(buffer) // len(line))
            if Endless.n_given > 40_000_000:
                data = b""
            buffer[: len(data)] = data
            Endless.n_given += len(data)
            return len(data)

    def begin() -> Any:
        Endless.n_given = 0
        return io.BufferedReader(Endless(), 1 << 16)

    items = iter(read_delimited(InputFile("a.csv", begin)))
    next(items)
    for _ in range(1_000):
        assert isinstance(next(items), Record)
    assert Endless.n_given < 2_000_000


@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=4), max_size=8), st.sampled_from(",;\t|"))
def test_any_table_gives_rows_or_reasons(rows: list[list[str]], delimiter: str) -> None:
    data = "title,text\n".replace(",", delimiter) + "\n".join(map(delimiter.join, rows))
    with contextlib.suppress(UnreadableError):
        read(read_delimited, data.encode("utf-8", "surrogatepass"))


def test_reference_manager_table_describes_files() -> None:
    data = 'Key,Title,Url,File Attachments\nQ1,Ferry sinks,,"/a/Ferry.pdf; C:\\saved\\Ferry 2.html"\nQ2,,,\n'
    _, first, second = read(read_delimited, data)
    assert isinstance(first, Metadata)
    assert first.files == ("Ferry.pdf", "Ferry 2.html")
    assert isinstance(second, Reject)


ARTICLE = {"title": "Ferry sinks", "text": PROSE}
ARTICLE_TEXT = f"Ferry sinks\n\n{PROSE}"


@pytest.mark.parametrize(
    "value",
    [
        [ARTICLE, ARTICLE],
        {"status": "ok", "text": "2 hits", "articles": [ARTICLE, ARTICLE]},
        {"articles": {"results": [ARTICLE, ARTICLE], "page": 1}},
        {"hits": {"total": 2, "hits": [{"_id": "1", "_source": ARTICLE}, {"_id": "2", "_source": ARTICLE}]}},
        {"a1": ARTICLE, "a2": ARTICLE},
        {name: {"0": value, "1": value} for name, value in ARTICLE.items()},
        [{"headline": {"main": "Ferry sinks"}, "body": {"plain": PROSE}}] * 2,
    ],
)
def test_articles_are_found_in_json(value: Any) -> None:
    assert texts(read(read_json, json.dumps(value))) == [ARTICLE_TEXT] * 2
    assert texts(read(read_json, json.dumps(value, indent=1).encode("utf-16"))) == [ARTICLE_TEXT] * 2


def test_one_object_is_one_article() -> None:
    value = {**ARTICLE, "authors": [{"name": "Ada"}, {"name": "Bo"}], "comments": [{"text": PROSE}] * 3}
    _, item = read(read_json, json.dumps(value))
    assert isinstance(item, Record)
    assert item.raw == ARTICLE_TEXT
    assert item.fields["author"] == "Ada; Bo"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_json_lines(end: str) -> None:
    lines = [json.dumps(ARTICLE), "no JSON", json.dumps({"text": "\ud800 half"}), "[1]", '{"text": " "}']
    items = read(read_json_lines, end.join([*lines, json.dumps(ARTICLE)]))
    assert texts(items) == [ARTICLE_TEXT] * 2
    assert [reason.split(" in ")[0] for reason in reasons(items)] == [
        *("the line is not JSON", "the row holds half a character"),
        *("not an object with named values", "no text"),
    ]


def test_json_lines_under_another_ending_are_recognized() -> None:
    chosen = [each for each in json_records.FORMATS if ".json" in each.endings]
    data = f"{json.dumps(ARTICLE)}\n{json.dumps(ARTICLE)}\n".encode()
    assert chosen[0].recognizes is not None
    assert chosen[0].recognizes(data)
    assert not chosen[0].recognizes(json.dumps([ARTICLE] * 2, indent=1).encode())
    assert texts(read(read_json, data)) == [ARTICLE_TEXT] * 2


@pytest.mark.parametrize("cut", [1, 30, 60])
def test_list_that_breaks_off_keeps_what_stands_before(cut: int) -> None:
    items = read(read_json, json.dumps([ARTICLE] * 3)[:-cut])
    assert texts(items)[:2] == [ARTICLE_TEXT] * 2
    assert reasons(items) == ["broken JSON, or cut off; lost from this article to the end"]


def test_values_stay_as_written() -> None:
    number = "9" * 5_000
    data = '[{"text": "one", "id": 007}, {"text": "two"}]'.replace("007", number)
    data = data.replace('"two"', '"two", "text": "again", "title": NaN, "page": 1e400')
    _, first, second = read(read_json, data)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.fields["id"] == number
    assert second.raw == "two"
    assert second.fields == {"page": "1e400"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("[" * 100_000, "no row of it can be read: JSON nested too deep"),
        ('{"a":' * 100_000, "JSON nested too deep"),
        ('{"a":' * 60 + "1" + "}" * 60, "no row of it can be read: nested more than 50 deep"),
        ('{"text": "cut o', "broken JSON, or cut off"),
        ("", "empty"),
        ('"text"', "not JSON"),
        ("{}", "no values with names in it"),
        ("[]", "the table has no rows"),
        ("[1, 2]", "no row of it can be read: not an object with named values"),
        (
            '{"features": [{"type": "Feature", "geometry": {"coordinates": [1, 2]}}]}',
            "no column holds a text",
        ),
    ],
)
def test_hopeless_json_says_why(data: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(read_json, data)
    assert caught.value.reason.startswith(reason)


def workbook(**sheets: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def change_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return stream.getvalue()


BOOK = workbook(
    Codes=[["code", "meaning"], [1, "sea"]],
    Articles=[
        ["Search of 1 March"],
        ["ID", "Title", "Date", "Text"],
        [7.0, "Ferry sinks", datetime.datetime(2024, 3, 1), f"{PROSE}\nMore."],
        ["007", "Formula", datetime.datetime(2024, 3, 1, 9, 30), "=A1"],
        [],
        [9, "Full", None, "x" * 32_767],
    ],
    Empty=[],
)


def test_workbook() -> None:
    items = read(read_workbook, BOOK, "a.xlsx")
    assert texts(items) == [f"Ferry sinks\n\n{PROSE}\nMore.", "Full\n\n" + "x" * 32_767]
    first = items[1]
    assert isinstance(first, Record)
    assert first.fields == {"id": "7", "title": "Ferry sinks", "published": "2024-03-01"}
    assert reasons(items) == [
        'no text in "Text"',
        'sheet \'Codes\': no column holds a text; it has "code", "meaning"',
    ]
    assert "in rows 3: the text was probably cut off" in notes(items)[-1]


SHEET = "xl/worksheets/sheet2.xml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "a broken workbook"),
        (b"PK\x03\x04 and nothing", "a broken workbook"),
        (BOOK[: len(BOOK) // 2], "a broken workbook"),
        (change_part(BOOK, "xl/workbook.xml", lambda _: b""), "a broken workbook"),
        (change_part(BOOK, "xl/workbook.xml", lambda _: b"<a/>"), "the workbook is empty"),
        (
            change_part(BOOK, "xl/workbook.xml", lambda xml: xml.replace(b"Empty", b"Empty" * 9_000_000)),
            "too large",
        ),
        (workbook(Empty=[]), "the workbook is empty"),
        (workbook(Codes=[["code"], [1]]), "sheet 'Codes': no column holds a text"),
    ],
)
def test_hopeless_workbook_says_why(data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rashomon._formats.spreadsheets.MAX_UNPACKED", 40_000_000)
    with pytest.raises(UnreadableError) as caught:
        read(read_workbook, data, "a.xlsx")
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: xml.index(b'r="4"')],
        lambda xml: xml.replace(b'r="A4"', b'r="ZZZZZ4"'),
        lambda xml: xml.replace(b'<row r="4"', b'<row r="99999999"'),
    ],
)
def test_sheet_that_breaks_off_keeps_what_stands_before(
    change: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rashomon._formats.spreadsheets.MAX_ROWS", 1_000)
    items = read(read_workbook, change_part(BOOK, SHEET, change), "a.xlsx")
    assert texts(items) == [f"Ferry sinks\n\n{PROSE}\nMore."]
    assert any(reason.endswith(", in sheet 'Articles'") for reason in reasons(items))


def test_old_spreadsheet_says_how_to_convert() -> None:
    with pytest.raises(UnreadableError, match=r"save it again as \.xlsx"):
        read(read_old_workbook, b"\xd0\xcf\x11\xe0", "a.xls")


def parquet(**columns: list[Any]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def test_parquet() -> None:
    data = parquet(
        title=["Ferry sinks", "None"],
        content=[PROSE, None],
        date=[datetime.date(2024, 3, 1)] * 2,
        source=[{"name": "Harbor Post", "n": 1}] * 2,
        authors=[["Ada", "Bo"], []],
    )
    items = read(read_parquet_rows, data, "a.parquet")
    assert texts(items) == [ARTICLE_TEXT]
    assert items[1].fields == {  # type: ignore[union-attr]
        "title": "Ferry sinks",
        "author": "Ada; Bo",
        "outlet": "Harbor Post",
        "published": "2024-03-01",
    }
    assert reasons(items) == ['no text in "content"']


def test_own_articles_are_taken_as_they_are() -> None:
    data = parquet(article_id=["a"], raw=[f"Up front\n{PROSE}"], title=["Ferry sinks"], n_words=[7])
    _, item = read(read_parquet_rows, data, "part-0.parquet")
    assert isinstance(item, Record)
    assert item.raw == f"Up front\n{PROSE}"
    assert item.fields == {"id": "a", "title": "Ferry sinks"}


@pytest.mark.parametrize("data", [b"", b"PAR1PAR1", parquet(text=["a"])[:-9]])
def test_broken_parquet_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="broken Parquet"):
        read(read_parquet_rows, data, "a.parquet")


def test_damaged_parquet_is_a_reject_or_says_so() -> None:
    whole = parquet(text=[f"{PROSE} {n}" for n in range(50)])
    for at in range(4, len(whole) - 60, 97):
        with contextlib.suppress(UnreadableError):
            read(read_parquet_rows, whole[:at] + b"\xff" * 40 + whole[at + 40 :], "a.parquet")


def test_whole_page_in_a_cell_is_a_reject() -> None:
    items = read(read_delimited, "id,text\n1,<!DOCTYPE html><p>Menu</p><p>Text</p>\n2,ok\n")
    assert reasons(items) == ["the cell holds a whole web page"]


@given(st.text(alphabet="<>/pbrdiv &;amp\n x!-", max_size=60))
def test_any_fragment_becomes_lines(markup: str) -> None:
    assert all(
        line == line.strip() != ""
        for line in render_fragment(markup).split("\n")
        if markup.strip("<>") and line
    )
