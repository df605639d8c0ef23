"""Tells tables that hold data from tables that lay a page out, and cuts a table that holds a whole report."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from parsers.model import Cell
from parsers.sections import heading

_LONG_LINE = 120
_LONG_CELL = 600


def is_layout(filled: Sequence[Cell]) -> bool:
    """Return whether a table, of which these cells are filled, only frames running text.

    It does where every row has one cell and some hold long lines or section headings, and where a cell holds several
    sections or many sentences: no form has such a cell.
    """
    if any(len(cell.text) >= _LONG_CELL and _is_article(cell.text) for cell in filled):
        return True
    if len({cell.row for cell in filled}) < len(filled):
        return False
    return any(len(line) > _LONG_LINE or heading(line) for cell in filled for line in cell.text.split("\n"))


def _is_article(text: str) -> bool:
    lines = text.split("\n")
    return sum(heading(line) is not None for line in lines) > 1 or sum("。" in line for line in lines) > 3


def parts(cells: Sequence[Cell], filled: Sequence[Cell]) -> Iterator[str | tuple[Cell, ...]]:
    """Yield a table in parts: section headings and long lines that fill a row of their own, and the rows between them.

    `filled` are those of its cells that hold text. A table without such a heading comes back whole.
    """
    alone = _rows_of_one(filled)
    running = {row: cell.text for row, cell in alone.items() if _is_heading(cell.text)}
    if not running:
        yield tuple(cells)
        return
    running |= {row: cell.text for row, cell in alone.items() if len(cell.text) > _LONG_LINE and "。" in cell.text}
    begun = [cell.row for cell in cells]
    start = 0
    for row in (*sorted(running), max(cell.row for cell in cells) + 1):
        between = tuple(
            cell._replace(row=cell.row - start, row_span=min(cell.row_span, row - cell.row))
            for cell in cells[bisect_left(begun, start) : bisect_left(begun, row)]
        )
        if any(cell.text.strip() for cell in between):
            yield between
        yield from (line for line in running.get(row, "").split("\n") if line)
        start = row + 1


def _rows_of_one(filled: Sequence[Cell]) -> dict[int, Cell]:
    """Return the rows in which one cell alone is filled."""
    begun = Counter([cell.row for cell in filled])
    if 1 not in begun.values():
        return {}
    changes = [0] * (max(cell.row + cell.row_span for cell in filled) + 1)
    for cell in filled:
        if cell.row_span > 1:
            changes[cell.row + 1] += 1
            changes[cell.row + cell.row_span] -= 1
    reached = list(accumulate(changes))  # how many cells reach down to each row from those above
    return {cell.row: cell for cell in filled if begun[cell.row] == cell.row_span == 1 and not reached[cell.row]}


def _is_heading(text: str) -> bool:
    found = heading(text)
    return found is not None and found.weight > 2 and not found.rest
