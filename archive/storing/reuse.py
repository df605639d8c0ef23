"""How much of a report's text stands in last year's report already, section by section."""

from __future__ import annotations

import re

from sqlite_utils import Database

SECTIONS = (1, 5, 6)  # the sections that an agency writes itself: overview, problems, other matters
SHINGLE = 4  # characters: about two words
SHORTEST = 100  # characters: what is shorter is a set phrase, the same every year and everywhere

_WORDS = re.compile(r"[\W\d_]+")
# Cross joins keep the order: without statistics SQLite would look for last year's reports by the year alone.
_PAIRS = """
SELECT later.id, max(earlier.id)
FROM reports later CROSS JOIN agencies a ON a.id = later.agency_id CROSS JOIN agencies b ON b.line = a.line
CROSS JOIN reports earlier ON earlier.agency_id = b.id AND earlier.year = later.year - 1 AND earlier.scope = later.scope
LEFT JOIN text_reuse t ON t.report_id = later.id AND t.earlier_id = earlier.id
WHERE t.report_id IS NULL GROUP BY later.id
"""
_TEXTS = "SELECT number, group_concat(text) FROM sections WHERE report_id = ? GROUP BY number"


def measure_reuse(db: Database) -> int:
    """Brings the table `text_reuse` to the reports as they stand; returns how many pairs were compared anew."""
    pairs = db.execute(_PAIRS).fetchall()
    for later, earlier in pairs:
        now, before = (dict(db.execute(_TEXTS, [report_id]).fetchall()) for report_id in (later, earlier))
        shares = [similarity(now.get(section, ""), before.get(section, "")) for section in SECTIONS]
        db.execute("INSERT OR REPLACE INTO text_reuse VALUES (?, ?, ?, ?, ?)", [later, earlier, *shares])
    return len(pairs)


def forget_reuse(db: Database, report_id: int) -> None:
    """Takes back what was measured on a report that has changed."""
    db.execute("DELETE FROM text_reuse WHERE report_id = :id OR earlier_id = :id", {"id": report_id})


def similarity(now: str, before: str) -> float | None:
    """The share of a text's shingles, numbers left aside, that stand in another; None where either is too short."""
    one, other = _WORDS.sub("", now), _WORDS.sub("", before)
    if min(len(one), len(other)) < SHORTEST:
        return None
    shingles = _shingles(one)
    return len(shingles & _shingles(other)) / len(shingles)


def _shingles(text: str) -> set[str]:
    return {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}
