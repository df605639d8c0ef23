"""Reads one HTML table into cells at their true places, each with the path that finds it again."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from lxml import etree

from parsers.documents import bounds
from parsers.model import Cell

_WIDE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_IN_CHINESE = re.compile(f"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_SPACES = re.compile("[ \t\r\n\f]+")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_UNUSUAL = re.compile("[ \t\r\n\f\u200b-\u200d\u2060\ufeff\u00ad]")
_ASCII_SPACE = " \t\r\n\f"
_LINES = frozenset({"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "center", "section", "pre"})
_BREAKS = tuple(_LINES - {"p"})
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_WIDEST = 60
"""No official form has a cell over more columns; a larger span is a slip of the page."""


def flow(text: str) -> str:
    """Return text as a browser shows it on one line: source line breaks between Chinese characters say nothing."""
    text = text.strip(_ASCII_SPACE)
    if text.isalnum() or not _UNUSUAL.search(text):
        return text
    return _INVISIBLE.sub("", _SPACES.sub(" ", _BREAK_IN_CHINESE.sub("", text)))


def whole_text(element: etree._Element) -> str:
    """Return all text inside an element, runs joined."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def cell_text(element: etree._Element, broken: bool = True) -> str:
    """Return the text of a cell: runs joined without space, paragraphs and line breaks on lines of their own.

    `broken` says whether there may be breaks below the cell's own paragraphs.
    """
    children = len(element)
    if children == 0:
        return flow(element.text or "")
    if children == 1 and not broken:
        only = element[0]
        before, behind = element.text, only.tail
        alone = (before is None or before.isspace()) and (behind is None or behind.isspace())
        if alone if only.tag == "p" else len(only) == 0:
            return flow(whole_text(element))
    lines: list[list[str]] = [[]]
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag in _LINES:
                lines.append([])
            if node.text:
                lines[-1].append(node.text)
        elif node is not element:
            if node.tag in _LINES:
                lines.append([])
            if node.tail:
                lines[-1].append(node.tail)
    shown = (flow("".join(line)) for line in lines)
    return "\n".join(line for line in shown if line.strip())


def _broken(table: etree._Element) -> set[etree._Element]:
    """Return the cells that hold a line break or a block other than a paragraph."""
    breaks = (next(node.iterancestors("td", "th"), None) for node in table.iter(*_BREAKS))
    return {cell for cell in breaks if cell is not None}


@dataclass(slots=True)
class _Row:
    """A row: the ordinal of its tr in the table, its cells with their ordinals in it, the row its group ends before."""

    ordinal: int
    group: etree._Element | None
    cells: list[tuple[int, etree._Element]] = field(default_factory=list)
    end: int = 0


def _rows(table: etree._Element, hidden: Set[etree._Element]) -> list[_Row]:
    """Return the rows of a table, those without cells too, but not what is hidden nor what a table in it holds."""
    rows: list[_Row] = []
    row = _Row(0, table)
    ordinal = within = 0
    outer = any(node is not table for node in table.iter("table"))
    for node in table.iter("tr", "td", "th"):
        is_row = node.tag == "tr"
        if outer and next(node.iterancestors("table")) is not table:
            ordinal += is_row
        elif is_row:
            ordinal, within = ordinal + 1, 0
            row = _Row(ordinal, node.getparent())
            if node not in hidden:
                rows.append(row)
        else:
            within += 1
            if not row.ordinal and not rows:  # cells before the first row
                rows.append(row)
            if node not in hidden:
                row.cells.append((within, node))
    end = len(rows)
    for number in reversed(range(len(rows))):
        if number + 1 < len(rows) and rows[number].group is not rows[number + 1].group:
            end = number + 1
        rows[number].end = end
    return rows


@lru_cache(maxsize=256)
def _span(stated: str) -> int:
    """Return what a span attribute states; 0 for "0", which in HTML reaches to the table's end."""
    digits = _SPAN.match(stated)
    return int(digits[1]) if digits else 1


def _column_span(stated: str) -> int:
    span = _span(stated)
    return span if span <= _WIDEST else 0


def read_cells(table: etree._Element, place: str, hidden: Set[etree._Element] = frozenset()) -> tuple[Cell, ...]:
    """Return the cells of one table element, nested tables' cells left out; `place` is the path of the table.

    Spans that are absurd (zero, or beyond any form) reach to the edge of the table and no further; as in a browser, a
    row span ends with its group of rows (thead, tbody) and counts rows that show nothing. Raises UnreadableError
    (too_large) where the cells together cover more places than any table has.
    """
    rows = _rows(table, hidden)
    spans = [
        [_column_span(stated) if (stated := element.get("colspan")) else 1 for _, element in row.cells] for row in rows
    ]
    width = max((sum(row) + row.count(0) for row in spans), default=0)
    shown = list(accumulate((bool(row.cells) for row in rows), initial=0))
    broken = _broken(table)
    covered: dict[int, int] = {}  # a column that a cell covers, and the first row below that cell
    found: list[Cell] = []
    places = 0
    for number, row in enumerate(rows):
        column = 0
        way = f"({place}//tr)[{row.ordinal}]/*["
        for (within, element), span in zip(row.cells, spans[number], strict=True):
            while column in covered and covered[column] > number:
                column += 1
            column_span = span or max(1, width - column)
            row_span = height = 1
            stated = element.get("rowspan")
            if stated is not None:
                row_span = min(_span(stated) or row.end, row.end - number)
                height = shown[number + row_span] - shown[number]
            if row_span > 1:
                bounds.check_places(places + row_span * column_span)
                covered.update(dict.fromkeys(range(column, column + column_span), number + row_span))
            path = f"{way}{within}]" if row.ordinal else place
            found.append(Cell(cell_text(element, element in broken), shown[number], column, height, column_span, path))
            places += row_span * column_span
            column += column_span
        bounds.check_places(places)
    return tuple(found)
