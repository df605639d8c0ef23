"""Reads the header rows of a statutory table: which column of which form stands where, by words."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from parsers.forms import Indicator, forms
from parsers.model import Cell
from parsers.tables import labels, numbers

Path = tuple[str, ...]
Shape = tuple[tuple[int, int, int], ...]  # of a row: the column, column span and row span of each cell
Under = tuple[tuple["Leaf", str | None, int], ...]  # a header cell, its column, the rank of the cell below it
Placed = list[tuple["Leaf", str | None, Cell]]  # a header cell, the form's column that it names, a cell below it
UNIT = "单位"
LABELS_HEADS = frozenset({"信息内容", "统计指标"})
_GLOSS = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]?")


class Leaf(NamedTuple):
    """An innermost header cell: its labels from outer to inner as wordings, what is printed, and the columns it covers.

    `start` and `end` are None where the medium gives no columns.
    """

    path: Path
    text: str
    start: int | None = None
    end: int | None = None

    def column(self, table: str) -> str | None:
        """The code of the form table's column that this header means; None when it means none, or more than one."""
        return _column(self.path, table)

    def is_whole(self, table: str) -> bool:
        """Whether the groups that stand over this column in the form table stand over it here."""
        places = (place for place in labels.columns().leaves.get(self.path[-1], ()) if place[0] == table)
        return any(set(place[2]) <= set(self.path) for place in places)

    @property
    def is_stub(self) -> bool:
        """Whether the header heads words (信息内容, 单位), not figures."""
        return self.path[-1] in labels.STUBS

    @property
    def tables(self) -> frozenset[str]:
        """The form tables that have a column of this wording."""
        return _tables_with(self.path[-1])


