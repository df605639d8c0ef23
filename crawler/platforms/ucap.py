"""UCAP 开普: static lists (list.shtml, list_2.shtml) and lists served as JSON by /common/search/{channel}."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.platforms import articles, days, links, pagers, static
from crawler.platforms.page import NOT_UNDERSTOOD, Article, Entry, Fetch, Listing, Page

NAME = "ucap"

_SEARCH = re.compile(r"/common/search/([0-9a-f]{32})", re.IGNORECASE)
_PAGE_SIZE = re.compile(r"_pageSize\s*[=:]\s*['\"]?(\d{1,3})", re.IGNORECASE)
_FINGERPRINT = re.compile(r"<ucap(title|content)|/common/search/[0-9a-f]{32}|ucap-?core|ucapcms", re.IGNORECASE)
_OWN_NAME = re.compile(r"/([\w-]*list)(?:_\d+)?\.shtml$", re.IGNORECASE)
_QUERY_PAGER = re.compile(r"href\s*=\s*['\"][\w./-]*list\.shtml\?(\d+)['\"]", re.IGNORECASE)
# Lists that are posted for: by channel and department, by channel alone.
_LOAD = re.compile(r"['\"]([^'\"]*/(?:loadDataByChannelId\w*|getFileListByCodeId)[^'\"]*)['\"]")
_LOAD_DATA = re.compile(r"\b(channelId|deptCode|pageSize|size)['\"]?\s*[:=]\s*(['\"]?)([\w-]+)\2(?=[\s,;}&'\"])")
_DEFAULT_SIZE = 15


def recognise(page: Page) -> int:
    """Its search address and its own elements are sure; a list named list.shtml is a hint."""
    if isinstance(page.data, dict) and (_SEARCH.search(page.url) or "form" in page.context):
        return 95
    if _LOAD.search(page.text) or _FINGERPRINT.search(page.text):
        return 85
    return 45 if _OWN_NAME.search(page.url.partition("?")[0]) else 0


def listing(page: Page) -> Listing:
    """The list on a static page, the request for its JSON where the page holds none, or the answer in JSON."""
    if isinstance(page.data, dict):
        return _answer(page)
    entries = links.main_list(page)
    load = _LOAD.search(page.text)
    if load and not entries:
        return Listing(following=(_load(page, load[1]),))
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
    return static.listing(page, entries)


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
    results = page.data.get("results")
    data = results.get("data") if isinstance(results, dict) else page.data.get("data")
    if not isinstance(data, dict):
        return NOT_UNDERSTOOD
    entries = tuple(_entries(page, data.get("results") or data.get("list") or ()))
    total = _whole(_first(data, ("total", "allRow")))
    if "form" in page.context:
        return Listing(entries, _next_load(page, len(entries), total), items=total)
    rows = _whole(data.get("rows")) or _DEFAULT_SIZE
    query = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    number = _whole(query.get("page")) or 1
    following: tuple[Fetch, ...] = ()
    if total is not None and number * rows < total and entries:
        following = (Fetch(f"{page.url.partition('?')[0]}?{urlencode(query | {'page': str(number + 1)})}"),)
    return Listing(entries, following, items=total)


def _entries(page: Page, results: Iterable[Mapping[str, object]]) -> Iterator[Entry]:
    for result in results:
        url = page.absolute(str(_first(result, ("url", "URL_COMMP", "URL")) or ""))
        title = re.sub(r"<[^>]+>", "", str(_first(result, ("title", "TITLE")) or "")).strip()
        date = _first(result, ("publishedTimeStr", "PUBLISHED_TIME_FORMAT", "publishedTime"))
        if url and title:
            yield Entry(url, title, days.told(date))


def _first(told: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((told[name] for name in names if told.get(name)), None)


def _load(page: Page, address: str) -> Fetch:
    """The first of the two kinds of posted requests: by channel and department, or by channel alone."""
    told = {name: value for name, _, value in _LOAD_DATA.findall(page.text)}
    size = told.get("pageSize") or told.get("size") or str(_DEFAULT_SIZE)
    form = {"channelId": told.get("channelId", "")}
    if "deptCode" in told or "BackSort" in address:
        form |= {"deptCode": told.get("deptCode", ""), "pageSize": size, "pageIndex": "1"}
    else:
        form |= {"page": "1", "size": size}
    return _post(urljoin(page.url, address), form, 0)


def _post(url: str, form: Mapping[str, str], read: int) -> Fetch:
    asked = urlencode(form)
    headers = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)
    return Fetch(url, "POST", asked, headers, {"form": asked, "read": str(read)})


def _next_load(page: Page, came: int, total: int | None) -> tuple[Fetch, ...]:
    form = dict(parse_qsl(page.context["form"], keep_blank_values=True))
    read = int(page.context["read"]) + came
    name = "pageIndex" if "pageIndex" in form else "page"
    if not came or total is None or read >= total:
        return ()
    return (_post(page.url, form | {name: str(int(form[name]) + 1)}, read),)


def _whole(value: object) -> int | None:
    return int(str(value)) if str(value).isdigit() else None
