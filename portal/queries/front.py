"""What the front page asks: totals, coverage, the newest reports, the last crawl."""

from __future__ import annotations

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
