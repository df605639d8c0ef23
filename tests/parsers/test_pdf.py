"""Reading PDF documents: tables as they are ruled, over page breaks, and the text around them."""

from __future__ import annotations

import contextlib

import pytest
from pdf_paper import WIDTH, CellText, Sheet, bound, row_of, width_of

from parsers.documents.printed import pdf
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


def test_text_close_below_a_table_that_ends_there_is_a_paragraph() -> None:
    sheet = with_text()
    bottom = sheet.table(LEFT, 200, [200, 50], [20, 20], requests_rows(("规章", "1"), ("其他", "2")))
    sheet.text(LEFT + 3, bottom, "四、行政复议")
    document = pdf.read(bound([sheet]))
    assert paragraphs(document)[-1] == "四、行政复议"
    assert [cell.text for table in document.tables for cell in table.cells] == ["规章", "1", "其他", "2"]


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
