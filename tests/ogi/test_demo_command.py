"""`ogi demo` from end to end: the archive holds what the example publishes, and a second time changes nothing."""

from __future__ import annotations

import hashlib
import shutil
import socket
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from running import Run, run_ogi

import demo

LEDGER = {"runs", "source_states", "coverage_runs"}  # what a run writes although nothing changed


@dataclass(frozen=True, slots=True)
class Demo:
    """A directory in which the demo ran twice, what it printed, and the archive as the first time left it."""

    directory: Path
    first: Run
    second: Run
    first_db: Path

    @property
    def db(self) -> Path:
        return self.directory / "archive.db"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    directory = tmp_path_factory.mktemp("demo")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    first = run_ogi(directory, "demo", "--no-serve", "--site-port", port)
    first_db = directory / "first.db"
    shutil.copy(directory / "archive.db", first_db)
    return Demo(directory, first, run_ogi(directory, "demo", "--no-serve", "--site-port", port), first_db)


def rows(db: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(query).fetchall()


def contents(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the ledger and SQLite's own statistics."""
    names = [str(name) for (name,) in rows(db, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: rows(db, f'SELECT * FROM "{name}"') for name in names if name not in LEDGER | {"sqlite_stat1"}}


def test_the_demo_ends_well_and_says_what_it_found(twice: Demo) -> None:
    assert twice.first.returncode == 0, twice.first.stderr
    assert "Traceback" not in twice.first.stderr
    for source, state in demo.SOURCE_STATES.items():
        line = next(line for line in twice.first.stdout.splitlines() if f" {source} " in line)
        assert f" {state} " in line


def test_every_source_is_in_its_state(twice: Demo) -> None:
    states = rows(twice.first_db, "SELECT source_id, state FROM source_states WHERE run_id = 1")
    assert dict(states) == demo.SOURCE_STATES


def test_every_report_is_there_with_every_figure(twice: Demo) -> None:
    found = rows(twice.first_db, "SELECT agency, region_code, year, form, indicator, value FROM figures")
    archive: dict[tuple[object, ...], dict[object, object]] = {}
    for *report, indicator, value in found:
        archive.setdefault(tuple(report), {})[indicator] = value
    expected = {(each.agency, each.region_code, each.year, each.form): dict(each.figures) for each in demo.expected()}
    assert archive.keys() == expected.keys()
    wrong = {
        (*report, indicator): (archive[report].get(indicator), value)
        for report, figures in expected.items()
        for indicator, value in figures.items()
        if archive[report].get(indicator) != value
    }
    assert not wrong


def test_figures_that_do_not_balance_are_failed_checks(twice: Demo) -> None:
    failed = rows(
        twice.first_db,
        """SELECT DISTINCT a.name, r.year FROM checks c JOIN reports r ON r.id = c.report_id
        JOIN agencies a ON a.id = r.agency_id WHERE c.result = 'fail' AND c.rule IN ('A1', 'A2', 'A3', 'A4')""",
    )
    assert set(failed) == {(each.agency, each.year) for each in demo.expected() if each.failing}


def test_the_second_time_changes_only_the_ledger(twice: Demo) -> None:
    assert twice.second.returncode == 0, twice.second.stderr
    assert contents(twice.db) == contents(twice.first_db)
    unchanged = {source for source, state in demo.SOURCE_STATES.items() if state == "ok"}
    states = dict(rows(twice.db, "SELECT source_id, state FROM source_states WHERE run_id = 2"))
    assert {source for source, state in states.items() if state == "unchanged"} == unchanged


def test_every_kept_page_is_there(twice: Demo) -> None:
    run = run_ogi(twice.directory, "check")
    assert run.returncode == 0, run.stderr
    assert "whole" in run.stdout


@pytest.mark.parametrize("where", ["in a page", "between pages", "at the end"])
def test_damage_is_found(twice: Demo, tmp_path: Path, where: str) -> None:
    shutil.copy(twice.db, tmp_path)
    shutil.copytree(twice.directory / "archive.var", tmp_path / "archive.var")
    ((name, offset),) = rows(twice.db, 'SELECT warc, "offset" FROM snapshots ORDER BY id LIMIT 1 OFFSET 9')
    warc = tmp_path / "archive.var" / "warc" / str(name)
    content = bytearray(warc.read_bytes())
    assert isinstance(offset, int)
    match where:
        case "in a page":
            content[offset + 99] ^= 0xFF
        case "between pages":
            content[99] ^= 0xFF  # in the record that opens the file
        case "at the end":
            del content[-9:]
    warc.write_bytes(content)
    run = run_ogi(tmp_path, "check")
    assert run.returncode == 1
    assert warc.name in run.stderr
    assert "Traceback" not in run.stderr


def test_extracts_are_whole_and_prove_it(twice: Demo, tmp_path: Path) -> None:
    run = run_ogi(twice.directory, "extract", str(tmp_path / "out"))
    assert run.returncode == 0, run.stderr
    sums = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    assert {line.split()[1] for line in sums} == {file.name for file in (tmp_path / "out").iterdir()} - {"SHA256SUMS"}
    for line in sums:
        digest, name = line.split()
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest
    assert (tmp_path / "out" / "requests-excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_example_does_not_go_among_real_agencies(twice: Demo, tmp_path: Path) -> None:
    shutil.copy(twice.db, tmp_path)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection, connection:
        connection.execute("UPDATE sources SET region_code = '370300' WHERE id = 'lz-szf'")
    run = run_ogi(tmp_path, "demo", "--no-serve")
    assert run.returncode == 2
    assert "holds reports of real agencies" in run.stderr
    assert not (tmp_path / "archive.var").exists()
