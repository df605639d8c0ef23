"""Kept pages made fit to be looked at: the cell of every medium is marked, and nothing of a page acts or loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from archive.kept.page import MARK, LaidPage, lay_out
from parsers import parse
from parsers.model import Figure

DOCUMENTS = Path(__file__).parents[1] / "documents"
SLOW = {".doc", ".wps"}  # LibreOffice has to start for them
HOSTILE = """<html><head><title>t</title><base href="https://elsewhere.example/">
<meta http-equiv="refresh" content="0;url=//x"><link rel="stylesheet" href="//x/a.css"><script>alert(1)</script></head>
<body onload="alert(2)" style="display:none"><form action="//x"><input name="a">
<table><tr><td onclick="alert(3)" style="background:url(//x)" colspan="2">甲</td></tr>
<tr><td><a href="javascript:alert(4)">乙</a></td><td><b>12</b><!-- <script>alert(5)</script> --></td></tr></table>
</form><iframe src="//x"></iframe><img src="//x/p.png" alt="图"><img src="data:image/svg+xml;base64,PHN2Zz4=">
<img src="data:image/png;base64,iVBORw0KGgo=" onerror="alert(6)"><svg><script>alert(7)</script></svg>
<xmp><script>alert(8)</script></xmp><plaintext>&lt;script&gt;alert(9)&lt;/script&gt;</body></html>"""


def marked(laid: LaidPage) -> str:
    (cell,) = html.document_fromstring(laid.markup).xpath(f"//*[@id='{MARK}']")
    return str(cell.text_content())


def figures(path: Path) -> dict[str, Figure]:
    return dict(parse(path.read_bytes(), url=path.name).figures) if path.suffix not in {".json", *SLOW} else {}


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_a_figure_is_marked_where_it_was_read(path: Path) -> None:
    placed = [figure for figure in figures(path).values() if figure.place]
    for figure in placed[:: max(1, len(placed) // 2)]:
        laid = lay_out(path.read_bytes(), None, path.name, figure.place, figure.at)
        assert laid.marked, figure
        if laid.medium == "pdf":
            assert "data:image/png;base64," in laid.markup
        else:
            squeezed = "".join(figure.raw.split())
            assert squeezed in "".join(marked(laid).split()), figure


def test_nothing_of_a_page_acts_or_loads() -> None:
    laid = lay_out(HOSTILE.encode(), "text/html", None, "((//table)[1]//tr)[2]/*[2]")
    page = html.document_fromstring(laid.markup)
    tags = {element.tag for element in page.iter(html.etree.Element)}
    assert not tags & {"script", "a", "base", "link", "form", "input", "iframe", "svg", "xmp", "object", "title"}
    assert len(page.xpath("//meta")) == 2
    assert len(page.xpath("//style")) == 1
    for element in page.iter(html.etree.Element):
        assert not {name for name in element.attrib if name.startswith("on") or name in {"href", "style", "action"}}
    assert page.xpath("//img/@src") == ["data:image/png;base64,iVBORw0KGgo="]
    assert "//x" not in laid.markup
    assert marked(laid) == "12"


def test_the_marked_cell_is_shown_though_what_holds_it_was_hidden() -> None:
    page = "<body><div style='display: none'><table><tr><td>7</td></tr></table></div><p style='display:none'>no</p>"
    laid = lay_out(page.encode(), "text/html", None, "((//table)[1]//tr)[1]/*[1]")
    tree = html.document_fromstring(laid.markup)
    assert [element.text_content() for element in tree.xpath("//*[@hidden]")] == ["no"]
    assert marked(laid) == "7"


def test_a_place_that_is_not_there_is_said_and_the_page_is_shown_all_the_same() -> None:
    page = "<body><p>报告</p></body>".encode()
    for place in ("((//table)[3]//tr)[1]/*[1]", "line 70", "page 2 box 1,2,3,4", "sheet a row 1 column 1", "//p["):
        laid = lay_out(page, "text/html", None, place)
        assert not laid.marked
        assert "报告" in laid.markup


def test_a_page_nested_deep_is_shown() -> None:
    laid = lay_out(b"<body>" + b"<div>" * 240 + "深".encode(), "text/html", None)
    assert "深" in laid.markup


def test_lines_of_a_text_are_numbered_and_several_can_be_marked() -> None:
    laid = lay_out("年报\n甲 12\n乙 <b>3\n丙".encode(), "text/plain", None, "lines 2-3")
    assert "甲 12" in marked(laid)
    assert "乙 <b>3" in marked(laid)
    assert "丙" not in marked(laid)
