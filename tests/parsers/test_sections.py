"""The six sections, whatever numbers and words their headings carry."""

from __future__ import annotations

import pytest

from parsers import sections
from parsers.model import Cell, Document, Paragraph, Table


def document(*blocks: str | Table) -> Document:
    return Document("text", tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks))


def numbers(*blocks: str | Table) -> list[int]:
    return [section.number for section in sections.divide(document(*blocks)).sections]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("一、总体情况", 1),
        ("一、 总 体 情 况", 1),
        ("第一部分 总体情况", 1),
        ("一、概述", 1),
        ("一、2022年政府信息公开工作总体情况", 1),
        ("二、主动公开政府信息情况", 2),
        ("二、政府信息主动公开情况", 2),
        ("三、收到和处理政府信息公开申请情况", 3),
        ("三、依申请公开政府信息情况", 3),
        ("四、政府信息公开行政复议、行政诉讼情况", 4),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("四、政府信息公开行政复议，行政诉讼情况", 4),
        ("5、 存在的主要问题及改进情况", 5),
        ("五、存在的主要问题及整改措施", 5),
        ("存在的问题和下一步工作打算", 5),
        ("六、其他需要报告的事项", 6),
        ("六．需要报告的其他事项", 6),
        ("其它需要报告的事项：", 6),
        # too short to be told without their numeral
        ("一、主要工作概述", 1),
        ("五、存在的主要问题", 5),
        ("五、下一步工作打算", 5),
        ("六、其他", 6),
        ("六、需要说明的事项与附表", 6),
    ],
)
def test_headings_are_known_by_their_words(line: str, number: int) -> None:
    found = sections.heading(line)
    assert found is not None
    assert (found.number, found.rest) == (number, "")


@pytest.mark.parametrize(
    "line",
    [
        "一、本年新收政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "行政复议 行政诉讼",
        "（六）其他处理",
        "1.主动公开",
        "改进情况：加强制度建设，充实人员力量。",
        "全年收到申请3件，办理情况良好。",
        "一是存在的问题有所改进。",
        "存在问题",
        "其他",
        "总计",
        "",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert sections.heading(line) is None


def test_text_goes_to_its_section_and_tables_stay_out() -> None:
    table = Table(1, (Cell("五、存在的主要问题及改进情况", 0, 0),))
    found = sections.divide(
        document("标题", "一、总体情况", "甲。", "乙。", "二、主动公开政府信息情况", table, "丙。")
    ).sections
    assert [(section.number, section.heading, section.text) for section in found] == [
        (1, "总体情况", "甲。\n乙。"),
        (2, "主动公开政府信息情况", "丙。"),
    ]


def test_every_block_knows_its_section() -> None:
    table = Table(1, (Cell("0", 0, 0),))
    found = sections.divide(document("标题", "一、总体情况", "甲。", "二、主动公开政府信息情况", table))
    assert found.of_block == (None, 1, 1, 2, 2)


def test_a_heading_glued_to_its_text() -> None:
    (first, second) = sections.divide(
        document("一、总体情况。2022年，我局公开信息12条。", "二、主动公开政府信息情况", "见下表。")
    ).sections
    assert (first.heading, first.text) == ("总体情况", "2022年，我局公开信息12条。")
    assert second.number == 2


def test_a_subheading_with_the_words_of_a_section_is_none() -> None:
    assert numbers(
        *("一、总体情况", "（一）主动公开政府信息情况", "甲。", "（二）依申请公开情况", "乙。"),
        *("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "丙。", "（三）其他需要报告的事项"),
    ) == [1, 2, 3]


def test_a_table_of_contents_is_passed_over() -> None:
    titles = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    found = sections.divide(
        document("目录", *titles, *(line for title in titles for line in (title, "正文。")))
    ).sections
    assert [(section.number, section.text) for section in found] == [(1, "正文。"), (2, "正文。"), (3, "正文。")]


def test_lost_numbers_do_not_lose_the_section() -> None:
    assert numbers(
        "总体情况", "甲。", "主动公开政府信息情况", "乙。", "5、 存在的主要问题及改进情况", "6、 其他需要报告的事项"
    ) == [1, 2, 5, 6]


def test_a_report_in_free_form_keeps_its_text() -> None:
    found = sections.divide(document("凌州市教育局2009年政府信息公开年度报告", "全年公开信息30条。")).sections
    assert [(section.number, section.heading) for section in found] == [(0, "")]
    assert "全年公开信息30条。" in found[0].text
    assert sections.divide(document()).sections == ()
