"""Reports made by hand, and a run that keeps and stores them as the crawler does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

from archive.store import Archive, Snapshot, Stored
from archive.storing.reading import Reading
from parsers.forms import forms
from parsers.model import Check, Claim, Figure, OtherTable, Problem, Report, Section

EDUCATION = "凌州市教育局"


def figure(value: float | None, raw: str | None = None, **more: Any) -> Figure:
    kind = "blank" if value is None else "number" if value else "zero"
    facts: dict[str, Any] = {"value": value, "kind": kind, "raw": "" if value is None else str(value)}
    return Figure(**facts | {"at": "table 1 row 1 column 1"} | ({} if raw is None else {"raw": raw}) | more)


def figures(form: str = "form_2021", **changed: float | None) -> dict[str, Figure]:
    """Every cell of a form, zero unless `changed` says otherwise (double underscores for dots)."""
    named = {name.replace("__", "."): value for name, value in changed.items()}
    found = {}
    for number, indicator in enumerate(forms()[form].indicators()):
        if indicator.comparability != "regional_variant":
            at = f"table 2 row {number // 7 + 1} column {number % 7 + 1}"
            place = f"/html/body/div/table[2]/tr[{number // 7 + 1}]/td[{number % 7 + 1}]"
            found[indicator.id] = figure(named.pop(indicator.id, 0), at=at, place=place)
    assert not named, named
    return found


def report(**changed: Any) -> Report:
    facts: dict[str, Any] = {
        "ok": True,
        "title": "凌州市教育局2024年政府信息公开工作年度报告",
        "agency": EDUCATION,
        "region_code": "990100",
        "region": "凌州市",
        "level": "city",
        "kind": "department",
        "field": "education",
        "year": 2024,
        "form": "form_2021",
        "period": (f"{changed.get('year', 2024)}-01-01", f"{changed.get('year', 2024)}-12-31"),
        "published": "2025-01-20",
        "scope": "own",
        "media": "html",
        "figures": figures(requests__granted__total=4, requests__granted__natural_person=4),
        "sections": (Section(1, "总体情况", "示例：本文为演示而作。"),),
        "claims": (Claim("pub_website", 4707, 4707, 4707, None, "条", 1, "网站公开4707条。", (4, 8)),),
        "tables": (OtherTable(1, None, (("序号", "主题"), ("1", "开学")), "table 1"),),
        "checks": (
            Check("A1", "granted", 4, 4, "pass"),
            Check("A1", "carried_in", 0, 0, "pass"),
            Check("A2", "total", 4, 0, "fail", explanation="The rows add up to 4, the form says 0."),
        ),
        "problems": (Problem("row_unknown", "The row 其他 is not in the form.", "table 3 row 1"),),
    }
    return Report(**facts | changed)


@dataclass
class Crawl:
    """A run on a working archive, in which pages are kept and stored as the crawler does it."""

    archive: Archive
    run_id: int = 0
    fetched: str = "2026-11-22T01:00:00Z"
    seen: dict[str, int] = field(default_factory=dict)

    def keep(self, url: str, body: bytes, **more: Any) -> int:
        snapshot = Snapshot(
            f"GET {url}",
            url,
            self.fetched,
            200,
            "text/html",
            len(body),
            hashlib.sha256(body).hexdigest(),
            "run000001-0001.warc.gz",
            100 * len(self.seen),
        )
        self.seen[url] = self.archive.keep(replace(snapshot, **more))
        return self.seen[url]

    def store(self, found: Report, url: str = "http://jyj.lingzhou.example/2024.html", body: bytes = b"1") -> Stored:
        snapshot = self.keep(url, body)
        return self.archive.store(
            Reading.of(found), source_id="jyj", url=url, snapshots=[(snapshot, "article")], run_id=self.run_id
        )
