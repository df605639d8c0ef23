"""Opening: a file that is no archive, or not ours to write, is told in one sentence and left as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.opening import open_published
from archive.store import Archive


def test_a_missing_directory_is_made(tmp_path: Path) -> None:
    with Archive(tmp_path / "new" / "x.var" / "working.db") as opened:
        assert opened.db.table("indicators").count > 400


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "working.db"
    path.write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"working\.db: not an SQLite database"):
        Archive(path)
    assert path.read_text(encoding="utf-8").startswith("这不是数据库")


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="a directory"):
        Archive(tmp_path)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    Database(path).table("songs").insert({"id": 1})
    with pytest.raises(ArchiveError, match="another program"):
        Archive(path)
    assert Database(path).table_names() == ["songs"]


def test_an_archive_of_a_newer_version(working: Path) -> None:
    with Archive(working) as opened:
        opened.db.table("_sqlite_migrations").insert(
            {"migration_set": "ogi-archive", "name": "of_2030", "applied_at": ""}
        )
    with pytest.raises(ArchiveError, match="newer version"):
        Archive(working)


def test_a_database_that_another_process_is_writing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.db.execute("PRAGMA busy_timeout = 1").fetchone()
    other = sqlite3.connect(archive.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ArchiveError, match="another process is writing"):
        archive.begin_run("crawl")
    other.rollback()
    assert archive.begin_run("crawl") == 1


def test_a_reader_is_told_when_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"archive\.db: no archive here"):
        open_published(tmp_path / "archive.db")
    (tmp_path / "archive.db").touch()
    with pytest.raises(ArchiveError, match=r"archive\.db: holds no archive"):
        open_published(tmp_path / "archive.db")
