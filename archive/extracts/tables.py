"""What people take away: the extracts, each with its query, its columns' types, and a sentence on what a row is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.tables.cells import long_rows
from archive.tables.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS

_WHO = "r.report_key, a.name AS agency, a.region_code, g.name AS region, r.year"
_FROM_REPORTS = "JOIN agencies a ON a.id = r.agency_id LEFT JOIN regions g ON g.code = a.region_code"

# What happened to reports and figures, oldest first. A correction bears its day only.
CHANGES = f"""
SELECT c.noticed, c.kind, {_WHO}, c.indicator, c.old, c.new, c.why, r.url
FROM (
    SELECT id AS report_id, first_seen AS noticed, 'new' AS kind, NULL AS indicator, NULL AS old, NULL AS new,
        NULL AS why FROM reports
    UNION ALL SELECT report_id, noticed, 'revised', indicator, old, new, cause FROM revisions
    UNION ALL SELECT id, withdrawn, 'withdrawn', NULL, NULL, NULL, NULL FROM reports WHERE withdrawn IS NOT NULL
    UNION ALL SELECT r.id, c."when", 'corrected', c.indicator, NULL, c.value, c.why
        FROM corrections c JOIN reports r ON r.report_key = c.report_key WHERE c.lapsed IS NULL
) c JOIN reports r ON r.id = c.report_id {_FROM_REPORTS} ORDER BY c.noticed, r.id, c.kind, c.indicator
"""  # noqa: S608  # our own columns

INTEGERS = frozenset(
    [
        *("year", "days_late", "checks_failed", "version", "corrected", "section", "tally", "since", "until", "closed"),
        *("expected", "found", "late", "missing", "unknown", "refused", *REQUESTER_COLUMNS, *REMEDY_COLUMNS),
    ]
)
NUMBERS = frozenset(("value", "read_value", "low", "high", "left", "right"))
DATES = frozenset(("published", "deadline", "period_from", "period_to"))


@dataclass(frozen=True, slots=True)
class Extract:
    """One extract: `name` is that of its file without the ending, `row` says what a row is.

    `rows` makes the rows of the query in a quicker way than by it.
    """

    name: str
    query: str
    row: str
    rows: Callable[[Database], Iterator[tuple[Any, ...]]] | None = None

    def read(self, db: Database) -> Iterator[tuple[Any, ...]]:
        """The rows."""
        return iter(db.execute(self.query)) if self.rows is None else self.rows(db)


EXTRACTS = (
    Extract("figures-wide", "SELECT * FROM figures_wide", "a report, one column an indicator"),
    Extract(
        "figures-long",
        "SELECT report_key, agency, region_code, region, year, form, indicator, value, read_value, corrected"
        " FROM figures",
        "a figure",
        long_rows,
    ),
    Extract(
        "reports",
        f"""SELECT {_WHO}, r.scope, r.form, r.title, r.url, r.published, r.deadline, r.days_late, r.timeliness,
        r.period_from, r.period_to, r.media, r.status, r.version, r.checks_failed, r.first_seen, r.withdrawn,
        s.fetched, s.sha256 AS page_sha256, d.closed, d.disclosure_rate, d.disclosure_rate_decided, d.refused_share,
        d.review_corrected_share, d.suit_corrected_share
        FROM reports r {_FROM_REPORTS} LEFT JOIN snapshots s ON s.id = r.snapshot_id
        LEFT JOIN report_measures d ON d.report_id = r.id ORDER BY r.id""",  # noqa: S608  # our own columns
        "a report, with its page, its dates and the shares derived from its figures",
    ),
    Extract(
        "requests",
        f"SELECT {_WHO}, q.outcome, {', '.join(f'q.{column}' for column in REQUESTER_COLUMNS)}"  # noqa: S608  # our own columns
        f" FROM requests q JOIN reports r ON r.id = q.report_id {_FROM_REPORTS} ORDER BY q.report_id, q.outcome",
        "a row of section three: an outcome of requests, by kind of applicant",
    ),
    Extract(
        "remedies",
        f"SELECT {_WHO}, {', '.join(f'm.{column}' for column in REMEDY_COLUMNS)}"  # noqa: S608  # our own columns
        f" FROM remedies m JOIN reports r ON r.id = m.report_id {_FROM_REPORTS} ORDER BY m.report_id",
        "a report's section four",
    ),
    Extract(
        "proactive",
        f"SELECT {_WHO}, p.indicator, p.value FROM proactive p JOIN reports r ON r.id = p.report_id {_FROM_REPORTS}"  # noqa: S608  # our own columns
        " ORDER BY p.report_id, p.indicator",
        "any other cell of the form",
    ),
    Extract(
        "claims",
        f"""SELECT {_WHO}, c.code, c.value, c.low, c.high, c.qualifier, c.unit, c.section, c.sentence
        FROM claims c JOIN reports r ON r.id = c.report_id {_FROM_REPORTS} ORDER BY c.id""",  # noqa: S608  # our own columns
        "a figure stated in running text",
    ),
    Extract(
        "checks",
        f"""SELECT {_WHO}, c.rule, c.scope, c."left", c."right", c.result, c.severity, c.explanation, c.tally
        FROM checks c JOIN reports r ON r.id = c.report_id {_FROM_REPORTS} ORDER BY c.id""",  # noqa: S608  # our own columns
        "a rule that did not pass, or how often one passed; a fail is a question to the agency, never a verdict",
    ),
    Extract("changes", CHANGES, "a change: a report that is new or withdrawn, a figure that was revised or corrected"),
    Extract("coverage", "SELECT * FROM coverage", "a region and year: reports expected, found, late, missing"),
    Extract(
        "agencies",
        """SELECT a.key, a.name, a.region_code, g.name AS region, a.level, a.kind, a.field, l.key AS line
        FROM agencies a LEFT JOIN regions g ON g.code = a.region_code LEFT JOIN agencies l ON l.id = a.line
        ORDER BY a.id""",
        "an agency; `line` is the key of its newest name",
    ),
    Extract(
        "dictionary",
        """SELECT i.id, i.form, i.table_zh, i.row_zh, i.col_zh, i.label_en, i.unit, i.dtype, i.since, i.until,
        i.comparable_to, i.comparability, s.series, i.note
        FROM indicators i LEFT JOIN series s ON s.form = i.form AND s.indicator = i.id AND NOT s.part
        ORDER BY i.form DESC, i.position""",
        "an indicator: what its cell is called, counts, and may be compared with",
    ),
    Extract("measures", "SELECT * FROM measures", "a share derived from the figures, with its formula"),
)


def column_types(db: Database, extract: Extract) -> Mapping[str, str]:
    """Every column of an extract with its type: string, integer, number or date (Table Schema's names)."""
    if extract.name.startswith("figures-wide"):
        declared = {name: kind for _, name, kind, *_ in db.execute("SELECT * FROM pragma_table_info('figures_wide')")}
        return {name: _declared(name, kind) for name, kind in declared.items()}
    names = [name for name, *_ in db.execute(f"SELECT * FROM ({extract.query}) LIMIT 0").description]  # noqa: S608  # ours
    return {name: _known(extract, name) for name in names}


def _declared(name: str, kind: str) -> str:
    return "date" if name in DATES else {"INTEGER": "integer", "REAL": "number"}.get(kind, "string")


def _known(extract: Extract, name: str) -> str:
    if name in DATES:
        return "date"
    if extract.name == "agencies":
        return "string"
    if name in NUMBERS or name.endswith(("_rate", "_rate_decided", "_share")):
        return "number"
    return "integer" if name in INTEGERS else "string"


def parts(db: Database) -> Iterator[Extract]:
    """The wide file once a year and once a province."""
    for (year,) in db.execute("SELECT DISTINCT year FROM figures_wide ORDER BY year").fetchall():
        query = f"SELECT * FROM figures_wide WHERE year = {int(year)}"  # noqa: S608  # a number
        yield Extract(f"figures-wide-{year}", query, f"a report of {year}")
    for code in provinces(db):
        query = f"SELECT * FROM figures_wide WHERE region_code >= '{code}0000' AND region_code <= '{code}9999'"  # noqa: S608  # digits
        yield Extract(f"figures-wide-province-{code}0000", query, f"a report from the province {code}0000")


def provinces(db: Database) -> list[str]:
    """The first two digits of the provinces from which there are reports."""
    rows = db.execute(
        "SELECT DISTINCT substr(region_code, 1, 2) FROM agencies WHERE region_code IS NOT NULL ORDER BY 1"
    )
    return [code for (code,) in rows if len(code) == 2 and code.isdecimal()]
