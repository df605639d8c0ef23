"""Makes one kind of line of the ways in which text draws tables: boxes, commas, a bar behind each cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from parsers.sections import heading
from parsers.tables import labels

_BARS = str.maketrans("│┃║｜", "||||")
_RULE = re.compile(r"\s*[+├┌└┼╔╠╚╬┣┏┗╋─━═|][-=+┬┴┼┤┐┘─━═╦╩╬╣╗╝├┌└╠╔╚┳┻╋┫┓┛|:\s]*")
_CORNER = re.compile(r"[+├┌└┼┬┴┤╔╠╚╬┣┏┗╋].*[+┐┤┘┼┬┴╗╣╝╬┓┫┛╋]")
_COLUMN_RULE = re.compile(r"\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+")
_BARRED_CELL = re.compile(r"(?P<cell>[^|]*?)\s*\|[|\s]*")
_BARRED_ROW = re.compile(r"\s*\|[|\s]*[^|\s]")
_FEWEST_BARRED = 8
_FEWEST_ROWS = 4
_LONGEST_CELL = 60


def redrawn(lines: Sequence[str]) -> list[str]:
    """Return the lines, as many, with each row of a drawn table as cells between bars, or between tabs.

    A row of a box that takes several lines is put together on its first; a list of values separated by commas gets
    tabs; a cell that ends with a bar and has a line for itself, or its bar one below it, loses the bar.
    """
    found = [line.translate(_BARS) for line in lines]
    found = _ruled(_boxes(found))
    found = _commas(found)
    barred = [line for line in found if "|" in line]
    alone = [cell for line in barred if (cell := _BARRED_CELL.fullmatch(line)) and cell["cell"].strip()]
    if len(alone) >= _FEWEST_BARRED and any(labels.is_row(cell["cell"]) for cell in alone):
        found = [cell["cell"] if (cell := _BARRED_CELL.fullmatch(line)) else line for line in found]
    elif sum(line.strip() == "|" for line in barred) >= _FEWEST_BARRED and not any(map(_BARRED_ROW.match, barred)):
        found = ["" if line.strip() == "|" else line for line in found]
    return found


def _boxes(lines: list[str]) -> list[str]:
    rules = [index for index, line in enumerate(lines) if _RULE.fullmatch(line) and _CORNER.search(line)]
    found = list(lines)
    for upper, lower in pairwise(rules):
        inner = range(upper + 1, lower)
        if not inner or not all("|" in lines[index] for index in inner):
            continue
        rows = [[cell.strip() for cell in lines[index].strip().strip("|").split("|")] for index in inner]
        if len({len(row) for row in rows}) == 1:
            found[inner[0]] = "| " + " | ".join("".join(pieces) for pieces in zip(*rows, strict=True)) + " |"
            found[inner[0] + 1 : lower] = [""] * (len(inner) - 1)
    for index in rules:
        found[index] = "|---|" if index + 1 < len(lines) and "|" in found[index + 1] else ""
    return found


def _ruled(lines: list[str]) -> list[str]:
    """Return the lines, the rows above and below a rule for columns (--- | ---) with bars around them."""
    found = list(lines)
    end = 0
    for index, line in enumerate(lines):
        if "|" not in line or index < end or not _COLUMN_RULE.fullmatch(line) or "|" not in lines[index - 1]:
            continue
        for row in takewhile(lambda row: "|" in lines[row], range(max(0, index - 1), len(lines))):
            found[row] = f"|{lines[row].rstrip()}|" if not lines[row].strip().startswith("|") else lines[row]
            end = row + 1
    return found


def _commas(lines: list[str]) -> list[str]:
    rows = {index: row for index, line in enumerate(lines) for row in _separated(line)}
    named = sum(any(labels.is_row(cell) for cell in row) and len(row) > 1 for row in rows.values())
    if named < _FEWEST_ROWS:
        return lines
    found = list(lines)
    for index, row in rows.items():
        filled = [cell for cell in row if cell.strip()]
        alone = len(filled) == 1 and (heading(filled[0]) or len(filled[0]) > _LONGEST_CELL or "。" in filled[0])
        found[index] = filled[0] if alone else "\t".join(row)
    return found


def _separated(line: str) -> Iterator[list[str]]:
    """Yield the cells of a line of values separated by commas, nothing for any other line."""
    if "," not in line or "\t" in line or "|" in line:
        return
    try:
        row = next(csv.reader([line], strict=True), [])
    except csv.Error:
        return
    filled = [cell for cell in row if cell.strip()]
    if (len(filled) == 1 and len(row) > 1) or all(len(cell) <= _LONGEST_CELL and "。" not in cell for cell in row):
        yield row
