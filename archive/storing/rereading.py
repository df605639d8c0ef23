"""What `ogi reparse` reads again: the kept documents of every report, of every copy, and those that were no report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sqlite_utils import Database

from archive.kept.warc import KeptResponse, Place, read_record
from archive.storing.reading import Reading
from parsers.model import SourceHint

COMMAND = "reparse"

# An item is read under the number of its first snapshot, in that order, so that a stopped run goes on where it was.
# A report's page comes before its attachments. What the listing said is said again where nothing else did.
_ITEMS = """
SELECT * FROM (
    SELECT r.snapshot_id AS item, l.snapshot_id, l.role, r.url, r.source_id, r.title,
        iif(r.published_source = 'listing', r.published, NULL) AS published
    FROM reports r JOIN report_snapshots l ON l.report_id = r.id AND l.version = r.version AND l.role <> 'copy'
    WHERE r.snapshot_id > :after
    UNION ALL
    SELECT l.snapshot_id, l.snapshot_id, 'article', s.url, l.source_id, NULL, NULL
    FROM report_snapshots l JOIN snapshots s ON s.id = l.snapshot_id
    JOIN reports r ON r.id = l.report_id AND r.version = l.version
    WHERE l.role = 'copy' AND l.snapshot_id > :after
    UNION ALL
    SELECT DISTINCT p.snapshot_id, p.snapshot_id, 'article', s.url, p.source_id, NULL, NULL
    FROM problems p JOIN snapshots s ON s.id = p.snapshot_id
    WHERE p.report_id IS NULL AND p.source_id IS NOT NULL AND p.snapshot_id > :after
)
ORDER BY item, url, role <> 'article', snapshot_id
"""


@dataclass(frozen=True, slots=True)
class Item:
    """Documents that were read together as one report, and what the registry and the listing said of them.

    `number` orders the items; `snapshots` are the kept responses with their roles, the page first.
    """

    number: int
    url: str
    source_id: str
    snapshots: tuple[tuple[int, str], ...]
    hint: SourceHint


Reread = tuple[Item, tuple[Reading, list[int]] | str]
"""An item, its reading and the ranks of the documents that this is of, or why these could not be read back."""

Rereader = Callable[[Database, Path, list[Item]], Iterator[Reread]]
"""What reads: the database, the directory of the WARC files, the items; gives these in their order."""


def items(db: Database, after: int = 0) -> list[Item]:
    """Everything to read again whose number is greater than `after`, in the order of the numbers."""
    registry = {row["id"]: row for row in db.query("SELECT id, region_code, agency FROM sources")}
    found = []
    rows = db.query(_ITEMS, {"after": after})
    for (number, url), group in groupby(rows, key=itemgetter("item", "url")):
        lines = list(group)
        source = registry[lines[0]["source_id"]]
        hint = SourceHint(source["region_code"], source["agency"], lines[0]["title"], lines[0]["published"])
        links = tuple((line["snapshot_id"], line["role"]) for line in lines)
        found.append(Item(number, url, source["id"], links, hint))
    return found


def places(db: Database, item: Item) -> list[Place]:
    """Where the kept responses of an item are, in the order of its snapshots."""
    return [
        Place(*db.execute('SELECT warc, "offset" FROM snapshots WHERE id = ?', [snapshot_id]).fetchone())
        for snapshot_id, _ in item.snapshots
    ]


def documents(db: Database, warc: Path, item: Item) -> Iterator[KeptResponse]:
    """The kept responses of an item, in the order of its snapshots. Raises ArchiveError for a damaged record."""
    return (read_record(warc, *place) for place in places(db, item))


def unfinished(db: Database, reader: str) -> tuple[int, int]:
    """The run that stopped before its end with the same reader, and the number that it reached; (0, 0) for none."""
    row = db.execute(
        "SELECT id, finished, summary FROM runs WHERE command = ? ORDER BY id DESC LIMIT 1", [COMMAND]
    ).fetchone()
    said = json.loads(row[2] or "{}") if row else {}
    return (row[0], said["reached"]) if row and not row[1] and said.get("reader") == reader else (0, 0)


def note_progress(db: Database, run_id: int, reader: str, reached: int) -> None:
    """Writes down how far a run has come, within the caller's transaction or in one of its own."""
    with db.atomic():
        db.table("runs").update(run_id, {"summary": json.dumps({"reader": reader, "reached": reached})})
