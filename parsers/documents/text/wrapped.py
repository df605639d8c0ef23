"""Joins the lines of running text that only the edge of the paper broke, as in text taken from a PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from parsers.documents.text.paper import PAGE_NUMBER
from parsers.model import Paragraph, Table
from parsers.sections import heading

_ENDED = re.compile(r"[。！？；：!?;:]$")
_BEGINS = re.compile(
    r"[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、.．是]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]+"
)
_WIDEST, _NARROWEST, _SLACK = 52, 20, 3
_FEWEST = 3


def unwrapped(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """Yield blocks, paragraphs whose lines fill the paper joined to those that follow, page numbers left out.

    Text whose lines are no wider than a page and mostly of one width is text that a page broke; any other comes back
    as it is. The place of a joined paragraph names its first and last line.
    """
    width = _page_width([block.text for block in blocks if isinstance(block, Paragraph)])
    if width is None:
        yield from blocks
        return
    open_lines: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and PAGE_NUMBER.fullmatch(block.text):
            continue
        goes_on = (
            open_lines and isinstance(block, Paragraph) and not _BEGINS.match(block.text) and not heading(block.text)
        )
        if open_lines and not goes_on:
            yield _joined(open_lines)
            open_lines = []
        if isinstance(block, Table):
            yield block
            continue
        open_lines.append(block)
        if _ENDED.search(block.text) or _width(block.text) < width - _SLACK or heading(block.text):
            yield _joined(open_lines)
            open_lines = []
    if open_lines:
        yield _joined(open_lines)


def _page_width(lines: Sequence[str]) -> float | None:
    """Return the width of the page in Chinese characters, None where no page broke the lines."""
    widths = sorted(width for line in lines if (width := _width(line)) >= _NARROWEST)
    if not widths or widths[-1] > _WIDEST:
        return None
    usual = widths[len(widths) * 3 // 4]
    full = [width for width in widths if width >= usual - _SLACK]
    return usual if len(full) >= _FEWEST and 2 * len(full) >= len(widths) else None


def _width(line: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in line)


def _joined(lines: Sequence[Paragraph]) -> Paragraph:
    if len(lines) == 1:
        return lines[0]
    first, last = lines[0].place.split()[-1].split("-")[0], lines[-1].place.split()[-1].split("-")[-1]
    return Paragraph("".join(line.text for line in lines), f"lines {first}-{last}")
