"""国泰新点 Epoint WebBuilder: lists by POST with JSON, static lists with numbered pages, articles in shells."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.platforms import articles, days, links, pagers, static
from crawler.platforms.page import NOT_UNDERSTOOD, Article, Entry, Fetch, Listing, Page

NAME = "epoint"

_FINGERPRINTS = (b"ewb-", b"ewb_", b"govinfopub", b"webbuildercommon", b"webbuildermis")
_PROJECT = re.compile(r"/?(EWB[-_]\w+)(?=/rest/)|projectName['\"]?\s*[:=]\s*['\"]/?([\w-]+)", re.IGNORECASE)
_SITE = re.compile(r"siteGuid['\"]?\s*[:=]\s*['\"]([\w-]{8,})['\"]", re.IGNORECASE)
_CATEGORY = re.compile(r"categorynum['\"]?\s*[:=]\s*['\"]?(\d{3,})", re.IGNORECASE)
_SETTINGS = re.compile(r"(?:webBuilderCommon|ajaxReq)[\w.-]*\.js", re.IGNORECASE)
_LIST = "lightfrontaction/getgovinfolist"
_DETAIL = re.compile(r"['\"]([^'\"]*/getGovInfoDetail)['\"]", re.IGNORECASE)
_NUMBERED = re.compile(r"/(\d{1,4})\.html?$")
_SIZE = 20
_ACTION = re.compile(r"['\"]([^'\"]*rest/[^'\"]*(?:getgovinfolist|getInfoList|getPageInfoList\w*))['\"]", re.IGNORECASE)
_TOKEN = re.compile(r"['\"]([^'\"]*/getNoUserAccessToken)['\"]")
_TOKEN_VALUE = re.compile(r"['\"]access_token['\"]\s*:\s*['\"]([^'\"]+)['\"]")
_FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
# How the list's request is written where the page's script says so; without a word of it as plain JSON.
_STYLES = {
    "form": re.compile(
        r"(?<!['\"\w])params\s*:\s*JSON\.stringify|['\"&?]params=|['\"]params['\"]\s*:\s*JSON\.stringify"
    ),
    "nested": re.compile(r"['\"]params['\"]\s*:\s*[\w{]"),
}


def recognise(page: Page) -> int:
    """Its project names and scripts are sure, and the answers of its list action."""
    if _LIST in page.url:
        return 95
    return 85 if any(mark in page.lowered for mark in _FINGERPRINTS) or "govInfoPub" in page.url else 0


def listing(page: Page) -> Listing:
    """The request for the list's data, the answer to it, or a static list with its numbered pages."""
    if isinstance(page.data, dict):
        return _answer(page)
    category = dict(parse_qsl(urlsplit(page.url).query)).get("categorynum") or page.context.get("category")
    told = _CATEGORY.search(page.text)
    category = category or (told[1] if told else None)
    entries = links.main_list(page)
    if category and not entries:
        first, *others = _requests(page, category)
        return Listing(following=(first,), otherwise=tuple((each,) for each in others))
    if (pages := pagers.stated_pages(page)) and pages > 1 and not pagers.next_link(page):
        folder = links.folder_of(page.url)
        further = tuple(Fetch(f"{folder}{number}.html") for number in range(2, min(pages, pagers.MOST_PAGES) + 1))
        return Listing(entries, further, items=pagers.stated_items(page), pages=pages)
    return static.listing(page, entries)


def article(page: Page) -> Article:
    """What an article says of itself; a shell page (showinfo.html?infoGuid=…) names the request for its text."""
    if isinstance(page.data, dict):
        return _detail(page)
    found = articles.read(page)
    query = dict(parse_qsl(urlsplit(page.url).query))
    action = _DETAIL.search(page.text)
    guid = query.get("infoGuid") or query.get("infoguid") or query.get("infoid")
    if guid and action:
        body = "params=" + json.dumps({"infoGuid": guid}, separators=(",", ":"))
        form = (_FORM,)
        return Article(
            found.title, found.published, found.attachments, Fetch(_action(page, action[1]), "POST", body, form)
        )
    return found


def _action(page: Page, address: str) -> str:
    """The address of an action; one that begins with rest/ belongs to the page's project."""
    project = _PROJECT.search(page.text)
    if project and not address.startswith(("http", "/EWB", "/" + (project[1] or project[2]))):
        return urljoin(page.url, f"/{project[1] or project[2]}/{address.lstrip('./')}")
    return urljoin(page.url, address)


