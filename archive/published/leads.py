"""The table `leads`: what a journalist may want to ask about, report by report, ranked, made at publication.

A lead is a question to an agency, not a verdict. What the rules found is taken from `checks`; nothing is judged anew.
"""

from __future__ import annotations

from sqlite_utils import Database

from archive.tables.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS

SMALLEST_DENOMINATOR = 20
MOST_RANKED = 1000

_TABLE = """
DROP TABLE IF EXISTS leads;
CREATE TABLE leads (
    story TEXT NOT NULL,
    place INTEGER NOT NULL,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    year INTEGER NOT NULL,
    rule TEXT,
    scope TEXT,
    value ANY,
    against ANY,
    day TEXT,
    PRIMARY KEY (story, place)
) STRICT, WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX leads_by_year ON leads(story, year, place);
CREATE INDEX leads_by_report ON leads(report_id);
"""
_CORRECTED = " + ".join(f"ifnull(m.{column}, 0)" for column in REMEDY_COLUMNS if column.endswith("_corrected"))
_CLOSED_CASES = " + ".join(
    f"ifnull(m.{column}, 0)" for column in REMEDY_COLUMNS if column.endswith(("_upheld", "_corrected", "_other"))
)
_OF_CHECKS = """
SELECT c.report_id, r.year, c.rule, c.scope, c."left", c."right", NULL
FROM checks c JOIN reports r ON r.id = c.report_id WHERE c.result = 'fail' AND
"""

# What each story's rows are: report, year, rule, scope, value, what it is held against, day; in the order of places.
_STORIES = {
    "late_reports": """
        SELECT id, year, NULL, NULL, days_late, NULL, published FROM reports
        WHERE timeliness = 'late' ORDER BY days_late DESC, id
    """,
    "failed_checks": f"""{_OF_CHECKS} c.severity = 'H' AND c.rule NOT GLOB 'B*'
        ORDER BY r.year DESC, abs(c."left" - c."right") DESC, c.id
    """,
    "carry_over_breaks": f"""{_OF_CHECKS} c.rule = 'B1' AND c.scope = 'total'
        ORDER BY abs(c."left" - c."right") DESC, c.id
    """,
    "refusal_shares": f"""
        SELECT r.id, r.year, NULL, NULL, CAST(round(m.refused_share * m.closed) AS INTEGER), m.closed, NULL
        FROM report_measures m JOIN reports r ON r.id = m.report_id
        WHERE m.closed >= {SMALLEST_DENOMINATOR} AND m.refused_share > 0
        ORDER BY m.refused_share DESC, m.closed DESC, r.id
    """,  # noqa: S608  # our own number
    "corrected_decisions": f"""
        SELECT r.id, r.year, NULL, NULL, {_CORRECTED}, {_CLOSED_CASES}, NULL
        FROM remedies m JOIN reports r ON r.id = m.report_id
        WHERE {_CORRECTED} > 0 ORDER BY {_CORRECTED} DESC, r.year DESC, r.id
    """,  # noqa: S608  # our own columns
    "copied_reports": f"""{_OF_CHECKS} c.rule IN ('B6', 'B7')
        ORDER BY c.rule, r.year DESC, iif(c.rule = 'B7', c."left", 0) DESC, c.id
    """,
    "all_zero_reports": f"""
        SELECT r.id, r.year, NULL, NULL, NULL, NULL, NULL FROM reports r
        WHERE (
            EXISTS (SELECT 1 FROM requests q WHERE q.report_id = r.id AND q.total = 0)
            OR EXISTS (SELECT 1 FROM proactive p WHERE p.report_id = r.id AND p.value = 0)
        ) AND NOT EXISTS (
            SELECT 1 FROM requests q WHERE q.report_id = r.id
                AND ({" OR ".join(f"q.{column} <> 0" for column in REQUESTER_COLUMNS)})
        ) AND NOT EXISTS (
            SELECT 1 FROM remedies m WHERE m.report_id = r.id
                AND ({" OR ".join(f"m.{column} <> 0" for column in REMEDY_COLUMNS)})
        ) AND NOT EXISTS (SELECT 1 FROM proactive p WHERE p.report_id = r.id AND p.value <> 0)
        ORDER BY r.year DESC, r.id
    """,  # noqa: S608  # our own columns
    "jumps": f"""{_OF_CHECKS} c.rule = 'B5' AND c.scope = 'new_received'
        ORDER BY r.year DESC, max(c."left", c."right") DESC, c.id
    """,
    "source_revisions": """
        SELECT v.report_id, r.year, NULL, v.indicator, v.new, v.old, v.noticed
        FROM revisions v JOIN reports r ON r.id = v.report_id
        WHERE v.cause = 'source' ORDER BY v.noticed DESC, v.id
    """,
    "most_requests": f"""
        SELECT q.report_id, r.year, NULL, NULL, q.total, NULL, NULL
        FROM requests q JOIN reports r ON r.id = q.report_id
        WHERE q.outcome = 'new_received' AND q.total > 0 ORDER BY q.total DESC LIMIT {MOST_RANKED}
    """,  # noqa: S608  # our own number
}
STORIES = tuple(_STORIES)


def make_leads(db: Database) -> None:
    """Makes the table from what is stored and judged; needs `checks` across reports and `report_measures`."""
    db.executescript(_TABLE)
    for story, rows in _STORIES.items():
        db.execute(
            f"INSERT INTO leads SELECT ?, row_number() OVER (), * FROM ({rows})",  # noqa: S608  # our own queries
            [story],
        )
    db.executescript(_INDEXES)
