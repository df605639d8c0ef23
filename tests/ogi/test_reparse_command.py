"""`ogi reparse` and `ogi evidence` on kept pages: only differences are stored, a stopped run goes on."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from running import Ogi, Reports, the_sentence

from archive.opening import open_published
from archive.reader import reader_digest
from archive.store import Archive

CELL = "requests.new_received.total"


def rows(db: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(open_published(db)) as published:
        return published.execute(query).fetchall()


def test_what_reads_otherwise_is_a_revision_by_the_parser_and_nothing_else_changes(
    ogi: Ogi, kept: Path, reports: Reports
) -> None:
    true = reports[0][1].figures[CELL]
    run = ogi("reparse")
    assert run.returncode == 0, run.stderr
    assert "read again: 1 revised, 2 unchanged; 1 figures differ" in run.stdout
    assert rows(kept, "SELECT report_id, indicator, old, new, cause FROM revisions") == [(1, CELL, 999, true, "parser")]
    assert rows(kept, "SELECT count(*), max(version) FROM reports") == [(3, 1)]
    again = ogi("reparse")
    assert "read again: 3 unchanged; 0 figures differ" in again.stdout
    assert rows(kept, "SELECT count(*) FROM revisions") == [(1,)]


def test_a_stopped_run_goes_on_where_it_was(ogi: Ogi, kept: Path) -> None:
    with Archive(kept.with_suffix(".var") / "working.db") as archive, archive.db.atomic():
        run = archive.begin_run("reparse")
        said = json.dumps({"reader": reader_digest(), "reached": 2})
        archive.db.table("runs").update(run, {"summary": said})
    assert "read again: 1 unchanged" in ogi("reparse").stdout
    assert rows(kept, "SELECT id, finished FROM runs WHERE command = 'reparse'") == [(run, 1)]


def test_a_withdrawn_report_stays_withdrawn(ogi: Ogi, kept: Path) -> None:
    with Archive(kept.with_suffix(".var") / "working.db") as archive:
        pages = [f"http://www.lingzhou.example/{number}.html" for number in (0, 2)]
        archive.withdraw("a", pages, "2026-11-23T00:00:00Z")
    assert ogi("reparse").returncode == 0
    assert rows(kept, "SELECT id FROM reports WHERE withdrawn IS NOT NULL ORDER BY id") == [(1,), (3,)]


def test_a_page_that_cannot_be_read_back_is_told_and_the_others_are_read(ogi: Ogi, kept: Path) -> None:
    (warc,) = (kept.with_suffix(".var") / "warc").iterdir()
    data = bytearray(warc.read_bytes())
    ((offset,),) = rows(kept, 'SELECT "offset" FROM snapshots WHERE id = 3')
    data[offset + 500] ^= 255
    warc.write_bytes(data)
    run = ogi("reparse")
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "see `ogi check`" in run.stderr
    assert "1 revised, 1 unchanged" in run.stdout


def test_without_an_archive(ogi: Ogi) -> None:
    assert "no archive here" in the_sentence(ogi("reparse"))


def test_the_evidence_of_a_figure(ogi: Ogi, kept: Path, reports: Reports) -> None:
    true = reports[1][1].figures[CELL]
    ((key, url, digest),) = rows(
        kept, "SELECT report_key, r.url, sha256 FROM reports r JOIN snapshots s ON s.id = snapshot_id WHERE r.id = 2"
    )
    run = ogi("evidence", key, CELL)
    assert run.returncode == 0, run.stderr
    said = dict(line.split(maxsplit=1) for line in run.stdout.splitlines())
    assert said["value"] == str(true)
    assert said["page"] == url
    assert said["sha256"] == f"{digest} verified"
    assert said["proved"] == f"'{true}' stands there in the kept bytes"


def test_evidence_that_does_not_hold_is_exit_status_1(ogi: Ogi, kept: Path) -> None:
    ((key,),) = rows(kept, "SELECT report_key FROM reports WHERE id = 1")
    run = ogi("evidence", key, CELL)
    assert run.returncode == 1
    assert "NO: The reader of today finds" in run.stdout


def test_evidence_of_what_is_not_there(ogi: Ogi, kept: Path) -> None:
    assert "no report of that key" in the_sentence(ogi("evidence", "nobody-2024-own", CELL))
