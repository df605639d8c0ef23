"""The command `ogi` as a user runs it, and files for it to read."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import pytest
from running import Ogi, Reports, run_ogi

import demo
import parsers
from archive.kept.warc import Exchange, WarcWriter
from archive.publish import publish
from archive.store import Archive, Snapshot, SourceLine
from archive.storing.reading import Reading


@pytest.fixture
def ogi(tmp_path: Path) -> Ogi:
    """Runs `ogi` in an empty directory and gives its exit status and what it printed."""
    return partial(run_ogi, tmp_path)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """A few reports of the example municipality as files, with what stands in them."""
    directory = tmp_path_factory.mktemp("reports")
    chosen = [expected for expected in demo.expected() if expected.media == "html"][:3]
    files: Reports = []
    with demo.serve() as site:
        for number, expected in enumerate(chosen):
            connection = HTTPConnection("127.0.0.1", site.port)
            connection.request("GET", expected.path, headers={"Host": expected.host})
            file = directory / f"{number}.html"
            file.write_bytes(connection.getresponse().read())
            connection.close()
            files.append((file, expected))
    return files


@pytest.fixture
def kept(tmp_path: Path, reports: Reports) -> Path:
    """An archive of three kept pages, read by an older reader that took a cell of the first one for 999."""
    db, var = tmp_path / "archive.db", tmp_path / "archive.var"
    with Archive(var / "working.db") as archive, WarcWriter(var / "warc", 1) as warc:
        archive.register([SourceLine("a", "990100", None, "http://www.lingzhou.example/")])
        run = archive.begin_run("crawl")
        for number, (file, _) in enumerate(reports):
            body, url = file.read_bytes(), f"http://www.lingzhou.example/{number}.html"
            exchange = Exchange(url, datetime(2026, 11, 22, tzinfo=UTC), 200, [(b"Content-Type", b"text/html")], body)
            place = warc.write(exchange)
            fetched = "2026-11-22T00:00:00Z"
            snapshot = archive.keep(
                Snapshot(f"GET {url}", url, fetched, 200, "text/html", len(body), exchange.sha256, *place)
            )
            report = parsers.parse(body, "text/html", url)
            archive.store(Reading.of(report), source_id="a", url=url, snapshots=[(snapshot, "article")], run_id=run)
        with archive.db.atomic():
            archive.db.execute("UPDATE requests SET total = 999 WHERE report_id = 1 AND outcome = 'new_received'")
            archive.db.execute("UPDATE reports SET content_sha256 = 'of an older reader' WHERE id = 1")
        archive.end_run(run, True, {})
    publish(var / "working.db", db)
    return db
