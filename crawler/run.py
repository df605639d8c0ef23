"""Runs the spider over sources in this process, as `ogi crawl` and `ogi demo` do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive.errors import ArchiveError
from archive.publish import var_directory
from archive.store import Archive
from crawler.ledger import Progress, RunLedger, RunResult
from crawler.sources import Source
from crawler.spiders.annual_reports import AnnualReports
from parsers.workers import collect_rarely

__all__ = ["Progress", "RunResult", "crawl"]


def crawl(
    sources: list[Source], settings: Mapping[str, Any], on_progress: Callable[[Progress], None] | None = None
) -> RunResult:
    """Crawl `sources` and return what came of it; can be called once a process, for Scrapy's reactor runs once.

    `settings` go on top of `crawler.settings` as with `scrapy crawl -s` (OGI_DB names the archive). `on_progress` is
    called whenever something happened to a source. The run begins and ends in the working archive; nothing is
    published. Ctrl-C ends the run in order: what was read is stored, and every source gets its state.
    Raises ArchiveError where the archive cannot be opened or written, or the clock is wrong by years.
    """
    together = Settings()
    together.setmodule("crawler.settings", priority="project")
    together.update(dict(settings), priority="cmdline")
    # A database that cannot be opened is said before anything is asked.
    with Archive(var_directory(Path(together["OGI_DB"])) / "working.db"):
        pass
    collect_rarely()
    process = AsyncCrawlerProcess(together)
    # Scrapy leaves it to its handlers to drop what nobody asked to see, after a record of each line was made.
    logging.getLogger().setLevel(together["LOG_LEVEL"])
    crawler = process.create_crawler(AnnualReports)
    process.crawl(crawler, registry=sources, on_progress=on_progress)
    process.start()
    ledger = crawler.get_extension(RunLedger)
    if ledger is None or ledger.result is None:
        said = ledger.why_not_begun if ledger else None
        raise ArchiveError(said or f"{together['OGI_DB']}: the run could not be begun; see the log.")
    if ledger.result.problem:
        raise ArchiveError(ledger.result.problem)
    return ledger.result
