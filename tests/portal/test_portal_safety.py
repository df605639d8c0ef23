"""Nothing that a site wrote can act on a reader, and nothing that a reader sends can act on the archive."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from lxml import html
from portal_examples import BUREAU, GOVERNMENT, HOSTILE, Get, report_key

PAGES = [
    "/",
    "/agencies",
    "/download",
    "/search",
    "/search?q=" + quote(HOSTILE),
    "/methodology",
    "/about",
    f"/evidence/{quote(report_key())}/requests.granted.total",
    f"/evidence/{quote(report_key(GOVERNMENT, 2022, 'whole'))}/requests.carried_in.natural_person",
    f"/report/{quote(report_key())}",
    f"/report/{quote(report_key(GOVERNMENT, 2022, 'whole'))}",
    f"/agency/{quote('990102-' + BUREAU)}",
    "/region/990121",
    "/archive",
    "/archive/reports",
    "/archive/sections",
    "/archive/other_tables",
    "/archive/cell_notes",
    "/archive/figures_wide",
    "/archive/reports/1",
    "/archive/failed_checks",
    "/archive?sql=select+title+from+reports",
    "/archive/reports?title=" + quote(HOSTILE),
    "/agencies?q=" + quote(HOSTILE),
    "/report/" + quote(HOSTILE),
    "/nothing",
]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_script_or_style_that_the_policy_would_refuse(get: Get, path: str) -> None:
    answer = get(path)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    page = html.document_fromstring(answer.text)
    # what a chart draws stands in blocks of data, which no browser runs
    assert not page.xpath("//script[not(@src) and not(@type)]")
    assert not page.xpath("//script[not(@src) and @type != 'application/json'] | //style | //*[@style]")
    assert not [name for element in page.iter(html.etree.Element) for name in element.attrib if name.startswith("on")]
    for address in page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src"):
        assert address.startswith("/static/")


@pytest.mark.parametrize("path", PAGES)
def test_scraped_text_is_text(get: Get, path: str) -> None:
    assert HOSTILE not in get(path).text


def test_hostile_text_is_shown_as_it_was_written(get: Get) -> None:
    report = html.document_fromstring(get(f"/report/{quote(report_key(GOVERNMENT, 2022, 'whole'))}").text)
    assert HOSTILE in report.xpath("//h1")[0].text_content()
    assert f"{HOSTILE}无" in report.xpath("//table[@id='table-requests']")[0].text_content()


@pytest.mark.parametrize("path", PAGES)
def test_addresses_that_are_not_web_addresses_are_no_links(get: Get, path: str) -> None:
    page = html.document_fromstring(get(path).text)
    for link in page.xpath("//a[@href]"):
        assert re.match(r"(https?://|/|#|\?)", link.get("href")), link.get("href")
        if link.get("href").startswith("http") and not link.get("href").startswith("http://localhost"):
            assert "noopener" in (link.get("rel") or "")


def test_the_site_is_read_only(get: Get) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert get("/archive/reports", method).status_code == 405
    refused = get("/archive?sql=" + quote("delete from reports"))
    assert refused.status_code == 400
    assert get("/archive.json?sql=" + quote("select count(*) as n from reports")).json()["rows"] == [[6]]


def test_robots_are_kept_to_our_pages(get: Get) -> None:
    robots = get("/robots.txt").text
    assert "User-agent: *" in robots
    assert "Disallow: /archive/" in robots
    assert "Disallow: /\n" not in robots + "\n"


def test_static_files_are_kept_for_good_by_their_digest(get: Get) -> None:
    (address,) = html.document_fromstring(get("/").text).xpath("//link[@rel='stylesheet']/@href")
    assert re.search(r"\?[0-9a-f]{12}$", address)
    assert "immutable" in get(address).headers["cache-control"]


def test_errors_show_nothing_of_the_inside(get: Get, capfd: pytest.CaptureFixture[str]) -> None:
    assert get("/archive/nothing").status_code == 404
    assert get("/archive/nothing.json").json()["ok"] is False
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err
