"""Serves as many hosts as wanted on loopback, seven reports each, as fast as one process of asyncio can.

What a host answers depends on the path alone, which begins with the host's number, so that a spider may ask for all of
them by one name. Pages have an ETag, as static pages have, and are not sent again to who has them.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import YEARS, ExamplePage, bureaus, renamed

DOMAIN = "many.example"
SENT = "/sent"  # an address that says how many bytes were sent so far


class ExampleWeb(NamedTuple):
    """The running web: its port, its hosts, and the registry that lists them."""

    port: int
    hosts: int
    registry: Path

    @property
    def reports(self) -> int:
        """How many reports it has."""
        return self.hosts * len(YEARS)


@contextmanager
def example_web(hosts: int, directory: Path, delay: float = 0.0) -> Iterator[ExampleWeb]:
    """Serves so many hosts from a process of its own, and writes their registry into the directory. Each answer keeps
    its asker waiting for `delay` seconds."""
    agencies = bureaus()
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, agencies, delay), daemon=True)
    process.start()
    try:
        port: int = here.recv()
        lines = ["id,region_code,agency,listing_url,platform,first_year,note"]
        for number in range(hosts):
            agency = renamed(agencies[number % len(agencies)][0], number).agency
            lines.append(f"h{number},990100,{agency},http://h{number}.{DOMAIN}:{port}/{number}/,,,")
        registry = directory / f"sources-{hosts}.csv"
        registry.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield ExampleWeb(port, hosts, registry)
    finally:
        process.terminate()
        process.join()


def _serve(told: Connection, agencies: list[list[ExamplePage]], delay: float) -> None:
    asyncio.run(_Server(agencies, delay).run(told))


class _Server:
    def __init__(self, agencies: list[list[ExamplePage]], delay: float) -> None:
        self._agencies = agencies
        self._delay = delay
        self._sent = 0

    async def run(self, told: Connection) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, backlog=512)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                answer = self._answer(head)
                self._sent += len(answer)
                await asyncio.sleep(self._delay)
                writer.write(answer)
                await writer.drain()
        writer.close()

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode()
        if path == SENT:
            return _response(b"200 OK", f"{self._sent}".encode(), b"sent")
        _, number, *rest = path.split("/")
        if not number.isdecimal() or len(rest) != 1:
            return NOTHING
        tag = f"{number}-{'-'.join(rest)}".encode()
        if b'"' + tag + b'"' in head:
            return b'HTTP/1.1 304 Not Modified\r\nETag: "' + tag + b'"\r\n\r\n'
        pages = self._agencies[int(number) % len(self._agencies)]
        if rest == [""]:
            rows = (renamed(page, int(number)) for page in reversed(pages))
            entries = "\n".join(ENTRY.format(**row._asdict()) for row in rows)
            return _response(b"200 OK", LISTING.format(entries=entries).encode(), tag)
        page = next((page for page in pages if rest == [f"{page.year}.html"]), None)
        if page is None:
            return NOTHING
        return _response(b"200 OK", renamed(page, int(number)).text.encode(), tag)


def _response(status: bytes, body: bytes, tag: bytes) -> bytes:
    length = f"{len(body)}".encode()
    return (
        b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html; charset=utf-8"
        b'\r\nETag: "' + tag + b'"\r\nContent-Length: ' + length + b"\r\n\r\n" + body
    )


NOTHING = _response(b"404 Not Found", b"", b"none")
ENTRY = '<li><a href="{year}.html">{agency}{year}年政府信息公开工作年度报告</a><span>{day}</span></li>'
LISTING = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>政府信息公开年报</title></head>
<body><div class="position">首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>
<ul class="news-list">
{entries}
</ul></body></html>
"""
