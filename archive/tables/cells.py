"""Every figure of every report, a report at a time: what the wide table and the long extract are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from archive.tables.figures_view import REMEDY_COLUMNS, REQUESTER_COLUMNS

Values = dict[str, Any]
_REQUESTS = f"SELECT report_id, outcome, {', '.join(REQUESTER_COLUMNS)} FROM requests ORDER BY report_id"  # noqa: S608  # our columns
_REMEDIES = f"SELECT report_id, {', '.join(REMEDY_COLUMNS)} FROM remedies ORDER BY report_id"  # noqa: S608  # our columns
_PROACTIVE = "SELECT report_id, indicator, value FROM proactive ORDER BY report_id"
_REMEDY_NAMES = tuple(f"remedies.cases.{column}" for column in REMEDY_COLUMNS)
# In the order of ids, as the figures come.
_REPORTS = """
SELECT r.id, r.report_key, a.name, a.region_code, g.name, r.year, r.form
FROM reports r JOIN agencies a ON a.id = r.agency_id LEFT JOIN regions g ON g.code = a.region_code ORDER BY r.id
"""


def figures_read(db: Database) -> Iterator[tuple[int, Values]]:
    """Every report that has figures, in the order of ids, with these as they were read."""
    readers: tuple[tuple[str, Callable[[tuple[Any, ...]], Mapping[str, Any]]], ...] = (
        (_REQUESTS, lambda row: dict(zip(_request_names(row[1]), row[2:], strict=True))),
        (_REMEDIES, lambda row: dict(zip(_REMEDY_NAMES, row[1:], strict=True))),
        (_PROACTIVE, lambda row: {row[1]: row[2]}),
    )
    streams = [(groupby(db.execute(query), key=itemgetter(0)), read) for query, read in readers]
    heads = [next(stream, None) for stream, _ in streams]
    while reports := [head[0] for head in heads if head is not None]:
        report_id, values = min(reports), dict[str, Any]()
        for at, (stream, read) in enumerate(streams):
            head = heads[at]
            if head is not None and head[0] == report_id:
                for row in head[1]:
                    values |= read(row)
                heads[at] = next(stream, None)
        yield report_id, values


def corrections_in_force(db: Database) -> dict[int, Values]:
    """What people say that cells hold, by report."""
    found: dict[int, Values] = {}
    for report_id, indicator, value in db.execute(
        """SELECT r.id, c.indicator, c.value FROM corrections c JOIN reports r ON r.report_key = c.report_key
        WHERE c.lapsed IS NULL"""
    ):
        found.setdefault(report_id, {})[indicator] = value
    return found


def long_rows(db: Database) -> Iterator[tuple[Any, ...]]:
    """The rows of the view `figures` without its first column, much faster than by the view: a report at a time."""
    corrections = corrections_in_force(db)
    forms: dict[str | None, set[str]] = {}
    for form, indicator in db.execute("SELECT form, id FROM indicators"):
        forms.setdefault(form, set()).add(indicator)
    figures = figures_read(db)
    following = next(figures, None)
    for report_id, *facts in db.execute(_REPORTS):
        if following is None or following[0] != report_id:
            continue
        values, following = following[1], next(figures, None)
        corrected = corrections.get(report_id, {})
        known = forms.get(facts[-1], set())
        for indicator, value in values.items():
            if indicator in corrected:
                yield (*facts, indicator, corrected[indicator], value, 1)
            elif indicator in known or not indicator.startswith(("requests.", "remedies.")):
                yield (*facts, indicator, value, value, 0)


@cache
def _request_names(outcome: str) -> tuple[str, ...]:
    return tuple(f"requests.{outcome}.{column}" for column in REQUESTER_COLUMNS)
