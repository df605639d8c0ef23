"""One writer at a time: the lock beside a working archive, which the system gives back when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from archive.clock import now
from archive.errors import ArchiveError

_LOCK = "lock"
_held: dict[Path, int] = {}  # how often this process holds each lock: a night holds that of the crawl in it too


@contextmanager
def writing(var: Path) -> Iterator[None]:
    """Holds the lock of the archive whose files lie in `var`.

    A process may hold it more than once. Raises ArchiveError, at once, where another process holds it; the sentence
    says which command that is and since when. A process that dies gives it back, however it died.
    """
    path = var.absolute() / _LOCK
    if path in _held:
        with _counted(path):
            yield
        return
    try:
        var.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be written, {error.strerror}.") from error
    with file:
        _take(file, path)
        with _counted(path):
            yield


@contextmanager
def _counted(path: Path) -> Iterator[None]:
    _held[path] = _held.get(path, 0) + 1
    try:
        yield
    finally:
        _held[path] -= 1
        if not _held[path]:
            del _held[path]


def _take(file: BinaryIO, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ArchiveError(f"{path.parent}: {_holder(file)}; wait until it has finished.") from error
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    with suppress(OSError):  # on a full disk nobody learns who holds it, but it is held
        file.truncate(0)
        file.write(json.dumps({"command": command, "process": os.getpid(), "since": now()}).encode())
        file.flush()


def _holder(file: BinaryIO) -> str:
    file.seek(0)
    try:
        said = json.loads(file.read())
        return f"`{said['command']}` (process {said['process']}) writes here since {said['since']}"
    except (ValueError, KeyError, TypeError):  # it has the lock and has not yet said who it is
        return "another process writes here"
