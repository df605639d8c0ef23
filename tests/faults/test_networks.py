"""Name servers, networks and sites that fail: every source ends in its state, nothing is taken for withdrawn."""

from __future__ import annotations

import os
import random
import socket
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from nights import REPORTS, Home
from stable import Stable
from village import AGENCIES, CHANGING, YEARS, Answer, Handler, Village, host, listing, report

pytestmark = pytest.mark.long
APART = ("unshare", "--map-root-user", "--net")
THOUSAND = 1_000


def withdrawn(home: Home) -> int:
    return int(asked(home, "SELECT count(*) FROM reports WHERE withdrawn IS NOT NULL")[0][0])


def asked(home: Home, query: str) -> list[tuple[object, ...]]:
    """What readers are told."""
    with closing(sqlite3.connect(f"{home.db.as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()


def cut(handler: Handler) -> None:
    """The connection ends without an answer."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("loopback", "why"),
    [(".nowhere.example", "has no address"), (".village.example", "")],
    ids=["no name server", "no network"],
)
def test_a_night_without_network_changes_nothing(
    stable: Stable, village: Village, home: Home, loopback: str, why: str
) -> None:
    if subprocess.run([*APART, "true"], capture_output=True).returncode:
        pytest.skip("to be without a network takes a network namespace (unshare --map-root-user --net)")
    assert home.night(stable).status == 0
    with Stable(APART) as alone:
        ended = home.night(alone, OGI_LOOPBACK_HOSTS=loopback, DNS_TIMEOUT=5)
    assert ended.status == 1, ended.err
    told = home.told()
    assert set(home.states().values()) == {"unreachable"}
    assert told["alarms"] == ["3 of 3 sources could not be read to their end"]
    assert all(why in source["why"] for source in told["crawl"]["sources"])
    assert withdrawn(home) == 0
    assert home.edition() == village.edition
    village.edition += 1
    assert home.night(stable).status == 0
    assert home.edition() == village.edition


def test_a_network_that_goes_in_the_middle_of_a_night(stable: Stable, village: Village, home: Home) -> None:
    assert home.night(stable).status == 0
    village.edition += 1
    answered = len(village.asked)

    def fails_soon(handler: Handler) -> None:
        if len(village.asked) > answered + 5:
            cut(handler)

    village.before_answer = fails_soon
    ended = home.night(stable)
    assert ended.status == 1, ended.err
    assert set(home.states().values()) <= {"unreachable", "cut_short", "ok", "unchanged"}
    assert {"unreachable", "cut_short"} & set(home.states().values())
    assert withdrawn(home) == 0
    figures = asked(home, f"SELECT value FROM figures WHERE indicator = '{CHANGING}' AND year = {YEARS[0]}")
    assert len(figures) == len(AGENCIES)
    assert {value for (value,) in figures} <= {village.edition - 1, village.edition}
    village.before_answer = None
    assert home.night(stable).status == 0
    assert home.edition() == home.extracted() == village.edition


NOTHING = ["{}", "", "<html><body>凌州市欢迎您</body></html>"]


@pytest.mark.parametrize("end", [*NOTHING, 300, 700, 2_000, 5_000, -60])
def test_a_page_that_holds_less_than_it_did_takes_nothing_away(
    stable: Stable, village: Village, home: Home, end: str | int
) -> None:
    assert home.night(stable).status == 0
    named = AGENCIES["civ"]

    def half(handler: Handler) -> None:
        year = handler.path[4:8]
        page = report(named, int(year), 1 if year == "2025" else 7) if year.isdigit() else listing("civ")
        handler.send(200, page if year != "2025" else page[:end] if isinstance(end, int) else end)

    village.answers = {host("civ"): half}
    ended = home.night(stable)
    assert ended.status == 0, ended.err
    assert home.edition() == home.extracted() == 1
    assert asked(home, "SELECT count(*) FROM revisions") == [(0,)]
    village.answers = {}
    village.edition += 1
    assert home.night(stable).status == 0
    assert home.edition() == home.extracted() == 2


def test_sites_that_answer_differently_at_every_request(stable: Stable, village: Village, home: Home) -> None:
    seed = os.environ.get("OGI_SEED", "0")
    turns: Counter[str] = Counter()

    def thrown(handler: Handler) -> random.Random:
        """The dice of one answer: the same in every run, in whatever order the requests come."""
        address = f"{handler.headers['Host'].partition(':')[0]}{handler.path}"
        turns[address] += 1
        return random.Random(f"{seed} {address} {turns[address]}")

    assert home.night(stable).status == 0

    def trimmed(handler: Handler) -> None:
        """The same report in other clothes each time, behind a list in any order."""
        dice = thrown(handler)
        if handler.path == "/nb/":
            handler.send(200, listing("edu", tuple(dice.sample(YEARS, len(YEARS)))) + f"<!-- {dice.random()} -->")
        elif handler.path == "/robots.txt":
            handler.send(404, "")
        else:
            page = report(AGENCIES["edu"], int(handler.path[4:8]), 1 if "2025" in handler.path else 7)
            handler.send(200, page.replace("</h1>", f"</h1><p>浏览次数：{dice.randrange(9999)}</p>"))

    def chaos(handler: Handler) -> None:
        """Anything at all."""
        dice = thrown(handler)
        if dice.random() < 0.2:
            cut(handler)
            return
        body = dice.choice((dice.randbytes(3_000), b"", listing("civ"), report(AGENCIES["civ"], 2025, 1)[:700], "{}"))
        kind = dice.choice(("text/html", "application/pdf", "image/png", "text/html; charset=utf-16", "nonsense"))
        handler.send(dice.choice((200, 200, 200, 204, 302, 304, 403, 404, 418, 500, 503)), body, kind)

    village.answers = {host("edu"): trimmed, host("civ"): chaos}
    for _ in range(4):
        ended = home.night(stable)
        assert ended.status in (0, 1), ended.err
        assert set(home.states()) == set(AGENCIES)
        assert home.states()["wat"] == "unchanged"
        assert home.states()["edu"] in ("ok", "unchanged")
        assert home.check_working()
    assert len(asked(home, f"SELECT 1 FROM figures WHERE indicator = '{CHANGING}'")) == REPORTS
    assert asked(home, "SELECT count(*) FROM revisions v JOIN reports r ON r.id = v.report_id WHERE source_id = 'edu'")
    changed = "SELECT count(*) FROM revisions v JOIN reports r ON r.id = v.report_id WHERE r.source_id <> 'civ'"
    assert asked(home, changed) == [(0,)], "a page in other clothes was taken for another report"
    village.answers = {}
    assert home.night(stable).status == 0
    assert home.edition() == village.edition


def test_a_thousand_sources_that_fail_at_once(stable: Stable, village: Village, tmp_path: Path) -> None:
    failures: list[Answer] = [
        cut,
        lambda handler: handler.send(500, ""),
        lambda handler: handler.send(403, ""),
        lambda handler: handler.send(404, ""),
        lambda handler: handler.send(200, "<html></html>"),
        lambda handler: handler.send(200, b"\xff" * 500, "application/octet-stream"),
    ]
    names = tuple(f"fails-{number}" for number in range(THOUSAND))
    village.answers = {host(name): failures[number % len(failures)] for number, name in enumerate(names)}
    home = Home.made(tmp_path, village, names)
    ended = home.night(stable, RETRY_TIMES=1)
    assert ended.status == 1, ended.err
    states = home.states()
    assert len(states) == THOUSAND + len(AGENCIES)
    assert {name: states[name] for name in AGENCIES} == dict.fromkeys(AGENCIES, "ok")
    assert {states[name] for name in names} <= {"unreachable", "refused", "moved", "broken", "empty"}
    assert home.edition() == home.extracted() == village.edition
    print(f"\n{home.told()['crawl']['states']} in {home.told()['seconds']} s")
