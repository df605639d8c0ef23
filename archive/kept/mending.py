"""Which stretches of a WARC file are no whole records, and what is done about one at its end."""

from __future__ import annotations

import fcntl
import mmap
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_BLOCK = 1 << 15
_MEMBER = b"\x1f\x8b\x08"  # how a gzip member begins, and so a record
_RECORD = b"WARC/1."


class Stretch(NamedTuple):
    """Bytes of a file that are no whole record: from `start` to before `end`; `unfinished` says that a record begins
    there and the file ends before it does, as where a run was killed."""

    start: int
    end: int
    unfinished: bool


def damaged(path: Path) -> Iterator[Stretch]:
    """The stretches of a WARC file (one gzip member a record) that hold nothing whole, in their order."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        position = 0
        while position < len(data):
            end, unfinished = _member(data, position)
            if end is None:
                end = _next_whole(data, position + 1)
                yield Stretch(position, end, unfinished and end == len(data))
            position = end


def mend(directory: Path) -> int:
    """Cuts off what stands at the end of the newest file and is no whole record; returns the bytes cut.

    A killed run leaves an unfinished record, to which nothing refers: an offset is handed out only after its record is
    whole on the disk. Other damage is put aside first, as `….damaged-OFFSET`. Whole records stay where they are, also
    behind a damaged one, which stays too: offsets lead to them. A file that another process is writing is left alone.
    """
    files = list(directory.glob("*.warc.gz"))
    # By the clock, for runs count anew in an archive that began again; and by run, for clocks are put back.
    newest = {max(files, key=lambda path: (path.stat().st_mtime_ns, path.name)), max(files)} if files else set()
    return sum(_mend(file) for file in newest)


def _mend(path: Path) -> int:
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        size = os.fstat(file.fileno()).st_size
        last = max(damaged(path), default=None)
        if last is None or last.end < size:
            return 0
        if not last.unfinished:
            file.seek(last.start)
            path.with_name(f"{path.name}.damaged-{last.start}").write_bytes(file.read())
        if last.start == 0:
            path.unlink()
        else:
            file.truncate(last.start)
            os.fsync(file.fileno())
        return size - last.start


def _member(data: mmap.mmap, start: int) -> tuple[int | None, bool]:
    """Where the whole member that begins at `start` ends; None for none, and whether only its end is missing."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    position = start
    while position < len(data):
        block = data[position : position + _BLOCK]
        try:
            inflater.decompress(block)
        except zlib.error:
            return None, False
        position += len(block)
        if inflater.eof:
            return position - len(inflater.unused_data), False
    return None, True


def _next_whole(data: mmap.mmap, start: int) -> int:
    """Where the next whole record begins; the end of the file where there is none."""
    while (start := data.find(_MEMBER, start)) >= 0:
        # A body may be compressed too, and is no record.
        head = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            if head.decompress(data[start : start + 1024], len(_RECORD)) == _RECORD and _member(data, start)[0]:
                return start
        except zlib.error:
            pass
        start += 1
    return len(data)
