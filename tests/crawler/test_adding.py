"""`ogi sources add` and `ogi add`: a site and a report that someone has at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from crawl_process import QUICK, ROOT, working
from towns.second import crowds
from towns.web import SUFFIX, Reply, TownWeb, docx, other

from crawler.sources import load

TOWNS = {town.name: town for town in crowds.towns()}
AGENCY = "凌州市会展业促进局"


def ogi(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ogi.main import cli; cli()", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "sources.csv"
    path.write_text(
        "id,region_code,agency,listing_url,platform,first_year,note\n"
        f"hz,990100,{AGENCY},http://front.{SUFFIX}/nb/,,,\n",
        encoding="utf-8",
    )
    return path


def test_a_line_is_made_from_a_front_page(registry: Path) -> None:
    with TownWeb([TOWNS["front"]]) as web:
        settings = [part for name, value in QUICK.items() for part in ("-s", f"{name}={value}")]
        loopback = ("--sources", str(registry), "--allow-private", "-s", f"OGI_LOOPBACK_HOSTS=.{SUFFIX}", *settings)
        done = ogi("sources", "add", f"http://front.{SUFFIX}:{web.port}/", *loopback)
        assert done.returncode == 0, done.stderr
        added = load(registry, allow_private=True)[-1]
        assert (added.id, added.region_code, added.agency) == ("990100-front", "990100", AGENCY)
        assert added.listing_url == f"http://front.{SUFFIX}:{web.port}/zfxxgk/nb/"
        assert added.first_year == 2022
        again = ogi("sources", "add", f"http://front.{SUFFIX}:{web.port}/", *loopback)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_an_address_without_reports_is_refused_in_a_sentence(registry: Path) -> None:
    done = ogi("sources", "add", "ftp://front.example/", "--sources", str(registry))
    assert done.returncode == 2
    assert "must begin with http" in done.stderr


def test_a_report_at_hand_is_kept_read_and_marked(registry: Path, tmp_path: Path) -> None:
    file, db = tmp_path / "年报.docx", tmp_path / "archive.db"
    reply = docx(AGENCY, 2022)
    assert isinstance(reply, Reply)
    assert isinstance(reply.body, bytes)
    file.write_bytes(reply.body)
    url = f"http://front.{SUFFIX}/nb/2022.docx"
    arguments = ("--source", "hz", "--url", url, "--db", str(db), "--sources", str(registry))
    done = ogi("add", str(file), *arguments)
    assert done.returncode == 0, done.stderr
    assert f"990100-{AGENCY}-2022-own" in done.stdout
    with working(db) as archive:
        assert archive.execute("SELECT role FROM report_snapshots").fetchone()[0] == "by_hand"
        assert archive.execute("SELECT request_key FROM snapshots").fetchone()[0] == f"ADD {url}"
    checked = ogi("check", "--db", str(db))
    assert checked.returncode == 0, checked.stderr
    assert ogi("add", str(file), *arguments).stdout.startswith(f"{file}: unchanged")
    page = tmp_path / "x.html"
    page.write_text(other("通知"), encoding="utf-8")
    refused = ogi("add", str(page), *arguments)
    assert refused.returncode == 2
    assert "was not added" in refused.stderr
