"""eportal (/eportal/ui?pageId=…): lists page by currentPage and moduleId in the address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.platforms import articles, asked, links, pagers, static
from crawler.platforms.page import Article, Fetch, Listing, Page

NAME = "eportal"

_FINGERPRINT = re.compile(r"/eportal/(ui|uiFramework|fileDir|admin)", re.IGNORECASE)
_PAGED = re.compile(r"(?:\?|&amp;|&)currentPage=(\d+)")
_ADDRESS = re.compile(r"['\"]([^'\"]*/eportal/ui\?[^'\"]*currentPage=\d*[^'\"]*)['\"]")
_MODULE = re.compile(r"\bmoduleId\s*[:=]\s*['\"]?(\w{8,})")


def recognise(page: Page) -> int:
    """Its addresses are sure."""
    return 80 if "/eportal/ui" in page.url or _FINGERPRINT.search(page.text) else 0


def listing(page: Page) -> Listing:
    """The list on one page and the further pages, by the page's own pattern of addresses."""
    entries = links.main_list(page)
    if not entries and (columns := asked.lists(page, files=False)):
        return Listing(columns=columns, understood=False)
    pages, items = pagers.stated_pages(page), pagers.stated_items(page)
    pattern = _pattern(page)
    highest = max((int(number) for number in _PAGED.findall(page.text)), default=1)
    count = pages or highest
    if pattern is None or count < 2:
        return static.listing(page, entries)
    address, query = pattern
    further = tuple(
        Fetch(f"{address}?{urlencode({**query, 'currentPage': str(number)})}")
        for number in range(2, min(count, pagers.MOST_PAGES) + 1)
    )
    return Listing(entries, further, items=items, pages=pages)


def article(page: Page) -> Article:
    """What an article says of itself."""
    return articles.read(page)


def _pattern(page: Page) -> tuple[str, dict[str, str]] | None:
    """Address and query on which the further pages build: a pager link's, else the page's own with its module."""
    found = _ADDRESS.search(page.text)
    url = page.absolute(found[1].replace("&amp;", "&")) if found else None
    if url is None:
        module = _MODULE.search(page.text)
        if module is None:
            return None
        query = dict(parse_qsl(urlsplit(page.url).query)) | {"moduleId": module[1]}
        return page.url.partition("?")[0], query
    return url.partition("?")[0], dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
