"""Where a report's cells stand in the kept bytes, as one compact value a table: there are 200 cells a report.

The places of a table are regular: whatever a reader numbers (lines, rows, columns, corners of boxes) moves by the same
steps along every row and down every column. So the texts are stored once with a mark for each number, and each number
as a step a row and a step a column. This is the table's layout, which the reports of a site, and of many sites, share.
A report's own are the numbers of the first cell, and the cells that do not fit, as they are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, product, starmap
from operator import add
from typing import Any, NamedTuple

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
_MARK = "#"
_Numbers = tuple[int, ...]


class CellPlace(NamedTuple):
    """Where a cell was read: `at` for people ("table 6 row 6 column 4"), `place` for machines (a reader's own path)."""

    at: str
    place: str


class _Pattern(NamedTuple):
    """What the places of a table have in common: the two texts with marks, and the decimals of each number."""

    texts: tuple[str, str]
    decimals: tuple[int, ...]

    def write(self, numbers: Sequence[int]) -> CellPlace:
        """The place with these numbers, each without its decimal point."""
        printed = iter(_printed(number, places) for number, places in zip(numbers, self.decimals, strict=True))
        at, place = (re.sub(_MARK, lambda _: next(printed), text) for text in self.texts)
        return CellPlace(at, place)


_pattern = lru_cache(maxsize=1024)(_Pattern)  # the same one for all cells of a table is soon compared


@lru_cache(maxsize=16384)  # the reports of a site, and the tables of all sites, name the same places
def _numbered(at: str, place: str) -> tuple[_Pattern, _Numbers] | None:
    """A place taken apart at its numbers, these without their decimal points; None where it could not be printed again
    as it was."""
    found = [_NUMBER.split(text) for text in (at, place)]
    printed = [number for parts in found for number in parts[1::2]]
    decimals = tuple(len(number.partition(".")[2]) for number in printed)
    numbers = tuple(int(number.replace(".", "")) for number in printed)
    if _MARK in at or _MARK in place or [*map(_printed, numbers, decimals)] != printed:
        return None
    return _pattern((_MARK.join(found[0][::2]), _MARK.join(found[1][::2])), decimals), numbers


def _printed(number: int, decimals: int) -> str:
    if not decimals:
        return str(number)
    digits = str(number).zfill(decimals + 1)
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


class _Grid(NamedTuple):
    """The rectangle that the cells of a table make: where each of them stands in it, row by row, and which are none."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    order: tuple[int, ...]
    absent: tuple[str, ...]


@lru_cache(maxsize=1024)  # most reports have all cells of their form
def _grid(cells: tuple[str, ...]) -> _Grid:
    rows, columns = (tuple(dict.fromkeys(names)) for names in zip(*(cell.split(".", 1) for cell in cells), strict=True))
    every = {f"{row}.{column}": at for at, (row, column) in enumerate(product(rows, columns))}
    given = frozenset(cells)
    absent = tuple(cell for cell in every if cell not in given)
    return _Grid(rows, columns, tuple(every[cell] for cell in cells), absent)


class Packed(NamedTuple):
    """The places of a table's cells as two JSON values: the layout, which many tables share, and the table's own."""

    layout: str
    places: str


def pack(places: Mapping[str, tuple[str, str]]) -> Packed:
    """The places of a table's cells (each a `CellPlace`, or the like), by "row.column" of the form."""
    grid = _grid(tuple(places))
    read = list(starmap(_numbered, places.values()))
    pattern = _commonest([each[0] for each in read if each is not None])
    nowhere: tuple[int | None, ...] = (None,) * len(pattern.decimals)
    cells = [nowhere] * len(grid.rows) * len(grid.columns)
    odd = set()
    for at, each in zip(grid.order, read, strict=True):
        if each is not None and each[0] == pattern:
            cells[at] = each[1]
        else:
            odd.add(at)
    ways = [_way(numbers, len(grid.columns)) for numbers in zip(*cells, strict=True)]
    own: dict[str, Any] = {"start": [way.start for way in ways]}
    odd = odd.union(*(way.odd for way in ways))
    if shown := {cell: places[cell] for cell, at in zip(places, grid.order, strict=True) if at in odd}:
        own["odd"] = shown
    steps = tuple([way.steps for way in ways])
    return Packed(_layout(grid.rows, grid.columns, pattern, steps, grid.absent), _json(own))


def _commonest(patterns: Sequence[_Pattern]) -> _Pattern:
    if not patterns:
        return _Pattern(("", ""), ())
    first = patterns[0]
    return first if patterns.count(first) == len(patterns) else Counter(patterns).most_common(1)[0][0]


class _Way(NamedTuple):
    """How a number moves in a table: where it starts, its steps down the rows and along the columns, and the places in
    the rectangle where it is another one, or none."""

    start: int
    steps: tuple[_Numbers, _Numbers]
    odd: frozenset[int]


@lru_cache(maxsize=2048)  # rows and columns are numbered alike in most tables
def _way(numbers: tuple[int | None, ...], width: int) -> _Way:
    rows = [numbers[start : start + width] for start in range(0, len(numbers), width)]
    model = min(rows, key=lambda row: row.count(None))
    first = next(number for number in model if number is not None)
    offsets = [None if number is None else number - first for number in model]
    origins: list[int] = []
    for row in rows:
        fitting = (
            number - offset
            for number, offset in zip(row, offsets, strict=True)
            if number is not None and offset is not None
        )
        origins.append(next(fitting, origins[-1] if origins else 0))
    along = [offset or 0 for offset in offsets]
    expected = [origin + offset for origin in origins for offset in along]
    odd = frozenset(at for at, (one, other) in enumerate(zip(numbers, expected, strict=True)) if one != other)
    return _Way(origins[0], (_steps(origins), (along[0], *_steps(along))), odd)


def _steps(numbers: Sequence[int]) -> _Numbers:
    return tuple(later - earlier for earlier, later in pairwise(numbers))


@lru_cache(maxsize=1024)  # each is of many tables
def _layout(
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    pattern: _Pattern,
    steps: tuple[tuple[_Numbers, _Numbers], ...],
    absent: tuple[str, ...],
) -> str:
    layout = {
        "rows": rows,
        "columns": columns,
        "texts": pattern.texts,
        "decimals": pattern.decimals if any(pattern.decimals) else (),
        "steps": steps,
    }
    return _json(layout | ({"absent": absent} if absent else {}))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def unpack(packed: Packed) -> dict[str, CellPlace]:
    """What `pack` was given. A cell of the form that is not in it is absent from the document."""
    layout, own = json.loads(packed.layout), json.loads(packed.places)
    steps = [([start, *down], along) for start, (down, along) in zip(own["start"], layout["steps"], strict=True)]
    return _unpacked(layout | own | {"steps": steps})


def unpack_first_release(packed: str) -> dict[str, CellPlace]:
    """What the first release packed into a single value, without a layout of its own."""
    return _unpacked(json.loads(packed))


def _unpacked(whole: Mapping[str, Any]) -> dict[str, CellPlace]:
    pattern = _Pattern(tuple(whole["texts"]), tuple(whole["decimals"]) or (0,) * len(whole["steps"]))
    places = dict(_places(pattern, whole["steps"], whole["rows"], whole["columns"]))
    for cell in whole.get("absent", ()):
        del places[cell]
    return places | {cell: CellPlace(*texts) for cell, texts in whole.get("odd", {}).items()}


def _places(
    pattern: _Pattern, slots: Sequence[tuple[list[int], list[int]]], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[str, CellPlace]]:
    down = list(zip(*(accumulate(steps[0]) for steps in slots), strict=True)) or [()] * len(rows)
    along = list(zip(*(accumulate(steps[1]) for steps in slots), strict=True)) or [()] * len(columns)
    for row, origin in zip(rows, down, strict=True):
        for column, offset in zip(columns, along, strict=True):
            yield f"{row}.{column}", pattern.write(tuple(map(add, origin, offset)))
