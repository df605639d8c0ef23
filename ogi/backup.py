"""`ogi backup`: copies the databases and the kept pages into a directory, provably whole."""

from __future__ import annotations

from pathlib import Path

import click

from archive.backup import GENERATIONS, back_up
from ogi import options
from ogi.terminal import say


@click.command("backup")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@options.db
def command(directory: Path, db: Path) -> None:
    """Back the archive and its WARC files up into DIR; only WARC files that are new are copied.

    Each backup is a directory of its own in DIR with its SHA256SUMS, beside the WARC files that they share.
    """
    made = back_up(db, directory, lambda file: say(f"{file}: {file.stat().st_size:,} bytes"))
    say(f"{made.directory}: {made.files} files, {made.size:,} bytes; the newest {GENERATIONS} backups are kept.")
