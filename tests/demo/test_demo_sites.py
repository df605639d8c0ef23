"""The example sites over real HTTP: lists lead to every report, pages hold their figures, faults behave as faults."""

from __future__ import annotations

import http.client
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import docx
import pytest
from walkers import Client, cells, readable, walk

import demo
from demo.sources import SITES, SOURCES, Source


@pytest.fixture(scope="module")
def site() -> Iterator[demo.DemoSite]:
    with demo.serve() as served:
        yield served


@pytest.fixture(scope="module")
def client(site: demo.DemoSite) -> Client:
    return Client(site.port)


READABLE = [source for source in SOURCES if source.state == "ok"]
BY_SOURCE: dict[str, list[demo.Expected]] = {source.id: [] for source in SOURCES}
for _report in demo.expected():
    BY_SOURCE[_report.source_id].append(_report)


def source_of(name: str) -> Source:
    return next(source for source in SOURCES if source.id == name)


@pytest.mark.parametrize("source", READABLE, ids=lambda source: source.id)
def test_lists_lead_to_every_report_and_past_near_misses(client: Client, source: Source) -> None:
    named = walk(client, source)
    paths = {path for report in BY_SOURCE[source.id] for path in (report.path, *report.copies)}
    assert paths
    assert paths <= named
    if source.variant not in {"tab", "only"}:
        assert len(named - paths) >= 3


@pytest.mark.parametrize("source", READABLE, ids=lambda source: source.id)
def test_pages_and_files_hold_what_the_truth_says(client: Client, source: Source) -> None:
    for report in BY_SOURCE[source.id]:
        files = [client.ask(source.host, path) for path in report.attachments]
        assert all(status == 200 for status, _, _ in files)
        if report.media == "word":
            files.append(client.ask(source.host, report.path))
        printed = Counter(re.sub(r"\s+", "", text) for text in report.raw.values())
        for _, headers, content in files:
            assert "wordprocessingml" in headers["Content-Type"]
            rows = [row for table in docx.Document(io.BytesIO(content)).tables for row in table.rows]
            assert printed <= Counter(re.sub(r"\s+", "", cell.text) for row in rows for cell in row.cells)
        if report.media == "html":
            page = client.text(source.host, report.path)
            assert re.sub(r"\s+", "", report.title) in readable(page)
            if "全文见附件" not in page:
                assert printed <= cells(page)
                assert all(str(value) in readable(page) for value in report.claims.values())


def test_a_page_in_the_old_encoding_says_gb2312_and_holds_letters_beyond_it(client: Client) -> None:
    _, headers, content = client.ask("jyj.lingzhou.example", "/zfxxgk/zfxxgknb_1916/")
    assert headers["Content-Type"] == "text/html"
    assert b"charset=gb2312" in content
    assert "镕湖路" in content.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        content.decode("gb2312")


def test_links_cut_short_keep_their_title(client: Client) -> None:
    page = client.text("wjw.lingzhou.example", "/col/col45810/index.html")
    anchors = re.findall(r'title="([^"]+)">([^<]+)</a>', page)
    cut = [(title, text) for title, text in anchors if text.endswith("…")]
    assert cut
    assert all(title.startswith(text[:-1]) for title, text in cut)


def test_a_server_that_ignores_startrecord_gives_its_first_page(client: Client) -> None:
    source = source_of("lz-gaj")
    first = client.text(source.host, source.column)
    unit = re.findall(r"unitid:'(\d+)'", first)[0]
    query = f"columnid=12291&unitid={unit}&startrecord=6&endrecord=10&perpage=5"
    store = client.text(source.host, f"/module/web/jpage/dataproxy.jsp?{query}")
    assert store.count("<record>") == source.per_page
    assert unescape(re.findall(r"href='([^']+)'", store)[0]) in first


def test_the_host_that_refuses_says_so_in_robots_txt(client: Client) -> None:
    refused = client.text("slj.lingzhou.example", "/robots.txt")
    assert "Disallow: /\n" in refused
    assert "Disallow: /\n" not in client.text("www.lingzhou.example", "/robots.txt")


@pytest.mark.parametrize(
    ("name", "status", "mark"),
    [
        ("lz-sjj", 200, b"__jsl_clearance"),
        ("lz-yjj", 412, b"$_ts"),
        ("lz-tjj", 521, b"jsl_clearance"),
        ("lz-xczx", 404, "不存在".encode()),
        ("lz-xfj", 200, b"createPageHTML(1, 0"),
        ("lz-sjjj", 200, b'<div id="app">'),
    ],
)
def test_faults_answer_as_faults_do(client: Client, name: str, status: int, mark: bytes) -> None:
    source = source_of(name)
    answered, _, content = client.ask(source.host, source.column)
    assert answered == status
    assert mark in content


