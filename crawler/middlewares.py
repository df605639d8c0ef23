"""Between Scrapy and the sites: nothing unregistered is asked, and every answer is kept before anything reads it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.clock import now
from archive.errors import ArchiveError
from archive.kept.warc import Exchange, Kept, Place
from archive.store import Held, Snapshot
from crawler.failures import CutBody, Objected
from crawler.ledger import RunLedger

logger = logging.getLogger(__name__)

_CONDITIONS = ("If-None-Match", "If-Modified-Since")


@dataclass(frozen=True, slots=True)
class KeptAs:
    """Where the answer to a request is kept (`request.meta["kept"]`), whether its bytes are new to us, and whether the
    site was asked for it at all."""

    snapshot_id: int
    fresh: bool
    asked: bool = True


def request_key(request: Request) -> str:
    """What `snapshots.request_key` holds of a request: method, address and body."""
    body = request.body.decode("utf-8", "replace")
    return f"{request.method} {request.url.partition('#')[0]}" + (f" {body}" if body else "")


class Guard:
    """Refuses addresses outside the registered sites, of private networks, and of other schemes; redirects too."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The guard of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises Objected for an address that must not be asked."""
        ledger = ledger_of(self._crawler)
        source: str | None = request.meta.get("source")
        objection = ledger.boundary.objection(request.url, None if request.meta.get("offered") else source)
        listing = request.meta.get("listing") and request.meta.get("redirect_times")
        if objection is None and listing and source and not ledger.boundary.same_host(request.url, source):
            objection = "the listing is no longer on its registered host"
        if objection is not None:
            raise Objected(objection)


class Keeping:
    """Keeps every answer as bytes, undecoded, and asks only for what has changed since it was last kept."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The keeper of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Answers from what is held where that is fresh enough; else makes the request conditional on the validators
        that the site sent with it."""
        request.meta.pop("kept", None)  # of the request that this one repeats or was redirected from
        for name in _CONDITIONS:
            request.headers.pop(name, None)
        request.meta["held"] = held = self._held(request)
        if held is None:
            return None
        if ledger_of(self._crawler).spares(held, document=bool(request.meta.get("document"))):
            try:
                response = self._read(request, held.snapshot)
            except ArchiveError as error:
                logger.warning("%s Asking for it anew.", error)
                return None
            request.meta["kept"] = KeptAs(held.snapshot_id, fresh=False, asked=False)
            return response
        last = held.snapshot
        if request.method == "GET" and last.etag:
            request.headers["If-None-Match"] = last.etag
        if request.method == "GET" and last.last_modified:
            request.headers["If-Modified-Since"] = last.last_modified
        return None

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Keeps the answer; a 304 is answered with the body that it confirms, a body cut short is asked for again.

        Raises ArchiveError where the answer cannot be kept (it then goes unread), CutBody where it stays cut short.
        """
        ledger = ledger_of(self._crawler)
        kept: KeptAs | None = request.meta.get("kept")
        if kept is not None and not kept.asked:
            return response
        if ledger.result is not None:
            ledger.result.responses += 1
            ledger.result.bytes += len(response.body)
        cut = "dataloss" in response.flags and not response.body.rstrip().lower().endswith(b"</html>")
        held: Held | None = request.meta.get("held") or ledger.archive.held(request_key(request))
        last = held.snapshot if held is not None else None
        try:
            await self._keep(ledger, request, response, last, validators=not cut)
        except ArchiveError as error:
            ledger.stop(str(error))
            raise
        if response.status == 304 and last is not None:
            return self._confirmed(ledger, request, last)
        if cut:
            again = get_retry_request(request, spider=self._crawler.spider, reason="body cut short")
            if again is None:
                raise CutBody(f"ends after {len(response.body)} bytes, before the length that it states")
            return again
        return response

    def _held(self, request: Request) -> Held | None:
        """The kept answer that a condition may name; None where there is none, or its bytes cannot be read."""
        if request.meta.get("unconditional"):
            return None
        return held_of(ledger_of(self._crawler), request)

    async def _keep(
        self, ledger: RunLedger, request: Request, response: Response, last: Snapshot | None, *, validators: bool
    ) -> None:
        exchange = Exchange(
            url=request.url.partition("#")[0],
            fetched=datetime.now(UTC),
            status=response.status,
            headers=_pairs(response.headers),
            body=response.body,
            method=request.method,
            request_headers=[(b"Host", urlsplit(request.url).netloc.encode()), *_pairs(request.headers)],
            request_body=request.body,
        )
        confirmed = None
        if response.status == 304 and last is not None:
            confirmed = Kept(last.url, last.fetched, Place(last.warc, last.offset))
        place = ledger.warc.write(exchange, confirmed)
        # Nothing refers to the record of a 304.
        if confirmed is None:
            await ledger.disk.synced()
        snapshot_id = ledger.archive.keep(
            Snapshot(
                request_key=request_key(request),
                url=exchange.url,
                fetched=now(),
                status=response.status,
                content_type=_text(response.headers.get("Content-Type")),
                length=len(response.body),
                sha256=exchange.sha256,
                warc=place.file,
                offset=place.offset,
                etag=_text(response.headers.get("ETag")) if validators else None,
                last_modified=_text(response.headers.get("Last-Modified")) if validators else None,
            )
        )
        same = last is not None and (response.status == 304 or last.sha256 == exchange.sha256)
        request.meta["kept"] = KeptAs(snapshot_id, fresh=not same)

    def _confirmed(self, ledger: RunLedger, request: Request, last: Snapshot) -> Request | Response:
        """The kept answer that a 304 confirms, as if it had just come; a new request where it cannot be read."""
        try:
            confirmed = self._read(request, last)
        except ArchiveError as error:
            logger.warning("%s Asking for it anew.", error)
            return request.replace(meta=request.meta | {"unconditional": True}, dont_filter=True)
        if ledger.result is not None:
            ledger.result.not_modified += 1
        return confirmed

    def _read(self, request: Request, last: Snapshot) -> Response:
        """A kept answer as if it had just come. Raises ArchiveError where it cannot be read."""
        kept = ledger_of(self._crawler).read_kept(last)
        headers = Headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in kept.headers])
        kind = responsetypes.from_args(headers=headers, url=request.url, body=kept.body)
        response: Response = kind(url=request.url.partition("#")[0], status=200, headers=headers, body=kept.body)
        return response


def ledger_of(crawler: Any) -> RunLedger:
    """The ledger of a crawl; raises RuntimeError where the settings leave it out."""
    ledger: RunLedger | None = crawler.get_extension(RunLedger)
    if ledger is None:
        raise RuntimeError("the extension crawler.ledger.RunLedger is missing from EXTENSIONS")
    return ledger


def held_of(ledger: RunLedger, request: Request) -> Held | None:
    """The kept answer to a request, where it is a page and no refusal or redirect."""
    held = ledger.archive.held(request_key(request))
    return held if held is not None and held.snapshot.status == 200 else None


def _pairs(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name in headers for value in headers.getlist(name)]


def _text(value: bytes | None) -> str | None:
    return value.decode("latin-1") if value else None
