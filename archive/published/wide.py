"""The table `figures_wide`: a row a report, a column an indicator, made at publication."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from archive.tables.cells import corrections_in_force, figures_read

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
        cells, corrections = figures_read(db), corrections_in_force(db)
        following = next(cells, None)
        for report_id, *facts in db.execute(_REPORTS):
            values: dict[str, Any] = {}
            if following is not None and following[0] == report_id:
                values, following = following[1] | corrections.get(report_id, {}), next(cells, None)
            row = [values.get(indicator) for indicator in types]
            figures += sum(value is not None for value in row)
            yield [*facts, *row]

    db.conn.executemany(f"INSERT INTO figures_wide VALUES ({marks})", rows())  # noqa: S608  # question marks only
    db.execute("CREATE INDEX figures_wide_by_region ON figures_wide(region_code, year)")
    db.execute("CREATE INDEX figures_wide_by_year ON figures_wide(year)")
    db.execute("CREATE INDEX figures_wide_by_agency ON figures_wide(agency, year)")
    return figures
