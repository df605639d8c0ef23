"""`ogi restore`: brings the newest whole backup back, and throws nothing away."""

from __future__ import annotations

from pathlib import Path

import click

from archive.backup import restore
from ogi import options
from ogi.terminal import say


@click.command("restore")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@options.db
def command(directory: Path, db: Path) -> None:
    """Bring back the newest whole backup in DIR; what stands in its place is moved aside, not thrown away."""
    done = restore(db, directory, lambda file: say(str(file)))
    for reason in done.refused:
        say(f"ogi: a newer backup is not whole: {reason}.", err=True)
    moved = f" What stood there is in {done.aside}." if done.aside else ""
    say(f"{db}: restored from {done.generation}.{moved}")
