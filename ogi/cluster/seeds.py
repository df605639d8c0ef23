"""Cuts the seed of a shard: of the working archive, what a crawl of the shard's hosts has to know as it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from archive.opening import open_working
from crawler.addresses import host_of

# Texts, checks and evidence stay behind: whether a report has changed shows by its digest and its figures.
_CUT = """
CREATE TEMP TABLE cut_reports AS
    SELECT id FROM whole.reports WHERE source_id IN (SELECT id FROM cut_sources)
    UNION SELECT report_id FROM whole.report_snapshots WHERE source_id IN (SELECT id FROM cut_sources);
CREATE TEMP TABLE cut_snapshots AS
    SELECT id FROM whole.snapshots WHERE owned(url)
    UNION SELECT snapshot_id FROM whole.report_snapshots WHERE report_id IN (SELECT id FROM cut_reports);
INSERT INTO main.regions SELECT * FROM whole.regions;
INSERT INTO main.agencies (id, key, name, region_code, level, kind, field)
    SELECT id, key, name, region_code, level, kind, field FROM whole.agencies
    WHERE id IN (SELECT agency_id FROM whole.reports WHERE id IN (SELECT id FROM cut_reports));
INSERT INTO main.sources SELECT * FROM whole.sources
    WHERE id IN (SELECT id FROM cut_sources)
    OR id IN (SELECT source_id FROM whole.reports WHERE id IN (SELECT id FROM cut_reports));
INSERT INTO main.snapshots SELECT * FROM whole.snapshots WHERE id IN (SELECT id FROM cut_snapshots);
INSERT INTO main.visits SELECT * FROM whole.visits WHERE snapshot_id IN (SELECT id FROM cut_snapshots);
INSERT INTO main.reports SELECT * FROM whole.reports WHERE id IN (SELECT id FROM cut_reports);
INSERT INTO main.report_snapshots SELECT * FROM whole.report_snapshots WHERE report_id IN (SELECT id FROM cut_reports);
INSERT INTO main.requests SELECT * FROM whole.requests WHERE report_id IN (SELECT id FROM cut_reports);
INSERT INTO main.remedies SELECT * FROM whole.remedies WHERE report_id IN (SELECT id FROM cut_reports);
INSERT INTO main.indicator_names SELECT * FROM whole.indicator_names;
INSERT INTO main.proactive_cells SELECT * FROM whole.proactive_cells WHERE report_id IN (SELECT id FROM cut_reports);
INSERT INTO main.host_nights SELECT * FROM whole.host_nights WHERE owned('http://' || host);
"""


def cut(working: Path, seed: Path, owns: Callable[[str], bool], sources: Iterable[str], begun: str | None) -> None:
    """Makes the database `seed` with what the archive at `working` holds of the hosts that `owns` says yes to, and of
    the reports of these sources. `begun` is when the night began that is carried on, if one is."""
    db = open_working(seed)
    with closing(db.conn) as connection:
        connection.create_function("owned", 1, lambda url: owns(host_of(url)), deterministic=True)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS whole", [str(working)])
        connection.execute("CREATE TEMP TABLE cut_sources (id TEXT PRIMARY KEY)")
        with db.atomic():
            connection.executemany("INSERT INTO cut_sources VALUES (?)", [(source,) for source in sources])
            for statement in _CUT.strip().split(";\n"):
                connection.execute(statement)
            if begun is not None:
                connection.execute("INSERT INTO main.runs (command, started, finished) VALUES ('crawl', ?, 0)", [begun])
