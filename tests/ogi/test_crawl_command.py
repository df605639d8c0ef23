"""`ogi crawl` as a user runs it, on a few sources of the example municipality, and as a Scrapy user runs it."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from running import COMMAND, Ogi

import demo

LOOPBACK = ("--allow-private", "-s", "OGI_LOOPBACK_HOSTS=lingzhou.example")
QUICK = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Path]:
    """The registry of the example municipality while it is being served."""
    with demo.serve() as site:
        path = tmp_path / "sources.csv"
        path.write_text(demo.registry(site.port))
        yield path


def reports(db: Path) -> set[str]:
    with closing(sqlite3.connect(db)) as connection:
        return {str(key) for (key,) in connection.execute("SELECT report_key FROM reports")}


def test_a_named_source_is_crawled_and_published(ogi: Ogi, registry: Path) -> None:
    run = ogi("crawl", "lz-czj", "--sources", registry, *LOOPBACK, *QUICK)
    assert run.returncode == 0, run.stderr
    (line,) = [line for line in run.stdout.splitlines() if "lz-czj" in line]
    assert " ok " in line
    assert " 16 of 16 " in line, "the items read, of those that the site states"
    expected = [each for each in demo.expected() if each.source_id == "lz-czj"]
    assert len(reports(registry.with_name("archive.db"))) == len(expected)


def test_a_crawl_leaves_a_report_of_itself(ogi: Ogi, registry: Path) -> None:
    run = ogi("crawl", "lz-twjr", "lz-jgj", "--sources", registry, *LOOPBACK, *QUICK, "-s", "RETRY_TIMES=0")
    assert run.returncode == 1, run.stderr
    (file,) = registry.with_name("archive.var").glob("runs/*.json")
    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["finished"], told["exit_status"], told["states"]) == (True, 1, {"cut_short": 1, "ok": 1})
    sources = {source["source"]: source for source in told["sources"]}
    assert sources["lz-twjr"]["items_stated"] > sources["lz-twjr"]["items"]
    (warning,) = told["warnings"]
    assert warning.startswith("lz-twjr: the listing was not read whole")
    assert f"warning: {warning}"[:60] in run.stdout
    assert "2 sources: " in run.stdout
    with closing(sqlite3.connect(registry.with_name("archive.db"))) as published:
        ((kept,),) = published.execute("SELECT summary FROM runs").fetchall()
    account = json.loads(kept)
    assert account["new"]["count"] == told["new"]["count"] == account["outcomes"]["new"] > 1
    assert [(source["source"], source["state"]) for source in account["sources"]] == [
        ("lz-jgj", "ok"),
        ("lz-twjr", "cut_short"),
    ]


def test_trouble_beyond_the_threshold_is_status_1(ogi: Ogi, registry: Path) -> None:
    run = ogi("crawl", "lz-slj", "lz-jgj", "--sources", registry, *LOOPBACK, *QUICK)
    assert run.returncode == 1, run.stderr
    assert " refused " in run.stdout
    assert len(reports(registry.with_name("archive.db"))) == 1


def test_private_addresses_are_refused_unless_allowed(ogi: Ogi, registry: Path) -> None:
    registry.write_text(registry.read_text().replace("www.lingzhou.example", "127.0.0.1"))
    run = ogi("crawl", "lz-szf", "--sources", registry)
    assert run.returncode == 2
    assert "sources.csv, line 2: " in run.stderr
    assert "--allow-private" in run.stderr


def test_ctrl_c_leaves_the_published_archive_and_the_next_crawl_goes_on(ogi: Ogi, registry: Path) -> None:
    db = registry.with_name("archive.db")
    assert ogi("crawl", "lz-jgj", "--sources", registry, *LOOPBACK, *QUICK).returncode == 0
    before = db.read_bytes()
    command = [sys.executable, COMMAND, "crawl", "lz-czj", "--sources", registry, *LOOPBACK, "-s", "DOWNLOAD_DELAY=0.3"]
    with subprocess.Popen(command, cwd=registry.parent, stderr=subprocess.PIPE, text=True) as process:
        working = registry.with_name("archive.var") / "working.db"
        while process.poll() is None and len(reports(working)) < 2:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.splitlines()[-1].startswith("ogi: the crawl was stopped before its end")
    assert db.read_bytes() == before
    assert ogi("crawl", "lz-czj", "--sources", registry, *LOOPBACK, *QUICK).returncode == 0
    assert len(reports(db)) == 1 + len([each for each in demo.expected() if each.source_id == "lz-czj"])


def test_the_house_is_a_scrapy_project() -> None:
    house = Path(__file__).parents[2]
    scrapy = shutil.which("scrapy", path=str(Path(sys.executable).parent))
    assert scrapy is not None
    listed = subprocess.run([scrapy, "list"], cwd=house, capture_output=True, text=True, check=True)
    assert listed.stdout.split() == ["annual_reports"]
