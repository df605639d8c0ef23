"""Lays the cells of a table out as rows, each place of the rectangle remembering the cell that covers it."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter

from parsers.model import Cell, Table

_column = attrgetter("column")


def rows(table: Table) -> list[list[Cell]]:
    """The cells of each row in order, those that reach down from rows above included.

    A cell stands in every row that it covers, and once in each.
    """
    height = table.height
    laid: list[list[Cell]] = [[] for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            laid[row].append(cell)
    for row_cells in laid:
        row_cells.sort(key=_column)
    return laid


def texts(table: Table) -> tuple[tuple[str, ...], ...]:
    """The table as a rectangle of texts: a spanning cell's text stands at its first place, the others are empty."""
    if table.ragged:
        return tuple(tuple(cell.text for cell in row) for row in rows(table))
    width = table.width
    filled = [[""] * width for _ in range(table.height)]
    for cell in table.cells:
        filled[cell.row][cell.column] = cell.text
    return tuple(tuple(row) for row in filled)


# Reports are laid out alike: the words for a place are put together once, and kept once.
@lru_cache(maxsize=16384)
def at(table: int, row: int, column: int) -> str:
    """Where a cell stands, for people: in which table, and in which row and column of it, which count from 0 here."""
    return f"table {table} row {row + 1} column {column + 1}"


def table_of(place: str | None) -> str:
    """The table in a place: "table 2" of "table 2 row 6 column 4"."""
    return " ".join((place or "").split()[:2])
