"""Opens an archive's database: its pragmas, its migrations, and one sentence for a file that is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveError, database_errors
from archive.schema import PUBLISHED_ONLY, migrations

BUSY_SECONDS = 10
OLDEST_SQLITE = (3, 37)  # the first with STRICT tables
RESTORING = "restoring"  # the file beside a working archive that is being exchanged; it names the backup


def open_working(path: Path) -> Database:
    """The working database at `path`, made when it is not there and carried forward to today's tables.

    Where only the published archive is left of `x.db` and `x.var/working.db`, the new one begins with what that holds.
    Raises ArchiveError for a directory, a file that is not a database, another program's database, one made by a newer
    version, one that another process is writing, or one that a restore has brought back by half.
    """
    _refuse_at_once(path)
    _refuse_half_restored(path)
    with database_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _carry_on(path.parent.with_suffix(".db"), path)
        db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS))
        try:
            refuse_foreign(db, path)
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            db.execute("PRAGMA synchronous = NORMAL")
            migrations.apply(db)
            db.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            db.close()
            raise
    return db


def _carry_on(published: Path, working: Path) -> None:
    if not published.exists():
        return
    copy = working.with_name(f"{working.name}.new")
    for end in ("", "-journal"):
        copy.with_name(f"{copy.name}{end}").unlink(missing_ok=True)
    with closing(open_published(published).conn) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
    with closing(sqlite3.connect(copy)) as connection:
        for table in PUBLISHED_ONLY:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
    copy.replace(working)


def open_published(path: Path) -> Database:
    """A published archive, for reading.

    Raises ArchiveError when there is none at `path`, or something else.
    """
    _refuse_at_once(path)
    if not path.exists():
        raise ArchiveError(f"{path}: no archive here; run `ogi crawl` or `ogi demo` to make one.")
    with database_errors(path):
        db = Database(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS))
        try:
            if not db.table_names():
                raise ArchiveError(f"{path}: holds no archive; run `ogi crawl` or `ogi demo` to make one.")
            refuse_foreign(db, path)
        except BaseException:
            db.close()
            raise
    return db


def refuse_foreign(db: Database, path: Path) -> None:
    """Raises ArchiveError unless the database is empty or holds an archive that this version knows."""
    applied = {migration.name for migration in migrations.applied(db)}
    if not applied and db.table_names():
        raise ArchiveError(f"{path}: a database of another program; name another file with --db.")
    unknown = applied - {migration.name for migration in migrations.pending(db)} - _known()
    if unknown:
        raise ArchiveError(f"{path}: made by a newer version of ogi; update this one.")


def _known() -> set[str]:
    return {migration.name for migration in migrations.pending(Database(memory=True))}


def _refuse_at_once(path: Path) -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise ArchiveError(f"this Python brings SQLite {sqlite3.sqlite_version}; the archive needs 3.37 or later.")
    if path.is_dir():
        raise ArchiveError(f"{path}: a directory; name a file with --db.")


def _refuse_half_restored(path: Path) -> None:
    unfinished = path.with_name(RESTORING)
    if unfinished.exists():
        backup = unfinished.read_text(encoding="utf-8") or "DIR"
        raise ArchiveError(
            f"{path.parent}: a restore was stopped before its end;"
            f" run `ogi restore {backup}` again before anything else."
        )
