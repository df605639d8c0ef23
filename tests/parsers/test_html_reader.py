"""Pages as agencies publish them: what of a page is the report, and what its tables hold."""

from __future__ import annotations

import pytest
from lxml import etree

from parsers.documents import html, read_document
from parsers.documents.html.tables import read_cells
from parsers.model import Document, Paragraph, Table, UnreadableError

RULES = """<table border="1">
<tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年<br>制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>&nbsp;</td><td><p><span>1</span><font>2</font><o:p></o:p></p></td></tr>
</table>"""


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def texts(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def report(inside: str = "") -> str:
    return (
        "<p>　　本报告所列数据的统计期限为2022年1月1日至12月31日。</p>"
        "<p><b>一、</b><b>总体</b>情况</p><p>全年公开&nbsp;12条。</p>"
        f"<p>二、主动公开政府信息情况</p>{RULES}{inside}<p>三、收到和处理政府信息公开申请情况</p><p>无。</p>"
    )


def test_a_page_gives_the_report_and_not_the_site() -> None:
    document = html.read(
        page(
            '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/gk">政务公开</a></li></ul></div>'
            '<div class="main"><h1>凌州市教育局2022年政府信息公开工作年度报告</h1>'
            "<div>发布时间：2023-01-18 来源：凌州市教育局</div>"
            f'<div id="zoom">{report()}</div><p>上一篇：<a href="/a">别的报告</a></p></div>'
            '<div class="footer">主办：凌州市教育局 ICP备0000001号</div>',
            "<title>年报-凌州市教育局</title><script>var a = '<p>脚本</p>';</script><style>p {color: red}</style>",
        )
    )
    assert lines(document) == [
        "本报告所列数据的统计期限为2022年1月1日至12月31日。",
        "一、总体情况",
        "全年公开\xa012条。",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "无。",
    ]
    assert document.titles[0] == "凌州市教育局2022年政府信息公开工作年度报告"
    assert document.meta == {"agency": "凌州市教育局", "published": "2023-01-18", "published_source": "page"}
    assert document.media == "html"


def test_runs_join_and_breaks_and_blanks_stay() -> None:
    (table,) = html.read(page(report())).tables
    assert texts(table) == [
        ["第二十条第（一）项"],
        ["信息内容", "本年\n制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "\xa0", "12"],
    ]
    assert [(cell.column, cell.column_span) for cell in table.cells if cell.row == 0] == [(0, 4)]


def test_a_place_finds_the_cell_in_the_page() -> None:
    frames = '<table><tr><td>版面</td></tr></table><table style="display:none"><tr><td>暗</td></tr></table>'
    text = page(frames + report())
    _, table = html.read(text).tables
    root = etree.fromstring(text, etree.HTMLParser())
    for cell in table.cells:
        (element,) = root.xpath(cell.place)
        assert "".join("".join(element.itertext()).split()) == "".join(cell.text.split())


def test_a_frame_of_tables_gives_its_inner_tables_and_its_text() -> None:
    frame = f"<table><tr><td><a href='/'>首页</a></td><td>{report()}</td></tr></table>"
    document = html.read(page(frame))
    assert len(list(document.tables)) == 1
    assert "一、总体情况" in lines(document)
    assert "首页" not in lines(document)


def test_a_report_in_one_table_is_cut_at_its_section_headings() -> None:
    rows = RULES.removeprefix('<table border="1">')
    document = html.read(page(f'<table><tr><td colspan="4">二、主动公开政府信息情况</td></tr>{rows}'))
    first, second = document.blocks
    assert first == Paragraph("二、主动公开政府信息情况")
    assert isinstance(second, Table)
    assert [cell.text for cell in second.cells if cell.row == 0] == ["第二十条第（一）项"]


def test_a_metadata_table_is_no_table_of_the_report() -> None:
    facts = (
        "<table><tr><td>索引号</td><td>014416330/2023-00002</td><td>分类</td><td>信息公开年报</td></tr>"
        "<tr><td>发布机构</td><td>凌州市教育局</td><td>公开日期</td><td><publishtime>2023-01-17</publishtime></td></tr>"
        "<tr><td>名称</td><td colspan=3>凌州市教育局2022年政府信息公开年度报告</td></tr>"
        "<tr><td>文号</td><td></td></tr></table>"
    )
    document = html.read(
        page(f"{facts}<ucapcontent>{report()}</ucapcontent>", '<meta name="ColumnName" content="头部">')
    )
    assert len(list(document.tables)) == 1
    assert document.titles[0] == "凌州市教育局2022年政府信息公开年度报告"
    assert document.meta["agency"] == "凌州市教育局"
    assert document.meta["published"] == "2023-01-17"
    assert document.meta["index_number"] == "014416330/2023-00002"


def test_meta_tags_say_what_the_page_is() -> None:
    head = (
        '<meta name="ArticleTitle" content="凌州市2022年政府信息公开工作年度报告">'
        '<meta name="PubDate" content="2023-03-05 10:00">'
        '<meta name="SiteName" content="凌州市人民政府"><meta name="ContentSource" content="市政府办">'
    )
    document = html.read(page(report(), head))
    assert document.titles[0] == "凌州市2022年政府信息公开工作年度报告"
    assert document.meta["published"] == "2023-03-05"
    assert document.meta["site"] == "凌州市人民政府"
    assert document.meta["agency"] == "市政府办"


def test_what_a_page_hides_is_not_read_unless_it_stands_nowhere_else() -> None:
    hidden = f'<div style="display: none">{RULES.replace("规章", "旧规章")}</div>'
    assert len(list(html.read(page(hidden + report())).tables)) == 1
    assert len(list(html.read(page(hidden + "<p>一、总体情况</p>")).tables)) == 1


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("gbk", "gb18030"), ("utf-8", "gb18030"), ("gb2312", "utf-8")]
)
def test_what_a_page_says_of_its_encoding_is_checked(charset: str, encoding: str) -> None:
    data = f"<html><head><meta charset={charset}></head><body><h1>凌州市镕湖区</h1>{report()}</body></html>".encode(
        encoding
    )
    document = read_document(data, "text/html; charset=iso-8859-1")
    assert document.titles[0] == "凌州市镕湖区"
    assert "一、总体情况" in lines(document)


