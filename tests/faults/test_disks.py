"""Disks that are full or may not be written to: one sentence, nothing lost, and the next night with room goes on."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nights import Home
from stable import Ended, Stable
from village import Handler, Village

pytestmark = pytest.mark.long
MEGABYTES = 24
KILOBYTE = 1024
MOUNT = 'mount -t tmpfs -o size={size}m tmpfs "{at}" && exec "$0" "$@"'
APART = ("unshare", "--map-root-user", "--mount")


@dataclass
class Disk:
    """A small disk of its own for an archive, which only the runs of its stable see as a disk at `at`."""

    stable: Stable
    at: Path
    logs: Path
    aside: int = 0

    @property
    def inside(self) -> Path:
        """The disk as a path that this process can read from and write to."""
        return self.stable.root / self.at.relative_to("/")

    def fill(self, left: int) -> None:
        """Fills the disk until so many bytes are left."""
        free = shutil.disk_usage(self.inside).free
        with (self.inside / "ballast").open("ab") as ballast:
            for size in (1 << 20, 4 * KILOBYTE):
                with contextlib.suppress(OSError):
                    while shutil.disk_usage(self.inside).free >= left + size:
                        ballast.write(b"\0" * size)
                        ballast.flush()
        assert shutil.disk_usage(self.inside).free <= max(free, left)

    def empty(self) -> None:
        """Makes room again."""
        (self.inside / "ballast").unlink(missing_ok=True)

    def night(self, home: Home) -> Ended:
        """A night of an archive on this disk."""
        return home.night(self.stable)

    def copy(self) -> Home:
        """What lies on the disk, where it can be looked at as an archive."""
        self.aside += 1
        shutil.copytree(self.inside, copied := self.logs / f"copy{self.aside}", ignore=lambda *_: ["ballast"])
        return Home(copied)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Skips where this user may mount nothing."""
    at = tmp_path / "disk"
    at.mkdir()
    if subprocess.run([*APART, "true"], capture_output=True).returncode:
        pytest.skip("a disk of its own takes a mount namespace (unshare --map-root-user --mount)")
    with Stable([*APART, "sh", "-c", MOUNT.format(size=MEGABYTES, at=at)]) as stable:
        yield Disk(stable, at, tmp_path)


@pytest.fixture
def home(tmp_path: Path, village: Village, disk: Disk) -> Home:
    """An archive on the small disk, with the edition of a first night published."""
    made = Home.made(tmp_path, village, settings="[thresholds]\nfree_gigabytes = 0.0\n")
    at_home = Home(made.path, ("--db", str(disk.at / "archive.db")))
    first = disk.night(at_home)
    assert first.status == 0, first.err
    village.edition += 1
    return at_home


def said(ended: Ended) -> str:
    """All that a failed night said, in one line."""
    assert ended.status == 2, ended.out
    assert "Traceback" not in ended.err, ended.err
    return " ".join((ended.out + ended.err).split())


def test_a_disk_that_fills_up_while_pages_are_kept_and_reports_stored(disk: Disk, village: Village, home: Home) -> None:
    for left in (0, 8, 32, 64):

        def fill(handler: Handler, left: int = left) -> None:
            if handler.path == "/nb/2025.html":
                disk.fill(left * KILOBYTE)

        village.before_answer = fill
        ended = disk.night(home)
        village.before_answer = None
        assert "full" in said(ended) or "No space left" in said(ended)
        after = disk.copy()
        assert after.edition() == after.extracted() == village.edition - 1
        after.check_working()
        disk.empty()
        assert disk.night(home).status == 0
        after = disk.copy()
        assert after.edition() == after.extracted() == village.edition
        assert after.check_working()
        assert after.leftovers() == []
        village.edition += 1


def test_a_disk_with_too_little_room_for_each_step_in_turn(disk: Disk, village: Village, home: Home) -> None:
    failed = {}
    for left in (100, 300, 700, 1_000, 1_600, 2_100, 4_000):
        disk.fill(left * KILOBYTE)
        before = disk.copy().edition()
        ended = disk.night(home)
        after = disk.copy()
        failed[left] = next(
            (line.split("failed")[0].strip() for line in ended.out.splitlines() if "failed" in line), ""
        )
        after.check_working()
        if ended.status == 0:
            assert after.edition() == after.extracted() == village.edition
        else:
            why = said(ended)
            assert "full" in why or "No space left" in why, why
            assert after.edition() == before
            assert after.extracted() in (before, village.edition)
        disk.empty()
    assert {"crawl", "prepare", "extract", ""} <= set(failed.values()), failed
    assert disk.night(home).status == 0
    assert disk.copy().leftovers() == []


def test_a_disk_that_may_not_be_written_to(disk: Disk, village: Village, home: Home) -> None:
    assert disk.stable.run(home.path, "backup", "safe", "--db", disk.at / "archive.db").status == 0
    disk.stable.do("mount", "-o", "remount,ro", str(disk.at))
    for command in (("nightly",), ("reparse",), ("restore", "safe"), ("backup", str(disk.at / "safe"))):
        ended = (
            disk.night(home)
            if command == ("nightly",)
            else disk.stable.run(home.path, *command, "--db", disk.at / "archive.db")
        )
        assert ended.status == 2
        assert "read-only" in ended.sentence.lower() or "may not be written" in ended.sentence, ended.sentence
    after = disk.copy()
    assert after.edition() == village.edition - 1
    assert disk.stable.run(home.path, "check", "--db", disk.at / "archive.db").status == 0
    disk.stable.do("mount", "-o", "remount,rw", str(disk.at))
    assert disk.night(home).status == 0
    assert disk.copy().edition() == village.edition
