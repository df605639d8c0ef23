"""Extracts: whole tables, that come back from Excel, WPS and pandas as they were, and prove that they are whole."""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
import tracemalloc

import pandas
import pytest

from archive.extracts import BYTE_ORDER_MARK, write_csv

CELLS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'x", "凌州市", 'a "b", c\nd', "", "-")


@pytest.fixture
def db() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (code TEXT, n INTEGER, amount REAL, cell TEXT)")
    connection.executemany("INSERT INTO t VALUES ('010100', -8, -2.5, ?)", [(cell,) for cell in CELLS])
    connection.execute("INSERT INTO t VALUES (NULL, NULL, NULL, NULL)")
    return connection


def written(db: sqlite3.Connection, table: str = "t", excel: bool = False) -> bytes:
    out = io.BytesIO()
    found = write_csv(db, table, out, excel)
    assert found.sha256 == hashlib.sha256(out.getvalue()).hexdigest()
    assert found.rows == len(list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))) - 1
    return out.getvalue()


def test_the_plain_file_holds_every_cell_as_it_is(db: sqlite3.Connection) -> None:
    data = written(db)
    assert not data.startswith(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert rows[0] == ["code", "n", "amount", "cell"]
    assert rows[1:-1] == [["010100", "-8", "-2.5", cell] for cell in CELLS]
    assert rows[-1] == ["", "", "", ""]


def test_the_file_for_excel_runs_no_formula_and_leaves_numbers_alone(db: sqlite3.Connection) -> None:
    data = written(db, excel=True)
    assert data.startswith(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row[3] for row in rows[1:-1]] == [
        *("'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx"),
        *("'x", "凌州市", 'a "b", c\nd', "", "'-"),
    ]
    assert {tuple(row[:3]) for row in rows[1:-1]} == {("010100", "-8", "-2.5")}


def test_pandas_reads_it_with_its_types(db: sqlite3.Connection) -> None:
    frame = pandas.read_csv(io.BytesIO(written(db)), dtype={"code": "string", "n": "Int64", "cell": "string"})
    assert frame["code"][0] == "010100"
    assert frame["n"].sum() == -8 * len(CELLS)
    assert frame["n"].isna().sum() == 1


def test_a_query_and_an_empty_table(db: sqlite3.Connection) -> None:
    assert written(db, "SELECT code, count(*) AS n FROM t GROUP BY code") == b"code,n\r\n,1\r\n010100,11\r\n"
    db.execute("DELETE FROM t")
    assert written(db) == b"code,n,amount,cell\r\n"
    assert written(db, excel=True) == BYTE_ORDER_MARK + b"code,n,amount,cell\r\n"


def test_a_table_of_any_length_takes_the_same_memory(db: sqlite3.Connection) -> None:
    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i, 'text' || i FROM n"

    class Nowhere(io.BytesIO):
        def write(self, data: object) -> int:
            return 0

    peaks = []
    for rows in (10_000, 100_000):
        tracemalloc.start()
        assert write_csv(db, count.format(rows), Nowhere()).rows == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


def test_a_query_that_fails_in_the_middle_is_told(db: sqlite3.Connection) -> None:
    db.executemany("INSERT INTO t VALUES ('1', 1, 1, 'x')", [()] * 5000)
    with pytest.raises(sqlite3.Error):
        write_csv(db, "SELECT CASE WHEN rowid > 4000 THEN abs(-9223372036854775808) END FROM t", io.BytesIO())
