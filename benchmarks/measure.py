"""Measures an archive, its sizes and the portal's queries: `python benchmarks/measure.py archive.db`."""

from __future__ import annotations

import re
import sqlite3
import sys
import time
from pathlib import Path

from archive.search import search
from portal.queries import every

FIGURES = ("requests", "remedies", "proactive", "cell_notes", "series", "indicators")
TEXT = ("sections", "claims", "other_tables", "search")
REPEATS = 3
SEARCHES = ("民", "抖音", "教育局", "政府信息公开", "2022年")


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """Bytes of every table with its indexes."""
    owner = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type IN ('table', 'index')"))
    found: dict[str, int] = {}
    for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
        table = re.sub(r"^(search)_.*", r"\1", owner.get(name, name))
        found[table] = found.get(table, 0) + size
    return found


def timed(connection: sqlite3.Connection, sql: str, parameters: dict[str, object]) -> float:
    """The median of some runs, in milliseconds, with every row fetched."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        connection.execute(sql, parameters).fetchall()
        times.append(time.perf_counter() - started)
    return sorted(times)[len(times) // 2] * 1000


def main() -> None:
    """Prints sizes and times."""
    path = Path(sys.argv[1])
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone()
    weights = sizes(connection)
    for title, tables in (("figures with indexes", FIGURES), ("text and its search index", TEXT)):
        print(f"{title}: {sum(weights.get(table, 0) for table in tables) / 1e6:,.1f} MB")
    for table, size in sorted(weights.items(), key=lambda item: -item[1])[:14]:
        print(f"  {table:<20} {size / 1e6:10,.1f} MB {size / reports:8,.0f} bytes a report")
    row = connection.execute(
        "SELECT id, report_key, agency_id FROM reports ORDER BY id LIMIT 1 OFFSET ?", [reports // 2]
    )
    report, key, agency = row.fetchone()
    agency_key, region = connection.execute("SELECT key, region_code FROM agencies WHERE id = ?", [agency]).fetchone()
    asked = {"report": report, "version": 1, "agency": agency, "code": region, "n": 20, "q": "示例第7", "run": 1}
    given = asked | {"key": key, "agency_key": agency_key, "form": "form_2021"}
    for name, sql in sorted(every().items()):
        print(f"{name:<24} {timed(connection, sql, given):10.2f} ms")
    series = "SELECT * FROM figures_series WHERE report_id = :report"
    print(f"{'series of a report':<24} {timed(connection, series, asked):10.2f} ms")
    for words in SEARCHES:
        started = time.perf_counter()
        found = search(connection, words)
        print(f"search {words}: {found.shown_count} in {(time.perf_counter() - started) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
