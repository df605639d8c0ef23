"""PDF documents: ruled tables joined over page breaks, and the running text around them."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from parsers.documents.printed import pdf_bounds, scan
from parsers.documents.printed.bounds import Amount, BeyondError
from parsers.documents.printed.pages import FEWEST_CHARACTERS, Pages, blocks, first, leave_out, take, unread_pictures
from parsers.documents.printed.rulings import Drawn, rulings
from parsers.documents.titles import opening_titles
from parsers.model import Document, Paragraph, UnreadableError

# It warns of every odd colour and font on standard error; what matters becomes a problem of the document.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read(data: bytes) -> Document:
    """A PDF as paragraphs and tables.

    A document without text, or that does not tell which characters its glyphs are, is recognised from the pictures of
    its pages. Raises `UnreadableError` (damaged, encrypted, too_large) where the file cannot be opened.
    """
    pdf_bounds.check_streams(data)
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
        recognised = scan.read(data)
        return replace(recognised, media="pdf", titles=tuple(dict.fromkeys((*recognised.titles, *title))))
    read_blocks = tuple(blocks(pages))
    problems = [*pages.problems, *unread_pictures(pages)]
    titles = opening_titles(block.text for block in read_blocks if isinstance(block, Paragraph))
    return Document("pdf", read_blocks, tuple(dict.fromkeys((*titles, *title))), problems=tuple(problems))


def _damaged(error: Exception) -> UnreadableError:
    return UnreadableError("damaged", f"The PDF is damaged ({type(error).__name__}: {error}).")


# --- pages ----------------------------------------------------------------------------------------------------------


def _read_pages(document: PDF) -> Pages:
    pages = Pages()
    drawn = Amount()
    for page in first(pages, document.pages):
        try:
            pdf_bounds.draw(page, drawn)
        except BeyondError as beyond:
            if leave_out(pages, beyond, page.page_number, len(document.pages)):
                return pages
        else:
            _read_page(page, pages)
        page.close()
    return pages


def _read_page(page: Page, pages: Pages) -> None:
    pages.pictures[page.page_number] = max((_share(picture, page) for picture in page.images), default=0)
    drawn = Drawn(page.lines, page.rects, page.curves)
    take(pages, page.page_number, float(page.height), page.dedupe_chars().chars, rulings(drawn))


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
