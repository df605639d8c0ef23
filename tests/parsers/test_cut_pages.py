"""Pages that end in the middle, though their answer says that it is whole: less is read of them, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from parsers.model import PAGE_CUT, Report

PAGES = sorted((Path(__file__).parents[1] / "documents").glob("*.html"))


@cache
def whole(page: Path) -> Report:
    return parsers.parse(page.read_bytes())


@settings(max_examples=200)
@given(st.sampled_from(PAGES), st.floats(0.05, 0.99))
def test_a_page_that_ends_anywhere_gives_no_other_figure_year_or_agency(page: Path, end: float) -> None:
    data = page.read_bytes()
    part = data[: int(end * len(data))]
    read, known = parsers.parse(part), whole(page)
    if not read.ok or not known.ok:
        return
    for indicator, figure in read.figures.items():
        # Of two tables that contradict each other the page may hold but the first.
        assert known.figures[indicator].value in (figure.value, None) or figure.value is None, indicator
    assert {(claim.code, claim.value) for claim in read.claims} <= {(claim.code, claim.value) for claim in known.claims}
    assert (read.year or known.year, read.agency or known.agency) == (known.year, known.agency)
    if b"<html" in part.lower() and b"</html" not in part.lower() and b"</body" not in part.lower():
        assert PAGE_CUT in [problem.code for problem in read.problems]


TITLE = "凌州市教育局2024年政府信息公开工作年度报告"
HEAD = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
TEXT = "<p>一、总体情况</p><p>全年主动公开政府信息12条。</p><p>二、主动公开政府信息情况</p>"
TABLE = (
    "<table><tr><td colspan='4'>第二十条第（一）项</td></tr>"
    "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>4</td>"
)


@pytest.mark.parametrize("end", ["<td>12", "<td>12</t", "<td class='x", "<td>1", "<td>"])
def test_a_table_that_is_cut_gives_no_figure(end: str) -> None:
    read = parsers.parse((HEAD + TEXT + TABLE + end).encode(), "text/html")
    assert (read.ok, dict(read.figures)) == (True, {})
    assert [(claim.code, claim.value) for claim in read.claims] == [("pub_total", 12)]
    assert parsers.parse((HEAD + TEXT + TABLE + "<td>34</td><td>5</td></tr></table></html>").encode()).figures


def test_text_that_is_cut_ends_with_its_last_whole_sentence() -> None:
    read = parsers.parse((HEAD + TEXT + "<p>公开规章4件。废止规章1").encode(), "text/html")
    assert [section.text for section in read.sections if section.number == 2] == ["公开规章4件。"]
