"""Scores on the hand labels do not fall: each has a floor in `data/gold/floors.json` that only rises.

Pin the scores of today as floors with ``python tests/test_floors.py``. When labels were corrected, look at
what changed first, then let floors fall with ``python tests/test_floors.py --labels-changed``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from rashomon.analysis import analyze
from rashomon.corpus import read_corpus
from rashomon.gold import raise_floors, score_all

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "gold"
FILE = GOLD / "floors.json"
PINNED = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {"labels": "", "floors": {}}


def digest_of_labels() -> str:
    """Digest of names and contents of all label files, line ends aside."""
    digest = hashlib.sha256()
    for path in sorted(GOLD.rglob("*.jsonl")):
        digest.update(f"{path.relative_to(GOLD).as_posix()}\n".encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def measure() -> pd.DataFrame:
    scores = score_all(analyze(read_corpus(ROOT / "seeds")))
    return scores[scores["n"] > 0].reset_index(drop=True)


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    measured = measure()
    names = measured["labels"] + ": " + measured["measure"]
    return dict(zip(names, measured["score"], strict=True))


def test_labels_are_those_the_floors_were_pinned_on() -> None:
    assert digest_of_labels() == PINNED["labels"], (
        "labels changed: see the top of this file for pinning again"
    )


def test_every_score_has_a_floor_and_every_floor_a_score(scores: dict[str, float]) -> None:
    assert list(scores) == list(PINNED["floors"])


@pytest.mark.parametrize("name", PINNED["floors"])
def test_no_score_falls_below_its_floor(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= PINNED["floors"][name]


def pin(*, labels_changed: bool) -> None:
    """Write the scores of now as floors; refuse when labels changed and nobody said so."""
    if PINNED["labels"] not in ("", digest_of_labels()) and not labels_changed:
        raise SystemExit("labels changed: look at the scores, then add --labels-changed")
    measured = measure()
    floors = raise_floors(measured, PINNED["floors"], may_fall=labels_changed)
    told = {"labels": digest_of_labels(), "floors": floors}
    FILE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")
    print(measured.round(3).to_string())


if __name__ == "__main__":
    pin(labels_changed="--labels-changed" in sys.argv[1:])
