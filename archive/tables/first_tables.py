"""The tables of the first released archive, as they were: what follows them is a migration."""

from __future__ import annotations

FIRST_TABLES = """
CREATE TABLE regions (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    short_name TEXT,
    level TEXT,
    parent TEXT REFERENCES regions(code) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    region_code TEXT REFERENCES regions(code),
    level TEXT,
    kind TEXT,
    field TEXT
) STRICT;
CREATE INDEX agencies_by_region ON agencies(region_code, field);
CREATE INDEX agencies_by_field ON agencies(field);
CREATE INDEX agencies_by_name ON agencies(name);

CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    region_code TEXT REFERENCES regions(code),
    agency TEXT,
    listing_url TEXT NOT NULL,
    platform TEXT,
    first_year INTEGER,
    note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_by_region ON sources(region_code);

CREATE TABLE indicators (
    id TEXT NOT NULL,
    form TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "column" TEXT NOT NULL,
    position INTEGER NOT NULL,
    table_zh TEXT NOT NULL,
    row_zh TEXT NOT NULL,
    col_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    unit TEXT,
    dtype TEXT NOT NULL,
    since INTEGER,
    until INTEGER,
    comparable_to TEXT,
    comparability TEXT,
    note TEXT,
    PRIMARY KEY (id, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX indicators_by_place ON indicators(form, "table", "row", "column", id);

CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    length INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    warc TEXT NOT NULL,
    "offset" INTEGER NOT NULL
) STRICT;
CREATE INDEX snapshots_by_request ON snapshots(request_key, sha256);
CREATE INDEX snapshots_by_digest ON snapshots(sha256);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    finished INTEGER NOT NULL DEFAULT 0,
    summary TEXT
) STRICT;

CREATE TABLE source_states (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    source_id TEXT NOT NULL REFERENCES sources(id),
    state TEXT NOT NULL,
    evidence TEXT,
    PRIMARY KEY (run_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_states_by_source ON source_states(source_id, run_id);

CREATE TABLE visits (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshots(id),
    fetched TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT
) STRICT;

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    report_key TEXT NOT NULL UNIQUE,
    agency_id INTEGER NOT NULL REFERENCES agencies(id),
    year INTEGER NOT NULL,
    scope TEXT NOT NULL,
    form TEXT,
    title TEXT,
    url TEXT NOT NULL,
    published TEXT,
    published_source TEXT,
    deadline TEXT,
    days_late INTEGER,
    timeliness TEXT NOT NULL,
    period_from TEXT,
    period_to TEXT,
    media TEXT,
    status TEXT NOT NULL,
    source_id TEXT REFERENCES sources(id),
    snapshot_id INTEGER REFERENCES snapshots(id),
    version INTEGER NOT NULL DEFAULT 1,
    content_sha256 TEXT NOT NULL,
    checks_failed INTEGER NOT NULL DEFAULT 0,
    first_seen TEXT NOT NULL,
    last_seen TEXT,
    withdrawn TEXT
) STRICT;
CREATE INDEX reports_by_agency ON reports(agency_id, year);
CREATE INDEX reports_by_year ON reports(year, timeliness);
CREATE INDEX reports_by_published ON reports(published DESC);
CREATE INDEX reports_by_first_seen ON reports(first_seen DESC);
CREATE INDEX reports_by_source ON reports(source_id, url);
CREATE INDEX reports_by_snapshot ON reports(snapshot_id);
CREATE INDEX reports_with_failed_checks ON reports(checks_failed DESC) WHERE checks_failed > 0;

CREATE TABLE report_snapshots (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    version INTEGER NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES snapshots(id),
    role TEXT NOT NULL,
    source_id TEXT REFERENCES sources(id),
    PRIMARY KEY (report_id, version, snapshot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_snapshots_by_source ON report_snapshots(source_id);
CREATE INDEX report_snapshots_by_snapshot ON report_snapshots(snapshot_id);

CREATE TABLE requests (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    outcome TEXT NOT NULL,
    natural_person INTEGER,
    org_business INTEGER,
    org_research INTEGER,
    org_public_benefit INTEGER,
    org_legal_service INTEGER,
    org_other INTEGER,
    total INTEGER,
    PRIMARY KEY (report_id, outcome)
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_outcome ON requests(outcome, total);

CREATE TABLE remedies (
    report_id INTEGER PRIMARY KEY REFERENCES reports(id),
    review_upheld INTEGER,
    review_corrected INTEGER,
    review_other INTEGER,
    review_pending INTEGER,
    review_total INTEGER,
    suit_direct_upheld INTEGER,
    suit_direct_corrected INTEGER,
    suit_direct_other INTEGER,
    suit_direct_pending INTEGER,
    suit_direct_total INTEGER,
    suit_after_review_upheld INTEGER,
    suit_after_review_corrected INTEGER,
    suit_after_review_other INTEGER,
    suit_after_review_pending INTEGER,
    suit_after_review_total INTEGER
) STRICT;

CREATE TABLE proactive (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    indicator TEXT NOT NULL,
    value ANY,
    PRIMARY KEY (report_id, indicator)
) STRICT, WITHOUT ROWID;
CREATE INDEX proactive_by_indicator ON proactive(indicator, value);

CREATE TABLE cell_notes (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    indicator TEXT NOT NULL,
    kind TEXT NOT NULL,
    raw TEXT NOT NULL,
    unit TEXT,
    note TEXT,
    method TEXT,
    PRIMARY KEY (report_id, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    "table" TEXT NOT NULL,
    scope TEXT,
    snapshot_id INTEGER REFERENCES snapshots(id),
    places TEXT NOT NULL,
    PRIMARY KEY (report_id, "table")
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_by_snapshot ON evidence(snapshot_id);

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    code TEXT NOT NULL,
    value ANY,
    low ANY,
    high ANY,
    qualifier TEXT,
    unit TEXT,
    section INTEGER,
    sentence TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL
) STRICT;
CREATE INDEX claims_by_report ON claims(report_id);
CREATE INDEX claims_by_code ON claims(code, value);

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    number INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX sections_by_report ON sections(report_id, number);

CREATE TABLE other_tables (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    section INTEGER,
    caption TEXT,
    rows TEXT NOT NULL,
    at TEXT
) STRICT;
CREATE INDEX other_tables_by_report ON other_tables(report_id);

CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    rule TEXT NOT NULL,
    scope TEXT,
    "left" ANY,
    "right" ANY,
    result TEXT NOT NULL,
    severity TEXT NOT NULL,
    explanation TEXT,
    tally INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX checks_by_report ON checks(report_id, rule);
CREATE INDEX checks_not_passed ON checks(result, rule, report_id) WHERE result <> 'pass';

CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    report_id INTEGER REFERENCES reports(id),
    snapshot_id INTEGER REFERENCES snapshots(id),
    source_id TEXT REFERENCES sources(id),
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    at TEXT
) STRICT;
CREATE INDEX problems_by_report ON problems(report_id);
CREATE INDEX problems_by_snapshot ON problems(snapshot_id);
CREATE INDEX problems_by_code ON problems(code);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    indicator TEXT NOT NULL,
    old ANY,
    new ANY,
    cause TEXT NOT NULL CHECK (cause IN ('source', 'parser')),
    noticed TEXT NOT NULL,
    old_snapshot INTEGER REFERENCES snapshots(id),
    new_snapshot INTEGER REFERENCES snapshots(id),
    run_id INTEGER REFERENCES runs(id)
) STRICT;
CREATE INDEX revisions_by_report ON revisions(report_id, indicator);
CREATE INDEX revisions_newest ON revisions(cause, noticed DESC);

CREATE TABLE corrections (
    report_key TEXT NOT NULL,
    indicator TEXT NOT NULL,
    value ANY,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    "when" TEXT NOT NULL,
    snapshot_sha256 TEXT,
    lapsed TEXT,
    PRIMARY KEY (report_key, indicator, "when")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX corrections_in_force ON corrections(report_key, indicator) WHERE lapsed IS NULL;
"""
