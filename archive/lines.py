"""Agencies that were renamed, merged or split: which names are one agency's, so that its years stand in one line.

A rename keeps the line. A merger or a split ends it: the figures before and after are of different bodies. What people
know stands in successions.csv. A listing of one agency whose reports change their name from one year to the next,
within a region and a field, shows a rename by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.handwritten import lines

SUCCESSIONS = Path(__file__).with_name("successions.csv")
HEADER = ("earlier", "later", "kind", "since", "source")
KINDS = ("renamed", "merged", "split")

_GIVEN = """
SELECT r.source_id, a.id, a.key, a.region_code, a.kind, a.field, min(r.year) AS first, max(r.year) AS last
FROM reports r JOIN sources s ON s.id = r.source_id AND s.agency IS NOT NULL JOIN agencies a ON a.id = r.agency_id
GROUP BY r.source_id, a.id ORDER BY r.source_id, first
"""


def assign_lines(db: Database, known: Path) -> None:
    """Fills `successions` and `agencies.line`: the agency under whose newest name all its names stand.

    `known` has the heading earlier,later,kind,since,source, agencies by their keys. Raises ArchiveError for a slip.
    """
    db.execute("DELETE FROM successions")
    db.table("successions").insert_all([*_known(known), *_observed(db)], ignore=True)
    ids = {key: agency_id for agency_id, key in db.execute("SELECT id, key FROM agencies")}
    follows = {
        ids[earlier]: ids[later]
        for earlier, later in db.execute("SELECT earlier, later FROM successions WHERE kind = 'renamed' ORDER BY since")
        if earlier in ids and later in ids
    }
    db.execute("UPDATE agencies SET line = id WHERE line IS NOT id")
    for agency_id in follows:
        db.execute("UPDATE agencies SET line = ? WHERE id = ?", [_last(agency_id, follows), agency_id])


def _last(agency_id: int, follows: dict[int, int]) -> int:
    seen = {agency_id}
    while (agency_id := follows.get(agency_id, agency_id)) not in seen:
        seen.add(agency_id)
    return agency_id


def _known(path: Path) -> Iterator[dict[str, str | int]]:
    for where, line in lines(path, HEADER):
        if line["kind"] not in KINDS:
            raise ArchiveError(f"{where}: the kind {line['kind']!r} must be one of {', '.join(KINDS)}.")
        if not (line["since"].isdecimal() and len(line["since"]) == 4):
            raise ArchiveError(f"{where}: since {line['since']!r} must be the first year of the later name.")
        if not line["earlier"] or not line["later"] or line["earlier"] == line["later"] or not line["source"]:
            raise ArchiveError(f"{where}: name two different agencies by their keys, and where this is known from.")
        yield line | {"since": int(line["since"])}


def _observed(db: Database) -> Iterator[dict[str, str | int]]:
    for source_id, given in groupby(db.query(_GIVEN), key=itemgetter("source_id")):
        for earlier, later in pairwise(given):
            alike = all(earlier[fact] == later[fact] for fact in ("region_code", "kind", "field"))
            if alike and earlier["field"] not in (None, "other") and earlier["last"] < later["first"]:
                names = {"earlier": earlier["key"], "later": later["key"]}
                yield names | {"kind": "renamed", "since": later["first"], "source": f"listing {source_id}"}
