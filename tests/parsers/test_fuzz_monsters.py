"""Monstrous documents end in a report or a problem that the reader itself states, before the limits of the workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from monsters import FURTHER, NAMED
from test_fuzz import outcome, tell

from parsers.workers import Readers

SECONDS = 100  # of wall clock, on a machine that does other things as well
MEGABYTES = 768  # of address space, of which a worker that reads nothing takes a third
KILLED = {"reader_timeout", "reader_memory", "reader_died", "reader_failed"}


def read_all(monsters: Mapping[str, Callable[[], bytes]]) -> None:
    with Readers(2, SECONDS, MEGABYTES) as readers:
        reading = {name: readers.submit(made()) for name, made in monsters.items()}
        outcomes = {name: outcome(future.result()) for name, future in reading.items()}
    tell(outcomes.values(), "monstrous documents")
    assert not {name: code for name, code in outcomes.items() if code in KILLED}


def test_monsters() -> None:
    read_all(NAMED)


@pytest.mark.long
def test_further_monsters() -> None:
    read_all(FURTHER)
