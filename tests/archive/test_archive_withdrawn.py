"""Withdrawn: a report that its site shows no longer is marked with the day and stays; it may come back."""

from __future__ import annotations

from typing import Any

from by_hand import Crawl, report

from archive.store import SourceLine
from archive.storing.reading import Reading

KEY = "990100-凌州市教育局-2024-own"
PAGE, OTHER = "http://jyj.lingzhou.example/2024.html", "http://www.lingzhou.example/jyj/2024.html"
NIGHT_2 = "2026-11-23T01:00:00Z"


def marked(crawl: Crawl) -> Any:
    return crawl.archive.db.execute("SELECT last_seen, withdrawn FROM reports").fetchone()


def test_a_page_that_is_gone(crawl: Crawl) -> None:
    crawl.store(report(), PAGE)
    assert crawl.archive.withdraw("jyj", [PAGE, OTHER], NIGHT_2) == [KEY]
    assert marked(crawl) == ("2026-11-22T01:00:00Z", NIGHT_2)
    assert crawl.archive.db.execute("SELECT count(*) FROM figures").fetchone() == (200,)
    assert crawl.archive.withdraw("jyj", [PAGE], "2026-11-24T01:00:00Z") == []
    assert marked(crawl)[1] == NIGHT_2


def test_what_stands_is_what_a_crawl_found_and_has_not_lost(crawl: Crawl) -> None:
    crawl.store(report(), PAGE)
    assert list(crawl.archive.standing("jyj")) == [PAGE]
    assert crawl.archive.standing("another") == {}
    crawl.archive.withdraw("jyj", [PAGE], NIGHT_2)
    assert crawl.archive.standing("jyj") == {}


def test_a_report_added_by_hand_stands_once_a_crawl_has_found_it(crawl: Crawl) -> None:
    snapshot = crawl.keep(PAGE, b"at hand")
    crawl.archive.store(
        Reading.of(report()), source_id="jyj", url=PAGE, snapshots=[(snapshot, "by_hand")], run_id=crawl.run_id
    )
    assert crawl.archive.standing("jyj") == {}
    crawl.store(report(), PAGE)
    assert list(crawl.archive.standing("jyj")) == [PAGE]


def test_a_report_that_another_address_still_gives_is_not_withdrawn(crawl: Crawl) -> None:
    crawl.archive.register([SourceLine("www", "990100", None, "http://www.lingzhou.example/")])
    crawl.store(report(), PAGE)
    copy = crawl.keep(OTHER, b"copy")
    crawl.archive.store(
        Reading.of(report()), source_id="www", url=OTHER, snapshots=[(copy, "article")], run_id=crawl.run_id
    )
    assert crawl.archive.withdraw("jyj", [PAGE], NIGHT_2) == []


def test_it_comes_back_with_the_same_bytes(crawl: Crawl) -> None:
    crawl.store(report(), PAGE)
    crawl.archive.withdraw("jyj", [PAGE], NIGHT_2)
    assert not crawl.archive.stored_snapshots("jyj")  # so that the crawl reads it again
    crawl.fetched = "2026-11-24T01:00:00Z"
    crawl.store(report(), PAGE)
    assert marked(crawl) == (None, None)
