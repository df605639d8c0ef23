"""What a night changed: sources whose state is another, reports new, revised and withdrawn, problems by kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

MOST_NAMED = 500  # reports that are named; beyond that only counted

# The state before is that of the last run that came to the source; it need not have been of the whole registry.
_SOURCES = """
SELECT now.source_id AS source, coalesce(s.agency, '') AS agency, now.state, before.state AS before,
    coalesce(now.evidence ->> 'reason', '') AS why
FROM source_states now JOIN sources s ON s.id = now.source_id
LEFT JOIN source_states before ON before.source_id = now.source_id AND before.run_id = (
    SELECT max(run_id) FROM source_states WHERE source_id = now.source_id AND run_id < :run AND state <> 'not_run'
)
WHERE now.run_id = :run ORDER BY now.source_id
"""
# A run carries on the crawls right before it that were killed: what they found nobody has told yet.
_CARRIED_ON = """
SELECT min(id), min(started) FROM runs WHERE command LIKE 'crawl%' AND id <= :run AND id > coalesce(
    (SELECT max(id) FROM runs WHERE command LIKE 'crawl%' AND finished AND id < :run), 0)
"""
_NEW = """
SELECT report_key, coalesce(title, report_key) AS title, url FROM reports
WHERE first_seen BETWEEN :since AND :ended ORDER BY report_key
"""
_REVISED = """
SELECT r.report_key, coalesce(r.title, r.report_key) AS title, r.url, count(*) AS figures
FROM revisions v JOIN reports r ON r.id = v.report_id
WHERE v.run_id BETWEEN :first AND :run AND v.run_id IN (SELECT id FROM runs WHERE command LIKE 'crawl%')
GROUP BY r.id ORDER BY r.report_key
"""
_WITHDRAWN = """
SELECT report_key, coalesce(title, report_key) AS title, url FROM reports
WHERE withdrawn BETWEEN :since AND :ended ORDER BY report_key
"""
_PROBLEMS = """
SELECT p.code, count(*) FROM problems p
LEFT JOIN reports r ON r.id = p.report_id
JOIN snapshots s ON s.id = coalesce(p.snapshot_id, r.snapshot_id)
WHERE s.fetched BETWEEN :since AND :ended GROUP BY p.code ORDER BY count(*) DESC, p.code
"""
# How many finished crawls in a row a source that has given reports has now been without yielding.
_SILENT = """
SELECT now.source_id AS source, (
    SELECT count(*) FROM source_states s JOIN runs r ON r.id = s.run_id
    WHERE s.source_id = now.source_id AND (r.finished OR r.id = :run) AND s.run_id > coalesce((
        SELECT max(run_id) FROM source_states
        WHERE source_id = now.source_id AND state IN ('ok', 'unchanged')
    ), 0)
) AS nights
FROM source_states now
WHERE now.run_id = :run AND now.state NOT IN ('ok', 'unchanged')
    AND EXISTS (SELECT 1 FROM reports WHERE source_id = now.source_id AND withdrawn IS NULL)
ORDER BY now.source_id
"""


def account(db: Database, run_id: int) -> dict[str, Any]:
    """What the crawl `run_id` found and changed, as JSON values: what the runs table says of it, and beside that

    `sources` (each with its state, the one before, and why), `silent` (sources that gave reports once, with the
    number of nights without), `new`, `revised`, `withdrawn` (each a count and the first reports) and `problems`
    (a count a code). What killed crawls right before it found is told with it.
    """
    started, ended, summary = db.execute("SELECT started, ended, summary FROM runs WHERE id = ?", [run_id]).fetchone()
    first, since = db.execute(_CARRIED_ON, {"run": run_id}).fetchone()
    known = {"run": run_id, "first": first, "since": since, "ended": ended}
    return {
        **json.loads(summary or "{}"),
        "run": run_id,
        "started": started,
        "ended": ended,
        "sources": list(db.query(_SOURCES, known)),
        "silent": list(db.query(_SILENT, known)),
        "new": _named(db.query(_NEW, known)),
        "revised": _named(db.query(_REVISED, known)),
        "withdrawn": _named(db.query(_WITHDRAWN, known)),
        "problems": dict(db.execute(_PROBLEMS, known).fetchall()),
    }


def keep_account(db: Database, said: dict[str, Any]) -> None:
    """Writes what `account` gave into the runs table, so that the published archive has it too."""
    with db.atomic():
        db.table("runs").update(said["run"], {"summary": json.dumps(said, ensure_ascii=False, sort_keys=True)})


def _named(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    reports = list(rows)
    return {"count": len(reports), "reports": reports[:MOST_NAMED]}
