"""The harness of `make bench`: two things are run in turn, compared, printed and written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.measurement import Measurement
from benchmarks.sizes import TASTE

LINE = Measurement("ours", "theirs", "/s", 30.0, 60.0, 0.5, "processor", 3, 10.0, 20.0)


def test_a_rate_must_reach_its_goal_and_a_cost_must_not_pass_it() -> None:
    assert (LINE.ratio, LINE.verdict) == (0.5, "ok")
    assert replace(LINE, ours=29.0).verdict == "short"
    assert replace(LINE, at_most=True).verdict == "ok"
    assert replace(LINE, at_most=True, ours=31.0).verdict == "short"


def test_the_command_prints_a_table_and_writes_the_same_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "new" / "bench.json"
    assert main(["--only", "storing", "--json", str(written)], TASTE) == 0
    told = json.loads(written.read_text("utf-8"))
    assert told["sizes"] == "taste"
    (line,) = told["lines"]
    assert line["ratio"] == pytest.approx(line["ours"] / line["theirs"])
    assert line["verdict"] in {"ok", "short"}
    assert min(line["ours"], line["theirs"], line["memory"], line["peer_memory"]) > 0
    heading, row, last = capsys.readouterr().out.splitlines()
    assert heading.startswith("measured")
    assert row.startswith(line["name"])
    assert f"{line['ratio']:.2f}" in row
    assert "taste sizes" in last
