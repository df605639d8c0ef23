"""The published archives of invented reports that are measured with, by how many reports they hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MADE_BY_ITSELF = 10_000  # reports: a larger one takes minutes, which only who asks for it is given
NAMES = {10_000: "10k", 100_000: "100k", 1_000_000: "1m"}


def published(reports: int, directory: Path) -> Path:
    """An archive of so many reports: from the directory that BENCH_ARCHIVES names, else made in `directory`.

    Raises LookupError, with what to do, where it is a large one and not at hand.
    """
    name = f"{NAMES.get(reports, reports)}.db"
    kept = os.environ.get("BENCH_ARCHIVES")
    path = Path(kept or directory) / name
    if not path.exists():
        command = [sys.executable, "-m", "benchmarks.generate", str(reports), str(path)]
        if reports > MADE_BY_ITSELF:
            raise LookupError(
                f"no archive of {reports:,} reports at hand: python -m benchmarks.generate {reports} {path}"
            )
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=Path(__file__).parent.parent)
    return path
