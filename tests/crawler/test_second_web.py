"""Sites unlike the demo's in their details, crawled by the real spider: all reports, nothing else, the right state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import towns_counted
import towns_crowds
import towns_served
import towns_static
from crawl_process import run_crawl, working
from second_web import SUFFIX, SecondWeb, Town

TOWNS: dict[str, Town] = {
    town.name: town for towns in (towns_static, towns_crowds, towns_served, towns_counted) for town in towns.towns()
}


@dataclass
class Crawled:
    web: SecondWeb
    result: dict[str, Any]
    reports: dict[str, set[tuple[str, int]]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """All towns in one crawl."""
    directory = tmp_path_factory.mktemp("second")
    registry, db = directory / "sources.csv", directory / "archive.db"
    with SecondWeb(TOWNS.values()) as web:
        registry.write_text(web.registry(), encoding="utf-8")
        result = run_crawl(registry, db, OGI_LOOPBACK_HOSTS=f".{SUFFIX}", RETRY_TIMES=0)
        found: dict[str, set[tuple[str, int]]] = {}
        with working(db) as archive:
            for source, agency, year in archive.execute(
                "SELECT r.source_id, a.name, r.year FROM reports r JOIN agencies a ON a.id = r.agency_id"
            ):
                found.setdefault(source, set()).add((agency, year))
        yield Crawled(web, result, found)


@pytest.mark.parametrize("name", TOWNS)
def test_every_report_is_found_nothing_else_is_stored_and_the_state_is_right(crawled: Crawled, name: str) -> None:
    town = TOWNS[name]
    assert crawled.reports.get(name, set()) == town.expected
    assert (crawled.result["states"][name], crawled.result["evidence"][name]["reason"]) == (
        town.state,
        crawled.result["evidence"][name]["reason"],
    )
