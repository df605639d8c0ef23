"""Corrections: a person repairs our misreading; it shows beside what was read, and lapses when the cell changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from by_hand import Crawl, figures, report

from archive.corrections import CORRECTIONS, apply_corrections
from archive.errors import ArchiveError
from archive.publish import publish

KEY, CELL = "990100-凌州市教育局-2024-own", "requests.granted.total"
HEAD = "report_key,indicator,value,who,why,date\n"

Correct = Callable[[str], None]


@pytest.fixture
def correct(crawl: Crawl, tmp_path: Path) -> Correct:
    """Writes these lines as the file of corrections and applies it."""

    def apply(lines: str) -> None:
        path = tmp_path / "corrections.csv"
        path.write_text(HEAD + lines, encoding="utf-8")
        with crawl.archive.db.atomic():
            apply_corrections(crawl.archive.db, path)

    return apply


def shown(crawl: Crawl, indicator: str = CELL) -> Any:
    question = "SELECT value, read_value, corrected FROM figures WHERE indicator = ?"
    return crawl.archive.db.execute(question, [indicator]).fetchone()


def test_the_file_that_is_shipped_has_no_slip(crawl: Crawl) -> None:
    apply_corrections(crawl.archive.db, CORRECTIONS)


def test_the_corrected_value_stands_beside_the_one_that_was_read(crawl: Crawl, correct: Correct) -> None:
    crawl.store(report())
    correct(f"{KEY},{CELL},5,编者,误读,2026-11-23\n{KEY},a20_8.admin_fees.amount,1.25,编者,误读,2026-11-23\n")
    assert shown(crawl) == (5, 4, 1)
    assert shown(crawl, "a20_8.admin_fees.amount") == (1.25, 0, 1)
    (digest,) = crawl.archive.db.execute("SELECT snapshot_sha256 FROM corrections LIMIT 1").fetchone()
    assert crawl.archive.db.table("snapshots").count_where("sha256 = ?", [digest]) == 1


def test_a_cell_that_holds_no_number(crawl: Crawl, correct: Correct) -> None:
    crawl.store(report())
    correct(f"{KEY},{CELL},,编者,误读,2026-11-23\n")
    assert shown(crawl) == (None, 4, 1)


def test_it_lapses_with_the_cell_and_does_not_come_back(crawl: Crawl, correct: Correct) -> None:
    crawl.store(report())
    line = f"{KEY},{CELL},5,编者,误读,2026-11-20\n"
    correct(line)
    crawl.store(report(figures=figures(requests__granted__total=7)), body=b"2")
    assert shown(crawl) == (7, 7, 0)
    correct(line)
    assert shown(crawl) == (7, 7, 0)
    correct(f"{line}{KEY},{CELL},8,编者,又误读,2026-11-24\n")
    assert shown(crawl) == (8, 7, 1)


def test_a_correction_older_than_the_change_of_the_cell_never_takes_force(crawl: Crawl, correct: Correct) -> None:
    crawl.store(report())
    crawl.store(report(figures=figures(requests__granted__total=7)), body=b"2")
    correct(f"{KEY},{CELL},5,编者,误读,2026-01-01\n")
    assert shown(crawl) == (7, 7, 0)


def test_it_waits_for_its_report_and_goes_with_its_line(crawl: Crawl, correct: Correct) -> None:
    correct(f"{KEY},{CELL},5,编者,误读,2026-11-23\n")
    crawl.store(report())
    assert shown(crawl) == (5, 4, 1)
    correct("")
    assert shown(crawl) == (4, 4, 0)


def test_a_later_line_takes_the_place_of_an_earlier_one(crawl: Crawl, correct: Correct) -> None:
    crawl.store(report())
    correct(f"{KEY},{CELL},6,编者,误读,2026-11-24\n{KEY},{CELL},5,编者,误读,2026-11-23\n")
    assert shown(crawl) == (6, 4, 1)


def test_publication_applies_the_file(crawl: Crawl, tmp_path: Path) -> None:
    crawl.store(report())
    corrections = tmp_path / "corrections.csv"
    corrections.write_text(f"{HEAD}{KEY},{CELL},5,编者,误读,2026-11-23\n", encoding="utf-8")
    crawl.archive.end_run(crawl.run_id, finished=True, summary={})
    publish(crawl.archive.path, tmp_path / "archive.db", corrections=corrections)
    assert shown(crawl) == (5, 4, 1)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (f"{KEY},requests.granted.all,5,编者,误读,2026-11-23", r"corrections\.csv:2: no form has the indicator"),
        (f"{KEY},{CELL},5.5,编者,误读,2026-11-23", r"corrections\.csv:2: the value '5.5' must be a whole number"),
        (f"{KEY},{CELL},5,编者,,2026-11-23", r"corrections\.csv:2: report_key, who and why"),
        (f"{KEY},{CELL},5,编者,误读,昨天", r"corrections\.csv:2: the date '昨天'"),
        (f"{KEY},{CELL},5,编者,误读", r"corrections\.csv:2: 5 fields"),
        (
            f"{KEY},{CELL},5,a,b,2026-11-23\n{KEY},{CELL},6,a,b,2026-11-23",
            r"corrections\.csv:3: .* twice on 2026-11-23",
        ),
    ],
)
def test_a_slip_is_a_line_and_a_sentence(correct: Correct, line: str, sentence: str) -> None:
    with pytest.raises(ArchiveError, match=sentence):
        correct(f"{line}\n")
