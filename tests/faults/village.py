"""A few agencies' sites on one loopback port, whose reports say which edition of themselves they are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from demo.statutory import FORM_2021, Grid, requests_grid

SUFFIX = "village.example"
AGENCIES = {"edu": "凌州市教育局", "civ": "凌州市民政局", "wat": "凌州市水务局"}
YEARS = (2025, 2024)
CHANGING = "requests.new_received.total"  # the cell that is another in each edition of the newest report
FIXED = 7  # the same cell in the reports of the years before

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers for every host of the village."""

    protocol_version = "HTTP/1.1"
    server: Village

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        village = self.server
        village.asked.append((host, self.path))
        if village.before_answer is not None:
            village.before_answer(self)
        if (own := village.answers.get(host)) is not None:
            own(self)
            return
        name, path = host.partition(".")[0], self.path
        pages = {"/nb/": listing(name)} | {
            f"/nb/{year}.html": report(AGENCIES.get(name, ""), year, village.edition if year == YEARS[0] else FIXED)
            for year in YEARS
        }
        found = path in pages and name in AGENCIES
        self.send(200 if found else 404, pages[path] if found else "<h1>404</h1>")

    def send(self, status: int, body: str | bytes, kind: str = "text/html; charset=utf-8") -> None:
        """A whole answer."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing is printed."""


class Village(ThreadingHTTPServer):
    """The running sites. `edition` is the figure in the newest reports; `answers` maps a host to what it does instead;
    `before_answer` is called with every request; `asked` is the log of hosts and paths."""

    daemon_threads = True
    request_queue_size = 1024

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.port: int = self.server_address[1]
        self.edition = 1
        self.answers: dict[str, Answer] = {}
        self.before_answer: Answer | None = None
        self.asked: list[tuple[str, str]] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def registry(self, more: tuple[str, ...] = ()) -> str:
        """The registry of all agencies, and of `more` hosts of agencies without a name, as CSV."""
        lines = [f"{name},990100,{agency},http://{host(name)}:{self.port}/nb/,,," for name, agency in AGENCIES.items()]
        lines += [f"{name},990100,,http://{host(name)}:{self.port}/nb/,,," for name in more]
        return "\n".join(["id,region_code,agency,listing_url,platform,first_year,note", *lines]) + "\n"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is killed in the middle is what these tests are about."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


def host(name: str) -> str:
    """The host of an agency."""
    return f"{name}.{SUFFIX}"


def title(agency: str, year: int) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


def listing(name: str, years: tuple[int, ...] = YEARS) -> str:
    """The list of an agency's reports."""
    rows = "".join(
        f"<li><a href='{year}.html'>{title(AGENCIES.get(name, ''), year)}</a><span>{year + 1}-01-15</span></li>"
        for year in years
    )
    return f"<html><body><ul class='list'>{rows}</ul></body></html>"


def report(agency: str, year: int, edition: int, more: str = "") -> str:
    """A report on the form of 2021 that says `edition` for the applications it received, all of which it granted."""
    rows = ("new_received", "granted", "closed_total")

    def printed(indicator: str) -> str:
        _, row, column = indicator.split(".")
        return str(edition) if row in rows and column in ("natural_person", "total") else "0"

    words = (
        f"<p>根据《中华人民共和国政府信息公开条例》要求，{agency}编制{year}年度政府信息公开工作年度报告。</p>"
        f"<p>一、总体情况</p><p>{year}年主动公开政府信息{year % 97 + 3}条。</p>"
        f"<p>二、主动公开政府信息情况</p><p>无规章。</p><p>三、收到和处理政府信息公开申请情况</p>"
        f"{_table(requests_grid(FORM_2021, printed))}"
        "<p>四、因政府信息公开工作被申请行政复议、提起行政诉讼情况</p><p>无。</p>"
        f"<p>五、存在的主要问题及改进情况</p><p>人手不足。</p>{more}<p>六、其他需要报告的事项</p><p>无。</p>"
    )
    named = title(agency, year)
    return (
        f"<html><head><title>{named}</title></head><body><h1>{named}</h1><p>发布时间：{year + 1}-01-15</p>"
        f"<div id='zoom'>{words}</div></body></html>"
    )


def _table(grid: Grid) -> str:
    rows = (
        "".join(f"<td colspan='{cell.columns}' rowspan='{cell.rows}'>{cell.text}</td>" for cell in row) for row in grid
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
