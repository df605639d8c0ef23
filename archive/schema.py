"""The tables of the archive, as migrations that carry any older archive forward, and rows into them one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from archive.indexing import TABLES
from archive.tables.compact import CELLS, compact_places
from archive.tables.figures_view import FIGURES_SERIES_VIEW, FIGURES_VIEW
from archive.tables.first_tables import FIRST_TABLES

migrations = Migrations("ogi-archive")

# What only the next run needs: empty in a published archive.
WORKING_ONLY = ("visits", "host_nights")
# What only readers need: not in the working archive.
PUBLISHED_ONLY = (
    "figures_wide",
    "agency_years",
    "coverage",
    "coverage_areas",
    "report_measures",
    "measures",
    "indicator_summaries",
    "indicator_ranks",
    "indicator_classes",
    "indicator_medians",
    "leads",
)


def add_row(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Adds a row to a table whose key is an integer; returns that key. sqlite-utils would ask first which tables there
    are, which takes longer than to insert the row."""
    return int(db.execute(_insertion(table, tuple(row)), tuple(row.values())).lastrowid or 0)


def add_rows(db: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Adds rows, each with its values in the order of `columns`."""
    if rows:
        db.conn.executemany(_insertion(table, tuple(columns)), rows)


def change_row(db: Database, table: str, row_id: int, changed: Mapping[str, Any]) -> None:
    """Changes values of the row with this key."""
    values = ", ".join(f'"{column}" = ?' for column in changed)
    db.execute(f"UPDATE {table} SET {values} WHERE id = ?", [*changed.values(), row_id])  # noqa: S608  # our own names


def one_row(db: Database, query: str, asked: Sequence[Any]) -> dict[str, Any] | None:
    """The first row that a query finds, by column; None where it finds none."""
    cursor = db.execute(query, asked)
    row = cursor.fetchone()
    return None if row is None else dict(zip((name for name, *_ in cursor.description), row, strict=True))


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608  # our own names


@migrations()
def first_tables(db: Database) -> None:
    """Every table of the first released archive."""
    db.executescript(FIRST_TABLES)


@migrations()
def figures(db: Database) -> None:
    """The long view of every figure."""
    db.create_view("figures", FIGURES_VIEW)


@migrations()
def several_documents(db: Database) -> None:
    """Where a table's cells come from several documents: which cells come from which other snapshot, as JSON."""
    db.execute("ALTER TABLE evidence ADD COLUMN elsewhere TEXT")


@migrations()
def lines_and_reuse(db: Database) -> None:
    """Agencies over time, and how much of a report's text stands in that of the year before."""
    db.executescript(
        """
        ALTER TABLE agencies ADD COLUMN line INTEGER REFERENCES agencies(id);
        CREATE INDEX agencies_by_line ON agencies(line);
        CREATE TABLE successions (
            earlier TEXT NOT NULL, later TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('renamed', 'merged', 'split')),
            since INTEGER NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (earlier, later)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE text_reuse (
            report_id INTEGER PRIMARY KEY REFERENCES reports(id),
            earlier_id INTEGER NOT NULL REFERENCES reports(id),
            section_1 REAL, section_5 REAL, section_6 REAL
        ) STRICT;
        CREATE INDEX text_reuse_by_earlier ON text_reuse(earlier_id);
        """
    )


@migrations()
def series(db: Database) -> None:
    """Which cells of the forms stand in one line over the years, and the figures in these lines."""
    db.executescript(
        """
        CREATE TABLE series (
            form TEXT NOT NULL, indicator TEXT NOT NULL,
            series TEXT NOT NULL, comparability TEXT NOT NULL,
            part INTEGER NOT NULL,
            PRIMARY KEY (form, indicator, series)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX series_by_name ON series(series, form, indicator, part, comparability);
        """
    )
    db.create_view("figures_series", FIGURES_SERIES_VIEW)


@migrations()
def indexes_of_requests(db: Database) -> None:
    """Ranks need the index of two rows of section three only; of all 25 it weighed as much as the table."""
    db.executescript(
        """
        DROP INDEX requests_by_outcome;
        CREATE INDEX requests_new_received ON requests(total) WHERE outcome = 'new_received';
        CREATE INDEX requests_closed_total ON requests(total) WHERE outcome = 'closed_total';
        """
    )


@migrations()
def texts_stored_once(db: Database) -> None:
    """The names of cells and the layouts of tables under numbers; `proactive` is a view of the same columns."""
    db.executescript(CELLS)
    compact_places(db)


@migrations()
def budgets(db: Database) -> None:
    """What each host was asked for and sent in its last night: a run that carries on another goes on from there."""
    db.execute(
        """
        CREATE TABLE host_nights (
            host TEXT PRIMARY KEY, night TEXT NOT NULL,
            requests INTEGER NOT NULL, bytes INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )


@migrations()
def search_kept_up(db: Database) -> None:
    """The full text index grows with the working archive, where each publication made it anew."""
    db.executescript(TABLES)


@migrations()
def readers(db: Database) -> None:
    """By which parser a report was read."""
    db.execute("ALTER TABLE reports ADD COLUMN reader TEXT")


@migrations()
def coverage_of_runs(db: Database) -> None:
    """What was expected and found of every year, crawl by crawl."""
    db.execute(
        """
        CREATE TABLE coverage_runs (
            run_id INTEGER NOT NULL REFERENCES runs(id), year INTEGER NOT NULL,
            expected INTEGER NOT NULL, found INTEGER NOT NULL, late INTEGER NOT NULL,
            missing INTEGER NOT NULL, unknown INTEGER NOT NULL, refused INTEGER NOT NULL,
            PRIMARY KEY (run_id, year)
        ) STRICT, WITHOUT ROWID
        """
    )
