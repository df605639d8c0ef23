"""What the pages of agencies ask: the list of them, and all years of one."""

from __future__ import annotations

AGENCY = """
select a.*, g.name as region from agencies a left join regions g on g.code = a.region_code where a.key = :agency_key
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

AGENCY_REUSE = """
select report_id, section_1, section_5, section_6 from text_reuse
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
