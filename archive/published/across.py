"""The rules across reports (B, C, and those that need last year's report), judged anew at every publication.

A rule that fails is a question to the agency: reforms move powers between agencies, scopes change, texts lapse. Each
verdict has both sides, and a sentence where it did not pass; what passed is counted. Rule B3 is kept by computing
nothing: stocks and fees do not chain from the form of 2019 to that of 2021. Rules C4 to C6 are kept by what is summed:
one level at a time, never the office beside the city, never bodies that report to their own line.
"""

from __future__ import annotations

from sqlite_utils import Database

from archive.tables.figures_view import REQUESTER_COLUMNS

RULES = ("A14", "A15", "B1", "B2", "B4", "B5", "B6", "B7", "B8", "B9", "C1", "C2")
REMEDIES = ("review", "suit_direct", "suit_after_review")
JUMP, JUMP_FROM = 5, 50
REUSE = 0.8
PERCENT_POINTS = 0.05

_TABLES = """
CREATE TEMP TABLE pairs (later INTEGER PRIMARY KEY, earlier INTEGER NOT NULL, same_form INTEGER NOT NULL);
INSERT INTO pairs
SELECT later.id, max(earlier.id), later.form IS earlier.form
FROM reports later
CROSS JOIN agencies a ON a.id = later.agency_id CROSS JOIN agencies b ON b.line = a.line
CROSS JOIN reports earlier
    ON earlier.agency_id = b.id AND earlier.year = later.year - 1 AND earlier.scope = later.scope
GROUP BY later.id;
CREATE TEMP TABLE found (
    report_id INTEGER, rule TEXT, scope TEXT, "left" ANY, "right" ANY, result TEXT, severity TEXT, explanation TEXT
);
"""

# B1: what was carried out of a year is what is carried into the next, column by column; organisations may be sorted
# otherwise a year later while the total holds.
_B1 = "\n".join(
    f"""
INSERT INTO found
SELECT p.later, 'B1', '{column}', come.{column}, gone.{column},
    CASE WHEN come.{column} IS NULL OR gone.{column} IS NULL THEN 'not_assessable'
        WHEN come.{column} = gone.{column} THEN 'pass'
        WHEN '{column}' <> 'total' AND come.total = gone.total THEN 'explained' ELSE 'fail' END,
    '{"H" if column == "total" else "M"}',
    CASE WHEN come.{column} IS NULL OR gone.{column} IS NULL
        THEN 'a cell of one of the two years is blank'
        WHEN '{column}' <> 'total' AND come.total = gone.total
        THEN 'the total was carried over whole; applicants were sorted otherwise a year later'
        ELSE 'carried in from last year, against what last year''s report carried out' END
FROM pairs p
JOIN requests come ON come.report_id = p.later AND come.outcome = 'carried_in'
JOIN requests gone ON gone.report_id = p.earlier AND gone.outcome = 'carried_out'
WHERE '{column}' = 'total' OR come.{column} + gone.{column} IS NOT NULL;
"""  # noqa: S608  # names of our own columns
    for column in REQUESTER_COLUMNS
)

# B2: the stock of texts in force, since the form of 2021; B3 is that nothing is computed across the forms.
_B2 = "\n".join(
    f"""
INSERT INTO found
SELECT p.later, 'B2', '{row}', now.value, before.value + issued.value - repealed.value,
    iif(now.value = before.value + issued.value - repealed.value, 'pass', 'fail'), 'M',
    'in force now, against in force last year and issued less repealed this year; texts also lapse by themselves,'
        || ' and reforms move them between agencies'
FROM pairs p
JOIN proactive now ON now.report_id = p.later AND now.indicator = 'a20_1.{row}.in_force'
JOIN proactive issued ON issued.report_id = p.later AND issued.indicator = 'a20_1.{row}.issued'
JOIN proactive repealed ON repealed.report_id = p.later AND repealed.indicator = 'a20_1.{row}.repealed'
JOIN proactive before ON before.report_id = p.earlier AND before.indicator = 'a20_1.{row}.in_force'
WHERE p.same_form AND now.value + issued.value + repealed.value + before.value IS NOT NULL;
"""  # noqa: S608  # names of our own rows
    for row in ("regulations", "normative_documents")
)

