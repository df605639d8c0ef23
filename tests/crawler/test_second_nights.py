"""What a site shows on a second night in the place of what it showed on the first, and on a third when it is well
again: nothing is lost, nothing wrong is stored, and each change is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from crawl_process import run_crawl, working
from towns.web import SUFFIX, Page, Reply, Town, TownWeb, docx, frame, items, report, text, title

from demo.statutory import FORM_2021, requests_grid

RECEIVED = "requests.new_received.total"
Pages = dict[str, Page]
Night = Callable[[str], Pages]


def whole(agency: str, year: int, received: int) -> str:
    """A report whose table says that so many applications were received, and granted."""

    def printed(indicator: str) -> str:
        _, row, column = indicator.split(".")
        holds = row in ("new_received", "granted", "closed_total") and column in ("natural_person", "total")
        return str(received) if holds else "0"

    rows = (
        "".join(f"<td colspan='{cell.columns}' rowspan='{cell.rows}'>{cell.text}</td>" for cell in row)
        for row in requests_grid(FORM_2021, printed)
    )
    table = "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"
    return report(agency, year, inside=text(agency, year).replace("<p>四、", f"{table}<p>四、"))


def listing(agency: str, links: dict[int, str]) -> str:
    return frame(f"<ul>{items(agency, links)}</ul>")


def site(newest: str = "2024.html", received: int = 5, year: int = 2024) -> Night:
    """A list of two reports: the newest at an address, and that of 2022."""

    def pages(agency: str) -> Pages:
        return {
            "/nb/": listing(agency, {year: newest, 2022: "2022.html"}),
            f"/nb/{newest}": whole(agency, year, received),
            "/nb/2022.html": whole(agency, 2022, 3),
        }

    return pages


def instead(page: Callable[[str], Page], at: str = "/nb/2024.html") -> Night:
    """The site with another page in the place of one."""
    return lambda agency: site()(agency) | {at: page(agency)}


def without(pattern: str, by: str = "") -> Callable[[str], Page]:
    """The newest report without what the pattern matches."""
    return lambda agency: re.sub(pattern, by, whole(agency, 2024, 5), flags=re.DOTALL)


def redirecting(agency: str) -> Pages:
    to = Reply(status=302, headers={"Location": "/new/2024.html"})
    return site()(agency) | {"/nb/2024.html": to, "/new/2024.html": whole(agency, 2024, 5)}


def twice_encoded(agency: str) -> Page:
    return listing(agency, {2024: "2024.html", 2022: "2022.html"}).encode().decode("gb18030", "replace")


def attaching(sent: Callable[[bytes], bytes]) -> Night:
    """The newest report with a Word file, of which the site sends so much."""

    def pages(agency: str) -> Pages:
        word = docx(agency, 2024)
        assert isinstance(word.body, bytes)
        page = whole(agency, 2024, 5).replace("</div></body>", "<p><a href='2024.docx'>附件.docx</a></p></div></body>")
        return site()(agency) | {"/nb/2024.html": page, "/nb/2024.docx": replace(word, body=sent(word.body))}

    return pages


def asking(answer: str = "") -> Night:
    """A list that a script fills with what it asks the site for, or with another answer."""

    def pages(agency: str) -> Pages:
        found = [
            {"title": title(agency, year), "url": f"/nb/{year}.html", "publishDate": f"{year + 1}-01-15"}
            for year in (2024, 2022)
        ]
        data = answer or json.dumps({"code": 200, "data": {"total": 2, "list": found}})
        script = "<div id='list'></div><script>$.ajax({url: '/api/list?channelId=12&page=1'})</script>"
        return site()(agency) | {"/nb/": frame(script), "/api/list": Reply(data, kind="application/json")}

    return pages


@dataclass
class Change:
    """What a site shows on the nights after the first, and what must be true after each: the state, words of its
    reason, and the figures of the years of the source."""

    nights: tuple[Night, ...]
    states: tuple[str, ...]
    figures: tuple[dict[int, int], ...]
    said: str = ""
    problem: str = ""
    failure: str = ""
    revised: int = 0
    first: Night = field(default_factory=site)


SAME = {2024: 5, 2022: 3}
STAYS: dict[str, Any] = {"states": ("ok", "unchanged"), "figures": (SAME, SAME), "problem": "numbers_gone"}
CHANGES = {
    "moved": Change((site("a/2024.html"),) * 2, ("unchanged", "unchanged"), (SAME, SAME)),
    "back": Change((site("a/2024.html"), site()), ("unchanged", "unchanged"), (SAME, SAME)),
    "moved-changed": Change(
        (site("a.html", 6), site("a.html", 7)), ("ok", "ok"), ({2024: 6, 2022: 3}, {2024: 7, 2022: 3}), revised=12
    ),
    "sessions": Change(
        (site("2024.html?s=1", 6), site("2024.html?s=2", 6)), ("ok", "unchanged"), ({2024: 6, 2022: 3},) * 2, revised=6
    ),
    "redirected": Change((redirecting, site()), ("unchanged", "unchanged"), (SAME, SAME)),
    "reused": Change(
        (site("r.html", 6, 2025), site("r.html", 6, 2025)),
        ("ok", "unchanged"),
        ({2025: 6, **SAME},) * 2,
        first=site("r.html"),
    ),
    "no-table": Change((instead(without("<table>.*</table>")), site()), said="lacks what it held", **STAYS),
    "no-numbers": Change((instead(without(r">\d+</td>", "></td>")), site()), **STAYS),
    "no-row": Change((instead(without(r"<tr>[^\n]*二、上年结转[^\n]*")), site()), **STAYS),
    "emptied": Change(
        (instead(without(r"(本年新收\D*)(<td[^>]*>)5", r"\1\2")), site()), ("ok", "ok"), (SAME, SAME), revised=2
    ),
    "attached": Change(
        (attaching(lambda sent: sent[: len(sent) // 2]), attaching(bytes)),
        ("unchanged", "unchanged"),
        (SAME, SAME),
        problem="attachment_unread",
        failure="an attachment cannot be read",
        first=attaching(bytes),
    ),
    "data": Change(
        (asking('{"code": 500, "msg": "系统异常"}'), asking()), ("broken", "unchanged"), (SAME, SAME), first=asking()
    ),
    "garbled": Change((instead(twice_encoded, "/nb/"), site()), ("broken", "unchanged"), (SAME, SAME), "garbled"),
    "packed": Change(
        (instead(lambda agency: Reply(whole(agency, 2024, 6), headers={"Content-Encoding": "gzip"})), site()),
        ("cut_short", "unchanged"),
        (SAME, SAME),
        "packs its answer otherwise",
    ),
    "front-page": Change(
        (instead(lambda agency: frame(f"<p>{agency}欢迎您</p>" * 99)), site()),
        ("ok", "unchanged"),
        (SAME, SAME),
        "1 could not be read",
        "no_text",
    ),
}
OFFICES = [
    "教育",
    "民政",
    "水利",
    "财政",
    "审计",
    "统计",
    "司法",
    "商务",
    "体育",
    "林业",
    "档案",
    "信访",
    "气象",
    "公安",
    "交通",
    "人事",
]


@dataclass
class Seen:
    state: str
    reason: str
    figures: dict[int, int]
    withdrawn: int
    revisions: int
    problems: set[str]
    failures: str
    warnings: list[str]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Seen]]]:
    """Three nights of all sites in one web."""
    directory = tmp_path_factory.mktemp("second-nights")
    registry, db = directory / "sources.csv", directory / "archive.db"
    offices = dict(zip(CHANGES, (f"凌州市{name}局" for name in OFFICES), strict=False))
    assert len(offices) == len(CHANGES)
    towns = {name: Town(name, offices[name], "/nb/", change.first(offices[name])) for name, change in CHANGES.items()}
    with TownWeb(towns.values()) as web:
        registry.write_text(web.registry(), encoding="utf-8")
        found = []
        for night in range(3):
            for name, change in CHANGES.items():
                if night:
                    towns[name].pages = change.nights[night - 1](offices[name])
                if night == 2:
                    age(db, "back")
            result = run_crawl(registry, db, OGI_LOOPBACK_HOSTS=f".{SUFFIX}", RETRY_TIMES=0)
            found.append({name: seen(db, result, name) for name in CHANGES})
        yield found


def age(db: Path, name: str) -> None:
    """Makes what a site gave so old that its reports need not be asked for."""
    of_site = f"(SELECT id FROM snapshots WHERE url LIKE 'http://{name}.%')"
    found, asked = ((datetime.now(UTC) - timedelta(days)).strftime("%Y-%m-%dT%H:%M:%SZ") for days in (40, 5))
    with working(db) as archive:
        archive.execute(f"UPDATE snapshots SET fetched = ? WHERE id IN {of_site}", [found])
        archive.execute(f"UPDATE visits SET fetched = ? WHERE snapshot_id IN {of_site}", [asked])


def seen(db: Path, result: dict[str, Any], name: str) -> Seen:
    """How a source stands after a night."""
    of_source = "report_id IN (SELECT id FROM reports WHERE source_id = ?)"
    with working(db) as archive:
        figures = archive.execute(
            f"SELECT year, value FROM figures WHERE indicator = '{RECEIVED}' AND {of_source}", [name]
        )
        return Seen(
            result["states"][name],
            result["evidence"][name]["reason"],
            dict(figures.fetchall()),
            archive.execute("SELECT count(withdrawn) FROM reports WHERE source_id = ?", [name]).fetchone()[0],
            archive.execute(f"SELECT count(*) FROM revisions WHERE {of_source}", [name]).fetchone()[0],
            {code for (code,) in archive.execute("SELECT code FROM problems WHERE source_id = ?", [name])},
            str(result["evidence"][name].get("failures", "")),
            [warning for warning in result["warnings"] if warning.startswith(f"{name}: ")],
        )


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_site_shows_instead_takes_nothing_away_and_is_told(nights: list[dict[str, Seen]], name: str) -> None:
    first, *later = (night[name] for night in nights)
    change = CHANGES[name]
    assert (first.state, first.figures) == ("ok", SAME)
    assert tuple(each.state for each in later) == change.states, [each.reason for each in later]
    assert tuple(each.figures for each in later) == change.figures
    assert change.said in later[0].reason
    assert change.failure in later[0].failures
    assert later[1].revisions == change.revised
    assert change.problem in {"", *later[0].problems}
    assert not any(each.withdrawn or each.warnings for each in later)
