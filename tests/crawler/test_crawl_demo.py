"""The example municipality crawled over real HTTP by the real spider, in processes of their own."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from crawl_process import ROOT, content, run_crawl, run_scrapy, scrapy_command, working

import demo
from archive.kept.warc import read_record
from crawler.sources import load
from demo.sources import SITES

LOOPBACK = {"OGI_LOOPBACK_HOSTS": ".lingzhou.example"}


@dataclass
class Crawled:
    site: demo.DemoSite
    registry: Path
    db: Path
    first: dict[str, Any]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The municipality, served, after one crawl through `crawler.run.crawl`."""
    directory = tmp_path_factory.mktemp("crawl")
    registry, db = directory / "sources.csv", directory / "archive.db"
    with demo.serve() as site:
        registry.write_text(demo.registry(site.port), encoding="utf-8")
        yield Crawled(site, registry, db, run_crawl(registry, db, **LOOPBACK))


def reports(db: Path) -> dict[tuple[str, str, int], str]:
    with working(db) as archive:
        rows = archive.execute(
            "SELECT r.source_id, a.name, r.year, r.url FROM reports r JOIN agencies a ON a.id = r.agency_id"
        )
        return {(row[0], row[1], row[2]): row[3] for row in rows}


def test_every_source_ends_in_its_state(crawled: Crawled) -> None:
    assert crawled.first["states"] == demo.SOURCE_STATES
    assert crawled.first["finished"]
    assert all(evidence["reason"] for evidence in crawled.first["evidence"].values())


def test_every_report_is_found_and_nothing_else_is_stored(crawled: Crawled) -> None:
    found = reports(crawled.db)
    assert found.keys() == {(each.source_id, each.agency, each.year) for each in demo.expected()}
    for each in demo.expected():
        # Of a report that is listed under several addresses any may be the one that was read first.
        paths = {urlsplit(each.url(0)).path, *each.copies}
        assert urlsplit(found[each.source_id, each.agency, each.year]).path in paths
    assert crawled.first["reports"] >= len(found)


def test_near_misses_and_refusing_sites_are_not_asked_for(crawled: Crawled) -> None:
    asked = {(host, path) for host, _, path, _, _ in crawled.site.requests}
    robots = next(source for source, evidence in crawled.first["evidence"].items() if "robots" in evidence["reason"])
    with working(crawled.db) as archive:
        (listing,) = archive.execute("SELECT listing_url FROM sources WHERE id = ?", [robots]).fetchone()
    refusing = listing.split("/")[2].partition(":")[0]
    assert {path for host, path in asked if host == refusing} == {"/robots.txt"}
    with working(crawled.db) as archive:
        unread = archive.execute("SELECT COUNT(*) FROM problems WHERE code = 'not_a_report'").fetchone()[0]
    assert unread == 0, "a document that is no annual report was fetched"


def test_every_answer_is_kept_with_its_digest(crawled: Crawled) -> None:
    with working(crawled.db) as archive:
        kept = archive.execute('SELECT url, status, sha256, warc, "offset" FROM snapshots').fetchall()
    answered = {
        f"http://{host}:{crawled.site.port}{path}" for host, _, path, status, _ in crawled.site.requests if status
    }
    assert {row["url"] for row in kept} == answered
    warc = crawled.db.with_suffix(".var") / "warc"
    for row in kept[::20]:
        assert read_record(warc, row["warc"], row["offset"]).status == row["status"]


def test_progress_is_told_to_its_end(crawled: Crawled) -> None:
    sources = len(demo.SOURCE_STATES)
    assert crawled.first["told"] > sources
    assert crawled.first["last"] == {"sources": sources, "done": sources}


def test_a_second_crawl_changes_nothing_but_the_ledger_and_costs_little(crawled: Crawled) -> None:
    before, log = content(crawled.db), len(crawled.site.requests)
    done = run_scrapy("crawl", "annual_reports", OGI_DB=crawled.db, OGI_SOURCES=crawled.registry, **LOOPBACK)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr
    after = content(crawled.db)
    assert {table for table in before if before[table] != after[table]} <= {"problems"}
    with working(crawled.db) as archive:
        states = dict(archive.execute("SELECT source_id, state FROM source_states WHERE run_id = 2").fetchall())
    expected = {source: "unchanged" if state == "ok" else state for source, state in demo.SOURCE_STATES.items()}
    assert states == expected
    first, second = sent(crawled.site.requests[:log]), sent(crawled.site.requests[log:])
    assert second <= 0.03 * first, "an unchanged night on sites with validators costs hardly anything"


def sent(requests: list[tuple[str, str, str, int, int]]) -> int:
    """The bytes that hosts with validators sent."""
    return sum(size for host, _, _, _, size in requests if SITES[host].validators != "none")


def test_scrapy_lists_the_spider_and_crawls_one_source(crawled: Crawled, tmp_path: Path) -> None:
    assert run_scrapy("list").stdout.split() == ["annual_reports"]
    source = next(iter(demo.SOURCE_STATES))
    db, feed = tmp_path / "one.db", tmp_path / "feed.jsonl"
    arguments = ("crawl", "annual_reports", "-a", f"source={source}", "-O", str(feed))
    run_scrapy(*arguments, OGI_DB=db, OGI_SOURCES=crawled.registry, **LOOPBACK)
    with working(db) as archive:
        assert archive.execute("SELECT source_id, state FROM source_states").fetchall()[0][:] == (source, "ok")
        found = Counter(row[0] for row in archive.execute("SELECT source_id FROM reports"))
        keys = {row[0] for row in archive.execute("SELECT report_key FROM reports")}
    assert found == {source: sum(each.source_id == source for each in demo.expected())}
    assert {json.loads(line)["report_key"] for line in feed.read_text(encoding="utf-8").splitlines()} == keys


class Watched(list[Any]):
    """A log of requests that tells when it has grown long enough."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length
        self.enough = threading.Event()

    def append(self, entry: Any) -> None:
        super().append(entry)
        if len(self) >= self.length:
            self.enough.set()


@pytest.mark.long
def test_a_killed_crawl_is_carried_on_and_no_report_is_stored_twice(crawled: Crawled, tmp_path: Path) -> None:
    db, registry = tmp_path / "killed.db", tmp_path / "some.csv"
    registry.write_text("".join(crawled.registry.read_text(encoding="utf-8").splitlines(keepends=True)[:8]), "utf-8")
    sources = {source.id for source in load(registry)}
    expected = {(each.source_id, each.agency, each.year) for each in demo.expected() if each.source_id in sources}
    arguments = scrapy_command("crawl", "annual_reports", OGI_DB=db, OGI_SOURCES=registry, **LOOPBACK)
    crawled.site.requests = log = Watched(45)
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert log.enough.wait(120)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert run_crawl(registry, db, **LOOPBACK)["finished"]
    assert reports(db).keys() == expected
    with working(db) as archive:
        keys = [row[0] for row in archive.execute("SELECT report_key FROM reports")]
        assert archive.execute("SELECT COUNT(*) FROM revisions").fetchone()[0] == 0
    assert len(keys) == len(set(keys)) == len(expected)
