"""`ogi demo`: the whole way on an invented municipality: serve it, crawl it, publish, say what was found, show it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.box import SIMPLE_HEAD
from rich.table import Table

import demo
from archive.opening import open_published
from crawler.run import RunResult
from crawler.sources import Source, load
from ogi import options
from ogi.crawling import crawl, state_text
from ogi.errors import UserError
from ogi.serve import require_free, serve
from ogi.terminal import Terminal, say

SITE_PORT = 8099
DOMAIN = "lingzhou.example"
# Loopback needs no politeness, and the hosts of the example exist on this machine only.
SETTINGS = {
    "OGI_ALLOW_PRIVATE": True,
    "OGI_LOOPBACK_HOSTS": [DOMAIN],
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 1,
}
FOUND = """
    SELECT source_id, COUNT(*), SUM(figures), SUM(checks_failed)
    FROM (
        SELECT r.source_id, r.checks_failed, COUNT(f.value) AS figures
        FROM reports r LEFT JOIN figures f ON f.report_id = r.id GROUP BY r.id
    )
    GROUP BY source_id
"""


@click.command("demo")
@options.db
@options.port
@click.option(
    "--site-port",
    type=click.IntRange(1, 65535),
    default=SITE_PORT,
    show_default=True,
    help="The port of the example sites; it is part of their addresses in the archive.",
)
@click.option("--no-serve", is_flag=True, help="Stop before serving the portal.")
def command(db: Path, port: int, site_port: int, no_serve: bool) -> None:
    """Serve the example municipality on loopback, crawl it, publish the archive, and serve the portal."""
    _refuse_other_sources(db)
    if not no_serve:
        require_free(port, "--port")
    require_free(site_port, "--site-port")
    sources, result = _crawl_example(db, site_port)
    _print_found(db, sources, result)
    if not no_serve:
        serve(db, port)


def _refuse_other_sources(db: Path) -> None:
    """An example report among real ones would be an invented figure."""
    if not db.exists():
        return
    with closing(open_published(db)) as published:
        others = published.table("sources").count_where("region_code NOT LIKE '99%'")
    if others:
        raise UserError(f"{db}: holds reports of real agencies; name another file for the example with --db.")


def _crawl_example(db: Path, site_port: int) -> tuple[list[Source], RunResult]:
    with demo.serve(site_port) as site, TemporaryDirectory() as directory:
        registry = Path(directory) / "sources.csv"
        registry.write_text(demo.registry(site.port), encoding="utf-8")
        sources = load(registry, allow_private=True)
        say(f"The example municipality 凌州市 is at port {site.port}; crawling its {len(sources)} sources.")
        return sources, crawl(db, sources, SETTINGS | {"OGI_SOURCES": str(registry)})


def _print_found(db: Path, sources: Sequence[Source], result: RunResult) -> None:
    """Prints what the published archive holds of every source, and in which state the source ended."""
    with closing(open_published(db)) as published:
        found = {source: counts for source, *counts in published.execute(FOUND)}
    table = Table(title=f"Found in {db}", title_justify="left", box=SIMPLE_HEAD, show_footer=True)
    totals = [sum(column) for column in zip(*found.values(), strict=True)] or [0, 0, 0]
    table.add_column("source", footer=f"{len(sources)} sources")
    table.add_column("agency", overflow="fold")
    table.add_column("state")
    for heading, total in zip(("reports", "figures", "failed checks"), totals, strict=True):
        table.add_column(heading, justify="right", footer=f"{total:,}")
    for source in sources:
        counts = [f"{count:,}" for count in found.get(source.id, (0, 0, 0))]
        table.add_row(source.id, source.agency, state_text(result.states[source.id].state), *counts)
    Terminal().print(table)
