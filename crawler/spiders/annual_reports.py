"""The one spider: a source's listing, page by page, to the annual reports on it and the documents that they offer."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from archive.errors import ArchiveError
from archive.states import SourceState
from crawler import platforms
from crawler.belonging import foreign
from crawler.discovery import MOST_PAGES, is_front, steps
from crawler.failures import obstacle_of
from crawler.items import FoundReport, KeptDocument
from crawler.ledger import Progress, RunLedger
from crawler.middlewares import KeptAs, held_of, ledger_of
from crawler.platforms import articles
from crawler.platforms.links import names_reports
from crawler.platforms.page import Entry, Fetch, Listing, Page
from crawler.refusals import Obstacle, in_disguise, obstacle, onward
from crawler.sources import Source, SourcesError, load
from crawler.titles import Verdict, names_year, verdict
from crawler.visits import Column, Part, Visit
from parsers.documents.decoding import decode

# A report has one document, or a few copies of it in other formats.
_MOST_ATTACHMENTS = 6
_MOST_SIGNPOSTS = 3
# A page shorter than this (characters, markup and all) is a stub.
_STUB = 1000
# What every annual report since 2008 has sections on, in the words of the regulation's list.
_HEADINGS = (
    re.compile(r"总体情况|概\s*述|基本情况|主动公开"),
    re.compile(r"依申请公开|公开申请(的?办理)?情况|申请公开政府信息"),
    re.compile(r"行政复议"),
    re.compile(r"存在的?(主要)?(问题|不足)"),
)


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
            priority=0 if step.part in (Part.FIRST_PAGE, Part.FURTHER_PAGE) else 1,
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

    def receive(self, response: Response, step: Step) -> Iterator[Request | FoundReport]:
        """Any answer: judged first, then read for what its step wanted."""
        try:
            text = _text(response)
            if step.part is Part.VANISHED:
                self._look_back(response, step)
                return
            against = obstacle(response.status, _headers(response), text) or _lost(response, step)
            if against is not None:
                yield from self._go_on(step, response.url, against)
            elif (link := onward(response.url, text)) and step.signposts < _MOST_SIGNPOSTS:
                yield from self._follow_signpost(response, step, link)
            elif step.part in (Part.FIRST_PAGE, Part.FURTHER_PAGE):
                yield from self._read_listing(response, step, text)
            else:
                yield from self._read_document(response, step, text)
        finally:
            step.visit.pending -= 1
            self.ledger.progressed(step.visit)

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

    def _follow_signpost(self, response: Response, step: Step, link: str) -> Iterator[Request]:
        """Goes where a signpost page sends its readers; a listing that sends them to another host has moved."""
        first = step.part is Part.FIRST_PAGE
        url = Page(response.url, _text(response)).absolute(link)
        if url and first and not self.ledger.boundary.same_host(url, step.visit.source.id):
            step.visit.fail(step.part, response.url, Obstacle(SourceState.MOVED, f"sends its readers to {url}"))
        elif url and self._permits(step.visit, url):
            fetch = replace(step.fetch, url=url, method="GET", body="", headers=())
            yield self._request(replace(step, fetch=fetch, signposts=step.signposts + 1))
        else:
            step.visit.fail(step.part, response.url, Obstacle(SourceState.BROKEN, f"sends its readers to {link}"))

    # --- listings --------------------------------------------------------------------------------------------------

    def _read_listing(self, response: Response, step: Step, text: str) -> Iterator[Request | FoundReport]:
        visit = step.visit
        many = {} if visit.source.agency else {"many": "1"}
        family = {"family": visit.platform} if step.part is Part.FURTHER_PAGE and visit.platform else {}
        page = Page(response.url, text, {**many, **family, **step.fetch.context})
        first = step.part is Part.FIRST_PAGE
        platform = platforms.detect(page, visit.source.platform if first else visit.platform)
        listing = platform.listing(page) if platform is not None else Listing()
        begins = first or (step.column is not None and step.fetch is step.column.start)
        if begins and not listing.following and not names_reports(listing.entries) and _is_report(response, page):
            visit.found_at = response.url if step.clue is not None else None
            yield from self._own_report(response, step, page, listing)
            return
        if first and (step.clue is not None or is_front(visit.source.listing_url)):
            likely = bool(step.clue) and bool(listing.following or listing.columns)
            if not likely and not _names_years(listing):
                visit.trail[:0] = steps(page)
                yield from self._look_for_column(visit)
                return
            visit.found_at = response.url
        stub = len(text) < _STUB
        if (platform is None and (first or not stub)) or not listing.understood:
            self._not_understood(response, step)
            if listing.columns:
                visit.take(listing, step.column, stub=stub)
        else:
            visit.platform = visit.platform or (platform.NAME if platform else "")
            entries = visit.take(listing, step.column, stub=stub)
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

    def _not_understood(self, response: Response, step: Step) -> None:
        if step.part is Part.FIRST_PAGE:
            step.visit.understood = False
            # A page without a list that says why, among its menus.
            if against := in_disguise(_text(response)):
                step.visit.fail(step.part, response.url, against)
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
        self, response: Response, step: Step, page: Page, listing: Listing
    ) -> Iterator[Request | FoundReport]:
        """A column that holds one report only often shows it in the place of a list."""
        title = (articles.read(page).title or "") if page.text else ""
        entry = Entry(response.url, title or step.visit.source.agency)
        known = entry.url in step.visit.wanted
        step.visit.take(Listing((entry,), columns=listing.columns), step.column)
        if not known:
            step.visit.wanted[entry.url] = entry
            yield from self._read_document(response, replace(step, part=Part.REPORT, entry=entry), page.text)
        yield from self._next_page(step.visit)

    # --- reports ---------------------------------------------------------------------------------------------------

    def _read_document(self, response: Response, step: Step, text: str) -> Iterator[Request | FoundReport]:
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
        found = FoundReport(step.visit.source.id, step.entry, [document])
        if text:
            page = Page(response.url, text, step.fetch.context)
            article = platforms.article(page)
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


def chosen(sources: list[Source], wanted: list[str], registry: str) -> list[Source]:
    """The sources with the ids `wanted`, in the registry's order; raises SourcesError for an id that it lacks."""
    ids = {source.id for source in sources}
    missing = [each for each in wanted if each not in ids]
    if missing:
        raise SourcesError([f"{registry}: no source {each}; `ogi sources` lists them." for each in missing])
    return [source for source in sources if source.id in wanted]


def _text(response: Response) -> str:
    """The text of a page, whatever its header says of its encoding; empty for a document."""
    if not isinstance(response, TextResponse) or response.body[:5] == b"%PDF-":
        return ""
    return decode(response.body, (response.headers.get("Content-Type") or b"").decode("latin-1"), html=True)


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


def _is_report(response: Response, page: Page) -> bool:
    """Whether the page itself is an annual report: by its title, by the headings that reports have, or as the document
    that its address names."""
    if not page.text:
        return articles.is_document(response.url)
    if articles.names_report(articles.read(page).title or ""):
        return True
    return all(heading.search(page.text) for heading in _HEADINGS)
