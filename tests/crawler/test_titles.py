"""Titles of documents: which name an annual report and which only resemble one."""

import csv
from pathlib import Path

import pytest

from crawler.titles import Verdict, is_cut, verdict

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
