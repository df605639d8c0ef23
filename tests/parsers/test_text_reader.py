"""Text files: Word tables flattened in every way that was seen, and the running text around them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest

from parsers import parse
from parsers.documents import read_document, text
from parsers.model import Document, Paragraph, Table, UnreadableError, json_number

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"

FLATTENED = """凌州市教育局
2022年政府信息公开工作年度报告

二、主动公开政府信息情况
\t第二十条第（一）项

\t信息内容
\t本年制
发件数
\t本年废止件数
\t现行有效件数

\t规章
\t　0\xa0
\t
\t12

[bookmark: _GoBack]三、收到和处理政府信息公开申请情况
"""


def tables(document: Document) -> list[list[list[str]]]:
    found = []
    for table in document.tables:
        rows: list[list[str]] = [[] for _ in range(table.height)]
        for cell in table.cells:
            rows[cell.row].append(cell.text)
        found.append(rows)
    return found


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_a_tab_begins_a_cell_and_a_blank_line_ends_a_row() -> None:
    document = text.read(FLATTENED)
    assert tables(document) == [
        [
            ["第二十条第（一）项"],
            ["信息内容", "本年制\n发件数", "本年废止件数", "现行有效件数"],
            ["规章", "　0\xa0", "", "12"],
        ]
    ]
    (table,) = document.tables
    assert table.ragged
    assert [cell.place for cell in table.cells if cell.row == 1] == ["line 7", "lines 8-9", "line 10", "line 11"]
    assert document.titles[0] == "凌州市教育局2022年政府信息公开工作年度报告"
    assert lines(document)[-1] == "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize(
    "encode",
    [
        lambda said: said.encode("utf-8-sig"),
        lambda said: said.encode("utf-16"),
        lambda said: said.encode("utf-16-be"),
        lambda said: said.encode("gb18030"),
        lambda said: said.replace("\n", "\r\n").encode(),
    ],
)
def test_encodings_and_line_ends_make_no_difference(encode: Callable[[str], bytes]) -> None:
    document = read_document(encode(FLATTENED))
    assert document.media == "text"
    assert document.blocks == text.read(FLATTENED).blocks


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("said", ["公开" * 4000, "公开。\n" * 2000, "\n" * 5000 + "公开了1条信息。"])
def test_text_is_text_wherever_it_is_cut(said: str, encoding: str) -> None:
    if encoding == "utf-16-le" and said.isalpha():
        return  # Without a mark and without a single ASCII character nothing tells UTF-16.
    assert "公开" in lines(read_document(said.encode(encoding)))[0]


def test_running_text_ends_a_table() -> None:
    document = text.read("\t规章\n\t0\n\n以下为行政许可的情况。\n\t行政许可\n\t5\n")
    assert [type(block) for block in document.blocks] == [Table, Paragraph, Table]
    assert [table.number for table in document.tables] == [1, 2]


def test_tabs_that_only_indent_are_no_table() -> None:
    prose = (
        "全年主动公开信息一千余条，及时回应社会关切，没有收到投诉和举报，各项工作平稳有序，" * 2 + "取得了较好效果。"
    )
    document = text.read(f"\t一、总体情况\n\t{prose}\n\t{prose}\n一、\t其他\n")
    assert not list(document.tables)
    assert lines(document) == ["一、总体情况", prose, prose, "一、 其他"]


def test_markdown_tables() -> None:
    document = text.read(
        "## 二、主动公开政府信息情况\n\n| 信息内容 | 本年<br>制发件数 |\n|---|:--:|\n| **规章** | 0 |\n\n完。\n"
    )
    assert tables(document) == [[["信息内容", "本年\n制发件数"], ["规章", "0"]]]
    assert lines(document) == ["二、主动公开政府信息情况", "完。"]


def test_rows_of_cells_between_tabs() -> None:
    document = text.read("信息内容\t本年制发件数\t本年废止件数\n规章\t0\t\n行政规范性文件\t3\t1\n")
    assert tables(document) == [
        [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "0", ""], ["行政规范性文件", "3", "1"]]
    ]


def test_rows_that_hold_nothing_are_no_rows() -> None:
    document = text.read("| | |\n|---|---|\n| 规章 | 0 | 1 |\n| | |\n")
    assert tables(document) == [[["规章", "0", "1"]]]


BARE = """二、主动公开政府信息情况
第二十条第（一）项
信息内容
本年制
发件数
本年废止件数
现行有效件数
规章
0
0
0
行政规范性文件
3
1
12
三、收到和处理政府信息公开申请情况
2022年共收到申请3件。
"""


def test_cells_that_lost_their_tabs_are_found_by_the_words_of_the_forms() -> None:
    document = text.read(BARE)
    assert tables(document) == [
        [
            ["第二十条第（一）项"],
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", "0", "0", "0"],
            ["行政规范性文件", "3", "1", "12"],
        ]
    ]
    assert lines(document)[-1] == "2022年共收到申请3件。"


def test_values_behind_labels_that_were_broken_over_lines() -> None:
    document = text.read(
        "三、收到和处理政府信息公开申请情况\n1.属于国家秘密 0 0 0 0 0 0 0\n"
        "2.其他法律行政\n法规禁止 1 0 0 0 0 0 1\n公开\n"
        "5.要求行政机关确认或重新\n出具已获取信息\n0 0 0 0 0 0 0\n- 3 -\n四、政府信息公开行政复议、行政诉讼情况\n"
    )
    assert tables(document) == [
        [
            ["1.属于国家秘密", *"0000000"],
            ["2.其他法律行政法规禁止公开", *"1000001"],
            ["5.要求行政机关确认或重新出具已获取信息", *"0000000"],
        ]
    ]


def test_pieces_of_other_labels_stand_between_the_pieces_of_one() -> None:
    document = text.read(
        "三、收到和处理政府信息公开申请情况\n（四）无法提 2.没有现成信息需要另行制\n1 0 0 0 0 0 1\n供 作\n"
        "（六）其他处\n2.申请人逾期未按收费通知\n理\n要求缴纳费用、行政机关不再处 0 2 0 0 0 0 2\n理其政府信息公开申请\n"
    )
    assert tables(document) == [
        [
            ["2.没有现成信息需要另行制作", *"1000001"],
            ["（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", *"0200002"],
        ]
    ]


def test_rows_of_bars_alone_are_no_rows() -> None:
    lines = ["规章 |", "1 |", "|", "4 |", "||||", "行政许可 |", "8 |", "||", "||||", "行政处罚 |", "9 |", "||"]
    (table,) = tables(text.read("二、主动公开政府信息情况\n第二十条 |\n|||\n" + "\n".join(lines)))
    assert table == [["第二十条"], ["规章", "1", "", "4"], ["行政许可", "8"], ["行政处罚", "9"]]


def test_letters_of_a_groups_name_beside_a_label_are_no_label() -> None:
    said = text.read(
        "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 9 0 9\n2.重复申请 1 0 1\n"
        "2.申请人逾期未按收费通\n其\n知要求缴纳费用、行政机\n他 2 0 2\n关不再处理其政府信息公\n处\n开申请\n理\n"
        "3.其他 5 0 5\n"
    )
    labelled = [[cell for cell in row if not cell.isdecimal()] for table in tables(said) for row in table]
    assert ["3.其他"] in labelled
    assert not any("其他" in row for row in labelled)


def test_a_header_whose_rows_are_mixed_and_halved() -> None:
    document = text.read(
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
        "结果 结果 其他 尚未\n总计\n"
        "结 果 结果 其他 尚未 结果 结果 其他 尚未\n维持 纠正 结果 审结\n总计 总计\n"
        "维持 纠正 结果 审结 维持 纠正 结果 审结\n"
        "1 2 3 4 10 1 0 0 0 1 0 2 0 0 2\n"
    )
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert tables(document) == [
        [
            ["行政复议", "行政诉讼"],
            [*outcomes, "未经复议直接起诉", "复议后起诉"],
            outcomes * 2,
            ["1", "2", "3", "4", "10", *"1000102002"],
        ]
    ]


def test_lines_that_the_page_broke_are_joined() -> None:
    prose = "全年主动公开政府信息一千余条，及时回应社会关切，没有收到投诉和举报，各项工作平稳有序，群众较为满意。"
    broken = [prose[at : at + 20] for at in range(0, len(prose), 20)]
    document = text.read(
        "\n".join(["一、总体情况", *broken[:2], "- 1 -", *broken[2:], *broken, "六、其他需要报告的事项", "无。"])
    )
    assert lines(document) == ["一、总体情况", prose, prose, "六、其他需要报告的事项", "无。"]
    assert [paragraph.place for paragraph in document.paragraphs][1] == "lines 2-5"


def test_short_lines_with_numbers_that_belong_to_no_form_stay_text() -> None:
    document = text.read("一、总体情况\n微博\n120\n微信\n300\n抖音\n8\n")
    assert not list(document.tables)
    assert len(lines(document)) == 7


@pytest.mark.parametrize("data", ["", "\n\n", "  \n"])
def test_no_text_is_a_problem(data: str) -> None:
    with pytest.raises(UnreadableError, match="no text"):
        text.read(data)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"PK\x03\x04 not a zip"])
def test_what_is_no_document_is_said_so(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_document(data, "text/plain", "http://www.lingzhou.example/report.txt")
    assert refusal.value.code in {"unknown_format", "damaged"}


# --- the real samples, laid out in further ways -----------------------------------------------------------------------


def relaid(name: str, lay_out: Callable[[list[list[str]]], str]) -> str:
    parts = []
    for block in text.read((SAMPLES / name).read_text(encoding="utf-8")).blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            rows: list[list[str]] = [[] for _ in range(block.height)]
            for cell in block.cells:
                rows[cell.row].append("".join(cell.text.split()))
            parts.append(lay_out(rows))
    return "\n".join(parts)


def bare(rows: list[list[str]]) -> str:
    return "\n".join(cell for row in rows for cell in row if cell)


def behind_labels(rows: list[list[str]]) -> str:
    """As a PDF's text comes out: the values of a row on the middle line of its label."""
    lines = []
    for row in rows:
        values = [cell for cell in row if re.fullmatch(r"\d+", cell)]
        said = [cell for cell in row if cell and not re.fullmatch(r"\d+", cell)]
        if not said or not values:
            lines.append(" ".join(said or values))
            continue
        pieces = [said[-1][at : at + 9] for at in range(0, len(said[-1]), 9)]
        pieces[0] = " ".join([*said[:-1], pieces[0]])
        pieces[(len(pieces) - 1) // 2] += " " + " ".join(values)
        lines += pieces
    return "\n".join(lines)


def markdown(rows: list[list[str]]) -> str:
    return "\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def sheet(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_every_figure_of_the_text_of_a_pdf() -> None:
    expected = json.loads((SAMPLES / "figures.json").read_text(encoding="utf-8"))["huaian-government-2024.pdf"]
    with pdfplumber.open(SAMPLES / "huaian-government-2024.pdf") as pdf:
        said = "\n".join(page.extract_text() for page in pdf.pages)
    report = parse(said.encode())
    figures = {key: json_number(report.figures[key].value) for key in expected["figures"]}
    assert figures == expected["figures"]
    assert report.problems == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize("lay_out", [bare, behind_labels, markdown, sheet])
@pytest.mark.parametrize("name", ["zibo-education-2022.txt", "fushun-education-2020.txt"])
def test_every_figure_of_the_samples_in_every_layout(name: str, lay_out: Callable[[list[list[str]]], str]) -> None:
    expected = json.loads((SAMPLES / "figures.json").read_text(encoding="utf-8"))[name]
    report = parse(relaid(name, lay_out).encode())
    assert {key: report.figures[key].value for key in expected["figures"]} == expected["figures"]
    assert (report.agency, report.year, report.form) == (expected["agency"], expected["year"], expected["form"])
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_columns_set_with_nothing_between_them_are_parted_where_they_are_all_the_forms() -> None:
    glued = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 {}\n规章 0 0 0\n行政规范性文件 4 13 86\n"
    (table,) = text.read(glued.format("本年制发件数本年废止件数现行有效件数").encode()).tables
    assert [cell.text for cell in table.cells if cell.row == 1] == [
        *("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    ]
    (table,) = text.read(glued.format("本年制发件数本年修改件数现行有效件数").encode()).tables
    assert "本年制发件数" not in [cell.text for cell in table.cells]


def test_the_head_of_the_labels_that_ran_together_with_a_column_is_parted_from_it() -> None:
    glued = (
        "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容本年处理决定数量\n行政许可 97\n第二十条第（六）项\n"
        "信息内容本年处理决定数量\n行政处罚 3\n行政强制 0\n第二十条第（八）项\n信息内容本年收费金额（单位：元）\n"
        "行政事业性收费 4500\n三、收到和处理政府信息公开申请情况\n"
    )
    report = parse(("凌州市水务局2024年政府信息公开工作年度报告\n" + glued).encode())
    assert {name: (figure.value, figure.unit) for name, figure in report.figures.items()} == {
        "a20_5.licensing.decisions": (97, None),
        "a20_6.penalty.decisions": (3, None),
        "a20_6.coercion.decisions": (0, None),
        "a20_8.admin_fees.amount": (Decimal("0.45"), "万元"),
    }
