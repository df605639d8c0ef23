"""A region: its divisions, and its agencies' reports by year."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from portal import years
from portal.catalogue import DATABASE
from portal.queries import region as queries
from portal.rendering import not_found, page


async def region(datasette: Any, request: Any) -> Response:
    """The page of one region."""
    code = request.url_vars["code"]
    database = datasette.get_database(DATABASE)
    known = (await database.execute(queries.REGION, {"code": code})).first()
    if known is None:
        return await not_found(datasette, request, "region.not_found", code=code)
    lines = (await database.execute(queries.REGION_AGENCIES, {"code": code})).rows
    context = {
        "region": known,
        "parts": (await database.execute(queries.REGION_PARTS, {"code": code})).rows,
        **years.grid(lines),
    }
    return await page(datasette, request, "region.html", context)
