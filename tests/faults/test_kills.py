"""A hundred runs killed at random moments, in every step of a night and in the commands beside it: nothing is lost.

`pytest -m long -s tests/faults/test_kills.py` prints the table of the kills. The seed is printed; `OGI_SEED` gives
another.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from nights import Home
from stable import Run, Stable
from village import Village

# How many kills in which step of a night, or in which other command; a hundred altogether.
KILLS = {
    "check": 6,
    "crawl": 22,
    "prepare": 14,
    "try the portal": 6,
    "extract": 12,
    "publish": 8,
    "backup": 6,
    "report": 6,
    "ogi reparse": 6,
    "ogi restore": 6,
    "ogi extract": 4,
    "ogi backup": 4,
}
COMMANDS = {
    "ogi reparse": ("reparse",),
    "ogi restore": ("restore", "safe"),
    "ogi extract": ("extract", "out"),
    "ogi backup": ("backup", "safe"),
}
WHOLE_NIGHT_EVERY = 10  # kills
QUARTERS = 4  # each on an archive of its own
SEED = int(os.environ.get("OGI_SEED", random.SystemRandom().randrange(1 << 32)))


@dataclass
class Moments:
    """How long each step takes in which nothing is killed, in seconds: that is where the kills are thrown."""

    dice: random.Random
    seconds: dict[str, float] = field(default_factory=dict)

    def measure(self, run: Run, ended: float, command: str | None = None) -> None:
        """Takes the lengths of the steps from a run that came to its end."""
        steps = [*run.steps, ("", ended)]
        for (name, began), (_, after) in pairwise(steps):
            self.seconds[command or name] = after - began

    def of(self, step: str) -> float:
        """A moment within a step, from its beginning."""
        return self.dice.uniform(0, self.seconds[step])


@dataclass
class Trial:
    """The archive that is killed again and again, and what is known of it."""

    stable: Stable
    village: Village
    home: Home
    moments: Moments
    struck: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    seen: list[int] = field(default_factory=list)

    def begin(self, step: str) -> Run:
        """The run in which a step is to be killed."""
        if step in COMMANDS:
            return self.stable.start(self.home.path, *COMMANDS[step])
        return self.home.begin_night(self.stable)

    def kill(self, step: str) -> bool:
        """Kills a run in a step; False where the run was quicker. What it leaves is looked at either way."""
        run = self.begin(step)
        if run.await_step("begun" if step in COMMANDS else step):
            time.sleep(self.moments.of(step))
        # One process killed by the system, or all of them in a power cut.
        group = self.moments.dice.random() < 0.5
        with suppress(ProcessLookupError):  # it was quicker
            run.signal(signal.SIGKILL, group=group)
        ended = run.wait()
        killed = ended.status == -signal.SIGKILL
        assert killed or ended.status == 0, ended.err
        self.look()
        if killed and (self.home.var / "restoring").exists():
            refused = self.home.night(self.stable)
            assert refused.status == 2
            assert "a restore was stopped before its end; run `ogi restore safe` again" in self.home.failed()[1]
        if killed and step == "ogi restore":
            self.whole("ogi restore")
        self.struck[step] += killed
        self.missed += not killed
        return killed

    def look(self) -> None:
        """Fails unless readers see whole things and nothing is lost; then the sites change, if all of it was read."""
        seen = self.home.edition()
        extracted = self.home.extracted()
        self.home.extracted(self.home.path / "out")
        if seen is not None:
            assert seen <= self.village.edition
            self.seen.append(seen)
        assert self.seen == [] or seen is not None, "what was published is gone"
        assert extracted is not None or len(self.seen) == 0, "the extracts are gone"
        if self.home.check_working():
            self.village.edition += 1

    def whole(self, command: str | None = None) -> None:
        """A night, or another command, from its beginning to its end."""
        edition = self.village.edition
        run = self.begin(command or "night")
        ended = run.wait()
        assert ended.status == 0, ended.out + ended.err
        self.moments.measure(run, time.monotonic(), command)
        if command is None:
            assert self.home.edition() == self.home.extracted() == edition
            left = [name for name in self.home.leftovers() if not name.startswith(".out.")]
            assert left == [], "a killed run's files are still there"
            self.village.edition += 1


def planned() -> list[str]:
    """In which steps the kills are, in the order of a shuffle."""
    plan = [step for step, kills in KILLS.items() for _ in range(kills)]
    assert len(plan) == 100
    random.Random(SEED).shuffle(plan)
    return plan


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("quarter", range(QUARTERS))
def test_a_hundred_kills_lose_nothing(stable: Stable, village: Village, home: Home, quarter: int) -> None:
    print(f"\nOGI_SEED={SEED}, quarter {quarter}")
    trial = Trial(stable, village, home, Moments(random.Random(SEED + quarter)))
    plan = planned()[quarter::QUARTERS]
    wanted = Counter(plan)
    trial.whole()
    for command in COMMANDS:
        trial.whole(command)
    while plan:
        step = plan.pop()
        if not trial.kill(step):
            plan.insert(0, step)
        elif trial.struck.total() % WHOLE_NIGHT_EVERY == 0:
            trial.whole()
    trial.whole()
    trial.whole("ogi extract")
    assert home.leftovers() == []
    print(*(f"{kills:4} {step}" for step, kills in trial.struck.items()), sep="\n")
    print(f"{trial.struck.total():4} kills; {trial.missed} runs were quicker; editions seen: {sorted(set(trial.seen))}")
    assert trial.struck == wanted
    checked = stable.run(home.path, "check")
    assert checked.status == 0, checked.err
    assert "whole; 6 reports" in checked.out
    with closing(sqlite3.connect(home.db)) as db:
        (kept,) = db.execute("SELECT max(new) FROM revisions").fetchone()
    assert kept == home.edition()
    assert processes_in(home.path) == []


def processes_in(directory: Path) -> list[str]:
    """The processes that still run in a directory, once the readers of killed runs had time to see that they may go."""
    found = ["?"]
    for _ in range(100):
        found = []
        for process in Path("/proc").iterdir():
            try:
                if process.name.isdigit() and (process / "cwd").readlink() == directory:
                    found.append((process / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        if not found:
            return []
        time.sleep(0.1)
    return found
