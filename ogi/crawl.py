"""`ogi crawl`: crawls the registry, or the named sources of it, and publishes the archive."""

from __future__ import annotations

from pathlib import Path

import click

from crawler import run
from crawler.sources import chosen, load
from crawler.sources import shard as sources_of_shard
from ogi import options
from ogi.cluster import options as cluster_options
from ogi.crawling import crawl, exit_status, print_states
from ogi.errors import UserError
from ogi.terminal import say


@click.command("crawl")
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@options.db
@options.sources
@options.settings
@options.allow_private
@cluster_options.cluster
@cluster_options.storage
@cluster_options.shard
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    db: Path,
    sources: Path,
    settings: dict[str, str],
    allow_private: bool,
    cluster: str | None,
    storage: str | None,
    shard: tuple[int, int] | None,
) -> None:
    """Crawl the registry, or the named SOURCEs of it, and publish the archive.

    With --shard alone only the sources on one shard's hosts are crawled, into an archive like any other.
    Exit status 1 says that more than a fifth of the sources are in trouble, 2 that the crawl did not come to its end.
    """
    registered = load(sources, allow_private=allow_private)
    wanted = chosen(registered, list(names), str(sources)) if names else registered
    asked = {"OGI_SOURCES": str(sources), "OGI_ALLOW_PRIVATE": allow_private} | settings
    if shard is not None:
        if cluster is not None:
            raise UserError("--cluster has all shards crawled, --shard crawls one; name only one of them.")
        if storage is not None:
            cluster_options.crawl_one_shard(shard, storage, wanted, asked)
            return
        wanted = sources_of_shard(wanted, *shard)
        if not wanted:
            say("No source of the registry is on a host of this shard; nothing was asked.")
            return
    result = crawl(db, wanted, asked, by=cluster_options.crawler(cluster, storage) or run.crawl)
    print_states(wanted, result)
    ctx.exit(exit_status(result))
