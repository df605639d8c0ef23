"""Reading OFD documents: the same paper is read the same, whatever program has written it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_paper import bound, layer, line, of_pdf, part, zipped

import parsers
from parsers.documents import read_document, sniff
from parsers.documents.printed import ofd
from parsers.model import Document, Paragraph, UnreadableError

HERE = Path(__file__).parents[1]
SAMPLE = HERE.parents[1] / "shared" / "samples" / "huaian-government-2024.pdf"
TEXT = "本报告根据中华人民共和国政府信息公开条例规定编制并向社会公布全文如下。"
WORDS = "".join(line(TEXT, 30, 40 + 8 * n) for n in range(2))


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def ruled(across: str = "0.2") -> str:
    """Two rows of two cells, their lines drawn as filled areas, and one of them twice."""
    rules = [(30, y, 60, float(across)) for y in (100, 108, 116)] + [(x, 100, float(across), 16) for x in (30, 60, 90)]
    drawn = "".join(
        f"<ofd:PathObject Boundary='{x} {y} {width} {height}' Stroke='false' Fill='true'>"
        f"<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
        for x, y, width, height in [*rules, rules[0]]
    )
    texts = [("规章", 32, 106), ("12", 62, 106), ("行政规范性文件", 32, 114), ("3", 62, 114)]
    return drawn + "".join(line(text, x, y) for text, x, y in texts)


@pytest.mark.parametrize("each", [False, True], ids=["lines", "characters"])
@pytest.mark.parametrize("paper", [HERE / "documents" / "pdf-with-tables-cut-by-pages-2023.pdf", SAMPLE])
def test_the_same_paper_is_read_the_same(paper: Path, each: bool) -> None:
    if not paper.exists():
        pytest.skip("the samples are not here")
    printed = parsers.parse(paper.read_bytes())
    found = parsers.parse(of_pdf(paper.read_bytes(), each=each))
    assert found.media == "ofd"
    assert (found.year, found.agency, found.title) == (printed.year, printed.agency, printed.title)
    assert {name: figure.value for name, figure in found.figures.items()} == {
        name: figure.value for name, figure in printed.figures.items()
    }
    assert len(found.figures) == 200
    assert [claim.value for claim in found.claims] == [claim.value for claim in printed.claims]
    assert found.problems == printed.problems


def test_cells_and_paragraphs_are_read_from_what_is_drawn() -> None:
    document = read_document(bound([layer(WORDS + ruled())], title="年度报告"))
    assert paragraphs(document)[0].startswith(TEXT)
    (table,) = document.tables
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "规章"),
        (0, 1, "12"),
        (1, 0, "行政规范性文件"),
        (1, 1, "3"),
    ]
    assert "年度报告" in document.titles
    assert table.cells[0].place.startswith("page 1 box ")


def test_what_stands_on_the_template_is_on_the_page_and_what_is_hidden_is_not() -> None:
    page = layer(WORDS + line("第九十九条", 30, 90, more="Visible='false'")).replace(
        "<ofd:Content>", "<ofd:Template TemplateID='90'/><ofd:Content>"
    )
    document = read_document(bound([page], templates=[layer(ruled())], root="/Doc_0/"))
    assert [cell.text for table in document.tables for cell in table.cells] == ["规章", "12", "行政规范性文件", "3"]
    assert "第九十九条" not in "".join(paragraphs(document))


def test_a_watermark_and_what_is_printed_twice() -> None:
    askew = line("内部资料不得外传", 60, 150, more="CTM='0.7 0.7 -0.7 0.7 0 0'")
    document = read_document(bound([layer(WORDS + askew + line("12", 30, 90) + line("12", 30.05, 90))]))
    assert "内部" not in "".join(paragraphs(document))
    assert paragraphs(document)[-1].endswith("12")
    assert "1212" not in paragraphs(document)[-1]


def test_pages_that_lie_on_their_side_are_named() -> None:
    turned = "".join(line(TEXT, 60 + 8 * n, 50, more="CTM='0 1 -1 0 0 0'") for n in range(3))
    document = read_document(bound([layer(turned), layer(WORDS)]))
    assert [(problem.code, problem.at) for problem in document.problems] == [("page_sideways", "page 1")]


@pytest.mark.parametrize(
    "inside",
    [
        "<ofd:ImageObject Boundary='0 0 210 297' ResourceID='4'/>",
        "".join(line("\ue000\ue001\ue002\ue003" * 5, 30, 40 + 8 * n) for n in range(4)),
    ],
    ids=["a-picture", "characters-of-a-font-alone"],
)
def test_what_does_not_tell_its_characters_wants_to_be_recognised(inside: str) -> None:
    document = read_document(bound([layer(inside)]))
    assert [problem.code for problem in document.problems] == ["needs_ocr"]


def test_a_picture_between_pages_of_text_is_named() -> None:
    picture = layer("<ofd:ImageObject Boundary='0 0 210 297' ResourceID='4'/>")
    document = read_document(bound([layer(WORDS), picture]))
    assert [(problem.code, problem.at) for problem in document.problems] == [("needs_ocr", "page 2")]


DOCUMENT = part("<ofd:Pages><ofd:Page ID='1' BaseLoc='a.xml'/></ofd:Pages>", "Document")
START = part("<ofd:DocBody><ofd:DocRoot>d.xml</ofd:DocRoot></ofd:DocBody>", "OFD")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"OFD.xml": "<ofd"}, "damaged"),
        ({"OFD.xml": part("", "OFD")}, "damaged"),
        ({"OFD.xml": START}, "damaged"),
        ({"OFD.xml": START, "d.xml": DOCUMENT}, "damaged"),
        ({"OFD.xml": START, "d.xml": f"<!DOCTYPE a [<!ENTITY b 'c'>]>{DOCUMENT[38:]}"}, "bomb"),
        ({"OFD.xml": START, "d.xml": DOCUMENT.replace("a.xml", "../../../etc/passwd")}, "damaged"),
    ],
    ids=["no-xml", "no-document", "no-part", "no-page", "entities", "outside"],
)
def test_what_cannot_be_read_is_named(parts: dict[str, str], code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(zipped(parts))
    assert caught.value.code == code


def test_pages_that_draw_too_much_are_left_out_and_named() -> None:
    full, lined = layer(line("字" * 50_000, 1, 1)), layer("<ofd:PathObject/>" + line("字" * 39_000, 1, 1))
    document = read_document(bound([layer(WORDS), full]))
    assert [(problem.code, problem.at) for problem in document.problems] == [("page_too_full", "page 2")]
    document = read_document(bound([layer(WORDS), lined, lined, lined, lined, lined]))
    assert [(problem.code, problem.at) for problem in document.problems] == [("pages_left_out", "page 5")]


def test_an_ofd_is_told_by_its_parts() -> None:
    assert sniff(bound([layer(WORDS)]), "application/octet-stream") == "ofd"


numbers = st.one_of(
    st.floats(-1e12, 1e12).map(repr), st.sampled_from(["", "1e999", "-0", "g", "g 9 1", "a", "1 2 3 4", "g 99999999 5"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(numbers, min_size=9, max_size=9), st.sampled_from(["M 0 0 L 1 1 C", "M 0 B 1", "C C Z", "S 1 2 L"]))
def test_any_numbers_give_a_document(told: list[str], path: str) -> None:
    text = (
        f"<ofd:TextObject Boundary='{told[0]} {told[1]} 9 9' CTM='{told[2]} 0 0 {told[3]} 0 0' Size='{told[4]}'"
        f" HScale='{told[5]}'><ofd:TextCode X='{told[6]}' Y='{told[7]}' DeltaX='{told[8]}'>收到5件</ofd:TextCode>"
        f"</ofd:TextObject><ofd:PathObject Boundary='{told[1]} 1 {told[0]} 1' CTM='1 {told[5]} 0 1 0 0'>"
        f"<ofd:AbbreviatedData>{path} {told[3]} {told[4]}</ofd:AbbreviatedData></ofd:PathObject>"
    )
    assert ofd.read(bound([layer(WORDS + text)])).media == "ofd"
