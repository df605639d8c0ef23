"""What a reader sees on the portal's pages, on a published archive through the real Datasette."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from lxml import html
from portal_examples import BUREAU, GOVERNMENT, LISTING, Get, report_key

from portal.catalogue import metadata


def page(answer: httpx.Response) -> html.HtmlElement:
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    """An element's words, with a blank between cells as a reader sees one."""
    return " ".join(" ".join(element.itertext()).split())


def row(table: html.HtmlElement, label: str) -> list[str]:
    """The figures of the table's row whose last label begins with these words."""
    for line in table.xpath(".//tr"):
        labels = [text(head) for head in line.xpath("./th")]
        if labels and labels[-1].startswith(label):
            return [text(cell) for cell in line.xpath("./td")]
    raise AssertionError(f"no row {label}")


def test_front_page_says_what_this_is_and_what_there_is(get: Get) -> None:
    front = page(get("/"))
    assert front.get("lang") == "zh-Hans"
    assert "政府信息公开工作年度报告" in text(front.xpath("//p[@class='lead']")[0])
    totals = text(front.xpath("//ul[@class='totals']")[0])
    assert "6 报告" in totals
    assert "2019–2023 年度" in totals
    latest = [text(line) for line in front.xpath("//section[h2='最近公布的报告']//li")]
    assert latest[0].startswith(f"{BUREAU}2023年")
    assert "超期 9 天" in latest[0]
    failed = front.xpath("//section[h2='勾稽不平的报告']//li")
    assert [f"{BUREAU}2022" in text(line) for line in failed] == [True]  # the jump of 2023 is a lead, no broken balance


def test_coverage_is_a_table_of_regions_and_years_that_reads_without_colour(get: Get) -> None:
    heat = page(get("/")).xpath("//table[@class='heat']")[0]
    years = [text(head) for head in heat.xpath("./thead/tr/th")][1:]
    assert years[0] == "2019"
    lines = heat.xpath("./tbody/tr")
    cells = {text(line.xpath("./th")[0]): dict(zip(years, line.xpath("./td"), strict=True)) for line in lines}
    assert text(cells["澄原区"]["2022"]) == "1/1"
    assert text(cells["澄原区"]["2023"]) == "1/1 迟1"
    assert "拒" in text(cells["望槐区"]["2023"])
    assert cells["澄原区"]["2023"].get("title").startswith("澄原区 2023 年：应有 1，找到 1，迟 1")


def test_front_page_tells_how_each_source_ended(get: Get) -> None:
    run = page(get("/")).xpath("//section[h2='最近一次采集']")[0]
    assert "2 已读，有新内容" in text(run)
    assert "望槐区民政局：网站拒绝采集" in text(run)


def test_front_page_has_an_english_twin_with_official_terms_kept(get: Get) -> None:
    front = page(get("/?lang=en"))
    assert front.get("lang") == "en"
    assert "Latest reports" in text(front)
    assert front.xpath("//a[@hreflang='zh-Hans']/@href") == ["/?lang=zh"]
    links = front.xpath("//ul[@class='reports']//a/@href")
    assert all(link.endswith("?lang=en") for link in links)
    report = page(get(links[0]))
    assert "Legal deadline" in text(report)
    assert "三、收到和处理政府信息公开申请情况" in text(report)


def test_report_page_lays_section_three_out_as_the_form_does(get: Get) -> None:
    table = page(get(f"/report/{quote(report_key())}")).xpath("//table[@id='table-requests']")[0]
    assert len(table.xpath("./tbody/tr")) == 25
    assert all(len(line.xpath("./td")) == 7 for line in table.xpath("./tbody/tr"))
    assert row(table, "一、本年新收") == ["1,230", "0", "0", "0", "0", "0", "1,230"]
    assert row(table, "（七）总计") == ["1,230", "0", "0", "0", "0", "0", "1,230"]
    group = table.xpath(".//th[.='三、本年度办理结果']")[0]
    assert group.get("rowspan") == "22"
    assert text(table.xpath(".//th[@colspan='5']")[0]) == "法人或其他组织"


