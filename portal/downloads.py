"""Whole tables as CSV: counted first, sent as they are read, and broken off visibly when something fails."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import quote

from datasette.utils.asgi import Response

from archive.extracts import write_csv
from portal.catalogue import DATABASE, dictionary
from portal.filtered import query_of
from portal.queries import downloads as queries
from portal.rendering import not_found

logger = logging.getLogger(__name__)

# What most people take away, in the order in which it is offered; every other table of the dictionary is there too.
TABLES = (
    "figures_wide",
    "reports",
    "requests",
    "remedies",
    "proactive",
    "figures",
    "agencies",
    "regions",
    "coverage",
    "agency_years",
    "checks",
    "claims",
    "sections",
    "revisions",
    "corrections",
    "cell_notes",
    "indicators",
    "sources",
    "source_states",
    "problems",
)
VIEWS = ("proactive", "figures")  # what is counted only when it is taken
CHUNK = 256 * 1024
CHUNKS_AHEAD = 8


class BrokenOff(BaseException):
    """A download that failed after it had begun.

    Not an Exception, so that nobody on the way answers it with an error page, which would end the file as if it were
    whole: the server closes the connection instead, and the browser reports a failed download.
    """


@dataclass(frozen=True, slots=True)
class File:
    """A table that can be taken away; `rows` is None for a view, which is counted only when it is taken."""

    table: str
    rows: int | None
    csv: str
    excel: str


def files(counts: Mapping[str, int | None]) -> list[File]:
    """Every file on offer, given the rows of each table."""
    return [_file(table, counts.get(table)) for table in TABLES if table in counts or table in VIEWS]


def links(table: str, counts: Mapping[str, int | None]) -> File | None:
    """The files of one table; None for a table that is not on offer."""
    on_offer = table in dictionary()["tables"] and (table in counts or table in VIEWS)
    return _file(table, counts.get(table)) if on_offer else None


def _file(table: str, rows: int | None) -> File:
    return File(table, rows, f"/download/{table}.csv", f"/download/{table}.csv?excel=1")


async def csv(datasette: Any, request: Any, send: Any, receive: Any) -> Response | None:
    """A table as CSV, all of it or all that passes the filters of the address; `?excel=1` as Excel and WPS need it."""
    table = request.url_vars["table"]
    if links(table, await datasette.get_database(DATABASE).table_counts()) is None:
        return await not_found(datasette, request, "download.not_found", table=table)
    chosen = await query_of(datasette, request, table)
    if chosen is None:
        await send_rows(datasette, request, send, receive, table, queries.all_of(table))
    else:
        await send_rows(datasette, request, send, receive, f"{table}-filtered", *chosen)
    return None


async def send_rows(
    datasette: Any,
    request: Any,
    send: Any,
    receive: Any,
    name: str,
    query: str,
    parameters: Mapping[str, Any] | None = None,
) -> None:
    """Sends every row of a query of ours as a file called `name`, its date and the number of its rows."""
    excel = bool(request.args.get("excel"))
    path = Path(datasette.get_database(DATABASE).path)
    # a connection of its own: it reads for minutes, and whole tables are beyond the time limit of queries
    connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True, check_same_thread=False)
    with contextlib.closing(connection):
        rows, day = await asyncio.to_thread(_measure, connection, query, parameters or {})
        file_name = f"{name}-{day}-{rows}rows{'-excel' if excel else ''}.csv"
        headers = {
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": f"attachment; filename*=UTF-8''{quote(file_name)}"
            if not file_name.isascii()
            else f'attachment; filename="{file_name}"',
            "x-row-count": str(rows),
        }
        pipe = _Pipe(asyncio.get_running_loop())
        reading = asyncio.create_task(asyncio.to_thread(_read, connection, query, parameters or {}, excel, rows, pipe))
        left = asyncio.create_task(_disconnected(receive))
        try:
            raw = [(key.encode(), value.encode()) for key, value in headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": raw})
            while (chunk := await pipe.next()) is not None and not left.done():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            if not left.done():
                await reading
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except Exception as error:
            logger.error("The download of %s was broken off: %s", name, error)
            raise BrokenOff(str(error)) from error
        finally:
            left.cancel()
            pipe.close_reader()
            await asyncio.wait([reading])
            reading.exception()  # told above, or of no interest once the reader has left


def _measure(connection: sqlite3.Connection, query: str, parameters: Mapping[str, Any]) -> tuple[int, str]:
    (rows,) = connection.execute(queries.count_of(query), parameters).fetchone()
    (day,) = connection.execute(queries.PUBLISHED_ON).fetchone()
    return int(rows), str(day or "undated")[:10]


def _read(
    connection: sqlite3.Connection, query: str, parameters: Mapping[str, Any], excel: bool, rows: int, pipe: _Pipe
) -> None:
    try:
        with io.BufferedWriter(pipe, CHUNK) as out:
            written = write_csv(connection, query, cast(BinaryIO, out), excel, parameters)
        if written.rows != rows:
            raise RuntimeError(f"{written.rows} rows were written where {rows} were counted")
    finally:
        pipe.end()


async def _disconnected(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Pipe(io.RawIOBase):
    """From a thread that writes a file to the coroutine that sends it, a few chunks ahead at most."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue(CHUNKS_AHEAD)
        self._reader_left = False

    def writable(self) -> bool:
        """Always: that is what it is for."""
        return True

    def write(self, data: Any) -> int:
        """Hands a chunk over, waiting while the reader is behind; BrokenPipeError once the reader has left."""
        if self._reader_left:
            raise BrokenPipeError
        asyncio.run_coroutine_threadsafe(self._chunks.put(bytes(data)), self._loop).result()
        return len(data)

    def end(self) -> None:
        """Says that nothing more will come."""
        asyncio.run_coroutine_threadsafe(self._chunks.put(None), self._loop).result()

    async def next(self) -> bytes | None:
        """The next chunk; None when there is no more."""
        return await self._chunks.get()

    def close_reader(self) -> None:
        """The reader leaves: a waiting writer is let go, and its next write fails."""
        self._reader_left = True
        while not self._chunks.empty():
            self._chunks.get_nowait()
