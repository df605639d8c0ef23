"""Recognised figures: what the form's sums bear out is kept, the rest is NULL and counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reckoning import form, row

from parsers import merge
from parsers.model import Cell, Document, Figure, Number, Report, Table
from parsers.reconcile import unsure

BALANCED = row("new_received", 7) | row("granted", 4) | row("refused_third_party", 3) | row("closed_total", 7)


def recognised(
    cells: dict[str, Number | None], scores: dict[str, float] | None = None
) -> tuple[Document, dict[str, Figure]]:
    """A document that was recognised, and its figures; a score is 1 where nothing else is said."""
    figures = {
        name: figure._replace(method="ocr", place=name) for name, figure in form("form_2021", BALANCED | cells).items()
    }
    table = Table(
        1,
        tuple(
            Cell(figure.raw, rank, 0, place=name, score=(scores or {}).get(name, 1.0))
            for rank, (name, figure) in enumerate(figures.items())
        ),
    )
    return Document("picture", (table,), method="ocr"), figures


def lost(document: Document, figures: dict[str, Figure]) -> set[str]:
    kept, problems = unsure.left_out(document, figures)
    gone = {name for name, figure in kept.items() if figure.value is None and figures[name].value is not None}
    assert all(kept[name].kind == "text" and kept[name].raw == figures[name].raw for name in gone)
    assert [problem.code for problem in problems] == (["ocr_unsure"] if gone else [])
    assert not problems or problems[0].message.startswith(f"{len(gone)} of ")
    return gone


def test_a_report_whose_sums_hold_is_kept_whole() -> None:
    assert lost(*recognised({})) == set()


def test_a_misread_cell_takes_its_row_and_its_column_with_it() -> None:
    gone = lost(*recognised({"requests.granted.natural_person": 1}))
    rows = {name.split(".")[1] for name in gone if not name.endswith(".natural_person")}
    outcomes = {name for name in gone if name.endswith(".natural_person")}
    assert rows == {"granted"}
    assert "requests.closed_total.natural_person" in outcomes
    assert "requests.new_received.natural_person" not in outcomes, "A3 does not speak of what was granted"


def test_a_cell_that_could_not_be_read_leaves_its_rules_open() -> None:
    document, figures = recognised({})
    name = "requests.granted.org_other"
    figures[name] = figures[name]._replace(value=None, kind="text", raw="\ufffd")
    assert "requests.granted.total" in lost(document, figures)


def test_one_remedy_that_does_not_add_up_leaves_the_others() -> None:
    gone = lost(*recognised({"remedies.cases.review_upheld": 1}))
    assert gone == {name for name in recognised({})[1] if name.startswith("remedies.cases.review_")}


def test_where_no_rule_checks_a_cell_the_score_decides() -> None:
    name = next(name for name in recognised({})[1] if name.startswith("a20_5."))
    assert lost(*recognised({name: 3}, {name: unsure.SURE})) == set()
    assert lost(*recognised({name: 3}, {name: unsure.SURE - 0.01})) == {name}


def test_sums_do_not_bear_out_what_was_read_in_two_ways() -> None:
    name = "requests.granted.org_other"
    assert lost(*recognised({}, {name: 0.0})) == {name}


def test_a_document_that_was_read_keeps_what_does_not_add_up() -> None:
    document, figures = recognised({"requests.granted.natural_person": 1})
    assert lost(replace(document, method=None), figures) == set()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_could_not_be_recognised_contradicts_no_other_document(order: tuple[int, int]) -> None:
    name = "requests.granted.total"
    known = {
        "agency": "凌州市教育局",
        "year": 2024,
    }
    readings = [
        Report(ok=True, figures={name: Figure(4, "number", "4", "table 1")}, **known),
        Report(ok=True, figures={name: Figure(None, "text", "9", "table 1", method="ocr")}, **known),
    ]
    merged = merge([readings[index] for index in order])
    assert merged.figures[name].value == 4
    assert not merged.problems
