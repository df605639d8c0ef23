"""The portal's queries, each explained: found by an index on the big tables, and all of them in one package."""

from __future__ import annotations

import ast
import contextlib
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from portal_examples import BUREAU, report_key

import portal
from archive.kept import evidence
from portal.queries import compare, every, indicator
from portal.queries.questions import QUESTIONS

# Tables that grow with the reports; the others stay small beside them.
BIG = (
    "reports|requests|remedies|proactive|cell_notes|checks|claims|sections|other_tables|problems|evidence|snapshots"
    "|revisions|agencies|agency_years"
)
QUERIES = every()
# What reads a whole table on purpose, and why it may.
READS_WHOLE_TABLES = {
    "agency.FIND_AGENCIES": "any part of a name may be asked for, and agencies are few beside their reports",
    "compare.FIND": "any part of a name may be asked for, and agencies are few beside their reports",
    "front.TOTALS": "each is a count over an index",
}
# What must come in the order of an index, because sorting would read everything.
NEEDS_NO_SORTING = ("front.LATEST_REPORTS", "front.LATEST_REVISIONS", "stories.LEADS", "stories.LEADS_OF_YEAR")
PARAMETERS = {
    "key": report_key(),
    "report": 1,
    "version": 1,
    "agency": 1,
    "agency_key": f"990102-{BUREAU}",
    "code": "990102",
    "form": "form_2021",
    "sha256": "0" * 64,
    "n": 10,
    "limit": 10,
    "q": "",
    "run": 1,
    "story": "late_reports",
    "after": 0,
    "year": 2022,
    "indicator": "requests.granted.total",
    "scope": "own",
    "series": "requests.granted.total",
    "keys": f'["990102-{BUREAU}"]',
    "lines": "[1]",
    "first": 2008,
    "last": 2099,
    "field": "education",
    "kind": "department",
    "level": "county",
    "indicators": '["requests.granted.total"]',
}


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


def scanned(query: str, steps: list[str]) -> list[str]:
    """The steps that go through a whole big table, but for a walk along an index that a limit ends."""
    aliases = re.findall(rf"\b(?:from|join) ({BIG})\b(?: (?:as )?([a-z]\w*)\b)?", query)
    big = {table for table, _ in aliases} | {alias for _, alias in aliases if alias}
    scans = [step for step in steps if step.split()[0] == "SCAN" and step.split()[1] in big]
    limited = "limit" in query and not any("TEMP B-TREE" in step for step in steps)
    return [step for step in scans if not (limited and "USING INDEX" in step)]


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - READS_WHOLE_TABLES.keys()))
def test_a_page_reads_only_the_rows_that_it_shows(planned: sqlite3.Connection, name: str) -> None:
    assert not scanned(QUERIES[name], plan(planned, QUERIES[name]))


@pytest.mark.parametrize("name", NEEDS_NO_SORTING)
def test_the_newest_reports_need_no_sorting(planned: sqlite3.Connection, name: str) -> None:
    steps = plan(planned, QUERIES[name])
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


@pytest.mark.parametrize("name", sorted(READS_WHOLE_TABLES))
def test_the_exceptions_are_queries_of_today(planned: sqlite3.Connection, name: str) -> None:
    assert scanned(QUERIES[name], plan(planned, QUERIES[name]))


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_ready_questions_are_understood(planned: sqlite3.Connection, name: str) -> None:
    assert plan(planned, QUESTIONS[name])


def test_compared_figures_are_read_report_by_report(planned: sqlite3.Connection) -> None:
    for query in (compare.figures_of([1, 2]), compare.measured_of("refused_share", [1, 2])):
        steps = [step for step in plan(planned, query) if step != "SCAN figures_series"]
        assert not [step for step in steps if step.startswith("SCAN") and "indicators" not in step], steps
    assert plan(planned, compare.file_of(["refused_share"], [1]).replace(":s0", "'refused_share'"))


def test_the_evidence_of_a_figure_is_found_by_its_report(planned: sqlite3.Connection) -> None:
    asked = {
        "key": report_key(),
        "indicator": "requests.granted.total",
        "report": 1,
        "table": "requests",
        "path": "$.x",
    }
    for query in (evidence.FIGURE, evidence.PLACES):
        steps = [step for *_, step in planned.execute(f"explain query plan {query}", asked)]
        assert not [step for step in steps if step.startswith("SCAN") and step != "SCAN f"], steps
        assert not [step for step in steps if step.startswith("MATERIALIZE")], steps


def test_values_of_a_year_are_found_by_the_year(planned: sqlite3.Connection) -> None:
    assert "SEARCH" in plan(planned, indicator.values_of("requests.granted.total", 2022))[0]


def test_no_other_module_of_the_portal_asks_the_database() -> None:
    room = Path(portal.__file__).parent
    for module in room.rglob("*.py"):
        if room / "queries" in module.parents:
            continue
        strings = [node.value for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Constant)]
        asked = [text for text in strings if isinstance(text, str) and re.match(r"\s*(select|with|insert) ", text)]
        # what a connection of our own asks of the schema, where no page has a hand in it
        assert all("sqlite_master" in text or "pragma_" in text for text in asked), (module.name, asked)
