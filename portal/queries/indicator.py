"""What the pages of indicators ask: their official wording, their years, how they are spread, and both ends."""

from __future__ import annotations

LIST = """
select id, form, "table", table_zh, "row", row_zh, "column", col_zh, label_en from indicators
order by form <> 'form_2021', form = 'stat_2014', position
"""

FORMS = """
select form, table_zh, row_zh, col_zh, label_en, unit, dtype, since, until, comparable_to, comparability, note
from indicators where id = :indicator order by form <> 'form_2021', form = 'stat_2014'
"""

YEARS = """
select s.year, s.scope, group_concat(s.form) as forms, sum(s.numbers) as numbers, sum(s.zeros) as zeros,
    sum(s.total) as total, max(s.largest) as largest,
    (
        select m.median from indicator_medians m
        where m.indicator = s.indicator and m.year = s.year and m.scope = s.scope
    ) as median
from indicator_summaries s where s.indicator = :indicator group by s.year, s.scope order by s.year, s.scope
"""

CLASSES = """
select low, reports from indicator_classes
where indicator = :indicator and year = :year and scope = :scope order by low
"""

ENDS = """
select e.place, e.value, e.report_key, r.checks_failed, r.withdrawn, a.name as agency, a.key as agency_key,
    a.region_code, g.name as region
from indicator_ranks e join reports r on r.report_key = e.report_key
join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
where e.indicator = :indicator and e.year = :year and e.scope = :scope
order by e.place < 0, abs(e.place)
"""

SERIES = """
select s.form, s.indicator, s.comparability, s.part from series s
where s.series = :indicator order by s.form, s.indicator
"""


def values_of(indicator: str, year: int | None) -> str:
    """Every report's value of an indicator, which must be in the dictionary, of one year or of all."""
    column = indicator.replace(".", "_")
    chosen = "year = :year and" if year else ""
    return f"""
select report_key, agency, region_code, region, year, form, scope, "{column}" as value, checks_failed, url
from figures_wide where {chosen} "{column}" is not null
"""  # noqa: S608  # a column of the dictionary