def test_blank_absent_and_not_applicable_are_told_from_zero(get: Get) -> None:
    table = page(get(f"/report/{quote(report_key())}")).xpath("//table[@id='table-requests']")[0]
    assert row(table, "4.保护第三方合法权益") == ["0", "0", "0", "0", "0", "0", "空"]
    assert row(table, "四、结转下年度") == ["0", "0", "0", "0", "0", "0", "/"]
    assert row(table, "3.其他") == ["0", "0", "0", "0", "0", "未载", "0"]


def test_failed_rules_stand_beside_their_row_and_under_their_column_with_both_sides(get: Get) -> None:
    report = page(get(f"/report/{quote(report_key())}"))
    granted = report.xpath("//table[@id='table-requests']/tbody/tr[@class='failed']")
    assert [text(line.xpath("./th")[-1]) for line in granted] == ["（一）予以公开 A1 1,234 ≠ 1,230"]
    foot = report.xpath("//table[@id='table-requests']/tfoot/tr")
    assert [text(line) for line in foot] == ["A2 各项办理结果之和 =（七）总计 1,234 ≠ 1,230"]
    assert text(report.xpath("//table[@id='table-remedies']/tfoot")[0]) == "A4 0 ≠ 2"
    listed = text(report.xpath("//section[@id='checks']")[0])
    assert "行政复议" in listed
    assert "这是向机构提出的疑问，不是结论" in listed


def test_a_lead_is_not_called_a_sum_that_does_not_hold(get: Get) -> None:
    report = page(get(f"/report/{quote(report_key(year=2023))}"))
    assert "2 条线索" in text(report.xpath("//dl[@class='facts']")[0])
    assert not report.xpath("//*[contains(@class, 'mark failed')]")
    listed = text(report.xpath("//section[@id='checks']")[0])
    assert "与上年相比增减五倍以上" in listed
    assert "不是印明的等式" in listed
    assert "≠" not in listed


def test_section_two_and_four_of_both_forms(get: Get) -> None:
    new = page(get(f"/report/{quote(report_key())}"))
    fees = new.xpath("//table[@id='table-a20_8']")[0]
    assert row(fees, "行政事业性收费") == ["59,237.2449"]
    assert "单位：万元" in text(fees)
    assert len(new.xpath("//table[@id='table-remedies']/thead/tr")) == 3
    assert len(new.xpath("//table[@id='table-remedies']/tbody/tr/td")) == 15
    old = page(get(f"/report/{quote(report_key(year=2019))}"))
    assert "本年增/减" in text(old.xpath("//table[@id='table-a20_5']")[0])
    assert len(old.xpath("//table[@id='table-requests']/tbody/tr")) == 23


def test_report_page_names_source_kept_copy_and_citation(get: Get) -> None:
    report = page(get(f"/report/{quote(report_key(year=2023))}"))
    source = report.xpath("//section[@id='source']")[0]
    address = f"{LISTING}{BUREAU}/2023.html"
    assert source.xpath(f".//a[@href='{address}']/@rel") == ["noopener nofollow"]
    assert f"{4:064x}" in text(source)
    assert "2026-01-05 10:03 (UTC+8)" in text(source)
    assert "run-1.warc.gz @ 4,000" in text(source)
    citation = text(source.xpath(".//p[@class='citation']")[0])
    assert report_key(year=2023) in citation
    assert address in citation


def test_report_page_shows_text_claims_other_tables_and_problems(get: Get) -> None:
    report = page(get(f"/report/{quote(report_key(year=2023))}"))
    assert "未收取信息处理费。" in text(report.xpath("//section[@id='text']")[0])
    assert "4,707条 网站公开信息4707条。" in text(report.xpath("//section[@id='claims']")[0])
    assert "营商环境" in text(report.xpath("//section[@id='other-tables']")[0])
    assert "第 3 行不认识 table 2 row 3" in text(report.xpath("//section[@id='problems']")[0])
    assert "超期 9 天" in text(report.xpath("//dl")[0])


