"""Which addresses a crawl may ask: the registered hosts and their own site, never a private network by accident."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

_DEFAULT_PORTS = {"http": 80, "https": 443}
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def host_of(url: str) -> str:
    """The host name of `url` in lower case without port; empty where there is none or it cannot be read."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def port_of(url: str) -> int | None:
    """The port that `url` leads to, or None where it cannot be read."""
    try:
        parts = urlsplit(url)
        return parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None


def literal_address(host: str) -> Address | None:
    """The address that `host` spells out, in any spelling a resolver takes (127.1, 0x7f.0.0.1, 2130706433)."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def is_private(address: Address) -> bool:
    """Whether `address` belongs to no public host: loopback, private, link-local, shared, reserved, multicast."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_private(inner)
    return not address.is_global or address.is_multicast


def is_private_host(host: str) -> bool:
    """Whether `host` can be told to be private without asking a resolver."""
    address = literal_address(host)
    if address is not None:
        return is_private(address)
    return host == "localhost" or host.endswith(".localhost")


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """The registrable name that `host` belongs to (zibo.gov.cn for jyj.zibo.gov.cn), after the Public Suffix List."""
    if literal_address(host) is not None:
        return host
    found = _suffixes(host)
    if found.suffix:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


def ends_in(host: str, suffixes: Iterable[str]) -> bool:
    """Whether `host` is one of `suffixes` or stands below one (a leading dot is allowed and means nothing)."""
    return any(host == suffix.lstrip(".") or host.endswith("." + suffix.lstrip(".")) for suffix in suffixes)


class Boundary:
    """What may be asked on behalf of each source: by http or https, its own site and nothing else. Documents that a
    report offers may lie on any registered site, as a district's files do on its city's.

    `listings` maps a source id to its listing's URL. A private host (an IP address of a private network, or a name that
    `loopback_hosts` turns into 127.0.0.1) may be asked only at a registered port, and private addresses only with
    `allow_private`.
    """

    def __init__(
        self, listings: dict[str, str], *, allow_private: bool = False, loopback_hosts: Iterable[str] = ()
    ) -> None:
        self._hosts = {source: host_of(url) for source, url in listings.items()}
        self._sites = {source: site_of(host) for source, host in self._hosts.items()}
        self._all_sites = frozenset(self._sites.values())
        self._ports = frozenset(port_of(url) for url in listings.values())
        self._allow_private = allow_private
        self._loopback_hosts = tuple(loopback_hosts)

    def objection(self, url: str, source: str | None) -> str | None:
        """Why `url` must not be asked for `source` (None: for any, as with robots.txt and the documents that a report
        offers), as a clause; None if it may."""
        scheme = url.partition(":")[0].lower()
        if scheme not in _DEFAULT_PORTS:
            return f"{scheme}: addresses are not followed"
        host = host_of(url)
        if not host or port_of(url) is None:
            return "the address cannot be read"
        loopback = ends_in(host, self._loopback_hosts)
        if is_private_host(host) and not self._allow_private:
            return f"{host} is a private address (--allow-private permits it)"
        if (loopback or is_private_host(host)) and port_of(url) not in self._ports:
            return f"port {port_of(url)} of {host} is not registered"
        allowed = self._all_sites if source is None else {self._sites.get(source, "")}
        if site_of(host) not in allowed:
            return f"{host} is not on {'a' if source is None else 'the'} registered site"
        return None

    def same_host(self, url: str, source: str) -> bool:
        """Whether `url` lies on the host that `source` is registered with (with or without www.)."""
        return host_of(url).removeprefix("www.") == self._hosts[source].removeprefix("www.")
