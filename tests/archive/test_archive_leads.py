"""Leads take up what is stored and judged, ranked; each story holds what its name says and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from by_hand import Crawl, figures, report

from archive.opening import open_published
from archive.publish import publish
from archive.published.leads import STORIES


def store(crawl: Crawl, year: int, agency: str = "凌州市教育局", **cells: Any) -> None:
    found = report(year=year, agency=agency, figures=figures(**cells), published=f"{year + 1}-01-20")
    url = f"http://jyj.lingzhou.example/{agency}/{year}.html"
    crawl.store(found, url, f"{agency}{year}".encode())


@pytest.fixture
def leads(crawl: Crawl, tmp_path: Path) -> Any:
    """Publishes and gives a story's rows: year, value and what it is held against, in the order of places."""

    def of(story: str) -> list[tuple[Any, ...]]:
        publish(crawl.archive.path, tmp_path / "archive.db")
        return (
            open_published(tmp_path / "archive.db")
            .execute("SELECT year, value, against FROM leads WHERE story = ? ORDER BY place", [story])
            .fetchall()
        )

    return of


def test_a_report_of_zeros_is_told_from_one_with_a_single_number(crawl: Crawl, leads: Any) -> None:
    store(crawl, 2021)
    store(crawl, 2022, requests__granted__natural_person=1)
    store(crawl, 2023, remedies__cases__review_total=1)
    store(crawl, 2024, a20_1__regulations__issued=1)
    assert leads("all_zero_reports") == [(2021, None, None)]


def test_refusals_are_ranked_from_twenty_on_by_their_share(crawl: Crawl, leads: Any) -> None:
    for year, closed, refused in ((2021, 19, 19), (2022, 20, 5), (2023, 40, 20)):
        store(crawl, year, requests__closed_total__total=closed, requests__refused_state_secret__total=refused)
    assert leads("refusal_shares") == [(2023, 20, 40), (2022, 5, 20)]


def test_corrected_decisions_count_what_is_closed(crawl: Crawl, leads: Any) -> None:
    cells = {"review_corrected": 2, "review_upheld": 3, "review_pending": 9, "suit_direct_corrected": 1}
    store(crawl, 2022, **{f"remedies__cases__{name}": value for name, value in cells.items()})
    store(crawl, 2023, remedies__cases__review_upheld=3)
    assert leads("corrected_decisions") == [(2022, 3, 6)]


def test_jumps_and_broken_carry_overs_are_those_of_the_rules(crawl: Crawl, leads: Any) -> None:
    store(crawl, 2021, requests__new_received__total=10, requests__carried_out__total=4)
    store(crawl, 2022, requests__new_received__total=90, requests__carried_in__total=7)
    assert leads("jumps") == [(2022, 90, 10)]
    assert leads("carry_over_breaks") == [(2022, 7, 4)]
    assert [row[0] for row in leads("most_requests")] == [2022, 2021]


def test_every_story_can_be_told_of_an_empty_archive(crawl: Crawl, leads: Any) -> None:
    assert [leads(story) for story in STORIES] == [[]] * len(STORIES)
