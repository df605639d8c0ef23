"""An indicator's classes, median and ends: by year and scope, zeros counted, blanks left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from by_hand import Crawl, figures, report

from archive.opening import open_published
from archive.publish import publish
from archive.published.ranks import PLACES


def store(crawl: Crawl, number: int, scope: str = "own", **cells: Any) -> None:
    agency = f"凌州市第{number}局"
    found = report(agency=agency, year=2022, scope=scope, figures=figures(**cells))
    crawl.store(found, f"http://a.example/{number}{scope}", f"{number}{scope}".encode())


@pytest.fixture
def ask(crawl: Crawl, tmp_path: Path) -> Any:
    """Publishes, and answers a query of the published archive."""

    def rows(sql: str, *given: Any) -> list[tuple[Any, ...]]:
        publish(crawl.archive.path, tmp_path / "archive.db")
        return open_published(tmp_path / "archive.db").execute(sql, given).fetchall()

    return rows


GRANTED = "requests.granted.total"
CLASSES = "SELECT low, reports FROM indicator_classes WHERE indicator = ? AND scope = ? ORDER BY low"
MEDIAN = "SELECT median FROM indicator_medians WHERE indicator = ? AND scope = 'own'"
ENDS = "SELECT place, value FROM indicator_ranks WHERE indicator = ? AND scope = 'own' ORDER BY place"


def test_classes_and_median_count_zeros_and_leave_blanks_out(crawl: Crawl, ask: Any) -> None:
    for number, value in enumerate((0, 0, 3, 9, 10, 120, 2000, None)):
        store(crawl, number, requests__granted__total=value)
    store(crawl, 1, "whole", requests__granted__total=77)
    assert ask(CLASSES, GRANTED, "own") == [(0, 2), (1, 2), (10, 1), (100, 1), (1000, 1)]
    assert ask(CLASSES, GRANTED, "whole") == [(10, 1)]
    assert ask(MEDIAN, GRANTED) == [(9,)]


def test_both_ends_are_ranked_and_zeros_are_not_the_smallest(crawl: Crawl, ask: Any) -> None:
    for number in range(PLACES + 3):
        store(crawl, number, requests__granted__total=number)
    ends = dict(ask(ENDS, GRANTED))
    assert ends[1] == PLACES + 2
    assert ends[PLACES] == 3
    assert ends[-1] == 1
    assert ends[-PLACES] == PLACES


def test_a_median_among_large_numbers_is_not_guessed(crawl: Crawl, ask: Any) -> None:
    store(crawl, 1, requests__granted__total=5000)
    assert ask(MEDIAN, GRANTED) == []
    assert ask(CLASSES, GRANTED, "own") == [(1000, 1)]


def test_amounts_of_money_are_ranked_where_the_form_states_their_unit(crawl: Crawl, ask: Any) -> None:
    store(crawl, 1, a20_8__admin_fees__amount=0.25)
    assert ask(ENDS, "a20_8.admin_fees.amount") == [(-1, 0.25), (1, 0.25)]
    assert ask(MEDIAN, "a20_8.admin_fees.amount") == []


def test_of_equal_values_the_first_by_key_is_ranked_first_in_whatever_order_they_came(crawl: Crawl, ask: Any) -> None:
    numbers = range(10, 13 + PLACES)
    for number in reversed(numbers):
        store(crawl, number, requests__granted__total=1)
    ranked = "SELECT report_key FROM indicator_ranks WHERE indicator = ? AND place > 0 ORDER BY place"
    assert ask(ranked, GRANTED) == [(f"990100-凌州市第{number}局-2022-own",) for number in numbers[:PLACES]]
    lowest = "SELECT report_key FROM indicator_ranks WHERE indicator = ? AND place < 0 ORDER BY place DESC"
    assert ask(lowest, GRANTED) == ask(ranked, GRANTED)
