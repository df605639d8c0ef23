"""Whole tables as CSV, plain and as Excel needs it, with the proof that a file is whole."""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from sqlite_utils import Database

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE = 2000


class Written(NamedTuple):
    """What was written: rows without the heading, and the SHA-256 of the whole file."""

    rows: int
    sha256: str


def write_csv(
    db: Database | sqlite3.Connection,
    table_or_query: str,
    out: BinaryIO,
    excel: bool = False,
    parameters: Mapping[str, Any] | None = None,
) -> Written:
    """Writes a whole table, view or query (with its `parameters`) as UTF-8 CSV with a heading, as `write_rows` does.

    Raises sqlite3.Error when the query fails, also in the middle: then the file is not whole.
    """
    connection = db.conn if isinstance(db, Database) else db
    query = table_or_query
    if " " not in query:
        query = f'SELECT * FROM "{query}"'  # noqa: S608  # a name without a blank; a query is the caller's own
    cursor = connection.execute(query, parameters or {})
    return write_rows([name for name, *_ in cursor.description], cursor, out, excel)


def write_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], out: BinaryIO, excel: bool = False) -> Written:
    """Writes rows under a heading as UTF-8 CSV, a few at a time.

    With `excel` the file begins with a byte order mark, and a text that Excel would take for a formula is preceded by
    an apostrophe; numbers are as they are. NULL is an empty field.
    """
    digest, written = hashlib.sha256(), 0
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    prefix = BYTE_ORDER_MARK if excel else b""
    coming = iter(rows)
    while batch := list(islice(coming, _ROWS_AT_ONCE)):
        writer.writerows(map(_defused, batch) if excel else batch)
        written += len(batch)
        _flush(buffer, prefix, out, digest.update)
        prefix = b""
    _flush(buffer, prefix, out, digest.update)
    return Written(written, digest.hexdigest())


def _flush(buffer: io.StringIO, prefix: bytes, out: BinaryIO, digest: Callable[[bytes], None]) -> None:
    data = prefix + buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    digest(data)
    out.write(data)


def _defused(row: Sequence[Any]) -> list[Any]:
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row]
