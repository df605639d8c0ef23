"""How the registry is cut into shards: nobody is left out, and a host has one owner."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from clusters import AT_ONCE, QUICK, Municipality, ended, start
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from archive.opening import open_published
from crawler import settings
from crawler.addresses import host_of
from crawler.sources import Source, shard, shard_of
from ogi.cluster.shard import EXTENSIONS

HOSTS = st.from_regex(r"[a-z]{1,6}\.(zibo|jinan)\.gov\.cn", fullmatch=True)
REGISTRIES = st.lists(HOSTS, min_size=1, max_size=40).map(
    lambda hosts: [Source(f"s{n}", "990100", "", f"http://{host}/{n}/") for n, host in enumerate(hosts)]
)
SHARDS = st.integers(1, 12)


@given(REGISTRIES, SHARDS)
def test_every_source_is_in_exactly_one_shard(sources: list[Source], shards: int) -> None:
    cut = [source for number in range(1, shards + 1) for source in shard(sources, number, shards)]
    assert Counter(cut) == Counter(sources)


@given(REGISTRIES, SHARDS)
def test_a_host_has_one_owner(sources: list[Source], shards: int) -> None:
    owners: dict[str, set[int]] = {}
    for number in range(1, shards + 1):
        for source in shard(sources, number, shards):
            owners.setdefault(host_of(source.listing_url), set()).add(number)
    assert all(len(numbers) == 1 for numbers in owners.values())


@given(REGISTRIES, SHARDS, st.randoms(use_true_random=False))
def test_a_source_stays_in_its_shard_whatever_else_is_registered(
    sources: list[Source], shards: int, dice: random.Random
) -> None:
    fewer = [source for source in sources if dice.random() < 0.5]
    dice.shuffle(fewer)
    for number in range(1, shards + 1):
        assert set(shard(fewer, number, shards)) == set(shard(sources, number, shards)) & set(fewer)


def test_shards_are_the_same_on_every_machine_and_of_like_size() -> None:
    assert [shard_of(host, 8) for host in ("www.zibo.gov.cn", "jyj.zibo.gov.cn", "")] == [7, 2, 5]
    sizes = Counter(shard_of(f"www.county{number}.gov.cn", 8) for number in range(4000))
    assert min(sizes.values()) > 430
    assert max(sizes.values()) < 570


@pytest.mark.long
def test_a_shard_alone_is_a_crawl_of_its_sources(municipality: Municipality, tmp_path: Path) -> None:
    crawled = []
    for number in (1, 2):
        db = tmp_path / f"{number}.db"
        given = ("--sources", municipality.registry, "--db", db, *QUICK, *AT_ONCE)
        ended(start(tmp_path, "crawl", "--shard", f"{number}/2", *given))
        with closing(open_published(db)) as archive:
            crawled.append({source for (source,) in archive.execute("SELECT source_id FROM source_states")})
    registered = {line.split(",")[0] for line in municipality.registry.read_text("utf-8").splitlines()[1:]}
    assert crawled[0] | crawled[1] == registered
    assert not crawled[0] & crawled[1]
    assert all(crawled)


@pytest.mark.long
def test_a_shard_without_sources_asks_nobody(municipality: Municipality, tmp_path: Path) -> None:
    registry = tmp_path / "one.csv"
    registry.write_text("\n".join(municipality.registry.read_text("utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    runs = [
        ended(start(tmp_path, "crawl", "--shard", f"{n}/2", "--sources", registry, *QUICK, *AT_ONCE)) for n in (1, 2)
    ]
    assert sum("nothing was asked" in run.stdout for run in runs) == 1


@pytest.mark.parametrize("extensions", [settings.EXTENSIONS, EXTENSIONS], ids=["crawl", "shard"])
def test_a_crawl_opens_no_door_into_its_process(extensions: dict[str, Any]) -> None:
    """Scrapy's console and its remote control listen on a port where they are not taken out."""
    names = build_component_list(Settings({"EXTENSIONS": extensions}).getwithbase("EXTENSIONS"))
    assert any(name.endswith("Ledger") for name in names)
    assert not [name for name in names if "telnet" in name.lower() or "remote" in name.lower()]
