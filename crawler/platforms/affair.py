"""The /front/api/data/affair family (Shanghai districts): a script posts JSON for the list and gets JSON back."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

from crawler.platforms import articles, days, links
from crawler.platforms.page import NOT_UNDERSTOOD, Article, Entry, Fetch, Listing, Page, json_after

NAME = "affair"

_POST = re.compile(r"['\"]([^'\"]*/front/api/data/affair)['\"]\s*,\s*(?:data\s*:\s*)?(?:JSON\.stringify\(\s*)?(?=\{)")
_ADDRESS = re.compile(r"['\"]([^'\"]*/front/api/data/affair)['\"]")
_CHANNELS = re.compile(r"channelList['\"]?\s*[:=]\s*\[([^\]]*)\]")


def recognise(page: Page) -> int:
    """The address of its data is sure."""
    return 90 if _ADDRESS.search(page.text) else 0


def listing(page: Page) -> Listing:
    """The request for the list as the page's script writes it, or the answer to it."""
    if isinstance(page.data, dict):
        return _answer(page)
    address = _ADDRESS.search(page.text)
    post = _POST.search(page.text)
    told = json_after(page.text, post.end()) if post else None
    channels = _CHANNELS.search(page.text)
    if not isinstance(told, dict) and channels:
        told = {"channelList": re.findall(r"[\w-]+", channels[1]), "pageSize": 15}
        told |= {"orderFields": ["display_date"], "orderTypes": ["desc"]}
    if address is None or not isinstance(told, dict):
        return Listing(links.main_list(page))
    return Listing(links.main_list(page), (_ask(urljoin(page.url, address[1]), told | {"pageNo": 1}),))


def article(page: Page) -> Article:
    """What an article says of itself."""
    return articles.read(page)


def _ask(url: str, told: dict[str, object]) -> Fetch:
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Fetch(url, "POST", body, (("Content-Type", "application/json;charset=UTF-8"),), {"told": body})


def _answer(page: Page) -> Listing:
    data = page.data.get("data")
    rows = data.get("list") if isinstance(data, dict) else None
    told = json.loads(page.context.get("told", "{}"))
    if not isinstance(rows, list):
        return NOT_UNDERSTOOD
    entries = []
    for row in rows:
        url = page.absolute(str(row.get("url") or ""))
        title = re.sub(r"<[^>]+>", "", str(row.get("title") or "")).strip()
        if url and title:
            entries.append(Entry(url, title, days.told(row.get("display_date"))))
    pages, items = data.get("totalPage"), data.get("totalCount")
    number = told.get("pageNo", 1)
    following: tuple[Fetch, ...] = ()
    if isinstance(pages, int) and number < pages and entries and told:
        following = (_ask(page.url, told | {"pageNo": number + 1}),)
    return Listing(tuple(entries), following, items=items if isinstance(items, int) else None)
