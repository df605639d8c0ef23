"""Pagers of static lists: how many pages a listing states, and where the further ones are."""

from __future__ import annotations

import re

from crawler.platforms.links import folder_of
from crawler.platforms.page import Fetch, Page

# No annual-report column needs more; a pager that states more is followed so far and the rest is named as not read.
MOST_PAGES = 200

_NEXT = re.compile(r"^\s*(下一?页|后一?页|下页|next|>|›|»|>>|&gt;)\s*[>›»]*\s*$", re.IGNORECASE)
_STATED_PAGES = (
    re.compile(r"共\s*(?:<[^>]+>\s*)*(\d{1,5})\s*(?:<[^>]+>\s*)*页"),
    re.compile(r"页次?\s*[:：]?\s*(?:<[^>]+>\s*)*\d{1,5}\s*(?:<[^>]+>\s*)*/\s*(?:<[^>]+>\s*)*(\d{1,5})"),
    re.compile(r"(?<![\d/])\d{1,4}\s*/\s*(\d{1,4})\s*页"),
    re.compile(r">\s*\d{1,3}\s*/\s*(\d{1,3})\s*<"),
)
_STATED_ITEMS = (
    re.compile(r"共\s*(?:有)?\s*(?:<[^>]+>\s*)*(\d{1,6})\s*(?:<[^>]+>\s*)*(?:条|篇|项)"),
    re.compile(r"总(?:记录)?[条数]+\s*[:：]\s*(?:<[^>]+>\s*)*(\d{1,6})"),
)


def stated_pages(page: Page) -> int | None:
    """The number of pages that the page prints (共3页, 1/3页); None where it prints none."""
    return _first_number(_STATED_PAGES, page.text)


def stated_items(page: Page) -> int | None:
    """The number of items that the page prints (共57条); None where it prints none."""
    return _first_number(_STATED_ITEMS, page.text)


def _first_number(patterns: tuple[re.Pattern[str], ...], text: str) -> int | None:
    for pattern in patterns:
        found = pattern.search(text)
        if found:
            return int(found[1])
    return None


def next_link(page: Page) -> Fetch | None:
    """The page's own link to the next page (下一页), if it has one that leads somewhere else."""
    for anchor in page.tree.root.iter("a"):
        if not _NEXT.match(anchor.text_content() or anchor.get("title") or ""):
            continue
        url = page.target(anchor)
        if url and url != page.url.partition("#")[0]:
            return Fetch(url)
    return None


def linked(page: Page) -> tuple[Fetch, ...]:
    """The further pages that a page links to: the next one, else those that it numbers."""
    following = next_link(page)
    return (following,) if following else _numbered_links(page)


def _numbered_links(page: Page) -> tuple[Fetch, ...]:
    """The pages that the page links to by bare numbers (1 2 3 4), in order, the page itself left out."""
    folder = folder_of(page.url)
    found: dict[int, str] = {}
    for anchor in page.tree.root.iter("a"):
        text = (anchor.text_content() or "").strip()
        url = page.target(anchor)
        if text.isascii() and text.isdigit() and len(text) < 4 and url and url.startswith(folder) and url != page.url:
            found.setdefault(int(text), url)
    return tuple(Fetch(found[number]) for number in sorted(found) if number > 1)


def numbered(page: Page, stem: str, extension: str, first: int, last: int) -> tuple[Fetch, ...]:
    """The pages `{stem}_{first}.{extension}` … `{stem}_{last}.{extension}` beside the listing, at most MOST_PAGES."""
    folder = folder_of(page.url)
    last = min(last, first + MOST_PAGES - 1)
    return tuple(Fetch(f"{folder}{stem}_{number}.{extension}") for number in range(first, last + 1))


def guessed(page: Page, pages: int | None) -> tuple[tuple[Fetch, ...], ...]:
    """The ways in which static sites name their further pages, for a page that states how many there are and links to
    none: index_1, index_2; counted from 2; or numbers in the folder."""
    if pages is None or pages < 2:
        return ()
    name = page.url.partition("?")[0].rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = "index", "html"
    return (
        numbered(page, stem, extension, 1, pages - 1),
        numbered(page, stem, extension, 2, pages),
        tuple(Fetch(f"{folder_of(page.url)}{number}.{extension}") for number in range(2, min(pages, MOST_PAGES) + 1)),
    )
