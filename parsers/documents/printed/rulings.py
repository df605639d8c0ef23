"""The tables that ruling lines draw on a printed page: cells as boxes, each with the characters inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges
from pdfplumber.utils.geometry import filter_edges
from pdfplumber.utils.text import extract_text, extract_words

Char = dict[str, Any]
Edge = dict[str, Any]
Bounds = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the page's upper left corner

THIN = 3.0  # a filled rectangle up to this many points across is a line; a thicker one is a background
MITRED = 5  # points of the side of a box, its corners cut askew; a drawing has more
SNAP = 3.0  # lines this near are one line
SHARED_END = 2  # so many lines of a table ending together, and no line there: that side of it has none
MOST_EDGES = 4_000  # a drawing, not a table
WORD_GAP = 0.35  # of the type size: Chinese type sets a quarter between a figure and a character, and means no space
RUN_GAP = 0.12  # of the type size: characters nearer than this are one number, whatever line runs through it
LINE_GAP = 3.0
MOST_DIGITS = 8  # of a number that had to break; more are several numbers
TOUCH = 0.1  # of its height: a line of text so near below a line touches it


@dataclass(slots=True)
class Box:
    """A cell on a page. `column` and `row` are places in the page's own grid, the last ones exclusive.

    `score` is how sure its recogniser is of the text, None where nothing was recognised.
    """

    bounds: Bounds
    text: str = ""
    score: float | None = None
    rows: tuple[int, int] = (0, 0)
    columns: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class PageTable:
    """A table, or the part of one that stands on a page."""

    page: int
    bounds: Bounds
    boxes: list[Box]
    columns: list[float]  # the x of every vertical line of its grid
    height: int = 0  # rows
    crossed: list[Bounds] = field(default_factory=list)  # where text runs over a line
    overhang: list[tuple[Box, list[Char]]] = field(default_factory=list)  # text that a page break pushed out of a cell


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page, each thing as pdfplumber tells of it."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    rects: list[dict[str, Any]] = field(default_factory=list)
    curves: list[dict[str, Any]] = field(default_factory=list)


def tables_on(page: int, edges: list[Edge], chars: list[Char]) -> tuple[list[PageTable], list[Char]]:
    """The ruled tables of a page from top to bottom, and the characters that stand in none of them."""
    tables = ruled(page, edges)
    return tables, _fill(tables, chars)


def ruled(page: int, edges: list[Edge]) -> list[PageTable]:
    """The tables that the lines of a page draw, from top to bottom, their cells without text."""
    upright, level = _closed(edges)
    if len(upright) < 2 or len(level) < 2 or len(upright) + len(level) > MOST_EDGES:
        return []
    drawn = filter_edges(merge_edges([*upright, *level], SNAP, SNAP, SNAP, SNAP), min_length=SNAP)
    groups = cells_to_tables(intersections_to_cells(edges_to_intersections(drawn, SNAP, SNAP)))
    # A single box is a frame around text, not a table.
    tables = [_grid(page, cells) for cells in groups if len(cells) > 1]
    return sorted(tables, key=lambda table: table.bounds[1])


# --- lines ----------------------------------------------------------------------------------------------------------


def edge(x0: float, top: float, x1: float, bottom: float) -> Edge | None:
    """A line as pdfplumber's table finder takes it; none for a slanting line."""
    if min(x1 - x0, bottom - top) > 1:
        return None
    orientation = "h" if x1 - x0 >= bottom - top else "v"
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    bounds = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "doctop": top}
    return {"object_type": "table_edge", "orientation": orientation, "width": x1 - x0, "height": bottom - top} | bounds


