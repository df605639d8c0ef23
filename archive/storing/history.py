"""What changed between two readings of a report: figure by figure, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlite_utils import Database

from archive.tables.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS

Values = Mapping[str, int | float | None]


class Change(NamedTuple):
    """A figure that changed: NULL stands for a blank cell and for one that is not there."""

    indicator: str
    old: int | float | None
    new: int | float | None


def stored_values(db: Database, report_id: int) -> dict[str, int | float | None]:
    """Every figure of a stored report as it was read, by indicator; a cell without a number is None."""
    values: dict[str, int | float | None] = {}
    columns = ", ".join(REQUESTER_COLUMNS)
    for outcome, *numbers in db.execute(
        f"SELECT outcome, {columns} FROM requests WHERE report_id = ?",  # noqa: S608  # names of our own columns
        [report_id],
    ):
        names = (f"requests.{outcome}.{column}" for column in REQUESTER_COLUMNS)
        values.update(zip(names, numbers, strict=True))
    columns = ", ".join(REMEDY_COLUMNS)
    for numbers in db.execute(
        f"SELECT {columns} FROM remedies WHERE report_id = ?",  # noqa: S608  # names of our own columns
        [report_id],
    ):
        values.update(zip((f"remedies.cases.{column}" for column in REMEDY_COLUMNS), numbers, strict=True))
    values.update(db.execute("SELECT indicator, value FROM proactive WHERE report_id = ?", [report_id]))
    return values


def changes(old: Values, new: Values) -> list[Change]:
    """The figures whose number differs. White space, wording and places are no change, and nor is a blank cell that
    becomes a dash."""
    names = [*new, *(name for name in old if name not in new)]
    return [Change(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def agrees(reading: Values, other: Values) -> bool:
    """Whether the second contradicts no number of the first."""
    return all(value is None or other.get(name) in {None, value} for name, value in reading.items())


def adds_to(reading: Values, other: Values) -> bool:
    """Whether the first has numbers that the second lacks, and contradicts none of it."""
    more = any(value is not None and other.get(name) is None for name, value in reading.items())
    return more and all(value is None or reading.get(name) == value for name, value in other.items())
