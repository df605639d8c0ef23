"""UCAP 开普: static lists (list.shtml, list_2.shtml) and lists served as JSON by /common/search/{channel}."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.platforms import articles, links, pagers, trs
from crawler.platforms.page import Article, Entry, Fetch, Listing, Page

NAME = "ucap"

_SEARCH = re.compile(r"/common/search/([0-9a-f]{32})", re.IGNORECASE)
_PAGE_SIZE = re.compile(r"_pageSize\s*[=:]\s*['\"]?(\d{1,3})", re.IGNORECASE)
_FINGERPRINT = re.compile(r"<ucap(title|content)|/common/search/[0-9a-f]{32}|ucap-?core|ucapcms", re.IGNORECASE)
_OWN_NAME = re.compile(r"/([\w-]*list)(?:_\d+)?\.shtml$", re.IGNORECASE)
_QUERY_PAGER = re.compile(r"href\s*=\s*['\"][\w./-]*list\.shtml\?(\d+)['\"]", re.IGNORECASE)
_DEFAULT_SIZE = 15


def recognise(page: Page) -> int:
    """Its search address and its own elements are sure; a list named list.shtml is a hint."""
    if isinstance(page.data, dict) and _SEARCH.search(page.url):
        return 95
    if _FINGERPRINT.search(page.text):
        return 85
    return 45 if _OWN_NAME.search(page.url.partition("?")[0]) else 0


def listing(page: Page) -> Listing:
    """The list on a static page, the request for its JSON where the page holds none, or the answer in JSON."""
    if isinstance(page.data, dict):
        return _answer(page)
    entries = links.main_list(page)
    search = _SEARCH.search(page.text)
    if search:
        return Listing(entries, (_request(page, search[1], 1),))
    own = _OWN_NAME.search(page.url.partition("?")[0])
    numbers = [int(number) for number in _QUERY_PAGER.findall(page.text)]
    if own and numbers:
        count = max(max(numbers), pagers.stated_pages(page) or 0)
        address = page.url.partition("?")[0]
        following = tuple(Fetch(f"{address}?{number}") for number in range(2, min(count, pagers.MOST_PAGES) + 1))
        return Listing(entries, following, items=pagers.stated_items(page), pages=count)
    return trs.static_listing(page, entries)


def article(page: Page) -> Article:
    """What a UCAP article says of itself: UCAPTITLE and publishtime are its own elements."""
    return articles.read(page)


def _request(page: Page, channel: str, number: int) -> Fetch:
    size = _PAGE_SIZE.search(page.text)
    query = {
        "page": str(number),
        "_pageSize": size[1] if size else str(_DEFAULT_SIZE),
        "_isAgg": "true",
        "_isJson": "true",
        "_template": "index",
    }
    return Fetch(f"{urljoin(page.url, f'/common/search/{channel}')}?{urlencode(query)}")


def _answer(page: Page) -> Listing:
    data = page.data.get("data")
    if not isinstance(data, dict):
        return Listing()
    entries = []
    for result in data.get("results") or ():
        url = page.absolute(str(result.get("url") or ""))
        title = re.sub(r"<[^>]+>", "", str(result.get("title") or "")).strip()
        if url and title:
            entries.append(Entry(url, title, links.iso_date(str(result.get("publishedTimeStr") or ""))))
    total, rows = _whole(data.get("total")), _whole(data.get("rows")) or _DEFAULT_SIZE
    query = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    number = _whole(query.get("page")) or 1
    following: tuple[Fetch, ...] = ()
    if total is not None and number * rows < total and entries:
        following = (Fetch(f"{page.url.partition('?')[0]}?{urlencode(query | {'page': str(number + 1)})}"),)
    return Listing(tuple(entries), following, items=total)


def _whole(value: object) -> int | None:
    return int(str(value)) if str(value).isdigit() else None
