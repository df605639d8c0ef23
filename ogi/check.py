"""`ogi check`: whether the archive is whole, and whether every kept page is still there, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from sqlite_utils import Database

from archive.errors import ArchiveError, database_errors
from archive.kept.mending import damaged
from archive.kept.warc import read_record
from archive.opening import open_published
from archive.publish import var_directory
from ogi import options
from ogi.terminal import say

DAMAGED = 1  # exit status


@click.command("check")
@options.db
@click.pass_context
def command(ctx: click.Context, db: Path) -> None:
    """Check the published archive, each page that it names, and every record of the WARC files.

    Exit status 1 says that something is damaged or gone; each is a line on standard error.
    """
    warc = var_directory(db) / "warc"
    with database_errors(db), closing(open_published(db)) as published:
        damage = [*_database_damage(db, published), *_page_damage(warc, published), *_record_damage(warc)]
        reports, pages = published.table("reports").count, published.table("snapshots").count
    for sentence in damage:
        say(f"ogi: {sentence}", err=True)
    if damage:
        ctx.exit(DAMAGED)
    say(f"{db}: whole; {reports:,} reports, and all {pages:,} kept pages are in {warc} byte for byte.")


def _database_damage(db: Path, published: Database) -> Iterator[str]:
    for (found,) in published.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield f"{db}: {found}"
    for table, row, parent, _ in published.execute("PRAGMA foreign_key_check"):
        yield f"{db}: row {row} of {table} names a row of {parent} that is not there"


def _page_damage(warc: Path, published: Database) -> Iterator[str]:
    for url, file, offset, length, sha256 in published.execute(
        'SELECT url, warc, "offset", length, sha256 FROM snapshots ORDER BY warc, "offset"'
    ):
        try:
            body = read_record(warc, file, offset).body
        except ArchiveError:
            yield f"{url}: the page kept in {warc / file} at {offset} cannot be read"
            continue
        if len(body) != length or hashlib.sha256(body).hexdigest() != sha256:
            yield f"{url}: the page kept in {warc / file} at {offset} is not the one that was fetched"


def _record_damage(warc: Path) -> Iterator[str]:
    """Records that no page of the archive stands in (requests, what a killed run left) are held to their checksums."""
    for path in sorted(warc.glob("*.warc.gz")):
        for stretch in damaged(path):
            what = "was never finished" if stretch.unfinished else f"is damaged up to {stretch.end}"
            yield f"{path}: the record at {stretch.start} {what}"
