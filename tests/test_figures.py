"""Figures say in words what they show, are the same bytes each time, and draw odd text as it stands."""

import io
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from matplotlib import image

from rashomon._figures.claim_rows import arrange_claims
from rashomon.figures import (
    COLORS,
    Picture,
    draw_bars,
    draw_claims,
    draw_days,
    draw_intervals,
    draw_matrix,
    draw_network,
    draw_panels,
    draw_stances,
)

CLAIMS = pd.DataFrame(
    {
        "who": ["$10 vs $12", "한국 <b>", "a name that goes on for much longer than a label may be long"],
        "value": [1500.0, 12000.0, float("nan")],
        "low": [1500.0, float("nan"), 9000.0],
        "high": [float("nan"), 12000.0, 11000.0],
        "status": ["happened", "planned", ""],
    }
)

CHAINS = pd.DataFrame(
    {
        "by": ["b", "a", "a", "a"],
        "via": ["m", "m", "", "m"],
        "who": ["x", "$y$", "z", "x"],
        "n": [5, 1, 2, 4],
        "kind": ["person", "crowd", "person", "person"],
    }
)

DAYS = pd.DataFrame(
    [
        ["b", "published", "2024-10-23", "2024-10-23", "2024-10-23"],
        ["a", "happened", "2024-10-21", "2024-10-21", "2024-10-21"],
        ["a", "planned", "2024-W44", "2024-10-28", "2024-11-03"],
        ["a", "happened", "1998", "1998-01-01", "1998-12-31"],
        ["b", "said", "", "", ""],
    ],
    columns=["article", "what", "date", "first_day", "last_day"],
)


def _pixels(picture: Picture) -> np.ndarray:
    return image.imread(io.BytesIO(picture.png))


def _holds_color(picture: Picture, color: str) -> bool:
    wanted = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return bool((np.abs(_pixels(picture)[:, :, :3] - wanted).max(axis=2) < 0.02).any())


def test_intervals_draw_points_ends_and_one_color_a_kind():
    picture = draw_intervals(CLAIMS, "Claims, n = 3", label="who", by="status", unit="soldiers", log=True)
    seen = "$10 vs $12 1,500; 한국 <b> 12,000; a name that goes on for much longer than a label may be long"
    assert picture.alt == f"Claims, n = 3. Points: {seen} from 9,000 to 11,000."
    assert all(_holds_color(picture, color) for color in COLORS[:3])
    axes = picture.figure.axes[0]
    assert axes.get_xscale() == "log"
    assert axes.get_xlabel() == "soldiers"
    assert [text.get_text()[:3] for text in axes.get_yticklabels()] == ["$10", "한국 ", "a n"]
    assert len(axes.get_yticklabels()[2].get_text()) == 34


def test_closed_open_and_unknown_ends_are_drawn_differently():
    axes = draw_intervals(CLAIMS, "Claims", label="who").figure.axes[0]
    arrows = [note.xyann[0] for note in axes.texts]
    assert arrows == [24, -24]  # 1,500 and more; 12,000 and less
    bars = [line.get_xdata().tolist() for line in axes.lines if len(line.get_xdata()) == 2]
    assert bars == [[9000.0, 11000.0]]


def test_a_lone_end_is_drawn_hollow_with_its_arrow():
    nan = float("nan")
    frame = pd.DataFrame({"who": ["a", "b"], "value": [nan, nan], "low": [1000.0, nan], "high": [nan, nan]})
    picture = draw_intervals(frame, "Thousands", label="who")
    axes = picture.figure.axes[0]
    drawn = [(line.get_fillstyle(), list(line.get_xdata())) for line in axes.lines]
    assert drawn == [("none", [1000.0])]
    assert [(note.xy[0], note.xyann[0]) for note in axes.texts] == [(1000.0, 24)]
    assert picture.alt == "Thousands. Points: a from 1,000."


def test_as_many_kinds_as_there_are_zones_all_look_different():
    kinds = [f"kind {place}" for place in range(14)]
    frame = pd.DataFrame({"who": "a", "n": 1.0, "kind": kinds})
    axes = draw_bars(frame, "Bars", label="who", value="n", by="kind").figure.axes[0]
    looks = {(patch.get_facecolor(), patch.get_hatch()) for patch in axes.patches}
    assert len(looks) == len(kinds)


def test_what_says_little_is_gray():
    axes = draw_intervals(CLAIMS, "Claims", label="who", by="status", faint="planned").figure.axes[0]
    colors = {line.get_label(): line.get_color() for line in axes.lines}
    assert colors["planned"] == "#AAAAAA"
    assert "#AAAAAA" not in (colors["happened"], colors["not stated"])


