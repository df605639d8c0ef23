"""Publishes the working archive: a compact, checked copy, put in the place of the one before in a single step."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlite_utils import Database

from archive.corrections import CORRECTIONS, apply_corrections
from archive.disk import sync
from archive.errors import ArchiveError, database_errors
from archive.indexing import keep_index
from archive.lines import SUCCESSIONS, assign_lines
from archive.lock import writing
from archive.opening import open_published, open_working
from archive.published.across import judge_across
from archive.published.coverage import make_coverage
from archive.published.leads import make_leads
from archive.published.ranks import make_ranks
from archive.published.summaries import make_summaries
from archive.published.wide import make_figures_wide
from archive.schema import WORKING_ONLY
from archive.storing.reuse import measure_reuse
from archive.tables.reference import fill_indicators
from archive.tables.series import make_measures

# A year's reports, the newest first: only readers ask for them so.
FOR_READERS = "CREATE INDEX IF NOT EXISTS reports_of_a_year ON reports(year, published DESC)"
CACHE = 256 * 1024  # KiB: of a million reports, with SQLite's own 2 MB every page is read a hundred times


@dataclass(frozen=True, slots=True)
class PublishedCounts:
    """What a publication holds; `figures` are cells with a number, `size` is in bytes."""

    reports: int
    agencies: int
    regions: int
    sources: int
    figures: int
    failed_checks: int
    revisions: int
    size: int


def var_directory(db: Path) -> Path:
    """Where all that belongs to a published archive lies: `archive.db` has `archive.var`."""
    return db.with_suffix(".var")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A publication that is whole and checked, at `path`, and that no reader sees yet."""

    path: Path
    counts: PublishedCounts
    published: Path

    def take_place(self) -> None:
        """Puts it in the place of the publication before, in one step. Raises ArchiveError when the disk refuses.

        Readers that have the old file open keep it; a new reader finds the whole new file.
        """
        with _disk_errors(self.published):
            self.path.replace(self.published)
            sync(self.published.absolute().parent)


@contextlib.contextmanager
def candidate(
    working: Path, published: Path, *, corrections: Path = CORRECTIONS, successions: Path = SUCCESSIONS
) -> Iterator[Candidate]:
    """A copy of the working archive, checked and with the tables made for readers, that may replace `published`.

    It is gone afterwards unless it took its place. `corrections` and `successions` are the files that people keep.
    Raises ArchiveError when a check fails, one of those files has a slip, the disk is full, or `published` is no
    archive or holds reports that the working archive does not know.
    """
    if not working.is_file():
        raise ArchiveError(f"{working}: there is nothing to publish yet; run `ogi crawl`.")
    if published.exists():
        open_published(published).close()
    copy = published.with_name(f".{published.name}.{os.getpid()}.new")
    try:
        with writing(working.parent), _disk_errors(published):
            _remove_leftovers(working, published)
            with database_errors(working):
                _settle(working, corrections, successions)
                _copy(working, copy)
            with database_errors(copy):
                counts = _finish(copy, published)
            with database_errors(working):
                _remember(working, copy)
            sync(copy)
        yield Candidate(copy, counts, published)
    finally:
        copy.unlink(missing_ok=True)
        copy.with_name(f"{copy.name}-journal").unlink(missing_ok=True)


def publish(
    working: Path, published: Path, *, corrections: Path = CORRECTIONS, successions: Path = SUCCESSIONS
) -> PublishedCounts:
    """Puts a `candidate` in the place of `published` and says what it holds; raises ArchiveError as that does.

    `published` is as it was then.
    """
    with candidate(working, published, corrections=corrections, successions=successions) as made:
        made.take_place()
        return made.counts


