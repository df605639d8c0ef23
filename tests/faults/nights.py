"""A directory in which nights of the village are run, and questions to what they leave there."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from stable import Ended, Run, Stable, crawl_options
from village import AGENCIES, CHANGING, FIXED, YEARS, Village

from archive.kept.warc import read_record

REPORTS = len(AGENCIES) * len(YEARS)
SETTINGS = '[thresholds]\nfree_gigabytes = 0.0\n[backup]\ndirectory = "safe"\n'


@dataclass(frozen=True, slots=True)
class Home:
    """The directory of a registry, and of the archive unless `db_option` names another place."""

    path: Path
    db_option: tuple[str, ...] = ()

    @classmethod
    def made(cls, path: Path, village: Village, more: tuple[str, ...] = (), settings: str = SETTINGS) -> Self:
        """A home at `path` with the registry of a village and of `more` hosts."""
        (path / "sources.csv").write_text(village.registry(more), encoding="utf-8")
        (path / "night.toml").write_text(settings, encoding="utf-8")
        return cls(path)

    @property
    def db(self) -> Path:
        return self.path / "archive.db"

    @property
    def var(self) -> Path:
        return self.path / "archive.var"

    def begin_night(self, stable: Stable, *arguments: str, logs: Path | None = None, **settings: object) -> Run:
        """Begins a night."""
        asked = ("nightly", "--sources", "sources.csv", "--settings", "night.toml", *arguments)
        return stable.start(self.path, *asked, *self.db_option, *crawl_options(**settings), logs=logs)

    def night(self, stable: Stable, *arguments: str, logs: Path | None = None, **settings: object) -> Ended:
        """A night from its beginning to its end."""
        return self.begin_night(stable, *arguments, logs=logs, **settings).wait()

    def told(self) -> dict[str, Any]:
        """The newest report of a night."""
        newest = max((self.var / "runs").glob("night-*.json"), key=lambda path: path.stat().st_mtime_ns)
        report: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
        return report

    def failed(self) -> tuple[str, str]:
        """The step that failed in the newest night, and what was said of it."""
        ((name, said),) = [
            (step["name"], step["said"]) for step in self.told()["steps"] if step["state"] not in ("done", "skipped")
        ]
        return name, said

    def states(self) -> dict[str, str]:
        """The state of each source in the newest night."""
        return {source["source"]: source["state"] for source in self.told()["crawl"]["sources"]}

    def edition(self) -> int | None:
        """Which edition of the village's reports readers see, None where nothing is published yet.

        Fails unless what they see is whole: every report once, all of one night, in a sound database.
        """
        if not self.db.exists():
            return None
        with closing(sqlite3.connect(f"{self.db.as_uri()}?mode=ro", uri=True)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            return the_edition(db.execute("SELECT year, value FROM figures WHERE indicator = ?", [CHANGING]).fetchall())

    def extracted(self, directory: Path | None = None) -> int | None:
        """Which edition the extracts are of, None where there are none yet. Fails unless they prove themselves."""
        directory = directory or self.var / "extracts"
        if not directory.exists():
            return None
        for line in (directory / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256((directory / name).read_bytes()).hexdigest() == digest, name
        with (directory / "figures-wide.csv").open(encoding="utf-8-sig", newline="") as rows:
            column = CHANGING.replace(".", "_")
            return the_edition([(int(row["year"]), int(row[column])) for row in csv.DictReader(rows)])

    def check_working(self) -> bool:
        """Looks at the working archive as a run left it, on a copy, so that the next run finds it as it was.

        Fails unless it is sound, every kept answer is there byte for byte, and no figure is lost. Returns whether its
        last crawl came to its end.
        """
        if not (self.var / "working.db").exists():
            return True
        with tempfile.TemporaryDirectory() as directory:
            for end in ("", "-wal"):
                if (file := self.var / f"working.db{end}").exists():
                    shutil.copyfile(file, f"{directory}/working.db{end}")
            with closing(sqlite3.connect(f"{directory}/working.db")) as db:
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert db.execute("PRAGMA foreign_key_check").fetchall() == []
                if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'snapshots'").fetchone():
                    return True  # killed before it had its tables
                self._check_kept(db)
                _check_figures(db)
                last = db.execute("SELECT finished FROM runs WHERE command LIKE 'crawl%' ORDER BY id DESC LIMIT 1")
                return bool((last.fetchone() or (1,))[0])

    def _check_kept(self, db: sqlite3.Connection) -> None:
        rows = db.execute('SELECT warc, "offset", length, sha256 FROM snapshots').fetchall()
        for file, offset, length, sha256 in rows:
            body = read_record(self.var / "warc", file, offset).body
            assert (len(body), hashlib.sha256(body).hexdigest()) == (length, sha256)

    def leftovers(self) -> list[str]:
        """Files that only a run under way should have."""
        own = (".run", ".pytest")
        return sorted(
            str(each.relative_to(self.path))
            for each in self.path.rglob("*")
            if (each.name.startswith(".") and not each.name.startswith(own))
            or each.name.endswith((".new", "restoring"))
        )


def the_edition(figures: list[tuple[int, int]]) -> int:
    """The one edition that these figures (year, value) are of; fails unless there is one of every report."""
    newest = {value for year, value in figures if year == YEARS[0]}
    assert len(figures) == REPORTS, figures
    assert {value for year, value in figures if year != YEARS[0]} == {FIXED}
    (edition,) = newest
    return edition


def _check_figures(db: sqlite3.Connection) -> None:
    """No report twice, and of every changed figure each value that it had, one after the other."""
    keys = [key for (key,) in db.execute("SELECT report_key FROM reports")]
    assert len(keys) == len(set(keys))
    known = dict(db.execute("SELECT report_id, value FROM figures WHERE indicator = ?", [CHANGING]).fetchall())
    assert len(known) == len(keys), "a report is without its figure"
    chains: dict[int, list[tuple[int, int]]] = {report: [] for report in known}
    for report, old, new in db.execute(
        "SELECT report_id, old, new FROM revisions WHERE indicator = ? ORDER BY id", [CHANGING]
    ):
        chains[report].append((old, new))
    for report, chain in chains.items():
        olds, news = [old for old, _ in chain], [new for _, new in chain]
        assert [*olds[1:], known[report]] == news if chain else True, "a value was lost between two revisions"
