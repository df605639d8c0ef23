"""Takes rows apart: the words that name a row, the cells behind them; what is a header, what only counts columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from parsers.model import Cell, Table
from parsers.tables import grid, labels, numbers

_COUNTING = frozenset({"栏次", "列次", "栏目", "甲", "乙", "丙"})
_FEWEST_COUNTED = 5
_LONGEST_LABEL = 80


@dataclass
class Row:
    """A data row taken apart: the wording of its innermost known label, all its cells, and those after its label.

    `groups` are the groups of rows that begin in it, outer to inner.
    """

    label: str | None
    cells: list[Cell]
    values: list[Cell]
    groups: tuple[str, ...] = ()


def take_apart(row: Sequence[Cell]) -> Row:
    """Splits a row behind its innermost known label; `label` is None where the row names nothing that a form knows.

    A cell that reaches down from rows above is a group, wherever wrong spans put it.
    """
    known = labels.rows()
    found: str | None = None
    after = 0
    groups: list[str] = []
    last = max([cell.row for cell in row], default=0)  # the cells that begin in the row itself
    for index, cell in enumerate(row):
        text = cell.text
        if not text.strip():
            continue
        label = known.match(text)
        if label is None:
            if found is not None or not (numbers.read(text).kind == "text" or _is_serial(row, index)):
                break
            continue
        if cell.row == last:
            groups += [said for said in known.path(text) if said in known.children]
        found, after = (label if found is None or cell.row == last else found), index + 1
    if found is None:
        return Row(None, list(row), list(row))
    return Row(found, list(row), list(row[after:]), tuple(groups))


def holds_figures(row: Sequence[Cell]) -> bool:
    """Whether a row is one of figures, named as a form names it."""
    taken = take_apart(row)
    return taken.label in labels.rows().leaves and any(
        numbers.read(cell.text).value is not None for cell in taken.values
    )


def beside_article(own: Sequence[Cell]) -> list[Cell]:
    """The cells beside 第二十条第（五）项 in its row, where they head columns; a number there is the page's."""
    rest = [cell for cell in own if cell.text.strip() and not labels.article(cell.text)]
    return rest if any(numbers.read(cell.text).kind == "text" for cell in rest) else []


def names_rows(cell: Cell) -> bool:
    """Whether each line of a cell, of two at least, names a row of a form, another one each."""
    found = [labels.rows().match(line) for line in cell.text.split("\n")]
    return len(set(found)) == len(found) > 1 and all(label in labels.rows().leaves for label in found)


def own_cells(row: Sequence[Cell]) -> list[Cell]:
    """The cells that begin in the row, those left out that reach down from rows above."""
    last = max(cell.row for cell in row)
    return [cell for cell in row if cell.row == last]


def holds_words(row: Sequence[Cell]) -> bool:
    """Whether a cell that begins in the row holds words."""
    return any(numbers.read(cell.text).kind == "text" for cell in own_cells(row))


def reaches_down(group: str, row: Sequence[Cell]) -> bool:
    """Whether a cell with a group's name reaches down to the row from one above."""
    last = max(cell.row for cell in row)
    return any(cell.row < last and group in labels.rows().path(cell.text) for cell in row)


def _is_serial(row: Sequence[Cell], index: int) -> bool:
    """Whether a number only counts the rows: it opens the row, and words follow it."""
    following = row[index + 1 : index + 2]
    return index == 0 and any(labels.rows().match(cell.text) for cell in following)


def without_label(row: Sequence[Cell]) -> list[Cell]:
    """The row without the words (件数, 数量) that some print before the figures of a one-row table."""
    return list(dropwhile(lambda cell: numbers.read(cell.text).kind == "text", row))


def is_header(own: Sequence[Cell]) -> bool:
    """Whether a row names columns of a form and holds no figures."""
    if any(numbers.read(cell.text).value is not None for cell in own):
        return False
    found = {labels.columns().match(cell.text) for cell in own if cell.text.strip()} - {None}
    if not found:
        return False
    if len(found) > 1:
        return True
    beside = [cell for cell in own if cell.text.strip() and labels.columns().match(cell.text) is None]
    if any(labels.wording(cell.text) in labels.STUBS for cell in beside):
        return True
    return not beside and labels.rows().match(next(cell.text for cell in own if cell.text.strip())) is None


def short_labels(row: Sequence[Cell]) -> set[str]:
    """The labels of few words (其他, 总计) that name a row of figures."""
    known = labels.rows().leaves
    short = (cell.text for cell in own_cells(row) if len(cell.text) < 2 * labels.SHORTEST_FUZZY)
    said = {labels.wording(text) for text in short if not text.isdecimal()}
    found = {label for label in said if len(label) < labels.SHORTEST_FUZZY and label in known}
    return found if found and any(numbers.read(cell.text).value is not None for cell in row) else set()


def begins_with_header(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first of some rows names columns."""
    return bool(rows and rows[0]) and is_header(own_cells(rows[0]))


def shares_few_words(table: Table) -> bool:
    """Whether a table is the agency's own and shares but words such as 其他 and 总计 with a form.

    It has a header; nothing longer in it is a form's, and rows of figures are named by words of no form.
    """
    if any(_is_long_label(cell.text) for cell in table.cells):
        return False
    headed = named = strange = False
    for row in grid.rows(table):
        own = [cell for cell in row if cell.text.strip()]
        headed |= is_header(own)
        if any(numbers.read(cell.text).value is not None for cell in own):
            label = take_apart(own).label
            named |= label is not None
            strange |= label is None and numbers.read(own[0].text).kind == "text"
    return headed and named and strange


def _is_long_label(text: str) -> bool:
    """Whether a text is a label of a form, of rows or columns, that other tables do not use."""
    if len(text) > _LONGEST_LABEL or text.isdecimal():
        return False
    if labels.article(text):
        return True
    found = labels.rows().match(text) or labels.columns().match(text)
    return found is not None and len(found) >= labels.SHORTEST_FUZZY and found not in labels.STUBS


def names_columns_group(own: Sequence[Cell]) -> bool:
    """Whether a row is nothing but the name of a group of columns (行政复议), which may be worded like a row too."""
    filled = (cell.text for cell in own if cell.text.strip())
    return labels.wording(next(filled, "")) in labels.columns().children and next(filled, None) is None


def is_column_numbers(own: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, … and no words but 栏次."""
    counted = 0
    words = False
    for cell in own:
        reading = numbers.read(cell.text)
        if reading.value is not None:
            counted += 1
            if reading.value != counted:
                return False
        elif reading.kind == "text":
            words = True
            if labels.wording(cell.text) not in _COUNTING:
                return False
    return counted >= (1 if words else _FEWEST_COUNTED)


def is_furniture(own: Sequence[Cell]) -> bool:
    """Notes and titles that the forms print inside their tables."""
    words = [labels.wording(cell.text) for cell in own if cell.text.strip()]
    return all(word in labels.STUBS or "勾稽关系" in word for word in words)


def shown(cells: Sequence[Cell]) -> str:
    """The words of a row, for a message."""
    return repr(" ".join(labels.squash(cell.text) for cell in cells if cell.text.strip())[:60])
