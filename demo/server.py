"""Serves the example municipality on loopback: one real HTTP server, many hosts, told apart by the Host header."""

from __future__ import annotations

import hashlib
import sys
import threading
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from demo.exchange import Request
from demo.municipality import Municipality, Served
from demo.sources import DOMAIN

_LOOKING = ".localhost"
"""Browsers lead every name under localhost to this machine: www.localhost shows www.lingzhou.example to a person."""

LoggedRequest = tuple[str, str, str, int, int]
"""Host, method, path with query, status, bytes of the body sent."""


class DemoSite:
    """The running municipality. `requests` is the log of everything asked so far, in the order of the answers."""

    def __init__(self, port: int = 0, night: int = 1) -> None:
        self._server = _Server(self, port)
        self.port: int = self._server.server_address[1]
        self.requests: list[LoggedRequest] = []
        self._lock = threading.Lock()
        self._municipality = Municipality(self.port, night)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @cached_property
    def hosts(self) -> list[str]:
        """The host names that this server answers to."""
        return self._municipality.hosts

    @property
    def night(self) -> int:
        """Which night it is: 1, or 2 with its changes. Setting it changes the sites in place."""
        return self._municipality.night

    @night.setter
    def night(self, night: int) -> None:
        self._municipality = Municipality(self.port, night)

    def serve_request(self, host: str, request: Request) -> Served | None:
        """What the sites answer; None where the connection is to be closed without a word."""
        return self._municipality.answer(host, request)

    def log(self, entry: LoggedRequest) -> None:
        """Adds a line to the log."""
        with self._lock:
            self.requests.append(entry)

    def close(self) -> None:
        """Stops serving and frees the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, site: DemoSite, port: int) -> None:
        self.site = site
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away in the middle is no news; anything else is printed as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed's private alias


def _http_date(day: date) -> str:
    return format_datetime(datetime.combine(day, time(1, 0), UTC), usegmt=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "example-municipality"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._respond()

    def do_HEAD(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing is printed: the log is `DemoSite.requests`."""

    def _respond(self) -> None:
        site = self.server.site
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        if host.endswith(_LOOKING):
            host = host.removesuffix(_LOOKING) + f".{DOMAIN}"
        parts = urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        served = site.serve_request(host, Request(self.command, parts.path, parts.query, sent))
        if served is None:
            site.log((host, self.command, self.path, 0, 0))
            self.close_connection = True
            return
        headers = self._validators(served)
        status, body = served.answer.status, served.answer.body
        if status == HTTPStatus.OK and self._known(headers):
            status, body = int(HTTPStatus.NOT_MODIFIED), b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", served.answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        sent_body = b"" if self.command == "HEAD" else body
        site.log((host, self.command, self.path, status, len(sent_body)))  # before the asker can know of the answer
        self.end_headers()
        self.wfile.write(sent_body)

    def _validators(self, served: Served) -> dict[str, str]:
        headers = dict(served.answer.headers)
        if served.answer.status == HTTPStatus.OK and self.command != "POST":
            if served.validators in {"both", "etag"}:
                headers["ETag"] = f'"{hashlib.sha256(served.answer.body).hexdigest()[:20]}"'
            if served.validators in {"both", "date"} and served.answer.modified:
                headers["Last-Modified"] = _http_date(served.answer.modified)
        return headers

    def _known(self, headers: dict[str, str]) -> bool:
        """Whether the client's own copy is still good."""
        tag, asked = headers.get("ETag"), self.headers.get("If-None-Match")
        if tag and asked:
            return tag in asked
        since, modified = self.headers.get("If-Modified-Since"), headers.get("Last-Modified")
        if not since or not modified:
            return False
        try:
            return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
        except ValueError:
            return False


def serve(port: int = 0, night: int = 1) -> DemoSite:
    """Serves the example municipality on 127.0.0.1; a free port where `port` is 0. Raises OSError where it is taken."""
    return DemoSite(port, night)
