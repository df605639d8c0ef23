"""Texts that very many rows share, each stored once under a number: the names of cells, and the layouts of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from archive.tables.places import Packed, pack, unpack_first_release

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
_TEXTS = {"indicator_names": "indicator", "layouts": "layout"}
_NUMBERED = {"proactive_cells": "indicator_names", "evidence": "layouts"}
_MOST = 10_000  # layouts are kept in mind: of a thousand letters each


class Numbers:
    """The numbers of the texts that rows share, which are asked for once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, dict[str, int]] = {texts: {} for texts in _TEXTS}
        self._last = dict.fromkeys(_TEXTS, 0)

    def numbered(self, table: str, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        """Rows of a table with the number of a text in place of it, where their first value is one that rows share.

        A text that is new is put there, within the caller's transaction.
        """
        if (texts := _NUMBERED.get(table)) is None:
            return rows
        known = self._known[texts]
        # A transaction that was undone has taken its texts with it, and their numbers go to others.
        if self._last[texts] != self._last_of(texts) or len(known) > _MOST:
            known.clear()
        if new := dict.fromkeys(text for text, *_ in rows if text not in known):
            known.update((text, number_of(self._db, texts, _TEXTS[texts], text)) for text in new)
            self._last[texts] = self._last_of(texts)
        return [(known[text], *rest) for text, *rest in rows]

    def _last_of(self, texts: str) -> int:
        found = self._db.execute(f"SELECT max(id) FROM {texts}").fetchone()  # noqa: S608  # our own names
        return int(found[0] or 0)


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
