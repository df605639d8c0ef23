"""Every figure of the real sample reports, read by hand, comes out of the door."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import docx
import pytest

import parsers
from parsers.documents import read_document
from parsers.model import json_number
from parsers.tables.statutory import match

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not beside the project")

READ = ["zibo-education-2022.txt", "fushun-education-2020.txt", "shuyang-drc-2023.html", "huaian-government-2024.pdf"]
REGIONS = {
    "zibo-education-2022.txt": ("370300", "淄博市"),
    "fushun-education-2020.txt": ("210400", "抚顺市"),
    "shuyang-drc-2023.html": ("321322", "沭阳县"),
    "huaian-government-2024.pdf": ("320800", "淮安市"),
}


@pytest.fixture(scope="module")
def expected():
    return json.loads((SAMPLES / "figures.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", READ)
def test_every_figure(name, expected):
    wanted = expected[name]
    report = parsers.parse((SAMPLES / name).read_bytes())
    assert report.ok
    assert (report.year, report.form, report.agency) == (wanted["year"], wanted["form"], wanted["agency"])
    assert (report.region_code, report.region) == REGIONS[name]
    assert set(report.figures) == set(wanted["figures"])
    for indicator, value in wanted["figures"].items():
        figure = report.figures[indicator]
        if wanted["blank_may_be_zero"] and value == 0:
            assert figure.value in (0, None), indicator
            assert figure.kind in ("zero", "blank"), indicator
        else:
            assert json_number(figure.value) == value, indicator


def test_the_blank_form_filled():
    """Every cell of the official Word file is found by its words: filled one by one, it is read back exactly."""
    blank = SAMPLES / "blank-2021-form.docx"
    found = match(read_document(blank.read_bytes())).figures
    assert len(found) == 200
    form = docx.Document(str(blank))
    for number, figure in enumerate(found.values(), 1):
        table, row, column = (int(word) for word in figure.place.split() if word.isdigit())
        form.tables[table - 1].cell(row - 1, column - 1).text = str(number)
    form.paragraphs[0].text = "凌州市教育局2022年政府信息公开工作年度报告"
    out = BytesIO()
    form.save(out)
    report = parsers.parse(out.getvalue())
    assert (report.agency, report.year, report.form) == ("凌州市教育局", 2022, "form_2021")
    assert [figure.value for figure in report.figures.values()] == list(range(1, 201))


@pytest.mark.parametrize("name", READ)
def test_sections_and_rules(name):
    report = parsers.parse((SAMPLES / name).read_bytes())
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert not [check for check in report.checks if check.result == "fail"]
    assert {check.rule for check in report.checks} >= {"A1", "A2", "A3", "A4", "A5"}
    assert not report.problems


def test_the_table_of_press_conferences_in_section_one():
    report = parsers.parse((SAMPLES / "zibo-education-2022.txt").read_bytes())
    (table,) = report.tables
    assert table.section == 1
    assert table.rows[0] == ("序号", "时间", "主题", "备注")
    assert len(table.rows) == 12
    assert table.rows[3][1] == "1月20日"
