"""Titles of documents: which name an annual report and which only resemble one."""

import csv
from pathlib import Path

import pytest

from crawler.titles import Verdict, is_cut, names_year, verdict

TITLES = [
    (row["title"], Verdict(row["verdict"]))
    for row in csv.DictReader(Path(__file__).with_name("titles.csv").open(encoding="utf-8"))
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_says_whether_it_is_an_annual_report(title: str, expected: Verdict) -> None:
    assert verdict(title) is expected


@pytest.mark.parametrize(
    "text", ["凌州市教育局2022年政府信息公开工作…", "凌州市教育局2022年政府信息公开...", "凌州市教育局2022年 ⋯ "]
)
def test_a_title_that_the_site_cut_short_is_known_as_such(text: str) -> None:
    assert is_cut(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("word", ["二〇", "2023", "2023年度政府信息公开工作年度报告"])
def test_what_is_longer_than_any_title_is_none_and_takes_no_time(word: str) -> None:
    assert verdict(word * 100_000) is Verdict.OTHER
    assert not names_year("，" * 1_000_000 + "2023年")
