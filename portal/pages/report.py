"""A report: the statutory tables as the form lays them out, and all that is known of where they come from."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response

from portal.beside import beside
from portal.catalogue import DATABASE
from portal.reading import read_report
from portal.rendering import not_found, page


async def report(datasette: Any, request: Any) -> Response:
    """The page of one report."""
    key = unquote(request.url_vars["key"])
    read = await read_report(datasette.get_database(DATABASE), key)
    if read is None:
        return await not_found(datasette, request, "report.not_found", key=key)
    known = beside(datasette)
    stands_beside = {
        "replies": known.replies.held.get(key, ()),
        "why_withheld": known.why_withheld,
        "kept_here": known.pages.directory.is_dir(),
    }
    return await page(datasette, request, "report.html", read | stands_beside)
