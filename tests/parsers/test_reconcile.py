"""The rules on the figures alone: what passes, what fails with both sides, what cannot be assessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reckoning import COLUMNS, figures, form, found, row

from parsers import reconcile

BALANCED = {
    **row("new_received", 40),
    **row("carried_in", 2),
    **row("granted", 30),
    **row("refused_third_party", 5),
    **row("other_other", 4),
    **row("closed_total", 39),
    **row("carried_out", 3),
}


def test_a_report_without_figures_has_no_checks() -> None:
    assert reconcile.check({}) == ()


@pytest.mark.parametrize(("name", "rows"), [("form_2021", 25), ("form_2019", 23)])
def test_a_report_of_zeros_passes_every_rule(name: str, rows: int) -> None:
    checks = reconcile.check(form(name))
    assert {check.result for check in checks} == {"pass"}
    assert len(found(checks, "A1")) == rows
    assert len(found(checks, "A2")) == len(found(checks, "A3")) == 7
    assert len(found(checks, "A4")) == 3


def test_a_balanced_report_passes() -> None:
    assert {check.result for check in reconcile.check(form("form_2021", BALANCED))} == {"pass"}


def test_a1_and_a3_tell_the_sides_of_a_row_that_does_not_add_up() -> None:
    checks = reconcile.check(form("form_2021", BALANCED | {"requests.new_received.total": 41}))
    failed = [(check.rule, check.scope, check.left, check.right) for check in checks if check.result == "fail"]
    assert failed == [("A1", "new_received", 40, 41), ("A3", "total", 43, 42)]


def test_a2_counts_every_outcome_row() -> None:
    checks = reconcile.check(form("form_2021", BALANCED | row("closed_total", 38)))
    assert found(checks, "A2")["total"] == found(checks, "A2")["natural_person"] == "fail"


def test_a2_takes_the_one_row_of_other_outcomes_of_2019_once() -> None:
    balanced = {name: value for name, value in BALANCED.items() if "other_other" not in name} | row("other", 4)
    checks = reconcile.check(form("form_2019", balanced))
    assert set(found(checks, "A2").values()) == {"pass"}


def test_a2_takes_the_single_row_of_a_hybrid_in_place_of_the_three() -> None:
    cells = form("form_2021", BALANCED)
    hybrid = {name: cell for name, cell in cells.items() if ".other_" not in name}
    hybrid |= {name.replace("other_other", "other"): cell for name, cell in cells.items() if ".other_other." in name}
    assert set(found(reconcile.check(hybrid), "A2").values()) == {"pass"}


def test_a_blank_counts_as_nothing_in_a_sum_and_makes_a_result_not_assessable() -> None:
    checks = reconcile.check(form("form_2021", {f"requests.granted.{column}": None for column in COLUMNS}))
    assert found(checks, "A1")["granted"] == "not_assessable"
    checks = reconcile.check(form("form_2021", BALANCED | {"requests.granted.org_other": None}))
    assert found(checks, "A1")["granted"] == "pass"
    checks = reconcile.check(form("form_2021", BALANCED | {"requests.granted.total": None}))
    assert found(checks, "A1")["granted"] == "not_assessable"


def test_a_blank_total_is_told_with_what_its_parts_make() -> None:
    cells = form("form_2021", BALANCED | {"requests.granted.total": None})
    (rule,) = [check for check in reconcile.check(cells) if (check.rule, check.scope) == ("A1", "granted")]
    assert (rule.left, rule.right, rule.result) == (30, None, "not_assessable")
    assert rule.explanation == "requests.granted.total is blank; its parts make 30"


def test_a_missing_cell_makes_a_rule_not_assessable() -> None:
    cells = form("form_2021", BALANCED)
    del cells["requests.granted.org_other"]
    assert found(reconcile.check(cells), "A1")["granted"] == "not_assessable"


def test_a4_adds_up_each_remedy() -> None:
    cells = {"remedies.cases.review_upheld": 2, "remedies.cases.review_pending": 1, "remedies.cases.review_total": 4}
    checks = reconcile.check(form("form_2021", cells))
    assert found(checks, "A4") == {"review": "fail", "suit_direct": "pass", "suit_after_review": "pass"}
    failed = next(check for check in checks if check.result == "fail")
    assert (failed.left, failed.right, failed.severity) == (3, 4, "H")


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("requests.granted.total", -1, "fail"),
        ("requests.granted.total", Decimal("2.5"), "fail"),
        ("a20_8.admin_fees.amount", Decimal("59237.2449"), "pass"),
        ("a20_8.admin_fees.amount", Decimal("1.23456"), "fail"),
        ("a20_8.admin_fees.amount", -3, "fail"),
        ("a20_5.licensing.items_change", -8, "pass"),
    ],
)
def test_a5_knows_what_a_count_and_what_money_is(name: str, value: int | Decimal, result: str) -> None:
    checks = reconcile.check(figures({name: value}))
    assert [check.result for check in checks if check.rule == "A5"] == [result]


def test_a6_more_issued_than_in_force_or_repealed_is_worth_a_look() -> None:
    documents = "a20_1.normative_documents"
    cells = {f"{documents}.issued": 5, f"{documents}.repealed": 1, f"{documents}.in_force": 3}
    failed = next(check for check in reconcile.check(figures(cells)) if check.rule == "A6")
    assert (failed.left, failed.right, failed.result, failed.severity) == (5, 4, "fail", "M")
    cells[f"{documents}.in_force"] = 4
    assert found(reconcile.check(figures(cells)), "A6") == {"normative_documents": "pass"}


@pytest.mark.parametrize(("new", "out", "results"), [(20, 11, ["fail"]), (20, 10, ["pass"]), (19, 19, [])])
def test_a8_many_requests_carried_out(new: int, out: int, results: list[str]) -> None:
    checks = reconcile.check(figures(row("new_received", new) | row("carried_out", out)))
    assert [check.result for check in checks if check.rule == "A8"] == results


def test_a10_and_a11_are_explained_and_never_a_fail() -> None:
    cells = {"remedies.cases.suit_after_review_total": 1, "remedies.cases.suit_after_review_upheld": 1}
    checks = reconcile.check(form("form_2021", cells))
    assert found(checks, "A10") == {"suit_after_review": "explained"}
    assert found(checks, "A11") == {"remedies": "explained"}
    assert all(check.explanation for check in checks if check.result == "explained")


def test_a12_one_applicant_kind_that_makes_all_requests_is_normal() -> None:
    assert {check.result for check in reconcile.check(form("form_2021", BALANCED))} == {"pass"}


@given(st.lists(st.integers(0, 500), min_size=6, max_size=6))
def test_a1_holds_exactly_where_the_parts_make_the_total(parts: list[int]) -> None:
    cells = {f"requests.granted.{column}": part for column, part in zip(COLUMNS, parts, strict=True)}
    right = figures(cells | {"requests.granted.total": sum(parts)})
    wrong = figures(cells | {"requests.granted.total": sum(parts) + 1})
    assert found(reconcile.check(right), "A1") == {"granted": "pass"}
    assert found(reconcile.check(wrong), "A1") == {"granted": "fail"}
