"""The view `figures`: one row a figure, put together from the tables that hold the figures compactly."""

from __future__ import annotations

REQUESTER_COLUMNS = (
    "natural_person",
    "org_business",
    "org_research",
    "org_public_benefit",
    "org_legal_service",
    "org_other",
    "total",
)
REMEDY_COLUMNS = tuple(
    f"{remedy}_{outcome}"
    for remedy in ("review", "suit_direct", "suit_after_review")
    for outcome in ("upheld", "corrected", "other", "pending", "total")
)


def _cases(table: str, columns: tuple[str, ...]) -> str:
    whens = " ".join(f"WHEN '{column}' THEN {table}.{column}" for column in columns)
    return f'CASE i."column" {whens} END'


def _branch(read_value: str, indicator: str, tables: str) -> str:
    return f"""
SELECT
    r.id AS report_id, r.report_key, a.name AS agency, a.region_code, g.name AS region, r.year, r.form,
    {indicator} AS indicator,
    CASE WHEN c.report_key IS NULL THEN {read_value} ELSE c.value END AS value,
    {read_value} AS read_value,
    c.report_key IS NOT NULL AS corrected
FROM {tables}
JOIN agencies a ON a.id = r.agency_id
LEFT JOIN regions g ON g.code = a.region_code
LEFT JOIN corrections c ON c.report_key = r.report_key AND c.indicator = {indicator} AND c.lapsed IS NULL
"""  # noqa: S608  # built from the names in this module only


# The dictionary drives the two wide tables: a question for one indicator and one for one report both find their rows
# by an index. Each branch is whole, so that SQLite can carry a condition on the view into it.
FIGURES_VIEW = " UNION ALL ".join(
    (
        _branch(
            _cases("q", REQUESTER_COLUMNS),
            "i.id",
            """requests q JOIN reports r ON r.id = q.report_id
JOIN indicators i ON i.form = r.form AND i."table" = 'requests' AND i."row" = q.outcome""",
        ),
        _branch(
            _cases("m", REMEDY_COLUMNS),
            "i.id",
            """remedies m JOIN reports r ON r.id = m.report_id
JOIN indicators i ON i.form = r.form AND i."table" = 'remedies'""",
        ),
        _branch("p.value", "p.indicator", "proactive p JOIN reports r ON r.id = p.report_id"),
    )
)
