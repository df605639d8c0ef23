"""What the log of a crawl says: a report is named, and its bytes are not printed."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class QuietItems(LogFormatter):
    """Scrapy's log lines, with an item shown by its source and address."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:  # noqa: ARG002
        """The line for an item that went through the pipeline."""
        return {"level": logging.DEBUG, "msg": "Stored %(item)s", "args": {"item": item}}

    def dropped(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,  # noqa: ARG002  # Scrapy's signature
        spider: Spider,  # noqa: ARG002  # Scrapy's signature
    ) -> LogFormatterResult:
        """The line for a document that turned out to be no annual report."""
        return {
            "level": logging.DEBUG,
            "msg": "Not stored, %(why)s: %(item)s",
            "args": {"why": exception, "item": item},
        }

    def item_error(
        self,
        item: Any,
        exception: BaseException,  # noqa: ARG002  # the traceback is logged beside the line
        response: Response | Failure | None,  # noqa: ARG002  # Scrapy's signature
        spider: Spider,  # noqa: ARG002  # Scrapy's signature
    ) -> LogFormatterResult:
        """The line for an item on which the pipeline failed."""
        return {"level": logging.ERROR, "msg": "Failed on %(item)s", "args": {"item": item}}
