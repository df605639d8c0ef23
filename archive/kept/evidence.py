"""From a figure back to the kept page: the snapshot, its WARC record, and the cell found again in the kept bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.kept.warc import KeptResponse, read_record
from archive.tables.places import Packed, unpack
from parsers.documents import read_document
from parsers.model import UnreadableError
from parsers.tables.grid import at

# The key and the indicator are asked of the view itself: of a join with `reports`, SQLite would make the whole view.
FIGURE = """
SELECT f.report_id, f.form, f.value, f.read_value, f.corrected, i.row_zh, i.col_zh, n.kind, n.raw
FROM figures f
LEFT JOIN indicators i ON i.id = f.indicator AND i.form = f.form
LEFT JOIN cell_notes n ON n.report_id = f.report_id AND n.indicator = f.indicator
WHERE f.report_key = :key AND f.indicator = :indicator
"""
PLACES = """
SELECT l.layout, e.places, coalesce(json_extract(e.elsewhere, :path), e.snapshot_id)
FROM evidence e JOIN layouts l ON l.id = e.layout_id WHERE e.report_id = :report AND e."table" = :table
"""
_SNAPSHOT = 'SELECT id, url, fetched, content_type, length, sha256, warc, "offset" FROM snapshots WHERE id = ?'


@dataclass(frozen=True, slots=True)
class Page:
    """The kept response that a figure was read in; `offset` is in bytes, `fetched` an ISO time in UTC."""

    snapshot_id: int
    url: str
    fetched: str
    content_type: str | None
    length: int
    sha256: str
    warc: str
    offset: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a figure was read: `raw` is the cell as printed, `at` its place for people, `place` for machines.

    `value` is the figure as shown, `read_value` as read, which differ where a person repaired a misreading of ours.
    """

    report_key: str
    indicator: str
    label: str | None
    value: int | float | None
    read_value: int | float | None
    corrected: bool
    kind: str
    raw: str
    at: str
    place: str
    page: Page | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the kept bytes say: whether they are those that were fetched, and the cell's text as it stands in them.

    `found` is None where the place is not found again; then `why` says what stands there or why nothing can be read.
    """

    whole: bool
    found: str | None
    why: str | None = None


def evidence(db: Database, report_key: str, indicator: str) -> Evidence:
    """Where a figure of the archive was read. Raises ArchiveError for a report or indicator that is not there."""
    row = next(db.query(FIGURE, {"key": report_key, "indicator": indicator}), None)
    table, _, cell = indicator.partition(".")
    place = None
    if row is not None:
        places, snapshot_id = _places(db, row["report_id"], table, cell)
        place = places.get(cell)
    if row is None or place is None:
        raise ArchiveError(_unknown(db, report_key, indicator))
    value = row["read_value"]
    return Evidence(
        report_key=report_key,
        indicator=indicator,
        label=f"{row['row_zh']} · {row['col_zh']}" if row["row_zh"] else None,
        value=row["value"],
        read_value=value,
        corrected=bool(row["corrected"]),
        kind=row["kind"] or ("number" if value else "zero"),
        raw=row["raw"] if row["raw"] is not None else str(value),
        at=place.at,
        place=place.place,
        page=next((Page(*found) for found in db.execute(_SNAPSHOT, [snapshot_id])), None),
    )


def _places(db: Database, report_id: int, table: str, cell: str) -> tuple[dict[str, Any], int | None]:
    asked = {"report": report_id, "table": table, "path": f'$."{cell}"'}
    found = next(db.execute(PLACES, asked), None)
    return ({}, None) if found is None else (unpack(Packed(found[0], found[1])), found[2])


def _unknown(db: Database, report_key: str, indicator: str) -> str:
    if not db.table("reports").count_where("report_key = ?", [report_key]):
        return f"{report_key}: no report of that key is in the archive; `report_key` in the table reports has them."
    if not db.table("indicators").count_where("id = ?", [indicator]):
        return f"{indicator}: no form has this indicator; the table indicators has them."
    return f"{report_key}: this report does not contain the cell {indicator}."


def prove(found: Evidence, warc: Path) -> Proof:
    """Reads the kept page again: verifies its digest and looks for the cell at its place.

    Raises ArchiveError when the record cannot be read.
    """
    if found.page is None:
        return Proof(whole=False, found=None, why="No page was kept for this figure.")
    kept = read_record(warc, found.page.warc, found.page.offset)
    if len(kept.body) != found.page.length or hashlib.sha256(kept.body).hexdigest() != found.page.sha256:
        return Proof(whole=False, found=None, why="The kept bytes are not those that were fetched.")
    try:
        texts = dict(_texts(kept, found))
    except UnreadableError as error:
        return Proof(whole=True, found=None, why=str(error))
    raw = texts.get(found.place)
    if raw is None:
        return Proof(whole=True, found=None, why=f"The reader of today finds no cell at {found.at}.")
    if raw.strip() != found.raw.strip():
        return Proof(whole=True, found=None, why=f"The reader of today finds {raw.strip()!r} there.")
    return Proof(whole=True, found=raw)


def _texts(kept: KeptResponse, found: Evidence) -> Iterator[tuple[str, str]]:
    """The texts of the cells that people would find at the figure's place, by the place for machines."""
    document = read_document(kept.content, kept.content_type, kept.url)
    for table in document.tables:
        for cell in table.cells:
            if at(table.number, cell.row, cell.column) == found.at:
                yield cell.place, cell.text
