"""Puts a finished directory in the place of another so that whoever looks finds the whole old or the whole new one."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as they stand
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)


@contextmanager
def made_aside(directory: Path) -> Iterator[Path]:
    """A new directory beside `directory`, to be filled and then given to `put_in_place`; gone afterwards if it was not.

    What runs that were killed have left beside it goes first; what a running one is still filling stays.
    Raises OSError where the disk refuses.
    """
    directory = directory.absolute()
    directory.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(directory)
    fresh = directory.with_name(f".{directory.name}.{os.getpid()}.new")
    fresh.mkdir()
    descriptor = os.open(fresh, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield fresh
    finally:
        os.close(descriptor)
        shutil.rmtree(fresh, ignore_errors=True)


def put_in_place(fresh: Path, directory: Path) -> None:
    """Makes `fresh` be `directory`, and removes what was there. Raises OSError where the disk refuses."""
    directory = directory.absolute()
    if directory.exists() and _exchanged(fresh, directory):
        shutil.rmtree(fresh, ignore_errors=True)
        return
    old = directory.with_name(f".{directory.name}.{os.getpid()}.old")
    with suppress(FileNotFoundError):
        directory.rename(old)
    try:
        fresh.rename(directory)
    except OSError:
        if old.exists():
            old.rename(directory)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchanges two directories in one step; False on a system or a file system that cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _clear_leftovers(directory: Path) -> None:
    for old in directory.parent.glob(f".{directory.name}.*.old"):
        if not directory.exists():  # a run was killed between two steps, where they cannot be one
            old.rename(directory)
        shutil.rmtree(old, ignore_errors=True)
    for left in directory.parent.glob(f".{directory.name}.*.new"):
        with suppress(OSError):  # another run is filling it, or has removed it by now
            _remove_unless_held(left)


def _remove_unless_held(left: Path) -> None:
    descriptor = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left)
    finally:
        os.close(descriptor)
