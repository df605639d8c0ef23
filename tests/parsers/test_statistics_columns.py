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
NEW_TABLE = "</table><table>"


def figures(*rows: str) -> dict[str, object]:
    """What a page with these rows in the place of its table is read as, without blank cells."""
    table = "".join(
        row if row == NEW_TABLE else f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>"
        for row in rows
    )
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


@pytest.mark.parametrize(
    "header", ["指标|合计", "指标|2016年", "指标名称|2016年度", "项目|本年数", "统计指标|数值", "内容|数据"]
)
def test_the_one_column_of_numbers_is_read_whatever_its_name(header: str) -> None:
    assert figures(header, *(f"{label}|{count}" for label, _, count in ROWS)) == TRUE


@pytest.mark.parametrize(
    "header", ["2015年|2016年", "上年数|本年数", "第四季度|全年", "历年累计|2016年度", "去年|今年"]
)
def test_the_column_of_the_year_is_read_where_words_tell_the_others_apart(header: str) -> None:
    rows = [f"{label}|{unit}|{OTHER}|{count}" for label, unit, count in ROWS]
    assert figures(f"统计指标|单位|{header}", *rows) == TRUE
    swapped = [f"{label}|{unit}|{count}|{OTHER}" for label, unit, count in ROWS]
    assert figures(f"统计指标|单位|{'|'.join(reversed(header.split('|')))}", *swapped) == TRUE


@pytest.mark.parametrize("header", ["|", "全市|本级", "2014年|2015年"])
def test_one_number_in_a_row_is_none_where_other_rows_have_two(header: str) -> None:
    rows = [f"{label}|{unit}|{OTHER}|{count if rank % 4 else ''}" for rank, (label, unit, count) in enumerate(ROWS)]
    assert not figures(f"统计指标|单位|{header}", *rows)


@pytest.mark.parametrize("header", [["统计指标|单位|统计数|统计指标|单位|统计数"], []])
def test_two_lists_side_by_side_are_read_one_after_the_other(header: list[str]) -> None:
    half = (len(ROWS) + 1) // 2
    right = [*ROWS[half:], ("", "", "")]
    assert figures(*header, *("|".join((*one, *other)) for one, other in zip(ROWS[:half], right, strict=False))) == TRUE


def test_parts_of_a_list_with_further_blank_columns_are_read() -> None:
    parts = ROWS[:10], ROWS[10:25], ROWS[25:]
    shapes = "{}|{}|{}", "{}||{}|{}", "{}|{}||{}|"
    rows = [shape.format(*row) for shape, part in zip(shapes, parts, strict=True) for row in part]
    table = "统计指标|单位|统计数"
    assert figures(table, *rows[:10], NEW_TABLE, *rows[10:25], NEW_TABLE, *rows[25:]) == TRUE


def test_a_table_of_the_agencys_own_is_kept_whole() -> None:
    table = "<tr><td>项目</td><td>2015年</td><td>2016年</td></tr><tr><td>收到申请数</td><td>3</td><td>5</td></tr>"
    read = parsers.parse(f"{PAGE[:BEGIN]}<table>{table}</table>{PAGE[END:]}".encode())
    assert not read.figures
    assert [other.rows for other in read.tables] == [(("项目", "2015年", "2016年"), ("收到申请数", "3", "5"))]


def test_a_change_in_percent_beside_the_years_own_column_says_nothing_of_the_count() -> None:
    rows = (f"{label}|{unit}|{OTHER}|{count}|{'-12.5%' if count else ''}" for label, unit, count in ROWS)
    assert figures("统计指标|单位|上年数|本年数|增减率", *rows) == TRUE


def test_the_whole_year_stands_beside_its_halves() -> None:
    rows = (f"{label}|{unit}|{OTHER}|{OTHER}|{count}" for label, unit, count in ROWS)
    assert figures("统计指标|单位|上半年|下半年|全年", *rows) == TRUE


@pytest.mark.parametrize("codes", ["代码", "指标代码", "序号"])
def test_the_numbers_of_the_lines_are_none_of_the_counts_also_where_these_are_blank(codes: str) -> None:
    named = ((label, unit, count if rank % 4 else "") for rank, (label, unit, count) in enumerate(ROWS, 1))
    rows = [f"{label}|{rank}|{unit}|{count}" for rank, (label, unit, count) in enumerate(named, 1)]
    read = figures(f"统计指标|{codes}|单位|统计数", *rows)
    assert read.items() <= TRUE.items()
    assert len(read) > 30


def test_a_list_printed_as_paragraphs_is_read_like_the_table() -> None:
    lines = "".join(f"<p>{label}：{count}{unit}</p>" if count else f"<p>{label}</p>" for label, unit, count in ROWS)
    read = parsers.parse(f"{PAGE[:BEGIN]}{lines}{PAGE[END:]}".encode())
    found = {name: figure.value for name, figure in read.figures.items() if figure.value is not None}
    assert found == TRUE
