"""Reads one report from the archive, as its page shows it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from portal.forms import FailedRule, ShownFigure, tables
from portal.queries import dictionary
from portal.queries import report as queries

# Section three and four are tables of their own; every other table of the forms belongs to section two.
OWN_SECTIONS = ("requests", "remedies")


async def read_report(database: Any, key: str) -> dict[str, Any] | None:
    """Everything the report page shows; None where there is no report of that key."""
    report = (await database.execute(queries.REPORT, {"key": key})).first()
    if report is None:
        return None

    async def rows(sql: str, **more: Any) -> list[Any]:
        return list((await database.execute(sql, {"report": report["id"], **more})).rows)

    notes = {row["indicator"]: row for row in await rows(queries.CELL_NOTES)}
    figures = {row["indicator"]: _figure(row, notes.get(row["indicator"])) for row in await rows(queries.FIGURES)}
    for indicator, note in notes.items():
        figures.setdefault(indicator, ShownFigure(indicator, note["kind"], raw=note["raw"], unit=note["unit"]))
    checks = await rows(queries.CHECKS)
    noticed = [
        FailedRule(row["rule"], row["scope"] or "", row["left"], row["right"], row["severity"], row["explanation"])
        for row in checks
        if row["result"] == "fail"
    ]
    # Only equations printed in the form can fail to hold; all else that was noticed is worth a question (H, M, L).
    failed = [rule for rule in noticed if rule.severity == "H"]
    form = list((await database.execute(dictionary.FORM, {"form": report["form"]})).rows)
    results: Counter[str] = Counter()
    for row in checks:
        results[row["result"]] += row["tally"]
    scopes = {row["table"]: row["scope"] for row in await rows(queries.TABLE_SCOPES)}
    return {
        "report": report,
        "tables": tables(form, {name: figure for name, figure in figures.items() if figure}, failed),
        "own_sections": OWN_SECTIONS,
        "evident": scopes.keys(),
        "table_scopes": {table: scope for table, scope in scopes.items() if scope != report["scope"]},
        "failed": failed,
        "leads": [rule for rule in noticed if rule.severity != "H"],
        "results": results,
        "indicator_names": {row["id"]: f"{row['row_zh']}，{row['col_zh']}" for row in form},
        "line_names": _line_names(form),
        "sections": await rows(queries.SECTIONS),
        "other_tables": [
            {**row, "rows": json.loads(row["rows"])} for row in map(dict, await rows(queries.OTHER_TABLES))
        ],
        "claims": await rows(queries.CLAIMS),
        "problems": await rows(queries.PROBLEMS),
        "revisions": await rows(queries.REVISIONS),
        "snapshots": await rows(queries.SNAPSHOTS, version=report["version"]),
    }


def _figure(row: Any, note: Any) -> ShownFigure | None:
    """A cell as the report fills it; None where the document has no such cell (its row was read, the cell was not)."""
    if note is None and row["value"] is None and not row["corrected"]:
        return None
    kind = note["kind"] if note else "number"
    if row["corrected"] and row["value"] is not None:
        kind = "number"
    return ShownFigure(
        row["indicator"],
        kind,
        value=row["value"],
        raw=note["raw"] if note else None,
        unit=note["unit"] if note else None,
        note=note["note"] if note else None,
        corrected=bool(row["corrected"]),
        read_value=row["read_value"],
    )


def _line_names(form: list[Any]) -> dict[str, str]:
    """What rows and columns that a rule may name are called."""
    names: dict[str, str] = {}
    for row in form:
        names.setdefault(row["row"], row["row_zh"].split("/")[-1])
        names.setdefault(row["column"], row["col_zh"].replace("/", " "))
    return names
