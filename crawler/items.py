"""What the spider hands to the pipeline (a report as found) and what the pipeline makes of it (a report as stored)."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.storing.reading import Reading
from crawler.platforms.page import Entry, Fetch


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A kept response that is a document. `fresh` says that its bytes differ from those the address gave before."""

    snapshot_id: int
    role: str
    url: str
    content_type: str | None
    data: bytes = field(repr=False)
    fresh: bool = True


@dataclass(slots=True)
class FoundReport:
    """An annual report on a source's listing: the listing's words for it, its documents, those yet to fetch; its
    `reading`, where it was read when its page was looked at."""

    source_id: str
    entry: Entry
    documents: list[KeptDocument] = field(default_factory=list)
    waiting: list[Fetch] = field(default_factory=list, repr=False)
    reading: Reading | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address of the report's page."""
        return self.documents[0].url

    def __str__(self) -> str:
        return f"{self.source_id}: {self.entry.title} <{self.entry.url}>"


@dataclass(frozen=True, slots=True)
class StoredReport:
    """What became of a found report, as a Scrapy feed exports it. `figures` counts those that were read this time."""

    source_id: str
    title: str
    url: str
    outcome: str
    report_key: str | None = None
    agency: str | None = None
    year: int | None = None
    figures: int = 0
    documents: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.source_id}: {self.title} <{self.url}>, {self.outcome}"
