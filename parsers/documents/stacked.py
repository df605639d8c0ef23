"""Rows that a converter stacked in one row of cells, each line of a cell a row of the form: taken apart again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from operator import attrgetter

from parsers.model import Cell, Document, Table
from parsers.tables import numbers
from parsers.tables.rows import names_rows

_APART = "\x1f"  # a separator of texts that no text holds
_BROKEN_FIGURE = re.compile(rf"{_APART}\d+\n\d")
_text = attrgetter("text")


def unstacked(document: Document) -> Document:
    """The document, each row of stacked cells in its tables as the rows that they were.

    A row is taken apart only where each line of one cell names a row of a form, another one each, and every cell
    behind it has as many lines, all figures. Every cell keeps its `place`; one that reaches down over such a row
    reaches on.
    """
    if not any(_BROKEN_FIGURE.search(_APART.join(("", *map(_text, table.cells)))) for table in document.tables):
        return document
    blocks = (_taken_apart(block) if isinstance(block, Table) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _taken_apart(table: Table) -> Table:
    rows = range(table.height)
    heights = {row: _height([*cells]) for row, cells in groupby(table.cells, key=lambda cell: cell.row)}
    before = [0, *accumulate(heights.get(row, 1) for row in rows)]
    cells: list[Cell] = []
    for cell in table.cells:
        start, end = before[cell.row], before[cell.row + cell.row_span]
        lines = cell.text.split("\n")
        if cell.row_span == 1 and 1 < len(lines) == end - start:
            cells += [cell._replace(text=line, row=start + rank) for rank, line in enumerate(lines)]
        else:
            cells.append(cell._replace(row=start, row_span=end - start))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(cells))


def _height(row: Sequence[Cell]) -> int:
    """How many rows of a form were stacked in a row of cells; 1 where it is a row like any other."""
    stacked = [cell for cell in row if cell.row_span == 1 and "\n" in cell.text]
    named = [cell for cell in stacked if names_rows(cell)]
    if len(named) != 1 or len(stacked) < 2:
        return 1
    height = named[0].text.count("\n") + 1
    figures = [cell for cell in stacked if cell is not named[0]]
    behind = [cell for cell in row if cell.column > named[0].column]
    if {id(cell) for cell in behind} != {id(cell) for cell in figures}:
        return 1
    return height if all(_holds_figures(cell, height) for cell in figures) else 1


def _holds_figures(cell: Cell, height: int) -> bool:
    lines = cell.text.split("\n")
    return len(lines) == height and all(_is_figure(line) for line in lines)


def _is_figure(line: str) -> bool:
    return numbers.read(line).kind != "text"
