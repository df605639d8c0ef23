"""The ledger of a run: opens the archive, follows every source's visit, and closes each in exactly one state."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider
from scrapy.utils.defer import deferred_from_coro

from archive.clock import now
from archive.errors import ArchiveError
from archive.kept.warc import KeptResponse, WarcWriter, read_record
from archive.plain import OneLine
from archive.publish import var_directory
from archive.states import Outcome, SourceState
from archive.store import Archive, Held, Snapshot, SourceLine
from crawler.addresses import Boundary
from crawler.refusals import Obstacle
from crawler.sources import Source
from crawler.syncing import Syncing
from crawler.turns import allow_open_files
from crawler.visits import Part, Ruling, Visit
from parsers.workers import Readers

logger = logging.getLogger(__name__)

_WHY_STOPPED = {
    "shutdown": "the run was interrupted",
    "archive": "the archive could not be written",
    "closespider_timeout": "the run took longer than CLOSESPIDER_TIMEOUT",
}


_Counts = tuple[int, int, int, int]  # sources done, pages, reports, failures
_NOTHING: _Counts = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Pause:
    """A host's wish to be left alone `until` a moment (of the monotonic clock), and the state that stands for it."""

    until: float
    state: SourceState


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `source` is the source that something just happened to."""

    sources: int
    sources_done: int
    pages: int
    reports: int
    failures: int
    source: str


@dataclass(slots=True)
class RunResult:
    """What a run did. `bytes` counts the bodies received; `finished` says that every source was gone through;
    `problem` is a sentence where the archive itself failed."""

    run_id: int
    states: dict[str, Ruling] = field(default_factory=dict)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reports: int = 0
    figures: int = 0
    responses: int = 0
    not_modified: int = 0
    bytes: int = 0
    finished: bool = False
    problem: str | None = None
    warnings: list[str] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """What the runs table keeps of it."""
        return {
            "states": {str(state): count for state, count in Counter(r.state for r in self.states.values()).items()},
            "outcomes": {str(outcome): count for outcome, count in self.outcomes.items()},
            "reports": self.reports,
            "figures": self.figures,
            "responses": self.responses,
            "not_modified": self.not_modified,
            "bytes": self.bytes,
            "problem": self.problem,
            "warnings": self.warnings,
        }


class RunLedger:
    """A Scrapy extension, and the one object through which middlewares, spider and pipeline reach the archive and the
    readers."""

    def __init__(self, crawler: Any) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._db = Path(settings["OGI_DB"])
        # An unreachable robots.txt is an unreachable site, which gets its state; the traceback says nothing more.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
        self._told: dict[str, _Counts] = {}
        self._totals = _NOTHING
        self.archive: Archive
        self.warc: WarcWriter
        self.disk: Syncing
        self.readers: Readers
        self.warc_directory = var_directory(self._db) / "warc"
        self.visits: dict[str, Visit] = {}
        self.pauses: dict[str, Pause] = {}
        # When the night began that this run carries on, if the run before it was killed or stopped.
        self.carries_on: str | None = None
        self.result: RunResult | None = None
        self.why_not_begun: str | None = None
        self.boundary = Boundary(
            {source.id: source.listing_url for source in self.registered()},
            allow_private=settings.getbool("OGI_ALLOW_PRIVATE"),
            loopback_hosts=settings.getlist("OGI_LOOPBACK_HOSTS"),
        )

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The extension, listening to what happens to the spider."""
        logging.setLogRecordFactory(OneLine)
        ledger = cls(crawler)
        crawler.signals.connect(ledger.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(ledger.spider_error, signal=signals.spider_error)
        crawler.signals.connect(ledger.item_error, signal=signals.item_error)
        crawler.signals.connect(ledger.spider_closed, signal=signals.spider_closed)
        return ledger

    def registered(self) -> list[Source]:
        """The sources on whose sites this run may ask."""
        sources: list[Source] = self._crawler.spider.sources
        return sources

    def open_archive(self) -> Archive:
        """The archive that this run writes."""
        return Archive(var_directory(self._db) / "working.db")

    def open_warc(self, run_id: int) -> WarcWriter:
        """The files in which this run keeps what it is answered."""
        return WarcWriter(self.warc_directory, run_id, known=self.archive.kept_bytes)

    def read_kept(self, snapshot: Snapshot) -> KeptResponse:
        """A kept answer; raises ArchiveError where it cannot be read."""
        return read_record(self.warc_directory, snapshot.warc, snapshot.offset)

    def spares(self, held: Held, *, document: bool) -> bool:
        """Whether what is held need not be asked for: it was kept by the run that this one carries on; or it is a
        report's document, found more than OGI_REPORT_DAYS ago and asked for within as many days. What was kept while
        the clock was ahead is not."""
        if held.snapshot.fetched > now():
            return False
        if self.carries_on is not None and held.snapshot.fetched >= self.carries_on:
            return True
        ago = _days_ago(self._crawler.settings.getint("OGI_REPORT_DAYS"))
        return document and held.since < ago < held.snapshot.fetched

    def spider_opened(self, spider: Any) -> None:
        """Opens the archive and begins the run."""
        allow_open_files()
        try:
            self.archive = self.open_archive()
            run_id = self.archive.begin_run(f"crawl {spider.asked}".strip())
            self.archive.register(registry_line(source) for source in spider.sources)
            self.warc = self.open_warc(run_id)
            self.disk = Syncing(self.warc.sync)
            begun = self.archive.unfinished_since(run_id)
            self.carries_on = begun if begun and begun > _days_ago(1) else None
            for source in spider.sources:
                known = frozenset(self.archive.stored_snapshots(source.id))
                standing, elsewhere = self.archive.standing(source.id), self.archive.given_elsewhere(source.id)
                self.visits[source.id] = Visit(source, known, standing, elsewhere)
            # What a run that is killed leaves behind of the sources that it did not finish.
            never = {"reason": "the run was killed before this source was done"}
            self.archive.set_states(run_id, dict.fromkeys(self.visits, (SourceState.NOT_RUN, never)))
            self.readers = self._start_readers()
            self.result = RunResult(run_id)
        except ArchiveError as error:
            self.why_not_begun = str(error)
            logger.critical("%s", error)
            raise CloseSpider("archive") from error

    def _start_readers(self) -> Readers:
        settings = self._crawler.settings
        return Readers(
            settings.getint("OGI_READERS"),
            seconds=settings.getfloat("OGI_READER_SECONDS"),
            megabytes=settings.getint("OGI_READER_MEGABYTES"),
            holding=("archive.storing.reading", "crawler.looking"),
        )

    def spider_error(self, failure: Any, response: Any) -> None:
        """A callback crashed: the source that it worked for is told."""
        visit = self.visits.get(response.request.meta.get("source", ""))
        if visit is not None:
            visit.crash = f"{failure.type.__name__}: {failure.getErrorMessage()}"

    def item_error(self, item: Any, failure: Any) -> None:
        """The pipeline failed on a report: it counts as not read. A failing archive ends the run."""
        if failure.check(ArchiveError):
            self.stop(str(failure.value))
        reason = f"reading it failed on our side: {failure.type.__name__}: {failure.getErrorMessage()}"
        self.visits[item.source_id].fail(Part.REPORT, item.url, Obstacle(SourceState.BROKEN, reason))

    def stop(self, problem: str) -> None:
        """Ends the run because the archive cannot be written: nothing may be read that is not kept."""
        if self.result is not None and self.result.problem is None:
            self.result.problem = problem
            logger.critical("%s", problem)
            deferred_from_coro(self._crawler.engine.close_spider_async(reason="archive"))

    def progressed(self, visit: Visit) -> None:
        """Tells whoever follows the run that something happened to a source."""
        if not visit.pending:
            self._record([visit])
        listener: Callable[[Progress], None] | None = self._crawler.spider.on_progress
        if listener is not None:
            listener(Progress(len(self.visits), *self._count(visit), source=visit.source.id))

    def _count(self, visit: Visit) -> _Counts:
        """The totals of all visits, of which `visit` alone has changed."""
        before = self._told.get(visit.source.id, _NOTHING)
        done = max(before[0], int(not visit.pending))
        after = (done, visit.pages, visit.outcomes.total(), len(visit.failures))
        if after != before:
            self._told[visit.source.id] = after
            done, pages, reports, failures = (
                total + new - old for total, new, old in zip(self._totals, after, before, strict=True)
            )
            self._totals = (done, pages, reports, failures)
        return self._totals

    def _record(self, visits: Iterable[Visit]) -> None:
        """Writes down the states of visits that are done, so that a kill does not lose them."""
        if self.result is None:
            return
        try:
            for visit in (done := list(visits)):
                self._withdraw(visit)
            rulings = {visit.source.id: visit.rule() for visit in done}
            states = {source: (ruling.state, ruling.evidence) for source, ruling in rulings.items()}
            self.archive.set_states(self.result.run_id, states)
        except ArchiveError as error:
            self.stop(str(error))

    def _withdraw(self, visit: Visit) -> None:
        """Withdraws what is gone from a source, once all that is listed was read: some of it may have moved."""
        vacant = [url for url in visit.vacant if url not in visit.met]
        visit.vacant.clear()
        if vacant and self.archive.withdraw(visit.source.id, vacant, now()):
            visit.gone = vacant

    def spider_closed(self, reason: str) -> None:
        """Gives every source its state and ends the run, however it came to its end; nothing waits for the readers any
        more."""
        result = self.result
        if result is None:
            return
        self.readers.kill()
        result.finished = reason == "finished" and result.problem is None
        stopped = None if result.finished else _WHY_STOPPED.get(reason, f"the run was closed ({reason})")
        for source_id, visit in self.visits.items():
            result.states[source_id] = visit.rule(stopped)
            result.outcomes += visit.outcomes
            result.figures += visit.figures
            result.warnings += visit.warnings()
        result.reports = sum(count for outcome, count in result.outcomes.items() if outcome is not Outcome.UNREADABLE)
        try:
            self.warc.close()
            states = {source: (ruling.state, ruling.evidence) for source, ruling in result.states.items()}
            self.archive.set_states(result.run_id, states)
            self.archive.end_run(result.run_id, result.finished, result.summary())
        except ArchiveError as error:
            result.finished, result.problem = False, result.problem or str(error)
            logger.critical("%s", error)
        finally:
            self.archive.close()


def _days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def registry_line(source: Source) -> SourceLine:
    """A line of the registry as the archive keeps it."""
    return SourceLine(
        id=source.id,
        region_code=source.region_code or None,
        agency=source.agency or None,
        listing_url=source.listing_url,
        platform=source.platform or None,
        first_year=source.first_year,
        note=source.note or None,
    )
