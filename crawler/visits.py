"""What happened to one source in one run, and the one state that follows from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.states import Outcome, SourceState
from crawler.columns import Column, Failure, Part
from crawler.platforms import pagers
from crawler.platforms.page import Entry, Fetch, Listing
from crawler.refusals import Obstacle
from crawler.sources import Source
from crawler.titles import Verdict, names_year, verdict
from parsers.model import SourceHint

__all__ = ["Column", "Failure", "Part", "Ruling", "Visit"]

# Evidence names a few examples of what went wrong, not all of a thousand.
_EXAMPLES = 5
# A listing that has lost more reports than this has more likely lost a page.
_MOST_VANISHED = 50
# What titles on these sites are made of.
_LEGIBLE = re.compile(
    "[的年月日上下大小人民政府国家信息公开工作报告通知制度会议办法规定关于局市县区财法事务项目计划建设服新闻动态领导机构职能]"
)
_STRANGE = re.compile(r"[^\x00-\x7f\u2000-\u206f]|\?\?")
# Where all that a listing leads to fails in one of these ways, the source is in that state.
_OF_ITSELF = frozenset((SourceState.REFUSED, SourceState.UNREACHABLE, SourceState.BROKEN))


@dataclass(frozen=True, slots=True)
class Ruling:
    """The state of a source in a run, with its evidence (JSON)."""

    state: SourceState
    evidence: dict[str, Any]


@dataclass(slots=True)
class Visit:
    """The bookkeeping of one source in one run.

    `known` are the snapshots that its stored reports were read from, `standing` the titles of these reports by address,
    `elsewhere` the other addresses at which the source has given some of them.
    Where the registry names a front page only, `trail` holds the links to try for the column of reports, `tried` those
    that were, and `found_at` is where it was found.
    `unreadable` is why the last report that could not be read could not.
    `met` are the addresses that listed items led to, `vacant` those of vanished reports that answer 404 or 410, `gone`
    those of them that were withdrawn for it.
    """

    source: Source
    known: frozenset[int] = frozenset()
    standing: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    platform: str = ""
    columns: list[Column] = field(default_factory=lambda: [Column()])
    entries: dict[str, Entry] = field(default_factory=dict)
    wanted: dict[str, Entry] = field(default_factory=dict)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    figures: int = 0
    changed: int = 0
    rejected: int = 0
    unreadable: str = ""
    failures: list[Failure] = field(default_factory=list)
    avoided: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    vacant: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    looked_back: bool = False
    found_at: str | None = None
    trail: list[tuple[str, bool]] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)
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
        self.understood = self.understood or bool(listing.entries)
        for fetch in listing.columns:
            if fetch.key not in self._asked:
                self._asked.add(fetch.key)
                self.columns.append(Column(start=fetch))
        new = [entry for entry in listing.entries if entry.url not in self.entries]
        self.entries |= {entry.url: entry for entry in new}
        starts = {each.start.url for each in self.columns if each.start}
        wanted = [
            entry
            for entry in new
            if verdict(entry.title) is not Verdict.OTHER and (entry.url not in starts or names_year(entry.title))
        ]
        self.wanted |= {entry.url: entry for entry in wanted}
        if column.tentative and column.pages == 1 and not wanted and not _only_pages(listing):
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

    def hint(self, entry: Entry) -> SourceHint:
        """What the registry and the listing say of a listed report."""
        return SourceHint(self.source.region_code or None, self.source.agency or None, entry.title, entry.date)

    def once_at(self, entry: Entry, url: str) -> frozenset[str]:
        """The addresses that reports may have left for `url`, where `entry` led: that of the entry, and those to which
        nothing on the listing has led so far."""
        return frozenset((*self._unmet(), entry.url)) - {url}

    def has_moved(self, entry: Entry, url: str) -> bool:
        """Whether `url`, where `entry` led, gives a report that has left the address at which it stood."""
        stood = self.elsewhere.get(url)
        return stood is not None and stood in self.once_at(entry, url)

    def vanished(self) -> dict[str, str]:
        """The reports that stood on the listing before and do not any more: titles by address. None is where nothing of
        the listing was read, or nothing understood."""
        if not self.pages or not self.understood:
            return {}
        return self._unmet()

    def _unmet(self) -> dict[str, str]:
        """The reports that stood on the listing and to which nothing on it has led so far: titles by address."""
        return {url: title for url, title in self.standing.items() if url not in self.met and url not in self.entries}

    def look_back(self) -> list[str]:
        """The addresses to ask for reports that have vanished from a listing that was read whole; once a visit."""
        if self.looked_back or not self.pages or self._unread():
            return []
        self.looked_back = True
        return list(self.vanished())[:_MOST_VANISHED]

    def warnings(self) -> list[str]:
        """What a person should look at, a sentence each: less read than the site states, reports that stood there
        before and have gone."""
        found = []
        unread = self._unread() if self.pages else None
        if unread:
            found.append(f"{self.source.id}: the listing was not read whole: {unread}.")
        lost = self.vanished()
        if lost:
            names = "; ".join(
                f"{title} (withdrawn: its page is gone too)" if url in self.gone else title
                for url, title in list(lost.items())[:_EXAMPLES]
            )
            more = f"; and {len(lost) - _EXAMPLES} more" if len(lost) > _EXAMPLES else ""
            fewer = f"fewer reports on the listing than before, {len(lost)} gone"
            found.append(f"{self.source.id}: {fewer}: {names}{more}.")
        return found

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

    def _unread(self) -> str | None:
        """What of the listing was not read, as a clause; None where it was read whole."""
        if any(column.waiting for column in self.columns):
            return f"there are more than the {self.pages} pages that are read of one listing"
        return next((said for column in self.columns if (said := column.lacking())), None)

    def _incomplete(self) -> tuple[SourceState, str] | None:
        """The state of a listing that was begun and of which something is missing."""
        unread = self._unread()
        against = {failure.obstacle.state for failure in self.failures}
        if unread and not self.entries and len(against) == 1 and against <= _OF_ITSELF:
            return against.pop(), f"its data: {self.failures[0].obstacle.reason}"
        if unread:
            return SourceState.CUT_SHORT, unread
        lost = [failure for failure in self.failures if failure.part is Part.REPORT]
        if not lost:
            return None
        states = {failure.obstacle.state for failure in lost}
        if len(lost) >= len(self.wanted) and len(states) == 1 and states <= _OF_ITSELF - {SourceState.BROKEN}:
            return states.pop(), f"none of {len(lost)} listed reports could be fetched: {lost[0].obstacle.reason}"
        return SourceState.CUT_SHORT, f"{len(lost)} of {len(self.wanted)} listed reports: {lost[0].obstacle.reason}"

    def _complete(self) -> tuple[SourceState, str]:
        """The state of a listing that was read to its end."""
        if self.entries and all(_is_garbled(entry.title) for entry in self.entries.values()):
            return SourceState.BROKEN, f"the titles of its {len(self.entries)} items are garbled"
        if not self.wanted or self.rejected >= len(self.wanted):
            return SourceState.EMPTY, f"{len(self.entries)} items, no annual report among them"
        if self.outcomes[Outcome.UNREADABLE] == self.outcomes.total() > 0:
            why = f": {self.unreadable}" if self.unreadable else ""
            return SourceState.CUT_SHORT, f"none of {self.outcomes.total()} listed reports could be read{why}"
        unread = self.outcomes[Outcome.UNREADABLE]
        why = f", {unread} could not be read: {self.unreadable}" if unread else ""
        if self.known and not self.changed and not self.gone:
            return SourceState.UNCHANGED, f"{len(self.wanted) - self.rejected} reports, none new or changed{why}"
        withdrawn = f", {len(self.gone)} withdrawn" if self.gone else ""
        said = f"{len(self.wanted) - self.rejected} reports, {self.changed} new or changed{withdrawn}{why}"
        return SourceState.OK, said

    def _evidence(self, reason: str) -> dict[str, Any]:
        """What the state rests on, without what is nought."""
        told = {
            "reason": reason,
            "platform": self.platform,
            "found_at": self.found_at,
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
            "vanished": list(self.vanished().values())[:_EXAMPLES],
            "gone": self.gone[:_EXAMPLES],
        }
        return {name: value for name, value in told.items() if value}


def _is_garbled(title: str) -> bool:
    """Whether a title is text in an encoding that nobody can tell any more: no word of it is usual."""
    return bool(_STRANGE.search(title)) and not _LEGIBLE.search(title)


def _only_pages(listing: Listing) -> bool:
    """Whether a page holds nothing but a pager, as a frame does that some sites keep it in."""
    return bool(listing.following) and not listing.entries
