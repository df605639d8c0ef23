"""What a page's scripts ask its own site for: data or a piece of page with the list, or with an article; and the
answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from crawler.addresses import host_of, site_of
from crawler.platforms import carried, pagers, scripts, values
from crawler.platforms.page import Fetch, Listing, Page

_FORM = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"), ("X-Requested-With", "XMLHttpRequest"))
_JSON = (("Content-Type", "application/json;charset=UTF-8"), ("X-Requested-With", "XMLHttpRequest"))
# Addresses that do something or count something, and parts of pages that hold no list.
_NOT_ASKED = re.compile(
    r"count|click|hits?\b|visit|log(?:in|out)|submit|save|insert|update|delete|remove|vote|comment|like|upload|verif|captcha"
    r"|token|statis|weather|user|register|header|footer|nav\b|menu|banner|search\.html|\.(?:js|css|png|jpe?g|gif|svg)$",
    re.IGNORECASE,
)
_LIKE_A_LIST = re.compile(
    r"list|page|article|news|info|doc|content|column|channel|report|data|json|xml|api", re.IGNORECASE
)
_LIKE_A_CHOICE = re.compile(
    r"(?:chan|colu?mn?|catal|categ|cat|chnl|col|cid|site|node|class|type|dept|area|unit)", re.IGNORECASE
)
_LIKE_AN_ARTICLE = re.compile(r"detail|content|article|info|view|get|news|doc", re.IGNORECASE)
# /api/content/detail?id=12345: one article, by its number
_NAMED_ARTICLE = re.compile(
    r"(?:detail|content|article|infobody)\w*\W.*\w*id['\"]?\s*[=:]\s*['\"]?[0-9a-f-]{3,40}\b", re.IGNORECASE
)
_HELD = re.compile(r"\bdata-(?:url|api|src|source|action|href)\s*=\s*['\"]([^'\"\s<>]+)['\"]", re.IGNORECASE)
_DATA_FILE = re.compile(r"\.(?:json|xml)(?:$|\?)|/(?:api|rest|interface|data)/", re.IGNORECASE)
_FILE = re.compile(
    r"<script\b[^>]{0,200}?\bsrc\s*=\s*['\"]([^'\"\s<>]{1,300}\.js(?:\?[^'\"\s<>]{0,100})?)['\"]", re.IGNORECASE
)
# Libraries and bundles, which say nothing of a list.
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|vue|react|echarts|layui|layer|polyfill|vendor|chunk|runtime|manifest|bundle|\bapp\b|common|public"
    r"|share|stat|count|hm\.|min\.js|video|player|wza|gov\.js|jweixin|(?!\d{8})[0-9a-f]{8}",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"total(?:count|records?|num|elements|rows?|size)?|recordcount|rowcount|allrow|count", re.IGNORECASE
)
_PAGES = re.compile(r"(?:total_?)?pages?(?:count|total)?|pagecount|pagetotal|totalpages?", re.IGNORECASE)
# /api/list-1.html, data_1.json: the page's number stands in the name.
_NUMBERED = re.compile(r"(?<=[-_/])\d{1,3}(?=\.\w{2,5}(?:\?|$))")
_MOST_ASKED = 3
# Characters of a page's name that can be known again in what its scripts ask for.
_LEAST_NAME = 3
# Characters of what a page tells its script files.
_LONGEST_TOLD = 5000
_DEEPEST = 3


def lists(page: Page, *, files: bool = True) -> tuple[Fetch, ...]:
    """What the page's scripts ask the page's own site for and may hold its list, a few requests at most; where they ask
    for nothing, with `files`, the script files in which it may be written or asked for."""
    made = json.dumps(carried.made_of_fields(page)) if "+" in page.text or "${" in page.text else "[]"
    found: dict[tuple[str, str, str], Fetch] = {}
    requests = [*scripts.requests(page.text, _query(page)), *(scripts.Request(each) for each in _held(page))]
    for request in sorted(requests, key=lambda each: not _LIKE_A_LIST.search(each.address)):
        fetch = _fetch(page, request, made)
        if fetch is not None and not request.own:
            found.setdefault(fetch.key, fetch)
    if files and not found and "script" not in page.context:
        found = {fetch.key: fetch for fetch in _files(page)}
    return tuple(found.values())[:_MOST_ASKED]


def further(page: Page, pages: int | None) -> tuple[tuple[Fetch, ...], ...]:
    """The further pages of a list that shows its first, as the page's scripts ask for them; none where they ask for no
    page of a number, or the page does not say how many there are."""
    if pages is None or pages < 2:
        return ()
    made = json.dumps(carried.made_of_fields(page))
    for request in scripts.requests(page.text, _query(page)):
        fetch = None if request.own else _fetch(page, request, made)
        found = fetch and _of_numbers(fetch, pages)
        if found:
            return (found,)
    return ()


def body(page: Page) -> Fetch | None:
    """The request with which a shell of an article fetches its text: one that repeats something of the page's own
    address; None where its scripts send none."""
    name = re.sub(r"\.\w+$", "", urlsplit(page.url).path.rpartition("/")[2])
    requests = [*scripts.requests(page.text, _query(page)), *(scripts.Request(each) for each in _held(page))]
    for request in sorted(requests, key=lambda each: not _LIKE_AN_ARTICLE.search(each.address)):
        repeats = request.own or (len(name) >= _LEAST_NAME and name in f"{request.address} {request.sent}")
        fetch = _fetch(page, request, "[]") if repeats else None
        if fetch is not None and fetch.url != page.url:
            return Fetch(fetch.url, fetch.method, fetch.body, fetch.headers)
    of_numbers = [each for each in requests if _NAMED_ARTICLE.search(f"{each.address} {dict(each.sent)}")]
    only = _fetch(page, of_numbers[0], "[]") if len(of_numbers) == 1 else None
    return Fetch(only.url, only.method, only.body, only.headers) if only else None


def called(page: Page, call: str) -> Fetch | None:
    """What a script of the page fetches when something is clicked that calls it so."""
    request = scripts.requested(page.text, call)
    return _fetch(page, request, json.dumps(carried.made_of_fields(page)), chosen=True) if request else None


def answer(page: Page) -> Listing:
    """What data says that a page asked its host for: its items, their number, and the request for more of them where
    the request for these counts pages."""
    # Its links are those of the page that shows it.
    shown = Page(page.context.get("from", page.url), page.text, page.context, encoding=page.encoding)
    # A further page of the list belongs to it, whatever it names.
    found = carried.entries(shown) or (carried.items(shown) if "read" in page.context else ())
    total, pages = _stated(page.data, _TOTAL), _stated(page.data, _PAGES)
    total = None if total is not None and total < len(found) else total
    read = int(page.context.get("read", "0")) + len(found)
    more = found and (read < total if total is not None else pages is not None)
    following = _next(page, read, pages if total is None else None) if more else None
    return Listing(found, (following,) if following else (), items=total)


def script(page: Page) -> Listing:
    """What a script file of a page writes into it, or asks for."""
    shown = Page(
        page.context["from"],
        f"<script>{page.text};{page.context['script']}</script>",
        page.context,
        encoding=page.encoding,
    )
    found = carried.entries(shown)
    return Listing(found) if found else Listing(columns=lists(shown))


def _query(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def _held(page: Page) -> Iterator[str]:
    yield from (address for address in _HELD.findall(page.text) if _DATA_FILE.search(address))


def _files(page: Page) -> Iterator[Fetch]:
    for address in _FILE.findall(page.text):
        url = page.absolute(address)
        if url and _is_own(page, url) and not _LIBRARY.search(address.partition("?")[0].rpartition("/")[2]):
            told = "".join(
                f"{name}='{value}';" for name, value in values.assigned(page.text).items() if "'" not in value
            )
            context = {"tentative": "1", "family": "generic", "script": told[:_LONGEST_TOLD], "from": page.url}
            yield Fetch(url, context=context)


def _is_own(page: Page, url: str) -> bool:
    return urlsplit(url).netloc == urlsplit(page.url).netloc


def _is_of_site(page: Page, url: str) -> bool:
    """Whether an address that looks like that of a list is on another host of the page's own site (was.lingzhou.gov.cn
    for swj.lingzhou.gov.cn)."""
    return bool(_LIKE_A_LIST.search(urlsplit(url).path)) and site_of(host_of(url)) == site_of(host_of(page.url))


def _fetch(page: Page, request: scripts.Request, made: str, *, chosen: bool = False) -> Fetch | None:
    """The request as it is sent; None where it goes to another host, or does not look as if it only asked for
    something, as one does that is sent for what a reader has `chosen`."""
    url = page.absolute(request.address)
    if url is None or url == page.url or _NOT_ASKED.search(urlsplit(url).path):
        return None
    if not (_is_own(page, url) or _is_of_site(page, url)):
        return None
    context = {"tentative": "1", "family": "generic", "made": made, "from": page.url}
    if request.method == "GET":
        joint = "&" if "?" in url else "?"
        return Fetch(url + (joint + _form(request.sent) if request.sent else ""), context=context)
    names = [*request.sent, *_told(url, None), *_query(page)]
    if not chosen and not any(_LIKE_A_CHOICE.search(name) or values.PAGE_FIELD.fullmatch(name) for name in names):
        return None
    return _post(url, _written(request.sent, as_json=request.as_json), context)


def _post(url: str, sent: str, context: dict[str, str]) -> Fetch:
    return Fetch(url, "POST", sent, _JSON if sent[:1] == "{" else _FORM, context | {"sent": sent})


def _of_numbers(fetch: Fetch, pages: int) -> tuple[Fetch, ...]:
    """The requests like `fetch` for the second page and those behind it, where it asks for the page of a number."""
    sent, context = fetch.body or None, dict(fetch.context)
    told = _told(fetch.url, sent)
    name = next((name for name in told if values.PAGE_FIELD.fullmatch(name)), None)
    if name is None:
        return ()
    numbers = range(2, min(pages, pagers.MOST_PAGES) + 1)
    return tuple(_telling(told | {name: str(number)}, fetch.url, sent, context) for number in numbers)


def _next(page: Page, read: int, pages: int | None) -> Fetch | None:
    """The request for the next page of what `page` answers."""
    context = {name: value for name, value in page.context.items() if name != "tentative"} | {"read": str(read)}
    sent = page.context.get("sent")
    told = _told(page.url, sent)
    name = next((name for name in told if values.PAGE_FIELD.fullmatch(name) and str(told[name]).isdigit()), None)
    numbered = _NUMBERED.search(page.url)
    number = int(told[name]) if name else int(numbered[0]) if numbered else None
    if number is None or (pages is not None and number >= pages):
        return None
    if name:
        return _telling(told | {name: str(number + 1)}, page.url, sent, context)
    url = _NUMBERED.sub(str(number + 1), page.url)
    return Fetch(url, context=context) if sent is None else _post(url, sent, context)


def _told(url: str, sent: str | None) -> dict[str, Any]:
    """What a request tells by name: in what is `sent`, or where nothing is in its address."""
    if sent and sent[:1] == "{":
        told: dict[str, Any] = json.loads(sent)
        return told
    named = parse_qs(sent or urlsplit(url).query, keep_blank_values=True)
    return {name: each if name.endswith("[]") else each[0] for name, each in named.items()}


def _telling(told: dict[str, Any], url: str, sent: str | None, context: dict[str, str]) -> Fetch:
    """The request to `url` that tells this in the same way as the one with which `sent` was sent."""
    if sent:
        return _post(url, _written(told, as_json=sent[:1] == "{"), context)
    url = f"{url.partition('?')[0]}?{_form(told)}"
    return Fetch(url, context=context) if sent is None else _post(url, sent, context)


def _written(told: Mapping[str, Any], *, as_json: bool) -> str:
    return json.dumps(told, ensure_ascii=False) if as_json else _form(told)


def _form(told: Mapping[str, Any]) -> str:
    """Parameters as a form or an address writes them; several values of one name as scripts' libraries do."""
    pairs: list[tuple[str, Any]] = []
    for name, value in told.items():
        if isinstance(value, list):
            pairs += [(f"{name.removesuffix('[]')}[]", each) for each in value]
        else:
            pairs.append((name, value))
    return urlencode(pairs)


def _stated(data: Any, names: re.Pattern[str], depth: int = 0) -> int | None:
    """The first whole number that data states under one of `names`, in the object that holds the list or around it."""
    if isinstance(data, str) and data[:1] == "{":
        data = carried.read(data)
    if not isinstance(data, dict) or depth > _DEEPEST:
        return None
    for name, value in data.items():
        if names.fullmatch(str(name)) and str(value).isdigit() and not isinstance(value, bool):
            return int(value)
    inside = (_stated(value, names, depth + 1) for value in data.values())
    return next((number for number in inside if number is not None), None)
