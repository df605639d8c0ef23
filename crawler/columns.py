"""One list of a listing, read page by page: what it states, what was read of it, and what is still to be asked."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from archive.states import SourceState
from crawler.platforms.page import Fetch, Listing
from crawler.refusals import Obstacle

# A list that shows nothing new this many pages in a row repeats itself.
_BARREN_PAGES = 2


class Part(Enum):
    """What a request was made for."""

    FIRST_PAGE = "first page"
    FURTHER_PAGE = "further page"
    REPORT = "report"
    ATTACHMENT = "attachment"
    VANISHED = "report that is listed no more"


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that brought nothing to read: what it was for, its address, and what stood against it."""

    part: Part
    url: str
    obstacle: Obstacle


@dataclass(slots=True)
class Column:
    """A list with its own pager and its own totals. A listing is one, or is divided into several: by year, by kind of
    agency, by agency. `start` is the request for its first page (None for the listing's own)."""

    start: Fetch | None = None
    pages: int = 0
    stated_pages: int | None = None
    stated_items: int | None = None
    seen: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    _queue: deque[Fetch] = field(default_factory=deque)
    _ways: deque[tuple[Fetch, ...]] = field(default_factory=deque)
    _begun: bool = False
    _trying: bool = False
    _barren: int = 0
    _over: bool = False

    @property
    def waiting(self) -> bool:
        """Whether pages that are known of were not asked for."""
        return bool(self._queue) or (self.start is not None and not self._begun)

    @property
    def tentative(self) -> bool:
        """Whether a link only looked as if it led to a list of reports."""
        return self.start is not None and "tentative" in self.start.context

    def take(self, listing: Listing, *, stub: bool = False) -> None:
        """Notes one page of the list."""
        new = {entry.url for entry in listing.entries} - self.seen
        self.pages += 1
        self.seen |= new
        self.stated_items = listing.items if listing.items is not None else self.stated_items
        self.stated_pages = listing.pages if listing.pages is not None else self.stated_pages
        self._queue.extend(listing.following)
        self._ways.extend(listing.otherwise)
        # A list whose last pages repeat what was read, or are next to empty, states more pages than it has.
        self._over = self._over or (bool(self.seen) and not new and (stub or bool(listing.entries)))
        self._barren = 0 if new or not self.seen else self._barren + 1
        if self._barren >= _BARREN_PAGES:
            self._queue.clear()

    def next_page(self) -> Fetch | None:
        """The next page to ask for; another way to page is begun only while the ways before it left something out."""
        if self.start is not None and not self._begun:
            self._begun = True
            return self.start
        while not self._queue:
            if not self._ways or not self._left_out():
                return None
            self._queue.extend(self._ways.popleft())
            self._trying, self._barren = True, 0
        return self._queue.popleft()

    def leave(self) -> None:
        """Asks for nothing more of a list that turned out to be of other things."""
        self._queue.clear()
        self._ways.clear()
        self.stated_items = self.stated_pages = None

    def fails(self, failure: Failure) -> bool:
        """Notes a page that brought nothing. What was only tried is left; returns whether it counts as failed."""
        if failure.obstacle.state is SourceState.REFUSED:
            self._ways.clear()
        if self._trying or (self.tentative and not self.pages):
            self._queue.clear()
            return False
        self.failures.append(failure)
        return True

    def lacking(self) -> str | None:
        """What is missing of the list by what it states itself, as a clause; None where it was read whole."""
        if self.stated_items is not None:
            if len(self.seen) >= self.stated_items:
                return None
            if not self.failures:
                return f"the site states {self.stated_items} items, {len(self.seen)} were read"
        fewer = self.stated_pages is not None and self.pages < self.stated_pages
        if self.failures and (fewer or self.stated_pages is None):
            return f"{len(self.failures)} further pages failed: {self.failures[0].obstacle.reason}"
        if fewer and not self._over:
            return f"the site states {self.stated_pages} pages, {self.pages} were read"
        return None

    def _left_out(self) -> bool:
        if self.stated_items is not None:
            return len(self.seen) < self.stated_items
        return not self.seen or (self.stated_pages is not None and self.pages < self.stated_pages)
