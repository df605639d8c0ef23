"""The one exception by which this room tells a user what went wrong and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveError(Exception):
    """Something that a user can put right; the message is one sentence that says what and how."""


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turns the errors of SQLite that a user can cause into `ArchiveError`; any other error passes through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        sentence = _sentence(path, str(error))
        if sentence is None:
            raise
        raise ArchiveError(sentence) from error


def _sentence(path: Path, error: str) -> str | None:
    if "not a database" in error:
        return f"{path}: not an SQLite database; move it away or name another file with --db."
    if "malformed" in error or "disk image" in error:
        return f"{path}: the database is damaged; bring it back with `ogi restore`."
    if "locked" in error:
        return f"{path}: another process is writing to it; wait until that has finished."
    if "unable to open" in error:
        return f"{path}: cannot be opened; check that its directory exists and may be written to."
    if "readonly" in error:
        return f"{path}: may not be written to; check the permissions of the file and its directory."
    if "disk is full" in error or "disk I/O" in error:
        return f"{path}: cannot be written, the disk is full or failing; make room and run again."
    return None
