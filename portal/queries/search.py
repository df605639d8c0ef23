"""What the search page asks besides the search itself: the years and the regions that one may choose."""

from __future__ import annotations

YEARS = "select (select min(year) from reports) as first, (select max(year) from reports) as last"

REGIONS = """
select g.code, g.name, g.level from regions g
where g.level in ('province', 'city') and exists (select 1 from coverage_areas c where c.code = g.code)
order by g.code
"""
