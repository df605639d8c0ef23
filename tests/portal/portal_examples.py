"""A published archive for the tests, made by the real store from hand-made reports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from archive.publish import publish, var_directory
from archive.states import SourceState
from archive.store import Archive, Snapshot, SourceLine
from archive.storing.reading import Reading
from parsers.forms import forms
from parsers.model import Claim, Figure, OtherTable, Problem, Report, Section
from parsers.reconcile import check

Get = Callable[..., httpx.Response]

BUREAU = "澄原区教育局"
GOVERNMENT = "栖云县人民政府"
HOSTILE = "<script>alert(1)</script>"
LISTING = "https://jyj.lingzhou.example/xxgk/"
SOURCES = (
    SourceLine("cy-jyj", "990102", BUREAU, LISTING),
    SourceLine("qy-gov", "990121", GOVERNMENT, "https://qiyun.lingzhou.example/gkml/"),
    SourceLine("wh-mzj", "990103", "望槐区民政局", "https://wanghuai.lingzhou.example/", first_year=2022),
)


def figure(value: int | float | None, raw: str | None = None, kind: str | None = None) -> Figure:
    """A cell as a parser reads it."""
    printed = raw if raw is not None else ("" if value is None else str(value))
    found = kind or ("blank" if value is None else "zero" if value == 0 else "number")
    return Figure(value=value, kind=found, raw=printed, at="table 1 row 1 column 1")  # type: ignore[arg-type]  # a test's own kinds


def report(
    agency: str = BUREAU,
    year: int = 2022,
    form: str = "form_2021",
    requests: int = 4,
    published: str | None = None,
    cells: Mapping[str, Figure | None] | None = None,
    **known: Any,
) -> Report:
    """An annual report whose sums hold: `requests` came in and were granted, every other count is 0.

    `cells` puts other figures in their places; None leaves a cell out as if the document had none.
    """
    counted = {
        f"requests.{row}.{column}"
        for row in ("new_received", "granted", "closed_total")
        for column in ("natural_person", "total")
    }
    figures: dict[str, Figure] = {
        indicator.id: figure(requests if indicator.id in counted else 0)
        for indicator in forms()[form].indicators()
        if indicator.comparability != "regional_variant"
    }
    for name, cell in (cells or {}).items():
        if cell is None:
            del figures[name]
        else:
            figures[name] = cell
    defaults: dict[str, Any] = {
        "title": f"{agency}{year}年政府信息公开工作年度报告",
        "region_code": "990102" if agency == BUREAU else "990121",
        "region": "澄原区" if agency == BUREAU else "栖云县",
        "level": "county",
        "kind": "department" if agency == BUREAU else "government",
        "period": (f"{year}-01-01", f"{year}-12-31"),
        "scope": "own",
        "media": "html",
        "sections": (Section(1, "总体情况", f"{year}年，本机关主动公开政府信息120条。\n未收取信息处理费。"),),
    }
    return Report(
        ok=True,
        agency=agency,
        year=year,
        form=form,
        published=published or f"{year + 1}-01-20",
        figures=figures,
        checks=check(figures),
        **defaults | known,
    )


def example_reports() -> list[Report]:
    """Reports of two agencies: in time and late, balanced and not, with blanks, and with hostile text."""
    unbalanced = {
        "requests.granted.natural_person": figure(1234),
        "requests.refused_third_party.total": figure(None),
        "requests.carried_out.total": figure(None, "/", "not_applicable"),
        "requests.other_other.org_other": None,
        "remedies.cases.review_total": figure(2),
        "a20_8.admin_fees.amount": figure(59237.2449, "59237.2449"),
    }
    hostile = {
        "requests.carried_in.natural_person": figure(None, f"{HOSTILE}无", "text"),
    }
    return [
        report(year=2019, form="form_2019"),
        report(year=2020, form="form_2019", requests=7),
        report(year=2021, requests=9),
        report(year=2022, requests=1230, cells=unbalanced),
        report(
            year=2023,
            published="2024-02-09",
            claims=(Claim("pub_website", 4707, 4707, 4707, None, "条", 1, "网站公开信息4707条。", (0, 11)),),
            tables=(OtherTable(1, "新闻发布会", (("序号", "主题"), ("1", "营商环境"))),),
            problems=(Problem("row_unknown", "第 3 行不认识", "table 2 row 3"),),
        ),
        report(
            GOVERNMENT,
            2022,
            published="2023-03-20",
            scope="whole",
            title=f"{GOVERNMENT}2022年报告{HOSTILE}",
            cells=hostile,
            sections=(Section(1, f"总体情况{HOSTILE}", f"文字{HOSTILE}"),),
            tables=(OtherTable(2, HOSTILE, ((HOSTILE,),)),),
        ),
    ]


def publish_reports(path: Path, reports: list[Report]) -> Path:
    """Stores the reports as a crawl would and publishes the archive at `path`."""
    working = var_directory(path) / "working.db"
    working.parent.mkdir(parents=True, exist_ok=True)
    with Archive(working) as archive:
        archive.register(SOURCES)
        run = archive.begin_run("crawl")
        for number, found in enumerate(reports):
            source = "cy-jyj" if found.agency == BUREAU else "qy-gov"
            url = f"{LISTING}{found.agency}/{found.year}.html" if source == "cy-jyj" else "javascript:alert(1)"
            kept = Snapshot(
                request_key=f"GET {url} {number}",
                url=url,
                fetched="2026-01-05T02:03:04+00:00",
                status=200,
                content_type="text/html",
                length=63000,
                sha256=f"{number:064x}",
                warc="run-1.warc.gz",
                offset=1000 * number,
            )
            archive.store(
                Reading.of(found), source_id=source, url=url, snapshots=[(archive.keep(kept), "article")], run_id=run
            )
        archive.set_state(run, "cy-jyj", SourceState.OK, {"reports": 5})
        archive.set_state(run, "qy-gov", SourceState.OK, {"reports": 1})
        archive.set_state(run, "wh-mzj", SourceState.REFUSED, "robots.txt: Disallow: /")
        archive.end_run(run, True, {})
    publish(working, path)
    return path


def report_key(agency: str = BUREAU, year: int = 2022, scope: str = "own") -> str:
    """The public name of an example report."""
    region = "990102" if agency == BUREAU else "990121"
    return f"{region}-{agency}-{year}-{scope}"


START = (
    "import sys; from pathlib import Path; from portal.server import serve; "
    "serve(Path(sys.argv[1]), port=0, on_ready=lambda address: print(address, flush=True))"
)


@contextmanager
def serving(db: Path) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """The portal in a process of its own, on a free port, and a client for it."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(db)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), process.communicate()[1]
        with httpx.Client(base_url=address, timeout=20) as client:
            yield client, process
    finally:
        process.kill()
        process.wait()
