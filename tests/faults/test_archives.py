"""Databases that are locked or damaged, and documents that poison their reader: found, said, and made good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from nights import REPORTS, Home
from stable import Stable
from village import AGENCIES, Handler, Village, host, title

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", ["working", "archive"])
def test_a_database_that_another_program_holds(stable: Stable, village: Village, home: Home, name: str) -> None:
    assert home.night(stable).status == 0
    file = home.db if name == "archive" else home.var / "working.db"
    with closing(sqlite3.connect(file)) as another:
        another.execute("BEGIN EXCLUSIVE")
        ended = home.night(stable)
    assert ended.status == 2
    step, said = home.failed()
    assert step == ("check" if name == "archive" else "crawl")
    assert said.endswith(f"{file.name}: another process is writing to it; wait until that has finished.")
    assert home.edition() == village.edition
    village.edition += 1
    assert home.night(stable).status == 0
    assert home.edition() == village.edition


def overwritten(file: Path) -> None:
    """The disk gives something else than what was written, behind a sound beginning."""
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.seek(8 * 4096)
        damaged.write(os.urandom(size - 12 * 4096))


def shortened(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 3)


def gone(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("damage", [overwritten, shortened])
def test_a_damaged_published_archive_is_named_and_one_command_brings_it_back(
    stable: Stable, village: Village, home: Home, damage: Callable[[Path], None]
) -> None:
    assert home.night(stable).status == 0
    damage(home.db)
    ended = home.night(stable)
    assert ended.status == 2
    assert "Traceback" not in ended.err
    _, said = home.failed()
    assert "archive.db: the database is damaged; bring it back with `ogi restore`." in said
    assert ".new" not in said
    restored = stable.run(home.path, "restore", "safe")
    assert restored.status == 0, restored.err
    assert home.edition() == village.edition
    village.edition += 1
    assert home.night(stable).status == 0
    assert home.edition() == home.extracted() == village.edition


def test_all_of_it_damaged_or_gone_is_brought_back_by_one_command(stable: Stable, village: Village, home: Home) -> None:
    assert home.night(stable).status == 0
    for number, (damage, file) in enumerate(
        [(gone, home.db), (overwritten, home.var / "working.db"), (shortened, next((home.var / "warc").iterdir()))]
    ):
        damage(file)
        assert stable.run(home.path, "check").status in (1, 2), number
    assert stable.run(home.path, "restore", "safe").status == 0
    assert stable.run(home.path, "check").status == 0
    assert home.edition() == village.edition
    assert home.night(stable).status == 0


def test_documents_that_poison_their_readers_cost_themselves_only(stable: Stable, village: Village, home: Home) -> None:
    def poisoned(name: str, body: Callable[[], bytes]) -> Callable[[Handler], None]:
        def answer(handler: Handler) -> None:
            if handler.path == "/nb/2025.html":
                handler.send(200, body())
            else:
                village.answers.pop(host(name))
                Handler.do_GET(handler)
                village.answers[host(name)] = answer

        return answer

    def swelling() -> bytes:
        heading = f"<html><title>{title(AGENCIES['edu'], 2025)}</title><h1>{title(AGENCIES['edu'], 2025)}</h1>"
        return (heading + "<table>" + "<tr><td>予以公开<td>1<td>2" * 1_200_000).encode()

    village.answers = {
        host("edu"): poisoned("edu", swelling),
        host("civ"): poisoned("civ", lambda: os.urandom(200_000)),
        host("wat"): poisoned("wat", lambda: b"<div>" * 1_000_000),
    }
    ended = home.night(stable, OGI_READER_MEGABYTES=700, OGI_READER_SECONDS=20)
    assert ended.status in (0, 1), ended.err
    told = home.told()
    assert {"reader_memory", "reader_timeout", "too_large", "reader_died"} & set(told["crawl"]["problems"]), told
    with closing(sqlite3.connect(home.db)) as db:
        years = [year for (year,) in db.execute("SELECT year FROM reports")]
    assert years == [2024] * len(AGENCIES)
    village.answers = {}
    assert home.night(stable).status == 0
    assert home.edition() == village.edition
    assert home.told()["crawl"]["new"]["count"] == REPORTS - len(AGENCIES)
