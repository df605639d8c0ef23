"""Saved pages of every family, each with what must be read from it beside it (`<page>.expect.json`)."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler import platforms
from crawler.platforms import articles
from crawler.platforms.page import Fetch, Page

PAGES = Path(__file__).with_name("pages")
SAVED = sorted(path for path in PAGES.rglob("*") if path.is_file() and not path.name.endswith(".expect.json"))


def expectation(path: Path) -> dict[str, Any]:
    beside = path.with_name(path.name + ".expect.json")
    assert beside.exists(), f"{path} has no expectation beside it"
    expected: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
    return expected


def shown(fetch: Fetch) -> dict[str, str]:
    told = {"method": "" if fetch.method == "GET" else fetch.method, "url": fetch.url, "body": fetch.body}
    return {name: value for name, value in told.items() if value}


@pytest.mark.parametrize("path", SAVED, ids=[str(path.relative_to(PAGES)) for path in SAVED])
def test_a_saved_page_is_read_as_expected(path: Path) -> None:
    expected = expectation(path)
    page = Page(expected["url"], path.read_text(encoding="utf-8"), expected.get("context"))
    platform = platforms.detect(page)
    assert (platform.NAME if platform else None) == expected["platform"]
    if "listing" in expected:
        assert platform is not None
        listing = platform.listing(page)
        assert [[entry.url, entry.title, entry.date] for entry in listing.entries] == expected["listing"]["entries"]
        assert [shown(fetch) for fetch in listing.following] == expected["listing"]["following"]
        assert [[shown(fetch) for fetch in way] for way in listing.otherwise] == expected["listing"]["otherwise"]
        assert [shown(fetch) for fetch in listing.columns] == expected["listing"].get("columns", [])
        assert (listing.items, listing.pages) == (expected["listing"]["items"], expected["listing"]["pages"])
    elif "article" in expected:
        article = platform.article(page) if platform is not None else articles.read(page)
        attachments = [[attachment.url, attachment.name] for attachment in article.attachments]
        assert attachments == expected["article"]["attachments"]
        assert (article.title, article.published) == (expected["article"]["title"], expected["article"]["published"])
        assert (shown(article.body) if article.body else None) == expected["article"]["body"]


def test_every_family_has_saved_pages() -> None:
    assert {path.relative_to(PAGES).parts[0] for path in SAVED} >= platforms.NAMES


def test_a_registered_platform_is_preferred_only_where_the_page_merely_hints() -> None:
    hint = Page(
        "http://swj.lingzhou.example/swj/gknb/list.shtml", "<ul><li><a href='a.shtml'>甲</a>2024-01-15</li></ul>"
    )
    assert platforms.detect(hint, "generic") is platforms.by_name("generic")
    sure = Page("http://swj.lingzhou.example/nb/", "<script>createPageHTML(2,0,'index','html')</script>")
    assert platforms.detect(sure, "hanweb") is platforms.by_name("trs")


@pytest.mark.parametrize(
    "text", ["", "\x00", "<", "<a href='http://[::1'>x</a>", "<datastore>", "{", '{"data": 1}', "[]"]
)
@pytest.mark.parametrize("url", ["http://a.example/col/col1/index.html", "http://a.example/gkmlpt/api/all/1?page=1"])
def test_damaged_pages_are_read_without_an_exception(text: str, url: str) -> None:
    page = Page(url, text)
    for name in platforms.NAMES:
        platform = platforms.by_name(name)
        platform.recognise(page)
        platform.listing(page)
        platform.article(page)


def test_a_page_with_very_many_links_is_read_in_a_moment() -> None:
    rows = "".join(
        f"<li><a href='/nb/{n}.html'>凌州市第{n}局2022年政府信息公开工作年度报告</a> 2023-01-15</li>"
        for n in range(5000)
    )
    page = Page("http://a.example/nb/", f"<ul>{rows}</ul>" + "<div>" * 3000)
    platform = platforms.detect(page)
    assert platform is not None
    assert len(platform.listing(page).entries) == 5000