def test_the_downloads_of_a_report_hold_its_figures(get: Get) -> None:
    report = page(get(f"/report/{quote(report_key())}"))
    csv, excel, json, _, dictionary = report.xpath("//p[@class='take']/a/@href")
    assert get(excel).content.startswith(b"\xef\xbb\xbf")
    assert dictionary == "/dictionary#figures"
    assert len(get(csv).text.splitlines()) == 201
    values = {figure["indicator"]: figure["value"] for figure in get(json).json()}
    assert values["requests.granted.natural_person"] == 1234


def test_agency_page_has_all_years_in_a_row_and_draws_the_change_of_form(get: Get) -> None:
    agency = page(get(f"/agency/{quote('990102-' + BUREAU)}"))
    table = agency.xpath("//table[@class='years']")[0]
    heads = [text(head) for head in table.xpath("./thead/tr/th")]
    assert heads[:6] == ["报告年度", "2019", "2020", "2021", "2022", "2023"]
    assert row(table, "本年新收申请")[:5] == ["4", "7", "9", "1,230", "4"]
    assert row(table, "结转下年")[3] == "空"
    assert [text(head) for head in table.xpath("./thead/tr/th[contains(@class, 'break')]")] == ["2021"]
    assert row(table, "勾稽")[2:4] == ["平", "3 处不平"]


def test_a_year_without_a_report_is_marked_on_the_agency_and_region_pages(get: Get) -> None:
    agency = page(get(f"/agency/{quote('990102-' + BUREAU)}"))
    heads = [text(head) for head in agency.xpath("//table[@class='years']/thead/tr/th")]
    missing = [head for head in heads if head.endswith("缺")]
    assert missing
    region = page(get("/region/990102")).xpath("//table[contains(@class, 'grid')]")[0]
    assert row(region, BUREAU)[-len(missing) :] == ["缺"] * len(missing)
    refused = page(get("/region/990103")).xpath("//table[contains(@class, 'grid')]")[0]
    assert set(row(refused, "望槐区民政局")) == {"拒"}


