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


@pytest.mark.parametrize("day", ["发布时间：2023-01-18 17:20", "发布日期：2023年1月18日", "发布来源：凌州市人民政府网"])
def test_when_a_page_was_put_up_is_not_what_it_is_about(day: str) -> None:
    lines = ("凌州市水务局2022年政府信息公开工作年度报告", day, "一、总体情况", "2022年，我局公开信息12条。")
    found = parsers.parse("\n".join(lines).encode())
    assert found.ok, found.problems
    assert (found.title, found.year) == ("凌州市水务局2022年政府信息公开工作年度报告", 2022)


def test_an_empty_index_in_a_list_with_bullets_is_not_the_title() -> None:
    index = ("• 索  引  号：", "• 发布机构：", "• 分        类：", "• 发文字号：", "• 发布日期：")
    found = known(*index, "凌州市水务局2022年政府信息公开工作年度报告", "一、总体情况", "2022年，我局公开信息12条。")
    assert found.is_annual_report, found.why_not
    assert (found.agency, found.year) == ("凌州市水务局", 2022)


def test_an_index_whose_answers_stand_on_lines_of_their_own_holds_the_title() -> None:
    named = "2022年凌州市市场监管局政府信息公开工作年度报告"
    index = ("• 信息索引号:", "11990100099033995K/2023-00013", "• 文件名称:", named, "• 发布机构:", "凌州市市场监管局")
    more = ("• 成文日期:", "2023-01-10", "• 公开方式:", "主动公开", f"• {named}", "日期:2023-01-10 来源:市场监管局")
    found = known(*index, *more, "一、总体情况", "2022年，我局公开信息12条。")
    assert found.is_annual_report, found.why_not
    assert (found.title, found.agency, found.year) == (named, "凌州市市场监管局", 2022)


def test_where_a_page_lies_on_its_site_is_not_its_title() -> None:
    way = ("您现在所在的位置 :", "首页 > 栖云县人民政府门户网站 > 政务公开 > 政府信息公开年报", "分享到:")
    lines = (*way, "大河镇2022年度政府信息公开工作年度报告", *SIX)
    found = parsers.parse("\n".join(lines).encode())
    assert (found.title, found.agency) == ("大河镇2022年度政府信息公开工作年度报告", "栖云县大河镇人民政府")


def test_a_preamble_may_name_the_year_before_the_agency() -> None:
    announced = "根据条例规定，向社会公布2022年西乌珠穆沁旗政府信息公开工作年度报告。"
    found = known(announced, *SIX, title="西乌旗2022年政府信息公开工作年度报告")
    assert (found.agency, found.region_code, found.year) == ("西乌珠穆沁旗人民政府", "152526", 2022)


def test_a_township_lies_in_a_county_not_in_its_city() -> None:
    said = "按照凌州市政府信息公开工作的统一部署，向社会公布大河乡2022年政府信息公开工作年度报告。"
    found = known(said, "凌州市人民政府门户网站", *SIX, title="大河乡2022年政府信息公开工作年度报告")
    assert (found.agency, found.region_code, found.level) == ("大河乡", None, "township")
    county = known(said, "栖云县人民政府门户网站", *SIX, title="大河乡2022年政府信息公开工作年度报告")
    assert (county.agency, county.region_code) == ("栖云县大河乡人民政府", "990121")
    town = known("东莞市政府门户网站，东莞市人民政府", *SIX, title="石龙镇2022年政府信息公开工作年度报告")
    assert (town.agency, town.region_code) == ("东莞市石龙镇人民政府", "441900")


@pytest.mark.parametrize(
    ("title", "agency", "code"),
    [
        ("市应急局", "凌州市应急局", "990100"),
        ("区统计局", "澄原区统计局", "990102"),
        ("大河镇", "澄原区大河镇人民政府", "990102"),
        ("统计局", "统计局", None),
    ],
)
def test_the_address_to_write_to_tells_where_an_agency_is(title: str, agency: str, code: str | None) -> None:
    contact = f"如有疑问，请与{title}办公室联系（地址：凌州市澄原区东山路1号，邮编：000000）。"
    found = known(contact, *SIX, title=f"{title}2022年政府信息公开工作年度报告")
    assert (found.agency, found.region_code) == (agency, code)


def test_a_street_may_be_called_after_the_citys_government() -> None:
    said = "报告内容包括栖云县市府东路街道2022年政府信息公开总体情况，请与栖云县市府东路街道联系。"
    found = known(said, *SIX, title="市府东路街道2022年政府信息公开工作年度报告")
    assert (found.agency, found.region_code) == ("栖云县市府东路街道办事处", "990121")


def test_an_office_of_a_zone_is_not_the_citys() -> None:
    lines = ("凌州市东河生态旅游风景区管理委员会", "卫生健康办公室2022年政府信息公开工作年度报告")
    found = known(*lines, *SIX, title="凌州市东河生态旅游风景区管理委员会 卫生健康办公室2022年政府信息公开工作年度报告")
    assert (found.agency, found.level) == ("凌州市东河生态旅游风景区管理委员会卫生健康办公室", "zone")
    assert found.field == "health"
    centre = known(*SIX, title="凌州商务中心区管理委员会2022年政府信息公开工作年度报告")
    assert (centre.level, centre.field) == ("zone", "general_government")
    street = known("大河街道", "大河街道办事处2022年政府信息公开工作年度报告", *SIX)
    assert street.agency == "大河街道办事处"
    plain = known("凌州市人民政府", "水务局2022年政府信息公开工作年度报告", *SIX)
    assert plain.agency == "凌州市水务局"


NOTICE = "凌州市人民政府办公室关于公布凌州市2009年度政府信息公开工作年度报告的通知"


def test_a_notice_that_publishes_the_report_it_holds_is_the_report() -> None:
    made = "按照《政府信息公开条例》要求，编制了《凌州市2009年度政府信息公开工作年度报告》，现予公布。"
    lines = ("凌政办发〔2010〕3号", "各县（区）人民政府，市政府各部门：", made, "二〇一〇年一月十九日")
    found = known(*lines, "凌州市2009年度政府信息公开工作年度报告", *SIX, title=NOTICE)
    assert found.is_annual_report, found.why_not
    assert (found.title, found.agency) == ("凌州市2009年度政府信息公开工作年度报告", "凌州市人民政府")
    assert found.year == 2009


def test_a_notice_without_the_report_it_publishes_is_none() -> None:
    assert not known("各县（区）人民政府：", "现将报告予以公布，请认真学习。", title=NOTICE).is_annual_report
