"""Reports whose lines were run together into one are read as if each cell stood on a line of its own."""

from __future__ import annotations

import random

import pytest
from rendering import Sheet, page, sheets, statistics

import parsers
from parsers.documents.text.run_together import is_run_together
from parsers.forms import forms
from parsers.tables import numbers

JOINTS = {"spaces": " ", "tabs": "\t", "wide spaces": "\u3000", "lines but for the tables": "\n"}


def report(form_id: str, joint: str, *, blank: float = 0) -> tuple[dict[str, str], str, str]:
    """A filled form's figures, its report's title, and its text with `joint` between all that stood apart."""
    form = forms()[form_id]
    rng = random.Random(2021)
    figures = {
        indicator.id: "" if rng.random() < blank else str(rng.randint(0, 999))
        for indicator in form.indicators()
        if indicator.row != "other_published_documents"
    }
    printed = [statistics(form, figures)] if form_id == "stat_2014" else sheets(form, figures)
    title = f"凌州市教育局{form.since}年政府信息公开工作年度报告"
    said = [title, "一、 总体情况", f"{form.since}年，我局公开信息12条，办理行政许可35件。", "二、主动公开政府信息情况"]
    for sheet in printed:
        said += [sheet.heading, run_together(sheet, " " if joint == "\n" else joint)]
    said += ["五、存在的主要问题及改进情况", "公开的深度还不够，明年改进。", "六、其他需要报告的事项", "无。"]
    return figures, title, joint.join(filter(None, said))


def run_together(sheet: Sheet, joint: str) -> str:
    cells = (place.text.replace("\n", "") for row in sheet.rows() for place in row)
    return joint.join(text for text in cells if text.strip())


@pytest.mark.parametrize("form_id", forms())
@pytest.mark.parametrize("joint", JOINTS.values(), ids=list(JOINTS))
def test_every_cell_of_a_report_on_one_line_is_read(form_id: str, joint: str) -> None:
    figures, title, text = report(form_id, joint)
    lines = text.split("\n")
    for data in (text, page("".join(f"<p>{line}</p>" for line in lines), title)):
        read = parsers.parse(data.encode())
        assert (read.agency, read.form) == ("凌州市教育局", form_id)
        assert {name: str(figure.value) for name, figure in read.figures.items()} == figures


@pytest.mark.parametrize("form_id", ["form_2019", "form_2021"])
def test_with_blank_cells_lost_no_figure_is_wrong(form_id: str) -> None:
    figures, _, text = report(form_id, " ", blank=0.3)
    read = parsers.parse(text.encode())
    for name, figure in read.figures.items():
        assert figure.value in (None, numbers.read(figures[name]).value), name


@pytest.mark.parametrize(
    "line",
    [
        "2023年，我局办理行政许可 35 件、行政处罚 4 件、行政强制 0 件，行政事业性收费 12 万元，制定规范性文件 2 件，"
        "其余情况见下表；申请人全部为自然人，没有商业企业、科研机构或者法律服务机构提出申请，予以公开 3 件。",
        "行政复议 结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 结果维持 结果纠正 其他结果 尚未审结 总计 "
        "复议后起诉 结果维持 结果纠正 其他结果 尚未审结 总计",
    ],
)
def test_sentences_and_headers_with_the_forms_words_stay_whole(line: str) -> None:
    assert not is_run_together(line)
