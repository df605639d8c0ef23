"""博达 VSB: static lists whose older pages count down (zfxxgknb.htm, zfxxgknb/3.htm, zfxxgknb/2.htm …)."""

from __future__ import annotations

import re

from crawler.platforms import articles, links, pagers, static
from crawler.platforms.page import Article, Fetch, Listing, Page

NAME = "vsb"

_ITEM = re.compile(r"\bid=['\"]line_?u\d+_\d+['\"]", re.IGNORECASE)
_FINGERPRINT = re.compile(
    r"vsb_content|v_news_content|_showDynClicks|_vsb_|/system/_content/|_newscontent_fromname", re.IGNORECASE
)
_ARTICLE_LINK = re.compile(r"href\s*=\s*['\"][^'\"]*\binfo/\d+/\d+\.htm['\"]", re.IGNORECASE)
_FOLDER_LINK = re.compile(r"([\w-]+)/(\d{1,4})\.htm$")


def recognise(page: Page) -> int:
    """Its numbered lines and scripts are sure; links like info/1785/50257.htm are a hint."""
    if _ITEM.search(page.text) or _FINGERPRINT.search(page.text):
        return 75
    return 40 if _ARTICLE_LINK.search(page.text) else 0


def listing(page: Page) -> Listing:
    """The list on one page, and all older pages: the highest number that the pager links to, down to 1."""
    entries = links.main_list(page)
    highest, folder = 0, ""
    own = re.search(r"/([\w-]+?)(?:/\d{1,4})?\.htm$", page.url.partition("?")[0])
    for href in page.tree.xpath("//a/@href").getall():
        url = page.absolute(href) or ""
        found = _FOLDER_LINK.search(url)
        if found and own and found[1] == own[1] and int(found[2]) > highest:
            highest, folder = int(found[2]), url.rpartition("/")[0]
    if not folder:
        return static.listing(page, entries)
    lowest = max(1, highest - pagers.MOST_PAGES)
    older = tuple(Fetch(f"{folder}/{number}.htm") for number in range(highest, lowest - 1, -1))
    return Listing(entries, older, items=pagers.stated_items(page), pages=pagers.stated_pages(page))


def article(page: Page) -> Article:
    """What a VSB article says of itself; its attachments hang at /system/_content/download.jsp."""
    return articles.read(page)
