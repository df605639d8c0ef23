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
LEFT JOIN visits v ON v.snapshot_id = s.id
WHERE l.report_id = ? AND l.role = 'copy' ORDER BY coalesce(v.fetched, s.fetched) DESC
"""
_THESE_COPIES = """
DELETE FROM report_snapshots WHERE report_id = :id AND role = 'copy' AND source_id = :source
AND snapshot_id IN (SELECT id FROM snapshots WHERE url = :url)
"""


def withdraw(db: Database, source_id: str, urls: Set[str], when: str) -> list[str]:
    """Marks a source's reports at these addresses within the caller's transaction; returns the keys of those marked.

    A report that another address gives goes on there.
    """
    marked = []
    for url in sorted(urls):
        for report_id, key, _, last_seen in db.execute(_STANDING, {"source": source_id, "url": url}).fetchall():
            copies = db.execute(_ELSEWHERE, [report_id]).fetchall()
            left = next((copy for copy in copies if copy[0] != source_id or copy[1] not in urls), None)
            if left is not None:
                _hand_over(db, report_id, *left)
                continue
            db.table("reports").update(report_id, {"withdrawn": when, "last_seen": last_seen})
            marked.append(key)
    return marked


def _hand_over(db: Database, report_id: int, source_id: str, url: str) -> None:
    """Makes the address of a copy the report's own. Its page is then no copy any more, and the next crawl reads it:
    where it says something else, that is a change."""
    db.execute(_THESE_COPIES, {"id": report_id, "source": source_id, "url": url})
    db.execute("DELETE FROM problems WHERE report_id = ? AND code = 'copy_differs' AND at = ?", [report_id, url])
    db.table("reports").update(report_id, {"source_id": source_id, "url": url})
