"""Tables of PDF documents that a page break, or a line that a browser draws astray, cuts."""

from __future__ import annotations

from pdf_paper import CellText, Sheet, row_of
from test_pdf import HEAD, LEFT, LINE, WIDTHS, placed, requests_rows, tables, with_text


def test_a_table_goes_on_over_the_page_break() -> None:
    first, second = with_text(), Sheet()
    first.table(LEFT, 700, WIDTHS, [20, 20, 20], HEAD + row_of(2, "一、", "本年新收", "5", "0", "5"))
    bottom = second.table(
        LEFT, 80, WIDTHS, [20, 20], requests_rows(("二、", "结转", "1", "2", "3"), ("四、", "下年", "0", "0", "0"))
    )
    second.lines(LEFT, bottom + 30, [LINE])
    (found,) = tables(first, second)
    assert (found.height, found.width) == (5, 5)
    assert placed(found)[3, 4] == ("3", 1, 1)
    assert found.cells[-1].place.startswith("page 2 ")


def test_a_group_label_cut_by_the_page_break_is_one_cell() -> None:
    first, second = with_text(), Sheet()
    above: list[CellText] = [
        (0, 0, 2, 1, "（三）不予公开"),
        *((0, 1 + column, 1, 1, text) for column, text in enumerate(["7.属于行政执法案卷", "1", "2", "3"])),
        *((1, 1 + column, 1, 1, text) for column, text in enumerate(["8.属于行政查询事项", "4", "5", "9"])),
        (2, 0, 1, 1, "（四）无"),
        *((2, 1 + column, 1, 1, text) for column, text in enumerate(["1.本机关不掌握相关政府信息", "7", "0", "7"])),
    ]
    below: list[CellText] = [
        (0, 0, 2, 1, "法提供"),
        *((0, 1 + column, 1, 1, text) for column, text in enumerate(["2.没有现成信息需要另行制作", "8", "0", "8"])),
        *((1, 1 + column, 1, 1, text) for column, text in enumerate(["3.补正后申请内容仍不明确", "9", "0", "9"])),
        (2, 0, 1, 1, "（五）不予处理"),
        *((2, 1 + column, 1, 1, text) for column, text in enumerate(["1.信访举报投诉类申请", "6", "0", "6"])),
    ]
    widths = [90.0, *WIDTHS[1:]]
    first.table(LEFT, 700, widths, [20, 20, 20], above)
    second.table(LEFT, 80, widths, [20, 20, 20], below)
    (found,) = tables(first, second)
    cells = placed(found)
    assert cells[0, 0] == ("（三）不予公开", 2, 1)
    assert cells[2, 0] == ("（四）无\n法提供", 3, 1)
    assert cells[5, 0] == ("（五）不予处理", 1, 1)
    assert [cells[row, 2][0] for row in range(6)] == ["1", "4", "7", "8", "9", "6"]
    cut = next(cell for cell in found.cells if cell.row == 2 and cell.column == 0)
    assert "page 1" in cut.place
    assert "page 2" in cut.place


def test_a_group_goes_on_where_its_label_is_blank_on_the_next_page() -> None:
    first, second = with_text(), Sheet()
    above = [
        (0, 0, 2, 1, "三、\n本年"),
        (0, 1, 1, 1, "（一）予以公开"),
        (0, 2, 1, 1, "1"),
        (1, 1, 1, 1, "（二）部分公开"),
        (1, 2, 1, 1, "2"),
    ]
    below = [
        (0, 0, 1, 1, ""),
        (0, 1, 1, 1, "（七）总计"),
        (0, 2, 1, 1, "3"),
        (1, 0, 1, 2, "四、结转下年度"),
        (1, 2, 1, 1, "4"),
    ]
    first.table(LEFT, 740, [40, 150, 60], [30, 30], above)
    second.table(LEFT, 80, [40, 150, 60], [30, 30], below)
    cells = placed(tables(first, second)[0])
    assert cells[0, 0] == ("三、\n本年", 3, 1)
    assert cells[3, 0] == ("四、结转下年度", 1, 2)
    assert [cells[row, 2][0] for row in range(4)] == list("1234")


def test_a_group_whose_end_is_drawn_beside_the_end_of_its_rows_cuts_none_of_them() -> None:
    sheet = with_text()
    cells = [
        (0, 0, 2, 1, "三、\n本年"),
        *((0, column, 1, 1, text) for column, text in enumerate(("2.重复申请", "1", "2"), 1)),
        *((1, column, 2, 1, text) for column, text in enumerate(("3.其他", "3", "4"), 1)),
        (2, 0, 2, 1, ""),
        *((3, column, 1, 1, text) for column, text in enumerate(("（七）总计", "4", "6"), 1)),
    ]
    sheet.table(LEFT, 200, [40, 150, 60, 60], [20, 6, 14, 20], cells)
    found = placed(tables(sheet)[0])
    assert [found[row, 1] for row in range(3)] == [("2.重复申请", 1, 1), ("3.其他", 1, 1), ("（七）总计", 1, 1)]
    assert found[0, 0] == ("三、\n本年", 2, 1)


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    first, second = with_text(), Sheet()
    first.table(
        LEFT,
        740,
        [160, 50, 50],
        [20, 20],
        requests_rows(("4.无正当理由大量反复申请", "0", "1"), ("5.要求行政机关确认或重新出", "2", "3")),
    )
    second.table(LEFT, 80, [160, 50, 50], [20, 20], requests_rows(("具已获取信息", "", ""), ("（七）总计", "4", "5")))
    cells = placed(tables(first, second)[0])
    assert cells[1, 0] == ("5.要求行政机关确认或重新出\n具已获取信息", 1, 1)
    assert [cells[row, 1][0] for row in range(3)] == ["0", "2", "4"]


