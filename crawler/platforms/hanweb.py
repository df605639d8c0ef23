"""Hanweb 大汉 JCMS jpage: records in an XML data store inside the page, further ones from dataproxy.jsp."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.platforms import articles, links, pagers, static
from crawler.platforms.page import Article, Entry, Fetch, Listing, Page, json_after
from crawler.titles import Verdict, verdict

NAME = "hanweb"

_STORE = re.compile(r"<datastore\b.*?(?:</datastore>|\Z)", re.DOTALL | re.IGNORECASE)
# dataStore = ['<li>…</li>', …]: older servers write it as a script does, into the page and in answers.
_SCRIPT_STORE = re.compile(r"\bdataStore\s*[:=]\s*(?=\[)")
_CALL = re.compile(r"\.jpage\s*\(", re.IGNORECASE)
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_NEXT_GROUP = re.compile(r"<nextgroup>.*?href\s*=\s*['\"]([^'\"]+)['\"].*?</nextgroup>", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>|\btotalRecord\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_PER_PAGE = re.compile(r"\bperPage\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_PROXY = re.compile(r"\bproxyUrl\s*[:=]\s*['\"]([^'\"]+)['\"]", re.IGNORECASE)
_PARAMETER = re.compile(
    r"\b(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype|keyWordCount)['\"]?\s*[:=]\s*"
    r"(?:'([^']*)'|\"([^\"]*)\"|(-?\d+))",
    re.IGNORECASE,
)
_COLUMN_IN_URL = re.compile(r"/col/col(\d+)/")
_PAGES_PER_GROUP = 3
# The same under another name: messageController/getMessage.do?columnId=…&startrecord=…, answered by a call.
_MESSAGE = re.compile(r"['\"]([^'\"]*messageController/getMessage\.do[^'\"]*)['\"]")
_MESSAGE_DATA = re.compile(r"\b(columnId|webId|perpage|unitId|startrecord)['\"]?\s*:\s*(['\"]?)([\w-]+)\2")
_MOST_RECORDS = 3000
_FINGERPRINT = re.compile(
    r"getMessage\.do|dataproxy\.jsp|<datastore\b|/module/web/jpage/|/module/jpage/", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """One list of a page: a page may hold several, each with its own column and total."""

    entries: tuple[Entry, ...]
    total: int | None
    per_page: int
    proxy: str | None
    parameters: Mapping[str, str]
    next_group: str | None


def recognise(page: Page) -> int:
    """A data store or its proxy is sure; an address like /col/col123/ or art_1_2.html is a hint."""
    if _FINGERPRINT.search(page.text):
        return 90
    return 40 if _COLUMN_IN_URL.search(page.url) or re.search(r"/art/\d{4}/[\w/]*art_", page.text) else 0


def listing(page: Page) -> Listing:
    """The records of the page's list (or of a proxy's answer) and the requests for the further groups."""
    if page.context.get("total") is not None or page.text.lstrip().startswith("<datastore"):
        return _answer(page)
    units = list(_units(page))
    message = _MESSAGE.search(page.text)
    if message and not units:
        return Listing(following=(_message(page, html.unescape(message[1])),))
    if not units and (message is None and _PROXY.search(page.text)):
        calls = [call for call in _CALL.split(page.text)[1:] if _SCRIPT_STORE.search(call)]
        units = [_unit(page, "", call) for call in calls or [page.text]]
    if not units:
        return static.listing(page, links.main_list(page))
    unit = max(units, key=lambda unit: _fitness(unit, page.url))
    if unit.total is None or len(unit.entries) >= unit.total:
        return Listing(unit.entries, items=unit.total)
    return Listing(unit.entries, _by_record(page, unit), otherwise=(_by_page(page, unit),), items=unit.total)


def article(page: Page) -> Article:
    """What a Hanweb article says of itself; its attachments hang at /attach/ or downfile.jsp."""
    return articles.read(page)


def _message(page: Page, address: str) -> Fetch:
    """The first request of the `truecms` variant: everything in the address, the answer wrapped in a call."""
    url, _, query = urljoin(page.url, address).partition("?")
    told = dict(parse_qsl(query, keep_blank_values=True))
    told |= {name: value for name, _, value in _MESSAGE_DATA.findall(page.text)}
    first = int(told["startrecord"]) if told.get("startrecord", "").isdigit() else 1
    told |= {"startrecord": str(first), "endrecord": str(first + _MOST_RECORDS - 1), "callback": "records"}
    told.setdefault("perpage", "15")
    context = {"total": "", "first": str(first), "last": str(_MOST_RECORDS), "body": "", "listing": page.url}
    return Fetch(f"{url}?{urlencode(told)}", headers=(("Referer", page.url),), context=context)


def _answer(page: Page) -> Listing:
    """The answer of the proxy: records, a total, and the next group if the server names one."""
    text = _unwrapped(page.text)
    unit = _unit(page, text, text)
    total = unit.total if unit.total is not None else int(page.context.get("total") or 0) or None
    following: tuple[Fetch, ...] = ()
    if unit.next_group and unit.entries:
        following = (Fetch(unit.next_group, context={"total": str(total or "")}),)
    elif "first" in page.context and unit.entries:
        following = tuple(_rest(page, len(unit.entries), total or 0))
    return Listing(unit.entries, following, items=total)


def _rest(page: Page, came: int, total: int) -> Iterator[Fetch]:
    """The request for what a server that gives fewer records than it is asked for has held back."""
    first, last = int(page.context["first"]) + came, min(int(page.context["last"]), total)
    if first <= last:
        address, _, query = page.url.partition("?")
        told = dict(parse_qsl(query, keep_blank_values=True)) | {"startrecord": str(first), "endrecord": str(last)}
        context = {**page.context, "first": str(first)}
        body = page.context["body"]
        headers = _headers(page.context["listing"]) if body else (("Referer", page.context["listing"]),)
        yield Fetch(f"{address}?{urlencode(told)}", "POST" if body else "GET", body, headers, context)


def _unwrapped(text: str) -> str:
    """The data store inside a JSONP call, where it stands as a string."""
    if text.lstrip()[:1] == "<" or _SCRIPT_STORE.search(text):
        return text
    inside = text[text.find("(") + 1 : text.rfind(")")].strip()
    try:
        told = json.loads(inside)
    except ValueError:
        return inside.strip("'\"")
    return told if isinstance(told, str) else next((each for each in told.values() if isinstance(each, str)), "")


def _headers(listing: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"), ("Referer", listing))


def _units(page: Page) -> Iterator[_Unit]:
    stores = list(_STORE.finditer(page.text))
    for number, store in enumerate(stores, 1):
        # The script that configures a list follows its data store.
        after = stores[number].start() if number < len(stores) else len(page.text)
        yield _unit(page, store[0], page.text[store.end() : after])


def _unit(page: Page, store: str, script: str) -> _Unit:
    records = _RECORD.findall(store) or _scripted(script)
    fragments = [html.unescape(record) if "&lt;" in record else record for record in records]
    entries = tuple(entry for fragment in fragments for entry in links.rows(page, fragment)[:1])
    next_group = _NEXT_GROUP.search(store)
    total = _TOTAL.search(store) or _TOTAL.search(script)
    per_page = _PER_PAGE.search(script)
    proxy = _PROXY.search(script)
    parameters = {
        found[1].lower(): next(value for value in found.groups()[1:] if value is not None)
        for found in _PARAMETER.finditer(script)
    }
    return _Unit(
        entries=entries,
        total=int(total[1] or total[2]) if total else None,
        per_page=int(per_page[1]) if per_page and int(per_page[1]) else 15,
        proxy=proxy[1] if proxy else None,
        parameters=parameters,
        next_group=urljoin(page.url, html.unescape(next_group[1])) if next_group else None,
    )


def _scripted(script: str) -> list[str]:
    """The records of a data store that is written as a script writes a list."""
    found = _SCRIPT_STORE.search(script)
    store = json_after(script, found.end()) if found else None
    return [record for record in store if isinstance(record, str)] if isinstance(store, list) else []


def _fitness(unit: _Unit, url: str) -> tuple[bool, int, int]:
    """How likely a unit is the page's own list: its column is the page's, it names reports, it is long."""
    column = _COLUMN_IN_URL.search(url)
    stated = unit.parameters.get("columnid") or dict(parse_qsl(urlsplit(unit.next_group or "").query)).get("columnid")
    reports = sum(verdict(entry.title) is not Verdict.OTHER for entry in unit.entries)
    return bool(column and stated == column[1]), reports, len(unit.entries)


def _form(page: Page, unit: _Unit) -> dict[str, str]:
    """The parameters that the proxy wants back: those of the script, else those of the next group's address."""
    told = dict(parse_qsl(urlsplit(unit.next_group or "").query, keep_blank_values=True))
    told.pop("page", None)
    names = {"sourcecontenttype": "sourceContentType", "keywordcount": "keyWordCount"}
    told |= {names.get(name, name): value for name, value in unit.parameters.items()}
    column = _COLUMN_IN_URL.search(page.url)
    if column:
        told.setdefault("columnid", column[1])
    return {"col": "1", "appid": "1", "path": "/", "permissiontype": "0", **told}


