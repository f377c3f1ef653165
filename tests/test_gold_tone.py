"""The labels of tone hold together, and where there is a second pass, how far the two agree.

Nothing here runs a rule of the library for tone. `test_gold.py` checks what all label sets have in common.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from rashomon import read_corpus
from rashomon.tables import VOCABULARIES

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "gold" / "tone"
SEEDS, TEXTS = ROOT / "seeds", GOLD / "texts"
RAW = {path.name: path.read_bytes().decode("utf-8") for path in (*SEEDS.glob("*.txt"), *TEXTS.glob("*.txt"))}
COLUMNS = {
    "sentences": "path start end surface polarity subjective hedged loaded event_valence hedges"
    " loaded_spans emotions voice speaker targets",
    "parts": "path part start end register also",
}
HEDGES = {"epistemic", "attribution", "approximation", "condition"}
EMOTIONS = {"anger", "fear", "joy", "sadness", "surprise", "disgust"}
SETS = sorted(
    str(path.relative_to(GOLD).with_suffix(""))
    for path in GOLD.rglob("*.jsonl")
    if path.name.split(".")[0] in COLUMNS
)
SENTENCES = [name for name in SETS if "sentences" in name]
FIRST, SECOND = "texts/sentences", [name for name in SETS if name.endswith(".second")]
WORD = re.compile(r"[^\W_]+")
ZONES = {"body", "snippet", "caption", "interview_question", "interview_answer"}
ZONES |= {"headline", "subheadline", "section_heading"}


@cache
def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_both_sets_are_there() -> None:
    assert {"sentences", "parts", "texts/sentences", "texts/parts"} <= set(SETS)


@pytest.mark.parametrize("name", SETS)
def test_rows_have_their_columns_and_are_sorted_and_unique(name: str) -> None:
    stem = name.removesuffix(".second").split("/")[-1]
    assert {" ".join(row) for row in read(name)} == {COLUMNS[stem]}
    keys = [(row["path"], row["start"], row["end"]) for row in read(name)]
    assert keys == sorted(set(keys))
    folder = TEXTS if "/" in name else SEEDS
    assert {row["path"] for row in read(name)} == {path.name for path in folder.glob("*.txt")}


@pytest.mark.parametrize("name", SENTENCES)
def test_offsets_give_back_the_words(name: str) -> None:
    for row in read(name):
        raw = RAW[row["path"]]
        assert raw[row["start"] : row["end"]] == row["surface"] == row["surface"].strip() != ""
        assert [raw[start:end] for start, end in row["loaded_spans"]] == row["loaded"]
        spans = [(each["start"], each["end"]) for each in (*row["hedges"], *row["targets"])]
        for each in (*row["hedges"], *row["targets"]):
            assert raw[each["start"] : each["end"]] == each["surface"]
        for start, end in (*spans, *row["loaded_spans"]):
            assert row["start"] <= start < end <= row["end"]
            # No span cuts a word in two.
            assert not re.match(r"\w\w", raw[max(0, start - 1) : start + 1])
            assert not re.match(r"\w\w", raw[end - 1 : end + 1])


@pytest.mark.parametrize("name", SENTENCES)
def test_scales_and_vocabularies_hold_and_columns_agree(name: str) -> None:
    for row in read(name):
        assert row["polarity"] in range(-2, 3)
        assert row["event_valence"] in range(-2, 3)
        assert row["subjective"] in (0, 1)
        assert row["hedged"] == int(bool(row["hedges"]))
        assert {hedge["kind"] for hedge in row["hedges"]} <= HEDGES
        assert len(row["emotions"]) == len(set(row["emotions"])) <= 2
        assert set(row["emotions"]) <= EMOTIONS
        assert row["voice"] in VOCABULARIES["voice"]
        assert (row["voice"] == "narrator") == (row["speaker"] == "")
        for spans in (row["hedges"], row["targets"]):
            starts = [each["start"] for each in spans]
            assert starts == sorted(set(starts))
        assert row["loaded_spans"] == sorted(row["loaded_spans"])
        names = [target["name"] for target in row["targets"]]
        assert len(names) == len(set(names))
        assert {target["attitude"] for target in row["targets"]} <= {-1, 0, 1}
        if abs(row["polarity"]) == 2:
            assert row["subjective"], row["surface"]


@pytest.mark.parametrize("name", SENTENCES)
def test_speakers_and_targets_have_one_spelling_in_a_file(name: str) -> None:
    spellings: dict[tuple[str, str], set[str]] = {}
    for row in read(name):
        words = RAW[row["path"]].casefold()
        for who in (row["speaker"], *(target["name"] for target in row["targets"])):
            assert who in ("", "interviewer") or who.casefold().split()[-1] in words, who
            spellings.setdefault((row["path"], who.casefold()), set()).add(who)
        for target in row["targets"]:
            spellings.setdefault((row["path"], target["surface"]), set()).add(target["name"])
    for (_, key), names in spellings.items():
        if key[:1].isupper() and not re.fullmatch(r"(It|They|These people)", key):
            assert len(names) == 1, names


@pytest.mark.parametrize("folder", ["", "texts/"])
def test_sentences_are_those_the_library_cuts(folder: str) -> None:
    corpus = read_corpus(TEXTS if folder else SEEDS)
    paths = zip(corpus.articles["article_id"], corpus.articles["path"], strict=True)
    names = {article: Path(path).name for article, path in paths}
    cut = {
        (names[article], start, end): zone
        for article, start, end, zone in corpus.sentences[["article_id", "start", "end", "zone"]].to_numpy()
    }
    labeled = {(row["path"], row["start"], row["end"]) for row in read(f"{folder}sentences")}
    assert labeled <= set(cut)
    left_out = [
        RAW[path][start:end]
        for (path, start, end), zone in cut.items()
        if zone in ZONES and (path, start, end) not in labeled
    ]
    # A by-line that the library takes for a standfirst.
    assert [text for text in left_out if not text.startswith("By ")] == []


@pytest.mark.parametrize("name", [name for name in SETS if "parts" in name])
def test_parts_hold_every_sentence_and_have_a_register(name: str) -> None:
    parts = read(name)
    for row in parts:
        assert row["register"] in VOCABULARIES["register"]
        assert row["register"] != "unknown" != row["also"]
        assert row["also"] in ("", *VOCABULARIES["register"])
        assert row["also"] != row["register"]
        text = RAW[row["path"]][row["start"] : row["end"]]
        assert text == text.strip()
        assert len(text) == row["end"] - row["start"]
    for sentence in read(name.replace("parts", "sentences")):
        around = [
            part
            for part in parts
            if part["path"] == sentence["path"] and part["start"] <= sentence["start"] < part["end"]
        ]
        assert len(around) == 1
        assert sentence["end"] <= around[0]["end"]


def test_texts_are_twelve_of_the_stated_kinds_and_long_enough() -> None:
    names = sorted(path.name for path in TEXTS.glob("*.txt"))
    assert [int(name[:2]) for name in names] == list(range(1, 13))
    counts = Counter(row["path"] for row in read(FIRST))
    assert set(counts) == set(names)
    assert all(18 <= n <= 40 for n in counts.values()), counts


def test_kinds_are_shared_out_between_the_halves() -> None:
    kinds = Counter((row["register"], int(row["path"][:2]) % 2) for row in read("texts/parts"))
    for register in ("comic", "wire", "opinion", "interview"):
        assert min(kinds[register, 0], kinds[register, 1]) >= 1, register
    assert {register for register, _ in kinds} == set(VOCABULARIES["register"]) - {"unknown"}
    for half in (0, 1):
        rows = [row for row in read(FIRST) if int(row["path"][:2]) % 2 == half]
        assert 120 <= len(rows) <= 180
        assert {row["polarity"] for row in rows} == set(range(-2, 3))
        assert {row["event_valence"] for row in rows} >= {-2, -1, 0, 1}
        assert {hedge["kind"] for row in rows for hedge in row["hedges"]} == HEDGES
        assert {row["voice"] for row in rows} == {"narrator", "speaker", "mixed"}
        assert {target["attitude"] for row in rows for target in row["targets"]} == {-1, 0, 1}
        assert len({emotion for row in rows for emotion in row["emotions"]}) >= 4


# ---- agreement ----

Values = Sequence[Sequence[Any]]
Difference = Callable[[Any, Any, Counter], float]


def nominal(a: Any, b: Any, _: Counter) -> float:
    return float(a != b)


def ordinal(a: Any, b: Any, counts: Counter) -> float:
    low, high = min(a, b), max(a, b)
    between = sum(n for value, n in counts.items() if low <= value <= high)
    return (between - (counts[low] + counts[high]) / 2) ** 2


def krippendorff_alpha(units: Values, difference: Difference) -> float:
    """Measure agreement beyond chance: 1 is full, 0 as by chance, below 0 worse; NaN when nothing varies.

    A unit is the list of values it was given; one with fewer than two is left out (Krippendorff 2011,
    "Computing Krippendorff's alpha-reliability").
    """
    pairs: Counter = Counter()
    for values in units:
        for a, b in permutations(values, 2):
            pairs[a, b] += 1 / (len(values) - 1)
    counts: Counter = Counter()
    for (a, _), n in pairs.items():
        counts[a] += n
    total = sum(counts.values())
    observed = sum(n * difference(a, b, counts) for (a, b), n in pairs.items())
    expected = sum(counts[a] * counts[b] * difference(a, b, counts) for a in counts for b in counts)
    return 1 - (total - 1) * observed / expected if expected else math.nan


@pytest.mark.parametrize(("difference", "alpha"), [(nominal, 0.743), (ordinal, 0.815)])
def test_alpha_is_that_of_the_textbook(difference: Difference, alpha: float) -> None:
    rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[int(row[at]) for row in rows if row[at] != "."] for at in range(12)]
    assert krippendorff_alpha(units, difference) == pytest.approx(alpha, abs=0.0006)


def test_alpha_knows_full_agreement_and_none() -> None:
    assert krippendorff_alpha([[1, 1], [2, 2]], ordinal) == 1
    assert krippendorff_alpha([[1, 2], [2, 1]], nominal) < 0
    assert math.isnan(krippendorff_alpha([[1, 1], [1, 1]], nominal))


def is_loaded(row: dict[str, Any]) -> list[bool]:
    starts = [row["start"] + word.start() for word in WORD.finditer(row["surface"])]
    return [any(start <= at < end for start, end in row["loaded_spans"]) for at in starts]


def shared_targets(a: dict[str, Any], b: dict[str, Any]) -> list[list[int]]:
    return [
        [ours["attitude"], theirs["attitude"]]
        for ours in a["targets"]
        for theirs in b["targets"]
        if ours["start"] < theirs["end"] and theirs["start"] < ours["end"]
    ]


def agreement(name: str) -> dict[str, tuple[float, int]]:
    """Compare a second pass with the first: alpha, and how many were judged twice, by what was judged."""
    both = list(zip(read(name.removesuffix(".second")), read(name), strict=True))
    for first, second in both:
        assert all(first[key] == second[key] for key in ("path", "start", "end"))
    if name.endswith("parts.second"):
        units: dict[str, Any] = {"register": [[a["register"], b["register"]] for a, b in both]}
    else:
        columns = ("polarity", "event_valence", "subjective", "hedged", "voice")
        units = {column: [[a[column], b[column]] for a, b in both] for column in columns}
        for kind in sorted(HEDGES):
            has = [[any(hedge["kind"] == kind for hedge in row["hedges"]) for row in pair] for pair in both]
            units[f"hedges: {kind}"] = has
        units["loaded, by words"] = [
            list(told) for a, b in both for told in zip(is_loaded(a), is_loaded(b), strict=True)
        ]
        units["emotions"] = [
            [e in row["emotions"] for row in pair] for pair in both for e in sorted(EMOTIONS)
        ]
        units["attitude, same target"] = [told for a, b in both for told in shared_targets(a, b)]
    graded = {"polarity", "event_valence", "attitude, same target"}
    return {
        what: (krippendorff_alpha(values, ordinal if what in graded else nominal), len(values))
        for what, values in units.items()
    }


@pytest.mark.parametrize("name", SECOND)
def test_guideline_reports_the_agreement_there_is(name: str) -> None:
    text = (GOLD / "GUIDELINE.md").read_text("utf-8")
    table = [f"| {name} | {what} | {n} | {alpha:.2f} |" for what, (alpha, n) in agreement(name).items()]
    assert [row for row in table if row not in text] == []
