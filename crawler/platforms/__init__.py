"""One module a family of government sites: pure functions from a page to its entries, further pages and articles."""

from __future__ import annotations

import re

from crawler.platforms import affair, epoint, eportal, generic, gkmlpt, hanweb, jpaas, longxun, trs, ucap, vsb, xxgk
from crawler.platforms.page import Article, Page, Platform

_FAMILIES: tuple[Platform, ...] = (
    affair,
    trs,
    hanweb,
    xxgk,
    jpaas,
    ucap,
    gkmlpt,
    epoint,
    vsb,
    longxun,
    eportal,
    generic,
)
_BY_NAME = {family.NAME: family for family in _FAMILIES}
NAMES = frozenset(_BY_NAME)
_OWN_ARTICLES: tuple[Platform, ...] = (gkmlpt, epoint)  # read in ways of their own

# Below this a page only hints at a family: a registered platform that recognises it at all is preferred.
_SURE = 60
_WHOLE_PAGE = re.compile(r"<(!doctype|html|head|body)\b", re.IGNORECASE)


def by_name(name: str) -> Platform:
    """The family that goes by `name` in the registry."""
    return _BY_NAME[name]


def detect(page: Page, registered: str = "") -> Platform | None:
    """The family that `page` is of, None where no module understands it.

    Data and fragments belong to the family that asked for them. Of whole pages fingerprints decide; the platform that
    the registry names is preferred where the page merely hints at a family.
    """
    asked = _asked_of(page)
    if asked is not None:
        return asked
    scores = {family.NAME: family.recognise(page) for family in _FAMILIES if family is not generic}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _SURE:  # nobody is less sure than that one, which looks through the whole page
        scores[generic.NAME] = generic.recognise(page)
        best = max(scores, key=lambda name: scores[name])
    if scores[best] < _SURE and scores.get(registered):
        best = registered
    return _BY_NAME[best] if scores[best] else None


def article(page: Page) -> Article:
    """What an article page says of itself: on two families in ways of their own, on all others in those they share."""
    own = (each for each in _OWN_ARTICLES if each.recognise(page))
    return (_asked_of(page) or next(own, _BY_NAME[generic.NAME])).article(page)


def _asked_of(page: Page) -> Platform | None:
    """The family whose request a piece of a page answers; None for a whole page, which tells its family itself."""
    family = page.context.get("family")
    return _BY_NAME[family] if family and not _WHOLE_PAGE.search(page.text[:2000]) else None
