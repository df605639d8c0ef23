"""Lists that a page carries and does not show: data or markup in scripts and text areas; and data that it fetches."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from crawler.platforms import links
from crawler.platforms.page import Entry, Fetch, Listing, Page, json_after

# var dataList = [{…}]; window.__INITIAL_STATE__={…}; rows.push({…}); {"list": […]} in a script that is data.
_VALUE = re.compile(
    r"(?:\b(?:var|let|const)\s+\w+|\bwindow(?:\.\w+|\[['\"]\w+['\"]\]))\s*=\s*(?=[\[{])|\.push\(\s*(?=\{)"
    r"|<script\b[^>]*\bapplication/json\b[^>]*>\s*(?=[\[{])"
)
_TITLES = re.compile(r"(?:doc|info|article|news|real|show)?_?(?:title|name|subject)|t", re.IGNORECASE)
_ADDRESSES = re.compile(r"(?:doc|info|article|news|pub|post)?_?(?:pub)?(?:url|href|link|path|linkurl)|u", re.IGNORECASE)
_DATES = re.compile(r".*(?:date|time|day)\w*|d|fbsj", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_HOLDER = re.compile(r"<(script|textarea|template)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\([\"'/nrt])")
_ITEM = re.compile(r"<(item|record|row|article|doc|entry)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r"<(\w+)\b[^>]*>\s*(?:<!\[CDATA\[)?([^<]*?)(?:\]\]>)?\s*</\1\s*>", re.DOTALL | re.IGNORECASE)
# What a page without a list asks its own host for: whole addresses only, nothing that a script puts together.
_ASKED = re.compile(
    r"(?:\b(?:getJSON|fetch|get)\(\s*|\burl\s*:\s*)['\"]([^'\"\s+]+)['\"]\s*(?=[,)}\n])(?!\s*,\s*\w+\s*\+)",
    re.IGNORECASE,
)
_DATA_ADDRESS = re.compile(r"\.(?:json|xml)(?:$|\?)|/(?:api|rest|interface|data)/", re.IGNORECASE)
_TOTAL = re.compile(r'"(?:total|totalCount|totalRecords?|totalNum)"\s*:\s*"?(\d{1,6})\b')
_NUMBER = re.compile(r"[?&](?:page|pageNo|pageNum|pageIndex|currentPage|current|p)=(\d+)", re.IGNORECASE)
_MOST_ASKED = 3


def entries(page: Page) -> tuple[Entry, ...]:
    """The items of a list that the page carries, in order; none where nothing in it names an annual report.

    A page that is JSON is data altogether. Markup is what a browser would make of scripts and text areas.
    """
    for found in (_data(page), _fields(page), _markup(page)):
        if links.names_reports(found):
            return tuple({entry.url: entry for entry in found}.values())
    return ()


def answer(page: Page) -> Listing:
    """What data says that a page asked its host for: its items, their number, and the request for more of them where
    its address counts pages."""
    found = entries(page)
    told = _TOTAL.search(page.text)
    total = int(told[1]) if told else None
    read = int(page.context.get("read", "0")) + len(found)
    number = _NUMBER.search(page.url)
    following: tuple[Fetch, ...] = ()
    if found and number and total is not None and read < total:
        url = f"{page.url[: number.start(1)]}{int(number[1]) + 1}{page.url[number.end(1) :]}"
        following = (Fetch(url, context={"family": "generic", "read": str(read)}),)
    return Listing(found, following, items=total)


def asked(page: Page) -> tuple[Fetch, ...]:
    """The data that the page's scripts ask the page's own host for, a few at most: the list may be in it."""
    host = page.url.split("/")[2]
    found: dict[str, Fetch] = {}
    for address in _ASKED.findall(page.text):
        url = page.absolute(address)
        if url and url.split("/")[2] == host and _DATA_ADDRESS.search(address):
            found.setdefault(url, Fetch(url, context={"tentative": "1", "family": "generic"}))
    return tuple(found.values())[:_MOST_ASKED]


def _data(page: Page) -> list[Entry]:
    if page.data is not None:
        return list(_items(page, page.data))
    values = (json_after(page.text, found.end()) for found in _VALUE.finditer(page.text))
    return [entry for value in values if value is not None for entry in _items(page, value)]


def _items(page: Page, value: Any) -> Iterator[Entry]:
    if isinstance(value, list):
        for each in value:
            yield from _items(page, each)
    elif isinstance(value, dict):
        entry = _entry(page, {str(name): each for name, each in value.items() if isinstance(each, str)})
        if entry:
            yield entry
        else:
            for each in value.values():
                yield from _items(page, each)


def _entry(page: Page, told: dict[str, str]) -> Entry | None:
    """The item that named strings are, None where they name no title or no address."""
    title, link, date = (
        next((value for name, value in told.items() if value and names.fullmatch(name)), "")
        for names in (_TITLES, _ADDRESSES, _DATES)
    )
    url = page.absolute(link) if link else None
    title = _TAG.sub("", html.unescape(title)).strip()
    return Entry(url, title, links.iso_date(date)) if url and title else None


def _fields(page: Page) -> list[Entry]:
    """Items of XML: <item><title>…</title><link>…</link></item>."""
    items = (dict(_FIELD.findall(inside)) for _, inside in _ITEM.findall(page.text))
    return [entry for item in items if (entry := _entry(page, item))]


def _markup(page: Page) -> list[Entry]:
    found: list[Entry] = []
    for _, inside in _HOLDER.findall(page.text):
        text = _ESCAPE.sub(lambda each: chr(int(each[1], 16)) if each[1] else {"n": "\n"}.get(each[2], each[2]), inside)
        if "&lt;a" in text.lower():
            text = html.unescape(text)
        if "<a" in text.lower():
            found += links.rows(page, text)
    return found
