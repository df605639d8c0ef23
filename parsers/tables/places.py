"""The cells of all forms: what each indicator is, the order of the rows, and which tables are mere lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from parsers.forms import Indicator, forms
from parsers.tables import labels

LIST_COLUMN = "value"


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator of every form by its id; where two forms share an id, the newer form's."""
    found: dict[str, Indicator] = {}
    for form in forms().values():
        for indicator in form.indicators():
            found.setdefault(indicator.id, indicator)
    return found


@cache
def cells_of(table: str, row: str) -> frozenset[str]:
    """The indicators that any form has in a row of a table."""
    return frozenset(name for name, cell in indicators().items() if (cell.table, cell.row) == (table, row))


@cache
def row_order() -> Mapping[tuple[str, str], int]:
    """The rank of each form row (table code, row code) in the order of printing."""
    places = [(table.code, row.code) for form in forms().values() for table in form.tables for row in table.rows]
    return {place: rank for rank, place in enumerate(dict.fromkeys(places))}


@cache
def rows_called(wording: str) -> tuple[tuple[str, str], ...]:
    """The rows of a wording (table code, row code), in the order of the forms; KeyError for what names no row."""
    return tuple(dict.fromkeys(place[:2] for place in labels.rows().leaves[wording]))


@cache
def groups_around(wording: str) -> tuple[tuple[str, ...], ...]:
    """The groups, one in the other, in which the forms have a row of this wording; KeyError as above."""
    return tuple(place[2] for place in labels.rows().leaves[wording] if len(place[2]) > 1)


@cache
def is_list(code: str) -> bool:
    """Whether a table of a form is a list: one number a row, and no columns to tell apart."""
    tables = [table for form in forms().values() for table in form.tables if table.code == code]
    return bool(tables) and all([column.code for column in table.columns] == [LIST_COLUMN] for table in tables)
