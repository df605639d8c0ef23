"""How fast readings are stored, beside the same rows through sqlite3's own executemany."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.corpus import CITY, DIGITS, example_pages
from benchmarks.measurement import Begin, Measurement, Peer, Side, Work, compared
from benchmarks.sizes import Sizes

GOAL = 0.5
# What a report's transaction writes; what many reports share is there before.
OF_A_REPORT = (
    "reports", "requests", "remedies", "proactive_cells", "cell_notes", "evidence", "claims", "sections",
    "other_tables", "checks", "problems", "report_snapshots",
)  # fmt: skip
SHARED = ("regions", "agencies", "sources", "snapshots", "layouts", "indicator_names", "runs")


class Rows(NamedTuple):
    """How a table's rows are inserted, and those of each report."""

    insert: str
    by_report: dict[int, list[tuple[Any, ...]]]


def measure(sizes: Sizes, directory: Path) -> Iterator[Measurement]:
    """Stores the example's reports under many agencies' names, a transaction a report on both sides."""
    given = {"readings": str(_readings(directory / "readings.pickle", sizes.stored)), "directory": str(directory)}
    yield from compared(
        f"store, {sizes.stored:,} reports",
        Side(store, given),
        Peer("sqlite3 executemany of the same rows", Side(insert, given), GOAL),
        unit="/s",
        runs=sizes.short_runs,
        warm=True,
    )


def _readings(path: Path, number: int) -> Path:
    """So many readings, each of another agency."""
    import parsers

    read = [parsers.parse(page.text.encode()) for page in example_pages()]
    names = ("".join(DIGITS[int(digit)] for digit in str(place)) for place in range(number))
    reports = (
        replace(report, agency=f"{CITY}{name}{report.agency}")
        for report, name in zip(islice(cycle(read), number), names, strict=True)
    )
    path.write_bytes(pickle.dumps(list(reports)))
    return path


def store(readings: str, directory: str) -> Begin:
    """The readings into an empty archive, by the archive's own door: as the readers' processes hand them over."""
    from archive.store import Archive, Snapshot, SourceLine
    from archive.storing.reading import Reading

    reports = [Reading.of(report) for report in pickle.loads(Path(readings).read_bytes())]
    path = Path(directory) / "store.var" / "working.db"
    opened: list[Archive] = []

    def begin() -> Work:
        for archive in opened:
            archive.close()
        opened.clear()
        shutil.rmtree(path.parent, ignore_errors=True)
        archive = Archive(path)
        opened.append(archive)
        archive.register([SourceLine("s", "990100", None, "http://www.example/")])
        run_id = archive.begin_run("crawl")
        kept = [
            archive.keep(Snapshot(f"GET {at}", f"{at}", "2026-11-22T01:02:03Z", 200, "text/html", 1, f"{at}", "w", at))
            for at in range(len(reports))
        ]

        def work() -> float:
            for at, reading in enumerate(reports):
                archive.store(reading, source_id="s", url=f"{at}", snapshots=[(kept[at], "article")], run_id=run_id)
            return len(reports)

        return work

    return begin


def insert(readings: str, directory: str) -> Begin:
    """The rows that storing wrote, into the same empty tables with the same indexes."""
    from archive.opening import open_working

    path = Path(directory) / "insert.db"
    model = Path(directory) / "model"
    model.mkdir()
    store(readings, str(model))()()
    with sqlite3.connect(model / "store.var" / "working.db") as stored:
        shared = {table: _rows(stored, table, None) for table in SHARED}
        own = {table: _rows(stored, table, "id" if table == "reports" else "report_id") for table in OF_A_REPORT}

    def begin() -> Work:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        connection = open_working(path).conn
        connection.execute("PRAGMA foreign_keys = OFF")
        for table, rows in shared.items():
            connection.execute(f"DELETE FROM {table}")
            connection.executemany(rows.insert, rows.by_report[0])
        connection.commit()
        connection.execute("PRAGMA foreign_keys = ON")

        def work() -> float:
            for report_id in own["reports"].by_report:
                connection.execute("BEGIN")
                for rows in own.values():
                    if report_id in rows.by_report:
                        connection.executemany(rows.insert, rows.by_report[report_id])
                connection.execute("COMMIT")
            return len(own["reports"].by_report)

        return work

    return begin


def _rows(stored: sqlite3.Connection, table: str, report: str | None) -> Rows:
    cursor = stored.execute(f"SELECT {report or 0} AS of_report, * FROM {table}")
    names = [f'"{name}"' for name, *_ in cursor.description[1:]]
    by_report: dict[int, list[tuple[Any, ...]]] = {} if report else {0: []}
    for of_report, *row in cursor:
        by_report.setdefault(of_report, []).append(tuple(row))
    return Rows(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", by_report)
