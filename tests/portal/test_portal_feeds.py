"""Atom feeds: valid, newest first, stable, and hostile titles are text in them."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree
from portal_examples import BUREAU, GOVERNMENT, HOSTILE, Get, figure, publish_reports, report

from portal.edition import datasette

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["/feed/reports.atom", "/feed/revisions.atom", f"/feed/agency/{quote('990102-' + BUREAU)}.atom"]


def feed(get: Get, path: str) -> etree._Element:
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def valid(tree: etree._Element) -> None:
    """What RFC 4287 demands of a feed and of its entries."""
    for element in (tree, *tree.xpath("a:entry", namespaces=ATOM)):
        for name in ("id", "title", "updated"):
            (found,) = element.xpath(f"a:{name}", namespaces=ATOM)
            assert found.text
        assert re.match(r"urn:uuid:[0-9a-f-]{36}$", element.findtext("a:id", namespaces=ATOM))
        assert datetime.fromisoformat(element.findtext("a:updated", namespaces=ATOM)).tzinfo
        assert element.xpath("a:author/a:name/text()", namespaces=ATOM)
        for link in element.xpath("a:link/@href", namespaces=ATOM):
            assert re.match(r"https?://", link)
            assert link.isascii()
    assert tree.xpath("a:link[@rel='self']", namespaces=ATOM)
    identities = tree.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(identities)) == len(identities)


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_are_valid(get: Get, path: str) -> None:
    valid(feed(get, path))
    assert get(path).text == get(path).text


def test_new_reports_stand_in_the_feed_and_their_words_are_text(get: Get) -> None:
    tree = feed(get, "/feed/reports.atom")
    titles = tree.xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert f"{GOVERNMENT}2022年报告{HOSTILE}" in titles
    assert HOSTILE not in get("/feed/reports.atom").text
    assert len(titles) == 6
    english = feed(get, "/feed/reports.atom?lang=en")
    assert any("days late" in text for text in english.xpath("a:entry/a:summary/text()", namespaces=ATOM))


def test_an_agency_has_a_feed_of_its_own(get: Get) -> None:
    tree = feed(get, FEEDS[2])
    assert set(tree.xpath("a:entry/a:author/a:name/text()", namespaces=ATOM)) == {BUREAU}
    assert get("/feed/agency/nobody.atom").status_code == 404


def test_pages_name_their_feeds(get: Get) -> None:
    tree = etree.HTML(get(f"/agency/{quote('990102-' + BUREAU)}").text)
    assert set(FEEDS) <= set(tree.xpath("//link[@type='application/atom+xml']/@href"))


def test_what_a_site_changed_stands_in_the_feed_of_revisions(tmp_path: Path) -> None:
    db = publish_reports(tmp_path / "archive.db", [report(year=2021)])
    changed = report(year=2021, cells={"requests.granted.total": figure(5)}, title="改\x0b过的报告")
    publish_reports(db, [report(year=2020, form="form_2019"), changed])
    shown = datasette(db)
    for path in FEEDS[1:]:
        tree = etree.fromstring(asyncio.run(shown.client.get(path)).content)
        valid(tree)
        titles = tree.xpath("a:entry/a:title/text()", namespaces=ATOM)
        assert any("予以公开" in title and "由 4 改为 5" in title for title in titles), titles
