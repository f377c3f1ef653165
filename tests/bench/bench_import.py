"""Measure what `import rashomon` costs, against `import pandas`: make bench."""

from __future__ import annotations

import subprocess
import sys
import time

ROUNDS = 7
EVERYTHING = "import rashomon; [getattr(rashomon, name) for name in rashomon.__all__]"


def time_codes(codes: list[str]) -> list[float]:
    """Give for each code the shortest time, in seconds, of a new Python that runs it; they take turns."""
    times: dict[str, list[float]] = {code: [] for code in codes}
    for _ in range(ROUNDS):
        for code, taken in times.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            taken.append(time.perf_counter() - started)
    return [min(taken) for taken in times.values()]


def main() -> None:
    """Print the table."""
    bare, pandas, lazy, everything = time_codes(["pass", "import pandas", "import rashomon", EVERYTHING])
    rows = {
        "import pandas": pandas - bare,
        "import rashomon": lazy - bare,
        "import rashomon and use every public name": everything - bare,
    }
    print(f"{'seconds beyond a bare Python':<52}{'seconds':>8}{'× pandas':>10}")
    for name, seconds in rows.items():
        print(f"{name:<52}{seconds:>8.3f}{seconds / (pandas - bare):>10.2f}")


if __name__ == "__main__":
    main()
