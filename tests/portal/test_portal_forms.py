"""The statutory tables as the official forms lay them out."""

from __future__ import annotations

from typing import Any

from parsers.forms import forms
from portal.forms import FailedRule, Label, ShownFigure, ShownTable, tables

COLUMNS = ("id", "table", "row", "column", "row_zh", "col_zh", "label_en", "unit", "comparability")


def dictionary(form: str) -> list[dict[str, Any]]:
    """The rows of `indicators` for a form."""
    titles = {table.code: table.title for table in forms()[form].tables}
    return [
        {name: getattr(indicator, name) for name in COLUMNS} | {"table_zh": titles[indicator.table]}
        for indicator in forms()[form].indicators()
    ]


def laid_out(form: str, failed: list[FailedRule] | None = None, **figures: int) -> dict[str, ShownTable]:
    """The tables of a form by their codes; figures by indicator id with __ for dots."""
    shown = {
        name.replace("__", "."): ShownFigure(name.replace("__", "."), "number", value)
        for name, value in figures.items()
    }
    return {table.code: table for table in tables(dictionary(form), shown, failed or [])}


def test_section_three_has_seven_columns_under_a_group_head() -> None:
    table = laid_out("form_2021")["requests"]
    first, second = table.head
    assert first == (
        Label("自然人", row_span=2),
        Label("法人或其他组织", column_span=5),
        Label("总计", row_span=2),
    )
    assert [label.text for label in second] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert table.columns == 7
    assert len(table.rows) == 25


def test_section_three_nests_its_row_labels_in_three_levels() -> None:
    table = laid_out("form_2021")["requests"]
    begun = {row.code: row.labels for row in table.rows}
    assert table.label_depth == 3
    assert begun["new_received"] == (Label("一、本年新收政府信息公开申请数量", column_span=3),)
    assert begun["granted"] == (
        Label("三、本年度办理结果", row_span=22),
        Label("（一）予以公开", column_span=2),
    )
    assert begun["refused_state_secret"] == (Label("（三）不予公开", row_span=8), Label("1.属于国家秘密"))
    assert begun["refused_other_law"] == (Label("2.其他法律行政法规禁止公开"),)
    assert begun["closed_total"] == (Label("（七）总计", column_span=2),)


def test_every_place_of_section_three_is_covered_once() -> None:
    for form in ("form_2019", "form_2021"):
        table = laid_out(form)["requests"]
        reaching: list[int] = []
        for row in table.rows:
            reaching = [height - 1 for height in reaching if height > 1]
            covered = len(reaching) + sum(label.column_span for label in row.labels)
            reaching += [label.row_span for label in row.labels]
            assert covered == table.label_depth, row.code


def test_section_four_has_a_head_of_three_levels() -> None:
    first, second, third = laid_out("form_2021")["remedies"].head
    assert first == (Label("行政复议", column_span=5), Label("行政诉讼", column_span=10))
    assert second[0] == Label("结果维持", row_span=2)
    assert second[5:] == (Label("未经复议直接起诉", column_span=5), Label("复议后起诉", column_span=5))
    assert len(third) == 10


def test_the_form_of_2019_keeps_its_own_rows_and_a_label_that_holds_a_slash() -> None:
    tables_2019 = laid_out("form_2019")
    assert [label.text for label in tables_2019["a20_5"].head[0]] == ["上一年项目数量", "本年增/减", "处理决定数量"]
    assert len(tables_2019["requests"].rows) == 23
    assert "（六）其他处理" in {row.labels[-1].text for row in tables_2019["requests"].rows}
    assert tables_2019["a20_9"].title == "第二十条第（九）项"


def test_a_regional_row_is_shown_only_where_the_report_fills_it() -> None:
    def rows(table: ShownTable) -> set[str]:
        return {row.code for row in table.rows}

    assert "other_published_documents" not in rows(laid_out("form_2019")["a20_1"])
    filled = laid_out("form_2019", a20_1__other_published_documents__newly_made=3)["a20_1"]
    assert "other_published_documents" in rows(filled)


def test_the_statistics_table_of_2014_is_laid_out_too() -> None:
    shown = laid_out("stat_2014", requests14__received__value=5)
    assert shown["requests14"].present
    assert not shown["review14"].present
    assert all(table.columns == 1 for table in shown.values())


def test_rules_stand_at_their_row_column_or_group() -> None:
    shown = laid_out(
        "form_2021",
        [
            FailedRule("A1", "granted", 3, 4),
            FailedRule("A2", "total", 3, 4),
            FailedRule("A3", "org_other", 3, 4),
            FailedRule("A4", "suit_direct", 3, 4),
            FailedRule("A5", "requests.carried_in.total", -1, None),
            FailedRule("A6", "regulations", 9, 4, "M"),
        ],
    )
    along = {
        row.code: [rule.rule for rule in row.failed] for table in shown.values() for row in table.rows if row.failed
    }
    assert along == {"granted": ["A1"], "carried_in": ["A5"], "regulations": ["A6"]}
    requests = {
        foot.rule: [cell.failed and cell.failed.scope for cell in foot.cells] for foot in shown["requests"].foot
    }
    assert requests["A2"][-1] == "total"
    assert "org_other" in requests["A3"]
    (remedies,) = shown["remedies"].foot
    assert [(cell.failed and cell.failed.scope, cell.column_span) for cell in remedies.cells] == [
        (None, 5),
        ("suit_direct", 5),
        (None, 5),
    ]
