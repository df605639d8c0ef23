"""How fast the portal's pages are, beside the page that Datasette shows of the same archive's reports by itself."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from benchmarks.archives import published
from benchmarks.measurement import Measurement
from benchmarks.portal import OGI, free_port, pages, served
from benchmarks.portal import measure as ask
from benchmarks.sizes import Sizes

GOAL = 0.1  # of the time: ten times as fast
TABLE = "/archive/reports"
AT_ONCE = 5  # a page's requests before the other server's turn


def measure(sizes: Sizes, directory: Path) -> Iterator[Measurement]:
    """The median page and the slowest kind of page, at every size of archive that is at hand."""
    for reports in sizes.archives:
        try:
            db = published(reports, directory)
        except LookupError as error:
            print(error, file=sys.stderr)
            continue
        yield from _beside_datasette(db, reports, sizes.asked, directory)


def _beside_datasette(db: Path, reports: int, asked: int, directory: Path) -> Iterator[Measurement]:
    alone = directory / f"alone-{reports}"  # none of our templates and plugins
    alone.mkdir()
    (alone / "archive.db").symlink_to(db.absolute())
    addresses = pages(db, random.Random(7))
    ours: dict[str, list[float]] = {}
    theirs: list[float] = []
    own, other = free_port(), free_port()
    datasette = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        "--nolock",
        "--port",
        str(other),
        str(alone / "archive.db"),
    ]
    with (
        served([str(OGI), "serve", "--db", str(db), "--port", str(own)], own) as (portal, portal_id),
        served(datasette, other) as (plain, plain_id),
    ):
        for name, to in addresses.items():
            if not to().startswith("/archive") and portal.get(to()).status_code == HTTPStatus.OK:
                ours[name] = []
        for _ in range(max(1, asked // AT_ONCE)):
            for name in ours:
                ours[name].append(ask(portal, portal_id, addresses[name], AT_ONCE).median)
            theirs.append(ask(plain, plain_id, lambda: TABLE, AT_ONCE).median)
        memory = _peak(portal_id), _peak(plain_id)
    medians = {name: statistics.median(times) for name, times in ours.items()}
    slowest = max(medians, key=lambda name: medians[name])
    table = statistics.median(theirs)
    for name, time in ((f"portal, median of {len(ours)} pages", statistics.median(medians.values())),
                       (f"portal, slowest page ({slowest})", medians[slowest])):  # fmt: skip
        yield Measurement(
            f"{name}, {reports:,} reports", "Datasette's page of reports", "ms", time, table, GOAL, "wall",
            len(theirs), *memory, at_most=True,
        )  # fmt: skip


def _peak(process: int) -> float:
    """The most memory that a process has had, in MB; 0 where the system does not say."""
    told = Path(f"/proc/{process}/status")
    lines = told.read_text().splitlines() if told.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
