"""PDF documents with a text layer: ruled tables joined over page breaks, and the running text around them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from parsers.documents.pdf_rulings import Char, PageTable, tables_on
from parsers.documents.pdf_seams import continues, joined, place
from parsers.documents.pdf_text import Block, Line, Measure, lines_on, without_furniture
from parsers.documents.titles import opening_titles
from parsers.model import Document, Paragraph, Problem, Table, UnreadableError

PAGES = 300
CHARACTERS_A_PAGE = 40_000
FEWEST_CHARACTERS = 30  # of a whole document: less is a scan with a stamp on it
UNMAPPED = "(cid:"  # how pdfminer prints a glyph whose character the file does not tell
PICTURE_SHARE = 0.15  # of the page: a table fits in it
SLANT = 0.1  # tangent: what stands askew is a watermark

# It warns of every odd colour and font on standard error; what matters becomes a problem of the document.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(slots=True)
class _Pages:
    """What the pages hold, in order, before it is put together."""

    heights: dict[int, float] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    characters: int = 0
    unmapped: int = 0
    pictures: dict[int, float] = field(default_factory=dict)


def read(data: bytes) -> Document:
    """A PDF as paragraphs and tables.

    A document without text has no blocks and the problem `no_text_layer`. Raises `UnreadableError` (damaged,
    encrypted) where the file cannot be opened.
    """
    try:
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as document:
            pages = _read_pages(document)
            title = _stated_title(document)
    except MemoryError:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            message = "The PDF is encrypted; ask the agency for one without a password."
            raise UnreadableError("encrypted", message) from error
        raise _damaged(error) from error
    except Exception as error:  # pdfminer raises whatever it stumbles over in a damaged file
        raise _damaged(error) from error
    if pages.characters - pages.unmapped < FEWEST_CHARACTERS:
        return Document("pdf", (), titles=title, problems=(_without_text(pages),))
    blocks = tuple(_blocks(pages))
    problems = [*pages.problems, *_unread_pictures(pages)]
    titles = opening_titles(block.text for block in blocks if isinstance(block, Paragraph))
    return Document("pdf", blocks, tuple(dict.fromkeys((*titles, *title))), problems=tuple(problems))


def _damaged(error: Exception) -> UnreadableError:
    return UnreadableError("damaged", f"The PDF is damaged ({type(error).__name__}: {error}).")


# --- pages ----------------------------------------------------------------------------------------------------------


def _read_pages(document: PDF) -> _Pages:
    pages = _Pages()
    for page in document.pages[:PAGES]:
        _read_page(page, pages)
        page.close()
    if len(document.pages) > PAGES:
        left_out = len(document.pages) - PAGES
        message = f"Only the first {PAGES} pages were read; {left_out} were left out."
        pages.problems.append(Problem("pages_left_out", message, f"page {PAGES + 1}"))
    return pages


def _read_page(page: Page, pages: _Pages) -> None:
    number = page.page_number
    pages.heights[number] = float(page.height)
    printed = page.dedupe_chars().chars
    pages.characters += sum(not char["text"].isspace() for char in printed)
    pages.unmapped += sum(char["text"].startswith(UNMAPPED) for char in printed)
    pages.pictures[number] = max((_share(picture, page) for picture in page.images), default=0)
    if len(printed) > CHARACTERS_A_PAGE:
        message = f"The page has {len(printed)} characters, more than a page can show; it was not read."
        pages.problems.append(Problem("page_too_full", message, f"page {number}"))
        return
    tables, outside = tables_on(page, [char for char in printed if _is_text(char)])
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


def _share(picture: dict[str, Any], page: Page) -> float:
    width = min(picture["x1"], page.width) - max(picture["x0"], 0)
    height = min(picture["bottom"], page.height) - max(picture["top"], 0)
    return float(max(width, 0) * max(height, 0) / (page.width * page.height))


def _stated_title(document: PDF) -> tuple[str, ...]:
    """The title among the file's properties, which is UTF-16 or, from Chinese programs, any encoding."""
    for properties in document.doc.info:
        title = resolve1(properties.get("Title"))
        if isinstance(title, bytes):
            for encoding in ("utf-16" if title[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8-sig", "gb18030"):
                try:
                    text = title.decode(encoding).strip("\0 ")
                except UnicodeDecodeError:
                    continue
                return (text,) if text else ()
    return ()


# --- problems -------------------------------------------------------------------------------------------------------


def _without_text(pages: _Pages) -> Problem:
    if pages.unmapped:
        return Problem("no_text_layer", "The PDF does not tell which characters its glyphs are; it must be recognised.")
    return Problem("no_text_layer", "The PDF has no text, only pictures of it; it must be recognised.")


def _unread_pictures(pages: _Pages) -> Iterator[Problem]:
    written = {line.page for line in pages.lines} | {table.page for table in pages.tables}
    for number, share in pages.pictures.items():
        # A picture over the whole page with text on it is a background, or a scan that was recognised already.
        if share > PICTURE_SHARE and not (share > 0.9 and number in written):
            message = f"A picture covers {share:.0%} of the page; what is written in it was not read."
            yield Problem("picture_not_read", message, f"page {number}")


# --- blocks ---------------------------------------------------------------------------------------------------------


def _blocks(pages: _Pages) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in reading order, both joined over page breaks."""
    following = {table.page: table for table in reversed(pages.tables)}  # the first table of every page
    lines = pages.lines[:]
    for table in pages.tables:
        lines += _settle(table, following.get(table.page + 1))
    lines = without_furniture(lines, pages.heights)
    measure = Measure.of(lines)
    ordered: list[Line | PageTable] = [*lines, *pages.tables]
    ordered.sort(key=lambda thing: (thing.page, thing.bounds[1]))
    parts: list[Block | list[PageTable]] = []
    for thing in ordered:
        last = parts[-1] if parts else None
        if isinstance(thing, Line):
            if isinstance(last, Block) and measure.goes_on(last.lines[-1], thing):
                last.lines.append(thing)
            else:
                parts.append(Block([thing]))
        elif isinstance(last, list) and last[-1].page == thing.page - 1 and continues(last[-1], thing):
            last.append(thing)
        else:
            parts.append([thing])
    number = 0
    for part in parts:
        if isinstance(part, Block):
            if part.text:
                yield Paragraph(part.text, _place_of(part))
        else:
            number += 1
            yield joined(part, number)


def _settle(table: PageTable, following: PageTable | None) -> list[Line]:
    """Gives the text that hangs out of a table's last row to its cells, where the table goes on overleaf; else back."""
    if following is not None and continues(table, following):
        for box, chars in table.overhang:
            box.text += "\n" + "".join(char["text"] for char in chars)
        return []
    return lines_on(table.page, [char for _, chars in table.overhang for char in chars])


def _place_of(block: Block) -> str:
    places = []
    for page in dict.fromkeys(line.page for line in block.lines):
        bounds = [line.bounds for line in block.lines if line.page == page]
        x0, top = min(each[0] for each in bounds), min(each[1] for each in bounds)
        places.append(place(page, (x0, top, max(each[2] for each in bounds), max(each[3] for each in bounds))))
    return "; ".join(places)
