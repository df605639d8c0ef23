"""What reading the statutory tables of a document gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from parsers.model import Figure, Problem, Scope, Table
from parsers.tables import grid
from parsers.tables.places import indicators

# The form of 2019 has one row where that of 2021 has a group of three rows.
_ONE_ROW = "requests.other."
_ITS_PARTS = ("requests.other_no_correction.", "requests.other_fee_unpaid.", "requests.other_other.")

FEWEST_CONFLICTS = 50  # cells of section three that two tables print: more than a few rows of another scope have


@cache
def _parts_of_one() -> frozenset[str]:
    return frozenset(name for name in indicators() if name.startswith(_ITS_PARTS))


@dataclass
class Statutory:
    """What the statutory tables of a document hold.

    `figures` by indicator id; `leftover` the tables, and the rows of tables, that belong to no form, each with the
    number of its table; `tables_read` the numbers of the tables that gave figures; `scopes` what the line above says.
    """

    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    leftover: list[tuple[int, tuple[tuple[str, ...], ...]]] = field(default_factory=list)
    tables_read: set[int] = field(default_factory=set)
    form: str | None = None
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    _twice: dict[tuple[str, str, str], dict[str, bool]] = field(default_factory=dict, init=False, repr=False)

    def take(self, name: str, figure: Figure) -> None:
        """Takes the figure of an indicator. Where two cells claim the same otherwise, neither is believed."""
        known = self.figures.setdefault(name, figure)
        if known is figure:
            return
        differs = (known.value, known.kind) != (figure.value, figure.kind)
        rivals = name.split(".")[0], grid.table_of(known.at), grid.table_of(figure.at)
        self._twice.setdefault(rivals, {})[name] = differs
        if differs:
            message = f"{name} is printed twice: {known.raw.strip()!r} at {known.at}, {figure.raw.strip()!r}"
            self.problems.append(Problem("figure_conflict", message, figure.at))
            self.figures[name] = known._replace(value=None, kind="text", unit=None, note=None)

    def leave_rivals(self) -> None:
        """Takes back what only one of two tables says that contradict each other: nobody knows whose it is."""
        for (code, one, other), twice in self._twice.items():
            conflicts = sum(twice.values())
            if conflicts < FEWEST_CONFLICTS or conflicts * 2 <= len(twice):
                continue
            for name, figure in self.figures.items():
                if name.startswith(f"{code}.") and name not in twice and grid.table_of(figure.at) in (one, other):
                    self.figures[name] = figure._replace(value=None, kind="text", unit=None, note=None)
            message = f"most of it is printed otherwise in {one} too: what stands there or here only is not believed"
            self.problems.append(Problem("row_unsure", message, other))

    def tell_group_from_row(self) -> None:
        """Drops the figures of a row that is the group of rows that were read: one of these lost its label."""
        if _parts_of_one().isdisjoint(self.figures):
            return
        unsure = [self.figures.pop(name) for name in list(self.figures) if name.startswith(_ONE_ROW)]
        for figure in unsure[:1]:
            message = "figures stand beside （六）其他处理 and beside its rows"
            self.problems.append(Problem("row_unknown", message, figure.at))

    def take_back(self, doubtful: Mapping[str, Table]) -> None:
        """Drops figures, each with its table; a table that gave no others belongs to no form, as a whole."""
        for name in doubtful:
            self.figures.pop(name, None)
        for number, table in {table.number: table for table in doubtful.values()}.items():
            here = f"table {number} "
            if any(figure.at.startswith(here) for figure in self.figures.values()):
                continue
            self.leftover = [left for left in self.leftover if left[0] != number]
            self.leftover.append((number, grid.texts(table)))
            self.problems = [p for p in self.problems if p.code != "row_unknown" or not (p.at or "").startswith(here)]
            self.tables_read.discard(number)
        self.leftover.sort(key=lambda left: left[0])
