"""Search: Chinese words of any length, exact, the newest first; traditional characters find simplified."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_hand import Crawl, report
from sqlite_utils import Database

from archive.indexing import keep_index
from archive.opening import open_published
from archive.publish import publish
from archive.search import search
from parsers.model import Report, Section

TEXTS = {
    2020: "全年公开12件，其中抖音3件。教育局收到申请。ＡＰＰ上线。",
    2021: "为民服务。2022年计划：推进政府信息公开，公\n开平台建设。",
    2022: "教育，局部调整；未收到申请。app停用。",
}


@pytest.fixture
def published(crawl: Crawl, tmp_path: Path) -> Database:
    for year, text in TEXTS.items():
        found = report(year=year, published=f"{year + 1}-01-20", sections=(Section(1, "总体情况", text),), claims=())
        crawl.store(found, f"http://jyj.lingzhou.example/{year}.html", str(year).encode())
    publish(crawl.archive.path, tmp_path / "archive.db")
    return open_published(tmp_path / "archive.db")


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("民", [2021]),
        ("抖音", [2020]),
        ("音抖", []),
        ("教育局", [2020]),
        ("教育，局", [2022]),
        ("教育、局部", [2022]),
        ("情况全年", []),
        ("政府信息公开", [2021]),
        ("政府信息公開", [2021]),
        ("2022年", [2021]),
        ("12件", [2020]),
        ("１２件", [2020]),
        ("2件", [2020]),
        ("app", [2022, 2020]),
        ("公开", [2021, 2020]),
        ("总体情况", [2022, 2021, 2020]),
        ("收到申请", [2022, 2020]),
        ('"', []),
        ("", []),
        ("NEAR(公 开)", []),
        ("公 开 OR 抖", []),
        ("%", []),
    ],
)
def test_what_is_written_is_found_and_nothing_else(published: Database, words: str, years: list[int]) -> None:
    found = search(published, words)
    assert [hit.year for hit in found.hits] == years
    assert found.shown_count == str(len(years))


def test_a_snippet_shows_the_place(published: Database) -> None:
    (hit,) = search(published, "政府信息公開").hits
    assert hit.snippet[hit.start : hit.end] == "政府信息公开"
    assert (hit.report_key, hit.section, hit.agency) == ("990100-凌州市教育局-2021-own", 1, "凌州市教育局")
    assert "推进" in hit.snippet


def test_a_word_that_is_broken_over_lines_is_found_as_it_stands(published: Database) -> None:
    (hit,) = search(published, "公开平台").hits
    assert hit.snippet[hit.start : hit.end] == "公\n开平台"


def test_hits_can_be_turned_over(published: Database) -> None:
    pages = [search(published, "总体", limit=2, offset=offset) for offset in (0, 2)]
    assert [[hit.year for hit in found.hits] for found in pages] == [[2022, 2021], [2020]]


def test_counts_above_a_thousand_are_not_counted(published: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert search(published, "总体").shown_count == "3"
    monkeypatch.setattr("archive.search.MOST_COUNTED", 2)
    assert search(published, "总体").shown_count == "2+"


def test_a_search_can_be_of_one_year_and_of_one_region_with_all_below(published: Database) -> None:
    assert [hit.year for hit in search(published, "总体", year=2021).hits] == [2021]
    assert search(published, "总体", year=2019).count == 0
    for region in ("990100", "990000"):
        assert search(published, "总体", region=region).count == 3
    assert search(published, "总体", region="990102").count == 0
    assert search(published, "总体", year=2022, region="990100").count == 1
    assert search(published, "总体", region='" OR words : "民').count == 3, "what is no code is no condition"


def test_the_newest_need_no_sorting(published: Database) -> None:
    plan = [
        step
        for *_, step in published.execute(
            "EXPLAIN QUERY PLAN SELECT rowid FROM search_index WHERE words MATCH '\"民\"' ORDER BY rowid DESC LIMIT 20"
        )
    ]
    assert not [step for step in plan if "TEMP B-TREE" in step], plan


def test_a_publication_indexes_only_what_is_new(crawl: Crawl, tmp_path: Path) -> None:
    def text(year: int, said: str, published: str | None = None) -> Report:
        return report(year=year, published=published, sections=(Section(1, "总体情况", said),), claims=())

    def years(words: str) -> list[int]:
        publish(crawl.archive.path, tmp_path / "archive.db")
        found = search(open_published(tmp_path / "archive.db"), words)
        assert found.count == len(found.hits)
        return [hit.year for hit in found.hits]

    page = "http://jyj.lingzhou.example/{}.html".format
    crawl.store(text(2020, "甲事已办。", "2021-01-20"), page(2020), b"1")
    crawl.store(text(2022, "甲事又办。", "2023-01-20"), page(2022), b"2")
    crawl.store(text(2019, "甲事未注日期。"), page(2019), b"3")
    assert years("甲事") == [2022, 2020, 2019]
    with crawl.archive.db.atomic():
        assert keep_index(crawl.archive.db) == 0
    crawl.store(text(2021, "甲事续办。", "2022-01-20"), page(2021), b"4")
    crawl.store(text(2018, "甲事初办。", "2023-01-20"), page(2018), b"5")
    assert years("甲事") == [2018, 2022, 2021, 2020, 2019]
    crawl.store(text(2020, "乙事已办。", "2021-01-20"), page(2020), b"6")  # other words: the old ones are found no more
    assert years("甲事") == [2018, 2022, 2021, 2019]
    assert years("乙事") == [2020]


def test_an_index_of_which_much_has_gone_is_made_anew(crawl: Crawl) -> None:
    db = crawl.archive.db
    for version in range(4):
        crawl.store(report(sections=(Section(1, "总体情况", f"第{version}版"),)), body=str(version).encode())
        with db.atomic():
            assert keep_index(db) == 1
    assert [row[0] for row in db.execute("SELECT count(*) FROM search_index_docsize")] == [1]
    assert search(db, "第3版").count == 1
