"""What is not asked: more than a host's share a night, outside the hours, or while a host wants to be left alone."""

from __future__ import annotations

import asyncio
import re
import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy import Request
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from archive.errors import ArchiveError
from archive.states import SourceState
from crawler.addresses import host_of
from crawler.failures import NotNow
from crawler.ledger import Pause
from crawler.middlewares import KeptAs, ledger_of

_ASKING_TO_WAIT = frozenset((429, 503))
_HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
# China has one time, without summer time.
_SITES_TIME = timezone(timedelta(hours=8))


class Restraint:
    """Counts what each host is asked for and sends, and lets nothing through that is not to be asked now.

    The counts are in the archive: a run that carries on, or a second one in the same night, goes on with them.
    """

    def __init__(self, crawler: Any) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._most_requests = settings.getint("OGI_HOST_REQUESTS")
        self._most_bytes = settings.getint("OGI_HOST_BYTES")
        self._patience = settings.getfloat("OGI_PATIENCE")
        self._hours = hours(settings["OGI_NIGHT"])
        self._night = night_of(datetime.now(UTC))
        self._asked: dict[str, tuple[int, int]] | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The counters of a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Waits as long as the host asks for; raises NotNow for what is not asked in this night."""
        host = host_of(request.url)
        pause = ledger_of(self._crawler).pauses.get(host)
        wait = pause.until - time.monotonic() if pause else 0.0
        if pause and wait > self._patience:
            raise NotNow(f"{host} asks to be left alone for {wait:.0f} seconds", pause.state)
        if self._hours and not within(datetime.now(UTC), self._hours):
            raise NotNow("the hours in which sites are asked (OGI_NIGHT) are over")
        requests, length = self._so_far().get(host, (0, 0))
        if requests >= self._most_requests:
            raise NotNow(f"{host} was asked {requests} times, its budget for a night")
        if length >= self._most_bytes:
            raise NotNow(f"{host} sent {length} bytes, its budget for a night")
        self._count(host, 1, 0)
        if wait > 0:
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Counts the bytes that were sent; what was held already cost the host none."""
        kept: KeptAs | None = request.meta.get("kept")
        if kept is None or kept.asked:
            self._count(host_of(request.url), 0, len(response.body))
        return response

    def _so_far(self) -> dict[str, tuple[int, int]]:
        """Requests and bytes of each host in this night."""
        if self._asked is None:
            self._asked = ledger_of(self._crawler).archive.asked(self._night)
        return self._asked

    def _count(self, host: str, requests: int, length: int) -> None:
        before = self._so_far().get(host, (0, 0))
        self._so_far()[host] = (before[0] + requests, before[1] + length)
        ledger = ledger_of(self._crawler)
        try:
            ledger.archive.note_asked(self._night, host, requests=requests, length=length)
        except ArchiveError as error:
            ledger.stop(str(error))
            raise


class RetryAfter:
    """Asks again when a host says when, and leaves it alone until then."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._patience = crawler.settings.getfloat("OGI_PATIENCE")

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """The one of a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The request again for an answer that asks to wait a little; the answer itself where it asks for more."""
        wait = _seconds(response) if response.status in _ASKING_TO_WAIT else None
        if wait is None:
            return response
        state = SourceState.REFUSED if response.status == 429 else SourceState.UNREACHABLE
        ledger_of(self._crawler).pauses[host_of(request.url)] = Pause(time.monotonic() + wait, state)
        if wait > self._patience:
            return response
        return get_retry_request(request, spider=self._crawler.spider, reason="asked to wait") or response


def hours(text: str) -> tuple[int, int] | None:
    """The minutes of the day at which a window like 22:00-06:00 begins and ends; None for an empty text.

    Raises NotConfigured for anything else.
    """
    if not text:
        return None
    found = _HOURS.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[3]) > 23:
        raise NotConfigured(f"OGI_NIGHT {text} is no window of hours; write it as 22:00-06:00.")
    begin, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    return begin, end


def night_of(moment: datetime) -> str:
    """The night that a moment belongs to, by the day on which it begins; the sites' nights go from noon to noon."""
    return str((moment.astimezone(_SITES_TIME) - timedelta(hours=12)).date())


def within(moment: datetime, window: tuple[int, int]) -> bool:
    """Whether a moment lies in a window of hours of the sites' day, which may pass midnight."""
    there = moment.astimezone(_SITES_TIME)
    minute = there.hour * 60 + there.minute
    begin, end = window
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


def _seconds(response: Response) -> float | None:
    """How long a host asks to be left alone (Retry-After, as seconds or as a date); None where it does not say."""
    told = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if told.isdigit():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
