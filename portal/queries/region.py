"""What a region's page asks: its divisions and its agencies by year."""

from __future__ import annotations

REGION = """
select g.code, g.name, g.level, g.parent, p.name as parent_name
from regions g left join regions p on p.code = g.parent where g.code = :code
"""

REGION_PARTS = """
select c.code as region_code, g.name as region, c.* from regions g cross join coverage_areas c on c.code = g.code
where g.parent = :code order by c.code, c.year
"""

REGION_COVERAGE = "select * from coverage_areas where code = :code order by year"

REGION_TREND = """
select year, scope, count(requests_new_received_total) as numbers, sum(requests_new_received_total) as total,
    sum(requests_closed_total_total) as closed, group_concat(distinct form) as forms
from figures_wide where region_code = :code group by year, scope order by year
"""

REGION_AGENCIES = """
select y.agency, a.key, y.year, y.presence, y.report_key, r.checks_failed
from agency_years y left join agencies a on a.id = y.agency_id left join reports r on r.report_key = y.report_key
where y.region_code = :code order by a.kind is not 'government', y.agency, y.year
"""
