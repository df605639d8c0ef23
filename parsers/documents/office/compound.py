"""The container of old Office files (OLE compound file): its chains of sectors, checked before a library follows them.

A chain that runs in a circle makes a reader that trusts it fill all memory. Layout: [MS-CFB], sections 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from parsers.model import UnreadableError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
LAST_SECTOR = 0xFFFFFFFA  # numbers above it are marks: end of chain, free, …
END_OF_CHAIN = 0xFFFFFFFE
ENTRY = 128  # bytes of a directory entry
STREAM, ROOT = 2, 5
SMALL = 64  # bytes of a sector in the stream of small streams


def stream(data: bytes, *names: str) -> bytes:
    """The first of the streams with one of these names that the file holds.

    Raises `UnreadableError` (damaged) where none is there, or a chain of sectors has no end within the file.
    """
    if not data.startswith(SIGNATURE) or len(data) < HEADER:
        raise UnreadableError("damaged", "The file is not a whole Office document.")
    file = _CompoundFile(data)
    directory = file.content(file.chain(file.fat, file.first_directory))
    small_fat = _numbers(file.content(file.chain(file.fat, file.first_small)))
    small: list[int] = []
    found: dict[str, bytes] = {}
    for begin in range(0, len(directory) - ENTRY + 1, ENTRY):
        entry = directory[begin : begin + ENTRY]
        kind = entry[66]
        start, size = struct.unpack_from("<II", entry, 116)
        name = entry[: int.from_bytes(entry[64:66], "little")].decode("utf-16-le", "replace").rstrip("\0")
        is_wanted = name in names and name not in found
        if kind == ROOT:
            small = file.chain(file.fat, start)
        elif kind == STREAM and size >= file.smallest_large:
            chain = file.chain(file.fat, start)
            if is_wanted:
                found[name] = file.content(chain)[:size]
        elif kind == STREAM and size:
            chain = file.chain(small_fat, start)
            if is_wanted:
                within = file.content(small)
                found[name] = b"".join(within[at * SMALL : (at + 1) * SMALL] for at in chain)[:size]
    for name in names:
        if name in found:
            return found[name]
    raise _damaged()


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


class _CompoundFile:
    """The header and the table of what sector follows which (`fat`)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
        self.first_directory = int.from_bytes(data[48:52], "little")
        self.smallest_large = int.from_bytes(data[56:60], "little")
        self.first_small = int.from_bytes(data[60:64], "little")
        if self._size not in (512, 4096):
            raise _damaged()
        tables = list(_numbers(data[76:HEADER]))
        following = int.from_bytes(data[68:72], "little")
        seen = set()
        while following <= LAST_SECTOR:
            if following in seen:
                raise _damaged()
            seen.add(following)
            *more, following = _numbers(self.sector(following))
            tables += more
        self.fat = _numbers(self.content([number for number in tables if number <= LAST_SECTOR]))

    def sector(self, number: int) -> bytes:
        """The bytes of a sector, zeros where the file breaks off inside the last one."""
        begin = (number + 1) * self._size
        if begin >= len(self._data):
            raise _damaged()
        return self._data[begin : begin + self._size].ljust(self._size, b"\0")

    def content(self, numbers: Iterable[int]) -> bytes:
        """The bytes of sectors, one after the other."""
        return b"".join(self.sector(number) for number in numbers)

    def chain(self, following: tuple[int, ...], start: int) -> list[int]:
        """The numbers of a chain's sectors; raises for one that leaves the table or never ends."""
        chain: list[int] = []
        while start <= LAST_SECTOR:
            if start >= len(following) or len(chain) > len(following):
                raise _damaged()
            chain.append(start)
            start = following[start]
        if chain and start != END_OF_CHAIN:
            raise _damaged()
        return chain


def _damaged() -> UnreadableError:
    return UnreadableError("damaged", "The file is damaged: the parts of its container do not hang together.")
