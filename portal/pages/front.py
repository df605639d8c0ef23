"""The front page: what this is, coverage, news, figures of the year, stories, downloads, the last crawl."""

from __future__ import annotations

import json
from typing import Any
from weakref import WeakKeyDictionary

from datasette.utils.asgi import Response

from portal import downloads
from portal.catalogue import DATABASE
from portal.coverage import heat_map
from portal.pages.indicator import name_of
from portal.pages.stories import STORIES, count, leads_by_report, names
from portal.queries import front as queries
from portal.rendering import page
from portal.words import language_of

LINES = 8
REVISIONS = 5
FILES = 6
# More regions than this make no table that one can look over: provinces then stand for them.
MOST_REGIONS = 60
FIGURES = (
    "requests.new_received.total",
    "requests.closed_total.total",
    "requests.granted.total",
    "requests.granted_part.total",
    "requests.carried_out.total",
    "remedies.cases.review_total",
    "remedies.cases.review_corrected",
    "remedies.cases.suit_direct_total",
    "remedies.cases.suit_after_review_total",
)
SHOWN_SCOPES = ("own", "whole")


# An edition never changes, and most readers ask for this page: by edition, as each language has it.
_kept: WeakKeyDictionary[Any, dict[str, Response]] = WeakKeyDictionary()


async def front(datasette: Any, request: Any) -> Response:
    """The front page. It is made once an edition, but where the address says more than the language."""
    kept, tongue = _kept.setdefault(datasette, {}), language_of(request)
    if request.args.keys() - {"lang"}:
        return await _made(datasette, request)
    if tongue not in kept:
        kept[tongue] = await _made(datasette, request)
    return kept[tongue]


async def _made(datasette: Any, request: Any) -> Response:
    database = datasette.get_database(DATABASE)
    tongue = language_of(request)

    async def rows(sql: str, **of: Any) -> list[Any]:
        return list((await database.execute(sql, of)).rows)

    run = (await database.execute(queries.LAST_RUN)).first()
    of_run = {"run": run["id"] if run else None}
    counts = await database.table_counts()
    (covered,) = await rows(queries.REGIONS_COVERED, n=MOST_REGIONS + 1)
    provinces = covered["n"] > MOST_REGIONS
    coverage = await rows(queries.COVERAGE_OF_PROVINCES if provinces else queries.COVERAGE)
    asked = json.dumps(FIGURES)
    context = {
        "totals": {
            **dict((await rows(queries.TOTALS))[0]),
            "reports": counts["reports"],
            "agencies": counts["agencies"],
        },
        "heat_map": heat_map(coverage),
        "provinces": provinces,
        "latest": await rows(queries.LATEST_REPORTS, n=LINES),
        "revisions": await rows(queries.LATEST_REVISIONS, n=REVISIONS),
        "failed": await leads_by_report(database, "failed_checks", LINES),
        "names": await names(database, tongue),
        "year_figures": _of_the_year(await rows(queries.YEAR_FIGURES, indicators=asked)),
        "labels": {row["id"]: name_of(row, tongue) for row in await rows(queries.LABELS, indicators=asked)},
        "stories": [(story, await count(database, story)) for story in STORIES],
        "files": downloads.files(counts)[:FILES],
        "run": run,
        "states": await rows(queries.RUN_STATES, **of_run),
        "troubled": await rows(queries.TROUBLED_SOURCES, **of_run, n=LINES),
    }
    return await page(datasette, request, "front.html", context)


def _of_the_year(rows: list[Any]) -> dict[str, Any]:
    """The newest year of which at least half as many reports are here as of the fullest, and its figures."""
    held: dict[int, int] = {}
    for row in rows:
        if row["indicator"] == FIGURES[0]:
            held[row["year"]] = held.get(row["year"], 0) + row["numbers"]
    enough = [year for year, numbers in held.items() if 2 * numbers >= max(held.values())]
    year = max(enough, default=None)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["year"] == year and row["scope"] in SHOWN_SCOPES:
            found.setdefault(row["indicator"], {})[row["scope"]] = row
    return {"year": year, "scopes": SHOWN_SCOPES, "rows": list(found.items())}
