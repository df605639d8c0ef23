"""The table `figures_wide`: a row a report, a column an indicator, made at publication."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from archive.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS

_FACTS = {
    "report_key": "TEXT PRIMARY KEY",
    "agency": "TEXT NOT NULL",
    "region_code": "TEXT",
    "region": "TEXT",
    "year": "INTEGER NOT NULL",
    "form": "TEXT",
    "scope": "TEXT NOT NULL",
    "published": "TEXT",
    "timeliness": "TEXT NOT NULL",
    "checks_failed": "INTEGER NOT NULL",
    "url": "TEXT NOT NULL",
}
_REPORTS = """
SELECT r.id, r.report_key, a.name, a.region_code, g.name, r.year, r.form, r.scope, r.published, r.timeliness,
    r.checks_failed, r.url
FROM reports r JOIN agencies a ON a.id = r.agency_id LEFT JOIN regions g ON g.code = a.region_code
ORDER BY r.id
"""


def column_name(indicator: str) -> str:
    """The column of an indicator: its id with underscores for dots."""
    return indicator.replace(".", "_")


def make_figures_wide(db: Database) -> int:
    """Makes the table and its indexes; returns how many figures (cells with a number) it holds."""
    types = {
        indicator: "REAL" if dtype == "decimal" else "INTEGER"
        for indicator, dtype in db.execute("SELECT id, dtype FROM indicators ORDER BY form DESC, position")
    }
    columns = _FACTS | {column_name(indicator): kind for indicator, kind in types.items()}
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    db.execute("DROP TABLE IF EXISTS figures_wide")
    db.execute(f"CREATE TABLE figures_wide ({declared}) STRICT")
    marks = ", ".join("?" * len(columns))
    figures = 0

    def rows() -> Iterator[list[Any]]:
        nonlocal figures
        cells = _cells(db)
        following: tuple[int, dict[str, Any]] | None = next(cells, None)
        for report_id, *facts in db.execute(_REPORTS):
            values: dict[str, Any] = {}
            if following is not None and following[0] == report_id:
                values, following = following[1], next(cells, None)
            row = [values.get(indicator) for indicator in types]
            figures += sum(value is not None for value in row)
            yield [*facts, *row]

    db.conn.executemany(f"INSERT INTO figures_wide VALUES ({marks})", rows())  # noqa: S608  # question marks only
    db.execute("CREATE INDEX figures_wide_by_region ON figures_wide(region_code, year)")
    db.execute("CREATE INDEX figures_wide_by_year ON figures_wide(year)")
    db.execute("CREATE INDEX figures_wide_by_agency ON figures_wide(agency, year)")
    return figures


def _cells(db: Database) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every report that has figures, in the order of ids, with its figures as corrected."""
    corrections: dict[int, dict[str, Any]] = {}
    for report_id, indicator, value in db.execute(
        """SELECT r.id, c.indicator, c.value FROM corrections c JOIN reports r ON r.report_key = c.report_key
        WHERE c.lapsed IS NULL"""
    ):
        corrections.setdefault(report_id, {})[indicator] = value
    streams = [_requests(db), _remedies(db), _proactive(db)]
    for report_id, parts in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        values: dict[str, Any] = {}
        for _, part in parts:
            values |= part
        yield report_id, values | corrections.get(report_id, {})


_Stream = Iterator[tuple[int, dict[str, Any]]]


def _requests(db: Database) -> _Stream:
    columns = ", ".join(REQUESTER_COLUMNS)
    for report_id, outcome, *numbers in db.execute(
        f"SELECT report_id, outcome, {columns} FROM requests ORDER BY report_id, outcome"  # noqa: S608  # our columns
    ):
        names = (f"requests.{outcome}.{column}" for column in REQUESTER_COLUMNS)
        yield report_id, dict(zip(names, numbers, strict=True))


def _remedies(db: Database) -> _Stream:
    columns = ", ".join(REMEDY_COLUMNS)
    for report_id, *numbers in db.execute(
        f"SELECT report_id, {columns} FROM remedies ORDER BY report_id"  # noqa: S608  # our columns
    ):
        names = (f"remedies.cases.{column}" for column in REMEDY_COLUMNS)
        yield report_id, dict(zip(names, numbers, strict=True))


def _proactive(db: Database) -> _Stream:
    for report_id, indicator, value in db.execute(
        "SELECT report_id, indicator, value FROM proactive ORDER BY report_id"
    ):
        yield report_id, {indicator: value}
