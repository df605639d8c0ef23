"""Sites that fail, lie or lure, crawled over real HTTP: each ends in its state, and nothing it points at is asked."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from crawl_process import ROOT, run_crawl, scrapy_command, working
from fault_sites import (
    Answer,
    FaultSites,
    blank_calendar,
    bomb,
    box,
    calendar,
    cut,
    drip,
    endless,
    first_page_only,
    flood,
    hang_up,
    listing,
    lures,
    page,
    redirect,
    sessions,
    signpost,
    status,
)

from crawler.addresses import is_private, literal_address

LURES = (
    "file:///etc/passwd",
    "data:text/html,x",
    "http://127.0.0.1:{secret}/a",
    "http://localhost:{secret}/b",
    "http://0x7f.1:{secret}/c",
    "http://stranger.example:{port}/d",
    "http://lures.faults.example:{secret}/e",
)
STATES = {
    "forbidden": ("refused", "forbids"),
    "slowdown": ("refused", "429"),
    "drip": ("unreachable", "too long"),
    "cut": ("cut_short", "ends after 200 bytes"),
    "circle": ("unreachable", "redirects without end"),
    "away": ("moved", "stranger.example is not on the registered site"),
    "sibling": ("moved", "no longer on its registered host"),
    "inside": ("moved", "private address"),
    "file": ("moved", "302"),
    "home": ("moved", "front page"),
    "big": ("broken", "more than is read"),
    "bomb": ("broken", "unpacks to more"),
    "endless": ("cut_short", "more than the 200 pages"),
    "sessions": ("empty", "3 items"),
    "calendar": ("empty", "3 items"),
    "blank-calendar": ("broken", "no platform module"),
    "flood": ("broken", "more than is read"),
    "box": ("broken", "unpacks to more"),
    "silent": ("unreachable", "too long"),
    "lures": ("cut_short", "listed reports"),
    "crash": ("broken", "planted by the test"),
    "hang": ("broken", "took longer than 3 seconds"),
    "die": ("broken", "died (SIGSEGV)"),
    "plain": ("unreachable", "no encrypted connection"),
    "closed": ("unreachable", "accepts no connection"),
    "nowhere": ("unreachable", "has no address"),
    "pages": ("cut_short", "further pages failed: answers 404"),
    "signpost": ("empty", "0 items"),
    "signpost-away": ("moved", "sends its readers to http://stranger.example"),
    "gone": ("moved", "says the address is gone"),
    "broken": ("unreachable", "500"),
    "robots-broken": ("unreachable", "robots.txt answers 503"),
    "robots-lost": ("unreachable", "closes the connection without a whole answer (asked for robots.txt)"),
    "robots-away": ("unreachable", "robots.txt answers 502"),
    "robots-withheld": ("empty", "0 items"),
    "robots-forbids": ("refused", "robots.txt forbids it"),
    "robots-slow": ("refused", "robots.txt asks for 3600 seconds between requests"),
}
NOTHING = "<ul class='list'></ul><p>暂无相关信息</p>"
DISALLOW = "User-agent: *\nDisallow: /\n"


@dataclass
class Faults:
    sites: FaultSites
    secret: FaultSites
    result: dict[str, Any]


def answers(port: int, secret: int) -> dict[str, Answer]:
    sites: dict[str, Answer] = {
        "forbidden": status(403),
        "slowdown": status(429),
        "drip": drip,
        "cut": cut,
        "circle": lambda handler: redirect("/nb/b" if handler.path == "/nb/" else "/nb/")(handler),
        "away": redirect(f"http://stranger.example:{port}/nb/"),
        "sibling": redirect(f"http://other.faults.example:{port}/nb/"),
        "inside": redirect(f"http://127.0.0.1:{secret}/nb/"),
        "file": redirect("file:///etc/passwd"),
        "home": lambda handler: (redirect("/") if handler.path == "/nb/" else page(listing("甲局")))(handler),
        "big": page("<html>" + "x" * 3_000_000),
        "bomb": bomb,
        "endless": endless,
        "sessions": sessions,
        "calendar": calendar,
        "blank-calendar": blank_calendar,
        "flood": flood,
        "box": box,
        "lures": lures(tuple(lure.format(secret=secret, port=port) for lure in LURES)),
        **dict.fromkeys(("crash", "hang", "die"), page(listing("凌州市水务局"))),
        "pages": first_page_only,
        "signpost": signpost,
        "signpost-away": page(f"<script>location.href='http://stranger.example:{port}/nb/'</script>"),
        "gone": page("<html><title>404</title><body>您访问的页面不存在</body></html>"),
        "broken": status(500),
        **dict.fromkeys((name for name in STATES if name.startswith("robots-")), page(NOTHING)),
        "robots-away": lambda handler: (status(502) if handler.path == "/r.txt" else page(NOTHING))(handler),
    }
    return {f"{name}.faults.example": answer for name, answer in sites.items()}


def robots() -> dict[str, Answer]:
    """What hosts answer when they are asked for their robots.txt; 404 where nothing is said."""

    sites: dict[str, Answer] = {
        "robots-broken": status(503),
        "robots-lost": hang_up,
        "robots-away": redirect("/r.txt"),
        "robots-withheld": lambda handler: handler.send_page(403, DISALLOW, {"Content-Type": "text/plain"}),
        "robots-forbids": page(DISALLOW, {"Content-Type": "text/plain"}),
        "robots-slow": page("User-agent: *\nCrawl-delay: 3600\n", {"Content-Type": "text/plain"}),
    }
    return {f"{name}.faults.example": answer for name, answer in sites.items()}


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faults]:
    """All faulty sites in one crawl."""
    directory = tmp_path_factory.mktemp("faults")
    with FaultSites() as sites, FaultSites() as secret, socket.socket() as unused, socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()  # connections are taken, and no word of TLS comes back
        unused.bind(("127.0.0.1", 0))  # bound and not listening: nothing is there, and nobody else can take it
        sites.answers = answers(sites.port, secret.port)
        sites.robots = robots()
        lines = ["id,region_code,agency,listing_url,platform,first_year,note"]
        for name in STATES:
            scheme, host, port = "http", f"{name}.faults.example", sites.port
            if name == "plain":
                scheme = "https"
            elif name == "silent":
                scheme, port = "https", silent.getsockname()[1]
            elif name == "closed":
                port = unused.getsockname()[1]
            elif name == "nowhere":
                host = "nowhere.invalid"
            lines.append(f"{name},990100,凌州市水务局,{scheme}://{host}:{port}/nb/,,,")
        if own_name():
            lines.append(f"own,990100,凌州市水务局,http://{own_name()}:{sites.port}/nb/,,,")
        registry = directory / "sources.csv"
        registry.write_text("\n".join(lines) + "\n", encoding="utf-8")
        result = run_crawl(
            registry,
            directory / "archive.db",
            OGI_LOOPBACK_HOSTS=".faults.example",
            DOWNLOAD_TIMEOUT=3,
            DOWNLOAD_MAXSIZE=1_000_000,
            DNS_TIMEOUT=3,
            RETRY_TIMES=0,
            OGI_READER_SECONDS=3,
            MISTAKES=True,
            LOG_LEVEL="CRITICAL",
        )
        yield Faults(sites, secret, result)


@pytest.mark.parametrize("name", STATES)
def test_every_fault_ends_in_its_state_with_its_reason(faults: Faults, name: str) -> None:
    state, reason = STATES[name]
    told = faults.result["evidence"][name]
    assert (faults.result["states"][name], told["reason"]) == (state, told["reason"])
    assert reason in told["reason"]


def test_nothing_private_or_foreign_is_asked(faults: Faults) -> None:
    assert faults.secret.asked == []
    hosts = {host for host, _ in faults.sites.asked}
    assert "stranger.example" not in hosts
    assert not {host for host in hosts if not host.endswith(".faults.example")}


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("robots-broken", ["/robots.txt"]),
        ("robots-lost", ["/robots.txt"]),
        ("robots-away", ["/robots.txt", "/r.txt"]),
        ("robots-forbids", ["/robots.txt"]),
        ("robots-withheld", ["/robots.txt", "/nb/"]),
    ],
)
def test_where_robots_txt_cannot_be_had_nothing_else_is_asked(faults: Faults, name: str, paths: list[str]) -> None:
    assert [path for host, path in faults.sites.asked if host == f"{name}.faults.example"] == paths


def test_what_is_not_followed_is_named(faults: Faults) -> None:
    named = " ".join(faults.result["evidence"]["lures"]["not_followed"])
    for lure in ("http://127.0.0.1:", "http://localhost:", "http://0x7f.1:", "http://stranger.example:"):
        assert lure in named
    assert faults.result["finished"]


def test_a_name_that_leads_to_this_machine_is_not_asked(faults: Faults) -> None:
    name = own_name()
    if name is None:
        pytest.skip("no name but localhost leads to this machine")
    assert faults.result["states"]["own"] == "unreachable"
    assert f"{name} leads to the private address" in faults.result["evidence"]["own"]["reason"]
    assert name not in {host for host, _ in faults.sites.asked}


def own_name() -> str | None:
    """A name other than localhost that this machine's resolver leads to a private address."""
    for name in (socket.gethostname(), "ip6-localhost", "localhost.localdomain"):
        try:
            address = literal_address(socket.gethostbyname(name))
        except OSError:
            continue
        if address is not None and is_private(address):
            return name
    return None


