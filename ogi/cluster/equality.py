"""Compares two archives row by row: the same tables hold the same rows, whatever numbers and moments they bear.

`python -m ogi.cluster.equality ONE.db OTHER.db` prints a line a table, and rows that only one of them has.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.opening import open_published
from ogi.terminal import say

# What a row is called by the rows that refer to it, where that is a number of this archive only.
_NAMES = {
    "agencies": "key",
    "indicator_names": "indicator",
    "layouts": "layout",
    "reports": "report_key",
    "runs": "(SELECT count(*) FROM runs r WHERE r.id <= runs.id)",
    "sections": "(SELECT report_key FROM reports WHERE id = report_id) || ' ' || number || ' ' || heading",
    "snapshots": "request_key || ' ' || sha256 || ' ' || status",
}
# When something was done; where in which file it was kept; and which comes first of what ranks the same.
_INCIDENTAL = frozenset(
    ("ended", "fetched", "first_seen", "last_seen", "noticed", "offset", "place", "started", "warc")
)
# What a run's summary says of how its work was done, and not of what came of it.
_WORK = frozenset(("bytes", "ended", "not_modified", "responses", "started"))
# The program's own, and those of the full text index.
_INNER = ("_sqlite", "sqlite_", "search_index")
_SHOWN = 3

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a table differs: the number of rows of each archive, and the rows that only one of them has."""

    table: str
    rows: tuple[int, int]
    only_one: list[Row]
    only_other: list[Row]

    @property
    def equal(self) -> bool:
        """Whether it does not."""
        return not (self.only_one or self.only_other)


def differences(one: Path, other: Path) -> list[Difference]:
    """What two archives, working or published, have in common and what not, table by table.

    Raises ArchiveError where one of them is none.
    """
    with closing(open_published(one)) as first, closing(open_published(other)) as second:
        found = []
        for table in sorted(_tables(first) | _tables(second)):
            ours, theirs = Counter(_rows(first, table)), Counter(_rows(second, table))
            counts = (ours.total(), theirs.total())
            found.append(Difference(table, counts, [*(ours - theirs).elements()], [*(theirs - ours).elements()]))
        return found


def _tables(db: Database) -> set[str]:
    return {name for name in db.table_names() if not name.startswith(_INNER)}


def _rows(db: Database, table: str) -> Iterator[Row]:
    """The rows of a table with the names of what they refer to in the place of numbers."""
    if table not in _tables(db):
        return
    parents = {key.column: key.other_table for key in db.table(table).foreign_keys}
    names = {parent: _names(db, parent) for parent in set(parents.values()) & set(_NAMES)}
    shown = [
        column.name
        for column in db.table(table).columns
        if column.name not in _INCIDENTAL and not (column.name == "id" and column.type == "INTEGER")
    ]
    for row in db.query(f'SELECT * FROM "{table}"'):  # noqa: S608  # a name that the database gave
        yield tuple(_said(db, column, names.get(parents.get(column, ""), {}), row[column]) for column in shown)


def _names(db: Database, table: str) -> dict[Any, Any]:
    return dict(db.execute(f'SELECT id, {_NAMES[table]} FROM "{table}"').fetchall())  # noqa: S608  # our own names


def _said(db: Database, column: str, names: dict[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if column == "withdrawn":
        return True
    if column == "elsewhere":
        snapshots = _names(db, "snapshots")
        return json.dumps({cell: snapshots[number] for cell, number in json.loads(value).items()}, sort_keys=True)
    if column == "summary":
        told = {name: said for name, said in json.loads(value).items() if name not in _WORK}
        return json.dumps(told, sort_keys=True, ensure_ascii=False)
    if isinstance(value, float):
        return float(f"{value:.12g}")  # sums depend on the order of what is added up
    return names.get(value, value)


def main(one: str, other: str) -> int:
    """Prints the comparison; returns 0 where the archives are equal."""
    try:
        found = differences(Path(one), Path(other))
    except ArchiveError as error:
        say(f"ogi: {error}", err=True)
        return 2
    for each in found:
        say(f"{each.table:22} {each.rows[0]:>9,} {each.rows[1]:>9,}  {'equal' if each.equal else 'DIFFERENT'}")
        for sign, rows in (("-", each.only_one), ("+", each.only_other)):
            for row in rows[:_SHOWN]:
                say(f"  {sign} {str(row)[:400]}")
    different = sum(not each.equal for each in found)
    total = sum(each.rows[0] for each in found)
    say(f"{len(found)} tables, {total:,} rows: {'all equal' if not different else f'{different} tables differ'}.")
    return 1 if different else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m ogi.cluster.equality ONE.db OTHER.db")
    sys.exit(main(*sys.argv[1:]))
