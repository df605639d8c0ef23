"""The download page: every file that can be taken away, with its number of rows."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from portal import downloads
from portal.catalogue import DATABASE
from portal.rendering import page


async def download(datasette: Any, request: Any) -> Response:
    """The download page."""
    database = datasette.get_database(DATABASE)
    context = {"files": downloads.files(await database.table_counts()), "size": database.size}
    return await page(datasette, request, "download.html", context)
