"""Whole tables as CSV: complete, counted, dated, and readable by Excel."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import httpx
import pandas
import pytest
from lxml import html
from portal_examples import BUREAU, Get

from archive.extracts.directory import write_extracts
from archive.opening import open_published
from portal import filtered
from portal.downloads import TABLES
from portal.edition import datasette


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_every_file_on_offer_is_the_whole_table(get: Get, table: str) -> None:
    answer = get(f"/download/{table}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    counted = int(get(f"/archive/{table}.json?_size=0").json()["filtered_table_rows_count"])
    assert len(rows(answer.content)) == counted == int(answer.headers["x-row-count"])
    name = re.fullmatch(r'attachment; filename="(.+)"', answer.headers["content-disposition"])
    assert name is not None
    assert re.fullmatch(rf"{table}-\d{{4}}-\d\d-\d\d-{counted}rows\.csv", name[1])


def test_the_excel_variant_begins_with_a_byte_order_mark_and_the_plain_one_does_not(get: Get) -> None:
    plain, excel = get("/download/reports.csv"), get("/download/reports.csv?excel=1")
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    assert excel.content == b"\xef\xbb\xbf" + plain.content
    assert "-excel.csv" in excel.headers["content-disposition"]
    assert pandas.read_csv(io.BytesIO(excel.content))["title"].str.contains(BUREAU).any()


def test_blank_is_empty_and_codes_keep_their_zeros(get: Get) -> None:
    carried = [line for line in rows(get("/download/requests.csv").content) if line["outcome"] == "carried_out"]
    assert "" in {line["total"] for line in carried}
    assert "0" in {line["total"] for line in carried}


def test_download_page_lists_every_file_with_its_rows(get: Get) -> None:
    page = get("/download").text
    for table in TABLES:
        assert f'href="/download/{table}.csv"' in page
        assert f'href="/download/{table}.csv?excel=1"' in page
    assert 'href="/archive.db"' in page
    assert get("/archive.db").content.startswith(b"SQLite format 3")


def name_of(answer: httpx.Response) -> str:
    return re.search(r'filename="(.+)"', answer.headers["content-disposition"])[1]  # type: ignore[index]  # it is there


def test_a_filtered_file_holds_every_row_that_passes_and_says_how_many(get: Get) -> None:
    for filters in ("year=2022", "year__gt=2020&agency_id=1", "title__contains=%3Cscript", "_where=checks_failed>0"):
        page = html.document_fromstring(get(f"/archive/reports?{filters}&_size=1").text)
        plain, excel = (
            next(link for link in page.xpath("//main//a/@href") if re.match(pattern, link))
            for pattern in (r"/download/reports\.csv\?(?!.*excel)", r"/download/reports\.csv\?(?!excel).*excel=1")
        )
        counted = int(get(f"/archive/reports.json?{filters}&_size=0").json()["filtered_table_rows_count"])
        answer = get(plain)
        assert len(rows(answer.content)) == counted == int(answer.headers["x-row-count"])
        assert re.fullmatch(rf"reports-filtered-[\d-]{{10}}-{counted}rows\.csv", name_of(answer))
        assert get(excel).content == b"\xef\xbb\xbf" + answer.content
    none = get("/download/reports.csv?year=1900")
    assert none.headers["x-row-count"] == "0"
    assert len(none.text.splitlines()) == 1


def test_wrong_filters_are_a_sentence_and_no_file(get: Get) -> None:
    for path in (
        "/download/reports.csv?_where=nonsense(",
        "/download/query.csv?sql=delete+from+reports",
        "/download/query.csv",
    ):
        answer = get(path)
        assert answer.status_code == 400, path
        assert "text/html" in answer.headers["content-type"]
    assert get("/download/nothing.csv").status_code == 404
    assert get("/download/question/nothing.csv").status_code == 404


def test_the_rows_of_a_query_say_whether_they_are_all(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    path = (
        f"/download/query.csv?sql={quote('select report_key, title from reports where year > :year -- all')}&year=2020"
    )
    answer = get(path)
    assert (answer.headers["x-row-count"], answer.headers["x-complete"]) == ("4", "yes")
    assert re.fullmatch(r"query-[\d-]{10}-4rows\.csv", name_of(answer))
    assert get(path + "&excel=1").content.startswith(b"\xef\xbb\xbf")
    monkeypatch.setattr(filtered, "MOST_ROWS", 3)
    part = get(path)
    assert (part.headers["x-row-count"], part.headers["x-complete"]) == ("3", "no")
    assert re.fullmatch(r"query-[\d-]{10}-first3rows-INCOMPLETE\.csv", name_of(part))
    assert len(rows(part.content)) == 3


def test_every_page_with_rows_offers_files_and_their_meaning(get: Get) -> None:
    for path in ("/archive/reports", "/archive/failed_checks", "/archive?sql=select+1+as+one", "/archive/other_tables"):
        links = html.document_fromstring(get(path).text).xpath("//main//a/@href")
        files = [link for link in links if link.startswith("/download/")]
        assert any("excel=1" not in link for link in files), path
        assert any("excel=1" in link for link in files), path
        assert any(".json" in link for link in links), path
        assert any(link.startswith("/dictionary") for link in links), path
        for link in files:
            assert get(link).status_code == 200, link


def test_texts_that_a_spreadsheet_would_take_for_formulas_are_defused(get: Get) -> None:
    asked = quote("select '=cmd()' as a, '@x' as b, -5 as c")
    assert get(f"/download/query.csv?sql={asked}").text.splitlines()[1] == "=cmd(),@x,-5"
    assert get(f"/download/query.csv?sql={asked}&excel=1").text.splitlines()[1] == "'=cmd(),'@x,-5"


def test_the_dictionary_explains_every_column_on_offer(get: Get) -> None:
    page = html.document_fromstring(get("/dictionary").text)
    assert set(TABLES) <= set(page.xpath("//section/@id"))
    (columns,) = page.xpath("//section[@id='reports']//dl")
    assert {"report_key", "days_late", "withdrawn"} <= set(columns.xpath("./dt/code/text()"))


def test_the_extracts_beside_the_archive_are_on_offer(archive_db: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(archive_db, tmp_path / "archive.db"))
    published = open_published(db)
    write_extracts(published, tmp_path / "archive.var" / "extracts", lambda _: None)
    shown = datasette(db)

    def get(path: str) -> httpx.Response:
        answer: httpx.Response = asyncio.run(shown.client.get(path))
        return answer

    page = html.document_fromstring(get("/download").text)
    table = page.xpath("//section | //div[@aria-label='整套数据文件']")[0]
    names = table.xpath(".//td/a/text()")
    assert "figures-long.csv" in names
    for name, digest in zip(names, table.xpath(".//td/code/text()"), strict=True):
        file = get(f"/extracts/{name}")
        assert hashlib.sha256(file.content).hexdigest() == digest
        assert "attachment" in file.headers["content-disposition"]
    assert get("/extracts/..%2farchive.db").status_code != 200
    assert get("/extracts/working.db").status_code == 404
    published.close()
