"""Compare: agencies × years × indicators, chosen in the address, shown as tables and charts, taken away as CSV."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from portal.catalogue import DATABASE
from portal.comparison import Comparison, chart, lay_out
from portal.downloads import send_rows
from portal.naming import unit_name
from portal.pages.indicator import SCOPES, name_of
from portal.queries import compare as queries
from portal.rendering import page
from portal.words import LANGUAGES, Speaker, language_of

MOST_AGENCIES = 12
MOST_INDICATORS = 6
FOUND = 20
FIRST_YEAR, LAST_YEAR = 2008, 2099
USUAL = ("requests.new_received.total", "refused_share")
PATH = "/compare"
CITIES = {"field": "general_government", "kind": "government", "level": "city"}


class Asked:
    """What the address asks for; what it cannot mean is left out."""

    def __init__(self, request: Any) -> None:
        many = request.args.getlist
        self.keys = list(dict.fromkeys(many("a")))[:MOST_AGENCIES]
        self.series = list(dict.fromkeys(many("i")))[:MOST_INDICATORS] or list(USUAL)
        self.words = (request.args.get("q") or "").strip()[:50]
        self.first = _year(request.args.get("from")) or FIRST_YEAR
        self.last = _year(request.args.get("to")) or LAST_YEAR
        self.tongue = language_of(request)

    def address(self, path: str = PATH, keys: list[str] | None = None, **more: str) -> str:
        """The address of the same comparison, with other agencies where `keys` are given."""
        asked = [("a", key) for key in (self.keys if keys is None else keys)]
        asked += [("i", series) for series in self.series]
        if self.first != FIRST_YEAR:
            asked.append(("from", str(self.first)))
        if self.last != LAST_YEAR:
            asked.append(("to", str(self.last)))
        if self.tongue != LANGUAGES[0]:
            asked.append(("lang", self.tongue))
        return f"{path}?{urlencode([*asked, *more.items()])}"


async def compare(datasette: Any, request: Any) -> Response:
    """The page of a comparison, with the form that chooses it."""
    database = datasette.get_database(DATABASE)
    asked = Asked(request)
    t = Speaker(asked.tongue)

    async def rows(sql: str, **of: Any) -> list[Any]:
        return list((await database.execute(sql, of)).rows)

    agencies = await rows(queries.CHOSEN, keys=json.dumps(asked.keys))
    known = [agency["key"] for agency in agencies]
    unknown, asked.keys = [key for key in asked.keys if key not in known], known
    offered = await rows(queries.OFFERED)
    lines = json.dumps([agency["line"] for agency in agencies])
    reports = await rows(queries.REPORTS, lines=lines, first=asked.first, last=asked.last)
    presence = {(row["line"], row["year"]): row["presence"] for row in await rows(queries.PRESENCE, lines=lines)}
    years = _years({report["year"] for report in reports} | {year for _, year in presence}, asked)
    ids = [report["id"] for report in reports]
    compared: list[Comparison] = []
    for series in asked.series:
        label = await _label(database, series, t)
        if label is None:
            continue
        share = series in queries.MEASURED
        query = queries.measured_of(series, ids) if share else queries.figures_of(ids)
        figures = {row["report_id"]: row for row in await rows(query, series=series)}
        compared.append(lay_out(series, *label, share, agencies, reports, figures, presence, years))
    scopes = {scope: t(f"scope_short.{scope}") for scope in SCOPES}
    found = await rows(queries.FIND, q=asked.words, n=FOUND) if asked.words else []
    context = {
        "asked": asked,
        "agencies": agencies,
        "unknown": unknown,
        "offered": [(cell, name_of(cell, asked.tongue)) for cell in offered],
        "measures": queries.MEASURED,
        "years": years,
        "compared": compared if reports else [],
        "charts": [chart(one, number, years, scopes) for number, one in enumerate(compared)] if reports else [],
        "found": _but(found, asked.keys),
        "alike": _but(await _alike(database, agencies), [*asked.keys, *(agency["key"] for agency in found)]),
        "most": MOST_AGENCIES,
        "full": len(agencies) >= MOST_AGENCIES,
        "all_years": list(range(min(years, default=LAST_YEAR), max(years, default=LAST_YEAR - 1) + 1)),
    }
    return await page(datasette, request, "compare.html", context)


async def csv(datasette: Any, request: Any, send: Any, receive: Any) -> None:
    """Every figure of a comparison as CSV, one a row."""
    database = datasette.get_database(DATABASE)
    asked = Asked(request)
    agencies = (await database.execute(queries.CHOSEN, {"keys": json.dumps(asked.keys)})).rows
    of = {"lines": json.dumps([agency["line"] for agency in agencies]), "first": asked.first, "last": asked.last}
    ids = [report["id"] for report in (await database.execute(queries.REPORTS, of)).rows]
    parameters = {f"s{at}": series for at, series in enumerate(asked.series)}
    await send_rows(datasette, request, send, receive, "compare", queries.file_of(asked.series, ids), parameters)


async def _label(database: Any, series: str, t: Speaker) -> tuple[str, str, str] | None:
    """The title of an indicator, its official name where that is another, and its unit; None for what is none."""
    if series in queries.MEASURED:
        return t(f"measure.{series}"), "", "%"
    known = (await database.execute(queries.SERIES_LABEL, {"series": series})).first()
    if known is None:
        return None
    official = name_of(known) if t.tongue != LANGUAGES[0] else ""
    return name_of(known, t.tongue), official, unit_name(known["unit"] or "", t.tongue)


async def _alike(database: Any, agencies: list[Any]) -> list[Any]:
    """Agencies of the kind, field and level of the first chosen one; city governments where none is."""
    first = {name: agencies[0][name] for name in CITIES} if agencies else CITIES
    if first["field"] in (None, "other"):
        return []
    return list((await database.execute(queries.ALIKE, {**first, "n": FOUND})).rows)


def _but(found: list[Any], keys: list[str]) -> list[Any]:
    return [agency for agency in found if agency["key"] not in keys]


def _years(known: set[int], asked: Asked) -> list[int]:
    inside = [year for year in known if asked.first <= year <= asked.last]
    return list(range(min(inside), max(inside) + 1)) if inside else []


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR else None
