"""Lists of one number a row (the statistics table of 2014): the year's own column among several, lists side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from parsers.model import Cell, Document, Table
from parsers.tables import labels, numbers
from parsers.tables.places import is_list, row_order, rows_called
from parsers.tables.rows import Row

_FEWEST_ABREAST = 4
_FEWEST_LISTED = 8
_TITLE_YEAR = re.compile(r"(20\d\d)年")
_AMOUNT = r"(?:数|统计数|数量|数值|数据|合计)?"
_OTHER = re.compile(
    r"20\d\d年|(?:上一?|去|前|历)年|(?:历年)?累计|(?:上年)?同期|(?:比上年)?增减|比上年|同比|增长|增幅|本季度|第?[一二三四]季度|[上下]半年"
)
_PADDED = re.compile(r"\s*0\d")  # a code (02), whatever its column is called
_PERCENT = re.compile(r"[+\-↑↓]?\d+(?:\.\d+)?%")
_CODES = frozenset({"序号", "代码", "编码", "编号", "行次", "行号", "栏次", "指标代码", "指标编码", "指标编号"})


@dataclass(frozen=True, slots=True)
class YearColumn:
    """The column that holds the numbers of the report's year, in rows of `cells` cells below its header."""

    column: int
    cells: int


def title_year(document: Document) -> str | None:
    """The year that the document's titles name first."""
    return next((found[1] for title in document.titles if (found := _TITLE_YEAR.search(title))), None)


def year_column(row: Sequence[Cell], year: str | None) -> YearColumn | None:
    """The column that a header row gives to the report's year (本年数, 2016年), where its words tell the others apart.

    None where a word behind the first column of numbers says neither this year nor another one, a sum, or a change.
    """
    if any(numbers.read(cell.text).value is not None for cell in row):
        return None
    own: list[Cell] = []
    others = 0
    for cell in row:
        words = labels.squash(cell.text)
        if _this_year(year).fullmatch(words):
            own.append(cell)
        elif _OTHER.match(words):
            others += 1
        elif words and (own or others):
            return None
    return YearColumn(own[0].column, len(row)) if len(own) == 1 and others else None


def is_of_another_year(row: Sequence[Cell], year: str | None) -> bool:
    """Whether the words before a row's figures say that they are of another year than the report's (2022年, 上年)."""
    words = labels.squash(row[0].text) if row else ""
    return _OTHER.match(words) is not None and not _this_year(year).fullmatch(words)


def code_columns(row: Sequence[Cell]) -> frozenset[int]:
    """The columns that a header row gives to the numbers of its lines (序号, 代码), which count nothing."""
    if any(numbers.read(cell.text).value is not None for cell in row):
        return frozenset()
    return frozenset(cell.column for cell in row if labels.squash(cell.text) in _CODES)


@cache
def _this_year(year: str | None) -> re.Pattern[str]:
    named = f"{year}年度?|" if year else ""
    return re.compile(rf"(?:{named}本年度?|当年|今年|本期|全年){_AMOUNT}")


def of_list(taken: Row, last_row: int, year: YearColumn | None = None) -> tuple[str, str, Cell] | None:
    """The place (table code, row code) of a row in a list of one number each, and its cell; None for any other row.

    Where the year's column is known, its cell is meant, be it blank. Some rows are labelled alike: the next one after
    `last_row` is meant.
    """
    places = [place for place in rows_called(taken.label or "") if is_list(place[0])]
    figures = counted(taken)
    beside = [cell for cell in taken.values if cell not in figures and cell.text.strip()]
    if year:
        figures = [cell for cell in taken.values if cell.column == year.column and len(taken.cells) == year.cells]
        beside = [cell for cell in beside if not _says_nothing(cell.text)]
    if not places or len(figures) != 1 or not all(labels.is_unit(cell.text) for cell in beside):
        return None
    if _PADDED.match(figures[0].text):
        return None
    order = row_order()
    return (*next((place for place in places if order[place] > last_row), places[0]), figures[0])


def _says_nothing(text: str) -> bool:
    """Whether a text beside the year's figure is a mark for none, or a change in percent."""
    return numbers.read(text).kind == "not_applicable" or _PERCENT.fullmatch(labels.squash(text)) is not None


def doubtful(listed: Mapping[str, Table], several: Set[str]) -> Mapping[str, Table]:
    """Of the figures of rows without a header, each with its table, those that are no form's or not surely read.

    Too few for a form's list are a table of the agency's own. Where other rows of a table, known by its place, hold
    `several` numbers, nothing says which of them the one number is.
    """
    unsure = {name: table for name, table in listed.items() if table.place and table.place in several}
    return unsure if len(listed) - len(unsure) >= _FEWEST_LISTED else listed


def counted(taken: Row) -> list[Cell]:
    """The cells of a row behind its label that hold numbers."""
    return [cell for cell in taken.values if numbers.read(cell.text).value is not None]


def abreast(table: Table) -> tuple[Table, ...]:
    """The two lists that a table prints side by side, the left one first, each cell where it stands; else the table."""
    middle, odd = divmod(table.width, 2)
    if odd or middle < 2 or table.ragged:
        return (table,)
    left = [cell for cell in table.cells if cell.column < middle]
    right = [cell for cell in table.cells if cell.column >= middle]
    if any(cell.column + cell.column_span > middle and cell.column_span < table.width for cell in left):
        return (table,)
    if any(_named(half) < _FEWEST_ABREAST for half in (left, right)):
        return (table,)
    return tuple(replace(table, cells=tuple(half)) for half in (left, right))


def _named(cells: Sequence[Cell]) -> int:
    """How many rows of the forms' lists some cells name."""
    known = labels.rows()
    said = {known.match(cell.text) for cell in cells if len(cell.text) >= labels.SHORTEST_FUZZY}
    return sum(any(is_list(place[0]) for place in known.leaves.get(label or "", ())) for label in said)