@dataclass
class Header:
    """The header rows that stand over the data rows being read."""

    table: int
    width: int
    ragged: bool
    rows: list[list[Cell]] = field(default_factory=list)
    _sound: dict[tuple[str, bool], bool] = field(default_factory=dict)
    _under: dict[tuple[str, Shape], Under] = field(default_factory=dict)

    def add(self, row: list[Cell]) -> None:
        """Takes one more header row."""
        self.rows.append(row)
        for known in ("by_place", "in_order", "tables", "names_rows", "_end"):
            self.__dict__.pop(known, None)
        self._sound.clear()
        self._under.clear()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The innermost header cells, however they are known."""
        return self.by_place or self.in_order

    @cached_property
    def tables(self) -> frozenset[str]:
        """The form tables that have a column of this header, but for those that share but some (总计) of another's."""
        return _tables_of(tuple([leaf.tables for leaf in self.leaves]))

    @cached_property
    def names_rows(self) -> bool:
        """Whether rows of the forms head columns here: the table crosses them with the agency's own lines (各单位)."""
        known = labels.rows()
        said = [leaf.path[-1] for leaf in self.leaves if not leaf.tables]
        return sum(words in known.leaves or words in known.children for words in said) > 1

    def _is_sound(self, table: str, by_place: bool) -> bool:
        """Whether the header's words name the columns of a form table without doubt.

        Each column once, and in the form's order: a header that lost a cell puts its words over other figures. Where
        the medium gives columns, another order is believed if every word stands under its group, or one row names all.
        """
        key = (table, by_place)
        if key not in self._sound:
            leaves = self.by_place if by_place else self.in_order
            self._sound[key] = _name_columns(leaves, table, by_place) or (
                by_place and len(self.rows) == 1 and _are_all_columns(leaves, table)
            )
        return self._sound[key]

    def _is_complete(self, table: str) -> bool:
        """Whether the header names every column of a form's table: then a cell more than columns is none of them."""
        if any(not leaf.tables and not leaf.is_stub for leaf in self.in_order):
            return False  # two of the form's headers may have run together
        codes = {code for leaf in self.in_order if (code := leaf.column(table))}
        return codes in _columns_of(table)

    def place(self, table: str, width: int, cells: Sequence[Cell]) -> Placed | None:
        """The cells of a data row under the header cells that stand above them.

        None unless each has exactly one of the other: a table of another `width`, or a cell that no header stands
        over, leaves the places unsure.
        """
        if self.width != width or not self._is_sound(table, by_place=True):
            return None
        shape = tuple([(cell.column, cell.column_span, cell.row_span) for cell in cells])
        ranks = self._under.get((table, shape))
        if ranks is None:
            ranks = self._under[table, shape] = _cells_under(self.by_place, table, shape)
        if not ranks:
            return None
        placed = [(leaf, column, cells[rank]) for leaf, column, rank in ranks]
        if any(not column and leaf.is_stub and _is_number(cell) for leaf, column, cell in placed):
            return None  # figures that stand where the labels do were moved there by a cell that is missing
        if len(placed) < len(cells):
            used = {rank for _, _, rank in ranks}
            spare = [cell for rank, cell in enumerate(cells) if rank not in used]
            if any(cell.text.strip() for cell in spare):
                return None
            # Under a header row that is too short, it may be a blank figure that has no header.
            if any(cell.column > self._end for cell in spare):
                strange = any(not leaf.tables and not leaf.is_stub for leaf in self.by_place)
                if strange or not self._is_complete(table) or not all(cell.text.strip() for _, _, cell in placed):
                    return None
        return placed

    def place_in_order(self, table: str, cells: Sequence[Cell]) -> Placed | None:
        """The cells of a data row in the order of the header; None unless there are as many of one as of the other."""
        leaves = self.in_order
        cells = [cell for cell in cells if cell.row_span == 1]
        surplus = len(cells) - len(leaves) if self._is_complete(table) else 0
        if surplus > 0 and cells[0].text.strip() and not any(cell.text.strip() for cell in cells[len(leaves) :]):
            # Blank cells behind the figures only fill the row up.
            cells = cells[: len(leaves)]
        elif surplus > 0 and not any(cell.text.strip() for cell in cells[:surplus]):
            # Blank cells between label and figures continue the label, if no figure is blank as well.
            if any(not cell.text.strip() for cell in cells[surplus:]):
                return None
            cells = cells[surplus:]
        if len(cells) != len(leaves) or not any(leaf.column(table) for leaf in leaves):
            return None
        if not self._is_sound(table, by_place=False):
            return None
        if any(numbers.are_several(cell.text) for cell in cells):
            return None  # two cells ran together, and a blank one fills the row up
        if self.ragged and not self._is_complete(table) and any(not leaf.tables for leaf in leaves):
            return None  # the strange header may be two of the form's that ran together
        return [(leaf, leaf.column(table), cell) for leaf, cell in zip(leaves, cells, strict=True)]

    @cached_property
    def _end(self) -> int:
        """The last column that the innermost header row covers."""
        last = self.rows[-1][0].row
        cells = (cell for row in self.rows for cell in row if cell.row + cell.row_span > last)
        return max(cell.column + cell.column_span for cell in cells) - 1

    @cached_property
    def by_place(self) -> tuple[Leaf, ...]:
        """The innermost header cells with the columns that they cover, left to right; () for a ragged table."""
        if self.ragged:
            return ()
        return _leaves(tuple(tuple((c.text, c.column, c.column_span) for c in row) for row in self.rows), self.width)

    @cached_property
    def in_order(self) -> tuple[Leaf, ...]:
        """The innermost header cells in the order of the form, worked out by which label may stand under which.

        () where a label is left over: the order is then not known.
        """
        queues = [deque(_said_row(row)) for row in self.rows]
        leaves: list[Leaf] = []
        while queues[0]:
            label, text = queues[0].popleft()
            leaves.extend(_expand(label, text, queues[1:], ()))
        top = {leaf.path[-1] for leaf in leaves if len(leaf.path) == 1}
        if any(label[-1] not in top | labels.STUBS for queue in queues[1:] for label, _ in queue):
            return ()
        # What stands before the first known column, but for the unit, heads the labels of the rows: all of it, or
        # as far as the words that head labels in the forms (信息内容); a word behind those heads figures.
        first = next((rank for rank, leaf in enumerate(leaves) if leaf.tables or leaf.path[-1] == UNIT), len(leaves))
        stubs = [rank for rank, leaf in enumerate(leaves[:first]) if leaf.path[-1] in LABELS_HEADS]
        return tuple(leaves[stubs[-1] + 1 if stubs else first :])


