"""The views stay quick on a million reports: what is asked of one report or agency is found by an index."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_hand import Crawl, report
from sqlite_utils import Database

from archive.opening import open_published
from archive.publish import publish

ASKED = {
    "figures": ("report_id = 1", "report_key = 'x'", "agency = 'x' AND year = 2024", "region_code = '990100'"),
    "figures_series": (
        "report_id = 1",
        "report_key = 'x'",
        "agency = 'x' AND series = 'requests.granted.total'",
        "region_code = '990100' AND series = 'a20_6.penalty.decisions'",
    ),
    "proactive": ("report_id = 1", "indicator = 'a20_6.penalty.decisions'", "indicator = 'x' AND value > 9"),
}


@pytest.fixture
def published(crawl: Crawl, tmp_path: Path) -> Database:
    """A published archive without its statistics, so that SQLite plans as for tables of any size."""
    crawl.store(report())
    crawl.archive.end_run(crawl.run_id, finished=True, summary={})
    publish(crawl.archive.path, tmp_path / "archive.db")
    db = Database(str(tmp_path / "archive.db"))
    db.execute("DELETE FROM sqlite_stat1")
    db.conn.commit()
    db.close()
    return open_published(tmp_path / "archive.db")


def test_no_table_is_read_whole(published: Database) -> None:
    for view, conditions in ASKED.items():
        for condition in conditions:
            steps = [row[3] for row in published.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE {condition}")]
            scans = [step for step in steps if step.startswith("SCAN") and step.split()[1] not in (view, "s", "i")]
            assert not scans, (view, condition, steps)


def test_the_largest_of_a_cell_come_without_sorting(published: Database) -> None:
    query = "SELECT report_id FROM proactive WHERE indicator = 'a20_6.penalty.decisions' ORDER BY value DESC LIMIT 20"
    assert not [row[3] for row in published.execute(f"EXPLAIN QUERY PLAN {query}") if "TEMP B-TREE" in row[3]]
