"""What a report's page asks: everything that is kept of one report."""

from __future__ import annotations

REPORT = """
select r.*, a.name as agency, a.key as agency_key, a.region_code, g.name as region
from reports r join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
where r.report_key = :key
"""

FIGURES = "select indicator, value, read_value, corrected from figures where report_id = :report"

CELL_NOTES = "select indicator, kind, raw, unit, note, method from cell_notes where report_id = :report"

CHECKS = """
select rule, scope, "left", "right", result, severity, explanation, tally
from checks where report_id = :report order by id
"""

SECTIONS = "select number, heading, text from sections where report_id = :report order by number, id"

OTHER_TABLES = "select section, caption, rows from other_tables where report_id = :report order by id"

CLAIMS = """
select code, value, low, high, qualifier, unit, section, sentence
from claims where report_id = :report order by section, span_start, id
"""

PROBLEMS = "select code, message, at from problems where report_id = :report order by id"

REVISIONS = """
select v.indicator, v.old, v.new, v.cause, v.noticed, i.row_zh, i.col_zh
from revisions v
join reports r on r.id = v.report_id
left join indicators i on i.id = v.indicator and i.form = r.form
where v.report_id = :report order by v.noticed desc, v.id
"""

SNAPSHOTS = """
select s.id, s.url, s.fetched, s.content_type, s.length, s.sha256, s.warc, s."offset", p.role
from report_snapshots p join snapshots s on s.id = p.snapshot_id
where p.report_id = :report and p.version = :version order by s.id
"""

TABLE_SCOPES = 'select "table", scope from evidence where report_id = :report'
