"""`ogi backup` and `ogi restore`: one command brings a damaged archive back, and nothing is thrown away."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from running import Ogi, the_sentence

from archive.lock import writing
from archive.opening import open_published


def reports(db: Path) -> list[tuple[object, ...]]:
    with closing(open_published(db)) as published:
        return published.execute("SELECT report_key, url FROM reports ORDER BY id").fetchall()


@pytest.fixture
def backup(ogi: Ogi, kept: Path, tmp_path: Path) -> Path:
    """A backup of the archive of three kept pages."""
    run = ogi("backup", "safe")
    assert run.returncode == 0, run.stderr
    return tmp_path / "safe"


def generation(backup: Path) -> Path:
    return max(sums.parent for sums in backup.glob("*/SHA256SUMS"))


def test_a_backup_proves_itself_with_common_tools(backup: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=generation(backup), check=True)
    assert sorted(file.name for file in generation(backup).iterdir()) == ["SHA256SUMS", "archive.db", "working.db"]


def test_the_second_backup_copies_only_what_is_new(ogi: Ogi, backup: Path) -> None:
    again = ogi("backup", "safe")
    assert "2 files" in again.stdout
    assert len(list(backup.glob("*/SHA256SUMS"))) == 2
    assert len(list((backup / "warc").iterdir())) == 1


@pytest.mark.parametrize("damage", ["published", "working", "all gone"])
def test_one_command_restores_a_damaged_archive(ogi: Ogi, kept: Path, backup: Path, damage: str) -> None:
    before = reports(kept)
    var = kept.with_suffix(".var")
    if damage == "all gone":
        kept.unlink()
        for file in sorted(var.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
    else:
        victim = kept if damage == "published" else var / "working.db"
        victim.write_bytes(victim.read_bytes()[:5000] + b"\xff" * 20_000)
        assert ogi("reparse").returncode == 2
    run = ogi("restore", "safe")
    assert run.returncode == 0, run.stderr
    assert reports(kept) == before
    assert ogi("check").returncode == 0
    assert ogi("reparse").returncode == 0
    if damage != "all gone":
        assert "What stood there is in archive.var/before-restore-" in run.stdout


def test_pages_kept_since_the_backup_stay(ogi: Ogi, kept: Path, backup: Path) -> None:
    newer = kept.with_suffix(".var") / "warc" / "run000009-0001.warc.gz"
    newer.write_bytes(next((backup / "warc").iterdir()).read_bytes())
    assert ogi("restore", "safe").returncode == 0
    assert newer.exists()


def test_a_damaged_backup_is_passed_over_for_the_one_before(ogi: Ogi, kept: Path, backup: Path) -> None:
    ogi("backup", "safe")
    with (generation(backup) / "working.db").open("r+b") as file:
        file.seek(3000)
        file.write(b"\xff" * 100)
    run = ogi("restore", "safe")
    assert run.returncode == 0
    assert "a newer backup is not whole" in the_sentence(run)


def test_a_backup_that_was_cut_off_is_none(ogi: Ogi, kept: Path, backup: Path) -> None:
    (generation(backup) / "SHA256SUMS").unlink()
    run = ogi("restore", "safe")
    assert run.returncode == 2
    assert "no backup lies there" in the_sentence(run)
    assert reports(kept)


def test_a_damaged_database_is_not_backed_up(ogi: Ogi, kept: Path, tmp_path: Path) -> None:
    working = kept.with_suffix(".var") / "working.db"
    with closing(sqlite3.connect(working)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    data = bytearray(working.read_bytes())
    data[3 * 4096 : 40 * 4096] = b"\xff" * (37 * 4096)
    working.write_bytes(data)
    run = ogi("backup", "safe")
    assert run.returncode == 2
    assert "damaged" in the_sentence(run)
    assert not list((tmp_path / "safe").glob("*/SHA256SUMS"))


def test_nothing_is_copied_or_replaced_while_another_command_writes(ogi: Ogi, kept: Path, backup: Path) -> None:
    with writing(kept.with_suffix(".var")):
        for command in ("backup", "restore"):
            run = ogi(command, "safe")
            assert run.returncode == 2
            assert "writes here since" in the_sentence(run)