_B4 = "\n".join(
    f"""
INSERT INTO found
SELECT p.later, 'B4', '{remedy}', now.{remedy}_total, before.{remedy}_pending,
    iif(now.{remedy}_total >= before.{remedy}_pending, 'pass', 'fail'), 'L',
    'fewer cases than were pending at the end of last year; the forms do not say whether these are counted again'
FROM pairs p JOIN remedies now ON now.report_id = p.later JOIN remedies before ON before.report_id = p.earlier
WHERE now.{remedy}_total IS NOT NULL AND before.{remedy}_pending > 0;
"""  # noqa: S608  # names of our own columns
    for remedy in REMEDIES
)

_JUMPED = f"""
max(now, before) >= {JUMP_FROM} AND (now > {JUMP} * before OR before > {JUMP} * now)
"""
_B5 = f"""
INSERT INTO found
SELECT later, 'B5', scope, now, before, iif({_JUMPED}, 'fail', 'pass'), 'L',
    'more than five times, or less than a fifth of, last year''s number'
FROM (
    SELECT p.later, q.outcome AS scope, q.total AS now, z.total AS before
    FROM pairs p JOIN requests q ON q.report_id = p.later AND q.outcome IN ('new_received', 'closed_total')
    JOIN requests z ON z.report_id = p.earlier AND z.outcome = q.outcome
    UNION ALL
    SELECT p.later, n.indicator, n.value, b.value
    FROM pairs p JOIN proactive n ON n.report_id = p.later AND n.indicator IN (SELECT id FROM chained)
    JOIN proactive b ON b.report_id = p.earlier AND b.indicator = n.indicator
) WHERE max(now, before) >= {JUMP_FROM};
"""  # noqa: S608  # our own numbers
_CHAINED = """
CREATE TEMP TABLE chained AS SELECT DISTINCT id FROM indicators
WHERE "table" NOT IN ('requests', 'remedies') AND dtype = 'integer' AND comparability IN ('same', 'near');
"""

# B6: every cell as the year before. The totals choose the few pairs whose other cells are compared.
_CELLS = ", ".join(REQUESTER_COLUMNS)
_B6 = f"""
INSERT INTO found
SELECT p.later, 'B6', 'tables', now.total, before.total, 'fail', 'M',
    'every cell of sections three and four is as in last year''s report: was the form of last year copied?'
FROM pairs p
JOIN requests now ON now.report_id = p.later AND now.outcome = 'new_received'
JOIN requests before ON before.report_id = p.earlier AND before.outcome = 'new_received' AND before.total = now.total
WHERE now.total > 0 AND p.same_form AND NOT EXISTS (
    SELECT outcome, {_CELLS} FROM requests WHERE report_id = p.later
    EXCEPT SELECT outcome, {_CELLS} FROM requests WHERE report_id = p.earlier
) AND NOT EXISTS (
    SELECT indicator, value FROM proactive WHERE report_id = p.later
    EXCEPT SELECT indicator, value FROM proactive WHERE report_id = p.earlier
) AND NOT EXISTS (
    SELECT review_total, suit_direct_total, suit_after_review_total FROM remedies WHERE report_id = p.later
    EXCEPT SELECT review_total, suit_direct_total, suit_after_review_total FROM remedies WHERE report_id = p.earlier
);
"""  # noqa: S608  # names of our own columns

_B7 = f"""
INSERT INTO found
SELECT t.report_id, 'B7', 'section ' || t.section, round(t.similarity, 3), {REUSE},
    iif(t.similarity > {REUSE}, 'fail', 'pass'), 'L',
    'the share of this section''s words that stand in last year''s report too, numbers left aside'
FROM (
    SELECT report_id, earlier_id, 1 AS section, section_1 AS similarity FROM text_reuse
    UNION ALL SELECT report_id, earlier_id, 5, section_5 FROM text_reuse
    UNION ALL SELECT report_id, earlier_id, 6, section_6 FROM text_reuse
) t JOIN pairs p ON p.later = t.report_id AND p.earlier = t.earlier_id
WHERE t.similarity IS NOT NULL;
"""  # noqa: S608  # our own number

