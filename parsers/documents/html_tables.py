"""Reads one HTML table into cells at their true places, each with the path that finds it again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

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
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_WIDEST = 60
"""No official form has a cell over more columns; a larger span is a slip of the page."""


def flow(text: str) -> str:
    """Return text as a browser shows it on one line: source line breaks between Chinese characters say nothing."""
    text = text.strip(_ASCII_SPACE)
    if not _UNUSUAL.search(text):
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
    if children == 1 and not broken and (element[0].tag == "p" or len(element[0]) == 0):
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
    breaks = (next(node.iterancestors("td", "th"), None) for node in table.iter(*(_LINES - {"p"})))
    return {cell for cell in breaks if cell is not None}


@dataclass
class _Grid:
    """Which places of the rows to come are covered by cells that began above."""

    covered: dict[int, int] = field(default_factory=dict)

    def free(self, row: int, column: int) -> int:
        """Return the first column from `column` on that no cell from above covers in `row`."""
        while self.covered.get(column, 0) > row:
            column += 1
        return column

    def cover(self, row: int, column: int, height: int, width: int) -> None:
        """Note a cell that reaches into later rows."""
        for place in range(column, column + width):
            self.covered[place] = row + height


def _rows(table: etree._Element, hidden: Set[etree._Element]) -> Iterator[tuple[int, list[tuple[int, etree._Element]]]]:
    """Yield the rows of a table, not of tables nested in it: the ordinal of the tr, and of each cell within it."""
    ordinal, within, skipped = 0, 0, False
    cells: list[tuple[int, etree._Element]] = []
    outer = any(node is not table for node in table.iter("table"))
    for node in table.iter("tr", "td", "th"):
        if outer and next(node.iterancestors("table")) is not table:
            ordinal += node.tag == "tr"
            continue
        if node.tag == "tr":
            if cells:
                yield ordinal, cells
            ordinal, within, cells = ordinal + 1, 0, []
            skipped = node in hidden
            continue
        within += 1
        if not skipped and node not in hidden:
            cells.append((within, node))
    if cells:
        yield ordinal, cells


def _span(element: etree._Element, name: str) -> int:
    """Return a stated span; 0 for "0", which in HTML reaches to the table's end."""
    stated = element.get(name)
    if stated is None:
        return 1
    digits = _SPAN.match(stated)
    return int(digits[1]) if digits else 1


def _column_span(element: etree._Element) -> int:
    span = _span(element, "colspan")
    return span if span <= _WIDEST else 0


def read_cells(table: etree._Element, place: str, hidden: Set[etree._Element] = frozenset()) -> tuple[Cell, ...]:
    """Return the cells of one table element, nested tables' cells left out; `place` is the path of the table.

    Spans that are absurd (zero, or beyond any form) reach to the edge of the table and no further. Raises
    UnreadableError (too_large) where the cells together cover more places than any table has.
    """
    rows = list(_rows(table, hidden))
    height = len(rows)
    spans = [[_column_span(element) for _, element in cells] for _, cells in rows]
    width = max((sum(span or 1 for span in row) for row in spans), default=0)
    broken = _broken(table)
    grid = _Grid()
    found: list[Cell] = []
    places = 0
    for row, (ordinal, cells) in enumerate(rows):
        column = 0
        way = f"({place}//tr)[{ordinal}]/*["
        for (within, element), span in zip(cells, spans[row], strict=True):
            column = grid.free(row, column)
            column_span = span or max(1, width - column)
            row_span = min(_span(element, "rowspan") or height, height - row)
            places += row_span * column_span
            bounds.check_places(places)
            text = cell_text(element, element in broken)
            found.append(Cell(text, row, column, row_span, column_span, f"{way}{within}]" if ordinal else place))
            if row_span > 1:
                grid.cover(row, column, row_span, column_span)
            column += column_span
    return tuple(found)
