"""Reads the tables that a page prints as lines: as blocks, as lists, with nothing but white space between figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from parsers.documents.run_together import is_run_together
from parsers.documents.text import read as read_text
from parsers.model import Paragraph, Table

FORM_WORDS = (
    *("第二十条第", "信息内容", "行政规范性文件", "行政处罚", "行政事业性收费"),
    *("本年新收政府信息公开申请", "上年结转政府信息公开申请", "商业企业", "法律服务机构", "予以公开", "不予公开"),
    *("属于国家秘密", "重复申请", "结转下年度", "结果维持", "复议后起诉", "尚未审结"),
    *("统计指标", "主动公开政府信息数", "收到申请数"),
)
_FEWEST_NAMED = 4
_LONGEST_ROW = 120


def with_line_tables(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Return a page's blocks, the lines between its tables as those of a text where they are the cells of a table.

    Or its rows, or where a whole table was run together into one of them.
    """
    return [block for _, group in groupby(blocks, key=lambda block: type(block)) for block in _read(list(group))]


def _read(group: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    lines = [block.text for block in group if isinstance(block, Paragraph)]
    named = sum(form_words(line) > 0 for line in lines if len(line) <= _LONGEST_ROW and "。" not in line)
    if named >= _FEWEST_NAMED or any(map(is_run_together, lines)):
        yield from read_text("\n".join(lines)).blocks
    else:
        yield from group


def form_words(text: str) -> int:
    """Count how many of the official forms' tell-tale words a text holds."""
    return sum(word in text for word in FORM_WORDS)
