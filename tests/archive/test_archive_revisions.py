"""Revisions: what a report said before and says now, who changed it, and what is no change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from by_hand import Crawl, figure, figures, report
from sqlite_utils import Database

from archive.states import Outcome
from archive.storing.reading import Reading
from parsers.model import PAGE_CUT, Figure, Problem, Report, Section


def one(db: Database, sql: str, *values: object) -> Any:
    (row,) = db.execute(sql, list(values)).fetchall()
    return row[0] if len(row) == 1 else row


def test_a_changed_figure_is_a_revision_with_both_snapshots(crawl: Crawl) -> None:
    first = crawl.store(report(figures=figures(requests__granted__total=4, requests__carried_in__total=1)))
    old = crawl.seen["http://jyj.lingzhou.example/2024.html"]
    crawl.fetched = "2026-11-23T01:00:00Z"
    changed = report(figures=figures(requests__granted__total=6, requests__carried_in__total=None))
    second = crawl.store(changed, body=b"2")
    new = crawl.seen["http://jyj.lingzhou.example/2024.html"]
    assert (first.report_key, second.outcome) == (second.report_key, Outcome.REVISED)
    columns = "indicator, old, new, cause, noticed, old_snapshot, new_snapshot"
    assert crawl.archive.db.execute(f"SELECT {columns} FROM revisions ORDER BY indicator").fetchall() == [
        ("requests.carried_in.total", 1, None, "source", "2026-11-23T01:00:00Z", old, new),
        ("requests.granted.total", 4, 6, "source", "2026-11-23T01:00:00Z", old, new),
    ]
    db = crawl.archive.db
    assert one(db, "SELECT total FROM requests WHERE outcome = 'granted'") == 6
    assert one(db, "SELECT snapshot_id, version, first_seen FROM reports") == (new, 2, "2026-11-22T01:00:00Z")
    assert crawl.store(changed, body=b"2").outcome == Outcome.UNCHANGED
    assert one(db, "SELECT count(*) FROM revisions") == 2


def test_other_bytes_that_say_the_same_are_no_revision(crawl: Crawl) -> None:
    crawl.store(report())
    assert crawl.store(report(), body=b"with a counter of visits").outcome == Outcome.UNCHANGED
    blank = figures(requests__granted__total=4, requests__granted__natural_person=4)
    assert crawl.store(report(title="凌州市教育局年报", figures=blank), body=b"3").outcome == Outcome.UNCHANGED
    assert one(crawl.archive.db, "SELECT count(*) FROM revisions") == 0
    assert one(crawl.archive.db, "SELECT title FROM reports") == "凌州市教育局年报"


def test_the_same_bytes_read_better_are_a_revision_of_ours(crawl: Crawl) -> None:
    crawl.store(report(figures=figures(requests__granted__total=None)))
    crawl.store(report(figures=figures(requests__granted__total=4)))
    assert one(crawl.archive.db, "SELECT old, new, cause FROM revisions") == (None, 4, "parser")
    assert one(crawl.archive.db, "SELECT version FROM reports") == 1


def test_a_change_back_is_a_change(crawl: Crawl) -> None:
    for day, total in ((22, 4), (23, 6), (24, 4)):
        crawl.fetched = f"2026-11-{day}T01:00:00Z"
        crawl.store(report(figures=figures(requests__granted__total=total)), body=str(total).encode())
    found = crawl.archive.db.execute("SELECT old, new, cause, noticed, old_snapshot, new_snapshot FROM revisions")
    assert found.fetchall() == [
        (4, 6, "source", "2026-11-23T01:00:00Z", 1, 2),
        (6, 4, "source", "2026-11-24T01:00:00Z", 2, 1),
    ]
    assert one(crawl.archive.db, "SELECT version, first_seen FROM reports") == (3, "2026-11-22T01:00:00Z")


def test_an_attachment_that_could_not_be_fetched_takes_no_figures_away(crawl: Crawl) -> None:
    page, attachment = "http://jyj.lingzhou.example/2024.html", "http://jyj.lingzhou.example/2024.docx"

    def store(found: Report, *documents: tuple[str, bytes]) -> Outcome:
        kept = [(crawl.keep(url, body), "article" if url == page else "attachment") for url, body in documents]
        return crawl.archive.store(
            Reading.of(found), source_id="jyj", url=page, snapshots=kept, run_id=crawl.run_id
        ).outcome

    granted = "SELECT (SELECT count(*) FROM revisions), total FROM requests WHERE outcome = 'granted'"
    whole = report(figures=figures(requests__granted__total=4))
    assert store(whole, (page, b"1"), (attachment, b"2")) == Outcome.NEW
    assert store(report(figures={}), (page, b"with a counter of visits")) == Outcome.UNCHANGED
    assert one(crawl.archive.db, granted) == (0, 4)
    changed = report(figures=figures(requests__granted__total=5))
    assert store(changed, (page, b"another counter"), (attachment, b"3")) == Outcome.REVISED
    assert one(crawl.archive.db, granted) == (1, 5)
    # Both are there, and say nothing.
    assert store(report(figures={}), (page, b"4"), (attachment, b"5")) == Outcome.UNREADABLE
    assert one(crawl.archive.db, granted) == (1, 5)


def test_a_page_that_holds_nothing_of_its_report_any_more_takes_no_figures_away(crawl: Crawl) -> None:
    crawl.store(report(figures=figures(requests__granted__total=4)))
    notice = report(
        figures={}, claims=(), sections=(Section(0, "", "信息公开栏目正在调整，敬请谅解。" * 9),), problems=()
    )
    assert crawl.store(notice, body=b"we are moving").outcome == Outcome.UNREADABLE
    db = crawl.archive.db
    assert one(db, "SELECT total FROM requests WHERE outcome = 'granted'") == 4
    assert one(db, "SELECT (SELECT count(*) FROM revisions), version, status FROM reports") == (0, 1, "complete")
    snapshot = crawl.seen["http://jyj.lingzhou.example/2024.html"]
    assert one(db, "SELECT report_id, snapshot_id FROM problems WHERE code = 'nothing_left'") == (None, snapshot)
    assert crawl.store(report(figures=figures(requests__granted__total=5)), body=b"moved").outcome == Outcome.REVISED


def test_a_page_without_the_numbers_that_were_there_takes_none_away_and_an_emptied_cell_is_a_change(
    crawl: Crawl,
) -> None:
    was = figures(requests__granted__total=4)
    crawl.store(report(figures=was))
    db = crawl.archive.db
    without: list[dict[str, Figure]] = [
        {},
        {name: figure(None) for name in was},
        {name: found for name, found in was.items() if not name.startswith("requests.granted")},
    ]
    without.append(without[2] | {"requests.carried_out.total": figure(None)})
    for number, found in enumerate(without):
        assert crawl.store(report(figures=found), body=bytes([number])).outcome == Outcome.UNREADABLE
    assert one(db, "SELECT count(*) FROM problems WHERE code = 'numbers_gone' AND report_id IS NULL") == 4
    assert one(db, "SELECT (SELECT count(*) FROM revisions), version FROM reports") == (0, 1)
    emptied = was | {"requests.granted.total": figure(None)}
    assert crawl.store(report(figures=emptied), body=b"emptied").outcome == Outcome.REVISED
    assert one(db, "SELECT old, new FROM revisions") == (4, None)


def test_a_page_that_has_been_given_otherwise_since_changes_nothing_when_it_is_read_again(crawl: Crawl) -> None:
    cut = Problem(PAGE_CUT, "The page ends in the middle.")
    four, five = (report(figures=figures(requests__granted__total=total)) for total in (4, 5))
    some = {name: found for name, found in four.figures.items() if "granted" in name}
    half = report(figures=some, problems=(cut,))
    crawl.store(four, body=b"1")
    crawl.fetched = "2026-11-22T02:00:00Z"
    assert crawl.store(half, body=b"2").outcome == Outcome.UNREADABLE
    page = "http://jyj.lingzhou.example/2024.html"
    seen = crawl.seen[page]
    crawl.fetched = "2026-11-22T03:00:00Z"
    assert crawl.store(five, body=b"3").outcome == Outcome.REVISED
    read: dict[str, Any] = {"source_id": "jyj", "url": page, "snapshots": [(seen, "article")], "run_id": crawl.run_id}
    assert crawl.archive.store(Reading.of(half), **read).outcome == Outcome.UNCHANGED
    assert one(crawl.archive.db, "SELECT count(*), max(new) FROM revisions") == (1, 5)


def test_the_page_of_a_report_alone_takes_nothing_from_it_when_it_is_read_again(crawl: Crawl) -> None:
    page, attachment = "http://jyj.lingzhou.example/2024.html", "http://jyj.lingzhou.example/2024.docx"
    kept = [(crawl.keep(page, b"words"), "article"), (crawl.keep(attachment, b"numbers"), "attachment")]
    store: dict[str, Any] = {"source_id": "jyj", "url": page, "run_id": crawl.run_id}
    crawl.archive.store(Reading.of(report()), snapshots=kept, **store)
    alone = crawl.archive.store(Reading.of(report(figures={})), snapshots=kept[:1], **store)
    assert alone.outcome == Outcome.UNCHANGED
    assert one(crawl.archive.db, "SELECT count(*) FROM revisions") == 0


def test_a_page_that_breaks_off_takes_nothing_away_and_what_it_gives_otherwise_stands(crawl: Crawl) -> None:
    broken_off = (Problem(PAGE_CUT, "The page ends in the middle."),)
    some = {name: found for name, found in figures(requests__granted__total=4).items() if "granted" in name}
    assert crawl.store(report(figures=some, problems=broken_off), body=b"0").outcome == Outcome.NEW
    whole = report(figures=figures(requests__granted__total=4))
    assert crawl.store(whole, body=b"1").outcome == Outcome.REVISED
    assert crawl.store(report(figures=some, problems=broken_off), body=b"2").outcome == Outcome.UNREADABLE
    text = (Section(1, "总体情况", "示例："),)
    assert crawl.store(replace(whole, sections=text, problems=broken_off), body=b"3").outcome == Outcome.UNREADABLE
    db = crawl.archive.db
    assert one(db, "SELECT count(*) FROM figures WHERE value IS NOT NULL") > len(some)
    assert one(db, "SELECT count(*) FROM problems WHERE report_id IS NULL AND code = ?", PAGE_CUT) == 2
    never_closed = report(figures=figures(requests__granted__total=5), problems=broken_off)
    assert crawl.store(never_closed, body=b"4").outcome == Outcome.REVISED
    assert crawl.store(never_closed, body=b"with a counter of visits").outcome == Outcome.UNCHANGED


def test_no_change_is_put_down_to_a_page_that_another_parser_read(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl.store(report(figures=figures(requests__granted__total=None)))
    monkeypatch.setattr("archive.storing.reports.reader_digest", lambda: "a better one")
    better = report(figures=figures(requests__granted__total=4))
    assert crawl.store(better, body=b"with a counter of visits").outcome == Outcome.REVISED
    assert one(crawl.archive.db, "SELECT DISTINCT cause, version FROM revisions, reports") == ("parser", 1)
    crawl.store(report(figures=figures(requests__granted__total=5)), body=b"changed")
    assert one(crawl.archive.db, "SELECT cause FROM revisions ORDER BY id DESC LIMIT 1") == "source"


def test_a_report_read_again_is_known_by_its_new_reader(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl.store(report())
    monkeypatch.setattr("archive.storing.reports.reader_digest", lambda: "a newer one")
    assert crawl.store(report()).outcome == Outcome.UNCHANGED
    crawl.store(report(figures=figures(requests__granted__total=5)), body=b"changed")
    assert one(crawl.archive.db, "SELECT DISTINCT cause, reader FROM revisions, reports") == ("source", "a newer one")
