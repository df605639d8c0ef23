"""Migrations: an archive of the first released tables is carried forward with all that it holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from by_hand import Crawl, report
from sqlite_utils import Database

from archive.kept.evidence import evidence
from archive.opening import open_published
from archive.publish import publish
from archive.schema import migrations
from archive.store import Archive

FIRST = Path(__file__).with_name("first_release.sql")
KEY, CELL = "990100-凌州市教育局-2024-own", "requests.granted.total"


@pytest.fixture
def first_released(working: Path) -> Path:
    """A working archive as the first release left it: a report that changed once."""
    working.parent.mkdir()
    with closing(sqlite3.connect(working)) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
    return working


def schema(db: Database) -> set[tuple[str, str, str]]:
    """Every column, index and view, whatever way they came to be."""
    columns = db.execute(
        'SELECT m.name, c.name, c.type || c."notnull" || c.pk FROM sqlite_master m, pragma_table_info(m.name) c'
    )
    named = db.execute("SELECT type, name, coalesce(iif(type = 'view', sql, ''), '') FROM sqlite_master")
    return {*columns.fetchall(), *named.fetchall()}


def test_it_holds_what_it_held(first_released: Path) -> None:
    with Archive(first_released) as archive:
        db = archive.db
        assert not list(migrations.pending(db))
        assert db.execute("SELECT count(*), sum(value) FROM figures").fetchone() == (200, 7)
        revision = db.execute("SELECT indicator, old, new, cause FROM revisions").fetchall()
        assert (CELL, 4, 7, "source") in revision
        assert evidence(db, KEY, CELL).value == 7
        assert db.table("indicators").count > 400


def test_its_tables_are_those_of_a_new_one(first_released: Path, tmp_path: Path) -> None:
    with Archive(first_released) as old, Archive(tmp_path / "new.var" / "working.db") as new:
        assert schema(old.db) == schema(new.db)
        assert old.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_it_goes_on_being_written_and_published(first_released: Path, tmp_path: Path) -> None:
    with Archive(first_released) as archive:
        crawl = Crawl(archive, archive.begin_run("crawl"))
        crawl.store(report(year=2023), "http://jyj.lingzhou.example/2023.html", b"3")
        archive.end_run(crawl.run_id, finished=True, summary={})
    publish(first_released, tmp_path / "archive.db")
    published = open_published(tmp_path / "archive.db")
    assert published.execute("SELECT year, requests_granted_total FROM figures_wide ORDER BY year").fetchall() == [
        (2023, 4),
        (2024, 7),
    ]


def test_a_published_archive_of_then_is_what_a_new_working_one_begins_with(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
    with Archive(tmp_path / "archive.var" / "working.db") as archive:
        assert archive.db.execute("SELECT count(*) FROM figures").fetchone() == (200,)
        assert not list(migrations.pending(archive.db))
