"""What the pages of stories ask: the leads of a story in their order, how many there are, by year, and as a file."""

from __future__ import annotations

COUNT = "select ifnull(max(place), 0) as n from leads where story = :story"

YEARS = "select year, count(*) as n from leads where story = :story group by year order by year desc"

_LINE = """
select l.place, l.year, l.rule, l.scope, l.value, l.against, l.day, r.report_key, r.title, r.url, r.withdrawn,
    r.scope as report_scope, a.name as agency, a.key as agency_key, a.region_code, g.name as region
from leads l join reports r on r.id = l.report_id
join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
"""

LEADS = f"{_LINE} where l.story = :story and l.place > :after order by l.place limit :n"

LEADS_OF_YEAR = f"{_LINE} where l.story = :story and l.year = :year and l.place > :after order by l.place limit :n"

REFUSED_COUNT = """
select count(*) as n from source_states
where run_id = (select max(run_id) from source_states) and state = 'refused'
"""

REFUSED_SOURCES = """
select s.source_id, o.agency, o.region_code, g.name as region, o.listing_url, s.evidence
from source_states s join sources o on o.id = s.source_id left join regions g on g.code = o.region_code
where s.run_id = (select max(run_id) from source_states) and s.state = 'refused'
order by s.source_id limit :n offset :after
"""

NAMES = """
select id, "row", "column", row_zh, col_zh, label_en from indicators
order by form <> 'form_2021', form = 'stat_2014', "table" not in ('requests', 'remedies'), position
"""

FILE = """
select r.report_key, a.name as agency, a.region_code, g.name as region, r.year, r.scope, r.title, l.rule,
    l.scope as place, l.value, l.against, l.day, r.url
from leads l join reports r on r.id = l.report_id
join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
where l.story = :story and (:year is null or l.year = :year) order by l.place
"""

REFUSED_FILE = """
select s.source_id, o.agency, o.region_code, g.name as region, o.listing_url, s.evidence
from source_states s join sources o on o.id = s.source_id left join regions g on g.code = o.region_code
where s.run_id = (select max(run_id) from source_states) and s.state = 'refused'
order by s.source_id
"""
