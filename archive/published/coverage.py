"""What should be in the archive and what is: agency × year, and region × year, made at publication.

`missing` accuses an agency of not having published. It is said only of a report whose deadline passed by more than
thirty days, and whose source's listing was read to its end; anything less is `unknown`, and a site that declines
programs is `refused`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlite_utils import Database

from archive.states import Presence, SourceState, Timeliness
from archive.storing.timeliness import MISSING_AFTER, deadline

_TABLES = """
DROP TABLE IF EXISTS agency_years;
DROP TABLE IF EXISTS coverage;
DROP TABLE IF EXISTS coverage_areas;
CREATE TABLE agency_years (
    agency TEXT NOT NULL,
    agency_id INTEGER REFERENCES agencies(id),
    source_id TEXT REFERENCES sources(id),
    region_code TEXT,
    region TEXT,
    year INTEGER NOT NULL,
    presence TEXT NOT NULL,
    report_key TEXT REFERENCES reports(report_key)
) STRICT;
CREATE TABLE coverage (
    region_code TEXT NOT NULL,
    region TEXT,
    year INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    found INTEGER NOT NULL,
    late INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (region_code, year)
) STRICT, WITHOUT ROWID;
CREATE TABLE coverage_areas (
    code TEXT NOT NULL,
    year INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    found INTEGER NOT NULL,
    late INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (code, year)
) STRICT, WITHOUT ROWID;
"""
_SUMS = """
INSERT INTO coverage
SELECT coalesce(region_code, '000000'), min(region), year,
    count(*), sum(presence IN ('found', 'late')), sum(presence = 'late'), sum(presence = 'missing'),
    sum(presence = 'unknown'), sum(presence = 'refused')
