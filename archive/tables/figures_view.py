"""The views `figures` and `figures_series`: one row a figure, put together from the tables that hold them compactly."""

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


def _series_branch(read_value: str, tables: str) -> str:
    return f"""
SELECT
    r.id AS report_id, r.report_key, a.name AS agency, a.region_code, g.name AS region, r.year, r.form,
    s.series, s.comparability, s.indicator AS made_of,
    CASE WHEN c.report_key IS NULL THEN {read_value} ELSE c.value END AS value
FROM series s {tables}
JOIN agencies a ON a.id = r.agency_id
LEFT JOIN regions g ON g.code = a.region_code
LEFT JOIN corrections c ON c.report_key = r.report_key AND c.indicator = s.indicator AND c.lapsed IS NULL
WHERE NOT s.part
"""  # noqa: S608  # built from the names in this module only


def _sum_branch(parts: tuple[str, ...]) -> str:
    """Rows that a newer form has in the place of one row: their sum, cell by cell, NULL where one of them is."""
    cells = [
        f"CASE WHEN c{at}.report_key IS NULL THEN {_cases(f'q{at}', REQUESTER_COLUMNS)} ELSE c{at}.value END"
        for at in range(len(parts))
    ]
    joins = "\n".join(
        f"""JOIN requests q{at} ON q{at}.report_id = r.id AND q{at}.outcome = '{part}'
LEFT JOIN corrections c{at} ON c{at}.report_key = r.report_key
    AND c{at}.indicator = 'requests.{part}.' || i."column" AND c{at}.lapsed IS NULL"""
        for at, part in enumerate(parts)
    )
    names = " || ' + ' || ".join(f"'requests.{part}.' || i.\"column\"" for part in parts)
    return f"""
SELECT
    r.id, r.report_key, a.name, a.region_code, g.name, r.year, r.form, s.series, s.comparability,
    {names}, {" + ".join(cells)}
FROM series s
JOIN indicators i ON i.id = s.indicator AND i.form = s.form
JOIN reports r ON r.form = s.form
{joins}
JOIN agencies a ON a.id = r.agency_id
LEFT JOIN regions g ON g.code = a.region_code
WHERE s.part AND i."row" = '{parts[0]}'
"""  # noqa: S608  # built from the names in this module only


# The row of 2019 that the form of 2021 divided.
OTHER_OUTCOMES = ("other_no_correction", "other_fee_unpaid", "other_other")
FIGURES_SERIES_VIEW = " UNION ALL ".join(
    (
        _series_branch(
            _cases("q", REQUESTER_COLUMNS),
            """JOIN indicators i ON i.id = s.indicator AND i.form = s.form AND i."table" = 'requests'
JOIN requests q ON q.outcome = i."row" JOIN reports r ON r.id = q.report_id AND r.form = s.form""",
        ),
        _series_branch(
            _cases("m", REMEDY_COLUMNS),
            """JOIN indicators i ON i.id = s.indicator AND i.form = s.form AND i."table" = 'remedies'
JOIN reports r ON r.form = s.form JOIN remedies m ON m.report_id = r.id""",
        ),
        _series_branch(
            "p.value",
            "JOIN proactive p ON p.indicator = s.indicator JOIN reports r ON r.id = p.report_id AND r.form = s.form",
        ),
        _sum_branch(OTHER_OUTCOMES),
    )
)
