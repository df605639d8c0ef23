"""The page of an indicator: wording, comparability, years, spread and both ends; its file holds every value."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
from lxml import html
from portal_examples import BUREAU, Get

from archive.tables.figures_view import REMEDY_COLUMNS
from parsers.forms import forms
from portal.charts import Chart, Strand, form_breaks, share
from portal.words import LANGUAGES, say

RECEIVED = "requests.new_received.total"


def page(answer: httpx.Response) -> html.HtmlElement:
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def rows(table: html.HtmlElement) -> list[list[str]]:
    return [[text(cell) for cell in line.xpath("./th | ./td")] for line in table.xpath("./tbody/tr")]


def test_an_indicator_shows_its_wording_in_each_form_and_its_years(get: Get) -> None:
    shown = page(get(f"/indicator/{RECEIVED}"))
    wording, years = shown.xpath("//table")[:2]
    assert [line[0] for line in rows(wording)] == ["2021 年表式", "2019 年表式"]
    by_year = {line[0]: line[1:5] for line in rows(years)}
    assert by_year["2022"] == ["1", "0", "1,230", "1,230"]
    assert by_year["2020"][2] == "7"
    assert "本机关、本级、全市（县）汇总三种口径不可相加" in text(shown)


def test_a_year_and_a_scope_are_chosen_in_the_address(get: Get) -> None:
    shown = page(get(f"/indicator/{RECEIVED}?year=2020"))
    assert "2020 年，1 份报告" in text(shown.xpath("//section[@id='year']")[0])
    largest = next(table for table in shown.xpath("//table") if "最大的" in text(table))
    assert rows(largest) == [[BUREAU, "澄原区", "7"]]
    whole = page(get(f"/indicator/{RECEIVED}?scope=whole&year=1999"))
    assert "栖云县人民政府" in text(whole.xpath("//section[@id='year']")[0])


def test_what_must_not_be_compared_is_said(get: Get) -> None:
    stock = text(page(get("/indicator/a20_1.regulations.in_force")))
    assert "不可比" in stock
    assert "存量与累计" in stock
    part = text(page(get("/indicator/requests.other_other.total")))
    assert "请用各部分之和" in part
    assert "2024 年起不服不予公开须先申请行政复议" in text(page(get("/indicator/remedies.cases.suit_direct_total")))


def test_shares_and_charts_of_few_reports_are_not_shown(get: Get) -> None:
    shown = page(get(f"/indicator/{RECEIVED}"))
    spread = next(table for table in shown.xpath("//table") if "分布" in text(table))
    assert rows(spread) == [["1–9", "1", "—"]]
    assert not shown.xpath("//figure")


def test_the_file_of_an_indicator_holds_every_value_and_no_blank(get: Get) -> None:
    taken = get("/indicator/requests.carried_out.total.csv")
    lines = list(csv.DictReader(io.StringIO(taken.text, newline="")))
    assert {line["year"]: line["value"] for line in lines if line["agency"] == BUREAU} == dict.fromkeys(
        ("2019", "2020", "2021", "2023"), "0"
    )
    assert int(get(f"/indicator/{RECEIVED}.csv?year=2022").headers["x-row-count"]) == 2
    assert get(f"/indicator/{RECEIVED}.csv?excel=1").content.startswith(b"\xef\xbb\xbf")


def test_every_indicator_has_a_page_that_the_list_leads_to(get: Get) -> None:
    links = set(page(get("/indicators")).xpath("//dd/a/@href"))
    assert links == {f"/indicator/{cell.id}" for form in forms().values() for cell in form.indicators()}
    for column in REMEDY_COLUMNS[:2]:
        assert "（单行）（" not in get(f"/indicator/remedies.cases.{column}").text


@pytest.mark.parametrize("path", ["/indicator/no.such.thing", "/indicator/no.such.thing.csv"])
def test_what_is_no_indicator_is_not_there(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert "没有这个指标：no.such.thing" in answer.text


def test_every_word_of_comparability_is_told_in_both_languages() -> None:
    for form in forms().values():
        for word in {cell.comparability.partition(" ")[0] for cell in form.indicators() if cell.comparability}:
            for tongue in LANGUAGES:
                assert say(tongue, f"comparability.{word}")
                if word not in ("same", "near"):
                    assert say(tongue, f"comparability.{word}_long")


def test_a_share_needs_twenty_and_a_break_needs_two_forms() -> None:
    assert share(5, 19) is None
    assert share(5, 20) == 0.25
    assert share(None, 20) is None
    assert form_breaks([None, "form_2019", None, "form_2021", "form_2021"]) == (3,)
    assert Chart("c", "line", "", "", ("a", "b"), (Strand("s", (1, None)),)).empty
    assert not Chart("c", "line", "", "", ("a", "b"), (Strand("s", (1, 0)),)).empty
