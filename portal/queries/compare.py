"""What a comparison asks: the chosen agencies, their reports, figures that stand in one line, and others like them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

CHOSEN = """
select a.id, a.line, a.key, a.name, a.region_code, a.kind, a.field, a.level, g.name as region
from json_each(:keys) j join agencies a on a.key = j.value left join regions g on g.code = a.region_code
order by j.key
"""

REPORTS = """
select r.id, r.report_key, r.year, r.scope, r.form, r.checks_failed, a.line
from json_each(:lines) j cross join agencies a on a.line = j.value cross join reports r on r.agency_id = a.id
where r.year between :first and :last order by r.year, r.id
"""

PRESENCE = """
select y.agency_id as line, y.year, y.presence
from json_each(:lines) j cross join agency_years y on y.agency_id = j.value
"""

FIND = """
select a.key, a.name, a.region_code, g.name as region from agencies a left join regions g on g.code = a.region_code
where (instr(a.name, :q) or instr(ifnull(g.name, ''), :q)) and a.line = a.id limit :n
"""

ALIKE = """
select a.key, a.name, a.region_code, g.name as region from agencies a left join regions g on g.code = a.region_code
where a.field = :field and a.kind is :kind and a.level is :level and a.line = a.id limit :n
"""

OFFERED = """
select id, "table", table_zh, row_zh, col_zh, label_en, unit, position from indicators
where form = 'form_2021' and ("table" <> 'requests' or "column" = 'total') order by position
"""

SERIES_LABEL = """
select i.row_zh, i.col_zh, i.unit, i.label_en from indicators i where i.id = :series
order by form <> 'form_2021', form = 'stat_2014'
limit 1
"""

# The share of each measure, and what it is a share of.
_MEASURED = {
    "disclosure_rate": "m.closed",
    "disclosure_rate_decided": "m.closed",
    "refused_share": "m.closed",
    "review_corrected_share": "v.review_upheld + v.review_corrected + v.review_other",
    "suit_corrected_share": "v.suit_direct_upheld + v.suit_direct_corrected + v.suit_direct_other"
    " + v.suit_after_review_upheld + v.suit_after_review_corrected + v.suit_after_review_other",
}


def figures_of(reports: Iterable[int]) -> str:
    """The figures of a series (:series) in some reports, named by their ids.

    The ids stand in the query itself: only then does SQLite carry them into the view.
    """
    return f"""
select report_id, value, comparability, made_of from figures_series
where series = :series and report_id in ({_ids(reports)})
"""  # noqa: S608  # numbers


def measured_of(measure: str, reports: Iterable[int]) -> str:
    """A measure, which must be one of `MEASURED`, in some reports, with what it is a share of."""
    return f"""
select m.report_id, m.{measure} as value, {_MEASURED[measure]} as whole
from report_measures m left join remedies v on v.report_id = m.report_id where m.report_id in ({_ids(reports)})
"""  # noqa: S608  # a name of our own and numbers


MEASURED = tuple(_MEASURED)


def file_of(series: Sequence[str], reports: Iterable[int]) -> str:
    """Every figure and measure of a comparison, one a row; :s0, :s1… are the series in the order of `series`."""
    ids = _ids(reports)
    parts = [
        f"""select :s{at} as series, report_id, value, null as share_of, comparability, made_of from figures_series
where series = :s{at} and report_id in ({ids})"""  # noqa: S608  # numbers
        if name not in _MEASURED
        else f"""select :s{at} as series, m.report_id, m.{name} as value, {_MEASURED[name]} as share_of,
    null as comparability, null as made_of
from report_measures m left join remedies v on v.report_id = m.report_id where m.report_id in ({ids})"""  # noqa: S608
        for at, name in enumerate(series)
    ]
    return f"""
select f.series, a.name as agency, a.key as agency_key, g.name as region, r.year, r.scope, r.form, f.value, f.share_of,
    f.comparability, f.made_of, r.checks_failed, r.report_key, r.url
from ({" union all ".join(parts)}) f join reports r on r.id = f.report_id
join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
order by f.series, a.key, r.year, r.scope
"""  # noqa: S608  # numbers


def _ids(reports: Iterable[int]) -> str:
    return ", ".join(str(int(report)) for report in reports)
