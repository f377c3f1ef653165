"""Measure articles a CPU second and peak memory, and whether ten times the articles take ten times as long.

The articles are made from the seeds' own lines with every sixth word or so exchanged, so that they are as
long and as full of quotations and figures as news is, without being copies of each other.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIZES = (30, 300)
STAGES = {"reading, to sentences": "read", "speech, quantities and tone": "articles", "all tables": "all"}
MEASURE = """
import json, resource, sys, time
import rashomon
from rashomon.analysis import analyze, analyze_articles
warm = analyze(rashomon.corpus_of({"a": "The mayor said 40 boats sank."}))
stage, folder = sys.argv[1:]
started = time.process_time()
corpus = rashomon.read_corpus(folder)
if stage == "articles":
    analyze_articles(corpus)
elif stage == "all":
    analyze(corpus)
seconds = time.process_time() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(json.dumps({"seconds": seconds, "peak": peak}))
"""


def write_articles(folder: Path, *, n: int) -> None:
    """Write so many articles of ten to forty lines."""
    rng = random.Random(7)
    lines = [
        line
        for path in sorted((ROOT / "seeds").glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    lines = [line for line in lines if line.strip()]
    words = [word for line in lines for word in line.split()]
    for number in range(n):
        chosen = [rng.choice(lines).split() for _ in range(rng.randint(10, 40))]
        mixed = [
            " ".join(rng.choice(words) if rng.random() < 1 / 6 else word for word in line) for line in chosen
        ]
        (folder / f"{number:06}.txt").write_text("\n\n".join(mixed), "utf-8")


def measure(stage: str, folder: Path) -> dict[str, float]:
    """Run a stage in a Python of its own; give seconds and peak memory in megabytes."""
    command = [sys.executable, "-c", MEASURE, stage, str(folder)]
    child = subprocess.run(command, check=True, capture_output=True, text=True)
    taken: dict[str, float] = json.loads(child.stdout)
    return taken


def main() -> None:
    """Print the table."""
    small, large = SIZES
    columns = [f"{n}: articles/CPU s" for n in SIZES]
    print(f"{'stage':<30}{columns[0]:>24}{columns[1]:>24}{'growth':>8}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as name:
        folders = {n: Path(name) / str(n) for n in SIZES}
        for n, folder in folders.items():
            folder.mkdir()
            write_articles(folder, n=n)
        for label, stage in STAGES.items():
            taken = {n: measure(stage, folder) for n, folder in folders.items()}
            rates = [n / taken[n]["seconds"] for n in SIZES]
            growth = taken[large]["seconds"] / taken[small]["seconds"]
            print(f"{label:<30}{rates[0]:>24.1f}{rates[1]:>24.1f}{growth:>8.1f}{taken[large]['peak']:>9.0f}")


if __name__ == "__main__":
    main()
