from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rashomon.normalize as module
from rashomon.normalize import normalize, split_lines

ODD = "&#8217;lt`,´\u0301\u00a0\u00ad\u200b\u200d\u2028\ufeffﬁ\x00\x0c\x85\x93Ãâ€™©é“” ab.\n\r\t‘’‚ "
MESSY = st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=60)


@pytest.mark.parametrize(
    ("raw", "text", "repairs"),
    [
        ("It's plain.", "It's plain.", ()),
        ("“Curly” – quotes… stay", "“Curly” – quotes… stay", ()),
        ("10\u00a0km\u2009wide", "10 km wide", ("spaces",)),
        ("co\u00adop\u00ader\u00adate", "cooperate", ("soft_hyphens",)),
        ("a\u200bb\ufeffc\u202ed", "abcd", ("zero_width",)),
        ("wa\u200dter", "water", ("zero_width",)),
        ("👩\u200d🔬", "👩\u200d🔬", ()),
        ("ﬁrst oﬃce", "first office", ("ligatures",)),
        ("a\x00b\x1bc", "abc", ("control_characters",)),
        ("\x93Yes\x94", "“Yes”", ("control_characters",)),
        ("one\u2028two\x0cthree", "one\ntwo\nthree", ("line_separators",)),
        ("Itâ€™s cafÃ©", "It’s café", ("mojibake",)),
        ("plain\nItâ€™s\nÃ©tÃ© naïve", "plain\nIt’s\nété naïve", ("mojibake",)),
        ("“Здравствуйте”, сказал он", "“Здравствуйте”, сказал он", ()),
        ("Ã\u200b©tÃ©\u00a0", "été ", ("mojibake", "spaces", "zero_width")),
        ("СССР» и Россия, «Вести»", "СССР» и Россия, «Вести»", ()),
        ("РќРѕРІРѕСЃС‚Рё", "Новости", ("mojibake",)),
        ("Tom &amp; Ann&#8217;s &quot;no&quot;", "Tom & Ann’s \"no\"", ("entities",)),
        ("a&nbsp;&mdash;&#x201C;b&#146;s", "a —“b’s", ("entities", "spaces")),
        ("&amp;amp;quot; &#38;lt;", '" <', ("entities",)),
        ("&amp;\u200blt;", "<", ("entities", "zero_width")),
        ("AT&T; R&D; ?a=1&copy=2 & &; &#; &#35;", "AT&T; R&D; ?a=1&copy=2 & &; &#; &#35;", ()),
        ("&amp;#35;65; &&#35;38;", "&#35;65; &&#35;38;", ("entities",)),
        ("&#0;&#xD800;", "\ufffd\ufffd", ("entities",)),
        ("she said ,,no‘‘ twice", "she said „no“ twice", ("quotation_marks",)),
        ("(,,Not now,, he said)", "(„Not now“ he said)", ("quotation_marks",)),
        ("‚‚no’’ and ‘‘yes’’ and ❝so❞", "„no” and “yes” and “so”", ("quotation_marks",)),
        ("id,,name\n,,x,5\nwell,, no", "id,,name\n,,x,5\nwell,, no", ()),
        ("``TeX'' „x“ «y» 'z' ‘it’s’", "``TeX'' „x“ «y» 'z' ‘it’s’", ()),
        ("don`t, l´eau, ` and 5´", "don't, l'eau, ` and 5´", ("apostrophes",)),
        ("cafe\u0301 Vie\u0323\u0302t и\u0306", "café Việt й", ("accents",)),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8 か\u3099", "한국 が", ("accents",)),
        ("x\u0336y\u0301", "x\u0336ý", ("accents",)),
    ],
)  # fmt: skip
def test_repairs(raw: str, text: str, repairs: tuple[str, ...]) -> None:
    fixed = normalize(raw)
    assert (fixed.text, fixed.repairs, fixed.raw) == (text, repairs, raw)


def test_map_leads_back_to_the_raw_characters() -> None:
    fixed = normalize("It\u00e2\u20ac\u2122s \ufb01re\u00adworks")
    pieces = [fixed.raw[slice(*fixed.to_raw(i, i + 1))] for i in range(len(fixed.text))]
    assert fixed.text == "It’s fireworks"
    assert pieces[2] == "\u00e2\u20ac\u2122"
    assert pieces[5:8] == ["\ufb01", "\ufb01", "r"]
    assert fixed.raw[slice(*fixed.to_raw(5, 14))] == "\ufb01re\u00adworks"
    assert fixed.to_raw(3, 3) == (5, 5)
    assert fixed.to_raw(14, 14) == (len(fixed.raw), len(fixed.raw))


