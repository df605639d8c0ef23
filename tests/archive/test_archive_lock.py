"""One writer at a time: the second is told who writes and since when, and a killed writer leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.lock import writing
from archive.store import Archive

HOLD = """
import sys
from pathlib import Path
from archive.lock import writing
sys.argv[0] = "/somewhere/ogi"
with writing(Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, "nightly", str(tmp_path / "x.var")]
    house = Path(__file__).parents[2]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, cwd=house, **pipes) as process:  # type: ignore[call-overload]  # pipes
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_writer_is_told_who_writes_and_since_when(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    says = rf"x\.var: `ogi nightly` \(process {holder.pid}\) writes here since 20\d\d-\d\d-\d\dT[\d:]+Z; wait"
    with pytest.raises(ArchiveError, match=says):
        Archive(tmp_path / "x.var" / "working.db")


def test_a_killed_writer_gives_the_lock_back(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    Archive(tmp_path / "x.var" / "working.db").close()


def test_a_process_may_hold_it_more_than_once(tmp_path: Path) -> None:
    with writing(tmp_path), writing(tmp_path), Archive(tmp_path / "working.db"):
        pass
    with writing(tmp_path):
        pass
