"""Bytes of texts in many languages and encodings come back as they were written, or as a reason."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._reading.decoding import UnreadableError, decode
from rashomon._reading.encodings import guess_encoding, known_encodings

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "encodings.json").read_text("utf-8")
)
TEXT = "Der Zug hält – “now”."
FEW = "The café’s owner said “no” – twice – and charged £3 or €4… "
WITH_A_MARK = ("utf-8-sig", "utf-16", "utf-32")
UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
PIECES = [b"the ", b"\xe9t\xe9 ", b"\x93", b"\xc3\xa9", b"\0", b"\x1b$B", b"\xd0\x9e", b"\xff\xfe"]
BARE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff")
PLAINER = str.maketrans(dict.fromkeys("“”„«»", '"') | {"’": "'", "–": "-", "…": "..."})


def written(text: str, encoding: str) -> bytes:
    """Write a text as people did: with plainer marks where an encoding has no others."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAINER).encode(encoding, "ignore")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(case["text"], encoding, id=f"{case['label']} in {encoding}")
        for case in CASES
        for encoding in case["encodings"]
    ],
)
def test_text_comes_back_from_old_encodings(text: str, encoding: str) -> None:
    middle = text.index(" ", len(text) // 2) + 1 if " " in text else len(text) // 2
    data = written(text[:middle], encoding)
    decoded, name = decode(data)
    assert decoded == data.decode(encoding)
    assert decoded.encode(name.rstrip("?")) == data
    assert name.startswith("iso2022") or name.rstrip("?") in known_encodings()
    assert name.startswith("iso2022") != name.endswith("?")


@pytest.mark.parametrize("text", [pytest.param(case["text"], id=case["label"]) for case in CASES])
def test_text_comes_back_from_unicode(text: str) -> None:
    for piece in (text, text[:40]):
        for encoding in WITH_A_MARK:
            assert decode(piece.encode(encoding)) == (piece, encoding)
        for encoding in UNICODE:
            name = encoding if encoding == "utf-8" else f"{encoding}?"
            assert decode(piece.encode(encoding)) == (piece, name)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        (b"plain\r\ntext", "plain\r\ntext", "utf-8"),
        (TEXT.encode(), TEXT, "utf-8"),
        (TEXT.encode("utf-8-sig"), TEXT, "utf-8-sig"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "utf-16"),
        (TEXT.encode("cp1252"), TEXT, "cp1252?"),
        (FEW.encode("cp1252"), FEW, "cp1252?"),
        (b"x" * 20_000 + b"\xe9", "x" * 20_000 + "é", "cp1252?"),
        (b"plain words here\n" * 9 + b"\xe9", "plain words here\n" * 9 + "é", "cp1252?"),
        (b"plain text, then one caf\xe9", "plain text, then one café", "cp1252?"),
        (FEW.encode("cp1252") + b"\x81", FEW + "\x81", "cp1252?"),
        ((FEW * 9).encode() + b"It\x92s", FEW * 9 + "It’s", "utf-8?"),
        ((FEW * 9).encode()[:-2], FEW * 9 + "\ufffd", "utf-8?"),
    ],
    ids=lambda value: ascii(value[:20]),
)
def test_faults_and_small_files(data: bytes, text: str, encoding: str) -> None:
    if text.endswith("\ufffd"):
        text = text[:-3] + "\ufffd"  # half of an ellipsis, and the space after it, are cut off
    assert decode(data) == (text, encoding)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1251", "cp1251"),
        (" KOI8-R ", "koi8-r"),
        ("ISO-8859-1", "cp1252"),
        ("x-sjis", "cp1251?"),
        ("utf-16", "cp1251?"),
        ("utf-7", "cp1251?"),
        ("rot13", "cp1251?"),
        ("no\0such", "cp1251?"),
        ("наша", "cp1251?"),
        ("", "cp1251?"),
    ],
)
def test_declared_encoding_is_tried_first(declared: str, encoding: str) -> None:
    text = "Он ничего не сказал, и она тоже."
    data = text.encode("cp1251")
    assert decode(data, declared=declared) == (data.decode(encoding.rstrip("?")), encoding)


def test_declared_encoding_yields_to_unicode() -> None:
    assert decode(TEXT.encode(), declared="cp1252") == (TEXT, "utf-8")
    assert decode(TEXT.encode("utf-16"), declared="cp1252") == (TEXT, "utf-16")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "not text: a PDF document"),
        (b"PK\x03\x04rest", "not text: a ZIP archive or an office document"),
        (b"{\\rtf1 x}", "not text: an RTF document"),
        (b"a\0b\0\0\0c", "not text: it holds NUL bytes"),
        (b"\0" * 1000, "not text: it holds NUL bytes"),
        (b"text with one \0 byte", "not text: it holds NUL bytes"),
        (FEW.encode() * 9 + bytes(range(256)) * 9, "not text: it holds NUL bytes"),
        (bytes(range(1, 32)) * 9, "not text: it holds control characters"),
        (b"\xff\xfea", "broken utf-16 at byte 2"),
        (b"\xff\xfe" + b"a\0" * 9 + b"\x00\xd8", "broken utf-16 at byte 20"),
        ("a\0b".encode("utf-16"), "not text: it holds control characters"),
        (b"\xff" * 100, "not text in any encoding that is known"),
        (bytes(random.Random(1).choices(range(32, 256), k=500)), "not text in any encoding that is known"),
    ],
    ids=lambda value: ascii(value[:12]),
)
def test_what_is_no_text_says_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert caught.value.reason == reason
    assert caught.value.action


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.lists(st.sampled_from(PIECES)).map(b"".join)))
def test_any_bytes_are_text_or_a_reason(data: bytes) -> None:
    text = reason = ""
    try:
        text, _ = decode(data)
    except UnreadableError as error:
        reason = error.reason
    assert text or reason or not data or b"\x1b" in data or data in BARE_MARKS
    assert "\0" not in text
    assert text.encode().decode() == text  # no half characters


def test_a_large_file_is_judged_by_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    from rashomon._reading import encodings

    read = encodings._read_as
    monkeypatch.setattr(
        encodings, "_read_as", lambda sample, *a, **k: (seen.append(len(sample)), read(sample, *a, **k))[1]
    )
    text = CASES[3]["text"] + "\n" + "plain words only\n" * 100
    data = (text * 100).encode("cp1252")
    assert guess_encoding(data) == "cp1252"
    assert 0 < max(seen) < 3_000 < len(data) // 50
