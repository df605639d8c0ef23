"""Rules across reports: both sides as published, last year's report beside this year's, parts beside the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from by_hand import Crawl, figures, report
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.lines import assign_lines
from archive.opening import open_published, open_working
from archive.publish import publish
from archive.states import SourceState
from archive.storing.reuse import similarity
from parsers.model import Check, Report, Section

TEXT = "本年度，示例机关持续推进政务公开工作，完善制度，规范流程，加强平台建设，及时回应社会关切，接受群众监督。" * 4


def year(number: int, **changed: Any) -> Report:
    cells = {name: changed.pop(name) for name in list(changed) if "__" in name}
    facts: dict[str, Any] = {
        "year": number,
        "title": f"凌州市教育局{number}年政府信息公开工作年度报告",
        "period": (f"{number}-01-01", f"{number}-12-31"),
        "published": f"{number + 1}-01-20",
        "figures": figures(changed.pop("form", "form_2021"), **cells),
        "checks": (),
    }
    return report(**facts | changed)


def published(crawl: Crawl, tmp_path: Path, *reports: Report) -> Database:
    for number, found in enumerate(reports):
        url = f"http://jyj.lingzhou.example/{found.agency}-{found.year}-{found.scope}.html"
        crawl.store(found, url, f"{number} {found.year} {found.agency} {found.scope}".encode())
    crawl.archive.set_state(crawl.run_id, "jyj", SourceState.OK, {})
    crawl.archive.end_run(crawl.run_id, finished=True, summary={})
    publish(crawl.archive.path, tmp_path / "archive.db")
    return open_published(tmp_path / "archive.db")


def verdicts(db: Database, rule: str) -> list[tuple[Any, ...]]:
    return db.execute(
        """SELECT r.year, c.scope, c."left", c."right", c.result, c.tally FROM checks c
        JOIN reports r ON r.id = c.report_id WHERE c.rule = ? ORDER BY r.year, c.scope""",
        [rule],
    ).fetchall()


def test_what_was_carried_out_is_carried_in(crawl: Crawl, tmp_path: Path) -> None:
    db = published(
        crawl,
        tmp_path,
        year(2022, requests__carried_out__total=121, requests__carried_out__org_business=21),
        year(2023, requests__carried_in__total=121, requests__carried_in__org_other=21),
        year(2024, requests__carried_in__total=3),
    )
    assert verdicts(db, "B1") == [
        (2023, None, None, None, "pass", 1),
        (2023, None, None, None, "pass", 4),
        (2023, "org_business", 0, 21, "explained", 1),
        (2023, "org_other", 21, 0, "explained", 1),
        (2024, None, None, None, "pass", 6),
        (2024, "total", 3, 0, "fail", 1),
    ]
    (sentence,) = db.execute("SELECT explanation FROM checks WHERE rule = 'B1' AND result = 'fail'").fetchone()
    assert sentence == "carried in from last year, against what last year's report carried out"
    assert db.execute("SELECT year, checks_failed FROM reports WHERE checks_failed > 0").fetchall() == [(2024, 1)]


def test_the_stock_follows_from_last_years_but_never_across_the_forms(crawl: Crawl, tmp_path: Path) -> None:
    row = "a20_1__normative_documents__"
    db = published(
        crawl,
        tmp_path,
        year(2020, form="form_2019", a20_1__normative_documents__published_total=500),
        year(2021, **{f"{row}in_force": 597}),
        year(2022, **{f"{row}in_force": 420, f"{row}issued": 50, f"{row}repealed": 227}),
        year(2023, **{f"{row}in_force": 400}),
    )
    assert [found for found in verdicts(db, "B2") if found[1] == "normative_documents"] == [
        (2023, "normative_documents", 400, 420, "fail", 1)
    ]
    assert not [found for found in verdicts(db, "B2") if found[0] == 2021]


def test_pending_cases_come_back_and_numbers_do_not_jump(crawl: Crawl, tmp_path: Path) -> None:
    db = published(
        crawl,
        tmp_path,
        year(2022, remedies__cases__review_pending=4, requests__new_received__total=10),
        year(2023, remedies__cases__review_total=2, requests__new_received__total=51),
        year(2024, requests__new_received__total=250),
    )
    assert verdicts(db, "B4") == [(2023, "review", 2, 4, "fail", 1)]
    assert [found for found in verdicts(db, "B5") if found[4] == "fail"] == [(2023, "new_received", 51, 10, "fail", 1)]


def test_a_report_that_is_last_years_in_every_cell(crawl: Crawl, tmp_path: Path) -> None:
    db = published(
        crawl,
        tmp_path,
        year(2022, requests__new_received__total=9),
        year(2023, requests__new_received__total=9),
        year(2024, requests__new_received__total=9, requests__granted__natural_person=1),
    )
    assert verdicts(db, "B6") == [(2023, "tables", 9, 9, "fail", 1)]


def test_text_that_is_last_years(crawl: Crawl, tmp_path: Path) -> None:
    own = "".join(chr(0x4E00 + 7 * number) for number in range(200))
    db = published(
        crawl,
        tmp_path,
        year(2022, sections=(Section(1, "总体情况", f"2022年公开12条。{TEXT}"), Section(6, "其他", "无。"))),
        year(2023, sections=(Section(1, "总体情况", f"2023年公开345条。{TEXT}"), Section(6, "其他", "无。"))),
        year(2024, sections=(Section(1, "总体情况", own),)),
    )
    assert [found[:2] + found[3:] for found in verdicts(db, "B7")] == [
        (2023, "section 1", 0.8, "fail", 1),
        (2024, None, None, "pass", 1),
    ]
    assert similarity(own, TEXT) == 0
    assert similarity("短", TEXT) is None


def test_text_that_changed_is_measured_again(crawl: Crawl, tmp_path: Path) -> None:
    both = (year(2022, sections=(Section(1, "", TEXT),)), year(2023, sections=(Section(1, "", TEXT),)))
    db = published(crawl, tmp_path, *both)
    assert db.execute("SELECT section_1 FROM text_reuse").fetchall() == [(1.0,)]
    other = year(2022, sections=(Section(1, "", "".join(chr(0x4E00 + 7 * number) for number in range(200))),))
    crawl.store(other, "http://jyj.lingzhou.example/凌州市教育局-2022-own.html", b"changed")
    publish(crawl.archive.path, tmp_path / "archive.db")
    again = open_published(tmp_path / "archive.db")
    assert again.execute("SELECT section_1 FROM text_reuse").fetchall() == [(0.0,)]
    assert verdicts(again, "B9") == [(2022, "versions", 2, 1, "explained", 1)]


def test_the_period_of_another_year(crawl: Crawl, tmp_path: Path) -> None:
    db = published(crawl, tmp_path, year(2023, period=("2022-01-01", "2022-12-31")))
    assert verdicts(db, "B8") == [(2023, "period", 2023, 2022, "fail", 1)]


def test_money_in_another_unit_and_items_of_last_year(crawl: Crawl, tmp_path: Path) -> None:
    changed = next(name for name in figures("form_2019") if name.endswith(".items_prev_year")).rsplit(".", 1)[0]
    row = changed.replace(".", "__")
    db = published(
        crawl,
        tmp_path,
        year(2019, form="form_2019", **{f"{row}__items_prev_year": 30, f"{row}__items_change": -2}),
        year(2020, form="form_2019", **{f"{row}__items_prev_year": 30}),
        year(2021, a20_8__admin_fees__amount=1.5),
        year(2022, a20_8__admin_fees__amount=15000),
    )
    assert [found for found in verdicts(db, "A15") if found[4] == "fail"] == [(2020, changed, 30, 28, "fail", 1)]
    assert verdicts(db, "A14") == [(2022, "a20_8.admin_fees.amount", 15000, 1.5, "fail", 1)]


@pytest.mark.parametrize(("before", "result"), [(7, "pass"), (5, "pass"), (8, "fail")])
def test_a_change_that_the_text_states(crawl: Crawl, tmp_path: Path, before: int, result: str) -> None:
    stated = Check("D9", "received", 7, None, "not_assessable", "L")
    carried = 2 if before == 5 else 0
    db = published(
        crawl,
        tmp_path,
        year(2021, requests__new_received__total=before, requests__carried_in__total=carried),
        year(2022, requests__new_received__total=4, checks=(stated,)),
    )
    assert verdicts(db, "D9") == [(2022, "received", 7, before, result, 1)]


def test_the_parts_may_not_count_more_than_the_whole(crawl: Crawl, tmp_path: Path) -> None:
    government = {"agency": "凌州市人民政府", "kind": "government", "scope": "whole"}
    county = {"agency": "澄原区人民政府", "kind": "government", "scope": "whole", "region_code": "990102"}
    of_the_county = {"agency": "澄原区教育局", "region_code": "990102", "level": "county"}
    new = "requests__new_received__total"
    db = published(
        crawl,
        tmp_path,
        year(2023, **{new: 100, "requests__granted__total": 1}, **government),
        year(2023, **{new: 30, "requests__granted__total": 2}),
        year(2023, **{new: 40}, **county),
        year(2023, **{new: 39}, **of_the_county),
    )
    whole = "凌州市人民政府"
    found = db.execute(
        """SELECT c.rule, c.scope, c."left", c."right", c.result FROM checks c JOIN reports r ON r.id = c.report_id
        JOIN agencies a ON a.id = r.agency_id WHERE a.name = ? AND c.rule IN ('C1', 'C2') AND c.result <> 'pass'""",
        [whole],
    ).fetchall()
    assert sorted(found) == [("C1", "granted", 2, 1, "fail"), ("C2", "new_received", 70, 100, "explained")]


def test_publishing_again_says_the_same(crawl: Crawl, tmp_path: Path) -> None:
    db = published(crawl, tmp_path, year(2022, requests__carried_out__total=5), year(2023))
    question = "SELECT report_id, rule, scope, result, tally FROM checks ORDER BY 1, 2, 3, 4"
    first = db.execute(question).fetchall()
    failed = db.execute("SELECT id, checks_failed FROM reports").fetchall()
    db.close()
    crawl.archive.close()
    for name in crawl.archive.path.parent.glob("working.db*"):
        name.unlink()  # the next run begins with what the published archive holds
    open_working(crawl.archive.path).close()
    publish(crawl.archive.path, tmp_path / "archive.db")
    again = open_published(tmp_path / "archive.db")
    assert again.execute(question).fetchall() == first
    assert again.execute("SELECT id, checks_failed FROM reports").fetchall() == failed


def test_an_agency_that_its_listing_shows_renamed_keeps_its_line(crawl: Crawl, tmp_path: Path) -> None:
    renamed = "凌州市教育和体育局"
    db = published(
        crawl,
        tmp_path,
        year(2022, requests__carried_out__total=5),
        year(2023, agency=renamed, requests__carried_in__total=4),
    )
    assert db.execute("SELECT earlier, later, kind, since FROM successions").fetchall() == [
        ("990100-凌州市教育局", f"990100-{renamed}", "renamed", 2023)
    ]
    assert [found for found in verdicts(db, "B1") if found[4] == "fail"] == [(2023, "total", 4, 5, "fail", 1)]
    years = db.execute("SELECT agency, year, presence FROM agency_years ORDER BY year").fetchall()
    assert [(name, number) for name, number, presence in years if presence == "found"] == [
        (renamed, 2022),
        (renamed, 2023),
    ]


def test_what_people_know_of_agencies(crawl: Crawl, tmp_path: Path) -> None:
    crawl.store(year(2022))
    crawl.store(year(2023, agency="凌州市体育局", field="sports"), "http://a.example/2", b"2")
    known = tmp_path / "successions.csv"
    head = "earlier,later,kind,since,source\n"
    known.write_text(f"{head}990100-凌州市教育局,990100-凌州市体育局,merged,2023,示例通知\n", encoding="utf-8")
    assign_lines(crawl.archive.db, known)
    assert crawl.archive.db.execute("SELECT count(DISTINCT line) FROM agencies").fetchone() == (2,)
    known.write_text(f"{head}990100-凌州市教育局,990100-凌州市体育局,renamed,2023,示例通知\n", encoding="utf-8")
    assign_lines(crawl.archive.db, known)
    assert crawl.archive.db.execute("SELECT count(DISTINCT line) FROM agencies").fetchone() == (1,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n", r"successions\.csv:1: the heading must be"),
        ("earlier,later,kind,since,source\na,b,moved,2023,x\n", r"successions\.csv:2: the kind 'moved'"),
        ("earlier,later,kind,since,source\na,b,renamed,soon,x\n", r"successions\.csv:2: since 'soon'"),
        ("earlier,later,kind,since,source\na,a,renamed,2023,x\n", r"successions\.csv:2: name two different"),
        ("earlier,later,kind,since,source\na,b\n", r"successions\.csv:2: 2 fields"),
    ],
)
def test_a_slip_in_successions_is_a_line_and_a_sentence(crawl: Crawl, tmp_path: Path, text: str, sentence: str) -> None:
    known = tmp_path / "successions.csv"
    known.write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveError, match=sentence):
        assign_lines(crawl.archive.db, known)
