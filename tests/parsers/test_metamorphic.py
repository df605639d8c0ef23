"""What changes nothing in what a reader sees changes no figure, and what changes one cell changes no other."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.table import Table as WordTable
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from rendering import Sheet, html_spans, markdown, page, sheets, tabbed
from rendering_files import docx as word_file
from rendering_files import xlsx as workbook_file

import parsers
from parsers.forms import Form, Line, forms

TITLE = "凌州市教育局{year}年政府信息公开工作年度报告"
seeds = st.integers(0, 10**6)


def values(data: bytes | str) -> dict[str, object]:
    """The figures of a document: what they are, not where they stand."""
    report = parsers.parse(data.encode() if isinstance(data, str) else data)
    assert report.ok
    return {name: (figure.value, figure.kind) for name, figure in report.figures.items()}


def filled(form: Form, rng: random.Random, step: int = 0) -> dict[str, str]:
    """Cell texts by indicator; with `step`, another number in every cell, so that none can take another's place."""
    indicators = [one for one in form.indicators() if one.row != "other_published_documents"]
    if step:
        return {one.id: str(step * (rank + 1)) for rank, one in enumerate(indicators)}
    return {one.id: rng.choice(("", "0", "/", str(rng.randrange(10**5)))) for one in indicators}


def body(printed: list[Sheet], table: Callable[[Sheet], str] = html_spans) -> str:
    tables = "".join(f"<p>{sheet.heading}</p>{table(sheet)}" for sheet in printed)
    return f"<p>一、总体情况</p><p>我局工作情况如下。</p>{tables}<p>五、存在的主要问题及改进情况</p><p>无。</p>"


def site(form: Form, figures: Mapping[str, str]) -> str:
    return page(body(sheets(form, figures)), TITLE.format(year=form.since))


def text(form: Form, figures: Mapping[str, str], table: Callable[[Sheet], str]) -> str:
    tables = "\n\n".join(f"{sheet.heading}\n{table(sheet)}" for sheet in sheets(form, figures))
    title = TITLE.format(year=form.since)
    return f"{title}\n\n一、总体情况\n我局工作情况如下。\n{tables}\n\n五、存在的主要问题及改进情况\n无。\n"


MEDIA: Mapping[str, Callable[[Form, Mapping[str, str]], bytes]] = {
    "page": lambda form, figures: site(form, figures).encode(),
    "flattened Word": lambda form, figures: text(form, figures, tabbed).encode(),
    "Markdown": lambda form, figures: text(form, figures, lambda sheet: markdown(sheet, repeat=False)).encode(),
    "docx": lambda form, figures: word_file(TITLE.format(year=form.since), sheets(form, figures)),
    "xlsx": lambda form, figures: workbook_file(TITLE.format(year=form.since), sheets(form, figures)),
}
OFFICE = ("docx", "xlsx")


# --- what changes nothing ---------------------------------------------------------------------------------------------

Change = Callable[[etree._Element, random.Random], None]


def blanks(root: etree._Element, rng: random.Random) -> None:
    """Line ends and blanks between the tags and at the ends of cells."""
    for element in root.iter("tr", "td", "p", "table", "div"):
        blank = rng.choice(("\n", "\n\t ", "  "))
        element.tail = blank + (element.tail or "")
        if element.tag == "td" and len(element) == 0:
            element.text = f"{blank}{element.text or ''}{blank}"


def comments(root: etree._Element, rng: random.Random) -> None:
    for element in root.iter("tr", "td", "p"):
        if rng.random() < 0.5:
            element.append(etree.Comment("[if gte mso 9]><xml><td>99</td></xml><![endif]"))


def attributes(root: etree._Element, rng: random.Random) -> None:
    """Attributes that say nothing of the table, and all of them in another order."""
    for element in root.iter("td", "tr", "table", "p"):
        stated = [*element.attrib.items(), ("style", "border:none;width:12px"), ("data-row", "9"), ("align", "center")]
        rng.shuffle(stated)
        element.attrib.clear()
        element.attrib.update(stated)


def runs(root: etree._Element, rng: random.Random) -> None:
    """The text of cells cut into runs, as Word leaves it."""
    for element in root.iter("td", "p"):
        if len(element) or not element.text:
            continue
        cut = rng.randrange(len(element.text) + 1)
        element.text, pieces = None, (element.text[:cut], element.text[cut:])
        for piece in pieces:
            etree.SubElement(element, rng.choice(("span", "font", "b"))).text = piece


def headers(root: etree._Element, rng: random.Random) -> None:
    """td by th, rows in thead and tbody."""
    for element in root.iter("td"):
        if rng.random() < 0.4:
            element.tag = "th"
    for table in root.iter("table"):
        rows = table.findall(".//tr")
        table.clear()
        etree.SubElement(table, "tbody").extend(rows)


def spans(root: etree._Element, rng: random.Random) -> None:
    """Spans of one, written out."""
    for element in root.iter("td"):
        for name in ("rowspan", "colspan"):
            if element.get(name) is None and rng.random() < 0.5:
                element.set(name, rng.choice(("1", " 1", "1px", "")))


def chrome(root: etree._Element, rng: random.Random) -> None:
    """More of the site around the report: links, tables of links, a search box, an advertisement."""
    whole = root.find("body")
    for number in range(rng.randrange(1, 6)):
        extra = etree.HTML(
            rng.choice(
                (
                    f"<ul><li><a href='/{number}'>栏目</a></li></ul>",
                    f"<table><tr><td><a href='/{number}'>2019年报告</a></td><td>1</td></tr></table>",
                    "<form><input name=q><select><option>1</option></select></form>",
                    "<div style='display:none'><table><tr><td>总计</td><td>7</td></tr></table></div>",
                    "<script>var total = '<td>5</td>';</script>",
                )
            )
        )[0][0]
        whole.insert(rng.choice((0, len(whole))), extra)


