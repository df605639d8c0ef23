"""Makes the figures of a report for the tests of the rules."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.forms import forms
from parsers.model import Check, Figure, Number

COLUMNS = ("natural_person", "org_business", "org_research", "org_public_benefit", "org_legal_service", "org_other")


def figure(value: Number | None) -> Figure:
    """A cell with a number, or a blank one."""
    if value is None:
        return Figure(None, "blank", "", "table 1")
    return Figure(value, "number" if value else "zero", str(value), "table 1")


def figures(cells: Mapping[str, Number | None]) -> dict[str, Figure]:
    """The named cells and no other."""
    return {name: figure(value) for name, value in cells.items()}


def form(name: str, cells: Mapping[str, Number | None] | None = None) -> dict[str, Figure]:
    """A whole form, every cell 0 but the named ones."""
    zeros: dict[str, Number | None] = dict.fromkeys((indicator.id for indicator in forms()[name].indicators()), 0)
    return figures(zeros | dict(cells or {}))


def row(code: str, total: int) -> dict[str, Number | None]:
    """A row of section three with all its requests by natural persons."""
    return {f"requests.{code}.natural_person": total, f"requests.{code}.total": total}


def found(checks: tuple[Check, ...], rule: str) -> dict[str, str]:
    """The results of one rule by scope."""
    return {check.scope: check.result for check in checks if check.rule == rule}
