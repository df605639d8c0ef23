"""Tables printed on their side: the form's rows side by side, its columns below each other."""

from __future__ import annotations

from dataclasses import replace

from parsers.model import Table
from parsers.tables import labels

_FEWEST_ROWS, _FEWEST_COLUMNS = 8, 3
_FIRST_ROWS = 4


def lies_on_its_side(table: Table) -> bool:
    """Whether one row of a table names many rows of a form, and its first columns name columns of a form."""
    if table.ragged or table.width < _FEWEST_ROWS:
        return False
    known = labels.rows()
    named: list[set[str]] = [set() for _ in range(_FIRST_ROWS)]
    for cell in table.cells:
        said = known.match(cell.text) if cell.row < _FIRST_ROWS else None
        if said in known.leaves and said is not None:
            for covered in named[cell.row : cell.row + cell.row_span]:
                covered.add(said)
    if max(map(len, named)) < _FEWEST_ROWS:
        return False
    heads = {labels.columns().match(cell.text) for cell in table.cells if cell.column < _FEWEST_COLUMNS}
    return len(heads & set(labels.columns().leaves)) >= _FEWEST_COLUMNS


def turned(table: Table) -> Table:
    """The table with rows and columns exchanged; every cell keeps its `place`."""
    cells = (
        cell._replace(row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
        for cell in table.cells
    )
    return replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
