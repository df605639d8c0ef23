"""Years in a row: an agency's key figures, and a region's agencies by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.charts import Chart, Strand, form_breaks, share
from portal.queries import agency as queries
from portal.words import Speaker

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
# Shares of all that was closed.
SHARES = {
    "share_granted": ("granted", "granted_part"),
    "share_refused": ("refused",),
    "share_unavailable": ("unavailable",),
}

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
    known = {line.name: line.values for line in lines}
    shares = [
        Line(
            name,
            tuple(
                share(_sum(found), whole)
                for found, whole in zip(
                    zip(*(known[part] for part in parts), strict=True), known["closed"], strict=True
                )
            ),
        )
        for name, parts in SHARES.items()
    ]
    reuse = {row["report_id"]: row for row in await rows(queries.AGENCY_REUSE)}
    return {"columns": columns, "lines": lines, "shares": shares, "reuse": [reuse.get(report) for report in shown]}


def trends(agency: str, through: Mapping[str, Any], t: Speaker) -> list[Chart]:
    """The charts of an agency's years: one scope only, every year in its place, shares where enough is closed."""
    columns: list[Column] = through["columns"]
    scopes = Counter(column.report["scope"] for column in columns if column.report)
    if not scopes:
        return []
    scope = scopes.most_common(1)[0][0]
    at = {column.year: number for number, column in enumerate(columns) if _is_of(column, scope)}
    years = range(min(at), max(at) + 1)
    known = {
        line.name: tuple(line.values[at[year]] if year in at else None for year in years)
        for line in (*through["lines"], *through["shares"])
    }
    breaks = form_breaks([columns[at[year]].report["form"] if year in at else None for year in years])
    notes = tuple("" if whole is None else f"n={whole:,}" for whole in known["closed"])

    def chart(name: str, kind: str, rows: Iterable[str]) -> Chart:
        shares = name == "shares"
        return Chart(
            name,
            kind,
            f"{agency}：{t(f'chart.{name}')}",
            "%" if shares else t("chart.cases"),
            tuple(map(str, years)),
            tuple(Strand(t(f"agency.row_{row}"), known[row]) for row in rows),
            notes if shares else (),
            breaks,
        )

    return [
        chart("received", "line", ("received", "refused")),
        chart("outcomes", "stack", ("granted", "granted_part", "refused", "unavailable", "notprocessed", "other")),
        chart("remedies", "bar", REMEDY_LINES),
        chart("shares", "line", SHARES),
    ]


def _is_of(column: Column, scope: str) -> bool:
    return column.report is not None and column.report["scope"] == scope


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