_B8 = """
INSERT INTO found
SELECT id, 'B8', 'period', year, CAST(substr(period_to, 1, 4) AS INTEGER),
    iif(CAST(substr(period_to, 1, 4) AS INTEGER) = year, 'pass', 'fail'), 'M',
    'the year of the report against the year in which its period of statistics ends: last year''s text?'
FROM reports WHERE period_to IS NOT NULL;
"""

_B9 = """
INSERT INTO found
SELECT id, 'B9', 'versions', version, 1, 'explained', 'L',
    'the report was changed after it was first kept; every version is kept'
FROM reports WHERE version > 1;
"""

_A14 = """
INSERT INTO found
SELECT p.later, 'A14', n.indicator, n.value, b.value,
    iif(n.value > 1000 * b.value OR b.value > 1000 * n.value, 'fail', 'pass'), 'M',
    'more than a thousand times last year''s amount, or less than a thousandth: 元 written as 万元?'
FROM pairs p JOIN proactive n ON n.report_id = p.later
JOIN indicators i ON i.id = n.indicator AND i.dtype = 'decimal'
    AND i.form = (SELECT form FROM reports WHERE id = p.later)
JOIN proactive b ON b.report_id = p.earlier AND b.indicator = n.indicator
WHERE n.value > 0 AND b.value > 0;
"""

_A15 = """
INSERT INTO found
SELECT p.later, 'A15', substr(n.indicator, 1, length(n.indicator) - length('.items_prev_year')), n.value,
    b.value + c.value, iif(n.value = b.value + c.value, 'pass', 'fail'), 'M',
    'the number stated for last year, against last year''s report: its own number of the year before and the change'
FROM pairs p JOIN proactive n ON n.report_id = p.later AND n.indicator GLOB '*.items_prev_year'
JOIN proactive b ON b.report_id = p.earlier AND b.indicator = n.indicator
JOIN proactive c ON c.report_id = p.earlier
    AND c.indicator = replace(n.indicator, '.items_prev_year', '.items_change')
WHERE n.value + b.value + c.value IS NOT NULL;
"""

# C: the whole of a city or county against the agencies that published their own, one level down.
_PARTS = """
CREATE TEMP TABLE wholes AS
SELECT r.id, r.year, a.region_code FROM reports r JOIN agencies a ON a.id = r.agency_id
WHERE r.scope = 'whole' AND a.kind IN ('government', 'aggregate', 'office') AND a.region_code IS NOT NULL
    AND r.withdrawn IS NULL;
CREATE TEMP TABLE parts AS
SELECT w.id AS whole, r.id AS part FROM wholes w JOIN agencies a ON a.region_code = w.region_code
JOIN reports r ON r.agency_id = a.id AND r.year = w.year AND r.scope = 'own'
WHERE a.kind IN ('department', 'office') AND a.level IS NOT 'vertical' AND r.withdrawn IS NULL
UNION ALL
SELECT w.id, max(r.id) FROM wholes w JOIN regions g ON g.parent = w.region_code
JOIN agencies a ON a.region_code = g.code AND a.kind IN ('government', 'aggregate')
JOIN reports r ON r.agency_id = a.id AND r.year = w.year AND r.scope = 'whole' AND r.withdrawn IS NULL
GROUP BY w.id, g.code;
CREATE TEMP TABLE sums AS
SELECT p.whole, q.outcome, count(*) AS parts, sum(q.total) AS total, w.total AS whole_total
FROM parts p JOIN requests q ON q.report_id = p.part
JOIN requests w ON w.report_id = p.whole AND w.outcome = q.outcome
WHERE q.total IS NOT NULL AND w.total IS NOT NULL GROUP BY p.whole, q.outcome;
"""
_C1 = """
INSERT INTO found
SELECT whole, 'C1', outcome, total, whole_total, iif(total > whole_total, 'fail', 'pass'), 'M',
    'the ' || parts || ' parts that are published count more than the whole of which they are parts'
FROM sums;
"""
_C2 = """
INSERT INTO found
SELECT s.whole, 'C2', 'new_received', s.total, s.whole_total,
    iif(s.total = s.whole_total, 'pass', 'explained'), 'L',
    s.parts || ' parts are published; ' || (
        SELECT count(*) FROM agency_years y JOIN wholes w ON w.id = s.whole
        WHERE y.year = w.year AND y.report_key IS NULL AND (
            y.region_code = w.region_code OR y.region_code IN (SELECT code FROM regions WHERE parent = w.region_code)
        )
    ) || ' expected ones are not in the archive'
FROM sums s WHERE s.outcome = 'new_received' AND s.whole_total > 0 AND s.total <= s.whole_total;
"""

