"""Tells tables of the same figures apart by the lines above them: of another year, another unit, a wider territory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from parsers.model import Document, Paragraph, Scope, Table
from parsers.tables import labels
from parsers.tables.captions import captioned
from parsers.tables.scope import named_scope

_FEWEST_ROWS = 8
_LONGEST_CAPTION = 60
_YEAR = re.compile(r"(20\d\d)年")
_UNIT = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:局|大队|支队|中心|所|办事处|委员会|站|学院|学校|公司|街道|镇|乡)(?=收到和处理|受理|20\d\d年)"
)
_TITLE = re.compile(r"(?P<who>.{2,30}?)(?P<year>20\d\d)年度?政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)")
_REPORT = ("报告", "年报")
_RANK: tuple[Scope, ...] = ("own", "level", "whole")
_TABLE = "requests"


@dataclass(frozen=True, slots=True)
class Rivals:
    """`aside` says of which tables (by number) whose they are and why they are not read; `scopes` of what is read."""

    aside: Mapping[int, str] = field(default_factory=dict)
    scopes: Mapping[str, Scope] = field(default_factory=dict)


def rivals(document: Document) -> Rivals:
    """Finds the tables of section three that are not the report's own, where all but one are told apart by words.

    Where the words leave more than one, none is set aside: their figures contradict each other and are not believed.
    """
    aside = dict(_of_further_reports(document))
    tables = [table for table in document.tables if table.number not in aside and _is_whole(table)]
    if len(tables) < 2:
        return Rivals(aside)
    captions = [caption for table, caption in captioned(document) if table in tables]
    year = next((found[1] for title in document.titles if (found := _YEAR.search(title))), None)
    further = dict(aside)
    for table, caption in zip(tables, captions, strict=True):
        years = set(_YEAR.findall(caption))
        unit = _UNIT.search(caption)
        if year and years and year not in years:
            aside[table.number] = f"of {', '.join(sorted(years))}"
        elif unit and not any(unit[0] in title for title in document.titles):
            aside[table.number] = f"of {unit[0]}"
    scopes = {t.number: named_scope(c) for t, c in zip(tables, captions, strict=True) if t.number not in aside}
    named = [scope for scope in scopes.values() if scope]
    kept: Scope | None = None
    if len(scopes) > 1 and len(named) == len(scopes) == len(set(named)):
        kept = min(named, key=_RANK.index)
        aside |= {number: f"of the scope {scope}" for number, scope in scopes.items() if scope != kept}
    if len(tables) - len(aside) + len(further) != 1:
        return Rivals(further)
    return Rivals(aside, {_TABLE: kept} if kept else {})


def _of_further_reports(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the tables below the title of a further report, of another agency or year, and whose it is.

    A title is further where it stands below a table of section three, and the document's other titles name another
    agency or year.
    """
    titles = {
        rank: title
        for rank, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and block.text.endswith(_REPORT) and (title := _title(block.text))
    }
    for rank, title in titles.items():
        above = (block for block in document.blocks[:rank] if isinstance(block, Table))
        # The opening lines are joined: what follows a title there may be no part of it.
        own = [said for text in document.titles if (said := _TITLE.match(labels.squash(text))) and said[0] != title[0]]
        if own and all(_differ(said, title) for said in own) and any(map(_is_whole, above)):
            below = (block for block in document.blocks[rank:] if isinstance(block, Table))
            yield from ((table.number, f"of {title[0]}") for table in below)
            return


def _title(text: str) -> re.Match[str] | None:
    return _TITLE.fullmatch(labels.squash(text))


def _differ(one: re.Match[str], other: re.Match[str]) -> bool:
    same = one["who"] in other["who"] or other["who"] in one["who"]
    return one["year"] != other["year"] or not same


def _is_whole(table: Table) -> bool:
    if table.height < _FEWEST_ROWS and table.width < _FEWEST_ROWS:
        return False
    texts = {cell.text for cell in table.cells if len(cell.text) <= _LONGEST_CAPTION and not cell.text.isdecimal()}
    return len(_rows_of_requests().intersection(map(labels.wording, texts))) >= _FEWEST_ROWS


@cache
def _rows_of_requests() -> frozenset[str]:
    """The wordings that name a row of section three."""
    leaves = labels.rows().leaves.items()
    return frozenset(words for words, places in leaves if any(place[0] == _TABLE for place in places))
