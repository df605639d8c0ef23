"""Hanweb's information-disclosure module: lists by POST to /module/xxgk/search.jsp, reports keyed by year and area."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.platforms import articles, links, pagers
from crawler.platforms.page import Article, Entry, Fetch, Listing, Page, json_after

NAME = "xxgk"

_SEARCH = re.compile(r"['\"]([^'\"]*/module/xxgk/search\.jsp[^'\"]*)['\"]", re.IGNORECASE)
_FORM = re.compile(r"['\"?&]((?:infotypeId|jdid|area|divid)=[^'\"<>\s]*)", re.IGNORECASE)
_DATA = re.compile(r"\bdata\s*:\s*(?=\{)")
_PAGE = re.compile(r"((?:^|&)currpage=)\d+", re.IGNORECASE)
_ROW = re.compile(r"tr_main_value_(odd|even)", re.IGNORECASE)
_YEARS = "/module/xxgk/xxgkAnnualReport.jsp"
_HEADERS = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)


def recognise(page: Page) -> int:
    """The module's addresses are sure, in the page as in its own address."""
    return 92 if "/module/xxgk/" in page.url or _SEARCH.search(page.text) else 0


def listing(page: Page) -> Listing:
    """The request for the list, the answer to it, or the years of an agency whose reports are shown one a year."""
    if "search.jsp" in page.url:
        return _answer(page)
    if _YEARS in page.url:
        return Listing(_years(page))
    search = _SEARCH.search(page.text)
    form = _form(page, search.end()) if search else ""
    if search is None or not form:
        return Listing(links.main_list(page), pagers.linked(page))
    return Listing(links.main_list(page), (_ask(urljoin(page.url, html.unescape(search[1])), form, 1),))


def article(page: Page) -> Article:
    """What an article says of itself."""
    return articles.read(page)


def _form(page: Page, place: int) -> str:
    """What the search beside `place` of the page's script posts, written as a string or as an object."""
    told = _FORM.search(page.text, place)
    data = _DATA.search(page.text, place)
    if data and (told is None or data.start() < told.start()):
        value = json_after(page.text, data.end())
        if isinstance(value, dict):
            return urlencode({name: str(each) for name, each in value.items()})
    told = told or _FORM.search(page.text)
    return html.unescape(told[1]) if told else ""


def _ask(url: str, form: str, number: int) -> Fetch:
    """One page of the list; the number stands in the address, in the form, or in both."""
    address, _, query = url.partition("?")
    query = _PAGE.sub(rf"\g<1>{number}", query)
    form = _PAGE.sub(rf"\g<1>{number}", form) if _PAGE.search(form) else f"{form}&currpage={number}"
    return Fetch(
        f"{address}?{query}" if query else address, "POST", form, _HEADERS, {"form": form, "page": str(number)}
    )


def _answer(page: Page) -> Listing:
    """A fragment of rows; the number of its pages is printed (共12页)."""
    rows = links.rows(page, page.text) if _ROW.search(page.text) else links.main_list(page)
    pages = pagers.stated_pages(page)
    number = int(page.context.get("page", "1"))
    following: tuple[Fetch, ...] = ()
    if pages and number == 1 and "form" in page.context:
        last = min(pages, pagers.MOST_PAGES)
        following = tuple(_ask(page.url, page.context["form"], each) for each in range(2, last + 1))
    return Listing(rows, following, items=pagers.stated_items(page))


def _years(page: Page) -> tuple[Entry, ...]:
    """The years that the page offers: each leads to the report of that year, whatever its link says."""
    found = []
    area = dict(parse_qsl(urlsplit(page.url).query)).get("area", "")
    for query in ("//a/@href", "//option/@value"):
        for link in page.tree.xpath(query).getall():
            year = re.search(r"fbtime=(20\d\d)", link) or re.fullmatch(r"\s*(20\d\d)\s*", link)
            if year is None:
                continue
            bare = f"{page.url.partition('?')[0]}?{urlencode({'fbtime': year[1], 'area': area})}"
            url = page.absolute(link) if "fbtime" in link else bare
            if url:
                found.append(Entry(url, f"{year[1]}年政府信息公开工作年度报告"))
    return tuple(dict.fromkeys(found))
