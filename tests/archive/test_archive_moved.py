"""A report that moves to another address of its site goes on there; one that two addresses give has a copy."""

from __future__ import annotations

from typing import Any

from by_hand import Crawl, figures, report

from archive.states import Outcome
from archive.store import SourceLine, Stored
from archive.storing.reading import Reading
from archive.storing.rereading import items

WAS, IS = "http://jyj.lingzhou.example/2024.html", "http://jyj.lingzhou.example/new/2024.html"
OTHER = "http://www.lingzhou.example/jyj/2024.html"
NIGHT_2 = "2026-11-23T01:00:00Z"


def store(crawl: Crawl, total: int, url: str, *once_at: str, source: str = "jyj") -> Stored:
    snapshot = crawl.keep(url, f"{url} {total}".encode())
    return crawl.archive.store(
        Reading.of(report(figures=figures(requests__granted__total=total))),
        source_id=source,
        url=url,
        snapshots=[(snapshot, "article")],
        run_id=crawl.run_id,
        once_at=frozenset(once_at),
    )


def stands(crawl: Crawl) -> Any:
    asked = "SELECT url, source_id, withdrawn, (SELECT total FROM requests WHERE outcome = 'granted') FROM reports"
    return tuple(crawl.archive.db.execute(asked).fetchone())


def test_a_report_that_has_left_its_address_goes_on_at_the_new_one(crawl: Crawl) -> None:
    store(crawl, 4, WAS)
    assert store(crawl, 4, IS, WAS) == (Stored("990100-凌州市教育局-2024-own", Outcome.UNCHANGED, WAS))
    assert stands(crawl) == (IS, "jyj", None, 4)
    assert crawl.archive.given_elsewhere("jyj") == {WAS: IS}
    assert store(crawl, 5, IS).outcome == Outcome.REVISED
    assert store(crawl, 6, WAS, IS) == ("990100-凌州市教育局-2024-own", Outcome.REVISED, IS)
    assert stands(crawl) == (WAS, "jyj", None, 6)


def test_a_report_that_is_still_at_its_address_has_a_copy_elsewhere(crawl: Crawl) -> None:
    store(crawl, 4, WAS)
    assert store(crawl, 5, IS).outcome == Outcome.COPY
    assert stands(crawl) == (WAS, "jyj", None, 4)
    assert crawl.archive.given_elsewhere("jyj") == {IS: WAS}


def test_a_report_whose_address_is_gone_goes_on_where_another_source_gives_it(crawl: Crawl) -> None:
    crawl.archive.register([SourceLine("www", "990100", None, "http://www.lingzhou.example/")])
    store(crawl, 4, WAS)
    assert store(crawl, 5, OTHER, source="www").outcome == Outcome.COPY
    assert crawl.archive.withdraw("jyj", [WAS], NIGHT_2) == []
    assert stands(crawl) == (OTHER, "www", None, 4)
    assert crawl.archive.standing("jyj") == {}
    assert list(crawl.archive.standing("www")) == [OTHER]
    assert not crawl.archive.stored_snapshots("www")  # so that the next crawl reads it, as the report that it now is
    assert store(crawl, 5, OTHER, source="www").outcome == Outcome.REVISED
    problems = "SELECT count(*) FROM problems WHERE code = 'copy_differs'"
    assert crawl.archive.db.execute(problems).fetchone() == (0,)
    assert crawl.archive.withdraw("www", [OTHER], NIGHT_2) == ["990100-凌州市教育局-2024-own"]


def test_a_copy_from_before_a_change_contradicts_nothing_when_it_is_read_again(crawl: Crawl) -> None:
    store(crawl, 4, WAS)
    assert store(crawl, 4, IS).outcome == Outcome.COPY
    before = crawl.seen[IS]
    crawl.fetched = "2026-11-22T02:00:00Z"
    assert store(crawl, 5, WAS).outcome == Outcome.REVISED
    assert store(crawl, 5, IS).outcome == Outcome.COPY
    again = [snapshot for item in items(crawl.archive.db) for snapshot, _ in item.snapshots]
    assert again == [crawl.seen[WAS], crawl.seen[IS]]
    reading = Reading.of(report(figures=figures(requests__granted__total=4)))
    read = crawl.archive.store(reading, source_id="jyj", url=IS, snapshots=[(before, "article")], run_id=crawl.run_id)
    assert read.outcome == Outcome.COPY
    assert crawl.archive.db.execute("SELECT count(*) FROM problems WHERE code = 'copy_differs'").fetchone() == (0,)
