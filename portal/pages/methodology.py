"""How the archive is made, what its figures can and cannot say, and who crawls."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from portal.beside import beside
from portal.catalogue import DATABASE
from portal.queries import front as front_queries
from portal.queries import methodology as queries
from portal.rendering import page

# Made by the measurement of how well the parsers read; it is not there before that was made.
ACCURACY = Path(__file__).parents[1] / "accuracy.json"
RULES = (
    *(f"A{number}" for number in (*range(1, 12), 13, 14, 15)),
    *("B1", "B2", "B4", "B5", "B6", "B7", "B8", "B9", "C1", "C2"),
    *(f"D{number}" for number in range(1, 12)),
)


WHATS = {"cells": "cells", "claims": "claims", "told apart": "told_apart"}  # all else is about who and when
Z = 1.959964  # of the 95 % interval


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one set of documents, how many of its figures, claims or facts about itself were read how."""

    of: str
    what: str
    right: int
    missing: int
    wrong: int

    @property
    def whole(self) -> int:
        """How many there are."""
        return self.right + self.missing + self.wrong

    @property
    def missing_percent(self) -> float:
        """The share that was not read."""
        return round(100 * self.missing / self.whole, 2)

    @property
    def wrong_percent(self) -> tuple[float, float, float]:
        """The share that was read wrong, and its 95 % interval after Wilson."""
        share = self.wrong / self.whole
        middle = share + Z * Z / (2 * self.whole)
        spread = Z * math.sqrt(share * (1 - share) / self.whole + Z * Z / (4 * self.whole**2))
        low, high = ((middle + sign * spread) / (1 + Z * Z / self.whole) for sign in (-1, 1))
        return round(100 * share, 2), round(max(0.0, 100 * low), 2), round(min(100.0, 100 * high), 2)


@cache
def accuracy() -> dict[str, Any] | None:
    """What was measured of the parsers: the day, the sets of documents, and the counts; None where nothing was."""
    if not ACCURACY.exists():
        return None
    held = json.loads(ACCURACY.read_text(encoding="utf-8"))
    together: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for count in held["counts"]:
        what = WHATS.get(count["what"], "identity")
        together[count["set"], what].update({outcome: count[outcome] for outcome in ("right", "missing", "wrong")})
    rows = [Measured(*key, found["right"], found["missing"], found["wrong"]) for key, found in together.items()]
    first = [
        Measured(each["of"], WHATS.get(each["what"], "identity"), each["right"], each["missing"], each["wrong"])
        for each in held.get("first_readings", [])
    ]
    return {
        "measured": held.get("measured"),
        "sets": held["sets"],
        "tables": [("sample", [row for row in rows if row.whole]), ("first_reading", first)],
    }


async def methodology(datasette: Any, request: Any) -> Response:
    """The methodology: coverage, forms, rules, the measured error rate, limits."""
    database = datasette.get_database(DATABASE)
    context = {
        "coverage": (await database.execute(queries.COVERAGE)).first(),
        "forms": (await database.execute(queries.FORMS)).rows,
        "sources": (await database.execute(queries.SOURCES)).first(),
        "run": (await database.execute(front_queries.LAST_RUN)).first(),
        "rules": RULES,
        "accuracy": accuracy(),
    }
    return await page(datasette, request, "methodology.html", context)


async def about(datasette: Any, request: Any) -> Response:
    """About the crawler: what it does at a site, what it does not, how to object."""
    return await page(datasette, request, "about.html", {"contact": beside(datasette).contact})