def test_values_of_zero_and_less_do_not_break_a_logarithmic_axis():
    frame = pd.DataFrame({"who": ["a"], "value": [0.0], "low": [0.0], "high": [0.0]})
    assert draw_intervals(frame, "Nothing", label="who", log=True).figure.axes[0].get_xscale() == "linear"


PANELS = pd.DataFrame(
    {
        "who": ["a", "a", "b"],
        "kind": ["x", "y", "x"],
        "m": [0.5, -0.25, float("nan")],
        "m_low": [0.25, -0.5, float("nan")],
        "m_high": [1.0, 0.0, float("nan")],
        "other": [1.0, 2.0, float("nan")],
    }
)


def test_panels_draw_each_measure_beside_the_other_and_say_where_text_is_short():
    picture = draw_panels(PANELS, "Panels", label="who", measures={"m": "share", "other": "words"}, by="kind")
    assert picture.alt == (
        "Panels. Points: a x (share 0.5, words 1); a y (share -0.25, words 2); b x (not enough text)."
    )
    first, second = picture.figure.axes[0].child_axes
    assert [axes.get_xlabel() for axes in (first, second)] == ["share", "words"]
    bars = [
        line.get_xdata() for line in first.lines if line.get_linestyle() == "-" and len(line.get_xdata()) == 2
    ]
    assert [list(bar) for bar in bars[:2]] == [[0.25, 1.0], [-0.5, 0.0]]
    assert [text.get_text() for text in first.texts] == ["not enough text"]
    assert [text.get_text() for text in first.get_yticklabels()] == ["a", "b"]
    assert [text.get_text() for text in second.get_legend().get_texts()] == ["x", "y"]
    assert all(_holds_color(picture, color) for color in COLORS[:2])


def test_panels_keep_the_order_of_kinds_they_are_given():
    given = draw_panels(PANELS, "P", label="who", measures={"m": "share"}, by="kind", kinds=["y", "z"])
    [panel] = given.figure.axes[0].child_axes
    assert [text.get_text() for text in panel.get_legend().get_texts()] == ["y", "x"]


def test_panels_of_nothing_say_so():
    picture = draw_panels(PANELS.head(0), "None", label="who", measures={"m": "share"}, by="kind")
    assert picture.alt == "None. Nothing to draw."


def test_bars_stack_by_kind_and_name_each_row_once():
    frame = pd.DataFrame({"who": ["a", "a", "b"], "n": [2, 3, 1], "kind": ["x", "y", "x"]})
    picture = draw_bars(frame, "Bars", label="who", value="n", by="kind")
    axes = picture.figure.axes[0]
    widths = sorted(patch.get_width() for patch in axes.patches if patch.get_width())
    assert widths == [1, 2, 3]
    assert max(patch.get_x() + patch.get_width() for patch in axes.patches) == 5
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["x", "y"]
    assert picture.alt == "Bars. Bars: a x 2; a y 3; b x 1."


def test_bars_show_intervals():
    frame = pd.DataFrame({"who": ["a"], "n": [2.0], "low": [1.5], "high": [2.5]})
    axes = draw_bars(frame, "Bars", label="who", value="n", low="low", high="high").figure.axes[0]
    assert [list(line.get_xdata()) for line in axes.lines] == [[1.5, 2.5]]


def test_matrix_writes_each_number_and_a_dash_for_unknown():
    grid = pd.DataFrame({"a": [1.0, 0.25], "b": [0.0, float("nan")]}, index=["x", "y"])
    picture = draw_matrix(grid, "Grid", unit="share")
    assert [text.get_text() for text in picture.figure.axes[0].texts] == ["1", "0", "0.25", "–"]
    assert picture.alt == "Grid. Rows: x (a 1, b 0); y (a 0.25)."


def test_a_network_joins_each_chain_by_lines_as_thick_as_it_is_long():
    picture = draw_network(CHAINS, "Net", columns=["by", "via", "who"], value="n", by="kind")
    assert picture.alt == ("Net. Chains: b – m – x 5; a – m – x 4; a – not stated – z 2; a – m – $y$ 1.")
    axes = picture.figure.axes[0]
    lines = [line for line in axes.lines if len(line.get_xdata()) == 2]
    thickest = max(lines, key=lambda line: line.get_linewidth())
    # "m – x" is told by both articles, so it is thicker than the longest chain.
    assert (list(thickest.get_xdata()), thickest.get_color()) == ([1, 2], COLORS[1])
    assert len(lines) == 4 + 3  # of a – m there are two kinds
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["crowd", "person"]
    written = [text.get_text() for text in axes.texts]
    assert written == ["by", "a", "b", "via", "not stated", "m", "who", "z", "x", "$y$"]


