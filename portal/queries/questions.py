"""Ready questions: each is a page of Datasette with CSV and JSON."""

from __future__ import annotations

_FAILED_CHECKS = """
select r.report_key, a.name as agency, r.year, c.rule,
    coalesce(
        (select row_zh from indicators i
            where i.form = r.form and i."table" = 'requests' and i."row" = c.scope limit 1),
        (select col_zh from indicators i where i.form = r.form and i."column" = c.scope limit 1),
        c.scope
    ) as place, c."left", c."right", c.severity
from checks c join reports r on r.id = c.report_id join agencies a on a.id = r.agency_id
where c.result = 'fail'
order by r.year desc, c.severity, r.report_key
"""

_LATE_REPORTS = """
select r.report_key, a.name as agency, r.year, r.published, r.deadline, r.days_late, r.url
from reports r join agencies a on a.id = r.agency_id
where r.timeliness = 'late'
order by r.days_late desc
"""

_CARRY_OVER_BREAKS = """
select later.report_key, a.name as agency, later.year,
    out.total as carried_out_before, come.total as carried_in_now
from reports earlier
join reports later on later.agency_id = earlier.agency_id and later.year = earlier.year + 1
    and later.scope = earlier.scope
join requests out on out.report_id = earlier.id and out.outcome = 'carried_out'
join requests come on come.report_id = later.id and come.outcome = 'carried_in'
join agencies a on a.id = later.agency_id
where out.total <> come.total
order by abs(out.total - come.total) desc
"""

_REFUSAL_SHARES = """
select r.report_key, a.name as agency, r.year, sum(q.total) as refused, closed.total as closed_total,
    round(100.0 * sum(q.total) / closed.total, 1) as refused_percent
from requests closed
join requests q on q.report_id = closed.report_id and q.outcome glob 'refused_*'
join reports r on r.id = closed.report_id join agencies a on a.id = r.agency_id
where closed.outcome = 'closed_total' and closed.total >= 20
group by closed.report_id
order by refused_percent desc
"""

_CORRECTED_DECISIONS = """
select r.report_key, a.name as agency, r.year,
    m.review_corrected, m.review_total, m.suit_direct_corrected, m.suit_direct_total,
    m.suit_after_review_corrected, m.suit_after_review_total
from remedies m join reports r on r.id = m.report_id join agencies a on a.id = r.agency_id
where ifnull(m.review_corrected, 0) + ifnull(m.suit_direct_corrected, 0)
    + ifnull(m.suit_after_review_corrected, 0) > 0
order by ifnull(m.review_corrected, 0) + ifnull(m.suit_direct_corrected, 0)
    + ifnull(m.suit_after_review_corrected, 0) desc
"""

_MOST_REQUESTS = """
select r.report_key, a.name as agency, g.name as region, r.year, q.total as new_received
from requests q join reports r on r.id = q.report_id join agencies a on a.id = r.agency_id
left join regions g on g.code = a.region_code
where q.outcome = 'new_received' and q.total is not null
order by q.total desc
"""

_JUMPS = """
select later.report_key, a.name as agency, later.year, before.total as received_before, now.total as received_now
from reports earlier
join reports later on later.agency_id = earlier.agency_id and later.year = earlier.year + 1
    and later.scope = earlier.scope
join requests before on before.report_id = earlier.id and before.outcome = 'new_received'
join requests now on now.report_id = later.id and now.outcome = 'new_received'
join agencies a on a.id = later.agency_id
where max(before.total, now.total) >= 50
    and (now.total > 5 * before.total or before.total > 5 * now.total)
order by later.year desc, max(before.total, now.total) desc
"""

_SOURCE_REVISIONS = """
select r.report_key, a.name as agency, r.year, v.indicator, v.old, v.new, v.noticed
from revisions v join reports r on r.id = v.report_id join agencies a on a.id = r.agency_id
where v.cause = 'source'
order by v.noticed desc
"""

_REFUSED_SOURCES = """
select s.source_id, o.agency, g.name as region, o.listing_url, s.evidence
from source_states s join sources o on o.id = s.source_id left join regions g on g.code = o.region_code
where s.run_id = (select max(run_id) from source_states) and s.state = 'refused'
order by s.source_id
"""

QUESTIONS = {
    "failed_checks": _FAILED_CHECKS,
    "late_reports": _LATE_REPORTS,
    "carry_over_breaks": _CARRY_OVER_BREAKS,
    "refusal_shares": _REFUSAL_SHARES,
    "corrected_decisions": _CORRECTED_DECISIONS,
    "most_requests": _MOST_REQUESTS,
    "jumps": _JUMPS,
    "source_revisions": _SOURCE_REVISIONS,
    "refused_sources": _REFUSED_SOURCES,
}
