"""An archive in a temporary directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from by_hand import EDUCATION, Crawl
from sqlite_utils import Database

from archive.store import Archive, SourceLine

LEDGER = {"runs", "source_states", "visits"}


@pytest.fixture
def working(tmp_path: Path) -> Path:
    return tmp_path / "archive.var" / "working.db"


@pytest.fixture
def archive(working: Path) -> Iterator[Archive]:
    with Archive(working) as opened:
        opened.register([SourceLine("jyj", "990100", EDUCATION, "http://jyj.lingzhou.example/nb/", "trs", 2019)])
        yield opened


@pytest.fixture
def crawl(archive: Archive) -> Crawl:
    return Crawl(archive, archive.begin_run("crawl"))


@pytest.fixture
def dump() -> Callable[[Database], Mapping[str, list[Any]]]:
    """Every row of every table that is not the ledger of runs."""

    def whole(db: Database) -> Mapping[str, list[Any]]:
        tables = set(db.table_names()) - LEDGER
        return {table: list(map(tuple, db.execute(f"SELECT * FROM [{table}]").fetchall())) for table in sorted(tables)}

    return whole
