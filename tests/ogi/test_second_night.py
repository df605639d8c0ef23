"""A second night of the example municipality: one report silently changed, one removed, one added, one only redesigned.

`pytest -m long -s tests/ogi/test_second_night.py` prints the rows that record it.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import Ogi

import demo
from archive.opening import open_published

SOURCES = ("lz-gaj", "lz-sthj", "lz-scjg", "lz-cyq")
ALLOWED = ("--allow-private", "-s", "OGI_LOOPBACK_HOSTS=lingzhou.example", "-s", "DOWNLOAD_DELAY=0")
QUICK = (*ALLOWED, "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=4")

REVISED = """
SELECT r.report_key, v.indicator, v.old, v.new, v.cause, v.run_id, r.version,
    o.sha256 AS old_page, n.sha256 AS new_page, o.url = n.url AS same_url, o.fetched < n.fetched AS later
FROM revisions v JOIN reports r ON r.id = v.report_id
JOIN snapshots o ON o.id = v.old_snapshot JOIN snapshots n ON n.id = v.new_snapshot
"""
WITHDRAWN = """
SELECT r.report_key, r.withdrawn, r.last_seen, count(f.value) AS figures
FROM reports r JOIN figures f ON f.report_id = r.id WHERE r.withdrawn IS NOT NULL GROUP BY r.id
"""
ADDED = """
SELECT r.report_key, r.first_seen, r.published, r.timeliness FROM reports r
WHERE r.first_seen > (SELECT ended FROM runs WHERE command LIKE 'crawl%' AND finished ORDER BY id LIMIT 1)
"""


def rows(db: Path, query: str) -> list[dict[str, Any]]:
    with closing(open_published(db)) as published:
        found = [dict(row) for row in published.query(query)]
    print(f"\n{query.strip()}", *found, sep="\n  ")
    return found


@pytest.mark.long
def test_each_thing_that_happened_is_a_row_and_nothing_else_is(ogi: Ogi, tmp_path: Path) -> None:
    db, registry = tmp_path / "archive.db", tmp_path / "sources.csv"
    second = {flag: report for report in demo.expected(night=2) for flag in report.flags}
    with demo.serve() as site:
        registry.write_text(demo.registry(site.port), encoding="utf-8")
        first = ogi("crawl", *SOURCES, "--sources", registry, *QUICK)
        assert first.returncode == 0, first.stderr
        assert rows(db, REVISED) == rows(db, WITHDRAWN) == rows(db, ADDED) == []
        site.night = 2
        again = ogi("crawl", *SOURCES, "--sources", registry, *QUICK)
        assert again.returncode == 0, again.stderr
    (changed,) = rows(db, REVISED)
    report = second["silently_changed"]
    cell = "a20_6.penalty.decisions"
    assert changed["report_key"] == f"{report.region_code}-{report.agency}-{report.year}-own"
    assert (changed["indicator"], changed["new"], changed["new"] - changed["old"]) == (cell, report.figures[cell], 270)
    assert (changed["cause"], changed["version"], changed["run_id"]) == ("source", 2, 2)
    assert changed["old_page"] != changed["new_page"]
    assert changed["same_url"]
    assert changed["later"]
    (gone,) = rows(db, WITHDRAWN)
    assert gone["report_key"].endswith("生态环境局-2020-own")
    assert gone["last_seen"] < gone["withdrawn"]
    assert gone["figures"] > 100
    (added,) = rows(db, ADDED)
    assert added["report_key"].endswith(f"{second['added'].agency}-2021-own")
    assert (added["published"], added["timeliness"]) == ("2026-11-20", "date_uncertain")
    run = ogi("evidence", changed["report_key"], cell)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "verified" in run.stdout
    print(run.stdout)
