"""What the archive must hold after a crawl of the example municipality: the registry, the reports, the states."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from demo.columns import Entry
from demo.families.column import Column
from demo.municipality import column_of
from demo.reports import AnnualReport
from demo.sources import SOURCES, Source

REGISTRY_HEADER = ("id", "region_code", "agency", "listing_url", "platform", "first_year", "note")


@dataclass(frozen=True, slots=True)
class Expected:
    """A report that a complete crawl finds.

    path: where the list leads (article, or file where `media` is word); attachments: paths of files that belong to it;
    copies: other paths in the list at which the same report stands again. figures: {indicator: value}, None where the
    cell is blank; money as float. raw: what the cells print, white space and all. failing: the rules A1 to A4 that the
    figures break, as (rule, row or column or kind of remedy).
    flags: late, does_not_balance, zeros_blank, and in the second night silently_changed, added, cosmetic.
    """

    source_id: str
    host: str
    agency: str
    region_code: str
    year: int
    form: str
    scope: str
    title: str
    path: str
    published: date
    media: str
    attachments: tuple[str, ...]
    copies: tuple[str, ...]
    figures: Mapping[str, int | float | None]
    raw: Mapping[str, str]
    claims: Mapping[str, int]
    failing: tuple[tuple[str, str], ...]
    flags: frozenset[str]

    def url(self, port: int) -> str:
        """The whole address of the report when the municipality is served on that port."""
        return f"http://{self.host}:{port}{self.path}"


SOURCE_STATES: dict[str, str] = {source.id: source.state for source in SOURCES}
"""The state in which every source must end the first night."""

MISSING_YEARS: dict[str, tuple[int, ...]] = {
    source.id: tuple(sorted(source.agencies[0].missing)) for source in SOURCES if source.agencies[0].missing
}
"""Report years that a source's column lacks in the first night although others around them are there."""


def registry(port: int) -> str:
    """The municipality's registry as CSV text, for a server on that port."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(REGISTRY_HEADER)
    for source in SOURCES:
        first = min(min(agency.years) for agency in source.agencies)
        listing = f"http://{source.host}:{port}{source.column}"
        writer.writerow((source.id, source.region_code, source.agency, listing, source.platform, first, "示例"))
    return text.getvalue()


def expected(night: int = 1) -> list[Expected]:
    """Every report that a complete crawl finds in that night, source by source, newest first."""
    found: list[Expected] = []
    for source in SOURCES:
        column = column_of(source, 0, night)
        if column is None or source.state not in {"ok", "cut_short"}:
            continue
        reachable = _reachable(column)
        found += [
            _expected(source, column, entry, entry.report, reachable)
            for entry in reachable
            if entry.report and not entry.again
        ]
    return found


def _reachable(column: Column) -> tuple[Entry, ...]:
    """The entries on list pages that answer."""
    pages = column.page_count - (1 if column.source.trouble == "pager_fails" else 0)
    return tuple(entry for place in range(pages) for entry in column.page_entries(place))


def _expected(
    source: Source, column: Column, entry: Entry, report: AnnualReport, others: tuple[Entry, ...]
) -> Expected:
    beside = entry.shape in {"article_and_file", "cover_and_file"}
    agency = report.agency
    return Expected(
        source_id=source.id,
        host=source.host,
        agency=agency.name,
        region_code=agency.region_code,
        year=report.year,
        form=report.form,
        scope="whole" if agency.government else "own",
        title=report.title,
        path=column.path_of(entry),
        published=report.published,
        media="word" if entry.shape == "file" else "html",
        attachments=(column.file_of(entry),) if beside else (),
        copies=tuple(column.path_of(other) for other in others if other.again and other.report is report),
        figures={name: float(value) if isinstance(value, Decimal) else value for name, value in report.figures.items()},
        raw=report.raw,
        claims=report.claims,
        failing=report.failing,
        flags=report.flags,
    )
