"""Coverage: what is missing, what is only unknown, and who is accused of nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from by_hand import Crawl, report

from archive.opening import open_published
from archive.publish import publish
from archive.published.coverage import make_coverage
from archive.states import SourceState
from archive.store import SourceLine
from archive.storing.reading import Reading

TODAY = date(2026, 11, 23)
EDUCATION = SourceLine("jyj", "990100", "凌州市教育局", "http://jyj.lingzhou.example/nb/")


def coverage(crawl: Crawl, today: date = TODAY) -> dict[int, str]:
    make_coverage(crawl.archive.db, today)
    found = crawl.archive.db.execute("SELECT year, presence FROM agency_years ORDER BY year").fetchall()
    return dict(found)


def store_years(crawl: Crawl, *years: int, **facts: Any) -> None:
    for year in years:
        facts["published"] = f"{year + 1}-01-20"
        crawl.store(report(year=year, **facts), f"http://a.example/{year}/{json.dumps(facts)}", str(year).encode())


def test_a_gap_is_missing_only_where_the_listing_was_read_to_its_end(crawl: Crawl) -> None:
    crawl.archive.register([EDUCATION])
    store_years(crawl, 2022, 2024)
    crawl.store(report(year=2025, published="2026-02-03"), "http://a.example/2025", b"2025")
    for state, gap in (
        (SourceState.OK, "missing"),
        (SourceState.UNCHANGED, "missing"),
        (SourceState.UNREACHABLE, "unknown"),
        (SourceState.CUT_SHORT, "unknown"),
        (SourceState.BROKEN, "unknown"),
        (SourceState.MOVED, "unknown"),
        (SourceState.REFUSED, "refused"),
    ):
        crawl.archive.set_state(crawl.run_id, "jyj", state, {})
        assert coverage(crawl) == {2022: "found", 2023: gap, 2024: "found", 2025: "late"}
    sums = crawl.archive.db.execute("SELECT * FROM coverage WHERE year IN (2023, 2025)").fetchall()
    assert sums == [("990100", "凌州市", 2023, 1, 0, 0, 0, 0, 1), ("990100", "凌州市", 2025, 1, 1, 1, 0, 0, 0)]


def test_a_source_that_was_never_tried_says_nothing(crawl: Crawl) -> None:
    crawl.archive.register([EDUCATION])
    store_years(crawl, 2022, 2024)
    assert coverage(crawl)[2023] == "unknown"
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    crawl.archive.set_state(crawl.archive.begin_run("crawl other"), "jyj", SourceState.NOT_RUN, {})
    assert coverage(crawl)[2023] == "missing"


def test_before_the_deadline_nothing_is_expected_and_for_a_month_after_it_nothing_is_missing(crawl: Crawl) -> None:
    crawl.archive.register([EDUCATION])
    store_years(crawl, 2024)
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    assert coverage(crawl, date(2026, 1, 31)) == {2024: "found"}
    assert coverage(crawl, date(2026, 2, 1)) == {2024: "found", 2025: "unknown"}
    assert coverage(crawl, date(2026, 3, 3)) == {2024: "found", 2025: "missing"}


def test_a_government_has_two_months_more(crawl: Crawl) -> None:
    crawl.archive.register([SourceLine("jyj", "990121", "栖云县人民政府", "http://qyx.lingzhou.example/")])
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.EMPTY, {})
    assert coverage(crawl, date(2026, 3, 31)) == {}
    assert coverage(crawl, date(2026, 5, 1)) == {2025: "missing"}


def test_the_registry_says_since_when_reports_are_expected(crawl: Crawl) -> None:
    crawl.archive.register([SourceLine("jyj", "990100", "凌州市教育局", "http://jyj.lingzhou.example/", None, 2022)])
    store_years(crawl, 2024, 2025)
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    assert coverage(crawl) == {2022: "missing", 2023: "missing", 2024: "found", 2025: "found"}


def test_an_agency_of_a_portals_list_is_not_accused_after_its_last_report(crawl: Crawl) -> None:
    crawl.archive.register([SourceLine("jyj", "990100", None, "http://www.lingzhou.example/nb/")])
    store_years(crawl, 2020, 2022)
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    since = dict.fromkeys((2023, 2024, 2025), "unknown")
    assert coverage(crawl) == {2020: "found", 2021: "missing", 2022: "found"} | since


def test_an_agency_on_two_lists_is_missing_only_where_both_were_read(crawl: Crawl) -> None:
    crawl.archive.register([EDUCATION, SourceLine("portal", "990100", None, "http://www.lingzhou.example/nb/")])
    store_years(crawl, 2022, 2024, 2025)
    snapshot = crawl.keep("http://www.lingzhou.example/2024", b"2024")
    crawl.archive.store(
        Reading.of(report(year=2021, published="2022-01-20")),
        source_id="portal",
        url="http://www.lingzhou.example/2021",
        snapshots=[(snapshot, "article")],
        run_id=crawl.run_id,
    )
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    crawl.archive.set_state(crawl.run_id, "portal", SourceState.UNREACHABLE, {})
    assert coverage(crawl)[2023] == "unknown"
    crawl.archive.set_state(crawl.run_id, "portal", SourceState.OK, {})
    assert coverage(crawl)[2023] == "missing"


def test_a_document_that_names_its_agency_otherwise_still_counts_for_its_source(crawl: Crawl) -> None:
    crawl.archive.register([EDUCATION])
    store_years(crawl, 2024, 2025, agency="凌州市教育和体育局")
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    assert coverage(crawl) == {2024: "found", 2025: "found"}


def test_each_crawl_keeps_what_it_left_expected_and_found(crawl: Crawl, tmp_path: Path) -> None:
    archive, db = crawl.archive, tmp_path / "archive.db"
    archive.register([EDUCATION])
    for years in ((2022, 2024), (2023,)):
        store_years(crawl, *years)
        archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
        archive.end_run(crawl.run_id, finished=True, summary={})
        publish(archive.path, db)
        publish(archive.path, db)  # the same again
        crawl.run_id = archive.begin_run("crawl")
    rows = open_published(db).execute("SELECT run_id, year, expected, found, missing FROM coverage_runs").fetchall()
    first = [(1, 2022, 1, 1, 0), (1, 2023, 1, 0, 1), (1, 2024, 1, 1, 0)]
    assert [row for row in rows if row[1] < 2025] == [
        *first,
        (2, 2022, 1, 1, 0),
        (2, 2023, 1, 1, 0),
        (2, 2024, 1, 1, 0),
    ]
