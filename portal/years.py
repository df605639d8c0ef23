"""Years in a row: an agency's key figures, and a region's agencies by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.queries import agency as queries

# What the agency page shows of section three and four: each line is the sum of these rows or columns. A name that ends
# in an underscore stands for every outcome that begins with it.
REQUEST_LINES = {
    "received": ("new_received",),
    "carried_in": ("carried_in",),
    "granted": ("granted",),
    "granted_part": ("granted_part",),
    "refused": ("refused_",),
    "unavailable": ("unavailable_",),
    "notprocessed": ("notprocessed_",),
    "other": ("other", "other_"),
    "closed": ("closed_total",),
    "carried_out": ("carried_out",),
}
REMEDY_LINES = {"review": ("review_total",), "suit": ("suit_direct_total", "suit_after_review_total")}

Amount = int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A report of the agency, or a year for which there is none; `presence` says what is known of the year.

    `form_break` says that the form differs from that of the report before.
    """

    year: int
    report: Any
    presence: str | None
    form_break: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One figure through the columns; None where a report does not state it."""

    name: str
    values: tuple[Amount, ...]


async def of_agency(database: Any, agency: int) -> dict[str, Any]:
    """The agency's reports and missing years, one column each, oldest first, and the key figures."""

    async def rows(sql: str) -> list[Any]:
        return list((await database.execute(sql, {"agency": agency})).rows)

    reports = await rows(queries.AGENCY_REPORTS)
    columns = _columns(reports, {row["year"]: row["presence"] for row in await rows(queries.AGENCY_YEARS)})
    requests: dict[Any, dict[str, Amount]] = {report["id"]: {} for report in reports}
    for row in await rows(queries.AGENCY_REQUESTS):
        requests[row["report_id"]][row["outcome"]] = row["total"]
    remedies = {row["report_id"]: dict(row) for row in await rows(queries.AGENCY_REMEDIES)}
    shown = [column.report["id"] if column.report else None for column in columns]
    lines = [
        Line(name, tuple(_request_sum(requests.get(report, {}), outcomes) for report in shown))
        for name, outcomes in REQUEST_LINES.items()
    ]
    lines += [
        Line(name, tuple(_sum(remedies.get(report, {}).get(total) for total in totals) for report in shown))
        for name, totals in REMEDY_LINES.items()
    ]
    return {"columns": columns, "lines": lines}


def _columns(reports: list[Any], presence: Mapping[int, str]) -> list[Column]:
    years = sorted({report["year"] for report in reports} | presence.keys())
    columns: list[Column] = []
    form = None
    for year in years:
        of_year = [report for report in reports if report["year"] == year]
        for report in of_year:
            differs = form is not None and report["form"] is not None and report["form"] != form
            columns.append(Column(year, report, presence.get(year), differs))
            form = report["form"] or form
        if not of_year:
            columns.append(Column(year, None, presence[year], form_break=False))
    return columns


def grid(rows: Iterable[Any]) -> dict[str, Any]:
    """Agencies × years, from one row of `agency_years` each."""
    agencies: dict[str, dict[str, Any]] = {}
    years: set[int] = set()
    for row in rows:
        line = agencies.setdefault(row["agency"], {"name": row["agency"], "key": None, "years": {}})
        line["key"] = line["key"] or row["key"]
        line["years"][row["year"]] = row
        years.add(row["year"])
    return {
        "agencies": list(agencies.values()),
        "years": list(range(min(years), max(years) + 1)) if years else [],
    }


def _request_sum(totals: Mapping[str, Amount], outcomes: tuple[str, ...]) -> Amount:
    return _sum(
        total
        for outcome, total in totals.items()
        if any(outcome == name or (name.endswith("_") and outcome.startswith(name)) for name in outcomes)
    )


def _sum(values: Iterable[Amount]) -> Amount:
    """The sum of what is stated; None where nothing is."""
    stated = [value for value in values if value is not None]
    return sum(stated) if stated else None