def _proxy(page: Page, unit: _Unit) -> str:
    if unit.next_group:
        return unit.next_group.partition("?")[0]
    return urljoin(page.url, (unit.proxy or "/module/web/jpage/dataproxy.jsp").partition("?")[0])


def _by_record(page: Page, unit: _Unit) -> tuple[Fetch, ...]:
    """The groups by record number: startrecord, endrecord and perpage in the address, the rest posted."""
    total = unit.total or 0
    group = unit.per_page * _PAGES_PER_GROUP
    body = urlencode(_form(page, unit))
    requests = []
    # The page holds its first group whole, or only a part of it.
    first = len(unit.entries) // group * group + 1
    for start in range(first, min(total, first + group * pagers.MOST_PAGES) + 1, group):
        last = min(start + group - 1, total)
        query = urlencode({"startrecord": start, "endrecord": last, "perpage": unit.per_page})
        context = {"total": str(total), "first": str(start), "last": str(last), "body": body, "listing": page.url}
        requests.append(Fetch(f"{_proxy(page, unit)}?{query}", "POST", body, _headers(page.url), context))
    return tuple(requests)


def _by_page(page: Page, unit: _Unit) -> tuple[Fetch, ...]:
    """The groups by page number: all in the address. The first is what the page itself names as its next group."""
    total = unit.total or 0
    group = unit.per_page * _PAGES_PER_GROUP
    form = _form(page, unit)
    told = dict(parse_qsl(urlsplit(unit.next_group or "").query)).get("page", "1")
    first = int(told) if told.isdigit() else 1
    context = {"total": str(total)}
    requests = [Fetch(unit.next_group, context=context)] if unit.next_group else []
    count = min(-(-total // group) + 1, pagers.MOST_PAGES)
    further = (
        Fetch(f"{_proxy(page, unit)}?{urlencode({'page': number, **form})}", context=context)
        for number in range(first + len(requests), first + count + 1)
    )
    return (*requests, *further)
