# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""A web of government towns, unlike the demo in its details: the parts that towns are made of, and their server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

SUFFIX = "second.example"
PLACES = {"凌州市": "990100", "澄原区": "990102", "望槐区": "990103", "栖云县": "990121", "梓川县": "990122"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path, the parameters of its address, its body, and its headers (names in lower case)."""

    path: str
    query: Mapping[str, str]
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is no plain page."""

    body: str | bytes = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Page = str | Reply | Callable[[Asked], "str | Reply"]


@dataclass(slots=True)
class Town:
    """One registered listing: its site's pages by path (with query or without; `POST /path` for forms), what must be
    found there as (agency, year), and the state in which it must end."""

    name: str
    agency: str
    listing: str
    pages: dict[str, Page]
    years: Iterable[int] = ()
    found: frozenset[tuple[str, int]] = frozenset()
    state: str = "ok"
    platform: str = ""

    @property
    def host(self) -> str:
        return f"{self.name}.{SUFFIX}"

    @property
    def expected(self) -> set[tuple[str, int]]:
        return {(self.agency, year) for year in self.years} | self.found


def title(agency: str, year: int) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


def text(agency: str, year: int) -> str:
    """The six sections of a report, in as few words as a reader of reports takes for one."""
    return f"""<p>根据《中华人民共和国政府信息公开条例》要求，{agency}编制{year}年度政府信息公开工作年度报告。</p>
<p>一、总体情况</p><p>{year}年主动公开政府信息{year % 97 + 3}条。</p><p>二、主动公开政府信息情况</p><p>无规章。</p>
<p>三、收到和处理政府信息公开申请情况</p><p>本年新收政府信息公开申请{year % 13}件。</p>
<p>四、因政府信息公开工作被申请行政复议、提起行政诉讼情况</p><p>无。</p>
<p>五、存在的主要问题及改进情况</p><p>人手不足。</p><p>六、其他需要报告的事项</p><p>无。</p>"""


def report(agency: str, year: int, named: str | None = None, inside: str = "") -> str:
    """An article that is a report; `named` where the page has another title."""
    named = named or title(agency, year)
    return (
        f"<html><head><title>{named}</title></head><body><div class='crumb'>首页 &gt; 公开 &gt; 年报</div>"
        f"<h1>{named}</h1><p>发布时间：{year + 1}-01-{year % 20 + 5:02d}</p><div id='zoom'>{inside or text(agency, year)}</div>"
        f"</body></html>"
    )


def other(named: str, words: str = "请各单位按要求办理。联系人：陈某。") -> str:
    """An article that is no report."""
    return f"<html><head><title>{named}</title></head><body><h1>{named}</h1><div id='zoom'><p>{words}</p></div></body></html>"


def frame(inside: str, head: str = "") -> str:
    """A page in a site's clothes: menu before, links and keeper behind."""
    menu = "".join(
        f"<li><a href='/{at}/'>{name}</a></li>" for at, name in (("zw", "政务"), ("fw", "服务"), ("hd", "互动"))
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>政府信息公开年报</title>{head}</head><body>"
        f"<div class='top-nav'><ul>{menu}</ul></div>{inside}"
        "<div class='foot'><a href='/about/'>关于本站</a> <a href='/map/'>网站地图</a></div></body></html>"
    )


def cut(whole: str, length: int = 18) -> str:
    return whole if len(whole) <= length else whole[:length] + "…"


def items(
    agency: str, links: Mapping[int, str], pattern: str = "<li><a href='{link}'>{title}</a><span>{date}</span></li>"
) -> str:
    """The rows of a list: `links` maps a year to where its report is."""
    return "".join(
        pattern.format(
            link=link, title=title(agency, year), cut=cut(title(agency, year)), date=f"{year + 1}-01-15", year=year
        )
        for year, link in links.items()
    )


def slices(years: Iterable[int], size: int) -> list[list[int]]:
    whole = list(years)
    return [whole[place : place + size] for place in range(0, len(whole), size)]


def docx(agency: str, year: int) -> Reply:
    """A Word file that is a report."""
    import re
    from io import BytesIO

    from docx import Document

    document = Document()
    document.add_heading(title(agency, year))
    for paragraph in re.findall(r"<p>(.*?)</p>", text(agency, year), re.DOTALL):
        document.add_paragraph(paragraph)
    buffer = BytesIO()
    document.save(buffer)
    return Reply(buffer.getvalue(), kind="application/vnd.openxmlformats-officedocument.wordprocessingml.document")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: TownWeb

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer("POST ")

    def _answer(self, method: str) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        parts = urlsplit(self.path)
        self.server.asked.append((host, method + self.path + (f" {sent}" if sent else "")))
        pages = self.server.towns[host].pages if host in self.server.towns else {}
        asked = (method + self.path, method + parts.path, method + unquote(parts.path))
        page = next((pages[each] for each in asked if each in pages), Reply("<h1>404</h1>", 404))
        if callable(page):
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            page = page(Asked(parts.path, query, sent, headers))
        reply = page if isinstance(page, Reply) else Reply(page)
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, "Content-Length": str(len(body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing is printed."""


class TownWeb(ThreadingHTTPServer):
    """The running towns. `asked` is the log of hosts and requests."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, towns: Iterable[Town]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port: int = self.server_address[1]
        self.towns = {town.host: town for town in towns}
        self.asked: list[tuple[str, str]] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is killed in the middle is what some tests are about."""

    def registry(self, region: str = "990100") -> str:
        """The registry of all towns, as CSV, each in its own district."""
        lines = [
            f"{town.name},{PLACES.get(town.agency[:3], region)},{town.agency},"
            f"http://{town.host}:{self.port}{town.listing},{town.platform},,"
            for town in self.towns.values()
            if town.listing
        ]
        return "\n".join(["id,region_code,agency,listing_url,platform,first_year,note", *lines]) + "\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
