"""Writes an archive of plausible invented reports: `python benchmarks/generate.py REPORTS archive.db [--text]`."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.figures_view import REQUESTER_COLUMNS
from archive.publish import publish, var_directory
from archive.store import Archive
from parsers.forms import forms

FORM = forms()["form_2021"]
OUTCOMES = tuple(row.code for row in FORM.table("requests").rows)
PROACTIVE = tuple(i.id for i in FORM.indicators() if i.table not in ("requests", "remedies"))
YEARS = range(2016, 2026)
AT_ONCE = 500
WORDS = "公开申请信息政府办理制度平台群众回应监督保障发布政策解读答复审查流程规范服务数据网站抖音教育局民政改进"
PLACES = json.dumps(
    {
        "rows": list(OUTCOMES),
        "columns": list(REQUESTER_COLUMNS),
        "texts": ["table # row # column #", "/html/body/div[#]/table[#]/tr[#]/td[#]"],
        "decimals": [],
        "steps": [[[0] + [1] * 24, [0] + [1] * 6]] * 4,
    },
    separators=(",", ":"),
)


def generate(db: Database, reports: int, *, text: bool) -> None:
    """Fills the tables of a working archive, the rows as the store writes them, a few hundred reports a transaction."""
    dice = random.Random(5)  # invented numbers, the same each time
    agencies = reports // len(YEARS)
    regions = [
        f"{province}{city:02}{county:02}" for province in range(11, 66) for city in range(1, 9) for county in range(9)
    ]
    with db.atomic():
        db.conn.executemany(
            "INSERT INTO regions VALUES (?, ?, ?, 'county', NULL) ON CONFLICT DO NOTHING",
            [(code, f"示例{code}", code) for code in regions],
        )
        db.conn.executemany(
            "INSERT INTO agencies (id, key, name, region_code, level, kind, field) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (number, f"{region}-示例第{number}局", f"示例第{number}局", region, "county", "department", "education")
                for number in range(1, agencies + 1)
                for region in (regions[number % len(regions)],)
            ],
        )
    numbers = iter(range(1, reports + 1))
    while batch := [number for number, _ in zip(numbers, range(AT_ONCE), strict=False)]:
        with db.atomic():
            for table, rows in _rows(batch, agencies, regions, dice, text).items():
                marks = ", ".join("?" * len(rows[0]))
                db.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _rows(
    batch: list[int], agencies: int, regions: list[str], dice: random.Random, text: bool
) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for number in batch:
        agency, year = (number - 1) % agencies + 1, YEARS[(number - 1) // agencies % len(YEARS)]
        region = regions[agency % len(regions)]
        for table, row in _report(number, agency, year, f"{region}-示例第{agency}局-{year}-own", dice, text):
            found.setdefault(table, []).append(row)
    return found


def _report(
    number: int, agency: int, year: int, key: str, dice: random.Random, text: bool
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    url = f"https://www.example-{agency % 5000}.gov.example/zwgk/xxgknb/{year}/t{year}0120_{number}.html"
    digest = f"{dice.getrandbits(256):064x}"
    fetched = f"{year + 1}-02-01T01:02:03Z"
    yield (
        "snapshots",
        (number, f"GET {url}", url, fetched, 200, "text/html", 63000, digest, "run000001-0001.warc.gz", number * 9000),
    )
    yield (
        "reports",
        (
            *(number, key, agency, year, "own", FORM.id, f"示例第{agency}局{year}年政府信息公开工作年度报告", url),
            *(f"{year + 1}-01-{dice.randint(10, 31)}", "page", f"{year + 1}-01-31", None, "on_time"),
            *(f"{year}-01-01", f"{year}-12-31", "html", "complete", None, number, 1, digest, 0, fetched, None, None),
        ),
    )
    yield "report_snapshots", (number, 1, number, "article", None)
    busy = dice.random() < 0.4
    for outcome in OUTCOMES:
        people = int(dice.paretovariate(0.9)) - 1 if busy and dice.random() < 0.5 else 0
        firms = dice.randint(0, 3) if busy and dice.random() < 0.2 else 0
        yield "requests", (number, outcome, people, firms, 0, 0, 0, 0, people + firms)
    cases = [dice.randint(0, 3) if busy and dice.random() < 0.1 else 0 for _ in range(12)]
    yield "remedies", (number, *(cell for at in (0, 4, 8) for cell in (*cases[at : at + 4], sum(cases[at : at + 4]))))
    for indicator in PROACTIVE:
        yield "proactive", (number, indicator, dice.randint(0, 400) if dice.random() < 0.3 else 0)
    for table in ("requests", "remedies", "a20_1", "a20_5", "a20_6", "a20_8"):
        yield "evidence", (number, table, "own", number, PLACES if table == "requests" else PLACES[-120:], None)
    for rule, severity, tally in (("A1", "H", 25), ("A2", "H", 7), ("A3", "H", 7), ("A4", "H", 3)):
        yield "checks", (None, number, rule, None, None, None, "pass", severity, None, tally)
    if dice.random() < 0.05:
        yield "checks", (None, number, "A2", "total", 4, 5, "fail", "H", "the rows do not make the total", 1)
    if text:
        for section in (1, 2, 5, 6):
            words = "".join(dice.choices(WORDS, k=300))
            said = "，".join(words[at : at + 12] for at in range(0, 300, 12))
            yield "sections", (None, number, section, "总体情况", f"{year}年，{said}。")


def main() -> None:
    """Generates, publishes, and says how long each took and what the tables weigh."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int)
    parser.add_argument("db", type=Path)
    parser.add_argument("--text", action="store_true", help="four sections of text a report too")
    chosen = parser.parse_args()
    working = var_directory(chosen.db) / "working.db"
    with Archive(working) as archive:
        archive.db.execute("PRAGMA foreign_keys = OFF")
        started = time.perf_counter()
        generate(archive.db, chosen.reports, text=chosen.text)
        seconds = time.perf_counter() - started
        archive.end_run(archive.begin_run("generate"), True, {})
    print(f"inserted {chosen.reports:,} reports in {seconds:.1f} s: {chosen.reports / seconds:,.0f} a second")
    started = time.perf_counter()
    counts = publish(working, chosen.db)
    print(
        f"published in {time.perf_counter() - started:.1f} s: {counts.size / 1e6:,.0f} MB, {counts.figures:,} figures"
    )


if __name__ == "__main__":
    main()
