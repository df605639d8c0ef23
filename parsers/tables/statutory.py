"""Matches the tables of a document to the official forms by their words, and takes the figures out of them."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.model import Cell, Document, Figure, Problem, Table
from parsers.tables import by_words, grid, labels, lists, numbers
from parsers.tables.by_words import SINGLE_ROW_TABLES
from parsers.tables.captions import captioned, header_above
from parsers.tables.found import Statutory
from parsers.tables.generation import detect_form
from parsers.tables.header import Header, Leaf, Placed, columns_group, stated_unit
from parsers.tables.lists import YearColumn
from parsers.tables.places import LIST_COLUMN, cells_of, groups_around, indicators, row_order, rows_called
from parsers.tables.rivals import rivals
from parsers.tables.rows import (
    Row,
    begins_with_header,
    beside_article,
    holds_figures,
    holds_words,
    is_column_numbers,
    is_furniture,
    is_header,
    names_columns_group,
    names_rows,
    own_cells,
    reaches_down,
    shares_few_words,
    short_labels,
    shown,
    take_apart,
    without_label,
)
from parsers.tables.turned import is_whole, lies_on_its_side, turned

FEWEST_ROWS = 4


def match(document: Document) -> Statutory:
    """Reads every figure that the document's tables hold, whatever the number, order and cut of the tables.

    A row belongs to the form's row that its label words mean and a cell to the column that the header's words mean.
    What fits none, or more than one, is a problem with its place and gives no figure.
    """
    reader = _Reader(document.method, lists.title_year(document))
    told = rivals(document)
    reader.result.scopes = told.scopes
    for table, reader.caption in captioned(document):
        if table.number in told.aside:
            reader.set_aside(table, told.aside[table.number])
        elif shares_few_words(table):
            reader.result.leftover.append((table.number, grid.texts(table)))
        elif lies_on_its_side(table):
            if is_whole(table):
                reader.read(turned(table), on_its_side=True)
            else:
                reader.leave(table)
        else:
            for half in lists.abreast(table):
                reader.read(half)
    reader.result.tell_group_from_row()
    reader.result.leave_rivals()
    reader.result.take_back(lists.doubtful(reader.listed, reader.several))
    reader.result.form = detect_form(reader.result.figures)
    return reader.result


class _Reader:
    """Goes through the tables of one document row by row, remembering the header that stands above."""

    def __init__(self, method: str | None, year: str | None) -> None:
        self.result = Statutory()
        self.method = method
        self.year = year
        self.year_column: YearColumn | None = None
        self.header: Header | None = None
        self.closed = False  # data rows were read under the header: the next header row begins a new one
        self.last_table: str | None = None
        self.last_row = -1
        self.groups: list[str] = []
        self.headless: list[str] = []
        self.listed: dict[str, Table] = {}
        self.several: set[str] = set()
        self.strange: set[Leaf] = set()
        self.width = 0
        self.codes: frozenset[int] = frozenset()
        self.group: str | None = None
        self.caption = ""
        self.rows: list[list[Cell]] = []
        self.on_its_side = False

    def read(self, table: Table, *, on_its_side: bool = False) -> None:
        """Takes the figures of one table; rows that belong to no form are kept as leftover.

        `on_its_side` says that the table was turned to be read; places are named as they are printed.
        """
        leftover: list[tuple[int, tuple[str, ...]]] = []
        self.rows = rows = grid.rows(table)
        before = len(self.result.figures)
        self.headless, self.strange, self.width, self.codes = [], set(), table.width, frozenset()
        self.on_its_side = on_its_side
        touched = False
        continued = self.header is not None and self._continues(rows)
        if not continued:
            self.header, self.closed, self.last_table, self.groups = None, False, None, []
            self.last_row = self.last_row if self._follows(rows) else -1
        for number, row in enumerate(rows):
            own = [cell for cell in row if cell.row == number]
            printed = [cell.text for cell in own]
            if not any(map(str.strip, printed)):
                if self._is_value_row(row, number, rows):
                    touched |= self._values(table, Row(None, row, row))
                continue
            if any(map(labels.article, printed)) and (len(own) == 1 or not holds_figures(own)):
                self.header, self.closed = None, False
                own = beside_article(own)
            if not own:
                continue
            if is_header(own) or (names_columns_group(own) and begins_with_header(rows[number + 1 :])):
                self._head(table, own, row)
            elif is_column_numbers(own):
                continue
            else:
                self.year_column = lists.year_column(own, self.year) or self.year_column
                if not (self.codes or self.closed or table.ragged):
                    self.codes = lists.code_columns(own)
                understood = self._data(table, row)
                touched |= understood
                if not understood and not is_furniture(own):
                    leftover.append((number, tuple(cell.text.strip() for cell in row if cell.column not in self.codes)))
        if touched or len(self.result.figures) > before:
            self.result.tables_read.add(table.number)
            if leftover:
                self._unknown(table, leftover)
        else:
            self.result.leftover.append((table.number, grid.texts(table)))
        # A table of the agency's own may share a word or two (其他, 行政许可) with a form.
        if len(self.headless) >= FEWEST_ROWS:
            self._problem(
                "header_missing", f"no header names the columns of {len(self.headless)} rows", self.headless[0]
            )

    def set_aside(self, table: Table, whose: str) -> None:
        """Keeps a table that is not the report's own among the tables of no form."""
        self._problem("table_of_others", f"the table is {whose}; it was kept and not read", f"table {table.number}")
        self.result.leftover.append((table.number, grid.texts(table)))

    def leave(self, table: Table) -> None:
        """Keeps a table on its side whose rows are not all alike: a cell more or less moves the figures of others."""
        message = "the table lies on its side, and its rows do not have the same number of cells"
        self._problem("row_not_placed", message, f"table {table.number}")
        self.result.leftover.append((table.number, grid.texts(table)))

    def _continues(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether a table without a header of its own goes on where the last one was cut."""
        for row in rows:
            own = [cell for cell in row if cell.text.strip()]
            if not own:
                continue
            if (any(labels.article(cell.text) for cell in own) and not holds_figures(own)) or is_header(own):
                return self.header is not None and not self.closed and is_header(own)
            taken = take_apart(row)
            if taken.label is not None:
                places = labels.rows().leaves.get(taken.label, ())
                known = {place[0] for place in places}
                named = self.header.tables if self.header else frozenset()
                return bool(known & named) or (not self.closed and bool(known)) or not places
            if len(own) > 1:
                return not self.closed
        return False

    def _follows(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether the first row that a form knows comes after the row read last, as below a header printed again."""
        labelled = (taken.label for row in rows if row and (taken := take_apart(row)).label in labels.rows().leaves)
        places = labels.rows().leaves.get(next(labelled, None) or "", ())
        return any(row_order()[place[:2]] > self.last_row for place in places)

    def _head(self, table: Table, own: list[Cell], row: list[Cell]) -> None:
        same = self.header is not None and (self.header.table, self.header.ragged) == (table.number, table.ragged)
        if self.header is None or self.closed or not same:
            self.header = Header(table.number, self.width, table.ragged)
            self.closed, self.year_column = False, None
            # A column may be headed by a cell that reaches down from a row that names none (备注).
            own = own if table.ragged or same else row
            for above in header_above(self.caption, own, self.width):
                self.header.add(above)
        self.header.add(own)

    def _is_value_row(self, row: Sequence[Cell], number: int, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether an empty row is the blank row of figures of a table that has one row only."""
        if self.header is None or self.closed or self._single_row_table() is None or len(row) < len(self.header.leaves):
            return False
        return not any(cell.text.strip() for later in rows[number + 1 :] for cell in later)

    def _single_row_table(self) -> str | None:
        assert self.header is not None
        for table in SINGLE_ROW_TABLES:
            known = [leaf for leaf in self.header.leaves if leaf.column(table)]
            if len(known) * 2 > len(self.header.leaves) and known:
                return table
        return None

    def _data(self, table: Table, row: list[Cell]) -> bool:
        self.groups, found = by_words.of_single_row(row, self.groups)
        if found is None and not (self.header and self.header.tables):
            found = by_words.of_row_and_column(row)
        if found is not None:
            return self._figure(table, *found)
        if self.header is not None and self._beside_columns_group(table, row):
            return True
        taken = take_apart(row)
        self.group = taken.groups[-1] if taken.groups else self.group
        if self._is_of_another_group(taken):
            return False
        if taken.label is not None and taken.label in labels.rows().leaves:
            return self._values(table, taken) if self.header is not None else self._without_header(table, taken)
        if taken.label is not None:
            return self._group_row(table, taken)
        if self.header is not None and self._single_row_table():
            if lists.is_of_another_year(row, self.year):
                return False
            # A second row of figures claims the same cells: neither is believed.
            return self._values(table, Row(None, row, without_label(row)))
        return False

    def _without_header(self, table: Table, taken: Row) -> bool:
        if self._listed(table, taken):
            return True
        if any(numbers.read(cell.text).value is not None for cell in taken.values):
            self.headless.append(self._at(table, own_cells(taken.cells)[0]))
        return False

    def _listed(self, table: Table, taken: Row) -> bool:
        """Takes a row of a list of one number each, which needs no header, or none but one column of figures."""
        if self.header is not None and sum(bool(leaf.tables) or not leaf.is_stub for leaf in self.header.leaves) != 1:
            return False
        if self.codes:
            taken.values = [cell for cell in taken.values if cell.column not in self.codes]
        found = lists.of_list(taken, self.last_row, self.year_column)
        if found is None:
            if len(lists.counted(taken)) > 1:
                self.several.add(table.place)
            return False
        code, row_code, cell = found
        self.last_row = row_order()[code, row_code]
        name = f"{code}.{row_code}.{LIST_COLUMN}"
        self.listed[name] = table
        return self._figure(table, name, Leaf((LIST_COLUMN,), ""), cell)

    def _is_of_another_group(self, taken: Row) -> bool:
        """Whether a row with a label of few words (其他) stands in a group that has no such row in any form.

        The group is the one named last. Where no cell of it reaches down to the row, another row labelled alike tells.
        """
        label = taken.label
        if label is None or label not in labels.rows().leaves:
            return False
        groups = groups_around(label)
        if len(label) >= labels.SHORTEST_FUZZY:
            self.group = groups[0][-1] if len({group[-1] for group in groups}) == 1 else self.group
            return False
        if self.group is None or not groups or any(self.group in group for group in groups):
            return False
        return reaches_down(self.group, taken.cells) or sum(label in short_labels(row) for row in self.rows) > 1

    def _beside_columns_group(self, table: Table, row: Sequence[Cell]) -> bool:
        """Takes a row named by a group of columns (行政复议), under a header of that group's columns alone."""
        assert self.header is not None
        if labels.wording(row[0].text) in labels.rows().leaves:
            return False  # 行政复议数量 is a row of the statistics table
        group, cells = columns_group(row)
        if not group or len(cells) != len(self.header.in_order):
            return False
        leaves = [Leaf((*group, leaf.path[-1]), leaf.text) for leaf in self.header.in_order]
        for code, single in SINGLE_ROW_TABLES.items():
            columns = [leaf.column(code) for leaf in leaves]
            if None not in columns and len(set(columns)) == len(columns):
                self.closed = True
                for leaf, column, cell in zip(leaves, columns, cells, strict=True):
                    self._figure(table, f"{code}.{single}.{column}", leaf, cell)
                return True
        return False

    def _group_row(self, table: Table, taken: Row) -> bool:
        """A row that names a group only; figures in it belong to no cell of the form."""
        filled = [cell for cell in taken.values if cell.text.strip()]
        if filled and self.header is not None:
            where = self._at(table, filled[0])
            code = "row_unknown" if holds_words(taken.cells) else "row_not_placed"
            self._problem(code, f"figures stand beside the group {shown(taken.cells)}", where)
            return False
        return self.header is not None

    def _values(self, table: Table, taken: Row) -> bool:
        """Places the cells of a data row under the columns of the header."""
        assert self.header is not None
        if self.header.names_rows:
            return False
        code, row_code = self._table_of(taken.label)
        if code is None:
            return taken.label is not None and self._listed(table, taken)
        self.closed = True
        before, self.last_row = self.last_row, row_order()[code, row_code]
        placed = self._placed(table, code, taken.values)
        if not placed and not any(cell.text.strip() for cell in taken.values):
            return True  # a group, whose rows follow
        if not placed:
            self.last_row = before
            if self._listed(table, taken):
                return True
            self.last_row = row_order()[code, row_code]
            where = self._at(table, own_cells(taken.cells)[0])
            message = (
                f"the cells of the row {shown(taken.cells)} do not fit the {len(self.header.leaves)} columns above"
            )
            self._problem("row_not_placed", message, where)
            return True
        if all(not cell.text.strip() for _, _, cell in placed) and self._was_read(code, row_code):
            return True  # the rest of a label that a page cut: its row was read above
        understood = False
        for leaf, column, cell in placed:
            if column is None:
                if cell.text.strip() and not leaf.is_stub and leaf not in self.strange:
                    self.strange.add(leaf)
                    message = f"the column {leaf.text.strip()!r} belongs to no form"
                    self._problem("column_unknown", message, self._at(table, cell))
                continue
            understood |= self._figure(table, f"{code}.{row_code}.{column}", leaf, cell)
        return understood

    def _placed(self, table: Table, code: str, cells: Sequence[Cell]) -> Placed | None:
        assert self.header is not None
        if cells and "\n" in cells[0].text and names_rows(cells[0]):
            return None  # the figures of several rows, which nothing tells apart
        straight = not (table.ragged or self.header.ragged)
        placed = self.header.place(code, self.width, cells) if straight else None
        return placed or (None if self.on_its_side else self.header.place_in_order(code, cells))

    def _was_read(self, code: str, row_code: str) -> bool:
        """Whether a row gave figures already."""
        return not self.result.figures.keys().isdisjoint(cells_of(code, row_code))

    def _table_of(self, label: str | None) -> tuple[str | None, str]:
        """The form table and row that a label means under the header that stands above."""
        assert self.header is not None
        if label is None:
            table = self._single_row_table()
            return table, SINGLE_ROW_TABLES.get(table or "", "")
        tables = self.header.tables
        places = [place for place in rows_called(label) if place[0] in tables]
        # Some forms use a label twice (被依法纠错数): the next one after the row read last is meant.
        if len(places) > 1:
            order = row_order()
            return next((place for place in places if order[place] > self.last_row), places[0])
        return places[0] if places else (None, "")

    def _figure(self, table: Table, indicator_id: str, leaf: Leaf, cell: Cell) -> bool:
        indicator = indicators().get(indicator_id)
        where = self._at(table, cell)
        if indicator is None:
            if cell.text.strip():
                self._problem("cell_unknown", f"no form has the cell {indicator_id}", where)
            return False
        if indicator.dtype == "decimal":
            reading = numbers.read_money(cell.text, stated_unit(leaf.text, indicator))
        else:
            reading = numbers.read_count(cell.text, changes=indicator.dtype == "signed_integer")
        if reading.kind == "text":
            self._problem("cell_text", f"{indicator_id} is not a number: {cell.text.strip()[:80]!r}", where)
        figure = Figure(
            reading.value, reading.kind, cell.text, where, cell.place, reading.unit, reading.note, self.method
        )
        self.result.take(indicator_id, figure)
        return True

    def _unknown(self, table: Table, rows: list[tuple[int, tuple[str, ...]]]) -> None:
        rows = [(number, row) for number, row in rows if any(numbers.read(cell).value is not None for cell in row)]
        for number, row in rows:
            shown = " | ".join(cell for cell in row if cell)
            # Figures without a word belong to the row above, which a page or a line cut.
            code = "row_unknown" if any(numbers.read(cell).kind == "text" for cell in row) else "row_not_placed"
            where = f"table {table.number} row {number + 1}"
            self._problem(code, f"the row belongs to no form: {shown[:120]}", where)
        if rows:
            self.result.leftover.append((table.number, tuple(row for _, row in rows)))

    def _at(self, table: Table, cell: Cell) -> str:
        if self.on_its_side:
            return grid.at(table.number, cell.column, cell.row)
        return grid.at(table.number, cell.row, cell.column)

    def _problem(self, code: str, message: str, where: str) -> None:
        self.result.problems.append(Problem(code, message, where))
