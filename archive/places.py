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
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import add, eq, sub
from typing import Any, NamedTuple

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
_MARK = "#"


@dataclass(frozen=True, slots=True)
class CellPlace:
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


class _Numbered(NamedTuple):
    """A text taken apart at its numbers, these without their decimal points; `exact` where they are printed again as
    they were."""

    text: str
    decimals: tuple[int, ...]
    numbers: tuple[int, ...]
    exact: bool


@lru_cache(maxsize=16384)  # the reports of a site, and the tables of all sites, name the same places
def _numbered(text: str) -> _Numbered:
    parts = _NUMBER.split(text)
    printed = parts[1::2]
    decimals = tuple(len(number.partition(".")[2]) for number in printed)
    numbers = tuple(int(number.replace(".", "")) for number in printed)
    exact = all(map(eq, map(_printed, numbers, decimals), printed))
    return _Numbered(_MARK.join(parts[::2]), decimals, numbers, exact)


def _printed(number: int, decimals: int) -> str:
    if not decimals:
        return str(number)
    digits = str(number).zfill(decimals + 1)
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


class Packed(NamedTuple):
    """The places of a table's cells as two JSON values: the layout, which many tables share, and the table's own."""

    layout: str
    places: str


def pack(places: Mapping[str, CellPlace]) -> Packed:
    """The places of a table's cells, by "row.column" of the form."""
    cells = {tuple(cell.split(".", 1)): place for cell, place in places.items()}
    rows = list(dict.fromkeys(row for row, _ in cells))
    columns = list(dict.fromkeys(column for _, column in cells))
    read = {
        cell: (_numbered(place.at), _numbered(place.place))
        for cell, place in cells.items()
        if _MARK not in place.at and _MARK not in place.place
    }
    patterns = {
        cell: _Pattern((at.text, place.text), at.decimals + place.decimals) for cell, (at, place) in read.items()
    }
    pattern = next((found for found, _ in Counter(patterns.values()).most_common(1)), _Pattern(("", ""), ()))
    numbers = {cell: at.numbers + place.numbers for cell, (at, place) in read.items() if patterns[cell] == pattern}
    down, along = _ways(numbers, rows, columns)
    by_slot = zip(zip(*down, strict=True), zip(*along, strict=True), strict=True)
    slots = [(_differences(origins), _differences(offsets)) for origins, offsets in by_slot]
    layout: dict[str, Any] = {
        "rows": rows,
        "columns": columns,
        "texts": pattern.texts,
        "decimals": pattern.decimals if any(pattern.decimals) else [],
        "steps": [[down[1:], along] for down, along in slots],
    }
    if absent := [f"{row}.{column}" for row in rows for column in columns if (row, column) not in cells]:
        layout["absent"] = absent
    own: dict[str, Any] = {"start": [down[0] for down, _ in slots]}
    regular = {
        f"{cell[0]}.{cell[1]}"
        for cell, found in _grid(down, along, rows, columns)
        if numbers.get(cell) == found and read[cell][0].exact and read[cell][1].exact
    }
    if odd := {cell: [place.at, place.place] for cell, place in places.items() if cell not in regular}:
        own["odd"] = odd
    return Packed(_json(layout), _json(own))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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


_Steps = tuple[list[int], list[int]]
_Numbers = tuple[int, ...]


def _ways(
    numbers: Mapping[tuple[str, ...], _Numbers], rows: Sequence[str], columns: Sequence[str]
) -> tuple[list[_Numbers], list[_Numbers]]:
    """The numbers with which every row begins, and what every column adds to them."""
    if not numbers:
        return [()] * len(rows), [()] * len(columns)
    filled = Counter(row for row, _ in numbers)
    model = max(filled, key=lambda row: filled[row])
    along = {column: numbers[model, column] for column in columns if (model, column) in numbers}
    start = next(iter(along.values()))
    offsets = {column: tuple(map(sub, found, start)) for column, found in along.items()}
    nought = (0,) * len(start)
    origins: list[_Numbers] = []
    for row in rows:
        column = next((column for column in offsets if (row, column) in numbers), None)
        if column is not None:
            origins.append(tuple(map(sub, numbers[row, column], offsets[column])))
        else:
            origins.append(origins[-1] if origins else nought)
    return origins, [offsets.get(column, nought) for column in columns]


def _differences(numbers: Sequence[int]) -> list[int]:
    return [numbers[0], *(later - earlier for earlier, later in pairwise(numbers))]


def _places(
    pattern: _Pattern, slots: Sequence[_Steps], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[str, CellPlace]]:
    down = list(zip(*(accumulate(steps[0]) for steps in slots), strict=True)) or [()] * len(rows)
    along = list(zip(*(accumulate(steps[1]) for steps in slots), strict=True)) or [()] * len(columns)
    for (row, column), numbers in _grid(down, along, rows, columns):
        yield f"{row}.{column}", pattern.write(numbers)


def _grid(
    down: Sequence[_Numbers], along: Sequence[_Numbers], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[tuple[str, str], _Numbers]]:
    """Every cell that the rows and columns make, and its numbers."""
    for row, origin in zip(rows, down, strict=True):
        for column, offset in zip(columns, along, strict=True):
            yield (row, column), tuple(map(add, origin, offset))
