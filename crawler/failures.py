"""What a request that brought no answer means for its source."""

from __future__ import annotations

import re

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from archive.states import SourceState
from crawler import resolver
from crawler.addresses import host_of
from crawler.refusals import Obstacle

# What Twisted says of a failure, inside of what Scrapy makes of it.
_INNER = re.compile(r"Failure (?:[\w.]+\.)?(\w+): ([^>]{0,200})")

# What the libraries that unpack answers say of bytes that they cannot.
_PACKED = re.compile(r"gzip|decompress|brotli|zstd", re.IGNORECASE)


class Objected(IgnoreRequest):
    """Raised by the guard for an address that must not be asked; says why in a clause."""


class CutBody(IgnoreRequest):
    """Raised for an answer whose body ended before it was whole, after all retries."""


class NotNow(IgnoreRequest):
    """Raised for what is not asked in this night, with the state that a listing then ends in."""

    def __init__(self, reason: str, state: SourceState = SourceState.NOT_RUN) -> None:
        super().__init__(reason)
        self.state = state


def obstacle_of(error: BaseException, url: str, *, redirected: bool) -> Obstacle:
    """The state that `error` stands for, when `url` (reached through a redirect or not) was asked."""
    match error:
        case Objected():
            state = SourceState.MOVED if redirected else SourceState.UNREACHABLE
            return Obstacle(state, f"redirects to {url}: {error}" if redirected else str(error))
        case NotNow():
            return Obstacle(error.state, str(error))
        case CutBody():
            return Obstacle(SourceState.CUT_SHORT, str(error))
        case IgnoreRequest():
            return _ignored(str(error))
        case CannotResolveHostError():
            host = host_of(url)
            private = resolver.refused.get(host)
            reason = f"{host} leads to the private address {private}" if private else f"{host} has no address"
            return Obstacle(SourceState.UNREACHABLE, reason)
        case DownloadTimeoutError():
            return Obstacle(SourceState.UNREACHABLE, "takes too long to answer")
        case DownloadConnectionRefusedError():
            return Obstacle(SourceState.UNREACHABLE, "accepts no connection")
        case DownloadCancelledError():
            return Obstacle(SourceState.BROKEN, "sends more than is read of one answer")
    if _PACKED.search(f"{type(error).__name__}: {error}"):
        return Obstacle(SourceState.BROKEN, "packs its answer otherwise than it says, or damages it")
    return Obstacle(SourceState.UNREACHABLE, _connection(error))


def _ignored(said: str) -> Obstacle:
    if "robots.txt" in said:
        return Obstacle(SourceState.REFUSED, "robots.txt forbids it")
    if "redirections" in said:
        return Obstacle(SourceState.UNREACHABLE, "redirects without end")
    if "decompress" in said:
        return Obstacle(SourceState.BROKEN, "unpacks to more than is read of one answer")
    return Obstacle(SourceState.UNREACHABLE, said)


def _connection(error: BaseException) -> str:
    said = f"{type(error).__name__}: {error}"
    inner = _INNER.search(said)
    words = f"{inner[1]}: {inner[2]}".strip(" .:") if inner else said[:200]
    if "SSL" in said or "TLS" in said or "tls" in said:
        return f"no encrypted connection can be made ({words})"
    if any(name in said for name in ("ConnectionDone", "ConnectionLost", "ResponseNeverReceived")):
        return "closes the connection without a whole answer"
    return f"the connection fails ({words})"
