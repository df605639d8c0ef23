"""What workers add: crawls by one machine and by local clusters, the cost of bringing in, and the model of more.

`python -m benchmarks.cluster` prints a table; `docs/cluster.md` says what the model is.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import parsers
from archive.store import Archive, Snapshot, SourceLine
from archive.storing.reading import Reading
from benchmarks.corpus import CITY, DIGITS, YEARS, example_pages
from benchmarks.crawling import SETTINGS
from benchmarks.example_web import DOMAIN, example_web
from benchmarks.sizes import OGI
from crawler.sources import shard_of
from ogi.cluster.piece import Gathered, Piece, decoded

CLUSTERS = ("", "local:1", "local:2")
# A web whose sites keep everybody waiting, and how many requests a worker may have open there.
SLOW_HOSTS, SLOW, AT_ONCE = 24, 2.0, 8
# The model's web: agencies, reports of each, answers a report costs, sites of one host to very many agencies.
AGENCIES, REPORTS, ANSWERS = 140_000, 17, 1.3
DELAY = 2.0  # seconds between two requests to a host
WORKERS = (1, 2, 4, 8, 16, 32, 64)


def crawled(cluster: str, registry: Path, directory: Path, *settings: str) -> float:
    """The seconds of processor time of a first night, in all its processes."""
    directory.mkdir()
    allowed = ("--allow-private", "-s", f"OGI_LOOPBACK_HOSTS={DOMAIN}", "-s", "OGI_READERS=1", *settings)
    where = ("--cluster", cluster) if cluster else ()
    command = [*OGI, "crawl", "--sources", str(registry), "--db", "archive.db", *SETTINGS, *allowed, *where]
    before = _busy()
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return _busy() - before


def _busy() -> float:
    """The seconds of processor time of all processes that this one has had work."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bringing_in(reports: int, directory: Path) -> float:
    """The seconds of processor time that the writer needs for a report."""
    pages = example_pages()
    source = SourceLine("a", None, None, f"http://www.{DOMAIN}/")
    with Piece(directory / "piece" / "working.db") as piece:
        piece.register([source])
        run_id = piece.begin_run("crawl")
        for number in range(reports):
            page = pages[number % len(pages)]
            name = "".join(DIGITS[int(digit)] for digit in str(number))
            report = replace(parsers.parse(page.text.encode()), agency=f"{CITY}{name}{page.agency}")
            url = f"http://www.{DOMAIN}/{number}.html"
            kept = Snapshot(f"GET {url}", url, "2026-11-23T00:00:00Z", 200, "text/html", 1, f"{number}", "a", number)
            role = (piece.keep(kept), "article")
            piece.store(Reading.of(report), source_id="a", url=url, snapshots=[role], run_id=run_id)
        piece.db.execute("UPDATE journal SET due = 1")
        _, lines = piece.due()
    with Archive(directory / "whole" / "working.db") as archive:
        archive.register([source])
        run_id = archive.begin_run("crawl")
        began = time.process_time()
        with archive.db.atomic():
            Gathered().bring_in(decoded(lines), archive, run_id)
        return (time.process_time() - began) / reports


def modelled(rate: float, writer: float) -> list[tuple[int, float, float]]:
    """For each number of workers, the hours of a first night of all of China, and how many times one worker's pace that
    is: `rate` reports a second are a worker's at most, `writer` seconds a report are the writer's."""
    dice = random.Random(2026)  # the same web each time
    hosts: Counter[str] = Counter()
    while hosts.total() < AGENCIES:
        hosts[f"h{len(hosts)}.gov.cn"] = min(
            int(dice.paretovariate(1.1)), 400
        )  # most hosts have one agency, some hundreds
    found = []
    for workers in WORKERS:
        shares = [0.0] * workers
        longest = [0.0] * workers
        for host, agencies in hosts.items():
            shard = shard_of(host, workers) - 1
            shares[shard] += agencies * REPORTS / rate
            longest[shard] = max(longest[shard], agencies * REPORTS * ANSWERS * DELAY)
        slowest = max(max(share, host) for share, host in zip(shares, longest, strict=True))
        hours = max(slowest, hosts.total() * REPORTS * writer) / 3600
        found.append((workers, hours, found[0][1] / hours if found else 1.0))
    return found


def slowly(directory: Path) -> None:
    """Prints the pace of workers that each wait for slow sites, from the first answer to the last."""
    with example_web(SLOW_HOSTS, directory, SLOW) as web:
        for cluster in CLUSTERS:
            where = directory / f"slow-{cluster.replace(':', '') or 'one'}"
            crawled(cluster, web.registry, where, "-s", f"CONCURRENT_REQUESTS={AT_ONCE}")
            with closing(sqlite3.connect(where / "archive.var" / "working.db")) as archive:
                asked = "SELECT count(*), unixepoch(max(fetched)) - unixepoch(min(fetched)) FROM snapshots"
                answers, seconds = archive.execute(asked).fetchone()
            print(
                f"slow sites, {cluster or 'one machine':12} {answers} answers in {seconds} s: {answers / seconds:.1f}/s"
            )


def processor(directory: Path, few: int, many: int) -> float:
    """Prints the seconds of processor time that a crawl takes as such, and for each report; returns the latter for
    `local:1`."""
    costs = []
    for cluster in CLUSTERS:
        busy = []
        for hosts in (few, many):
            with example_web(hosts, directory) as web:
                where = directory / f"{cluster.replace(':', '') or 'one'}-{hosts}"
                busy.append(crawled(cluster, web.registry, where))
        costs.append((busy[1] - busy[0]) / (many - few) / len(YEARS))
        start = busy[0] - costs[-1] * few * len(YEARS)
        print(
            f"{cluster or 'one machine':12} {1000 * costs[-1]:.1f} ms of processor time a report, {start:.1f} s as such"
        )
    return costs[CLUSTERS.index("local:1")]


def main() -> None:
    """Prints everything."""
    with tempfile.TemporaryDirectory(prefix="ogi-bench-") as name:
        directory = Path(name)
        writer = bringing_in(300, directory)
        print(f"bringing in: {1000 * writer:.2f} ms of processor time a report", flush=True)
        slowly(directory)
        cost = processor(directory, 15, 45)
    for workers, hours, times in modelled(1 / (cost - writer), writer):
        print(f"model: {workers:2} workers {hours:6.1f} h, {times:4.1f} times one")


if __name__ == "__main__":
    main()
