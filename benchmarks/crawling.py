"""How fast reports are archived from sites, on a first night and on one that brings nothing new."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.example_web import DOMAIN, SENT, example_web
from benchmarks.measurement import Begin, Measurement, Side, Work, in_turn
from benchmarks.sizes import OGI, Sizes

BARE = Path(__file__).with_name("bare_spider.py")
# Loopback needs no politeness: of both spiders.
IMPOLITE = {
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 256,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "WARNING",
}
_TWO_MONTHS_LATER = """
UPDATE snapshots SET fetched = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-60 days');
UPDATE visits SET fetched = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-12 hours', format('-%d days', snapshot_id % 31));
"""
SETTINGS = [part for name, value in IMPOLITE.items() for part in ("-s", f"{name}={value}")]


def measure(sizes: Sizes, directory: Path) -> Iterator[Measurement]:
    """Crawls beside a bare spider, and a second night beside the first."""
    with example_web(sizes.hosts, directory) as web:
        bare = {"port": web.port, "hosts": web.hosts, "directory": str(directory)}
        given = {"port": web.port, "registry": str(web.registry), "directory": str(directory)}
        nights = (first_night, later_night, usual_night)
        sides = (Side(bare_spider, bare), *(Side(night, given) for night in nights))
        scrapy, first, later, usual = in_turn(sides, sizes.long_runs, "wall")
        reports = web.reports
    runs = sizes.long_runs
    yield Measurement(
        f"ogi crawl, {reports:,} reports", "Scrapy that keeps nothing", "/s",
        reports / first.cost, reports / scrapy.cost, 0.4, "wall", runs, first.memory, scrapy.memory,
    )  # fmt: skip
    for name, night in (("an unchanged night", later), ("an unchanged night of older reports", usual)):
        yield Measurement(
            f"{name}, time", "the first", "s",
            night.cost, first.cost, 0.2, "wall", runs, night.memory, first.memory, at_most=True,
        )  # fmt: skip
    later_sent, first_sent = (json.loads((directory / f"{name}.json").read_text()) / 1e6 for name in ("later", "first"))
    yield Measurement(
        "an unchanged night, bytes", "the first", "MB",
        later_sent, first_sent, 0.03, "none", runs, later.memory, first.memory, at_most=True,
    )  # fmt: skip


def first_night(port: int, registry: str, directory: str) -> Begin:
    """`ogi crawl` into an archive that is not there yet."""
    db = Path(directory) / "first.db"

    def begin() -> Work:
        remove(db)
        return lambda: _crawl(db, port, registry)

    return begin


def later_night(port: int, registry: str, directory: str) -> Begin:
    """`ogi crawl` once more, of sites on which nothing is new."""
    db = Path(directory) / "later.db"
    remove(db)
    _crawl(db, port, registry)
    return lambda: lambda: _crawl(db, port, registry)


def usual_night(port: int, registry: str, directory: str) -> Begin:
    """The same, on a night like most: every report was found two months ago and is asked for once a month."""
    db = Path(directory) / "usual.db"
    remove(db)
    _crawl(db, port, registry)

    def begin() -> Work:
        with closing(sqlite3.connect(db.with_suffix(".var") / "working.db")) as archive:
            archive.executescript(_TWO_MONTHS_LATER)
        return lambda: _crawl(db, port, registry)

    return begin


def remove(db: Path) -> None:
    """Removes an archive and all that belongs to it."""
    db.unlink(missing_ok=True)
    shutil.rmtree(db.with_suffix(".var"), ignore_errors=True)


def _crawl(db: Path, port: int, registry: str) -> float:
    before = _sent(port)
    crawl(db, registry)
    db.with_suffix(".json").write_text(json.dumps(_sent(port) - before))
    return 1


def crawl(db: Path, registry: str) -> None:
    """Crawls the example web as a user does."""
    command = [*OGI, "crawl", "--db", str(db), "--sources", registry, "--allow-private", *SETTINGS]
    command += ["-s", f"OGI_LOOPBACK_HOSTS={DOMAIN}"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _sent(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{SENT}") as answer:
        return int(answer.read())


def bare_spider(port: int, hosts: int, directory: str) -> Begin:
    """Scrapy by itself, outside of our project, fetching the same pages."""
    command = [sys.executable, "-m", "scrapy", "runspider", str(BARE), "-a", f"port={port}", "-a", f"hosts={hosts}"]

    def work() -> float:
        subprocess.run([*command, *SETTINGS], cwd=directory, check=True)
        return 1

    return lambda: work
