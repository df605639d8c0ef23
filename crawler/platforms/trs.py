"""TRS WCM (拓尔思): static lists index.shtml, index_1.shtml … announced by a script, often inside a comment."""

from __future__ import annotations

import re

from crawler.platforms import articles, links, static
from crawler.platforms.page import Article, Listing, Page

NAME = "trs"

_FINGERPRINT = re.compile(r"TRS_Editor|trs_editor_view|createPage(HTML)?\s*\(|TRSCMS|m_nRecordCount", re.IGNORECASE)


def recognise(page: Page) -> int:
    """A pager call is sure; an editor class or an address like t20220215_1.shtml less so."""
    if static.announced_pager(page) is not None:
        return 80
    if _FINGERPRINT.search(page.text):
        return 60
    return 40 if re.search(r"/t\d{8}_\d+\.s?html?", page.text) else 0


def listing(page: Page) -> Listing:
    """The list on one static page, and all further pages that the script on it announces."""
    return static.listing(page, links.main_list(page))


def article(page: Page) -> Article:
    """What a TRS article says of itself; its attachments lie beside it (./P0202…pdf)."""
    return articles.read(page)