@contextlib.contextmanager
def _disk_errors(published: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{published}: cannot be written, {error.strerror}.") from error


def _settle(working: Path, corrections: Path, successions: Path) -> None:
    """Brings to date what the working archive derives from its reports and from what people keep by hand."""
    db = open_working(working)
    with contextlib.closing(db.conn), db.atomic():
        fill_indicators(db)
        apply_corrections(db, corrections)
        assign_lines(db, successions)
        measure_reuse(db)
        keep_index(db)


def _remember(working: Path, copy: Path) -> None:
    """Takes over into the working archive what this publication says of its crawl, for the next ones to show too."""
    db = open_working(working)
    with contextlib.closing(db.conn):
        db.execute("ATTACH ? AS published", [str(copy)])
        with db.atomic():
            db.execute("INSERT OR REPLACE INTO coverage_runs SELECT * FROM published.coverage_runs")


def _copy(working: Path, copy: Path) -> None:
    with contextlib.closing(open_working(working).conn) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])


def _finish(copy: Path, published: Path) -> PublishedCounts:
    db = Database(sqlite3.connect(copy))
    with contextlib.closing(db.conn):
        # Nobody sees the copy before it is whole and on the disk, so it needs no journal to survive a crash.
        db.execute("PRAGMA journal_mode = OFF").fetchone()
        db.execute("PRAGMA synchronous = OFF")
        db.execute(f"PRAGMA cache_size = -{CACHE}")
        _refuse_loss(db, published)
        db.execute("PRAGMA analysis_limit = 1000").fetchone()  # so that the tables for readers are made by good plans
        db.execute("ANALYZE")
        with db.atomic():
            for table in WORKING_ONLY:
                db.table(table).delete_where()
            figures = make_figures_wide(db)
            make_coverage(db, _day(db))
            judge_across(db)
            make_measures(db)
            make_summaries(db)
            make_ranks(db)
            make_leads(db)
            db.execute(FOR_READERS)
        db.execute("PRAGMA analysis_limit = 0").fetchone()
        db.execute("ANALYZE")
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
        _check(db, copy)
        return _count(db, figures, copy)


def _refuse_loss(db: Database, published: Path) -> None:
    if not published.exists():
        return
    with contextlib.closing(open_published(published).conn) as old:
        lost = sum(
            db.execute("SELECT 1 FROM reports WHERE report_key = ?", key).fetchone() is None
            for key in old.execute("SELECT report_key FROM reports")
        )
    if lost:
        raise ArchiveError(
            f"{published}: holds {lost} reports that the working archive does not know and was not replaced;"
            " name another file with --db, or move this one away."
        )


def _day(db: Database) -> date:
    """The day on which the last finished run ended: what is late or missing is judged as of then."""
    runs = db.execute("SELECT ended FROM runs WHERE finished AND command <> 'reparse' ORDER BY id DESC LIMIT 1")
    return next((date.fromisoformat(ended[:10]) for (ended,) in runs), datetime.now(UTC).date())


def _check(db: Database, copy: Path) -> None:
    found = db.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise ArchiveError(f"{copy}: the copy is damaged ({found}) and was not published; check the disk.")
    orphan = db.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise ArchiveError(
            f"{copy}: a row of {orphan[0]} refers to a missing row of {orphan[2]}; the archive was not published."
        )


def _count(db: Database, figures: int, copy: Path) -> PublishedCounts:
    def count(what: str) -> int:
        return int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])  # noqa: S608  # the names below

    return PublishedCounts(
        reports=count("reports"),
        agencies=count("agencies"),
        regions=count("regions"),
        sources=count("sources"),
        figures=figures,
        failed_checks=count("checks WHERE result = 'fail'"),
        revisions=count("revisions"),
        size=copy.stat().st_size,
    )


def _remove_leftovers(working: Path, published: Path) -> None:
    """Removes what commands that were killed have left of copies of the two databases."""
    beside, var = published.absolute().parent, working.parent
    for leftovers in (
        beside.glob(f".{published.name}.*.new*"),
        beside.glob(f".{published.name}.half"),
        var.glob(f".{working.name}.half"),
        var.glob(f"{working.name}.new*"),
        var.glob("*/.*.half"),
    ):
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
