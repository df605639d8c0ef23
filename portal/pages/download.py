"""The download page, and the dictionary of what every table and column means."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from portal import downloads
from portal.beside import beside
from portal.catalogue import DATABASE
from portal.catalogue import dictionary as described_tables
from portal.columns import Columns
from portal.extract_files import extracts
from portal.rendering import page


async def download(datasette: Any, request: Any) -> Response:
    """Every file that can be taken away, with its rows; the extracts with size, day and digest."""
    database = datasette.get_database(DATABASE)
    context = {
        "files": downloads.files(await database.table_counts()),
        "size": database.size,
        "extracts": extracts(beside(datasette).extracts),
    }
    return await page(datasette, request, "download.html", context)


async def dictionary(datasette: Any, request: Any, columns: Columns) -> Response:
    """What every table on offer holds, and what its columns mean."""
    on_offer = dict.fromkeys((*downloads.TABLES, *described_tables()["tables"]))
    tables = {table: columns[table] for table in on_offer if columns.get(table)}
    return await page(datasette, request, "dictionary.html", {"tables": tables})
