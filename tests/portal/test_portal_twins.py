"""The English twin of every page: whole, reached from every page, with Chinese only where the officials wrote it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from lxml import html
from portal_examples import BUREAU, Get, report_key

from portal.catalogue import dictionary

OURS = ("/", "/agencies", "/stories", "/compare", "/download", "/dictionary", "/methodology", "/about", "/nights")
DATASETTES = ("/archive", "/archive/reports", "/archive/figures_wide", "/archive/failed_checks", "/archive/reports/1")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Words of the forms and of institutions, which both languages show as they are printed.
OFFICIAL = re.compile(
    r"示例省|凌州市|政府信息公开工作年度报告|不予公开|结果纠正|结转下年度?继续办理|上年结转|规章|[万元余近]+|（七）|\(七\)|教育局|澄原区"
)


def test_the_dictionaries_say_the_same_of_the_same_tables() -> None:
    chinese, english = dictionary("zh"), dictionary("en")
    assert chinese.keys() == english.keys()
    assert chinese["columns"].keys() == english["columns"].keys()
    assert chinese["answers"].keys() == english["answers"].keys()
    assert chinese["tables"].keys() == english["tables"].keys()
    for table, described in chinese["tables"].items():
        assert described.get("columns", {}).keys() == english["tables"][table].get("columns", {}).keys(), table
        assert not CHINESE.search(english["tables"][table]["title"] + english["tables"][table]["description"])


@pytest.mark.parametrize("path", [*(f"{path}?lang=en" for path in OURS), "/archive?_lang=en"])
def test_an_english_page_is_english(get: Get, path: str) -> None:
    page = html.document_fromstring(get(path).text)
    for data in page.xpath("//script | //header//a[@class='language'] | //a[contains(@href, '/report/')]"):
        data.drop_tree()
    for named in page.xpath("//a[contains(@href, '/agency/') or contains(@href, '/region/')] | //main//li | //td"):
        named.drop_tree()
    left = OFFICIAL.sub("", page.text_content())
    assert not CHINESE.findall(left), CHINESE.sub(lambda found: f"<{found[0]}>", left)


@pytest.mark.parametrize("path", [*OURS, *DATASETTES])
def test_every_page_leads_to_its_twin_and_back(get: Get, path: str) -> None:
    (there,) = html.document_fromstring(get(path).text).xpath("//header//a[@hreflang='en']/@href")
    twin = get(there)
    assert twin.status_code == 200
    page = html.document_fromstring(twin.text)
    assert page.get("lang") == "en"
    (back,) = page.xpath("//header//a[@hreflang='zh-Hans']/@href")
    assert html.document_fromstring(get(back).text).get("lang") == "zh-Hans"


def test_links_to_tables_keep_the_language_and_all_rows(get: Get) -> None:
    front = html.document_fromstring(get("/?lang=en").text)
    (reports,) = set(front.xpath("//nav//a[.='Reports']/@href"))
    assert reports == "/archive/reports?_lang=en"
    page = get(reports).text
    assert "A row is one agency's report of one year." in html.document_fromstring(page).text_content()
    assert "day of publication" in page
    assert "0 rows" not in page
    assert "form of 2021" in page
    assert "2021 年表式" not in page
    agency = html.document_fromstring(get(f"/agency/{quote('990102-' + BUREAU)}?lang=en").text)
    (rows,) = agency.xpath("//a[starts-with(@href, '/archive/reports?agency_id=')]/@href")
    assert rows.endswith("&_lang=en")
    assert BUREAU in get(rows).text


def test_the_columns_of_statutory_figures_have_english_names(get: Get) -> None:
    page = html.document_fromstring(get("/dictionary?lang=en").text)
    wide = " ".join(page.xpath("//section[@id='figures_wide']//dd/text()"))
    assert "1. Requests newly received this year / Natural persons" in wide
    assert not CHINESE.search(OFFICIAL.sub("", wide))


def test_the_official_tables_are_explained_in_english(get: Get) -> None:
    page = html.document_fromstring(get(f"/report/{quote(report_key())}?lang=en").text)
    row = page.xpath("//table[@id='table-requests']//th[contains(., '一、本年新收')]")[0]
    assert row.xpath("./span[@class='english']/text()") == ["1. Requests newly received this year"]
    assert "natural persons" in page.xpath("//table[@id='table-requests']/thead")[0].text_content()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/archive/reports?lang=en", "There is no column “lang”"),
        ("/archive/reports?nosuch__exact=1", "没有“nosuch”这一列"),
        ("/download/reports.csv?nosuch=1", "没有“nosuch”这一列"),
        ("/archive/reports?_sort=nosuch", "不能按“nosuch”排序"),
        ("/archive?sql=drop+table+reports", "语句要以 SELECT 开头"),
        ("/archive/reports?_size=-1&_lang=en", "_size must be a whole number"),
        ("/archive/reports.json?nosuch=1", "nosuch"),
    ],
)
def test_a_slip_in_an_address_is_told_in_the_language_of_the_page(get: Get, path: str, said: str) -> None:
    answer = get(path)
    assert answer.status_code == 400
    told = answer.json()["error"] if ".json" in path else html.document_fromstring(answer.text).text_content()
    assert said in told


def test_an_agency_that_is_not_there_is_named_by_the_comparison(get: Get) -> None:
    assert "没有这个机构：nobody" in get("/compare?a=nobody").text
