"""Many hosts at once: none waits for another, whatever it lists and however slowly it answers."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from crawl_process import run_crawl
from fault_sites import FaultSites, Handler, listing, page
from many_hosts import MANY, SUFFIX, many_hosts

PLACES = 4


def test_no_host_waits_for_hosts_that_keep_their_answers_back(tmp_path: Path) -> None:
    """Three of four places are held by hosts that answer only when all others have: one by one, these must be done."""
    registry, slow = tmp_path / "sources.csv", PLACES - 1
    with many_hosts(10, items=4, slow=slow) as web:
        registry.write_text(web.registry(), encoding="utf-8")
        result = run_crawl(
            registry,
            tmp_path / "archive.db",
            OGI_LOOPBACK_HOSTS=f".{SUFFIX}",
            CONCURRENT_REQUESTS=PLACES,
            DOWNLOAD_TIMEOUT=60,
            DOWNLOAD_DELAY=0.1,
            RETRY_TIMES=0,
        )
        of_the_slow = [path for host, path in web.asked if host < slow and path.startswith("/nb/2")]
    assert set(result["states"].values()) == {"ok"}
    assert len(of_the_slow) == slow * MANY
    assert web.most_at_once == 1
    assert result["reports"] == slow * MANY + 7


@pytest.mark.long
@pytest.mark.timeout(900)
def test_three_thousand_hosts_and_a_hundred_thousand_items_stay_small(tmp_path: Path) -> None:
    hosts, items, slow = 3000, 34, 20
    registry = tmp_path / "sources.csv"
    with many_hosts(hosts, items, slow=slow) as web:
        registry.write_text(web.registry(), encoding="utf-8")
        began = time.monotonic()
        result = run_crawl(
            registry, tmp_path / "archive.db", seconds=800, OGI_LOOPBACK_HOSTS=f".{SUFFIX}", DOWNLOAD_TIMEOUT=800
        )
        took = time.monotonic() - began
        last = {host: number for number, (host, _) in enumerate(web.asked)}
    assert Counter(result["states"].values()) == {"ok": hosts}
    assert result["reports"] == hosts - slow + slow * MANY
    assert sum(evidence["items"] for evidence in result["evidence"].values()) == hosts * items
    assert min(last[host] for host in range(slow)) > max(last[host] for host in range(slow, hosts))
    print(f"{hosts:,} hosts, {hosts * items:,} items: {took:.0f} s, {result['megabytes_of_memory']:.0f} MB at most")
    assert result["megabytes_of_memory"] < 1000


def test_a_host_is_given_the_time_between_requests_that_its_robots_txt_asks_for(tmp_path: Path) -> None:
    asked: dict[str, list[float]] = {"slow": [], "quick": []}

    def answer(handler: Handler) -> None:
        host = (handler.headers.get("Host") or "").partition(".")[0]
        asked[host].append(time.monotonic())
        page(listing("凌州市水务局") if handler.path == "/nb/" else "<p>正在建设</p>")(handler)

    registry = tmp_path / "sources.csv"
    with FaultSites({f"{host}.{SUFFIX}": answer for host in asked}) as sites:
        sites.robots = {f"slow.{SUFFIX}": page("User-agent: *\nCrawl-delay: 1.5\n", {"Content-Type": "text/plain"})}
        lines = [f"{host},990100,凌州市水务局,http://{host}.{SUFFIX}:{sites.port}/nb/,,," for host in asked]
        registry.write_text(
            "\n".join(["id,region_code,agency,listing_url,platform,first_year,note", *lines]), encoding="utf-8"
        )
        run_crawl(
            registry,
            tmp_path / "archive.db",
            OGI_LOOPBACK_HOSTS=f".{SUFFIX}",
            AUTOTHROTTLE_ENABLED=True,
            AUTOTHROTTLE_START_DELAY=0.1,
        )
    between = [after - before for before, after in pairwise(asked["slow"])]
    assert len(between) == len(asked["quick"]) - 1 == 2
    assert min(between) > 1.3
    assert max(asked["quick"]) < min(asked["slow"]) + sum(between)
