"""`ogi extract`: writes the extracts, with the digests and row counts that prove them whole."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from archive.errors import database_errors
from archive.extracts.directory import ExtractFile, write_extracts
from archive.extracts.parquet import AVAILABLE
from archive.opening import open_published
from ogi import options
from ogi.terminal import say


@click.command("extract")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@options.db
def command(directory: Path, db: Path) -> None:
    """Write the extracts into DIR, in the place of those that it holds: CSV, for Excel, compressed, Parquet.

    `sha256sum -c SHA256SUMS` tells whether a copy is whole; datapackage.json says what every column is.
    """
    with database_errors(db), closing(open_published(db)) as published:
        write_extracts(published, directory, _say)
    if not AVAILABLE:
        say("No Parquet: that needs the extra, pip install 'ogi-archive[extract]'.", err=True)


def _say(file: ExtractFile) -> None:
    say(f"{file.name}: {file.rows:,} rows, {file.size:,} bytes, sha256 {file.sha256}")
