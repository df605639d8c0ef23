"""Whose report a document is, for which year, published when; and which documents are no annual reports."""

from __future__ import annotations

import time

import pytest
from identity_pages import SIX, form, known

import parsers
from parsers.identity.index_numbers import is_organisation_code
from parsers.model import SourceHint

SECONDS = 20  # on a busy machine; a pattern that backtracks would take hours
PERIOD = "本报告所列数据的统计期限自2022年1月1日起，至2022年12月31日止。"


@pytest.mark.parametrize(
    ("said", "agency", "code", "level", "kind", "field"),
    [
        ("淄博市教育局", "", "370300", "city", "department", "education"),
        ("沭阳县发展和改革局", "", "321322", "county", "department", "development_reform"),
        ("淮安市", "淮安市人民政府", "320800", "city", "government", "general_government"),
        ("栖云县政府办公室", "栖云县人民政府办公室", "990121", "county", "office", "government_office"),
        ("栖云县大河镇", "栖云县大河镇人民政府", "990121", "township", "government", "general_government"),
        ("北辰区佳荣里街道", "北辰区佳荣里街道办事处", "120113", "township", "dispatched", "general_government"),
        ("凌州市高新区管委会", "", "990100", "zone", "dispatched", "general_government"),
        ("天津经济技术开发区管理委员会", "", "120000", "zone", "dispatched", "general_government"),
        ("国家税务总局凌州市税务局", "", "990100", "vertical", "department", "other"),
        ("凌州市住房公积金管理中心", "", "990100", "city", "institution", "housing_fund"),
        ("重庆市江北区教育委员会", "", "500105", "county", "department", "education"),
        ("恩施州民政局", "", "422800", "city", "department", "civil_affairs"),
        ("盐城市公安局盐都分局", "", "320903", "county", "department", "public_security"),
        ("凌州市卫生和计划生育委员会", "", "990100", "city", "department", "health"),
        ("北京市城市管理委员会", "", "110000", "province", "department", "urban_management"),
        ("凌州市综合行政执法局", "", "990100", "city", "department", "urban_management"),
        ("凌州市教育局（凌州市体育局）", "凌州市教育局", "990100", "city", "department", "education"),
        ("中共凌州市委组织部", "", "990100", "city", "department", "other"),
        ("朝阳区教育局", "", None, None, "department", "education"),
    ],
)
def test_a_title_names_the_agency(said: str, agency: str, code: str, level: str, kind: str, field: str) -> None:
    found = known(*SIX, title=f"{said}2022年政府信息公开工作年度报告")
    assert (found.agency, found.region_code, found.level) == (agency or said, code, level)
    assert (found.kind, found.field, found.year) == (kind, field, 2022)


@pytest.mark.parametrize(
    "title",
    [
        "2022年度凌州市司法局政府信息公开年报",
        "2022年凌州市司法局政府信息公开年度工作报告",
        "凌州市司法局关于2022年度政府信息公开工作情况的报告",
        "凌州市司法局政府信息公开工作年度报告（2022年）",
        "凌州市司法局2022年政务公开工作年度报告",
    ],
)
def test_the_words_of_a_title_stand_in_any_order(title: str) -> None:
    found = known(*SIX, title=title)
    assert (found.agency, found.year, found.is_annual_report) == ("凌州市司法局", 2022, True)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("上传到凌州市政务公开网，凌州教育网公开信息963条。", "凌州市教育局"),
        ("请与凌州市教育局联系（电话：0000）。", "凌州市教育局"),
        ("凌州市人民政府和凌州市政府各部门", "凌州市教育局"),
        ("本局向群众公开信息。", "市教育局"),
    ],
)
def test_a_title_without_its_city_is_completed_by_the_text(line: str, agency: str) -> None:
    found = known("市教育局2020年政府信息公开工作", "年度报告", SIX[0], line, *SIX[2:])
    assert found.agency == agency
    assert found.region_code == ("990100" if agency != "市教育局" else None)
    assert found.title == "市教育局2020年政府信息公开工作年度报告"


