"""Times the portal's pages as a browser asks for them: `python -m benchmarks.portal archive.db [--repeats 40]`.

Serves the archive with `ogi serve` on loopback, asks for each page again and again for things drawn at random, and
prints the median and the 95th percentile; then Datasette by itself, with its own defaults, shows the table `reports`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import httpx

from portal.queries.questions import QUESTIONS

OGI = Path(sys.executable).with_name("ogi")
WORDS = ("民", "抖音", "教育局", "政府信息公开", "依申请公开")
EVIDENT = "requests.new_received.total"
INDICATORS = ("requests.new_received.total", "requests.granted.natural_person", "remedies.cases.review_total")
TABLES = ("agencies", "requests", "checks", "agency_years", "coverage", "source_states", "leads", "revisions")
FEED = "/feed/reports.atom"
LIMITS = {"search": 250}
LIMIT = 100  # milliseconds, at the 95th percentile
TIMES_FASTER = 10


@contextlib.contextmanager
def served(command: list[str], port: int) -> Iterator[tuple[httpx.Client, int]]:
    """A server in a process of its own, once it answers: a client for it, and its process id."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            while True:
                if process.poll() is not None:
                    raise SystemExit(f"{' '.join(command)} ended by itself.")
                with contextlib.suppress(httpx.TransportError):
                    client.get("/robots.txt")
                    break
                time.sleep(0.2)
            yield client, process.pid
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def pages(db: Path, dice: random.Random) -> dict[str, Callable[[], str]]:
    """The address of each page, for something else each time it is asked for."""
    with contextlib.closing(sqlite3.connect(f"{db.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        (last,) = connection.execute("SELECT max(id) FROM reports").fetchone()
        drawn = [dice.randrange(1, last + 1) for _ in range(200)]
        marks = ", ".join("?" * len(drawn))
        reports = connection.execute(
            f"""SELECT r.report_key, a.key, a.region_code, r.form FROM reports r JOIN agencies a ON a.id = r.agency_id
            WHERE r.id IN ({marks})""",
            drawn,
        ).fetchall()
        years = [year for (year,) in connection.execute("SELECT DISTINCT year FROM coverage_areas ORDER BY year")]

    evident = [key for key, _, _, form in reports if form == "form_2021"]

    def compared() -> str:
        asked = [("a", agency) for _, agency, *_ in dice.sample(reports, 6)]
        return f"/compare?{urlencode([*asked, ('i', INDICATORS[0]), ('i', 'refused_share')])}"

    return {
        "front": lambda: "/",
        "report": lambda: f"/report/{quote(dice.choice(reports)[0])}",
        "agency": lambda: f"/agency/{quote(dice.choice(reports)[1])}",
        "region": lambda: f"/region/{dice.choice(reports)[2]}",
        "province": lambda: f"/region/{dice.choice(reports)[2][:2]}0000",
        "agencies": lambda: f"/agencies?q={quote('教育')}",
        "indicators": lambda: "/indicators",
        "indicator": lambda: f"/indicator/{dice.choice(INDICATORS)}?year={dice.choice(years)}",
        "compare": compared,
        "compare, finding": lambda: f"/compare?q={quote('教育局')}",
        "evidence": lambda: f"/evidence/{quote(dice.choice(evident))}/{EVIDENT}",
        "stories": lambda: "/stories",
        **{f"story {name}": partial(str, f"/story/{name}") for name in QUESTIONS},
        "story, one year": lambda: f"/story/{dice.choice(list(QUESTIONS))}?year={dice.choice(years)}",
        "search": lambda: f"/search?q={quote(dice.choice(WORDS))}",
        "methodology": lambda: "/methodology",
        "about": lambda: "/about",
        "download": lambda: "/download",
        "dictionary": lambda: "/dictionary",
        "nights": lambda: "/nights",
        "feed": lambda: FEED,
        "feed of an agency": lambda: f"/feed/agency/{quote(dice.choice(reports)[1])}.atom",
        "database": lambda: "/archive",
        "table reports": lambda: "/archive/reports",
        "table reports, a year": lambda: f"/archive/reports?year={dice.choice(years)}",
        "table figures_wide": lambda: "/archive/figures_wide",
        "table figures_wide, a region": lambda: f"/archive/figures_wide?region_code={dice.choice(reports)[2]}",
        "figures of a report": lambda: f"/archive/figures?report_key={quote(dice.choice(reports)[0])}",
        **{f"table {table}": partial(str, f"/archive/{table}") for table in TABLES},
        **{f"question {name}": partial(str, f"/archive/{name}") for name in QUESTIONS},
    }


def worked(pid: int) -> float:
    """The milliseconds for which a process has kept a core busy; 0 where the system does not say."""
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return 0.0
    user, system = told.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


class Timed(NamedTuple):
    """Milliseconds: the median, the 95th percentile, a core's work a page; bytes before compression; the status."""

    median: float
    late: float
    work: float
    size: int
    status: int

    def __str__(self) -> str:
        times = f"p50 {self.median:7.1f} ms   p95 {self.late:7.1f} ms   core {self.work:6.1f} ms"
        return f"{times}   {self.size / 1000:7.1f} kB"


def measure(client: httpx.Client, pid: int, address: Callable[[], str], repeats: int) -> Timed:
    """Asks for a page again and again, one request at a time."""
    client.get(address())
    times = []
    before = worked(pid)
    for _ in range(repeats):
        asked = address()
        started = time.perf_counter()
        answer = client.get(asked)
        times.append((time.perf_counter() - started) * 1000)
    ordered = sorted(times)
    return Timed(
        statistics.median(ordered),
        ordered[int(0.95 * (len(ordered) - 1))],
        (worked(pid) - before) / repeats,
        len(answer.content),
        answer.status_code,
    )


def main() -> None:
    """Prints a line a page, and how many times as fast the front page is as Datasette's own page of reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("--repeats", type=int, default=40)
    parser.add_argument("--pages", nargs="*", help="only these")
    chosen = parser.parse_args()
    port = free_port()
    slow = []
    front = None
    with served([str(OGI), "serve", "--db", str(chosen.db), "--port", str(port)], port) as (client, pid):
        for name, address in pages(chosen.db, random.Random(7)).items():
            if chosen.pages and name not in chosen.pages:
                continue
            timed = measure(client, pid, address, chosen.repeats)
            front = timed.median if name == "front" else front
            if timed.status != 200:
                print(f"{name:<28} {timed.status}")
                continue
            limit = LIMITS.get(name, LIMIT)
            if timed.late > limit:
                slow.append(name)
            print(f"{name:<28} {timed}{'' if timed.late <= limit else f'  slower than {limit}'}", flush=True)
    if front is not None:
        own = [sys.executable, "-m", "datasette", "serve", "--host", "127.0.0.1", "--port", str(port), "--nolock"]
        with tempfile.TemporaryDirectory() as empty:  # none of our templates or plugins
            link = Path(empty) / "archive.db"
            link.symlink_to(chosen.db.absolute())
            with served([*own, str(link)], port) as (client, pid):
                timed = measure(client, pid, lambda: "/archive/reports", max(5, chosen.repeats // 4))
        print(f"{'Datasette, reports':<28} {timed}")
        print(f"the front page is {timed.median / front:.1f} times as fast (asked for: {TIMES_FASTER})")
    print(f"slower than allowed: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
