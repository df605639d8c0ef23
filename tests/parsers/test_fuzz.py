"""Damaged and monstrous documents end in a report or a named problem, within bounds, never in an exception."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterable

from mutations import mutants

import parsers
from parsers.documents import sniff
from parsers.model import Report, UnreadableError

SECONDS = 10.0  # of processor time that a damaged document may take
FEW = 300


def needs_libreoffice(data: bytes, url: str | None = None) -> bool:
    """Whether a document would be handed to LibreOffice, which has limits and tests of its own."""
    try:
        return sniff(data, None, url) == "office"
    except UnreadableError:
        return False


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


def test_damaged_documents():
    outcomes = []
    for what, data, url in mutants(random.Random(2021), FEW):
        if needs_libreoffice(data, url):
            continue
        begun = time.process_time()
        outcomes.append(outcome(parsers.parse(data, None, url)))
        assert time.process_time() - begun < SECONDS, what
    counts = tell(outcomes, "damaged documents")
    assert counts["report"] > FEW / 10
    assert counts["reader_failed"] == 0
