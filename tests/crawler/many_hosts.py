"""As many hosts as wanted on one loopback port, each with a list of notices and reports, in a few lines of asyncio."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from towns.web import frame, report, title

SUFFIX = "many.example"
MANY = 15


@dataclass
class ManyHosts:
    """Hosts h0, h1, … with a list of `items` each, the newest `reports` of them annual reports.

    The first `slow` hosts list `MANY` reports and keep back what they are asked for beside the list until all the
    other hosts have been asked for everything they have. `asked` is the log of (host's number, path); `most_at_once`
    is how many requests one host had to answer at the same time.
    """

    hosts: int
    items: int
    reports: int = 1
    slow: int = 0
    asked: list[tuple[int, str]] = field(default_factory=list)
    port: int = 0
    most_at_once: int = 0
    _open: Counter[int] = field(default_factory=Counter)
    _still: set[int] = field(default_factory=set)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._still = set(range(self.slow, self.hosts))
        self._left = dict.fromkeys(self._still, self.reports)

    def registry(self) -> str:
        """The registry of all hosts, as CSV; the slow ones come first."""
        lines = [f"h{n},990100,{agency(n)},http://h{n}.{SUFFIX}:{self.port}/nb/,,," for n in range(self.hosts)]
        return "\n".join(["id,region_code,agency,listing_url,platform,first_year,note", *lines]) + "\n"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                host = head.lower().partition(b"host: ")[2].partition(b"\r\n")[0].decode()
                number = int(host.partition(".")[0][1:])
                self._open[number] += 1
                self.most_at_once = max(self.most_at_once, self._open[number])
                body = await self._answer(number, path)
                self._open[number] -= 1
                status = b"200 OK" if body else b"404 Not Found"
                length = str(len(body)).encode()
                writer.write(
                    b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html; charset=utf-8"
                    b"\r\nContent-Length: " + length + b"\r\n\r\n" + body
                )
                await writer.drain()
        writer.close()

    async def _answer(self, number: int, path: str) -> bytes:
        self.asked.append((number, path))
        if path == "/nb/":
            reports = MANY if number < self.slow else self.reports
            years = range(2024, 2024 - reports, -1)
            rows = [
                f"<li><a href='{year}.html'>{title(agency(number), year)}</a>{year + 1}-01-15</li>" for year in years
            ]
            notices = range(self.items - reports)
            rows += [f"<li><a href='n{n}.html'>通知第{number}-{n}号</a>2023-02-01</li>" for n in notices]
            return frame(f"<ul>{''.join(rows)}</ul>").encode()
        if not path.startswith("/nb/2"):
            return b""
        if number < self.slow:
            await self._released.wait()
        else:
            self._left[number] -= 1
            if not self._left[number]:
                self._still.discard(number)
            if not self._still:
                self._released.set()
        return report(agency(number), int(path[4:8])).encode()


def agency(number: int) -> str:
    """The name of a host's agency; a name with a figure in it would be none."""
    return f"凌州市{''.join('甲乙丙丁戊己庚辛壬癸'[int(digit)] for digit in str(number))}务管理局"


@contextmanager
def many_hosts(hosts: int, items: int, reports: int = 1, slow: int = 0) -> Iterator[ManyHosts]:
    """Serves the hosts from a thread of its own."""
    sites = ManyHosts(hosts, items, reports, slow)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(sites.serve, "127.0.0.1", 0, backlog=512))
    sites.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield sites
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
