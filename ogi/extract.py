"""`ogi extract`: writes the extracts, whole tables as CSV, with the digests that prove them whole."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click
from sqlite_utils import Database

from archive.errors import database_errors
from archive.extracts import EXTRACTS, Written, write_csv
from archive.opening import open_published
from ogi import options
from ogi.errors import UserError

# Extracts whose file is not named like their table.
FILE_NAMES = {"figures_wide": "figures-wide", "figures": "figures-long", "indicators": "dictionary"}
MOST_EXCEL_ROWS = 1_048_575  # below the heading
SUMS = "SHA256SUMS"


@click.command("extract")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@options.db
def command(directory: Path, db: Path) -> None:
    """Write the extracts into DIR: CSV in UTF-8, and the same with a byte order mark for Excel (…-excel.csv).

    SHA256SUMS is written last and names every file: `sha256sum -c SHA256SUMS` tells whether a copy is whole.
    """
    with database_errors(db), closing(open_published(db)) as published:
        if directory.exists() and not directory.is_dir():
            raise UserError(f"{directory}: not a directory; name another for the extracts.")
        directory.mkdir(parents=True, exist_ok=True)
        (directory / SUMS).unlink(missing_ok=True)
        sums = []
        for table in EXTRACTS:
            name = FILE_NAMES.get(table, table)
            plain = _write(published, table, directory / f"{name}.csv")
            sums.append(f"{plain.sha256}  {name}.csv\n")
            click.echo(f"{name}.csv: {plain.rows:,} rows")
            if plain.rows <= MOST_EXCEL_ROWS:
                excel = _write(published, table, directory / f"{name}-excel.csv", excel=True)
                sums.append(f"{excel.sha256}  {name}-excel.csv\n")
        (directory / SUMS).write_text("".join(sums), encoding="utf-8")


def _write(published: Database, table: str, path: Path, *, excel: bool = False) -> Written:
    """Write a file beside its place and move it there when it is whole."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            written = write_csv(published, table, out, excel)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return written
