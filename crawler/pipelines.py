"""Reads what the spider found, in killable worker processes, and stores it."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from scrapy.exceptions import DropItem

from archive.states import Outcome, SourceState
from archive.storing import reading
from crawler.items import FoundReport, KeptDocument, StoredReport
from crawler.middlewares import ledger_of
from crawler.refusals import Obstacle
from crawler.titles import Verdict, verdict
from crawler.visits import Part, Visit
from parsers.model import Report

_NO_REPORT = frozenset(("not_a_report",))


class Reading:
    """A pipeline: documents to a report, the report into the archive, what became of it to the source's visit."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The pipeline of a crawl."""
        return cls(crawler)

    async def process_item(self, item: FoundReport) -> StoredReport:
        """Reads and stores one report. Raises DropItem for a document that is no annual report."""
        ledger = ledger_of(self._crawler)
        visit = ledger.visits[item.source_id]
        try:
            stored = await self._process(item, visit)
            visit.outcomes[Outcome(stored.outcome)] += 1
            visit.figures += stored.figures
            return stored
        finally:
            visit.pending -= 1
            ledger.progressed(visit)

    async def _process(self, item: FoundReport, visit: Visit) -> StoredReport:
        addresses = tuple(document.url for document in item.documents)
        known = visit.known.issuperset(document.snapshot_id for document in item.documents)
        if known and not visit.has_moved(item.entry, item.url):
            return StoredReport(item.source_id, item.entry.title, item.url, str(Outcome.UNCHANGED), documents=addresses)
        read, documents = await self._read(item, visit)
        report = read.report
        if _is_none(report) and verdict(item.entry.title) is not Verdict.REPORT:
            visit.rejected += 1
            raise DropItem("not an annual report")
        for problem in report.problems:
            if problem.code == reading.ATTACHMENT_UNREAD:
                visit.fail(Part.ATTACHMENT, item.url, Obstacle(SourceState.BROKEN, problem.message))
        ledger = ledger_of(self._crawler)
        assert ledger.result is not None
        stored = ledger.archive.store(
            read,
            source_id=item.source_id,
            url=item.url,
            snapshots=[(document.snapshot_id, document.role) for document in documents],
            run_id=ledger.result.run_id,
            once_at=visit.once_at(item.entry, item.url),
        )
        if stored.was_at is not None:
            visit.met.add(stored.was_at)
        if stored.outcome is Outcome.UNREADABLE:
            visit.unreadable = _why_unreadable(report)
        fresh = any(document.fresh for document in item.documents)
        if stored.outcome in (Outcome.NEW, Outcome.REVISED) or (fresh and stored.outcome is not Outcome.UNCHANGED):
            visit.changed += 1
        return StoredReport(
            source_id=item.source_id,
            title=report.title or item.entry.title,
            url=item.url,
            outcome=str(stored.outcome),
            report_key=stored.report_key,
            agency=report.agency,
            year=report.year,
            figures=read.figures,
            documents=addresses,
        )

    async def _read(self, item: FoundReport, visit: Visit) -> tuple[reading.Reading, list[KeptDocument]]:
        """The reading of a report, and the documents that it is of, in the order of their ranks."""
        if item.reading is not None:
            return item.reading, item.documents
        documents = [(document.data, document.content_type, document.url) for document in item.documents]
        futures = map(
            asyncio.wrap_future, reading.begin(ledger_of(self._crawler).readers, documents, visit.hint(item.entry))
        )
        read, ranks = reading.joined(await asyncio.gather(*futures))
        return read, [item.documents[rank] for rank in ranks]


def _why_unreadable(report: Report) -> str:
    if not report.ok and report.problems:
        return report.problems[0].message
    named = report.year is not None and report.agency is not None
    return "its page lacks what it held before" if named else "it does not say its year or agency"


def _is_none(report: Report) -> bool:
    return not report.ok and any(problem.code in _NO_REPORT for problem in report.problems)
