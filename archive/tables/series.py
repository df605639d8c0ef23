"""Which figures of the forms may stand in one line over the years, and what is derived from them.

A series bears the id of the newest form's cell. A cell of an older form joins it where the forms ask for the same or
nearly the same; a row of 2019 that the form of 2021 divided is the sum of its parts. What the forms' comparison calls
weak, partial or not comparable is chained with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from parsers.forms import Indicator, forms

CHAINS = ("same", "near")
_NEWEST = "form_2021"


@dataclass(frozen=True, slots=True)
class Measure:
    """A share derived from a report's figures: NULL where the denominator is 0 or a cell that it needs is blank."""

    id: str
    name_zh: str
    formula: str
    sql: str
    note: str


_DISCLOSED = "g.total + p.total"
_CASES = "{0}_upheld + {0}_corrected + {0}_other"
_SUITS = f"{_CASES.format('m.suit_direct')} + {_CASES.format('m.suit_after_review')}"

MEASURES = (
    Measure(
        "disclosure_rate",
        "公开率（占全部办结）",
        "(requests.granted.total + requests.granted_part.total) / requests.closed_total.total",
        f"({_DISCLOSED}) * 1.0 / nullif(c.total, 0)",
        "予以公开与部分公开之和占本年度办理结果总计的比例。",
    ),
    Measure(
        "disclosure_rate_decided",
        "公开率（占实体处理）",
        "(requests.granted.total + requests.granted_part.total)"
        " / (requests.closed_total.total - requests.notprocessed_*.total - requests.other*.total)",
        f"({_DISCLOSED}) * 1.0 / nullif(c.total - o.total, 0)",
        "分母不含“不予处理”和“其他处理”，即只算对申请作出实体处理的。",
    ),
    Measure(
        "refused_share",
        "不予公开的比例",
        "sum of requests.refused_*.total / requests.closed_total.total",
        "f.total * 1.0 / nullif(c.total, 0)",
        "不予公开各项之和占本年度办理结果总计的比例；不含“无法提供”和“不予处理”。",
    ),
    Measure(
        "review_corrected_share",
        "行政复议的纠正率",
        "remedies.cases.review_corrected / (review_upheld + review_corrected + review_other)",
        f"m.review_corrected * 1.0 / nullif({_CASES.format('m.review')}, 0)",
        "结果纠正占已审结的比例；尚未审结的不在分母。",
    ),
    Measure(
        "suit_corrected_share",
        "行政诉讼的纠正率",
        "(suit_direct_corrected + suit_after_review_corrected) / the same with upheld and other added",
        f"(m.suit_direct_corrected + m.suit_after_review_corrected) * 1.0 / nullif({_SUITS}, 0)",
        "直接起诉与复议后起诉合计；尚未审结的不在分母。",
    ),
)

_MEASURE_TABLES = f"""
DROP TABLE IF EXISTS report_measures;
CREATE TABLE report_measures (
    report_id INTEGER PRIMARY KEY REFERENCES reports(id),
    closed INTEGER,
    {", ".join(f"{measure.id} REAL" for measure in MEASURES)}
) STRICT;
INSERT INTO report_measures
WITH refused AS (
    SELECT report_id, iif(count(total) = count(*), sum(total), NULL) AS total FROM requests
    WHERE outcome GLOB 'refused_*' GROUP BY report_id
), outside AS (
    SELECT report_id, iif(count(total) = count(*), sum(total), NULL) AS total FROM requests
    WHERE outcome GLOB 'notprocessed_*' OR outcome GLOB 'other*' GROUP BY report_id
)
SELECT r.id, c.total, {", ".join(measure.sql for measure in MEASURES)}
FROM reports r
LEFT JOIN requests c ON c.report_id = r.id AND c.outcome = 'closed_total'
LEFT JOIN requests g ON g.report_id = r.id AND g.outcome = 'granted'
LEFT JOIN requests p ON p.report_id = r.id AND p.outcome = 'granted_part'
LEFT JOIN refused f ON f.report_id = r.id
LEFT JOIN outside o ON o.report_id = r.id
LEFT JOIN remedies m ON m.report_id = r.id;
DROP TABLE IF EXISTS measures;
CREATE TABLE measures (
    id TEXT PRIMARY KEY, name_zh TEXT NOT NULL, formula TEXT NOT NULL, note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""  # noqa: S608  # built from the names in this module only


def fill_series(db: Database) -> None:
    """Brings the table `series` to what the forms say, within the caller's transaction."""
    db.execute("DELETE FROM series")
    db.conn.executemany("INSERT INTO series VALUES (?, ?, ?, ?, ?)", list(_links()))


def make_measures(db: Database) -> None:
    """Makes the tables `measures` (with formulas) and `report_measures`."""
    db.executescript(_MEASURE_TABLES)
    rows = [(measure.id, measure.name_zh, measure.formula, measure.note) for measure in MEASURES]
    db.conn.executemany("INSERT INTO measures VALUES (?, ?, ?, ?)", rows)


def _links() -> Iterator[tuple[str, str, str, str, int]]:
    """Form, indicator, series, how far it is comparable, and whether the series is the sum of several such cells."""
    cells = {(form.id, cell.id): cell for form in forms().values() for cell in form.indicators()}
    for (form, name), cell in cells.items():
        if cell.comparability == "part_of" and form == _NEWEST and cell.comparable_to is not None:
            yield form, name, cell.comparable_to.partition(":")[2], "sum", 1
        yield form, name, *_series(cells, cell), 0


def _series(cells: dict[tuple[str, str], Indicator], cell: Indicator) -> tuple[str, str]:
    """Follows the forms' comparison from form to form up to the newest that goes on."""
    strength = "same"
    while cell.form != _NEWEST and cell.comparability in CHAINS and cell.comparable_to:
        form, _, name = cell.comparable_to.partition(":")
        following = cells.get((form, name))
        if following is None:
            break
        strength = "near" if "near" in (strength, cell.comparability) else "same"
        cell = following
    return cell.id, strength
