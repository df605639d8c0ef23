"""What a region's page asks: its divisions and its agencies by year."""

from __future__ import annotations

REGION = "select code, name, level, parent from regions where code = :code"

REGION_PARTS = """
select code, name, level from regions g
where parent = :code and exists (select 1 from agency_years y where y.region_code = g.code)
order by code
"""

REGION_AGENCIES = """
select y.agency, a.key, y.year, y.presence, y.report_key, r.checks_failed
from agency_years y left join agencies a on a.id = y.agency_id left join reports r on r.report_key = y.report_key
where y.region_code = :code order by a.kind is not 'government', y.agency, y.year
"""
