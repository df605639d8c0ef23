"""A crawl that is killed at random moments."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from crawl_process import ROOT, run_crawl, scrapy_command, working
from towns.second import counted, crowds, served
from towns.web import SUFFIX, TownWeb

from archive.kept.warc import read_record
from archive.publish import publish

pytestmark = pytest.mark.long
KILLS = 25


class Watched(list[Any]):
    """A log of requests that tells when so many more have come."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = 0
        self.enough = threading.Event()

    def append(self, entry: Any) -> None:
        super().append(entry)
        if len(self) >= self.wanted:
            self.enough.set()


@pytest.mark.timeout(900)
def test_a_crawl_killed_at_25_random_moments_ends_whole_and_asks_for_nothing_twice(tmp_path: Path) -> None:
    towns = [*crowds.towns(), *served.towns(), *counted.towns()]
    dice = random.Random(2026)  # the moments need no secrecy
    db, registry = tmp_path / "archive.db", tmp_path / "sources.csv"
    with TownWeb(towns) as web:
        registry.write_text(web.registry(), encoding="utf-8")
        web.asked = log = Watched()
        settings = {"OGI_DB": db, "OGI_SOURCES": registry, "OGI_LOOPBACK_HOSTS": f".{SUFFIX}", "CONCURRENT_REQUESTS": 2}
        for _ in range(KILLS):
            log.enough.clear()
            log.wanted = len(log) + dice.randint(1, 9)
            process = subprocess.Popen(
                scrapy_command("crawl", "annual_reports", **settings),
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            assert log.enough.wait(90)
            time.sleep(dice.random() / 20)  # the moment after the request is what is tried
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        result = run_crawl(registry, db, OGI_LOOPBACK_HOSTS=f".{SUFFIX}", RETRY_TIMES=0)
        asked = Counter(each for each in log if "robots.txt" not in each[1])
    assert result["finished"]
    with working(db) as archive:
        found = archive.execute(
            "SELECT r.source_id, a.name, r.year FROM reports r JOIN agencies a ON a.id = r.agency_id"
        ).fetchall()
        kept = archive.execute('SELECT url, status, warc, "offset" FROM snapshots').fetchall()
        runs = archive.execute("SELECT count(*), sum(ended IS NULL), sum(finished) FROM runs").fetchone()
        states = archive.execute("SELECT count(*) FROM source_states").fetchone()[0]
    expected = {(town.name, agency, year) for town in towns for agency, year in town.expected}
    assert {tuple(row) for row in found} == expected
    assert len(found) == len(expected)
    assert tuple(runs) == (KILLS + 1, 0, 1)
    assert states == (KILLS + 1) * len(towns)
    warc = db.with_suffix(".var") / "warc"
    for row in kept:
        assert read_record(warc, row["warc"], row["offset"]).status == row["status"]
    answered = {row["url"] for row in kept if row["status"] == 200}
    again = sum(count - 1 for (host, path), count in asked.items() if f"http://{host}:{web.port}{path}" in answered)
    assert again <= 2 * KILLS, "more was asked for again than could be in flight at the kills"
    files = sorted(str(path) for path in warc.glob("*.warc.gz"))
    checked = subprocess.run(
        [Path(sys.executable).with_name("warcio"), "check", *files], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    publish(db.with_suffix(".var") / "working.db", db)
    command = [sys.executable, "-c", "from ogi.main import cli; cli()", "check", "--db", str(db)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
