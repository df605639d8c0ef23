"""The line above a table, which may say of whom, of when or of what its figures are."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model import Cell, Document, Paragraph, Table
from parsers.tables import labels

_LONGEST = 60
_REVIEW, _SUIT = "行政复议", "行政诉讼"
_SUITS = ("未经复议直接起诉", "复议后起诉")


def captioned(document: Document) -> Iterator[tuple[Table, str]]:
    """Yield the tables, each with the line right above it; "" where that is no line, or a long one."""
    above = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above = block.text if len(block.text) <= _LONGEST else ""
        else:
            yield block, above
            above = ""


def header_above(caption: str, own: list[Cell], width: int) -> Iterator[list[Cell]]:
    """Yield the header rows of section four that a caption stands for, outer first, above those that a table prints.

    They name a remedy (行政复议, or 行政诉讼 and how it began) whose results `own`, the table's first header row, names
    alone.
    """
    named = _remedy(caption)
    if not named:
        return
    inner = labels.columns().children[named[-1]]
    said = {labels.columns().match(cell.text) for cell in own if cell.text.strip()}
    if said and said <= inner:
        yield from ([Cell(words, row - len(named), 0, column_span=width)] for row, words in enumerate(named))


def _remedy(caption: str) -> tuple[str, ...]:
    words = labels.squash(caption)
    suits = [suit for suit in _SUITS if suit in words]
    if suits:
        return (_SUIT, suits[0]) if len(suits) == 1 and _REVIEW not in words else ()
    named = [remedy for remedy in (_REVIEW, _SUIT) if remedy in words]
    return (named[0],) if len(named) == 1 else ()
