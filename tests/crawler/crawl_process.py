"""Crawls in processes of their own (Scrapy's reactor runs once a process), and questions to what they leave."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
# Loopback needs no politeness; failures are soon told.
QUICK = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 1,
    "LOG_LEVEL": "WARNING",
    "OGI_READERS": 1,
}


def scrapy_command(*arguments: str, **settings: object) -> list[str]:
    """`scrapy …` with settings, as a user of Scrapy types it."""
    given = [part for name, value in (QUICK | settings).items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", *arguments, *given]


def run_scrapy(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Runs a Scrapy command in the project to its end."""
    return subprocess.run(scrapy_command(*arguments, **settings), cwd=ROOT, capture_output=True, text=True, timeout=200)


def run_crawl(registry: Path, db: Path, seconds: float = 200, **settings: object) -> dict[str, Any]:
    """Calls `crawler.run.crawl` in a process of its own; returns its result and the progress it told, as JSON. FIRST
    says of how many of the registry's sources, where not of all; MISTAKES has looking at some pages fail."""
    given = {**QUICK, "OGI_DB": str(db), "OGI_SOURCES": str(registry), **settings}
    done = subprocess.run(
        [sys.executable, __file__, json.dumps(given)], cwd=ROOT, capture_output=True, text=True, timeout=seconds
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    result["log"] = done.stderr
    return result


def working(db: Path) -> sqlite3.Connection:
    """The working archive beside `db`, for questions."""
    connection = sqlite3.connect(db.with_suffix(".var") / "working.db")
    connection.row_factory = sqlite3.Row
    return connection


def content(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the working archive but the ledger of runs and of the last visits."""
    ledger = {"runs", "source_states", "visits", "host_nights", "sqlite_sequence"}
    with working(db) as archive:
        tables = [row[0] for row in archive.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted((tuple(row) for row in archive.execute(f'SELECT * FROM "{table}"')), key=repr)
            for table in tables
            if table not in ledger
        }


def main() -> None:
    """The process itself."""
    sys.path.insert(0, str(ROOT))
    from crawler.run import Progress, crawl
    from crawler.sources import load

    settings = json.loads(sys.argv[1])
    if settings.pop("MISTAKES", False):
        from crawler.spiders import annual_reports

        annual_reports.look = failing_look
    told: list[Progress] = []
    first = settings.pop("FIRST", None)
    sources = load(settings["OGI_SOURCES"], allow_private=bool(settings.get("OGI_ALLOW_PRIVATE")))[:first]
    result = crawl(sources, settings, told.append)
    print(
        json.dumps(
            {
                "states": {source: ruling.state for source, ruling in result.states.items()},
                "evidence": {source: ruling.evidence for source, ruling in result.states.items()},
                "finished": result.finished,
                "reports": result.reports,
                "warnings": result.warnings,
                "figures": result.figures,
                "bytes": result.bytes,
                "megabytes_of_memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "not_modified": result.not_modified,
                "told": len(told),
                "last": {"sources": told[-1].sources, "done": told[-1].sources_done} if told else {},
            }
        )
    )


def failing_look(answer: Any, sought: Any) -> Any:
    """What a reader calls instead of `look` where mistakes of ours are planted: on hosts that are called after them."""
    from crawler.looking import look

    host = urlsplit(answer.url).netloc
    if host.startswith("crash."):
        raise ZeroDivisionError("planted by the test")
    if host.startswith("hang."):
        time.sleep(60)
    if host.startswith("die."):
        os.kill(os.getpid(), signal.SIGSEGV)
    return look(answer, sought)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
