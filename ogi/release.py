"""`ogi release`: writes the archive as a data release, a dated set of extracts that is never changed again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from archive.errors import database_errors
from archive.extracts.directory import citation
from archive.extracts.releases import make_release
from archive.opening import open_published
from ogi import options
from ogi.terminal import say


@click.command("release")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@options.db
def command(directory: Path, db: Path) -> None:
    """Write the archive as a data release into DIR: DIR/2026.11.23, after the day of the archive's last run.

    It holds the extracts of that day, and what changed since the release before. DIR/CHANGES.md lists all releases
    with the digest that pins each of them. A release is never changed; the next one lies beside it.
    """
    with database_errors(db), closing(open_published(db)) as published:
        made = make_release(published, directory, lambda _: None)
    say(f"{made.directory}: {made.said}.")
    say(f"sha256 of its SHA256SUMS: {made.sha256}")
    say(f"Cite as: {citation(made.created)}")
