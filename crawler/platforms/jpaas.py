"""Hanweb jpaas (集约化): an empty box in the page names a unit, whose list is fetched as HTML inside JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.platforms import articles, links
from crawler.platforms.page import NOT_UNDERSTOOD, Article, Fetch, Listing, Page

NAME = "jpaas"

_UNIT = "/jpaas-publish-server/"
_TAG = re.compile(r"<[^>]*jpaas-publish-server/[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"""\burl\s*=\s*["']([^"']*jpaas-publish-server/[^"']*)["']""", re.IGNORECASE)
_QUERY = re.compile(r"""\bquerydata\s*=\s*(?:"(\{[^"]*\})"|'(\{[^']*\})')""", re.IGNORECASE)
_TOTALS = re.compile(r"<[^>]*\bpagination\b[^>]*>", re.IGNORECASE)
_SIZE = 15


def recognise(page: Page) -> int:
    """The publishing server's name is sure, in the page as in the address of an answer."""
    return 95 if _UNIT in page.text or (_UNIT in page.url and page.data is not None) else 0


def listing(page: Page) -> Listing:
    """The requests for the page's units, or the list inside an answer."""
    if page.data is not None:
        return _answer(page)
    # A page may hold boxes of other things beside the list.
    return Listing(links.main_list(page), columns=tuple(_units(page)))


def article(page: Page) -> Article:
    """What an article says of itself; its attachments hang as on other Hanweb sites."""
    return articles.read(page)


def _units(page: Page) -> Iterator[Fetch]:
    for tag in _TAG.findall(page.text):
        address, query = _ADDRESS.search(tag), _QUERY.search(tag)
        if address is None or query is None:
            continue
        try:
            # Single quotes, though it would be JSON.
            told = json.loads(html.unescape(query[1] or query[2]).replace("'", '"'))
        except ValueError:
            continue
        if isinstance(told, dict):
            asked = urlencode({str(name): str(value) for name, value in told.items()})
            yield Fetch(f"{urljoin(page.base, html.unescape(address[1]))}?{asked}")


def _answer(page: Page) -> Listing:
    data = page.data.get("data") if isinstance(page.data, dict) else None
    fragment = data.get("html") if isinstance(data, dict) else None
    if not isinstance(fragment, str):
        return NOT_UNDERSTOOD
    found = links.rows(page, fragment)
    entries = tuple(entry for entry in found if entry.date) or found
    totals = _TOTALS.search(fragment)
    count, size = _attribute(totals, "count"), _attribute(totals, "rows") or _SIZE
    query = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    try:
        told = json.loads(query.get("paramJson", "{}"))
        number = int(told.get("pageNo", 1))
    except (ValueError, TypeError, AttributeError):
        number = 1
    following: tuple[Fetch, ...] = ()
    # Without a count the list goes on until it repeats itself; menus and boxes of pictures do not.
    listed = any(entry.date for entry in entries) or links.names_reports(entries)
    if entries and (number * size < count if count is not None else listed):
        query["paramJson"] = json.dumps({"pageNo": number + 1, "pageSize": size}, separators=(",", ":"))
        following = (Fetch(f"{page.url.partition('?')[0]}?{urlencode(query)}"),)
    return Listing(entries, following, items=count)


def _attribute(tag: re.Match[str] | None, name: str) -> int | None:
    found = re.search(rf"""\b{name}\s*=\s*["']?(\d+)""", tag[0]) if tag else None
    return int(found[1]) if found else None