def test_an_ambiguous_division_needs_its_surroundings() -> None:
    title = "朝阳区教育局2022年政府信息公开工作年度报告"
    assert known(*SIX, "按照长春市委要求", title=title).region_code == "220104"
    assert known(*SIX, title=title, hint=SourceHint(region_code="110105")).region_code == "110105"


def test_the_page_says_in_full_what_the_title_says_in_short() -> None:
    found = known(*SIX, title="县发改局2022年政府信息公开年度报告", meta={"agency": "沭阳县发展和改革局"})
    assert (found.agency, found.region_code) == ("沭阳县发展和改革局", "321322")


def test_where_the_title_is_silent_page_preamble_signature_and_hint_speak() -> None:
    title = "2022年政府信息公开工作年度报告"
    assert known(*SIX, title=title, meta={"agency": "凌州市水务局"}).agency == "凌州市水务局"
    assert known("现公布凌州市水务局2022年政府信息公开年度报告。", *SIX, title=title).agency == "凌州市水务局"
    assert known("现发布《凌州市水务局2022年政府信息公开年度报告》。", *SIX, title=title).agency == "凌州市水务局"
    review = "今年以来，凌州市水务局认真贯彻落实条例，工作有序。"
    assert known(SIX[0], review, *SIX[1:], title=title).agency == "凌州市水务局"
    assert known(*SIX, "凌州市水务局", "2023年1月17日", title=title).agency == "凌州市水务局"
    assert known(*SIX, title=title, hint=SourceHint(agency="凌州市水务局")).agency == "凌州市水务局"
    assert known(*SIX, title=title).agency is None


def test_an_index_above_the_report_is_not_its_title_and_its_numbers_are_no_year() -> None:
    above = ("索引号 /2021-0000 公开日期: 2021-01-29 14:26", "来源 水利局", "概述见下，" * 15)
    found = known(*above, "特向社会公布栖云县水利局2020年政府信息公开年度报告。", *SIX)
    assert (found.agency, found.year, found.title) == ("栖云县水利局", 2020, None)


def test_the_heading_of_a_preamble_is_no_title() -> None:
    found = known("引 言", "本报告由凌州市水务局编制。统计期限自2022年1月1日起至12月31日止。", *SIX)
    assert (found.agency, found.year, found.title) == ("凌州市水务局", 2022, None)


def test_a_signature_or_a_day_above_the_report_is_no_title() -> None:
    preamble = "现发布凌州市水务局2025年度政府信息公开工作年度报告。"
    for above in (("凌州市水务局", "2026年1月20日"), ("（2026年1月13日）",), ("凌州市水务局",)):
        assert known(*above, preamble, *SIX).title is None


def test_an_agency_for_labour_by_its_short_name_is_of_that_field() -> None:
    found = known(*SIX, title="望槐区人力社保局2023年政府信息公开工作年度报告")
    assert (found.agency, found.field) == ("望槐区人力社保局", "hr_social")


def test_the_document_wins_over_the_registry() -> None:
    hint = SourceHint(region_code="320800", agency="淮安市教育局")
    found = known(*SIX, title="凌州市水务局2022年政府信息公开工作年度报告", hint=hint)
    assert found.agency == "凌州市水务局"
    assert [problem.code for problem in found.problems] == ["agency_mismatch"]
    agreeing = SourceHint(region_code="990100", agency="凌州市水务局")
    assert known(*SIX, title="市水务局2022年政府信息公开工作年度报告", hint=agreeing).problems == ()


@pytest.mark.parametrize(
    "line",
    [
        PERIOD,
        "本年度报告所列数据的统计时限为2022年1月1日至2022年12月31日。",
        "数据统计时间从2022年1月1日至12月31日",
        "报告中所列数据统计期限：2022.01.01—2022.12.31",
        "所列数据的统计期限为2022年1月至12月。",
    ],
)
def test_the_period_is_read(line: str) -> None:
    found = known(line, *SIX, title="凌州市水务局政府信息公开工作年度报告")
    assert found.period == ("2022-01-01", "2022-12-31")
    assert found.year == 2022


def test_title_and_period_that_disagree_are_a_problem() -> None:
    found = known(PERIOD.replace("2022", "2021"), *SIX, title="凌州市水务局2022年政府信息公开工作年度报告")
    assert [problem.code for problem in found.problems] == ["year_mismatch"]
    assert found.period == ("2021-01-01", "2021-12-31")


