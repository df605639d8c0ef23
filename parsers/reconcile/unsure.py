"""Figures that were recognised from pictures: kept where the rules of the form bear them out, else NULL.

A recogniser is sure of what it misreads as well. In sections three and four the form's own sums check every cell twice;
where they do not both hold, the cell may be misread or the agency may have erred, and nobody can tell which.
"""

from __future__ import annotations

from collections.abc import Mapping

from parsers import reconcile
from parsers.model import Check, Document, Figure, Problem

SURE = 0.97  # the least score of a figure that no rule checks
LIKELY = 0.6  # the least score of a figure whose rules hold: one glyph misread everywhere balances as well
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
        kept[name] = figure._replace(value=None, kind="text", unit=None, note=None)
        unsure.append(figure)
    if not unsure:
        return kept, []
    message = f"{len(unsure)} of {len(figures)} figures are not surely what the picture shows and were left out."
    return kept, [Problem("ocr_unsure", message, unsure[0].at)]


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
