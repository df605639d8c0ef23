"""gkmlpt, Guangdong's catalogue platform: a shell page with its configuration, lists and articles as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from crawler.platforms import articles, days, links
from crawler.platforms.page import NOT_UNDERSTOOD, Article, Attachment, Entry, Fetch, Listing, Page, json_after

NAME = "gkmlpt"

_SID = re.compile(r"['\"]?\bSID['\"]?\s*:\s*['\"]?(\d+)")
_TREE = re.compile(r"['\"]?\bTREE['\"]?\s*:\s*(?=\[)")
_DETAIL = re.compile(r"['\"]?\bDETAIL['\"]?\s*[:=]\s*(?=\{)")
_INDEX = re.compile(r"^(https?://[^/]+(?:/[\w-]+)*?)/gkmlpt/", re.IGNORECASE)
_CATEGORY = re.compile(r"#(\d+)")
_API = re.compile(r"/gkmlpt/api/all/(\d+)\?page=(\d+)")
_ANNUAL_REPORTS = re.compile(r"年报|年度报告")
_ESCAPED = re.compile(r"%u([0-9a-fA-F]{4})")


def recognise(page: Page) -> int:
    """The configuration together with the platform's name is sure."""
    if _API.search(page.url) and isinstance(page.data, dict):
        return 95
    if "_CONFIG" in page.text and "gkmlpt" in page.text + page.url:
        return 90
    return 50 if "/gkmlpt/" in page.url else 0


def listing(page: Page) -> Listing:
    """The request for the annual-report category that the shell's tree names, or the articles of an answer."""
    if isinstance(page.data, dict):
        return _answer(page)
    tree = _embedded(page, _TREE)
    sid = _SID.search(page.text)
    index = _INDEX.search(page.url)
    wanted = _CATEGORY.search(page.url) or _CATEGORY.search(page.context.get("fragment", ""))
    if sid is None or index is None:
        return Listing(links.main_list(page))
    columns = []
    for category, elsewhere in [(wanted[1], None)] if wanted else _categories(tree):
        api = f"{index[1]}/gkmlpt/api/all/{category}?page=1&sid={sid[1]}"
        columns.append(Fetch(page.absolute(elsewhere) or api) if elsewhere else Fetch(api, context={"sid": sid[1]}))
    return Listing(columns=tuple(columns))


def article(page: Page) -> Article:
    """What an article says of itself: its details stand as JSON in the shell, its attachments among them."""
    found = articles.read(page)
    detail = _embedded(page, _DETAIL)
    if not isinstance(detail, dict):
        return found
    # What the shell's scripts name is the detail itself.
    attachments = [*(each for each in found.attachments if each.name), *_attachments(page, detail)]
    shown = Page(page.url, str(detail.get("content") or ""))
    attachments += articles.read(shown).attachments
    unique = {attachment.url: attachment for attachment in attachments}
    title = _plain(detail.get("title")) or found.title
    return Article(title, _published(detail) or found.published, tuple(unique.values()))


def _answer(page: Page) -> Listing:
    asked = _API.search(page.url)
    items = page.data.get("articles")
    if asked is None or not isinstance(items, list):
        return NOT_UNDERSTOOD
    entries = []
    for item in items:
        url = page.absolute(str(item.get("url") or item.get("post_url") or ""))
        title = _plain(item.get("title"))
        if url and title:
            entries.append(Entry(url, title, _published(item)))
    total = page.data.get("total")
    total = total if isinstance(total, int) else None
    number = int(asked[2])
    read = int(page.context.get("read", "0")) + len(entries)
    following: tuple[Fetch, ...] = ()
    if total is not None and read < total and entries:
        url = page.url.replace(f"?page={number}", f"?page={number + 1}")
        following = (Fetch(url, context={**page.context, "read": str(read)}),)
    return Listing(tuple(entries), following, items=total)


def _categories(tree: object, *, within: bool = False) -> list[tuple[str, str | None]]:
    """The categories whose names say annual report, with all that lie inside them (a year each), and where the tree
    says that a category is kept elsewhere the address."""
    found = []
    for node in tree if isinstance(tree, list) else ():
        if isinstance(node, dict):
            wanted = within or bool(_ANNUAL_REPORTS.search(str(node.get("name"))))
            if wanted:
                found.append((str(node.get("id")), str(node.get("jump_url") or "") or None))
            found += _categories(node.get("children"), within=wanted)
    return found


def _attachments(page: Page, detail: Mapping[str, Any]) -> Iterator[Attachment]:
    for item in detail.get("attachment") or detail.get("attachments") or ():
        if isinstance(item, dict):
            url = urljoin(page.url, str(item.get("url") or ""))
            if url.startswith(("http://", "https://")) and item.get("url"):
                yield Attachment(url, _plain(item.get("name")))


def _published(item: Mapping[str, Any]) -> str | None:
    keys = ("display_publish_time", "publish_time", "create_time", "first_publish_time", "date", "created_at")
    return next(filter(None, (days.told(item.get(key)) for key in keys)), None)


def _plain(title: object) -> str:
    """A title without markup; some sites write it as %uXXXX."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(title or ""))
    return re.sub(r"<[^>]+>", "", text).strip()


def _embedded(page: Page, pattern: re.Pattern[str]) -> Any:
    """The JSON value that follows `pattern` in the page's script; None where there is none that can be read."""
    found = pattern.search(page.text)
    return json_after(page.text, found.end()) if found else None
