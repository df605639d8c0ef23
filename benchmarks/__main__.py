"""Measures every room beside something public: `python -m benchmarks [--quick] [--only GROUP …] [--json FILE]`.

Prints one table, a line a measurement, and writes it as JSON. `make bench` and `QUICK=1 make bench` call it; the
variable BENCH_ARCHIVES names a directory of large archives (see `benchmarks.archives`).
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measurement import HEADINGS, Measurement, aligned, cells
from benchmarks.sizes import FULL, QUICK, Sizes

GROUPS = ("reading", "storing", "extracting", "rereading", "crawling", "serving")


def lines(groups: Sequence[str], sizes: Sizes, directory: Path) -> Iterator[Measurement]:
    """The lines of some groups; says on standard error how long each took."""
    for group in groups:
        started = time.perf_counter()
        yield from importlib.import_module(f"benchmarks.{group}").measure(sizes, directory)
        print(f"{group}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    load = os.getloadavg()[0]
    versions = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return {"cores": os.cpu_count(), "system": platform.system(), "load_before": round(load, 2)} | versions


def main(arguments: Sequence[str] | None = None, sizes: Sizes | None = None) -> int:
    """Measures, prints and writes. 0 whatever the verdicts: they are what was to be found out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a run under a minute")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=GROUPS, metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"), help="build/bench.json unless named")
    chosen = parser.parse_args(arguments)
    sizes = sizes or (QUICK if chosen.quick else FULL)
    # The commands that are measured may keep what they have compiled, as they may where they are installed.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    told = {"sizes": sizes.name, "measured": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine()}
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        for line in lines(chosen.only, sizes, Path(directory)):
            rows.append(line.to_json())
            print("  ".join(cells(rows[-1])), file=sys.stderr, flush=True)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(told | {"lines": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("\n".join(aligned([HEADINGS, *map(cells, rows)])))
    short = sum(row["verdict"] == "short" for row in rows)
    print(f"{len(rows)} lines, {short} short; {sizes.name} sizes; {chosen.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