def test_a_network_does_not_depend_on_the_order_of_rows_and_keeps_a_kinds_color():
    def draw(frame, **options):
        return draw_network(frame, "Net", columns=["by", "who"], value="n", by="kind", **options)

    assert draw(CHAINS).png == draw(CHAINS.iloc[::-1]).png
    others = draw(CHAINS[CHAINS["kind"] == "person"], kinds=["crowd", "person"])
    assert _holds_color(others, COLORS[1])
    assert not _holds_color(others, COLORS[0])


def test_a_network_says_what_it_leaves_out():
    rows = pd.DataFrame(
        {"by": "a", "who": [f"w{k:02}" for k in range(30)], "n": range(30, 0, -1), "kind": ""}
    )
    picture = draw_network(rows, "Net", columns=["by", "who"], value="n", by="kind", limit=5)
    left_out = "Not drawn: 25 of 30 under who; 70% of the whole."
    assert picture.alt.endswith(left_out)
    assert picture.figure.axes[0].get_title(loc="left") == left_out
    assert [text.get_text() for text in picture.figure.axes[0].texts][2:] == [
        "who", "w00", "w01", "w02", "w03", "w04",
    ]  # fmt: skip


def _claim(article, amount, *, who="", status="claimed", bound="=", surface="", **changed):
    low, high = (None if bound == "<" else amount), (None if bound == ">" else amount)
    row = {"article": article, "attributed_to": who, "via": "", "status": status, "unit": "", "bound": bound}
    exact = {
        name: None if n is None else Decimal(n)
        for name, n in (("value", amount), ("low", low), ("high", high))
    }
    return row | exact | {"surface": surface or str(amount)} | changed


def _claims(*rows):
    return pd.DataFrame(rows, columns=[*_claim("", 1)], dtype=object)


TOLD = _claims(
    _claim("b", 12000, who="$NIS$", status="planned", via="Yonhap"),
    _claim("a", 1500, who="NIS", bound=">", surface="1,500"),
    _claim("a", 1500, who="NIS", bound=">", surface="1500"),
    _claim("a", None, surface="thousands", bound=">", low=Decimal(1000), status="happened"),
    _claim("b", None, surface="10 to 20", low=Decimal(10), high=Decimal(20), status="odd"),
    _claim("b", 0, surface="none"),
)


def test_claims_stand_by_article_with_their_amount_and_who_gives_it():
    picture = draw_claims(TOLD, "Claims, n = 6", unit="soldiers")
    assert picture.alt == (
        "Claims, n = 6. Claims: a: thousands, happened, nobody is named; "
        "a: over 1500 (2 times), claimed, NIS; b: none, claimed, nobody is named; "
        "b: 10 to 20, odd, nobody is named; "
        "b: 12000, planned, $NIS$, via Yonhap."
    )
    axes = picture.figure.axes[0]
    assert axes.get_xscale() == "log"
    assert axes.get_xlabel() == "soldiers (logarithmic axis)"
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a", "", "b", "", ""]
    written = [note.get_text() for note in axes.texts]
    for words in ("thousands", "over 1500 (2 times)", "NIS", "none", "12000", "$NIS$, via Yonhap"):
        assert words in written
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["happened", "claimed", "planned"]


def test_claims_draw_points_intervals_open_ends_and_what_has_no_place():
    axes = draw_claims(TOLD, "Claims, n = 6").figure.axes[0]
    drawn = [
        (line.get_fillstyle(), list(line.get_xdata()), list(line.get_ydata())[:1]) for line in axes.lines
    ]
    assert ("none", [1000.0], [0]) in drawn  # thousands: only the end is known
    assert ("full", [1500.0], [1]) in drawn
    assert [x for _, x, y in drawn if y == [3] and len(x) == 2] == [[10.0, 20.0]]
    assert not [x for _, x, y in drawn if y == [2]]  # zero
    arrows = [(note.xy[0], note.xyann[0]) for note in axes.texts if not note.get_text()]
    assert (1000.0, 24) in arrows
    assert (1500.0, 24) in arrows
    assert len([x for x, _ in arrows if x]) == 2


def test_claims_do_not_depend_on_the_order_of_rows_and_a_status_keeps_its_look():
    assert draw_claims(TOLD, "C").png == draw_claims(TOLD.iloc[::-1], "C").png
    for status, color in (("happened", COLORS[0]), ("planned", COLORS[2])):
        picture = draw_claims(_claims(_claim("a", 5, status=status)), "C")
        assert _holds_color(picture, color)


