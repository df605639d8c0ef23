"""Monstrous PDF files end in what could be read of them or in the reader's own problem, and cost little."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from pdf_monsters import LONG, MONSTERS

from parsers.model import Report
from parsers.workers import Readers

SECONDS = 60
MEGABYTES = 768  # of address space, of which a worker that reads nothing takes a third
BEYOND = {"too_large", "page_too_full", "pages_left_out", "damaged", "needs_ocr"}
HARMLESS = {"a page of no size", "a form that shows itself", "200,000 things in an array", "references that go round"}


def read_all(monsters: Mapping[str, Callable[[], bytes]]) -> dict[str, Report]:
    with Readers(2, SECONDS, MEGABYTES) as readers:
        reading = {name: readers.submit(made()) for name, made in monsters.items()}
        return {name: future.result() for name, future in reading.items()}


def expect_bounded(monsters: Mapping[str, Callable[[], bytes]]) -> None:
    codes = {name: {problem.code for problem in read.problems} for name, read in read_all(monsters).items()}
    assert {name: said for name, said in codes.items() if not said <= BEYOND} == {}
    assert {name for name, said in codes.items() if not said} == HARMLESS & monsters.keys()


def test_monsters_of_paper() -> None:
    expect_bounded(MONSTERS)


@pytest.mark.long
def test_long_monsters_of_paper() -> None:
    expect_bounded(LONG)


def test_the_pages_around_a_monstrous_one_are_read() -> None:
    (read,) = read_all({"crowded": MONSTERS["120,000 characters on a page"]}).values()
    assert read.ok, read.problems
    assert (read.agency, read.year) == ("凌州市教育局", 2023)
    assert [(problem.code, problem.at) for problem in read.problems] == [("page_too_full", "page 2")]
