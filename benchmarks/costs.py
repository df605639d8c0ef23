"""Measures what reports cost as they grow by tens: `python -m benchmarks.costs DIRECTORY [--up-to N] [--json FILE]`.

Three costs, each of a whole command: crawling reports from loopback, making and publishing an archive of invented ones
(without text), and writing the long extract of it. What the JSON file holds already is not measured again, so that the
million, which takes half an hour, can be added later; the archives stay in the directory.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.archives import NAMES
from benchmarks.crawling import crawl, remove
from benchmarks.example_web import example_web
from benchmarks.extracting import LONG, by_archive
from benchmarks.measurement import Begin, Side, Work, in_turn

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
STEPS = {"archive": 1_000_000, "extract": 1_000_000, "crawl": 10_000}  # and up to how many reports they are measured
REPORTS_A_HOST = 7
FITTED = 3  # points, the largest: below them a command's start weighs more than its reports
Point = Mapping[str, float]

AGENCIES, YEARS = 140_000, 17  # of all China, since the first reports, those for 2008


def exponent(points: Sequence[Point], cost: str) -> float:
    """The power of the number of reports with which a cost grows: the slope of the least squares of the logarithms."""
    logs = [(math.log(point["reports"]), math.log(point[cost])) for point in points[-FITTED:]]
    middle, height = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    rising = sum((x - middle) * (y - height) for x, y in logs)
    slope: float = rising / sum((x - middle) ** 2 for x, _ in logs)
    return slope


def at_size(points: Sequence[Point], cost: str, reports: int) -> float:
    """A cost at a size that was not measured: that of the largest measured, and from there time and disk at least
    linearly, memory by its power."""
    last, power = points[-1], exponent(points, cost)
    factor: float = (reports / last["reports"]) ** max(0 if cost == "memory" else 1, power)
    return last[cost] * factor


def measured(step: str, size: int, directory: Path) -> Point:
    """What a step costs at a size: processor time in seconds, the largest process's memory and the disk in MB."""
    db = directory / f"{NAMES.get(size, size)}.db"
    if step == "archive":
        return _point(size, Side(make, {"reports": size, "db": str(db)}), lambda: db.stat().st_size)
    if step == "extract":
        given = {"db": str(db), "directory": str(directory), "names": LONG}
        return _point(size, Side(extracted, given), lambda: (directory / f"{LONG[0]}.csv").stat().st_size)
    crawled = directory / f"crawled-{size}.db"
    with example_web(-(-size // REPORTS_A_HOST), directory) as web:
        side = Side(crawled_at_once, {"db": str(crawled), "registry": str(web.registry)})
        return _point(web.reports, side, lambda: _kept(crawled))


def _point(reports: int, side: Side, disk: Callable[[], int]) -> Point:
    (spent,) = in_turn([side], 1, "processor")
    return {
        "reports": reports,
        "processor": round(spent.cost, 2),
        "memory": round(spent.memory, 1),
        "disk": round(disk() / 1e6, 2),
    }


def _kept(db: Path) -> int:
    """Bytes of the published archive, the working one and the kept responses."""
    return db.stat().st_size + sum(path.stat().st_size for path in db.with_suffix(".var").rglob("*") if path.is_file())


def make(reports: int, db: str) -> Begin:
    """Invented reports into an archive, and its publication."""
    command = [sys.executable, "-m", "benchmarks.generate", str(reports), db]

    def begin() -> Work:
        remove(Path(db))

        def work() -> float:
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=Path(__file__).parent.parent)
            return 1

        return work

    return begin


def extracted(db: str, directory: str, names: list[str]) -> Begin:
    """The long extract."""
    write = by_archive(db, directory, names)()

    def work() -> float:
        write()
        return 1

    return lambda: work


def crawled_at_once(db: str, registry: str) -> Begin:
    """A first night."""

    def begin() -> Work:
        remove(Path(db))

        def work() -> float:
            crawl(Path(db), registry)
            return 1

        return work

    return begin


def main() -> None:
    """Measures the sizes that are missing, and prints how the costs grow."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.costs", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--up-to", type=int, default=100_000)
    parser.add_argument("--json", type=Path, default=Path("build/costs.json"))
    chosen = parser.parse_args()
    costs: dict[str, list[Point]] = json.loads(chosen.json.read_text()) if chosen.json.exists() else {}
    chosen.directory.mkdir(parents=True, exist_ok=True)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    for step, most in STEPS.items():
        points = costs.setdefault(step, [])
        for size in SIZES[len(points) :]:
            if size <= min(most, chosen.up_to):
                points.append(measured(step, size, chosen.directory))
                print(step, json.dumps(points[-1]), flush=True)
                chosen.json.write_text(json.dumps(costs, indent=1) + "\n", encoding="utf-8")
    for step, points in costs.items():
        if len(points) >= FITTED:
            grows = ", ".join(f"{cost} {exponent(points, cost):.2f}" for cost in ("processor", "memory", "disk"))
            print(f"{step}: grows with the reports to the power of: {grows}")


if __name__ == "__main__":
    main()
