"""Finds sentences that state a total and its parts (497条，其中网站165条、微信332条), for adding them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers import quantities
from parsers.model import Number, Section
from parsers.prose import Prose
from parsers.quantities import Quantity

MOST_BREAKDOWNS = 200

_OPENING = re.compile(r"[^，,。；;\d]{0,8}[，,：:。（(]?(?:其中|包括|包含|分别为|分别是|具体为|含)[：:，,]?")
_COUNTED = re.compile(r"\d[^，,。；;：:（(]{0,6}[，,：:。（(]?(?:其中|包括|包含|分别|具体为|含)")
_CLOSING = re.compile(r"[。！？\n；;]")
_NESTED = re.compile(r"其中|包括|包含|共计|合计|总计|另有|另外|此外|同比|上年|去年|增长|增加|减少|下降")
_EXHAUSTIVE = re.compile(r"(?:包括|分别为|分别是|具体为)[：:，,]?\Z")
_REST = re.compile(r"其[他它余](?:各类|方式|渠道|信息|类|政府|公开)*+\Z")
_BARE = re.compile(r"(?P<noun>[^，,、。；;\d]{1,16})(?P<number>\d{1,9})(?=[，,、。；;（(）)]|\Z)")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A stated total and the parts that the sentence names; `whole` says that it claims to name all of them."""

    total: Number
    parts: tuple[Number, ...]
    whole: bool
    section: int
    sentence: str


def find(section: Section) -> Iterator[Breakdown]:
    """Yields the breakdowns of a section's text: exact numbers of one unit, two parts at least, none nested."""
    if not _COUNTED.search(section.text):
        return
    prose = Prose(section)
    for count, total in enumerate(quantities.find(prose.text)):
        if count == 100 * MOST_BREAKDOWNS:
            return
        opening = _OPENING.match(prose.text, total.end) if total.qualifier is None else None
        if opening is None:
            continue
        start, end = opening.end(), _end(prose.text, opening)
        parts, last_noun = _parts(prose.text, start, end, total)
        if len(parts) > 1:
            whole = bool(_EXHAUSTIVE.search(opening[0]) or _REST.search(last_noun))
            yield Breakdown(total.value, parts, whole, section.number, prose.sentence(*total.span))


def _end(text: str, opening: re.Match[str]) -> int:
    """Where the list of parts ends: with its bracket where it stands in one, else with the sentence or clause."""
    start = opening.end()
    bracket = min((place for mark in "）)" if (place := text.find(mark, start, start + 400)) >= 0), default=-1)
    if "（" in opening[0] or "(" in opening[0]:
        return bracket if bracket >= 0 else start
    closing = _CLOSING.search(text, start, start + 400)
    return closing.start() if closing else min(len(text), start + 400)


def _parts(text: str, start: int, end: int, total: Quantity) -> tuple[tuple[Number, ...], str]:
    """The numbers of the parts and the noun of the last one; none where they do not surely make one list."""
    if _NESTED.search(text, start, end):
        return (), ""
    found = [quantity for quantity in quantities.find(text, start, end) if quantity.unit != "%"]
    if not found:
        bare = list(_BARE.finditer(text, start, end))
        return tuple(int(part["number"]) for part in bare), bare[-1]["noun"] if bare else ""
    if any(quantity.unit != total.unit or quantity.qualifier for quantity in found):
        return (), ""
    before = found[-2].end if len(found) > 1 else start
    return tuple(quantity.value for quantity in found), text[before : found[-1].span[0]]
