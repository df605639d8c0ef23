"""Static lists: what a page shows, and the further pages index_1.html, index_2.html … that a script on it announces.

TRS WCM writes the commonest of these scripts; the lists of many other families are made with the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.platforms import articles, asked, carried, division, links, pagers
from crawler.platforms.page import Entry, Fetch, Listing, Page

_NUMBER = r"\s*['\"]?(\d+)['\"]?\s*"
_FILE = r"\s*['\"]([\w-]+)['\"]\s*,\s*['\"]\.?(\w+)['\"](?:\s*,\s*['\"][^'\"]*['\"])?(?:\s*,\s*['\"]?(\d+))?"
# createPageHTML('paging', 25, 1, 'index', 'html', 500): the current page counts from 1, page 2 is index_2.
_NAMED = re.compile(
    rf"createPage(?:HTML)?\s*\(\s*['\"][a-z#.][\w#.-]*['\"]\s*,{_NUMBER},{_NUMBER},{_FILE}", re.IGNORECASE
)
# createPageHTML(500, 25, 0, "index", "html"): items, pages, current page from 0.
_THREE = re.compile(rf"createPage(?:HTML)?\s*\({_NUMBER},{_NUMBER},{_NUMBER},{_FILE}", re.IGNORECASE)
# createPageHTML(25, 0, "index", "html"): pages, current page from 0; page 2 is index_1.
_TWO = re.compile(rf"createPage(?:HTML)?\s*\({_NUMBER},{_NUMBER},{_FILE}", re.IGNORECASE)
# Pager({size: 25, current: 0, prefix: 'index', suffix: 'html'}): the same in names.
_IN_NAMES = re.compile(r"(?<![\w.])Pager\s*\(\s*\{([^{}]{1,300})\}")
_NAMED_VALUE = re.compile(r"\b(size|current|prefix|suffix)['\"]?\s*:\s*['\"]?\.?([\w-]+)")
# {countPage: parseInt('25'), PAGE_NAME: 'index', PAGE_EXT: 'html'}
_IN_OPTIONS = re.compile(
    r"\bcountPage\s*:\s*(?:parseInt\(\s*)?['\"]?(\d+)[^;]{1,60}?\bPAGE_NAME\s*:\s*['\"]([\w-]+)['\"]\s*,"
    r"\s*PAGE_EXT\s*:\s*['\"]\.?(\w+)"
)
_COUNT_PAGE = re.compile(r"var\s+(?:countPage|m_nPageCount|pageCount)\s*=\s*['\"]?(\d+)", re.IGNORECASE)
_RECORDS = re.compile(r"var\s+m_nRecordCount\s*=\s*['\"]?(\d+)", re.IGNORECASE)
_PAGE_SIZE = re.compile(r"var\s+m_nPageSize\s*=\s*['\"]?(\d+)", re.IGNORECASE)
_PLUGIN = re.compile(r"\.pagination\(\s*['\"]setPage['\"]\s*,\s*(\d+)\s*,\s*(\d+)\s*\)")
# index_7401_2.htm: what the script writes before the number of the page.
_WRITTEN_STEM = re.compile(r"['\"/=](index_\d{3,})(?:_?['\"]|_['\"]?\s*\+|_\d)")
_WRITTEN_EXTENSION = re.compile(r"['\"]\.(?:['\"]\s*\+\s*['\"])?(s?html?|jhtml)\\?['\"]")
# A call that nothing runs any more; the usual one stands in a comment too, where it is the only one.
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ANNOUNCES = re.compile(r"createPage(HTML)?\s*\(|m_nRecordCount", re.IGNORECASE)
# dataList=[{"infolist": […]}, {"infolist": […]}]: what is carried is cut into pages already.
_CARRIED_PAGE = re.compile(r"['\"]infolist['\"]\s*:\s*\[", re.IGNORECASE)
_CARRIED_PAGES = re.compile(r"\bpage(?:Total|Count)['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
# Where the further pages are named as usual; other names are tried in several ways.
_INDEX = re.compile(r"/(?:index(?:_\d+)?\.s?html?)?$")
_OWN_NAME = re.compile(r"/([\w-]+)\.(s?html?)$")


@dataclass(frozen=True, slots=True)
class Pager:
    """What a script announces: so many pages, whose addresses are a stem, a number and an extension.

    `first` is the usual number of the second page, `told` a last number of the call, which may be that of all items.
    """

    pages: int
    stem: str
    extension: str
    first: int
    items: int | None = None
    told: int | None = None


def listing(page: Page, entries: tuple[Entry, ...]) -> Listing:
    """`entries`, or those that the page carries and does not show where these name no report, with the further pages
    that a script on `page` announces or, failing that, its link to the next."""
    if not links.names_reports(entries) and (inside := carried.entries(page)):
        told = _CARRIED_PAGES.search(page.text)
        pages = int(told[1]) if told else None
        whole = pages is not None and 1 < pages <= len(_CARRIED_PAGE.findall(page.text))
        return Listing(inside, pagers.linked(page), pages=None if whole else pages)
    pager = announced_pager(page)
    columns = division.columns(page)
    frames = division.frames(page)
    if frames and not links.names_reports(entries) and not articles.is_of_report(page):
        several = len(frames) > 1
        return Listing(following=() if several else frames, columns=(*columns, *frames) if several else columns)
    if pager is None:
        return _unannounced(page, entries, columns, frames)
    if pager.items is not None and len(entries) >= pager.items:
        # The whole list is in one page, and its script cuts it into pages on the reader's screen.
        return Listing(entries, columns=columns, items=pager.items)
    first = _first_number(page, pager)
    last = first + pager.pages - 2
    further = pagers.numbered(page, pager.stem, pager.extension, first, last) if pager.pages > 1 and first else ()
    items = pager.items or _plausible(pager, len(entries))
    return Listing(entries, further, columns=columns, items=items, pages=pager.pages)


def _unannounced(
    page: Page, entries: tuple[Entry, ...], columns: tuple[Fetch, ...], frames: tuple[Fetch, ...]
) -> Listing:
    """The list on a page whose further pages no script announces: they are linked, asked for, or guessed."""
    pages, items = pagers.stated_pages(page), pagers.stated_items(page)
    following = pagers.linked(page)
    if pages is None and not following and links.names_reports(entries):
        pages = pagers.scripted_pages(page, len(entries))
    if not following:
        # The pager may stand in a frame.
        columns += tuple(Fetch(frame.url, context={"tentative": "1", "pager": "1"}) for frame in frames)
        if not links.names_reports(entries) and not pagers.says_empty(page):
            # What the page shows may be something else, beside a list that a script fetches.
            fetched = asked.lists(page, files=False)
            if fetched and not entries and not columns:
                return Listing(columns=fetched, understood=False)
            columns = (*fetched[: 1 if columns else None], *columns)
    guessed = () if following else pagers.guessed(page, pages)
    if guessed and links.names_reports(entries):
        guessed = (*asked.further(page, pages), *guessed)
    return Listing(entries, following, guessed, columns, items=items, pages=pages)


def announced_pager(page: Page) -> Pager | None:
    """The pager that a script announces. One outside comments counts first, but often the only one is inside."""
    if not any(each.search(page.text) for each in (_ANNOUNCES, _PLUGIN, _COUNT_PAGE, _IN_NAMES, _IN_OPTIONS)):
        return None
    plain = _LINE_COMMENT.sub("", page.text)
    return _announced(page, _COMMENT.sub("", plain)) or _announced(page, plain) or _announced(page, page.text)


def _plausible(pager: Pager, entries: int) -> int | None:
    """The number that some calls end with, where it can be that of all items: pages of this length make it up."""
    told = pager.told
    return told if told and entries and pager.pages == -(-told // entries) else None


def _first_number(page: Page, pager: Pager) -> int:
    """The number of the second page: that of the page's own link to it, else what the kind of call makes usual. Nought
    on a further page, whose pages the first has announced."""
    address = re.compile(rf"/{re.escape(pager.stem)}_(\d+)\.{re.escape(pager.extension)}$")
    if address.search(page.url) and "family" in page.context:
        return 0
    link = pagers.next_link(page)
    told = address.search(link.url) if link else None
    return int(told[1]) if told else pager.first


def _announced(page: Page, text: str) -> Pager | None:
    if found := _NAMED.search(text):
        pages, _, stem, extension, told = found.groups()
        return Pager(int(pages), stem, extension, 2, told=int(told or 0))
    if found := _THREE.search(text):
        items, pages, _, stem, extension, _ = found.groups()
        return Pager(int(pages), stem, extension, 1, int(items))
    if found := _TWO.search(text):
        pages, _, stem, extension, told = found.groups()
        return Pager(int(pages), stem, extension, 1, told=int(told or 0))
    if found := _IN_NAMES.search(text):
        told = dict(_NAMED_VALUE.findall(found[1]))
        if told.keys() >= {"size", "prefix", "suffix"} and told["size"].isdigit():
            return Pager(int(told["size"]), told["prefix"], told["suffix"], 1)
    if found := _IN_OPTIONS.search(text):
        return Pager(int(found[1]), found[2], found[3], 1)
    stem, extension = _own_name(page)
    if found := _PLUGIN.search(text):
        return Pager(int(found[2]), "index", extension, 2)
    if (records := _RECORDS.search(text)) and (size := _PAGE_SIZE.search(text)) and int(size[1]):
        return Pager(-(-int(records[1]) // int(size[1])), stem, extension, 1, int(records[1]))
    if (found := _COUNT_PAGE.search(text)) and _INDEX.search(page.url.partition("?")[0]):
        return Pager(int(found[1]), stem, extension, 1)
    return None


def _own_name(page: Page) -> tuple[str, str]:
    """The stem and extension that the further pages build on: the listing's own, else what the script writes."""
    own = _OWN_NAME.search(page.url.partition("?")[0])
    if own and (link := pagers.next_link(page)) and re.search(rf"/{re.escape(own[1])}_\d+\.{own[2]}$", link.url):
        return own[1], own[2]
    if own:
        return re.sub(r"_\d{1,3}$", "", own[1]) if own[1].startswith("index") else own[1], own[2]
    stem = _WRITTEN_STEM.search(page.text)
    written = _WRITTEN_EXTENSION.search(page.text)
    return stem[1] if stem else "index", written[1] if written else "html"
