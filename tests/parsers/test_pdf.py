"""Reading PDF documents: tables as they are ruled, over page breaks, and the text around them."""

from __future__ import annotations

import contextlib

import pytest
from pdf_paper import WIDTH, CellText, Sheet, bound, row_of, width_of

from parsers.documents import pdf
from parsers.model import Document, Paragraph, Table, UnreadableError
from parsers.tables import statutory

LINE = "本报告根据中华人民共和国政府信息公开条例规定编制并向社会公布全文如下。"
LEFT = 90.0


def tables(*sheets: Sheet) -> list[Table]:
    return list(pdf.read(bound(sheets)).tables)


def placed(found: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in found.cells}


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def with_text() -> Sheet:
    """A page with enough running text to be no scan."""
    sheet = Sheet()
    sheet.lines(LEFT, 100, [LINE, LINE])
    return sheet


def requests_rows(*rows: tuple[str, ...]) -> list[CellText]:
    return [cell for number, row in enumerate(rows) for cell in row_of(number, *row)]


HEAD: list[CellText] = [
    (0, 0, 2, 2, "勾稽关系"),
    (0, 2, 1, 3, "申请人情况"),
    (1, 2, 1, 1, "自然人"),
    (1, 3, 1, 1, "其他"),
    (1, 4, 1, 1, "总计"),
]
WIDTHS = [40.0, 160.0, 50.0, 50.0, 50.0]


def test_merged_cells_are_read_from_the_lines() -> None:
    sheet = with_text()
    body: list[CellText] = [
        (2, 0, 2, 1, "三、本年\n度办理"),
        *((2, 1 + column, 1, 1, text) for column, text in enumerate(["（一）予以公开", "1", "2", "3"])),
        *((3, 1 + column, 1, 1, text) for column, text in enumerate(["（二）部分公开", "44", "", "44"])),
    ]
    sheet.table(LEFT, 200, WIDTHS, [20, 20, 20, 20], HEAD + body)
    (found,) = tables(sheet)
    assert placed(found) == {(row, column): (text, down, across) for row, column, down, across, text in HEAD + body}
    granted = next(cell for cell in found.cells if cell.text == "1")
    assert granted.place == "page 1 box 290.0,240.0,340.0,260.0"


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


def test_text_close_below_a_table_that_ends_there_is_a_paragraph() -> None:
    sheet = with_text()
    bottom = sheet.table(LEFT, 200, [200, 50], [20, 20], requests_rows(("规章", "1"), ("其他", "2")))
    sheet.text(LEFT + 3, bottom, "四、行政复议")
    document = pdf.read(bound([sheet]))
    assert paragraphs(document)[-1] == "四、行政复议"
    assert [cell.text for table in document.tables for cell in table.cells] == ["规章", "1", "其他", "2"]


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


@pytest.mark.parametrize("without", ["bottom", "top", "left right", "top bottom left right"])
def test_sides_without_a_line_do_not_lose_their_cells(without: str) -> None:
    sheet = with_text()
    rows = requests_rows(("信息内容", "本年", "有效"), ("规章", "1", "2"), ("规范性文件", "3", "4"), ("其他", "5", "6"))
    sheet.table(LEFT, 200, [90, 60, 60], [20, 20, 20, 20], rows, without=without)
    (found,) = tables(sheet)
    assert placed(found) == {(row, column): (text, 1, 1) for row, column, _, _, text in rows}


def test_a_page_that_a_browser_printed_has_a_box_with_mitred_sides_around_each_cell() -> None:
    sheet = with_text()
    rows = requests_rows(("信息内容", "本年", "有效"), ("规章", "1", "2"), ("规范性文件", "3", "4"), ("其他", "5", "6"))
    lefts, widths = [LEFT, LEFT + 90, LEFT + 150], [90, 60, 60]
    for row, column, _, _, text in rows:
        x0, top = lefts[column], 200.0 + 20 * row
        x1, bottom = x0 + widths[column] - 1.5, top + 18.5
        sheet.box(x0, top, x1, top + 0.75, "0.3 0.3 0.3")
        sheet.box(x0, bottom - 0.75, x1, bottom, "0.6 0.6 0.6")
        sheet.side(x0, top, bottom, 0.75)
        sheet.side(x1, top, bottom, -0.75)
        sheet.text(x0 + 4, top + 4, text)
    (found,) = tables(sheet)
    assert placed(found) == {(row, column): (text, 1, 1) for row, column, _, _, text in rows}


def test_backgrounds_frames_and_underlines_are_no_tables() -> None:
    sheet = Sheet()
    for number in range(4):
        top = 100 + 20 * number
        sheet.box(LEFT, top, 500, top + 20, "1 1 1" if number % 2 else "0.8 0.9 1")
        sheet.text(LEFT, top + 4, LINE)
        sheet.line(LEFT, top + 18, 300, top + 18)
    sheet.table(60, 60, [480], [700], [(0, 0, 1, 1, "")])
    document = pdf.read(bound([sheet]))
    assert not list(document.tables)
    assert "".join(paragraphs(document)).count(LINE) == 4


