"""Finding the lines of a page that an extracted text is made of."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from toy_pages import PARAGRAPHS

from rashomon._formats.page_alignment import align_lines, squeeze


def test_alignment_takes_the_copy_in_the_text() -> None:
    texts = [squeeze(text) for text in PARAGRAPHS]
    page = ["menu", texts[2], "sport", texts[0], "short", texts[1], texts[2], "end"]
    found, share = align_lines(page, [texts[0], "short", texts[1], texts[2]])
    assert (found, share) == ({3, 4, 5, 6}, 1.0)


def test_alignment_bears_words_dropped_inside_a_line() -> None:
    whole = squeeze(PARAGRAPHS[2])
    found, _ = align_lines(["menu", whole], [whole[:50], whole[62:]])
    assert found == {1}


@given(st.lists(st.sampled_from(["a" * 30, "b" * 30, "c" * 30 + "d", "news", "e"]), max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_alignment_finds_any_choice_of_distinct_lines(lines: list[str], data: st.DataObject) -> None:
    lines = [f"{line}{chr(97 + n)}{n}x" * (3 if len(line) > 20 else 1) for n, line in enumerate(lines)]
    chosen = data.draw(st.sets(st.integers(0, len(lines) - 1))) if lines else set()
    found, share = align_lines(lines, [lines[n] for n in sorted(chosen)])
    assert {n for n in chosen if len(lines[n]) >= 24} <= found
    assert found <= chosen
    assert 0 <= share <= 1
