"""What the feeds ask: the newest reports and the newest changes at the source, of all agencies or of one."""

from __future__ import annotations

_REPORT = """
select r.report_key, r.title, r.year, r.published, r.timeliness, r.days_late, r.checks_failed, r.first_seen,
    a.name as agency, g.name as region
from reports r join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
"""

NEW_REPORTS = f"{_REPORT} order by r.first_seen desc limit :n"

AGENCY_NEW_REPORTS = f"""{_REPORT}
where r.agency_id in (select id from agencies where line = (select line from agencies where id = :agency))
order by r.first_seen desc limit :n
"""  # noqa: S608  # our own words on both sides

_REVISION = """
select r.report_key, r.title, r.year, a.name as agency, v.indicator, v.old, v.new, v.noticed, i.row_zh, i.col_zh
from revisions v join reports r on r.id = v.report_id join agencies a on a.id = r.agency_id
left join indicators i on i.id = v.indicator and i.form = r.form
where v.cause = 'source'
"""

NEW_REVISIONS = f"{_REVISION} order by v.noticed desc limit :n"

AGENCY_NEW_REVISIONS = f"""{_REVISION}
and v.report_id in (
    select id from reports where agency_id in (
        select id from agencies where line = (select line from agencies where id = :agency)
    )
)
order by v.noticed desc limit :n
"""  # noqa: S608  # our own words on both sides
