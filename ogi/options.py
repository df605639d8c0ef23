"""The options that several commands share, with one meaning everywhere."""

from __future__ import annotations

from pathlib import Path

import click

PUBLISHED = Path("archive.db")
REGISTRY = Path(__file__).parents[1] / "crawler" / "sources.csv"
PORT = 8001

_FILE = click.Path(path_type=Path)

db = click.option("--db", type=_FILE, default=PUBLISHED, show_default=True, help="The published archive.")
sources = click.option(
    "--sources", type=_FILE, default=REGISTRY, show_default="crawler/sources.csv", help="The registry of sources."
)
allow_private = click.option(
    "--allow-private", is_flag=True, help="Crawl registered sites on loopback and private addresses too."
)
port = click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="The port of the portal."
)


def _named(_ctx: click.Context, _option: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    for pair in pairs:
        if not pair.partition("=")[0] or "=" not in pair:
            raise click.BadParameter(f"{pair} is not NAME=VALUE.")
    return dict(pair.split("=", 1) for pair in pairs)


settings = click.option(
    "-s", "settings", metavar="NAME=VALUE", multiple=True, callback=_named, help="A Scrapy setting, as in scrapy crawl."
)
