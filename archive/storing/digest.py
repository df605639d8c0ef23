"""The digest of all that a report says, and nothing of where on the page it says so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from parsers.model import Check, Figure, Report

# As every archive has stored it: another order or spacing would make each report there is look changed.
compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

_of_figure = itemgetter(*map(Figure._fields.index, ("value", "kind", "raw", "unit", "note", "method")))


def content_sha256(report: Report) -> str:
    """The digest of a report's JSON, in the order of names, without the places of figures and problems."""
    said = replace(report, figures={}, checks=(), problems=()).to_json()
    said["problems"] = [{"code": problem.code, "message": problem.message} for problem in report.problems]
    said["table_scopes"] = dict(report.table_scopes)
    parts = {name: compact(value) for name, value in said.items()}
    # Of two hundred figures and fifty checks most are of small numbers, which need not be written out each time.
    figures = {name: _figure(_of_figure(figure)) for name, figure in report.figures.items()}
    parts["figures"] = _object(figures)
    parts["checks"] = f"[{','.join(map(_check, report.checks))}]"
    return hashlib.sha256(_object(parts).encode()).hexdigest()


def _object(parts: Mapping[str, str]) -> str:
    """JSON of members that are JSON already; their names are our own, letters and dots."""
    members = ",".join([f'"{name}":{parts[name]}' for name in sorted(parts)])
    return f"{{{members}}}"


@lru_cache(maxsize=16384)
def _figure(said: tuple[Any, ...]) -> str:
    value, kind, raw, *rest = said
    shown = Figure(value, kind, raw, "", "", *rest).to_json()
    del shown["at"]
    return compact(shown)


@lru_cache(maxsize=16384)
def _check(check: Check) -> str:
    return compact(check.to_json())
