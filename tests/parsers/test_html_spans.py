"""Cells with row and column spans: every place of the rectangle belongs to the cell that covers it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from parsers.documents.html.tables import read_cells

Rectangle = tuple[int, int, int, int]


@st.composite
def tilings(draw: st.DrawFn) -> list[Rectangle]:
    """Rectangles (row, column, height, width) that tile a table, found by growing each from its first free place."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    tiles = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            room = next((x for x in range(column, width) if (row, x) in taken), width) - column
            tile = (row, column, draw(st.integers(1, height - row)), draw(st.integers(1, room)))
            taken |= {(row + y, column + x) for y in range(tile[2]) for x in range(tile[3])}
            tiles.append(tile)
    return tiles


@given(tilings())
def test_cells_stand_where_a_browser_puts_them(tiles: list[Rectangle]) -> None:
    height = max(row + rows for row, _, rows, _ in tiles)
    rows = [
        "<tr>"
        + "".join(f"<td rowspan={t[2]} colspan={t[3]}>{n}</td>" for n, t in enumerate(tiles) if t[0] == row)
        + "</tr>"
        for row in range(height)
    ]
    table = etree.fromstring(f"<table>{''.join(rows)}</table>", etree.HTMLParser()).find(".//table")
    cells = read_cells(table, "t")
    # A row in which no cell begins is no row of the table that a reader sees.
    begun = sorted({row for row, _, _, _ in tiles})
    shown = [
        (begun.index(row), column, sum(row <= one < row + rows for one in begun), columns)
        for row, column, rows, columns in tiles
    ]
    assert [(c.row, c.column, c.row_span, c.column_span) for c in cells] == shown
    assert [int(cell.text) for cell in cells] == list(range(len(tiles)))
