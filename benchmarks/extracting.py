"""How fast extracts are written, beside SQLite's own shell writing the same queries as CSV."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.archives import published
from benchmarks.measurement import Begin, Measurement, Peer, Side, compared
from benchmarks.sizes import Sizes

GOAL = 0.5
SHELL = "sqlite3"
LONG = ["figures-long"]


def measure(sizes: Sizes, directory: Path) -> Iterator[Measurement]:
    """The long file by itself, and every CSV file of an extract."""
    if not sizes.archives or shutil.which(SHELL) is None:
        return
    from archive.extracts.tables import EXTRACTS

    reports = sizes.archives[0]
    db = str(published(reports, directory))
    for what, names in (("the long extract", LONG), ("all extracts", [extract.name for extract in EXTRACTS])):
        given = {"db": db, "directory": str(directory), "names": names}
        yield from compared(
            f"{what}, {reports:,} reports",
            Side(by_archive, given),
            Peer("sqlite3 -csv", Side(by_shell, given), GOAL),
            unit="rows/s",
            runs=sizes.long_runs,
        )


def by_archive(db: str, directory: str, names: list[str]) -> Begin:
    """As `ogi extract` writes them: counted, and with the digest of each file."""
    from archive.extracts import write_rows
    from archive.extracts.tables import EXTRACTS, column_types
    from archive.opening import open_published

    def work() -> float:
        rows = 0
        with closing(open_published(Path(db))) as opened:
            for extract in EXTRACTS:
                if extract.name in names:
                    with (Path(directory) / f"{extract.name}.csv").open("wb") as out:
                        rows += write_rows(list(column_types(opened, extract)), extract.read(opened), out).rows
        return rows

    return lambda: work


def by_shell(db: str, directory: str, names: list[str]) -> Begin:
    """The same queries by the shell."""
    from archive.extracts.tables import EXTRACTS
    from archive.opening import open_published

    queries = {extract.name: extract.query for extract in EXTRACTS if extract.name in names}
    with closing(open_published(Path(db))) as opened:
        counts = (opened.execute(f"SELECT count(*) FROM ({query})").fetchone() for query in queries.values())
        rows = sum(int(count) for (count,) in counts)

    def work() -> float:
        for name, query in queries.items():
            with (Path(directory) / f"{name}.shell.csv").open("wb") as out:
                subprocess.run([SHELL, "-csv", "-header", "-readonly", db, query], stdout=out, check=True)
        return rows

    return lambda: work
