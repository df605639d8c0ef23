"""A region's reports as one Excel workbook, a sheet a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from sqlite_utils import Database

from archive.extracts.tables import EXTRACTS

SHEETS = ("figures-wide", "reports", "requests", "remedies", "proactive", "checks", "agencies")
WHOLE = ("dictionary", "measures")
MOST_ROWS = 1_048_575  # below the heading


def write_workbook(db: Database, prefix: str, about: list[str], path: Path) -> int:
    """Writes the workbook of the regions whose code begins with `prefix`; returns its rows without the headings.

    The first sheet says what this is (`about`). A text is a text, also where it begins like a formula.
    """
    book = Workbook(write_only=True)
    first = book.create_sheet("about")
    for line in about:
        first.append(_cells(first, [line]))
    rows = 0
    for extract in EXTRACTS:
        if extract.name not in (*SHEETS, *WHOLE):
            continue
        query = f"SELECT * FROM ({extract.query})"  # noqa: S608  # our own queries
        if extract.name in SHEETS:
            query += f" WHERE region_code >= '{prefix.ljust(6, '0')}' AND region_code <= '{prefix.ljust(6, '9')}'"
        cursor = db.execute(f"{query} LIMIT {MOST_ROWS}")
        sheet = book.create_sheet(extract.name)
        sheet.freeze_panes = "A2"
        sheet.append(_cells(sheet, [name for name, *_ in cursor.description]))
        for row in cursor:
            sheet.append(_cells(sheet, row))
            rows += 1
    book.save(path)
    return rows


def _cells(sheet: Any, row: Any) -> list[Any]:
    return [_text(sheet, value) if isinstance(value, str) else value for value in row]


def _text(sheet: Any, value: str) -> Any:
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not value.startswith("="):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