FROM agency_years GROUP BY coalesce(region_code, '000000'), year
"""
# What each crawl left expected and found: the newest one as it stands now, the earlier ones as they were published.
_BY_RUN = """
INSERT OR REPLACE INTO coverage_runs
SELECT run, year, sum(expected), sum(found), sum(late), sum(missing), sum(unknown), sum(refused)
FROM coverage JOIN (SELECT max(id) AS run FROM runs WHERE finished AND command <> 'reparse') ON run IS NOT NULL
GROUP BY year
"""
# A division's code says to which city (its first four digits) and province (two) it belongs, by GB/T 2260.
_AREAS = """
INSERT INTO coverage_areas
SELECT code, year, sum(expected), sum(found), sum(late), sum(missing), sum(unknown), sum(refused)
FROM (
    SELECT region_code AS code, * FROM coverage
    UNION ALL SELECT substr(region_code, 1, 4) || '00', * FROM coverage WHERE region_code NOT LIKE '%00'
    UNION ALL SELECT substr(region_code, 1, 2) || '0000', * FROM coverage WHERE region_code NOT LIKE '%0000'
) GROUP BY code, year
"""
_INDEXES = """
CREATE INDEX agency_years_by_agency ON agency_years(agency_id, year);
CREATE INDEX agency_years_by_region ON agency_years(region_code, year, presence);
CREATE INDEX coverage_by_year ON coverage(year);
"""


@dataclass(slots=True)
class _Agency:
    """An agency from which reports are expected: by a registry line of its own, or because it has given some."""

    name: str
    region_code: str | None
    agency_id: int | None = None
    source_id: str | None = None
    registered: bool = False
    first_year: int | None = None
    government: bool = False
    level: str | None = None
    states: set[SourceState | None] = field(default_factory=set)
    found: dict[int, tuple[str, str]] = field(default_factory=dict)

    def years(self, newest_due: int) -> range:
        """The years for which a report can be expected: none before the first that is known of."""
        first = self.first_year if self.registered and self.first_year else min(self.found, default=newest_due)
        last = max(self.found, default=first)
        return range(min(first, last), max(last, newest_due) + 1)

    def presence(self, year: int, today: date) -> Presence | None:
        """What is known of the report for a year; None where it is not due yet."""
        if year in self.found:
            return Presence.LATE if self.found[year][1] == Timeliness.LATE else Presence.FOUND
        due = deadline(year, "government" if self.government else None, self.level)
        if today <= due:
            return None
        if SourceState.REFUSED in self.states:
            return Presence.REFUSED
        # An agency that stands on a portal's list only may have been merged since its last report.
        owed = self.registered or year < max(self.found, default=year)
        whole = bool(self.states) and all(state is not None and state.listing_read for state in self.states)
        return Presence.MISSING if owed and whole and today > due + MISSING_AFTER else Presence.UNKNOWN


def make_coverage(db: Database, today: date) -> None:
    """Makes the tables `agency_years`, `coverage` and `coverage_areas` (with all divisions below) as of a day.

    `coverage_runs` gets the totals of the newest crawl beside those of the earlier ones.
    """
    regions = dict(db.execute("SELECT code, name FROM regions").fetchall())
    rows = (
        (
            *(agency.name, agency.agency_id, agency.source_id, agency.region_code),
            *(regions.get(agency.region_code), year, presence, agency.found.get(year, (None, None))[0]),
        )
        for agency in _agencies(db)
        for year in agency.years(today.year - 1)
        if (presence := agency.presence(year, today)) is not None
    )
    db.executescript(_TABLES)
    db.conn.executemany("INSERT INTO agency_years VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.execute(_SUMS)
    db.execute(_AREAS)
    db.execute(_BY_RUN)
    db.executescript(_INDEXES)


def _agencies(db: Database) -> Iterator[_Agency]:
    """Every agency from which reports are expected, those of the registry first."""
    found, of_source = _found(db)
    states = _states(db)
    by_key = {key: line for line, key in db.execute("SELECT coalesce(line, id), key FROM agencies")}
    nameless: list[_Agency] = []
    for source_id, region_code, name, first_year in db.execute(
        "SELECT id, region_code, agency, first_year FROM sources ORDER BY id"
    ):
        given = of_source.get(source_id, set())
        if name is None:
            _add_state(found, given, states.get(source_id))
            continue
        own = by_key.get(f"{region_code or '000000'}-{name}")
        # A document may call the agency otherwise than the registry does; a single one on its own list is still it.
        if own not in found and len(given) == 1:
            own = next(iter(given))
        _add_state(found, given - {own}, states.get(source_id))
        if own is None or own not in found:
            agency = _Agency(name, region_code, source_id=source_id, government=name.endswith("人民政府"))
            nameless.append(agency)
        else:
            agency = found[own]
        agency.registered = True
        agency.source_id = agency.source_id or source_id
        agency.first_year = min(filter(None, (agency.first_year, first_year)), default=None)
        agency.states.add(states.get(source_id))
    yield from nameless
    yield from found.values()


def _add_state(found: dict[int, _Agency], given: set[int], state: SourceState | None) -> None:
    for agency_id in given:
        found[agency_id].states.add(state)


def _found(db: Database) -> tuple[dict[int, _Agency], dict[str, set[int]]]:
    """The agencies that have given reports, with these; and which source gave those of which agencies."""
    found: dict[int, _Agency] = {}
    of_source: dict[str, set[int]] = {}
    for agency_id, name, region_code, kind, level, year, key, timeliness, source_id in db.execute(
        """SELECT a.id, a.name, a.region_code, a.kind, a.level, r.year, r.report_key, r.timeliness, r.source_id
        FROM reports r JOIN agencies o ON o.id = r.agency_id JOIN agencies a ON a.id = coalesce(o.line, o.id)
        ORDER BY a.id, r.year, r.scope = 'own', r.id"""
    ):
        government = kind in {"government", "aggregate"}
        agency = found.setdefault(agency_id, _Agency(name, region_code, agency_id, government=government, level=level))
        known = agency.found.get(year)
        if known is None or known[1] == Timeliness.LATE or timeliness != Timeliness.LATE:
            agency.found[year] = (key, timeliness)
        if source_id is not None:
            of_source.setdefault(source_id, set()).add(agency_id)
    return found, of_source


def _states(db: Database) -> dict[str, SourceState]:
    """The state in which each source ended the last run that tried it."""
    rows = db.execute(
        """SELECT source_id, state FROM source_states s WHERE run_id =
        (SELECT max(run_id) FROM source_states t WHERE t.source_id = s.source_id AND t.state <> 'not_run')"""
    )
    return {source_id: SourceState(state) for source_id, state in rows}
