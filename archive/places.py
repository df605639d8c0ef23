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
from itertools import accumulate, pairwise
from operator import add
from typing import Any, NamedTuple

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
_EXACT = re.compile(r"(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?: |$))*")  # numbers that are printed again as they were
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


class _Numbers(NamedTuple):
    """The numbers of a place, each without its decimal point; `exact` where they are printed again as they were."""

    read: tuple[int, ...]
    exact: bool


def _read(place: CellPlace) -> tuple[_Pattern, _Numbers]:
    """The place taken apart."""
    at, own = _NUMBER.split(place.at), _NUMBER.split(place.place)
    printed = at[1::2] + own[1::2]
    together = " ".join(printed)
    decimals = tuple(len(number.partition(".")[2]) for number in printed) if "." in together else (0,) * len(printed)
    numbers = tuple(map(int, together.replace(".", "").split()))
    texts = (_MARK.join(at[::2]), _MARK.join(own[::2]))
    return _Pattern(texts, decimals), _Numbers(numbers, _EXACT.fullmatch(together) is not None)


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
    read = {cell: _read(place) for cell, place in cells.items() if _MARK not in place.at + place.place}
    patterns = Counter(found for found, _ in read.values()).most_common(1)
    pattern = patterns[0][0] if patterns else _Pattern(("", ""), ())
    numbers = {cell: found for cell, (own, found) in read.items() if own == pattern}
    slots = [
        _steps({cell: found.read[slot] for cell, found in numbers.items()}, rows, columns)
        for slot in range(len(pattern.decimals))
    ]
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
        f"{cell[0]}.{cell[1]}" for cell, found in _grid(slots, rows, columns) if numbers.get(cell) == (found, True)
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


def _steps(values: Mapping[tuple[str, ...], int], rows: Sequence[str], columns: Sequence[str]) -> _Steps:
    """A number of every cell as steps down the rows, the first from 0, and steps along the columns."""
    filled = Counter(row for row, _ in values)
    model = max(filled, key=lambda row: filled[row])
    along = {column: values[model, column] for column in columns if (model, column) in values}
    start = next(iter(along.values()))
    offsets = {column: value - start for column, value in along.items()}
    origins: list[int] = []
    for row in rows:
        own = next((values[row, column] - offsets[column] for column in offsets if (row, column) in values), None)
        origins.append(own if own is not None else (origins[-1] if origins else 0))
    return _differences(origins), _differences([offsets.get(column, 0) for column in columns])


def _differences(numbers: Sequence[int]) -> list[int]:
    return [numbers[0], *(later - earlier for earlier, later in pairwise(numbers))]


def _places(
    pattern: _Pattern, slots: Sequence[_Steps], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[str, CellPlace]]:
    for (row, column), numbers in _grid(slots, rows, columns):
        yield f"{row}.{column}", pattern.write(numbers)


def _grid(
    slots: Sequence[_Steps], rows: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    """Every cell that the rows and columns make, and the numbers at which its steps arrive."""
    down = list(zip(*(accumulate(steps[0]) for steps in slots), strict=True)) or [()] * len(rows)
    along = list(zip(*(accumulate(steps[1]) for steps in slots), strict=True)) or [()] * len(columns)
    for row, origins in zip(rows, down, strict=True):
        for column, offsets in zip(columns, along, strict=True):
            yield (row, column), tuple(map(add, origins, offsets))
