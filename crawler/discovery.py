"""From a site's front page to its column of annual reports, by the names of its links."""

from __future__ import annotations

import re

from crawler.platforms import links
from crawler.platforms.page import Page
from crawler.titles import COLUMN_NAME

# No front page is farther from its annual reports than a few links; each page may offer several.
MOST_PAGES = 15

_OTHER = re.compile(
    r"指南|制度|申请|目录|意见|解读|预算|决算|执法|法治|统计|企业|学校|医院|网站工作|监督|投诉|登录|English"
)
_LADDER = (
    COLUMN_NAME,
    re.compile(r"^(政府)?信息公开(专栏|平台|栏目)?$|法定主动公开"),
    re.compile(r"^政务公开$|信息公开|^公开$"),
)
# The first rung names the column itself; the others only lead to it.
_COLUMN_RUNGS = 1


def steps(page: Page) -> list[tuple[str, bool]]:
    """Where to go on from a page, likeliest first: addresses, each with whether its link names the column itself. Of a
    page that is nothing but frames, these."""
    found: dict[str, int] = {}
    for name, url in links.named(page):
        rung = next((number for number, rung in enumerate(_LADDER) if rung.search(name)), None)
        if rung is not None and len(name) < 24 and not _OTHER.search(name) and url != page.url:
            found[url] = min(rung, found.get(url, rung))
    for source in page.tree.xpath("//frame/@src").getall():
        frame = page.absolute(source)
        if frame:
            found.setdefault(frame, len(_LADDER))
    return [(url, rung < _COLUMN_RUNGS) for url, rung in sorted(found.items(), key=lambda item: item[1])]


def is_front(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    return bool(re.fullmatch(r"https?://[^/?#]+/?((index|default|home)\.\w+)?", url))
