"""The official wording of the forms' indicators."""

from __future__ import annotations

LABELS = """
select "table", "row", "column", id, row_zh, col_zh, unit, note, label_en from indicators
order by form <> 'form_2021', form = 'stat_2014', position
"""

FORM = """
select id, "table", "row", "column", table_zh, row_zh, col_zh, label_en, unit, comparability
from indicators where form = :form order by position
"""
