"""Towns written from what is known of the families and not from how they are read, crawled by the real spider: all
reports, nothing else, the right states."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from crawl_process import QUICK, ROOT, run_crawl, working
from towns.fifth import (
    apis,
    branches,
    cities,
    cluttered,
    envelopes,
    mixed,
    older,
    papers,
    precise,
    rows,
    traps,
    turning,
    ways,
)
from towns.fifth import filled as fifth_filled
from towns.fifth import pagers as fifth_pagers
from towns.fourth import called, crowded, pagers, portals, scripted
from towns.fourth import faults as fourth_faults
from towns.fourth import further as fourth_further
from towns.fourth import served as fourth_served
from towns.fourth import static as fourth_static
from towns.second import counted, crowds
from towns.second import served as second_served
from towns.second import static as second_static
from towns.sixth import asked, modules, parted, printed, spelt
from towns.third import channels, dresses, faults, filled, further, rest, served, shapes, static
from towns.web import PLACES, SUFFIX, Town, TownWeb

from crawler.sources import load
from parsers.documents.printed.scan import is_installed


def named(*parts: ModuleType) -> dict[str, Town]:
    return {town.name: town for towns in parts for town in towns.towns()}


SECOND = named(second_static, crowds, second_served, counted)
THIRD = named(static, served, channels, rest, filled, dresses, shapes, faults, further)
FOURTH = named(fourth_static, scripted, pagers, fourth_served, portals, fourth_faults, fourth_further, crowded, called)
FIFTH = named(
    *(rows, fifth_pagers, apis, fifth_filled, papers, ways, traps),
    *(mixed, turning, envelopes, branches, older, precise, cluttered, cities),
)
SIXTH = named(asked, modules, spelt, printed, parted)


@dataclass
class Crawled:
    result: dict[str, Any]
    reports: dict[str, set[tuple[str, int]]]
    unread: set[tuple[str, str]]
    sections: dict[str, set[int]]


def crawl(directory: Path, towns: Mapping[str, Town]) -> Crawled:
    """All towns of a web in one crawl."""
    registry, db = directory / "sources.csv", directory / "archive.db"
    with TownWeb(towns.values()) as web:
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
        sections: dict[str, set[int]] = {}
        for source, number in archive.execute(
            "SELECT r.source_id, s.number FROM sections s JOIN reports r ON r.id = s.report_id"
        ):
            sections.setdefault(source, set()).add(number)
    return Crawled(result, found, unread, sections)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("second"), SECOND)


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("third"), THIRD)


@pytest.fixture(scope="module")
def fourth(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("fourth"), FOURTH)


@pytest.fixture(scope="module")
def fifth(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("fifth"), FIFTH)


@pytest.fixture(scope="module")
def sixth(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("sixth"), SIXTH)


def holds(crawled: Crawled, town: Town) -> None:
    told = crawled.result["evidence"][town.name]["reason"]
    assert crawled.reports.get(town.name, set()) == town.expected, told
    assert (crawled.result["states"][town.name], told) == (town.state, told)


@pytest.mark.parametrize("name", SECOND)
def test_every_report_of_the_second_web_is_found_and_nothing_else(second: Crawled, name: str) -> None:
    holds(second, SECOND[name])


@pytest.mark.parametrize("name", THIRD)
def test_every_report_of_the_third_web_is_found_and_nothing_else(third: Crawled, name: str) -> None:
    holds(third, THIRD[name])


@pytest.mark.parametrize("name", [town.name for town in FOURTH.values() if town.listing])
def test_every_report_of_the_fourth_web_is_found_and_nothing_else(fourth: Crawled, name: str) -> None:
    holds(fourth, FOURTH[name])


@pytest.mark.parametrize("name", [town.name for town in FIFTH.values() if town.listing])
def test_every_report_of_the_fifth_web_is_found_and_nothing_else(fifth: Crawled, name: str) -> None:
    holds(fifth, FIFTH[name])


@pytest.mark.parametrize("name", [town.name for town in SIXTH.values() if town.listing])
def test_every_report_of_the_sixth_web_is_found_and_nothing_else(sixth: Crawled, name: str) -> None:
    holds(sixth, SIXTH[name])


@pytest.mark.parametrize("name", [name for name in SIXTH if name.startswith("c-")])
def test_an_article_in_several_pages_is_read_to_its_end(sixth: Crawled, name: str) -> None:
    assert {1, 2, 4, 5} <= sixth.sections[name]


@pytest.mark.skipif(is_installed(), reason="the pictures are recognised here")
def test_a_report_that_cannot_be_read_here_is_found_and_says_why(third: Crawled) -> None:
    assert {("w-scans", "needs_ocr"), ("w-locked", "encrypted")} <= third.unread


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
    **{name: "" for name in THIRD if name.startswith("f-")},
}


@pytest.mark.long
@pytest.mark.parametrize("name", PROPOSED)
def test_a_line_is_proposed_for_a_listing_and_for_a_front_page(name: str, tmp_path: Path) -> None:
    town, registry = THIRD[name], tmp_path / "sources.csv"
    with TownWeb([town]) as web:
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
