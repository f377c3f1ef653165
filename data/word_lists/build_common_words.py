"""Count which words most articles have, for `common_words`.

    python data/word_lists/build_common_words.py SENTENCES.jsonl [MORE.jsonl ...]

Rows hold `text`, a sentence of news; sentences are counted once.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

from rashomon._likeness import content_words

SENTENCES = 20  # of an article, as far as the share goes
LEAST_SHARE = 0.02


def main(paths: list[str]) -> None:
    """Write the list beside this file."""
    texts = {
        json.loads(line)["text"] for path in paths for line in Path(path).read_text("utf-8").splitlines()
    }
    counts = Counter(word for text in texts for word in set(content_words(text)))
    shares = {word: 1 - (1 - n / len(texts)) ** SENTENCES for word, n in counts.items()}
    with Path(__file__).with_name("common_words.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("word", "share"))
        writer.writerows(
            (word, f"{shares[word]:.3f}") for word in sorted(shares) if shares[word] >= LEAST_SHARE
        )


if __name__ == "__main__":
    main(sys.argv[1:])