@pytest.mark.parametrize(
    ("asked", "found"), [("教育", [BUREAU]), ("栖云", [GOVERNMENT]), ("", [BUREAU, GOVERNMENT]), ("没有", [])]
)
def test_agencies_are_found_by_their_name_or_region(get: Get, asked: str, found: list[str]) -> None:
    agencies = page(get(f"/agencies?q={quote(asked)}"))
    assert agencies.xpath("//ul[@class='columns']//a/text()") == found
    assert bool(agencies.xpath("//p[@class='notice']")) is not bool(found)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/report/" + quote("000000-没有-2020-own"), "没有这份报告：000000-没有-2020-own"),
        ("/agency/x", "没有这个机构：x"),
        ("/region/123456", "没有这个地区：123456"),
        ("/download/sqlite_master.csv", "没有可下载的表：sqlite_master"),
        ("/nothing", "地址可能写错了"),
    ],
)
def test_what_is_not_there_is_said_in_chinese(get: Get, path: str, sentence: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert sentence in answer.text


def test_every_link_of_our_pages_leads_somewhere(get: Get) -> None:
    starts = ["/", "/agencies", "/download", "/archive", "/region/990102"]
    starts += [f"/report/{quote(report_key())}", f"/agency/{quote('990102-' + BUREAU)}"]
    found = {link for start in starts for link in page(get(start)).xpath("//a/@href | //link/@href")}
    links = {link.partition("#")[0] for link in found if link.startswith("/")}
    links = {link for link in links if not link.startswith(("/archive.db", "/evidence/"))}
    broken = {link: answer.status_code for link in links if (answer := get(link)).status_code != 200}
    assert not broken
    assert len(links) > 60


def test_every_column_of_every_table_has_a_label(get: Get) -> None:
    metadata = get("/-/metadata.json").json()["databases"]["archive"]["tables"]
    shown = {table["name"] for table in get("/archive.json").json()["tables"] if not table["hidden"]} | {"figures"}
    for table in shown:
        labels = metadata[table]["columns"]
        columns = get(f"/archive/{table}.json?_size=0").json()["columns"]
        unlabelled = [name for name in columns if name not in labels and name != "rowid"]
        assert not unlabelled, table
    assert metadata["requests"]["columns"]["natural_person"].startswith("自然人（件）")
    assert metadata["figures_wide"]["columns"]["a20_8_admin_fees_amount"].startswith("行政事业性收费 本年收费金额")
    head = page(get("/archive/requests")).xpath("//th[@data-column='org_legal_service']")[0]
    assert text(head) == "法律服务机构（件） org_legal_service"


def test_table_pages_filter_facet_and_lead_to_the_report(get: Get) -> None:
    table = page(get("/archive/reports?year=2022"))
    assert "2 行" in text(table)
    assert table.xpath("//td[contains(@class, 'col-report_key')]/a/@href")[0].startswith("/report/990")
    assert table.xpath("//section[@id='facet-timeliness']")
    rows, _ = [link for link in table.xpath("//a/@href") if link.startswith("/download/reports.csv?year")]
    assert len(get(rows).text.splitlines()) == 3
    grouped = page(get("/archive/reports?_facet=media")).xpath("//section[@id='facet-media']")[0]
    assert text(grouped) == "载体 ✕ 网页 6"


def test_tables_too_large_to_count_by_value_are_not_divided_unasked(
    archive_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(sqlite3.connect(archive_db)) as connection:
        assert metadata(connection)["databases"]["archive"]["tables"]["reports"]["facets"] == ["year", "timeliness"]
        monkeypatch.setattr("portal.catalogue.MOST_ROWS_COUNTED", 5)
        tables = metadata(connection)["databases"]["archive"]["tables"]
        assert "facets" not in tables["reports"]
        assert "year" in tables["figures_wide"]["sortable_columns"]


def test_ready_questions_answer(get: Get) -> None:
    metadata = get("/-/metadata.json").json()["databases"]["archive"]["queries"]
    for name, question in metadata.items():
        answer = get(f"/archive/{name}.json?_shape=array")
        assert answer.status_code == 200, answer.text
        assert re.search(r"[一-龥]", question["title"] + question["description"])
    assert [row["days_late"] for row in get("/archive/late_reports.json?_shape=array").json()] == [9]
    assert {row["place"] for row in get("/archive/failed_checks.json?_shape=array").json()} >= {"自然人"}
    jumps = get("/archive/jumps.json?_shape=array").json()
    assert [(row["received_before"], row["received_now"]) for row in jumps] == [(1230, 4), (9, 1230)]


def test_the_page_of_a_ready_question_says_when_there_is_more(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = page(get("/archive/failed_checks?lang=en"))
    assert "Tables that do not balance" in text(whole)
    rows = len(whole.xpath("//table[contains(@class, 'rows-and-columns')]/tbody/tr"))
    assert f"{rows} rows" in text(whole)
    monkeypatch.setattr("portal.pages.questions.ROWS", 1)
    first = page(get("/archive/failed_checks"))
    assert len(first.xpath("//table[contains(@class, 'rows-and-columns')]/tbody/tr")) == 1
    assert "前 1 行，后面还有" in text(first)
    assert first.xpath("//a[starts-with(@href, '/download/question/failed_checks.csv')]")
    assert "from leads l" in text(first)


def test_a_slow_or_wrong_query_is_explained(get: Get) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    slow = get(f"/archive?sql={quote(endless)}&_timelimit=50")
    assert slow.status_code == 400
    assert "查询超过了时限" in slow.text
    wrong = get("/archive?sql=selec")
    assert wrong.status_code == 400
