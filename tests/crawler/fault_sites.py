"""Small sites on loopback, each with one fault; told apart by the Host header, as virtual hosts are."""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the answer of its host."""

    protocol_version = "HTTP/1.1"
    server: FaultSites

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        self.server.asked.append((host, self.path))
        if self.path == "/robots.txt":
            self.server.robots.get(host, missing)(self)
            return
        self.server.answers.get(host, missing)(self)

    def send_page(self, status: int, body: bytes | str, headers: Mapping[str, str] | None = None) -> None:
        """A whole answer."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing is printed."""


class FaultSites(ThreadingHTTPServer):
    """The running sites. `asked` is the log of hosts and paths; `answers` maps a host to what it does, `robots` to what
    it does when asked for its robots.txt. With `encryption` they speak it and nothing else."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answers: Mapping[str, Answer] | None = None, encryption: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        if encryption is not None:
            self.socket = encryption.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.port: int = self.server_address[1]
        self.asked: list[tuple[str, str]] = []
        self.answers = dict(answers or {})
        self.robots: dict[str, Answer] = {}
        self.released = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what some of these tests are about."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self


def missing(handler: Handler) -> None:
    handler.send_page(404, "<html><body>404</body></html>")


def status(number: int) -> Answer:
    return lambda handler: handler.send_page(number, f"<html><body>{number}</body></html>")


def hang_up(handler: Handler) -> None:
    """The connection is closed without a word."""
    handler.close_connection = True


def page(body: str, headers: Mapping[str, str] | None = None) -> Answer:
    return lambda handler: handler.send_page(200, body, headers)


def redirect(location: str) -> Answer:
    return lambda handler: handler.send_page(302, "", {"Location": location})


def drip(handler: Handler) -> None:
    """A byte now and then, for longer than anyone waits."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while not handler.server.released.wait(0.3):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def cut(handler: Handler) -> None:
    """A body shorter than the length stated before it."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Content-Length", "9000")
    handler.end_headers()
    handler.wfile.write(listing("凌州市水务局").encode()[:200])
    handler.close_connection = True


def bomb(handler: Handler) -> None:
    """A small answer that unpacks to a large one."""
    handler.send_page(200, gzip.compress(b" " * 30_000_000), {"Content-Encoding": "gzip"})


def endless(handler: Handler) -> None:
    """A pager that always has one more page, each with items never seen before."""
    number = int(handler.path.rpartition("=")[2]) if "=" in handler.path else 0
    rows = "".join(f"<li><a href='/{number}-{n}.html'>通知第{number}-{n}号</a>2023-01-01</li>" for n in range(3))
    handler.send_page(200, f"<ul>{rows}</ul><a href='/nb/?page={number + 1}'>下一页</a>")


def sessions(handler: Handler) -> None:
    """A pager whose every link carries another session, round and round over the same items."""
    session = len(handler.server.asked)
    rows = "".join(f"<li><a href='/nb/x{n}.html;jsessionid={session}'>通知第{n}号</a>2023-01-01</li>" for n in range(3))
    handler.send_page(200, f"<ul>{rows}</ul><a href='/nb/;jsessionid={session}?round={session}'>下一页</a>")


def calendar(handler: Handler) -> None:
    """A calendar beside a short list: every month leads to the next one, for ever."""
    month = int(handler.path.rpartition("=")[2]) if "=" in handler.path else 1
    rows = "".join(f"<li><a href='/nb/n{n}.html'>通知第{n}号</a>2023-01-01</li>" for n in range(3))
    handler.send_page(200, f"<ul>{rows}</ul><a href='/nb/?month={month + 1}'>下一页</a>")


def blank_calendar(handler: Handler) -> None:
    """A calendar with nothing on any of its days."""
    month = int(handler.path.rpartition("=")[2]) if "=" in handler.path else 1
    days = "".join(f"<td><a href='/day?d={month}-{day}'>{day}</a></td>" for day in range(1, 29))
    handler.send_page(200, f"<table><tr>{days}</tr></table><a href='/nb/?month={month + 1}'>下一页</a>")


def flood(handler: Handler) -> None:
    """A page that never ends and states no length."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while not handler.server.released.is_set():
        handler.wfile.write(b"<p>" + b"x" * 200_000)


def box(handler: Handler) -> None:
    """A bomb within a bomb."""
    inner = gzip.compress(gzip.compress(b" " * 30_000_000))
    handler.send_page(200, inner, {"Content-Encoding": "gzip, gzip"})


def listing(agency: str, links: tuple[str, ...] = ("1.html", "2.html"), more: str = "") -> str:
    """A list of annual reports."""
    rows = "".join(
        f"<li><a href='{link}'>{agency}{2023 - n}年政府信息公开工作年度报告</a><span>{2024 - n}-01-15</span></li>"
        for n, link in enumerate(links)
    )
    return f"<html><body><ul class='list'>{rows}</ul>{more}</body></html>"


def lures(links: tuple[str, ...]) -> Answer:
    """A list whose items lead where nobody should go, and one of its own that is gone."""

    def answer(handler: Handler) -> None:
        (page(listing("凌州市水务局", (*links, "own.html"))) if handler.path == "/nb/" else status(410))(handler)

    return answer


def first_page_only(handler: Handler) -> None:
    """A pager of three pages, of which the further ones are gone; all items of other kinds."""
    if handler.path != "/nb/":
        missing(handler)
        return
    script = '<script>createPageHTML(3, 0, "index", "html");</script>'
    handler.send_page(200, f"<ul><li><a href='a.html'>公开指南</a>2023-01-01</li></ul>{script}")


def signpost(handler: Handler) -> None:
    """A column address that only sends on to the column."""
    if handler.path == "/nb/":
        handler.send_page(200, '<html><head><meta http-equiv="refresh" content="0;url=/nb/2024/"></head></html>')
    else:
        handler.send_page(200, "<ul class='list'></ul><p>暂无相关信息</p>")
