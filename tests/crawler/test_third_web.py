"""A third web, written from what is known of the families and not from how they are read: all reports, nothing else,
the right states."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import third_web_channels
import third_web_dresses
import third_web_faults
import third_web_filled
import third_web_further
import third_web_rest
import third_web_served
import third_web_shapes
import third_web_static
from crawl_process import QUICK, ROOT, run_crawl, working
from second_web import SUFFIX, Town
from third_web import PLACES, ThirdWeb

from crawler.sources import load
from parsers.documents.scan import is_installed

PARTS = (
    third_web_static,
    third_web_served,
    third_web_channels,
    third_web_rest,
    third_web_filled,
    third_web_dresses,
    third_web_shapes,
    third_web_faults,
    third_web_further,
)
TOWNS: dict[str, Town] = {town.name: town for towns in PARTS for town in towns.towns()}


@dataclass
class Crawled:
    result: dict[str, Any]
    reports: dict[str, set[tuple[str, int]]]
    unread: set[tuple[str, str]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """All towns in one crawl."""
    directory = tmp_path_factory.mktemp("third")
    registry, db = directory / "sources.csv", directory / "archive.db"
    with ThirdWeb(TOWNS.values()) as web:
        registry.write_text(web.registry(), encoding="utf-8")
        result = run_crawl(registry, db, OGI_LOOPBACK_HOSTS=f".{SUFFIX}", RETRY_TIMES=0)
        found: dict[str, set[tuple[str, int]]] = {}
        with working(db) as archive:
            for source, agency, year in archive.execute(
                "SELECT r.source_id, a.name, r.year FROM reports r JOIN agencies a ON a.id = r.agency_id"
            ):
                found.setdefault(source, set()).add((agency, year))
            unread = {
                tuple(row)
                for row in archive.execute(
                    "SELECT r.source_id, p.code FROM reports r JOIN problems p ON p.report_id = r.id"
                    " WHERE r.status = 'no_figures'"
                )
            }
        yield Crawled(result, found, unread)


@pytest.mark.parametrize("name", TOWNS)
def test_every_report_is_found_nothing_else_is_stored_and_the_state_is_right(crawled: Crawled, name: str) -> None:
    town = TOWNS[name]
    told = crawled.result["evidence"][name]["reason"]
    assert crawled.reports.get(name, set()) == town.expected, told
    assert (crawled.result["states"][name], told) == (town.state, told)


@pytest.mark.skipif(is_installed(), reason="the pictures are recognised here")
def test_a_report_that_cannot_be_read_here_is_found_and_says_why(crawled: Crawled) -> None:
    assert {("w-scans", "needs_ocr"), ("w-locked", "encrypted")} <= crawled.unread


PROPOSED = {
    "t-beijing": "trs",
    "h-record": "hanweb",
    "h-search": "xxgk",
    "j-plain": "jpaas",
    "u-search": "ucap",
    "k-root": "gkmlpt",
    "e-common": "epoint",
    "v-down": "vsb",
    "l-public": "longxun",
    "p-links": "eportal",
    "d-affair": "affair",
    **{name: "" for name in TOWNS if name.startswith("f-")},
}


@pytest.mark.long
@pytest.mark.parametrize("name", PROPOSED)
def test_a_line_is_proposed_for_a_listing_and_for_a_front_page(name: str, tmp_path: Path) -> None:
    town, registry = TOWNS[name], tmp_path / "sources.csv"
    with ThirdWeb([town]) as web:
        settings = [part for key, value in QUICK.items() for part in ("-s", f"{key}={value}")]
        address = f"http://{town.host}:{web.port}{town.listing}"
        given = ("--sources", str(registry), "--allow-private", "-s", f"OGI_LOOPBACK_HOSTS=.{SUFFIX}", *settings)
        command = [sys.executable, "-c", "from ogi.main import cli; cli()", "sources", "add", address, *given]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    [source] = load(registry, allow_private=True)
    assert (source.region_code, source.agency) == (PLACES[town.agency[:3]], town.agency)
    if PROPOSED[name]:
        assert (source.platform, source.listing_url) == (PROPOSED[name], address)
    else:
        assert source.listing_url != address or name == "f-catalogue"
