"""Titles, headers and pages as municipal sites have them: what must be known of each, and what must stay unknown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from identity_pages import SIX, form, known

import parsers

HERE = Path(__file__).parent
with (HERE / "identity_situations.csv").open(encoding="utf-8", newline="") as file:
    SITUATIONS = list(csv.DictReader(file))
NEAR_MISSES = (HERE / "identity_near_misses.txt").read_text("utf-8").splitlines()
META = {"agency": "agency", "site": "site", "index": "index_number"}
ANYTHING = "?"


@pytest.mark.parametrize("row", SITUATIONS, ids=lambda row: f"{row['title']} {row['also']}".strip())
def test_what_is_known_is_right_and_what_is_uncertain_is_null(row: dict[str, str]) -> None:
    """`also` lists what stands on the page beside its title: lines before and behind the text, the page's statements,
    a filled-in form. An empty cell is what must be null."""
    beside = [part.partition("=")[::2] for part in row["also"].split("|") if part]
    found = known(
        *(text for name, text in beside if name == "line"),
        *SIX,
        *(text for name, text in beside if name == "end"),
        title=row["title"],
        meta={META[name]: text for name, text in beside if name in META},
        table=next((form(text) for name, text in beside if name == "form"), None),
    )
    assert found.is_annual_report, found.why_not
    said = {
        "agency": found.agency,
        "code": found.region_code,
        "level": found.level,
        "kind": found.kind,
        "field": found.field,
        "year": found.year and str(found.year),
    }
    assert {name: said[name] or "" for name in said if row[name] != ANYTHING} == {
        name: row[name] for name in said if row[name] != ANYTHING
    }


@pytest.mark.parametrize("title", NEAR_MISSES)
def test_other_documents_are_no_annual_reports(title: str) -> None:
    found = known("正文的一段，说的是别的事情。" * 20, "正文的又一段。", title=title)
    assert not found.is_annual_report
    assert found.why_not


def test_two_years_as_the_period_of_statistics_are_a_problem() -> None:
    line = "统计期限为2022年1月1日至2023年12月31日。"
    found = known(line, *SIX, title="凌州市水务局政府信息公开工作年度报告")
    assert [problem.code for problem in found.problems] == ["year_unclear"]


@pytest.mark.parametrize("day", ["2023-01-17 10:20:00", 1673922000000, "2023年1月17日"])
def test_an_answer_in_json_states_its_publisher_and_its_day(day: str | int) -> None:
    content = "".join(f"<p>{line}</p>" for line in SIX) + "<p>本局依法公开政府信息，及时回应关切。</p>" * 10
    article = {"title": "2022年政府信息公开工作年度报告", "source": "凌州市水务局", "publishTime": day}
    found = parsers.parse(json.dumps({"code": 0, "data": {**article, "content": content}}).encode())
    assert (found.ok, found.agency, found.published) == (True, "凌州市水务局", "2023-01-17")


def test_what_a_sites_index_says_of_a_document_is_not_its_title() -> None:
    """索引号 and its neighbours in a page's text stand above the title, on lines of any length."""
    index = "索引号: 11990100591592625G/2021-21840 主题分类: 综合政务 文号: 发布机构: 区水务局分局 成文日期: 2021-01-15"
    found = known(
        index, "组配分类: 政府信息公开年报 公开范围: 面向全社会", "凌州市水务局国家高新区分局2020年",
        "政府信息公开工作年度报告", *SIX,
    )  # fmt: skip
    assert (found.title, found.year) == ("凌州市水务局国家高新区分局2020年政府信息公开工作年度报告", 2020)
    assert found.agency == "凌州市水务局国家高新区分局"


def test_a_preamble_that_announces_another_year_than_its_period_is_a_problem() -> None:
    announced = "现公布凌州市水务局2023年政府信息公开工作年度报告，统计期限为2022年1月1日至2022年12月31日。"
    undecided = known(announced, *SIX)
    assert ([problem.code for problem in undecided.problems], undecided.year) == (["year_mismatch"], None)
    spoken = ["2023年，本局公开信息三百条。", "2023年，本局收到申请四件。", "2023年，本局未收取费用。"]
    assert known(announced, *SIX, *spoken).year == 2023
