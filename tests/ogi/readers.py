"""Fifty readers of the portal, each on a connection of its own, and what the portal's process takes up."""

from __future__ import annotations

import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

from running import COMMAND

READERS = 50
_OWN = 3  # the first file that a process opens itself: pytest's own, without a name, is the standard error of all
PAUSE = 2.0  # seconds that a reader looks at a page, on the average
ALWAYS = (
    *("/", "/?lang=en", "/agencies", "/stories", "/indicators", "/indicator/requests.new_received.total", "/nights"),
    *("/methodology", "/download", "/archive", "/archive/reports", "/archive/reports.csv?_stream=on"),
    f"/search?q={quote('公开')}",
)
OF_A_REPORT = "SELECT r.report_key, a.key, a.region_code FROM reports r JOIN agencies a ON a.id = r.agency_id"


def addresses(db: Path) -> list[str]:
    """The pages that readers look at: the main ones, and those of every report, agency and region."""
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute(OF_A_REPORT).fetchall()
    pages = {f"/report/{quote(key)}" for key, _, _ in found}
    pages |= {f"/agency/{quote(agency)}" for _, agency, _ in found}
    pages |= {f"/region/{region}" for _, _, region in found}
    pages |= {f"/archive/figures.json?report_key={quote(key)}" for key, _, _ in found}
    return [*ALWAYS * 3, *sorted(pages)]


@contextmanager
def portal(db: Path) -> Iterator[tuple[int, int]]:
    """`ogi serve` on a port of its own; gives its process and the port."""
    command = [sys.executable, COMMAND, "serve", "--db", db, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().partition("http://127.0.0.1:")[2]
        try:
            yield process.pid, int(address.split()[0])
        finally:
            process.terminate()


@dataclass(slots=True)
class Readers:
    """What readers met: milliseconds of each answer by what was going on, and everything that was no good answer."""

    port: int
    pages: list[str]
    going_on: str = "warming up"
    times: dict[str, list[float]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    _end: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All of them read, each at its own pace, until this is left."""
        threads = [threading.Thread(target=self._read, args=(number,)) for number in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._end.set()
            for thread in threads:
                thread.join()

    def _read(self, number: int) -> None:
        dice = random.Random(number)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self._end.wait(dice.uniform(0, 2 * PAUSE)):
            page, began, going_on = dice.choice(self.pages), time.perf_counter(), self.going_on
            try:
                connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                whole = bool(answer.read())
            except (OSError, HTTPException) as error:
                self.troubles.append(f"{page}: {error!r}")
                connection.close()
                continue
            if answer.status != 200 or not whole:
                self.troubles.append(f"{page}: status {answer.status}")
            if going_on == self.going_on:  # an answer belongs to what went on during all of it
                self.times.setdefault(going_on, []).append((time.perf_counter() - began) * 1000)
        connection.close()

    def late(self, going_on: str) -> float:
        """The 95th percentile of the milliseconds of an answer."""
        return statistics.quantiles(self.times[going_on], n=20)[-1]

    def said(self) -> str:
        """The figures, a line each."""
        return "\n".join(
            f"{name}: {len(times):,} answers, median {statistics.median(times):.0f} ms, p95 {self.late(name):.0f} ms"
            for name, times in self.times.items()
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process takes up at a moment: resident memory in MB, its own open files and sockets, threads."""

    memory: float
    files: int
    sockets: int
    threads: int
    deleted: int  # files that are open and have no name any more

    @classmethod
    def by(cls, pid: int) -> Taken:
        """As /proc says it now."""
        directory = Path(f"/proc/{pid}")
        status = dict(line.split(":", 1) for line in (directory / "status").read_text().splitlines())
        links = []
        for link in (directory / "fd").iterdir():
            if int(link.name) < _OWN:
                continue
            try:
                links.append(str(link.readlink()))
            except FileNotFoundError:  # closed meanwhile
                continue
        sockets = sum(link.startswith("socket:") for link in links)
        deleted = sum(link.endswith("(deleted)") for link in links)
        memory = int(status["VmRSS"].split()[0]) / 1024
        return cls(memory, len(links) - sockets, sockets, int(status["Threads"]), deleted)
