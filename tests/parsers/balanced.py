"""Fills forms at random so that every sum of theirs holds."""

from __future__ import annotations

import random

from reckoning import COLUMNS

from parsers.forms import Form
from parsers.reconcile import REMEDIES, RESULTS

CARRIED = ("new_received", "carried_in", "closed_total", "carried_out")


def balanced(form: Form, rng: random.Random) -> dict[str, str]:
    """The cell texts of a 2019 or 2021 form by indicator id; in section two some are blank."""
    rows = [row.code for row in form.table("requests").rows]
    cells: dict[str, int] = {}
    for column in COLUMNS:
        own = {row: _count(rng) for row in rows if row not in CARRIED}
        own["closed_total"] = sum(own.values())
        own["carried_out"] = _count(rng) % 20
        own["carried_in"] = min(_count(rng) % 20, own["closed_total"] + own["carried_out"])
        own["new_received"] = own["closed_total"] + own["carried_out"] - own["carried_in"]
        cells |= {f"requests.{row}.{column}": value for row, value in own.items()}
    for row in rows:
        cells[f"requests.{row}.total"] = sum(cells[f"requests.{row}.{column}"] for column in COLUMNS)
    for remedy in REMEDIES:
        parts = {f"remedies.cases.{remedy}_{result}": _count(rng) % 9 for result in RESULTS}
        cells |= parts | {f"remedies.cases.{remedy}_total": sum(parts.values())}
    filled = {name: str(value) for name, value in cells.items()}
    for indicator in form.indicators():
        if indicator.id not in filled and indicator.row != "other_published_documents":
            filled[indicator.id] = rng.choice(["", "0", str(rng.randrange(10)), str(rng.randrange(3000))])
    return filled


def _count(rng: random.Random) -> int:
    return rng.choice([0, 0, 0, rng.randrange(10), rng.randrange(300)])
