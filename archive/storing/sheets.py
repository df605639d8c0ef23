"""What the cells of a report become: worked out once for all the reports that have the same cells of a form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from archive.states import ReportStatus
from archive.tables.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS
from parsers.forms import forms

Holds = Literal["count", "amount", "any"]
"""What is stored of a cell: whole numbers, numbers with a fraction, or either."""
_REGIONAL = "regional_variant"


class FormTable(NamedTuple):
    """A table of the form: its cells by "row.column", and the number of each among the cells of the report."""

    name: str
    cells: tuple[str, ...]
    numbers: tuple[int, ...]


class Sheet(NamedTuple):
    """The cells of a report, numbered as they come: what each holds and in which unit, and which make a row together.

    In the rows of `requests`, by outcome, and in that of `remedies`, a cell that the report does not have has the
    number after the last.
    """

    holds: tuple[Holds, ...]
    units: tuple[str | None, ...]
    requests: tuple[tuple[str, tuple[int, ...]], ...]
    remedies: tuple[int, ...]
    others: tuple[int, ...]
    tables: tuple[FormTable, ...]
    status: ReportStatus


@lru_cache(maxsize=512)  # most reports have all cells of their form
def sheet_of(form: str | None, names: tuple[str, ...]) -> Sheet:
    """What cells with these names become in a report by this form; None where it follows none that is known."""
    found = forms().get(form or "")
    known = {indicator.id: indicator for indicator in found.indicators()} if found else {}
    number = {name: at for at, name in enumerate(names)}
    counted = [name for name in names if name.startswith(("requests.", "remedies."))]
    outcomes = dict.fromkeys(name.split(".")[1] for name in counted if name.startswith("requests."))
    expected = {name for name, indicator in known.items() if indicator.comparability != _REGIONAL}

    def numbers(row: str, columns: Sequence[str]) -> tuple[int, ...]:
        return tuple(number.get(f"{row}.{column}", len(names)) for column in columns)

    def holds(name: str) -> Holds:
        if name in known:
            return "amount" if known[name].dtype == "decimal" else "count"
        return "count" if name in counted else "any"

    tables: dict[str, dict[str, int]] = {}
    for at, name in enumerate(names):
        table, _, cell = name.partition(".")
        tables.setdefault(table, {})[cell] = at
    return Sheet(
        holds=tuple(map(holds, names)),
        units=tuple(known[name].unit if name in known else None for name in names),
        requests=tuple((outcome, numbers(f"requests.{outcome}", REQUESTER_COLUMNS)) for outcome in outcomes),
        remedies=numbers("remedies.cases", REMEDY_COLUMNS) if "remedies" in tables else (),
        others=tuple(at for at, name in enumerate(names) if name not in counted),
        tables=tuple(FormTable(table, tuple(cells), tuple(cells.values())) for table, cells in tables.items()),
        status=_status(names, expected),
    )


def _status(names: tuple[str, ...], expected: set[str]) -> ReportStatus:
    if not names:
        return ReportStatus.NO_FIGURES
    return ReportStatus.COMPLETE if expected and expected <= set(names) else ReportStatus.PARTIAL
