"""What an answer holds for a visit. Looked at in a reader's process: a page may be anything, and takes its time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.storing.reading import Reading, read
from crawler import platforms
from crawler.discovery import steps
from crawler.platforms import articles
from crawler.platforms.links import names_reports
from crawler.platforms.page import Article, Listing, Page
from crawler.refusals import Obstacle, in_disguise, obstacle, onward
from parsers.documents.decoding import decode, encoding_of
from parsers.model import SourceHint

# A page shorter than this (characters, markup and all) is a stub.
_STUB = 1000
# What every annual report since 2008 has sections on, in the words of the regulation's list.
_HEADINGS = (
    re.compile(r"总体情况|概\s*述|基本情况|主动公开"),
    re.compile(r"依申请公开|公开申请(的?办理)?情况|申请公开政府信息"),
    re.compile(r"行政复议"),
    re.compile(r"存在的?(主要)?(问题|不足)"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came; `headers` have names in lower case, `body` is that of a page, empty for a document."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sought:
    """What an answer is looked through for: the `listing` that it is part of (where it `begins`, it may be a report
    instead; from a `front` page ways lead on) or else the article of a report; and if it may be a `signpost`. `context`
    is what the request was told to remember, `registered` the family that the page is held to be of.

    With a `hint` an article that is whole on its page is read at once, as the report that it is.
    """

    listing: bool = False
    begins: bool = False
    front: bool = False
    signpost: bool = True
    registered: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    hint: SourceHint | None = None


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where a page sends its readers: the link as it writes it, and its address (None where it leads nowhere)."""

    link: str
    url: str | None


@dataclass(frozen=True, slots=True)
class SeenListing:
    """A page of a listing as its family reads it; `platform` is None where none understands it.

    `own` is what the page says of itself where it is a report and no list, `ways` are those on from a front page,
    `excuse` is what a page without a list says instead.
    """

    platform: str | None
    listing: Listing
    is_stub: bool
    own: Article | None = None
    ways: tuple[tuple[str, bool], ...] = ()
    excuse: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What an answer holds: one of these, or nothing where it is a document; with an article its `reading`."""

    against: Obstacle | None = None
    signpost: Signpost | None = None
    listing: SeenListing | None = None
    article: Article | None = None
    reading: Reading | None = None


def look(answer: Answer, sought: Sought) -> Seen:
    """What `answer` holds of what is sought: an obstacle to reading it, a signpost to elsewhere, a listing, an article.

    Its text is decoded whatever its header says of its encoding.
    """
    text = decode(answer.body, answer.headers.get("content-type", ""), html=True) if answer.body else ""
    against = obstacle(answer.status, answer.headers, text)
    if against is not None:
        return Seen(against=against)
    page = Page(answer.url, text, sought.context, encoding=encoding_of(answer.body, text))
    if sought.signpost and (link := onward(answer.url, text)):
        return Seen(signpost=Signpost(link, page.absolute(link)))
    if sought.listing:
        return Seen(listing=_listing(page, sought))
    article = platforms.article(page) if text else None
    if article is None or sought.hint is None or not article.is_whole:
        return Seen(article=article)
    reading = read(answer.body, answer.headers.get("content-type"), answer.url, sought.hint)
    return Seen(article=article, reading=reading)


def _listing(page: Page, sought: Sought) -> SeenListing:
    platform = platforms.detect(page, sought.registered)
    listing = platform.listing(page) if platform is not None else Listing()
    own = None
    if sought.begins and not listing.following and not names_reports(listing.entries) and _is_report(page):
        own = platforms.article(page) if page.text else Article()
    return SeenListing(
        platform=platform.NAME if platform is not None else None,
        listing=listing,
        is_stub=len(page.text) < _STUB,
        own=own,
        ways=tuple(steps(page)) if sought.front else (),
        excuse=in_disguise(page.text) if platform is None or not listing.understood else None,
    )


def _is_report(page: Page) -> bool:
    """Whether the page itself is an annual report: by its title, by the headings that reports have, or as the document
    that its address names."""
    if not page.text:
        return articles.is_document(page.url)
    if articles.names_report(articles.read(page).title or ""):
        return True
    return all(heading.search(page.text) for heading in _HEADINGS)
