"""The example municipality crawled with `ogi` as a user runs it, and when two archives are equal."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import demo
from ogi.cluster.equality import differences

# One request a host at a time and one reader: of two copies of a report, the one listed first is then stored first.
QUICK = (
    *("--allow-private", "-s", "OGI_LOOPBACK_HOSTS=lingzhou.example,elsewhere.example", "-s", "OGI_READERS=1"),
    *("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "OGI_PARCEL_SECONDS=1"),
)
AT_ONCE = ("-s", "DOWNLOAD_DELAY=0")
COMMAND = Path(sysconfig.get_path("scripts")) / "ogi"
Run = subprocess.CompletedProcess[str]


def start(directory: Path, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """Starts `ogi` in a directory."""
    return subprocess.Popen(
        [sys.executable, COMMAND, *map(str, arguments)],
        cwd=directory,
        env=os.environ | {"COLUMNS": "200"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> Run:
    """Waits for it; the crawl came to its end, whatever its alarms."""
    out, err = process.communicate(timeout=600)
    assert process.returncode in (0, 1), err
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def until(there: Callable[[], Any], seconds: float = 90) -> Any:
    """What `there` gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while not (found := there()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


@dataclass
class Municipality:
    """The example sites while they are served, and their registry."""

    site: demo.DemoSite
    registry: Path

    def crawl(self, directory: Path, *arguments: object, **environment: str) -> Run:
        """Crawls it into `directory`/archive.db."""
        directory.mkdir(exist_ok=True)
        given = (*QUICK, *AT_ONCE, *arguments)
        return ended(start(directory, "crawl", "--sources", self.registry, *given, **environment))


def working(db: Path) -> Path:
    """The working archive beside a published one."""
    return db.with_suffix(".var") / "working.db"


def assert_equal(one: Path, other: Path, apart: Iterable[str] = ()) -> None:
    """The two working archives hold the same rows, some tables `apart`; prints what was compared (`pytest -s`)."""
    found = [each for each in differences(working(one), working(other)) if each.table not in apart]
    for each in found:
        print(f"{each.table:22} {each.rows[0]:>9,} {each.rows[1]:>9,}  {'equal' if each.equal else 'DIFFERENT'}")
    assert not [(each.table, each.only_one[:3], each.only_other[:3]) for each in found if not each.equal]
    assert sum(each.rows[0] for each in found) > 100
