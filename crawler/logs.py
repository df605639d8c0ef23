"""What the log of a crawl says: a report is named, its bytes are not printed, and what a site wrote forges nothing."""

from __future__ import annotations

import logging
import traceback
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from archive.plain import plain


class OneLine(logging.LogRecord):
    """A record whose message is one line: what a site wrote can neither forge a record nor speak to a terminal."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.exc_info:
            lines = "".join(traceback.format_exception(*self.exc_info)).splitlines()
            self.exc_text = "\n".join(f"  {plain(line)}" for line in lines)  # indented, none looks like a record

    def getMessage(self) -> str:  # noqa: N802  # the name is logging's
        """The message with control characters and line breaks shown as escapes."""
        return plain(super().getMessage())


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
