"""Pages of PDF documents that are pictures, turned, or too many."""

from __future__ import annotations

import pytest
from pdf_paper import HEIGHT, WIDTH, Sheet, bound
from test_pdf import HEAD, LEFT, LINE, WIDTHS, paragraphs, placed, with_text

from parsers.documents.printed import pages, pdf, scan


def test_a_scan_has_no_blocks_and_says_why_where_nothing_can_recognise_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    sheet = Sheet()
    sheet.show_picture(0, 0, WIDTH, HEIGHT)
    document = pdf.read(bound([sheet], title="凌州市教育局2024年政府信息公开工作年度报告"))
    assert document.blocks == ()
    assert document.titles == ("凌州市教育局2024年政府信息公开工作年度报告",)
    assert [problem.code for problem in document.problems] == ["needs_ocr"]


def test_a_picture_beside_the_text_is_said_not_to_be_read() -> None:
    sheet = with_text()
    sheet.show_picture(LEFT, 200, 500, 500)
    (problem,) = pdf.read(bound([sheet])).problems
    assert (problem.code, problem.at) == ("picture_not_read", "page 1")


def test_scanned_pages_between_pages_of_text_are_named() -> None:
    scanned = Sheet()
    scanned.show_picture(0, 0, WIDTH, HEIGHT)
    document = pdf.read(bound([with_text(), scanned, with_text(), scanned]))
    assert paragraphs(document) == [LINE * 4]
    (problem,) = document.problems
    assert (problem.code, problem.at) == ("needs_ocr", "page 2")
    assert "page 2, 4" in problem.message


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turned: int) -> None:
    upright, lying = with_text(), with_text()
    lying.turned = turned
    body = [(2, column, 1, 1, text) for column, text in enumerate(["三", "（一）予以公开", "1", "2", "3"])]
    for sheet in (upright, lying):
        sheet.table(LEFT, 200, WIDTHS, [20, 20, 20], HEAD + body)
    document = pdf.read(bound([lying]))
    assert paragraphs(document) == paragraphs(pdf.read(bound([upright])))
    (found,) = document.tables
    assert placed(found) == {(row, column): (text, down, across) for row, column, down, across, text in HEAD + body}


def test_a_page_whose_text_stands_sideways_is_named() -> None:
    sideways = Sheet()
    for place in range(5):
        sideways.text(100 + 30 * place, 700, LINE[:12], turn=(0, 1))
    document = pdf.read(bound([with_text(), sideways]))
    assert paragraphs(document) == [LINE * 2]
    (problem,) = document.problems
    assert (problem.code, problem.at) == ("page_sideways", "page 2")


def test_more_pages_than_a_report_has_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST", 2)
    document = pdf.read(bound([with_text(), with_text(), with_text()]))
    assert [problem.code for problem in document.problems] == ["pages_left_out"]
