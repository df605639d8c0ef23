"""Reading Word documents: what stands in the cells, where, and what a hostile file can do (nothing)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table as WordTable

from parsers.documents.office import word
from parsers.documents.office.numbering import printed
from parsers.model import Cell, Paragraph, Table, UnreadableError

W = nsdecls("w")


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_parts(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The file with every part put through `change`; a part changed to none is left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def in_body(*elements: str) -> bytes:
    """A document whose body is these pieces of WordprocessingML."""
    document = docx.Document()
    for element in elements:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(element.replace(">", f" {W}>", 1)))
    return saved(document)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def texts(data: bytes) -> list[str]:
    return [block.text for block in word.read(data).blocks if isinstance(block, Paragraph)]


def only_table(data: bytes) -> Table:
    found: Table
    (found,) = word.read(data).tables
    return found


def placed(found: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in found.cells}


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as raised:
        word.read(data)
    assert str(raised.value).endswith(".")
    return raised.value.code


def requests_head(document: WordDocument) -> WordTable:
    """The head of section three and the first rows under it, as the official form merges them."""
    made = document.add_table(rows=7, cols=6)
    for corner, opposite, text in [
        ((0, 0), (2, 2), "勾稽关系"),
        ((0, 3), (0, 5), "申请人情况"),
        ((1, 3), (2, 3), "自然人"),
        ((1, 4), (1, 5), "法人或其他组织"),
        ((2, 4), (2, 4), "商业企业"),
        ((2, 5), (2, 5), "其他"),
        ((3, 0), (3, 2), "一、本年新收"),
        ((4, 0), (6, 0), "三、本年度办理结果"),
        ((4, 1), (4, 2), "（一）予以公开"),
        ((5, 1), (6, 1), "（三）不予公开"),
        ((5, 2), (5, 2), "1.属于国家秘密"),
        ((6, 2), (6, 2), "2.其他法律"),
    ]:
        merged = made.cell(*corner).merge(made.cell(*opposite))
        merged.text = text
    for row in range(3, 7):
        for column in range(3, 6):
            made.cell(row, column).text = str(row * 10 + column)
    return made


def test_merged_cells_come_as_they_are_merged() -> None:
    document = docx.Document()
    requests_head(document)
    found = only_table(saved(document))
    assert (found.height, found.width) == (7, 6)
    cells = placed(found)
    assert cells[0, 0] == ("勾稽关系", 3, 3)
    assert cells[0, 3] == ("申请人情况", 1, 3)
    assert cells[1, 3] == ("自然人", 2, 1)
    assert cells[4, 0] == ("三、本年度办理结果", 3, 1)
    assert cells[5, 1] == ("（三）不予公开", 2, 1)
    assert [cells[row, column][0] for row in range(3, 7) for column in range(3, 6)] == [
        str(row * 10 + column) for row in range(3, 7) for column in range(3, 6)
    ]
    covered = [
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(covered) == [(row, column) for row in range(7) for column in range(6)]


def test_a_cell_is_found_again_by_its_place() -> None:
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "first"
    document.add_paragraph("between")
    requests_head(document)
    _, second = word.read(saved(document)).tables
    at = {cell.place: cell.text for cell in second.cells}
    assert at["table 2 row 5 column 4"] == "43"


def test_paragraphs_and_tables_stand_in_body_order() -> None:
    document = docx.Document()
    document.add_paragraph("凌州市教育局")
    document.add_paragraph("2023年政府信息公开工作年度报告")
    document.add_paragraph("  一、总体情况 ")
    document.add_table(rows=1, cols=2).cell(0, 1).text = "1"
    document.add_paragraph("")
    document.add_paragraph("二、主动公开")
    document.core_properties.title = "模板"
    read = word.read(saved(document))
    assert [block.text if isinstance(block, Paragraph) else block.number for block in read.blocks] == [
        *("凌州市教育局", "2023年政府信息公开工作年度报告", "一、总体情况", 1, "二、主动公开")
    ]
    assert read.media == "docx"
    assert read.titles[0] == "凌州市教育局2023年政府信息公开工作年度报告"
    assert read.titles[-1] == "模板"


def test_gaps_and_old_merges_keep_the_columns() -> None:
    first = cell("a") + cell("b") + cell("c")
    gap = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("under b") + cell("under c")
    across = cell("d", "<w:hMerge w:val='restart'/>") + cell("hidden", "<w:hMerge/>") + cell("e")
    cells = placed(only_table(in_body(table(first, gap, across))))
    assert cells[1, 1] == ("under b", 1, 1)
    assert cells[1, 2] == ("under c", 1, 1)
    assert cells[2, 0] == ("d", 1, 2)
    assert cells[2, 2] == ("e", 1, 1)


def test_a_continuation_that_continues_nothing_is_a_cell() -> None:
    rows = [cell("1", "<w:vMerge/>") + cell("2"), cell("3", "<w:gridSpan w:val='2'/><w:vMerge/>")]
    assert placed(only_table(in_body(table(*rows)))) == {
        (0, 0): ("1", 1, 1),
        (0, 1): ("2", 1, 1),
        (1, 0): ("3", 1, 2),
    }


def test_runs_and_line_breaks_of_a_cell() -> None:
    split = "<w:tc><w:p><w:r><w:t>商</w:t></w:r><w:r><w:t>业</w:t><w:br/><w:t>企业</w:t></w:r></w:p>" + paragraph("12")
    assert placed(only_table(in_body(table(split + "</w:tc>"))))[0, 0][0] == "商业\n企业\n12"


def test_edits_are_read_as_accepted() -> None:
    edited = (
        "<w:p><w:r><w:t>收到申请</w:t></w:r>"
        "<w:del w:id='1' w:author='x'><w:r><w:delText>99</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>12</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>划掉</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>划掉</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>=SUM(A1)</w:instrText></w:r><w:r><w:t>件</w:t></w:r></w:p>"
    )
    rows = [cell("kept"), "<w:trPr><w:del w:id='3' w:author='x'/></w:trPr>" + cell("deleted"), cell("also kept")]
    data = in_body(edited, table(*rows))
    assert texts(data) == ["收到申请12件"]
    assert [found.text for found in only_table(data).cells] == ["kept", "also kept"]


def test_content_controls_and_text_boxes_are_read_once() -> None:
    box = paragraph("框中文字")
    boxed = (
        "<w:p><w:r><w:t>外面</w:t></w:r><w:r>"
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='wps'><w:drawing><w:txbxContent>{box}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    control = f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    held = "<w:sdt><w:sdtContent>" + cell("5") + "</w:sdtContent></w:sdt>" + cell("6")
    data = in_body(boxed, control, table(held))
    assert texts(data) == ["外面", "框中文字", "控件"]
    assert placed(only_table(data)) == {(0, 0): ("5", 1, 1), (0, 1): ("6", 1, 1)}


def test_a_table_that_only_lays_out_gives_way_to_the_tables_inside() -> None:
    inner = table(cell("a") + cell("1"), cell("b") + cell("2"))
    frame = "<w:tbl><w:tr><w:tc>" + paragraph("二、主动公开") + inner + paragraph("之后") + "</w:tc></w:tr></w:tbl>"
    read = word.read(in_body(frame))
    assert [block.text if isinstance(block, Paragraph) else block.width for block in read.blocks] == [
        *("二、主动公开", 2, "之后")
    ]


def test_a_small_table_inside_a_cell_is_the_cells_text() -> None:
    inner = table(cell("7"))
    rows = [cell("a") + cell("b"), cell("c") + f"<w:tc>{inner}{paragraph('')}</w:tc>"]
    assert placed(only_table(in_body(table(*rows))))[1, 1][0].strip() == "7"


def test_automatic_numbers_are_restored() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>"
    )
    numbering.append(parse_xml(f"<w:abstractNum {W} w:abstractNumId='77'>{levels}</w:abstractNum>"))
    numbering.append(parse_xml(f"<w:num {W} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    for level, text in [
        (0, "总体情况"),
        (1, "主动公开"),
        (1, "依申请"),
        (0, "主动公开政府信息情况"),
        (1, "规章"),
        (0, ""),
    ]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f"<w:numPr {W}><w:ilvl w:val='{level}'/><w:numId w:val='77'/></w:numPr>"))
    assert texts(saved(document)) == ["一、总体情况", "1.主动公开", "2.依申请", "二、主动公开政府信息情况", "1.规章"]


def test_automatic_numbers_are_part_of_labels_and_not_of_figures() -> None:
    document = docx.Document()
    levels = "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    numbering = document.part.numbering_part.element
    numbering.append(parse_xml(f"<w:abstractNum {W} w:abstractNumId='77'>{levels}</w:abstractNum>"))
    numbering.append(parse_xml(f"<w:num {W} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    rows = document.add_table(2, 2)
    for place, text in enumerate(["重复申请", "5", "其他", "1,036"]):
        written = rows.cell(place // 2, place % 2).paragraphs[0]
        written.text = text
        properties = written._p.get_or_add_pPr()
        properties.append(parse_xml(f"<w:numPr {W}><w:ilvl w:val='0'/><w:numId w:val='77'/></w:numPr>"))
    (found,) = word.read(saved(document)).tables
    assert [cell.text for cell in found.cells] == ["1.重复申请", "5", "3.其他", "1,036"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (35, "japaneseCounting", "三十五"),
        (4, "upperRoman", "IV"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (12, "decimalFullWidth", "１２"),
        (28, "lowerLetter", "bb"),
        (2, "ideographTraditional", "乙"),
        (7, "ordinal", "7"),
    ],
)
def test_counts_are_printed_as_word_prints_them(number: int, form: str, text: str) -> None:
    assert printed(number, form) == text


def drop_styles(name: str, part: bytes) -> bytes | None:
    return None if name == "word/styles.xml" else part


def dangle(name: str, part: bytes) -> bytes:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = b"<Relationship Id='rId99' Type='" + kind + b"' Target='NULL'/></Relationships>"
    return part.replace(b"</Relationships>", link) if name.endswith(".rels") else part


def make_strict(name: str, part: bytes) -> bytes:
    return part.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )


def break_properties(name: str, part: bytes) -> bytes:
    return part[:90] if name == "docProps/core.xml" else part


@pytest.mark.parametrize("change", [drop_styles, dangle, make_strict, break_properties])
def test_what_the_text_does_not_need_may_be_missing_or_damaged(change: Callable[[str, bytes], bytes | None]) -> None:
    document = docx.Document()
    document.add_paragraph("凌州市")
    requests_head(document)
    data = with_parts(saved(document), change)
    assert texts(data) == ["凌州市"]
    assert len(only_table(data).cells) == len(only_table(saved(document)).cells)


def test_damaged_files_are_said_to_be_damaged() -> None:
    data = in_body(paragraph("凌州市"))
    assert refused(b"") == "damaged"
    assert refused(data[: len(data) // 2]) == "damaged"
    assert (
        refused(with_parts(data, lambda name, part: part[:-20] if name == "word/document.xml" else part)) == "damaged"
    )
    assert refused(with_parts(data, lambda name, part: None if name == "word/document.xml" else part)) == "damaged"
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        begin = whole.getinfo("word/document.xml").header_offset + 100
    assert refused(data[:begin] + bytes(100) + data[begin + 100 :]) == "damaged"


def test_bombs_are_refused_before_they_unpack() -> None:
    data = in_body(paragraph("凌州市"))
    filled = with_parts(data, lambda name, part: part + b" " * (60 << 20) if name == "word/document.xml" else part)
    assert len(filled) < 1 << 20
    assert refused(filled) == "bomb"


def test_entities_are_not_expanded_and_files_not_read(tmp_path: object) -> None:
    data = in_body(paragraph("凌州市"))

    def declare(declaration: bytes) -> bytes:
        def change(name: str, part: bytes) -> bytes:
            if name != "word/document.xml":
                return part
            head, mark, rest = part.partition(b"<w:document")
            return head + b"<!DOCTYPE x [" + declaration + b"]>" + mark + rest.replace("凌州市".encode(), b"&a;")

        return with_parts(data, change)

    secret = b"<!ENTITY a SYSTEM 'file:///etc/hostname'>"
    laughs = b"<!ENTITY b 'haha'>" + b"".join(
        f"<!ENTITY {name} '{f'&{below};' * 20}'>".encode() for below, name in pairwise("bcdefa")
    )
    assert refused(declare(secret)) == "bomb"
    assert refused(declare(laughs)) in ("bomb", "damaged")


def test_tables_nested_very_deep_end_in_a_problem() -> None:
    depth = 20_000
    inside = b"<w:tbl><w:tr><w:tc>" * depth + b"</w:tc></w:tr></w:tbl>" * depth
    data = with_parts(
        in_body(paragraph("x")),
        lambda name, part: (
            part.replace(b"<w:sectPr", inside + b"<w:sectPr", 1) if name == "word/document.xml" else part
        ),
    )
    assert refused(data) == "damaged"


def test_spans_that_no_table_has_are_bounded() -> None:
    found = only_table(in_body(table(cell("a", "<w:gridSpan w:val='999999999'/>") + cell("b"))))
    assert found.width < 1000
    assert isinstance(found.cells[0], Cell)


def test_the_small_mark_of_a_note_is_none_of_a_numbers_digits() -> None:
    def run(text: str, place: str = "baseline") -> str:
        return f'<w:r><w:rPr><w:vertAlign w:val="{place}"/></w:rPr><w:t>{text}</w:t></w:r>'

    beside = f"<w:p>{run('17')}{run('1', 'superscript')}{run('件')}{run('2', 'subscript')}</w:p>"
    assert texts(in_body(beside, f"<w:p>{run('17', 'superscript')}</w:p>")) == ["17¹件²", "17"]


def test_rows_that_tabs_part_into_cells_are_a_table_between_the_other_tables() -> None:
    tabbed = ["项目\t自然人\t总计", "一、本年新收政府信息公开申请数量\t4\t4", "二、上年结转政府信息公开申请数量\t0\t0"]
    tabbed += ["（一）予以公开\t3\t3", "1.属于国家秘密\t0\t0", "2.重复申请\t1\t1", "四、结转下年度继续办理\t0\t0"]
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "第二十条第（一）项"
    for line in ("三、收到和处理政府信息公开申请情况", *tabbed, "四、政府信息公开行政复议、行政诉讼情况"):
        document.add_paragraph(line)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "行政复议"
    found = [*word.read(saved(document)).tables]
    assert [table.number for table in found] == [1, 2, 3]
    assert [cell.text for cell in found[1].cells] == [cell for line in tabbed for cell in line.split("\t")]
