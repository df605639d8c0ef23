"""Backups: both databases by generation beside the WARC files that all generations share, and the way back."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import ArchiveError, database_errors
from archive.lock import writing
from archive.opening import open_published, open_working
from archive.publish import var_directory

GENERATIONS = 7  # how many are kept: a week of nights
_SUMS = "SHA256SUMS"
_WORKING, _PUBLISHED, _WARC = "working.db", "archive.db", "warc"

OnFile = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Generation:
    """One backup: its directory, named after the moment (UTC), and how many files and bytes were written for it."""

    directory: Path
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back from which generation; what stood there before lies in `aside`, None where nothing did.

    `refused` are the newer generations that were not whole, each with the reason.
    """

    generation: Path
    aside: Path | None
    refused: tuple[str, ...]


def back_up(db: Path, directory: Path, on_file: OnFile) -> Generation:
    """Writes a generation of the archive published at `db` into `directory`; only new WARC files are copied.

    A generation counts once its list of digests is there, which is written last. Raises ArchiveError where there is
    nothing to keep, another process writes the archive, or the disk refuses.
    """
    var = var_directory(db)
    if not (var / _WORKING).exists():
        raise ArchiveError(f"{var / _WORKING}: there is nothing to back up yet; run `ogi crawl`.")
    generation = directory / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    try:
        with writing(var):
            copied = list(_copy_warc(var / _WARC, directory / _WARC, on_file))
            fresh = {file.name for file in copied}
            generation.mkdir(parents=True)
            copied.append(_copy_database(var / _WORKING, generation / _WORKING, on_file))
            if db.exists():
                copied.append(_copy_database(db, generation / _PUBLISHED, on_file))
        earlier = next((_sums(each) for each in _generations(directory)), [])
        known = {Path(name).name: digest for name, digest in earlier if Path(name).name not in fresh}
        _write_sums(generation, [generation / _WORKING, generation / _PUBLISHED], directory / _WARC, known)
        _forget_old(directory)
    except OSError as error:
        raise ArchiveError(f"{directory}: cannot be written, {error.strerror}.") from error
    return Generation(generation, len(copied), sum(file.stat().st_size for file in copied))


def restore(db: Path, directory: Path, on_file: OnFile) -> Restored:
    """Brings the newest whole generation in `directory` back to `db` and what belongs to it.

    Nothing is thrown away: the databases that stood there, and WARC files that differ from the backup's, are moved
    aside; WARC files that the backup does not know stay. Stopped in the middle, it can be run again.
    Raises ArchiveError where no generation is whole, or another process writes the archive.
    """
    generation, refused = _newest_whole(directory)
    var = var_directory(db)
    aside = var / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    try:
        with writing(var):
            _move_aside([db, *(var / f"{_WORKING}{end}" for end in ("", "-wal", "-shm"))], aside)
            for name, digest in _sums(generation):
                kept = (generation / name).resolve()
                if kept.parent.name == _WARC:
                    target = var / _WARC / kept.name
                    if target.exists() and _digest(target) == digest:
                        continue
                    _move_aside([target], aside)
                else:
                    target = db if kept.name == _PUBLISHED else var / _WORKING
                _copy(kept, target)
                on_file(target)
            open_working(var / _WORKING).close()
    except OSError as error:
        raise ArchiveError(f"{var}: cannot be written, {error.strerror}.") from error
    return Restored(generation, aside if aside.exists() else None, tuple(refused))


def _copy_warc(source: Path, target: Path, on_file: OnFile) -> Iterator[Path]:
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.glob("*.warc.gz")):
        copy = target / file.name
        # A file of a finished run never changes; the one that is mended or went on growing has another size.
        if copy.exists() and copy.stat().st_size == file.stat().st_size:
            continue
        _copy(file, copy)
        on_file(copy)
        yield copy


def _copy_database(source: Path, target: Path, on_file: OnFile) -> Path:
    opened = open_working(source) if source.name == _WORKING else open_published(source)
    with database_errors(source), closing(opened.conn) as connection, closing(sqlite3.connect(target)) as copy:
        if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise ArchiveError(f"{source}: the database is damaged and was not backed up; see `ogi restore`.")
        connection.backup(copy)
    on_file(target)
    return target


def _copy(source: Path, target: Path) -> None:
    """Copies a file so that the target's name never stands for half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.half")
    with source.open("rb") as read, half.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    half.replace(target)


def _write_sums(generation: Path, databases: list[Path], warc: Path, known: dict[str, str]) -> None:
    lines = [f"{_digest(file)}  {file.name}\n" for file in databases if file.exists()]
    lines += [
        f"{known.get(file.name) or _digest(file)}  ../{_WARC}/{file.name}\n" for file in sorted(warc.glob("*.warc.gz"))
    ]
    half = generation / f".{_SUMS}"
    with half.open("w", encoding="utf-8") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
    half.replace(generation / _SUMS)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _generations(directory: Path) -> list[Path]:
    """Those that came to their end, the newest first."""
    return sorted((sums.parent for sums in directory.glob(f"*/{_SUMS}")), reverse=True)


def _sums(generation: Path) -> list[tuple[str, str]]:
    lines = (generation / _SUMS).read_text(encoding="utf-8").splitlines()
    return [(name, digest) for digest, _, name in (line.partition("  ") for line in lines)]


def _newest_whole(directory: Path) -> tuple[Path, list[str]]:
    refused: list[str] = []
    for generation in _generations(directory):
        problem = _problem(generation)
        if problem is None:
            return generation, refused
        refused.append(problem)
    said = "; ".join(refused) or "no backup lies there"
    raise ArchiveError(f"{directory}: nothing was restored, {said}; name the directory that `ogi backup` wrote.")


def _problem(generation: Path) -> str | None:
    for name, digest in _sums(generation):
        file = (generation / name).resolve()
        if not file.is_file():
            return f"{file} is not there"
        if _digest(file) != digest:
            return f"{file} is damaged"
    return None


def _move_aside(files: list[Path], aside: Path) -> None:
    for file in files:
        if file.exists():
            aside.mkdir(parents=True, exist_ok=True)
            shutil.move(file, aside / file.name)


def _forget_old(directory: Path) -> None:
    for generation in _generations(directory)[GENERATIONS:]:
        shutil.rmtree(generation)
