"""Whose turn it is: a host gets its next request when it can be asked at once, so that no host waits for another."""

from __future__ import annotations

import resource
from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count
from time import monotonic
from typing import Any, Self

from scrapy import Request
from scrapy.utils.asyncio import CallLaterResult, call_later

# A connection stays open for a while after its answer; many systems allow a program 1,024 files unless it asks.
_OPEN_FILES = 16_384


class HostsInTurn:
    """A Scrapy priority queue that hands out a request only for a host that can be asked now.

    What Scrapy's own queues hand out waits in the downloader, for its host's delay or for the answers before it, and
    takes places there (CONCURRENT_REQUESTS) from hosts that could be asked: a few slow hosts with long lists would
    stop all others. Here a request waits in its host's queue, in the order of its priority and age, and the hosts take
    turns. Nothing is written to a disk: what a killed run had still to ask is known from what was kept.
    """

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._at_once = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") or _OPEN_FILES  # 0 is no limit
        self._queues: dict[str, list[tuple[int, int, Request]]] = {}
        self._numbers = count()
        self._length = 0
        # Each host with a queue is in one of these three: it is to be asked, it has to answer first, its delay runs.
        self._next: deque[str] = deque()
        self._answering: set[str] = set()
        self._resting: list[tuple[float, str]] = []
        self._handed_out: dict[str, set[Request]] = {}
        self._alarm: CallLaterResult | None = None

    @classmethod
    def from_crawler(
        cls,
        crawler: Any,
        downstream_queue_cls: type[Any],  # noqa: ARG003  # Scrapy's signature
        key: str,  # noqa: ARG003  # Scrapy's signature
        startprios: Iterable[int] = (),  # noqa: ARG003  # Scrapy's signature
        *,
        start_queue_cls: type[Any] | None = None,  # noqa: ARG003  # Scrapy's signature
    ) -> Self:
        """The queue of a crawl."""
        return cls(crawler)

    def __len__(self) -> int:
        return self._length

    def push(self, request: Request) -> None:
        """Takes in a request."""
        host = self._crawler.engine.downloader.get_slot_key(request)
        if host not in self._queues:
            self._queues[host] = []
            self._next.append(host)
        heappush(self._queues[host], (-request.priority, next(self._numbers), request))
        self._length += 1

    def pop(self) -> Request | None:
        """A request of the host whose turn it is; None while no host can be asked (Scrapy then asks again)."""
        self._look_round()
        while self._next:
            host = self._next.popleft()
            rest = self._rest(host)
            if len(self._handed_out.get(host, ())) >= self._at_once:
                self._answering.add(host)
            elif rest > 0:
                heappush(self._resting, (monotonic() + rest, host))
            else:
                return self._take(host)
        self._set_alarm()
        return None

    def close(self) -> list[int]:
        """Lets go of what was not asked; returns Scrapy's state of a queue on a disk, which is nothing."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._queues.clear()
        self._length = 0
        return []

    def _take(self, host: str) -> Request:
        queue = self._queues[host]
        _, _, request = heappop(queue)
        self._length -= 1
        self._handed_out.setdefault(host, set()).add(request)
        if queue:
            self._next.append(host)
        else:
            del self._queues[host]
        return request

    def _look_round(self) -> None:
        """Gives a turn to the hosts that have answered and to those whose delay is over."""
        active = self._crawler.engine.downloader.active
        for host, requests in list(self._handed_out.items()):
            requests &= active
            if len(requests) < self._at_once and host in self._answering:
                self._answering.remove(host)
                self._next.append(host)
            if not requests:
                del self._handed_out[host]
        while self._resting and self._resting[0][0] <= monotonic():
            self._next.append(heappop(self._resting)[1])

    def _rest(self, host: str) -> float:
        """How many seconds the delay between two requests still runs for a host."""
        slot = self._crawler.engine.downloader.slots.get(host)
        return slot.lastseen + slot.delay - monotonic() if slot is not None and slot.delay else 0.0

    def _set_alarm(self) -> None:
        """Has Scrapy ask again when the first delay is over; by itself it does only every few seconds."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._resting:
            self._alarm = call_later(max(0.0, self._resting[0][0] - monotonic()), self._ask_again)

    def _ask_again(self) -> None:
        self._alarm = None
        slot = self._crawler.engine._slot
        if slot is not None:
            slot.nextcall.schedule()


def allow_open_files() -> None:
    """Lets this process hold connections to thousands of hosts, as far as the system permits."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(_OPEN_FILES, most)
    if allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
