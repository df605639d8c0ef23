"""Measures the reading of one page of yours beside pandas.read_html and a bare lxml tree.

    python -m benchmarks.parse PAGE.html

prints a line each: the times a page, their ratio, the goal, and whether it is met.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.reading import parse_compared
from benchmarks.sizes import FULL


def main(page: Path) -> None:
    """Prints the ratios of processor time."""
    for line in parse_compared(page.name, [str(page)], FULL):
        print(
            f"parse / {line.peer}: {line.ratio:.2f}  goal <= {line.goal}  {line.verdict}  ({line.ours:.1f} ms a page)"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
