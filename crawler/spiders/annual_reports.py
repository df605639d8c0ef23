"""The one spider: a source's listing, page by page, to the annual reports on it and the documents that they offer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from archive.errors import ArchiveError
from archive.states import SourceState
from archive.storing.reading import Reading, joined
from crawler.belonging import foreign
from crawler.discovery import MOST_PAGES, is_front
from crawler.failures import obstacle_of
from crawler.items import FoundReport, KeptDocument
from crawler.ledger import Progress, RunLedger
from crawler.looking import Answer, Seen, SeenListing, Signpost, Sought, look
from crawler.middlewares import KeptAs, held_of, ledger_of
from crawler.platforms import articles
from crawler.platforms.page import Article, Entry, Fetch, Listing
from crawler.refusals import Obstacle
from crawler.sources import Source, chosen, load
from crawler.titles import Verdict, names_year, verdict
from crawler.visits import Column, Part, Visit
from parsers.model import Report, SourceHint

# A report has one document, or a few copies of it in other formats.
_MOST_ATTACHMENTS = 6
_MOST_SIGNPOSTS = 3
_LISTING = (Part.FIRST_PAGE, Part.FURTHER_PAGE)


@dataclass(frozen=True, slots=True)
class Step:
    """What a request was made for: whose visit, which part of it, and what is known already."""

    visit: Visit
    part: Part
    fetch: Fetch
    entry: Entry | None = None
    found: FoundReport | None = None
    column: Column | None = None
    signposts: int = 0
    # How surely a link led to the column, while it is looked for: None where it is not.
    clue: bool | None = None

    @property
    def at_front(self) -> bool:
        """Whether the page may be a front page, or on the way from one to the column."""
        return self.part is Part.FIRST_PAGE and (self.clue is not None or is_front(self.visit.source.listing_url))


class AnnualReports(Spider):
    """Collects the annual reports of every registered source, or of those that `-a source=ID[,ID…]` names."""

    name = "annual_reports"

    def __init__(
        self,
        source: str = "",
        registry: list[Source] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        **arguments: Any,
    ) -> None:
        super().__init__(**arguments)
        self.asked = source
        self.sources = registry if registry is not None else []
        self.given = registry is not None
        self.on_progress = on_progress

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        """The spider with the sources that it was asked for; raises SourcesError for a registry that cannot be used."""
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        if not spider.given:
            settings = crawler.settings
            spider.sources = load(settings["OGI_SOURCES"], allow_private=settings.getbool("OGI_ALLOW_PRIVATE"))
        if spider.asked:
            spider.sources = chosen(spider.sources, spider.asked.split(","), crawler.settings["OGI_SOURCES"])
        return spider

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """Names a contact in the user agent, where there is one."""
        super().update_settings(settings)
        contact = str(settings.get("OGI_CONTACT") or "").strip()
        if contact:
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="spider")

    @property
    def ledger(self) -> RunLedger:
        """The ledger of this run."""
        return ledger_of(self.crawler)

    async def start(self) -> AsyncIterator[Request]:
        """The first page of every source's listing."""
        for visit in self.ledger.visits.values():
            fragment = urlsplit(visit.source.listing_url).fragment
            fetch = Fetch(visit.source.listing_url, context={"fragment": f"#{fragment}"} if fragment else {})
            visit.asked(fetch)
            yield self._request(Step(visit, Part.FIRST_PAGE, fetch))

    # --- requests --------------------------------------------------------------------------------------------------

    def _request(self, step: Step) -> Request:
        step.visit.pending += 1
        fetch = step.fetch
        document = step.part in (Part.REPORT, Part.ATTACHMENT)
        return Request(
            fetch.url,
            method=fetch.method,
            body=fetch.body,
            headers=dict(fetch.headers),
            callback=self.receive,
            errback=self.fail,
            cb_kwargs={"step": step},
            meta={
                "source": step.visit.source.id,
                "listing": step.part is Part.FIRST_PAGE,
                "document": document,
                "offered": step.part is Part.ATTACHMENT,
            },
            # Each source asks for each address once; two sources may ask for the same.
            dont_filter=True,
            # A source's reports before its further pages, so that little waits in memory.
            priority=0 if step.part in _LISTING else 1,
        )

    def _next_page(self, visit: Visit) -> Iterator[Request]:
        while (following := visit.next_page()) is not None:
            column, fetch = following
            if self._permits(visit, fetch.url):
                yield self._request(Step(visit, Part.FURTHER_PAGE, fetch, column=column))
                return
        for url in visit.look_back():
            if self._permits(visit, url):
                yield self._request(Step(visit, Part.VANISHED, Fetch(url)))

    def _permits(self, visit: Visit, url: str, *, offered: bool = False) -> bool:
        """Whether `url`, which a report may offer as its document, may be asked for; where not, the visit remembers
        why."""
        objection = self.ledger.boundary.objection(url, None if offered else visit.source.id)
        if objection is not None:
            visit.avoided.append(f"{url}: {objection}")
        return objection is None

    # --- answers ---------------------------------------------------------------------------------------------------

    async def receive(self, response: Response, step: Step) -> AsyncIterator[Request | FoundReport]:
        """Any answer: judged first, then read for what its step wanted."""
        try:
            if step.part is Part.VANISHED:
                self._look_back(response, step)
                return
            seen = await self._look(response, step)
            for each in self._act(response, step, seen):
                yield each
        finally:
            step.visit.pending -= 1
            self.ledger.progressed(step.visit)

    async def _look(self, response: Response, step: Step) -> Seen:
        """What the answer holds, by a reader's account."""
        visit, first, listing = step.visit, step.part is Part.FIRST_PAGE, step.part in _LISTING
        many = {"many": "1"} if listing and not visit.source.agency else {}
        family = {"family": visit.platform} if step.part is Part.FURTHER_PAGE and visit.platform else {}
        sought = Sought(
            listing=listing,
            begins=first or (step.column is not None and step.fetch is step.column.start),
            front=step.at_front,
            signpost=step.signposts < _MOST_SIGNPOSTS,
            registered=visit.source.platform if first else visit.platform,
            context={**many, **family, **step.fetch.context},
            hint=self._hint(response, step),
        )
        answer = Answer(response.url, response.status, _headers(response), _markup(response))
        seen = await self._seen(answer, sought)
        if isinstance(seen, Report) and sought.hint is not None:
            # It is looked at once more, and not read: who failed to read it would fail again.
            unread, seen = seen, await self._seen(answer, replace(sought, hint=None))
            if isinstance(seen, Seen) and seen.article is not None and seen.article.is_whole:
                seen = replace(seen, reading=joined([unread])[0])
        if isinstance(seen, Report):
            return Seen(against=Obstacle(SourceState.BROKEN, f"cannot be looked through: {seen.problems[0].message}"))
        return seen

    async def _seen(self, answer: Answer, sought: Sought) -> Seen | Report:
        return await asyncio.wrap_future(self.ledger.readers.call(look, answer, sought))

    def _hint(self, response: Response, step: Step) -> SourceHint | None:
        """That of a report's page which has to be read: one from which nothing was stored, or what was has moved."""
        if step.entry is None:
            return None
        kept: KeptAs = response.meta["kept"]
        if kept.snapshot_id in step.visit.known and not step.visit.has_moved(step.entry, response.url):
            return None
        return step.visit.hint(step.entry)

    def _act(self, response: Response, step: Step, seen: Seen) -> Iterator[Request | FoundReport]:
        against = seen.against or _lost(response, step)
        if against is not None:
            yield from self._go_on(step, response.url, against)
        elif seen.signpost is not None:
            yield from self._follow_signpost(response, step, seen.signpost)
        elif seen.listing is not None:
            yield from self._read_listing(response, step, seen.listing)
        else:
            yield from self._read_document(response, step, seen.article, seen.reading)

    def fail(self, failure: Failure) -> Iterator[Request | FoundReport]:
        """No answer: noted, and the visit goes on with what else there is."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        step: Step = request.cb_kwargs["step"]
        try:
            error = failure.value
            if error is not None and not isinstance(error, ArchiveError):  # the ledger ends the run for that
                redirected = bool(request.meta.get("redirect_times"))
                yield from self._go_on(step, request.url, obstacle_of(error, request.url, redirected=redirected))
        finally:
            step.visit.pending -= 1
            self.ledger.progressed(step.visit)

    def _look_back(self, response: Response, step: Step) -> None:
        """A report that its listing, read whole, names no more: to be withdrawn where its page is gone too."""
        if response.status in (404, 410):
            step.visit.vacant.append(step.fetch.url)

    def _go_on(self, step: Step, url: str, against: Obstacle) -> Iterator[Request | FoundReport]:
        """After a step that brought nothing: the rest of the list, or the rest of the report."""
        if step.part is Part.VANISHED:
            return
        if step.clue is not None:
            yield from self._look_for_column(step.visit)
            return
        step.visit.fail(step.part, url, against, step.column)
        if step.part is Part.FURTHER_PAGE:
            yield from self._next_page(step.visit)
        elif step.found is not None:
            yield from self._complete(step.visit, step.found)

    def _follow_signpost(self, response: Response, step: Step, signpost: Signpost) -> Iterator[Request]:
        """Goes where a signpost page sends its readers; a listing that sends them to another host has moved."""
        first = step.part is Part.FIRST_PAGE
        url = signpost.url
        if url and first and not self.ledger.boundary.same_host(url, step.visit.source.id):
            step.visit.fail(step.part, response.url, Obstacle(SourceState.MOVED, f"sends its readers to {url}"))
        elif url and self._permits(step.visit, url):
            fetch = replace(step.fetch, url=url, method="GET", body="", headers=())
            yield self._request(replace(step, fetch=fetch, signposts=step.signposts + 1))
        else:
            against = Obstacle(SourceState.BROKEN, f"sends its readers to {signpost.link}")
            step.visit.fail(step.part, response.url, against)

    # --- listings --------------------------------------------------------------------------------------------------

    def _read_listing(self, response: Response, step: Step, seen: SeenListing) -> Iterator[Request | FoundReport]:
        visit, listing = step.visit, seen.listing
        first = step.part is Part.FIRST_PAGE
        if seen.own is not None:
            visit.found_at = response.url if step.clue is not None else None
            yield from self._own_report(response, step, seen.own, listing)
            return
        if step.at_front:
            likely = bool(step.clue) and bool(listing.following or listing.columns)
            if not likely and not _names_years(listing):
                visit.trail[:0] = seen.ways
                yield from self._look_for_column(visit)
                return
            visit.found_at = response.url
        if (seen.platform is None and (first or not seen.is_stub)) or not listing.understood:
            self._not_understood(response, step, seen)
            if listing.columns:
                visit.take(listing, step.column, stub=seen.is_stub)
        else:
            visit.platform = visit.platform or seen.platform or ""
            entries = visit.take(listing, step.column, stub=seen.is_stub)
            for entry in foreign(entries, visit.source):
                entries.remove(entry)
                del visit.wanted[entry.url]
            yield from self._ask_for(visit, entries)
        yield from self._next_page(visit)

    def _look_for_column(self, visit: Visit) -> Iterator[Request]:
        """The next link to try for the column of annual reports, where only a front page is registered."""
        while visit.trail and len(visit.tried) < MOST_PAGES:
            url, clue = visit.trail.pop(0)
            if url not in visit.tried and self._permits(visit, url):
                visit.tried.add(url)
                yield self._request(Step(visit, Part.FIRST_PAGE, Fetch(url), clue=clue))
                return
        against = Obstacle(SourceState.BROKEN, "no column of annual reports can be found from the front page")
        visit.fail(Part.FIRST_PAGE, visit.source.listing_url, against)

    def _not_understood(self, response: Response, step: Step, seen: SeenListing) -> None:
        if step.part is Part.FIRST_PAGE:
            step.visit.understood = False
            # A page without a list that says why, among its menus.
            if seen.excuse:
                step.visit.fail(step.part, response.url, seen.excuse)
        else:
            against = Obstacle(SourceState.BROKEN, "no platform module understands it")
            step.visit.fail(step.part, response.url, against, step.column)

    def _ask_for(self, visit: Visit, entries: Iterable[Entry]) -> Iterator[Request | FoundReport]:
        for entry in entries:
            if self._permits(visit, entry.url):
                request = self._request(Step(visit, Part.REPORT, Fetch(entry.url), entry=entry))
                yield self._spared(visit, entry, request) or request
            else:
                del visit.wanted[entry.url]

    def _spared(self, visit: Visit, entry: Entry, request: Request) -> FoundReport | None:
        """The report as it stands, where its page need not be asked for in this night; nothing is read again."""
        held = held_of(self.ledger, request) if visit.known else None
        if held is None or held.snapshot_id not in visit.known or visit.has_moved(entry, request.url):
            return None
        if not self.ledger.spares(held, document=True):
            return None
        visit.met.add(request.url)
        return FoundReport(
            visit.source.id, entry, [KeptDocument(held.snapshot_id, "article", request.url, None, b"", fresh=False)]
        )

    def _own_report(
        self, response: Response, step: Step, article: Article, listing: Listing
    ) -> Iterator[Request | FoundReport]:
        """A column that holds one report only often shows it in the place of a list."""
        entry = Entry(response.url, article.title or step.visit.source.agency)
        known = entry.url in step.visit.wanted
        step.visit.take(Listing((entry,), columns=listing.columns), step.column)
        if not known:
            step.visit.wanted[entry.url] = entry
            yield from self._read_document(response, replace(step, part=Part.REPORT, entry=entry), article)
        yield from self._next_page(step.visit)

    # --- reports ---------------------------------------------------------------------------------------------------

    def _read_document(
        self, response: Response, step: Step, article: Article | None, reading: Reading | None = None
    ) -> Iterator[Request | FoundReport]:
        kept: KeptAs = response.meta["kept"]
        step.visit.met.add(response.url)
        role = "attachment" if step.part is Part.ATTACHMENT else "article"
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1") or None
        document = KeptDocument(kept.snapshot_id, role, response.url, content_type, response.body, kept.fresh)
        if step.found is not None:
            if not articles.is_ornament(response.body):
                step.found.documents.append(document)
            yield from self._complete(step.visit, step.found)
            return
        assert step.entry is not None
        found = FoundReport(step.visit.source.id, step.entry, [document], reading=reading)
        if article is not None:
            offered = [Fetch(each.url) for each in article.attachments]
            wanted = ([article.body] if article.body else []) + offered[:_MOST_ATTACHMENTS]
            found.waiting = [fetch for fetch in wanted if self._permits(step.visit, fetch.url, offered=True)]
        yield from self._complete(step.visit, found)

    def _complete(self, visit: Visit, found: FoundReport) -> Iterator[Request | FoundReport]:
        """The next document of a report or, once all are here, the report."""
        if found.waiting:
            yield self._request(Step(visit, Part.ATTACHMENT, found.waiting.pop(0), found=found))
        else:
            visit.pending += 1  # the pipeline takes it off
            yield found


def _markup(response: Response) -> bytes:
    """The bytes of a page; nothing of a document, which is not looked into here."""
    return response.body if isinstance(response, TextResponse) and response.body[:5] != b"%PDF-" else b""


def _headers(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): b", ".join(response.headers.getlist(name)).decode("latin-1")
        for name in response.headers
    }


def _lost(response: Response, step: Step) -> Obstacle | None:
    """A listing that redirects to the front page has gone, whatever status it answers."""
    was, now = urlsplit(step.fetch.url).path, urlsplit(response.url).path
    if step.part is Part.FIRST_PAGE and was not in ("", "/") and now in ("", "/"):
        return Obstacle(SourceState.MOVED, "redirects to the front page")
    return None


def _names_years(listing: Listing) -> bool:
    return any(names_year(entry.title) for entry in listing.entries if verdict(entry.title) is not Verdict.OTHER)
