"""Matches the tables of a document to the official forms by their words, and takes the figures out of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import dropwhile

from parsers.forms import Indicator, forms
from parsers.model import Cell, Document, Figure, Problem, Table
from parsers.tables import grid, labels, numbers
from parsers.tables.header import Header, Leaf, said, stated_unit

FEWEST_ROWS = 4
WIDEST_TRANSPOSED = 5
SINGLE_ROW_TABLES = {"remedies": "cases"}
# The form of 2019 has one row where that of 2021 has a group of three rows.
ONE_ROW = "requests.other."
ITS_PARTS = ("requests.other_no_correction.", "requests.other_fee_unpaid.", "requests.other_other.")


@dataclass
class Statutory:
    """What the statutory tables of a document hold.

    `figures` by indicator id; `leftover` the tables, and the rows of tables, that belong to no form, each with the
    number of its table; `tables_read` the numbers of the tables that gave figures.
    """

    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    leftover: list[tuple[int, tuple[tuple[str, ...], ...]]] = field(default_factory=list)
    tables_read: set[int] = field(default_factory=set)
    form: str | None = None


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator of every form by its id; where two forms share an id, the newer form's."""
    found: dict[str, Indicator] = {}
    for form in forms().values():
        for indicator in form.indicators():
            found.setdefault(indicator.id, indicator)
    return found


@cache
def row_order() -> Mapping[tuple[str, str], int]:
    """The rank of each form row (table code, row code) in the order of printing."""
    places = [(table.code, row.code) for form in forms().values() for table in form.tables for row in table.rows]
    return {place: rank for rank, place in enumerate(dict.fromkeys(places))}


def match(document: Document) -> Statutory:
    """Reads every figure that the document's tables hold, whatever the number, order and cut of the tables.

    A row belongs to the form's row that its label words mean and a cell to the column that the header's words mean.
    What fits none, or more than one, is a problem with its place and gives no figure.
    """
    reader = _Reader(document.method)
    for table in document.tables:
        reader.read(table)
    reader.tell_group_from_row()
    reader.result.form = detect_form(reader.result.figures)
    return reader.result


def detect_form(figures: Iterable[str]) -> str | None:
    """The form whose own indicators were found, judged by section two first; None where nothing tells.

    Requests and remedies are worded alike in both forms, but for 其他处理 (one row in 2019, three since 2021).
    """
    found = set(figures)
    own = {form.id: found & _own_indicators(form.id) for form in forms().values()}
    for kinds in (lambda name: not name.startswith("requests."), lambda name: name.startswith("requests.")):
        counts = sorted(((sum(map(kinds, names)), form) for form, names in own.items()), reverse=True)
        if counts[0][0] > counts[1][0]:
            return counts[0][1]
    return None


@cache
def _own_indicators(form_id: str) -> frozenset[str]:
    others = {i.id for form in forms().values() if form.id != form_id for i in form.indicators()}
    return frozenset(i.id for i in forms()[form_id].indicators()) - others


@dataclass
class _Row:
    """A data row taken apart: its label cells, the wording of its innermost known label, and the cells after it."""

    label: str | None
    cells: list[Cell]
    values: list[Cell]


