"""Series chain only what the forms ask for alike; derived measures are NULL where they are undefined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from by_hand import Crawl, figures, report

from archive.opening import open_published
from archive.publish import publish


def store(crawl: Crawl, year: int, form: str = "form_2021", **cells: Any) -> None:
    found = report(year=year, form=form, figures=figures(form, **cells))
    crawl.store(found, f"http://jyj.lingzhou.example/{year}.html", str(year).encode())


def line(crawl: Crawl, series: str) -> list[tuple[Any, ...]]:
    return crawl.archive.db.execute(
        "SELECT year, value, comparability FROM figures_series WHERE series = ? ORDER BY year", [series]
    ).fetchall()


def test_the_same_cell_of_both_forms_is_one_line(crawl: Crawl) -> None:
    store(crawl, 2020, "form_2019", requests__granted__total=3)
    store(crawl, 2021, requests__granted__total=4)
    assert line(crawl, "requests.granted.total") == [(2020, 3, "same"), (2021, 4, "same")]


def test_a_cell_of_nearly_the_same_meaning_says_so(crawl: Crawl) -> None:
    store(crawl, 2020, "form_2019", a20_1__regulations__newly_made=3)
    store(crawl, 2021, a20_1__regulations__issued=4)
    assert line(crawl, "a20_1.regulations.issued") == [(2020, 3, "near"), (2021, 4, "same")]


def test_a_row_that_was_divided_is_the_sum_of_its_parts(crawl: Crawl) -> None:
    store(crawl, 2020, "form_2019", requests__other__total=3)
    store(crawl, 2021, requests__other_other__total=4, requests__other_fee_unpaid__total=1)
    store(crawl, 2022, requests__other_other__total=4, requests__other_fee_unpaid__total=None)
    assert line(crawl, "requests.other.total") == [(2020, 3, "same"), (2021, 5, "sum"), (2022, None, "sum")]
    assert line(crawl, "requests.other_other.total") == [(2021, 4, "same"), (2022, 4, "same")]


def test_stocks_and_fees_do_not_go_on_over_the_change_of_form(crawl: Crawl) -> None:
    store(crawl, 2020, "form_2019", a20_1__regulations__published_total=30)
    store(crawl, 2021, a20_1__regulations__in_force=31, a20_8__admin_fees__amount=1.5)
    assert line(crawl, "a20_1.regulations.in_force") == [(2021, 31, "same")]
    assert line(crawl, "a20_8.admin_fees.amount") == [(2021, 1.5, "same")]


def test_a_correction_shows_in_its_series_and_in_sums(crawl: Crawl) -> None:
    store(crawl, 2021, requests__other_other__total=4)
    crawl.archive.db.table("corrections").insert(
        {"report_key": "990100-凌州市教育局-2021-own", "indicator": "requests.other_other.total", "value": 9}
        | {"who": "编者", "why": "误读", "when": "2026-11-23"}
    )
    assert line(crawl, "requests.other.total") == [(2021, 9, "sum")]
    assert line(crawl, "requests.other_other.total") == [(2021, 9, "same")]


@pytest.fixture
def measured(crawl: Crawl, tmp_path: Path) -> Any:
    """Publishes a report with these cells and gives a measure of it."""

    def measure(name: str, **cells: Any) -> Any:
        store(crawl, 2021, **cells)
        publish(crawl.archive.path, tmp_path / "archive.db")
        return open_published(tmp_path / "archive.db").execute(f"SELECT {name} FROM report_measures").fetchone()[0]

    return measure


CLOSED = {"requests__closed_total__total": 40, "requests__granted__total": 15, "requests__granted_part__total": 5}


def test_the_disclosure_rate_has_two_denominators(measured: Any) -> None:
    cells = CLOSED | {"requests__notprocessed_petition__total": 6, "requests__other_other__total": 2}
    assert measured("disclosure_rate", **cells) == 0.5
    assert measured("disclosure_rate_decided", **cells) == 0.625


@pytest.mark.parametrize("name", ["disclosure_rate", "refused_share", "review_corrected_share", "suit_corrected_share"])
def test_a_share_of_nothing_is_null(measured: Any, name: str) -> None:
    assert measured(name) is None


def test_a_share_with_a_blank_in_it_is_null(measured: Any) -> None:
    assert measured("refused_share", **CLOSED, requests__refused_state_secret__total=None) is None
    assert measured("disclosure_rate", **CLOSED | {"requests__granted__total": None}) is None


def test_pending_cases_are_in_no_denominator(measured: Any) -> None:
    cells = {"corrected": 1, "upheld": 3, "pending": 7, "total": 11}
    named = {f"remedies__cases__review_{name}": value for name, value in cells.items()}
    assert measured("review_corrected_share", **named) == 0.25


def test_every_measure_has_its_formula_and_every_indicator_its_summary(crawl: Crawl, tmp_path: Path) -> None:
    store(crawl, 2021, requests__granted__total=4, remedies__cases__review_total=2)
    store(crawl, 2022, requests__granted__total=0)
    publish(crawl.archive.path, tmp_path / "archive.db")
    db = open_published(tmp_path / "archive.db")
    assert db.execute("SELECT count(*) FROM measures WHERE formula <> ''").fetchone() == (5,)
    (count,) = db.execute("SELECT count(DISTINCT indicator) FROM indicator_summaries").fetchone()
    assert count == 200
    assert db.execute(
        "SELECT year, scope, numbers, zeros, total, largest FROM indicator_summaries WHERE indicator = ? ORDER BY year",
        ["requests.granted.total"],
    ).fetchall() == [(2021, "own", 1, 0, 4, 4), (2022, "own", 1, 1, 0, 0)]
