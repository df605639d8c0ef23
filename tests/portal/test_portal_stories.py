"""Stories: each lead leads to its report, each file is whole, and what is not there is said."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
from lxml import html
from portal_examples import BUREAU, Get, report_key

from portal.pages.stories import STORIES


def page(answer: httpx.Response) -> html.HtmlElement:
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_every_story_stands_on_the_page_with_its_sentence_and_number(get: Get) -> None:
    cards = page(get("/stories")).xpath("//section[@class='card']")
    assert len(cards) == len(STORIES)
    told = {text(card.xpath("./h2")[0]): text(card) for card in cards}
    assert "全部 1 条" in told["超期公布"]
    assert "超期 9 天，2024-02-09 公布" in told["超期公布"]
    assert "目前没有" in told["悄悄修改"]
    assert "望槐区民政局 robots.txt" in told["拒绝采集的网站"]


@pytest.mark.parametrize("story", STORIES)
def test_the_page_the_file_and_the_ready_question_of_a_story_agree(get: Get, story: str) -> None:
    told = page(get(f"/story/{story}"))
    taken = get(f"/story/{story}.csv")
    lines = list(csv.DictReader(io.StringIO(taken.text, newline="")))
    asked = get(f"/archive/{story}.json?_shape=array").json()
    shown = told.xpath("//table[contains(@class, 'leads')]/tbody/tr")
    assert len(shown) == len(lines) == len(asked) == int(taken.headers["x-row-count"])
    assert f"{story}-" in taken.headers["content-disposition"]
    assert bool(told.xpath("//p[@class='notice']")) is not bool(shown)


def test_a_lead_shows_both_sides_in_official_words_and_links_to_its_report(get: Get) -> None:
    first = page(get("/story/failed_checks")).xpath("//table[contains(@class, 'leads')]/tbody/tr")[0]
    assert "≠" in text(first)
    assert first.xpath(".//a/@href")[2].startswith("/report/990102-")
    facts = {text(row.xpath("./td")[-1]) for row in page(get("/story/failed_checks")).xpath("//tbody/tr")}
    assert "A1 （一）予以公开 1,234 ≠ 1,230" in facts


def test_a_story_of_one_year_says_so_in_its_file(get: Get) -> None:
    jumps = page(get("/story/jumps?year=2022"))
    assert text(jumps.xpath("//nav[@class='chooser']/b")[0]) == "2022"
    assert "上年 9 件，本年 1,230 件" in text(jumps.xpath("//tbody/tr")[0])
    assert (
        get("/story/jumps.csv?year=2022").headers["content-disposition"].startswith('attachment; filename="jumps-2022-')
    )
    assert int(get("/story/jumps.csv?year=2021").headers["x-row-count"]) == 0
    (address,) = [link for link in jumps.xpath("//p[@class='take']/a/@href") if ".json" in link]
    assert [(row["story"], row["year"]) for row in get(address).json()["rows"]] == [("jumps", 2022)]


def test_a_long_story_is_told_a_page_at_a_time(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.pages.stories.LINES", 2)
    seen: list[str] = []
    address = "/story/most_requests"
    while True:
        told = page(get(address))
        seen += told.xpath("//td[4]/a/@href")
        following = told.xpath("//a[@rel='next']/@href")
        if not following:
            break
        address = following[0]
    assert len(seen) == len(set(seen)) == 6


def test_what_is_no_story_or_no_year_is_no_error(get: Get) -> None:
    answer = get("/story/nothing")
    assert answer.status_code == 404
    assert "没有这条线索：nothing" in answer.text
    assert get("/story/nothing.csv").status_code == 404
    assert get("/story/jumps?year=x&after=²").status_code == 200


def test_the_english_twin_keeps_its_language_in_every_link(get: Get) -> None:
    told = page(get("/story/late_reports?lang=en"))
    assert "Published late" in text(told)
    assert told.xpath("//a[contains(., '2023')]/@href") != []
    assert all("lang=en" in link for link in told.xpath("//td/a/@href"))


def test_the_front_page_lists_failing_reports_once_with_what_else_fails(get: Get) -> None:
    failed = page(get("/")).xpath("//section[h2='勾稽不平的报告']/ul[1]/li")
    assert len(failed) == 1
    assert f"{BUREAU}2022" in text(failed[0])
    assert "另有" in text(failed[0])
    assert failed[0].xpath(".//a/@href")[0].startswith("/report/990102")
    assert report_key().startswith("990102")