def test_what_an_author_struck_out_is_not_read() -> None:
    struck = report().replace("<td>0</td>", "<td><s>8</s>0</td>", 1).replace("12条", "<del>9</del>12条")
    document = html.read(page(struck).encode())
    (table,) = document.tables
    assert texts(table)[2][1] == "0"
    assert "全年公开\xa012条。" in lines(document)


def test_what_a_style_strikes_out_is_not_read() -> None:
    style = "font-size:14px; text-decoration: line-through"
    struck = report().replace("<td>0</td>", f'<td><span style="{style}">8</span><span>0</span></td>', 1)
    (table,) = html.read(page(struck).encode()).tables
    assert texts(table)[2][1] == "0"


def test_control_characters_in_preformatted_text_and_notes_are_read_over() -> None:
    body = "<p>一、总体情况</p><pre>甲\x01乙\x0c丙\n丁&#1;戊</pre><p>共17<sup>1\x02</sup>件。</p>"
    assert lines(html.read(page(body).encode())) == ["一、总体情况", "甲乙丙", "丁戊", "共17¹件。"]


def test_source_line_breaks_between_chinese_characters_say_nothing() -> None:
    document = html.read(page("<p>一、总体\n      情况</p><p>收到 <b>4</b>\n件</p>"))
    assert lines(document) == ["一、总体情况", "收到 4 件"]


def test_unclosed_cells_and_rows_are_cells_and_rows() -> None:
    unclosed = "<table><tr><td>第二十条第（一）项<tr><td><span>信息内容<td>本年制发件数<tr><td>规章<td>0"
    (table,) = html.read(f"<html><body>{unclosed}").tables
    assert texts(table) == [["第二十条第（一）项"], ["信息内容", "本年制发件数"], ["规章", "0"]]


def test_deep_nesting_is_read_or_refused_in_a_sentence() -> None:
    assert len(list(html.read("<div>" * 400 + RULES).tables)) == 1
    with pytest.raises(UnreadableError, match="nested too deep") as refusal:
        html.read("<div>" * 20000 + RULES)
    assert refusal.value.code == "nested_too_deep"


def test_absurd_spans_end_with_the_table() -> None:
    table = etree.fromstring(
        "<table><tr><td colspan='10000'>甲</td></tr>"
        "<tr><td rowspan='0'>乙</td><td rowspan='70000'>丙</td><td>丁</td></tr>"
        "<tr><td colspan='x'>戊</td></tr></table>",
        etree.HTMLParser(),
    ).find(".//table")
    cells = {cell.text: cell for cell in read_cells(table, "t")}
    assert (cells["甲"].row_span, cells["甲"].column_span) == (1, 3)
    assert (cells["乙"].row_span, cells["丙"].row_span) == (2, 2)
    assert (cells["戊"].row, cells["戊"].column) == (2, 2)


def test_markdown_with_html_tables_keeps_its_lines() -> None:
    document = html.read(
        "# 凌州市教育局2022年政府信息公开工作年度报告\n\n"
        f"## 一、总体情况\n正文。\n## 二、主动公开政府信息情况\n{RULES}\n"
    )
    assert lines(document)[:3] == ["凌州市教育局2022年政府信息公开工作年度报告", "一、总体情况", "正文。"]
    assert len(list(document.tables)) == 1


@pytest.mark.parametrize("data", [b"", b"   \n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_nothing_is_a_problem_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_document(data)


def test_lines_of_the_report_that_begin_like_lines_of_the_site_stay() -> None:
    document = html.read(page(f"<div>{report('<p>打印政府公报100份。</p><p>【打印本页】</p>')}</div>"))
    assert "打印政府公报100份。" in lines(document)
    assert "【打印本页】" not in lines(document)


@pytest.mark.parametrize("damage", ["<spa<span>x</span>", "&#1;"])
def test_a_page_too_deep_for_lxml_and_damaged_is_refused(damage: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        html.read(page("<div>" * 300 + "</div>" * 300 + damage))
    assert refusal.value.code == "unreadable_html"


def test_a_figure_that_a_field_in_a_cell_shows_is_read_and_one_that_it_hides_is_not() -> None:
    fields = RULES.replace("<td>0</td>", '<td><input type="text" readonly value="7"></td>').replace(
        "<td>&nbsp;</td>", '<td><input type="hidden" value="8"></td>'
    )
    (table,) = html.read(page(report().replace(RULES, fields))).tables
    assert texts(table)[2] == ["规章", "7", "", "12"]
