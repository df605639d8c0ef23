"""The working archive: runs and their ledger, kept responses, and reports, each stored in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self, Unpack

from sqlite_utils import Database

from archive.clock import following, now, refuse_wrong_clock
from archive.errors import database_errors
from archive.kept.warc import NOT_MODIFIED, Kept, Place
from archive.lock import writing
from archive.opening import open_working
from archive.schema import add_row
from archive.states import Outcome, SourceState
from archive.storing.reading import Reading
from archive.storing.reports import Origin, store_report
from archive.storing.vanished import withdraw
from archive.tables.compact import Numbers
from archive.tables.reference import ensure_region, fill_indicators

BY_HAND = "by_hand"  # the role of a document that a person added
# A 304 need not repeat the validators that it confirms.
_VISITED = """
INSERT INTO visits (snapshot_id, fetched, etag, last_modified) VALUES (:snapshot, :fetched, :etag, :last_modified)
ON CONFLICT (snapshot_id) DO UPDATE SET
    fetched = excluded.fetched,
    etag = iif(:confirmed, coalesce(excluded.etag, etag), excluded.etag),
    last_modified = iif(:confirmed, coalesce(excluded.last_modified, last_modified), excluded.last_modified)
"""
# The columns of a `Snapshot`, in its order, behind the id and the first answer. What a clock that was ahead has dated
# into the future is older than anything fetched since it was put right.
_HELD = """
SELECT s.id, (SELECT min(fetched) FROM snapshots WHERE request_key = :key),
    s.request_key, s.url, v.fetched, s.status, s.content_type, s.length, s.sha256, s.warc, s."offset",
    v.etag, v.last_modified
