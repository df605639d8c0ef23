"""Tables that lost cells, rows or spans: fewer figures are read of them, and none that stands in another place."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import parsers
from parsers.documents.html import tree
from parsers.model import Number, Report

DOCUMENTS = Path(__file__).parents[1] / "documents"
# Where two tables contradict each other, one that is damaged leaves the other's word alone.
CONTRADICT_THEMSELVES = {
    "figures-of-the-government-and-of-the-whole-district-2022.html",
    "two-years-side-by-side-2024.html",
}
PAGES = sorted(
    path
    for path in DOCUMENTS.glob("*.html")
    if not path.name.startswith("not-a-report") and path.name not in CONTRADICT_THEMSELVES
)
TITLE = "凌州市教育局2024年政府信息公开工作年度报告"
Damage = Callable[[list[etree._Element], random.Random], None]


def values(report: Report) -> dict[str, Number]:
    return {name: figure.value for name, figure in report.figures.items() if figure.value is not None}


def read(*tables: str) -> Report:
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{''.join(tables)}</body></html>"
    return parsers.parse(page.encode(), "text/html")


# --- any document, damaged anywhere -----------------------------------------------------------------------------------


def a_row_gone(rows: list[etree._Element], rng: random.Random) -> None:
    row = rng.choice(rows)
    row.getparent().remove(row)


def a_row_twice(rows: list[etree._Element], rng: random.Random) -> None:
    row = rng.choice(rows)
    row.addnext(deepcopy(row))


def a_cell_gone(rows: list[etree._Element], rng: random.Random) -> None:
    row = rng.choice(rows)
    row.remove(rng.choice(row))


def a_blank_row(rows: list[etree._Element], rng: random.Random) -> None:
    row = etree.Element("tr")
    row.extend(etree.Element("td") for _ in range(rng.choice((0, 1, 8))))
    rng.choice(rows).addnext(row)


def a_row_in_two(rows: list[etree._Element], rng: random.Random) -> None:
    row = rng.choice([row for row in rows if len(row) > 1])
    rest = etree.Element("tr")
    rest.extend(row[rng.randrange(1, len(row)) :])
    row.addnext(rest)


def a_table_in_two(rows: list[etree._Element], rng: random.Random) -> None:
    rest = etree.Element("table")
    rest.extend(rows[rng.randrange(1, len(rows)) :])
    next(rows[0].iterancestors("table")).addnext(rest)


def a_hidden_cell(rows: list[etree._Element], rng: random.Random) -> None:
    rng.choice(rng.choice(rows)).set("style", "display:none")


def a_span_gone(rows: list[etree._Element], rng: random.Random) -> None:
    cell, name = rng.choice(_spans(rows))
    del cell.attrib[name]


def a_wrong_span(rows: list[etree._Element], rng: random.Random) -> None:
    cell, name = rng.choice(_spans(rows))
    cell.set(name, str(max(1, int(cell.get(name)) + rng.choice((1, -1)))))


def _spans(rows: list[etree._Element]) -> list[tuple[etree._Element, str]]:
    cells = (cell for row in rows for cell in row)
    return [(cell, name) for cell in cells for name in ("rowspan", "colspan") if (cell.get(name) or "").isdecimal()]


DAMAGES: tuple[Damage, ...] = (
    *(a_row_gone, a_row_twice, a_cell_gone, a_blank_row, a_row_in_two, a_table_in_two, a_hidden_cell, a_span_gone),
    a_wrong_span,
)


@cache
def whole(page: Path) -> dict[str, Number]:
    return values(parsers.parse(page.read_bytes()))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_anywhere_moves_no_figure(damage: Damage) -> None:
    for seed in range(40):
        rng = random.Random(f"{damage.__name__} {seed}")
        page = rng.choice(PAGES)
        root = tree(page.read_bytes())
        tables = (
            [row for row in table.iter("tr") if len(row)] for table in root.iter("table") if not _holds_tables(table)
        )
        try:
            damage(rng.choice([rows for rows in tables if len(rows) > 2]), rng)
        except IndexError:
            continue  # a page without tables, a table without spans
        found = values(parsers.parse(etree.tostring(root, method="html", encoding="utf-8")))
        moved = {name: value for name, value in found.items() if whole(page).get(name, value) != value}
        assert not moved, (page.name, seed)


def _holds_tables(table: etree._Element) -> bool:
    return table.find(".//table") is not None


# --- what damage looks like -------------------------------------------------------------------------------------------

APPLICANTS = (
    "<tr><td rowspan=3 colspan=3>本列数据的勾稽关系</td><td colspan=7>申请人情况</td>{beside}</tr>"
    "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>"
    "<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>"
)
NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"


def requests(*rows: str, beside: str = "") -> str:
    return f"<table>{APPLICANTS.format(beside=beside)}{''.join(rows)}</table>"


def row(label: str, *cells: object) -> str:
    return f"<tr><td colspan=3>{label}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def test_a_row_that_lacks_a_cell_does_not_reach_into_the_column_of_remarks() -> None:
    beside = "<td rowspan=3>备注</td>"
    report = read(requests(row(NEW, 5, 1, 2, 3, 4, 6, 21, "件"), row(CARRIED, 7, 1, 2, 3, 4, 17, "件"), beside=beside))
    assert report.figures["requests.new_received.total"].value == 21
    assert not any("carried_in" in name for name in report.figures)
    assert "row_not_placed" in [problem.code for problem in report.problems]


def test_a_total_that_is_the_word_of_the_next_column_makes_the_row_unsure() -> None:
    header = APPLICANTS.replace("<td colspan=7>", "<td>").format(beside="<td rowspan=3>备注</td>")
    report = read(f"<table>{header}{row(NEW, 5, 1, 2, 3, 4, 6, 21, '件')}</table>")
    assert values(report) == {}


def test_in_a_table_with_a_row_that_fits_nowhere_another_row_needs_its_sum() -> None:
    gone, shifted = row(NEW, 5, 1, 2, 3, 4, 6), row(CARRIED, 1, 2, 3, 4, 5, 15, "")
    report = read(requests(gone, shifted))
    assert values(report) == {}
    assert [problem.code for problem in report.problems] == ["row_not_placed", "row_unsure"]
    assert report.figures["requests.carried_in.org_other"].raw == "15"
    assert len(values(read(requests(gone, row(CARRIED, 1, 2, 3, 4, 5, 6, 21))))) == 7


def test_the_last_digit_of_a_figure_that_a_page_cut_makes_its_row_unsure() -> None:
    torn = '<tr><td rowspan="3">三、本年度办理结果</td><td>（一）予以公开</td>' + "<td>57</td>" * 6 + "<td>34</td></tr>"
    torn += (
        "<tr><td></td>" + "<td></td>" * 6 + "<td>2</td></tr>" + "<tr>" + row("（二）部分公开", 1, 0, 0, 0, 0, 0, 1)[4:]
    )
    found = values(read(requests(torn)))
    assert found["requests.granted_part.total"] == 1
    assert "requests.granted.total" not in found


def test_the_sum_of_a_sound_table_may_fail() -> None:
    report = read(requests(row(NEW, 5, 1, 2, 3, 4, 6, 22), row(CARRIED, 1, 2, 3, 4, 5, 15, "")))
    assert len(values(report)) == 13


@pytest.mark.parametrize(
    "header", ["<td>本年制发件数 本年废止件数</td><td>现行有效件数</td>", "<td>本年制发件数</td><td>现行有效件数</td>"]
)
def test_a_blank_behind_a_header_that_lacks_a_cell_is_a_figure(header: str) -> None:
    table = f"<table><tr><td>信息内容</td>{header}</tr><tr><td>规章</td><td>12</td><td>34</td><td></td></tr></table>"
    assert values(read(table, requests(row(NEW, 0, 0, 0, 0, 0, 0, 0)))) == dict.fromkeys(
        (name for name in read(requests(row(NEW, 0, 0, 0, 0, 0, 0, 0))).figures), 0
    )


def test_a_column_whose_header_ran_together_with_another_takes_no_blank_for_padding() -> None:
    header = "<tr><td>信息内容</td><td colspan=2>上一年项目数量本年增/减</td><td>处理决定数量</td></tr>"
    table = f"<table>{header}<tr><td>行政许可</td><td>0</td><td>6</td><td></td></tr></table>"
    assert "a20_5.licensing.decisions" not in values(read(table, requests(row(NEW, 0, 0, 0, 0, 0, 0, 0))))


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("17<sup>1</sup>", 17),
        ("<p>17<span><sup>[1]</sup></span></p>", 17),
        ("<sup>17</sup>", 17),
        ("17<span style='visibility: hidden'>8</span>", 17),
        ("<span hidden>8</span>17", 17),
        ("17<sub>1</sub>", None),
        ("17<p>17</p>", None),
    ],
)
def test_a_mark_beside_a_number_is_none_of_its_digits(cell: str, number: int | None) -> None:
    figures = read(requests(row(NEW, cell, 0, 0, 0, 0, 0, 17))).figures
    assert figures["requests.new_received.natural_person"].value == number
    assert figures["requests.new_received.total"].value == 17


def on_its_side(*, short: str) -> str:
    """Section three with the form's rows side by side; the row that begins with `short` lacks a cell."""
    outcomes = (
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "4.保护第三方合法权益",
    )
    heads = ["", NEW, CARRIED, *outcomes, "（七）总计", "四、结转下年度继续办理"]
    columns = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    lines = [heads, *([name, *(10 * at + n for n in range(1, len(heads)))] for at, name in enumerate(columns, 1))]
    kept = [line[:3] + line[4:] if line[0] == short else line for line in lines]
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in line) + '</tr>' for line in kept)}</table>"


