"""What goes wrong or changes on purpose: misprints, late and withdrawn reports, and what the second night finds."""

from __future__ import annotations

from datetime import date

from demo.figures import Figures

MISPRINTED = ("zrzy", 2023)
SILENTLY_CHANGED = ("gaj", 2024)
WITHDRAWN = ("sthj", 2020)
ADDED = ("scjg", 2021)
COSMETIC = ("cyq", 2023)
REPOSTED = ("zjj", 2023)
"""Stands twice in its column, under two addresses, with the same figures."""

SECOND_NIGHT = date(2026, 11, 21)
_ADDED_ON = date(2026, 11, 20)


def misprints(key: str, year: int, cells: Figures) -> Figures:
    """The cells that the agency printed wrong: a total ten too high, a column's sum one too low, a case too many."""
    if (key, year) != MISPRINTED:
        return {}
    return {
        "requests.granted.total": cells["requests.granted.total"] + 10,
        "requests.closed_total.natural_person": cells["requests.closed_total.natural_person"] - 1,
        "remedies.cases.review_total": cells["remedies.cases.review_total"] + 1,
    }


def silent_change(key: str, year: int, night: int, cells: Figures) -> Figures:
    """The cells of a published report that read otherwise in the second night, without a word from the agency."""
    if night < 2 or (key, year) != SILENTLY_CHANGED:
        return {}
    return {"a20_6.penalty.decisions": cells["a20_6.penalty.decisions"] + 270}


def published_late(key: str, year: int) -> date | None:
    """The day on which a report missing in the first night is added."""
    return _ADDED_ON if (key, year) == ADDED else None


def years(key: str, known: tuple[int, ...], night: int) -> tuple[int, ...]:
    """The report years that an agency's column holds in that night."""
    if night < 2:
        return known
    kept = {year for year in known if (key, year) != WITHDRAWN}
    if key == ADDED[0]:
        kept.add(ADDED[1])
    return tuple(sorted(kept))


def flags(key: str, year: int, night: int) -> set[str]:
    """What the second night makes of a report."""
    if night < 2:
        return set()
    named = {SILENTLY_CHANGED: "silently_changed", ADDED: "added", COSMETIC: "cosmetic"}
    return {named[key, year]} if (key, year) in named else set()