# D9: the change that a report states, against last year's report: new requests, or together with those carried in.
_D9 = f"""
UPDATE checks SET result = 'not_assessable', "right" = NULL WHERE rule = 'D9' AND result <> 'not_assessable';
CREATE TEMP TABLE changes AS
SELECT c.id, c.scope, c."left" AS stated, n.total AS now, b.total AS before, coalesce(m.total, 0) AS now_more,
    coalesce(d.total, 0) AS before_more
FROM checks c JOIN pairs p ON p.later = c.report_id
JOIN requests b ON b.report_id = p.earlier AND b.outcome = 'new_received'
LEFT JOIN requests n ON n.report_id = p.later AND n.outcome = 'new_received'
LEFT JOIN requests m ON m.report_id = p.later AND m.outcome = 'carried_in'
LEFT JOIN requests d ON d.report_id = p.earlier AND d.outcome = 'carried_in'
WHERE c.rule = 'D9' AND c.result = 'not_assessable' AND b.total IS NOT NULL AND c."left" IS NOT NULL;
UPDATE checks SET "right" = k.before, result = iif(stated IN (k.before, k.before + k.before_more), 'pass', 'fail'),
    explanation = 'by the change that the text states, last year''s report would count the number on the left'
FROM changes k WHERE checks.id = k.id AND k.scope = 'received';
UPDATE checks SET "right" = round(100.0 * (k.now - k.before) / k.before, 2),
    result = iif(abs(100.0 * (k.now - k.before) / k.before - stated) <= {PERCENT_POINTS}
        OR abs(100.0 * (k.now + k.now_more - k.before - k.before_more) / (k.before + k.before_more) - stated)
            <= {PERCENT_POINTS}, 'pass', 'fail'),
    explanation = 'the change in percent that the text states, against the tables of both years'
FROM changes k WHERE checks.id = k.id AND k.scope = 'received_pct' AND k.before > 0 AND k.now IS NOT NULL;
"""  # noqa: S608  # our own number

_STORE = """
INSERT INTO checks (report_id, rule, scope, "left", "right", result, severity, explanation, tally)
SELECT report_id, rule, scope, "left", "right", result, severity, explanation, 1 FROM found WHERE result <> 'pass';
INSERT INTO checks (report_id, rule, result, severity, tally)
SELECT report_id, rule, 'pass', severity, count(*) FROM found WHERE result = 'pass'
GROUP BY report_id, rule, severity;
CREATE TEMP TABLE failing (report_id INTEGER PRIMARY KEY, tally INTEGER NOT NULL);
INSERT INTO failing SELECT report_id, count(*) FROM checks WHERE result = 'fail' AND severity = 'H' GROUP BY report_id;
UPDATE reports SET checks_failed = coalesce((SELECT tally FROM failing WHERE report_id = reports.id), 0)
WHERE checks_failed <> coalesce((SELECT tally FROM failing WHERE report_id = reports.id), 0);
"""
_TEMPORARY = ("pairs", "found", "chained", "wholes", "parts", "sums", "changes", "failing")


def judge_across(db: Database) -> int:
    """Applies the rules across reports in place of what they said before; returns how many of them fail.

    Needs the lines of agencies, `text_reuse` and `agency_years`.
    """
    marks = ", ".join("?" * len(RULES))
    db.execute(f"DELETE FROM checks WHERE rule IN ({marks})", RULES)  # noqa: S608  # question marks only
    for script in (_TABLES, _CHAINED, _B1, _B2, _B4, _B5, _B6, _B7, _B8, _B9, _A14, _A15, _PARTS, _C1, _C2, _D9):
        db.executescript(script)
    db.executescript(_STORE)
    (failed,) = db.execute("SELECT count(*) FROM found WHERE result = 'fail'").fetchone()
    for table in _TEMPORARY:
        db.execute(f"DROP TABLE temp.{table}")
    return int(failed)
