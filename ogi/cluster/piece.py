"""The piece of an archive that one shard writes, with a journal of what was done to it, and how that is done again.

The journal's lines are the calls of `archive.store.Archive` that a crawl makes. They name kept responses by what they
are and not by number, so that they can be made on any archive that began as the piece did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

import msgspec

from archive.states import Outcome, SourceState
from archive.store import Archive, Snapshot, Stored
from archive.storing.reading import Reading
from archive.storing.reports import Origin

Document = tuple[str, str, int]  # request key, SHA-256, status: what makes a kept response that one and no other


class KeptLine(msgspec.Struct, tag="kept"):
    """A response was kept."""

    snapshot: Snapshot


class AskedLine(msgspec.Struct, tag="asked"):
    """A host was asked, or has sent bytes."""

    night: str
    host: str
    requests: int
    length: int


class StoredLine(msgspec.Struct, tag="stored"):
    """A reading was stored, with this outcome in the piece."""

    reading: Reading
    source_id: str
    url: str
    documents: list[tuple[Document, str]]
    outcome: Outcome
    once_at: list[str]


class WithdrawnLine(msgspec.Struct, tag="withdrawn"):
    """Pages of a source were found to be gone."""

    source_id: str
    urls: list[str]
    when: str


class VisitedLine(msgspec.Struct, tag="visited"):
    """A source was gone through: its state, and what the account of the run needs of it."""

    source_id: str
    state: SourceState
    evidence: dict[str, Any]
    figures: int
    warnings: list[str]


class EndLine(msgspec.Struct, tag="end"):
    """The shard was gone through. `left` are the sources that led to hosts of other shards."""

    responses: int
    not_modified: int
    bytes: int
    left: list[str]


Line = KeptLine | AskedLine | StoredLine | WithdrawnLine | VisitedLine | EndLine

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Line).decode


def decoded(parcel: bytes) -> list[Line]:
    """The lines of a parcel. Raises msgspec.DecodeError for what no shard of this version wrote."""
    return [_decode(line) for line in parcel.splitlines()]


def encoded(line: Line) -> bytes:
    """A line as it stands in a parcel."""
    return _encode(line) + b"\n"


class Piece(Archive):
    """The working archive of a shard. What is done for a source is due to be brought in when the source is concluded,
    all of it at once; what was kept is due at once."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS journal"
            " (id INTEGER PRIMARY KEY, source_id TEXT, due INTEGER NOT NULL, line BLOB NOT NULL)"
        )

    def keep(self, snapshot: Snapshot) -> int:
        """As in any archive."""
        with self._transaction():
            self._note(KeptLine(snapshot))
            return super().keep(snapshot)

    def note_asked(self, night: str, host: str, *, requests: int = 0, length: int = 0) -> None:
        """As in any archive."""
        with self._transaction():
            self._note(AskedLine(night, host, requests, length))
            super().note_asked(night, host, requests=requests, length=length)

    def store(self, reading: Reading, **origin: Unpack[Origin]) -> Stored:
        """As in any archive."""
        source_id, url, once_at = origin["source_id"], origin["url"], sorted(origin.get("once_at", ()))
        with self._transaction():
            stored = super().store(reading, **origin)
            documents = [(self._document(snapshot_id), role) for snapshot_id, role in origin["snapshots"]]
            self._note(StoredLine(reading, source_id, url, documents, stored.outcome, once_at), source_id)
            return stored

    def withdraw(self, source_id: str, urls: Iterable[str], when: str) -> list[str]:
        """As in any archive."""
        urls = sorted(urls)
        with self._transaction():
            self._note(WithdrawnLine(source_id, urls, when), source_id)
            return super().withdraw(source_id, urls, when)

    def conclude(self, visited: VisitedLine) -> None:
        """What was done for a source is now due."""
        with self._transaction() as db:
            self._note(visited)
            db.execute("UPDATE journal SET due = 1 WHERE source_id = ?", [visited.source_id])

    def end(self, said: EndLine) -> None:
        """The last line."""
        with self._transaction():
            self._note(said)

    def due(self) -> tuple[list[int], bytes]:
        """What is due: the numbers of its lines, and these, one below the other."""
        rows = self.db.execute("SELECT id, line FROM journal WHERE due ORDER BY id").fetchall()
        return [number for number, _ in rows], b"".join(line for _, line in rows)

    def delivered(self, numbers: Iterable[int]) -> None:
        """Takes lines out that were brought to the storage."""
        with self._transaction() as db:
            db.conn.executemany("DELETE FROM journal WHERE id = ?", [(number,) for number in numbers])

    def _note(self, line: Line, source_id: str | None = None) -> None:
        self.db.execute(
            "INSERT INTO journal (source_id, due, line) VALUES (?, ?, ?)", [source_id, source_id is None, encoded(line)]
        )

    def _document(self, snapshot_id: int) -> Document:
        row = self.db.execute("SELECT request_key, sha256, status FROM snapshots WHERE id = ?", [snapshot_id])
        request_key, sha256, status = row.fetchone()
        return request_key, sha256, status


@dataclass(slots=True)
class Gathered:
    """What was brought into an archive so far: each source's visit, and the end of each shard that has come to it."""

    visits: dict[str, VisitedLine] = field(default_factory=dict)
    ends: list[EndLine] = field(default_factory=list)
    _copies: Counter[str] = field(default_factory=Counter)

    def bring_in(self, lines: Iterable[Line], archive: Archive, run_id: int) -> None:
        """Does on `archive` what the lines say was done in a shard.

        A report that another shard had first is a copy here, and its source's evidence then says so.
        """
        for line in lines:
            match line:
                case KeptLine():
                    archive.keep(line.snapshot)
                case AskedLine():
                    archive.note_asked(line.night, line.host, requests=line.requests, length=line.length)
                case StoredLine():
                    links = [(_number(archive, document), role) for document, role in line.documents]
                    stored = archive.store(
                        line.reading,
                        source_id=line.source_id,
                        url=line.url,
                        snapshots=links,
                        run_id=run_id,
                        once_at=frozenset(line.once_at),
                    )
                    if (line.outcome, stored.outcome) == (Outcome.NEW, Outcome.COPY):
                        self._copies[line.source_id] += 1
                case WithdrawnLine():
                    archive.withdraw(line.source_id, line.urls, line.when)
                case VisitedLine():
                    self._conclude(line)
                    archive.set_state(run_id, line.source_id, line.state, line.evidence)
                case EndLine():
                    self.ends.append(line)

    def _conclude(self, line: VisitedLine) -> None:
        if copies := self._copies.pop(line.source_id, 0):
            counts = Counter(line.evidence["outcomes"])
            counts[Outcome.NEW] -= copies
            counts[Outcome.COPY] += copies
            line.evidence["outcomes"] = {str(each): counts[each] for each in sorted(counts) if counts[each]}
        self.visits[line.source_id] = line


def _number(archive: Archive, document: Document) -> int:
    found = archive.db.execute(
        "SELECT id FROM snapshots WHERE request_key = ? AND sha256 = ? AND status = ? ORDER BY id LIMIT 1", document
    )
    (snapshot_id,) = found.fetchone()
    return int(snapshot_id)
