"""What no report exceeds: a document beyond it is refused at once, before it costs memory and time.

The longest report known has 60,000 characters, 4,000 tags and 700 cells.
"""

from __future__ import annotations

import re

from parsers.model import Document, Paragraph, UnreadableError

CHARACTERS = 2_000_000  # of text, in tables or not
LINES = 50_000
TAGS = 200_000
PLACES = 200_000  # of the rectangles of all tables
_ATTRIBUTES = re.compile(
    r"<[a-z](?:[^\s<>]*+)(?:\s++[^\s<>\"'=]++(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s<>\"']*+))?+){2000}",
    re.IGNORECASE,
)
_SHORT_PAGE = 100_000  # characters: too few for that many attributes


def check_text(characters: int, lines: int = 0) -> None:
    """Raise `UnreadableError` (too_large) for more text than a report has."""
    if characters > CHARACTERS:
        raise _too_large(f"{characters} characters of text")
    if lines > LINES:
        raise _too_large(f"{lines} lines")


def check_markup(page: str) -> None:
    """Raise `UnreadableError` (too_large) for a page of more tags, or attributes in one tag, than a parser can bear."""
    tags = page.count("<")
    if tags > TAGS:
        raise _too_large(f"{tags} tags")
    if len(page) > _SHORT_PAGE and _ATTRIBUTES.search(page):
        raise _too_large("thousands of attributes in one tag")


def check_places(places: int) -> None:
    """Raise `UnreadableError` (too_large) for tables that cover more places than those of any report."""
    if places > PLACES:
        raise _too_large(f"{places} cells or more")


def check(document: Document) -> None:
    """Raise `UnreadableError` (too_large) for a document of any medium that holds more than any report."""
    running = sum(len(block.text) for block in document.blocks if isinstance(block, Paragraph))
    in_tables = sum(len(cell.text) for table in document.tables for cell in table.cells)
    check_text(running + in_tables, len(document.blocks))
    check_places(sum(table.height * table.width for table in document.tables))


def _too_large(what: str) -> UnreadableError:
    return UnreadableError("too_large", f"The document holds {what}, more than any report does.")
