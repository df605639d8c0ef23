"""A third web, written from what is known of the families and not from how they are read: all reports, nothing else,
the right states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import third_web_channels
import third_web_dresses
import third_web_faults
import third_web_filled
import third_web_rest
import third_web_served
import third_web_shapes
import third_web_static
from crawl_process import run_crawl, working
from second_web import SUFFIX, Town
from third_web import ThirdWeb

PARTS = (
    third_web_static,
    third_web_served,
    third_web_channels,
    third_web_rest,
    third_web_filled,
    third_web_dresses,
    third_web_shapes,
    third_web_faults,
)
TOWNS: dict[str, Town] = {town.name: town for towns in PARTS for town in towns.towns()}


@dataclass
class Crawled:
    result: dict[str, Any]
    reports: dict[str, set[tuple[str, int]]]


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
        yield Crawled(result, found)


@pytest.mark.parametrize("name", TOWNS)
def test_every_report_is_found_nothing_else_is_stored_and_the_state_is_right(crawled: Crawled, name: str) -> None:
    town = TOWNS[name]
    told = crawled.result["evidence"][name]["reason"]
    assert crawled.reports.get(name, set()) == town.expected, told
    assert (crawled.result["states"][name], told) == (town.state, told)
