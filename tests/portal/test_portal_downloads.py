"""Whole tables as CSV: complete, counted, dated, and readable by Excel."""

from __future__ import annotations

import csv
import io
import re

import pandas
import pytest
from portal_examples import BUREAU, Get

from portal.downloads import TABLES


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
