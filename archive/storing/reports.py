"""Stores a reading as a report: new, a new version, a copy at another address, or none at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, NotRequired, TypedDict, Unpack

from sqlite_utils import Database

from archive.clock import now
from archive.indexing import forget_texts
from archive.reader import reader_digest
from archive.schema import add_row, add_rows, change_row, one_row
from archive.states import Cause, Outcome, ReportStatus
from archive.storing.history import Change, adds_to, agrees, changes, stored_values
from archive.storing.reading import Reading
from archive.storing.reuse import forget_reuse
from archive.storing.rows import COLUMNS
from archive.storing.timeliness import judge
from archive.tables.compact import Numbers
from archive.tables.reference import ensure_region
from parsers.model import PAGE_CUT, Problem, Report

COPY_DIFFERS = "copy_differs"
NUMBERS_GONE = "numbers_gone"
_NOTHING_LEFT = Problem("nothing_left", "The page holds nothing any more of the report that stands in the archive.")
_PROBLEM = ("report_id", "snapshot_id", "source_id", "code", "message", "at")
_Links = Sequence[tuple[int, str]]


class Origin(TypedDict):
    """Where a reading comes from.

    `url` is the address of the report's page; `snapshots` are the kept responses that the reading was made from, each
    with its role ("article", "attachment"), by the rank that `Figure.source` names. A report of the source that stands
    at one of the addresses `once_at` stands at `url` now; one that stands elsewhere has a copy there.
    """

    source_id: str
    url: str
    snapshots: _Links
    run_id: int
    once_at: NotRequired[Set[str]]


def store_report(
    db: Database, numbers: Numbers, reading: Reading, **origin: Unpack[Origin]
) -> tuple[str | None, Outcome, str | None]:
    """Stores a reading within the caller's transaction; returns the report's key, what was done, and the address at
    which the report stood until now, where that is another."""
    report = reading.report
    source_id, url, snapshots = origin["source_id"], origin["url"], origin["snapshots"]
    if not report.ok or report.year is None or report.agency is None:
        return None, _store_problems(db, report, source_id, snapshots), None
    _forget_problems(db, snapshots)
    key, agency_id = _agency(db, report, report.agency)
    report_key = f"{key}-{report.year}-{report.scope or 'own'}"
    filing = _Filing(db, numbers, reading, report.year, report_key, agency_id, origin)
    stored = one_row(db, "SELECT * FROM reports WHERE report_key = ?", [report_key])
    misread = filing.misread()
    if stored is None:
        outcome = filing.add() if misread is None else filing.renew(misread)
    else:
        if misread is not None:
            _remove(db, misread["id"])
        moved = stored["source_id"] == source_id and stored["url"] in origin.get("once_at", ())
        same = stored["url"] == url or stored["withdrawn"] is not None or moved
        outcome = filing.renew(stored) if same else filing.compare_copy(stored)
    if misread is not None:
        _forget_agency(db, misread["agency_id"])
    renewed = outcome not in (Outcome.COPY, Outcome.UNREADABLE)
    was_at = stored["url"] if stored is not None and renewed else url
    return report_key, outcome, was_at if was_at != url else None


class _Filing:
    """One reading on its way into the tables."""

    def __init__(
        self,
        db: Database,
        numbers: Numbers,
        reading: Reading,
        year: int,
        report_key: str,
        agency_id: int,
        origin: Origin,
    ) -> None:
        self.db = db
        self.numbers = numbers
        self.reading = reading
        self.report = reading.report
        self.rows = reading.rows
        self.year = year
        self.report_key = report_key
        self.agency_id = agency_id
        self.source_id = origin["source_id"]
        self.url = origin["url"]
        self.ranked = [snapshot_id for snapshot_id, _ in origin["snapshots"]]
        self.snapshots = tuple(dict(origin["snapshots"]).items())
        self.run_id = origin["run_id"]
        self.main = self.ranked[reading.main] if self.ranked else None

    def add(self) -> Outcome:
        """Stores the first reading of a report."""
        first_seen = self._fetched()
        facts = self._facts(first_seen) | {"first_seen": first_seen, "version": 1}
        report_id = add_row(self.db, "reports", facts)
        self._insert_rows(report_id)
        self._link(report_id, 1)
        return Outcome.NEW

    def renew(self, stored: dict[str, Any]) -> Outcome:
        """Stores another reading of a report that is there: nothing where it says the same, else what it says now."""
        report_id, version = stored["id"], stored["version"]
        linked = self._linked(report_id, version)
        same_bytes = {snapshot for snapshot, _ in self.snapshots} <= linked
        if not same_bytes and self._is_outdated():
            return Outcome.UNCHANGED
        says_the_same = stored["content_sha256"] == self.reading.content_sha256
        values = {} if says_the_same else stored_values(self.db, report_id)
        lost = None
        if not same_bytes and self.reading.is_hollow:
            lost = _NOTHING_LEFT if self._has_content(stored) else None
        elif not same_bytes and not says_the_same:
            lost = self._loses(stored, values)
        if lost is not None:
            return self._keep_out(lost)
        if stored["withdrawn"] is None or self._seen_since(stored["withdrawn"]):
            stands = {"withdrawn": None, "last_seen": None, "url": self.url}
            if any(stored[name] != value for name, value in stands.items()):
                change_row(self.db, "reports", report_id, stands)
        if says_the_same:
            self._link(report_id, version, but=self._linked(report_id))
            self.db.execute(
                "UPDATE reports SET reader = :now WHERE id = :id AND reader IS NOT :now",
                {"now": reader_digest(), "id": report_id},
            )
            return Outcome.UNCHANGED
        # Nobody is said to have changed a report that another parser read before: `ogi reparse` tells the two apart.
        cause = Cause.PARSER if same_bytes or stored["reader"] != reader_digest() else Cause.SOURCE
        if adds_to(values, self.rows.values) and self._lacks_a_document(report_id, version):
            self._link(report_id, version, but=self._linked(report_id))
            return Outcome.UNCHANGED
        changed = changes(values, self.rows.values)
        if not same_bytes:
            self._keep_earlier_date(stored)
        version += cause is Cause.SOURCE
        forget_reuse(self.db, report_id)
        forget_texts(self.db, report_id)
        _clear(self.db, COLUMNS, report_id)
        self.db.execute("DELETE FROM problems WHERE report_id = ? AND code <> ?", [report_id, COPY_DIFFERS])
        change_row(self.db, "reports", report_id, self._facts(stored["first_seen"]) | {"version": version})
        self._insert_rows(report_id)
        self._link(report_id, version, but=linked if cause is Cause.PARSER else frozenset())
        self._record(report_id, changed, cause, stored["snapshot_id"])
        return Outcome.REVISED if changed else Outcome.UNCHANGED

    def compare_copy(self, stored: dict[str, Any]) -> Outcome:
        """Files a reading from another address: a copy; the better source, where it has more; or a contradiction."""
        if self._is_outdated():
            return Outcome.COPY
        values = stored_values(self.db, stored["id"])
        if adds_to(self.rows.values, values):
            return self.renew(stored)
        self.db.execute(
            "DELETE FROM problems WHERE report_id = ? AND code = ? AND at = ? AND snapshot_id IS NOT ?",
            [stored["id"], COPY_DIFFERS, self.url, self.main],
        )
        if not agrees(self.rows.values, values):
            self._note_contradiction(stored["id"], changes(values, self.rows.values))
        self._link(stored["id"], stored["version"], role="copy", but=self._linked(stored["id"]))
        return Outcome.COPY

    def misread(self) -> dict[str, Any] | None:
        """The report that this page was taken for before, where the same bytes are now read as another."""
        query = "SELECT * FROM reports WHERE source_id = ? AND url = ? AND report_key <> ? AND snapshot_id IN"
        ours = [snapshot_id for snapshot_id, _ in self.snapshots]
        asked = [self.source_id, self.url, self.report_key, *ours]
        return one_row(self.db, f"{query} ({', '.join('?' * len(ours))})", asked)

    def _facts(self, first_seen: str) -> dict[str, Any]:
        report = self.report
        verdict = judge(report, self.year, first_seen)
        return {
            "report_key": self.report_key,
            "agency_id": self.agency_id,
            "year": self.year,
            "scope": report.scope or "own",
            "form": report.form,
            "title": report.title,
            "url": self.url,
            "published": report.published,
            "published_source": report.published_source,
            "deadline": verdict.deadline.isoformat(),
            "days_late": verdict.days_late,
            "timeliness": verdict.timeliness,
            "period_from": report.period[0] if report.period else None,
            "period_to": report.period[1] if report.period else None,
            "media": report.media,
            "status": self.rows.status,
            "source_id": self.source_id,
            "snapshot_id": self.main,
            "content_sha256": self.reading.content_sha256,
            "checks_failed": self.rows.checks_failed,
            "reader": reader_digest(),
        }

    def _keep_earlier_date(self, stored: dict[str, Any]) -> None:
        # A site that moves to other software dates all its pages anew; the date first seen stands.
        earlier, later = stored["published"], self.report.published
        if earlier and (later is None or earlier < later):
            self.report = replace(self.report, published=earlier, published_source=stored["published_source"])

    def _insert_rows(self, report_id: int) -> None:
        for table, found in self.rows.filed(self.ranked):
            held = [(report_id, *row) for row in self.numbers.numbered(table, found)]
            add_rows(self.db, table, ("report_id", *COLUMNS[table]), held)
        _add_problems(self.db, self.report.problems, report_id, self.main, self.source_id)

    def _linked(self, report_id: int, version: int | None = None) -> set[int]:
        found = self.db.execute(
            "SELECT snapshot_id FROM report_snapshots WHERE report_id = ? AND version = coalesce(?, version)",
            [report_id, version],
        )
        return {snapshot_id for (snapshot_id,) in found}

    def _is_outdated(self) -> bool:
        """Whether the page has been given otherwise since: kept pages are also read again."""
        newer = """SELECT 1 FROM snapshots o JOIN visits w ON w.snapshot_id = o.id
            JOIN snapshots s ON s.request_key = o.request_key AND s.status = 200
            JOIN visits v ON v.snapshot_id = s.id AND v.fetched > w.fetched AND v.fetched <= ?
            WHERE o.id = ? LIMIT 1"""
        return bool(self.ranked) and self.db.execute(newer, [now(), self.ranked[0]]).fetchone() is not None

    def _keep_out(self, why: Problem) -> Outcome:
        """Leaves the stored report as it is, and the problem beside the page that was not taken in."""
        problems = (why, *(problem for problem in self.report.problems if problem != why))
        return _store_problems(
            self.db, replace(self.report, problems=problems, ok=False), self.source_id, self.snapshots
        )

    def _loses(self, stored: dict[str, Any], values: Mapping[str, int | float | None]) -> Problem | None:
        """Why a reading must not take the place of a stored one with these figures: its page broke off, or has no
        number any more; or, by the same parser, no rows that were there. It contradicts none: one that gives another
        number is a change, and so is one in which cells alone were emptied.
        """
        read = self.rows.values
        lacks = adds_to(values, read)
        cut = next((problem for problem in self.report.problems if problem.code == PAGE_CUT), None)
        if cut is not None and (lacks or self._says_less(stored["id"], values)):
            return cut
        numbers = [name for name, value in values.items() if value is not None]
        is_blank = all(value is None for value in read.values())
        no_row = stored["reader"] == reader_digest() and any(name not in read for name in numbers)
        if not lacks or not (is_blank or no_row) or self._lacks_a_document(stored["id"], stored["version"]):
            return None
        lost = sum(read.get(name) is None for name in numbers)
        message = f"The page lacks {lost} of {len(numbers)} numbers that the report in the archive has; these stay."
        return Problem(NUMBERS_GONE, message)

    def _says_less(self, report_id: int, values: Mapping[str, int | float | None]) -> bool:
        """Whether a reading has the numbers that are stored, and less text around them."""
        asked = "SELECT coalesce(sum(length(text)), 0) FROM sections WHERE report_id = ?"
        (length,) = self.db.execute(asked, [report_id]).fetchone()
        return not changes(values, self.rows.values) and self.reading.text < length

    def _has_content(self, stored: dict[str, Any]) -> bool:
        """Whether a stored report is more than its name."""
        words = "SELECT 1 FROM claims WHERE report_id = :id UNION ALL SELECT 1 FROM sections WHERE report_id = :id"
        found = self.db.execute(f"{words} AND heading <> '' LIMIT 1", {"id": stored["id"]}).fetchone()
        return found is not None or stored["status"] != ReportStatus.NO_FIGURES

    def _lacks_a_document(self, report_id: int, version: int) -> bool:
        """Whether the reading is of fewer documents than the report had, as where an attachment could not be fetched:
        that it says less is then no change of the report."""
        addresses = "SELECT DISTINCT s.url FROM report_snapshots l JOIN snapshots s ON s.id = l.snapshot_id"
        before = self.db.execute(
            f"{addresses} WHERE l.report_id = ? AND l.version = ? AND l.role <> 'copy'",
            [report_id, version],
        )
        ids = [snapshot_id for snapshot_id, _ in self.snapshots]
        marks = ", ".join("?" * len(ids))
        now_read = self.db.execute(f"SELECT DISTINCT url FROM snapshots WHERE id IN ({marks})", ids)  # noqa: S608  # marks
        return len(now_read.fetchall()) < len(before.fetchall())

    def _link(self, report_id: int, version: int, role: str | None = None, *, but: Set[int] = frozenset()) -> None:
        links = [
            (report_id, version, snapshot_id, role or own_role, self.source_id)
            for snapshot_id, own_role in self.snapshots
            if snapshot_id not in but
        ]
        add_rows(self.db, "report_snapshots", ("report_id", "version", "snapshot_id", "role", "source_id"), links)

    def _record(self, report_id: int, changed: list[Change], cause: Cause, old_snapshot: int | None) -> None:
        noticed = self._fetched() if cause is Cause.SOURCE else now()
        for change in changed:
            row = change._asdict() | {"report_id": report_id, "cause": cause, "noticed": noticed, "run_id": self.run_id}
            add_row(self.db, "revisions", row | {"old_snapshot": old_snapshot, "new_snapshot": self.main})
            self.db.execute(
                "UPDATE corrections SET lapsed = ? WHERE report_key = ? AND indicator = ? AND lapsed IS NULL",
                [noticed, self.report_key, change.indicator],
            )

    def _note_contradiction(self, report_id: int, changed: list[Change]) -> None:
        differing = [change for change in changed if None not in (change.old, change.new)]
        shown = ", ".join(f"{change.indicator} {change.old} here, {change.new} there" for change in differing[:5])
        known = "SELECT 1 FROM problems WHERE report_id = ? AND snapshot_id IS ? AND code = ?"
        if self.db.execute(known, [report_id, self.main, COPY_DIFFERS]).fetchone():
            return
        message = f"Another address gives this report with {len(differing)} other figures: {shown}."
        _add_problems(self.db, [Problem(COPY_DIFFERS, message, self.url)], report_id, self.main, self.source_id)

    def _seen_since(self, withdrawn: str) -> bool:
        """Whether a page was there again after it had vanished: kept pages are also read without asking the site."""
        found = self.db.execute("SELECT fetched FROM visits WHERE snapshot_id = ?", [self.main]).fetchone()
        return found is None or str(found[0])[:19] > withdrawn[:19]

    def _fetched(self) -> str:
        """When the page was last given as it is now: a change back gives bytes that were kept long before."""
        found = self.db.execute(
            "SELECT coalesce(v.fetched, s.fetched) FROM snapshots s LEFT JOIN visits v ON v.snapshot_id = s.id"
            " WHERE s.id = ?",
            [self.main],
        ).fetchone()
        return str(found[0]) if found else now()


def _remove(db: Database, report_id: int) -> None:
    """Takes out a report that never was one: its page is now read as another, which is there."""
    forget_reuse(db, report_id)
    forget_texts(db, report_id)
    _clear(db, (*COLUMNS, "problems", "revisions", "report_snapshots"), report_id)
    db.execute("DELETE FROM reports WHERE id = ?", [report_id])


def _clear(db: Database, tables: Iterable[str], report_id: int) -> None:
    for table in tables:
        db.execute(f"DELETE FROM {table} WHERE report_id = ?", [report_id])  # noqa: S608  # our own names


def _forget_agency(db: Database, agency_id: int) -> None:
    """Takes out an agency of which no report is left: only a misreading ever spoke of it."""
    if db.execute("SELECT 1 FROM reports WHERE agency_id = ?", [agency_id]).fetchone() is None:
        db.execute("UPDATE agencies SET line = NULL WHERE line = ?", [agency_id])
        db.execute("DELETE FROM agencies WHERE id = ?", [agency_id])


def _agency(db: Database, report: Report, name: str) -> tuple[str, int]:
    key = f"{report.region_code or '000000'}-{name}"
    found = one_row(db, "SELECT * FROM agencies WHERE key = ?", [key])
    facts = {"level": report.level, "kind": report.kind, "field": report.field}
    if found is None:
        ensure_region(db, report.region_code, report.region)
        row = {"key": key, "name": name, "region_code": report.region_code} | facts
        return key, add_row(db, "agencies", row)
    learned = {column: value for column, value in facts.items() if found[column] is None and value is not None}
    if learned:
        change_row(db, "agencies", found["id"], learned)
    return key, int(found["id"])


def _store_problems(db: Database, report: Report, source_id: str, snapshots: _Links) -> Outcome:
    """Leaves the problems of a reading that is no report beside its snapshot."""
    problems = list(report.problems)
    if report.ok:
        missing = " and ".join(name for name in ("year", "agency") if getattr(report, name) is None)
        problems.append(Problem("identity_unknown", f"The document does not say its {missing}."))
    snapshot_id = snapshots[0][0] if snapshots else None
    wanted = [(source_id, problem.code, problem.message, problem.at) for problem in problems]
    known = db.execute(
        "SELECT source_id, code, message, at FROM problems WHERE report_id IS NULL AND snapshot_id IS ? ORDER BY id",
        [snapshot_id],
    )
    if known.fetchall() != wanted:
        _forget_problems(db, snapshots)
        _add_problems(db, problems, None, snapshot_id, source_id)
    return Outcome.UNREADABLE


def _add_problems(
    db: Database, problems: Iterable[Problem], report_id: int | None, snapshot_id: int | None, source_id: str
) -> None:
    found = [(report_id, snapshot_id, source_id, problem.code, problem.message, problem.at) for problem in problems]
    add_rows(db, "problems", _PROBLEM, found)


def _forget_problems(db: Database, snapshots: _Links) -> None:
    for snapshot_id, _ in snapshots:
        db.execute("DELETE FROM problems WHERE report_id IS NULL AND snapshot_id = ?", [snapshot_id])
