"""Reading workbooks: merged cells, numbers as printed, text around tables, and what a hostile file can do (nothing)."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from parsers.documents.office import spreadsheet
from parsers.documents.office.spreadsheet import printed
from parsers.model import Document, Paragraph, Table, UnreadableError

TITLE = "凌州市教育局2024年政府信息公开工作年度报告"


def workbook(*fill: Callable[[Worksheet], None]) -> bytes:
    """A workbook with one sheet for each function that fills one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, function in enumerate(fill, 1):
        function(book.create_sheet(f"表{number}"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return stream.getvalue()


def placed(found: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in found.cells}


def shape(document: Document) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else (block.height, block.width) for block in document.blocks]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as raised:
        spreadsheet.read(data)
    assert str(raised.value).endswith(".")
    return raised.value.code


def section_two(sheet: Worksheet) -> None:
    sheet.append([TITLE])
    sheet.merge_cells("A1:D1")
    sheet.append(["二、主动公开政府信息情况"])
    sheet.append([])
    sheet.append(["第二十条第（一）项"])
    sheet.merge_cells("A4:D4")
    sheet.append(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
    sheet.append(["规章", 1, 0, 12.0])
    sheet.append(["行政规范性文件", None, None, None])
    sheet.append(["第二十条第（五）项"])
    sheet.merge_cells("A8:D8")
    sheet.append(["信息内容", "本年处理决定数量"])
    sheet.merge_cells("B9:D9")
    sheet.append(["行政许可", 447228])
    sheet.merge_cells("B10:D10")


def section_three(sheet: Worksheet) -> None:
    sheet["B2"] = "勾稽关系"
    sheet.merge_cells("B2:D4")
    sheet["E2"] = "申请人情况"
    sheet.merge_cells("E2:F2")
    sheet["E3"], sheet["F3"] = "自然人", "总计"
    sheet.merge_cells("E3:E4")
    sheet.merge_cells("F3:F4")
    sheet["B5"] = "一、本年新收政府信息公开申请数量"
    sheet.merge_cells("B5:D5")
    sheet["B6"] = "三、本年度办理结果"
    sheet.merge_cells("B6:B8")
    sheet["C6"], sheet["E6"], sheet["F6"] = "（一）予以公开", 3, 3
    sheet.merge_cells("C6:D6")
    sheet["C7"], sheet["D7"], sheet["E7"], sheet["F7"] = "（三）不予公开", "1.属于国家秘密", 0, "/"
    sheet.merge_cells("C7:C8")
    sheet["D8"], sheet["E8"], sheet["F8"] = "2.其他法律行政法规禁止公开", 0.5, 1


def test_merged_cells_and_numbers_come_as_printed() -> None:
    document = spreadsheet.read(workbook(section_three))
    (found,) = document.tables
    cells = placed(found)
    assert (found.height, found.width) == (7, 5)
    assert cells[0, 0] == ("勾稽关系", 3, 3)
    assert cells[1, 3] == ("自然人", 2, 1)
    assert cells[4, 0] == ("三、本年度办理结果", 3, 1)
    assert cells[5, 1] == ("（三）不予公开", 2, 1)
    assert [cells[row, 3][0] for row in (3, 4, 5, 6)] == ["", "3", "0", "0.5"]
    assert cells[5, 4] == ("/", 1, 1)
    place = {cell.text: cell.place for cell in found.cells}
    assert place["0.5"] == "sheet 表1 row 8 column 5"
    assert document.media == "xlsx"


def test_the_old_format_reads_as_the_new_one() -> None:
    document = spreadsheet.read((Path(__file__).parent / "workbook.xls").read_bytes())
    (found,) = document.tables
    (new,) = spreadsheet.read(workbook(section_three)).tables
    assert document.media == "xls"
    assert document.titles[0] == TITLE
    assert placed(found) == placed(new)


def test_titles_and_headings_stand_before_the_table() -> None:
    document = spreadsheet.read(workbook(section_two))
    assert shape(document) == [TITLE, "二、主动公开政府信息情况", (7, 4)]
    assert document.titles[0] == TITLE
    cells = placed(next(document.tables))
    assert cells[0, 0] == ("第二十条第（一）项", 1, 4)
    assert [cells[2, column][0] for column in range(4)] == ["规章", "1", "0", "12"]
    assert [cells[3, column][0] for column in range(4)] == ["行政规范性文件", "", "", ""]
    assert cells[6, 1] == ("447228", 1, 3)


def test_text_between_tables_parts_them_and_empty_rows_do_not() -> None:
    long = "本年度共收到政府信息公开申请三件，均已按期答复，没有因此引起的行政复议和行政诉讼。"

    def fill(sheet: Worksheet) -> None:
        for row in (["规章", 1], [], ["许可", 2], [long], ["处罚", 3], ["强制", None], ["", ""], [long]):
            sheet.append(row)

    document = spreadsheet.read(workbook(fill))
    assert shape(document) == [(2, 2), long, (2, 2), long]
    assert [table.number for table in document.tables] == [1, 2]


def test_a_row_whose_cells_are_blank_stays_a_row() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["", "自然人", "总计"],
            ["一、本年新收政府信息公开申请数量"],
            ["二、上年结转政府信息公开申请数量", 1, 1],
        ):
            sheet.append(row)

    (found,) = spreadsheet.read(workbook(fill)).tables
    assert found.height == 3


def test_every_visible_sheet_is_read() -> None:
    def hidden(sheet: Worksheet) -> None:
        sheet.append(["秘密", 1])
        sheet.sheet_state = "hidden"

    document = spreadsheet.read(workbook(section_two, hidden, section_three))
    assert [table.height for table in document.tables] == [7, 7]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.0, "4"),
        (96171.6, "96171.6"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1e+15"),
        (True, "TRUE"),
        (7, "7"),
        (datetime.datetime(2025, 1, 20), "2025-01-20"),  # noqa: DTZ001  # a sheet's dates have no zone
        ("  4 件", "  4 件"),
    ],
)
def test_values_are_printed_as_the_sheet_shows_them(value: object, text: str) -> None:
    assert printed(value) == text