def test_claims_of_many_articles_are_joined_and_what_is_left_out_is_said():
    same = [_claim(f"a{k:03}", 1500, who="NIS") for k in range(300)]
    others = [_claim(f"a{k:03}", 10 + k, who="NIS") for k in range(300)]
    money = [_claim("a000", 5, unit="USD")]
    arranged = arrange_claims(_claims(*same, *others, *money), limit=4)
    assert [(row.article, row.amount) for row in arranged.rows] == [
        ("300 articles", "1500 (300 times)"),
        ("a000", "10"),
        ("a149", "159"),
        ("a299", "309"),
    ]
    left_out = "Not drawn: 297 of 301 claims (297 tellings), 1 of 601 tellings in another unit."
    assert arranged.left_out == left_out
    picture = draw_claims(_claims(*same, *others, *money), "C, n = 601", limit=4)
    assert picture.alt.endswith(left_out)
    assert left_out in [text.get_text() for text in picture.figure.axes[0].texts]
    assert picture.figure.get_size_inches()[1] < 4


def test_words_without_an_amount_are_said_and_not_drawn():
    picture = draw_claims(_claims(_claim("a", None, surface="up to"), _claim("a", 5)), "C")
    assert picture.alt == (
        "C. Claims: a: 5, claimed, nobody is named; a: up to … (no amount), claimed, nobody is named."
    )


def test_amounts_that_have_no_place_on_the_axis_keep_their_words():
    huge = _claims(
        _claim("a", Decimal("1e400"), surface="huge"),
        _claim("a", -5, surface="-5"),
        _claim("a", None, low=Decimal(-5), high=Decimal(10), surface="-5 to 10"),
    )
    axes = draw_claims(huge, "C").figure.axes[0]
    assert {"huge", "-5", "-5 to 10"} <= {note.get_text() for note in axes.texts}
    assert not [line for line in axes.lines if len(line.get_xdata())]
    assert axes.get_xscale() == "linear"


def test_stances_have_a_color_each_and_a_claim_left_out_is_a_dash():
    grid = pd.DataFrame(
        {"a": ["asserts", "denies"], "$b$": ["", "hedges, denies"]}, index=["<b>one</b>", "two"]
    )
    picture = draw_stances(grid, "Claims, n = 2")
    axes = picture.figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["asserts", "–", "denies", "hedges / denies"]
    assert len(axes.patches) == 4
    assert len({patch.get_facecolor() for patch in axes.patches}) == 3
    assert [text.get_text() for text in axes.get_yticklabels()] == ["<b>one</b>", "two"]
    assert picture.alt == "Claims, n = 2. Claims: <b>one</b> (a asserts); two (a denies, $b$ hedges, denies)."


def test_days_are_points_spans_are_bars_and_the_rest_is_counted():
    axes = draw_days(DAYS, "Dates, n = 5").figure.axes[0]
    drawn = [line.get_xdata() for line in axes.lines if len(line.get_xdata())]
    assert sorted(len(places) for places in drawn) == [1, 1, 2]
    assert axes.get_xlabel() == "not drawn: 1 farther off or a span too long · 1 without a known day"
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a", "b"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: draw_claims(TOLD.head(0), "Empty"),
        lambda: draw_bars(CLAIMS.head(0), "Empty", label="who", value="value"),
        lambda: draw_intervals(CLAIMS.head(0), "Empty", label="who", by="status", log=True),
        lambda: draw_matrix(pd.DataFrame(), "Empty"),
        lambda: draw_stances(pd.DataFrame(), "Empty"),
        lambda: draw_days(DAYS.head(0), "Empty"),
        lambda: draw_network(CHAINS.head(0), "Empty", columns=["by", "who"], value="n", by="kind"),
    ],
)
def test_nothing_to_draw_is_said(draw):
    picture = draw()
    assert picture.alt == "Empty. Nothing to draw."
    assert [text.get_text() for text in picture.figure.axes[0].texts] == ["nothing found to draw"]


def test_the_same_table_gives_the_same_bytes():
    first, second = (draw_intervals(CLAIMS, "Claims", label="who", by="status").png for _ in range(2))
    assert first == second


def test_jupyter_gets_the_picture_with_its_alternative_text():
    picture = draw_bars(CLAIMS, "Bars", label="who", value="value")
    data, metadata = picture._repr_png_()
    assert data.startswith(b"\x89PNG")
    assert metadata["alt"].startswith("Bars. Bars: $10 vs $12 1,500")
    assert repr(picture) == "Picture: Bars"