class _Reader:
    """Goes through the tables of one document row by row, remembering the header that stands above."""

    def __init__(self, method: str | None) -> None:
        self.result = Statutory()
        self.method = method
        self.header: Header | None = None
        self.closed = False  # data rows were read under the header: the next header row begins a new one
        self.last_table: str | None = None
        self.last_row = -1
        self.groups: list[str] = []
        self.headless: list[str] = []
        self.strange: set[Leaf] = set()
        self.width = 0

    def read(self, table: Table) -> None:
        """Takes the figures of one table; rows that belong to no form are kept as leftover."""
        leftover: list[tuple[int, tuple[str, ...]]] = []
        rows = grid.rows(table)
        before = len(self.result.figures)
        self.headless, self.strange, self.width = [], set(), table.width
        touched = False
        continued = self.header is not None and self._continues(rows)
        if not continued:
            self.header, self.closed, self.last_table, self.groups = None, False, None, []
            self.last_row = -1
        for number, row in enumerate(rows):
            own = [cell for cell in row if cell.row == number]
            if not any(cell.text.strip() for cell in own):
                if self._is_value_row(row, number, rows):
                    touched |= self._values(table, _Row(None, row, row))
                continue
            if any(labels.article(cell.text) for cell in own):
                self.header, self.closed = None, False
            elif _is_header(own):
                self._head(table, own)
            else:
                understood = self._data(table, row)
                touched |= understood
                if not understood and not _is_furniture(own):
                    leftover.append((number, tuple(cell.text.strip() for cell in row)))
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

    def tell_group_from_row(self) -> None:
        """Drops the figures of a row that is the group of rows that were read: one of these lost its label."""
        figures = self.result.figures
        if any(name.startswith(ITS_PARTS) for name in figures):
            doubtful = [figures.pop(name) for name in list(figures) if name.startswith(ONE_ROW)]
            for figure in doubtful[:1]:
                self._problem("row_unknown", "figures stand beside （六）其他处理 and beside its rows", figure.at)

    def _continues(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether a table without a header of its own goes on where the last one was cut."""
        for row in rows:
            own = [cell for cell in row if cell.text.strip()]
            if not own:
                continue
            if any(labels.article(cell.text) for cell in own) or _is_header(own):
                return self.header is not None and not self.closed and _is_header(own)
            taken = _take_apart(row)
            if taken.label is not None:
                places = labels.rows().leaves.get(taken.label, ())
                known = {place[0] for place in places}
                return self.last_table in known or (not self.closed and bool(known)) or not places
            return not self.closed
        return False

    def _head(self, table: Table, row: list[Cell]) -> None:
        same = self.header is not None and (self.header.table, self.header.ragged) == (table.number, table.ragged)
        if self.header is None or self.closed or not same:
            self.header = Header(table.number, self.width, table.ragged)
            self.closed = False
        self.header.add(row)

    def _is_value_row(self, row: Sequence[Cell], number: int, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether an empty row is the blank row of figures of a table that has one row only."""
        if self.header is None or self.closed or self._single_row_table() is None or len(row) < len(self.header.leaves):
            return False
        return not any(cell.text.strip() for later in rows[number + 1 :] for cell in later)

    def _single_row_table(self) -> str | None:
        assert self.header is not None
        for table in SINGLE_ROW_TABLES:
            known = [leaf for leaf in self.header.leaves if self.header.column(leaf, table)]
            if len(known) * 2 > len(self.header.leaves) and known:
                return table
        return None

    def _data(self, table: Table, row: list[Cell]) -> bool:
        transposed = self._transposed(row)
        if transposed is not None:
            return self._figure(table, *transposed)
        taken = _take_apart(row)
        if taken.label is not None and taken.label in labels.rows().leaves:
            return self._values(table, taken) if self.header is not None else self._without_header(table, taken)
        if taken.label is not None:
            return self._group_row(table, taken)
        if self.header is not None and self._single_row_table() and not self.closed:
            return self._values(table, _Row(None, row, _without_label(row)))
        return False

    def _without_header(self, table: Table, taken: _Row) -> bool:
        if any(numbers.read(cell.text).value is not None for cell in taken.values):
            self.headless.append(grid.at(table, _own(taken.cells)[0]))
        return False

    def _group_row(self, table: Table, taken: _Row) -> bool:
        """A row that names a group only; figures in it belong to no cell of the form."""
        filled = [cell for cell in taken.values if cell.text.strip()]
        if filled and self.header is not None:
            where = grid.at(table, filled[0])
            self._problem("row_unknown", f"figures stand beside the group {_shown(taken.cells)}", where)
            return False
        return self.header is not None

    def _values(self, table: Table, taken: _Row) -> bool:
        """Places the cells of a data row under the columns of the header."""
        assert self.header is not None
        code, row_code = self._table_of(taken.label)
        if code is None:
            return False
        self.closed = True
        self.last_row = row_order()[code, row_code]
        straight = not (table.ragged or self.header.ragged)
        placed = straight and self.header.place(code, self.width, taken.values)
        placed = placed or self.header.place_in_order(code, taken.values)
        if not placed and not any(cell.text.strip() for cell in taken.values):
            return True  # a group, whose rows follow
        if not placed:
            where = grid.at(table, _own(taken.cells)[0])
            message = (
                f"the cells of the row {_shown(taken.cells)} do not fit the {len(self.header.leaves)} columns above"
            )
            self._problem("row_not_placed", message, where)
            return True
        understood = False
        for leaf, cell in placed:
            column = self.header.column(leaf, code)
            if column is None:
                if cell.text.strip() and not leaf.is_stub and leaf not in self.strange:
                    self.strange.add(leaf)
                    message = f"the column {leaf.text.strip()!r} belongs to no form"
                    self._problem("column_unknown", message, grid.at(table, cell))
                continue
            understood |= self._figure(table, f"{code}.{row_code}.{column}", leaf, cell)
        if understood:
            self.last_table = code
        return understood

    def _table_of(self, label: str | None) -> tuple[str | None, str]:
        """The form table and row that a label means under the header that stands above."""
        assert self.header is not None
        if label is None:
            table = self._single_row_table()
            return table, SINGLE_ROW_TABLES.get(table or "", "")
        places = [place[:2] for place in labels.rows().leaves[label] if place[0] in self.header.tables]
        if not places:
            return None, ""
        # Some forms use a label twice (被依法纠错数): the next one after the row read last is meant.
        order = row_order()
        return next((place for place in places if order[place] > self.last_row), places[0])

    def _transposed(self, row: Sequence[Cell]) -> tuple[str, Leaf, Cell] | None:
        """A row of a table that stands on its side: column labels of a one-row table, then one cell."""
        if not 2 <= len(row) <= WIDEST_TRANSPOSED:
            return None
        *named, value = row
        path = [label for cell in named for label in said(cell.text)]
        if not path or numbers.read(value.text).kind == "text":
            return None
        known = labels.columns()
        if path[-1] not in known.leaves or any(label not in known.children for label in path[:-1]):
            return None
        if len(path) > 1:
            self.groups = path[:-1] if path[0] in ("行政复议", "行政诉讼") else [*self.groups[:1], *path[:-1]]
        leaf = Leaf((*self.groups, path[-1]), named[-1].text)
        for table, single in SINGLE_ROW_TABLES.items():
            column = leaf.column(table)
            if column is not None:
                return f"{table}.{single}.{column}", leaf, value
        return None

    def _figure(self, table: Table, indicator_id: str, leaf: Leaf, cell: Cell) -> bool:
        indicator = indicators().get(indicator_id)
        where = grid.at(table, cell)
        if indicator is None:
            if cell.text.strip():
                self._problem("cell_unknown", f"no form has the cell {indicator_id}", where)
            return False
        if indicator.dtype == "decimal":
            reading = numbers.read_money(cell.text, stated_unit(leaf.text, indicator))
        else:
            reading = numbers.read_count(cell.text)
        if reading.kind == "text":
            self._problem("cell_text", f"{indicator_id} is not a number: {cell.text.strip()[:80]!r}", where)
        figure = Figure(
            value=reading.value,
            kind=reading.kind,
            raw=cell.text,
            at=where,
            place=cell.place,
            unit=reading.unit,
            note=reading.note,
            method=self.method,
        )
        known = self.result.figures.get(indicator_id)
        if known is None or (known.value, known.kind) == (figure.value, figure.kind):
            self.result.figures.setdefault(indicator_id, figure)
        else:
            self._conflict(indicator_id, known, figure)
        return True

    def _conflict(self, indicator_id: str, known: Figure, other: Figure) -> None:
        """Two cells of the document claim the same indicator: neither is believed."""
        message = f"{indicator_id} is printed twice: {known.raw.strip()!r} at {known.at}, {other.raw.strip()!r}"
        self._problem("figure_conflict", message, other.at)
        self.result.figures[indicator_id] = Figure(None, "text", known.raw, known.at, known.place, method=self.method)

    def _unknown(self, table: Table, rows: list[tuple[int, tuple[str, ...]]]) -> None:
        rows = [(number, row) for number, row in rows if any(numbers.read(cell).value is not None for cell in row)]
        for number, row in rows:
            shown = " | ".join(cell for cell in row if cell)
            where = f"table {table.number} row {number + 1}"
            self._problem("row_unknown", f"the row belongs to no form: {shown[:120]}", where)
        if rows:
            self.result.leftover.append((table.number, tuple(row for _, row in rows)))

    def _problem(self, code: str, message: str, where: str) -> None:
        self.result.problems.append(Problem(code, message, where))


def _take_apart(row: Sequence[Cell]) -> _Row:
    """Splits a row behind its innermost known label; `label` is None where the row names nothing that a form knows.

    A cell that reaches down from rows above is a group, wherever wrong spans put it.
    """
    found: str | None = None
    after = 0
    own = _own(row)
    for index, cell in enumerate(row):
        if not cell.text.strip():
            continue
        label = labels.rows().match(cell.text)
        if label is None:
            if found is not None or not (numbers.read(cell.text).kind == "text" or _is_serial(row, index)):
                break
            continue
        found, after = (label if found is None or cell in own else found), index + 1
    if found is None:
        return _Row(None, list(row), list(row))
    return _Row(found, list(row), list(row[after:]))


def _own(row: Sequence[Cell]) -> list[Cell]:
    """The cells that begin in the row, those left out that reach down from rows above."""
    last = max(cell.row for cell in row)
    return [cell for cell in row if cell.row == last]


def _is_serial(row: Sequence[Cell], index: int) -> bool:
    """Whether a number only counts the rows: it opens the row, and words follow it."""
    following = row[index + 1 : index + 2]
    return index == 0 and any(labels.rows().match(cell.text) for cell in following)


def _without_label(row: Sequence[Cell]) -> list[Cell]:
    """The row without the words (件数, 数量) that some print before the figures of a one-row table."""
    return list(dropwhile(lambda cell: numbers.read(cell.text).kind == "text", row))


def _is_header(own: Sequence[Cell]) -> bool:
    """Whether a row names columns of a form and holds no figures."""
    found = {labels.columns().match(cell.text) for cell in own if cell.text.strip()} - {None}
    if not found or any(numbers.read(cell.text).value is not None for cell in own):
        return False
    if len(found) > 1:
        return True
    beside = [cell for cell in own if cell.text.strip() and labels.columns().match(cell.text) is None]
    if any(labels.wording(cell.text) in labels.STUBS for cell in beside):
        return True
    return not beside and labels.rows().match(next(cell.text for cell in own if cell.text.strip())) is None


def _is_furniture(own: Sequence[Cell]) -> bool:
    """Notes and titles that the forms print inside their tables."""
    words = [labels.wording(cell.text) for cell in own if cell.text.strip()]
    return all(word in labels.STUBS or "勾稽关系" in word for word in words)


def _shown(cells: Sequence[Cell]) -> str:
    return repr(" ".join(labels.squash(cell.text) for cell in cells if cell.text.strip())[:60])
