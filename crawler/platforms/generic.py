"""Sites of no known family: static lists read with care, and nothing guessed where a page holds no list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.platforms import articles, division, links, trs
from crawler.platforms.page import Article, Entry, Listing, Page, json_after

NAME = "generic"

_EMPTY = re.compile(r"(暂无|没有|未找到|无)(相关|任何)?(信息|内容|数据|文章|记录)")


# var dataList = [{infolist: [{title, url, daytime}]}]: the list stands in a script, and another script draws it.
_INLINE = re.compile(r"\bvar\s+\w+\s*=\s*(?=[\[{])")
_INLINE_PAGES = re.compile(r"\bpage(?:Total|Count)['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_TITLES = ("title", "TITLE", "name", "docTitle")
_ADDRESSES = ("url", "URL", "href", "link", "docPubUrl")
_DATES = ("daytime", "date", "pubDate", "publishTime", "time", "docRelTime")


def recognise(page: Page) -> int:
    """A page with a list that dates its items or names annual reports, or that says it has none."""
    if page.data is not None:
        return 0
    if next(_inline(page), None) is not None:
        return 50
    listed = links.main_list(page) or division.columns(page) or division.frame(page)
    return 10 if listed or _EMPTY.search(page.text) else 0


def listing(page: Page) -> Listing:
    """The page's main list with its pager; a list inside a frame of the same host is asked for instead."""
    inline = tuple(_inline(page))
    if inline:
        pages = _INLINE_PAGES.search(page.text)
        return Listing(inline, pages=int(pages[1]) if pages else None)
    return trs.static_listing(page, links.main_list(page))


def article(page: Page) -> Article:
    """What an article page says of itself."""
    return articles.read(page)


def _inline(page: Page) -> Iterator[Entry]:
    """The items of lists that stand as JSON in the page's scripts."""
    for found in _INLINE.finditer(page.text):
        value = json_after(page.text, found.end())
        if value is not None:
            yield from _items(page, value)


def _items(page: Page, value: Any) -> Iterator[Entry]:
    if isinstance(value, list):
        for each in value:
            yield from _items(page, each)
    elif isinstance(value, dict):
        title, link, date = (_first(value, names) for names in (_TITLES, _ADDRESSES, _DATES))
        url = page.absolute(link) if link else None
        if title and url:
            yield Entry(url, re.sub(r"<[^>]+>", "", title).strip(), links.iso_date(date or ""))
        else:
            for each in value.values():
                yield from _items(page, each)


def _first(value: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((value[name] for name in names if isinstance(value.get(name), str)), None)