def _is_number(cell: Cell) -> bool:
    return numbers.read(cell.text).value is not None


# The forms' headers are printed alike in every report: what one means is worked out once.
@lru_cache(maxsize=512)
def _leaves(rows: tuple[tuple[tuple[str, int, int], ...], ...], width: int) -> tuple[Leaf, ...]:
    """The innermost cells of header rows, left to right; a cell is its text, its column and its column span."""
    found: list[tuple[int, tuple[str, int, int], Path]] = []
    groups: list[Path] = [()] * len(rows)
    covering = [{x: cell for cell in reversed(row) for x in range(cell[1], cell[1] + cell[2])} for row in rows]
    for x in range(width):
        path: Path = ()
        inner: tuple[int, tuple[str, int, int]] | None = None
        for depth, covered in enumerate(covering):
            cell = covered.get(x)
            label = said(cell[0]) if cell is not None else ()
            if cell is not None and label:
                groups[depth:] = [label] + [()] * (len(groups) - depth - 1)
                inner = depth, cell
                path += label
            elif groups[depth] and groups[depth][-1] in labels.columns().children:
                path += groups[depth]
        if inner is not None and (not found or found[-1] != (*inner, path)):
            found.append((*inner, path))
    return tuple(Leaf(path, text, column, column + span) for _, (text, column, span), path in found)


@lru_cache(maxsize=512)
def _cells_under(leaves: tuple[Leaf, ...], table: str, shape: Shape) -> Under:
    """Header cells, with their columns of the form table and the ranks of the cells that stand under them.

    () unless each has exactly one of the other.
    """
    if not shape:
        return ()
    covering = {x: rank for rank, (start, span, _) in enumerate(shape) for x in range(start, start + span)}
    found: list[tuple[Leaf, str | None, int]] = []
    used: set[int] = set()
    for leaf in leaves:
        assert leaf.start is not None
        assert leaf.end is not None
        under = {covering[x] for x in range(leaf.start, leaf.end) if x in covering}
        if not under:
            if leaf.tables or (not leaf.is_stub and leaf.start > shape[0][0]):
                return ()  # every header behind a row's label has a cell of its own, or one is missing
            continue
        rank = under.pop()
        if under or rank in used or shape[rank][2] > 1:
            return ()
        used.add(rank)
        found.append((leaf, leaf.column(table), rank))
    # 自然人（本市） and 自然人（外地） are each a part of the form's column; a span written out says the same twice.
    heads = {(column, leaf.path, labels.squash(leaf.text)) for leaf, column, _ in found}
    times = Counter(column for column, *_ in heads)
    return tuple((leaf, column if times[column] == 1 else None, rank) for leaf, column, rank in found)


@lru_cache(maxsize=512)
def _name_columns(leaves: tuple[Leaf, ...], table: str, by_place: bool) -> bool:
    """Whether header cells name each column of a form table once and in its order; see `Header._is_sound`."""
    named = [(leaf, leaf.column(table)) for leaf in leaves if table in leaf.tables]
    # A column of the agency's own (合计) may be worded like one that the form has in each of its groups.
    named = [(leaf, code) for leaf, code in named if code is not None or not by_place or len(leaf.path) > 1]
    codes = [code for code, _ in groupby(code for _, code in named)]  # a span written out repeats its words
    return (
        None not in codes
        and len(set(codes)) == len(codes)
        and (_follow(table, codes) or (by_place and all(leaf.is_whole(table) for leaf, _ in named)))
    )


def _are_all_columns(leaves: Sequence[Leaf], table: str) -> bool:
    """Whether header cells name every column of a form's table, each once."""
    codes = [leaf.column(table) for leaf in leaves if table in leaf.tables]
    return set(codes) in _columns_of(table) and len(set(codes)) == len(codes)


@cache
def _columns_of(table: str) -> tuple[frozenset[str], ...]:
    """The columns that each form with that table has in it."""
    tables = (one for form in forms().values() for one in form.tables if one.code == table)
    return tuple(frozenset(column.code for column in one.columns) for one in tables)