def test_a_crawl_that_is_interrupted_gives_every_source_a_state(tmp_path: Path) -> None:
    names = ("first", "second", "third")
    with FaultSites({f"{name}.faults.example": drip for name in names}) as sites:
        registry = tmp_path / "sources.csv"
        lines = [f"{name},990100,凌州市水务局,http://{name}.faults.example:{sites.port}/nb/,,," for name in names]
        header = "id,region_code,agency,listing_url,platform,first_year,note"
        registry.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        process = subprocess.Popen(
            scrapy_command(
                "crawl",
                "annual_reports",
                OGI_DB=tmp_path / "archive.db",
                OGI_SOURCES=registry,
                OGI_LOOPBACK_HOSTS=".faults.example",
                CONCURRENT_REQUESTS=1,
                DOWNLOAD_TIMEOUT=2,
                RETRY_TIMES=0,
            ),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(sites, "/nb/")
        process.send_signal(signal.SIGINT)
        process.wait(60)
    with working(tmp_path / "archive.db") as archive:
        states = dict(archive.execute("SELECT source_id, state FROM source_states").fetchall())
        finished, ended = archive.execute("SELECT finished, ended FROM runs").fetchone()
    assert set(states) == set(names)
    assert "not_run" in states.values()
    assert not finished
    assert ended


def wait_for(sites: FaultSites, path: str) -> None:
    """Waits until a site is asked for `path`."""
    for _ in range(1200):
        if any(asked == path for _, asked in list(sites.asked)):
            return
        sites.released.wait(0.05)
    raise AssertionError(f"nobody asked for {path}")
