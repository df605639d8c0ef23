"""Rows of one figure that say its place in a form by their words: a remedy and its result, a row and a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from parsers.model import Cell
from parsers.tables import labels, numbers
from parsers.tables.header import Leaf, said
from parsers.tables.places import rows_called

Found = tuple[str, Leaf, Cell]
SINGLE_ROW_TABLES: Mapping[str, str] = MappingProxyType({"remedies": "cases"})
_WIDEST = 5


def of_single_row(row: Sequence[Cell], groups: list[str]) -> tuple[list[str], Found | None]:
    """A row of a one-row table that stands on its side: column labels, outer to inner, then one cell.

    `groups` are those that rows above named. Gives those that hold from here on, and the figure's id, header and cell;
    None where the row is none of such a table.
    """
    if not 2 <= len(row) <= _WIDEST:
        return groups, None
    *named, value = row
    path = [label for cell in named for label in said(cell.text)]
    if not path or numbers.read(value.text).kind == "text":
        return groups, None
    known = labels.columns()
    if path[-1] not in known.leaves or any(label not in known.children for label in path[:-1]):
        return groups, None
    if len(path) > 1:
        groups = path[:-1] if path[0] in ("行政复议", "行政诉讼") else [*groups[:1], *path[:-1]]
    leaf = Leaf((*groups, path[-1]), named[-1].text)
    for table, single in SINGLE_ROW_TABLES.items():
        column = leaf.column(table)
        if column is not None:
            return groups, (f"{table}.{single}.{column}", leaf, value)
    return groups, None


def of_row_and_column(row: Sequence[Cell]) -> Found | None:
    """A row that names a row and a column of a form's table (规章, 本年制发件数), then holds one cell.

    None where a word of it may be the label of a group, or of a row as well as of a column (其他, 总计).
    """
    cells = [cell for cell in row if not (labels.is_unit(cell.text) or labels.article(cell.text))]
    words = [cell for cell in cells[:-1] if cell.text.strip()]
    if len(words) != 2 or numbers.read(cells[-1].text).kind == "text":
        return None
    line, head, value = *words, cells[-1]
    label, path = labels.rows().match(line.text), said(head.text)
    if label not in labels.rows().leaves or label in labels.rows().children or len(path) != 1:
        return None
    if path[0] in labels.rows().leaves or path[0] not in labels.columns().leaves:
        return None
    leaf = Leaf(path, head.text)
    found = [(table, code, column) for table, code in rows_called(label) if (column := leaf.column(table))]
    return (".".join(found[0]), leaf, value) if len(found) == 1 else None
