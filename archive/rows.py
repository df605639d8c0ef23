"""A report as the rows that hold it: numbers in their tables, everything else about a cell in its note."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from archive.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS
from archive.places import CellPlace, pack
from archive.states import ReportStatus
from parsers.forms import Indicator, forms
from parsers.model import Figure, Number, Report, json_number

_LARGEST = 2**63 - 1
_REGIONAL = "regional_variant"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """What a report puts into each table, without its id; its figures as they are stored; how complete it is."""

    tables: Mapping[str, list[Row]]
    values: Mapping[str, int | float | None]
    status: ReportStatus
    checks_failed: int


def rows(report: Report, snapshots: Sequence[int]) -> ReportRows:
    """The rows of a report that was read from `snapshots`, each by the rank that its figures name as their source.

    A number that its column cannot hold (a fraction in a count, more than 64 bits) is NULL there, and its raw text is
    in `cell_notes`.
    """
    known = _indicators(report.form)
    values = {name: _stored(figure.value, name, known) for name, figure in report.figures.items()}
    tables = {
        "requests": _requests(values),
        "remedies": _remedies(values),
        "proactive": [{"indicator": name, "value": value} for name, value in values.items() if not _is_count(name)],
        "cell_notes": [
            _note(name, figure)
            for name, figure in report.figures.items()
            if _needs_note(figure, values[name], known.get(name))
        ],
        "evidence": list(_evidence(report, snapshots)),
        "claims": [
            {name: _any(item) for name, item in claim.to_json().items() if name != "span"}
            | {"span_start": claim.span[0], "span_end": claim.span[1]}
            for claim in report.claims
        ],
        "sections": [section.to_json() for section in report.sections],
        "other_tables": [
            table.to_json() | {"at": table.at or None, "rows": _compact([list(row) for row in table.rows])}
            for table in report.tables
        ],
        "checks": list(_checks(report)),
        "problems": [problem.to_json() for problem in report.problems],
    }
    return ReportRows(
        tables=tables,
        values=values,
        status=_status(report, known),
        checks_failed=sum(check.result == "fail" and check.severity == "H" for check in report.checks),
    )


@cache
def _indicators(form: str | None) -> Mapping[str, Indicator]:
    found = forms().get(form or "")
    return {indicator.id: indicator for indicator in found.indicators()} if found else {}


def _stored(value: Number | None, name: str, known: Mapping[str, Indicator]) -> int | float | None:
    number = json_number(value)
    if number is None or abs(number) > _LARGEST:
        return None
    if name in known and known[name].dtype == "decimal":
        return float(number)
    return number if isinstance(number, int) or not (name in known or _is_count(name)) else None


def _any(value: Any) -> Any:
    return None if isinstance(value, int) and abs(value) > _LARGEST else value


def _note(name: str, figure: Figure) -> Row:
    stated = {"unit": figure.unit, "note": figure.note, "method": figure.method}
    return {"indicator": name, "kind": figure.kind, "raw": figure.raw} | stated


def _needs_note(figure: Figure, stored: int | float | None, indicator: Indicator | None) -> bool:
    other_unit = figure.unit is not None and figure.unit != (indicator.unit if indicator else None)
    plain = figure.raw.strip() == str(json_number(figure.value))
    return stored is None or not plain or other_unit or bool(figure.note or figure.method)


def _is_count(name: str) -> bool:
    return name.startswith(("requests.", "remedies."))


def _requests(values: Mapping[str, int | float | None]) -> list[Row]:
    found: dict[str, Row] = {}
    for name, value in values.items():
        table, outcome, column = name.split(".", 2)
        if table == "requests":
            found.setdefault(outcome, dict.fromkeys(REQUESTER_COLUMNS))[column] = value
    return [{"outcome": outcome} | columns for outcome, columns in found.items()]


def _remedies(values: Mapping[str, int | float | None]) -> list[Row]:
    found = {column: values.get(f"remedies.cases.{column}") for column in REMEDY_COLUMNS}
    return [found] if any(name.startswith("remedies.") for name in values) else []


def main_source(figures: Iterable[Figure]) -> int:
    """The rank of the document that holds most of the figures; the first one where there are none."""
    return max(
        Counter(figure.source for figure in figures).items(), key=lambda held: (held[1], -held[0]), default=(0,)
    )[0]


def _evidence(report: Report, snapshots: Sequence[int]) -> Iterator[Row]:
    tables: dict[str, dict[str, Figure]] = {}
    for name, figure in report.figures.items():
        table, _, cell = name.partition(".")
        tables.setdefault(table, {})[cell] = figure
    for table, cells in tables.items():
        main = main_source(cells.values())
        elsewhere = {cell: _at(snapshots, figure.source) for cell, figure in cells.items() if figure.source != main}
        yield {
            "table": table,
            "scope": report.table_scopes.get(table, report.scope),
            "snapshot_id": _at(snapshots, main),
            **pack({cell: CellPlace(figure.at, figure.place) for cell, figure in cells.items()})._asdict(),
            "elsewhere": _compact(elsewhere) if elsewhere else None,
        }


def _at(snapshots: Sequence[int], source: int) -> int | None:
    return snapshots[source] if source < len(snapshots) else None


def _checks(report: Report) -> Iterator[Row]:
    passed = Counter((check.rule, check.severity) for check in report.checks if check.result == "pass")
    for check in report.checks:
        if check.result != "pass":
            shown = {name: _any(item) for name, item in check.to_json().items()}
            yield {"explanation": None} | shown | {"tally": 1}
    for (rule, severity), tally in passed.items():
        row: Row = {"rule": rule, "scope": None, "left": None, "right": None, "result": "pass"}
        yield row | {"severity": severity, "explanation": None, "tally": tally}


def _status(report: Report, known: Mapping[str, Indicator]) -> ReportStatus:
    if not report.figures:
        return ReportStatus.NO_FIGURES
    expected = {name for name, indicator in known.items() if indicator.comparability != _REGIONAL}
    return ReportStatus.COMPLETE if known and expected <= report.figures.keys() else ReportStatus.PARTIAL


def content_sha256(report: Report) -> str:
    """The digest of all that a report says, and nothing of where on the page it says so."""
    said = report.to_json()
    for figure in said["figures"].values():
        del figure["at"]
        figure.pop("place", None)
    for problem in said["problems"]:
        del problem["at"]
    said["table_scopes"] = dict(report.table_scopes)
    return hashlib.sha256(_compact(said).encode()).hexdigest()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