@lru_cache(maxsize=65536)
def _column(path: Path, table: str) -> str | None:
    places = [place for place in labels.columns().leaves.get(path[-1], ()) if place[0] == table]
    if len(places) > 1:
        groups = {label for label in path[:-1] if label in labels.columns().children}
        places = [place for place in places if set(place[2]) == groups]
    return places[0][1] if len(places) == 1 else None


@lru_cache(maxsize=65536)
def _tables_with(wording: str) -> frozenset[str]:
    return frozenset(place[0] for place in labels.columns().leaves.get(wording, ()))


@lru_cache(maxsize=512)
def _tables_of(leaves: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Of the tables that each header cell may belong to, those that have not only a part of another's cells."""
    ranks = {
        table: frozenset(rank for rank, tables in enumerate(leaves) if table in tables)
        for table in frozenset[str]().union(*leaves)
    }
    return frozenset(table for table, own in ranks.items() if not any(own < other for other in ranks.values()))


def _follow(table: str, codes: Sequence[str | None]) -> bool:
    """Whether columns follow each other as in every form that has the table."""
    for form in forms().values():
        order = [column.code for one in form.tables if one.code == table for column in one.columns]
        ranks = [order.index(code) for code in codes if code in order]
        if ranks != sorted(ranks):
            return False
    return True


def _said_row(row: Sequence[Cell]) -> list[tuple[Path, str]]:
    """The labels of a header row, a label repeated side by side (a span written out) once."""
    found: list[tuple[Path, str]] = []
    for cell in row:
        label = said(cell.text)
        if label and not (found and found[-1][0] == label):
            found.append((label, cell.text))
    return found


def _expand(label: Path, text: str, below: Sequence[deque[tuple[Path, str]]], above: Path) -> list[Leaf]:
    path = (*above, *label)
    inner = labels.columns().children.get(path[-1])
    if inner is None or not below:
        return [Leaf(path, text)] if inner is None else []
    queue = below[0]
    while queue and queue[0][0][0] not in inner and _has_later(queue, inner):
        queue.popleft()
    leaves: list[Leaf] = []
    taken: set[Path] = set()
    while queue and queue[0][0][0] in inner and queue[0][0] not in taken:
        child, child_text = queue.popleft()
        taken.add(child)
        leaves.extend(_expand(child, child_text, below[1:], path))
    return leaves


def _has_later(queue: deque[tuple[Path, str]], inner: frozenset[str]) -> bool:
    return any(label[0] in inner for label, _ in queue)


@lru_cache(maxsize=65536)
def said(text: str) -> Path:
    """What a header cell says: the wordings of the form that it means, else its own words; () for a blank cell."""
    known = labels.columns()
    path = known.path(text)
    if path:
        gloss = _GLOSS.search(labels.squash(text))
        inner = labels.wording(gloss[1]) if gloss else ""
        # 行政诉讼（未经复议直接起诉）: what stands in brackets is the group within the group.
        return (*path, inner) if inner in known.children.get(path[-1], ()) else path
    words = known.match(text) or labels.wording(text)
    return (words,) if words else ()


def columns_group(row: Sequence[Cell]) -> tuple[Path, list[Cell]]:
    """The group of columns that the first cells of a row name, with its outer groups, and the cells behind them.

    () where they name none, or the inner part of more than one.
    """
    named: Path = ()
    rest = list(row)
    while rest and (
        not rest[0].text.strip() or all(label in labels.columns().children for label in said(rest[0].text))
    ):
        named += said(rest.pop(0).text)
    if not named:
        return (), rest
    paths = {place[2] for places in labels.columns().leaves.values() for place in places if set(named) <= set(place[2])}
    return (next(iter(paths)), rest) if len(paths) == 1 else ((), rest)


def stated_unit(text: str, indicator: Indicator) -> str | None:
    """The unit of money that a header cell prints (（单位：元）), or else the one that the form prints."""
    plain = labels.squash(text)
    for unit in ("亿元", "万元", "元"):
        if f":{unit}" in plain or f"({unit})" in plain or plain.endswith(unit):
            return unit
    return indicator.unit
