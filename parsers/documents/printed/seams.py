"""Tables that a page break cut: joined again, with the row or the group label that the break ran through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.documents.printed.rulings import Bounds, PageTable, apart, lines_of, nearest
from parsers.model import Cell, Table
from parsers.tables import labels

SHIFT = 4.0  # points by which the same line may stand elsewhere on the next page
HEAD_ROWS = 6
NUMERAL = re.compile(
    r"\s*(?:第|[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．）)]|[（(]?\d{1,2}[）)]|\d{1,2}[、.．](?!\d))"
)
FIGURE = re.compile(r"[\s\d０-９.,，．+＋\-－/／—]+")

NONE = {"无", "不涉及"}


@dataclass(slots=True)
class _Piece:
    """A cell in the grid of the whole table; the ends are exclusive."""

    text: str
    row: int
    row_end: int
    column: int
    column_end: int
    places: list[str]
    score: float | None

    @property
    def height(self) -> int:
        return self.row_end - self.row


def place(page: int, bounds: Bounds) -> str:
    """Where something stands, for finding it again: page and box in points from the upper left corner."""
    return f"page {page} box " + ",".join(f"{number:.1f}" for number in bounds)


def continues(table: PageTable, following: PageTable) -> bool:
    """Whether the second table has the columns of the first: the same outer lines, and inner lines in common."""
    if any(abs(table.columns[end] - following.columns[end]) > SHIFT for end in (0, -1)):
        return False
    inner, inner_following = table.columns[1:-1], following.columns[1:-1]
    shared = sum(any(abs(line - other) <= SHIFT for other in inner_following) for line in inner)
    return shared > 0 or not inner or not inner_following


def joined(parts: Sequence[PageTable], number: int) -> Table:
    """The parts of a table, page by page, as one table."""
    narrowest = apart(width for part in parts for width in _widths(part.columns))
    columns = lines_of((line for part in parts for line in part.columns), narrowest)
    pieces = _pieces(parts[0], columns)
    height = parts[0].height
    for part in parts[1:]:
        following, rows = _without_repeated_head(pieces, _pieces(part, columns), part.height)
        height = _append(pieces, height, following, rows)
    pieces = _without_stray_rows(pieces, height)
    cells = tuple(
        Cell(
            piece.text,
            piece.row,
            piece.column,
            piece.height,
            piece.column_end - piece.column,
            "; ".join(piece.places),
            piece.score,
        )
        for piece in sorted(pieces, key=lambda piece: (piece.row, piece.column))
    )
    return Table(number, cells, "; ".join(place(part.page, part.bounds) for part in parts))


def _widths(columns: list[float]) -> Iterable[float]:
    return (right - left for left, right in pairwise(columns))


def _pieces(part: PageTable, columns: list[float]) -> list[_Piece]:
    return [
        _Piece(
            box.text,
            *box.rows,
            nearest(columns, part.columns[box.columns[0]]),
            nearest(columns, part.columns[box.columns[1]]),
            [place(part.page, box.bounds)],
            box.score,
        )
        for box in part.boxes
    ]


def _without_repeated_head(above: list[_Piece], pieces: list[_Piece], rows: int) -> tuple[list[_Piece], int]:
    """A page's part without the head that is printed again on every page; also its number of rows."""
    for head in range(min(HEAD_ROWS, rows - 1), 0, -1):
        said = _head(pieces, head)
        if said and said == _head(above, head):
            kept = [piece for piece in pieces if piece.row >= head]
            for piece in kept:
                piece.row -= head
                piece.row_end -= head
            return kept, rows - head
    return pieces, rows


def _head(pieces: list[_Piece], rows: int) -> list[tuple[int, int, int, int, str]]:
    """What the first rows say; nothing where a cell reaches out of them or they hold figures."""
    head = [piece for piece in pieces if piece.row < rows]
    if any(piece.row_end > rows or _is_figure(piece.text) for piece in head):
        return []
    return sorted((p.row, p.row_end, p.column, p.column_end, labels.squash(p.text)) for p in head)