@pytest.mark.parametrize("filler", ["", "and so it went on " * 200])
def test_map_holds_when_a_repair_takes_in_a_space(filler: str) -> None:
    raw = f"He said \u00e2\u20ac\u0153No\u00e2\u20ac\x9d, voil\u00c3\u00a0 and \u00c3  la. {filler}"
    fixed = normalize(raw)
    assert fixed.text == f"He said “No”, voilà and à la. {filler}"
    start, end = fixed.to_raw(fixed.text.index("la."), len(fixed.text))
    assert raw[start:end].endswith("la. " + filler)
    if not filler:
        opening = fixed.text.index("“")
        assert raw[slice(*fixed.to_raw(opening, opening + 1))] == "\u00e2\u20ac\u0153"


def test_every_repaired_character_comes_from_somewhere() -> None:
    fixed = normalize("\u00c3\u00a9\u00e9")
    assert fixed.text == "éé"
    assert all(start < end for start, end in (fixed.to_raw(i, i + 1) for i in range(2)))


def test_map_of_an_untouched_text_is_the_identity() -> None:
    assert normalize("plain").to_raw(1, 4) == (1, 4)


@settings(max_examples=150, deadline=None)
@given(MESSY)
def test_twice_is_once(raw: str) -> None:
    once = normalize(raw)
    twice = normalize(once.text)
    assert twice.text == once.text
    assert twice.repairs == ()


@settings(max_examples=150, deadline=None)
@given(MESSY)
def test_map_is_ordered_and_kept_characters_are_theirs(raw: str) -> None:
    fixed = normalize(raw)
    spans = [fixed.to_raw(i, i + 1) for i in range(len(fixed.text))]
    assert all(start < end <= len(raw) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)
    for i, (start, end) in enumerate(spans):
        assert fixed.to_raw(i, len(fixed.text)) == (start, spans[-1][1])
        assert fixed.to_raw(i, i) == (start, start)
        if not fixed.repairs:
            assert raw[start:end] == fixed.text[i]


@settings(max_examples=150, deadline=None)
@given(MESSY)
def test_a_whole_line_leads_back_to_all_that_is_seen(raw: str) -> None:
    for line in split_lines(raw):
        start, end = line.to_raw(0, len(line.text))
        assert line.start <= start < end <= line.end
        for unseen in (raw[line.start : start], raw[end : line.end]):
            assert not normalize(unseen).text.strip() or "mojibake" in line.repairs


@pytest.mark.parametrize(
    "flood",
    [
        *("&amp;", "&#38;", "&&#35;38;", "amp;&", ",,a", "‘", "’", "`a", "Ã", "a\u0301\u0323", "\u0301"),
        *("\u202e", "\u200d", "\u200d\u200b", "\u00ad"),
    ],
    ids=ascii,
)
def test_a_flood_is_mended_in_a_few_rounds(flood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    applied: list[int] = []
    apply = module._apply
    monkeypatch.setattr(module, "_apply", lambda text, edits: (applied.append(1), apply(text, edits))[1])
    assert normalize(normalize("&" + flood * 500).text).repairs == ()
    assert len(applied) <= 12  # whatever their number


def test_lines_are_counted_and_cut_to_what_they_hold() -> None:
    raw = "\ufeffOne \r\n\r\n\u00a0two\u00a0\rthree\u2028four\n \u200b \nfive"
    lines = split_lines(raw)
    assert [line.line_no for line in lines] == [1, 3, 4, 5, 7]
    assert [line.text for line in lines] == ["One", "two", "three", "four", "five"]
    assert [raw[line.start : line.end].strip("\ufeff") for line in lines] == [
        "One",
        "two",
        "three",
        "four",
        "five",
    ]


def test_a_repaired_line_maps_to_the_file() -> None:
    raw = "first\n\u200b ﬁre in caf\u00c3\u00a9"
    line = split_lines(raw)[1]
    assert line.text == "fire in café"
    assert line.repairs == ("ligatures", "mojibake", "zero_width")
    start, end = line.to_raw(8, 12)
    assert raw[start:end] == "caf\u00c3\u00a9"


@settings(max_examples=150, deadline=None)
@given(MESSY)
def test_lines_hold_every_visible_character(raw: str) -> None:
    lines = split_lines(raw)
    outside = list(raw)
    for line in lines:
        assert raw[line.start : line.end].strip() == raw[line.start : line.end]
        outside[line.start : line.end] = [" "] * (line.end - line.start)
    assert not [mark for mark in outside if not mark.isspace() and normalize(mark).text.strip()]
