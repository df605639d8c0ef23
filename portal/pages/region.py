"""A region: its divisions, and its agencies' reports by year."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from portal import years
from portal.catalogue import DATABASE
from portal.charts import Chart, Strand, form_breaks
from portal.coverage import heat_map
from portal.pages.indicator import SCOPES
from portal.queries import region as queries
from portal.rendering import not_found, page
from portal.words import Speaker, language_of


async def region(datasette: Any, request: Any) -> Response:
    """The page of one region."""
    code = request.url_vars["code"]
    database = datasette.get_database(DATABASE)
    known = (await database.execute(queries.REGION, {"code": code})).first()
    if known is None:
        return await not_found(datasette, request, "region.not_found", code=code)

    async def rows(sql: str) -> list[Any]:
        return list((await database.execute(sql, {"code": code})).rows)

    t = Speaker(language_of(request))
    trend = await rows(queries.REGION_TREND)
    context = {
        "region": known,
        "heat_map": heat_map(await rows(queries.REGION_PARTS)),
        "coverage": await rows(queries.REGION_COVERAGE),
        "trend": trend,
        "charts": [_trend(known["name"], trend, t)],
        **years.grid(await rows(queries.REGION_AGENCIES)),
    }
    return await page(datasette, request, "region.html", context)


def _trend(region: str, rows: list[Any], t: Speaker) -> Chart:
    """What was received in the region by year, each scope a line of its own with its number of reports."""
    known = {(row["scope"], row["year"]): row for row in rows if row["numbers"]}
    spanned = range(min(year for _, year in known), max(year for _, year in known) + 1) if known else range(0)
    scopes = [scope for scope in SCOPES if any(scope == of for of, _ in known)]

    def noted(year: int) -> str:
        numbers = [known[scope, year]["numbers"] for scope in scopes if (scope, year) in known]
        return f"n={'+'.join(map(str, numbers))}" if numbers else ""

    return Chart(
        "trend",
        "line",
        t("region.trend_title", region=region),
        t("chart.cases"),
        tuple(map(str, spanned)),
        tuple(
            Strand(t(f"scope.{scope}"), tuple(_total(known.get((scope, year))) for year in spanned)) for scope in scopes
        ),
        tuple(noted(year) for year in spanned),
        form_breaks([next((known[of]["forms"] for of in known if of[1] == year), None) for year in spanned]),
    )


def _total(row: Any) -> int | None:
    return None if row is None else row["total"]
