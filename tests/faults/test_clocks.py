"""Nights by other clocks: leap day, new year, put back in the middle, a year ahead once, without a battery."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nights import REPORTS, Home
from stable import Stable
from village import Handler, Village

pytestmark = pytest.mark.long


@dataclass
class Clock:
    """The clock of its stable's runs, which goes on from where it is set."""

    file: Path
    stable: Stable

    def set(self, moment: str) -> None:
        """Sets the clock, as "2028-02-29 23:59:58" (UTC)."""
        ahead = datetime.fromisoformat(moment).replace(tzinfo=UTC) - datetime.now(UTC)
        half = self.file.with_suffix(".half")
        half.write_text(str(ahead.total_seconds()), encoding="utf-8")
        half.replace(self.file)


@pytest.fixture
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clock]:
    """A clock that can be set."""
    with Stable() as stable:
        stable.clock = tmp_path_factory.mktemp("clock") / "ahead"
        yield Clock(stable.clock, stable)


def runs(home: Home) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(home.db)) as db:
        return db.execute("SELECT started, ended FROM runs WHERE finished ORDER BY id").fetchall()


@pytest.mark.parametrize(
    ("eve", "day"),
    [("2028-02-28", "2028-02-29"), ("2028-02-29", "2028-03-01"), ("2026-12-31", "2027-01-01")],
    ids=["into leap day", "out of leap day", "new year"],
)
def test_a_night_that_passes_midnight(clock: Clock, village: Village, home: Home, eve: str, day: str) -> None:
    clock.set(f"{eve} 23:00:00")

    def strike(handler: Handler) -> None:
        if handler.path == "/nb/2025.html":
            clock.set(f"{day} 00:00:00")

    village.before_answer = strike
    ended = home.night(clock.stable)
    village.before_answer = None
    assert ended.status == 0, ended.out + ended.err
    assert home.edition() == home.extracted() == village.edition
    ((started, finished),) = runs(home)
    assert (started[:10], finished[:10]) == (eve, day)
    assert home.told()["crawl"]["new"]["count"] == REPORTS
    village.edition += 1
    clock.set(f"{day} 22:00:00")
    assert home.night(clock.stable).status == 0
    assert home.edition() == home.extracted() == village.edition


def test_a_clock_put_back_in_the_middle_of_a_night(clock: Clock, village: Village, home: Home) -> None:
    clock.set("2027-03-01 12:00:00")
    assert home.night(clock.stable).status == 0
    village.edition += 1
    clock.set("2027-03-02 12:00:00")

    def put_back(handler: Handler) -> None:
        if handler.path == "/nb/2025.html":
            clock.set("2027-03-02 10:00:00")

    village.before_answer = put_back
    assert home.night(clock.stable).status == 0
    village.before_answer = None
    started, ended = runs(home)[-1]
    assert started > ended
    assert home.edition() == home.extracted() == village.edition
    village.edition += 1
    assert home.night(clock.stable).status == 0
    assert home.edition() == home.extracted() == village.edition
    assert clock.stable.run(home.path, "check").status == 0


def test_a_clock_that_was_a_year_ahead_for_some_nights(clock: Clock, village: Village, home: Home) -> None:
    moments = ["2026-11-01", "2027-11-02", "2027-11-03", "2026-11-06", "2026-11-07"]
    for moment in moments:
        clock.set(f"{moment} 22:00:00")
        ended = home.night(clock.stable)
        assert ended.status == 0, ended.out + ended.err
        # A year later, the reports are old, and asked for once in a month.
        assert home.edition() == home.extracted()
        assert home.edition() == village.edition or moment > "2027-11-02"
        village.edition += 1
    whole = home.path / "archive.var" / "extracts" / "README.txt"
    assert "Edition: 2026-11-07" in whole.read_text(encoding="utf-8")
    assert clock.stable.run(home.path, "restore", "safe").status == 0
    assert home.edition() == village.edition - 1, "not the last backup"


def test_a_clock_without_its_battery_is_refused(clock: Clock, village: Village, home: Home) -> None:
    clock.set("1970-01-01 00:03:00")
    ended = home.night(clock.stable)
    assert ended.status == 2
    assert home.failed()[1].startswith("the clock of this machine says 1970-01-01T00:03:")
    assert village.asked == []
    assert home.edition() is None
