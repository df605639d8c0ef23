"""Storing: what goes in comes out, twice is once, changes are revisions, and half a report is none."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from by_hand import Crawl, figure, figures, report
from sqlite_utils import Database

from archive.states import Outcome, SourceState
from archive.store import Archive, SourceLine
from archive.tables.places import CellPlace, Packed, unpack
from parsers.model import Figure, Problem, Report

Dump = Callable[[Database], Mapping[str, list[Any]]]


def one(db: Database, sql: str, *values: object) -> Any:
    (row,) = db.execute(sql, list(values)).fetchall()
    return row[0] if len(row) == 1 else row


def test_a_report_is_in_every_table_that_it_speaks_to(crawl: Crawl) -> None:
    stored = crawl.store(report())
    db = crawl.archive.db
    assert stored == ("990100-凌州市教育局-2024-own", Outcome.NEW, None)
    kept = next(db.table("reports").rows)
    assert (kept["year"], kept["status"], kept["timeliness"], kept["checks_failed"]) == (2024, "complete", "on_time", 1)
    assert (kept["first_seen"], kept["last_seen"], kept["withdrawn"]) == ("2026-11-22T01:00:00Z", None, None)
    assert one(db, "SELECT count(*), sum(total), sum(natural_person) FROM requests") == (25, 4, 4)
    assert one(db, "SELECT count(*), total(review_total) FROM remedies") == (1, 0)
    assert one(db, "SELECT count(*) FROM proactive") == 10
    assert one(db, "SELECT count(*), sum(value) FROM figures") == (200, 8)
    assert one(db, "SELECT text FROM sections") == "示例：本文为演示而作。"
    assert one(db, "SELECT value, span_start, span_end FROM claims") == (4707, 4, 8)
    assert json.loads(one(db, "SELECT rows FROM other_tables")) == [["序号", "主题"], ["1", "开学"]]
    assert one(db, "SELECT code, at FROM problems") == ("row_unknown", "table 3 row 1")
    checks = db.execute('SELECT rule, scope, "left", "right", result, tally FROM checks ORDER BY rule').fetchall()
    assert checks == [("A1", None, None, None, "pass", 2), ("A2", "total", 4, 0, "fail", 1)]
    assert one(db, "SELECT name, region_code, level, kind, field FROM agencies") == (
        *("凌州市教育局", "990100", "city", "department", "education"),
    )
    assert [row["code"] for row in db.table("regions").rows] == ["990000", "990100"]


def test_the_long_view_names_its_figures(crawl: Crawl) -> None:
    crawl.store(report())
    row = next(crawl.archive.db.query("SELECT * FROM figures WHERE indicator = 'requests.granted.natural_person'"))
    assert row == {
        "report_id": 1,
        "report_key": "990100-凌州市教育局-2024-own",
        "agency": "凌州市教育局",
        "region_code": "990100",
        "region": "凌州市",
        "year": 2024,
        "form": "form_2021",
        "indicator": "requests.granted.natural_person",
        "value": 4,
        "read_value": 4,
        "corrected": 0,
    }


def test_a_correction_shows_beside_what_was_read_and_lapses_when_the_source_changes_the_cell(crawl: Crawl) -> None:
    crawl.store(report())
    db = crawl.archive.db
    key, indicator = "990100-凌州市教育局-2024-own", "requests.granted.total"
    db.table("corrections").insert(
        {"report_key": key, "indicator": indicator, "value": 5, "who": "编者", "why": "误读", "when": "2026-11-23"}
    )
    question = "SELECT value, read_value, corrected FROM figures WHERE indicator = ?"
    assert one(db, question, indicator) == (5, 4, 1)
    crawl.store(report(figures=figures(requests__granted__total=7)), body=b"2")
    assert one(db, question, indicator) == (7, 7, 0)


def unpacked(crawl: Crawl, table: str) -> dict[str, CellPlace]:
    """The places of a table of the only report."""
    row = crawl.archive.db.execute(
        'SELECT l.layout, e.places FROM evidence e JOIN layouts l ON l.id = e.layout_id WHERE e."table" = ?', [table]
    ).fetchone()
    return unpack(Packed(*row))


def test_evidence_finds_every_cell_again(crawl: Crawl) -> None:
    found = report()
    crawl.store(found)
    rows = list(crawl.archive.db.table("evidence").rows)
    assert {row["table"] for row in rows} == {name.split(".")[0] for name in found.figures}
    assert {row["snapshot_id"] for row in rows} == {crawl.seen["http://jyj.lingzhou.example/2024.html"]}
    places = {f"{row['table']}.{cell}": place for row in rows for cell, place in unpacked(crawl, row["table"]).items()}
    assert {name: (place.at, place.place) for name, place in places.items()} == {
        name: (cell.at, cell.place) for name, cell in found.figures.items()
    }


def test_evidence_of_cells_from_several_tables_or_without_a_path(crawl: Crawl) -> None:
    odd = {
        "requests.granted.total": figure(1, at="line 7"),
        "requests.granted.org_other": figure(1, at="table 3 row 1 column 2"),
        "requests.carried_in.total": figure(1, at="table 4 row 1 column 2", place="p[3]"),
        "requests.carried_in.org_other": figure(1, at="table 3 row 9 column 2"),
    }
    crawl.store(report(figures=odd))
    places = unpacked(crawl, "requests")
    assert places["granted.total"].at == "line 7"
    assert places["carried_in.total"].at == "table 4 row 1 column 2"
    assert places["carried_in.total"].place == "p[3]"
    assert places["carried_in.org_other"].at == "table 3 row 9 column 2"


def test_only_a_cell_that_is_more_than_its_number_has_a_note(crawl: Crawl) -> None:
    cells = figures() | {
        "requests.granted.total": figure(4, raw="\u3000 4\u00a0"),
        "requests.new_received.total": figure(None),
        "requests.carried_in.total": Figure(None, "not_applicable", "/", "table 1 row 1 column 1"),
        "requests.carried_out.total": figure(1234, raw="1,234"),
        "a20_8.admin_fees.amount": figure(Decimal("25.1"), raw="251000元", unit="万元"),
        "a20_1.regulations.issued": figure(2, method="ocr"),
    }
    crawl.store(report(figures=cells))
    notes = {row["indicator"]: row for row in crawl.archive.db.table("cell_notes").rows}
    assert {name: (note["kind"], note["raw"]) for name, note in notes.items()} == {
        "requests.new_received.total": ("blank", ""),
        "requests.carried_in.total": ("not_applicable", "/"),
        "requests.carried_out.total": ("number", "1,234"),
        "a20_8.admin_fees.amount": ("number", "251000元"),
        "a20_1.regulations.issued": ("number", "2"),
    }
    assert notes["a20_1.regulations.issued"]["method"] == "ocr"
    row = one(crawl.archive.db, "SELECT value, typeof(value) FROM proactive WHERE indicator LIKE 'a20_8%'")
    assert row == (25.1, "real")


def test_blank_is_null_and_zero_is_zero(crawl: Crawl) -> None:
    crawl.store(report(figures=figures(requests__granted__org_other=None)))
    assert one(crawl.archive.db, "SELECT org_other, total FROM requests WHERE outcome = 'granted'") == (None, 0)


@pytest.mark.parametrize("impossible", [Decimal("3.5"), 10**30, Decimal("1e40")])
def test_a_number_that_no_count_can_be_keeps_its_raw_text_only(crawl: Crawl, impossible: Any) -> None:
    cell = Figure(impossible, "number", "odd", "table 1 row 1 column 1")
    assert crawl.store(report(figures=figures() | {"requests.granted.total": cell})).outcome == Outcome.NEW
    assert one(crawl.archive.db, "SELECT total FROM requests WHERE outcome = 'granted'") is None
    assert one(crawl.archive.db, "SELECT raw FROM cell_notes") == "odd"


def test_codes_keep_their_zeros_and_counts_are_integers(crawl: Crawl) -> None:
    crawl.store(report(region_code="010100", region="零州市"))
    db = crawl.archive.db
    assert one(db, "SELECT code, name FROM regions WHERE code LIKE '01%'") == ("010100", "零州市")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE requests SET total = 'many'")


def test_storing_the_same_twice_changes_nothing_but_the_ledger(crawl: Crawl, dump: Dump) -> None:
    crawl.store(report())
    crawl.store(
        Report.unreadable("encrypted", "The file is locked by a password."), "http://jyj.lingzhou.example/x.pdf"
    )
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {"reports": 1})
    crawl.archive.end_run(crawl.run_id, finished=True, summary={"new": 1})
    before = dump(crawl.archive.db)
    path = crawl.archive.path
    crawl.archive.close()
    with Archive(path) as again:
        again.register([SourceLine("jyj", "990100", "凌州市教育局", "http://jyj.lingzhou.example/nb/", "trs", 2019)])
        second = Crawl(again, again.begin_run("crawl"), fetched="2026-11-23T01:00:00Z")
        assert second.store(report()).outcome == Outcome.UNCHANGED
        second.store(
            Report.unreadable("encrypted", "The file is locked by a password."), "http://jyj.lingzhou.example/x.pdf"
        )
        again.set_state(second.run_id, "jyj", SourceState.UNCHANGED, {})
        assert dump(again.db) == before
        assert one(again.db, "SELECT count(*) FROM runs") == 2


def test_the_same_report_at_another_address_is_a_copy(crawl: Crawl, dump: Dump) -> None:
    crawl.store(report())
    copy = "http://www.lingzhou.example/jyj/2024.html"
    assert crawl.store(report(title="年报"), copy, b"2") == ("990100-凌州市教育局-2024-own", Outcome.COPY, None)
    db = crawl.archive.db
    assert one(db, "SELECT count(*), max(url) FROM reports") == (1, "http://jyj.lingzhou.example/2024.html")
    assert one(db, "SELECT role FROM report_snapshots WHERE snapshot_id = ?", crawl.seen[copy]) == "copy"
    before = dump(db)
    crawl.store(report(), "http://jyj.lingzhou.example/2024.html")
    crawl.store(report(title="年报"), copy, b"2")
    assert dump(db) == before


def test_a_copy_that_contradicts_is_told_and_does_not_replace(crawl: Crawl, dump: Dump) -> None:
    crawl.store(report(problems=()))
    other = report(figures=figures(requests__granted__total=9), problems=())
    copy = "http://www.lingzhou.example/jyj/2024.html"
    assert crawl.store(other, copy, b"2").outcome == Outcome.COPY
    db = crawl.archive.db
    message = one(db, "SELECT message FROM problems WHERE code = 'copy_differs' AND at = ?", copy)
    assert "requests.granted.total 4 here, 9 there" in message
    assert one(db, "SELECT total FROM requests WHERE outcome = 'granted'") == 4
    before = dump(db)
    crawl.store(report(problems=()))
    crawl.store(other, copy, b"2")
    assert dump(db) == before


def test_a_copy_that_has_more_becomes_the_report(crawl: Crawl, dump: Dump) -> None:
    part = {name: cell for name, cell in figures().items() if not name.startswith("remedies.")}
    crawl.store(report(figures=part))
    assert one(crawl.archive.db, "SELECT status FROM reports") == "partial"
    full = "http://www.lingzhou.example/jyj/2024.html"
    assert crawl.store(report(figures=figures()), full, b"2").outcome == Outcome.REVISED
    assert one(crawl.archive.db, "SELECT status, url FROM reports") == ("complete", full)
    before = dump(crawl.archive.db)
    crawl.store(report(figures=part))
    crawl.store(report(figures=figures()), full, b"2")
    assert dump(crawl.archive.db) == before


def test_a_page_read_better_as_another_report_leaves_no_ghost(crawl: Crawl) -> None:
    crawl.store(report(year=2023))
    assert crawl.store(report(year=2024)) == ("990100-凌州市教育局-2024-own", Outcome.UNCHANGED, None)
    assert one(crawl.archive.db, "SELECT count(*), year FROM reports") == (1, 2024)
    crawl.store(report(year=2022), "http://jyj.lingzhou.example/2022.html", b"2")
    crawl.store(report(year=2024), "http://jyj.lingzhou.example/2022.html", b"2")
    assert one(crawl.archive.db, "SELECT count(*), year, url FROM reports") == (
        *(1, 2024, "http://jyj.lingzhou.example/2024.html"),
    )
    assert one(crawl.archive.db, "SELECT count(DISTINCT report_id) FROM requests") == 1


def test_an_agency_that_was_only_misread_goes_with_its_report(crawl: Crawl) -> None:
    crawl.store(report(agency="凌州市教育"))
    assert crawl.store(report()).report_key == "990100-凌州市教育局-2024-own"
    assert crawl.archive.db.execute("SELECT name FROM agencies").fetchall() == [("凌州市教育局",)]


def test_an_address_that_now_shows_another_year_keeps_both(crawl: Crawl) -> None:
    crawl.store(report(year=2023))
    assert crawl.store(report(year=2024), body=b"2").outcome == Outcome.NEW
    assert crawl.archive.db.execute("SELECT year FROM reports ORDER BY year").fetchall() == [(2023,), (2024,)]


def test_scope_and_year_tell_reports_of_an_agency_apart(crawl: Crawl) -> None:
    keys = {
        crawl.store(report(**more), f"http://a.example/{number}", str(number).encode()).report_key
        for number, more in enumerate(({}, {"year": 2023}, {"scope": "whole"}, {"scope": None, "year": 2022}))
    }
    assert len(keys) == 4
    assert one(crawl.archive.db, "SELECT count(*) FROM agencies") == 1


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        (Report.unreadable("empty", "The file is empty."), "empty"),
        (report(agency=None, problems=()), "identity_unknown"),
        (report(year=None, problems=()), "identity_unknown"),
    ],
)
def test_what_is_no_report_leaves_its_problem_beside_the_snapshot(crawl: Crawl, reading: Report, code: str) -> None:
    stored = crawl.store(reading)
    assert stored == (None, Outcome.UNREADABLE, None)
    snapshot = crawl.seen["http://jyj.lingzhou.example/2024.html"]
    assert one(crawl.archive.db, "SELECT report_id, snapshot_id, code FROM problems") == (None, snapshot, code)
    assert one(crawl.archive.db, "SELECT count(*) FROM reports") == 0
    assert crawl.store(report()).outcome == Outcome.NEW
    assert one(crawl.archive.db, "SELECT count(*) FROM problems WHERE report_id IS NULL") == 0


def test_an_error_in_the_middle_leaves_nothing(crawl: Crawl, dump: Dump, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl.store(report())
    crawl.keep("http://jyj.lingzhou.example/2024.html", b"2")
    before = dump(crawl.archive.db)
    broken = report(figures=figures(requests__granted__total=6), problems=(Problem("x", None),))  # type: ignore[arg-type]  # not NULL
    with pytest.raises(sqlite3.IntegrityError):
        crawl.store(broken, body=b"2")
    assert dump(crawl.archive.db) == before
    with pytest.raises(sqlite3.IntegrityError):
        crawl.store(report(year=2020, problems=broken.problems), body=b"2")
    assert dump(crawl.archive.db) == before


@pytest.mark.parametrize(
    ("facts", "timeliness", "days_late"),
    [
        ({"published": "2025-01-31"}, "on_time", None),
        ({"published": "2025-02-03"}, "late", 3),
        ({"published": "2025-03-31", "kind": "government"}, "on_time", None),
        ({"published": "2025-04-01", "kind": "government"}, "late", 1),
        ({"published": "2019-03-20", "year": 2018}, "on_time", None),
        ({"published": "2020-03-20", "year": 2019}, "late", 49),
        ({"published": "2025-02-10", "kind": "government", "level": "township"}, "late", 10),
        ({"published": None}, "unknown", None),
        ({"published": "about January"}, "unknown", None),
        ({"published": "2026-06-29"}, "date_uncertain", None),
        ({"published": "2023-01-10"}, "date_uncertain", None),
        ({"published": "2025-02-03", "problems": (Problem("date_uncertain", "Two dates."),)}, "date_uncertain", None),
    ],
)
def test_timeliness(crawl: Crawl, facts: dict[str, Any], timeliness: str, days_late: int | None) -> None:
    crawl.store(report(**facts))
    assert one(crawl.archive.db, "SELECT timeliness, days_late FROM reports") == (timeliness, days_late)


def test_what_was_seen_by_the_deadline_was_published_by_then(crawl: Crawl) -> None:
    crawl.fetched = "2025-01-30T01:00:00Z"
    crawl.store(report(published=None))
    crawl.fetched = "2026-01-30T01:00:00Z"
    crawl.store(report(published="2025-06-29"), body=b"the site has moved to other software")
    assert one(crawl.archive.db, "SELECT timeliness FROM reports") == "on_time"


def test_a_page_dated_anew_keeps_the_earlier_date(crawl: Crawl) -> None:
    crawl.store(report(published="2025-01-20"))
    crawl.store(report(published="2025-06-29"), body=b"2")
    assert one(crawl.archive.db, "SELECT published, timeliness FROM reports") == ("2025-01-20", "on_time")


def test_one_state_a_source_and_run(archive: Archive) -> None:
    run = archive.begin_run("crawl")
    archive.set_state(run, "jyj", SourceState.BROKEN, "the callback failed")
    archive.set_state(run, "jyj", SourceState.REFUSED, {"robots.txt": "Disallow: /"})
    archive.end_run(run, finished=True, summary={"sources": 1})
    assert one(archive.db, "SELECT state, evidence FROM source_states") == ("refused", '{"robots.txt": "Disallow: /"}')
    assert one(archive.db, "SELECT finished, summary FROM runs") == (1, '{"sources": 1}')
    with pytest.raises(ValueError, match="sleeping"):
        archive.set_state(run, "jyj", "sleeping", {})  # type: ignore[arg-type]  # not a state
    assert all(state.sentence.endswith(".") for state in SourceState)


def test_responses_are_remembered_for_conditional_requests(crawl: Crawl) -> None:
    url = "http://jyj.lingzhou.example/nb/"
    first = crawl.keep(url, b"listing", etag='"1"', last_modified="Mon, 20 Jan 2025 00:00:00 GMT")
    crawl.fetched = "2026-11-23T01:00:00Z"
    assert crawl.keep(url, b"", status=304, etag='"1b"') == first
    held = crawl.archive.held(f"GET {url}")
    assert held is not None
    assert (held.snapshot_id, held.since) == (first, "2026-11-22T01:00:00Z")
    last = held.snapshot
    assert (last.fetched, last.sha256[:4], last.status, last.etag, last.last_modified) == (
        *("2026-11-23T01:00:00Z", "0fc4", 200, '"1b"', "Mon, 20 Jan 2025 00:00:00 GMT"),
    )
    other = crawl.keep(url, b"listing of two")
    assert other != first
    crawl.fetched = "2026-11-24T01:00:00Z"
    assert crawl.keep(url, b"listing") == first
    assert crawl.archive.held("GET http://nowhere.example/") is None


def test_a_night_carried_on_is_no_second_of_the_one_before(archive: Archive) -> None:
    db, second, later = archive.db, "2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"
    for ended in (second, "2026-11-22T00:59:59Z"):
        whole = archive.begin_run("crawl")
        archive.end_run(whole, True, {})
        db.table("runs").update(whole, {"ended": ended})
        for started in (second, later):
            db.table("runs").update(archive.begin_run("crawl"), {"started": started})
        begun = archive.unfinished_since(archive.begin_run("crawl"))
        assert begun == (second if ended < second else "2026-11-22T01:00:01Z")
    archive.end_run(whole := archive.begin_run("crawl"), True, {})
    assert archive.unfinished_since(whole + 1) is None


def test_bytes_kept_before_are_found_by_their_digest(crawl: Crawl) -> None:
    crawl.keep("http://a.example/", b"body", warc="run000001-0002.warc.gz", offset=77)
    held = crawl.archive.held("GET http://a.example/")
    assert held is not None
    kept = crawl.archive.kept_bytes(held.snapshot.sha256)
    assert kept is not None
    assert (kept.url, *kept.place) == ("http://a.example/", "run000001-0002.warc.gz", 77)
    assert crawl.archive.kept_bytes("0" * 64) is None


def test_what_an_undone_transaction_had_named_is_named_again(crawl: Crawl) -> None:
    """Texts that rows share have numbers, which another text may get where the first was taken back."""
    crawl.archive.db.begin()
    crawl.store(report(form="form_2019", figures=figures("form_2019")))
    crawl.archive.db.rollback()
    found = {2024: report(), 2020: report(year=2020, form="form_2019", figures=figures("form_2019"))}
    for year, each in found.items():
        crawl.store(each, f"http://jyj.lingzhou.example/{year}.html", str(year).encode())
    for year, each in found.items():
        assert set(each.figures) == {
            name for (name,) in crawl.archive.db.execute("SELECT indicator FROM figures WHERE year = ?", [year])
        }
        places = crawl.archive.db.execute(
            """SELECT l.layout, e.places, e."table" FROM evidence e JOIN layouts l ON l.id = e.layout_id
            JOIN reports r ON r.id = e.report_id WHERE r.year = ?""",
            [year],
        )
        assert {
            f"{table}.{cell}": place
            for layout, own, table in places
            for cell, place in unpack(Packed(layout, own)).items()
        } == {name: CellPlace(found.at, found.place) for name, found in each.figures.items()}
