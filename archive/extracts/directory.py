"""Writes the whole set of extracts into a directory: all of it or nothing, with the proofs that it is whole."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.extracts import Written, write_rows
from archive.extracts.parquet import AVAILABLE, write_parquet
from archive.extracts.swapping import made_aside, put_in_place
from archive.extracts.tables import EXTRACTS, Extract, column_types, parts, provinces
from archive.extracts.workbooks import MOST_ROWS, write_workbook

# The last run by its number: a clock that was ahead once must not date all editions to come.
LAST_ENDED = "SELECT ended FROM runs WHERE ended IS NOT NULL ORDER BY id DESC LIMIT 1"
SUMS, PACKAGE, README = "SHA256SUMS", "datapackage.json", "README.txt"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
TITLE = "OGI archive: figures of the annual open-government-information reports of Chinese agencies"
SOURCE = "政府信息公开工作年度报告, published by the agencies that each row names; figures as published"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """A file that was written: rows without the heading, its bytes, and the SHA-256 of all of it."""

    name: str
    rows: int
    size: int
    sha256: str


def edition(db: Database) -> str:
    """The moment (ISO, UTC) whose archive this is: when its last run ended; "undated" before the first."""
    last = db.execute(LAST_ENDED).fetchone()
    return str(last[0]) if last else "undated"


def write_extracts(
    db: Database,
    directory: Path,
    on_file: Callable[[ExtractFile], None],
    *,
    release: Mapping[str, Any] | None = None,
) -> list[ExtractFile]:
    """Writes every extract of a published archive and puts the set in the place of the one before.

    The directory is replaced as a whole once everything in it is on the disk. What there is to say of it as a `release`
    (JSON values) goes into the package. Raises ArchiveError where the directory is none, or holds something else than
    extracts.
    """
    _refuse_other(directory)
    try:
        with made_aside(directory) as fresh:
            writer = _Writer(db, fresh, edition(db), on_file, release)
            writer.write()
            put_in_place(fresh, directory)
    except OSError as error:
        raise ArchiveError(f"{directory}: cannot be written, {error.strerror}.") from error
    return writer.files


def citation(edition: str) -> str:
    """How to name the data: what, as of when, under which licence, and what is theirs who published the reports."""
    return f"{TITLE}. Edition of {edition}. Licence: {LICENCE['title']} ({LICENCE['path']})."


class _Writer:
    """One set on its way to the disk."""

    def __init__(
        self,
        db: Database,
        directory: Path,
        edition: str,
        on_file: Callable[[ExtractFile], None],
        release: Mapping[str, Any] | None,
    ) -> None:
        self.db = db
        self.directory = directory
        self.edition = edition
        self.on_file = on_file
        self.release = release
        self.files: list[ExtractFile] = []
        self.resources: list[dict[str, Any]] = []

    def write(self) -> None:
        """Writes every file, those that prove the others last."""
        for extract in (*EXTRACTS, *parts(self.db)):
            self._csv(extract)
            if extract.name == "figures-long":
                self._compressed(f"{extract.name}.csv")
        for code in provinces(self.db):
            name = f"province-{code}0000.xlsx"
            self._note(name, write_workbook(self.db, code, self._about(), self.directory / name))
        if AVAILABLE:
            for extract in EXTRACTS[:2]:
                name = f"{extract.name}.parquet"
                self._note(name, write_parquet(self.db, extract, self.directory / name))
        self._text(PACKAGE, json.dumps(self._package(), ensure_ascii=False, indent=2) + "\n")
        counts = [f"{file.rows:>12,}  {file.name}" for file in self.files if file.name != PACKAGE]
        self._text(README, "\n".join([*self._about(), "", "Rows, without the heading, and files:", *counts, ""]))
        sums = "".join(f"{file.sha256}  {file.name}\n" for file in self.files)
        with (self.directory / SUMS).open("w", encoding="utf-8") as out:
            out.write(sums)
            out.flush()
            os.fsync(out.fileno())

    def _about(self) -> list[str]:
        return [
            TITLE,
            f"Edition: {self.edition}",
            f"Source: {SOURCE}",
            f"Licence: {LICENCE['title']}, {LICENCE['path']}",
            f"Cite as: {citation(self.edition)}",
            f"Whole? sha256sum -c {SUMS}; every file's rows are in {PACKAGE} too.",
            "Blank is not 0. Codes are text. A failed check is a question to the agency, never a verdict.",
        ]

    def _csv(self, extract: Extract) -> None:
        written = self._write_csv(extract, f"{extract.name}.csv", excel=False)
        fields = [{"name": name, "type": kind} for name, kind in column_types(self.db, extract).items()]
        self.resources.append(
            {
                "name": extract.name,
                "path": f"{extract.name}.csv",
                "type": "table",
                "profile": "tabular-data-resource",
                "description": f"One row is {extract.row}.",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": self.files[-1].size,
                "hash": f"sha256:{written.sha256}",
                "rows": written.rows,
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
        if written.rows <= MOST_ROWS:
            self._write_csv(extract, f"{extract.name}-excel.csv", excel=True)

    def _write_csv(self, extract: Extract, name: str, *, excel: bool) -> Written:
        with (self.directory / name).open("wb", buffering=_BLOCK) as out:
            written = write_rows(list(column_types(self.db, extract)), extract.read(self.db), out, excel)
            out.flush()
            os.fsync(out.fileno())
        self._noted(ExtractFile(name, written.rows, (self.directory / name).stat().st_size, written.sha256))
        return written

    def _compressed(self, name: str) -> None:
        rows = next(file.rows for file in self.files if file.name == name)
        target = self.directory / f"{name}.gz"
        with (
            (self.directory / name).open("rb") as plain,
            target.open("wb") as raw,
            gzip.GzipFile(name, "wb", 6, raw, mtime=0) as packed,  # the same rows give the same bytes
        ):
            shutil.copyfileobj(plain, packed, _BLOCK)
        self._note(target.name, rows)

    def _text(self, name: str, text: str) -> None:
        (self.directory / name).write_text(text, encoding="utf-8")
        self._note(name, 0)

    def _note(self, name: str, rows: int) -> None:
        with (self.directory / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        self._noted(ExtractFile(name, rows, (self.directory / name).stat().st_size, digest))

    def _noted(self, file: ExtractFile) -> None:
        self.files.append(file)
        self.on_file(file)

    def _package(self) -> dict[str, Any]:
        return {
            "profile": "tabular-data-package",
            "name": "ogi-archive",
            "title": TITLE,
            "version": self.edition[:10].replace("-", "."),
            "created": self.edition,
            **({"release": self.release} if self.release else {}),
            "licenses": [LICENCE],
            "sources": [{"title": SOURCE}],
            "description": f"Cite as: {citation(self.edition)}",
            "resources": self.resources,
        }


def _refuse_other(directory: Path) -> None:
    if directory.is_dir():
        held = {entry.name for entry in directory.iterdir()}
        if held and SUMS not in held:
            raise ArchiveError(f"{directory}: holds other files; name an empty or a new directory for the extracts.")
    elif directory.exists():
        raise ArchiveError(f"{directory}: not a directory; name another for the extracts.")
