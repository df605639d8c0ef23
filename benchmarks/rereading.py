"""How fast a kept archive is read again, beside reading the same documents from memory on all cores."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.crawling import crawl
from benchmarks.example_web import example_web
from benchmarks.measurement import Begin, Measurement, Peer, Side, compared
from benchmarks.sizes import OGI, Sizes

GOAL = 0.5


def measure(sizes: Sizes, directory: Path) -> Iterator[Measurement]:
    """`ogi reparse` beside the parsers alone, and kept responses read back beside warcio."""
    db = directory / "kept.db"
    with example_web(sizes.hosts, directory) as web:
        crawl(db, str(web.registry))
    given = {"db": str(db)}
    yield from compared(
        f"ogi reparse, {web.reports:,} reports",
        Side(reparse, given),
        Peer("parse of bytes in memory, all cores", Side(parse_in_memory, given), GOAL),
        unit="/s",
        clock="wall",
        runs=sizes.long_runs,
    )
    yield from compared(
        "kept responses read back",
        Side(read_records, given),
        Peer("warcio reading them", Side(read_by_warcio, given), GOAL),
        unit="/s",
        runs=sizes.short_runs,
        warm=True,
    )


def _kept(db: str) -> list[tuple[str, int]]:
    from archive.opening import open_working

    with closing(open_working(Path(db).with_suffix(".var") / "working.db")) as opened:
        return opened.execute("""SELECT DISTINCT s.warc, s."offset" FROM snapshots s
            JOIN report_snapshots l ON l.snapshot_id = s.id ORDER BY s.id""").fetchall()


def reparse(db: str) -> Begin:
    """The whole command."""
    documents = len(_kept(db))

    def work() -> float:
        subprocess.run([*OGI, "reparse", "--db", db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return documents

    return lambda: work


def parse_in_memory(db: str) -> Begin:
    """Nothing but the parsers, in as many processes as there are cores."""
    from archive.kept.warc import read_record

    cores = os.cpu_count() or 1
    kept = [read_record(_warc(db), file, offset).content for file, offset in _kept(db)]
    pool = multiprocessing.get_context("spawn").Pool(cores, initializer=_keep, initargs=(kept,))
    pool.map(_parse, range(cores * 2), chunksize=1)

    def work() -> float:
        pool.map(_parse, range(len(kept)), chunksize=20)
        return len(kept)

    return lambda: work


_documents: list[bytes] = []


def _keep(documents: list[bytes]) -> None:
    _documents.extend(documents)


def _parse(number: int) -> bool:
    import parsers

    return parsers.parse(_documents[number % len(_documents)]).ok


def read_records(db: str) -> Begin:
    """Each kept response by its place, its digest proved."""
    from archive.kept.warc import read_record

    kept, warc = _kept(db), _warc(db)

    def work() -> float:
        for file, offset in kept:
            _ = read_record(warc, file, offset).content
        return len(kept)

    return lambda: work


def read_by_warcio(db: str) -> Begin:
    """All records from end to end, as warcio's users do."""
    from warcio.archiveiterator import ArchiveIterator

    files = sorted(_warc(db).glob("*.warc.gz"))

    def work() -> float:
        responses = 0
        for file in files:
            with file.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    if record.rec_type == "response":
                        record.content_stream().read()
                        responses += 1
        return responses

    return lambda: work


def _warc(db: str) -> Path:
    return Path(db).with_suffix(".var") / "warc"