FROM snapshots s JOIN visits v ON v.snapshot_id = s.id
WHERE s.request_key = :key ORDER BY v.fetched > :now, v.fetched DESC, s.id DESC LIMIT 1
"""
_STATE = """
INSERT INTO source_states (run_id, source_id, state, evidence) VALUES (?, ?, ?, ?)
ON CONFLICT (run_id, source_id) DO UPDATE SET state = excluded.state, evidence = excluded.evidence
"""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the registry: one agency's listing, or a portal's column of many agencies where `agency` is None."""

    id: str
    region_code: str | None
    agency: str | None
    listing_url: str
    platform: str | None = None
    first_year: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A kept response: what was asked, what came, and where its record begins.

    `fetched` is an ISO time in UTC; `length` and `sha256` are those of the body as received. `etag` and `last_modified`
    are the validators that the site last sent with these bytes.
    """

    request_key: str
    url: str
    fetched: str
    status: int
    content_type: str | None
    length: int
    sha256: str
    warc: str
    offset: int
    etag: str | None = None
    last_modified: str | None = None


class Held(NamedTuple):
    """The kept response that a request gave last, and when the request was first answered (ISO, UTC).

    Its `fetched` is when it was last given or confirmed.
    """

    snapshot_id: int
    snapshot: Snapshot
    since: str


class Stored(NamedTuple):
    """What storing did: the report's key (None where the reading is none), the outcome, and the address at which the
    report stood until now, where it has moved."""

    report_key: str | None
    outcome: Outcome
    was_at: str | None = None


class Archive:
    """The working database at `path`, made when it is not there. A context manager; used by one thread.

    Holds the archive's lock while it is open. Every method raises ArchiveError when another process holds that, the
    file is damaged, or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with ExitStack() as opened:
            if not path.is_dir():
                opened.enter_context(writing(path.parent))
            self.db: Database = open_working(path)
            opened.callback(self.db.close)
            with database_errors(path):
                fill_indicators(self.db)
            self._numbers = Numbers(self.db)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database; what was stored is on the disk already."""
        self._opened.close()

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        with database_errors(self.path), self.db.atomic():
            yield self.db

    # --- the ledger of runs ----------------------------------------------------------------------------------------

    def begin_run(self, command: str) -> int:
        """Opens a run in the ledger; returns its id. Raises ArchiveError where the clock is wrong by years."""
        refuse_wrong_clock()
        with self._transaction() as db:
            return add_row(db, "runs", {"command": command, "started": now(), "finished": 0})

    def end_run(self, run_id: int, finished: bool, summary: Mapping[str, Any]) -> None:
        """Closes a run: whether it came to its end, and what it has to say, as JSON."""
        said = json.dumps(summary, ensure_ascii=False, sort_keys=True, default=str)
        with self._transaction() as db:
            db.table("runs").update(run_id, {"ended": now(), "finished": int(finished), "summary": said})

    def unfinished_since(self, run_id: int) -> str | None:
        """When the night began that a run carries on: the start (ISO, UTC) of the oldest of the runs directly before it
        that did not come to their end, and never a second in which one before them did; None where the last run did.
        What a killed run left open is closed."""
        with self._transaction() as db:
            began = None
            for started, ended, finished in db.execute(
                "SELECT started, ended, finished FROM runs WHERE id < ? AND command LIKE 'crawl%' ORDER BY id DESC",
                [run_id],
            ):
                if finished:
                    # What that run kept in its last second would else pass for kept by the run after it.
                    if began is not None and began == ended:
                        began = following(began)
                    break
                began = started
            db.execute(
                "UPDATE runs SET ended = ? WHERE ended IS NULL AND id < ? AND command LIKE 'crawl%'", [now(), run_id]
            )
            return began

    def set_states(self, run_id: int, states: Mapping[str, tuple[SourceState, Mapping[str, Any] | str]]) -> None:
        """Records the states in which sources end a run, all at once; a later call for the same ones replaces them."""
        rows = [
            (run_id, source, str(SourceState(state)), _said(evidence)) for source, (state, evidence) in states.items()
        ]
        with self._transaction() as db:
            db.conn.executemany(_STATE, rows)

    def set_state(self, run_id: int, source_id: str, state: SourceState, evidence: Mapping[str, Any] | str) -> None:
        """Records the one state in which a source ends a run; a later call for the same source and run replaces it."""
        self.set_states(run_id, {source_id: (state, evidence)})

    def register(self, sources: Iterable[SourceLine]) -> None:
        """Takes over the lines of the registry. A source that is no longer in it stays, with what it once gave."""
        with self._transaction() as db:
            for source in sources:
                ensure_region(db, source.region_code)
                db.table("sources").upsert(asdict(source), pk="id")

    # --- what hosts were asked for --------------------------------------------------------------------------------

    def note_asked(self, night: str, host: str, *, requests: int = 0, length: int = 0) -> None:
        """Adds to what a host was asked for (`requests`) and sent (`length`, in bytes) in a night.

        Any text names a night. What is held of an earlier one goes.
        """
        with self._transaction() as db:
            db.execute(
                """INSERT INTO host_nights (host, night, requests, bytes) VALUES (?, ?, ?, ?)
                ON CONFLICT (host) DO UPDATE SET
                    requests = iif(night = excluded.night, requests, 0) + excluded.requests,
                    bytes = iif(night = excluded.night, bytes, 0) + excluded.bytes,
                    night = excluded.night""",
                [host, night, requests, length],
            )

    def asked(self, night: str) -> dict[str, tuple[int, int]]:
        """What each host was asked for in a night: how many requests, and how many bytes it sent."""
        with database_errors(self.path):
            rows = self.db.execute("SELECT host, requests, bytes FROM host_nights WHERE night = ?", [night])
            return {host: (requests, length) for host, requests, length in rows}

    # --- kept responses --------------------------------------------------------------------------------------------

    def keep(self, snapshot: Snapshot) -> int:
        """Records a kept response and returns its id.

        The same bytes in answer to the same request are one snapshot, however often they were fetched, and a 304 is
        the snapshot that it confirms: only when they were last seen, and with which validators, is written anew.
        """
        with self._transaction() as db:
            known = self._same(snapshot)
            facts = asdict(snapshot)
            visit = {name: facts.pop(name) for name in ("fetched", "etag", "last_modified")}
            snapshot_id = (
                known if known is not None else add_row(db, "snapshots", facts | {"fetched": snapshot.fetched})
            )
            asked = visit | {"snapshot": snapshot_id, "confirmed": snapshot.status == NOT_MODIFIED}
            db.execute(_VISITED, asked)
            return snapshot_id

    def _same(self, snapshot: Snapshot) -> int | None:
        if snapshot.status == NOT_MODIFIED:
            held = self.held(snapshot.request_key)
            return None if held is None else held.snapshot_id
        rows = self.db.execute(
            "SELECT id FROM snapshots WHERE request_key = ? AND sha256 = ? AND status = ? ORDER BY id LIMIT 1",
            [snapshot.request_key, snapshot.sha256, snapshot.status],
        )
        return next((int(row[0]) for row in rows), None)

    def held(self, request_key: str) -> Held | None:
        """What is held of a request's answers: the last one, and since when."""
        with database_errors(self.path):
            row = self.db.execute(_HELD, {"key": request_key, "now": now()}).fetchone()
        if row is None:
            return None
        snapshot_id, since, *facts = row
        return Held(snapshot_id, Snapshot(*facts), since)

    def kept_bytes(self, sha256: str) -> Kept | None:
        """A kept response with this body, to which a WARC record of the same bytes may refer."""
        with database_errors(self.path):
            rows = self.db.execute(
                """SELECT url, fetched, warc, "offset" FROM snapshots WHERE sha256 = ? ORDER BY id LIMIT 1""", [sha256]
            )
            return next((Kept(url, fetched, Place(warc, offset)) for url, fetched, warc, offset in rows), None)

    # --- reports ---------------------------------------------------------------------------------------------------

    def store(self, reading: Reading, **origin: Unpack[Origin]) -> Stored:
        """Stores one reading in one transaction: all of it or nothing.

        A reading that is not a report, or that lacks year or agency, leaves only its problems, beside the snapshot.
        """
        with self._transaction() as db:
            return Stored(*store_report(db, self._numbers, reading, **origin))

    def standing(self, source_id: str) -> dict[str, str]:
        """The titles of the reports that a source has given and not withdrawn, by the address of their pages.

        Those that were added by hand are not among them: where they once stood is no concern of a crawl.
        """
        with database_errors(self.path):
            rows = self.db.execute(
                """SELECT url, coalesce(title, report_key) FROM reports r
                WHERE source_id = ? AND withdrawn IS NULL AND EXISTS (
                    SELECT 1 FROM report_snapshots l
                    WHERE l.report_id = r.id AND l.version = r.version AND l.role <> ?)""",
                [source_id, BY_HAND],
            )
            return dict(rows.fetchall())

    def given_elsewhere(self, source_id: str) -> dict[str, str]:
        """The addresses at which a source has given reports as they stand now at another of its addresses, and these:
        of copies, and of what has moved."""
        with database_errors(self.path):
            rows = self.db.execute(
                """SELECT s.url, r.url FROM report_snapshots l JOIN snapshots s ON s.id = l.snapshot_id
                JOIN reports r ON r.id = l.report_id AND r.version = l.version
                WHERE l.source_id = :id AND r.source_id = :id AND r.withdrawn IS NULL
                AND l.role <> 'attachment' AND s.url <> r.url""",
                {"id": source_id},
            )
            return dict(rows.fetchall())

    def withdraw(self, source_id: str, urls: Iterable[str], when: str) -> list[str]:
        """Marks the reports whose pages a source gives no more (404, 410) as withdrawn; returns their keys.

        `when` is an ISO time. They stay as they are, with the day on which they were last there; a report that another
        address still gives is not withdrawn. Storing a withdrawn report again takes the mark back.
        """
        with self._transaction() as db:
            return withdraw(db, source_id, set(urls), when)

    def stored_snapshots(self, source_id: str) -> set[int]:
        """The kept responses that a source's reports, as they stand now, were read from: these need no reading again.

        A response that was kept but not read (the run was killed in between) is not among them.
        """
        with database_errors(self.path):
            rows = self.db.execute(
                """SELECT l.snapshot_id FROM report_snapshots l
                JOIN reports r ON r.id = l.report_id AND r.version = l.version
                WHERE l.source_id = ? AND r.withdrawn IS NULL""",
                [source_id],
            )
            return {snapshot_id for (snapshot_id,) in rows}


def _said(evidence: Mapping[str, Any] | str) -> str:
    return evidence if isinstance(evidence, str) else json.dumps(evidence, ensure_ascii=False, default=str)
