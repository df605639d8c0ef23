"""The front page: what this is, coverage, latest reports, failed checks, downloads, the last crawl."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from portal import downloads
from portal.catalogue import DATABASE
from portal.coverage import heat_map
from portal.queries import front as queries
from portal.rendering import page

LINES = 10
FILES = 8


async def front(datasette: Any, request: Any) -> Response:
    """The front page."""
    database = datasette.get_database(DATABASE)
    run = (await database.execute(queries.LAST_RUN)).first()
    of_run = {"run": run["id"] if run else None}
    counts = await database.table_counts()
    context = {
        "totals": (await database.execute(queries.TOTALS)).first(),
        "heat_map": heat_map((await database.execute(queries.COVERAGE)).rows),
        "latest": (await database.execute(queries.LATEST_REPORTS, {"n": LINES})).rows,
        "failed": (await database.execute(queries.FAILED_REPORTS, {"n": LINES})).rows,
        "files": downloads.files(counts)[:FILES],
        "run": run,
        "states": (await database.execute(queries.RUN_STATES, of_run)).rows,
        "troubled": (await database.execute(queries.TROUBLED_SOURCES, of_run | {"n": LINES})).rows,
    }
    return await page(datasette, request, "front.html", context)
