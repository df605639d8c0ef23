"""Resolves host names for the crawl and refuses private addresses at the moment of connecting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError

from crawler.addresses import ends_in, is_private, literal_address

# The private addresses that names led to, for the evidence: Twisted drops what a resolver says of its failures.
refused: dict[str, str] = {}


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's caching resolver, with every answer checked: a name may change where it leads between two requests.

    OGI_LOOPBACK_HOSTS lead to 127.0.0.1; any other name that leads to a private address is not found, unless
    OGI_ALLOW_PRIVATE.
    """

    def __init__(self, reactor: Any, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.loopback_hosts: tuple[str, ...] = ()
        self.allow_private = False

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        """The resolver with the crawl's settings (`crawler` is Scrapy's crawler or process)."""
        resolver: Self = super().from_crawler(crawler, reactor)
        resolver.loopback_hosts = tuple(crawler.settings.getlist("OGI_LOOPBACK_HOSTS"))
        resolver.allow_private = crawler.settings.getbool("OGI_ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  # Twisted's name
        """The IPv4 address of `name`; fails with DNSLookupError where there is none that may be used."""
        if ends_in(name, self.loopback_hosts):
            return succeed("127.0.0.1")
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        found = literal_address(address)
        if self.allow_private or (found is not None and not is_private(found)):
            return address
        refused[name] = address
        raise DNSLookupError(f"{name} leads to the private address {address}")
