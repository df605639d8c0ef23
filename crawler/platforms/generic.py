"""Sites of no known family: static lists read with care, and nothing guessed where a page holds no list."""

from __future__ import annotations

from crawler.platforms import articles, asked, carried, division, links, pagers, static
from crawler.platforms.page import Article, Listing, Page

NAME = "generic"


def recognise(page: Page) -> int:
    """A page with a list that dates its items or names annual reports, or that says it has none."""
    if "script" in page.context:
        return 0
    if carried.entries(page):
        return 50
    if page.data is not None:
        return 0
    if "family" in page.context and (pagers.linked(page) or pagers.stated_pages(page)):
        return 10  # a page in the middle of a list, whatever it names
    listed = links.main_list(page) or division.columns(page) or division.frames(page) or "pager" in page.context
    return 10 if listed or pagers.says_empty(page) or asked.lists(page) else 0


def listing(page: Page) -> Listing:
    """The page's main list with its pager; a list inside a frame of the same host, or in data that the page asks its
    host for, is asked for instead."""
    if "script" in page.context:
        return asked.script(page)
    if page.data is not None:
        return asked.answer(page)
    shown = links.main_list(page)
    found = static.listing(page, shown)
    if not (found.entries or found.columns or found.following or pagers.says_empty(page)):
        return Listing(columns=asked.lists(page), understood=False)
    return found


def article(page: Page) -> Article:
    """What an article page says of itself."""
    return articles.read(page)
