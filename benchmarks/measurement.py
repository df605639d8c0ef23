"""A line of the benchmark: what is measured, beside something public that does the like, and how the two are timed.

Each of the two runs in a process of its own, in turn with the other, so that a machine's moods fall on both alike.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

Work = Callable[[], float]
"""What is timed; it gives how much it did: pages, reports, rows."""
Begin = Callable[[], Work]
"""What is done before each run, and is not timed."""
Clock = Literal["processor", "wall", "none"]

ORPHANS_COME_TO_US = 36  # PR_SET_CHILD_SUBREAPER of Linux
MEGABYTE = 1024 if sys.platform == "linux" else 1 << 20  # of ru_maxrss


class Taken(NamedTuple):
    """One run: how much was done, in how many seconds by each clock."""

    amount: float
    processor: float
    wall: float

    def cost(self, clock: Clock) -> float:
        """Seconds for one."""
        return (self.processor if clock == "processor" else self.wall) / self.amount


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: `prepare`, a function of a module, is called with `given` once, in the process of the side."""

    prepare: Callable[..., Begin]
    given: Mapping[str, Any] = field(default_factory=dict)


class Peer(NamedTuple):
    """Something public beside which ours is measured, and what the ratio should be."""

    name: str
    side: Side
    goal: float


@dataclass(frozen=True, slots=True)
class Measurement:
    """A line: what ours and the peer's come to, medians of `runs`, and what their ratio should be.

    Where `at_most`, they are costs (times, bytes), and the ratio should not be greater than `goal`; else they are
    rates, and it should not be smaller. `memory` is that of the largest process, in MB.
    """

    name: str
    peer: str
    unit: str
    ours: float
    theirs: float
    goal: float
    clock: Clock
    runs: int
    memory: float
    peer_memory: float
    at_most: bool = False

    @property
    def ratio(self) -> float:
        """Ours to theirs."""
        return self.ours / self.theirs

    @property
    def verdict(self) -> str:
        """Whether the goal is reached."""
        reached = self.ratio <= self.goal if self.at_most else self.ratio >= self.goal
        return "ok" if reached else "short"

    def to_json(self) -> dict[str, Any]:
        """The line with its ratio and verdict."""
        return asdict(self) | {"ratio": self.ratio, "verdict": self.verdict}


class Median(NamedTuple):
    """Of a side's runs: seconds for one thing, by the clock that was asked for, and the largest process's MB."""

    cost: float
    memory: float


def in_turn(sides: Sequence[Side], runs: int, clock: Clock, *, warm: bool = False) -> list[Median]:
    """Runs each side in a process of its own, in turn, `runs` times; and once before, not counted, if `warm`."""
    with ExitStack() as opened:
        processes = [opened.enter_context(_process(side)) for side in sides]
        taken: list[list[Taken]] = [[] for _ in processes]
        for number in range(runs + warm):
            for process, kept in zip(processes, taken, strict=True):
                run = process.submit(_once).result()
                if number >= warm:
                    kept.append(run)
        return [
            Median(statistics.median(run.cost(clock) for run in kept), process.submit(_memory).result())
            for process, kept in zip(processes, taken, strict=True)
        ]


def compared(
    name: str,
    ours: Side,
    *peers: Peer,
    unit: str,
    runs: int,
    warm: bool = False,
    clock: Clock = "processor",
    at_most: bool = False,
    scale: float = 1,
) -> Iterator[Measurement]:
    """Measures ours and its peers in turn: a line a peer.

    `unit` is that of the rates, or of the times where `at_most`, `scale` of which make a second.
    """
    own, *others = in_turn([ours, *(peer.side for peer in peers)], runs, clock, warm=warm)
    for peer, other in zip(peers, others, strict=True):
        values = [each.cost * scale if at_most else scale / each.cost for each in (own, other)]
        memory = own.memory, other.memory
        yield Measurement(name, peer.name, unit, *values, peer.goal, clock, runs, *memory, at_most=at_most)


# --- in the process of a side ---------------------------------------------------------------------------------------

_begin_run: list[Begin] = []


def _process(side: Side) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _prepare, (side,))


def _prepare(side: Side) -> None:
    with suppress(OSError, AttributeError):  # elsewhere than on Linux the work of orphans goes uncounted
        ctypes.CDLL(None).prctl(ORPHANS_COME_TO_US, 1, 0, 0, 0)
    _begin_run.append(side.prepare(**side.given))


def _once() -> Taken:
    work = _begin_run[0]()
    already = _children()
    gc.collect()
    before, started = _processor_time(), time.perf_counter()
    amount = work()
    wall = time.perf_counter() - started
    while left := _children() - already:  # the processes that read documents outlive their command by a moment
        for process in left:
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
    return Taken(amount, _processor_time() - before, wall)


def _children() -> set[int]:
    return {int(pid) for told in Path("/proc/self/task").glob("*/children") for pid in told.read_text().split()}


def _processor_time() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def _memory() -> float:
    """Of the largest of the commands that were run, or of the process itself where there were none."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (children or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / MEGABYTE


# --- the table ------------------------------------------------------------------------------------------------------

HEADINGS = ("measured", "beside", "ours", "theirs", "ratio", "goal", "", "clock", "memory")


def cells(line: Mapping[str, Any]) -> list[str]:
    """A line's JSON as the table prints it."""
    ours, theirs = (f"{_short(line[side])} {line['unit']}" for side in ("ours", "theirs"))
    goal = f"{'≤' if line['at_most'] else '≥'} {line['goal']:g}"
    memory = f"{line['memory']:.0f} / {line['peer_memory']:.0f} MB"
    return [
        line["name"],
        line["peer"],
        ours,
        theirs,
        f"{line['ratio']:.2f}",
        goal,
        line["verdict"],
        line["clock"],
        memory,
    ]


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines of text, their columns one below the other."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
