"""Measure reading at scale: articles a CPU second, memory, and whether four times as many cost four times.

Beside it stands a baseline in the same run: the same file parsed by `json` and cut into sentences by
`sentencex`, which keeps nothing. Another size: bench_intake.py N.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
N_ARTICLES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500
RASHOMON = """
from rashomon.intake import load_corpus
load_corpus(sys.argv[1], out=sys.argv[1] + ".parts", progress=False)
"""
BASELINE = """
import json
from sentencex import segment
for line in open(sys.argv[1], encoding="utf-8"):
    for paragraph in json.loads(line)["text"].splitlines():
        segment("en", paragraph)
"""
MEASURE = """
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime - start.ru_utime - start.ru_stime,
                  used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)]))
"""
HEAD = """
import json, resource, sys
import rashomon.intake
start = resource.getrusage(resource.RUSAGE_SELF)
"""


def write_articles(file: Path, *, n: int) -> int:
    """Write so many articles of some 450 words, one a line; give their size in bytes."""
    rng = random.Random(11)
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    sentences = [
        sentence
        for path in paths
        for line in path.read_text("utf-8").splitlines()
        for sentence in line.split(". ")
        if len(sentence) > 60
    ]
    words = [word for sentence in sentences for word in sentence.split()]
    with file.open("w", encoding="utf-8") as stream:
        for number in range(n):
            paragraphs = []
            for _ in range(8):
                chosen = [rng.choice(sentences).split() for _ in range(3)]
                mixed = [[rng.choice(words) if rng.random() < 0.2 else w for w in each] for each in chosen]
                paragraphs.append(". ".join(" ".join(each) for each in mixed) + ".")
            record = {"title": f"Report {number}", "published": "2024-05-03", "text": "\n\n".join(paragraphs)}
            stream.write(json.dumps(record) + "\n")
    return file.stat().st_size


def measure(code: str, file: Path) -> tuple[float, float]:
    """Run code in a Python of its own; give CPU seconds beyond its imports, and peak memory in megabytes."""
    command = [sys.executable, "-c", HEAD + code + MEASURE, str(file)]
    child = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = json.loads(child.stdout)
    return seconds, peak


def main() -> None:
    """Print the table."""
    print(f"{'':<28}{'articles':>10}{'MB':>7}{'CPU s':>8}{'articles/s':>12}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as name:
        for label, code in (("rashomon read", RASHOMON), ("json and sentencex alone", BASELINE)):
            taken = []
            for n in (N_ARTICLES, 4 * N_ARTICLES):
                file = Path(name) / f"{n}.jsonl"
                size = file.stat().st_size if file.exists() else write_articles(file, n=n)
                seconds, peak = measure(code, file)
                taken.append(seconds)
                row = f"{label:<28}{n:>10,}{size / 1e6:>7.0f}{seconds:>8.1f}{n / seconds:>12,.0f}{peak:>9.0f}"
                print(row)
            print(f"{'  four times the articles':<28}{taken[1] / taken[0]:>24.2f} times the CPU")


if __name__ == "__main__":
    main()
