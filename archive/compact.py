"""Texts that very many rows share, each stored once under a number: the names of cells, and the layouts of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from archive.places import Packed, pack, unpack_first_release

# A name of thirty letters a cell, in the table and in its index, weighed more than all other figures together.
CELLS = """
CREATE TABLE indicator_names (id INTEGER PRIMARY KEY, indicator TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE proactive_cells (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    indicator_id INTEGER NOT NULL REFERENCES indicator_names(id),
    value ANY,
    PRIMARY KEY (report_id, indicator_id)
) STRICT, WITHOUT ROWID;
INSERT INTO indicator_names (indicator) SELECT DISTINCT indicator FROM proactive ORDER BY indicator;
INSERT INTO proactive_cells
SELECT p.report_id, n.id, p.value FROM proactive p JOIN indicator_names n ON n.indicator = p.indicator;
DROP TABLE proactive;
CREATE INDEX proactive_cells_by_indicator ON proactive_cells(indicator_id, value);
CREATE VIEW proactive AS
SELECT c.report_id, n.indicator, c.value FROM proactive_cells c JOIN indicator_names n ON n.id = c.indicator_id;
"""
LAYOUTS = """
CREATE TABLE layouts (id INTEGER PRIMARY KEY, layout TEXT NOT NULL UNIQUE) STRICT;
ALTER TABLE evidence ADD COLUMN layout_id INTEGER REFERENCES layouts(id);
"""
_NUMBERED = {
    "proactive": ("proactive_cells", "indicator_names", "indicator"),
    "evidence": ("evidence", "layouts", "layout"),
}


def compacted(db: Database, table: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """The table that holds rows, and these with the numbers of the texts that they share, put there if they are new."""
    if table not in _NUMBERED:
        return table, [dict(row) for row in rows]
    holder, texts, column = _NUMBERED[table]
    shared = dict.fromkeys(row[column] for row in rows)
    marks = ", ".join("?" * len(shared))
    asked = f"SELECT {column}, id FROM {texts} WHERE {column} IN ({marks})"  # noqa: S608  # our own names
    numbers = dict(db.execute(asked, list(shared)).fetchall())
    numbers |= {text: number_of(db, texts, column, text) for text in shared if text not in numbers}
    return holder, [
        {name: value for name, value in row.items() if name != column} | {f"{column}_id": numbers[row[column]]}
        for row in rows
    ]


def number_of(db: Database, texts: str, column: str, text: str) -> int:
    """The number of a text in the table of texts, where it is put if it is new."""
    asked = f"SELECT id FROM {texts} WHERE {column} = ?"  # noqa: S608  # our own names
    if (found := db.execute(asked, [text]).fetchone()) is None:
        db.execute(f"INSERT INTO {texts} ({column}) VALUES (?)", [text])  # noqa: S608  # our own names
        found = db.execute(asked, [text]).fetchone()
    return int(found[0])


def compact_places(db: Database) -> None:
    """Carries the places of an older archive over to layouts."""
    db.executescript(LAYOUTS)
    for report_id, table, places in db.execute('SELECT report_id, "table", places FROM evidence').fetchall():
        packed: Packed = pack(unpack_first_release(places))
        db.execute(
            'UPDATE evidence SET places = ?, layout_id = ? WHERE report_id = ? AND "table" = ?',
            [packed.places, number_of(db, "layouts", "layout", packed.layout), report_id, table],
        )
