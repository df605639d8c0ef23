"""Writes an archive of invented reports and publishes it: `python -m benchmarks.generate N archive.db [--text]`.

The agencies of every division of China, 31 each, ten years each, make a million reports; where fewer are wanted, there
are fewer divisions, evenly spread. Rows are written as the store writes them, an agency at a time.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from archive.publish import publish, var_directory
from archive.states import SourceState
from archive.store import Archive, SourceLine
from archive.tables.compact import number_of
from archive.tables.figures_view import REMEDY_COLUMNS
from archive.tables.places import CellPlace, Packed, pack
from parsers.forms import forms
from parsers.identity.regions import Region, regions

YEARS = range(2016, 2026)
AGENCIES_AT_ONCE = 100
FETCHED = "2026-11-22T01:02:03Z"
BUREAUS = {
    "发展和改革": "development", "教育": "education", "科学技术": "science", "工业和信息化": "industry",
    "民族宗教事务": "ethnic", "公安": "police", "民政": "civil_affairs", "司法": "justice", "财政": "finance",
    "人力资源和社会保障": "labour", "自然资源": "land", "生态环境": "environment", "住房和城乡建设": "housing",
    "交通运输": "transport", "水利": "water", "农业农村": "agriculture", "商务": "commerce", "文化和旅游": "culture",
    "卫生健康": "health", "退役军人事务": "veterans", "应急管理": "emergency", "审计": "audit",
    "市场监督管理": "market", "体育": "sport", "统计": "statistics", "医疗保障": "insurance", "信访": "petitions",
    "城市管理": "urban", "林业": "forestry", "行政审批": "approval",
}  # fmt: skip
OUTCOMES = ("granted", "granted_part", "refused_other_law", "unavailable_not_held", "unavailable_still_unclear")
CHANNELS = ("网站", "微信公众号", "抖音号", "政务新媒体", "公报", "新闻发布会", "便民热线", "社区公告栏")
DOINGS = (
    "主动公开政府信息", "发布政策解读", "办理政府信息公开申请", "回应群众关切", "公开教育局、民政局等部门的办事指南",
    "更新机构职能和领导信息", "举办政府开放日", "公开财政预算决算", "清理规范性文件", "开展政务公开培训",
)  # fmt: skip
PRAISE = (
    "坚持以人民为中心", "按照政府信息公开条例的要求", "进一步健全工作机制", "不断拓宽公开渠道", "强化监督保障",
    "围绕群众关心的热点问题", "落实信息发布审核制度", "加强队伍建设", "推动政务公开工作提质增效", "对照年度工作要点",
)  # fmt: skip
LACKS = (
    "公开内容的深度和广度还需加强", "政策解读形式较为单一", "工作人员业务能力有待提高", "平台更新不够及时",
    "主动公开意识不强", "与公众互动不足", "依申请公开办理流程需要优化", "部门之间协调不够顺畅",
)  # fmt: skip
FORMS = forms()
COLUMNS = {
    "agencies": "id, key, name, region_code, level, kind, field",
    "snapshots": 'id, request_key, url, fetched, status, content_type, length, sha256, warc, "offset"',
    "reports": "id, report_key, agency_id, year, scope, form, title, url, published, published_source, deadline,"
    " days_late, timeliness, period_from, period_to, media, status, source_id, snapshot_id, version, content_sha256,"
    " checks_failed, first_seen, withdrawn",
    "report_snapshots": "report_id, version, snapshot_id, role, source_id",
    "requests": "report_id, outcome, natural_person, org_business, org_research, org_public_benefit,"
    " org_legal_service, org_other, total",
    "remedies": f"report_id, {', '.join(REMEDY_COLUMNS)}",
    "proactive_cells": "report_id, indicator_id, value",
    "cell_notes": "report_id, indicator, kind, raw",
    "evidence": 'report_id, "table", scope, snapshot_id, layout_id, places',
    "checks": 'report_id, rule, scope, "left", "right", result, severity, explanation, tally',
    "problems": "report_id, snapshot_id, source_id, code, message, at",
    "revisions": "report_id, indicator, old, new, cause, noticed, old_snapshot, new_snapshot, run_id",
    "sections": "report_id, number, heading, text",
    "claims": "report_id, code, value, low, high, unit, section, sentence, span_start, span_end",
}


class Agency(NamedTuple):
    """An invented agency of a real division, on the column of that division's portal."""

    id: int
    name: str
    region: Region
    kind: str
    field: str

    @property
    def key(self) -> str:
        """Its key in the archive."""
        return f"{self.region.code}-{self.name}"


