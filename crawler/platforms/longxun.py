"""龙讯 (Anhui and others): /public/column/{organ}?type=3 is the annual-report tab, lists page by ?pageIndex=."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.platforms import articles, asked, links, pagers, static
from crawler.platforms.page import Article, Fetch, Listing, Page

NAME = "longxun"

_PAGER = re.compile(r"Ls\.pagination\(", re.IGNORECASE)
_LOCATION = re.compile(r"location(?:\.href)?\s*=\s*['\"]([^'\"]*pageIndex=)['\"]\s*\+", re.IGNORECASE)
_COUNT = re.compile(r"\bpageCount\s*[:=]\s*['\"]?\(?(\d+)")
_TOTAL = re.compile(r"\btotal(?:Count|Num|Records?)?\s*[:=]\s*['\"]?\(?(\d+)")
_ORGAN = re.compile(r"^(https?://[^/]+/public/column/\d+)(?:\?(.*))?$")
# The report of one year: a frame of time in an organ's tab, or a number of its own.
_ONE_YEAR = re.compile(r"/public/column/\d+\?.*timeFrame=20\d\d|/(?:Xxgk|Openness)AnnualReport/show/\d+", re.IGNORECASE)
_FINGERPRINT = re.compile(r"Ls\.pagination\(|/public/column/\d+|/openness/|/OpennessAnnualReport/|/XxgkAnnualReport/")


def recognise(page: Page) -> int:
    """Its pager script and its column addresses are sure."""
    if _PAGER.search(page.text) or _ORGAN.match(page.url):
        return 85
    return 65 if _FINGERPRINT.search(page.text) or _FINGERPRINT.search(page.url) else 0


def listing(page: Page) -> Listing:
    """The list on one page and the further pages of its pager; from another tab of an organ, its annual-report tab."""
    organ = _ORGAN.match(page.url)
    if organ and "catId=" in (organ[2] or "") and (columns := asked.lists(page, files=False)):
        return Listing(columns=columns)
    if organ and "type=3" not in (organ[2] or ""):
        return Listing(following=(Fetch(f"{organ[1]}?type=3"),))
    if by_year := _by_year(page):
        return Listing(columns=by_year)
    entries = links.main_list(page)
    location, count = _LOCATION.search(page.text), _COUNT.search(page.text)
    total = _TOTAL.search(page.text) if _PAGER.search(page.text) else None
    if location is None or count is None:
        return static.listing(page, entries)
    pages = int(count[1])
    address = urljoin(page.url, location[1])
    further = tuple(Fetch(f"{address}{number}") for number in range(2, min(pages, pagers.MOST_PAGES) + 1))
    return Listing(entries, further, items=int(total[1]) if total else None, pages=pages or None)


def _by_year(page: Page) -> tuple[Fetch, ...]:
    """The addresses of the other years, where each year's report is shown in the place of a list."""
    found: dict[str, Fetch] = {}
    for _, link in links.named(page):
        if _ONE_YEAR.search(link) and link != page.url:
            found.setdefault(link, Fetch(link, context={"tentative": "1"}))
    return tuple(found.values())


def article(page: Page) -> Article:
    """What an article says of itself; its attachments hang at /download/."""
    return articles.read(page)