@pytest.mark.parametrize("title", ["二〇二二年凌州市水务局政府信息公开年报", "凌州市水务局二○二二年度政府信息公开年报"])
def test_years_in_chinese_digits(title: str) -> None:
    assert known(*SIX, title=title).year == 2022


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("沭阳县发展和改革局2022年政府信息公开年度报告-沭阳县发改局", "沭阳县发展和改革局2022年政府信息公开年度报告"),
        ("凌州市水务局2022年政府信息公开年度报告_首页", "凌州市水务局2022年政府信息公开年度报告"),
        ("凌州市 水务局 2022 年政府信息公开\n年度报告 | 凌州市人民政府", "凌州市水务局2022年政府信息公开年度报告"),
        ("凌州市水务局2022年政府信息公开年度报告.docx", "凌州市水务局2022年政府信息公开年度报告"),
    ],
)
def test_titles_lose_what_the_site_added(said: str, clean: str) -> None:
    assert known(*SIX, title=said).title == clean


def test_a_title_over_several_lines_ends_where_it_is_whole() -> None:
    found = known("凌州市水务局", "2022年政府信息公开", "工作年度报告", "（2023年1月18日）", *SIX)
    assert found.title == "凌州市水务局2022年政府信息公开工作年度报告"
    assert (found.agency, found.year) == ("凌州市水务局", 2022)
    other = known("凌州市水务局2022年政府信息公开工作年度报告", *SIX, title="2022年政府信息公开工作年度报告")
    assert (other.title, other.agency) == ("凌州市水务局2022年政府信息公开工作年度报告", "凌州市水务局")


def test_the_day_of_publication_is_the_earliest_that_can_be() -> None:
    title = "凌州市水务局2022年政府信息公开工作年度报告"
    page = {"published": "2023-01-17", "published_source": "page"}
    assert known(*SIX, title=title, meta=page).published == "2023-01-17"
    moved = known(*SIX, title=title, meta={**page, "address_date": "2023-01-12"})
    assert (moved.published, moved.published_source) == ("2023-01-12", "url")
    # An address older than the report's year is that of the column; a page that is older says nothing of itself.
    assert known(*SIX, title=title, meta={"published": "2021-01-17"}).published is None
    assert known(*SIX, title=title, meta={**page, "address_date": "2019-05-01"}).published == "2023-01-17"
    assert known("发布时间：2023年1月18日 来源：本站", *SIX, title=title).published == "2023-01-18"
    listed = known(*SIX, title=title, hint=SourceHint(published="2023-01-19"))
    assert (listed.published, listed.published_source) == ("2023-01-19", "listing")
    assert known(*SIX, title=title).published is None


@pytest.mark.parametrize(
    "title",
    [
        "凌州市水务局政府信息公开指南",
        "凌州市水务局政府信息公开制度",
        "中华人民共和国政府信息公开条例",
        "2022年第一季度政府信息公开情况统计表",
        "凌州市水务局2022年度行政执法数据年报",
        "凌州市水务局2022年法治政府建设年度报告",
        "凌州市水务局2022年政务公开工作要点",
        "凌州市水务局2022年政务公开工作总结",
        "凌州市水务局2022年度部门决算",
        "关于做好2022年政府信息公开工作年度报告编制和发布工作的通知",
        "凌州市召开2022年政府信息公开年度报告编制工作培训会",
        "凌州市人民政府发布2022年政府信息公开工作年度报告",
        "一图读懂凌州市水务局2022年政府信息公开工作年度报告",
        "凌州市水务局",
    ],
)
def test_near_misses_are_no_reports(title: str) -> None:
    found = known("正文的一段。", "正文的又一段。", title=title)
    assert not found.is_annual_report
    assert found.why_not


def test_a_notice_with_the_empty_form_reports_nothing_but_a_filled_template_does() -> None:
    notice = "关于做好2022年政府信息公开工作年度报告编制发布工作的通知"
    assert not known(*SIX, title=notice, table=form()).is_annual_report
    assert known(*SIX, title="政府信息公开工作年度报告格式模板", table=form("3")).is_annual_report