def test_a_number_that_runs_over_a_line_is_not_cut_in_two() -> None:
    sheet = with_text()
    sheet.table(LEFT, 200, [100, 30, 30], [20, 20], requests_rows(("规章", "1", "2"), ("许可", "", "5")))
    sheet.text(LEFT + 103, 222, "1234567")
    document = pdf.read(bound([sheet]))
    (found,) = document.tables
    assert placed(found)[1, 1][0] == "1234567"
    assert [problem.code for problem in document.problems] == ["text_over_line"]


def test_a_number_broken_in_a_narrow_cell_is_one_number() -> None:
    sheet = with_text()
    rows = requests_rows(("规章", "3985\n758", "12\n5"), ("许可", "0", "1"), ("备案", "398\n3985", "5"))
    sheet.table(LEFT, 200, [100, 26, 60], [30, 30, 30], rows)
    cells = placed(tables(sheet)[0])
    assert cells[0, 1][0] == "3985758"
    assert cells[0, 2][0] == "12\n5"
    assert cells[2, 1][0] == "398\n3985"  # two numbers: one would have filled its first line


def test_wrapped_lines_are_one_paragraph_over_the_page_break() -> None:
    full = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
    first, second = Sheet(), Sheet()
    first.text(250, 80, "2024年政府信息公开工作年度报告")
    top = first.lines(LEFT + 20, 140, ["一、总体情况", "甲" + full[:37]])
    first.lines(LEFT, top, [full, full])
    second.lines(LEFT, 80, [full, "止于此。"])
    second.lines(LEFT + 20, 120, ["另起一段。"])
    for number, sheet in enumerate((first, second), 1):
        sheet.text(280, 800, f"- {number} -")
    assert paragraphs(pdf.read(bound([first, second]))) == [
        "2024年政府信息公开工作年度报告",
        "一、总体情况",
        "甲" + full[:37] + full + full + full + "止于此。",
        "另起一段。",
    ]


def test_headers_and_page_numbers_are_left_out_but_margins_may_hold_text() -> None:
    sheets = []
    for number in range(1, 5):
        sheet = with_text()
        sheet.text(LEFT, 30, "凌州市人民政府文件")
        sheet.text(280, 810, f"第 {number} 页 共 4 页")
        sheets.append(sheet)
    sheets[-1].text(LEFT, 790, "凌州市教育局2024年1月20日")
    text = "".join(paragraphs(pdf.read(bound(sheets))))
    assert "政府文件" not in text
    assert "页" not in text
    assert text.endswith("凌州市教育局2024年1月20日")


def test_watermarks_are_not_text() -> None:
    sheet = with_text()
    sheet.text(200, 400, "凌州市人民政府", 40, turn=(0.7071, 0.7071))
    assert "凌州" not in "".join(paragraphs(pdf.read(bound([sheet]))))


def test_titles_come_from_the_first_lines_and_the_properties() -> None:
    sheet = Sheet()
    for top, text in [(80, "凌州市教育局"), (110, "2024年政府信息公开工作年度报告")]:
        sheet.text((WIDTH - width_of(text)) / 2, top, text)
    sheet.lines(LEFT, 160, [LINE, LINE])
    titles = pdf.read(bound([sheet], title="附件二")).titles
    assert titles[0] == "凌州市教育局2024年政府信息公开工作年度报告"
    assert titles[-1] == "附件二"


def test_encrypted_and_damaged_files_are_refused() -> None:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<00> <00>]"
    )
    for data, code in [
        (bound([with_text()], extra=lock), "encrypted"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged"),
    ]:
        with pytest.raises(UnreadableError) as raised:
            pdf.read(data)
        assert raised.value.code == code


def test_a_truncated_file_is_read_or_refused() -> None:
    whole = bound([with_text()])
    for end in range(0, len(whole), 97):
        with contextlib.suppress(UnreadableError):
            assert pdf.read(whole[:end]).media == "pdf"


def test_a_table_without_lines_is_read_by_the_words_of_the_form() -> None:
    sheet = with_text()
    rows = [
        ("第二十条第（一）项",),
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "0", "1", "22"),
        ("行政规范性文件", "3", "14", "156"),
    ]
    for rank, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.text(LEFT + 110 * column, 160 + 20 * rank, text)
    (found,) = tables(sheet)
    assert [[cell.text for cell in found.cells if cell.row == row] for row in range(4)] == [list(row) for row in rows]
    assert found.ragged
    assert all(cell.place.startswith("page 1 box") for cell in found.cells)


def test_headers_that_ran_together_head_no_figures() -> None:
    """Two clipped headers are one strange one: its column is not the next one's (a blank figure vanished)."""
    sheet = with_text()
    rows = [("信息内容", "上一年项目数本年增/减", "处理决定数量"), ("行政处罚", "3", "5"), ("行政强制", "7", "8")]
    for rank, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.text(LEFT + 140 * column, 160 + 20 * rank, text)
    found = statutory.match(pdf.read(bound([sheet])))
    assert not found.figures
