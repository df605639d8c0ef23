"""Random figures in the official layout and in its distortions come back exactly, or not at all."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from balanced import balanced
from hypothesis import given
from hypothesis import strategies as st
from rendering import Place, Sheet, cut, sheets, skewed, statistics

from parsers.forms import forms
from parsers.model import Cell, Document, Paragraph, Table
from parsers.tables import labels, numbers
from parsers.tables.statutory import match

CELLS = st.one_of(
    st.integers(0, 99999).map(str),
    st.just("0"),
    st.just(""),
    st.just("/"),
    st.integers(1000, 9999999).map(lambda n: f"{n:,}"),
)


@st.composite
def filled(draw, forms_drawn=("form_2019", "form_2021"), cells=CELLS):
    """A form and the text of each of its cells."""
    form = forms()[draw(st.sampled_from(forms_drawn))]
    return form, {i.id: draw(cells) for i in form.indicators() if i.row != "other_published_documents"}


def as_spans(sheet: Sheet, number: int) -> Table:
    return Table(number, tuple(Cell(p.text, p.row, p.column, p.rows, p.columns) for p in sheet.places))


def as_blanks(sheet: Sheet, number: int) -> Table:
    grid = sheet.covering()
    return Table(
        number,
        tuple(
            Cell(p.text if (p.row, p.column) == (r, c) else "", r, c)
            for r, row in enumerate(grid)
            for c, p in enumerate(row)
        ),
    )


def as_repeats(sheet: Sheet, number: int) -> Table:
    grid = sheet.covering()
    return Table(number, tuple(Cell(p.text, r, c) for r, row in enumerate(grid) for c, p in enumerate(row)))


def as_ragged(sheet: Sheet, number: int) -> Table:
    cells = []
    for r, row in enumerate(sheet.covering()):
        distinct = list({id(p): p for p in row}.values())
        cells += [Cell(p.text if p.row == r else "", r, rank) for rank, p in enumerate(distinct)]
    return Table(number, tuple(cells), ragged=True)


LAYOUTS = {"spans": as_spans, "blanks": as_blanks, "repeats": as_repeats, "ragged": as_ragged}


def read(tables: list[Table]):
    return match(Document("html", tuple(tables)))


def expect_exactly(result, form, figures):
    indicators = {i.id: i for i in form.indicators()}
    assert result.form == form.id
    assert not [p for p in result.problems if p.code != "cell_text"]
    assert set(result.figures) == set(figures)
    for name, text in figures.items():
        decimal = indicators[name].dtype == "decimal"
        wanted = numbers.read_money(text, indicators[name].unit) if decimal else numbers.read_count(text)
        assert (result.figures[name].value, result.figures[name].kind) == (wanted.value, wanted.kind), name
        assert result.figures[name].raw == text


@pytest.mark.parametrize("layout", LAYOUTS)
@given(drawn=filled())
def test_a_layout_is_read_back_exactly(layout, drawn):
    form, figures = drawn
    tables = [LAYOUTS[layout](sheet, n) for n, sheet in enumerate(sheets(form, figures), 1)]
    expect_exactly(read(tables), form, figures)


@pytest.mark.parametrize("layout", ["spans", "ragged"])
@given(drawn=filled(), seed=st.integers(0, 10**6))
def test_a_table_cut_by_a_page_break_is_read_on(layout, drawn, seed):
    form, figures = drawn
    parts = [part for sheet in sheets(form, figures) for part in cut(sheet, random.Random(seed))]
    tables = [LAYOUTS[layout](sheet, n) for n, sheet in enumerate(parts, 1)]
    expect_exactly(read(tables), form, figures)


@given(drawn=filled())
def test_header_and_data_that_disagree_on_columns(drawn):
    form, figures = drawn
    tables = [as_spans(skewed(sheet), n) for n, sheet in enumerate(sheets(form, figures), 1)]
    expect_exactly(read(tables), form, figures)


@given(drawn=filled())
def test_all_tables_in_one(drawn):
    form, figures = drawn
    places, top = [], 0
    for sheet in sheets(form, figures):
        places += [Place(p.text, p.row + top, p.column, p.rows, p.columns) for p in sheet.places]
        top += sheet.height
    expect_exactly(read([as_spans(Sheet("", tuple(places)), 1)]), form, figures)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(drawn=filled(forms_drawn=["stat_2014"]))
def test_the_list_of_2014(layout, drawn):
    form, figures = drawn
    expect_exactly(read([LAYOUTS[layout](statistics(form, figures), 1)]), form, figures)


@given(drawn=filled(), seed=st.integers(0, 10**6))
def test_rows_left_out_or_in_another_order_shift_nothing(drawn, seed):
    form, figures = drawn
    rng = random.Random(seed)
    kept_tables, kept = [], dict(figures)
    for number, sheet in enumerate(sheets(form, figures), 1):
        table = as_ragged(sheet, number)
        rows = [[c for c in table.cells if c.row == r] for r in range(table.height)]
        head = 3 if number == 2 else table.height
        data = [row for row in rows[head:] if rng.random() > 0.2]
        rng.shuffle(data)
        cells = tuple(Cell(c.text, r, c.column) for r, row in enumerate(rows[:head] + data) for c in row)
        kept_tables.append(Table(number, cells, ragged=True))
        if number == 2:
            present = {c.text for row in data for c in row}
            kept = {
                name: text
                for name, text in figures.items()
                if not name.startswith("requests.") or _label(form, name) in present
            }
    result = read(kept_tables)
    for name, text in kept.items():
        decimal = name.endswith(".amount")
        if not decimal:
            assert result.figures[name].value == numbers.read_count(text).value, name
    assert set(result.figures) == set(kept)


def _label(form, name: str) -> str:
    code = name.split(".")[1]
    return next(row.path[-1] for row in form.table("requests").rows if row.code == code)


def grid(rows: list[list[str]], number: int = 1) -> Table:
    return Table(number, tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)))


def test_an_added_row_is_a_problem_and_shifts_nothing():
    result = read([grid([["信息内容", "本年处理决定数量"], ["行政许可", "12"], ["行政确认", "7"]])])
    assert result.figures["a20_5.licensing.decisions"].value == 12
    assert len(result.figures) == 1
    assert [p.code for p in result.problems] == ["row_unknown"]
    assert result.leftover == [(1, (("行政确认", "7"),))]


def test_an_added_column_is_a_problem_and_shifts_nothing():
    result = read([grid([["信息内容", "本年制发件数", "备注数", "现行有效件数"], ["行政规范性文件", "1", "2", "3"]])])
    assert {n: f.value for n, f in result.figures.items()} == {
        "a20_1.normative_documents.issued": 1,
        "a20_1.normative_documents.in_force": 3,
    }
    assert [p.code for p in result.problems] == ["column_unknown"]


def test_a_row_with_a_missing_cell_is_not_guessed():
    header = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [header, ["（一）予以公开", "1", "2", "3", "4", "5", "15"]]
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    result = read([Table(1, cells, ragged=True)])
    assert result.figures == {}
    assert [p.code for p in result.problems] == ["row_not_placed"]


def test_a_single_row_of_other_outcomes_in_a_2021_report():
    form = forms()["form_2021"]
    figures = {i.id: "1" for i in form.indicators()}
    tables = [as_spans(sheet, n) for n, sheet in enumerate(sheets(form, figures), 1)]
    kept = [c for c in tables[1].cells if not 23 <= c.row <= 25 or c.column == 0]
    single = [Cell("（六）其他处理", 23, 1, 1, 2), *(Cell("5", 23, 3 + i) for i in range(7))]
    tables[1] = Table(2, (*kept, *single))
    result = read(tables)
    assert result.form == "form_2021"
    assert result.figures["requests.other.total"].value == 5
    assert "requests.other_other.total" not in result.figures


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("1.申请人无正当理由预期不补正、行政机关不再处理其政府信息公开申请", "other_no_correction"),
        ("2.法律行政止公开", "refused_other_law"),
        ("属于三类内部\n事务信息", "refused_internal_affairs"),
        ("3.危及三安全一稳定", "refused_security_stability"),
        ("⼀、本年新收政府信息公开申请数量", "new_received"),
        ("2.重复申请①", "notprocessed_duplicate"),
        ("（一）予以公开*", "granted"),
        ("（一）予以公开¹ ", "granted"),
    ],
)
def test_damaged_labels(printed, row):
    header = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    result = read([grid([header, [printed, *"1234567"]])])
    assert result.figures[f"requests.{row}.natural_person"].value == 1
    assert result.figures[f"requests.{row}.total"].value == 7


def test_a_remedies_table_on_its_side():
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows, value = [], 0
    for groups in (["行政复议", ""], ["行政诉讼", "未经复议直接起诉"], ["行政诉讼", "复议后起诉"]):
        for rank, label in enumerate(results):
            rows.append([*(groups if rank == 0 else ["", ""]), label, str(value)])
            value += 1
    result = read([grid(rows)])
    columns = forms()["form_2021"].table("remedies").columns
    assert [result.figures[f"remedies.cases.{c.code}"].value for c in columns] == list(range(15))


def test_two_prints_of_one_cell_that_differ_are_believed_neither():
    first = grid([["信息内容", "本年处理决定数量"], ["行政许可", "12"]])
    second = grid([["信息内容", "本年处理决定数量"], ["行政许可", "13"]], 2)
    result = read([first, second])
    assert result.figures["a20_5.licensing.decisions"].value is None
    assert "'12'" in result.problems[0].message
    assert "'13'" in result.problems[0].message


def requests(seed: int, number: int) -> Table:
    """Section three of a report, filled at random."""
    form = forms()["form_2021"]
    figures = balanced(form, random.Random(seed))
    sheet = next(sheet for sheet in sheets(form, figures) if "申请" in sheet.heading)
    return as_spans(sheet, number)


def test_of_two_tables_that_contradict_each_other_neither_is_believed_alone():
    first, second = requests(1, 1), requests(2, 2)
    lost = [cell for cell in first.cells if "重复申请" in cell.text]
    first = replace(first, cells=tuple(cell for cell in first.cells if cell.row != lost[0].row))
    result = read([first, second])
    alone = [figure for name, figure in result.figures.items() if name.startswith("requests.notprocessed_duplicate.")]
    assert len(alone) == 7
    assert {figure.value for figure in alone} == {None}
    assert ("row_unsure", "table 2") in {(problem.code, problem.at) for problem in result.problems}


def test_a_title_that_runs_into_the_line_below_is_the_reports_own_all_the_same():
    title = "凌州市教育局2023年政府信息公开工作年度报告根据条例编制本报告"
    below = "凌州市第一中学2023年政府信息公开工作年度报告"
    blocks = (Paragraph(title), requests(1, 1), Paragraph(below), requests(2, 2))
    result = match(Document("text", blocks, titles=(title,)))
    assert result.figures["requests.new_received.total"].at.startswith("table 1 ")
    assert [(problem.code, problem.at) for problem in result.problems] == [("table_of_others", "table 2")]


def test_a_table_of_the_agencys_own_is_no_statutory_table():
    result = read([grid([["序号", "类别", "数量"], ["1", "行政许可", "12"], ["2", "行政处罚", "3"]])])
    assert result.figures == {}
    assert result.tables_read == set()
    assert len(result.leftover) == 1


@pytest.mark.parametrize(
    ("header", "cell", "value", "unit"),
    [
        ("本年收费金额（单位：万元）", "12.5", 12.5, "万元"),
        ("本年收费金额（单位：元）", "125000", 12.5, "万元"),
        ("本年收费金额（单位：万元）", "125000元", 12.5, "万元"),
        ("本年收费金额", "0", 0, "万元"),
        ("采购总金额", "96171.6", 96171.6, None),
        ("采购总金额（万元）", "961.716", 961.716, "万元"),
    ],
)
def test_money_is_in_ten_thousand_yuan_only_where_form_or_cell_says_so(header, cell, value, unit):
    row = "行政事业性收费" if header.startswith("本年") else "政府集中采购"
    result = read([grid([["信息内容", header], [row, cell]])])
    (figure,) = result.figures.values()
    assert float(figure.value) == value
    assert figure.unit == unit


def test_the_rest_of_a_label_with_blank_cells_contradicts_nothing():
    head = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    rows = [
        head,
        ("2.没有现成信息需要另行", "1", "2", "3", "4", "5", "6", "21"),
        ("没有现成信息需要另行制作", "", "", "", "", "", "", ""),
    ]
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    result = match(Document("html", (Table(1, cells),)))
    assert result.figures["requests.unavailable_needs_creation.total"].value == 21
    assert not result.problems


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("科研单位", "科研机构"),
        ("社会公益机构", "社会公益组织"),
        ("法律服务组织", "法律服务机构"),
        ("结果纠错", "结果纠正"),
    ],
)
def test_a_column_is_known_by_the_other_words_that_agencies_have_for_it(printed: str, meant: str) -> None:
    places = labels.columns().leaves
    assert {place[:2] for place in places[printed]} == {place[:2] for place in places[meant]}


@pytest.mark.parametrize(
    "header",
    [
        ["项目", "网站", "微信", "总计"],
        ["项目", "网站", "其他", "总计"],
        ["申请方式", "自然人", "企业", "总计"],
        ["单位", "自然人", "其他", "总计"],
    ],
)
def test_a_table_of_the_agencys_own_that_ends_with_others_and_a_sum_is_no_statutory_table(header: list[str]) -> None:
    rows = [header, ["水库", "5", "6", "11"], ["其他", "3", "4", "7"], ["总计", "8", "10", "18"]]
    result = read([grid(rows)])
    assert (result.figures, result.problems, len(result.leftover)) == ({}, [], 1)
