BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'ogi-archive','first_tables','2026-11-23 02:31:19.827438+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'ogi-archive','figures','2026-11-23 02:31:19.833471+00:00');
CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    region_code TEXT REFERENCES regions(code),
    level TEXT,
    kind TEXT,
    field TEXT
) STRICT;
INSERT INTO "agencies" VALUES(1,'990100-凌州市教育局','凌州市教育局','990100','city','department','education');
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
INSERT INTO "checks" VALUES(1,1,'A2','total',4,0,'fail','H','The rows add up to 4, the form says 0.',1);
INSERT INTO "checks" VALUES(2,1,'A1',NULL,NULL,NULL,'pass','H',NULL,2);
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
INSERT INTO "claims" VALUES(1,1,'pub_website',4707,4707,4707,NULL,'条',1,'网站公开4707条。',4,8);
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
CREATE TABLE evidence (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    "table" TEXT NOT NULL,
    scope TEXT,
    snapshot_id INTEGER REFERENCES snapshots(id),
    places TEXT NOT NULL,
    PRIMARY KEY (report_id, "table")
) STRICT, WITHOUT ROWID;
INSERT INTO "evidence" VALUES(1,'a20_1','own',2,'{"rows":["regulations","normative_documents"],"columns":["issued","repealed","in_force"],"texts":["table # row # column #","/html/body/div/table[#]/tr[#]/td[#]"],"decimals":[],"steps":[[[2,0],[0,0,0]],[[1,0],[0,0,0]],[[1,3],[0,1,1]],[[2,0],[0,0,0]],[[1,0],[0,0,0]],[[1,3],[0,1,1]]]}');
INSERT INTO "evidence" VALUES(1,'a20_5','own',2,'{"rows":["licensing"],"columns":["decisions"],"texts":["table # row # column #","/html/body/div/table[#]/tr[#]/td[#]"],"decimals":[],"steps":[[[2],[0]],[[1],[0]],[[7],[0]],[[2],[0]],[[1],[0]],[[7],[0]]]}');
INSERT INTO "evidence" VALUES(1,'a20_6','own',2,'{"rows":["penalty","coercion"],"columns":["decisions"],"texts":["table # row # column #","/html/body/div/table[#]/tr[#]/td[#]"],"decimals":[],"steps":[[[2,0],[0]],[[2,0],[0]],[[1,1],[0]],[[2,0],[0]],[[2,0],[0]],[[1,1],[0]]]}');
INSERT INTO "evidence" VALUES(1,'a20_8','own',2,'{"rows":["admin_fees"],"columns":["amount"],"texts":["table # row # column #","/html/body/div/table[#]/tr[#]/td[#]"],"decimals":[],"steps":[[[2],[0]],[[2],[0]],[[3],[0]],[[2],[0]],[[2],[0]],[[3],[0]]]}');
INSERT INTO "evidence" VALUES(1,'remedies','own',2,'{"rows":["cases"],"columns":["review_upheld","review_corrected","review_other","review_pending","review_total","suit_direct_upheld","suit_direct_corrected","suit_direct_other","suit_direct_pending","suit_direct_total","suit_after_review_upheld","suit_after_review_corrected","suit_after_review_other","suit_after_review_pending","suit_after_review_total"],"texts":["table # row # column #","/html/body/div/table[#]/tr[#]/td[#]"],"decimals":[],"steps":[[[2],[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]],[[27],[0,0,0,0,1,0,0,0,0,0,0,1,0,0,0]],[[4],[0,1,1,1,-6,1,1,1,1,1,1,-6,1,1,1]],[[2],[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]],[[27],[0,0,0,0,1,0,0,0,0,0,0,1,0,0,0]],[[4],[0,1,1,1,-6,1,1,1,1,1,1,-6,1,1,1]]]}');
INSERT INTO "evidence" VALUES(1,'requests','own',2,'{"rows":["new_received","carried_in","granted","granted_part","refused_state_secret","refused_other_law","refused_security_stability","refused_third_party","refused_internal_affairs","refused_process_info","refused_enforcement_file","refused_admin_inquiry","unavailable_not_held","unavailable_needs_creation","unavailable_still_unclear","notprocessed_petition","notprocessed_duplicate","notprocessed_publication","notprocessed_excessive","notprocessed_confirm_reissue","other_no_correction","other_fee_unpaid","other_other","closed_total","carried_out"],"columns":["natural_person","org_business","org_research","org_public_benefit","org_legal_service","org_other","total"],"texts":["table # row # column #","/html/body/div/table[#]/tr[#]/td[#]"],"decimals":[],"steps":[[[2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0]],[[2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],[0,0,0,0,1,0,0]],[[4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,1,1,1,-6,1,1]],[[2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,0,0,0,0,0,0]],[[2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],[0,0,0,0,1,0,0]],[[4,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],[0,1,1,1,-6,1,1]]]}');
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
CREATE TABLE other_tables (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    section INTEGER,
    caption TEXT,
    rows TEXT NOT NULL,
    at TEXT
) STRICT;
INSERT INTO "other_tables" VALUES(1,1,1,NULL,'[["序号","主题"],["1","开学"]]','table 1');
CREATE TABLE proactive (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    indicator TEXT NOT NULL,
    value ANY,
    PRIMARY KEY (report_id, indicator)
) STRICT, WITHOUT ROWID;
INSERT INTO "proactive" VALUES(1,'a20_1.normative_documents.in_force',0);
INSERT INTO "proactive" VALUES(1,'a20_1.normative_documents.issued',0);
INSERT INTO "proactive" VALUES(1,'a20_1.normative_documents.repealed',0);
INSERT INTO "proactive" VALUES(1,'a20_1.regulations.in_force',0);
INSERT INTO "proactive" VALUES(1,'a20_1.regulations.issued',0);
INSERT INTO "proactive" VALUES(1,'a20_1.regulations.repealed',0);
INSERT INTO "proactive" VALUES(1,'a20_5.licensing.decisions',0);
INSERT INTO "proactive" VALUES(1,'a20_6.coercion.decisions',0);
INSERT INTO "proactive" VALUES(1,'a20_6.penalty.decisions',0);
INSERT INTO "proactive" VALUES(1,'a20_8.admin_fees.amount',0.0);
CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    report_id INTEGER REFERENCES reports(id),
    snapshot_id INTEGER REFERENCES snapshots(id),
    source_id TEXT REFERENCES sources(id),
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    at TEXT
) STRICT;
INSERT INTO "problems" VALUES(1,1,2,'jyj','row_unknown','The row 其他 is not in the form.','table 3 row 1');
CREATE TABLE regions (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    short_name TEXT,
    level TEXT,
    parent TEXT REFERENCES regions(code) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
INSERT INTO "regions" VALUES('990000','示例省','示例','province',NULL);
INSERT INTO "regions" VALUES('990100','凌州市','凌州','city','990000');
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
INSERT INTO "remedies" VALUES(1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0);
CREATE TABLE report_snapshots (
    report_id INTEGER NOT NULL REFERENCES reports(id),
    version INTEGER NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES snapshots(id),
    role TEXT NOT NULL,
    source_id TEXT REFERENCES sources(id),
    PRIMARY KEY (report_id, version, snapshot_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "report_snapshots" VALUES(1,1,1,'article','jyj');
INSERT INTO "report_snapshots" VALUES(1,2,2,'article','jyj');
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
INSERT INTO "reports" VALUES(1,'990100-凌州市教育局-2024-own',1,2024,'own','form_2021','凌州市教育局2024年政府信息公开工作年度报告','http://jyj.lingzhou.example/2024.html','2025-01-20',NULL,'2025-01-31',NULL,'on_time','2024-01-01','2024-12-31','html','complete','jyj',2,2,'132423bfd943c22005fc068b75c49e1e79296de03b52fffd2a39a2fcad702a64',1,'2026-11-22T01:00:00Z',NULL,NULL);
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
INSERT INTO "requests" VALUES(1,'carried_in',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'carried_out',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'closed_total',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'granted',0,0,0,0,0,0,7);
INSERT INTO "requests" VALUES(1,'granted_part',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'new_received',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'notprocessed_confirm_reissue',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'notprocessed_duplicate',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'notprocessed_excessive',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'notprocessed_petition',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'notprocessed_publication',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'other_fee_unpaid',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'other_no_correction',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'other_other',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_admin_inquiry',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_enforcement_file',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_internal_affairs',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_other_law',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_process_info',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_security_stability',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_state_secret',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'refused_third_party',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'unavailable_needs_creation',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'unavailable_not_held',0,0,0,0,0,0,0);
INSERT INTO "requests" VALUES(1,'unavailable_still_unclear',0,0,0,0,0,0,0);
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
INSERT INTO "revisions" VALUES(1,1,'requests.granted.natural_person',4,0,'source','2026-11-22T01:00:00Z',1,2,1);
INSERT INTO "revisions" VALUES(2,1,'requests.granted.total',4,7,'source','2026-11-22T01:00:00Z',1,2,1);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    finished INTEGER NOT NULL DEFAULT 0,
    summary TEXT
) STRICT;
INSERT INTO "runs" VALUES(1,'crawl','2026-11-23T02:31:19Z','2026-11-23T02:31:20Z',1,'{}');
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES reports(id),
    number INTEGER NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "sections" VALUES(1,1,1,'总体情况','示例：本文为演示而作。');
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
INSERT INTO "snapshots" VALUES(1,'GET http://jyj.lingzhou.example/2024.html','http://jyj.lingzhou.example/2024.html','2026-11-22T01:00:00Z',200,'text/html',1,'6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b','run000001-0001.warc.gz',0);
INSERT INTO "snapshots" VALUES(2,'GET http://jyj.lingzhou.example/2024.html','http://jyj.lingzhou.example/2024.html','2026-11-22T01:00:00Z',200,'text/html',1,'d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35','run000001-0001.warc.gz',100);
CREATE TABLE source_states (
    run_id INTEGER NOT NULL REFERENCES runs(id),
    source_id TEXT NOT NULL REFERENCES sources(id),
    state TEXT NOT NULL,
    evidence TEXT,
    PRIMARY KEY (run_id, source_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "source_states" VALUES(1,'jyj','ok','{"reports": 1}');
CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    region_code TEXT REFERENCES regions(code),
    agency TEXT,
    listing_url TEXT NOT NULL,
    platform TEXT,
    first_year INTEGER,
    note TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO "sources" VALUES('jyj','990100','凌州市教育局','http://jyj.lingzhou.example/nb/','trs',2019,NULL);
CREATE TABLE visits (
    snapshot_id INTEGER PRIMARY KEY REFERENCES snapshots(id),
    fetched TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT
) STRICT;
INSERT INTO "visits" VALUES(1,'2026-11-22T01:00:00Z',NULL,NULL);
INSERT INTO "visits" VALUES(2,'2026-11-22T01:00:00Z',NULL,NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX agencies_by_region ON agencies(region_code, field);
CREATE INDEX agencies_by_field ON agencies(field);
CREATE INDEX agencies_by_name ON agencies(name);
CREATE INDEX sources_by_region ON sources(region_code);
CREATE INDEX indicators_by_place ON indicators(form, "table", "row", "column", id);
CREATE INDEX snapshots_by_request ON snapshots(request_key, sha256);
CREATE INDEX snapshots_by_digest ON snapshots(sha256);
CREATE INDEX source_states_by_source ON source_states(source_id, run_id);
CREATE INDEX reports_by_agency ON reports(agency_id, year);
CREATE INDEX reports_by_year ON reports(year, timeliness);
CREATE INDEX reports_by_published ON reports(published DESC);
CREATE INDEX reports_by_first_seen ON reports(first_seen DESC);
CREATE INDEX reports_by_source ON reports(source_id, url);
CREATE INDEX reports_by_snapshot ON reports(snapshot_id);
CREATE INDEX reports_with_failed_checks ON reports(checks_failed DESC) WHERE checks_failed > 0;
CREATE INDEX report_snapshots_by_source ON report_snapshots(source_id);
CREATE INDEX report_snapshots_by_snapshot ON report_snapshots(snapshot_id);
CREATE INDEX requests_by_outcome ON requests(outcome, total);
CREATE INDEX proactive_by_indicator ON proactive(indicator, value);
CREATE INDEX evidence_by_snapshot ON evidence(snapshot_id);
CREATE INDEX claims_by_report ON claims(report_id);
CREATE INDEX claims_by_code ON claims(code, value);
CREATE INDEX sections_by_report ON sections(report_id, number);
CREATE INDEX other_tables_by_report ON other_tables(report_id);
CREATE INDEX checks_by_report ON checks(report_id, rule);
CREATE INDEX checks_not_passed ON checks(result, rule, report_id) WHERE result <> 'pass';
CREATE INDEX problems_by_report ON problems(report_id);
CREATE INDEX problems_by_snapshot ON problems(snapshot_id);
CREATE INDEX problems_by_code ON problems(code);
CREATE INDEX revisions_by_report ON revisions(report_id, indicator);
CREATE INDEX revisions_newest ON revisions(cause, noticed DESC);
CREATE UNIQUE INDEX corrections_in_force ON corrections(report_key, indicator) WHERE lapsed IS NULL;
CREATE VIEW "figures" AS 
SELECT
    r.id AS report_id, r.report_key, a.name AS agency, a.region_code, g.name AS region, r.year, r.form,
    i.id AS indicator,
    CASE WHEN c.report_key IS NULL THEN CASE i."column" WHEN 'natural_person' THEN q.natural_person WHEN 'org_business' THEN q.org_business WHEN 'org_research' THEN q.org_research WHEN 'org_public_benefit' THEN q.org_public_benefit WHEN 'org_legal_service' THEN q.org_legal_service WHEN 'org_other' THEN q.org_other WHEN 'total' THEN q.total END ELSE c.value END AS value,
    CASE i."column" WHEN 'natural_person' THEN q.natural_person WHEN 'org_business' THEN q.org_business WHEN 'org_research' THEN q.org_research WHEN 'org_public_benefit' THEN q.org_public_benefit WHEN 'org_legal_service' THEN q.org_legal_service WHEN 'org_other' THEN q.org_other WHEN 'total' THEN q.total END AS read_value,
    c.report_key IS NOT NULL AS corrected
FROM requests q JOIN reports r ON r.id = q.report_id
JOIN indicators i ON i.form = r.form AND i."table" = 'requests' AND i."row" = q.outcome
JOIN agencies a ON a.id = r.agency_id
LEFT JOIN regions g ON g.code = a.region_code
LEFT JOIN corrections c ON c.report_key = r.report_key AND c.indicator = i.id AND c.lapsed IS NULL
 UNION ALL 
SELECT
    r.id AS report_id, r.report_key, a.name AS agency, a.region_code, g.name AS region, r.year, r.form,
    i.id AS indicator,
    CASE WHEN c.report_key IS NULL THEN CASE i."column" WHEN 'review_upheld' THEN m.review_upheld WHEN 'review_corrected' THEN m.review_corrected WHEN 'review_other' THEN m.review_other WHEN 'review_pending' THEN m.review_pending WHEN 'review_total' THEN m.review_total WHEN 'suit_direct_upheld' THEN m.suit_direct_upheld WHEN 'suit_direct_corrected' THEN m.suit_direct_corrected WHEN 'suit_direct_other' THEN m.suit_direct_other WHEN 'suit_direct_pending' THEN m.suit_direct_pending WHEN 'suit_direct_total' THEN m.suit_direct_total WHEN 'suit_after_review_upheld' THEN m.suit_after_review_upheld WHEN 'suit_after_review_corrected' THEN m.suit_after_review_corrected WHEN 'suit_after_review_other' THEN m.suit_after_review_other WHEN 'suit_after_review_pending' THEN m.suit_after_review_pending WHEN 'suit_after_review_total' THEN m.suit_after_review_total END ELSE c.value END AS value,
    CASE i."column" WHEN 'review_upheld' THEN m.review_upheld WHEN 'review_corrected' THEN m.review_corrected WHEN 'review_other' THEN m.review_other WHEN 'review_pending' THEN m.review_pending WHEN 'review_total' THEN m.review_total WHEN 'suit_direct_upheld' THEN m.suit_direct_upheld WHEN 'suit_direct_corrected' THEN m.suit_direct_corrected WHEN 'suit_direct_other' THEN m.suit_direct_other WHEN 'suit_direct_pending' THEN m.suit_direct_pending WHEN 'suit_direct_total' THEN m.suit_direct_total WHEN 'suit_after_review_upheld' THEN m.suit_after_review_upheld WHEN 'suit_after_review_corrected' THEN m.suit_after_review_corrected WHEN 'suit_after_review_other' THEN m.suit_after_review_other WHEN 'suit_after_review_pending' THEN m.suit_after_review_pending WHEN 'suit_after_review_total' THEN m.suit_after_review_total END AS read_value,
    c.report_key IS NOT NULL AS corrected
FROM remedies m JOIN reports r ON r.id = m.report_id
JOIN indicators i ON i.form = r.form AND i."table" = 'remedies'
JOIN agencies a ON a.id = r.agency_id
LEFT JOIN regions g ON g.code = a.region_code
LEFT JOIN corrections c ON c.report_key = r.report_key AND c.indicator = i.id AND c.lapsed IS NULL
 UNION ALL 
SELECT
    r.id AS report_id, r.report_key, a.name AS agency, a.region_code, g.name AS region, r.year, r.form,
    p.indicator AS indicator,
    CASE WHEN c.report_key IS NULL THEN p.value ELSE c.value END AS value,
    p.value AS read_value,
    c.report_key IS NOT NULL AS corrected
FROM proactive p JOIN reports r ON r.id = p.report_id
JOIN agencies a ON a.id = r.agency_id
LEFT JOIN regions g ON g.code = a.region_code
LEFT JOIN corrections c ON c.report_key = r.report_key AND c.indicator = p.indicator AND c.lapsed IS NULL;
COMMIT;
