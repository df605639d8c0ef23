"""A comparison laid out: agencies by scope down, years across, one table and one chart an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.charts import SMALLEST_DENOMINATOR, Amount, Chart, Strand, form_breaks

MOST_NOTED = 4  # lines whose denominators stand under a chart


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agency's report of one year says. `state` is value, blank, few, incomparable or a word of presence.

    `whole` is what a share is a share of; `comparability` says how the figure came into the line; `form_break` that
    the form differs from that of the report before.
    """

    state: str
    value: Amount = None
    whole: Amount = None
    comparability: str | None = None
    report_key: str | None = None
    checks_failed: int = 0
    form_break: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An agency's reports of one scope through the years."""

    agency: Any
    scope: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator: `share` for a measure, whose values run from 0 to 1; `official` is its official
    name where the title is another."""

    series: str
    title: str
    official: str
    unit: str
    share: bool
    rows: tuple[Row, ...]


def lay_out(
    series: str,
    title: str,
    official: str,
    unit: str,
    share: bool,
    agencies: Sequence[Any],
    reports: Iterable[Any],
    figures: Mapping[int, Any],
    presence: Mapping[tuple[int, int], str],
    years: Sequence[int],
) -> Comparison:
    """Puts the figures, by report, in their places; an agency has a row for each scope in which it reports."""
    by_line: dict[int, dict[str, dict[int, Any]]] = {}
    for report in reports:
        by_line.setdefault(report["line"], {}).setdefault(report["scope"], {})[report["year"]] = report
    rows = []
    for agency in agencies:
        scopes = by_line.get(agency["line"]) or {"own": {}}
        for scope, of_year in sorted(scopes.items()):
            breaks = set(form_breaks([of_year[year]["form"] if year in of_year else None for year in years]))
            cells = tuple(
                _cell(of_year.get(year), figures, share, presence.get((agency["line"], year)), at in breaks)
                for at, year in enumerate(years)
            )
            rows.append(Row(agency, scope, cells))
    return Comparison(series, title, official, unit, share, tuple(rows))


def _cell(report: Any, figures: Mapping[int, Any], share: bool, presence: str | None, form_break: bool) -> Cell:
    if report is None:
        # a year in which the agency reports in another scope only is no missing year
        return Cell(presence if presence in {"missing", "unknown", "refused"} else "none")
    known: dict[str, Any] = {
        "report_key": report["report_key"],
        "checks_failed": report["checks_failed"],
        "form_break": form_break,
    }
    figure = figures.get(report["id"])
    if figure is None:
        return Cell("incomparable", **known)
    if share:
        enough = figure["value"] is not None and (figure["whole"] or 0) >= SMALLEST_DENOMINATOR
        return Cell("value" if enough else "few", figure["value"] if enough else None, figure["whole"], **known)
    state = "blank" if figure["value"] is None else "value"
    return Cell(state, figure["value"], None, figure["comparability"], **known)


def chart(comparison: Comparison, number: int, years: Sequence[int], scope_name: Mapping[str, str]) -> Chart:
    """The comparison as lines, one for each row, named by agency and, where it is not its own, scope."""
    names = [
        row.agency["name"] if row.scope == "own" else f"{row.agency['name']}（{scope_name[row.scope]}）"
        for row in comparison.rows
    ]
    shares = comparison.share and len(names) <= MOST_NOTED
    breaks = sorted({at for row in comparison.rows for at, cell in enumerate(row.cells) if cell.form_break})
    return Chart(
        f"compare-{number}",
        "line",
        comparison.title,
        "%" if comparison.share else comparison.unit,
        tuple(map(str, years)),
        tuple(
            Strand(name, tuple(cell.value for cell in row.cells))
            for name, row in zip(names, comparison.rows, strict=True)
        ),
        notes=tuple(_denominators(comparison, at) for at in range(len(years))) if shares else (),
        breaks=tuple(breaks),
    )


def _denominators(comparison: Comparison, at: int) -> str:
    """How many each share of a year is of, in the order of the lines."""
    wholes = [row.cells[at].whole for row in comparison.rows]
    return "n=" + "/".join("—" if whole is None else str(whole) for whole in wholes) if any(wholes) else ""