def test_rows_without_figures_are_not_taken_for_one_row() -> None:
    first, second = with_text(), Sheet()
    first.table(LEFT, 740, [160, 50], [20, 20], requests_rows(("信息内容", "数量"), ("行政处罚", "")))
    second.table(LEFT, 80, [160, 50], [20, 20], requests_rows(("行政强制", ""), ("行政许可", "4")))
    cells = placed(tables(first, second)[0])
    assert [cells[row, 0][0] for row in range(4)] == ["信息内容", "行政处罚", "行政强制", "行政许可"]


def test_a_figure_below_the_page_break_is_not_part_of_the_head_above() -> None:
    first, second = with_text(), Sheet()
    first.table(
        LEFT, 740, [160, 150], [20, 20], requests_rows(("第二十条第（六）项", ""), ("信息内容", "本年处理决定数量"))
    )
    second.table(LEFT, 80, [160, 150], [20, 20], requests_rows(("行政处罚", "0"), ("行政强制", "无")))
    cells = placed(tables(first, second)[0])
    assert [cells[row, 1][0] for row in range(4)] == ["", "本年处理决定数量", "0", "无"]


def test_numerals_in_the_radicals_of_a_font_begin_a_row() -> None:
    first, second = with_text(), Sheet()
    first.table(
        LEFT, 740, [220, 50], [20, 20], requests_rows(("⼀、本年新收政府信息公开申请数量", ""), ("（⼀）予以公开", ""))
    )
    second.table(LEFT, 80, [220, 50], [20, 20], requests_rows(("（⼆）部分公开", ""), ("四、结转下年度继续办理", "4")))
    assert tables(first, second)[0].height == 4


def test_text_that_the_page_break_pushed_out_of_its_cell_goes_back() -> None:
    first, second = with_text(), Sheet()
    above = [(0, 0, 1, 1, "（三）不予"), (0, 1, 1, 1, "7.属于行政执法案卷"), (0, 2, 1, 1, "1")]
    below = [(0, 0, 2, 1, ""), (0, 1, 1, 1, "8.属于行政查询事项"), (0, 2, 1, 1, "2")]
    below += [(1, 1, 1, 1, "（四）无法提供"), (1, 2, 1, 1, "3")]
    bottom = first.table(LEFT, 740, [90, 150, 50], [20], above)
    first.text(LEFT + 3, bottom, "公开")
    second.table(LEFT, 80, [90, 150, 50], [20, 20], below)
    (found,) = tables(first, second)
    assert placed(found)[0, 0] == ("（三）不予\n公开", 3, 1)


def test_a_group_without_lines_at_the_page_break_keeps_its_column() -> None:
    first, second = with_text(), Sheet()
    widths = [60.0, 150.0, 50.0]
    above = [
        (0, 0, 1, 2, "二、上年结转"),
        (0, 2, 1, 1, "5"),
        (1, 0, 1, 1, "三、本"),
        (1, 1, 1, 1, "（一）予以公开"),
        (1, 2, 1, 1, "6"),
    ]
    first.table(LEFT, 740, widths, [20, 20], above)
    right = [(0, 0, 1, 1, "（二）部分公开"), (0, 1, 1, 1, "7"), (1, 0, 1, 1, "（七）总计"), (1, 1, 1, 1, "8")]
    second.table(LEFT + 60, 80, widths[1:], [20, 20], right)
    second.line(LEFT, 80, LEFT, 120)
    second.text(LEFT + 3, 82, "年度办理结果")
    (found,) = tables(first, second)
    cells = placed(found)
    assert cells[1, 0] == ("三、本\n年度办理结果", 3, 1)
    assert [cells[row, 2][0] for row in range(4)] == ["5", "6", "7", "8"]


def test_a_head_printed_again_on_the_next_page_is_left_out() -> None:
    first, second = with_text(), Sheet()
    first.table(LEFT, 700, WIDTHS, [20, 20, 20], HEAD + row_of(2, "一、", "本年新收", "5", "0", "5"))
    second.table(LEFT, 80, WIDTHS, [20, 20, 20], HEAD + row_of(2, "二、", "上年结转", "1", "0", "1"))
    (found,) = tables(first, second)
    assert found.height == 4
    assert [cell.text for cell in found.cells].count("自然人") == 1
    assert placed(found)[3, 2][0] == "1"


def test_tables_of_other_columns_or_with_text_between_stay_apart() -> None:
    rows = requests_rows(("规章", "1"), ("规范性文件", "2"))
    first, second, third = with_text(), Sheet(), Sheet()
    first.table(LEFT, 740, [100, 50], [20, 20], rows)
    second.table(LEFT + 20, 80, [120, 60], [20, 20], rows)
    third.lines(LEFT, 60, ["三、收到和处理政府信息公开申请情况"])
    third.table(LEFT + 20, 100, [120, 60], [20, 20], rows)
    assert [found.height for found in tables(first, second, third)] == [2, 2, 2]
