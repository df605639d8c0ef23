"""Kept pages that must not be shown, for privacy or by law, which people keep in withheld.csv with the reason.

The bytes stay in their WARC file, so that every figure can still be proved; only showing them ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ArchiveError
from archive.handwritten import day, lines

WITHHELD = Path(__file__).with_name("withheld.csv")
HEADER = ("what", "reason", "who", "date")


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why a kept page is not shown, who decided it, and when (an ISO date)."""

    reason: str
    who: str
    date: str


def read_withheld(path: Path = WITHHELD) -> Mapping[str, Withheld]:
    """What is withheld: `what` is a page's address, or the report_key of a report whose every page it is.

    Raises ArchiveError for a slip.
    """
    found: dict[str, Withheld] = {}
    for where, line in lines(path, HEADER):
        if not all((line["what"], line["reason"], line["who"])):
            raise ArchiveError(f"{where}: what, reason and who must be filled in.")
        found[line["what"]] = Withheld(line["reason"], line["who"], day(where, line["date"]))
    return found
