"""Threats that go through several rooms: scripts in every field and format, SQL, path names, entities, converters."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import socketserver
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import openpyxl
import pytest
from docx import Document
from lxml import etree, html

import parsers
from archive.extracts.directory import write_extracts
from archive.kept.warc import Exchange, WarcWriter
from archive.nights import account
from archive.opening import open_published
from portal.edition import datasette
from portal.nights import night_file

SCRIPT = "=1+1|\"'><xss-mark onload=alert(1)></xss-mark><script>alert(1)</script>"
# What a site, a document or a registry can fill with its words.
WRITTEN = {
    "agencies": ("name",),
    "cell_notes": ("raw", "unit", "note"),
    "checks": ("explanation",),
    "claims": ("unit", "sentence"),
    "coverage": ("region",),
    "figures_wide": ("agency", "region", "url"),
    "other_tables": ("caption", "rows"),
    "problems": ("message", "at"),
    "regions": ("name", "short_name"),
    "reports": ("title", "url"),
    "runs": ("command",),
    "sections": ("heading", "text"),
    "snapshots": ("request_key", "url", "content_type"),
    "source_states": ("evidence",),
    "sources": ("agency", "listing_url", "platform", "note"),
}
PAGES = (
    *("/", "/?lang=en", "/agencies", "/download", "/search?q=" + quote("alert"), "/stories", "/indicators", "/nights"),
    *("/night/1", "/about", "/methodology", "/compare", "/region/990100", "/feed/reports.atom", "/feed/revisions.atom"),
    *(
        "/archive",
        "/story/late_reports",
        "/story/failed_checks",
        "/archive/late_reports",
        "/archive?sql=select+*+from+reports",
    ),
)


@pytest.fixture
def hostile(kept: Path) -> Path:
    """A published archive in which every text that others wrote is a script, a tag and a formula."""
    with closing(sqlite3.connect(kept)) as db, db:
        for table, columns in WRITTEN.items():
            for column in columns:
                db.execute(f'UPDATE "{table}" SET "{column}" = ? || coalesce("{column}", \'\')', [SCRIPT])
        db.execute("UPDATE source_states SET evidence = json_object('reason', ?)", [SCRIPT])
        db.execute("UPDATE other_tables SET rows = json_array(json_array(?))", [SCRIPT])
        said = account_of(kept)
        db.execute("UPDATE runs SET summary = ?", [said])
    return kept


def account_of(db: Path) -> str:
    """An account of a run all of whose texts are hostile."""
    report = {"report_key": "990100-x-2024-own", "title": SCRIPT, "url": SCRIPT, "figures": 1}
    some = {"count": 1, "reports": [report]}
    source = {"source": "a", "agency": SCRIPT, "state": "refused", "before": "ok", "why": SCRIPT}
    told = {"states": {"refused": 1}, "sources": [source], "problems": {SCRIPT: 1}, "warnings": [SCRIPT], "silent": []}
    counts = {"responses": 1, "not_modified": 0, "bytes": 1, "run": 1}
    return json.dumps(told | counts | {"new": some, "revised": some, "withdrawn": some})


@pytest.fixture
def get(hostile: Path) -> Iterator[Callable[[str], httpx.Response]]:
    shown = datasette(hostile)
    with asyncio.Runner() as runner:
        yield lambda path: runner.run(shown.client.get(path))


def assert_text(answer: httpx.Response) -> None:
    """What is hostile in an answer is text there, by whatever a browser takes the answer for."""
    kind = answer.headers["content-type"].partition(";")[0]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if kind == "text/html":
        page = html.document_fromstring(answer.text)
        assert not page.xpath("//xss-mark | //*[@onload] | //script[contains(., 'alert(1)')][not(@type)]")
        assert not [
            link for link in page.xpath("//@href | //@src | //@action") if link.startswith(("=1", "javascript"))
        ]
    elif "xml" in kind:
        assert not etree.fromstring(answer.content).xpath("//*[local-name() = 'xss-mark' or local-name() = 'script']")
    else:
        assert kind in ("application/json", "text/plain", "text/csv", "application/octet-stream")


def test_no_field_in_no_format_is_a_script(get: Callable[[str], httpx.Response], hostile: Path) -> None:
    with closing(sqlite3.connect(hostile)) as db:
        reports = db.execute(
            "SELECT r.report_key, a.key FROM reports r JOIN agencies a ON a.id = r.agency_id"
        ).fetchall()
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    pages = [*PAGES]
    for key, agency in reports:
        pages += [f"/report/{quote(key)}", f"/agency/{quote(agency)}", f"/feed/agency/{quote(agency)}.atom"]
        pages += [f"/evidence/{quote(key)}/requests.new_received.total"]
    for table in tables:
        if table in WRITTEN:
            pages += [f"/archive/{table}", f"/archive/{table}.json", f"/archive/{table}.csv", f"/download/{table}.csv"]
    seen = 0
    for page in pages:
        answer = get(page)
        assert answer.status_code in (200, 404), (page, answer.status_code)
        assert_text(answer)
        seen += answer.text.count("alert(1)")
    assert seen > 100, "the pages do show what was written"


def test_the_report_of_a_night_is_text(hostile: Path) -> None:
    with closing(open_published(hostile)) as published:
        said = account(published, 1)
    step = {"name": SCRIPT, "state": "failed", "seconds": 1.0, "said": SCRIPT}
    night: dict[str, Any] = {
        "started": "2026-11-23T00:00:00Z",
        "ended": "2026-11-23T00:01:00Z",
        "exit_status": 1,
        "said": SCRIPT,
        "alarms": [SCRIPT],
        "warnings": [SCRIPT],
        "steps": [step],
        "crawl": said,
        "extracts": [],
    }
    page = html.document_fromstring(night_file(night))
    assert not page.xpath("//xss-mark | //script | //*[@onload]")
    assert page.text_content().count("alert(1)") > 5


def test_no_file_for_spreadsheets_holds_a_formula(hostile: Path, tmp_path: Path) -> None:
    with closing(open_published(hostile)) as published:
        write_extracts(published, tmp_path / "extracts", lambda _: None)
    books = list((tmp_path / "extracts").glob("*.xlsx"))
    cells = [
        cell
        for book in books
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "=1+1" in cell.value
    ]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    for file in (tmp_path / "extracts").glob("*-excel.csv"):
        assert b',"=1+1' not in file.read_bytes(), file.name
        assert b",=1+1" not in file.read_bytes(), file.name


WRITING = (
    *("attach '{there}' as x", "vacuum into '{there}'", "pragma writable_schema = 1", "pragma query_only = 0"),
    *("select load_extension('{there}')", "select writefile('{there}', 'x')", "select readfile('{there}')"),
    "with gone as (delete from reports returning 1) select * from gone",
    *("insert into reports default values", "select 1; drop table reports"),
)


def test_sql_of_visitors_neither_writes_nor_reaches_files_nor_goes_on_for_ever(
    get: Callable[[str], httpx.Response], hostile: Path
) -> None:
    before = hostile.read_bytes(), sorted(hostile.parent.iterdir())
    for query in WRITING:
        answer = get("/archive.json?sql=" + quote(query.format(there=hostile.parent / "there")))
        assert (answer.status_code, answer.json()["ok"]) == (400, False), query
    assert (hostile.read_bytes(), sorted(hostile.parent.iterdir())) == before
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    assert get("/archive.json?sql=" + quote(endless)).status_code == 400


def packed(data: bytes, parts: dict[str, bytes]) -> bytes:
    """An office file with some parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def word() -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("凌州市教育局2024年政府信息公开工作年度报告")
    document.save(stream)
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["凌州市教育局2024年政府信息公开工作年度报告"])
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("make", [word, workbook])
def test_path_names_in_attachments_name_no_file(
    make: Callable[[], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "a" / "b" / "c"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    names = ("../../climbed", "../climbed.xml", str(tmp_path / "absolute"), "..\\climbed", "word/../../climbed")
    data = packed(make(), dict.fromkeys(names, b"x"))
    parsers.parse(data, url="http://a.example/../../climbed.docx")
    hostile = [(b"Content-Disposition", b'attachment; filename="../../climbed"'), (b"Content-Type", b"a/../../b")]
    with WarcWriter(inside / "warc", 1) as warc:
        warc.write(Exchange("http://a.example/..%2f..%2f../../climbed", datetime.now(UTC), 200, hostile, data))
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert found == ["a/b/c/warc/run000001-0001.warc.gz"]


@pytest.mark.parametrize("bomb", [False, True])
def test_entities_of_a_workbook_are_not_expanded_and_files_not_read(tmp_path: Path, bomb: bool) -> None:
    secret = tmp_path / "secret"
    secret.write_text("what nobody may read", encoding="utf-8")
    declared = f'<!ENTITY a SYSTEM "{secret.as_uri()}">'
    if bomb:
        declared = '<!ENTITY z "haha">' + "".join(
            f'<!ENTITY {name} "{f"&{below};" * 20}">' for below, name in zip("zfedcb", "fedcba", strict=True)
        )
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [{declared}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
    )
    report = parsers.parse(packed(workbook(), {"xl/worksheets/sheet1.xml": sheet.encode()}))
    said = str(report.to_json())
    assert "what nobody may read" not in said
    assert len(said) < 10_000


class Bell(socketserver.BaseRequestHandler):
    """Somebody rang."""

    def handle(self) -> None:
        self.server.rung.append(self.client_address)  # type: ignore[attr-defined]  # a list of this test


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["rtf", "odt"])
def test_a_document_makes_libreoffice_ask_nobody(kind: str) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Bell) as server:
        server.rung = []  # type: ignore[attr-defined]  # what the bell fills
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_address[1]}"
        report = parsers.parse(linking_rtf(there) if kind == "rtf" else linking_odt(there))
        server.shutdown()
        assert report.title or report.problems
        assert server.rung == []  # type: ignore[attr-defined]


def linking_rtf(there: str) -> bytes:
    title = "".join(f"\\u{ord(each)}?" for each in "凌州市教育局2024年政府信息公开工作年度报告")
    fields = (f'INCLUDEPICTURE "{there}/p.png" \\\\d', f'INCLUDETEXT "{there}/t.docx"', f'HYPERLINK "{there}/h"')
    inside = "".join(f"{{\\field{{\\*\\fldinst {field}}}{{\\fldrslt x}}}}" for field in fields)
    return f"{{\\rtf1\\ansi {title}\\par {inside}\\par}}".encode()


def linking_odt(there: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{what}:1.0"'
        for name, what in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        "<office:body><office:text><text:p>凌州市教育局2024年政府信息公开工作年度报告</text:p>"
        f'<text:p><draw:frame svg:width="1cm" svg:height="1cm"><draw:image xlink:href="{there}/p.png"'
        ' xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{there}/s.odt"/><text:p/></text:section>'
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()
