"""Tables that are printed without ruling lines: found among its lines of text by the words of a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from parsers.documents.printed.rulings import PageTable
from parsers.documents.printed.running_text import Line
from parsers.documents.printed.seams import place
from parsers.documents.text.bare_tables import bare_tables
from parsers.documents.text.label_pieces import Placed
from parsers.model import Cell, Table


@dataclass(frozen=True, slots=True)
class Unruled:
    """Rows of cells, each with the first and the last of the lines that it stands on."""

    lines: Sequence[Line]
    rows: Sequence[Sequence[Placed]]

    def table(self, number: int) -> Table:
        """The rows as a table, whose columns nothing but the words of its header tells."""
        cells = tuple(
            Cell(text, rank, column, place=self._place(first, last))
            for rank, row in enumerate(self.rows)
            for column, (text, first, last) in enumerate(row)
        )
        numbers = [number for row in self.rows for _, *both in row for number in both]
        return Table(number, cells, self._place(min(numbers), max(numbers)), ragged=True)

    def _place(self, first: int, last: int) -> str:
        return place_of(self.lines[min(first, last) : max(first, last) + 1])


def place_of(lines: Sequence[Line]) -> str:
    """Where lines stand: a box a page."""
    places = []
    for page in dict.fromkeys(line.page for line in lines):
        bounds = [line.bounds for line in lines if line.page == page]
        x0, top = min(each[0] for each in bounds), min(each[1] for each in bounds)
        places.append(place(page, (x0, top, max(each[2] for each in bounds), max(each[3] for each in bounds))))
    return "; ".join(places)


def with_unruled(ordered: Sequence[Line | PageTable]) -> Iterator[Line | PageTable | Unruled]:
    """Yield lines and ruled tables in order, and in place of the lines of an unruled table the table."""
    for ruled, group in groupby(ordered, key=lambda thing: isinstance(thing, PageTable)):
        things = list(group)
        lines = [thing for thing in things if isinstance(thing, Line)]
        if ruled:
            yield from things
            continue
        for part in bare_tables([(number, line.text) for number, line in enumerate(lines)]):
            yield Unruled(lines, part) if isinstance(part, list) else lines[part[0]]
