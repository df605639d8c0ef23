"""What happened to one source in one run, and the one state that follows from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from archive.states import Outcome, SourceState
from crawler.columns import Column, Failure, Part
from crawler.platforms import pagers
from crawler.platforms.page import Entry, Fetch, Listing
from crawler.refusals import Obstacle
from crawler.sources import Source
from crawler.titles import Verdict, verdict

__all__ = ["Column", "Failure", "Part", "Ruling", "Visit"]

# Evidence names a few examples of what went wrong, not all of a thousand.
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Ruling:
    """The state of a source in a run, with its evidence (JSON)."""

    state: SourceState
    evidence: dict[str, Any]


@dataclass(slots=True)
class Visit:
    """The bookkeeping of one source in one run. `known` are the snapshots that its stored reports were read from."""

    source: Source
    known: frozenset[int] = frozenset()
    platform: str = ""
    columns: list[Column] = field(default_factory=lambda: [Column()])
    entries: dict[str, Entry] = field(default_factory=dict)
    wanted: dict[str, Entry] = field(default_factory=dict)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    figures: int = 0
    changed: int = 0
    rejected: int = 0
    failures: list[Failure] = field(default_factory=list)
    avoided: list[str] = field(default_factory=list)
    crash: str | None = None
    understood: bool = True
    pending: int = 0
    _asked: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def pages(self) -> int:
        """How many pages of the listing were read."""
        return sum(column.pages for column in self.columns)

    def take(self, listing: Listing, column: Column | None = None, *, stub: bool = False) -> list[Entry]:
        """Notes one page of a column (the first, unless another is named); returns the entries that are new to the
        visit and may be annual reports. `stub` says that the page holds next to nothing."""
        column = column or self.columns[0]
        column.take(listing, stub=stub)
        for fetch in listing.columns:
            if fetch.key not in self._asked:
                self._asked.add(fetch.key)
                self.columns.append(Column(start=fetch))
        new = [entry for entry in listing.entries if entry.url not in self.entries]
        self.entries |= {entry.url: entry for entry in new}
        wanted = [entry for entry in new if verdict(entry.title) is not Verdict.OTHER]
        self.wanted |= {entry.url: entry for entry in wanted}
        if column.tentative and column.pages == 1 and not wanted:
            column.leave()
        return wanted

    def next_page(self) -> tuple[Column, Fetch] | None:
        """The next page of the listing to ask for, and its column; None when all that is known was asked, or enough."""
        for column in self.columns:
            while self.pages < pagers.MOST_PAGES and (fetch := column.next_page()) is not None:
                if fetch is column.start or fetch.key not in self._asked:
                    self._asked.add(fetch.key)
                    return column, fetch
        return None

    def asked(self, fetch: Fetch) -> None:
        """Notes a request of the listing made without `next_page` (the first)."""
        self._asked.add(fetch.key)

    def fail(self, part: Part, url: str, obstacle: Obstacle, column: Column | None = None) -> None:
        """Notes a request that brought nothing to read; of a further page, in its column."""
        failure = Failure(part, url, obstacle)
        if part is not Part.FURTHER_PAGE or (column or self.columns[0]).fails(failure):
            self.failures.append(failure)

    def rule(self, stopped: str | None = None) -> Ruling:
        """The state that follows, with its evidence. `stopped` says why the run ended early, if it did."""
        state, reason = self._state(stopped)
        return Ruling(state, self._evidence(reason))

    def _state(self, stopped: str | None) -> tuple[SourceState, str]:
        if self.crash:
            return SourceState.BROKEN, f"reading it failed on our side: {self.crash}"
        first = next((failure for failure in self.failures if failure.part is Part.FIRST_PAGE), None)
        if first:
            return first.obstacle.state, first.obstacle.reason
        if not self.pages and self.understood:
            return SourceState.NOT_RUN, stopped or "it was not reached"
        if not self.understood:
            return SourceState.BROKEN, "no platform module understands the listing"
        if stopped and (self.pending or any(column.waiting for column in self.columns)):
            return SourceState.CUT_SHORT, stopped
        return self._incomplete() or self._complete()

    def _incomplete(self) -> tuple[SourceState, str] | None:
        """The state of a listing that was begun and of which something is missing."""
        if any(column.waiting for column in self.columns):
            return SourceState.CUT_SHORT, f"there are more than the {self.pages} pages that are read of one listing"
        lacking = next((said for column in self.columns if (said := column.lacking())), None)
        if lacking:
            return SourceState.CUT_SHORT, lacking
        lost = [failure for failure in self.failures if failure.part is Part.REPORT]
        if not lost:
            return None
        states = {failure.obstacle.state for failure in lost}
        if (
            len(lost) >= len(self.wanted)
            and len(states) == 1
            and states <= {SourceState.REFUSED, SourceState.UNREACHABLE}
        ):
            return states.pop(), f"none of {len(lost)} listed reports could be fetched: {lost[0].obstacle.reason}"
        return SourceState.CUT_SHORT, f"{len(lost)} of {len(self.wanted)} listed reports: {lost[0].obstacle.reason}"

    def _complete(self) -> tuple[SourceState, str]:
        """The state of a listing that was read to its end."""
        if not self.wanted or self.rejected >= len(self.wanted):
            return SourceState.EMPTY, f"{len(self.entries)} items, no annual report among them"
        if self.known and not self.changed:
            return SourceState.UNCHANGED, f"{len(self.wanted) - self.rejected} reports, none new or changed"
        return SourceState.OK, f"{len(self.wanted) - self.rejected} reports, {self.changed} new or changed"

    def _evidence(self, reason: str) -> dict[str, Any]:
        """What the state rests on, without what is nought."""
        told = {
            "reason": reason,
            "platform": self.platform,
            "pages": self.pages,
            "pages_stated": sum(column.stated_pages or 0 for column in self.columns),
            "items": len(self.entries),
            "items_stated": sum(column.stated_items or 0 for column in self.columns),
            "reports": len(self.wanted) - self.rejected,
            "outcomes": {str(outcome): count for outcome, count in sorted(self.outcomes.items())},
            "not_reports": self.rejected,
            "failures": [
                {"for": failure.part.value, "url": failure.url, "reason": failure.obstacle.reason}
                for failure in self.failures[:_EXAMPLES]
            ],
            "failed": len(self.failures),
            "not_followed": self.avoided[:_EXAMPLES],
        }
        return {name: value for name, value in told.items() if value}
