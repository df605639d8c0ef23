"""The pages of agencies: the list with its search, and one agency through the years."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response

from portal import years
from portal.catalogue import DATABASE
from portal.queries import agency as queries
from portal.rendering import not_found, page
from portal.words import Speaker, language_of

MOST_AGENCIES = 200


async def agencies(datasette: Any, request: Any) -> Response:
    """Agencies whose name or region holds the words that were asked for; all of them where none were."""
    asked = (request.args.get("q") or "").strip()
    database = datasette.get_database(DATABASE)
    found = (await database.execute(queries.FIND_AGENCIES, {"q": asked, "n": MOST_AGENCIES + 1})).rows
    context = {"q": asked, "found": found[:MOST_AGENCIES], "more": len(found) > MOST_AGENCIES}
    return await page(datasette, request, "agencies.html", context)


async def agency(datasette: Any, request: Any) -> Response:
    """An agency: all its years in a row."""
    key = unquote(request.url_vars["key"])
    database = datasette.get_database(DATABASE)
    known = (await database.execute(queries.AGENCY, {"agency_key": key})).first()
    if known is None:
        return await not_found(datasette, request, "agency.not_found", key=key)
    through = await years.of_agency(database, known["id"])
    charts = years.trends(known["name"], through, Speaker(language_of(request)))
    context = {"agency": known, **through, "charts": charts}
    return await page(datasette, request, "agency.html", context)