def _append(pieces: list[_Piece], height: int, following: list[_Piece], rows: int) -> int:
    """Adds the pieces of the next page under those above; returns the new height."""
    open_below = {(piece.column, piece.column_end): piece for piece in pieces if piece.row_end == height}
    first = {(piece.column, piece.column_end): piece for piece in following if piece.row == 0}
    pairs = [(above, first[columns]) for columns, above in sorted(open_below.items()) if columns in first]
    cut = open_below.keys() == first.keys() and _is_cut_row(pairs)
    shift = height - 1 if cut else height
    taken = []
    for above, below in pairs:
        if cut or _is_cut_cell(above, below):
            above.text = _both(above.text, below.text)
            above.row_end = below.row_end + shift
            above.places += below.places
            above.score = min((score for score in (above.score, below.score) if score is not None), default=None)
            taken.append(id(below))
    for piece in following:
        if id(piece) not in taken:
            piece.row += shift
            piece.row_end += shift
            pieces.append(piece)
    return rows + shift


def _without_stray_rows(pieces: list[_Piece], height: int) -> list[_Piece]:
    """The pieces without the rows that a line through the row above makes, and that are blank but for its figures.

    Where a page cuts a group of rows, browsers draw its end a few points beside the end of its rows.
    """
    for row in reversed(range(1, height)):
        if any(piece.row == row and piece.text.strip() for piece in pieces):
            continue
        if sum((piece.row, piece.row_end) == (row - 1, row + 1) and _is_figure(piece.text) for piece in pieces) < 2:
            continue
        for piece in pieces:
            piece.row -= piece.row > row
            piece.row_end -= piece.row_end > row
        pieces = [piece for piece in pieces if piece.height]
    return pieces


def _is_cut_row(pairs: list[tuple[_Piece, _Piece]]) -> bool:
    """Whether the last row above and the first below are one row.

    They are where a label is one only with both halves, or where the row below has no label of its own and does not
    say anything twice.
    """
    said_twice = [(above, below) for above, below in pairs if above.text.strip() and below.text.strip()]
    if any(_is_begun_anew(below.text) or _is_figure(below.text) for _, below in said_twice):
        return False
    single = [(above, below) for above, below in pairs if above.height == 1 and below.height == 1]
    if any(_is_cut_label(above.text, below.text) for above, below in single):
        return True
    if not single:
        return False
    label, below_label = single[0]
    return bool(label.text.strip() and not below_label.text.strip() and any(below.text.strip() for _, below in single))


def _is_cut_cell(above: _Piece, below: _Piece) -> bool:
    """Whether a group's label goes on below: it is blank there, or is a label only with both halves."""
    if not below.text.strip():
        return above.height > 1 or below.height > 1
    return _is_cut_label(above.text, below.text)


def _is_cut_label(above: str, below: str) -> bool:
    """Whether two texts are one label of a form, cut in two: not where the first is whole or the second a label too."""
    if not above.strip() or not below.strip() or _is_begun_anew(below) or _is_figure(below):
        return False
    if _is_whole(above) and not _is_whole(above + below):
        return False
    return _is_label(above + below) and not (_is_label(above) and _is_label(below))


def _is_figure(text: str) -> bool:
    said = labels.squash(text)
    return said in NONE or FIGURE.fullmatch(said) is not None


def _is_begun_anew(text: str) -> bool:
    return NUMERAL.match(labels.squash(text)) is not None


def _is_whole(text: str) -> bool:
    """Whether a text is exactly a label, with no bracket left open."""
    return labels.is_label(text) and labels.squash(text).count("(") <= labels.squash(text).count(")")


def _is_label(text: str) -> bool:
    return labels.rows().match(text) is not None or labels.columns().match(text) is not None


def _both(above: str, below: str) -> str:
    return "\n".join(text for text in (above, below) if text.strip())
