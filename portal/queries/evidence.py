"""What the evidence pages ask: the kept response of a digest, the reports that it makes, who corrected a cell."""

from __future__ import annotations

KEPT = """
select s.id, s.url, s.fetched, s.content_type, s.length, s.sha256, s.warc, s."offset", r.report_key, r.title
from snapshots s cross join report_snapshots p on p.snapshot_id = s.id cross join reports r on r.id = p.report_id
where s.sha256 = :sha256 order by s.id limit 50
"""

CORRECTION = """
select value, who, why, "when" from corrections
where report_key = :key and indicator = :indicator and lapsed is null
"""
