"""The heat map of the front page: regions × years, how many of the expected reports were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SHADES = 5
MARKS = ("late", "missing", "unknown", "refused")


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A region and year. `shade` runs from 0 (none found) to 5 (all found)."""

    year: int
    expected: int
    found: int
    late: int
    missing: int
    unknown: int
    refused: int

    @property
    def shade(self) -> int:
        """How dark the cell is; every step but the first and the last is a quarter."""
        if not self.expected or not self.found:
            return 0
        return SHADES if self.found >= self.expected else 1 + int((SHADES - 1) * self.found / self.expected)

    @property
    def marks(self) -> list[tuple[str, int]]:
        """What else is to be said of the cell: late, missing, unknown, refused, each with its number."""
        return [(name, count) for name in MARKS if (count := getattr(self, name))]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A region through the years; None for a year that is not in scope. `region` is None for agencies of no region."""

    code: str
    region: str | None
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Regions × years."""

    years: tuple[int, ...]
    rows: tuple[HeatRow, ...]


def heat_map(coverage: Iterable[Any]) -> HeatMap:
    """The heat map from the rows of `coverage`, in their order."""
    regions: dict[str, str | None] = {}
    cells: dict[tuple[str, int], HeatCell] = {}
    for row in coverage:
        code, year = row["region_code"], row["year"]
        regions[code] = row["region"]
        counts = {name: row[name] or 0 for name in ("expected", "found", *MARKS)}
        cells[code, year] = HeatCell(year, **counts)
    years = tuple(range(min(year for _, year in cells), max(year for _, year in cells) + 1)) if cells else ()
    return HeatMap(
        years,
        tuple(HeatRow(code, name, tuple(cells.get((code, year)) for year in years)) for code, name in regions.items()),
    )
