"""Tables printed on their side: the form's rows side by side, its columns below each other."""

from __future__ import annotations

from dataclasses import replace

from parsers.model import Table
from parsers.tables import labels

_FEWEST_ROWS, _FEWEST_COLUMNS = 8, 3
_FIRST_ROWS = 4
_REMEDIES, _FEWEST_RESULTS = "remedies", 4


def lies_on_its_side(table: Table) -> bool:
    """Whether one row of a table names many rows of a form, and its first columns name columns of a form.

    Or whether the results of section four stand below each other, and its remedies side by side.
    """
    if table.ragged:
        return False
    if table.width < _FEWEST_ROWS:
        return _has_results_for_rows(table)
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


def _has_results_for_rows(table: Table) -> bool:
    known = labels.columns()
    results: set[str] = set()
    remedies: set[str] = set()
    for cell in table.cells:
        said = known.match(cell.text) or ""
        if cell.column == 0 and any(place[0] == _REMEDIES for place in known.leaves.get(said, ())):
            results.add(said)
        elif cell.column > 0 and cell.row < _FIRST_ROWS // 2 and said in known.children:
            remedies.add(said)
    return len(results) >= _FEWEST_RESULTS and len(remedies) > 1


def is_whole(table: Table) -> bool:
    """Whether the cells fill the table's rectangle."""
    return sum(cell.row_span * cell.column_span for cell in table.cells) == table.width * table.height


def turned(table: Table) -> Table:
    """The table with rows and columns exchanged; every cell keeps its `place`."""
    cells = (
        cell._replace(row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
        for cell in table.cells
    )
    return replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
