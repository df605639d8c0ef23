"""Monsters: documents far beyond any report, each made to be costly in another way; as names and makers of bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mutations import zipped

TITLE = "凌州市教育局2023年政府信息公开工作年度报告"
HEADER = "<tr><td>申请人情况<td>自然人<td>总计"
ROW = "<tr><td>予以公开<td>1<td>2"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def page(body: str) -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>一、总体情况</p>'
        f"<p>我局2023年工作情况如下。</p>{body}<p>五、存在的主要问题及改进情况</p><p>无。</p></body></html>"
    ).encode()


def text(body: str) -> bytes:
    return f"{TITLE}\n\n一、总体情况\n我局2023年工作情况如下。\n{body}\n五、存在的主要问题及改进情况\n无。\n".encode()


def word(body: str, doctype: str = "") -> bytes:
    opening = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (TITLE, "一、总体情况"))
    return zipped(
        {"word/document.xml": (f"{doctype}<w:document {WORD}><w:body>{opening}{body}</w:body></w:document>").encode()}
    )


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def workbook(rows: str, merged: str = "", doctype: str = "", shared: str = "", sheets: int = 1) -> bytes:
    """A workbook whose sheets are all the one that `rows` makes."""
    numbers = range(1, sheets + 1)
    named = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet.xml"/>' for n in numbers
    )
    parts = {
        "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {SHEET}><sheets>{named}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {RELATIONS}>{related}<Relationship Id="s" Type='
        f'"{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet.xml": f"{doctype}<worksheet {SHEET}><sheetData>{rows}</sheetData>{merged}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {SHEET}>{shared}</sst>",
    }
    return zipped({name: part.encode() for name, part in parts.items()})


def written(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def entities() -> str:
    """A document type whose entities grow a thousandfold at every level."""
    grown = "".join(f'<!ENTITY {name} "{f"&{of};" * 1000}">' for name, of in ("ba", "cb", "dc"))
    return f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{grown}]>'


NAMED: Mapping[str, Callable[[], bytes]] = {
    "spans beyond the table everywhere": lambda: page(
        "<table>" + ("<tr>" + "<td rowspan=65534 colspan=1000>1" * 200) * 200 + "</table>"
    ),
    "row spans that push each other aside": lambda: page("<table>" + "<tr><td rowspan=65534>1<td>2" * 30_000),
    "five thousand cells over five thousand rows": lambda: page(
        "<table><tr>" + "<td rowspan=5000>1" * 5000 + "<tr><td>1" * 5000
    ),
    "colspan=0 thousands of times": lambda: page("<table><tr>" + "<td colspan=0>1" * 3000 + "<tr><td>a<td>b" * 2000),
    "5 MB of digits and blanks in one line": lambda: text("1 " * 2_500_000),
    "digits and blanks within the limits": lambda: text("1 " * 990_000),
    "40,000 rows": lambda: page("<table>" + HEADER + "<tr><td>某某事项<td>1<td>2" * 40_000),
    "5,000 rows of other words each": lambda: page(
        "<table>" + HEADER + "".join(f"<tr><td>事项{n}号<td>1<td>2" for n in range(5_000))
    ),
    "headings in 15,000 rows": lambda: page("<table>" + "<tr><td>一、总体情况<tr><td>1<td>2" * 15_000),
    "divisions 20,000 deep": lambda: page("<div>" * 20_000 + "x" + "</div>" * 20_000),
    "tables 20,000 deep": lambda: page("<table><tr><td>" * 20_000),
    "a million br": lambda: page("<br>" * 1_000_000),
    "40,000 lines in a cell": lambda: page("<table><tr><td>" + "x<br>" * 40_000 + "<td>1</table>"),
    "10,000 tables": lambda: page(f"<table>{HEADER}{ROW}</table>" * 10_000),
    "a comment of 20 MB": lambda: page("<!--" + "x" * 20_000_000 + "-->"),
    "an attribute of 9 MB": lambda: page('<p class="' + "x" * 9_000_000 + '">x</p>'),
    "200,000 attributes": lambda: page("<p " + " ".join(f'a{n}="1"' for n in range(200_000)) + ">x</p>"),
    "100,000 paragraphs": lambda: page("<p>我局认真做好政府信息公开工作。</p>" * 100_000),
    "40,000 paragraphs": lambda: page("<p>我局认真做好政府信息公开工作。</p>" * 40_000),
    "50,000 sentences that state a figure": lambda: page("<p>" + "收到申请3件。" * 50_000 + "</p>"),
    "50,000 figures in one sentence": lambda: page("<p>" + "收到申请3件，" * 50_000 + "</p>"),
    "a number of a million digits": lambda: page(
        f"<table>{HEADER}<tr><td>予以公开<td>{'1' * 900_000}<td>{'9,' * 400_000}</table>"
    ),
    "a label of a million characters": lambda: page(f"<table>{HEADER}<tr><td>{'行政复议' * 250_000}<td>1<td>2</table>"),
    "tables of Markdown that never end": lambda: f"# {TITLE}\n\n一、总体情况\n\n{'<table>' * 60_000}".encode(),
    "rules of bars and dashes": lambda: text("-| " * 150_000 + "x"),
    "bookmarks that never end": lambda: text("[bookmark:" * 190_000),
    "entities that grow, in Word": lambda: word(paragraph("&d;"), entities()),
    "entities that grow, in a sheet": lambda: workbook(f'<row r="1">{written("A1", "&d;")}</row>', doctype=entities()),
    "a file of this machine, in Word": lambda: word(
        paragraph("&a;"), '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    ),
    "47 MB of blanks in a zip": lambda: zipped({"word/document.xml": b" " * 47_000_000}),
    "60,000 parts in a zip": lambda: zipped({f"word/{n}.xml": b"<a/>" for n in range(60_000)}),
    "merged cells of Word that span everything": lambda: word(
        "<w:tbl>" + ("<w:tr>" + cell("1", '<w:gridSpan w:val="999999999"/>') * 60 + "</w:tr>") * 200 + "</w:tbl>"
    ),
    "a sheet with one cell in the last corner": lambda: workbook(
        f'<row r="1">{written("A1", "x")}</row><row r="1048576">{written("XFD1048576", "1")}</row>'
    ),
    "a sheet merged as a whole": lambda: workbook(
        f'<row r="1">{written("A1", "x")}</row>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "a sheet shown 190 times": lambda: workbook(
        "".join(f'<row r="{n}">{written(f"A{n}", "予以公开")}{written(f"B{n}", "1")}</row>' for n in range(1, 5000)),
        sheets=190,
    ),
}

FURTHER: Mapping[str, Callable[[], bytes]] = {
    "as many tags as are read": lambda: page("<table>" + ("<tr>" + "<td>1" * 60) * 3000),
    "as many rows as are read": lambda: page("<table>" + HEADER + ROW * 48_000),
    "as many headers as are read": lambda: page("<table>" + HEADER * 48_000),
    "header and row by turns": lambda: page("<table>" + (HEADER + ROW) * 24_000),
    "empty rows": lambda: page("<table>" + HEADER + "<tr><td><td><td>" * 48_000),
    "a header of 40,000 cells": lambda: page("<table><tr>" + "<td>自然人<td>总计" * 20_000 + ROW + "<td>1" * 39_000),
    "labels that nearly match": lambda: page(
        "<table>" + HEADER + "".join(f"<tr><td>属于三类内部事务{chr(0x4E00 + n)}信息<td>1<td>2" for n in range(10_000))
    ),
    "tables in tables with the form's words outside": lambda: page(
        "<table><tr><td>" * 60 + "予以公开 不予公开 结果维持" + "<table><tr><td>1<td>2</table>" * 30_000
    ),
    "40,000 lines deep in the page": lambda: page("<div>" * 240 + "<p>一、总体情况</p>" * 40_000),
    "a page nested too deep for lxml, with 60,000 cells": lambda: page(
        "<div>" * 300 + "</div>" * 300 + "<table>" + "<tr><td>予以公开<td>1" * 60_000
    ),
    "hidden paragraphs": lambda: page('<div style="display:none">' * 240 + '<p style="display:none">予以公开' * 60_000),
    "labels and values in 49,000 lines": lambda: text("予以公开 1 2\n" * 49_000),
    "pieces of labels in 48,000 lines": lambda: text("予以\n公开\n1\n" * 16_000),
    "pieces of columns in 49,000 lines": lambda: text("结果 维持 纠正\n" * 49_000 + "1\n2\n"),
    "200,000 cells marked by tabs": lambda: text("\t1" * 190_000),
    "long lines of a paper": lambda: text(
        "我局认真做好政府信息公开工作我局认真做好政府信息公开工作我局认真做好政府\n" * 48_000
    ),
    "breakdowns": lambda: text("2023年，本机关主动公开政府信息3条，其中门户网站1条、微信公众号2条，" * 40_000),
    "years and titles": lambda: text("2023年《" * 190_000 + "公开3条"),
    "divisions of the country": lambda: text("江苏省淮安市清江浦区" * 190_000),
    "ligatures that grow when resolved": lambda: text("\ufdfa" * 600_000),
    "30,000 paragraphs of Word": lambda: word(paragraph("我局认真做好工作。") * 30_000),
    "a document of Word with 180,000 cells": lambda: word(
        "<w:tbl>" + ("<w:tr>" + cell("1") * 60 + "</w:tr>") * 3000 + "</w:tbl>"
    ),
    "tables of Word in tables": lambda: word(
        "<w:tbl><w:tr><w:tc>" * 80 + f"<w:tbl><w:tr>{cell('x')}</w:tr></w:tbl>" * 3000 + "</w:tc></w:tr></w:tbl>" * 80
    ),
    "texts shared by 40,000 cells": lambda: workbook(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_000)),
        shared=f"<si><t>{'一' * 1_000_000}</t></si>",
    ),
    "overlapping merged areas": lambda: workbook(
        "".join(f'<row r="{n}">{written(f"A{n}", "1")}{written(f"J{n}", "1")}</row>' for n in range(1, 9999)),
        "<mergeCells>" + '<mergeCell ref="A1:J9998"/>' * 20_000 + "</mergeCells>",
    ),
}
