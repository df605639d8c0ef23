"""Reads tables that a page, or a Word file, prints as lines: as blocks, as lists, with white space between figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count, groupby

from parsers.documents.text import read as read_text
from parsers.documents.text.run_together import is_run_together
from parsers.model import Paragraph, Table

FORM_WORDS = (
    *("第二十条第", "信息内容", "行政规范性文件", "行政处罚", "行政事业性收费"),
    *("本年新收政府信息公开申请", "上年结转政府信息公开申请", "商业企业", "法律服务机构", "予以公开", "不予公开"),
    *("属于国家秘密", "重复申请", "结转下年度", "结果维持", "复议后起诉", "尚未审结"),
    *("统计指标", "主动公开政府信息数", "收到申请数", "申请办结数", "申请答复数", "行政复议数量", "举报投诉数量"),
)
_FORM_WORD = re.compile("|".join(FORM_WORDS))
_FEWEST_NAMED, _FEWEST_ROWS = 4, 6
_LONGEST_ROW = 120


def with_line_tables(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return a document's blocks, the lines between its tables as those of a text where they are cells of a table.

    Or its rows, or where a whole table was run together into one of them.
    """
    is_bare = not any(isinstance(block, Table) for block in blocks)
    stretches = (list(group) for _, group in groupby(blocks, key=type))
    return [block for stretch in stretches for block in _read(stretch, is_bare)]


def _read(stretch: list[Paragraph | Table], is_bare: bool) -> Sequence[Paragraph | Table]:
    if len(stretch) < _FEWEST_NAMED and not is_bare:
        return stretch
    lines = [block.text for block in stretch if isinstance(block, Paragraph)]
    rows = [line for line in lines if len(line) <= _LONGEST_ROW and "。" not in line[:-1]]
    named = len(list(filter(_FORM_WORD.search, rows))) if len(rows) >= _FEWEST_ROWS else 0
    if named >= _FEWEST_NAMED or (is_bare and any(map(is_run_together, lines))):
        return [_without_places(block) for block in read_text("\n".join(lines)).blocks]
    return stretch


def _without_places(block: Paragraph | Table) -> Paragraph | Table:
    """Return a block without the numbers of its lines, which count in no file that was kept."""
    if isinstance(block, Table):
        return replace(block, cells=tuple(cell._replace(place="") for cell in block.cells))
    return Paragraph(block.text)


def numbered(blocks: Iterable[Paragraph | Table]) -> tuple[Paragraph | Table, ...]:
    """Number the tables of a report from 1."""
    numbers = count(1)
    return tuple(replace(block, number=next(numbers)) if isinstance(block, Table) else block for block in blocks)


def form_words(text: str) -> int:
    """Count how many of the official forms' tell-tale words a text holds."""
    return sum(word in text for word in FORM_WORDS)
