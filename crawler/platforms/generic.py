"""Sites of no known family: static lists read with care, and nothing guessed where a page holds no list."""

from __future__ import annotations

import re

from crawler.platforms import articles, links, trs
from crawler.platforms.page import Article, Fetch, Listing, Page

NAME = "generic"

_EMPTY = re.compile(r"(暂无|没有|未找到|无)(相关|任何)?(信息|内容|数据|文章|记录)")


def recognise(page: Page) -> int:
    """A page with a list that dates its items or names annual reports, or that says it has none."""
    if page.data is not None:
        return 0
    return 10 if links.main_list(page) or _frame(page) or _EMPTY.search(page.text) else 0


def listing(page: Page) -> Listing:
    """The page's main list with its pager; a list inside a frame of the same host is asked for instead."""
    entries = links.main_list(page)
    frame = _frame(page)
    if not entries and frame:
        return Listing(following=(frame,))
    return trs.static_listing(page, entries)


def article(page: Page) -> Article:
    """What an article page says of itself."""
    return articles.read(page)


def _frame(page: Page) -> Fetch | None:
    host = page.url.split("/")[2]
    for source in page.tree.xpath("//iframe/@src | //frame/@src").getall():
        url = page.absolute(source)
        if url and url.split("/")[2] == host and url != page.url and not articles.is_document(url):
            return Fetch(url)
    return None
