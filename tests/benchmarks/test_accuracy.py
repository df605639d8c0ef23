"""The measured error rate: what is right, missing and wrong is counted as such, and the command prints it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.accuracy import Reading, Truth, outcomes, wilson
from parsers.model import Claim, Figure, Report

ROOT = Path(__file__).parents[2]
TRUTH = Truth(
    figures={"requests.granted.total": 4, "requests.granted_part.total": 2, "requests.carried_in.total": None},
    identity={"agency": "凌州市水务局", "year": 2023, "published": None},
    claims=[("pub_website", 30), ("reads", 900)],
)


def counted(truth: Truth, **read: object) -> list[tuple[str, str]]:
    report = Report(**({"ok": True, "agency": "凌州市水务局", "year": 2023} | read))  # type: ignore[arg-type]  # any field
    return sorted(outcomes(Reading("html", "form_2021", truth, report)))


def figure(value: int | None) -> Figure:
    return Figure(value, "number" if value is not None else "blank", str(value), "")


def claim(code: str, value: int) -> Claim:
    return Claim(code, value, value, value, None, "条", 1, "", (0, 1))


def test_a_whole_reading_is_right() -> None:
    figures = {"requests.granted.total": figure(4), "requests.granted_part.total": figure(2)}
    found = counted(TRUTH, figures=figures, claims=[claim("pub_website", 30), claim("reads", 900)])
    assert {outcome for _, outcome in found} == {"right"}
    assert len(found) == 1 + 3 + 3 + 2


def test_what_is_not_read_is_missing_and_what_is_not_there_is_wrong() -> None:
    figures = {
        "requests.granted.total": figure(None),
        "requests.granted_part.total": figure(20),
        "requests.carried_in.total": figure(0),
        "requests.carried_out.total": figure(1),
    }
    claims = [claim("pub_website", 31), claim("followers", 5)]
    found = counted(TRUTH, figures=figures, claims=claims, year=None, published="2024-01-17")
    assert found == [
        ("agency", "right"),
        *[("cells", "missing")],
        *[("cells", "wrong")] * 3,
        *[("claims", "missing"), ("claims", "wrong"), ("claims", "wrong")],
        ("published", "wrong"),
        ("told apart", "right"),
        ("year", "missing"),
    ]


def test_a_blank_where_a_zero_was_meant_is_right_only_where_the_truth_allows_it() -> None:
    truth = Truth(figures={"requests.granted.total": 0})
    assert counted(truth) == [("cells", "missing"), ("told apart", "right")]
    assert counted(Truth(figures=truth.figures, blank_for_zero=True))[0] == ("cells", "right")


def test_another_document_that_passes_for_a_report_is_wrong() -> None:
    assert counted(Truth(report=False)) == [("told apart", "wrong")]


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(0, 100, 0.0, 3.70), (5, 100, 2.15, 11.18), (0, 0, 0, 100)])
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=0.01)


def test_the_command_prints_the_table_and_writes_its_counts(tmp_path: Path) -> None:
    target = tmp_path / "accuracy.json"
    command = [sys.executable, "-m", "benchmarks.accuracy", "titles", "sentences", "--json", str(target)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    measured = json.loads(target.read_text("utf-8"))
    assert [(known["set"], known["by_hand"]) for known in measured["sets"]] == [("titles", True), ("sentences", True)]
    assert {count["what"] for count in measured["counts"]} >= {"agency", "year", "claims", "told apart"}
    assert all(count["wrong"] == 0 for count in measured["counts"]), printed
    assert "truth by hand" in printed
    assert "read for the first time" in printed


def test_a_set_that_there_is_not_is_one_sentence() -> None:
    command = [sys.executable, "-m", "benchmarks.accuracy", "tiles"]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "no such set: tiles" in ended.stderr
