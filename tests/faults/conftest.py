"""An archive of the village without a crawl, and the village with a stable to visit it from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nights import Home
from stable import Stable
from village import AGENCIES, FIXED, SUFFIX, YEARS, Village, report

import parsers
from archive.kept.warc import Exchange, WarcWriter
from archive.publish import publish
from archive.store import Archive, Snapshot, SourceLine
from archive.storing.reading import Reading


@pytest.fixture
def kept(tmp_path: Path, archive_of_two: Path) -> Path:
    """A published archive of an agency's two reports, with its kept pages."""
    shutil.copytree(archive_of_two, tmp_path, dirs_exist_ok=True)
    return tmp_path / "archive.db"


@pytest.fixture(scope="session")
def archive_of_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that `kept` is a copy of."""
    directory = tmp_path_factory.mktemp("two")
    db, var = directory / "archive.db", directory / "archive.var"
    with Archive(var / "working.db") as archive, WarcWriter(var / "warc", 1) as warc:
        archive.register([SourceLine("edu", "990100", AGENCIES["edu"], f"http://edu.{SUFFIX}/nb/")])
        run = archive.begin_run("crawl")
        for year in YEARS:
            body, url = report(AGENCIES["edu"], year, FIXED).encode(), f"http://edu.{SUFFIX}/nb/{year}.html"
            exchange = Exchange(url, datetime.now(UTC), 200, [(b"Content-Type", b"text/html")], body)
            fetched, place = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", warc.write(exchange)
            snapshot = archive.keep(
                Snapshot(f"GET {url}", url, fetched, 200, "text/html", len(body), exchange.sha256, *place)
            )
            read = parsers.parse(body, "text/html", url)
            archive.store(Reading.of(read), source_id="edu", url=url, snapshots=[(snapshot, "article")], run_id=run)
        archive.end_run(run, True, {})
    publish(var / "working.db", db)
    return directory


@pytest.fixture
def village() -> Iterator[Village]:
    """The sites, on an ephemeral port."""
    with Village() as served:
        yield served


@pytest.fixture
def home(tmp_path: Path, village: Village) -> Home:
    """An empty directory with the village's registry and the settings of its nights."""
    return Home.made(tmp_path, village)


@pytest.fixture(scope="module")
def stable() -> Iterator[Stable]:
    """Where runs of `ogi` start from."""
    with Stable() as made:
        yield made
