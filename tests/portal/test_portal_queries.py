"""The portal's queries: found by an index on the big tables, and all of them in one module."""

from __future__ import annotations

import ast
import contextlib
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from portal_examples import report_key

import portal
from portal import queries

# Tables that grow with the reports; the others stay small beside them.
BIG = (
    "reports|requests|remedies|proactive|cell_notes|checks|claims|sections|other_tables|problems|evidence|snapshots"
    "|revisions|agencies|agency_years"
)
OF_ONE_REPORT = [
    "REPORT",
    "FIGURES",
    "CELL_NOTES",
    "CHECKS",
    "SECTIONS",
    "OTHER_TABLES",
    "CLAIMS",
    "PROBLEMS",
    "REVISIONS",
    "SNAPSHOTS",
    "TABLE_SCOPES",
]
OF_ONE_AGENCY = ["AGENCY", "AGENCY_REPORTS", "AGENCY_YEARS", "AGENCY_REQUESTS", "AGENCY_REMEDIES"]
OF_ONE_REGION = ["REGION", "REGION_PARTS", "REGION_AGENCIES"]
PARAMETERS = {"key": report_key(), "report": 1, "version": 1, "agency": 1, "code": "990102", "n": 10, "q": "", "run": 1}


@pytest.fixture(scope="module")
def planned(archive_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The archive without its statistics, so that SQLite plans as for tables of any size."""
    copy = shutil.copy(archive_db, tmp_path_factory.mktemp("planned"))
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute("drop table sqlite_stat1")
        connection.commit()
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        yield connection


def plan(connection: sqlite3.Connection, query: str) -> list[str]:
    return [step for *_, step in connection.execute(f"explain query plan {query}", PARAMETERS)]


@pytest.mark.parametrize("name", OF_ONE_REPORT + OF_ONE_AGENCY + OF_ONE_REGION)
def test_a_page_of_one_thing_reads_only_the_rows_of_that_thing(planned: sqlite3.Connection, name: str) -> None:
    query = getattr(queries, name)
    aliases = re.findall(rf"\b(?:from|join) ({BIG})\b(?: ([a-z])\b)?", query)
    big = {alias or table for table, alias in aliases} | {"p", "q", "m", "r", "proactive"}
    steps = plan(planned, query)
    assert not [step for step in steps if step.split()[0] == "SCAN" and step.split()[1] in big], steps


@pytest.mark.parametrize("name", ["LATEST_REPORTS", "FAILED_REPORTS"])
def test_the_newest_reports_need_no_sorting(planned: sqlite3.Connection, name: str) -> None:
    steps = plan(planned, getattr(queries, name))
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_no_other_module_of_the_portal_asks_the_database() -> None:
    for module in Path(portal.__file__).parent.glob("*.py"):
        if module.name == "queries.py":
            continue
        strings = [node.value for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Constant)]
        asked = [text for text in strings if isinstance(text, str) and re.match(r"\s*(select|with|insert) ", text)]
        # what a connection of our own asks of the schema, where no page has a hand in it
        assert all("sqlite_master" in text or "pragma_" in text for text in asked), (module.name, asked)
