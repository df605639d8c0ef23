"""The agencies of the sixth web, each in one town."""

from __future__ import annotations

from towns.lists import BUREAUS
from towns.web import PLACES

AGENCIES = (place + bureau for bureau in BUREAUS for place in PLACES)


def agency() -> str:
    """The next agency that no other town of this web has."""
    return next(AGENCIES)
