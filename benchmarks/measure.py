"""Measures an archive, its sizes and the portal's queries: `python -m benchmarks.measure archive.db`."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from archive.search import search
from portal.queries import every
from portal.queries.questions import QUESTIONS

FIGURES = ("requests", "remedies", "proactive_cells", "indicator_names", "cell_notes", "series", "indicators")
TEXT = ("sections", "claims", "other_tables", "search")
REPEATS = 3
FEW = 20_000  # rows: reading a table of fewer whole costs nothing
SHOWN = 1001  # rows: what Datasette fetches of a question
SEARCHES = ("民", "抖音", "教育局", "政府信息公开", "2022年")


class Asked(dict[str, Any]):
    """What the queries are asked for; what is not named here is a number of rows."""

    def __missing__(self, name: str) -> int:
        return 20


def sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """Bytes of every table with its indexes."""
    owner = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type IN ('table', 'index')"))
    found: dict[str, int] = {}
    for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
        table = re.sub(r"^(search)_.*", r"\1", owner.get(name, name))
        found[table] = found.get(table, 0) + size
    return found


def timed(connection: sqlite3.Connection, sql: str, parameters: Asked) -> tuple[float, int]:
    """The median of some runs in milliseconds, and the rows that came."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        rows = connection.execute(sql, parameters).fetchmany(SHOWN)
        times.append(time.perf_counter() - started)
    return sorted(times)[len(times) // 2] * 1000, len(rows)


def whole_tables(connection: sqlite3.Connection, sql: str, parameters: Asked, rows: dict[str, int]) -> list[str]:
    """The large tables through which a query goes from end to end, by SQLite's own plan."""
    steps = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    names = {alias: table for table, alias in re.findall(r"\b(?:from|join) (\w+)(?: (?:as )?([a-z]\w*))?", sql.lower())}
    names |= {"c": "proactive_cells"} if "figures" in sql or "proactive" in sql else {}  # within the views
    ended = "limit" in sql and not any("TEMP B-TREE" in step for step in steps)  # a walk along an index ends early
    walks = [step for step in steps if step.startswith("SCAN") and not (ended and "USING" in step)]
    scanned = [step.split()[1] for step in walks]
    return [names.get(name, name) for name in scanned if rows.get(names.get(name, name), 0) > FEW]


def example(connection: sqlite3.Connection, reports: int) -> Asked:
    """A report from the middle of the archive, its agency and its division, for the queries to ask for."""
    report, key, agency, agency_key, region = connection.execute(
        """SELECT r.id, r.report_key, a.id, a.key, a.region_code FROM reports r JOIN agencies a ON a.id = r.agency_id
        WHERE r.year = 2022 ORDER BY r.id LIMIT 1 OFFSET ?""",
        [reports // 20],
    ).fetchone()
    (day,) = connection.execute("SELECT max(published) FROM reports").fetchone()
    asked = Asked(report=report, key=key, agency=agency, agency_key=agency_key, code=region, version=1, n=20, q="教育")
    asked |= {"run": 1, "form": "form_2021", "year": 2022, "scope": "own", "field": "education", "level": "county"}
    asked |= {"indicator": "requests.new_received.total", "series": "requests.new_received.total", "kind": "department"}
    asked |= {"keys": json.dumps([agency_key]), "lines": json.dumps([agency]), "first": 2008, "last": 2099, "after": 0}
    asked |= {"indicators": json.dumps(["requests.granted.total"]), "story": "late_reports", "day": day}
    return asked


def main() -> None:
    """Prints sizes, times, and which queries read a large table whole."""
    path = Path(sys.argv[1])
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone()
    weights = sizes(connection)
    for title, tables in (("figures with indexes", FIGURES), ("text and its search index", TEXT)):
        print(f"{title}: {sum(weights.get(table, 0) for table in tables) / 1e6:,.1f} MB")
    for table, size in sorted(weights.items(), key=lambda item: -item[1])[:16]:
        print(f"  {table:<20} {size / 1e6:10,.1f} MB {size / reports:8,.0f} bytes a report")
    statistics = (
        "SELECT tbl, max(CAST(substr(stat, 1, instr(stat || ' ', ' ')) AS INTEGER)) FROM sqlite_stat1 GROUP BY 1"
    )
    rows = dict(connection.execute(statistics))
    given = example(connection, reports)
    series = {"series of a report": "select * from figures_series where report_id = :report"}
    for name, sql in sorted((every() | series | {f"questions.{name}": sql for name, sql in QUESTIONS.items()}).items()):
        milliseconds, came = timed(connection, sql, given)
        whole = ", ".join(whole_tables(connection, sql, given, rows))
        print(
            f"{name:<32} {milliseconds:10.2f} ms {came:6,} rows{f'  reads whole: {whole}' if whole else ''}", flush=True
        )
    for words in SEARCHES:
        started = time.perf_counter()
        found = search(connection, words)
        shown = ", ".join(f"{hit.published}" for hit in found.hits[:2])
        print(f"search {words}: {found.shown_count} in {(time.perf_counter() - started) * 1000:.1f} ms; newest {shown}")


if __name__ == "__main__":
    main()
