"""A spider that follows every link of the listings and keeps nothing: what a crawl costs in Scrapy alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.http import Response


class Bare(scrapy.Spider):
    """`-a port=P -a hosts=N`: asks each host for its listing and for what that links to."""

    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        """The listings."""
        for number in range(int(self.hosts)):
            yield scrapy.Request(f"http://127.0.0.1:{self.port}/{number}/", meta={"download_slot": f"h{number}"})

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        """The reports of a listing."""
        for link in response.css("li a::attr(href)"):
            yield response.follow(link, self.passed, meta={"download_slot": response.meta["download_slot"]})

    def passed(self, response: Response) -> None:
        """A report's page."""