def agencies(number: int) -> Iterator[Agency]:
    """So many agencies: all of a division, and of as many divisions as that takes, evenly spread."""
    known = list(regions().values())
    needed = min(len(known), -(-number // (len(BUREAUS) + 1)))
    chosen = [known[at * len(known) // needed] for at in range(needed)]
    names = [("人民政府", "government", "government")]
    names += [(f"{name}局", "department", field) for name, field in BUREAUS.items()]
    every = ((region, *organ) for region in chosen for organ in names)
    for count, (region, organ, kind, field) in zip(range(1, number + 1), every, strict=False):
        yield Agency(count, f"{region.name}{organ}", region, kind, field)


def register(archive: Archive, run: int, number: int) -> None:
    """Registers the column of every division's portal, and how the crawl of it ended."""
    codes = sorted({agency.region.code for agency in agencies(number)})
    archive.register(
        SourceLine(f"s{code}", code, None, f"https://www.s{code}.gov.example/zwgk/xxgknb/") for code in codes
    )
    dice = random.Random(7)
    states = [*[SourceState.OK] * 8, *[SourceState.UNCHANGED] * 88, *list(SourceState)[3:7]]
    archive.set_states(run, {f"s{code}": (dice.choice(states), {}) for code in codes})


class Generator:
    """Fills a working archive, some hundred agencies a transaction: what it holds in memory does not grow."""

    def __init__(self, archive: Archive, *, text: bool) -> None:
        self.db = archive.db
        self.text = text
        self.run = archive.begin_run("crawl")
        self.dice = random.Random(5)  # invented numbers, the same each time
        self.waiting: dict[str, list[tuple[Any, ...]]] = {}
        names = {indicator.id for form in FORMS.values() for indicator in form.indicators()}
        with self.db.atomic():
            self.numbers = {name: number_of(self.db, "indicator_names", "indicator", name) for name in sorted(names)}
        self.layouts: dict[tuple[str, str, int], int] = {}

    def fill(self, number: int) -> None:
        """Writes so many agencies with their reports."""
        for agency in agencies(number):
            self._agency(agency)
            if agency.id % AGENCIES_AT_ONCE == 0:
                self._write()
        self._write()

    def _add(self, table: str, *row: Any) -> None:
        self.waiting.setdefault(table, []).append(row)

    def _write(self) -> None:
        with self.db.atomic():
            for table, rows in self.waiting.items():
                marks = ", ".join("?" * len(rows[0]))
                self.db.conn.executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})", rows)
        self.waiting.clear()

    def _agency(self, agency: Agency) -> None:
        """The years of an agency: half have next to no requests, few have hundreds; what is open is carried on."""
        dice = self.dice
        self._add("agencies", agency.id, agency.key, agency.name, agency.region.code, agency.region.level,
                  agency.kind, agency.field)  # fmt: skip
        busy = 0.0 if dice.random() < 0.5 else dice.paretovariate(0.8) * (8 if agency.kind == "government" else 1)
        carried, stock = [0] * 7, dice.randint(0, 60)
        for at, year in enumerate(YEARS):
            report = (agency.id - 1) * len(YEARS) + at + 1
            form = "stat_2014" if year < 2019 else "form_2019" if year < 2021 else "form_2021"
            given = year >= 2019 or dice.random() < 0.5  # half of the older reports came without their table
            self._facts(agency, report, year, form if given else None)
            if form == "stat_2014" and given:
                self._older(report, busy)
            elif given:
                if dice.random() < 0.02:
                    carried = [0] * 7  # carried over to nowhere
                carried = self._requests(report, form, min(busy, 3000), carried)
                stock = self._others(report, form, busy, stock)
            if dice.random() < 0.02:
                self._add("revisions", report, "requests.granted.total", 3, 4, "source",
                          f"{year + 2}-05-06T00:00:00Z", report, report, self.run)  # fmt: skip
            if self.text:
                self._text(report, year, agency)

    def _facts(self, agency: Agency, report: int, year: int, form: str | None) -> None:
        dice, source = self.dice, f"s{agency.region.code}"
        url = f"https://www.{source}.gov.example/zwgk/xxgknb/{year}/t{year + 1}0120_{report}.html"
        due = f"{year + 1}-{'03' if agency.kind == 'government' or year < 2019 else '01'}-31"
        late = dice.randint(1, 90) if dice.random() < 0.08 else None
        published = f"{year + 1}-{f'0{dice.randint(4, 6)}' if late else '01'}-{dice.randint(10, 30)}"
        self._add("snapshots", report, f"GET {url}", url, FETCHED, 200, "text/html; charset=utf-8",
                  dice.randint(20000, 90000), f"{dice.getrandbits(256):064x}",
                  f"run000001-{report // 50000 + 1:04}.warc.gz", report % 50000 * 9000)  # fmt: skip
        self._add("reports", report, f"{agency.key}-{year}-own", agency.id, year, "own", form,
                  f"{agency.name}{year}年政府信息公开工作年度报告", url, published, "page", due, late,
                  "late" if late else "on_time", f"{year}-01-01", f"{year}-12-31", "html",
                  "complete" if form else "no_figures", source, report, 1, f"{dice.getrandbits(256):064x}", 0,
                  FETCHED, "2026-11-01T00:00:00Z" if dice.random() < 0.005 else None)  # fmt: skip
        self._add("report_snapshots", report, 1, report, "article", source)
        for table in tables(form) if form else ():
            self._evidence(report, form or "", table, int(agency.region.code[:4]))
        if dice.random() < 0.05:
            self._add(
                "problems", report, None, None, "row_unknown", "The row 其他 is not in the form.", "table 3 row 1"
            )

    def _evidence(self, report: int, form: str, table: str, template: int) -> None:
        """Where the cells stand: a city's sites share a layout, and the table stands further up or down."""
        packed = places(form, table, template, self.dice.randint(3, 9))
        shared = (form, table, template)
        if shared not in self.layouts:
            with self.db.atomic():
                self.layouts[shared] = number_of(self.db, "layouts", "layout", packed.layout)
        self._add("evidence", report, table, "own", report, self.layouts[shared], packed.places)

    def _requests(self, report: int, form: str, busy: float, carried: list[int]) -> list[int]:
        """Section three, whose sums hold but in one of fifty; returns what it carries out."""
        found = {row.code: [0] * 7 for row in FORMS[form].table("requests").rows}
        new = int(busy * self.dice.uniform(0.5, 1.5))
        firms, left = new // 10, new // 20
        found["new_received"] = [new - firms, firms, 0, 0, 0, 0, new]
        found["carried_in"] = carried
        found["carried_out"] = [left, 0, 0, 0, 0, 0, left]
        closed = [sum(found[code][at] for code in ("new_received", "carried_in")) - found["carried_out"][at]
                  for at in range(7)]  # fmt: skip
        rest = closed[:6]
        for code in OUTCOMES[1:]:
            row = [number // 5 for number in rest]
            rest = [number - taken for number, taken in zip(rest, row, strict=True)]
            found[code] = [*row, sum(row)]
        found["granted"] = [*rest, sum(rest)]
        found["closed_total"] = closed
        if new and self.dice.random() < 0.02:
            found["closed_total"] = [*closed[:6], closed[6] + 1]
            self._add("checks", report, "A2", "total", closed[6], closed[6] + 1, "fail", "H", "the rows differ", 1)
        for rule, tally in (("A1", 25), ("A2", 7), ("A3", 7), ("A4", 3)):
            self._add("checks", report, rule, None, None, None, "pass", "H", None, tally)
        for code, row in found.items():
            self._add("requests", report, code, *row)
        return found["carried_out"]

    def _others(self, report: int, form: str, busy: float, stock: int) -> int:
        """Section four, and the numbers of section two; returns the stock of texts in force."""
        dice = self.dice
        cases = [dice.randint(0, 3) if busy > 20 and dice.random() < 0.3 else 0 for _ in range(12)]
        groups = (cases[at : at + 4] for at in (0, 4, 8))
        self._add("remedies", report, *(cell for group in groups for cell in (*group, sum(group))))
        issued = dice.randint(0, 5)
        for indicator in others(form):
            value: int | float = 0
            if indicator.endswith("normative_documents.in_force"):
                value = stock + issued
            elif indicator.endswith(("normative_documents.issued", "normative_documents.newly_made")):
                value = issued
            elif indicator.endswith((".decisions", ".items_prev_year")) and dice.random() < 0.6:
                value = int(dice.paretovariate(0.7)) % 100_000
            elif indicator.endswith(".amount") and dice.random() < 0.1:
                value = round(dice.uniform(0, 5000), 2)
            self._add("proactive_cells", report, self.numbers[indicator], value)
        return stock + issued

    def _older(self, report: int, busy: float) -> None:
        """The table of statistics of the years before 2019."""
        dice = self.dice
        for indicator in others("stat_2014"):
            number = int(busy * dice.random()) if "14" in indicator else int(dice.paretovariate(0.8)) % 5000
            self._add("proactive_cells", report, self.numbers[indicator], number if dice.random() < 0.4 else 0)
            if dice.random() < 0.02:
                self._add("cell_notes", report, indicator, "number", f"{number}条")

    def _text(self, report: int, year: int, agency: Agency) -> None:
        """The sections that an agency writes itself, some of it as last year, and the figures that they state."""
        dice, own = self.dice, random.Random(agency.id)  # the second for what it says every year
        overview = [f"{year}年，{agency.name}{dice.choice(PRAISE)}，全面推进政府信息公开工作。"]
        for _ in range(22):
            again = own if own.random() < 0.5 else dice
            lead, channel, doing = again.choice(PRAISE), again.choice(CHANNELS), again.choice(DOINGS)
            number = dice.randint(1, 4000)
            overview.append(f"{lead}，通过{channel}{doing}{number}条，{again.choice(PRAISE)}。")
            if dice.random() < 0.3:
                start = overview[-1].index(str(number))
                self._add("claims", report, "pub_total", number, number, number, "条", 1, overview[-1], start,
                          start + len(str(number)))  # fmt: skip
        self._add("sections", report, 1, "总体情况", "".join(overview))
        for section, heading, length in ((5, "存在的主要问题及改进情况", 8), (6, "其他需要报告的事项", 4)):
            again = own if own.random() < 0.5 else dice
            said = (
                f"{again.choice(PRAISE)}，但{again.choice(LACKS)}，下一步将{again.choice(DOINGS)}。"
                for _ in range(length)
            )
            self._add("sections", report, section, heading, "".join(said))


@cache
def tables(form: str) -> tuple[str, ...]:
    """The tables of a form."""
    return tuple(dict.fromkeys(indicator.table for indicator in FORMS[form].indicators()))


@cache
def others(form: str) -> tuple[str, ...]:
    """The indicators of a form that stand in neither section three nor four, without a province's own."""
    return tuple(
        indicator.id
        for indicator in FORMS[form].indicators()
        if indicator.table not in ("requests", "remedies") and indicator.comparability != "regional_variant"
    )


@cache
def places(form: str, table: str, template: int, first: int) -> Packed:
    """Where the cells of a table stand, on a site of that template, in a report whose tables begin at `first`."""
    cells: dict[str, CellPlace] = {}
    rows: dict[str, int] = {}
    columns: Counter[str] = Counter()
    body = "/html/body" + "/div[2]" * (template % 5 + 1) + f"/table[{first}]" + "/tbody" * (template % 2)
    for indicator in FORMS[form].indicators():
        if indicator.table == table:
            row = rows.setdefault(indicator.row, len(rows) + 3)
            columns[indicator.row] += 1
            at = f"table {first} row {row} column {columns[indicator.row] + 3}"
            place = f"{body}/tr[{row}]/td[{columns[indicator.row] + template % 3}]"
            cells[f"{indicator.row}.{indicator.column}"] = CellPlace(at, place)
    return pack(cells)


def report_times(times: Mapping[str, float], reports: int) -> None:
    """Says how long each step took."""
    for step, seconds in times.items():
        print(f"{step}: {seconds:,.1f} s, {reports / seconds:,.0f} reports a second", flush=True)


def main() -> None:
    """Generates, publishes, and says how long each took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("reports", type=int)
    parser.add_argument("db", type=Path)
    parser.add_argument("--text", action="store_true", help="sections and claims too, and so a search index")
    chosen = parser.parse_args()
    working = var_directory(chosen.db) / "working.db"
    with Archive(working) as archive:
        archive.db.execute("PRAGMA foreign_keys = OFF")  # publication checks them all
        started = time.perf_counter()
        number = chosen.reports // len(YEARS)
        generator = Generator(archive, text=chosen.text)
        register(archive, generator.run, number)
        generator.fill(number)
        archive.end_run(generator.run, True, {})
        report_times({"inserted": time.perf_counter() - started}, chosen.reports)
    started = time.perf_counter()
    counts = publish(working, chosen.db)
    report_times({"published": time.perf_counter() - started}, chosen.reports)
    print(f"{counts.reports:,} reports, {counts.figures:,} figures, {counts.size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
