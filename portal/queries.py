"""Every SQL query of the portal, where a test can explain it."""

from __future__ import annotations

# --- the dictionary -------------------------------------------------------------------------------------------------

LABELS = """
select "table", "row", "column", id, row_zh, col_zh, unit, note from indicators order by form desc, position
"""

FORM = """
select id, "table", "row", "column", table_zh, row_zh, col_zh, unit, comparability
from indicators where form = :form order by position
"""

# --- the front page -------------------------------------------------------------------------------------------------

TOTALS = """
select
    (select count(*) from reports) as reports,
    (select count(*) from agencies) as agencies,
    (select count(distinct region_code) from agencies) as regions,
    (select min(year) from reports) as first_year,
    (select max(year) from reports) as last_year,
    (select count(*) from reports where checks_failed > 0) as failed
"""

_REPORT_LINE = """
select r.report_key, r.title, r.year, r.published, r.timeliness, r.days_late, r.checks_failed, r.withdrawn,
    a.name as agency, a.key as agency_key, g.name as region, a.region_code
from reports r join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
"""

LATEST_REPORTS = f"{_REPORT_LINE} order by r.published desc limit :n"

# The plus keeps SQLite on the index by date: the newest are found without sorting all that fail.
FAILED_REPORTS = f"{_REPORT_LINE} where +r.checks_failed > 0 order by r.published desc limit :n"

LAST_RUN = """
select id, command, started, ended, finished from runs where id = (select max(run_id) from source_states)
"""

RUN_STATES = """
select state, count(*) as n from source_states where run_id = :run group by state order by n desc
"""

TROUBLED_SOURCES = """
select s.state, s.evidence, o.id, o.agency, o.listing_url, g.name as region
from source_states s join sources o on o.id = s.source_id left join regions g on g.code = o.region_code
where s.run_id = :run and s.state not in ('ok', 'unchanged')
order by s.state, o.id limit :n
"""

COVERAGE = "select * from coverage order by region_code, year"

# --- downloads ------------------------------------------------------------------------------------------------------

COUNT = 'select count(*) from "{table}"'  # of a name in downloads.TABLES

PUBLISHED_ON = "select max(ended) from runs"

# --- a report -------------------------------------------------------------------------------------------------------

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
from claims where report_id = :report order by section, span_start
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

# --- an agency, a region --------------------------------------------------------------------------------------------

AGENCY = """
select a.*, g.name as region from agencies a left join regions g on g.code = a.region_code where a.key = :key
"""

AGENCY_REPORTS = """
select id, report_key, year, scope, form, title, url, published, timeliness, days_late, checks_failed, withdrawn
from reports where agency_id in (select id from agencies where line = (select line from agencies where id = :agency))
order by year, scope
"""

AGENCY_YEARS = """
select year, presence from agency_years
where agency_id = (select line from agencies where id = :agency) order by year
"""

AGENCY_REQUESTS = """
select q.report_id, q.outcome, q.total from requests q
where q.report_id in (
    select id from reports where agency_id in (
        select id from agencies where line = (select line from agencies where id = :agency)
    )
)
"""

AGENCY_REMEDIES = """
select report_id, review_total, suit_direct_total, suit_after_review_total from remedies
where report_id in (
    select id from reports where agency_id in (
        select id from agencies where line = (select line from agencies where id = :agency)
    )
)
"""

FIND_AGENCIES = """
select f.*, (select count(*) from reports r where r.agency_id = f.id) as reports,
    (select min(year) from reports r where r.agency_id = f.id) as first_year,
    (select max(year) from reports r where r.agency_id = f.id) as last_year
from (
    select a.id, a.key, a.name, a.region_code, g.name as region
    from agencies a left join regions g on g.code = a.region_code
    where :q = '' or instr(a.name, :q) or instr(ifnull(g.name, ''), :q)
    order by a.region_code, a.id limit :n
) f
"""

REGION = "select code, name, level, parent from regions where code = :code"

REGION_PARTS = """
select code, name, level from regions g
where parent = :code and exists (select 1 from agency_years y where y.region_code = g.code)
order by code
"""

REGION_AGENCIES = """
select y.agency, a.key, y.year, y.presence, y.report_key, r.checks_failed
from agency_years y left join agencies a on a.id = y.agency_id left join reports r on r.report_key = y.report_key
where y.region_code = :code order by a.kind is not 'government', y.agency, y.year
"""

# --- ready questions (each is a page of Datasette with CSV and JSON) -------------------------------------------------

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