def _requests(page: Page, category: str) -> list[Fetch]:
    """The list's first request in every style that servers know, the page's own first; before that the request for the
    script which holds what they need, or for the token without which they answer nothing."""
    site, project = _SITE.search(page.text), _PROJECT.search(page.text)
    script = _SETTINGS.search(page.text)
    if site is None and script and "category" not in page.context:
        source = re.search(rf"src\s*=\s*['\"]([^'\"]*{re.escape(script[0])}[^'\"]*)['\"]", page.text)
        if source:
            context = {"category": category, "dept": _department(page), "styles": _styles(page)}
            return [Fetch(urljoin(page.url, source[1]), context=context)]
    told = {
        "deptcode": page.context.get("dept", _department(page)),
        "categorynum": category,
        "pageIndex": 0,
        "pageSize": _SIZE,
        "siteGuid": site[1] if site else "",
    }
    name = (project[1] or project[2]) if project else "EWB-FRONT"
    named = _ACTION.search(page.text)
    url = _action(page, named[1]) if named else urljoin(page.url, f"/{name}/rest/{_LIST}")
    asked = [_post(url, told, style) for style in (page.context.get("styles") or _styles(page)).split()]
    token = _TOKEN.search(page.text)
    if token is None:
        return asked
    context = {"asked": json.dumps([[each.url, dict(each.context)] for each in asked])}
    return [Fetch(_action(page, token[1]), "POST", "", (_FORM,), context)]


def _styles(page: Page) -> str:
    """The styles to try, separated by blanks, those that the page's script shows first."""
    shown = [name for name, style in _STYLES.items() if style.search(page.text)]
    return " ".join([*shown, "plain", *(name for name in _STYLES if name not in shown)])


def _with_token(page: Page) -> Listing:
    """The list's requests with the token that the answer holds."""
    found = _TOKEN_VALUE.search(page.text)
    token = found[1] if found else ""
    first, *others = (
        _post(url, json.loads(context["told"]), context["style"], token=token)
        for url, context in json.loads(page.context["asked"])
    )
    return Listing(following=(first,), otherwise=tuple((each,) for each in others))


def _department(page: Page) -> str:
    return dict(parse_qsl(urlsplit(page.url).query)).get("deptcode", "")


def _post(url: str, told: Mapping[str, Any], style: str, *, size: str = "", token: str = "") -> Fetch:
    """A request for a page of the list: JSON, the same inside `params`, or a form field `params` that holds it."""
    inside = {"params": told} if style == "nested" else told
    body = json.dumps(inside, ensure_ascii=False, separators=(",", ":"))
    kind = ("Content-Type", "application/json;charset=UTF-8")
    if style == "form":
        body, kind = urlencode({"params": body}), _FORM
    allowed = (("Authorization", f"Bearer {token}"),) if token else ()
    headers = (kind, ("X-Requested-With", "XMLHttpRequest"), *allowed)
    context = {"told": json.dumps(told), "style": style, "size": size, "token": token}
    return Fetch(url, "POST", body, headers, context)


def _answer(page: Page) -> Listing:
    if "asked" in page.context:
        return _with_token(page)
    custom = page.data.get("custom")
    custom = json.loads(custom) if isinstance(custom, str) and custom[:1] == "{" else custom
    rows = custom.get("data") if isinstance(custom, dict) else None
    if not isinstance(rows, list):
        return NOT_UNDERSTOOD
    entries = []
    for row in rows:
        url = page.absolute(str(row.get("infourl") or row.get("href") or ""))
        title = re.sub(r"<[^>]+>", "", str(row.get("realtitle") or row.get("title") or "")).strip()
        if url and title:
            entries.append(Entry(url, title, days.told(row.get("infodate"))))
    total = str(custom.get("total") or custom.get("count") or "")
    items = int(total) if total.isdigit() else None
    told = json.loads(page.context.get("told", "{}"))
    if told and items and not entries and told["pageIndex"] == 0:
        # Some servers count pages from 1.
        first = _post(page.url, told | {"pageIndex": 1}, page.context["style"], token=page.context["token"])
        return Listing(following=(first,), items=items)
    if not told or not items or not entries:
        return Listing(tuple(entries), items=items)
    # The server's own page size, which may be smaller than the one asked for.
    size = int(page.context["size"] or len(entries))
    number = told["pageIndex"] + 1
    style, token = page.context["style"], page.context["token"]
    following = _post(page.url, told | {"pageIndex": number}, style, size=str(size), token=token)
    if number * size < items:
        return Listing(tuple(entries), (following,), items=items)
    # Some servers count pages from 1 and give the first page for 0 too: then there is one more.
    return Listing(tuple(entries), otherwise=((following,),), items=items)


def _detail(page: Page) -> Article:
    custom = page.data.get("custom")
    data = custom.get("data") if isinstance(custom, dict) else None
    if not isinstance(data, dict):
        return Article()
    inside = articles.read(Page(page.url, str(data.get("infocontent") or "")))
    return Article(str(data.get("title") or "") or None, days.told(data.get("infodate")), inside.attachments)
