"""Section four in other layouts than the form's: a line a remedy, or a line a result, in pages and in texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rendering import page

import parsers

TITLE = "凌州市教育局2021年政府信息公开工作年度报告"
HEADING = "四、政府信息公开行政复议、行政诉讼情况"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
REMEDIES = {
    "review": ("行政复议", ["3", "1", "0", "2", "6"]),
    "suit_direct": ("未经复议直接起诉", ["10", "0", "4", "1", "15"]),
    "suit_after_review": ("复议后起诉", ["0", "20", "7", "5", "32"]),
}
CODES = ("upheld", "corrected", "other", "pending", "total")
TRUE = {
    f"remedies.cases.{remedy}_{code}": int(count)
    for remedy, (_, counts) in REMEDIES.items()
    for code, count in zip(CODES, counts, strict=True)
}
A_LINE_A_REMEDY = [["", *RESULTS], *([name, *counts] for name, counts in REMEDIES.values())]
A_LINE_A_RESULT = [list(line) for line in zip(*A_LINE_A_REMEDY, strict=True)]
WITH_GROUPS = [
    ["", "行政复议", "行政诉讼", ""],
    ["", "", "未经复议直接起诉", "复议后起诉"],
    *A_LINE_A_RESULT[1:],
]


def as_page(rows: list[list[str]]) -> str:
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return page(f"<p>一、总体情况</p><p>如下。</p><p>{HEADING}</p><table>{table}</table>", TITLE)


def as_text(lines: list[str]) -> str:
    return "\n".join([TITLE, "一、总体情况", "如下。", HEADING, *lines, "五、存在的主要问题及改进情况", "无。"])


def with_tabs(rows: list[list[str]]) -> str:
    return as_text(["\t".join(row) for row in rows])


def a_cell_a_line(rows: list[list[str]]) -> str:
    return as_text([cell for row in rows for cell in row if cell])


def figures(document: str) -> dict[str, object]:
    return {name: figure.value for name, figure in parsers.parse(document.encode()).figures.items()}


@pytest.mark.parametrize("rows", [A_LINE_A_REMEDY, A_LINE_A_RESULT, WITH_GROUPS], ids=["remedies", "results", "groups"])
@pytest.mark.parametrize("printed", [as_page, with_tabs])
def test_lines_of_remedies_and_of_results_are_read(
    printed: Callable[[list[list[str]]], str], rows: list[list[str]]
) -> None:
    assert figures(printed(rows)) == TRUE


def test_lines_of_remedies_with_a_cell_a_line_are_read() -> None:
    assert figures(a_cell_a_line(A_LINE_A_REMEDY)) == TRUE


@pytest.mark.parametrize("rows", [A_LINE_A_REMEDY, A_LINE_A_RESULT, WITH_GROUPS], ids=["remedies", "results", "groups"])
def test_a_cell_that_is_lost_moves_no_figure(rows: list[list[str]]) -> None:
    for line in range(1, len(rows)):
        lost = [row[:-1] if rank == line else row for rank, row in enumerate(rows)]
        for printed in (as_page, with_tabs, a_cell_a_line):
            found = figures(printed(lost))
            assert {name: value for name, value in found.items() if value not in (None, TRUE[name])} == {}


def with_years(*lines: tuple[str, int]) -> str:
    """The form's own table, with a row a year in the place of its one row: a year, and what its figures are more."""
    over_two = "".join(f"<td rowspan=2>{result}</td>" for result in RESULTS)
    header = (
        '<tr><td rowspan="3">年度</td><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr>'
        f"<tr>{over_two}"
        '<td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>'
        f"<tr>{''.join(f'<td>{result}</td>' for result in RESULTS * 2)}</tr>"
    )
    counts = [int(count) for _, row in REMEDIES.values() for count in row]
    rows = "".join(
        f"<tr><td>{year}</td>{''.join(f'<td>{count + more}</td>' for count in counts)}</tr>" for year, more in lines
    )
    body = f"<p>一、总体情况</p><p>如下。</p><p>{HEADING}</p><table>{header}{rows}</table>"
    return page(body, TITLE)


@pytest.mark.parametrize("own", ["2021年", "2021年度", "本年"])
@pytest.mark.parametrize("other", ["2020年", "上年", "历年累计"])
def test_of_a_row_a_year_the_reports_own_is_read(own: str, other: str) -> None:
    assert figures(with_years((other, 70), (own, 0))) == TRUE
    assert figures(with_years((own, 0), (other, 70))) == TRUE


def test_rows_that_nothing_tells_apart_are_not_believed() -> None:
    found = figures(with_years(("某局", 0), ("某站", 70)))
    assert set(found.values()) <= {None}
