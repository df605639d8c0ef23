"""Backups: both databases by generation beside the WARC files that all generations share, and the way back."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.disk import sync, write_whole
from archive.errors import ArchiveError, database_errors
from archive.lock import writing
from archive.opening import RESTORING, open_published, open_working
from archive.publish import var_directory

GENERATIONS = 7  # how many are kept: a week of nights
_NAME = "%Y%m%dT%H%M%S%fZ"  # of a generation
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
    try:
        with writing(var):
            _clear_unfinished(directory)
            generation = directory / _next_name(directory)
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
    aside; WARC files that the backup does not know stay. Readers find the whole published archive of before or the
    whole one of the backup at any moment. Stopped in the middle, it can be run again, and has to be: until then no
    other command writes here, so that no night goes on from half of what was brought back.
    Raises ArchiveError where no generation is whole, or another process writes the archive.
    """
    generation, refused = _newest_whole(directory)
    var = var_directory(db)
    aside = var / f"before-restore-{datetime.now(UTC):{_NAME}}"
    try:
        with writing(var):
            databases = _copy_back(generation, db, var, aside, on_file)
            _exchange_databases(directory, db, var, aside, databases)
            open_working(var / _WORKING).close()
    except OSError as error:
        raise ArchiveError(f"{var}: cannot be written, {error.strerror}.") from error
    return Restored(generation, aside if aside.exists() else None, tuple(refused))


def _copy_back(generation: Path, db: Path, var: Path, aside: Path, on_file: OnFile) -> dict[Path, Path]:
    """Puts the WARC files in place, and the databases beside theirs; returns where each database is to go."""
    databases: dict[Path, Path] = {}
    for name, digest in _sums(generation):
        kept = (generation / name).resolve()
        if kept.parent.name != _WARC:
            target = db if kept.name == _PUBLISHED else var / _WORKING
            databases[_copy_beside(kept, target)] = target
        else:
            target = var / _WARC / kept.name
            if target.exists() and _digest(target) == digest:
                continue
            half = _copy_beside(kept, target)
            _keep_aside(target, aside)
            half.replace(target)
        on_file(target)
    return databases


def _exchange_databases(directory: Path, db: Path, var: Path, aside: Path, databases: dict[Path, Path]) -> None:
    """Puts the databases that lie beside theirs into their places."""
    working = var / _WORKING
    # A journal belongs to its database alone: between these steps, the working archive is nobody's to open.
    unfinished = working.with_name(RESTORING)
    unfinished.write_text(str(directory), encoding="utf-8")
    sync(unfinished)
    sync(var)
    for end in ("", "-wal", "-shm"):
        _move_aside(var / f"{_WORKING}{end}", aside)
    _keep_aside(db, aside)
    for half, target in databases.items():
        half.replace(target)
    if db not in databases.values():
        db.unlink(missing_ok=True)
    sync(var)
    sync(db.absolute().parent)
    unfinished.unlink()


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
    _copy_beside(source, target).replace(target)


def _copy_beside(source: Path, target: Path) -> Path:
    """Copies a file to the disk of the target, under another name, which it returns."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.half")
    with source.open("rb") as read, half.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    return half


def _write_sums(generation: Path, databases: list[Path], warc: Path, known: dict[str, str]) -> None:
    lines = [f"{_digest(file)}  {file.name}\n" for file in databases if file.exists()]
    lines += [
        f"{known.get(file.name) or _digest(file)}  ../{_WARC}/{file.name}\n" for file in sorted(warc.glob("*.warc.gz"))
    ]
    write_whole(generation / _SUMS, "".join(lines))


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


def _move_aside(file: Path, aside: Path) -> None:
    if file.exists():
        aside.mkdir(parents=True, exist_ok=True)
        shutil.move(file, aside / file.name)


def _keep_aside(file: Path, aside: Path) -> None:
    """Keeps a file that another is about to replace, without taking it out of its place."""
    if not file.exists():
        return
    aside.mkdir(parents=True, exist_ok=True)
    try:
        (aside / file.name).hardlink_to(file)
    except OSError:  # another file system, or one without links
        shutil.copyfile(file, aside / file.name)


def _next_name(directory: Path) -> str:
    """What a generation made now is called: its moment, but never one before those that are there already.

    A clock that was once ahead, and was put right, would otherwise have every new backup taken for the oldest.
    """
    moment = datetime.now(UTC)
    for newest in _generations(directory)[:1]:
        with suppress(ValueError):  # a person gave it another name
            moment = max(moment, datetime.strptime(newest.name, _NAME).replace(tzinfo=UTC) + timedelta(microseconds=1))
    return f"{moment:{_NAME}}"


def _clear_unfinished(directory: Path) -> None:
    """Removes what backups left that were stopped before their end."""
    for each in directory.glob("*Z"):
        if re.fullmatch(r"\d{8}T\d{12}Z", each.name) and not (each / _SUMS).exists():
            shutil.rmtree(each)
    for half in (directory / _WARC).glob(".*.half"):
        half.unlink()


def _forget_old(directory: Path) -> None:
    for generation in _generations(directory)[GENERATIONS:]:
        shutil.rmtree(generation)
