"""Times the reading of one report page against pandas.read_html and against a bare lxml tree, in the same run.

    python benchmarks/parse.py PAGE.html

prints a line each: the medians, their ratio, the goal, and whether it is met.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import lxml.html
import pandas

import parsers

RUNS = 31


def main(page: Path) -> None:
    """Measures processor time in turn, so that the machine's moods fall on all alike; prints the medians' ratios."""
    data = page.read_bytes()
    text = data.decode("utf-8", errors="replace")
    timed: dict[str, Callable[[], object]] = {
        "parse": lambda: parsers.parse(data),
        "pandas.read_html": lambda: pandas.read_html(StringIO(text)),
        "lxml tree": lambda: lxml.html.fromstring(text),
    }
    seconds: dict[str, list[float]] = {name: [] for name in timed}
    for call in timed.values():
        call()
    for _ in range(RUNS):
        for name, call in timed.items():
            begun = time.process_time()
            call()
            seconds[name].append(time.process_time() - begun)
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    print(f"{page.name}: {len(data):,} bytes, {RUNS} runs each, parse {medians['parse'] * 1000:.1f} ms")
    for peer, goal in (("pandas.read_html", 1.0), ("lxml tree", 4.0)):
        ratio = medians["parse"] / medians[peer]
        print(f"parse / {peer}: {ratio:.2f}  goal <= {goal}  {'ok' if ratio <= goal else 'short'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
