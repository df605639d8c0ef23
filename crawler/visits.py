"""What happened to one source in one run, and the one state that follows from it."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from archive.states import Outcome, SourceState
from crawler.platforms import pagers
from crawler.platforms.page import Entry, Fetch, Listing
from crawler.refusals import Obstacle
from crawler.sources import Source
from crawler.titles import Verdict, verdict

# A list that shows nothing new this many pages in a row repeats itself.
_BARREN_PAGES = 2
# Evidence names a few examples of what went wrong, not all of a thousand.
_EXAMPLES = 5


class Part(Enum):
    """What a request was made for."""

    FIRST_PAGE = "first page"
    FURTHER_PAGE = "further page"
    REPORT = "report"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that brought nothing to read: what it was for, its address, and what stood against it."""

    part: Part
    url: str
    obstacle: Obstacle


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
    pages: int = 0
    stated_pages: int | None = None
    stated_items: int | None = None
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
    _queue: deque[Fetch] = field(default_factory=deque)
    _spare: deque[tuple[Fetch, ...]] = field(default_factory=deque)
    _asked: set[tuple[str, str, str]] = field(default_factory=set)
    _barren: int = 0
    _repeats: bool = False

    def take(self, listing: Listing) -> list[Entry]:
        """Notes one page of the listing; returns the entries that are new and may be annual reports."""
        self.pages += 1
        new = [entry for entry in listing.entries if entry.url not in self.entries]
        self.entries |= {entry.url: entry for entry in new}
        self.stated_items = listing.items if listing.items is not None else self.stated_items
        self.stated_pages = listing.pages if listing.pages is not None else self.stated_pages
        self._queue.extend(listing.following)
        self._spare.extend(listing.otherwise)
        if listing.entries and not new:
            self._repeats = True
        self._barren = 0 if new or not self.entries else self._barren + 1
        if self._barren >= _BARREN_PAGES:
            self._queue.clear()
        wanted = [entry for entry in new if verdict(entry.title) is not Verdict.OTHER]
        self.wanted |= {entry.url: entry for entry in wanted}
        return wanted

    def next_page(self) -> Fetch | None:
        """The next page of the listing to ask for; None when all that is known was asked, or enough."""
        while self.pages < pagers.MOST_PAGES:
            while not self._queue:
                if not self._spare or not self._lacks_items():
                    return None
                self._queue.extend(self._spare.popleft())
                self._barren = 0
            fetch = self._queue.popleft()
            if fetch.key not in self._asked:
                self._asked.add(fetch.key)
                return fetch
        return None

    def asked(self, fetch: Fetch) -> None:
        """Notes a request of the listing made without `next_page` (the first)."""
        self._asked.add(fetch.key)

    def fail(self, part: Part, url: str, obstacle: Obstacle) -> None:
        """Notes a request that brought nothing to read."""
        self.failures.append(Failure(part, url, obstacle))

    def _lacks_items(self) -> bool:
        return self.stated_items is not None and len(self.entries) < self.stated_items

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
        if stopped and (self.pending or self._queue):
            return SourceState.CUT_SHORT, stopped
        return self._incomplete() or self._complete()

    def _incomplete(self) -> tuple[SourceState, str] | None:
        """The state of a listing that was begun and of which something is missing."""
        further = [failure for failure in self.failures if failure.part is Part.FURTHER_PAGE]
        if further:
            return SourceState.CUT_SHORT, f"{len(further)} further pages failed: {further[0].obstacle.reason}"
        if self._queue:
            return SourceState.CUT_SHORT, f"there are more than the {self.pages} pages that are read of one listing"
        if self._lacks_items():
            return SourceState.CUT_SHORT, f"the site states {self.stated_items} items, {len(self.entries)} were read"
        missing_pages = self.stated_pages is not None and self.pages < self.stated_pages
        if missing_pages and self.stated_items is None and not self._repeats:
            return SourceState.CUT_SHORT, f"the site states {self.stated_pages} pages, {self.pages} were read"
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
            "pages_stated": self.stated_pages,
            "items": len(self.entries),
            "items_stated": self.stated_items,
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
