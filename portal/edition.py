"""One edition: a published archive file, opened for reading by a Datasette of its own."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from archive.errors import ArchiveError
from portal import plugin
from portal.beside import Beside, ByHand, beside, put_beside
from portal.catalogue import DATABASE, SETTINGS, metadata
from portal.published import Published

ROOM = Path(__file__).parent
NEEDED_TABLES = frozenset({"reports", "agencies", "regions", "indicators", "coverage", "agency_years", "figures_wide"})


class PortalError(Exception):
    """Something that a user can put right; the message is one sentence that says what and how."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one publication from the next: the file's identity, time and size."""

    device: int
    inode: int
    changed: int
    size: int

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """The stamp of the file that has this name now; PortalError where there is none."""
        try:
            status = path.stat()
        except OSError as error:
            raise PortalError(f"{path}: no archive here; run `ogi crawl` or `ogi demo` to make one.") from error
        if not path.is_file():
            raise PortalError(f"{path}: not a file; name a published archive with --db.")
        return cls(status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)


class Edition:
    """A publication being served: its Datasette, and how many requests are using it."""

    def __init__(self, datasette: Datasette, stamp: Stamp) -> None:
        self.datasette = datasette
        self.stamp = stamp
        self.app = datasette.app()
        self._users = 0
        self._retired = False
        self._unused = asyncio.Event()
        self._unused.set()

    @classmethod
    async def open(cls, path: Path, contact: str | None = None) -> Edition:
        """Opens the file and warms it up: schema, row counts, a connection in every thread.

        After this a replaced file cannot show through: all connections hold the file that was checked.
        Raises PortalError for a file that is not a whole published archive.
        """
        stamp = Stamp.of(path)
        edition = cls(datasette(path, contact=contact), stamp)
        try:
            await edition.datasette.invoke_startup()
            await edition._connect_every_thread()
            await edition.datasette.refresh_schemas()
            await edition._count_rows()
            if Stamp.of(path) != stamp:
                raise PortalError(f"{path}: replaced while it was being opened; try again.")
        except BaseException:
            await edition.retire()
            raise
        return edition

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers one request (ASGI)."""
        self._users += 1
        self._unused.clear()
        try:
            await self.app(scope, receive, send)
        finally:
            self._users -= 1
            if not self._users:
                self._unused.set()

    async def retire(self) -> None:
        """Waits until the last request is answered, then gives back threads, connections and the file."""
        await self._unused.wait()
        # Datasette never ends the thread that writes its internal schema tables; SystemExit ends a thread quietly.
        await self.datasette.get_database("_internal").execute_write_fn(lambda _: sys.exit(), block=False)
        await asyncio.to_thread(self.datasette.executor.shutdown)
        await asyncio.to_thread(beside(self.datasette).pages.close)
        for database in self.datasette.databases.values():
            database.close()

    async def _count_rows(self) -> None:
        """Counts every table once; without `inspect_data` Datasette's table pages would count theirs at each visit."""
        database = self.datasette.get_database(DATABASE)
        counts = await database.table_counts(limit=60 * 60 * 1000)
        tables = {table: {"count": count} for table, count in counts.items()}
        self.datasette.inspect_data = {DATABASE: {"hash": None, "size": database.size, "tables": tables}}

    async def _connect_every_thread(self) -> None:
        threads = int(self.datasette.setting("num_sql_threads"))
        together = threading.Barrier(threads)

        def connect(connection: sqlite3.Connection) -> None:
            connection.execute("select count(*) from sqlite_master").fetchone()
            together.wait(timeout=60)

        database = self.datasette.get_database(DATABASE)
        await asyncio.gather(*(database.execute_fn(connect) for _ in range(threads)))


def datasette(path: Path, *, by_hand: ByHand | None = None, contact: str | None = None) -> Datasette:
    """A Datasette that shows the archive at `path` with the portal's pages, settings, labels and queries.

    The database is called `archive` whatever the file is called, so that addresses stay. `contact` is how to reach
    those who run the crawler. Raises PortalError for a file that is not a whole published archive, and for a slip in
    what people keep by hand.
    """
    check(path)
    try:
        found = Beside.find(path.absolute(), by_hand or ByHand(), contact)
    except ArchiveError as error:
        raise PortalError(str(error)) from error
    if not pm.is_registered(plugin):
        pm.register(plugin, "portal")
    with contextlib.closing(sqlite3.connect(f"file:{path.resolve()}?immutable=1", uri=True)) as connection:
        described = metadata(connection)
    shown = Datasette(
        files=[],
        metadata=described,
        settings=SETTINGS,
        template_dir=str(ROOM / "templates"),
        static_mounts=[("static", str(ROOM / "static"))],
    )
    shown.remove_database("_memory")
    shown.add_database(Published(shown, path=str(path.resolve()), is_mutable=False), name=DATABASE)
    put_beside(shown, found)
    return shown


def check(path: Path) -> None:
    """Raises PortalError unless the file is a whole SQLite file that holds a published archive."""
    Stamp.of(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\x00") or len(header) < 100:
        raise PortalError(f"{path}: not an SQLite database; name a published archive with --db.")
    page_size = int.from_bytes(header[16:18], "big")
    # 65536 does not fit into the two bytes and is written as 1 (SQLite file format, section 1.3.2)
    whole = (65536 if page_size == 1 else page_size) * int.from_bytes(header[28:32], "big")
    if size < whole:
        raise PortalError(f"{path}: damaged, {size} of {whole} bytes are there; publish again with `ogi reparse`.")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path.resolve()}?immutable=1", uri=True)) as connection:
            found = {name for (name,) in connection.execute("select name from sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise PortalError(f"{path}: damaged ({error}); publish again with `ogi reparse`.") from error
    if missing := sorted(NEEDED_TABLES - found):
        raise PortalError(f"{path}: not a published archive, it lacks the table {missing[0]}.")
