"""The page on faults and the tests that hold it name each other."""

from __future__ import annotations

import re
from pathlib import Path

from test_kills import KILLS

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "faults.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE))


def test_every_test_that_the_page_on_faults_names_is_there() -> None:
    assert len(NAMED) > 35
    for file, name in NAMED:
        assert f"def {name}(" in (HOUSE / file).read_text(encoding="utf-8"), f"{file}::{name}"


def test_every_fault_tried_here_is_on_the_page() -> None:
    for file in Path(__file__).parent.glob("test_*.py"):
        if file != Path(__file__):
            for name in re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE):
                assert (f"tests/faults/{file.name}", name) in NAMED


def test_the_page_tells_how_many_kills_are_in_which_step() -> None:
    assert sum(KILLS.values()) == 100
    for step, kills in KILLS.items():
        assert f"{step} {kills}" in PAGE.replace("`", "")
