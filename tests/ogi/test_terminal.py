"""What sites, documents and registries wrote is shown by every command, and never acts on the terminal."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from running import Ogi, Reports, Run

from archive.opening import open_published, open_working
from archive.plain import json_text, plain
from archive.publish import publish
from archive.states import SourceState
from crawler.ledger import RunResult
from crawler.sources import Source
from crawler.visits import Ruling
from ogi import crawling, sources
from ogi.main import cli
from ogi.nights.report import print_night

HOSTILE = "凌州\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\u2066\u200f[red]x[/red]\r\nogi: all is well\x7f\u2029end"
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")
ROOM = Path(crawling.__file__).parent
PRINTS = {"echo", "secho", "print", "Console", "Text"}  # by any other way than `ogi.terminal`


def assert_harmless(shown: str, *, lines: int | None = None) -> None:
    """Nothing of it acts, and the hostile line break begins no line of its own."""
    assert not ACTS.search(shown), ACTS.findall(shown)
    assert not any(line.lstrip("│ ").startswith("ogi: all is well") for line in shown.splitlines())
    assert lines is None or len(shown.splitlines()) == lines


def said(run: Run) -> str:
    assert "Traceback" not in run.stderr
    assert_harmless(run.stdout)
    assert_harmless(run.stderr)
    return run.stdout + run.stderr


def test_an_escape_is_one_of_json_too() -> None:
    shown = json_text({"title": HOSTILE}, indent=1)
    assert not ACTS.search(shown)
    assert json.loads(shown) == {"title": HOSTILE}
    assert plain("凌州市\t政府 — “报告” 🙂 ａ⼯") == "凌州市\t政府 — “报告” 🙂 ａ⼯"


@pytest.mark.parametrize("option", ["--table", "--"])
def test_a_hostile_document_and_its_name(ogi: Ogi, reports: Reports, tmp_path: Path, option: str) -> None:
    file, expected = reports[0]
    acting = HOSTILE.replace("\r\n", "")
    html = file.read_text(encoding="utf-8").replace(expected.agency, f"{expected.agency}{acting}")
    html = re.sub(r"<td([^>]*)>\s*0\s*</td>", lambda cell: f"<td{cell[1]}>{acting}</td>", html)
    name = f"report\x1b[2J\u202e{option}\n.html"
    (tmp_path / name).write_text(html, encoding="utf-8")
    run = ogi("parse", option, name, "missing\x1b[2J\nogi: all is well.html")
    assert run.returncode == 3
    assert "\\u001b" in said(run)
    if option == "--":
        first, second = map(json.loads, run.stdout.splitlines())
        assert first["file"] == name
        assert "\u202e" in json.dumps(first, ensure_ascii=False), "what was written is what the JSON says"
        assert second["problems"][0]["code"] == "file_missing"


@pytest.fixture
def hostile(kept: Path) -> Path:
    """An archive whose texts act wherever a site could have written them."""
    working = kept.with_suffix(".var") / "working.db"
    with closing(open_working(working)) as db, db.atomic():
        db.execute("UPDATE reports SET title = ?, url = url || ?", [HOSTILE, HOSTILE])
        db.execute("UPDATE snapshots SET url = url || ?, content_type = ?", [HOSTILE, HOSTILE])
        db.execute("UPDATE agencies SET name = ? WHERE id = 1", [HOSTILE])
        db.execute("UPDATE snapshots SET sha256 = ? WHERE id = 3", ["0" * 64])
    publish(working, kept)
    return kept


def test_evidence_of_a_hostile_page(ogi: Ogi, hostile: Path) -> None:
    with closing(open_published(hostile)) as published:
        ((key,),) = published.execute("SELECT report_key FROM reports WHERE id = 2").fetchall()
    run = ogi("evidence", key, "requests.new_received.total")
    assert run.returncode == 0, run.stderr
    assert "\\u001b" in said(run)
    assert "no report of that key" in said(ogi("evidence", HOSTILE, HOSTILE))


def test_the_damage_of_a_hostile_page(ogi: Ogi, hostile: Path) -> None:
    run = ogi("check")
    assert run.returncode == 1
    assert "is not the one that was fetched" in said(run)
    (warc,) = (hostile.with_suffix(".var") / "warc").iterdir()
    warc.unlink()
    assert "see `ogi check`" in said(ogi("reparse"))


def test_a_hostile_registry(ogi: Ogi, tmp_path: Path) -> None:
    acting = HOSTILE.replace('"', "")
    fields = [f'"{acting}{number}"' for number in range(7)]
    header = "id,region_code,agency,listing_url,platform,first_year,note"
    (tmp_path / "sources.csv").write_text(f"{header}\n{','.join(fields)}\n", encoding="utf-8", newline="")
    run = ogi("sources", "--sources", "sources.csv")
    assert run.returncode == 2
    assert "sources.csv, line 2" in said(run)


def test_the_states_of_hostile_sites(capsys: pytest.CaptureFixture[str]) -> None:
    ruling = Ruling(SourceState.REFUSED, {"reason": HOSTILE, "pages": 1})
    result = RunResult(1, {"lz-a": ruling}, Counter(), warnings=[HOSTILE])
    crawling.print_states([Source("lz-a", "990100", HOSTILE, "http://a.example/")], result)
    shown = capsys.readouterr().out
    assert_harmless(shown)
    assert "\\u001b" in shown
    assert "[red]x[/red]" in "".join(shown.split())


def test_the_report_of_a_hostile_night(capsys: pytest.CaptureFixture[str]) -> None:
    step = {"name": "crawl", "state": "failed", "seconds": 1.0, "said": HOSTILE}
    source = {"source": "lz-a", "state": "refused", "before": None, "why": HOSTILE}
    night: dict[str, Any] = {
        "steps": [step],
        "alarms": [HOSTILE],
        "warnings": [HOSTILE],
        "crawl": {"sources": [source]},
    }
    mail = print_night(night)
    assert_harmless(mail)
    assert_harmless(capsys.readouterr().out)


def test_a_crash_on_hostile_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def crashing(*_: object, **__: object) -> None:
        raise RuntimeError(HOSTILE)

    monkeypatch.setattr(sources, "load", crashing)
    run = CliRunner().invoke(cli, ["sources"])
    assert run.exit_code == 2
    assert "RuntimeError" in run.stderr
    assert not ACTS.search(run.stderr)
    assert all(line.startswith("  ") for line in run.stderr.splitlines())


def test_commands_print_by_one_way_only() -> None:
    found = [
        f"{file.name}:{node.lineno}: {name}"
        for file in sorted(ROOM.rglob("*.py"))
        if file.name != "terminal.py"
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Call)
        for name in [getattr(node.func, "attr", getattr(node.func, "id", ""))]
        if name in PRINTS and not (name == "print" and isinstance(node.func, ast.Attribute))
    ]
    # An error of click shows itself, and JSON goes out in UTF-8; both went through `plain`.
    assert [place.split(":")[0] for place in found] == ["errors.py", "parse.py"], found
