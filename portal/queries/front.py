"""What the front page asks: totals, coverage, the newest reports and revisions, figures of the year, the last crawl."""

from __future__ import annotations

TOTALS = """
select
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

LATEST_REVISIONS = """
select v.indicator, v.old, v.new, v.noticed, r.report_key, r.year, a.name as agency, i.row_zh, i.col_zh
from revisions v join reports r on r.id = v.report_id join agencies a on a.id = r.agency_id
left join indicators i on i.id = v.indicator and i.form = r.form
where v.cause = 'source' order by v.noticed desc limit :n
"""

# The figures of the year, in the order in which they are shown.
YEAR_FIGURES = """
select s.indicator, s.year, s.scope, sum(s.numbers) as numbers, sum(s.total) as total
from json_each(:indicators) j cross join indicator_summaries s on s.indicator = j.value
group by j.key, s.indicator, s.year, s.scope order by j.key, s.year desc
"""

LABELS = """
select i.id, i.row_zh, i.col_zh, i.label_en
from json_each(:indicators) j join indicators i on i.id = j.value and i.form = 'form_2021'
"""

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

REGIONS_COVERED = "select count(*) as n from (select distinct region_code from coverage limit :n)"

COVERAGE = "select * from coverage order by region_code, year"

COVERAGE_OF_PROVINCES = """
select c.code as region_code, g.name as region, c.* from coverage_areas c left join regions g on g.code = c.code
where c.code like '%0000' order by c.code, c.year
"""
