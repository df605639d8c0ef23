"""Reports that a site shows no longer: marked with the day, kept as they were."""

from __future__ import annotations

from collections.abc import Set

from sqlite_utils import Database

_STANDING = """
SELECT r.id, r.report_key, r.url, coalesce(v.fetched, s.fetched, r.first_seen)
FROM reports r LEFT JOIN snapshots s ON s.id = r.snapshot_id LEFT JOIN visits v ON v.snapshot_id = r.snapshot_id
WHERE r.source_id = :source AND r.url = :url AND r.withdrawn IS NULL
"""
_ELSEWHERE = """
SELECT l.source_id, s.url FROM report_snapshots l JOIN snapshots s ON s.id = l.snapshot_id
WHERE l.report_id = ? AND l.role = 'copy'
"""


def withdraw(db: Database, source_id: str, urls: Set[str], when: str) -> list[str]:
    """Marks a source's reports at these addresses within the caller's transaction; returns the keys of those marked."""
    marked = []
    for url in sorted(urls):
        for report_id, key, _, last_seen in db.execute(_STANDING, {"source": source_id, "url": url}).fetchall():
            copies = db.execute(_ELSEWHERE, [report_id]).fetchall()
            if any(other != source_id or address not in urls for other, address in copies):
                continue
            db.table("reports").update(report_id, {"withdrawn": when, "last_seen": last_seen})
            marked.append(key)
    return marked