def frames(root: etree._Element, rng: random.Random) -> None:
    """The report in further boxes."""
    report = next(element for element in root.iter("div") if element.get("class") == "content")
    for _ in range(rng.randrange(1, 5)):
        box = etree.Element(rng.choice(("div", "section", "article", "center")))
        box.extend(list(report))
        report.append(box)


CHANGES: tuple[Change, ...] = (blanks, comments, attributes, runs, headers, spans, chrome, frames)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@given(seed=seeds, form_id=st.sampled_from(["form_2019", "form_2021"]))
@settings(max_examples=3)
def test_what_nobody_sees_changes_nothing(change: Change, seed: int, form_id: str) -> None:
    rng, form = random.Random(seed), forms()[form_id]
    written = site(form, filled(form, rng))
    root = etree.HTML(written)
    change(root, rng)
    changed = etree.tostring(root, encoding="unicode", method="html")
    assert values(changed) == values(written)


@given(seed=seeds, form_id=st.sampled_from(["form_2019", "form_2021"]))
@settings(max_examples=8)
def test_all_of_it_together_changes_nothing(seed: int, form_id: str) -> None:
    rng, form = random.Random(seed), forms()[form_id]
    written = site(form, filled(form, rng))
    root = etree.HTML(written)
    for change in rng.sample(CHANGES, len(CHANGES)):
        change(root, rng)
    assert values(etree.tostring(root, encoding="unicode", method="html")) == values(written)


@given(seed=seeds)
@settings(max_examples=2)
def test_runs_of_word_change_nothing(seed: int) -> None:
    rng, form = random.Random(seed), forms()["form_2021"]
    data = MEDIA["docx"](form, filled(form, rng))
    document = docx.Document(BytesIO(data))
    for table in document.tables:
        _split_runs(table, rng)
    out = BytesIO()
    document.save(out)
    assert values(out.getvalue()) == values(data)


def _split_runs(table: WordTable, rng: random.Random) -> None:
    for paragraph in table._tbl.iter("{*}p"):
        for run in paragraph.findall("{*}r"):
            said = run.find("{*}t")
            if said is not None and said.text and len(said.text) > 1:
                cut = rng.randrange(1, len(said.text))
                further = etree.fromstring(etree.tostring(run))
                further.find("{*}t").text = said.text[cut:]
                said.text = said.text[:cut]
                run.addnext(further)


# --- what changes one thing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("medium", MEDIA)
@given(seed=seeds, form_id=st.sampled_from(["form_2019", "form_2021"]))
@settings(max_examples=2)
def test_emptying_a_cell_makes_it_blank_and_changes_no_other(medium: str, seed: int, form_id: str) -> None:
    rng, form = random.Random(seed), forms()[form_id]
    figures = filled(form, rng, step=7)
    before = values(MEDIA[medium](form, figures))
    emptied = rng.choice(list(figures))
    after = values(MEDIA[medium](form, figures | {emptied: ""}))
    # A medium without columns may not know which cell of the row is blank: then the row has no figures.
    table, row, _ = emptied.split(".")
    lost = {name for name in before if name not in after}
    assert all(name.startswith(f"{table}.{row}.") for name in lost)
    assert medium not in ("page", *OFFICE) or not lost
    assert {name: value for name, value in before.items() if name not in lost and name != emptied} == {
        name: value for name, value in after.items() if name != emptied
    }
    assert emptied in lost or after[emptied] == (None, "blank")


@pytest.mark.parametrize("medium", MEDIA)
@given(seed=seeds, form_id=st.sampled_from(["form_2019", "form_2021"]))
@settings(max_examples=2)
def test_the_order_of_rows_changes_no_figure(medium: str, seed: int, form_id: str) -> None:
    rng, form = random.Random(seed), forms()[form_id]
    figures = filled(form, rng, step=3)
    table = form.table("requests")
    groups: dict[tuple[str, ...], list[str]] = {}
    for line in table.rows:
        groups.setdefault(line.path[:-1], []).append(line.code)
    one, other = rng.sample(rng.choice([codes for codes in groups.values() if len(codes) > 1]), 2)
    lines = {line.code: line for line in table.rows}
    lines[one], lines[other] = lines[other], lines[one]
    turned = _with_rows(form, [lines[line.code] for line in table.rows])
    assert values(MEDIA[medium](turned, figures)) == values(MEDIA[medium](form, figures))


def _with_rows(form: Form, rows: Sequence[Line]) -> Form:
    tables = tuple(replace(table, rows=tuple(rows)) if table.code == "requests" else table for table in form.tables)
    return replace(form, tables=tables)


@given(seed=seeds)
@settings(max_examples=2)
def test_the_place_on_a_sheet_changes_nothing(seed: int) -> None:
    rng, form = random.Random(seed), forms()["form_2021"]
    data = MEDIA["xlsx"](form, filled(form, rng))
    book = load_workbook(BytesIO(data))
    sheet = book.active
    down, right = rng.randrange(1, 9), rng.randrange(1, 5)
    areas = [area.bounds for area in sheet.merged_cells.ranges]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(area.coord)
    sheet.insert_rows(1, down)
    sheet.insert_cols(1, right)
    for left, top, last, bottom in areas:
        sheet.merge_cells(
            start_row=top + down, start_column=left + right, end_row=bottom + down, end_column=last + right
        )
    out = BytesIO()
    book.save(out)
    assert values(out.getvalue()) == values(data)
