"""One indicator: its official wording, what it may be compared with, how it is spread, and the reports at both ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from datasette.utils.asgi import Response

from portal.catalogue import DATABASE
from portal.charts import SMALLEST_DENOMINATOR, Chart, Strand, form_breaks
from portal.downloads import send_rows
from portal.queries import indicator as queries
from portal.rendering import not_found, page
from portal.words import LANGUAGES, Speaker, language_of

SCOPES = ("own", "level", "whole")
COMPARABLE = ("same", "near")
ONE_ROW = "（单行）"
UNTOLD = ("Cases", "Total")  # of an English name, what goes without saying
_INDICATOR = re.compile(r"[a-z]\w*(?:\.\w+)+")
_NEXT_CLASS = {1: 10, 10: 100, 100: 1000, 1000: 10000}


async def indicators(datasette: Any, request: Any) -> Response:
    """Every indicator, form by form and table by table."""
    rows = list((await datasette.get_database(DATABASE).execute(queries.LIST)).rows)
    forms = [
        (form, [_table(list(cells)) for _, cells in groupby(of_form, key=lambda row: row["table"])])
        for form, of_form in groupby(rows, key=lambda row: row["form"])
    ]
    return await page(datasette, request, "indicators.html", {"forms": forms})


def _table(cells: list[Any]) -> dict[str, Any]:
    return {
        "title": cells[0]["table_zh"],
        "rows": [(label, list(group)) for label, group in groupby(cells, key=lambda cell: cell["row_zh"])],
    }


async def indicator(datasette: Any, request: Any) -> Response:
    """The page of one indicator, for a year and a scope."""
    name = request.url_vars["indicator"]
    database = datasette.get_database(DATABASE)
    t = Speaker(language_of(request))
    of = {"indicator": name}
    forms = list((await database.execute(queries.FORMS, of)).rows)
    if not forms:
        return await not_found(datasette, request, "indicator.not_found", indicator=name)
    years = list((await database.execute(queries.YEARS, of)).rows)
    scopes = [scope for scope in SCOPES if any(row["scope"] == scope for row in years)]
    asked = request.args.get("scope")
    scope = asked if asked in scopes else next(iter(scopes), None)
    of_scope = [row for row in years if row["scope"] == scope]
    year = _chosen(request.args.get("year"), [row["year"] for row in of_scope])
    at = of | {"year": year, "scope": scope}
    classes = list((await database.execute(queries.CLASSES, at)).rows)
    ends = list((await database.execute(queries.ENDS, at)).rows)
    shown = next((row for row in of_scope if row["year"] == year), None)
    title = name_of(forms[0], t.tongue)
    money = forms[0]["dtype"] == "decimal"
    spread = [(_class(row["low"], money), row["reports"]) for row in classes]
    context = {
        "indicator": name,
        "title": title,
        "other_title": name_of(forms[0]) if t.tongue != LANGUAGES[0] else forms[0]["label_en"],
        "forms": forms,
        "warnings": [row for row in forms if row["comparability"] not in COMPARABLE],
        "series": [row for row in (await database.execute(queries.SERIES, of)).rows if row["indicator"] != name],
        "years": of_scope,
        "scopes": scopes,
        "scope": scope,
        "year": year,
        "shown": shown,
        "classes": spread,
        "largest": [row for row in ends if row["place"] > 0],
        "smallest": [row for row in ends if row["place"] < 0],
        "charts": [_over_years(title, of_scope, t), _spread(title, spread, year, t)],
    }
    return await page(datasette, request, "indicator.html", context)


async def csv(datasette: Any, request: Any, send: Any, receive: Any) -> Response | None:
    """Every report's value of an indicator as CSV, of one year where it is asked for."""
    name = request.url_vars["indicator"]
    database = datasette.get_database(DATABASE)
    known = (await database.execute(queries.FORMS, {"indicator": name})).first()
    if known is None or not _INDICATOR.fullmatch(name):
        return await not_found(datasette, request, "indicator.not_found", indicator=name)
    asked = request.args.get("year") or ""
    year = int(asked) if re.fullmatch(r"\d{4}", asked, re.ASCII) else None
    file = f"{name}-{year}" if year else name
    await send_rows(
        datasette, request, send, receive, file, queries.values_of(name, year), {"year": year} if year else {}
    )
    return None


def name_of(cell: Any, tongue: str = LANGUAGES[0]) -> str:
    """What a cell of a form is called in a heading: its row and column, or its column where the table has one row."""
    if tongue != LANGUAGES[0]:
        return ": ".join(part for part in cell["label_en"].split(" / ") if part not in UNTOLD)
    path, column = cell["row_zh"].split("/"), cell["col_zh"]
    row = "：".join(path[-2:]) if path[-1].endswith("总计") else path[-1]
    return column.replace("/", " ") if row == ONE_ROW else f"{row}（{column.split('/')[-1]}）"


def compared(comparable_to: str | None) -> list[tuple[str, str]]:
    """The form and the indicators that the dictionary compares a cell with: `form:indicator` or `form:sum(a,b)`."""
    form, _, names = (comparable_to or "").partition(":")
    return [(form, name) for name in _INDICATOR.findall(names)]


def _chosen(asked: str | None, years: Sequence[int]) -> int | None:
    known = {str(year): year for year in years}
    return known.get(asked or "", max(years, default=None))


def _class(low: int, money: bool) -> str:
    if low < 0:
        return "< 0"
    if low == 0:
        return "0"
    if low == 1 and money:
        return "< 10"
    above = _NEXT_CLASS.get(low)
    if above is None:
        return f"≥ {low:,}"
    return f"{low:,}–{above if money else above - 1:,}"


def _over_years(title: str, rows: list[Any], t: Speaker) -> Chart:
    """Mean and median a report over the years; a year of too few reports is left out."""
    enough = [row["numbers"] >= SMALLEST_DENOMINATOR for row in rows]
    means = tuple(
        round(row["total"] / row["numbers"], 2) if drawn else None for row, drawn in zip(rows, enough, strict=True)
    )
    medians = tuple(row["median"] if drawn else None for row, drawn in zip(rows, enough, strict=True))
    strands = [Strand(t("indicator.mean"), means)]
    if any(median is not None for median in medians):
        strands.append(Strand(t("indicator.median"), medians))
    return Chart(
        "years",
        "line",
        t("indicator.by_year_chart", title=title),
        "",
        tuple(str(row["year"]) for row in rows),
        tuple(strands),
        tuple(f"n={row['numbers']:,}" for row in rows),
        form_breaks([row["forms"] for row in rows]),
    )


def _spread(title: str, classes: list[tuple[str, int]], year: int | None, t: Speaker) -> Chart:
    total = sum(reports for _, reports in classes)
    drawn = total >= SMALLEST_DENOMINATOR
    return Chart(
        "spread",
        "bar",
        t("indicator.spread_chart", title=title, year=year or "", n=f"{total:,}"),
        t("chart.reports"),
        tuple(name for name, _ in classes),
        (Strand(t("indicator.reports"), tuple(reports if drawn else None for _, reports in classes)),),
    )
