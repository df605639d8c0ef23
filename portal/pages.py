"""The portal's own pages: front page, report, agencies, agency, region, downloads."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response

from portal import downloads, queries, years
from portal.catalogue import DATABASE
from portal.coverage import heat_map
from portal.reading import read_report
from portal.rendering import page
from portal.words import Speaker, language

FRONT_LINES = 10
FRONT_FILES = 8
MOST_AGENCIES = 500


async def _not_found(datasette: Any, request: Any, words: str, **filled: str) -> Response:
    t = Speaker(language(request.args.get("lang")))
    context = {"status": 404, "title": t("error.not_found_title"), "error": t(words, **filled)}
    return await page(datasette, request, "error.html", context, status=404)


async def front(datasette: Any, request: Any) -> Response:
    """The front page: what this is, coverage, latest reports, failed checks, downloads, the last crawl."""
    database = datasette.get_database(DATABASE)
    run = (await database.execute(queries.LAST_RUN)).first()
    of_run = {"run": run["id"] if run else None}
    counts = await database.table_counts()
    context = {
        "totals": (await database.execute(queries.TOTALS)).first(),
        "heat_map": heat_map((await database.execute(queries.COVERAGE)).rows),
        "latest": (await database.execute(queries.LATEST_REPORTS, {"n": FRONT_LINES})).rows,
        "failed": (await database.execute(queries.FAILED_REPORTS, {"n": FRONT_LINES})).rows,
        "files": downloads.files(counts)[:FRONT_FILES],
        "run": run,
        "states": (await database.execute(queries.RUN_STATES, of_run)).rows,
        "troubled": (await database.execute(queries.TROUBLED_SOURCES, of_run | {"n": FRONT_LINES})).rows,
    }
    return await page(datasette, request, "front.html", context)


async def report(datasette: Any, request: Any) -> Response:
    """A report: the statutory tables as the form lays them out, and all that is known of where they come from."""
    key = unquote(request.url_vars["key"])
    read = await read_report(datasette.get_database(DATABASE), key)
    if read is None:
        return await _not_found(datasette, request, "report.not_found", key=key)
    return await page(datasette, request, "report.html", read)


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
    known = (await database.execute(queries.AGENCY, {"key": key})).first()
    if known is None:
        return await _not_found(datasette, request, "agency.not_found", key=key)
    context = {"agency": known, **await years.of_agency(database, known["id"])}
    return await page(datasette, request, "agency.html", context)


async def region(datasette: Any, request: Any) -> Response:
    """A region: its divisions, and its agencies' reports by year."""
    code = request.url_vars["code"]
    database = datasette.get_database(DATABASE)
    known = (await database.execute(queries.REGION, {"code": code})).first()
    if known is None:
        return await _not_found(datasette, request, "region.not_found", code=code)
    lines = (await database.execute(queries.REGION_AGENCIES, {"code": code})).rows
    context = {
        "region": known,
        "parts": (await database.execute(queries.REGION_PARTS, {"code": code})).rows,
        **years.grid(lines),
    }
    return await page(datasette, request, "region.html", context)


async def download(datasette: Any, request: Any) -> Response:
    """Every file that can be taken away, with its number of rows."""
    database = datasette.get_database(DATABASE)
    context = {"files": downloads.files(await database.table_counts()), "size": database.size}
    return await page(datasette, request, "download.html", context)
