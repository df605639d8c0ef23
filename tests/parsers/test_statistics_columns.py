"""The statistics table of 2014 with other columns beside this year's: right where the words allow, else nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import parsers

PAGE = (Path(__file__).parents[1] / "documents" / "statistics-table-of-2016.html").read_text("utf-8")
BEGIN, END = PAGE.index("<table"), PAGE.index("</table>") + len("</table>")
ROWS = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", PAGE)[1:]
OTHER = "7777"


def figures(*rows: str) -> dict[str, object]:
    """What a page with these rows in the place of its table is read as, without blank cells."""
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    read = parsers.parse(f"{PAGE[:BEGIN]}<table>{table}</table>{PAGE[END:]}".encode())
    assert read.ok
    return {name: figure.value for name, figure in read.figures.items() if figure.value is not None}


TRUE = figures("统计指标|单位|统计数", *map("|".join, ROWS))


@pytest.mark.parametrize("other", ["上年同期", "累计", "历年累计", "同比增长（%）", "比上年增减"])
def test_a_column_of_another_name_beside_the_count_is_left_out(other: str) -> None:
    assert len(TRUE) > 50
    behind = (f"{label}|{unit}|{count}|{OTHER}" for label, unit, count in ROWS)
    before = (f"{label}|{unit}|{OTHER}|{count}" for label, unit, count in ROWS)
    assert figures(f"统计指标|单位|统计数|{other}", *behind) == TRUE
    assert figures(f"统计指标|单位|{other}|统计数", *before) == TRUE


@pytest.mark.parametrize(
    "header", ["2015年|2016年", "上年数|本年数", "第四季度|全年", "本季度|本年累计", "全市|本级", "|"]
)
def test_of_columns_that_nothing_tells_apart_no_figure_is_wrong(header: str) -> None:
    rows = (f"{label}|{unit}|{OTHER}|{count}" for label, unit, count in ROWS)
    assert figures(f"统计指标|单位|{header}", *rows).items() <= TRUE.items()


@pytest.mark.parametrize("header", [["统计指标|单位|统计数|统计指标|单位|统计数"], []])
def test_of_two_lists_side_by_side_no_figure_is_wrong(header: list[str]) -> None:
    half = len(ROWS) // 2
    rows = ("|".join((*left, *right)) for left, right in zip(ROWS[:half], ROWS[half:], strict=False))
    assert figures(*header, *rows).items() <= TRUE.items()
