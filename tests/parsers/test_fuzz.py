"""Damaged documents of every medium end in a report or a named problem, within bounds, never in an exception."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future

import pytest
from mutations import Mutant, mutants

import parsers
from parsers.documents.printed import scan
from parsers.model import Report
from parsers.workers import Readers

FEW, MANY = 300, 10_000
SECONDS = 60  # of wall clock for a document, on a machine that does other things as well
MEGABYTES = 1024  # of address space
AHEAD = 40  # documents made before they are read
KILLED = {"reader_timeout", "reader_memory", "reader_died", "reader_failed"}


def read_here(data: bytes, content_type: str | None, url: str | None) -> Report:
    """What a worker does, without the programs that recognise and convert: those have limits and tests of their own."""
    scan.is_installed = lambda: False
    shutil.which = lambda *_, **__: None
    return parsers.parse(data, content_type, url)


def outcome(report: Report) -> str:
    """What a reading ended in; what is read must be sound whatever the document."""
    assert json.loads(json.dumps(report.to_json(), allow_nan=False))
    if not report.ok:
        assert report.problems
        return report.problems[0].code
    for figure in report.figures.values():
        assert (figure.value is None) == (figure.kind in ("blank", "not_applicable", "text"))
        assert figure.at
    return "report"


def tell(outcomes: Iterable[str], what: str) -> Counter[str]:
    counts = Counter(outcomes)
    print(f"\n{sum(counts.values())} {what}:", ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    return counts


def read_all(damaged: Iterable[Mutant]) -> Iterator[tuple[Mutant, str]]:
    reading: deque[tuple[Mutant, Future[Report]]] = deque()
    with Readers(2, SECONDS, MEGABYTES) as readers:
        for mutant in damaged:
            reading.append((mutant, readers.call(read_here, mutant.data, mutant.content_type, mutant.url)))
            if len(reading) > AHEAD:
                earlier, future = reading.popleft()
                yield earlier, outcome(future.result())
        for mutant, future in reading:
            yield mutant, outcome(future.result())


def check(count: int, seed: int) -> None:
    ended = [(mutant.what, code) for mutant, code in read_all(mutants(random.Random(seed), count))]
    counts = tell((code for _, code in ended), "damaged documents")
    assert counts.total() == count
    assert not [(what, code) for what, code in ended if code in KILLED]
    assert counts["report"] > count / 10


def test_damaged_documents() -> None:
    check(FEW, 2021)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_many_damaged_documents() -> None:
    check(MANY, 2019)
