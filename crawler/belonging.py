"""Whether a report on a listing belongs to it: sites show other columns' items, of other agencies, among their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from crawler.platforms.links import folder_of
from crawler.platforms.page import Entry
from crawler.sources import Source

_NUMBERED_COLUMN = re.compile(r"/art_(\d+)_|/info/(\d+)/|/col/col(\d+)/art/")
_NAME = re.compile(r"^(?:关于)?(?:20\d\d年?度?)?(?P<name>\D{2,30}?)(?:关于)?(?:20\d\d|政府信息|信息公开|政务公开|$)")
_DIVISION = re.compile(r"^.{0,12}?(?:省|自治区|市|自治州|州|盟|区|县|旗)(?=..)")


def foreign(entries: Iterable[Entry], source: Source) -> list[Entry]:
    """Those of `entries` (a page's annual reports) that another column, of another agency, has let slip in.

    Most of the reports lie in one folder or numbered column and some of them bear the source's name; an entry that
    lies elsewhere and bears another name is foreign. Nothing is where the source is a portal of many agencies.
    """
    places = {entry.url: _place(entry.url, source) for entry in entries}
    if not source.agency or len(set(places.values())) < 2:
        return []
    (home, count), *_ = Counter(places.values()).most_common(1)
    named = {entry.url: _relation(entry.title, source.agency) for entry in entries}
    at_home = [named[url] for url, place in places.items() if place == home]
    if 2 * count < len(places) or True not in at_home:
        return []
    return [entry for entry in entries if places[entry.url] != home and named[entry.url] is False]


def _place(url: str, source: Source) -> str:
    if url.startswith(folder_of(source.listing_url)):
        return "own"
    numbered = _NUMBERED_COLUMN.search(url)
    return next(filter(None, numbered.groups())) if numbered else ""


def _relation(title: str, agency: str) -> bool | None:
    """Whether a title names the agency; None where it names none."""
    found = _NAME.match(re.sub(r"[\s《“]", "", title))
    if found is None:
        return None
    name, own = _DIVISION.sub("", found["name"]), _DIVISION.sub("", agency)
    return name in own or own in name or (len(name) > 1 and name[:2] == own[:2])
