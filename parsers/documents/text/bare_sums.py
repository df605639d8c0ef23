"""Holds rows of figures without marks of cells to the form's sums, where some of them lost cells as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.documents.text.label_pieces import Placed
from parsers.forms import FormTable
from parsers.tables import numbers


@dataclass
class BareRow:
    """A row of cells, the last `values` of which are figures, `on_line` if they begin on a line of its label.

    `heads` names the table whose header it is.
    """

    cells: list[Placed]
    values: int = 0
    on_line: bool = False
    heads: FormTable | None = None


def borne_out(rows: Sequence[BareRow]) -> None:
    """Take the figures of rows that their sums do not bear out for one cell, which fits under no header.

    Where every row has as many figures as its table has columns, each stands in its place. Where some have not, cells
    vanished (blank ones) or strangers came in (page numbers): a row of the right length may then be one of both.
    """
    table: FormTable | None = None
    known: list[tuple[FormTable, BareRow]] = []
    for row in rows:
        table = row.heads or table
        if table is not None and row.values:
            known.append((table, row))
    if all(row.values == len(table.columns) for table, row in known):
        return
    for table, row in known:
        if row.values == len(table.columns) and not adds_up(table, row.cells[-row.values :]):
            figures = row.cells[-row.values :]
            text = " ".join(figure for figure, _, _ in figures)
            row.cells[-row.values :] = [(text, figures[0][1], figures[-1][2])]


def adds_up(table: FormTable, figures: Sequence[Placed]) -> bool:
    """Return whether the figures before each total of a row make that total."""
    total = 0
    for column, (text, _, _) in zip(table.columns, figures, strict=True):
        figure = numbers.read(text).value
        if figure is None:
            return False
        if column.code == "total" or column.code.endswith("_total"):
            if figure != total:
                return False
            total = 0
        else:
            total += int(figure)
    return True
