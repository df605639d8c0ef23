"""Printed pages put together: paragraphs and tables in reading order, both joined over page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from parsers.documents.printed.bounds import BeyondError
from parsers.documents.printed.rulings import Char, Edge, PageTable, tables_on
from parsers.documents.printed.running_text import Block, Line, Measure, lines_on, without_furniture
from parsers.documents.printed.seams import continues, joined, place
from parsers.documents.printed.unruled import Unruled, place_of, with_unruled
from parsers.model import Paragraph, Problem, Table

Listed = TypeVar("Listed")
MOST = 300  # pages of a document
FEWEST_CHARACTERS = 30  # of a whole document: less is a scan with a stamp on it
UNMAPPED = "(cid:"  # how a glyph begins whose character the file does not tell (pdfminer prints it so)
PICTURE_SHARE = 0.15  # of the page: a table fits in it
SCANNED_SHARE = 0.6  # of a page without text: it is a picture altogether
SLANT = 0.1  # tangent: what stands askew is a watermark


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


def leave_out(pages: Pages, beyond: BeyondError, number: int, whole: int) -> bool:
    """Name what is not read because a page, or the document of so many pages, draws too much; true for the latter."""
    if beyond.whole:
        message = (
            f"The document draws more {beyond} than any report; its last {whole - number + 1} pages were left out."
        )
        pages.problems.append(Problem("pages_left_out", message, f"page {number}"))
    else:
        message = f"The page has more {beyond} than a page can show; it was not read."
        pages.problems.append(Problem("page_too_full", message, f"page {number}"))
    return beyond.whole


def first(pages: Pages, listed: Sequence[Listed]) -> Sequence[Listed]:
    """As many of the pages that a document lists as any report has; names those that are not read."""
    if len(listed) > MOST:
        message = f"Only the first {MOST} pages were read; {len(listed) - MOST} were left out."
        pages.problems.append(Problem("pages_left_out", message, f"page {MOST + 1}"))
    return listed[:MOST]


def take(pages: Pages, number: int, height: float, printed: list[Char], edges: list[Edge]) -> None:
    """Take in a page, of that height in points: what is printed on it, and the lines that it is ruled with."""
    pages.heights[number] = height
    pages.characters += sum(not char["text"].isspace() for char in printed)
    pages.unmapped += sum(char["text"].startswith(UNMAPPED) for char in printed)
    lying = sum(_stands_sideways(char) for char in printed)
    if lying >= FEWEST_CHARACTERS and lying * 2 > len(printed):
        message = f"The {lying} characters of the page stand sideways and were not read; the page was not turned."
        pages.problems.append(Problem("page_sideways", message, f"page {number}"))
    tables, outside = tables_on(number, edges, [char for char in printed if _is_text(char)])
    for table in tables:
        pages.problems.extend(
            Problem("text_over_line", "Text runs over a line between two cells.", place(number, bounds))
            for bounds in table.crossed
        )
    pages.tables.extend(tables)
    pages.lines.extend(lines_on(number, outside))


def _is_text(char: Char) -> bool:
    """Whether a character is part of the text: known, and not of a watermark across the page."""
    along, askew = char["matrix"][0], char["matrix"][1]
    return not char["text"].startswith(UNMAPPED) and abs(askew) <= SLANT * abs(along)


def _stands_sideways(char: Char) -> bool:
    """Whether a character stands at a right angle to the page, as on a table printed along its height."""
    along, askew = char["matrix"][0], char["matrix"][1]
    return not char["text"].isspace() and abs(along) <= SLANT * abs(askew)


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


def unread_pictures(pages: Pages) -> Iterator[Problem]:
    """The pictures among the pages that are large enough to hold a table, or a page."""
    written = {line.page for line in pages.lines} | {table.page for table in pages.tables}
    scanned = [number for number, share in pages.pictures.items() if share > SCANNED_SHARE and number not in written]
    if scanned:
        numbers = ", ".join(map(str, scanned))
        message = f"Between pages of text these are pictures, and what is written on them was not read: page {numbers}."
        yield Problem("needs_ocr", message, f"page {scanned[0]}")
    for number, share in pages.pictures.items():
        # A picture over the whole page with text on it is a background, or a scan that was recognised already.
        if share > PICTURE_SHARE and number not in scanned and not (share > 0.9 and number in written):
            message = f"A picture covers {share:.0%} of the page; what is written in it was not read."
            yield Problem("picture_not_read", message, f"page {number}")
