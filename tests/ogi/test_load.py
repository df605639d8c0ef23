"""The portal under fifty readers: while a night works beside it, and for long while publications come and go.

`OGI_SOAK_SECONDS=3600 pytest -m long -s tests/ogi/test_load.py` soaks for an hour and prints the figures of both.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest
from readers import Readers, Taken, addresses, portal
from running import COMMAND, Ogi

import demo

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(7200),
    pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc"),
]

SOAK = float(os.environ.get("OGI_SOAK_SECONDS", "60"))
WINDOW = 2.0  # seconds for which the night works, or stands still
ENOUGH = 500  # answers in each
PLENTY = 1_500  # in each, where fewer do not tell yet: one hiccup of the machine makes many answers late at once
MOST = 2.0  # times as late may answers be beside a night at work
PATIENCE = 60.0  # seconds in which the edition before is let go on a busy machine
FAST = ("OGI_LOOPBACK_HOSTS=lingzhou.example", "AUTOTHROTTLE_ENABLED=0", "DOWNLOAD_DELAY=0", "RETRY_TIMES=0")
SITES = """
import demo, sys, time
with demo.serve() as site:
    print(site.port, flush=True)
    time.sleep(7200)
"""


@contextmanager
def sites() -> Iterator[int]:
    """The example municipality on a port, in a process that gets in nobody's way: sites are other machines."""
    house = Path(__file__).parents[2]
    command = ["nice", "-n", "19", sys.executable, "-c", SITES]
    with subprocess.Popen(command, cwd=house, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


@pytest.fixture
def home(ogi: Ogi, tmp_path: Path) -> Iterator[Path]:
    """A directory with the registry of the example, and an archive of a few of its sources."""
    with sites() as port:
        (tmp_path / "sources.csv").write_text(demo.registry(port), encoding="utf-8")
        crawled = ogi("crawl", "lz-jyj", "lz-mzj", "lz-czj", *options())
        assert crawled.returncode == 0, crawled.stderr
        yield tmp_path


def options() -> list[str]:
    return ["--sources", "sources.csv", "--allow-private", *(f"-s{setting}" for setting in FAST)]


@contextmanager
def night(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A night in a group of processes of its own."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, COMMAND, "nightly", *options()]
    with subprocess.Popen(command, cwd=home, start_new_session=True, **quiet) as process:  # type: ignore[call-overload]  # of two streams
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def test_a_night_at_work_costs_readers_little(home: Path) -> None:
    db = home / "archive.db"
    pages = addresses(db)
    nights = 0
    with portal(db) as (_, port):
        readers = Readers(port, pages)
        with readers.reading():
            time.sleep(5)
            while (answers := len(readers.times.get("at work", ()))) < ENOUGH or (
                answers < PLENTY and readers.late("at work") > MOST * readers.late("standing still")
            ):
                with night(home) as working:
                    while working.poll() is None:
                        # In turn, so that whatever else goes on at this machine weighs on both alike.
                        for going_on, order in (("standing still", signal.SIGSTOP), ("at work", signal.SIGCONT)):
                            os.killpg(working.pid, order)
                            readers.going_on = going_on
                            time.sleep(WINDOW)
                    nights += 1
                    assert working.returncode in (0, 1)
                    readers.going_on = "between nights"
    print(f"\n{nights} nights\n{readers.said()}")
    assert readers.troubles[:9] == []
    assert readers.late("at work") <= MOST * readers.late("standing still")


def test_nothing_grows_while_publications_come_and_go(home: Path) -> None:
    db = home / "archive.db"
    kept = home / "kept.db"
    shutil.copy(db, kept)
    taken: list[Taken] = []
    publications = 0
    with portal(db) as (pid, port):
        readers = Readers(port, addresses(db))
        with readers.reading():
            began = time.monotonic()
            while time.monotonic() - began < SOAK:
                time.sleep(SOAK / 60)
                readers.going_on = "soaking"
                taken.append(Taken.by(pid))
                if len(taken) % 3 == 0:
                    fresh = home / "fresh.db"
                    shutil.copy(kept, fresh)
                    fresh.replace(db)
                    publications += 1
            last = Taken.by(pid)
            patience = time.monotonic() + PATIENCE
            while last.deleted and time.monotonic() < patience:  # until the last edition is let go
                time.sleep(0.5)
                last = Taken.by(pid)
    every = [taken[number] for number in range(0, len(taken), max(1, len(taken) // 12))]
    print(f"\n{publications} publications in {SOAK:.0f} s\n{readers.said()}", *every, last, sep="\n")
    assert readers.troubles[:9] == []
    third = len(taken) // 3
    middle, end = taken[third : 2 * third], taken[2 * third :]
    assert max(each.memory for each in end) < 1.15 * max(each.memory for each in middle)
    for what in ("files", "threads", "sockets"):  # in between: while one edition takes over from another both are open
        assert median(getattr(each, what) for each in end) <= median(getattr(each, what) for each in middle) + 1, what
    assert last.deleted == 0
