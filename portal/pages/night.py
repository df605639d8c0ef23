"""The nights: what each run found and changed, and which sources were in trouble."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette.utils.asgi import Response

from portal.catalogue import DATABASE
from portal.queries import night as queries
from portal.rendering import not_found, page

LATEST = 60


async def nights(datasette: Any, request: Any) -> Response:
    """The latest nights, one a line."""
    rows = (await datasette.get_database(DATABASE).execute(queries.NIGHTS, {"limit": LATEST})).rows
    return await page(datasette, request, "nights.html", {"nights": [_told(row) for row in rows]})


async def night(datasette: Any, request: Any) -> Response:
    """One night."""
    number = request.url_vars["run"]
    found = (await datasette.get_database(DATABASE).execute(queries.NIGHT, {"run": int(number)})).first()
    if found is None:
        return await not_found(datasette, request, "night.not_found", run=number)
    return await page(datasette, request, "night.html", {"night": _told(found)})


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(row["summary"] or "{}")
    return said | {
        "run": row["id"],
        "command": row["command"],
        "started": row["started"],
        "ended": row["ended"],
        "finished": bool(row["finished"]),
    }