def rulings(drawn: Drawn) -> list[Edge]:
    """Every straight line that can be seen, whether it was drawn as a line, a thin rectangle or a rectangle's side."""
    edges: list[Edge | None] = [edge(*_bounds(line)) for line in drawn.lines if not _is_white(line, "stroking_color")]
    for rectangle in drawn.rects:
        edges.extend(_sides(rectangle))
    for curve in drawn.curves:
        if curve["fill"] and len(curve["pts"]) <= MITRED and min(curve["width"], curve["height"]) <= THIN:
            edges.extend(_sides(curve))
        elif curve["stroke"] and not _is_white(curve, "stroking_color"):
            points = curve["pts"]
            edges.extend(
                edge(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(points)
            )
    return [edge for edge in edges if edge is not None]


def _sides(rectangle: dict[str, Any]) -> Iterator[Edge | None]:
    x0, top, x1, bottom = _bounds(rectangle)
    stroked = rectangle["stroke"] and not _is_white(rectangle, "stroking_color")
    filled = rectangle["fill"] and not _is_white(rectangle, "non_stroking_color")
    if (stroked or filled) and x1 - x0 <= THIN:
        yield edge((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
    elif (stroked or filled) and bottom - top <= THIN:
        yield edge(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    elif stroked:
        yield edge(x0, top, x0, bottom)
        yield edge(x1, top, x1, bottom)
        yield edge(x0, top, x1, top)
        yield edge(x0, bottom, x1, bottom)


def _bounds(thing: dict[str, Any]) -> Bounds:
    return thing["x0"], thing["top"], thing["x1"], thing["bottom"]


def _is_white(thing: dict[str, Any], kind: str) -> bool:
    color = thing.get(kind)
    parts = color if isinstance(color, list | tuple) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    return all(part == 0 for part in parts) if len(parts) == 4 else all(part == 1 for part in parts)


# --- sides without a line -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A level or an upright line: where it stands, and from where to where it reaches along itself."""

    at: float
    begin: float
    end: float

    def meets(self, other: _Stroke) -> bool:
        """Whether a line of the other direction touches it."""
        return other.begin - SNAP <= self.at <= other.end + SNAP and self.begin - SNAP <= other.at <= self.end + SNAP


def _closed(edges: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """The upright and the level lines, with a line added along every side of a table that has none.

    A page break may cut a table without drawing a line at the cut, or with one that leaves out the merged cells; many
    tables have no outer lines left and right.
    """
    merged = merge_edges(edges, SNAP, SNAP, SNAP, SNAP) if edges else []
    upright = [_Stroke(edge["x0"], edge["top"], edge["bottom"]) for edge in merged if edge["orientation"] == "v"]
    level = [_Stroke(edge["top"], edge["x0"], edge["x1"]) for edge in merged if edge["orientation"] == "h"]
    drawn_upright: list[Edge | None] = []
    drawn_level: list[Edge | None] = []
    for own_upright, own_level in _drawings(upright, level):
        for _ in range(2):  # a side that is added ends somewhere too
            own_upright += _missing(own_level, own_upright)
            own_level += _missing(own_upright, own_level)
        drawn_upright += [edge(stroke.at, stroke.begin, stroke.at, stroke.end) for stroke in own_upright]
        drawn_level += [edge(stroke.begin, stroke.at, stroke.end, stroke.at) for stroke in own_level]
    return [edge for edge in drawn_upright if edge], [edge for edge in drawn_level if edge]


def _drawings(upright: list[_Stroke], level: list[_Stroke]) -> list[tuple[list[_Stroke], list[_Stroke]]]:
    """The lines that hang together, each drawing by itself: the upright and the level ones of every table.

    An upright line that nothing meets goes with the table beside which it begins and ends: it is the outer side of a
    group that reaches over the whole page.
    """
    drawings: list[tuple[list[_Stroke], list[_Stroke]]] = []
    alone: list[_Stroke] = []
    left_upright, left_level = set(upright), set(level)
    while left_upright:
        new_upright = [left_upright.pop()]
        own_upright, own_level = new_upright[:], list[_Stroke]()
        while new_upright:
            new_level = [stroke for stroke in left_level if any(stroke.meets(other) for other in new_upright)]
            left_level.difference_update(new_level)
            own_level += new_level
            new_upright = [stroke for stroke in left_upright if any(stroke.meets(other) for other in new_level)]
            left_upright.difference_update(new_upright)
            own_upright += new_upright
        if own_level:
            drawings.append((own_upright, own_level))
        else:
            alone += own_upright
    for stroke in alone:
        for own_upright, _ in drawings:
            begin, end = min(other.begin for other in own_upright), max(other.end for other in own_upright)
            if abs(stroke.begin - begin) <= SNAP and abs(stroke.end - end) <= SNAP:
                own_upright.append(stroke)
                break
    return drawings


def _missing(strokes: list[_Stroke], across: list[_Stroke]) -> list[_Stroke]:
    """The lines that have to be added to those `across` to close what these strokes leave open at their ends."""
    added = []
    for ends in ([stroke.begin for stroke in strokes], [stroke.end for stroke in strokes]):
        for group in _ending_together(list(zip(ends, strokes, strict=True))):
            at = sum(end for end, _ in group) / len(group)
            met = [other for other in across if any(other.meets(stroke) for _, stroke in group)]
            there = [other for other in met if abs(other.at - at) <= SNAP]
            low, high = min(stroke.at for _, stroke in group), max(stroke.at for _, stroke in group)
            if met and not there:
                added.append(_Stroke(at, min(other.begin for other in met), max(other.end for other in met)))
            elif there and not _cover(there, low, high):
                added.append(_Stroke(at, low, high))
    return added


def _cover(strokes: list[_Stroke], low: float, high: float) -> bool:
    for stroke in sorted(strokes, key=lambda stroke: stroke.begin):
        if stroke.begin <= low + SNAP:
            low = max(low, stroke.end)
    return low >= high - SNAP


def _ending_together(strokes: list[tuple[float, _Stroke]]) -> list[list[tuple[float, _Stroke]]]:
    groups: list[list[tuple[float, _Stroke]]] = []
    for pair in sorted(strokes, key=lambda pair: pair[0]):
        if groups and pair[0] - groups[-1][0][0] <= SNAP:
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return [group for group in groups if len(group) >= SHARED_END]


# --- cells ----------------------------------------------------------------------------------------------------------


def lines_of(values: Iterable[float], apart: float) -> list[float]:
    """The distinct positions among values, those less than `apart` from the first of a group counted as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] < apart:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(lines: list[float], value: float) -> int:
    """The index of the line next to a value."""
    return min(range(len(lines)), key=lambda index: abs(lines[index] - value))


def apart(widths: Iterable[float]) -> float:
    """How far apart two lines must be to be two: a crooked line is not a column of its own, a narrow cell is."""
    return min(2 * SNAP, 0.4 * min(widths))


def _grid(page: int, cells: list[Bounds]) -> PageTable:
    columns = lines_of((x for cell in cells for x in (cell[0], cell[2])), apart(cell[2] - cell[0] for cell in cells))
    rows = lines_of((y for cell in cells for y in (cell[1], cell[3])), apart(cell[3] - cell[1] for cell in cells))
    boxes = [
        Box(
            cell,
            rows=(nearest(rows, cell[1]), nearest(rows, cell[3])),
            columns=(nearest(columns, cell[0]), nearest(columns, cell[2])),
        )
        for cell in cells
    ]
    boxes.sort(key=lambda box: (box.rows[0], box.columns[0]))
    return PageTable(page, (columns[0], rows[0], columns[-1], rows[-1]), boxes, columns, len(rows) - 1)


def _fill(tables: list[PageTable], chars: list[Char]) -> list[Char]:
    """Gives every cell its text; returns the characters outside of all cells."""
    boxes = [(table, box) for table in tables for box in table.boxes]
    boxes.sort(key=lambda pair: _area(pair[1].bounds))  # of a table inside a cell, the inner cell is meant
    inside: dict[int, list[Char]] = {}
    outside: list[Char] = []
    for run in _runs(chars):
        held = [next((place for place, (_, box) in enumerate(boxes) if _holds(box.bounds, char)), None) for char in run]
        known = [place for place in held if place is not None]
        if not known:
            below = next((place for place, (table, box) in enumerate(boxes) if _hangs_below(run, table, box)), None)
            if below is None:
                outside.extend(run)
            else:
                boxes[below][0].overhang.append((boxes[below][1], run))
            continue
        place = max(set(known), key=known.count)
        if len(set(held)) > 1:
            boxes[place][0].crossed.append(_around(run))
        inside.setdefault(place, []).extend(run)
    for place, held_chars in inside.items():
        box = boxes[place][1]
        box.text = _cell_text(held_chars, box.bounds)
    return outside


def _runs(chars: list[Char]) -> Iterator[list[Char]]:
    """Characters printed one behind the other without a gap: a number is never cut where it runs over a line."""
    run: list[Char] = []
    for char in chars:
        if run:
            last = run[-1]
            gap = (char["x0"] - last["x1"]) / max(char["size"], 1)
            level = abs(char["bottom"] - last["bottom"]) < 0.2 * char["size"]
            blank = char["text"].isspace() or last["text"].isspace()
            if blank or not level or not -RUN_GAP < gap < RUN_GAP:
                yield run
                run = []
        run.append(char)
    if run:
        yield run


def _holds(bounds: Bounds, char: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(bounds[0] <= x < bounds[2] and bounds[1] <= y < bounds[3])


def _hangs_below(run: list[Char], table: PageTable, box: Box) -> bool:
    """Whether a text touches the lowest line of a table from below, under this cell of its last row."""
    x0, top, x1, bottom = _around(run)
    inside = box.bounds[0] <= (x0 + x1) / 2 < box.bounds[2] and box.rows[1] == table.height
    return inside and top - TOUCH * (bottom - top) <= box.bounds[3] < bottom


def _area(bounds: Bounds) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def _around(chars: list[Char]) -> Bounds:
    return (
        min(char["x0"] for char in chars),
        min(char["top"] for char in chars),
        max(char["x1"] for char in chars),
        max(char["bottom"] for char in chars),
    )


def _cell_text(chars: list[Char], bounds: Bounds) -> str:
    """The lines of a cell; a number that had to break because its cell is narrow is one number again."""
    text = extract_text(chars, x_tolerance_ratio=WORD_GAP, y_tolerance=LINE_GAP)
    lines = text.split("\n")
    if len(lines) > 1 and len("".join(lines)) <= MOST_DIGITS and all(line.replace(".", "").isdigit() for line in lines):
        size = max(char["size"] for char in chars)
        full = extract_words(chars, x_tolerance_ratio=WORD_GAP, y_tolerance=LINE_GAP)[:-1]
        fills = all(len(line) == len(lines[0]) for line in lines[:-1]) and len(lines[-1]) <= len(lines[0])
        if fills and all(line["x0"] - bounds[0] + bounds[2] - line["x1"] < 1.5 * size for line in full):
            return "".join(lines)
    return text
