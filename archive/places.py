"""Where a report's cells stand in the kept bytes, as one compact value a table: there are 200 cells a report."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

_AT = re.compile(r"table (\d+) row (\d+) column (\d+)")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell was read: `at` for people ("table 6 row 6 column 4"), `place` for machines (a reader's own path)."""

    at: str
    place: str


def pack(places: Mapping[str, CellPlace]) -> str:
    """The places of a table's cells, by "row.column" of the form, as one JSON value.

    What all cells share is stated once: the number of the document's table and the beginning of their paths. A cell is
    then `[row, column, rest of the path]`, the rest left out where it is empty.
    """
    matches = {cell: _AT.fullmatch(place.at) for cell, place in places.items()}
    numbers = [int(match[1]) for match in matches.values() if match]
    table = max(set(numbers), key=numbers.count) if numbers else None
    prefix = os.path.commonprefix([place.place for place in places.values()])  # noqa: RUF071  # of texts, not of paths
    packed: dict[str, dict[str, list[int | str]]] = {}
    for cell, place in places.items():
        row, _, column = cell.partition(".")
        match, rest = matches[cell], place.place[len(prefix) :]
        if match and int(match[1]) == table:
            entry: list[int | str] = [int(match[2]), int(match[3])]
        else:
            entry = [place.at]
        packed.setdefault(row, {})[column] = [*entry, rest] if rest else entry
    whole = {"table": table, "prefix": prefix, "cells": packed}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def unpack(packed: str) -> dict[str, CellPlace]:
    """What `pack` was given. A cell of the form that is not in it is absent from the document."""
    whole = json.loads(packed)
    places = {}
    for row, columns in whole["cells"].items():
        for column, entry in columns.items():
            if isinstance(entry[0], int):
                at, rest = f"table {whole['table']} row {entry[0]} column {entry[1]}", entry[2:]
            else:
                at, rest = entry[0], entry[1:]
            places[f"{row}.{column}"] = CellPlace(at, whole["prefix"] + (rest[0] if rest else ""))
    return places
