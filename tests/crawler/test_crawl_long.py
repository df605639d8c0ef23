"""Kills at random moments, and three thousand hosts."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import towns_counted
import towns_crowds
import towns_served
from crawl_process import ROOT, run_crawl, scrapy_command, working
from second_web import SUFFIX, SecondWeb, frame, report, title

from archive.publish import publish
from archive.warc import read_record

pytestmark = pytest.mark.long
KILLS = 25
HOSTS, ITEMS, SLOW = 3000, 34, 6


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
    towns = [*towns_crowds.towns(), *towns_served.towns(), *towns_counted.towns()]
    dice = random.Random(2026)  # the moments need no secrecy
    db, registry = tmp_path / "archive.db", tmp_path / "sources.csv"
    with SecondWeb(towns) as web:
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


class _Many(BaseHTTPRequestHandler):
    """Any host h0 … h2999: a list of notices with one report; the first few hosts take their time."""

    protocol_version = "HTTP/1.1"
    server: _Country

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(".")[0]
        number = int(host[1:])
        body = self._page(f"凌州市第{number}管理局", number)
        if number < SLOW and self.path != "/robots.txt":
            time.sleep(8)  # a slow site
        self.server.done[number] = time.monotonic()
        self.send_response(200 if body else 404)
        data = body.encode()
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _page(self, agency: str, number: int) -> str:
        if self.path == "/nb/":
            rows = "".join(f"<li><a href='n{n}.html'>通知第{number}-{n}号</a>2023-02-01</li>" for n in range(ITEMS - 1))
            return frame(f"<ul><li><a href='r.html'>{title(agency, 2022)}</a>2023-01-15</li>{rows}</ul>")
        return report(agency, 2022) if self.path == "/nb/r.html" else ""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing is printed."""


class _Country(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Many)
        self.done: dict[int, float] = {}


@pytest.mark.timeout(600)
def test_three_thousand_hosts_stay_small_and_none_waits_for_another(tmp_path: Path) -> None:
    registry = tmp_path / "sources.csv"
    with _Country() as country:
        threading.Thread(target=country.serve_forever, args=(0.05,), daemon=True).start()
        port = country.server_address[1]
        lines = [f"s{n},990100,凌州市第{n}管理局,http://h{n}.many.example:{port}/nb/,,," for n in range(HOSTS)]
        header = "id,region_code,agency,listing_url,platform,first_year,note"
        registry.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        began = time.monotonic()
        result = run_crawl(
            registry, tmp_path / "archive.db", seconds=500, OGI_LOOPBACK_HOSTS=".many.example", DOWNLOAD_DELAY=0.5
        )
        took = time.monotonic() - began
        country.shutdown()
    assert Counter(result["states"].values()) == {"ok": HOSTS}
    assert result["reports"] == HOSTS
    assert result["megabytes_of_memory"] < 1000
    print(f"{HOSTS} hosts, {HOSTS * ITEMS} items: {took:.0f} s, {result['megabytes_of_memory']:.0f} MB")
    with working(tmp_path / "archive.db") as archive:
        items = archive.execute("SELECT evidence FROM source_states").fetchall()
    assert sum(int(re.search(r'"items": (\d+)', row[0])[1]) for row in items) == HOSTS * ITEMS  # type: ignore[index]
    slowest = max(country.done[n] for n in range(SLOW)) - began
    assert slowest < took, "the slow hosts were waited for at the end, all the others having been done before"
