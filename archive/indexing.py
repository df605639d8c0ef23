"""Keeps the full text index of the working archive up with its texts: only those that are new are worked at.

A text's number in the index is the day of its report's publication times a million, and a count: reading the index
backwards gives the newest first without sorting. A text that has gone stays in the index, where nothing leads from it
any more, until a fifth of the index is such.
"""

from __future__ import annotations

from sqlite_utils import Database

from archive.search import spaced

DAY = 1 << 20  # more texts than one day brings
MOST_GONE = 0.2

TABLES = """
DROP TABLE IF EXISTS search_texts;
DROP TABLE IF EXISTS search_index;
CREATE TABLE search_texts (
    id INTEGER PRIMARY KEY,
    section_id INTEGER NOT NULL UNIQUE REFERENCES sections(id)
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5(words, facts, content = '', tokenize = "unicode61 remove_diacritics 0");
"""
# What has no date is older than all that has one.
_FRESH = f"""
CREATE TEMP TABLE fresh (number INTEGER PRIMARY KEY, section_id INTEGER NOT NULL);
INSERT INTO fresh
SELECT coalesce((SELECT max(id) + 1 FROM search_index_docsize WHERE id >= day * {DAY} AND id < (day + 1) * {DAY}),
        day * {DAY}) + row_number() OVER (PARTITION BY day ORDER BY report, number, section) - 1, section
FROM (
    SELECT s.id AS section, s.number, r.id AS report,
        1 + max(coalesce(CAST(julianday(r.published) - 2440587.5 AS INTEGER), 0), 0) AS day
    FROM sections s JOIN reports r ON r.id = s.report_id
    WHERE NOT EXISTS (SELECT 1 FROM search_texts t WHERE t.section_id = s.id)
);
INSERT INTO search_texts (id, section_id) SELECT number, section_id FROM fresh;
"""  # noqa: S608  # our own number
_TEXTS = """
SELECT f.number, s.heading || '。' || s.text, r.year, coalesce(a.region_code, '')
FROM fresh f CROSS JOIN sections s ON s.id = f.section_id JOIN reports r ON r.id = s.report_id
JOIN agencies a ON a.id = r.agency_id ORDER BY f.number
"""


def keep_index(db: Database) -> int:
    """Puts every text that is not there into the index, within the caller's transaction; returns how many these are.

    Claims are sentences of sections, so that they are found too.
    """
    (held,), (ever,) = (
        db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # the names beside it
        for table in ("search_texts", "search_index_docsize")
    )
    if ever - held > MOST_GONE * held:
        db.executescript(TABLES)
    db.executescript(_FRESH)
    rows = ((number, spaced(text), _facts(year, region)) for number, text, year, region in db.execute(_TEXTS))
    db.conn.executemany("INSERT INTO search_index (rowid, words, facts) VALUES (?, ?, ?)", rows)
    (fresh,) = db.execute("SELECT count(*) FROM fresh").fetchone()
    db.execute("DROP TABLE temp.fresh")
    return int(fresh)


def forget_texts(db: Database, report_id: int) -> None:
    """Takes back that the texts of a report are in the index, before they go."""
    db.execute(
        "DELETE FROM search_texts WHERE section_id IN (SELECT id FROM sections WHERE report_id = ?)", [report_id]
    )


def _facts(year: int, region: str) -> str:
    """A year and a division with those above it (GB/T 2260: two digits a level), as words of the index."""
    levels = {region, f"{region[:4]}00", f"{region[:2]}0000"} if region else set()
    return " ".join([f"y{year}", *(f"r{code}" for code in sorted(levels))])
