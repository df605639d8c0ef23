"""Repairs of our own misreadings, which people keep in corrections.csv; never of the source's mistakes.

A correction lapses when the source changes the cell, or when a better parser reads it otherwise: then whoever made it
has to look again. It does not come back when the file is read again; a line with a later date does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.handwritten import day, lines
from parsers.forms import Indicator, forms

CORRECTIONS = Path(__file__).with_name("corrections.csv")
HEADER = ("report_key", "indicator", "value", "who", "why", "date")

_LAPSED = """
UPDATE corrections SET lapsed = (
    SELECT min(v.noticed) FROM revisions v JOIN reports r ON r.id = v.report_id
    WHERE r.report_key = corrections.report_key AND v.indicator = corrections.indicator
        AND substr(v.noticed, 1, 10) > corrections."when"
) WHERE lapsed IS NULL
"""
_DIGEST = """
UPDATE corrections SET snapshot_sha256 = (
    SELECT s.sha256 FROM reports r JOIN evidence e ON e.report_id = r.id
        AND e."table" = substr(corrections.indicator, 1, instr(corrections.indicator, '.') - 1)
    JOIN snapshots s ON s.id = coalesce(
        json_extract(e.elsewhere, '$."' || substr(corrections.indicator, instr(corrections.indicator, '.') + 1) || '"'),
        e.snapshot_id
    ) WHERE r.report_key = corrections.report_key
) WHERE snapshot_sha256 IS NULL
"""


def apply_corrections(db: Database, path: Path) -> None:
    """Brings the table `corrections` to what the file says; those of a report that is not there yet wait for it.

    A line that was taken out of the file is in force no more. Raises ArchiveError for a slip.
    """
    wanted = list(_read(path))
    keys = {(row["report_key"], row["indicator"], row["when"]) for row in wanted}
    known = {tuple(row) for row in db.execute('SELECT report_key, indicator, "when" FROM corrections')}
    for gone in known - keys:
        db.execute('DELETE FROM corrections WHERE report_key = ? AND indicator = ? AND "when" = ?', gone)
    for row in wanted:
        db.execute(
            """UPDATE corrections SET lapsed = :when WHERE report_key = :report_key AND indicator = :indicator
            AND "when" < :when AND lapsed IS NULL""",
            row,
        )
        db.execute(
            """INSERT INTO corrections (report_key, indicator, value, who, why, "when")
            VALUES (:report_key, :indicator, :value, :who, :why, :when)
            ON CONFLICT DO UPDATE SET value = :value, who = :who, why = :why""",
            row,
        )
    db.execute(_LAPSED)
    db.execute(_DIGEST)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    """Every correction of the file, those of a cell in the order of their dates."""
    seen: set[tuple[str, str, str]] = set()
    for where, line in sorted(lines(path, HEADER), key=lambda found: found[1]["date"]):
        indicator = _indicators().get(line["indicator"])
        if indicator is None:
            raise ArchiveError(f"{where}: no form has the indicator {line['indicator']!r}.")
        if not line["report_key"] or not line["who"] or not line["why"]:
            raise ArchiveError(f"{where}: report_key, who and why must be filled in.")
        when = day(where, line["date"])
        key = (line["report_key"], line["indicator"], when)
        if key in seen:
            raise ArchiveError(f"{where}: this cell is corrected twice on {when}; keep one of the two lines.")
        seen.add(key)
        yield {name: line[name] for name in ("report_key", "indicator", "who", "why")} | {
            "value": _value(where, line["value"], indicator),
            "when": when,
        }


def _indicators() -> dict[str, Indicator]:
    return {indicator.id: indicator for form in forms().values() for indicator in form.indicators()}


def _value(where: str, text: str, indicator: Indicator) -> int | float | None:
    """The number that the cell says; None where it holds none."""
    if not text:
        return None
    try:
        return float(text) if indicator.dtype == "decimal" else int(text)
    except ValueError as error:
        kind = "number" if indicator.dtype == "decimal" else "whole number"
        raise ArchiveError(f"{where}: the value {text!r} must be a {kind}, or empty for a cell without one.") from error
