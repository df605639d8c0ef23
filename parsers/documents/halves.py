"""Columns whose names a page printed in two rows of cells, 商业 in the one and 企业 below it: put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from parsers.model import Cell, Document, Table
from parsers.tables import labels

_SHORTEST = 3


def rejoined(document: Document) -> Document:
    """The document, each name of a form's column that its tables print in two rows as one cell over both.

    Rows are put together only where every word of the lower one ends a name that a cell of the upper one begins: the
    cell right above it, or the next one in order where the medium gives no columns.
    """
    ends = _ends()
    if not any(cell.text in ends for table in document.tables for cell in table.cells):
        return document
    blocks = (_joined(block, ends) if isinstance(block, Table) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _joined(table: Table, ends: frozenset[str]) -> Table:
    rows = {row: [*cells] for row, cells in groupby(table.cells, key=lambda cell: cell.row)}
    for row, lower in rows.items():
        words = [cell for cell in lower if cell.text.strip()]
        if row - 1 not in rows or not words or any(cell.text not in ends for cell in words):
            continue
        whole = _whole(rows[row - 1], words, table.ragged)
        if whole is not None:
            rows[row - 1] = whole
            rows[row] = [] if table.ragged else [cell for cell in lower if cell not in words]
    return replace(table, cells=tuple(cell for cells in rows.values() for cell in cells))


def _whole(upper: Sequence[Cell], words: Sequence[Cell], ragged: bool) -> list[Cell] | None:
    """The cells of a row, those made whole that the words below complete; None where a word completes none."""
    rest = list(words)
    found: list[Cell] = []
    for cell in upper:
        below = rest[0] if rest else None
        if below is not None and (ragged or _stands_over(cell, below)) and _are_one(cell.text, below.text):
            del rest[0]
            span = cell.row_span if ragged else 2
            cell = cell._replace(text=f"{cell.text}\n{below.text}", row_span=span)
        found.append(cell)
    return None if rest else found


def _stands_over(cell: Cell, below: Cell) -> bool:
    return (cell.column, cell.column_span, cell.row_span) == (below.column, below.column_span, 1)


def _are_one(begin: str, end: str) -> bool:
    known = labels.columns().leaves
    return labels.wording(begin + end) in known and labels.wording(begin) not in known


@cache
def _ends() -> frozenset[str]:
    """What the names of the forms' columns may end with, of any length."""
    names = [name for name in labels.columns().leaves if len(name) >= _SHORTEST]
    ends = {name[cut:] for name in names for cut in range(1, len(name))}
    return frozenset(ends - labels.columns().leaves.keys())
