"""Full text search over every section of every report, the newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils.asgi import Response

from archive.search import LONGEST, MOST_COUNTED, Found, Hit
from archive.search import search as search_archive
from portal.catalogue import DATABASE
from portal.queries import agency as agency_queries
from portal.queries import search as queries
from portal.rendering import page
from portal.words import LANGUAGES, language_of

HITS = 20
FEW_AGENCIES = 5


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as the page shows it: the snippet in three parts, the middle one marked, and the address of the section."""

    hit: Hit
    before: str
    marked: str
    after: str
    href: str

    @classmethod
    def of(cls, hit: Hit, tongue: str) -> ShownHit:
        """The hit with its address, which leads a browser to the very words."""
        marked = hit.snippet[hit.start : hit.end]
        fragment = f"#section-{hit.section}" + (f":~:text={quote(marked, safe='')}" if marked else "")
        asked = "" if tongue == LANGUAGES[0] else f"?lang={tongue}"
        href = f"/report/{quote(hit.report_key)}{asked}{fragment}"
        return cls(hit, hit.snippet[: hit.start], marked, hit.snippet[hit.end :], href)


async def search(datasette: Any, request: Any) -> Response:
    """The search page: what was asked, how much was found, and the newest of it."""
    words = (request.args.get("q") or "").strip()
    year = _number(request.args.get("year"))
    region = (request.args.get("region") or "").strip()
    offset = min(_number(request.args.get("after")) or 0, MOST_COUNTED)
    tongue = language_of(request)
    database = datasette.get_database(DATABASE)
    found = await database.execute_fn(_searching(words, offset, year, region)) if words else Found((), 0)
    wider = None
    if words and not found.count and (year is not None or region):
        wider = await database.execute_fn(_searching(words, 0, None, ""))
    named = []
    if words and not offset:
        asked = {"q": words[:LONGEST], "n": FEW_AGENCIES}
        named = list((await database.execute(agency_queries.FIND_AGENCIES, asked)).rows)
    years = (await database.execute(queries.YEARS)).first()
    following = offset + HITS
    context = {
        "q": words,
        "year": year,
        "region": region,
        "found": found,
        "hits": [ShownHit.of(hit, tongue) for hit in found.hits],
        "wider": wider,
        "agencies": named,
        "years": range(years["last"], years["first"] - 1, -1) if years["first"] else [],
        "regions": (await database.execute(queries.REGIONS)).rows,
        "offset": offset,
        "too_long": len(words) > LONGEST,
        "next": _address(request, following) if following < min(found.count, MOST_COUNTED) else None,
        "previous": _address(request, max(0, offset - HITS)) if offset else None,
        "anywhere": _address(request, 0, "year", "region"),
    }
    return await page(datasette, request, "search.html", context)


def _searching(words: str, offset: int, year: int | None, region: str) -> Callable[[sqlite3.Connection], Found]:
    return lambda connection: search_archive(connection, words, HITS, offset, year=year, region=region)


def _address(request: Any, offset: int, *without: str) -> str:
    """The address of this search from another hit on, or without some of its conditions."""
    kept = [(key, request.args.get(key)) for key in request.args if key not in {"after", *without}]
    return "/search?" + urlencode([*kept, *([("after", offset)] if offset else [])])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None