@pytest.mark.parametrize("short", ["", "科研机构"])
def test_a_table_on_its_side_whose_rows_differ_in_length_is_left_alone(short: str) -> None:
    assert read(on_its_side(short="-")).figures["requests.granted.org_research"].value == 33
    report = read(on_its_side(short=short))
    assert values(report) == {}
    assert [problem.code for problem in report.problems] == ["row_not_placed"]
    assert len(report.tables) == 1


def test_a_row_called_other_in_a_group_of_the_forms_that_has_none_is_not_the_forms() -> None:
    group = "<tr><td rowspan=2>三、本年度办理结果</td><td rowspan=2>（三）不予公开</td><td>1.属于国家秘密</td>{}</tr>"
    cells = "<td>1</td>" * 6 + "<td>6</td>"
    report = read(requests(row(NEW, 0, 0, 0, 0, 0, 0, 0), group.format(cells), f"<tr><td>9.其他</td>{cells}</tr>"))
    assert "requests.refused_state_secret.total" in report.figures
    assert not any("other_other" in name for name in report.figures)


def test_a_list_of_remedies_that_lacks_rows_needs_the_sums_of_its_results() -> None:
    def line(*cells: object) -> str:
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    review = [line(name, number) for name, number in zip(results, (1, 2, 3, 4, 10), strict=True)]
    review[0] = review[0].replace("<td>", "<td rowspan=5>行政复议</td><td>", 1)
    suits = [line(name, number) for name, number in zip(results[2:], (6, 7, 26), strict=True)]
    sound = read(f"<table>{''.join(review)}</table>")
    assert values(sound)["remedies.cases.review_total"] == 10
    assert values(read(f"<table>{''.join([*review[:2], *suits])}</table>")) == {}


def of_columns(*heads: str, figures: tuple[int, ...]) -> dict[str, Number]:
    """What a table of section three with these columns is read as, one row of it."""
    head = "".join(f"<td>{text}</td>" for text in ("项目", *heads))
    lines = (f"<td>{label}</td>{''.join(f'<td>{figure}</td>' for figure in figures)}" for label in (NEW, CARRIED))
    found = values(read(f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"))
    return {name.rpartition(".")[2]: value for name, value in found.items() if "new_received" in name}


def test_organisations_in_one_column_leave_the_columns_beside_it_alone() -> None:
    assert of_columns("自然人", "法人或其他组织", "总计", figures=(5, 2, 7)) == {"natural_person": 5, "total": 7}


def test_two_columns_that_are_each_a_part_of_a_forms_column_are_neither_of_them_that_column() -> None:
    parts = ("自然人（本市）", "自然人（外地）", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    found = of_columns(*parts, figures=(3, 3, 0, 0, 0, 0, 0, 6))
    assert "natural_person" not in found
    assert found["total"] == 6
