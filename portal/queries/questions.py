"""Ready questions: each is a page of Datasette with CSV and JSON, and a story of the portal."""

from __future__ import annotations

from portal.queries.stories import REFUSED_FILE


def _question(story: str, columns: str) -> str:
    return f"""
select r.report_key, a.name as agency, g.name as region, r.year, {columns}
from leads l join reports r on r.id = l.report_id
join agencies a on a.id = r.agency_id left join regions g on g.code = a.region_code
where l.story = '{story}' order by l.place
"""  # noqa: S608  # the names below


_PLACE = """coalesce(
        (select row_zh from indicators i
            where i.form = r.form and i."table" = 'requests' and i."row" = l.scope limit 1),
        (select col_zh from indicators i where i.form = r.form and i."column" = l.scope limit 1),
        l.scope
    ) as place"""

_COLUMNS = {
    "late_reports": "r.published, r.deadline, l.value as days_late, r.url",
    "failed_checks": f'l.rule, {_PLACE}, l.value as "left", l.against as "right"',
    "carry_over_breaks": "l.against as carried_out_before, l.value as carried_in_now",
    "refusal_shares": "l.value as refused, l.against as closed_total, "
    "round(100.0 * l.value / l.against, 1) as refused_percent",
    "corrected_decisions": "l.value as corrected_cases, l.against as closed_cases",
    "copied_reports": "l.rule, l.scope as place, l.value as similarity",
    "all_zero_reports": "r.published, r.url",
    "jumps": "l.against as received_before, l.value as received_now",
    "source_revisions": "l.scope as indicator, l.against as old, l.value as new, l.day as noticed",
    "most_requests": "r.scope, l.value as new_received",
}
QUESTIONS = {story: _question(story, columns) for story, columns in _COLUMNS.items()} | {
    "refused_sources": REFUSED_FILE
}
