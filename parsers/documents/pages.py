"""Printed pages put together: paragraphs and tables in reading order, both joined over page breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.documents.pdf_rulings import PageTable
from parsers.documents.pdf_seams import continues, joined
from parsers.documents.pdf_text import Block, Line, Measure, lines_on, without_furniture
from parsers.documents.pdf_unruled import Unruled, place_of, with_unruled
from parsers.model import Paragraph, Problem, Table


@dataclass(slots=True)
class Pages:
    """What the pages hold, in order, before it is put together.

    `heights` and `pictures` (how much of the page its largest picture covers) by page number.
    """

    heights: dict[int, float] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    characters: int = 0
    unmapped: int = 0
    pictures: dict[int, float] = field(default_factory=dict)


def blocks(pages: Pages) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in reading order, both joined over page breaks."""
    following = {table.page: table for table in reversed(pages.tables)}  # the first table of every page
    lines = pages.lines[:]
    for table in pages.tables:
        lines += _settle(table, following.get(table.page + 1))
    lines = without_furniture(lines, pages.heights)
    measure = Measure.of(lines)
    ordered: list[Line | PageTable] = [*lines, *pages.tables]
    ordered.sort(key=lambda thing: (thing.page, thing.bounds[1]))
    parts: list[Block | list[PageTable] | Unruled] = []
    for thing in with_unruled(ordered):
        last = parts[-1] if parts else None
        if isinstance(thing, Line):
            if isinstance(last, Block) and measure.goes_on(last.lines[-1], thing):
                last.lines.append(thing)
            else:
                parts.append(Block([thing]))
        elif isinstance(thing, Unruled):
            parts.append(thing)
        elif isinstance(last, list) and last[-1].page == thing.page - 1 and continues(last[-1], thing):
            last.append(thing)
        else:
            parts.append([thing])
    number = 0
    for part in parts:
        if isinstance(part, Block):
            if part.text:
                yield Paragraph(part.text, place_of(part.lines))
        else:
            number += 1
            yield part.table(number) if isinstance(part, Unruled) else joined(part, number)


def _settle(table: PageTable, following: PageTable | None) -> list[Line]:
    """Gives the text that hangs out of a table's last row to its cells, where the table goes on overleaf; else back."""
    if following is not None and continues(table, following):
        for box, chars in table.overhang:
            box.text += "\n" + "".join(char["text"] for char in chars)
        return []
    return lines_on(table.page, [char for _, chars in table.overhang for char in chars])
