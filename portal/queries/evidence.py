"""What the evidence pages ask: the kept response of a digest, the reports that it makes, corrections, claims."""

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

# The claims of a report are numbered in the order in which its page lists them.
CLAIM = """
select c.code, c.value, c.qualifier, c.unit, c.section, c.sentence
from reports r cross join claims c on c.report_id = r.id
where r.report_key = :key and :after >= 0 order by c.section, c.span_start, c.id limit 1 offset :after
"""
