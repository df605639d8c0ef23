"""Night after night: what is not asked again, what has vanished, who asks for peace, what a host has cost."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawl_process import run_crawl, working
from scrapy.exceptions import NotConfigured
from towns.web import SUFFIX, Asked, Page, Reply, Town, TownWeb, frame, items, other, report, title

from crawler.politeness import hours, within

YEARS = (2024, 2023, 2022)
CONTACT = "mailto:keeper@archive.example"
PADDING = "x" * 400_000


def plain(name: str, agency: str) -> Town:
    """A town with one list of three reports."""
    pages: dict[str, Page] = {f"/nb/{year}.html": report(agency, year) for year in YEARS}
    return Town(name, agency, "/nb/", pages | {"/nb/": listing(agency, YEARS)}, YEARS)


def listing(agency: str, years: tuple[int, ...]) -> str:
    return frame(f"<ul>{items(agency, {year: f'{year}.html' for year in years})}</ul>")


@dataclass
class Busy:
    """A site that answers `status` and Retry-After so often, and then as it should."""

    page: str
    status: int
    seconds: int
    times: int
    asked: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def __call__(self, asked: Asked) -> str | Reply:
        self.asked.append(time.monotonic())
        self.agents.add(asked.headers["user-agent"])
        if len(self.asked) <= self.times:
            return Reply("<p>稍后再来</p>", self.status, headers={"Retry-After": str(self.seconds)})
        return self.page


@dataclass
class Nights:
    web: TownWeb
    db: Path
    results: list[dict[str, Any]]
    asked: list[Counter[str]]
    withdrawn: list[list[tuple[str, int]]]
    spent: list[dict[str, tuple[int, int]]]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    """Three nights: a first one; one in which much has changed, in two runs; and one in which a report is back."""
    directory = tmp_path_factory.mktemp("nights")
    db, registry = directory / "archive.db", directory / "sources.csv"
    agencies = {
        "same": "甲",
        "gone": "乙",
        "unlisted": "丙",
        "dead": "丁",
        "old": "戊",
        "older": "己",
        "greedy": "庚",
        "heavy": "辛",
        "handed": "癸",
    }
    towns = {name: plain(name, f"凌州市{sign}务管理局") for name, sign in agencies.items()}
    for name, status, seconds, times in (("patient", 429, 1, 1), ("busy", 429, 9000, 99), ("repair", 503, 9000, 99)):
        town = towns[name] = plain(name, f"凌州市{name}管理局")
        town.pages["/nb/"] = Busy(str(town.pages["/nb/"]), status, seconds, times)
    towns["greedy"].pages["/nb/"] = listing(towns["greedy"].agency, tuple(range(2024, 2010, -1)))
    towns["greedy"].pages |= {f"/nb/{year}.html": report(towns["greedy"].agency, year) for year in range(2011, 2025)}
    towns["heavy"].pages["/nb/"] = f"{listing(towns['heavy'].agency, YEARS)}<!--{PADDING}-->"
    towns["blank"] = plain("blank", "凌州市壬务管理局")
    towns["blank"].pages |= {f"/nb/{year}.html": other("页面维护中", "请稍后再来。") for year in YEARS}
    with TownWeb(towns.values()) as web:
        registry.write_text(web.registry(), encoding="utf-8")
        found = Nights(web, db, [], [], [], [])

        def night(*, another: bool = True) -> None:
            before = len(web.asked)
            if another and found.results:
                with working(db) as archive:
                    archive.execute("UPDATE host_nights SET night = '2026-11-01'")
            settings: dict[str, Any] = {"OGI_HOST_REQUESTS": 8, "OGI_HOST_BYTES": 300_000, "OGI_CONTACT": CONTACT}
            found.results.append(run_crawl(registry, db, OGI_LOOPBACK_HOSTS=f".{SUFFIX}", RETRY_TIMES=1, **settings))
            names = {town.host: town.name for town in towns.values()}
            found.asked.append(Counter(f"{names[host]} {path}" for host, path in web.asked[before:]))
            with working(db) as archive:
                gone = archive.execute("SELECT source_id, year FROM reports WHERE withdrawn IS NOT NULL").fetchall()
                spent = archive.execute("SELECT host, requests, bytes FROM host_nights").fetchall()
            found.withdrawn.append([tuple(row) for row in gone])
            found.spent.append({names[host]: (requests, length) for host, requests, length in spent})

        night()
        towns["gone"].pages["/nb/"] = listing(towns["gone"].agency, YEARS[:2])
        del towns["gone"].pages["/nb/2022.html"]
        towns["unlisted"].pages["/nb/"] = listing(towns["unlisted"].agency, YEARS[:2])
        del towns["dead"].pages["/nb/2022.html"]
        towns["handed"].pages["/nb/"] = listing(towns["handed"].agency, YEARS[:2])
        del towns["handed"].pages["/nb/2022.html"]
        with working(db) as archive:
            handed = "SELECT id FROM reports WHERE source_id = 'handed' AND year = 2022"
            archive.execute(f"UPDATE report_snapshots SET role = 'by_hand' WHERE report_id IN ({handed})")
        age(db, "old", found=40, asked=5)
        age(db, "older", found=70, asked=40)
        with working(db) as archive:  # whoever read these pages again would not find them, and ask
            archive.execute("UPDATE snapshots SET warc = 'gone.warc.gz' WHERE url LIKE 'http://old.%/nb/2%'")
        night()
        with working(db) as archive:
            archive.execute("UPDATE runs SET finished = 0, ended = NULL WHERE id = 2")
        night(another=False)
        towns["gone"].pages |= plain("gone", towns["gone"].agency).pages
        night()
        yield found


def age(db: Path, name: str, *, found: int, asked: int) -> None:
    """Makes what a site gave so many days older."""
    of_site = f"(SELECT id FROM snapshots WHERE url LIKE 'http://{name}.%')"
    with sqlite3.connect(db.with_suffix(".var") / "working.db") as archive:
        archive.execute(f"UPDATE snapshots SET fetched = ? WHERE id IN {of_site}", [ago(found)])
        archive.execute(f"UPDATE visits SET fetched = ? WHERE snapshot_id IN {of_site}", [ago(asked)])


def ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def reason(nights: Nights, night: int, name: str) -> str:
    return str(nights.results[night]["evidence"][name]["reason"])


def test_a_site_that_asks_to_wait_a_little_is_waited_for(nights: Nights) -> None:
    assert nights.results[0]["states"]["patient"] == "ok"
    page = nights.web.towns[f"patient.{SUFFIX}"].pages["/nb/"]
    assert isinstance(page, Busy)
    assert page.asked[1] - page.asked[0] >= 1


def test_a_site_is_told_who_asks_and_whom_to_write_to(nights: Nights) -> None:
    page = nights.web.towns[f"patient.{SUFFIX}"].pages["/nb/"]
    assert isinstance(page, Busy)
    (agent,) = page.agents
    assert agent.startswith("ogi-archive/")
    assert agent.endswith(f" (+{CONTACT})")


@pytest.mark.parametrize(("name", "state"), [("busy", "refused"), ("repair", "unreachable")])
def test_a_site_that_asks_for_long_peace_is_left_alone(nights: Nights, name: str, state: str) -> None:
    assert nights.results[0]["states"][name] == state
    assert nights.asked[0][f"{name} /nb/"] == 1


def test_a_host_has_a_budget_of_requests_and_of_bytes(nights: Nights) -> None:
    assert nights.results[0]["states"]["greedy"] == "cut_short"
    assert "8 times, its budget" in reason(nights, 0, "greedy")
    assert sum(count for asked, count in nights.asked[0].items() if asked.startswith("greedy ")) == 8
    assert nights.results[0]["states"]["heavy"] == "cut_short"
    assert "bytes, its budget" in reason(nights, 0, "heavy")


def test_a_source_none_of_whose_reports_can_be_read_is_not_ok(nights: Nights) -> None:
    assert nights.results[0]["states"]["blank"] == "cut_short"
    assert "none of 3 listed reports could be read" in reason(nights, 0, "blank")


def test_a_listing_is_read_every_night_and_an_old_report_asked_for_and_read_once_a_month(nights: Nights) -> None:
    for name, reports in (("old", 0), ("older", 3), ("same", 3)):
        asked = [path for path in nights.asked[1] if path.startswith(f"{name} /nb/")]
        assert len(asked) == 1 + reports, name
        assert nights.results[1]["states"][name] == "unchanged"


def test_withdrawn_means_gone_from_the_listing_and_from_its_address(nights: Nights) -> None:
    assert nights.withdrawn[:2] == [[], [("gone", 2022)]]
    states = nights.results[1]["states"]
    assert (states["gone"], states["unlisted"], states["dead"]) == ("ok", "unchanged", "cut_short")


def test_a_report_that_comes_back_is_withdrawn_no_more(nights: Nights) -> None:
    assert nights.withdrawn[2:] == [[("gone", 2022)], []]


def test_a_report_added_by_hand_is_no_concern_of_a_crawl(nights: Nights) -> None:
    assert nights.results[1]["states"]["handed"] == "unchanged"
    assert not [asked for asked in nights.asked[1] if asked.startswith("handed /nb/2022")]


def test_a_run_that_carries_on_goes_on_with_the_budget_of_the_night(nights: Nights) -> None:
    assert nights.results[1]["states"]["greedy"] == "cut_short"
    assert not [asked for asked in nights.asked[2] if asked.startswith("greedy ")]
    assert "8 times, its budget" in reason(nights, 2, "greedy")
    assert [asked for asked in nights.asked[3] if asked.startswith("greedy ")]


def test_what_is_held_already_is_not_charged_to_its_host(nights: Nights) -> None:
    requests, length = nights.spent[1]["same"]
    assert requests == 5  # robots.txt, the list, three reports
    carried_on = nights.spent[2]["same"]
    assert carried_on[0] == requests + 1  # robots.txt, which is not there, is asked for again
    assert carried_on[1] - length < 100


def test_fewer_reports_than_last_night_are_a_warning_that_names_them(nights: Nights) -> None:
    warnings = [warning for warning in nights.results[1]["warnings"] if "fewer" in warning]
    gone, unlisted = sorted(warnings)
    assert gone.startswith("gone: fewer reports on the listing than before, 1 gone")
    assert f"{title('凌州市乙务管理局', 2022)} (withdrawn" in gone
    assert unlisted.startswith("unlisted: ")
    assert f"{title('凌州市丙务管理局', 2022)}." in unlisted


def test_a_run_that_carries_on_asks_for_nothing_that_is_kept(nights: Nights) -> None:
    again = {asked for asked in nights.asked[2] if "/robots.txt" not in asked}
    assert not {asked for asked in again if asked.split()[0] in ("same", "old", "older", "patient", "unlisted", "gone")}
    with working(nights.db) as archive:
        assert archive.execute("SELECT count(*) FROM runs WHERE ended IS NULL").fetchone()[0] == 0
    assert nights.results[2]["states"]["same"] == "unchanged"


def test_outside_the_hours_nothing_is_asked(nights: Nights, tmp_path: Path) -> None:
    registry, before = tmp_path / "one.csv", len(nights.web.asked)
    registry.write_text("\n".join(nights.web.registry().splitlines()[:2]) + "\n", encoding="utf-8")
    there = datetime.now(UTC) + timedelta(hours=8)
    window = f"{there + timedelta(hours=2):%H:%M}-{there + timedelta(hours=3):%H:%M}"
    result = run_crawl(registry, tmp_path / "archive.db", OGI_LOOPBACK_HOSTS=f".{SUFFIX}", OGI_NIGHT=window)
    assert result["states"] == {"same": "not_run"}
    assert len(nights.web.asked) == before


def test_a_crawl_of_no_sources_asks_nobody(nights: Nights, tmp_path: Path) -> None:
    registry, before = tmp_path / "all.csv", len(nights.web.asked)
    registry.write_text(nights.web.registry(), encoding="utf-8")
    result = run_crawl(registry, tmp_path / "archive.db", OGI_LOOPBACK_HOSTS=f".{SUFFIX}", FIRST=0)
    assert (result["finished"], result["states"]) == (True, {})
    assert len(nights.web.asked) == before


@pytest.mark.parametrize(
    ("moment", "inside"), [("13:59", False), ("14:00", True), ("20:00", True), ("21:59", True), ("22:00", False)]
)
def test_the_hours_are_those_of_the_sites_and_may_pass_midnight(moment: str, inside: bool) -> None:
    window = hours("22:00-06:00")
    assert window is not None
    assert within(datetime.fromisoformat(f"2026-11-22T{moment}:00+00:00"), window) is inside


def test_hours_that_are_none_are_refused() -> None:
    with pytest.raises(NotConfigured, match="OGI_NIGHT"):
        hours("at night")
