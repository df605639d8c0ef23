"""How much of everything a run of the benchmark measures: the whole of it, a quick one, or a taste for a test."""

from __future__ import annotations

import sys
from dataclasses import dataclass

# The command as where it is installed: pandas, which only development needs, would be loaded by sqlite-utils each time.
_COMMAND = "import sys; sys.modules.update(pandas=None, numpy=None); from ogi.main import cli; cli()"
OGI = (sys.executable, "-c", _COMMAND)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured.

    `pages` are read a run; `documents` are files; `hosts` with seven reports each are crawled and read again; `stored`
    reports are stored; `archives` are the sizes of the published archives that are extracted (the first) and served,
    `asked` how often each page is. `short_runs` are made of what takes about a second, `long_runs` of what takes
    longer.
    """

    name: str
    pages: int
    documents: int
    hosts: int
    stored: int
    archives: tuple[int, ...]
    asked: int
    short_runs: int
    long_runs: int


FULL = Sizes("full", 100, 1000, 429, 1000, (10_000, 100_000, 1_000_000), 40, 7, 3)
QUICK = Sizes("quick", 10, 40, 6, 40, (310,), 5, 1, 1)
TASTE = Sizes("taste", 2, 4, 2, 3, (310,), 1, 1, 1)
