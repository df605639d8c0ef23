"""The official wording of the forms' indicators."""

from __future__ import annotations

LABELS = """
select "table", "row", "column", id, row_zh, col_zh, unit, note from indicators order by form desc, position
"""

FORM = """
select id, "table", "row", "column", table_zh, row_zh, col_zh, unit, comparability
from indicators where form = :form order by position
"""
