"""What is alarming about a night: each threshold that it crossed, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.states import Outcome, SourceState
from ogi.nights.settings import Thresholds

GIGABYTE = 1_000_000_000


def alarms_of(account: Mapping[str, Any], thresholds: Thresholds) -> list[str]:
    """The alarms that a crawl's account (`archive.nights.account`) gives cause for."""
    found = []
    states = account["states"]
    total = sum(states.values())
    troubled = sum(count for state, count in states.items() if not SourceState(state).listing_read)
    if troubled > thresholds.sources_in_trouble * total:
        found.append(f"{troubled} of {total} sources could not be read to their end")
    outcomes = account["outcomes"]
    unreadable, read = outcomes.get(Outcome.UNREADABLE, 0), sum(outcomes.values())
    if unreadable > thresholds.unreadable_documents * read:
        found.append(f"{unreadable} of {read} documents could not be read as reports")
    found += [
        f"{silent['source']} gave reports once and has now been without for {silent['nights']} nights"
        for silent in account["silent"]
        if silent["nights"] >= thresholds.silent_nights
    ]
    return found


def space_alarm(free: int, thresholds: Thresholds) -> str | None:
    """The alarm for a disk with `free` bytes; None while that is enough."""
    if free >= thresholds.free_gigabytes * GIGABYTE:
        return None
    return f"{free / GIGABYTE:.1f} GB are free on the disk, {thresholds.free_gigabytes:g} GB have to be"


def length_alarm(seconds: float, thresholds: Thresholds) -> str | None:
    """The alarm for a night that took so many seconds; None for one that was short enough."""
    if seconds <= thresholds.hours * 3600:
        return None
    return f"the night took {seconds / 3600:.1f} hours, more than {thresholds.hours:g}"
