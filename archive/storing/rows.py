"""A report as the rows that hold it: numbers in their tables, everything else about a cell in its note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from archive.states import ReportStatus
from archive.storing.digest import compact
from archive.storing.sheets import Holds, Sheet, sheet_of
from archive.tables.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS
from archive.tables.places import pack
from parsers.model import Figure, Number, Report, json_number

_LARGEST = 2**63 - 1

Row = tuple[Any, ...]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "requests": ("outcome", *REQUESTER_COLUMNS),
    "remedies": REMEDY_COLUMNS,
    "proactive_cells": ("indicator_id", "value"),
    "cell_notes": ("indicator", "kind", "raw", "unit", "note", "method"),
    "evidence": ("layout_id", "table", "scope", "snapshot_id", "places", "elsewhere"),
    "claims": (
        "code", "value", "low", "high", "qualifier", "unit", "section", "sentence", "span_start", "span_end"
    ),
    "sections": ("number", "heading", "text"),
    "other_tables": ("section", "caption", "rows", "at"),
    "checks": ("rule", "scope", "left", "right", "result", "severity", "explanation", "tally"),
}  # fmt: skip
"""What a row of each table holds of a report, in this order; names of cells and layouts are still without a number."""


@dataclass(frozen=True, slots=True)
class ReportRows:
    """What a report puts into each of the tables of `COLUMNS`; its figures as they are stored; how complete it is.

    The rows of `evidence` name documents by their rank among those that the report was read from.
    """

    tables: Mapping[str, Sequence[Row]]
    values: Mapping[str, int | float | None]
    status: ReportStatus
    checks_failed: int

    def filed(self, snapshots: Sequence[int]) -> Iterator[tuple[str, Sequence[Row]]]:
        """The rows of each table as they are stored, of a report that was read from `snapshots`, by their rank."""
        for table, found in self.tables.items():
            yield table, [_filed(row, snapshots) for row in found] if table == "evidence" else found


def rows(report: Report) -> ReportRows:
    """The rows of a report.

    A number that its column cannot hold (a fraction in a count, more than 64 bits) is NULL there, and its raw text is
    in `cell_notes`.
    """
    names, figures = tuple(report.figures), tuple(report.figures.values())
    sheet = sheet_of(report.form, names)
    values = tuple([_stored(figure.value, holds) for figure, holds in zip(figures, sheet.holds, strict=True)])
    held = (*values, None)
    tables: Mapping[str, Sequence[Row]] = {
        "requests": [(outcome, *[held[at] for at in cells]) for outcome, cells in sheet.requests],
        "remedies": [tuple([held[at] for at in sheet.remedies])] if sheet.remedies else [],
        "proactive_cells": [(names[at], values[at]) for at in sheet.others],
        "cell_notes": [
            (name, figure.kind, figure.raw, figure.unit, figure.note, figure.method)
            for name, figure, value, unit in zip(names, figures, values, sheet.units, strict=True)
            if value is None or not _plain(figure, unit)
        ],
        "evidence": list(_evidence(report, sheet, figures)),
        "claims": [
            (
                claim.code,
                _number(claim.value),
                _number(claim.low),
                _number(claim.high),
                claim.qualifier,
                claim.unit,
                claim.section,
                claim.sentence,
                *claim.span,
            )
            for claim in report.claims
        ],
        "sections": [(section.number, section.heading, section.text) for section in report.sections],
        "other_tables": [
            (table.section, table.caption, compact(table.rows), table.at or None) for table in report.tables
        ],
        "checks": list(_checks(report)),
    }
    return ReportRows(
        tables=tables,
        values=dict(zip(names, values, strict=True)),
        status=sheet.status,
        checks_failed=sum(check.result == "fail" and check.severity == "H" for check in report.checks),
    )


@lru_cache(maxsize=16384)  # of small numbers mostly
def _stored(value: Number | None, holds: Holds) -> int | float | None:
    number = json_number(value)
    if number is None or abs(number) > _LARGEST:
        return None
    if holds == "amount":
        return float(number)
    return number if isinstance(number, int) or holds == "any" else None


@lru_cache(maxsize=16384)
def _number(value: Number | None) -> int | float | None:
    number = json_number(value)
    return None if isinstance(number, int) and abs(number) > _LARGEST else number


def _plain(figure: Figure, unit: str | None) -> bool:
    """Whether a figure is but the number in its cell, in the unit that the form gives it."""
    if (figure.unit is not None and figure.unit != unit) or figure.note or figure.method:
        return False
    return _prints_as(figure.value, figure.raw)


@lru_cache(maxsize=16384)
def _prints_as(value: Number | None, raw: str) -> bool:
    return raw.strip() == str(json_number(value))


def main_source(sources: Sequence[int]) -> int:
    """The rank of the document that holds most of the figures, by their sources; the first one where there are none."""
    if len(set(sources)) <= 1:
        return sources[0] if sources else 0
    return max(Counter(sources).items(), key=lambda held: (held[1], -held[0]))[0]


def _evidence(report: Report, sheet: Sheet, figures: Sequence[Figure]) -> Iterator[Row]:
    for table, cells, numbers in sheet.tables:
        of_table = [figures[at] for at in numbers]
        sources = [figure.source for figure in of_table]
        main = main_source(sources)
        elsewhere = {cell: rank for cell, rank in zip(cells, sources, strict=True) if rank != main}
        layout, places = pack({cell: (figure.at, figure.place) for cell, figure in zip(cells, of_table, strict=True)})
        scope = report.table_scopes.get(table, report.scope)
        yield layout, table, scope, main, places, elsewhere or None


def _filed(row: Row, snapshots: Sequence[int]) -> Row:
    layout, table, scope, main, places, elsewhere = row
    named = compact({cell: _at(snapshots, rank) for cell, rank in elsewhere.items()}) if elsewhere else None
    return layout, table, scope, _at(snapshots, main), places, named


def _at(snapshots: Sequence[int], source: int) -> int | None:
    return snapshots[source] if source < len(snapshots) else None


def _checks(report: Report) -> Iterator[Row]:
    for check in report.checks:
        if check.result != "pass":
            left, right = _number(check.left), _number(check.right)
            yield check.rule, check.scope, left, right, check.result, check.severity, check.explanation or None, 1
    passed = Counter((check.rule, check.severity) for check in report.checks if check.result == "pass")
    for (rule, severity), tally in passed.items():
        yield rule, None, None, None, "pass", severity, None, tally