def test_damaged_and_encrypted_files_are_refused() -> None:
    data = workbook(section_two)
    assert refused(data[:2000]) == "damaged"
    assert refused(with_part(data, "xl/worksheets/sheet1.xml", lambda part: part[:-40])) == "damaged"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "damaged"


def test_a_container_whose_chain_runs_in_a_circle_is_refused() -> None:
    data = bytearray((Path(__file__).parent / "workbook.xls").read_bytes())
    first_fat = int.from_bytes(data[76:80], "little")
    directory = int.from_bytes(data[48:52], "little")
    entry = 512 * (first_fat + 1) + 4 * directory
    data[entry : entry + 4] = directory.to_bytes(4, "little")
    assert refused(bytes(data)) == "damaged"


@pytest.mark.parametrize(
    ("record", "changed"),
    [
        (b"\xfd\x00\x0a\x00\x00\x00", b"\xfd\x00\x0a\x00\xff\xff\xff\xff"),  # a cell in the last row and column
        (b"\x00\x02\x0e\x00\x00\x00\x00\x00", b"\x00\x02\x0e\x00\x14\x00\x00\x00"),  # a range that begins after its end
    ],
)
def test_an_old_workbook_that_asks_for_all_memory_is_refused(record: bytes, changed: bytes) -> None:
    data = (Path(__file__).parent / "workbook.xls").read_bytes()
    begin = data.index(record)
    assert refused(data[:begin] + changed + data[begin + len(changed) :]) == "bomb"


def test_bombs_are_refused_before_they_unpack() -> None:
    def fill_far(sheet: Worksheet) -> None:
        sheet["A1"] = 1
        sheet["XFD1048576"] = 2

    assert refused(workbook(fill_far)) == "bomb"

    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{namespace}"><si><t>{"长" * 32_000}</t></si></sst>'.encode()
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(20, 3000)).encode()
    repeated = with_part(
        workbook(section_two),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    stream = io.BytesIO(repeated)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    assert refused(stream.getvalue()) == "bomb"
    padded = with_part(workbook(section_two), "xl/worksheets/sheet1.xml", lambda part: part + b" " * (60 << 20))
    assert refused(padded) == "bomb"


def test_a_sheet_may_not_lie_about_its_size() -> None:
    data = workbook(section_two)
    big = with_part(
        data, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</row>", b"</row>" + b" " * 9_000_000, 1)
    )
    sizes = [
        info.file_size for info in zipfile.ZipFile(io.BytesIO(big)).infolist() if info.filename.endswith("sheet1.xml")
    ]
    lying = big.replace(sizes[0].to_bytes(4, "little"), (5_000).to_bytes(4, "little"))
    assert refused(lying) == "damaged"


def test_areas_that_overlap_are_read_once() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["a", "b", "c"])
        sheet.append(["d", "e", "f"])

    merged = b'<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="B1:C2"/></mergeCells></worksheet>'
    data = with_part(
        workbook(fill),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<pageMargins", merged.replace(b"</worksheet>", b"") + b"<pageMargins"),
    )
    cells = placed(next(spreadsheet.read(data).tables))
    assert cells[0, 0] == ("a", 1, 2)
    assert cells[0, 2] == ("c", 1, 1)
    assert len(cells) == 5
