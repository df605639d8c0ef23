"""Figures that were recognised from pictures: kept where the rules of the form bear them out, else NULL.

A recogniser is sure of what it misreads as well. In sections three and four the form's own sums check every cell twice;
where they do not both hold, the cell may be misread or the agency may have erred, and nobody can tell which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from parsers import reconcile
from parsers.forms import forms
from parsers.model import Check, Document, Figure, Problem, Table
from parsers.tables import grid
from parsers.tables.places import indicators

SURE = 0.97  # the least score of a figure that no rule checks
LIKELY = 0.6  # the least score of a figure whose rules hold: one glyph misread everywhere balances as well
DAMAGE = frozenset({"row_not_placed", "column_unknown", "figure_conflict"})
CARRIED = frozenset({"new_received", "carried_in", "closed_total", "carried_out"})  # the rows of rule A3


def left_out(document: Document, figures: Mapping[str, Figure]) -> tuple[Mapping[str, Figure], list[Problem]]:
    """The figures of a document, and the problem that says how many of a recognised one were left out.

    Those keep their raw text and have no value. The figures of a document that was read are given back as they are.
    Borne out is a cell of section three when A1 holds for its row and A2 or A3 (both, where both speak of it) for its
    column, a cell of section four when A4 holds for its remedy; any other when the recogniser's score is `SURE`.
    """
    if document.method != "ocr":
        return figures, []
    scores = {cell.place: cell.score or 0.0 for table in document.tables for cell in table.cells}
    held = _held(reconcile.check(figures))
    kept = dict(figures)
    unsure = []
    for name, figure in figures.items():
        rules = _rules(name)
        least = LIKELY if rules else SURE
        if figure.kind == "text" or (all(rule in held for rule in rules) and scores.get(figure.place, 0.0) >= least):
            continue
        kept[name] = _without_value(figure)
        unsure.append(figure)
    if not unsure:
        return kept, []
    message = f"{len(unsure)} of {len(figures)} figures are not surely what the picture shows and were left out."
    return kept, [Problem("ocr_unsure", message, unsure[0].at)]


def of_damaged_tables(
    figures: Mapping[str, Figure], problems: Sequence[Problem]
) -> tuple[Mapping[str, Figure], list[Problem]]:
    """The figures without those that a damaged table may have moved, and the problems that name their rows.

    Where a row of a table fits under no header, cells are missing or to spare, and may be so in rows that fit: there a
    row of section three is believed where A1 holds for it, a remedy where A4 does. Where a column of the table belongs
    to no form, or a figure is printed twice, a row whose sum fails, or has words for a total, is left out; so is a
    remedy of a table that is not whole.
    """
    damaged: dict[str, set[str]] = {code: set() for code in DAMAGE}
    for problem in problems:
        if problem.code in damaged:
            damaged[problem.code].add(grid.table_of(problem.at))
    partly = 0 < sum(name in figures for name in _remedies()) < len(_remedies())
    if not partly and not any(damaged.values()):
        return figures, []
    results = {(check.rule, check.scope): check.result for check in reconcile.check(figures)}
    kept = dict(figures)
    told: list[Problem] = []
    for (rule, scope), names in _summed().items():
        stated = {name: figures[name] for name in names if name in figures and figures[name].value is not None}
        codes = {code for cell in stated.values() for code in DAMAGE if grid.table_of(cell.at) in damaged[code]}
        result = results.get((rule, scope), "not_assessable")
        if result == "pass" or not (codes or (stated and rule == "A4" and partly)):
            continue
        total = figures.get(names[-1])
        moved = "column_unknown" in codes and total is not None and total.kind == "text"
        if result == "fail" or moved or "row_not_placed" in codes or (rule == "A4" and "figure_conflict" in codes):
            kept |= {name: _without_value(cell) for name, cell in stated.items()}
            message = f"the sum of {scope} does not hold in a table that lacks cells, or has some to spare"
            told.append(Problem("row_unsure", message, next(iter(stated.values())).at))
    return kept, told


def at_the_end(document: Document, figures: Mapping[str, Figure]) -> tuple[Mapping[str, Figure], list[Problem]]:
    """The figures without those of the row that a text ends with, and the problem that names it.

    It may be half a row, or end with half of a number. It is believed where its sum holds, or where the form ends so.
    """
    last = document.blocks[-1] if document.blocks else None
    if document.media != "text" or not isinstance(last, Table):
        return figures, []
    row = grid.at(last.number, last.cells[-1].row, last.cells[-1].column).partition("column")[0]
    ends = {name: figure for name, figure in figures.items() if figure.value is not None and figure.at.startswith(row)}
    held = _held(reconcile.check(figures)) if ends else set()
    lost = {
        name: figure
        for name, figure in ends.items()
        if name not in _last_ones() and not held.intersection(_rules(name)[:1])
    }
    if not lost:
        return figures, []
    message = f"the text ends with {next(reversed(lost))}, in the middle of a table: cells or digits may be missing"
    kept = {**figures, **{name: _without_value(figure) for name, figure in lost.items()}}
    return kept, [Problem("row_unsure", message, row.strip())]


@cache
def _last_ones() -> frozenset[str]:
    """The cell that each form ends with, where no rule sums it."""
    ends = (list(form.indicators())[-1].id for form in forms().values())
    return frozenset(name for name in ends if not _rules(name))


@cache
def _remedies() -> frozenset[str]:
    """The cells of section four."""
    return frozenset(name for (rule, _), names in _summed().items() if rule == "A4" for name in names)


@cache
def _summed() -> Mapping[tuple[str, str], Sequence[str]]:
    """The rules that sum a row of the forms, with their scopes, and the cells of each."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in indicators():
        for rule in _rules(name)[:1]:
            found.setdefault(rule, []).append(name)
    return found


def _without_value(figure: Figure) -> Figure:
    return figure._replace(value=None, kind="text", unit=None, note=None)


def _held(checks: tuple[Check, ...]) -> set[tuple[str, str]]:
    return {(check.rule, check.scope) for check in checks if check.result == "pass"}


def _rules(name: str) -> list[tuple[str, str]]:
    """The rules, with their scopes, that a figure must satisfy; none where the form sums nothing."""
    table, row, column = name.split(".")
    if table == "requests":
        rules = [("A1", row)]
        if row not in CARRIED or row == "closed_total":
            rules.append(("A2", column))
        if row in CARRIED:
            rules.append(("A3", column))
        return rules
    if table == "remedies":
        return [("A4", remedy) for remedy in reconcile.REMEDIES if column.startswith(f"{remedy}_")]
    return []
