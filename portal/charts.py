"""What a chart on a page shows: drawn in the browser from the page's own figures, which also stand in its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# A share of fewer cases than this says nothing, so that it is not drawn or ranked.
SMALLEST_DENOMINATOR = 20

Amount = int | float | None


@dataclass(frozen=True, slots=True)
class Strand:
    """One line or one set of bars: a value for each category, None where there is none to show."""

    name: str
    values: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `kind` is line, bar or stack; `notes` stand under the categories, such as how many reports there are.

    `breaks` are the positions of the categories before which figures must not be followed across, `unit` is % for
    shares (whose values run from 0 to 1) and otherwise the unit of the figures.
    """

    name: str
    kind: str
    title: str
    unit: str
    categories: tuple[str, ...]
    strands: tuple[Strand, ...]
    notes: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is too little to draw: no value, or no two that a line could join."""
        drawn = max((sum(value is not None for value in strand.values) for strand in self.strands), default=0)
        return drawn < 2 if self.kind == "line" else not drawn or len(self.categories) < 2

    def data(self, words: dict[str, str]) -> dict[str, Any]:
        """The chart as the script reads it; `words` are what the script itself says."""
        return {
            "name": self.name,
            "kind": self.kind,
            "title": self.title,
            "unit": self.unit,
            "categories": self.categories,
            "notes": self.notes,
            "breaks": self.breaks,
            "strands": [
                {"name": strand.name, "values": strand.values}
                for strand in self.strands
                if any(value is not None for value in strand.values)
            ],
            "words": words,
        }


def share(part: Amount, whole: Amount) -> float | None:
    """A share that may be shown: None where a side is missing or the whole is too small."""
    if part is None or whole is None or whole < SMALLEST_DENOMINATOR:
        return None
    return part / whole


def form_breaks(forms: Sequence[str | None]) -> tuple[int, ...]:
    """The positions at which the form differs from that of the column before; unknown forms break nothing."""
    breaks = []
    known = None
    for at, form in enumerate(forms):
        if form is not None and known is not None and form != known:
            breaks.append(at)
        known = form or known
    return tuple(breaks)
