"""Data releases: dated sets of extracts that are never changed again, with a list of what changed between them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.disk import write_whole
from archive.errors import ArchiveError
from archive.extracts.directory import PACKAGE, SUMS, TITLE, ExtractFile, citation, edition, write_extracts
from archive.extracts.tables import CHANGES

LIST = "CHANGES.md"
_VERSION = re.compile(r"\d{4}\.\d\d\.\d\d")
_KINDS = {
    "new": "new reports",
    "revised": "revised figures",
    "withdrawn": "withdrawn reports",
    "corrected": "corrected figures",
}


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its directory, whose name is its version, the moment of the archive that it holds, what changed since
    the release before (`since`, None for the first), and the SHA-256 of its SHA256SUMS, which pins every file of it."""

    directory: Path
    created: str
    since: str | None
    changes: dict[str, int]
    sha256: str

    @property
    def version(self) -> str:
        """Year, month and day of the archive that it holds."""
        return self.directory.name

    @property
    def said(self) -> str:
        """What changed, in a few words."""
        counted = ", ".join(f"{self.changes.get(kind, 0):,} {name}" for kind, name in _KINDS.items())
        return f"since {self.since}: {counted}" if self.since else f"the first release: {counted}"


def make_release(db: Database, directory: Path, on_file: Callable[[ExtractFile], None]) -> Release:
    """Writes a published archive as a release into `directory`, and brings the list of the releases in it to date.

    Raises ArchiveError where that day has been released: what was cited stays what it was.
    """
    created = edition(db)
    fresh = directory / created[:10].replace("-", ".")
    before = list(releases(directory))
    if fresh.exists():
        _list(directory, before)
        raise ArchiveError(
            f"{fresh}: released already, and a release is never changed; the archive of a later day makes the next."
        )
    last = max(before, key=lambda made: made.created, default=None)
    counts = Counter(
        kind
        for noticed, kind in db.execute(f"SELECT noticed, kind FROM ({CHANGES})")  # noqa: S608  # ours
        if last is None or noticed > last.created
    )
    told = {"since": last and last.version, "changes": dict(counts)}
    write_extracts(db, fresh, on_file, release=told)
    made = _read(fresh)
    _list(directory, [*before, made])
    return made


def releases(directory: Path) -> Iterator[Release]:
    """The releases in a directory; none where there is no such directory."""
    for each in sorted(directory.glob("*")):
        if _VERSION.fullmatch(each.name) and (each / SUMS).exists():
            yield _read(each)


def _read(directory: Path) -> Release:
    package: dict[str, Any] = json.loads((directory / PACKAGE).read_text(encoding="utf-8"))
    told = package["release"]
    pin = hashlib.sha256((directory / SUMS).read_bytes()).hexdigest()
    return Release(directory, package["created"], told["since"], told["changes"], pin)


def _list(directory: Path, made: list[Release]) -> None:
    """Writes the list anew from what lies there, so that a release whose maker was killed is in it too."""
    entries = [
        f"## {release.version}\n\n{release.said[0].upper()}{release.said[1:]}.\n\n"
        f"{citation(release.created)}\n\n`{release.sha256}  {release.version}/{SUMS}`\n"
        for release in sorted(made, key=lambda release: release.created, reverse=True)
    ]
    write_whole(directory / LIST, "\n".join([f"# {TITLE}\n", *entries]))
