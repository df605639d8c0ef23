"""Hanweb's information-disclosure module: lists by POST to /module/xxgk/search.jsp, or shown in a frame; reports keyed
by year and area."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.platforms import articles, links, pagers
from crawler.platforms.page import Article, Entry, Fetch, Listing, Page, json_after
from crawler.titles import COLUMN_NAME

NAME = "xxgk"

_SEARCH = re.compile(r"['\"]([^'\"]*/module/xxgk/search\.jsp[^'\"]*)['\"]", re.IGNORECASE)
# loadDynamic('/module/xxgk/search.jsp?infotypeId='+a+'&area=…', 'div4', '0', '0', '950', '1', …): the piece of the
# page, the kind of information, two numbers more, and the site.
_CALL = re.compile(
    r"loadDynamic\(\s*(?P<address>['\"][^'\"]*/module/xxgk/search\.jsp[^;]{0,600}?)\s*,\s*['\"](?P<divid>\w+)['\"]\s*,"
    r"\s*['\"](?P<kind>\w*)['\"]\s*,\s*['\"]\w*['\"]\s*,\s*['\"]\w*['\"]\s*,\s*['\"](?P<site>\w*)['\"]"
)
_STRING = re.compile(r"['\"]([^'\"]*)['\"]")
_TREE = re.compile(r"['\"]([^'\"]*/module/xxgk/tree\.jsp\?[^'\"]*)['\"]", re.IGNORECASE)
# A kind of information in the tree: funclick('A08','…')">政府信息公开年报
_NODE = re.compile(r"funclick\(\s*\\?['\"](\w+)\\?['\"][^<>]{0,200}>\s*([^<>]{1,40})")
_FRAME = re.compile(
    r"<iframe\b[^>]{0,300}?\bsrc\s*=\s*['\"]([^'\"]*/module/xxgk/(?:search_custom|subjectinfo)\.jsp[^'\"]*)['\"]",
    re.IGNORECASE,
)
_ROWS = re.compile(r"/module/xxgk/(?:search|search_custom|subjectinfo)\.jsp", re.IGNORECASE)
_FORM = re.compile(r"['\"?&]((?:infotypeId|jdid|area|divid)=[^'\"<>\s]*)", re.IGNORECASE)
_DATA = re.compile(r"\bdata\s*:\s*(?=\{)")
_PAGE = re.compile(r"((?:^|&)currpage=)\d+", re.IGNORECASE)
_ROW = re.compile(r"tr_main_value_(odd|even)", re.IGNORECASE)
_YEARS = "/module/xxgk/xxgkAnnualReport.jsp"
_HEADERS = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)


def recognise(page: Page) -> int:
    """The module's addresses are sure, in the page as in its own address."""
    named = "/module/xxgk/" in page.url or _SEARCH.search(page.text) or _FRAME.search(page.text)
    return 92 if named else 0


def listing(page: Page) -> Listing:
    """The request for the list, the answer to it, or the years of an agency whose reports are shown one a year."""
    if _ROWS.search(page.url):
        return _answer(page)
    if _YEARS in page.url:
        return Listing(_years(page))
    if "kinds" in page.context:
        return _of_tree(page)
    shown = links.main_list(page)
    if called := _called(page):
        return Listing(shown, columns=(called,))
    frame = _FRAME.search(page.text)
    if frame and not links.names_reports(shown):
        return Listing(shown, (Fetch(urljoin(page.url, html.unescape(frame[1]))),))
    search = _SEARCH.search(page.text)
    form = _form(page, search.end()) if search else ""
    if search is None or not form:
        return Listing(shown, pagers.linked(page))
    return Listing(shown, (_ask(urljoin(page.url, html.unescape(search[1])), form, 1),))


def article(page: Page) -> Article:
    """What an article says of itself."""
    return articles.read(page)


def _called(page: Page) -> Fetch | None:
    """The request that a call of the page sends, or that for the tree of the kinds of information, where neither the
    call nor the page's own address says which kind is wanted; None where the page calls nothing."""
    told = dict(parse_qsl(urlsplit(page.url).query))
    asked = [_sent(page, call, told.get("number", "")) for call in _CALL.finditer(page.text)]
    whole = next((each for each in asked if dict(parse_qsl(each.body)).get("infotypeId")), None)
    tree = _TREE.search(page.text)
    if whole or not asked or tree is None:
        return whole or next(iter(asked), None)
    context = {"kinds": asked[0].url, "form": asked[0].body}
    return Fetch(urljoin(page.url, html.unescape(tree[1])), context=context)


def _sent(page: Page, call: re.Match[str], kind: str) -> Fetch:
    """The first page of the list of one kind of information, as the module's script asks for it."""
    address, _, query = "".join(_STRING.findall(call["address"])).partition("?")
    told = dict(parse_qsl(query, keep_blank_values=True))
    kind = kind or told.get("infotypeId", "") or call["kind"].strip("0")
    blank = dict.fromkeys(("vc_title", "vc_number", "vc_filenumber", "vc_all", "texttype", "fbtime"), "")
    form = {"jdid": call["site"], "divid": call["divid"], "currpage": "1", **blank, **told, "infotypeId": kind}
    query = urlencode(told | {"infotypeId": kind})
    return _ask(f"{urljoin(page.url, address)}?{query}", urlencode(form), 1)


def _of_tree(page: Page) -> Listing:
    """The list of the kind of information that the tree names like the column of annual reports; else of all."""
    kinds = [kind for kind, name in _NODE.findall(page.text) if COLUMN_NAME.match(re.sub(r"\s", "", name))]
    url, form = page.context["kinds"], page.context["form"]
    for kind in kinds[:1]:
        url, form = (re.sub(r"\binfotypeId=(?=&|$)", f"infotypeId={kind}", each) for each in (url, form))
    return Listing(following=(_ask(url, form, 1),))


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
    """A fragment of rows, or the page of a frame; the number of its pages is printed (共12页)."""
    rows = links.rows(page, page.text) if _ROW.search(page.text) else links.main_list(page)
    pages = min(pagers.stated_pages(page) or 1, pagers.MOST_PAGES)
    address, _, query = page.url.partition("?")
    told = dict(parse_qsl(query, keep_blank_values=True))
    number = page.context.get("page") or told.get("currpage") or "1"
    following: tuple[Fetch, ...] = ()
    if number == "1" and "form" in page.context:
        following = tuple(_ask(page.url, page.context["form"], each) for each in range(2, pages + 1))
    elif number == "1":
        numbers = range(2, pages + 1)
        following = tuple(Fetch(f"{address}?{urlencode(told | {'currpage': str(each)})}") for each in numbers)
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
