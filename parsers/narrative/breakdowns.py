"""Finds sentences that state a total and its parts (497条，其中网站165条、微信332条), for adding them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parsers.model import Number, Section
from parsers.narrative import quantities
from parsers.narrative.prose import Prose
from parsers.narrative.quantities import Quantity

MOST_BREAKDOWNS = 200
LONGEST_LIST = 400
LOOK_BACK = 40

_OPENING = re.compile(r"(?P<word>其中|包括|包含|分别为|分别是|具体为|含)[：:，,]?")
_BETWEEN = re.compile(r"[^，,。；;\d]{0,8}[，,：:。]?\Z")
_BRACKET = re.compile(r"[）)]")
_CLOSING = re.compile(r"[。！？\n；;]")
_NESTED = re.compile(
    r"其中|包括|包含|共计|合计|总计|共发布|共公开|另有|另外|此外|同比|上年|去年|增长|增加|减少|下降|维持|纠正|审结"
)
_DETAIL = re.compile(r"[（(][^（）()]*[）)]")  # the parts of a part
_ALL_NAMED = frozenset({"包括", "分别为", "分别是", "具体为"})
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
    if not _OPENING.search(section.text):
        return
    prose = Prose(section)
    for opening in islice(_OPENING.finditer(prose.text), MOST_BREAKDOWNS):
        start, end = opening.span()
        bracketed = start > 0 and prose.text[start - 1] in "（("
        total = _total(prose.text, start - bracketed)
        if total is None or total.qualifier:
            continue
        parts, last_noun = _parts(prose.text[end : _end(prose.text, end, bracketed)], total)
        if len(parts) > 1:
            whole = opening["word"] in _ALL_NAMED or _REST.search(last_noun) is not None
            yield Breakdown(total.value, parts, whole, section.number, prose.sentence(*total.span))


def _total(text: str, place: int) -> Quantity | None:
    """The quantity right before the words that open a list of parts."""
    before = list(quantities.find(text, max(0, place - LOOK_BACK), place))
    return before[-1] if before and _BETWEEN.match(text, before[-1].end, place) else None


def _end(text: str, start: int, bracketed: bool) -> int:
    """Where the list of parts ends: with its bracket where it stands in one, else with the sentence or clause."""
    closing = (_BRACKET if bracketed else _CLOSING).search(text, start, start + LONGEST_LIST)
    if closing:
        return closing.start()
    return start if bracketed else min(len(text), start + LONGEST_LIST)


def _parts(listed: str, total: Quantity) -> tuple[tuple[Number, ...], str]:
    """The numbers of the parts and the noun of the last one; none where they do not surely make one list."""
    listed = _DETAIL.sub("", listed)
    if _NESTED.search(listed):
        return (), ""
    found = [quantity for quantity in quantities.find(listed) if quantity.unit != "%"]
    if not found:
        bare = list(_BARE.finditer(listed))
        return tuple(int(part["number"]) for part in bare), bare[-1]["noun"] if bare else ""
    if any(quantity.unit != total.unit or quantity.qualifier for quantity in found):
        return (), ""
    before = found[-2].end if len(found) > 1 else 0
    return tuple(quantity.value for quantity in found), listed[before : found[-1].span[0]]
