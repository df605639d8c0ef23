"""The reference tables: the dictionary of indicators, and the administrative divisions that the archive speaks of."""

from __future__ import annotations

from dataclasses import asdict

from sqlite_utils import Database

from archive.tables.series import fill_series
from parsers.forms import forms
from parsers.identity.regions import regions


def fill_indicators(db: Database) -> None:
    """Brings the tables `indicators` and `series` to what the forms say, leaving every row that already says it."""
    known = {(row["id"], row["form"]): row for row in db.table("indicators").rows}
    wanted = {
        (indicator.id, indicator.form): {
            "id": indicator.id,
            "form": indicator.form,
            "table": indicator.table,
            "row": indicator.row,
            "column": indicator.column,
            "position": position,
            "table_zh": form.table(indicator.table).title,
            "row_zh": indicator.row_zh,
            "col_zh": indicator.col_zh,
            "label_en": indicator.label_en,
            "unit": indicator.unit,
            "dtype": indicator.dtype,
            "since": indicator.since,
            "until": indicator.until,
            "comparable_to": indicator.comparable_to,
            "comparability": indicator.comparability,
            "note": indicator.note,
        }
        for form in forms().values()
        for position, indicator in enumerate(form.indicators(), start=1)
    }
    if known == wanted and db.table("series").count:
        return
    with db.atomic():
        fill_series(db)
        db.execute("DELETE FROM indicators")
        db.table("indicators").insert_all(wanted.values())


def ensure_region(db: Database, code: str | None, name: str | None = None) -> None:
    """Puts a division and those it belongs to into `regions`, unless they are there.

    The archive holds the divisions that it speaks of, not the whole list. A code that is not in the list is kept with
    the name that the document gave it.
    """
    if code is None or db.execute("SELECT 1 FROM regions WHERE code = ?", [code]).fetchone():
        return
    region = regions().get(code)
    row: dict[str, str | None] = {"code": code, "name": name or code}
    if region is not None:
        ensure_region(db, region.parent or None)
        row = asdict(region) | {"parent": region.parent or None}
    db.table("regions").insert(row)
