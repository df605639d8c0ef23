"""The search page: what is found, how it is narrowed down, and why nothing is there."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from portal_examples import BUREAU, HOSTILE, Get, publish_reports, report

from parsers.model import Section
from portal.edition import datasette


def page(get: Get, path: str) -> html.HtmlElement:
    answer = get(path)
    assert answer.status_code == 200, path
    return html.document_fromstring(answer.text)


def said(tree: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", tree.text_content())


def test_a_word_is_found_and_marked_newest_first(get: Get) -> None:
    found = page(get, f"/search?q={quote('未收取信息')}")
    hits = found.xpath("//ol[@class='hits']/li")
    assert len(hits) == 5
    assert hits[0].xpath(".//mark")[0].text == "未收取信息"
    years = [re.search(r"(20\d\d)年", hit.xpath("./a")[0].text_content())[1] for hit in hits]  # type: ignore[index]  # it is there
    assert years == sorted(years, reverse=True)
    link = hits[0].xpath("./a/@href")[0]
    assert "#section-1:~:text=" in link
    report_page = page(get, link.partition("#")[0])
    assert report_page.xpath("//*[@id='section-1']")


def test_a_search_is_narrowed_down_by_year_and_region(get: Get) -> None:
    assert len(page(get, f"/search?q={quote('未收取')}&year=2022").xpath("//ol/li")) == 1
    assert len(page(get, f"/search?q={quote('未收取')}&region=990100").xpath("//ol/li")) == 5
    nothing = page(get, f"/search?q={quote('未收取')}&year=2009")
    assert "不限年度和地区有 5 处" in said(nothing)
    assert nothing.xpath("//p[@class='notice']/a/@href")[0].startswith("/search?q=")


def test_an_empty_answer_says_why(get: Get) -> None:
    assert "检索的是原文，不是意思" in said(page(get, f"/search?q={quote('独角兽')}"))
    assert "as written" in said(page(get, f"/search?q={quote('独角兽')}&lang=en"))
    assert "逐字查找" in said(page(get, "/search"))
    assert "没有一份报告" in said(page(get, f"/search?q={quote('，。')}"))


def test_agencies_of_that_name_are_offered_too(get: Get) -> None:
    found = page(get, f"/search?q={quote('教育局')}")
    assert BUREAU in [link.text for link in found.xpath("//main//p/a")]


@pytest.mark.parametrize("words", [HOSTILE, '"', "NEAR(", "a" * 5000, "%' OR 1=1", "\x00公开", "words : 公"])
def test_no_question_breaks_the_page(get: Get, words: str) -> None:
    answer = get(f"/search?q={quote(words)}&year=x&region=%27&after=99999999999")
    assert answer.status_code == 200
    assert HOSTILE not in answer.text


def test_many_hits_are_turned_over(tmp_path: Path, get: Get) -> None:
    reports = [
        report(year=year, sections=(Section(1, "总体情况", "抖音发布。"), Section(5, "问题", "抖音更新慢。")))
        for year in range(2010, 2023)
    ]
    shown = datasette(publish_reports(tmp_path / "archive.db", reports))
    first = html.document_fromstring(asyncio.run(shown.client.get("/search?q=抖音")).text)
    assert len(first.xpath("//ol/li")) == 20
    assert "26 处" in said(first)
    (following,) = first.xpath("//a[contains(@rel, 'next')]/@href")
    second = html.document_fromstring(asyncio.run(shown.client.get(following)).text)
    assert len(second.xpath("//ol/li")) == 6
    assert second.xpath("//ol/@start") == ["21"]
    assert second.xpath("//a[contains(@rel, 'prev')]")