@pytest.mark.parametrize("ending", ["附表", "统计表", "的附件附表", "数据表"])
def test_the_tables_of_a_report_alone_are_read_and_said_to_be_alone(ending: str) -> None:
    found = known(title=f"凌州市水务局2022年政府信息公开工作年度报告{ending}", table=form("3"))
    assert found.is_annual_report, found.why_not
    assert (found.agency, found.year) == ("凌州市水务局", 2022)
    assert [problem.code for problem in found.problems] == ["tables_only"]


@pytest.mark.parametrize("ending", ["（附表）", "（含统计表）", "（附：统计表）", ""])
def test_a_report_with_its_tables_is_a_report(ending: str) -> None:
    found = known("正文。", title=f"凌州市水务局2022年政府信息公开工作年度报告{ending}")
    assert found.is_annual_report, found.why_not
    assert not found.problems


@pytest.mark.parametrize(
    "title",
    [
        "凌州市第一图书馆2023年政府信息公开工作年度报告",
        "凌州市医院管理局2023年信息公开年度报告",
        "凌州市人民医院2023年政府信息公开工作年度报告",
        "凌州市烟草专卖局（公司）2023年信息公开年度报告",
        "凌州市住房公积金管理中心2023年信息公开年度报告",
    ],
)
def test_what_sounds_like_an_enterprise_or_a_picture_and_is_an_organ_or_reports_as_one(title: str) -> None:
    assert known("正文的一段。", title=title).is_annual_report


def test_a_list_of_reports_is_none() -> None:
    listed = [
        f"凌州市{name}2022年政府信息公开工作年度报告" for name in ("水务局", "民政局", "司法局", "财政局", "审计局")
    ]
    assert not known(*listed, title="2022年政府信息公开年度报告").is_annual_report
    dated = [f"{title} 2023-01-1{day}" for day, title in enumerate(listed)]
    for between in (" ", "\n• "):
        assert not known(between.join(dated), title="2022年政府信息公开年度报告").is_annual_report


def test_a_report_whose_tables_are_pictures_is_one() -> None:
    title = "凌州市水务局2022年政府信息公开工作年度报告"
    assert known("附件：年度报告.pdf", title=title).is_annual_report


def test_the_form_outweighs_a_title_that_says_little() -> None:
    assert known(*SIX, title="政府信息公开", table=form("3")).is_annual_report
    assert known(*SIX, title="凌州市水务局2022年政务公开工作总结", table=form("3")).is_annual_report


@pytest.mark.parametrize("piece", ["请与", "现将", "由凌州市教育局（以下简称", "结合", "2023年", "政府信息公开", "市"])
def test_a_line_of_half_a_million_characters_costs_no_more_than_its_length(piece: str) -> None:
    started = time.perf_counter()
    found = known(piece * (500_000 // len(piece)), *SIX, title="凌州市水务局2022年政府信息公开工作年度报告")
    assert found.agency == "凌州市水务局"
    assert time.perf_counter() - started < SECONDS


def test_an_index_number_with_sound_check_digits_tells_the_division() -> None:
    title = "市教育局2022年政府信息公开工作年度报告"
    assert known(*SIX, title=title, meta={"index_number": "12620600MB0523338C/2023-04735"}).agency == "武威市教育局"
    assert known(*SIX, title=title, meta={"index_number": "12620600MB0523337C/2023-04735"}).agency == "市教育局"
    assert is_organisation_code("014416330")
    assert not is_organisation_code("014416331")


@pytest.mark.parametrize("joint", ["、", " ", "和", "与", ""])
def test_a_report_of_two_agencies_is_not_given_to_one(joint: str) -> None:
    title = f"凌州市教育局{joint}凌州市体育局2023年政府信息公开工作年度报告"
    text = (
        f"{title}\n一、总体情况\n2023年，公开信息12条。\n二、主动公开政府信息情况\n五、存在的主要问题及改进情况\n无。"
    )
    read = parsers.parse(text.encode())
    assert (read.ok, read.year, read.agency) == (True, 2023, None)
