"""Measure the search for near-duplicates: texts a CPU second, memory, its growth, and what it finds.

Texts are made of words as frequent as words are (Zipf), 150 to 450 a text; every fourth has a variant: an
edit of a quarter of its words, a third of it, it between two others, or 80 words of it inside another text.
Sizes can be named: `python tests/bench/bench_reuse.py 10000 100000 1000000`.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator

SIZES = (3_000, 30_000)
_VOCABULARY = 50_000
_BLOCK = 1_000


def make_texts(n: int) -> tuple[list[str], set[tuple[int, int]]]:
    """Make so many texts, and the pairs of them that share wording."""
    import numpy as np

    numbers, rng = np.random.default_rng(7), random.Random(7)
    names = np.array([f"word{i:x}" for i in range(_VOCABULARY)])
    chances = 1 / np.arange(1, _VOCABULARY + 1)
    chances /= chances.sum()

    def stream() -> Iterator[list[str]]:
        while True:
            block = names[numbers.choice(_VOCABULARY, (_BLOCK, 450), p=chances)].tolist()
            yield from (words[: rng.randint(150, 450)] for words in block)

    news = stream()
    texts: list[str] = []
    pairs = set()
    while len(texts) < n:
        words = next(news)
        texts.append(" ".join(words))
        if len(texts) % 4 == 0 and len(texts) < n:
            variants = (
                [word if rng.random() > 0.25 else "changed" for word in words],
                words[: len(words) // 3],
                next(news) + words + next(news),
                next(news)[:150] + words[40:120] + next(news)[:150],
            )
            pairs.add((len(texts) - 1, len(texts)))
            texts.append(" ".join(rng.choice(variants)))
    return texts, pairs


def measure(n: int) -> dict[str, float]:
    """Search so many texts; give CPU seconds, megabytes beyond the texts, recall and precision."""
    import resource
    import time

    from rashomon.reuse import find_near_duplicates

    def peak() -> float:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1024 if sys.platform != "darwin" else 1024**2)

    texts, pairs = make_texts(n)
    list(find_near_duplicates(texts[:10]))
    before, started = peak(), time.process_time()
    found = set(find_near_duplicates(texts))
    seconds = time.process_time() - started
    hits = len(found & pairs)
    return {
        "seconds": seconds,
        "memory": peak() - before,
        "recall": hits / max(1, len(pairs)),
        "precision": hits / max(1, len(found)),
    }


def main() -> None:
    """Print the table; each size is measured in a Python of its own."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    columns = ("texts", "texts/CPU s", "growth", "MB more", "recall", "precision")
    print("".join(f"{name:>14}" for name in columns))
    last = 0.0
    for n in sizes:
        command = [sys.executable, __file__, "--one", str(n)]
        child = subprocess.run(command, check=True, capture_output=True, text=True)
        taken: dict[str, float] = json.loads(child.stdout)
        growth = f"{taken['seconds'] / last:.1f}" if last else ""
        last = taken["seconds"]
        print(
            f"{n:>14,}{n / last:>14,.0f}{growth:>14}{taken['memory']:>14,.0f}"
            f"{taken['recall']:>14.4f}{taken['precision']:>14.4f}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main()