def test_the_unreachable_host_closes_the_connection_without_a_word(client: Client) -> None:
    source = source_of("lz-tyj")
    with pytest.raises(http.client.RemoteDisconnected):
        client.ask(source.host, source.column)


def test_the_pager_that_fails_states_more_pages_than_answer(client: Client) -> None:
    source = source_of("lz-twjr")
    total = int(re.findall(r"createPageHTML\((\d+), 0", client.text(source.host, source.column))[0])
    statuses = [client.ask(source.host, f"{source.column}index_{page}.shtml")[0] for page in range(1, total)]
    assert statuses == [200] * (total - 2) + [503]
    assert BY_SOURCE[source.id]


def test_unknown_paths_and_hosts(client: Client) -> None:
    status, _, content = client.ask("www.lingzhou.example", "/nowhere.html")
    assert status == 404
    assert "不存在" in content.decode()
    assert client.ask("www.elsewhere.example", "/")[0] == 400


def test_validators_spare_what_has_not_changed(client: Client) -> None:
    report = next(report for report in BY_SOURCE["lz-szf"] if report.media == "html")
    status, headers, _ = client.ask(report.host, report.path)
    assert status == 200
    again = client.ask(report.host, report.path, headers={"If-None-Match": headers["ETag"]})
    assert (again[0], again[2]) == (304, b"")
    since = client.ask(report.host, report.path, headers={"If-Modified-Since": headers["Last-Modified"]})
    assert since[0] == 304
    older = client.ask(report.host, report.path, headers={"If-Modified-Since": "Tue, 01 Jan 2019 00:00:00 GMT"})
    assert older[0] == 200
    assert "ETag" not in client.ask("wjw.lingzhou.example", "/col/col45810/index.html")[1]


def test_head_gives_the_length_and_no_body_and_everything_is_logged() -> None:
    with demo.serve() as served:
        client = Client(served.port)
        status, headers, content = client.ask("www.lingzhou.example", "/", "HEAD")
        assert (status, content) == (200, b"")
        assert int(headers["Content-Length"]) > 500
        body = client.ask("www.lingzhou.example", "/")[2]
        assert served.requests == [
            ("www.lingzhou.example", "HEAD", "/", 200, 0),
            ("www.lingzhou.example", "GET", "/", 200, len(body)),
        ]
        assert set(served.hosts) == set(SITES)


def test_the_second_night_in_place() -> None:
    with demo.serve() as served:
        client = Client(served.port)
        first = {(report.source_id, report.year): report for report in demo.expected()}
        gone, cosmetic = first["lz-sthj", 2020], first["lz-cyq", 2023]
        before = client.ask(cosmetic.host, cosmetic.path)
        assert client.ask(gone.host, gone.path)[0] == 200
        served.night = 2
        assert client.ask(gone.host, gone.path)[0] == 404
        assert gone.path not in walk(client, source_of("lz-sthj"))
        added = next(report for report in demo.expected(night=2) if "added" in report.flags)
        assert added.path in walk(client, source_of("lz-scjg"))
        after = client.ask(cosmetic.host, cosmetic.path, headers={"If-None-Match": before[1]["ETag"]})
        assert after[0] == 200
        assert after[2] != before[2]
        assert readable(after[2].decode()) == readable(before[2].decode())


def test_a_report_posted_twice_says_the_same_twice(client: Client) -> None:
    reposted = [report for report in demo.expected() if report.copies]
    assert [(report.source_id, report.year) for report in reposted] == [("lz-zjj", 2023)]
    report = reposted[0]
    first, second = (client.text(report.host, path) for path in (report.path, *report.copies))
    assert first != second
    assert cells(first) == cells(second)


def test_a_person_can_look_at_a_site_under_localhost(client: Client) -> None:
    assert client.text("www.localhost", "/") == client.text("www.lingzhou.example", "/")


def test_everything_says_that_it_is_an_example(client: Client) -> None:
    for host in SITES:
        if host.startswith(("tyj.", "sjj.", "yjj.", "tjj.", "xczxj.")):
            continue
        assert "示例网站" in client.text(host, "/") or host.startswith("sjjj.")


def test_word_files_are_well_formed_packages(client: Client) -> None:
    report = next(report for report in demo.expected() if report.media == "word")
    content = client.ask(report.host, report.path)[2]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert "word/document.xml" in package.namelist()
    assert urlsplit(report.url(80)).hostname == report.host
