"""A name that leads to a public address at first and into a private network later is refused when it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler import resolver
from crawler.resolver import GuardedResolver


def test_a_name_that_is_bound_anew_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = iter(["114.114.114.114", "10.0.0.1"])

    def look_up(self: object, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        return succeed(next(addresses))

    monkeypatch.setattr(CachingThreadedResolver, "getHostByName", look_up)
    guarded = GuardedResolver(None, 0, 1.0)
    answers: list[Any] = []
    for _ in range(2):
        guarded.getHostByName("www.lingzhou.example").addBoth(answers.append)
    public, private = answers
    assert public == "114.114.114.114"
    assert isinstance(private, Failure)
    assert private.check(DNSLookupError)
    assert resolver.refused["www.lingzhou.example"] == "10.0.0.1"
