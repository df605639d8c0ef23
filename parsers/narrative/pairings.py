"""Takes apart sentences that name things and then their numbers (网站、微博分别发布12条、3条), a pair a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parsers.narrative.prose import Prose
from parsers.narrative.quantities import UNIT

MOST_PAIRINGS = 200
LONGEST_NAMES = 80

_RESPECTIVELY = re.compile(
    rf"分别(?P<verb>[^，。；、\d]{{0,16}}?)(?P<numbers>\d[\d,.]{{0,12}}(?:{UNIT})?"
    rf"(?:(?:[、，,和及与]|以及)\d[\d,.]{{0,12}}(?:{UNIT})?){{1,9}})"
)
_NUMBER = re.compile(rf"(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<unit>{UNIT})?")
_CLAUSE = re.compile(r"[，。；：（(\n]")
_LISTS = (re.compile("、"), re.compile("、|以及|[和及与或]"))


@dataclass(frozen=True, slots=True)
class Pair:
    """One name with its own number, as a sentence of its own behind the words of the sentence it was taken from.

    `place` is where the number stands in that sentence, `span` where it stands in the section's searched text.
    """

    text: str
    place: int
    span: tuple[int, int]


def find(prose: Prose) -> Iterator[Pair]:
    """Yields the pairs of a section's text; none of a sentence that has not as many names as numbers."""
    for found in islice(_RESPECTIVELY.finditer(prose.text), MOST_PAIRINGS):
        since = max(prose.sentence_start(found.start()), found.start() - LONGEST_NAMES)
        clauses = list(_CLAUSE.finditer(prose.text, since, found.start()))
        first = clauses[-1].end() if clauses else since
        named = prose.text[first : found.start()]
        numbers = list(_NUMBER.finditer(prose.text, *found.span("numbers")))
        units = [number["unit"] for number in numbers]
        if units[-1] is None or any(unit is None for unit in units) != all(unit is None for unit in units[:-1]):
            continue
        names = next((names for names in (marks.split(named) for marks in _LISTS) if len(names) == len(numbers)), [])
        before = prose.text[prose.sentence_start(found.start()) : found.start()]
        for name, number in zip(names, numbers, strict=False):
            lead = f"{before}；{name}{found['verb']}"
            yield Pair(f"{lead}{number['digits']}{number['unit'] or units[-1]}。", len(lead), number.span("digits"))
