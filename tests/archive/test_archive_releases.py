"""Data releases: dated, pinned, never changed, and what changed between them is told."""

from __future__ import annotations

import hashlib
import json
import subprocess
from contextlib import closing
from pathlib import Path

import frictionless
import pandas
import pytest
from by_hand import Crawl, figures, report

from archive.errors import ArchiveError
from archive.extracts.releases import Release, make_release, releases
from archive.opening import open_published
from archive.publish import publish

URL = "http://a.example/2024"


FIRST, SECOND = "2026-11-01T14:00:00Z", "2026-11-12T14:00:00Z"


@pytest.fixture
def released(crawl: Crawl, tmp_path: Path) -> Path:
    """A directory with the release of 1 November 2026: two reports."""
    crawl.fetched = FIRST
    crawl.store(report(figures=figures(requests__granted__total=4)), URL)
    crawl.store(report(year=2023, figures=figures()), "http://a.example/2023", b"2")
    release(crawl, tmp_path, FIRST)
    return tmp_path / "releases"


def release(crawl: Crawl, tmp_path: Path, moment: str) -> Release:
    """Ends the run at that moment, publishes, and makes a release."""
    crawl.archive.end_run(crawl.run_id, finished=True, summary={})
    with crawl.archive.db.atomic():
        crawl.archive.db.execute("UPDATE runs SET ended = ? WHERE id = ?", [moment, crawl.run_id])
    publish(crawl.archive.path, tmp_path / "archive.db")
    with closing(open_published(tmp_path / "archive.db")) as published:
        return make_release(published, tmp_path / "releases", lambda _: None)


def test_a_release_is_dated_pinned_and_a_whole_package(released: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (made,) = releases(released)
    assert (made.version, made.since, made.changes) == ("2026.11.01", None, {"new": 2})
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=made.directory, check=True)
    assert made.sha256 == hashlib.sha256((made.directory / "SHA256SUMS").read_bytes()).hexdigest()
    package = json.loads((made.directory / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["version"], package["created"]) == ("2026.11.01", FIRST)
    monkeypatch.chdir(made.directory)
    assert frictionless.validate("datapackage.json").valid
    listed = (released / "CHANGES.md").read_text(encoding="utf-8")
    assert f"`{made.sha256}  2026.11.01/SHA256SUMS`" in listed
    assert "The first release: 2 new reports, 0 revised figures, 0 withdrawn reports, 0 corrected figures." in listed


def test_the_next_release_tells_what_changed_since(crawl: Crawl, tmp_path: Path, released: Path) -> None:
    first = (released / "2026.11.01" / "SHA256SUMS").read_bytes()
    crawl.run_id, crawl.fetched = crawl.archive.begin_run("crawl"), SECOND
    crawl.store(report(figures=figures(requests__granted__total=5)), URL, b"3")
    crawl.store(report(year=2022, figures=figures()), "http://a.example/2022", b"4")
    made = release(crawl, tmp_path, SECOND)
    assert (made.version, made.since, made.changes) == ("2026.11.12", "2026.11.01", {"new": 1, "revised": 1})
    assert (released / "2026.11.01" / "SHA256SUMS").read_bytes() == first
    listed = (released / "CHANGES.md").read_text(encoding="utf-8")
    assert listed.index("## 2026.11.12") < listed.index("## 2026.11.01")
    assert "Since 2026.11.01: 1 new reports, 1 revised figures," in listed
    changes = pandas.read_csv(made.directory / "changes.csv")
    revised = changes[changes["kind"] == "revised"].to_dict("records")
    assert [(row["indicator"], row["old"], row["new"]) for row in revised] == [("requests.granted.total", 4, 5)]
    assert sorted(changes["kind"]) == ["new", "new", "new", "revised"]


def test_a_release_is_never_changed_and_a_lost_list_comes_back(crawl: Crawl, tmp_path: Path, released: Path) -> None:
    before = {file.name: file.read_bytes() for file in (released / "2026.11.01").iterdir()}
    listed = (released / "CHANGES.md").read_bytes()
    (released / "CHANGES.md").unlink()
    with pytest.raises(ArchiveError, match=r"2026\.11\.01: released already"):
        release(crawl, tmp_path, "2026-11-01T20:00:00Z")
    assert {file.name: file.read_bytes() for file in (released / "2026.11.01").iterdir()} == before
    assert (released / "CHANGES.md").read_bytes() == listed
