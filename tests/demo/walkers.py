"""Walks each family's pager the way its own script or links would, and gives every address that the lists name."""

from __future__ import annotations

import http.client
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urlencode, urljoin, urlsplit

import lxml.html

from demo.sources import Source


@dataclass
class Client:
    """Asks the demo server on loopback, naming a host."""

    port: int

    def ask(
        self,
        host: str,
        target: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {"Host": f"{host}:{self.port}", **(headers or {})}
            connection.request(method, quote(target, safe="/?&=%:,.#~+-_"), body=body, headers=sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def text(self, host: str, target: str, method: str = "GET", body: bytes | None = None) -> str:
        status, _, content = self.ask(host, target, method, body)
        assert status == 200, (host, target, status)
        return content.decode("gb18030" if b"charset=gb2312" in content else "utf-8")


def targets(page: str, base: str) -> set[str]:
    """Path and query of every link of a page, resolved against the page's own address."""
    found: set[str] = set()
    for link in re.findall(r"""(?:href|src)=["']([^"']+)["']""", page):
        parts = urlsplit(urljoin(base, unescape(link)))
        found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def walk(client: Client, source: Source) -> set[str]:
    """Every address that the lists of a source name."""
    return _WALKS[source.family](client, source)


def _pages(client: Client, source: Source, names: list[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        found |= targets(client.text(source.host, name), f"http://{source.host}{name}")
    return found


def _trs(client: Client, source: Source) -> set[str]:
    first = client.text(source.host, source.column)
    if source.variant == "count_page":
        total, ext, shift = int(re.findall(r"countPage = (\d+)", first)[0]), "html", 0
    elif source.variant == "one_based":
        total, ext, shift = int(re.findall(r"createPageHTML\('paging', (\d+), 1,", first)[0]), "html", 1
    else:
        total, ext, shift = int(re.findall(r'createPageHTML\((\d+), 0, "index", "shtml"', first)[0]), "shtml", 0
        assert (source.variant == "comment") == ("<!-- <script>createPageHTML" in first)
    return _pages(
        client, source, [source.column] + [f"{source.column}index_{n + shift}.{ext}" for n in range(1, total)]
    )


def _hanweb(client: Client, source: Source) -> set[str]:
    first = client.text(source.host, source.column)
    total = int(re.findall(r"totalRecord:(\d+)", first)[0])
    unit, column = re.findall(r"unitid:'(\d+)'", first)[0], re.findall(r"columnid:(\d+)", first)[0]
    found = {link for link in targets(first, f"http://{source.host}/") if link.startswith("/art/")}
    if source.variant == "page":
        link = re.findall(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', first)
        while link:
            store = client.text(source.host, urljoin("/module/web/jpage/", link[0]))
            found |= targets(store, "http://x/")
            link = re.findall(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', store)
    else:
        form = urlencode({"col": 1, "webid": 39, "columnid": column, "unitid": unit}).encode()
        start = 1
        while start <= total:
            target = f"/module/web/jpage/dataproxy.jsp?startrecord={start}&endrecord=5000&perpage={source.per_page}"
            store = client.text(source.host, target, "POST", form)
            found |= targets(store, "http://x/")
            start += store.count("<record>")
    articles = {link for link in found if link.startswith("/art/")}
    assert len(articles) == total
    return articles


def _next_links(client: Client, source: Source, pattern: str) -> set[str]:
    found: set[str] = set()
    waiting, seen = [source.column], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        page = client.text(source.host, name)
        found |= targets(page, f"http://{source.host}{name}")
        for link in re.findall(pattern, page):
            parts = urlsplit(urljoin(f"http://{source.host}{name}", unescape(link)))
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if target not in seen and target not in waiting:
                waiting.append(target)
    return found


def _ucap(client: Client, source: Source) -> set[str]:
    if source.variant != "json":
        return _next_links(client, source, r'<a href="([^"]+)">下一页</a>')
    channel = re.findall(r'channelId = "(\w{32})"', client.text(source.host, source.column))[0]
    found: set[str] = set()
    page = 1
    while True:
        query = f"page={page}&_pageSize=15&_isAgg=true&_isJson=true&_template=index"
        data = json.loads(client.text(source.host, f"/common/search/{channel}?{query}"))["data"]
        found |= {result["url"] for result in data["results"]}
        if len(found) >= data["total"]:
            return found
        page += 1


def _gkmlpt(client: Client, source: Source) -> set[str]:
    column, _, category = source.column.partition("#")
    shell = client.text(source.host, column)
    config = json.loads(re.findall(r"window\._CONFIG = (\{.*\});", shell)[0])
    found: set[str] = set()
    page = 1
    while True:
        status, _, body = client.ask(
            source.host, f"{config['ROOT']}/api/all/{category}?page={page}&sid={config['SID']}"
        )
        if status == 404:
            return found
        found |= {urlsplit(article["url"]).path for article in json.loads(body)["articles"]}
        page += 1


def _longxun(client: Client, source: Source) -> set[str]:
    first = client.text(source.host, source.column)
    count = int(re.findall(r"pageCount:(\d+)", first)[0])
    return _pages(client, source, [source.column] + [f"{source.column}?pageIndex={n}" for n in range(2, count + 1)])


def _epoint(client: Client, source: Source) -> set[str]:
    if source.variant == "static":
        return _next_links(client, source, r'<li class="ewb-page-li"><a href="([^"]+)">')
    guid = json.loads(re.findall(r"\{.*\}", client.text(source.host, "/js/webBuilderCommon.js"))[0])["siteGuid"]
    found: set[str] = set()
    page = 0
    while True:
        asked = {
            "deptcode": "",
            "categorynum": "003001003",
            "pageIndex": page,
            "pageSize": source.per_page,
            "siteGuid": guid,
        }
        call = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
        custom = json.loads(client.text(source.host, call, "POST", json.dumps(asked).encode()))["custom"]
        found |= {line["infourl"] for line in custom["data"]}
        if len(found) >= int(custom["total"]):
            return found
        page += 1


def _jpaas(client: Client, source: Source) -> set[str]:
    first = client.text(source.host, source.column)
    call, query = re.findall(r'url="([^"]+)" queryData="([^"]+)"', first)[0]
    fields = json.loads(query.replace("'", '"'))
    found: set[str] = set()
    page = 1
    while True:
        wanted = {"paramJson": json.dumps({"pageNo": page, "pageSize": 15})}
        html = json.loads(client.text(source.host, f"{call}?{urlencode(fields | wanted)}"))["data"]["html"]
        found |= targets(html, "http://x/")
        if len(found) >= int(re.findall(r'count="(\d+)"', html)[0]):
            return found
        page += 1


def _plain(client: Client, source: Source) -> set[str]:
    if source.variant == "only":
        return {source.column}
    if source.variant == "script":
        return set(re.findall(r'"url": "([^"]+)"', client.text(source.host, source.column)))
    first = client.text(source.host, source.column)
    frame = re.findall(r'<iframe[^>]+src="([^"]+)"', first)
    found: set[str] = set()
    waiting = frame or [source.column]
    while waiting:
        page = client.text(source.host, waiting[0])
        found |= targets(page, f"http://{source.host}{waiting[0]}")
        waiting = re.findall(r'<a href="([^"]+)">下一页</a>', page)
    return found


_WALKS: dict[str, Callable[[Client, Source], set[str]]] = {
    "trs": _trs,
    "hanweb": _hanweb,
    "ucap": _ucap,
    "gkmlpt": _gkmlpt,
    "vsb": lambda client, source: _next_links(client, source, r'<a href="([^"]+)">下页</a>'),
    "longxun": _longxun,
    "epoint": _epoint,
    "jpaas": _jpaas,
    "eportal": lambda client, source: _next_links(client, source, r'<a href="([^"]+currentPage=[^"]+)">'),
    "plain": _plain,
}


def opened(page: str) -> lxml.html.HtmlElement:
    """A page as a tree; markup that stands JSON-escaped in the page's configuration is opened first."""
    whole = page
    for detail in re.findall(r"window\._CONFIG = (\{.*\});", page):
        whole += json.loads(detail).get("DETAIL", {}).get("content", "")
    return lxml.html.fromstring(whole)


def readable(page: str) -> str:
    """A page's text without any white space."""
    return re.sub(r"\s+", "", opened(page).text_content())


def cells(page: str) -> Counter[str]:
    """The texts of a page's innermost table cells, white space removed, and how often each stands there."""
    return Counter(re.sub(r"\s+", "", cell.text_content()) for cell in opened(page).xpath("//td[not(.//td)]"))
