"""The options of commands that can run on a cluster, and one sentence where the extra is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeGuard

import click

from ogi.errors import UserError

if TYPE_CHECKING:
    from archive.storing.rereading import Rereader
    from crawler.sources import Source
    from ogi.crawling import Crawler

_NEEDED = ("distributed", "fsspec", "msgspec")
_SHARD = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")


def _shard(_ctx: click.Context, _option: click.Parameter, given: str | None) -> tuple[int, int] | None:
    if given is None:
        return None
    found = _SHARD.fullmatch(given)
    if found is None or int(found[1]) > int(found[2]):
        raise click.BadParameter(f"{given} is no shard; write K/N, from 1/N to N/N.")
    return int(found[1]), int(found[2])


cluster = click.option(
    "--cluster", metavar="ADDRESS", help="Run on a Dask cluster: tls://HOST:PORT, or local:N for N processes here."
)
storage = click.option("--storage", metavar="URL", help="What a cluster's machines share: a directory, s3://BUCKET/….")
shard = click.option(
    "--shard",
    metavar="K/N",
    callback=_shard,
    help="Crawl only the hosts of one of N shards; with --storage, for a `--cluster shards:N` that waits there.",
)


def require_extra() -> None:
    """Raises UserError where the packages that a cluster needs are not installed."""
    if not all(find_spec(name) for name in _NEEDED):
        raise UserError("a cluster needs packages that are not installed: pip install 'ogi-archive[cluster]'.")


def crawler(cluster: str | None, storage: str | None) -> Crawler | None:
    """What crawls: the cluster at an address; None for this process. Raises UserError for options that do not fit."""
    if not _is_cluster(cluster, storage):
        return None
    from ogi.cluster.crawling import ClusterCrawl

    return ClusterCrawl(cluster, storage)


def rereader(cluster: str | None, storage: str | None) -> Rereader | None:
    """What reads again: the cluster at an address; None for this process. Raises UserError as `crawler` does."""
    if not _is_cluster(cluster, storage):
        return None
    from ogi.cluster.rereading import ClusterRereader

    return ClusterRereader(cluster, storage)


def _is_cluster(cluster: str | None, storage: str | None) -> TypeGuard[str]:
    if cluster is None and storage is not None:
        raise UserError("--storage is what a cluster shares; name that with --cluster, or a shard with --shard.")
    if cluster is not None:
        require_extra()
    return cluster is not None


def crawl_one_shard(shard: tuple[int, int], storage: str, sources: list[Source], settings: Mapping[str, Any]) -> None:
    """Crawl a shard of the crawl that is under way in the storage. Raises UserError where none is, or another one."""
    require_extra()
    from ogi.cluster.shard import crawl_shard, order_for

    crawl_shard(order_for(shard, storage, sources, settings))
