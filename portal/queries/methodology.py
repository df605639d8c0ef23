"""What the methodology asks: how much of what is expected was found, and the forms with their years."""

from __future__ import annotations

COVERAGE = """
select sum(expected) as expected, sum(found) as found, sum(late) as late, sum(missing) as missing,
    sum(unknown) as unknown, sum(refused) as refused, min(year) as first_year, max(year) as last_year,
    count(distinct region_code) as regions
from coverage
"""

FORMS = """
select form, min(since) as since, max(until) as until, count(*) as indicators, group_concat(distinct table_zh) as tables
from indicators group by form order by min(since) desc
"""

SOURCES = "select count(*) as sources from sources"

# GB/T 2260 has no province 99: it is that of the example municipality, which does not exist.
INVENTED = "select exists (select 1 from agencies where region_code >= '99' and region_code < '9a') as invented"
