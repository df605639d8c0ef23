"""What runs that were killed in the middle of a step leave to be seen, and that the next run clears it away."""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.backup import back_up, restore
from archive.errors import ArchiveError
from archive.extracts import swapping
from archive.extracts.directory import write_extracts
from archive.kept.mending import damaged
from archive.kept.warc import WarcWriter
from archive.opening import open_published
from archive.publish import publish
from archive.store import Archive

MOVES = 5  # of a restore: a WARC file, what stood there, two databases, and the word that it is unfinished


def extract(db: Path, directory: Path) -> None:
    with closing(open_published(db)) as published:
        write_extracts(published, directory, lambda _: None)


def whole(directory: Path) -> bool:
    """Whether a set of extracts proves itself."""
    lines = (directory / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return all(
        hashlib.sha256((directory / name).read_bytes()).hexdigest() == digest
        for digest, _, name in (line.partition("  ") for line in lines)
    )


def kill_at_move(moves: int) -> None:
    """Has this process killed when it moves or removes a file after so many."""

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def move(*given: Any, **named: Any) -> Any:
            nonlocal moves
            if not moves:
                os.kill(os.getpid(), signal.SIGKILL)
            moves -= 1
            return real(*given, **named)

        return move

    for where, name in ((Path, "replace"), (Path, "unlink"), (Path, "rename"), (os, "rename")):
        setattr(where, name, counted(getattr(where, name)))


def dead() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen(["true"]) as process:
        return process.pid


def test_extracts_that_a_killed_run_was_writing_are_cleared_away(kept: Path) -> None:
    directory = kept.with_suffix(".var") / "extracts"
    for end in ("new", "old"):
        left = directory.with_name(f".extracts.{dead()}.{end}")
        left.mkdir()
        (left / "reports.csv").touch()
    extract(kept, directory)
    assert whole(directory)
    assert not list(directory.parent.glob(".extracts*"))


def test_extracts_that_another_run_is_writing_stay(kept: Path) -> None:
    directory = kept.with_suffix(".var") / "extracts"
    other = directory.with_name(".extracts.1.new")
    other.mkdir()
    descriptor = os.open(other, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    extract(kept, directory)
    os.close(descriptor)
    assert other.exists()


@pytest.mark.parametrize("one_step", [True, False])
def test_a_kill_between_two_sets_of_extracts_leaves_one_or_the_next_run_brings_it_back(
    kept: Path, one_step: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = kept.with_suffix(".var") / "extracts"
    extract(kept, directory)
    (directory / "of the set before").touch()
    if not one_step:  # as on a file system that cannot exchange two directories
        monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)
    if not (pid := os.fork()):
        monkeypatch.setattr(swapping.shutil, "rmtree", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        kill_at_move(moves=1)
        extract(kept, directory)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    if one_step:
        assert whole(directory)
        assert not (directory / "of the set before").exists()
    monkeypatch.undo()
    with swapping.made_aside(directory):
        assert whole(directory)
    assert not list(directory.parent.glob(".extracts*"))


def test_half_a_backup_is_cleared_away_by_the_next(kept: Path, tmp_path: Path) -> None:
    half = tmp_path / "safe" / "20261122T220000000000Z"
    half.mkdir(parents=True)
    (half / "working.db").write_bytes(b"half")
    (tmp_path / "safe" / "of mine").mkdir()
    made = back_up(kept, tmp_path / "safe", print)
    assert sorted(each.name for each in (tmp_path / "safe").iterdir()) == [made.directory.name, "of mine", "warc"]


def test_backups_made_by_a_clock_that_was_put_back_are_the_newest_and_stay(kept: Path, tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=400)
    for number in range(7):
        made = back_up(kept, tmp_path / "safe", print)
        made.directory.rename(made.directory.with_name(f"{ahead + timedelta(days=number):%Y%m%dT%H%M%S%fZ}"))
    made = back_up(kept, tmp_path / "safe", print)
    assert made.directory.is_dir()
    assert restore(kept, tmp_path / "safe", print).generation == made.directory


@pytest.mark.parametrize("moves", range(MOVES))
def test_a_restore_killed_at_any_step_shows_a_whole_archive_and_has_to_be_run_again(
    kept: Path, tmp_path: Path, moves: int
) -> None:
    safe, working = tmp_path / "safe", tmp_path / "archive.var" / "working.db"
    back_up(kept, safe, print)
    with Archive(working) as archive:
        archive.begin_run("of today")
    publish(working, kept)
    before, kept_warc = kept.read_bytes(), next((tmp_path / "archive.var" / "warc").iterdir())
    kept_warc.write_bytes(b"damaged")
    if not (pid := os.fork()):
        kill_at_move(moves)
        restore(kept, safe, lambda _: None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    backed_up = next(safe.glob("*/archive.db")).read_bytes()
    assert kept.read_bytes() in (before, backed_up)
    unfinished = (tmp_path / "archive.var" / "restoring").exists()
    if unfinished:
        with pytest.raises(ArchiveError, match=r"a restore was stopped before its end; run `ogi restore .*safe` again"):
            Archive(working)
    restore(kept, safe, print)
    assert kept.read_bytes() == backed_up
    with closing(sqlite3.connect(working)) as brought_back:
        assert brought_back.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert brought_back.execute("SELECT command FROM runs").fetchall() == [("crawl",)]
    of_today = [
        each
        for each in tmp_path.glob("archive.var/before-restore-*/working.db")
        if "of today" in str(sqlite3.connect(each).execute("SELECT command FROM runs").fetchall())
    ]
    assert of_today, "what stood there is thrown away"
    publish(working, kept)
    assert not [each for each in tmp_path.rglob(".*") if each.is_file()]
    assert not (tmp_path / "archive.var" / "restoring").exists()


def test_a_record_torn_while_the_clock_was_back_is_cut_off(kept: Path) -> None:
    warc = kept.with_suffix(".var") / "warc"
    first = next(warc.iterdir())
    torn = warc / "run000002-0001.warc.gz"
    torn.write_bytes(first.read_bytes()[:-100])
    os.utime(torn, (0, 0))
    assert list(damaged(torn))
    WarcWriter(warc, 3).close()
    assert not list(damaged(torn))
