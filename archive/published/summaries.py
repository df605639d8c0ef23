"""The table `indicator_summaries`: what every indicator adds up to, by form, year and scope, made at publication."""

from __future__ import annotations

from sqlite_utils import Database

from archive.tables.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS

_TABLE = """
DROP TABLE IF EXISTS indicator_summaries;
CREATE TABLE indicator_summaries (
    indicator TEXT NOT NULL,
    form TEXT NOT NULL,
    year INTEGER NOT NULL,
    scope TEXT NOT NULL,
    numbers INTEGER NOT NULL,
    zeros INTEGER NOT NULL,
    total ANY,
    largest ANY,
    PRIMARY KEY (indicator, form, year, scope)
) STRICT, WITHOUT ROWID;
"""
_GROUP = "r.form, r.year, r.scope"


def make_summaries(db: Database) -> None:
    """Makes the table: how many reports give a number, how many of these are 0, their sum, and the largest.

    Numbers are as read. Scopes are apart: a whole city and its own organs must not be added up.
    """
    db.executescript(_TABLE)
    of_requests = _sums("q", REQUESTER_COLUMNS)
    for outcome, form, year, scope, *found in db.execute(
        f"SELECT q.outcome, {_GROUP}, {of_requests} FROM requests q JOIN reports r ON r.id = q.report_id"  # noqa: S608  # our columns
        f" WHERE r.form IS NOT NULL GROUP BY q.outcome, {_GROUP}"
    ).fetchall():
        _insert(db, f"requests.{outcome}", (form, year, scope), REQUESTER_COLUMNS, found)
    of_remedies = _sums("m", REMEDY_COLUMNS)
    for form, year, scope, *found in db.execute(
        f"SELECT {_GROUP}, {of_remedies} FROM remedies m JOIN reports r ON r.id = m.report_id"  # noqa: S608  # our columns
        f" WHERE r.form IS NOT NULL GROUP BY {_GROUP}"
    ).fetchall():
        _insert(db, "remedies.cases", (form, year, scope), REMEDY_COLUMNS, found)
    db.execute(
        f"""INSERT INTO indicator_summaries
        SELECT p.indicator, {_GROUP}, count(p.value), count(iif(p.value = 0, 1, NULL)), sum(p.value), max(p.value)
        FROM proactive p JOIN reports r ON r.id = p.report_id
        WHERE r.form IS NOT NULL GROUP BY p.indicator, {_GROUP} HAVING count(p.value)"""  # noqa: S608  # our columns
    )


def _sums(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(
        f"count({table}.{column}), count(iif({table}.{column} = 0, 1, NULL)), sum({table}.{column}),"
        f" max({table}.{column})"
        for column in columns
    )


def _insert(
    db: Database, row: str, group: tuple[str, int, str], columns: tuple[str, ...], found: list[int | None]
) -> None:
    rows = [(f"{row}.{column}", *group, *found[4 * at : 4 * at + 4]) for at, column in enumerate(columns)]
    db.conn.executemany(
        "INSERT INTO indicator_summaries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [row for row in rows if row[4]]
    )
